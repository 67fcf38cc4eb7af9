//! The files of an import: named ones, and those in folders.

use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::text::clean;
use std::fs;
use std::path::{Path, PathBuf};

/// The most folders within each other.
const DEPTH: usize = 12;
/// The endings of workouts of other programs.
const ENDINGS: [&str; 9] = ["zwo", "xml", "erg", "mrc", "fit", "tcx", "json", "txt", "workout"];

/// The paths of files in order.
pub struct WorkoutFiles;

impl WorkoutFiles {
    /// Returns the files that were named, and those in the folders that were named.
    ///
    /// # Errors
    /// If something that was named does not exist, or nothing is there.
    pub fn collect(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        for path in paths {
            let data = fs::metadata(path).map_err(|error| {
                let problem = format!("cannot read {}: {error}", clean(&path.display().to_string()));
                Failure::Input(Report::new(problem).with_help("check the path"))
            })?;
            if data.is_dir() {
                add_folder(path, 0, &mut files);
            } else {
                files.push(path.clone());
            }
        }
        if files.is_empty() {
            let report = Report::new("there are no workouts of other programs there");
            return Err(Failure::Input(report.with_help("name the files, or the folder that they are in")));
        }
        Ok(files)
    }
}

fn add_folder(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
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
            add_folder(&path, depth + 1, files);
        } else if has_ending(&path) && fs::metadata(&path).is_ok_and(|data| data.is_file()) {
            files.push(path);
        }
    }
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
