//! The profile's file: changed whole or not at all, and only into one that can be read.

pub(crate) mod edit;

use crate::atomic_file;
use crate::cli::failure::Failure;
use crate::cli::{context, load_workout, render};
use crate::clock;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::runner::profile::{ParsedProfile, Profile};
use crate::settings;
use crate::text::clean;
use edit::EditRefusal;
use std::fs::File;
use std::path::{Path, PathBuf};

/// What stands at the head of a profile that a command begins.
const HEAD: &str = "# Who runs, and on which treadmill. `pacebell profile` shows what follows from it.\n";
/// So often it is tried anew where somebody else writes meanwhile.
const TRIES: usize = 8;

/// A change of the profile, before or after it is written.
pub struct ProfileChange {
    /// What it said.
    pub before: Profile,
    /// What it says.
    pub after: Profile,
    /// What looks wrong with it now, and what about.
    pub warnings: (SourceText, Vec<Diagnostic>),
    /// Where it is.
    pub path: PathBuf,
}

/// Changes the profile by `edit`, text to text.
///
/// # Errors
/// Where there is a profile that cannot be read, the change is none, what comes of it could not be read, or the system
/// refuses. Then nothing is written.
pub fn change(edit: impl Fn(&str) -> Result<String, EditRefusal>) -> Result<ProfileChange, Failure> {
    let path = path()?;
    // Of two programs that change it at once the second waits, and changes what the first has written.
    let _held = path.parent().and_then(hold);
    for _ in 0..TRIES {
        let (text, before) = read()?;
        let (change, new) = changed(&path, (text.as_deref(), before), &edit)?;
        // An editor knows nothing of that and may have written since: it is its text that is to be changed.
        if read()?.0 == text {
            write(&path, &new)?;
            return Ok(change);
        }
    }
    Err(Failure::System(format!("{} is being changed by something else all the time", shown(&path))))
}

/// Holds a folder, as long as the answer lives. Where the system has no locks for folders there is none to hold.
fn hold(folder: &Path) -> Option<File> {
    std::fs::create_dir_all(folder).ok()?;
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// What a change would come to; nothing is written.
///
/// # Errors
/// As [`change`].
pub fn tried(edit: impl Fn(&str) -> Result<String, EditRefusal>) -> Result<ProfileChange, Failure> {
    let path = path()?;
    let (text, before) = read()?;
    Ok(changed(&path, (text.as_deref(), before), &edit)?.0)
}

/// Where the profile is, or is to be.
///
/// # Errors
/// Where there is no home directory.
pub fn path() -> Result<PathBuf, Failure> {
    settings::profile_path().ok_or_else(|| {
        let help = "set XDG_CONFIG_HOME to a folder of yours";
        Failure::System(format!("there is no home directory to keep the profile in\n  = help: {help}"))
    })
}

/// A path as it may be shown.
pub fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

/// The profile with its text, if there is any; its warnings were told before.
fn read() -> Result<(Option<String>, Profile), Failure> {
    match settings::profile(Some(clock::local_time().date_naive())) {
        settings::ProfileFile::Missing => Ok((None, Profile::default())),
        settings::ProfileFile::Read(source, parsed) => Ok((Some(source.text), parsed.profile)),
        wrong => Err(load_workout::unusable(wrong)),
    }
}

fn changed(
    path: &Path,
    (text, before): (Option<&str>, Profile),
    edit: &impl Fn(&str) -> Result<String, EditRefusal>,
) -> Result<(ProfileChange, String), Failure> {
    let new = edit(text.unwrap_or(HEAD))
        .map_err(|why| Failure::Input(format!("error: {}\n  = help: {}\n", why.problem, why.help)))?;
    let source = SourceText::new(path.display().to_string(), new);
    let today = clock::local_time().date_naive();
    let ParsedProfile { profile, warnings } = Profile::parse(&source, Some(today)).map_err(|problems| {
        let said = render::render(&problems, &source, context::colour());
        Failure::Input(format!("{said}\nThe profile stays as it was: nothing is written.\n"))
    })?;
    let text = source.text.clone();
    Ok((
        ProfileChange { before, after: profile, warnings: (source, warnings), path: path.to_path_buf() },
        text,
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let refused = |why: &str| {
        let help = "check the permissions, and that there is room on the disk";
        Failure::System(format!("{} cannot be written: {why}\n  = help: {help}", shown(path)))
    };
    if path.is_symlink() && !path.exists() {
        return Err(refused("it is a link to a file that is not there"));
    }
    let written =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| atomic_file::replace(path, text));
    written.map_err(|e| refused(&e.to_string()))
}
