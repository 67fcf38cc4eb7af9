//! The files of an import: named ones, and those in folders.

use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::library::foreign_file::{self, SkipReason};
use crate::text::clean;
use std::fs;
use std::path::{Path, PathBuf};

/// The most folders within each other.
const DEPTH: usize = 12;

/// The files of an import.
#[derive(Default)]
pub struct WorkoutFiles {
    /// The paths in order.
    pub paths: Vec<PathBuf>,
    /// The files in folders that have such an ending, and are no workout.
    pub skipped: Vec<SkippedFile>,
}

/// A file in a folder that is no workout.
pub struct SkippedFile {
    /// The path in messages.
    pub path: String,
    /// Why.
    pub reason: SkipReason,
}

impl WorkoutFiles {
    /// Returns the files that were named, and the workouts in the folders that were named.
    ///
    /// # Errors
    /// If something that was named does not exist, or nothing is there.
    pub fn collect(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = WorkoutFiles::default();
        for path in paths {
            let data = fs::metadata(path).map_err(|error| {
                let problem = format!("cannot read {}: {error}", clean(&path.display().to_string()));
                Failure::Input(Report::new(problem).with_help("check the path"))
            })?;
            if data.is_dir() {
                files.add_folder(path, 0);
            } else {
                files.paths.push(path.clone());
            }
        }
        if files.paths.is_empty() {
            let skipped: String = files.skipped_words().iter().map(|words| format!(": {words}")).collect();
            let report = Report::new(format!("there are no workouts of other programs there{skipped}"));
            return Err(Failure::Input(report.with_help("name the files, or the folder that they are in")));
        }
        Ok(files)
    }

    /// Says what was skipped, in a line for each reason.
    pub fn skipped_words(&self) -> Vec<String> {
        let of = |reason| self.skipped.iter().filter(move |file| file.reason == reason);
        let others = match of(SkipReason::NoWorkout).count() {
            0 => None,
            1 => Some("1 file that is not a workout was skipped".to_string()),
            many => Some(format!("{many} files that are not workouts were skipped")),
        };
        let activities = of(SkipReason::Activity).next().map(|first| {
            let path = &first.path;
            let way = "bring in runs that a watch recorded with `pacebell log import`";
            match of(SkipReason::Activity).count() {
                1 => format!("{path} is an activity: {way}"),
                many => format!("{many} files are activities, such as {path}: {way}"),
            }
        });
        others.into_iter().chain(activities).collect()
    }

    fn add_folder(&mut self, folder: &Path, depth: usize) {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let Ok(data) = fs::symlink_metadata(&path) else { continue };
            if is_hidden {
                continue;
            }
            // A link to a folder may lead back here.
            if data.is_dir() && depth < DEPTH {
                self.add_folder(&path, depth + 1);
            } else if has_ending(&path) && fs::metadata(&path).is_ok_and(|data| data.is_file()) {
                match foreign_file::skip_reason(&path) {
                    Some(reason) => {
                        let path = clean(&path.display().to_string());
                        self.skipped.push(SkippedFile { path, reason });
                    }
                    None => self.paths.push(path),
                }
            }
        }
    }
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| foreign_file::ENDINGS.contains(&ending.as_str()))
}
