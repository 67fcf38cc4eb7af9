//! What the runner has written: profile, settings, workouts; how many mistakes are in them, and what shows those.

use super::CheckResult;
use crate::clock;
use crate::library::{self, LibraryWorkout};
use crate::settings;
use crate::settings::{ProfileFile, Settings, SettingsError};
use crate::workout::{self, Options};

/// The settings, as far as they can be read.
pub fn settings() -> Result<Settings, SettingsError> {
    settings::settings()
}

/// All of it.
pub fn all(settings: &Result<Settings, SettingsError>) -> Vec<CheckResult> {
    vec![the_settings(settings), profile(), workouts()]
}

fn mistakes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "mistake" } else { "mistakes" })
}

fn the_settings(settings: &Result<Settings, SettingsError>) -> CheckResult {
    let there = settings::settings_path().is_some_and(|path| path.exists());
    match settings {
        Ok(_) if there => CheckResult::ok("config.toml: no mistakes"),
        Ok(_) => CheckResult::ok("config.toml: there is none, so everything is as usual"),
        Err(SettingsError::Wrong(_, problems)) => CheckResult::wrong(
            format!("config.toml: {}", mistakes(problems.len())),
            "`pacebell sounds` shows them underlined, as every command with a screen does",
        ),
        Err(SettingsError::Unreadable(why)) => {
            CheckResult::wrong(format!("config.toml: {why}"), "mend or move the file; it need not be there")
        }
    }
}

fn profile() -> CheckResult {
    match settings::profile(Some(clock::local_time().date_naive())) {
        ProfileFile::Missing => {
            CheckResult::ok("profile.toml: there is none, so paces are those of nobody in particular")
                .helped("`pacebell profile race 5K 25:00` begins one")
        }
        ProfileFile::Read(_, parsed) if parsed.warnings.is_empty() => {
            CheckResult::ok("profile.toml: no mistakes")
        }
        ProfileFile::Read(_, parsed) => {
            let count = parsed.warnings.len();
            let word = if count == 1 { "thing looks" } else { "things look" };
            CheckResult::note(format!("profile.toml: {count} {word} odd"))
                .helped("`pacebell profile` shows what")
        }
        ProfileFile::Wrong(_, problems) => CheckResult::wrong(
            format!("profile.toml: {}", mistakes(problems.len())),
            "`pacebell profile` shows them underlined",
        ),
        ProfileFile::Unreadable(why) => {
            CheckResult::wrong(format!("profile.toml: {why}"), "mend or move the file; it need not be there")
        }
    }
}

fn workouts() -> CheckResult {
    let own: Vec<LibraryWorkout> = library::all().into_iter().filter(LibraryWorkout::is_mine).collect();
    let wrong: Vec<&LibraryWorkout> = own.iter().filter(|item| !is_fine(item)).collect();
    let word = if own.len() == 1 { "workout" } else { "workouts" };
    let says = format!("your library: {} {word}", own.len());
    match wrong.first() {
        None => CheckResult::ok(says),
        Some(first) => CheckResult::wrong(
            format!("{says}, {} with mistakes", wrong.len()),
            format!("`pacebell check {}` shows them underlined", first.name),
        ),
    }
}

fn is_fine(item: &LibraryWorkout) -> bool {
    item.source().is_ok_and(|source| workout::compile_file(&source, None, &Options::default()).is_ok())
}
