//! Which sessions are alive: each is held by an operating system's lock on a file of its own, which goes with the
//! process that took it, however that ends.

use super::SessionKey;
use super::paths;
use super::paths::FileId;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// How often a file that was taken away under a new holder is made again: each time somebody else has just ended.
const TRIES: usize = 100;

/// Held as long as a session is alive in this process.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Nothing where the system has no locks there (some network drives): the session is then taken for alive by
    /// nobody else, which at worst offers it in another terminal while it runs.
    file: Option<File>,
}

impl Lock {
    /// Takes hold of a session of the log at `log`; nothing where it is alive elsewhere.
    pub fn take(log: &Path, session: SessionKey) -> Option<Lock> {
        let path = path(log, session);
        for _ in 0..TRIES {
            match open(&path).map(|file| hold(&path, file)) {
                Ok(LockAttempt::Held(file)) => return Some(Lock { path, file: Some(file) }),
                Ok(LockAttempt::Alive) => return None,
                Ok(LockAttempt::Gone) => {}
                Ok(LockAttempt::Unlockable) | Err(_) => return Some(Lock { path, file: None }),
            }
        }
        None
    }

    /// Whether it is still where others look for it: whoever deletes a log's folder takes it away.
    pub fn is_in_place(&self) -> bool {
        self.file.as_ref().is_none_or(|file| FileId::of(file) == FileId::at(&self.path))
    }

    /// Lets go of a session that nobody will take up again.
    pub fn remove(self) {
        // While it is still held. A file that stays behind is empty, and in nobody's way.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What comes of locking a file.
#[derive(Debug)]
enum LockAttempt {
    Held(File),
    Alive,
    /// Whoever held it last has taken the file away since it was opened: it would be a lock that nobody else sees.
    Gone,
    Unlockable,
}

fn open(path: &Path) -> io::Result<File> {
    paths::private().create(true).truncate(false).open(path)
}

fn hold(path: &Path, file: File) -> LockAttempt {
    match file.try_lock() {
        Ok(()) if FileId::of(&file) != FileId::at(path) => LockAttempt::Gone,
        Ok(()) => LockAttempt::Held(file),
        Err(TryLockError::WouldBlock) => LockAttempt::Alive,
        Err(TryLockError::Error(_)) => LockAttempt::Unlockable,
    }
}

fn path(log: &Path, session: SessionKey) -> PathBuf {
    let mut name = log.file_name().unwrap_or_default().to_os_string();
    name.push(format!("-session-{session}"));
    log.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    fn key() -> SessionKey {
        SessionKey::random(&Connection::open_in_memory().unwrap()).unwrap()
    }

    #[test]
    fn a_session_is_held_once_and_free_again_when_its_holder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.db");
        let (one, other) = (key(), key());
        let held = Lock::take(&log, one).unwrap();
        assert!(Lock::take(&log, one).is_none());
        assert!(Lock::take(&log, other).is_some(), "another session is free");
        drop(held);
        Lock::take(&log, one).unwrap().remove();
        assert!(!path(&log, one).exists());
    }

    #[test]
    fn a_file_that_was_taken_away_by_its_last_holder_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (log, key) = (folder.path().join("log.db"), key());
        let last = Lock::take(&log, key).unwrap();
        // Somebody has opened the file, and will lock it in a moment; meanwhile it is taken away.
        let opened = open(&path(&log, key)).unwrap();
        last.remove();
        assert!(matches!(hold(&path(&log, key), opened), LockAttempt::Gone));
        let opened = {
            let last = Lock::take(&log, key).unwrap();
            let opened = open(&path(&log, key)).unwrap();
            last.remove();
            opened
        };
        // And by now there is another one in its place.
        let next = Lock::take(&log, key).unwrap();
        assert!(matches!(hold(&path(&log, key), opened), LockAttempt::Gone));
        assert!(next.is_in_place());
    }
}
