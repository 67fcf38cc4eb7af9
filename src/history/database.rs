//! The database file: created, opened and brought up to date.

use super::file_id::FileId;
use super::log_error::{LogError, display_path};
use super::ownership::{self, NotOurDatabase};
use super::{paths, schema, timeouts};
use crate::folders;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// The help for a path that cannot hold a log.
const ANOTHER_PATH: &str = "choose another place with `--log FILE`";

/// The log's file, and how to open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    path: PathBuf,
    lock_timeout: Duration,
    page_limit: Option<u32>,
}

impl Database {
    /// The log at `path`, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Database { path: path.into(), lock_timeout: timeouts::LOCKED, page_limit: None }
    }

    /// Waits this long when another program has locked the log.
    pub fn with_lock_timeout(self, lock_timeout: Duration) -> Self {
        Database { lock_timeout, ..self }
    }

    /// Limits the file to this many pages of 4 KiB. Tests use it as a disk that fills up.
    pub fn with_page_limit(self, pages: u32) -> Self {
        Database { page_limit: Some(pages), ..self }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path, safe to print.
    pub fn display_path(&self) -> String {
        display_path(&self.path)
    }

    /// Explains an SQLite error to the person whose log this is.
    pub fn explain(&self, error: &rusqlite::Error) -> LogError {
        LogError::from_sqlite(&self.path, error)
    }

    /// Opens the log to read and write. Creates it if necessary.
    ///
    /// # Errors
    /// If the system refuses, or the file is not a log that this program knows. The file then stays as it was.
    pub fn open(&self) -> Result<Connection, LogError> {
        self.open_file().map(|(connection, _)| connection)
    }

    /// [`Database::open`] that also returns which file it opened.
    pub(super) fn open_file(&self) -> Result<(Connection, FileId), LogError> {
        self.create_file()?;
        let reject = |why: NotOurDatabase| why.into_log_error(&self.path);
        ownership::check_file(&self.path).map_err(reject)?;
        let file = FileId::at(&self.path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags).map_err(|e| self.explain(&e))?;
        connection.busy_timeout(self.lock_timeout).map_err(|e| self.explain(&e))?;
        let version = ownership::check_connection(&connection).map_err(reject)?;
        self.prepare(&mut connection, version).map_err(|e| self.explain(&e))?;
        match file.filter(|file| self.is_still(*file)) {
            Some(file) => Ok((connection, file)),
            None => Err(LogError::new(
                format!("{} was replaced while pacebell opened it", self.display_path()),
                "check that no other program moves or syncs it",
            )),
        }
    }

    /// True if `file` is still the file at the log's path.
    pub(super) fn is_still(&self, file: FileId) -> bool {
        FileId::at(&self.path) == Some(file)
    }

    fn create_file(&self) -> Result<(), LogError> {
        if let Some(folder) = self.path.parent().filter(|f| !f.as_os_str().is_empty()) {
            folders::create_private(folder).map_err(|e| self.folder_error(folder, &e))?;
        }
        match fs::metadata(&self.path) {
            Ok(data) if data.is_file() => Ok(()),
            Ok(_) => Err(LogError::new(format!("{} is not a file", self.display_path()), ANOTHER_PATH)),
            Err(_) => paths::create_private_file(&self.path).map_err(|e| match e.kind() {
                io::ErrorKind::StorageFull => LogError::disk_full(),
                _ => LogError::new(format!("cannot create {}: {e}", self.display_path()), ANOTHER_PATH),
            }),
        }
    }

    fn folder_error(&self, folder: &Path, error: &io::Error) -> LogError {
        let problem = match error.kind() {
            io::ErrorKind::StorageFull => return LogError::disk_full(),
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                format!("the log cannot be at {}: a file is in the way", self.display_path())
            }
            _ => format!("cannot create the folder {}: {error}", display_path(folder)),
        };
        LogError::new(problem, ANOTHER_PATH)
    }

    /// Opens the log to read and write. `None` if there is no log yet; none is created.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_existing(&self) -> Result<Option<Connection>, LogError> {
        match fs::symlink_metadata(&self.path) {
            // A file in place of the folder also means that there is no log. Writing will report it.
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            _ => self.open().map(Some),
        }
    }

    /// Opens the log to read, even from a disk that is read-only or full. `None` if there is no log yet.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_to_read(&self) -> Result<Option<Connection>, LogError> {
        self.open_existing().or_else(|error| {
            // SQLite needs some room for its side files even to read.
            let is_full = error == LogError::disk_full();
            match is_full || !paths::is_writable(&self.path) {
                true => ownership::open_read_only(&self.path).map(Some).ok_or(error),
                false => Err(error),
            }
        })
    }

    fn prepare(&self, connection: &mut Connection, version: usize) -> rusqlite::Result<()> {
        self.enable_write_ahead_log(connection)?;
        // Commits reach the disk before they return, so that they survive a power failure.
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        if let Some(pages) = self.page_limit {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        if version < schema::latest_version() { schema::migrate(connection) } else { Ok(()) }
    }

    /// Switches to write-ahead logging. SQLite ignores its busy timeout while another program does the same to a new
    /// log, so this waits itself.
    fn enable_write_ahead_log(&self, connection: &Connection) -> rusqlite::Result<()> {
        const PAUSE: Duration = Duration::from_millis(10);
        let mut waited = Duration::ZERO;
        loop {
            let done = connection.execute_batch("PRAGMA journal_mode = WAL;");
            let is_busy = done.as_ref().is_err_and(|e| {
                let code = e.sqlite_error_code();
                matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::FileLockingProtocolFailed))
            });
            if !is_busy || waited >= self.lock_timeout {
                return done;
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }
}
