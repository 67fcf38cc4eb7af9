//! The database: made, opened, and brought up to date. What goes wrong becomes [`LogError`], in words.

use super::ownership;
use super::ownership::NotOurDatabase;
use super::paths;
use super::paths::FileId;
use etcetera::BaseStrategy;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, fs};

/// `pace`: marks an SQLite file as ours.
pub(super) const APPLICATION: i32 = 0x7061_6365;

/// What leads from each version to the next. A version, once released, never changes; the next one is added below.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql"), include_str!("schema-2.sql")];

/// The log, where it is and how long to wait for it while another program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    path: PathBuf,
    patience: Duration,
    /// So many pages of 4 KiB at most, to try out a full disk.
    most_pages: Option<u32>,
}

/// Why the log cannot be read or written, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogError {
    /// What is wrong: `the disk is full`.
    pub problem: String,
    /// What to do: `free some space`.
    pub help: String,
}

impl LogError {
    /// Trouble in these words.
    pub fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        LogError { problem: problem.into(), help: help.into() }
    }
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} – {}", self.problem, self.help)
    }
}

/// Where the log is unless told otherwise: `pacebell/log.db` under the system's data directory
/// (`$XDG_DATA_HOME`, else `~/.local/share`, on Linux and macOS). Nothing where there is no home directory.
pub fn default_path() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let base = set.or_else(|| etcetera::choose_base_strategy().ok().map(|s| s.data_dir()))?;
    Some(base.join("pacebell").join("log.db"))
}

impl Database {
    /// The log in a file that need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Database { path: path.into(), patience: Duration::from_millis(500), most_pages: None }
    }

    /// The same, waiting so long while another program writes.
    pub fn patient(self, patience: Duration) -> Self {
        Database { patience, ..self }
    }

    /// The same, never growing beyond so many pages of 4 KiB: a disk that fills up, for tests.
    pub fn at_most(self, pages: u32) -> Self {
        Database { most_pages: Some(pages), ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it to read and write; it is made where it is not there.
    ///
    /// # Errors
    /// Where the system would not, or the file is not a log that this program knows. It is left as it was then.
    pub fn open(&self) -> Result<Connection, LogError> {
        self.open_file().map(|(connection, _)| connection)
    }

    /// The same; also which file it is that was opened.
    pub(super) fn open_file(&self) -> Result<(Connection, FileId), LogError> {
        self.make()?;
        let refused = |why: NotOurDatabase| why.told(&self.shown(), |e| self.trouble(e));
        ownership::glance(&self.path).map_err(refused)?;
        let file = FileId::at(&self.path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags).map_err(|e| self.trouble(&e))?;
        connection.busy_timeout(self.patience).map_err(|e| self.trouble(&e))?;
        let version = ownership::judge(&connection).map_err(refused)?;
        self.prepare(&mut connection, version).map_err(|e| self.trouble(&e))?;
        match file.filter(|file| self.is_still(*file)) {
            Some(file) => Ok((connection, file)),
            None => Err(LogError::new(
                format!("{} was replaced while it was opened", self.shown()),
                "see that no other program moves it about",
            )),
        }
    }

    /// Whether that file is still the one that is there.
    pub(super) fn is_still(&self, file: FileId) -> bool {
        FileId::at(&self.path) == Some(file)
    }

    /// Sees that there is a file to open.
    fn make(&self) -> Result<(), LogError> {
        if let Some(folder) = self.path.parent().filter(|f| !f.as_os_str().is_empty()) {
            paths::make_folder(folder).map_err(|e| self.no_folder(folder, &e))?;
        }
        let help = "name another place with `--log FILE`";
        match fs::metadata(&self.path) {
            Ok(data) if data.is_file() => Ok(()),
            Ok(_) => Err(LogError::new(format!("{} is not a file", self.shown()), help)),
            Err(_) => paths::make_file(&self.path).map_err(|e| match e.kind() {
                std::io::ErrorKind::StorageFull => full(),
                _ => LogError::new(format!("{} cannot be made: {e}", self.shown()), help),
            }),
        }
    }

    /// Opens it if it is there; nothing where there is no log yet, and none is made.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_if_there(&self) -> Result<Option<Connection>, LogError> {
        match fs::symlink_metadata(&self.path) {
            // Where there is a file in the way of the folder there is no log either; whoever writes will hear of it.
            Err(e)
                if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            _ => self.open().map(Some),
        }
    }

    /// Opens it to be read if it is there: also where it cannot be written, as on a disk that is mounted so.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_to_read(&self) -> Result<Option<Connection>, LogError> {
        self.open_if_there().or_else(|trouble| match paths::is_writable(&self.path) {
            false => ownership::read_only(&self.path).map(Some).ok_or(trouble),
            true => Err(trouble),
        })
    }

    fn prepare(&self, connection: &mut Connection, version: usize) -> rusqlite::Result<()> {
        self.write_ahead(connection)?;
        // Whatever is committed has reached the disk, also where the machine loses its power.
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        if let Some(pages) = self.most_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        if version < known() { migrate(connection) } else { Ok(()) }
    }

    /// Has SQLite write ahead. While another program does the same to a new log it refuses at once, whatever it was
    /// told of waiting.
    fn write_ahead(&self, connection: &Connection) -> rusqlite::Result<()> {
        const PAUSE: Duration = Duration::from_millis(10);
        let mut waited = Duration::ZERO;
        loop {
            let done = connection.execute_batch("PRAGMA journal_mode = WAL;");
            let busy = done.as_ref().is_err_and(|e| {
                let code = e.sqlite_error_code();
                matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::FileLockingProtocolFailed))
            });
            if !busy || waited >= self.patience {
                return done;
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }

    /// What an error of the database means for whoever keeps a log there.
    pub fn trouble(&self, error: &rusqlite::Error) -> LogError {
        let shown = self.shown();
        let (problem, help) = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => return full(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (format!("another program holds {shown}"), "close what has it open")
            }
            Some(ErrorCode::NotADatabase) => (
                format!("{shown} is no log, nor any database"),
                "move it away, or name another file with `--log FILE`",
            ),
            Some(ErrorCode::DatabaseCorrupt) => (
                format!("{shown} is damaged"),
                "move it away, and bring back a copy made with `pacebell log backup`",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => (
                format!("{shown} cannot be written"),
                "give yourself the right to write there, or name another file with `--log FILE`",
            ),
            // What fails first may be the index in shared memory, which has another name for it.
            Some(ErrorCode::SystemIoFailure) if self.is_without_room() => return full(),
            Some(ErrorCode::SystemIoFailure) => {
                (format!("the disk fails under {shown}"), "see that it is there and has room")
            }
            _ => (format!("{shown} cannot be used: {error}"), "name another file with `--log FILE`"),
        };
        LogError::new(problem, help)
    }

    /// Less than what a transaction takes at least.
    #[cfg(unix)]
    fn is_without_room(&self) -> bool {
        const LEAST: u64 = 64 * 1024;
        let room = self.path.parent().and_then(|folder| rustix::fs::statvfs(folder).ok());
        room.is_some_and(|room| room.f_bavail.saturating_mul(room.f_frsize) < LEAST)
    }

    #[cfg(not(unix))]
    fn is_without_room(&self) -> bool {
        false
    }

    fn no_folder(&self, folder: &Path, error: &std::io::Error) -> LogError {
        let folder = crate::text::clean(&folder.display().to_string());
        let problem = match error.kind() {
            std::io::ErrorKind::StorageFull => return full(),
            std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
                format!("the log cannot be at {}: there is a file in the way", self.shown())
            }
            _ => format!("the folder {folder} cannot be made: {error}"),
        };
        LogError::new(problem, "name another place with `--log FILE`")
    }

    /// Its path, as it may be printed.
    pub fn shown(&self) -> String {
        crate::text::clean(&self.path.display().to_string())
    }
}

fn full() -> LogError {
    LogError::new("the disk is full", "free some space")
}

/// The latest version of the log that this program knows.
pub(super) fn known() -> usize {
    MIGRATIONS.len()
}

/// Brings the database up to date, in one transaction: whole or not at all.
fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    // Immediate: of two programs that come at once the second waits, and finds it done.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", i32::try_from(known()).unwrap_or(i32::MAX))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.commit()
}
