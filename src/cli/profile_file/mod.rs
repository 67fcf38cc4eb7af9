//! Changes the profile's file: completely or not at all, and only if the result can be read.

pub(crate) mod edit;
pub(crate) mod full_key;

use super::failure::{Failure, SourceMistakes};
use super::load_workout;
use super::report::Report;
use crate::atomic_file;
use crate::clock;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::folders;
use crate::runner::profile::{ParsedProfile, Profile};
use crate::settings::{self, ProfileFile};
use crate::text::clean;
use edit::EditRefusal;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The first line of a profile that a command creates.
const HEADER: &str = "# Your race results, heart rates and treadmill. `pacebell profile` shows the paces and zones they give.\n";
/// The most attempts at a change while something else keeps changing the file.
const MAX_TRIES: usize = 8;

/// A change of the profile, before or after it is written.
pub struct ProfileChange {
    /// The profile before the change.
    pub before: Profile,
    /// The profile after it.
    pub after: Profile,
    /// The profile's new text.
    pub source: SourceText,
    /// Warnings about the new text.
    pub warnings: Vec<Diagnostic>,
    /// The profile's file.
    pub path: PathBuf,
}

/// Applies `edit` to the profile's text and writes the result.
///
/// # Errors
/// If the profile cannot be read, `edit` refuses, the result has mistakes, or the file cannot be written. The file
/// stays as it was.
pub fn change(edit: impl Fn(&str) -> Result<String, EditRefusal>) -> Result<ProfileChange, Failure> {
    let path = path()?;
    // Of two pacebells that change the profile at once, the second waits and changes what the first has written.
    let _lock = path.parent().and_then(lock_folder);
    for _ in 0..MAX_TRIES {
        let current = CurrentProfile::read()?;
        let change = current.apply(&path, &edit)?;
        // Editors do not take the lock. If one has saved meanwhile, apply the change to its text.
        if CurrentProfile::read()?.text == current.text {
            write(&path, &change.source.text)?;
            return Ok(change);
        }
    }
    let problem = format!("another program keeps changing {}", display_path(&path));
    Err(Failure::System(Report::new(problem).with_help("close it and try again")))
}

/// Locks a folder until the returned file is dropped. Returns `None` on systems without locks for folders.
fn lock_folder(folder: &Path) -> Option<File> {
    folders::create_private(folder).ok()?;
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// Applies `edit` to the profile's text without writing the result.
///
/// # Errors
/// As [`change`], except for writing.
pub fn preview(edit: impl Fn(&str) -> Result<String, EditRefusal>) -> Result<ProfileChange, Failure> {
    CurrentProfile::read()?.apply(&path()?, &edit)
}

/// Returns the path of the profile, which may not exist yet.
///
/// # Errors
/// If there is no home directory.
pub fn path() -> Result<PathBuf, Failure> {
    settings::profile_path().ok_or_else(|| {
        let report = Report::new("there is no home directory to keep the profile in");
        Failure::System(report.with_help("set XDG_CONFIG_HOME to one of your folders"))
    })
}

/// Returns a path that is safe to print.
pub fn display_path(path: &Path) -> String {
    clean(&path.display().to_string())
}

/// The profile as it is on disk.
struct CurrentProfile {
    /// `None` if there is no file.
    text: Option<String>,
    /// The usual profile where the file has mistakes.
    profile: Profile,
    mistakes: Vec<Diagnostic>,
}

impl CurrentProfile {
    fn read() -> Result<Self, Failure> {
        match settings::profile(Some(clock::local_time().date_naive())) {
            ProfileFile::Missing => {
                Ok(CurrentProfile { text: None, profile: Profile::default(), mistakes: Vec::new() })
            }
            ProfileFile::Read(source, parsed) => {
                Ok(CurrentProfile { text: Some(source.text), profile: parsed.profile, mistakes: Vec::new() })
            }
            // The change may correct them.
            ProfileFile::Wrong(source, mistakes) => {
                Ok(CurrentProfile { text: Some(source.text), profile: Profile::default(), mistakes })
            }
            ProfileFile::Unreadable(problem) => Err(load_workout::unreadable_profile(problem)),
        }
    }

    fn apply(
        &self,
        path: &Path,
        edit: &impl Fn(&str) -> Result<String, EditRefusal>,
    ) -> Result<ProfileChange, Failure> {
        let text =
            edit(self.text.as_deref().unwrap_or(HEADER)).map_err(|refusal| Failure::Input(refusal.into()));
        let text = match text {
            Err(_) if !self.mistakes.is_empty() => {
                let text = self.text.clone().unwrap_or_default();
                let source = SourceText::new(path.display().to_string(), text);
                return Err(Failure::mistakes(source, self.mistakes.clone()));
            }
            text => text?,
        };
        let source = SourceText::new(path.display().to_string(), text);
        let today = clock::local_time().date_naive();
        match Profile::parse(&source, Some(today)) {
            Ok(ParsedProfile { profile, warnings }) => Ok(ProfileChange {
                before: self.profile.clone(),
                after: profile,
                source,
                warnings,
                path: path.to_path_buf(),
            }),
            Err(_) if !self.mistakes.is_empty() => {
                let text = self.text.clone().unwrap_or_default();
                let source = SourceText::new(path.display().to_string(), text);
                Err(Failure::mistakes(source, self.mistakes.clone()))
            }
            Err(problems) => {
                let note = Some("The profile was not changed.");
                Err(Failure::Mistakes(Box::new(SourceMistakes { source, problems, note })))
            }
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failure = |reason: &str| {
        let report = Report::new(format!("{} cannot be written: {reason}", display_path(path)));
        Failure::System(report.with_help("check the permissions, and that the disk has room"))
    };
    if path.is_symlink() && !path.exists() {
        return Err(failure("it is a link to a file that does not exist"));
    }
    let written = path
        .parent()
        .map_or(Ok(()), folders::create_private)
        .and_then(|()| atomic_file::replace_private(path, text));
    written.map_err(|error| failure(&error.to_string()))
}
