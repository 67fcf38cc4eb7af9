//! The queue from the session to the journal's thread, and the thread's state for the session to see.

use super::LogError;
use super::journal_entry::{JournalEntry, SessionProgress};
use super::samples::StoredMinutes;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// News from the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalNotice {
    /// Everything is saved (again).
    Saved,
    /// Saving fails for now. The journal keeps what it has and tries again.
    Retrying(LogError),
}

/// The queue, shared by the session and the journal's thread.
#[derive(Debug, Default)]
pub(super) struct JournalQueue {
    state: Mutex<QueueState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
pub(super) struct QueueState {
    /// Entries that the thread has not taken yet, oldest first.
    pub(super) entries: Vec<JournalEntry>,
    /// The latest progress that the thread has not taken yet.
    pub(super) progress: Option<SessionProgress>,
    /// The minutes of samples that the thread has not taken yet.
    pub(super) samples: StoredMinutes,
    /// The error of the latest attempt to save.
    pub(super) error: Option<LogError>,
    /// True while anything that was put in is not on the disk.
    pub(super) is_unsaved: bool,
    /// True if the session is in the database.
    pub(super) is_in_database: bool,
    /// True if the next attempt must not wait.
    pub(super) hurry: bool,
    /// True once nothing more will be put in.
    pub(super) is_closed: bool,
    /// True once the thread has ended.
    pub(super) has_ended: bool,
}

impl QueueState {
    /// True if the thread has nothing to take.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.progress.is_none() && self.samples.is_empty()
    }
}

impl JournalQueue {
    /// Locks the state.
    pub(super) fn lock(&self) -> MutexGuard<'_, QueueState> {
        // A thread that panicked while holding the lock left nothing half done: each change is a single step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits for a change.
    pub(super) fn update(&self, change: impl FnOnce(&mut QueueState)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Puts something in.
    pub(super) fn put(&self, change: impl FnOnce(&mut QueueState)) {
        self.update(|state| {
            change(state);
            state.is_unsaved = true;
        });
    }

    /// Waits while `condition` holds.
    pub(super) fn wait_while(
        &self,
        condition: impl FnMut(&mut QueueState) -> bool,
    ) -> MutexGuard<'_, QueueState> {
        self.changed.wait_while(self.lock(), condition).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while `condition` holds, but no longer than `timeout`.
    pub(super) fn wait_timeout_while(
        &self,
        timeout: Duration,
        condition: impl FnMut(&mut QueueState) -> bool,
    ) -> MutexGuard<'_, QueueState> {
        let waited = self.changed.wait_timeout_while(self.lock(), timeout, condition);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Marks the thread as ended, with an error if it should not have ended.
    pub(super) fn end(&self, error: Option<LogError>) {
        self.update(|state| {
            state.has_ended = true;
            state.error = error.or(state.error.take());
        });
    }
}
