//! Errors of the log, each with a way out.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::Path;

/// An error that keeps the log from being read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogError {
    /// The problem: `the disk is full`.
    pub problem: String,
    /// The way out: `free up some space`.
    pub help: String,
}

impl LogError {
    /// An error with this problem and this way out.
    pub fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        LogError { problem: problem.into(), help: help.into() }
    }

    /// The disk is full.
    pub(super) fn disk_full() -> Self {
        LogError::new("the disk is full", "free up some space")
    }

    /// The database at `path` is damaged.
    pub(super) fn damaged(path: &Path) -> Self {
        LogError::new(
            format!("{} is damaged", display_path(path)),
            "move it out of the way, and restore a copy made with `pacebell log backup`",
        )
    }

    /// Explains an SQLite error about the database at `path`.
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let shown = display_path(path);
        let (problem, help) = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => return LogError::disk_full(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (format!("another program has locked {shown}"), "close the program that has it open")
            }
            Some(ErrorCode::NotADatabase) => (
                format!("{shown} is not a pacebell log"),
                "move it out of the way, or choose another file with `--log FILE`",
            ),
            Some(ErrorCode::DatabaseCorrupt) => return LogError::damaged(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => (
                format!("{shown} cannot be written"),
                "check its permissions, or choose another file with `--log FILE`",
            ),
            // A full disk may show first in the shared-memory index, where SQLite reports it as an I/O error.
            Some(ErrorCode::SystemIoFailure) if is_disk_full(path) => return LogError::disk_full(),
            Some(ErrorCode::SystemIoFailure) => (
                format!("the disk reports an error for {shown}"),
                "check that the disk is connected and has free space",
            ),
            _ => (format!("{shown} cannot be used: {error}"), "choose another file with `--log FILE`"),
        };
        LogError::new(problem, help)
    }
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} – {}", self.problem, self.help)
    }
}

/// A path that is safe to print.
pub(super) fn display_path(path: &Path) -> String {
    crate::text::clean(&path.display().to_string())
}

/// True if the disk under `path` has less room than any transaction needs.
#[cfg(unix)]
fn is_disk_full(path: &Path) -> bool {
    const SMALLEST_TRANSACTION: u64 = 64 * 1024;
    let room = path.parent().and_then(|folder| rustix::fs::statvfs(folder).ok());
    room.is_some_and(|room| room.f_bavail.saturating_mul(room.f_frsize) < SMALLEST_TRANSACTION)
}

#[cfg(not(unix))]
fn is_disk_full(_: &Path) -> bool {
    false
}
