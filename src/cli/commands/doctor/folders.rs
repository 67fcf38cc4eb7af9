//! Checks the folders and files that pacebell reads and writes.

use super::CheckResult;
use crate::cli::context::Context;
use crate::frontend::UnfinishedOffer;
use crate::history::{LogError, unfinished};
use crate::library::{LibraryWorkout, WorkoutOrigin, user_workouts};
use crate::text::clean;
use crate::units::Millis;
use crate::{atomic_file, folders, history, settings};
use std::fs;
use std::path::Path;

/// Checks all of them.
pub fn check(context: &Context) -> Vec<CheckResult> {
    let settings = settings::settings_path();
    let mut results = vec![
        check_folder("settings", settings.as_deref().and_then(Path::parent)),
        check_folder("your workouts", user_workouts::folder().as_deref()),
        check_folder("remembered state", folders::state().as_deref()),
        match context.log() {
            Ok(database) => check_log(database.path()),
            Err(error) => CheckResult::wrong(format!("log: {}", error.problem), error.help),
        },
    ];
    results.extend(user_workouts::folder().map(|folder| odd_workouts(&folder)).unwrap_or_default());
    results.extend(unfinished_sessions(context));
    results
}

/// Finds workouts that cannot be read because they are no files.
fn odd_workouts(folder: &Path) -> Vec<CheckResult> {
    let odd = |workout: LibraryWorkout| match workout.origin {
        WorkoutOrigin::Mine { path, .. } if fs::metadata(&path).is_ok_and(|data| !data.is_file()) => {
            let finding = format!("your workouts: {} is not a regular file", path.display());
            Some(CheckResult::wrong(finding, "move it out of the way"))
        }
        _ => None,
    };
    user_workouts::list(folder).into_iter().filter_map(odd).collect()
}

/// Reports the latest unfinished session, and those that cannot be read.
fn unfinished_sessions(context: &Context) -> Vec<CheckResult> {
    let Ok(search) = context.log().and_then(|log| unfinished::find(&log)) else { return Vec::new() };
    let wrong = |error: LogError| CheckResult::wrong(format!("log: {}", error.problem), error.help);
    let mut results: Vec<CheckResult> = search.unreadable.into_iter().map(wrong).collect();
    results.extend(search.complete.iter().map(|complete| {
        let name = clean(&complete.session.sequence().name);
        CheckResult::note(format!("log: {name} was cut off after its last step"))
            .with_help("start pacebell once to log it")
    }));
    results.extend(search.latest.map(|latest| {
        // In the time of then and there.
        let offer = UnfinishedOffer::of(&latest.session, Millis::ZERO, String::new())
            .on_day(latest.started.format("%-d %b").to_string())
            .with_others(search.more);
        CheckResult::note(format!("log: {}", offer.line()))
            .with_help(format!("resume it with `pacebell resume{}`", context.log_option()))
    }));
    results
}

fn check_folder(name: &str, path: Option<&Path>) -> CheckResult {
    let Some(path) = path else {
        let help = "set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME";
        return CheckResult::wrong(format!("{name}: there is no home directory"), help);
    };
    let display_path = path.display();
    match fs::metadata(path) {
        Ok(data) if !data.is_dir() => {
            CheckResult::wrong(format!("{name}: {display_path} is not a folder"), "move it out of the way")
        }
        Ok(_) if !atomic_file::may_write(path) => CheckResult::wrong(
            format!("{name}: {display_path} cannot be written to"),
            format!("make it writable: chmod u+w {display_path}"),
        ),
        Ok(_) => CheckResult::ok(format!("{name}: {display_path}, {}", contents(path))),
        Err(_) => check_missing(name, path),
    }
}

/// Checks if something missing can be created when it is needed.
fn check_missing(name: &str, path: &Path) -> CheckResult {
    let display_path = path.display();
    match path.ancestors().skip(1).find(|above| above.exists()) {
        Some(above) if above.is_dir() && atomic_file::may_write(above) => CheckResult::ok(format!(
            "{name}: {display_path} does not exist yet; it will be created when needed"
        )),
        Some(above) => CheckResult::wrong(
            format!("{name}: {display_path} does not exist and cannot be created"),
            format!("{} must be a folder that you may write to", above.display()),
        ),
        None => CheckResult::wrong(
            format!("{name}: {display_path} cannot be created"),
            "set HOME to one of your folders",
        ),
    }
}

/// Returns the number of files in a folder and their size.
fn contents(folder: &Path) -> String {
    let files: Vec<u64> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|file| file.ok()?.metadata().ok())
        .filter(|data| data.is_file())
        .map(|data| data.len())
        .collect();
    let word = if files.len() == 1 { "file" } else { "files" };
    format!("{} {word}, {}", files.len(), size(files.iter().sum()))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn check_log(path: &Path) -> CheckResult {
    let display_path = path.display();
    let Ok(data) = fs::metadata(path) else { return check_missing_log(path) };
    let help = "choose another log with `--log FILE`, or move this file out of the way";
    if !data.is_file() {
        return CheckResult::wrong(format!("log: {display_path} is not a file"), help);
    }
    if data.len() > 0 && !history::is_a_log(path) {
        return CheckResult::wrong(format!("log: {display_path} is not a pacebell log"), help);
    }
    if let Err(error) = history::health::check(path) {
        return CheckResult::wrong(format!("log: {}", error.problem), error.help);
    }
    if !atomic_file::may_write(path) || !path.parent().is_none_or(atomic_file::may_write) {
        let help = "make the file and its folder writable, or choose another log with `--log FILE`";
        return CheckResult::wrong(format!("log: {display_path} cannot be written to"), help);
    }
    CheckResult::ok(format!("log: {display_path}, {}", size(data.len())))
}

/// Checks if a missing log can be created. A link to a missing file is followed, but no folders are created for it.
fn check_missing_log(path: &Path) -> CheckResult {
    let Ok(target) = fs::read_link(path) else { return check_missing("log", path) };
    let target = path.with_file_name("").join(target);
    match target.parent().is_some_and(|folder| folder.is_dir() && atomic_file::may_write(folder)) {
        true => check_missing("log", &target),
        false => CheckResult::wrong(
            format!("log: {} is a link to {}, which cannot be created", path.display(), target.display()),
            "remove the link, or create the folder that it leads to",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::doctor::CheckStatus;

    #[test]
    fn a_missing_folder_is_fine_if_it_can_be_created() {
        let home = tempfile::tempdir().unwrap();
        let result = check_folder("settings", Some(&home.path().join("a/b/c")));
        assert!(result.status == CheckStatus::Ok && result.finding.contains("not exist yet"), "{result:?}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is created");
        fs::write(home.path().join("a"), "in the way").unwrap();
        for (name, path) in [("settings", "a/b"), ("settings", "a")] {
            let result = check_folder(name, Some(&home.path().join(path)));
            assert!(result.status == CheckStatus::Wrong && result.help.is_some(), "{result:?}");
        }
        assert_eq!(check_folder("settings", None).status, CheckStatus::Wrong);
    }

    #[test]
    fn other_files_are_not_taken_for_a_log() {
        let home = tempfile::tempdir().unwrap();
        let log = home.path().join("log.db");
        assert_eq!(check_log(&log).status, CheckStatus::Ok);
        fs::write(&log, "name = \"Hills\"").unwrap();
        assert!(check_log(&log).finding.contains("not a pacebell log"));
        assert_eq!(check_log(home.path()).status, CheckStatus::Wrong);
        let database = history::Database::at(home.path().join("real.db"));
        drop(database.open().unwrap());
        assert_eq!(check_log(database.path()).status, CheckStatus::Ok);
    }

    #[test]
    fn files_in_a_folder_are_counted() {
        let home = tempfile::tempdir().unwrap();
        assert!(check_folder("x", Some(home.path())).finding.ends_with("0 files, 0 bytes"));
        fs::write(home.path().join("a"), [0; 2500]).unwrap();
        assert!(check_folder("x", Some(home.path())).finding.ends_with("1 file, 2 kB"));
    }
}
