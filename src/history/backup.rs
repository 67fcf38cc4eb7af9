//! Copies the log, even while a session writes to it.

use super::file_id::is_same_file;
use super::ownership::is_a_log;
use super::{Database, LogError, health, paths};
use crate::atomic_file;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::io;
use std::path::Path;

impl Database {
    /// Copies the log into one file, which is a log itself. An earlier copy is replaced. Returns false if there is no
    /// log to copy.
    ///
    /// # Errors
    /// If the file exists and is not an earlier copy, the log is damaged, or the system refuses. An existing file then stays as it was.
    pub fn back_up(&self, to: &Path) -> Result<bool, LogError> {
        let Some(connection) = self.open_to_read()? else { return Ok(false) };
        self.check_backup_path(to)?;
        let copy = Database::at(to);
        let mut log_error = None;
        let made = atomic_file::put(to, |temporary| {
            paths::create_private_file(temporary)?;
            copy_database(&connection, temporary).map_err(|e| {
                log_error = Some(copy.explain(&e));
                io::Error::other("the copy failed")
            })?;
            // A damaged log must not replace an earlier copy that is whole.
            health::check(temporary).map_err(|_| {
                log_error = Some(LogError::damaged(self.path()));
                io::Error::other("the log is damaged")
            })?;
            File::open(temporary)?.sync_all()
        });
        match (made, log_error) {
            (Ok(()), _) => Ok(true),
            (Err(_), Some(error)) => Err(error),
            (Err(why), None) => Err(LogError::new(
                format!("cannot write {}: {why}", copy.display_path()),
                "choose a file in a folder that exists and that you may write to",
            )),
        }
    }

    /// Checks that `to` may be overwritten with a copy.
    fn check_backup_path(&self, to: &Path) -> Result<(), LogError> {
        let shown = Database::at(to).display_path();
        let Ok(data) = fs::metadata(to) else { return Ok(()) };
        if !data.is_file() {
            let what = if data.is_dir() { "is a folder" } else { "is not a regular file" };
            return Err(LogError::new(format!("{shown} {what}"), "choose a file for the copy"));
        }
        let is_side_file = |ending: &str| {
            let mut name = self.path().as_os_str().to_os_string();
            name.push(ending);
            is_same_file(to, Path::new(&name))
        };
        let another = "choose another file for the copy";
        if ["-wal", "-shm", "-journal"].into_iter().any(is_side_file) {
            return Err(LogError::new(format!("{shown} belongs to the log"), another));
        }
        if is_same_file(to, self.path()) {
            return Err(LogError::new(format!("{shown} is the log itself"), another));
        }
        if data.len() > 0 && !is_a_log(to) {
            let help = "choose a new file for the copy, or one that holds an earlier copy";
            return Err(LogError::new(format!("{shown} exists and is not a copy of a log"), help));
        }
        Ok(())
    }
}

fn copy_database(from: &Connection, to: &Path) -> rusqlite::Result<()> {
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
    // The copy must be a single file that can be carried away, so it keeps no write-ahead log.
    copy.pragma_update(None, "journal_mode", "DELETE")
}
