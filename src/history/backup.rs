//! A copy of the log that is whole, also while a session writes to it.

use super::database::APPLICATION;
use super::paths;
use super::{Database, LogError};
use crate::atomic_file;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Where in a database's first bytes SQLite keeps whose it is.
const OWNER: std::ops::Range<usize> = 68..72;

impl Database {
    /// Writes a copy of the log into a file, in place of an earlier copy. It is one file, and a log like this one.
    /// False where there is no log to copy.
    ///
    /// # Errors
    /// Where the place holds something else than an earlier copy, or the system would not. What is there stays.
    pub fn back_up(&self, to: &Path) -> Result<bool, LogError> {
        let Some(connection) = self.open_to_read()? else { return Ok(false) };
        self.check_place(to)?;
        let mut failed = None;
        let made = atomic_file::put(to, |beside| {
            paths::make_file(beside)?;
            copy(&connection, beside).map_err(|e| {
                failed = Some(Database::at(to).trouble(&e));
                io::Error::other("the copy failed")
            })?;
            File::open(beside)?.sync_all()
        });
        match (made, failed) {
            (Ok(()), _) => Ok(true),
            (Err(_), Some(trouble)) => Err(trouble),
            (Err(why), None) => Err(LogError::new(
                format!("{} cannot be written: {why}", Database::at(to).shown()),
                "name a file in a folder that is there and that you may write to",
            )),
        }
    }

    /// Whether a copy may stand there.
    fn check_place(&self, to: &Path) -> Result<(), LogError> {
        let shown = Database::at(to).shown();
        let Ok(data) = fs::metadata(to) else { return Ok(()) };
        if !data.is_file() {
            let what = if data.is_dir() { "is a folder" } else { "is not a regular file" };
            return Err(LogError::new(format!("{shown} {what}"), "name a file for the copy"));
        }
        let beside = |ending: &str| {
            let mut name = self.path().as_os_str().to_os_string();
            name.push(ending);
            paths::are_one(to, Path::new(&name))
        };
        if ["-wal", "-shm", "-journal"].into_iter().any(beside) {
            return Err(LogError::new(
                format!("{shown} belongs to the log"),
                "name another file for the copy",
            ));
        }
        if paths::are_one(to, self.path()) {
            return Err(LogError::new(
                format!("{shown} is the log itself"),
                "name another file for the copy",
            ));
        }
        if data.len() > 0 && !is_a_log(to) {
            let help = "name a new file for the copy, or one that holds an earlier copy";
            return Err(LogError::new(format!("{shown} is there already, and is no copy of a log"), help));
        }
        Ok(())
    }
}

/// Whether a file begins like a log, or like a copy of one.
pub fn is_a_log(path: &Path) -> bool {
    let mut first = [0; 72];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first.get(OWNER) == Some(&APPLICATION.to_be_bytes()[..])
}

fn copy(from: &Connection, to: &Path) -> rusqlite::Result<()> {
    let mut copy = Connection::open(to)?;
    let step = Backup::new(from, &mut copy)?.step(-1)?;
    match step {
        StepResult::Done => {}
        _ => {
            return Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                None,
            ));
        }
    }
    // A copy is to be carried away: nothing of it may stay in a second file.
    copy.pragma_update(None, "journal_mode", "DELETE")
}
