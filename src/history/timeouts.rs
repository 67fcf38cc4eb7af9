//! Timeouts for a log that is locked or on a slow disk, and the pause between two attempts.

use std::time::Duration;

/// How long a command waits for another program's lock.
pub const LOCKED: Duration = Duration::from_millis(500);

/// How long a start waits for another program's lock before it goes on without offering unfinished sessions.
pub const LOCKED_AT_START: Duration = Duration::from_millis(250);

/// How long the journal waits for another program's lock before it reports the lock. Only its own thread waits.
pub const LOCKED_FOR_JOURNAL: Duration = Duration::from_secs(2);

/// How long the log screen waits for another program's lock before typed answers are lost.
pub const LOCKED_FOR_ANSWERS: Duration = Duration::from_secs(10);

/// The pause after a failed save, before the journal tries again.
pub const SAVE_AGAIN: Duration = Duration::from_secs(1);

/// How long the end of a session waits for a slow disk before it says so.
pub const SAVE_AT_END: Duration = Duration::from_secs(5);

/// How long a program that was told to exit waits for the last save.
pub const SAVE_AT_EXIT: Duration = Duration::from_millis(1500);

/// How long a program waits for the database to close. With [`SAVE_AT_EXIT`] it must stay below the time that the
/// runtime gives a program after a signal.
pub const CLOSE: Duration = Duration::from_millis(500);
