//! The names of workouts that were run recently: a small file with one name a line, the latest first.
//!
//! It is a convenience. If it cannot be read, no workout is recent; if it cannot be written, nothing happens.

use crate::{atomic_file, folders};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The most names in the file.
const MOST_NAMES: usize = 20;
/// The most bytes to read, in case the file is not ours.
const MOST_BYTES: u64 = 64 * 1024;

fn path() -> Option<PathBuf> {
    Some(folders::state()?.join("recent"))
}

/// The names, the latest first.
pub fn names() -> Vec<String> {
    path().map(|p| read(&p)).unwrap_or_default()
}

/// Puts a name in front of all others.
pub fn note(name: &str) {
    if let Some(path) = path() {
        // A workout runs even if it cannot be remembered.
        let _ = write(&path, name);
    }
}

fn read(path: &Path) -> Vec<String> {
    // Opening a pipe would block until something writes to it.
    if !fs::metadata(path).is_ok_and(|data| data.is_file()) {
        return Vec::new();
    }
    let mut text = String::new();
    match fs::File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text)) {
        Ok(_) => {
            let names = text.lines().map(str::trim).filter(|l| !l.is_empty());
            names.take(MOST_NAMES).map(String::from).collect()
        }
        Err(_) => Vec::new(),
    }
}

fn write(path: &Path, name: &str) -> io::Result<()> {
    let others = read(path).into_iter().filter(|n| n != name);
    let names: Vec<String> = std::iter::once(name.to_string()).chain(others).take(MOST_NAMES).collect();
    if let Some(folder) = path.parent() {
        folders::create_private(folder)?;
    }
    atomic_file::write(path, |mut file| file.write_all((names.join("\n") + "\n").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_each_name_once_and_the_latest_first() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("pacebell/recent");
        for name in ["a", "b", "a"] {
            write(&path, name).unwrap();
        }
        assert_eq!(read(&path), ["a", "b"]);
        for i in 0..100 {
            write(&path, &i.to_string()).unwrap();
        }
        assert_eq!(read(&path).len(), MOST_NAMES);
        assert_eq!(read(&path)[0], "99");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn an_unreadable_file_has_no_names() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(&home.path().join("nowhere")), Vec::<String>::new());
        assert_eq!(read(home.path()), Vec::<String>::new());
        let not_text = home.path().join("not-text");
        fs::write(&not_text, [0xff, 0xfe]).unwrap();
        assert_eq!(read(&not_text), Vec::<String>::new());
        assert!(write(&not_text.join("recent"), "a").is_err());
    }
}
