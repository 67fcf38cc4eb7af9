//! The log's path, and the files and folders that are created there, readable by their owner only.
//!
//! Nothing here opens a file that may hold a database. On Unix, closing any handle of a file drops all locks that the
//! process holds on it, SQLite's among them.

use crate::atomic_file::may_write;
use crate::folders;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The default path of the log: `log.db` in our folder for data. `None` if there is no home directory.
pub fn default_path() -> Option<PathBuf> {
    Some(folders::data()?.join("log.db"))
}

/// Options that open a file for writing, and create it with mode 0600.
pub fn private_file_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Creates an empty file with mode 0600, unless there is a file already. SQLite gives its side files the same mode.
pub fn create_private_file(path: &Path) -> io::Result<()> {
    /// Closing the new file would drop a lock that another thread of this process has just taken on it.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // A symbolic link may point to a file that does not exist yet.
    let target = fs::read_link(path).map_or(path.to_path_buf(), |to| path.with_file_name("").join(to));
    match private_file_options().create_new(true).open(target) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created.map(drop),
    }
}

/// True if this process may write to a file and, on Unix, create side files next to it.
pub fn is_writable(path: &Path) -> bool {
    may_write(path) && (cfg!(not(unix)) || path.parent().is_none_or(may_write))
}
