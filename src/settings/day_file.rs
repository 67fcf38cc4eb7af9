//! The runner's day on disk.

use crate::day::{DayConfig, read_day};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::{folders, library};
use std::path::PathBuf;

/// `day.toml`, as far as it can be read.
#[derive(Debug)]
pub enum DayFile {
    /// There is no file.
    Missing,
    /// The day, with the text that its remarks are about.
    Read(SourceText, DayConfig, Vec<Diagnostic>),
    /// The file has mistakes.
    Wrong(SourceText, Vec<Diagnostic>),
    /// The file exists and cannot be read, for this reason.
    Unreadable(String),
}

/// The path of the day: `day.toml` in our folder for settings. `None` if there is no home directory.
pub fn day_path() -> Option<PathBuf> {
    Some(folders::config()?.join("day.toml"))
}

/// Reads the day. The workouts of its actions are not checked.
pub fn day() -> DayFile {
    let Some(path) = day_path().filter(|path| path.exists()) else { return DayFile::Missing };
    let source = match library::read_file(&path.display().to_string(), &path) {
        Ok(source) => source,
        Err(error) => return DayFile::Unreadable(error.problem),
    };
    let read = read_day(&source);
    match read.config {
        Some(config) => DayFile::Read(source, config, read.problems),
        None => DayFile::Wrong(source, read.problems),
    }
}
