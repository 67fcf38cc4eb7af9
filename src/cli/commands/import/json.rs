//! The report of an import as JSON, version 1. Within a version, fields are only added.

use super::conversion::{ConvertedFile, Outcome};
use super::sources::SkippedFile;
use crate::formats::exchange::report::ConversionNote;
use crate::library::foreign_file::SkipReason;
use serde::Serialize;

/// The version of this format.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct ImportJson<'a> {
    version: u32,
    files: Vec<FileJson<'a>>,
    /// Files in folders that are no workout.
    skipped: Vec<SkippedJson<'a>>,
}

#[derive(Serialize)]
struct SkippedJson<'a> {
    file: &'a str,
    /// `no-workout` or `activity`.
    reason: &'static str,
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: &'a str,
    /// `imported`, `would-come-in`, `not-imported` or `unreadable`.
    outcome: &'static str,
    format: Option<&'static str>,
    name: Option<&'a str>,
    to: Option<String>,
    steps: u64,
    total_ms: u64,
    total_m: f64,
    open: u64,
    /// The number of weeks of a training plan.
    weeks: Option<usize>,
    report: &'a [ConversionNote],
    error: Option<String>,
}

/// Returns indented JSON that ends with a newline.
pub fn text(files: &[ConvertedFile], skipped: &[SkippedFile]) -> String {
    let skipped = skipped.iter().map(|skipped| SkippedJson {
        file: &skipped.path,
        reason: match skipped.reason {
            SkipReason::NoWorkout => "no-workout",
            SkipReason::Activity => "activity",
        },
    });
    let files = files.iter().map(file).collect();
    let json = ImportJson { version: VERSION, files, skipped: skipped.collect() };
    // Plain data without maps always serialises.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

fn file(file: &ConvertedFile) -> FileJson<'_> {
    let workout = file.workout.as_ref();
    let (outcome, to, error) = match &file.outcome {
        Outcome::Written(path) => ("imported", Some(path), None),
        Outcome::WouldWrite(path) => ("would-come-in", Some(path), None),
        Outcome::Strict => ("not-imported", None, Some("--strict allows no repair and no loss".to_string())),
        Outcome::NotWritten(report) => ("not-imported", None, Some(report.one_line())),
        Outcome::Refused(report) => ("unreadable", None, Some(report.one_line())),
    };
    FileJson {
        file: &file.path,
        outcome,
        format: match file.plan {
            Some(_) => Some("calendar-hack"),
            None => workout.and_then(|workout| workout.format).map(|format| format.word()),
        },
        name: workout.map(|workout| workout.name.as_str()),
        to: to.map(|path| path.display().to_string()),
        steps: file.totals.steps,
        total_ms: file.totals.time.get(),
        total_m: file.totals.metres,
        open: file.totals.open,
        weeks: file.plan.map(|(weeks, _)| weeks),
        report: workout.map(|workout| workout.report.as_slice()).unwrap_or_default(),
        error,
    }
}
