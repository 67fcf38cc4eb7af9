//! The log of finished sessions and the journal of running ones: one SQLite database.
//!
//! The [`Journal`] writes on a thread of its own, so that a session never waits for the disk. Everything else opens
//! the database, does one thing in one transaction, and closes it. `schema.sql` documents the tables.

pub mod activity_export;
mod backup;
mod bent_plans;
mod block_merge;
pub mod block_rows;
pub mod blocks;
pub mod checkins;
pub mod csv;
mod database;
pub mod day_rows;
pub mod deletion;
pub mod describe;
pub mod edits;
pub mod events;
mod file_id;
pub mod health;
mod imported_run;
pub mod imports;
mod improvements;
mod journal;
mod journal_entry;
mod journal_queue;
mod journal_writer;
mod journaled_session;
pub mod json;
mod locks;
mod log_error;
pub mod log_filter;
pub mod logged_run;
mod marked_plans;
mod merge;
mod other_log;
mod ownership;
mod paths;
mod plan_history;
pub mod queries;
mod samples;
mod schema;
mod session_copy;
mod session_item;
pub mod session_rows;
pub mod timeouts;
mod trend_sessions;
pub mod unfinished;
pub mod wins;

pub use database::Database;
pub use journal::Journal;
pub use journal_entry::{SessionOutcome, SessionProgress};
pub use journal_queue::JournalNotice;
pub use journaled_session::ResumedSession;
pub use locks::SessionLock;
pub use log_error::LogError;
pub use merge::MergeSummary;
pub use ownership::is_a_log;
pub use paths::default_path;
pub use plan_history::PlanHistory;
pub use session_item::{BlockKey, SessionItem};
pub use session_rows::{SessionId, SessionKey, SessionSettings, SessionStartRow};
pub use trend_sessions::TrendHistory;
