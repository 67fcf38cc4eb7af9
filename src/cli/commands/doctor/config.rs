//! Checks what the runner has written: settings, profile and workouts.

use super::CheckResult;
use crate::clock;
use crate::library::{self, LibraryWorkout};
use crate::settings::{self, ProfileFile, Settings, SettingsError};
use crate::workout::{self, Options};

const UNREADABLE_HELP: &str = "fix the file or move it away; pacebell runs without one";

/// Reads the settings.
pub fn settings() -> Result<Settings, SettingsError> {
    settings::settings()
}

/// Checks all files.
pub fn check(settings: &Result<Settings, SettingsError>) -> Vec<CheckResult> {
    vec![check_settings(settings), check_profile(), check_workouts()]
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn check_settings(settings: &Result<Settings, SettingsError>) -> CheckResult {
    let exists = settings::settings_path().is_some_and(|path| path.exists());
    match settings {
        Ok(_) if exists => CheckResult::ok("config.toml: no mistakes"),
        Ok(_) => CheckResult::ok("config.toml: not found, so the defaults apply"),
        Err(SettingsError::Wrong(_, problems)) => CheckResult::wrong(
            format!("config.toml: {}", count(problems.len(), "mistake")),
            "`pacebell sounds` shows each one underlined",
        ),
        Err(SettingsError::Unreadable(problem)) => {
            CheckResult::wrong(format!("config.toml: {problem}"), UNREADABLE_HELP)
        }
    }
}

fn check_profile() -> CheckResult {
    match settings::profile(Some(clock::local_time().date_naive())) {
        ProfileFile::Missing => {
            CheckResult::ok("profile.toml: not found, so pacebell does not know your paces")
                .with_help("enter a race result to get your paces: `pacebell profile race 5K 25:00`")
        }
        ProfileFile::Read(_, parsed) if parsed.warnings.is_empty() => {
            CheckResult::ok("profile.toml: no mistakes")
        }
        ProfileFile::Read(_, parsed) => {
            CheckResult::note(format!("profile.toml: {}", count(parsed.warnings.len(), "warning")))
                .with_help("`pacebell profile` shows them")
        }
        ProfileFile::Wrong(_, problems) => CheckResult::wrong(
            format!("profile.toml: {}", count(problems.len(), "mistake")),
            "`pacebell profile` shows them underlined",
        ),
        ProfileFile::Unreadable(problem) => {
            CheckResult::wrong(format!("profile.toml: {problem}"), UNREADABLE_HELP)
        }
    }
}

fn check_workouts() -> CheckResult {
    let own: Vec<LibraryWorkout> = library::all().into_iter().filter(LibraryWorkout::is_mine).collect();
    let with_mistakes: Vec<&LibraryWorkout> = own.iter().filter(|workout| !compiles(workout)).collect();
    let finding = format!("your library: {}", count(own.len(), "workout"));
    match with_mistakes.first() {
        None => CheckResult::ok(finding),
        Some(first) => CheckResult::wrong(
            format!("{finding}, {} with mistakes", with_mistakes.len()),
            format!("`pacebell check {}` shows them underlined", first.name),
        ),
    }
}

fn compiles(workout: &LibraryWorkout) -> bool {
    workout.source().is_ok_and(|source| workout::compile_file(&source, None, &Options::default()).is_ok())
}
