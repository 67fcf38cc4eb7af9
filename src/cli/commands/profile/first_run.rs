//! Asks for the treadmill's unit and a race result at the very first start, once. A workout that was asked for by
//! name never has to wait for this.

use crate::cli::failure::Failure;
use crate::cli::profile_file::{self, edit};
use crate::cli::session::page_host::PageHost;
use crate::folders;
use crate::settings;
use crate::tui::screens::first_run::{FirstRunAnswers, FirstRunPage};
use std::fs;
use std::path::PathBuf;

/// Asks if there is no profile and nothing was asked before.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the profile cannot be written.
pub fn ask(host: &mut PageHost<'_>) -> Result<(), Failure> {
    if !is_first_run() {
        return Ok(());
    }
    let answers = host.show(&mut FirstRunPage::new(host.context.theme))?;
    if answers != FirstRunAnswers::default() {
        write(&answers)?;
    }
    Ok(())
}

/// True at the first start without a profile. Leaves a note that the questions have been asked; without one they
/// would be asked again and again, so nothing is asked if it cannot be written.
fn is_first_run() -> bool {
    let has_no_profile = settings::profile_path().is_some_and(|path| fs::symlink_metadata(path).is_err());
    let Some(note) = note_path().filter(|note| has_no_profile && !note.exists()) else { return false };
    let folder = note.parent().map_or(Ok(()), folders::create_private);
    folder.and_then(|()| fs::write(&note, "The first questions have been asked.\n")).is_ok()
}

fn note_path() -> Option<PathBuf> {
    Some(folders::state()?.join("asked"))
}

fn write(answers: &FirstRunAnswers) -> Result<(), Failure> {
    let change = profile_file::change(|text| {
        let mut text = text.to_string();
        if let Some((race, time)) = answers.result {
            text = edit::race(&text, race, time, None)?;
        }
        if let Some(unit) = answers.unit {
            let path = ["belt", "unit"].map(String::from);
            text = edit::set(&text, &path, &edit::text(unit.name()))?;
        }
        Ok(text)
    });
    change.map(drop)
}
