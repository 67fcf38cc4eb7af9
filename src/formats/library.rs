//! The library as JSON, version 1: the output of `pacebell list --json`.
//!
//! ```text
//! version          1. It rises if a field changes its meaning. Within a version, fields are only added.
//! workouts         in the order of `pacebell list`
//!   name           the name to run it by
//!   title          the workout's own name
//!   group          intervals, tempo, easy, long, hills, beginner, strength, race or other
//!   mine           true for a workout of the user's own
//!   replaces       true if it replaces a built-in workout of the same name
//!   about, tags    as in the file
//!   activity       run or strength
//!   reading        the workout in one line
//!   total_ms, min_total_ms, total_m, open, estimated
//!   error          null, or why the workout cannot be read; then what a file would say is null
//! ```

use crate::units::{Distance, Millis};
use crate::workout::sequence::Sequence;
use serde::Serialize;

/// The number of this version.
pub const VERSION: u32 = 1;

/// A workout of the library.
pub struct LibraryItem<'a> {
    /// The name to run it by.
    pub name: &'a str,
    /// The key of its group.
    pub group: Option<&'static str>,
    /// True for a workout of the user's own.
    pub mine: bool,
    /// True if it replaces a built-in workout.
    pub replaces: bool,
    /// The workout, or why it cannot be read.
    pub sequence: Result<&'a Sequence, &'a str>,
    /// The workout in one line.
    pub reading: Option<String>,
}

/// Returns the library as indented JSON that ends with a newline.
pub fn text(items: &[LibraryItem<'_>]) -> String {
    let library = LibraryJson { version: VERSION, workouts: items.iter().map(LibraryItemJson::of).collect() };
    // Plain data without maps always serialises.
    serde_json::to_string_pretty(&library).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct LibraryJson<'a> {
    version: u32,
    workouts: Vec<LibraryItemJson<'a>>,
}

#[derive(Serialize)]
struct LibraryItemJson<'a> {
    name: &'a str,
    title: Option<&'a str>,
    group: Option<&'static str>,
    mine: bool,
    replaces: bool,
    about: Option<&'a str>,
    tags: Option<&'a [String]>,
    activity: Option<&'static str>,
    reading: Option<&'a str>,
    total_ms: Option<Millis>,
    min_total_ms: Option<Millis>,
    total_m: Option<Distance>,
    open: Option<bool>,
    estimated: Option<bool>,
    error: Option<&'a str>,
}

impl<'a> LibraryItemJson<'a> {
    fn of(item: &'a LibraryItem<'a>) -> Self {
        let sequence = item.sequence.ok();
        let totals = sequence.map(Sequence::totals);
        LibraryItemJson {
            name: item.name,
            title: sequence.map(|sequence| sequence.name.as_str()),
            group: item.group,
            mine: item.mine,
            replaces: item.replaces,
            about: sequence.and_then(|sequence| sequence.about.as_deref()),
            tags: sequence.map(|sequence| sequence.tags.as_slice()),
            activity: sequence.map(|sequence| sequence.activity.word()),
            reading: item.reading.as_deref(),
            total_ms: totals.as_ref().map(|totals| totals.time),
            min_total_ms: totals.as_ref().map(|totals| totals.least),
            total_m: totals.as_ref().map(|totals| totals.distance),
            open: totals.as_ref().map(|totals| totals.open),
            estimated: totals.as_ref().map(|totals| totals.estimated),
            error: item.sequence.err(),
        }
    }
}
