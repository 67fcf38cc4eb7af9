//! The names of the workouts that were run lately, in a small file, one on each line, the latest first.
//!
//! It is a convenience: where it cannot be read or written, nothing is recent, and nobody is bothered.

use super::user_workouts;
use etcetera::BaseStrategy;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How many names are kept.
const KEPT: usize = 20;
/// A file longer than this is not ours.
const LONGEST: u64 = 64 * 1024;

/// Where such things are remembered: `pacebell` under the system's folder for state (`$XDG_STATE_HOME`), else for data.
pub fn folder() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let state = || etcetera::choose_base_strategy().ok().and_then(|s| s.state_dir());
    Some(set.or_else(state).or_else(user_workouts::data_home)?.join("pacebell"))
}

fn path() -> Option<PathBuf> {
    Some(folder()?.join("recent"))
}

/// The names, the latest first.
pub fn names() -> Vec<String> {
    path().map(|p| read(&p)).unwrap_or_default()
}

/// Puts a name in front of all others.
pub fn note(name: &str) {
    if let Some(path) = path() {
        // Not being remembered is no reason not to run.
        let _ = write(&path, name);
    }
}

fn read(path: &Path) -> Vec<String> {
    // Opening a pipe would wait for somebody to write.
    if !fs::metadata(path).is_ok_and(|data| data.is_file()) {
        return Vec::new();
    }
    let mut text = String::new();
    match fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text)) {
        Ok(_) => text.lines().map(str::trim).filter(|l| !l.is_empty()).take(KEPT).map(String::from).collect(),
        Err(_) => Vec::new(),
    }
}

/// Written beside it, then put in its place: whoever reads meanwhile sees the old or the new.
fn write(path: &Path, name: &str) -> io::Result<()> {
    let others = read(path).into_iter().filter(|n| n != name);
    let names: Vec<String> = std::iter::once(name.to_string()).chain(others).take(KEPT).collect();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension(format!("{}", std::process::id()));
    let written = fs::write(&beside, names.join("\n") + "\n").and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_comes_first_and_only_once() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("pacebell/recent");
        for name in ["a", "b", "a"] {
            write(&path, name).unwrap();
        }
        assert_eq!(read(&path), ["a", "b"]);
        for i in 0..100 {
            write(&path, &i.to_string()).unwrap();
        }
        assert_eq!(read(&path).len(), KEPT);
        assert_eq!(read(&path)[0], "99");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_cannot_be_read_is_no_news() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(&home.path().join("nowhere")), Vec::<String>::new());
        assert_eq!(read(home.path()), Vec::<String>::new());
        let rubbish = home.path().join("rubbish");
        fs::write(&rubbish, [0xff, 0xfe]).unwrap();
        assert_eq!(read(&rubbish), Vec::<String>::new());
        assert!(write(&rubbish.join("recent"), "a").is_err());
    }
}
