//! The folders and files that the program reads and writes: whether they are there, whether it may, how much is in them.

use super::CheckResult;
use crate::cli::session::record;
use crate::library::user_workouts;
use crate::{atomic_file, folders, history, settings};
use std::fs;
use std::path::Path;

/// Every one of them.
pub fn all(log: Option<&Path>) -> Vec<CheckResult> {
    let settings = settings::settings_path();
    let mut facts = vec![
        folder("settings", settings.as_deref().and_then(Path::parent)),
        folder("your workouts", user_workouts::folder().as_deref()),
        folder("what is remembered", folders::state().as_deref()),
    ];
    facts.push(match record::store(log) {
        Ok(store) => the_log(store.path()),
        Err(trouble) => CheckResult::wrong(format!("log: {}", trouble.problem), trouble.help),
    });
    facts
}

fn folder(what: &str, path: Option<&Path>) -> CheckResult {
    let Some(path) = path else {
        let help = "set HOME, or the XDG variables that the README names";
        return CheckResult::wrong(format!("{what}: there is no home directory"), help);
    };
    let shown = path.display();
    match fs::metadata(path) {
        Ok(data) if !data.is_dir() => {
            CheckResult::wrong(format!("{what}: {shown} is no folder"), "move what is there out of the way")
        }
        Ok(_) if !atomic_file::may_write(path) => CheckResult::wrong(
            format!("{what}: {shown} may not be written to"),
            format!("make it yours: chmod u+w {shown}"),
        ),
        Ok(_) => CheckResult::ok(format!("{what}: {shown}, {}", contents(path))),
        Err(_) => missing(what, path),
    }
}

/// It would be made where it is needed, if that can be done.
fn missing(what: &str, path: &Path) -> CheckResult {
    let shown = path.display();
    match path.ancestors().skip(1).find(|above| above.exists()) {
        Some(above) if above.is_dir() && atomic_file::may_write(above) => {
            CheckResult::ok(format!("{what}: {shown} is not there yet, and is made when it is needed"))
        }
        Some(above) => CheckResult::wrong(
            format!("{what}: {shown} is not there and cannot be made"),
            format!("{} must be a folder that you may write to", above.display()),
        ),
        None => {
            CheckResult::wrong(format!("{what}: {shown} cannot be made"), "set HOME to a folder of yours")
        }
    }
}

/// How many files there are, and how large they are together.
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

fn the_log(path: &Path) -> CheckResult {
    let shown = path.display();
    let Ok(data) = fs::metadata(path) else { return missing("log", path) };
    let another = "name another log with `--log FILE`, or move what is there out of the way";
    if !data.is_file() {
        return CheckResult::wrong(format!("log: {shown} is not a file"), another);
    }
    if data.len() > 0 && !history::is_a_log(path) {
        return CheckResult::wrong(format!("log: {shown} is no log of pacebell"), another);
    }
    if !atomic_file::may_write(path) || !path.parent().is_none_or(atomic_file::may_write) {
        let help = "make the file and its folder yours, or name another log with `--log FILE`";
        return CheckResult::wrong(format!("log: {shown} may not be written to"), help);
    }
    CheckResult::ok(format!("log: {shown}, {}", size(data.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::doctor::CheckStatus;

    #[test]
    fn what_is_missing_is_fine_where_it_can_be_made() {
        let home = tempfile::tempdir().unwrap();
        let fact = folder("settings", Some(&home.path().join("a/b/c")));
        assert!(fact.mark == CheckStatus::Ok && fact.says.contains("not there yet"), "{fact:?}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is made");
        fs::write(home.path().join("a"), "in the way").unwrap();
        for (what, path) in [("settings", "a/b"), ("settings", "a")] {
            let fact = folder(what, Some(&home.path().join(path)));
            assert!(fact.mark == CheckStatus::Wrong && fact.help.is_some(), "{fact:?}");
        }
        assert_eq!(folder("settings", None).mark, CheckStatus::Wrong);
    }

    #[test]
    fn a_log_is_told_from_what_is_none() {
        let home = tempfile::tempdir().unwrap();
        let log = home.path().join("log.db");
        assert_eq!(the_log(&log).mark, CheckStatus::Ok);
        fs::write(&log, "name = \"Hills\"").unwrap();
        assert!(the_log(&log).says.contains("no log of pacebell"));
        assert_eq!(the_log(home.path()).mark, CheckStatus::Wrong);
        let store = history::Database::at(home.path().join("real.db"));
        drop(store.open().unwrap());
        assert_eq!(the_log(store.path()).mark, CheckStatus::Ok);
    }

    #[test]
    fn what_is_in_a_folder_is_counted() {
        let home = tempfile::tempdir().unwrap();
        assert!(folder("x", Some(home.path())).says.ends_with("0 files, 0 bytes"));
        fs::write(home.path().join("a"), [0; 2500]).unwrap();
        assert!(folder("x", Some(home.path())).says.ends_with("1 file, 2 kB"));
    }
}
