//! Whose a database is. It is looked at before anything may write to it: also opening a database of another program
//! can change it, where that was cut off and left its last writes beside it.

use super::LogError;
use super::database::{APPLICATION, known};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// What another program is just making is looked at again after this long.
const AGAIN: Duration = Duration::from_millis(20);

/// Refuses what is certainly not ours, by what the file itself says. Nothing is written, locked or moved.
pub fn glance(path: &Path) -> Result<(), NotOurDatabase> {
    look(path).or_else(|_| {
        thread::sleep(AGAIN);
        look(path)
    })
}

fn look(path: &Path) -> Result<(), NotOurDatabase> {
    // Immutable: only this file is read, as it is, without the write-ahead log beside it.
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = Connection::open_with_flags(address(path), flags).and_then(|file| DatabaseMarks::of(&file));
    match read {
        Ok(marks) => marks.judge(),
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(NotOurDatabase::Database(e)),
        // Whatever is in the way will be in the way of those who open it.
        Err(_) => Ok(()),
    }
}

/// A log of this program's version that nobody may write, as it is; nothing where it is no such log, or where its
/// last writes lie beside it and cannot be taken in.
pub fn read_only(path: &Path) -> Option<Connection> {
    let mut beside = path.as_os_str().to_os_string();
    beside.push("-wal");
    let settled = std::fs::metadata(beside).map_or(true, |data| data.len() == 0);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let file = Connection::open_with_flags(address(path), flags).ok().filter(|_| settled)?;
    let marks = DatabaseMarks::of(&file).ok()?;
    (marks.judge().is_ok() && marks.version() == known()).then_some(file)
}

/// Refuses what is not ours, by all that is written, and says which version it is. Until then nothing is moved out of
/// the write-ahead log.
pub fn judge(connection: &Connection) -> Result<usize, NotOurDatabase> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // One transaction: what another program makes meanwhile is there as a whole or not at all.
    let transaction = connection.unchecked_transaction()?;
    let marks = DatabaseMarks::of(&transaction)?;
    transaction.commit()?;
    marks.judge()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(marks.version())
}

/// Why a database is not to be used.
#[derive(Debug)]
pub enum NotOurDatabase {
    /// It belongs to another program.
    Foreign,
    /// It was written by a later version of this one.
    Newer(usize),
    /// It cannot be read.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for NotOurDatabase {
    fn from(error: rusqlite::Error) -> Self {
        NotOurDatabase::Database(error)
    }
}

impl NotOurDatabase {
    /// The same in words, about a file; `told` has those for what a database says.
    pub fn told(self, shown: &str, told: impl FnOnce(&rusqlite::Error) -> LogError) -> LogError {
        match self {
            NotOurDatabase::Foreign => LogError::new(
                format!("{shown} belongs to another program"),
                "name another file with `--log FILE`",
            ),
            NotOurDatabase::Newer(version) => LogError::new(
                format!(
                    "{shown} was written by a newer pacebell (version {version} of the log, this one knows {})",
                    known()
                ),
                "update pacebell, or name another file with `--log FILE`",
            ),
            NotOurDatabase::Database(error) => told(&error),
        }
    }
}

/// What tells whose it is.
struct DatabaseMarks {
    application: i32,
    version: i32,
    empty: bool,
}

impl DatabaseMarks {
    fn of(connection: &Connection) -> rusqlite::Result<DatabaseMarks> {
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) = (number("application_id")?, number("user_version")?);
        let sql = "SELECT count(*) FROM sqlite_schema";
        // Of what is marked as somebody's the tables say nothing more.
        let empty = application == 0 && connection.query_row(sql, [], |row| row.get::<_, i64>(0))? == 0;
        Ok(DatabaseMarks { application, version, empty })
    }

    fn version(&self) -> usize {
        usize::try_from(self.version).unwrap_or(usize::MAX)
    }

    fn judge(&self) -> Result<(), NotOurDatabase> {
        let blank = self.empty && self.version == 0;
        match self.application == APPLICATION {
            true if self.version() > known() => Err(NotOurDatabase::Newer(self.version())),
            false if !blank => Err(NotOurDatabase::Foreign),
            _ => Ok(()),
        }
    }
}

/// A path as SQLite wants it where there is something to say beside it.
fn address(path: &Path) -> String {
    let mut address = String::from(if path.is_absolute() { "file://" } else { "file:" });
    let bytes = path.as_os_str().as_encoded_bytes();
    if path.is_absolute() && !bytes.starts_with(b"/") {
        // A drive.
        address.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'/' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            b if b.is_ascii_alphanumeric() => address.push(char::from(*b)),
            b => address.push_str(&format!("%{b:02x}")),
        }
    }
    address + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_any_name_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a b.db", "50%41.db", "what?.db", "#1&immutable=0.db", "ä–ö.db", "'q\".db"] {
            let path = folder.path().join(name);
            Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
            assert!(matches!(glance(&path), Err(NotOurDatabase::Foreign)), "{name}");
        }
        assert!(glance(&folder.path().join("none.db")).is_ok());
        assert_eq!(address(Path::new("mine.db")), "file:mine.db?immutable=1");
    }
}
