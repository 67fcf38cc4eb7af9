//! The journal: saves what happens in a session within a second, on a thread of its own.
//!
//! The session only puts events into a queue, so no other thread waits for a slow, full or missing disk.
//! Events are never dropped: what cannot be saved is kept and saved later. Of several positions only the latest
//! counts.

use super::journal_entry::{JournalEntry, SessionOutcome, SessionProgress};
use super::journal_queue::{JournalNotice, JournalQueue};
use super::journal_writer::JournalWriter;
use super::journaled_session::{JournaledSession, ResumedSession};
use super::session_rows::SessionStartRow;
use super::{Database, LogError, timeouts};
use crate::sensors::MinuteData;
use crate::session::Event;
use crate::session::answers::Answers;
use crate::units::{Millis, Moment};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};

/// A handle to a journal. Clones lead to the same journal; it ends with the last of them, after one more attempt to
/// save.
#[derive(Clone, Debug)]
pub struct Journal {
    handle: Arc<JournalHandle>,
}

#[derive(Debug)]
struct JournalHandle {
    queue: Arc<JournalQueue>,
}

impl Drop for JournalHandle {
    fn drop(&mut self) {
        self.queue.update(|state| state.is_closed = true);
    }
}

/// Marks the thread as ended when it ends, even by a panic.
struct ThreadGuard(Arc<JournalQueue>);

impl Drop for ThreadGuard {
    fn drop(&mut self) {
        self.0.end(thread::panicking().then(crashed));
    }
}

fn no_answer() -> LogError {
    LogError::new("the disk does not respond", "check that it is connected")
}

fn crashed() -> LogError {
    LogError::new("saving the session has crashed", "start pacebell again to resume the session")
}

fn no_thread(why: &io::Error) -> LogError {
    LogError::new(
        format!("the session cannot be saved: the system cannot start another thread ({why})"),
        "close other programs and start again",
    )
}

impl Journal {
    /// Begins the journal of a new session. `notify` is called on the journal's thread when saving fails and when it
    /// works again.
    pub fn begin(
        database: Database,
        start: SessionStartRow,
        notify: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        Journal::spawn(database, JournaledSession::new(start), notify, spawn_thread)
    }

    /// Continues the journal of an earlier session. `notify` is as for [`Journal::begin`].
    pub fn resume(
        database: Database,
        resumed: ResumedSession,
        notify: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        Journal::spawn(database, JournaledSession::resumed(resumed), notify, spawn_thread)
    }

    fn spawn<T: FnMut(JournalNotice) + Send + 'static>(
        database: Database,
        session: JournaledSession,
        notify: T,
        spawn: impl FnOnce(JournalWork) -> io::Result<()>,
    ) -> Self {
        let queue = Arc::new(JournalQueue::default());
        queue.lock().is_in_database = session.has_key();
        let database = database.with_lock_timeout(timeouts::LOCKED_FOR_JOURNAL);
        let writer = JournalWriter::new(database, session, notify, Arc::clone(&queue));
        // Shared, so that the writer can still report the error if no thread can be started.
        let writer = Arc::new(Mutex::new(Some(writer)));
        let take = |writer: &Mutex<Option<JournalWriter<T>>>| {
            writer.lock().unwrap_or_else(PoisonError::into_inner).take()
        };
        let (shared, guard) = (Arc::clone(&writer), ThreadGuard(Arc::clone(&queue)));
        let work = move || {
            // Dropped after the writer, when the database is closed and the session is free for others.
            let _guard = guard;
            if let Some(writer) = take(&shared) {
                writer.run();
            }
        };
        if let Err(why) = spawn(Box::new(work)) {
            let error = no_thread(&why);
            queue.end(Some(error.clone()));
            if let Some(writer) = take(&writer) {
                writer.give_up(error);
            }
        }
        Journal { handle: Arc::new(JournalHandle { queue }) }
    }

    /// The error that keeps the journal from saving now.
    pub fn error(&self) -> Option<LogError> {
        self.handle.queue.lock().error.clone()
    }

    /// True if the session has reached the database, so that the next start offers it.
    pub fn is_in_database(&self) -> bool {
        self.handle.queue.lock().is_in_database
    }

    /// Saves an event that happened at `now`, in milliseconds since 1970.
    pub fn event(&self, event: Event, now: i64) {
        self.handle.queue.put(|state| state.entries.push(JournalEntry::Event(event, now)));
    }

    /// Saves how far the session is at `now`, in milliseconds since 1970. Only the latest progress is kept.
    pub fn progress(&self, at: Moment, elapsed: Millis, now: i64) {
        let progress = SessionProgress { at, elapsed, seen_ms: now };
        self.handle.queue.put(|state| state.progress = Some(progress));
    }

    /// Saves the samples of a minute, in place of earlier ones of that minute.
    pub fn samples(&self, samples: MinuteData) {
        self.handle.queue.put(|state| drop(state.samples.insert(samples.minute, samples.data)));
    }

    /// Saves what becomes of a session that ended at `now`, in milliseconds since 1970.
    pub fn conclude(&self, outcome: SessionOutcome, now: i64) {
        self.handle.queue.put(|state| state.entries.push(JournalEntry::Outcome(outcome, now)));
    }

    /// Saves the runner's answers, in place of earlier ones.
    pub fn answers(&self, answers: Answers) {
        self.handle.queue.put(|state| state.entries.push(JournalEntry::Answers(answers)));
    }

    /// Waits until everything is saved, but no longer than `timeout`.
    ///
    /// # Errors
    /// The error that keeps the journal from saving. The journal keeps trying.
    pub fn flush(&self, timeout: Duration) -> Result<(), LogError> {
        let queue = &self.handle.queue;
        queue.update(|state| state.hurry = true);
        let state = queue.wait_timeout_while(timeout, |state| state.is_unsaved);
        match state.is_unsaved {
            false => Ok(()),
            true => Err(state.error.clone().unwrap_or_else(no_answer)),
        }
    }

    /// Ends the journal and waits until the database is closed, but no longer than `timeout`.
    ///
    /// # Errors
    /// The error that kept the journal from saving. What was not saved is lost.
    pub fn close(self, timeout: Duration) -> Result<(), LogError> {
        let queue = &self.handle.queue;
        queue.update(|state| state.is_closed = true);
        let state = queue.wait_timeout_while(timeout, |state| !state.has_ended);
        match state.is_unsaved {
            false => Ok(()),
            true => Err(state.error.clone().unwrap_or_else(no_answer)),
        }
    }
}

/// The body of the journal's thread.
type JournalWork = Box<dyn FnOnce() + Send>;

fn spawn_thread(work: JournalWork) -> io::Result<()> {
    thread::Builder::new().name("journal".to_string()).spawn(work).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::journaled_session::tests::start;
    use std::sync::mpsc::channel;

    /// Far longer than anything that works takes.
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn reports_an_error_and_does_not_wait_if_no_thread_can_be_started() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, notices) = channel();
        let notify = move |notice| drop(sender.send(notice));
        let no_threads = |_: JournalWork| Err(io::Error::from(io::ErrorKind::WouldBlock));
        let database = Database::at(folder.path().join("log.db"));
        let journal = Journal::spawn(database, JournaledSession::new(start()), notify, no_threads);
        let Ok(JournalNotice::Retrying(error)) = notices.try_recv() else { panic!("nothing was reported") };
        assert!(error.problem.contains("cannot start another thread"), "{error}");
        assert_eq!(journal.error(), Some(error.clone()));
        journal.progress(Moment::new(0), Millis::ZERO, 0);
        assert!(!journal.is_in_database());
        assert_eq!(journal.close(LONG), Err(error));
    }

    #[test]
    fn reports_a_writer_that_crashed() {
        let folder = tempfile::tempdir().unwrap();
        // A folder is in the way, and the callback that should report it panics.
        let journal = Journal::begin(Database::at(folder.path()), start(), |_| panic!("on purpose"));
        journal.progress(Moment::new(0), Millis::ZERO, 0);
        assert_eq!(journal.close(LONG), Err(crashed()));
    }
}
