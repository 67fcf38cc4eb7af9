//! Which sessions are alive: each is held by an operating system's lock on a file of its own, which goes with the
//! process that took it, however that ends.

use super::SessionId;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Held as long as a session is alive in this process.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Nothing where the system has no locks there (some network drives): the session is then taken for alive by
    /// nobody else, which at worst offers it in another terminal while it runs.
    _file: Option<File>,
}

impl Lock {
    /// Takes hold of a session of the log at `log`; nothing where it is alive elsewhere.
    pub fn take(log: &Path, session: SessionId) -> Option<Lock> {
        let path = path(log, session);
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let held = match opened {
            Ok(file) => match file.try_lock() {
                Ok(()) => Some(file),
                Err(TryLockError::WouldBlock) => return None,
                Err(TryLockError::Error(_)) => None,
            },
            Err(_) => None,
        };
        Some(Lock { path, _file: held })
    }

    /// Lets go of a session that nobody will take up again.
    pub fn remove(self) {
        // A file that stays behind is empty, and in nobody's way.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn path(log: &Path, session: SessionId) -> PathBuf {
    let mut name = log.file_name().unwrap_or_default().to_os_string();
    name.push(format!("-session-{session}"));
    log.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_held_once_and_free_again_when_its_holder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.db");
        let held = Lock::take(&log, 7).unwrap();
        assert!(Lock::take(&log, 7).is_none());
        assert!(Lock::take(&log, 8).is_some(), "another session is free");
        drop(held);
        Lock::take(&log, 7).unwrap().remove();
        assert!(!folder.path().join("log.db-session-7").exists());
    }
}
