//! Which sessions are alive: each is held by an operating system's lock on a file of its own, which goes with the
//! process that took it, however that ends.

use super::Key;
use super::place::{self, FileId};
use std::fs::{File, TryLockError};
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
    pub fn take(log: &Path, session: Key) -> Option<Lock> {
        let path = path(log, session);
        for _ in 0..TRIES {
            let Ok(file) = place::private().create(true).truncate(false).open(&path) else {
                return Some(Lock { path, file: None });
            };
            match file.try_lock() {
                // Whoever held it last may have taken the file away since it was opened here: then this is a lock
                // that nobody else would ever see.
                Ok(()) if FileId::of(&file) != FileId::at(&path) => {}
                Ok(()) => return Some(Lock { path, file: Some(file) }),
                Err(TryLockError::WouldBlock) => return None,
                Err(TryLockError::Error(_)) => return Some(Lock { path, file: None }),
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

fn path(log: &Path, session: Key) -> PathBuf {
    let mut name = log.file_name().unwrap_or_default().to_os_string();
    name.push(format!("-session-{session}"));
    log.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn key() -> Key {
        Key::random(&Connection::open_in_memory().unwrap()).unwrap()
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
    fn a_file_that_is_taken_away_under_a_new_holder_makes_no_second_one() {
        let folder = tempfile::tempdir().unwrap();
        let (log, key) = (folder.path().join("log.db"), key());
        let holders = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2000 {
                        let Some(lock) = Lock::take(&log, key) else { continue };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0, "it is held twice");
                        std::thread::yield_now();
                        holders.fetch_sub(1, Ordering::SeqCst);
                        lock.remove();
                    }
                });
            }
        });
    }
}
