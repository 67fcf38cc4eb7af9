//! The journal of sessions that run and the log of those that are over: one SQLite database.
//!
//! The journal is written by a thread of its own ([`Journal`]); nothing that runs a session ever waits for the
//! disk. Whoever else reads or changes the database opens it, does one thing in one transaction, and closes it.
//! `schema.sql` says what is in it.

mod backup;
pub mod csv;
mod database;
pub mod describe;
pub mod edits;
pub mod events;
mod journal;
mod journal_writer;
pub mod json;
mod locks;
mod ownership;
mod paths;
pub mod queries;
pub mod session_rows;
pub mod unfinished;

pub use backup::is_a_log;
pub use database::{Database, LogError, default_path};
pub use journal::{Journal, JournalNotice, ResumedSession, SessionOutcome};
pub use locks::Lock;
pub use session_rows::{SessionKey, SessionSettings, SessionStartRow};

/// Names a session in the log, for as long as the log lives.
pub type SessionId = i64;
