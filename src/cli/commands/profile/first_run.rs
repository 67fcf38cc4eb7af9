//! What is asked at the very first start, once: the treadmill's unit and a race. It is never in the way of a workout
//! that was asked for by name.

use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::cli::profile_file::{self as file, ProfileChange, edit};
use crate::cli::session::page_host::{PageHost, PageOutcome};
use crate::folders;
use crate::runtime::ProcessSignal;
use crate::settings;
use crate::tui::screens::first_run::{FirstRunAnswers, FirstRunPage};
use std::fs;
use std::path::PathBuf;

/// Asks where there is no profile and it never was asked; the signal that ended it, if one did.
pub fn ask(stage: &mut PageHost) -> Result<Option<ProcessSignal>, Failure> {
    if !remember() {
        return Ok(None);
    }
    let answers = match stage.show(&mut FirstRunPage::new(theme()))? {
        PageOutcome::Done(answers) => answers,
        PageOutcome::Signal(signal) => return Ok(Some(signal)),
    };
    if answers != FirstRunAnswers::default() {
        keep(&answers)?;
    }
    Ok(None)
}

/// Takes note that it is asked now; false where it is not to be: it was before, there is a profile, or nothing can be
/// remembered here, and it would be asked again and again.
fn remember() -> bool {
    let free = settings::profile_path().is_some_and(|path| fs::symlink_metadata(path).is_err());
    let Some(note) = note().filter(|note| free && !note.exists()) else { return false };
    let made = note.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(&note, "The first questions have been asked.\n")).is_ok()
}

fn note() -> Option<PathBuf> {
    Some(folders::state()?.join("asked"))
}

fn keep(answers: &FirstRunAnswers) -> Result<ProfileChange, Failure> {
    file::change(|text| {
        let mut text = text.to_string();
        if let Some((race, time)) = answers.result {
            text = edit::race(&text, race, time, None)?;
        }
        if let Some(unit) = answers.unit {
            let path = ["belt", "unit"].map(String::from);
            text = edit::set(&text, &path, &edit::text(unit.name()))?;
        }
        Ok(text)
    })
}
