//! The journal of sessions that run and the log of those that are over: one SQLite database.
//!
//! `schema.sql` says what is in it. Whoever reads or changes it opens it, does one thing in one transaction, and
//! closes it.

mod alive;
pub mod change;
pub mod csv;
pub mod entries;
pub mod json;
pub mod record;
mod store;
pub mod words;

pub use alive::Lock;
pub use record::{Beginning, Settings};
pub use store::{Store, Trouble, default_path};

/// Names a session in the log, for as long as the log lives.
pub type SessionId = i64;
