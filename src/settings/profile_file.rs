//! The runner's profile on disk.

use crate::diagnostic::{Diagnostic, SourceText};
use crate::runner::profile::{ParsedProfile, Profile};
use crate::{folders, library};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The profile, as far as it can be read.
#[derive(Debug)]
pub enum ProfileFile {
    /// There is no file. Everything works without one.
    Missing,
    /// The profile, with the text that its warnings are about.
    Read(SourceText, Box<ParsedProfile>),
    /// The file has mistakes.
    Wrong(SourceText, Vec<Diagnostic>),
    /// The file exists and cannot be read, for this reason.
    Unreadable(String),
}

/// The path of the profile: `profile.toml` in our folder for settings. `None` if there is no home directory.
pub fn profile_path() -> Option<PathBuf> {
    Some(folders::config()?.join("profile.toml"))
}

/// Reads the profile. With `today`, it warns about old race results.
pub fn profile(today: Option<NaiveDate>) -> ProfileFile {
    profile_path().map_or(ProfileFile::Missing, |path| read(&path, today))
}

fn read(path: &Path, today: Option<NaiveDate>) -> ProfileFile {
    if !path.exists() {
        return ProfileFile::Missing;
    }
    let source = match library::read_file(&path.display().to_string(), path) {
        Ok(source) => source,
        Err(error) => return ProfileFile::Unreadable(error.problem),
    };
    match Profile::parse(&source, today) {
        Ok(parsed) => ProfileFile::Read(source, Box::new(parsed)),
        Err(problems) => ProfileFile::Wrong(source, problems),
    }
}
