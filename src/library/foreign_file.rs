//! Reads workouts of other programs from files.

use super::LibraryError;
use crate::diagnostic::SourceText;
use crate::formats::exchange::model::ForeignWorkout;
use crate::formats::exchange::{
    self, ForeignPlan, LARGEST, ReadOptions, START_BYTES, UnreadableWorkout, WorkoutFormat, toml_writer,
};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// A workout of another program as text of pacebell.
#[derive(Clone, Debug)]
pub struct ForeignFile {
    /// The text of a workout file.
    pub source: SourceText,
    /// The workout as it was read, with the report.
    pub workout: ForeignWorkout,
}

/// Returns the format of a workout of another program. `None` for anything else, such as a workout of pacebell.
pub fn format_of(path: &Path) -> Option<WorkoutFormat> {
    let is_own = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if is_own { None } else { WorkoutFormat::of(&start(path)?) }
}

/// The endings of workouts of other programs, in lower case.
pub const ENDINGS: [&str; 10] = ["zwo", "xml", "erg", "mrc", "fit", "tcx", "json", "txt", "yaml", "yml"];

/// True for a name with an ending that only files of other programs have.
pub fn has_foreign_ending(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ending != "txt" && ENDINGS.contains(&ending.as_str()))
}

/// The reason why a file in a folder is no workout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// It is of no known format.
    NoWorkout,
    /// It is a run that was recorded.
    Activity,
}

/// Returns why a file is no workout. `None` for a workout, and for a file that cannot be read.
pub fn skip_reason(path: &Path) -> Option<SkipReason> {
    let start = start(path)?;
    match () {
        () if exchange::is_activity(&start) => Some(SkipReason::Activity),
        () if exchange::is_plan(&start) => None,
        () if WorkoutFormat::of(&start).is_none() => Some(SkipReason::NoWorkout),
        () => None,
    }
}

/// Returns the first bytes of a file.
fn start(path: &Path) -> Option<Vec<u8>> {
    if !fs::metadata(path).is_ok_and(|data| data.is_file()) {
        return None;
    }
    let mut start = Vec::new();
    File::open(path).ok()?.take(START_BYTES as u64).read_to_end(&mut start).ok()?;
    Some(start)
}

/// Reads a file with one workout. Errors call it `name`.
///
/// # Errors
/// If it cannot be read, is no workout, or has several.
pub fn read(name: &str, path: &Path, options: &ReadOptions) -> Result<ForeignFile, LibraryError> {
    let bytes = bytes(name, path)?;
    let workout = exchange::read(&bytes, &title(path), options).map_err(|error| refusal(name, error))?;
    Ok(file(name, path, workout))
}

/// Reads the workouts of a file. Errors call it `name`.
///
/// # Errors
/// If it cannot be read, or is no file with workouts. Of several workouts, each can have an error of its own.
pub fn read_all(
    name: &str,
    path: &Path,
    options: &ReadOptions,
) -> Result<Vec<Result<ForeignFile, LibraryError>>, LibraryError> {
    let bytes = bytes(name, path)?;
    let all = exchange::read_all(&bytes, &title(path), options).map_err(|error| refusal(name, error))?;
    let one = |workout: exchange::ReadWorkout| match workout {
        Ok(workout) => Ok(file(name, path, workout)),
        Err(error) => Err(refusal(name, error)),
    };
    Ok(all.into_iter().map(one).collect())
}

/// True for a training plan of another program.
pub fn is_plan(path: &Path) -> bool {
    start(path).is_some_and(|start| exchange::is_plan(&start))
}

/// Reads a training plan of another program. Errors call it `name`.
///
/// # Errors
/// If it cannot be read, or does not fit into a plan.
pub fn read_plan(name: &str, path: &Path) -> Result<ForeignPlan, LibraryError> {
    let bytes = bytes(name, path)?;
    let origin = path.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    exchange::read_plan(&bytes, &title(path), &origin).map_err(|error| refusal(name, error))
}

/// Returns the name of a workout that has none of its own.
fn title(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    stem.replace('_', " ").trim().to_string()
}

fn refusal(name: &str, error: UnreadableWorkout) -> LibraryError {
    let help = error.help.unwrap_or_else(|| "check that it is the right file".to_string());
    LibraryError::new(format!("{name}: {}", error.problem), help)
}

fn file(name: &str, path: &Path, workout: ForeignWorkout) -> ForeignFile {
    let file = path.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    let text = toml_writer::file(&workout, &format!("imported from {file}"));
    ForeignFile { source: SourceText::new(name, text), workout }
}

fn bytes(name: &str, path: &Path) -> Result<Vec<u8>, LibraryError> {
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        return Err(LibraryError::new(format!("{name} is not a regular file"), "name a file with a workout"));
    }
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(|error| {
        LibraryError::new(format!("cannot read {name}: {error}"), "check the path and the file's permissions")
    })?;
    Ok(bytes)
}
