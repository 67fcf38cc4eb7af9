//! The journal of sessions that run and the log of those that are over: one SQLite database.
//!
//! The journal is written by a thread of its own ([`Journal`]); nothing that runs a session ever waits for the
//! disk. Whoever else reads or changes the database opens it, does one thing in one transaction, and closes it.
//! `schema.sql` says what is in it.

mod alive;
mod backup;
pub mod change;
pub mod csv;
pub mod entries;
pub mod events;
mod journal;
pub mod json;
mod owner;
mod place;
pub mod record;
mod store;
pub mod unfinished;
pub mod words;
mod writer;

pub use alive::Lock;
pub use backup::is_a_log;
pub use journal::{Conclusion, Journal, Notice, TakenUp};
pub use record::{Beginning, Key, Settings};
pub use store::{Store, Trouble, default_path};

/// Names a session in the log, for as long as the log lives.
pub type SessionId = i64;
