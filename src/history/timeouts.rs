//! Timeouts for a log that is locked or on a slow disk, and the pause between two attempts.

use std::time::Duration;

/// The longest wait of a command for another program's lock.
pub const LOCKED: Duration = Duration::from_millis(500);

/// The longest wait for another program's lock at the start. After it, unfinished sessions are not offered.
pub const LOCKED_AT_START: Duration = Duration::from_millis(250);

/// The longest wait of the journal's thread for another program's lock before it reports the lock.
pub const LOCKED_FOR_JOURNAL: Duration = Duration::from_secs(2);

/// The longest wait of the log screen for another program's lock before typed answers are lost.
pub const LOCKED_FOR_ANSWERS: Duration = Duration::from_secs(10);

/// The pause after a failed save, before the journal tries again.
pub const SAVE_AGAIN: Duration = Duration::from_secs(1);

/// The longest wait for a slow disk at the end of a session before the runner is told.
pub const SAVE_AT_END: Duration = Duration::from_secs(5);

/// The longest wait for the last save in a program that was told to exit.
pub const SAVE_AT_EXIT: Duration = Duration::from_millis(1500);

/// The longest wait for the database to close. With [`SAVE_AT_EXIT`] it must stay below the time that the
/// runtime gives a program after a signal.
pub const CLOSE: Duration = Duration::from_millis(500);
