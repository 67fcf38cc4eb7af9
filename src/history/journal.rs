//! The journal: what happens in a session, written within a second by a thread of its own.
//!
//! Whoever runs a session puts events into a queue and goes on; a disk that is slow, full or gone is waited for
//! here. Events are never dropped: what could not be written is kept, and written when that is possible again.
//! Of positions only the latest counts.

use super::events::EventRow;
use super::journal_writer::{Subject, Writer};
use super::session_rows::SessionStartRow;
use super::{Database, Lock, LogError, SessionKey};
use crate::session::answers::Answers;
use crate::session::{Event, Summary};
use crate::units::{Millis, Moment};
use crate::workout::sequence::Sequence;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long another program may hold the log before that is said: nobody waits for it but this thread.
const PATIENCE: Duration = Duration::from_secs(2);

/// News of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalNotice {
    /// Everything is written (again).
    Written,
    /// It cannot be written now; it is kept, and tried again.
    Waiting(LogError),
}

/// What becomes of a session that is over.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionOutcome {
    /// It belongs to the log.
    Logged(Arc<Sequence>, Box<Summary>),
    /// It was never meant to be kept. It can be brought back all the same.
    Discarded,
    /// The same for what nobody was there to throw away, a rehearsal: it is not in the way of undoing what somebody did.
    Dropped,
    /// It is to be gone on with later.
    Later,
}

/// A session that was begun earlier and is taken up again.
#[derive(Debug)]
pub struct ResumedSession {
    pub(super) key: SessionKey,
    pub(super) lock: Lock,
    pub(super) beginning: SessionStartRow,
    pub(super) events: Vec<EventRow>,
    pub(super) position: Option<(Moment, Millis, i64)>,
}

/// One thing to be written.
#[derive(Debug)]
pub(super) enum JournalEntry {
    /// Something happened, at so many milliseconds since 1970.
    Event(Event, i64),
    /// It is over.
    Conclusion(SessionOutcome, i64),
    /// What the runner says of it.
    Answers(Answers),
}

/// The way to the thread. Clones lead to the same one; it ends with the last of them, after one last try.
#[derive(Clone, Debug)]
pub struct Journal {
    handle: Arc<JournalHandle>,
}

#[derive(Debug)]
struct JournalHandle {
    queue: Arc<JournalQueue>,
}

impl Journal {
    /// Ends the journal, and waits until the database is closed: at most so long.
    ///
    /// # Errors
    /// What could not be written, which is lost with it.
    pub fn close(self, patience: Duration) -> Result<(), LogError> {
        let queue = &self.handle.queue;
        let mut content = queue.content();
        content.closed = true;
        queue.changed.notify_all();
        let waited = queue.changed.wait_timeout_while(content, patience, |c| !c.ended);
        let (content, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match (content.unwritten, &content.trouble) {
            (false, _) => Ok(()),
            (true, trouble) => Err(trouble.clone().unwrap_or_else(no_answer)),
        }
    }
}

fn no_answer() -> LogError {
    LogError::new("the disk does not answer", "see that it is there")
}

impl Drop for JournalHandle {
    fn drop(&mut self) {
        self.queue.content().closed = true;
        self.queue.changed.notify_all();
    }
}

/// What is on its way to the thread, and what the thread has to say.
#[derive(Debug, Default)]
pub(super) struct JournalQueue {
    content: Mutex<SessionContent>,
    /// Something was put in, or everything was written.
    pub(super) changed: Condvar,
}

#[derive(Debug, Default)]
pub(super) struct SessionContent {
    /// In the order in which they came.
    pub(super) entries: Vec<JournalEntry>,
    /// The latest.
    pub(super) position: Option<(Moment, Millis, i64)>,
    /// What is in the way, since the last try.
    pub(super) trouble: Option<LogError>,
    /// Something that was put in is not on the disk yet.
    pub(super) unwritten: bool,
    /// The session is in the database.
    pub(super) known: bool,
    /// To be tried at once, not only after a while.
    pub(super) hurry: bool,
    /// Nobody will put in any more.
    pub(super) closed: bool,
    /// The thread has ended.
    pub(super) ended: bool,
}

impl JournalQueue {
    pub(super) fn content(&self) -> MutexGuard<'_, SessionContent> {
        // A thread that panicked while holding this left nothing half done: each change is a single step.
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, change: impl FnOnce(&mut SessionContent)) {
        let mut content = self.content();
        change(&mut content);
        content.unwritten = true;
        self.changed.notify_all();
    }

    /// The thread has ended, for this reason where it should not have.
    fn end(&self, why: Option<LogError>) {
        let mut content = self.content();
        content.ended = true;
        content.trouble = why.or(content.trouble.take());
        self.changed.notify_all();
    }
}

/// Says at its own end that the thread has ended, however that came about.
struct ThreadGuard(Arc<JournalQueue>);

impl Drop for ThreadGuard {
    fn drop(&mut self) {
        self.0.end(thread::panicking().then(stopped));
    }
}

fn stopped() -> LogError {
    LogError::new(
        "what writes the log has stopped by a fault of its own",
        "start pacebell again to go on with it",
    )
}

fn no_thread(why: &io::Error) -> LogError {
    LogError::new(
        format!("the log cannot be written: the system starts nothing more ({why})"),
        "close other programs and start again",
    )
}

impl Journal {
    /// Begins the journal of a new session.
    ///
    /// `tell` is called, on the journal's thread, when it cannot be written and when it can again.
    pub fn begin(
        store: Database,
        beginning: SessionStartRow,
        tell: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        Journal::start(store, Subject::new(beginning), tell, on_a_thread)
    }

    /// Goes on with the journal of a session that was begun earlier.
    pub fn take_up(
        store: Database,
        taken: ResumedSession,
        tell: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        Journal::start(store, Subject::taken_up(taken), tell, on_a_thread)
    }

    fn start<T: FnMut(JournalNotice) + Send + 'static>(
        store: Database,
        subject: Subject,
        tell: T,
        spawn: impl FnOnce(JournalWork) -> io::Result<()>,
    ) -> Self {
        let queue = Arc::new(JournalQueue::default());
        queue.content().known = subject.is_known();
        let writer = Writer::new(store.patient(PATIENCE), subject, tell, Arc::clone(&queue));
        // Where no thread can be made there is still somebody to tell.
        let writer = Arc::new(Mutex::new(Some(writer)));
        let take =
            |writer: &Mutex<Option<Writer<T>>>| writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (theirs, ending) = (Arc::clone(&writer), ThreadGuard(Arc::clone(&queue)));
        let work = move || {
            // After the writer: by then the database is closed, and the session free for others.
            let _ending = ending;
            if let Some(writer) = take(&theirs) {
                writer.run();
            }
        };
        if let Err(why) = spawn(Box::new(work)) {
            let trouble = no_thread(&why);
            queue.end(Some(trouble.clone()));
            if let Some(writer) = take(&writer) {
                writer.give_up(trouble);
            }
        }
        Journal { handle: Arc::new(JournalHandle { queue }) }
    }

    /// What is in the way of writing now.
    pub fn trouble(&self) -> Option<LogError> {
        self.handle.queue.content().trouble.clone()
    }

    /// Whether the session has reached the database, so that it will be offered at the next start.
    pub fn is_known(&self) -> bool {
        self.handle.queue.content().known
    }

    /// Something happened; `now` in milliseconds since 1970.
    pub fn event(&self, event: Event, now: i64) {
        self.handle.queue.put(|content| content.entries.push(JournalEntry::Event(event, now)));
    }

    /// This is where the session is. Only the latest position is kept.
    pub fn position(&self, at: Moment, elapsed: Millis, now: i64) {
        self.handle.queue.put(|content| content.position = Some((at, elapsed, now)));
    }

    /// The session is over, and this becomes of it.
    pub fn conclude(&self, conclusion: SessionOutcome, now: i64) {
        self.handle.queue.put(|content| content.entries.push(JournalEntry::Conclusion(conclusion, now)));
    }

    /// What the runner says of it, in place of what was said before.
    pub fn answers(&self, answers: Answers) {
        self.handle.queue.put(|content| content.entries.push(JournalEntry::Answers(answers)));
    }

    /// Waits until everything is written, at most so long.
    ///
    /// # Errors
    /// What is in the way. It goes on being tried.
    pub fn settle(&self, patience: Duration) -> Result<(), LogError> {
        let queue = &self.handle.queue;
        let mut content = queue.content();
        content.hurry = true;
        queue.changed.notify_all();
        let waited = queue.changed.wait_timeout_while(content, patience, |c| c.unwritten);
        let (content, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if !timeout.timed_out() {
            return Ok(());
        }
        Err(content.trouble.clone().unwrap_or_else(no_answer))
    }
}

/// What the thread does.
type JournalWork = Box<dyn FnOnce() + Send>;

fn on_a_thread(work: JournalWork) -> io::Result<()> {
    thread::Builder::new().name("journal".to_string()).spawn(work).map(drop)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::history::SessionSettings;
    use crate::workout::{Options, SourceText, compile_notation};
    use std::sync::mpsc::channel;

    /// Far longer than anything takes that works.
    const LONG: Duration = Duration::from_secs(60);

    pub fn beginning() -> SessionStartRow {
        let source = SourceText::new("notation", "45min easy");
        SessionStartRow {
            sequence: Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence),
            settings: SessionSettings::default(),
            source: (source.name, source.text),
            started: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            speed: 1.0,
        }
    }

    #[test]
    fn where_no_thread_can_be_made_that_is_said_and_nobody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, news) = channel();
        let tell = move |notice| drop(sender.send(notice));
        let none = |_: JournalWork| Err(io::Error::from(io::ErrorKind::WouldBlock));
        let store = Database::at(folder.path().join("log.db"));
        let journal = Journal::start(store, Subject::new(beginning()), tell, none);
        let Ok(JournalNotice::Waiting(trouble)) = news.try_recv() else { panic!("nothing was said") };
        assert!(trouble.problem.contains("the system starts nothing more"), "{trouble}");
        assert_eq!(journal.trouble(), Some(trouble.clone()));
        journal.position(Moment::new(0), Millis::ZERO, 0);
        assert!(!journal.is_known());
        assert_eq!(journal.close(LONG), Err(trouble));
    }

    #[test]
    fn a_writer_that_fails_is_said_to_have_ended() {
        let folder = tempfile::tempdir().unwrap();
        // A folder is in the way, and whoever is told of it panics.
        let journal = Journal::begin(Database::at(folder.path()), beginning(), |_| panic!("on purpose"));
        journal.position(Moment::new(0), Millis::ZERO, 0);
        assert_eq!(journal.close(LONG), Err(stopped()));
    }
}
