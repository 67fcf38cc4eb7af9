//! The log's files: their permissions, their locks, and files that belong to others.

use crate::fixture;
use pacebell::clock;
use pacebell::diagnostic::SourceText;
use pacebell::history::unfinished;
use pacebell::history::{Database, Journal, SessionSettings, SessionStartRow, queries};
use pacebell::units::{Millis, Moment, Rehearsal};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Barrier;
use std::time::Duration;

/// Far longer than any working operation takes.
const PATIENCE: Duration = Duration::from_secs(20);

fn beside(log: &Path, ending: &str) -> PathBuf {
    let mut name = log.file_name().unwrap().to_os_string();
    name.push(ending);
    log.with_file_name(name)
}

/// Copies a database as a power failure would leave it, with the changes of `sql` in its write-ahead log only.
fn interrupted_copy(from: &Path, sql: &str) -> (tempfile::TempDir, PathBuf) {
    let open = Connection::open(from).unwrap();
    open.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;").unwrap();
    open.execute_batch(sql).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("log.db");
    fs::copy(from, &copy).unwrap();
    fs::copy(beside(from, "-wal"), beside(&copy, "-wal")).unwrap();
    assert!(fs::metadata(beside(&copy, "-wal")).unwrap().len() > 0);
    (folder, copy)
}

/// Asserts that opening the log fails, and that neither it nor its write-ahead log changes.
fn assert_refused_unchanged(log: &Path, says: &str) {
    let read = || (fs::read(log).unwrap(), fs::read(beside(log, "-wal")).unwrap());
    let before = read();
    for _ in 0..2 {
        let said = unfinished::find(&Database::at(log)).unwrap_err().to_string();
        assert!(said.contains(says), "{said}");
        let said = Database::at(log).open().unwrap_err().to_string();
        assert!(said.contains(says), "{said}");
    }
    assert!(read() == before, "{says}: the file was modified");
}

#[test]
fn an_interrupted_log_of_a_newer_version_is_not_modified() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.db");
    drop(Database::at(&log).open().unwrap());
    // The version is in the database itself, or still in the write-ahead log.
    let newer = "PRAGMA user_version = 99; CREATE TABLE invention (x);";
    let (_folder, copy) = interrupted_copy(&log, newer);
    assert_refused_unchanged(&copy, "newer pacebell");
    Connection::open(&log).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    let (_folder, copy) = interrupted_copy(&log, "INSERT INTO invention VALUES (1)");
    assert_refused_unchanged(&copy, "newer pacebell");
}

#[test]
fn an_interrupted_database_of_another_program_is_not_modified() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("theirs.db");
    let (_folder, copy) = interrupted_copy(&theirs, "CREATE TABLE session (id INTEGER)");
    assert_refused_unchanged(&copy, "belongs to another program");
    let marked = folder.path().join("marked.db");
    Connection::open(&marked)
        .unwrap()
        .execute_batch("PRAGMA application_id = 7; CREATE TABLE t (x);")
        .unwrap();
    let (_folder, copy) = interrupted_copy(&marked, "INSERT INTO t VALUES (1)");
    assert_refused_unchanged(&copy, "belongs to another program");
}

#[test]
fn a_log_interrupted_during_its_creation_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.db");
    // Keep it open: the tables are in the write-ahead log, and the database itself is still empty.
    let held = Database::at(&log).open().unwrap();
    let copy = folder.path().join("copy.db");
    fs::copy(&log, &copy).unwrap();
    fs::copy(beside(&log, "-wal"), beside(&copy, "-wal")).unwrap();
    assert!(queries::list(&Database::at(&copy).open().unwrap()).unwrap().is_empty());
    fs::remove_file(beside(&copy, "-wal")).ok();
    drop(held);
}

/// Returns the number of locks that this process holds on a file.
#[cfg(target_os = "linux")]
fn locks(file: &Path) -> usize {
    use std::os::unix::fs::MetadataExt;
    let (process, inode) =
        (std::process::id().to_string(), format!(":{}", fs::metadata(file).unwrap().ino()));
    let all = fs::read_to_string("/proc/locks").unwrap();
    let ours = |line: &&str| {
        let mut words = line.split_whitespace().skip(4);
        words.next() == Some(&process) && words.next().is_some_and(|file| file.ends_with(&inode))
    };
    all.lines().filter(ours).count()
}

#[cfg(target_os = "linux")]
#[test]
fn reading_a_log_keeps_the_locks_held_by_this_process() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.db");
    let held = Database::at(&log).open().unwrap();
    assert_eq!(locks(&log), 1);
    Database::at(&log).open().unwrap();
    unfinished::find(&Database::at(&log)).unwrap();
    assert!(Database::at(&log).back_up(&log).is_err());
    Database::at(&log).back_up(&folder.path().join("copy.db")).unwrap();
    assert_eq!(locks(&log), 1);
    drop(held);
}

#[test]
fn concurrent_first_opens_create_one_log() {
    const AT_ONCE: usize = 4;
    for round in 0..60 {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("new/log.db");
        let gate = Barrier::new(AT_ONCE);
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    let store = Database::at(&log).with_lock_timeout(PATIENCE);
                    gate.wait();
                    let opened = store.open().map(|c| queries::list(&c).unwrap().len());
                    assert_eq!(opened, Ok(0), "round {round}");
                });
            }
        });
    }
}

#[test]
fn concurrent_first_programs_create_one_log() {
    const AT_ONCE: usize = 4;
    for round in 0..10 {
        let home = tempfile::tempdir().unwrap();
        let start = || {
            fixture::pacebell_at(home.path())
                .args(["log", "add", "45min easy"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let all: Vec<_> = (0..AT_ONCE).map(|_| start()).collect();
        for program in all {
            let ended = program.wait_with_output().unwrap();
            assert!(ended.status.success(), "round {round}: {}", String::from_utf8_lossy(&ended.stderr));
        }
        let log = Database::at(home.path().join("pacebell/log.db"));
        assert_eq!(queries::list(&log.open().unwrap()).unwrap().len(), AT_ONCE);
    }
}

#[cfg(unix)]
mod private {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_its_owner_can_read_the_log() {
        let home = tempfile::tempdir().unwrap();
        let log = home.path().join("data/pacebell/log.db");
        let store = Database::at(&log);
        let held = store.open().unwrap();
        assert_eq!(mode(log.parent().unwrap()), 0o700);
        assert_eq!(mode(log.parent().unwrap().parent().unwrap()), 0o700);
        for file in [log.clone(), beside(&log, "-wal"), beside(&log, "-shm")] {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        let copy = home.path().join("copy.db");
        assert_eq!(store.back_up(&copy), Ok(true));
        assert_eq!(mode(&copy), 0o600);
        let beginning = SessionStartRow {
            sequence: fixture::intervals(),
            settings: SessionSettings::default(),
            source: SourceText::new("", ""),
            started: clock::local_time(),
            rehearsal: Rehearsal::REAL_TIME,
            item: None,
        };
        let journal = Journal::begin(store, beginning, |_| {});
        journal.progress(Moment::new(0), Millis::ZERO, 0);
        journal.flush(PATIENCE).unwrap();
        let beside = || fs::read_dir(log.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        assert!(beside().any(|file| file.to_string_lossy().contains("-session-")), "the session is locked");
        assert!(beside().all(|file| mode(&file) == 0o600));
        drop(held);
    }

    #[test]
    fn a_link_to_a_missing_log_is_followed() {
        let home = tempfile::tempdir().unwrap();
        let (link, log) = (home.path().join("link.db"), home.path().join("log.db"));
        std::os::unix::fs::symlink("log.db", &link).unwrap();
        drop(Database::at(&link).open().unwrap());
        assert_eq!(mode(&log), 0o600);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn existing_permissions_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("shared");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let log = folder.join("log.db");
        drop(Database::at(&log).open().unwrap());
        fs::set_permissions(&log, fs::Permissions::from_mode(0o640)).unwrap();
        drop(Database::at(&log).open().unwrap());
        assert_eq!((mode(&folder), mode(&log)), (0o755, 0o640));
    }
}
