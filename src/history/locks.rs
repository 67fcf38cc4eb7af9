//! Locks on running sessions.
//!
//! Each running session holds an operating-system lock on a file of its own. The lock goes with the process, however
//! it ends, so a session without a lock was killed or left unfinished.

use super::SessionKey;
use super::file_id::FileId;
use super::journal_entry::SessionProgress;
use super::paths;
use crate::clock;
use crate::units::{Millis, Moment};
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The most attempts to create the lock file. Each fails only if another process has just ended and removed the file.
const ATTEMPTS: usize = 100;

/// The bytes of a note. Each note covers the one before it.
const NOTE_BYTES: usize = 64;

/// The age from which a lock file of no session is removed.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// A lock on a session, held while the session runs in this process.
#[derive(Debug)]
pub struct SessionLock {
    path: PathBuf,
    /// `None` on systems without file locks, such as some network drives. Other processes then take the session for
    /// unfinished; at worst, another terminal offers it while it runs.
    file: Option<File>,
}

impl SessionLock {
    /// Locks a session of the log at `log`. `None` if another process holds it.
    pub fn take(log: &Path, session: SessionKey) -> Option<SessionLock> {
        let path = lock_path(log, session);
        for _ in 0..ATTEMPTS {
            match open(&path).map(|file| try_lock(&path, file)) {
                Ok(LockAttempt::Locked(file)) => return Some(SessionLock { path, file: Some(file) }),
                Ok(LockAttempt::HeldElsewhere) => return None,
                Ok(LockAttempt::Removed) => {}
                Ok(LockAttempt::Unsupported) | Err(_) => return Some(SessionLock { path, file: None }),
            }
        }
        None
    }

    /// True if another process runs a session of the log at `log`. Creates no lock file.
    pub fn is_held(log: &Path, session: SessionKey) -> bool {
        match File::open(lock_path(log, session)) {
            // Closing the file releases the lock that was free.
            Ok(file) => matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)),
            Err(_) => false,
        }
    }

    /// True if other processes still find the lock file. Deleting the log's folder also deletes the lock file.
    pub fn is_in_place(&self) -> bool {
        self.file.as_ref().is_none_or(|file| FileId::of(file) == FileId::at(&self.path))
    }

    /// Notes in the lock file how far the session is. That costs next to nothing, and survives a kill but not a loss of power.
    /// Returns false if it cannot be noted.
    pub fn note(&self, progress: SessionProgress) -> bool {
        let SessionProgress { at, elapsed, seen_ms } = progress;
        let mut note = format!("{} {} {seen_ms}", at.get(), elapsed.get()).into_bytes();
        note.resize(NOTE_BYTES, b' ');
        self.file.as_ref().is_some_and(|file| self.is_in_place() && write_start(file, &note).is_ok())
    }

    /// Reads how far the session was when its last holder noted that.
    pub fn noted(&self) -> Option<SessionProgress> {
        let mut note = [0; NOTE_BYTES];
        let mut file = self.file.as_ref()?;
        file.read_exact(&mut note).ok()?;
        let mut numbers = std::str::from_utf8(&note).ok()?.split_ascii_whitespace();
        let at = Moment::new(numbers.next()?.parse().ok()?);
        let elapsed = Millis::new(numbers.next()?.parse().ok()?);
        let seen_ms = numbers.next()?.parse().ok()?;
        Some(SessionProgress { at, elapsed, seen_ms })
    }

    /// Releases a session that nobody will resume, and removes the lock file.
    pub fn remove(self) {
        // Removed while still locked. A file that cannot be removed is empty and does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Drop for SessionLock {
    fn drop(&mut self) {
        // Closing the file does not release the lock while a child that is just being started still has a copy of it.
        if let Some(file) = &self.file {
            let _ = file.unlock();
        }
    }
}

/// The result of locking a file.
#[derive(Debug)]
enum LockAttempt {
    Locked(File),
    HeldElsewhere,
    /// The last holder removed the file after it was opened here. A lock on it would be invisible to others.
    Removed,
    Unsupported,
}

#[cfg(unix)]
fn write_start(file: &File, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, 0)
}

/// On other systems a locked file may not be written.
#[cfg(not(unix))]
fn write_start(_: &File, _: &[u8]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn open(path: &Path) -> io::Result<File> {
    paths::private_file_options().read(true).create(true).truncate(false).open(path)
}

fn try_lock(path: &Path, file: File) -> LockAttempt {
    match file.try_lock() {
        Ok(()) if FileId::of(&file) != FileId::at(path) => LockAttempt::Removed,
        Ok(()) => LockAttempt::Locked(file),
        Err(TryLockError::WouldBlock) => LockAttempt::HeldElsewhere,
        Err(TryLockError::Error(_)) => LockAttempt::Unsupported,
    }
}

/// Removes the lock files that killed programs left, except those of these sessions.
pub fn sweep(log: &Path, sessions: &[SessionKey]) {
    let Some(folder) = log.parent() else { return };
    let keep: Vec<PathBuf> = sessions.iter().map(|session| lock_path(log, *session)).collect();
    let prefix = lock_prefix(log);
    let is_left = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        name.starts_with(prefix.as_encoded_bytes()) && !keep.contains(path) && is_left_behind(path)
    };
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for path in files.flatten().map(|file| file.path()).filter(is_left) {
        if let Ok(LockAttempt::Locked(_held)) = File::open(&path).map(|file| try_lock(&path, file)) {
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// True for a file that nobody has written for an hour. The program that is just starting has a younger one.
fn is_left_behind(path: &Path) -> bool {
    let data = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file);
    let written = data.and_then(|data| data.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok());
    let now = Duration::from_millis(u64::try_from(clock::since_1970()).unwrap_or(0));
    written.is_some_and(|written| now.saturating_sub(written) >= LEFT_BEHIND)
}

fn lock_prefix(log: &Path) -> OsString {
    let mut name = log.file_name().unwrap_or_default().to_os_string();
    name.push("-session-");
    name
}

fn lock_path(log: &Path, session: SessionKey) -> PathBuf {
    let mut name = lock_prefix(log);
    name.push(session.to_string());
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
    fn a_session_is_locked_once_and_free_after_its_holder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.db");
        let (one, other) = (key(), key());
        let held = SessionLock::take(&log, one).unwrap();
        assert!(SessionLock::take(&log, one).is_none());
        assert!(SessionLock::take(&log, other).is_some(), "another session is free");
        drop(held);
        SessionLock::take(&log, one).unwrap().remove();
        assert!(!lock_path(&log, one).exists());
    }

    #[test]
    fn sweeps_old_files_that_no_session_needs() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.db");
        let [running, unfinished, gone, new] = [(); 4].map(|()| key());
        let held = SessionLock::take(&log, running).unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + LEFT_BEHIND;
        for one in [unfinished, gone, new] {
            drop(SessionLock::take(&log, one).unwrap());
        }
        for one in [running, unfinished, gone] {
            File::options().write(true).open(lock_path(&log, one)).unwrap().set_modified(long_ago).unwrap();
        }
        sweep(&log, &[unfinished]);
        let left = [running, unfinished, gone, new].map(|one| lock_path(&log, one).exists());
        assert_eq!(left, [true, true, false, true]);
        drop(held);
    }

    #[cfg(unix)]
    #[test]
    fn a_note_is_there_after_its_writer_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (log, key) = (folder.path().join("log.db"), key());
        let progress = |at| SessionProgress {
            at: Moment::new(at),
            elapsed: Millis::new(at / 2),
            seen_ms: 1_795_600_000_000,
        };
        let held = SessionLock::take(&log, key).unwrap();
        assert!(held.note(progress(1_000_000)) && held.note(progress(9000)));
        drop(held);
        let next = SessionLock::take(&log, key).unwrap();
        assert_eq!(next.noted(), Some(progress(9000)));
        std::fs::write(lock_path(&log, key), "").unwrap();
        drop(next);
        assert_eq!(SessionLock::take(&log, key).unwrap().noted(), None, "a session of an earlier version");
    }

    #[test]
    fn rejects_a_lock_file_that_its_last_holder_has_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (log, key) = (folder.path().join("log.db"), key());
        let last = SessionLock::take(&log, key).unwrap();
        // Another process opens the file just before its holder removes it, and locks it just after.
        let opened = open(&lock_path(&log, key)).unwrap();
        last.remove();
        assert!(matches!(try_lock(&lock_path(&log, key), opened), LockAttempt::Removed));
        let opened = {
            let last = SessionLock::take(&log, key).unwrap();
            let opened = open(&lock_path(&log, key)).unwrap();
            last.remove();
            opened
        };
        // Now there is a new file in its place.
        let next = SessionLock::take(&log, key).unwrap();
        assert!(matches!(try_lock(&lock_path(&log, key), opened), LockAttempt::Removed));
        assert!(next.is_in_place());
    }
}
