//! Judges if a log can be used, by reading all of it. Nothing is written.

use super::LogError;
use super::ownership::{self, is_a_log, side_file};
use super::schema;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::Path;

/// Reads a whole log, and reports the first reason why pacebell could not use it. An empty file is fine.
///
/// # Errors
/// If something is wrong with the file, or with one of the side files that SQLite keeps next to it.
pub fn check(path: &Path) -> Result<(), LogError> {
    ownership::check_side_files(path).map_err(|why| why.into_log_error(path))?;
    let length = fs::metadata(path).map_or(0, |data| data.len());
    if length == 0 {
        return Ok(());
    }
    let explain = |error: &rusqlite::Error| LogError::from_sqlite(path, error);
    let connection = open(path).map_err(|e| explain(&e))?;
    let version = ownership::check_connection(&connection).map_err(|why| why.into_log_error(path))?;
    // SQLite takes a file of less than a page for an empty database.
    let is_cut_short = version == 0 && is_a_log(path);
    if is_cut_short || !is_sound(&connection).map_err(|e| explain(&e))? {
        return Err(LogError::damaged(path));
    }
    match schema::first_missing_table(&connection, version).map_err(|e| explain(&e))? {
        Some(table) => {
            let LogError { problem, help } = LogError::damaged(path);
            Err(LogError::new(
                format!("{problem}: the table `{table}` is missing or has other columns"),
                help,
            ))
        }
        None => Ok(()),
    }
}

/// Opens a log to read. Without a write-ahead log next to it, SQLite need not create any side file.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let is_settled = fs::metadata(side_file(path, "-wal")).map_or(true, |data| data.len() == 0);
    if is_settled {
        return ownership::open_immutable(path);
    }
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    let answer = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?;
    Ok(answer == "ok")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Database;
    use crate::history::log_error::display_path;
    use std::path::PathBuf;

    /// A log with some pages.
    fn log() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let connection = Database::at(&path).open().unwrap();
        connection.pragma_update(None, "journal_mode", "DELETE").unwrap();
        drop(connection);
        (folder, path)
    }

    #[track_caller]
    fn assert_wrong(path: &Path, what: &str) {
        let error = check(path).expect_err(what);
        assert!(!error.problem.is_empty() && !error.help.is_empty(), "{what}: {error:?}");
        assert!(error.problem.contains(&display_path(path.parent().unwrap())), "{what}: {error:?}");
    }

    #[test]
    fn a_sound_log_and_an_empty_file_are_fine() {
        let (_folder, path) = log();
        check(&path).unwrap();
        fs::write(&path, "").unwrap();
        check(&path).unwrap();
        let (_folder, path) = log();
        let connection = Database::at(&path).open().unwrap();
        connection.execute_batch("INSERT INTO change VALUES (7, 1, 0, '{}')").unwrap_or_default();
        check(&path).unwrap();
    }

    #[test]
    fn a_log_that_was_cut_short_is_damaged() {
        for length in [100, 4095, 4096, 8192, 20_000] {
            let (_folder, path) = log();
            fs::File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
            assert_wrong(&path, &format!("{length} bytes"));
        }
    }

    #[test]
    fn a_log_with_random_pages_is_damaged() {
        for page in 1..4usize {
            let (_folder, path) = log();
            let mut bytes = fs::read(&path).unwrap();
            for (n, byte) in bytes[page * 4096..(page + 1) * 4096].iter_mut().enumerate() {
                *byte = (n * 31 % 251) as u8;
            }
            fs::write(&path, bytes).unwrap();
            assert_wrong(&path, &format!("page {page}"));
        }
    }

    #[test]
    fn a_log_of_an_unknown_version_is_wrong() {
        for version in [-1, 0, 99] {
            let (_folder, path) = log();
            Connection::open(&path).unwrap().pragma_update(None, "user_version", version).unwrap();
            assert_wrong(&path, &format!("version {version}"));
        }
    }

    #[test]
    fn a_log_without_one_of_its_tables_is_damaged() {
        let (_folder, path) = log();
        Connection::open(&path).unwrap().execute_batch("DROP TABLE event").unwrap();
        assert!(check(&path).unwrap_err().problem.contains("`event`"));
    }

    #[test]
    fn a_folder_in_the_place_of_a_side_file_is_wrong() {
        let (_folder, path) = log();
        fs::create_dir(side_file(&path, "-wal")).unwrap();
        assert!(check(&path).unwrap_err().problem.ends_with("-wal is not a file"));
    }
}
