//! Checks that a database is a pacebell log before anything writes to it.
//!
//! Even opening another program's database can change it: SQLite may move what was left in the write-ahead log.

use super::log_error::{LogError, display_path};
use super::schema::{APPLICATION_ID, latest_version};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The pause before a second look at a file that another program may just be creating.
const SECOND_LOOK: Duration = Duration::from_millis(20);

/// The bytes of a log's first page.
const FIRST_PAGE: u64 = 4096;

/// The bytes of a database file that hold its `application_id`: <https://sqlite.org/fileformat2.html#application_id>.
const APPLICATION_ID_BYTES: Range<usize> = 68..72;

/// True if a file begins like a log or a copy of one.
pub fn is_a_log(path: &Path) -> bool {
    let mut header = [0; 72];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header.get(APPLICATION_ID_BYTES) == Some(&APPLICATION_ID.to_be_bytes()[..])
}

/// Rejects a file that is certainly not ours, judging by the file alone. Nothing is written, locked or moved.
pub fn check_file(path: &Path) -> Result<(), NotOurDatabase> {
    check_side_files(path)?;
    check_file_once(path).or_else(|_| {
        thread::sleep(SECOND_LOOK);
        check_file_once(path)
    })
}

/// Rejects a log with something else in the place of a side file. SQLite would wait for ever to open a pipe.
pub fn check_side_files(path: &Path) -> Result<(), NotOurDatabase> {
    for ending in ["-wal", "-shm", "-journal"] {
        let file = side_file(path, ending);
        if std::fs::symlink_metadata(&file).is_ok() && !file.is_file() {
            return Err(NotOurDatabase::SideFile(file));
        }
    }
    Ok(())
}

/// Returns the path of a file that SQLite keeps next to a database.
pub fn side_file(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn check_file_once(path: &Path) -> Result<(), NotOurDatabase> {
    match open_immutable(path).and_then(|file| DatabaseMarks::read(&file)) {
        // SQLite takes what is left of the first page for an empty database.
        Ok(marks) if marks.is_blank() && (1..FIRST_PAGE).contains(&length(path)) && is_settled(path) => {
            let not_a_database = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB);
            Err(NotOurDatabase::Sqlite(rusqlite::Error::SqliteFailure(not_a_database, None)))
        }
        Ok(marks) => marks.check(),
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(NotOurDatabase::Sqlite(e)),
        // Opened for real, SQLite would create side files before it finds out, and leave them there.
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) && is_settled(path) => {
            Err(NotOurDatabase::Sqlite(e))
        }
        // Any other error will come up again, with a better message, when the file is opened for real.
        Err(_) => Ok(()),
    }
}

/// True if nothing is left in the side files, so that the file itself has everything that was committed.
fn is_settled(path: &Path) -> bool {
    ["-wal", "-journal"].iter().all(|ending| length(&side_file(path, ending)) == 0)
}

/// The length of a file, without opening it. 0 if there is none.
fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |data| data.len())
}

/// Opens a log that cannot be written. `None` if it is not a log of the latest version, or if its last writes are
/// still in the write-ahead log, which needs a writable folder.
pub fn open_read_only(path: &Path) -> Option<Connection> {
    let file = open_immutable(path).ok().filter(|_| is_settled(path))?;
    let marks = DatabaseMarks::read(&file).ok()?;
    (marks.check().is_ok() && marks.version() == latest_version()).then_some(file)
}

/// Opens the file as it is: SQLite ignores the write-ahead log next to an immutable file.
pub fn open_immutable(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(immutable_uri(path), flags)
}

/// Rejects a database that is not ours, judging by all that was committed, and returns its version. Nothing moves out
/// of the write-ahead log before that.
pub fn check_connection(connection: &Connection) -> Result<usize, NotOurDatabase> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // One transaction, so that a log that another program is creating shows as a whole or not at all.
    let transaction = connection.unchecked_transaction()?;
    let marks = DatabaseMarks::read(&transaction)?;
    transaction.commit()?;
    marks.check()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(marks.version())
}

/// Why a database must not be used.
#[derive(Debug)]
pub enum NotOurDatabase {
    /// Another program's database.
    Foreign,
    /// A log of this version, written by a newer pacebell.
    Newer(usize),
    /// Something that is not a file is in the place of a file that SQLite keeps next to it.
    SideFile(PathBuf),
    /// SQLite cannot read it.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for NotOurDatabase {
    fn from(error: rusqlite::Error) -> Self {
        NotOurDatabase::Sqlite(error)
    }
}

impl NotOurDatabase {
    /// The error to report about the file at `path`.
    pub fn into_log_error(self, path: &Path) -> LogError {
        let shown = display_path(path);
        match self {
            NotOurDatabase::Foreign => LogError::new(
                format!("{shown} belongs to another program"),
                "choose another file with `--log FILE`",
            ),
            NotOurDatabase::Newer(version) => LogError::new(
                format!(
                    "{shown} was written by a newer pacebell (its format is version {version}; this pacebell knows \
                     up to {})",
                    latest_version()
                ),
                "update pacebell, or choose another file with `--log FILE`",
            ),
            NotOurDatabase::SideFile(file) => side_file_error(&file),
            NotOurDatabase::Sqlite(error) => LogError::from_sqlite(path, &error),
        }
    }
}

/// The error for something that is not a file in the place of a side file.
pub(super) fn side_file_error(file: &Path) -> LogError {
    LogError::new(
        format!("{} is not a file", display_path(file)),
        "move it out of the way: the log needs a file of this name",
    )
}

/// The marks in a database that tell which program wrote it.
struct DatabaseMarks {
    application_id: i32,
    version: i32,
    is_empty: bool,
}

impl DatabaseMarks {
    fn read(connection: &Connection) -> rusqlite::Result<DatabaseMarks> {
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application_id, version) = (number("application_id")?, number("user_version")?);
        let sql = "SELECT count(*) FROM sqlite_schema";
        // With an application id set, the schema need not be inspected.
        let is_empty = application_id == 0 && connection.query_row(sql, [], |row| row.get::<_, i64>(0))? == 0;
        Ok(DatabaseMarks { application_id, version, is_empty })
    }

    fn version(&self) -> usize {
        usize::try_from(self.version).unwrap_or(usize::MAX)
    }

    fn is_blank(&self) -> bool {
        self.application_id == 0 && self.is_empty && self.version == 0
    }

    fn check(&self) -> Result<(), NotOurDatabase> {
        match self.application_id == APPLICATION_ID {
            true if self.version() > latest_version() => Err(NotOurDatabase::Newer(self.version())),
            false if !self.is_blank() => Err(NotOurDatabase::Foreign),
            _ => Ok(()),
        }
    }
}

/// An SQLite URI for `path` that opens it immutably: <https://sqlite.org/uri.html>.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from(if path.is_absolute() { "file://" } else { "file:" });
    let bytes = path.as_os_str().as_encoded_bytes();
    if path.is_absolute() && !bytes.starts_with(b"/") {
        // A drive letter.
        uri.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            b if b.is_ascii_alphanumeric() => uri.push(char::from(*b)),
            b => uri.push_str(&format!("%{b:02x}")),
        }
    }
    uri + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_a_file_of_any_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a b.db", "50%41.db", "what?.db", "#1&immutable=0.db", "ä–ö.db", "'q\".db"] {
            let path = folder.path().join(name);
            Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
            assert!(matches!(check_file(&path), Err(NotOurDatabase::Foreign)), "{name}");
        }
        assert!(check_file(&folder.path().join("none.db")).is_ok());
        assert_eq!(immutable_uri(Path::new("mine.db")), "file:mine.db?immutable=1");
    }
}
