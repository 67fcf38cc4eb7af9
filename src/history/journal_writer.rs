//! The journal's thread: saves the session whenever it changes, and tries again after an error.

use super::file_id::FileId;
use super::journal_queue::{JournalNotice, JournalQueue, QueueState};
use super::journaled_session::JournaledSession;
use super::{Database, LogError, timeouts};
use rusqlite::Connection;
use std::sync::Arc;

/// The most attempts in a row if the log is replaced while it is written.
const REPLACED_ATTEMPTS: usize = 3;

/// The log, open.
struct OpenLog {
    connection: Connection,
    file: FileId,
    /// True once the session was compared with its rows in this file.
    is_compared: bool,
}

/// Saves one session.
pub(super) struct JournalWriter<T> {
    database: Database,
    session: JournaledSession,
    open: Option<OpenLog>,
    notify: T,
    queue: Arc<JournalQueue>,
}

impl<T: FnMut(JournalNotice)> JournalWriter<T> {
    /// A writer that calls `notify` when saving fails and when it works again.
    pub(super) fn new(
        database: Database,
        session: JournaledSession,
        notify: T,
        queue: Arc<JournalQueue>,
    ) -> Self {
        JournalWriter { database, session, open: None, notify, queue }
    }

    /// Reports that nothing will ever be saved.
    pub(super) fn give_up(mut self, error: LogError) {
        (self.notify)(JournalNotice::Retrying(error));
    }

    /// Saves until the queue is closed. Then it closes the database and releases the session.
    pub(super) fn run(mut self) {
        let mut is_behind = false;
        while self.take_next(is_behind) {
            match self.save() {
                Ok(()) => {
                    is_behind = false;
                    self.report_success();
                }
                Err(error) => {
                    is_behind = true;
                    // Start over with the next attempt, whatever went wrong.
                    self.close();
                    if self.report_failure(error) {
                        return;
                    }
                    self.pause();
                }
            }
        }
    }

    /// Waits for something to save, unless something is left, and takes it in. False if nothing more will come.
    fn take_next(&mut self, is_behind: bool) -> bool {
        let is_idle = |state: &mut QueueState| !is_behind && state.is_empty() && !state.is_closed;
        let mut state = self.queue.wait_while(is_idle);
        let has_work = is_behind || !state.is_empty();
        let (entries, progress) = (std::mem::take(&mut state.entries), state.progress.take());
        let samples = std::mem::take(&mut state.samples);
        drop(state);
        for entry in entries {
            self.session.add(entry);
        }
        if let Some(progress) = progress {
            self.session.set_progress(progress);
        }
        for (minute, data) in samples {
            self.session.set_samples(minute, data);
        }
        has_work
    }

    fn report_success(&mut self) {
        let mut has_recovered = false;
        self.queue.update(|state| {
            state.is_in_database = true;
            state.is_unsaved = !state.is_empty();
            has_recovered = !state.is_unsaved && state.error.take().is_some();
        });
        if has_recovered {
            (self.notify)(JournalNotice::Saved);
        }
    }

    /// Reports an error, unless it is the same as before. True if the journal was closed and must not try again.
    fn report_failure(&mut self, error: LogError) -> bool {
        let mut state = self.queue.lock();
        let before = state.error.replace(error.clone());
        let is_closed = state.is_closed;
        drop(state);
        if before.as_ref() != Some(&error) {
            (self.notify)(JournalNotice::Retrying(error));
        }
        is_closed
    }

    /// Waits before the next attempt, unless somebody is in a hurry.
    fn pause(&self) {
        let is_calm = |state: &mut QueueState| !state.hurry && !state.is_closed;
        self.queue.wait_timeout_while(timeouts::SAVE_AGAIN, is_calm).hurry = false;
    }

    /// Saves the session, and checks that the log was still in place afterwards.
    fn save(&mut self) -> Result<(), LogError> {
        let is_open = self.open.as_ref().is_some_and(|open| open.is_compared);
        if is_open && self.is_in_place() && self.session.note_progress() {
            return Ok(());
        }
        for _ in 0..REPLACED_ATTEMPTS {
            if !self.is_in_place() {
                self.close();
            }
            let mut open = match self.open.take() {
                Some(open) => open,
                None => {
                    let (connection, file) = self.database.open_file()?;
                    OpenLog { connection, file, is_compared: false }
                }
            };
            let saved = self.session.save(&self.database, &mut open.connection, open.is_compared);
            open.is_compared = matches!(saved, Ok(true));
            self.open = Some(open);
            if saved.map_err(|e| self.database.explain(&e))? && self.is_in_place() {
                return Ok(());
            }
        }
        Err(LogError::new(
            format!("{} keeps being replaced while pacebell writes to it", self.database.display_path()),
            "check that no other program moves or syncs it",
        ))
    }

    /// True if the open file is still the log.
    fn is_in_place(&self) -> bool {
        self.open.as_ref().is_none_or(|open| self.database.is_still(open.file))
    }

    /// Closes the database.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if !self.database.is_still(open.file) {
            self.queue.lock().is_in_database = false;
            // The write-ahead log at the log's path belongs to the file that was moved away. Empty it into that file
            // if possible, so that SQLite does not mix it up with the next database at this path.
            let _ = open.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }
}
