//! Records of the files that a process is making. A process that is killed leaves both behind, and the next start of the
//! program removes them.
//!
//! Each record is a small file in the folder for state, which holds a path. Its process keeps it locked. The lock goes with
//! the process, however it ends, on every machine and in every container that shares the folder.

use crate::folders;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The name of the folder with the records.
const FOLDER: &str = "half-made";
/// The most bytes of a path in a record.
const LONGEST_PATH: u64 = 8192;

/// The record of a file or a folder that this process is making. Removed when it is dropped.
#[derive(Debug)]
pub struct HalfMade {
    /// `None` if nothing can be recorded.
    record: Option<(PathBuf, File)>,
}

impl HalfMade {
    /// Records that this process is about to make `path`, and will delete or rename it before the record is dropped.
    pub fn record(path: &Path) -> HalfMade {
        HalfMade { record: folder().and_then(|folder| write_record(&folder, path)) }
    }
}

impl Drop for HalfMade {
    fn drop(&mut self) {
        if let Some((record, _lock)) = self.record.take() {
            // A record of a file that is gone does no harm.
            let _ = fs::remove_file(record);
        }
    }
}

/// Removes what killed processes left half made.
pub fn sweep() {
    if let Some(folder) = folder() {
        sweep_folder(&folder);
    }
}

fn folder() -> Option<PathBuf> {
    Some(folders::state()?.join(FOLDER))
}

fn write_record(folder: &Path, path: &Path) -> Option<(PathBuf, File)> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let path = std::path::absolute(path).ok()?;
    folders::create_private(folder).ok()?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let record = folder.join(format!("{}-{number}", std::process::id()));
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&record).ok()?;
    file.try_lock().ok()?;
    // Some file systems flush a file that was cut to nothing when it is closed, which takes a millisecond for each.
    if file.metadata().ok()?.len() > 0 {
        file.set_len(0).ok()?;
    }
    file.write_all(path.to_str().unwrap_or_default().as_bytes()).ok()?;
    Some((record, file))
}

fn sweep_folder(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let (mut orphans, mut in_use) = (Vec::new(), Vec::new());
    // Opening a pipe would wait for its writer, and reading a device would never end.
    let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    for record in entries.flatten().filter(is_file).map(|entry| entry.path()) {
        let Ok(mut file) = File::open(&record) else { continue };
        let lock = file.try_lock();
        let mut path = String::new();
        let _ = Read::by_ref(&mut file).take(LONGEST_PATH).read_to_string(&mut path);
        match lock {
            Ok(()) => orphans.push((record, PathBuf::from(path), file)),
            Err(TryLockError::WouldBlock) => in_use.push(PathBuf::from(path)),
            // Nobody can tell if such a file is in use.
            Err(TryLockError::Error(_)) => {}
        }
    }
    for (record, path, _lock) in orphans {
        // A later process with the same number makes a file of the same name.
        if !in_use.contains(&path) {
            remove(&path);
        }
        // Removed while it is locked, so that no other process takes it over meanwhile.
        let _ = fs::remove_file(record);
    }
}

/// Removes a file or a folder that has one of the names that pacebell gives to what is half made.
fn remove(path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_file = name.starts_with('.') && name.ends_with(super::ENDING);
    if !path.is_absolute() || !(is_file || name.starts_with("pacebell-")) {
        return;
    }
    // What cannot be removed does no harm.
    if fs::symlink_metadata(path).is_ok_and(|data| data.is_dir()) {
        let _ = fs::remove_dir_all(path);
        return;
    }
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut file = OsString::from(path);
        file.push(ending);
        let _ = fs::remove_file(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_is_in_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (records, made) = (folder.path().join("records"), folder.path());
        let (left, used) = (made.join(".left.wav.1.new"), made.join(".used.wav.2.new"));
        let (copy, own) = (made.join("pacebell-merge-1-0"), made.join("mine.toml"));
        fs::create_dir(&copy).unwrap();
        for file in [&left, &used, &own, &copy.join("log.db")] {
            fs::write(file, "half").unwrap();
        }
        // The kernel unlocks the records of a killed process, and leaves the files.
        for path in [&left, &copy, &own] {
            drop(write_record(&records, path).unwrap());
        }
        let in_use = HalfMade { record: write_record(&records, &used) };
        sweep_folder(&records);
        assert!(!left.exists() && !copy.exists());
        assert!(used.exists() && own.exists());
        assert_eq!(fs::read_dir(&records).unwrap().count(), 1, "the record in use stays");
        drop(in_use);
        sweep_folder(&records);
        assert!(used.exists() && fs::read_dir(&records).unwrap().count() == 0);
    }

    #[test]
    fn a_new_file_of_the_same_name_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (records, file) = (folder.path().join("records"), folder.path().join(".a.wav.1.new"));
        fs::write(&file, "new").unwrap();
        drop(write_record(&records, &file).unwrap());
        let _in_use = write_record(&records, &file).unwrap();
        sweep_folder(&records);
        assert!(file.exists());
    }
}
