//! The log of another machine, checked and read from a private copy, so that its file stays exactly as it is.

use super::file_id::is_same_file;
use super::log_error::{LogError, display_path};
use super::ownership::{self, NotOurDatabase};
use super::{paths, schema};
use crate::atomic_file::HalfMade;
use crate::folders;
use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The most attempts to copy a file that changes meanwhile.
const ATTEMPTS: usize = 3;
/// The most folders of the same name that may be in the way.
const FOLDERS: usize = 100;
/// The endings of the database and of the files in which SQLite keeps what is not in the database yet.
const FILES: [&str; 3] = ["", "-wal", "-journal"];
/// The way out if a file cannot be read as a log.
const COPY_AGAIN: &str = "make a new copy on the other machine: `pacebell log backup FILE`";

/// A private copy of another log, in the latest version. Deleted when it is dropped.
pub(super) struct OtherLog {
    // Closed before its folder goes.
    connection: Connection,
    _folder: PrivateFolder,
}

impl OtherLog {
    /// Copies the log at `path` and brings the copy up to date. `own` is the log that it is for.
    ///
    /// # Errors
    /// If it is not a whole log of a version that this program knows, if it is `own`, or the system refuses.
    pub(super) fn copy(path: &Path, own: &Path) -> Result<OtherLog, LogError> {
        let shown = display_path(path);
        check_path(path, own)?;
        let read_error = |e: io::Error| {
            LogError::new(
                format!("cannot read {shown}: {e}"),
                "check its permissions, and that it is all there",
            )
        };
        let copy_error = |e: io::Error| {
            LogError::new(
                format!("cannot copy {shown} to a temporary folder: {e}"),
                "free up some space there",
            )
        };
        let folder = PrivateFolder::create().map_err(copy_error)?;
        let copy = folder.path.join("log.db");
        let mut attempts = ATTEMPTS;
        while !copy_files(path, &copy).map_err(read_error)? {
            attempts -= 1;
            if attempts == 0 {
                let problem = format!("{shown} keeps changing while it is read");
                return Err(LogError::new(problem, "wait until it is all there, and try again"));
            }
        }
        let connection = open(&copy).map_err(|why| explain(path, why))?;
        Ok(OtherLog { connection, _folder: folder })
    }

    /// The copy.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Rejects what is certainly not another log, before anything is copied.
fn check_path(path: &Path, own: &Path) -> Result<(), LogError> {
    let shown = display_path(path);
    let data = fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => LogError::new(
            format!("there is no file {shown}"),
            "name a copy of the other machine's log, made there with `pacebell log backup`",
        ),
        _ => LogError::new(format!("cannot read {shown}: {e}"), "check its permissions"),
    })?;
    if !data.is_file() {
        let what = if data.is_dir() { "is a folder" } else { "is not a regular file" };
        return Err(LogError::new(format!("{shown} {what}"), "name the other machine's log"));
    }
    if is_same_file(path, own) {
        return Err(LogError::new(format!("{shown} is this log itself"), "name the other machine's log"));
    }
    let denied = |e: io::Error| LogError::new(format!("cannot read {shown}: {e}"), "check its permissions");
    File::open(path).map_err(denied)?;
    if let Err(why) = ownership::check_file(path) {
        return Err(explain(path, why));
    }
    // A new log may still be in its write-ahead log as a whole.
    if !ownership::is_a_log(path) && !fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0) {
        return Err(explain(path, NotOurDatabase::Foreign));
    }
    Ok(())
}

/// Opens the copy, checks all of it, and brings it up to date.
fn open(copy: &Path) -> Result<Connection, NotOurDatabase> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(copy, flags)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA synchronous = OFF;")?;
    let version = ownership::check_connection(&connection)?;
    reject_foreign_schema(&connection, version)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(NotOurDatabase::Sqlite(rusqlite::Error::SqliteFailure(corrupt, Some(found))));
    }
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Rejects a log with a trigger, or with a view in the place of a table. Either could run for ever.
fn reject_foreign_schema(connection: &Connection, version: usize) -> Result<(), NotOurDatabase> {
    let triggers: u32 =
        connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", [], |row| row.get(0))?;
    if triggers > 0 || schema::first_missing_table(connection, version)?.is_some() {
        let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(NotOurDatabase::Sqlite(rusqlite::Error::SqliteFailure(corrupt, None)));
    }
    Ok(())
}

fn explain(path: &Path, why: NotOurDatabase) -> LogError {
    let shown = display_path(path);
    match why {
        NotOurDatabase::Foreign => LogError::new(format!("{shown} is not a pacebell log"), COPY_AGAIN),
        NotOurDatabase::Newer(version) => LogError::new(
            format!(
                "{shown} was written by a newer pacebell (its format is version {version}; this pacebell knows up to \
                 {})",
                schema::latest_version()
            ),
            "update pacebell on this machine",
        ),
        NotOurDatabase::Sqlite(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            LogError::new(format!("{shown} is not a pacebell log"), COPY_AGAIN)
        }
        NotOurDatabase::SideFile(file) => ownership::side_file_error(&file),
        NotOurDatabase::Sqlite(_) => damaged(path),
    }
}

/// The error for a log with parts that are missing or impossible.
pub(super) fn damaged(path: &Path) -> LogError {
    LogError::new(format!("{} is damaged", display_path(path)), COPY_AGAIN)
}

/// Copies a database with everything that SQLite keeps beside it. False if a file changed meanwhile.
fn copy_files(from: &Path, to: &Path) -> io::Result<bool> {
    let before = FILES.map(|ending| FileState::of(&beside(from, ending)));
    for (ending, state) in FILES.into_iter().zip(&before) {
        let copy = beside(to, ending);
        match state {
            Some(_) => copy_file(&beside(from, ending), &copy)?,
            None => fs::remove_file(copy).or_else(|e| match e.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(e),
            })?,
        }
    }
    Ok(before == FILES.map(|ending| FileState::of(&beside(from, ending))))
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy: OpenOptions = paths::private_file_options();
    let mut copy = copy.create(true).truncate(true).open(to)?;
    io::copy(&mut File::open(from)?, &mut copy).map(drop)
}

/// The size and the time of a regular file, which tell if it changed.
#[derive(PartialEq, Eq)]
struct FileState(u64, Option<SystemTime>);

impl FileState {
    /// `None` if there is no regular file at `path`.
    fn of(path: &Path) -> Option<FileState> {
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(FileState(data.len(), data.modified().ok()))
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// A folder for temporary files that nobody else can read. Deleted when it is dropped.
struct PrivateFolder {
    path: PathBuf,
    _record: HalfMade,
}

impl PrivateFolder {
    fn create() -> io::Result<PrivateFolder> {
        let process = std::process::id();
        let mut created = Err(io::Error::from(io::ErrorKind::AlreadyExists));
        for number in 0..FOLDERS {
            let path = std::env::temp_dir().join(format!("pacebell-merge-{process}-{number}"));
            created = folders::create_new_private(&path).map(|()| {
                let record = HalfMade::record(&path);
                PrivateFolder { path, _record: record }
            });
            match &created {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                _ => break,
            }
        }
        created
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // The system empties its temporary folder sooner or later.
        let _ = fs::remove_dir_all(&self.path);
    }
}
