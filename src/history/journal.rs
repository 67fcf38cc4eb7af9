//! The journal: what happens in a session, written within a second by a thread of its own.
//!
//! Whoever runs a session puts events into a queue and goes on; a disk that is slow, full or gone is waited for
//! here. Events are never dropped: what could not be written is kept, and written when that is possible again.
//! Of positions only the latest counts.

use super::record::{self, Beginning};
use super::{Lock, SessionId, Store, Trouble, change};
use crate::session::answers::Answers;
use crate::session::{Event, Summary};
use crate::units::{Millis, Moment};
use crate::workout::sequence::Sequence;
use rusqlite::{Connection, TransactionBehavior};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How long another program may hold the log before that is said: nobody waits for it but this thread.
const PATIENCE: Duration = Duration::from_secs(2);

/// News of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Everything is written (again).
    Written,
    /// It cannot be written now; it is kept, and tried again.
    Waiting(Trouble),
}

/// What becomes of a session that is over.
#[derive(Clone, Debug, PartialEq)]
pub enum Conclusion {
    /// It belongs to the log.
    Logged(Arc<Sequence>, Box<Summary>),
    /// It was never meant to be kept. It can be brought back all the same.
    Discarded,
    /// It is to be gone on with later.
    Later,
}

/// A session that was begun earlier and is taken up again.
#[derive(Debug)]
pub struct TakenUp {
    /// Which.
    pub session: SessionId,
    /// Holds it.
    pub lock: Lock,
    /// How many events it has.
    pub events: i64,
}

/// One thing to be written.
#[derive(Debug)]
enum Entry {
    Event(Event, i64),
    Conclusion(Conclusion, i64),
    Answers(Answers),
}

/// The way to the thread. Clones lead to the same one; it ends with the last of them, after one last try.
#[derive(Clone, Debug)]
pub struct Journal {
    handle: Arc<Handle>,
}

#[derive(Debug)]
struct Handle {
    queue: Arc<Queue>,
}

impl Journal {
    /// Ends the journal, and waits until the database is closed: at most so long.
    ///
    /// # Errors
    /// What could not be written, which is lost with it.
    pub fn close(self, patience: Duration) -> Result<(), Trouble> {
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

fn no_answer() -> Trouble {
    Trouble::new("the disk does not answer", "see that it is there")
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.content().closed = true;
        self.queue.changed.notify_all();
    }
}

#[derive(Debug, Default)]
struct Queue {
    content: Mutex<Content>,
    /// Something was put in, or everything was written.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Content {
    entries: Vec<Entry>,
    position: Option<(Moment, Millis, i64)>,
    /// What is in the way, since the last try.
    trouble: Option<Trouble>,
    /// Something that was put in is not on the disk yet.
    unwritten: bool,
    /// To be tried at once, not only after a while.
    hurry: bool,
    /// Nobody will put in any more.
    closed: bool,
    /// The thread has ended.
    ended: bool,
    /// The session is in the database.
    known: bool,
}

impl Queue {
    fn content(&self) -> MutexGuard<'_, Content> {
        // A thread that panicked while holding this left nothing half done: each change is a single step.
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, change: impl FnOnce(&mut Content)) {
        let mut content = self.content();
        change(&mut content);
        content.unwritten = true;
        self.changed.notify_all();
    }
}

/// What the thread writes for.
enum Subject {
    /// A session that is not in the log yet.
    New(Box<Beginning>),
    /// One that is.
    Known { session: SessionId, events: i64, lock: Option<Lock> },
}

impl Journal {
    /// Begins the journal of a new session.
    ///
    /// `tell` is called, on the journal's thread, when it cannot be written and when it can again.
    pub fn begin(store: Store, beginning: Beginning, tell: impl FnMut(Notice) + Send + 'static) -> Self {
        Journal::start(store, Subject::New(Box::new(beginning)), tell)
    }

    /// Goes on with the journal of a session that was begun earlier.
    pub fn take_up(store: Store, taken: TakenUp, tell: impl FnMut(Notice) + Send + 'static) -> Self {
        let TakenUp { session, lock, events } = taken;
        Journal::start(store, Subject::Known { session, events, lock: Some(lock) }, tell)
    }

    fn start(store: Store, subject: Subject, tell: impl FnMut(Notice) + Send + 'static) -> Self {
        let queue = Arc::new(Queue::default());
        let store = store.patient(PATIENCE);
        let writer = Writer { store, subject, connection: None, tell, queue: Arc::clone(&queue) };
        thread::spawn(move || writer.run());
        Journal { handle: Arc::new(Handle { queue }) }
    }

    /// Something happened; `now` in milliseconds since 1970.
    pub fn event(&self, event: Event, now: i64) {
        self.handle.queue.put(|content| content.entries.push(Entry::Event(event, now)));
    }

    /// This is where the session is. Only the latest position is kept.
    pub fn position(&self, at: Moment, elapsed: Millis, now: i64) {
        self.handle.queue.put(|content| content.position = Some((at, elapsed, now)));
    }

    /// The session is over, and this becomes of it.
    pub fn conclude(&self, conclusion: Conclusion, now: i64) {
        self.handle.queue.put(|content| content.entries.push(Entry::Conclusion(conclusion, now)));
    }

    /// What the runner says of it, in place of what was said before.
    pub fn answers(&self, answers: Answers) {
        self.handle.queue.put(|content| content.entries.push(Entry::Answers(answers)));
    }

    /// True once the session is in the database: then it is offered at the next start.
    pub fn is_known(&self) -> bool {
        self.handle.queue.content().known
    }

    /// Waits until everything is written, at most so long.
    ///
    /// # Errors
    /// What is in the way. It goes on being tried.
    pub fn settle(&self, patience: Duration) -> Result<(), Trouble> {
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

struct Writer<T> {
    store: Store,
    subject: Subject,
    connection: Option<Connection>,
    tell: T,
    queue: Arc<Queue>,
}

/// What is written at once.
struct Batch {
    entries: Vec<Entry>,
    position: Option<(Moment, Millis, i64)>,
}

impl<T: FnMut(Notice)> Writer<T> {
    /// Until it is closed; then the database is closed too, and the session is free for others.
    fn run(mut self) {
        self.go_on();
        let Writer { subject, connection, queue, .. } = self;
        drop((subject, connection));
        queue.content().ended = true;
        queue.changed.notify_all();
    }

    fn go_on(&mut self) {
        while let Some(batch) = self.next() {
            match self.write(&batch) {
                Ok(()) => self.wrote(),
                Err(trouble) => {
                    // Whatever was wrong, it is tried from the beginning.
                    self.connection = None;
                    if self.failed(batch, trouble) {
                        return;
                    }
                    self.rest();
                }
            }
        }
    }

    /// Waits for something to write, and takes it. Nothing: it is over.
    fn next(&self) -> Option<Batch> {
        let content = self.queue.content();
        let idle = |c: &mut Content| c.entries.is_empty() && c.position.is_none() && !c.closed;
        let waited = self.queue.changed.wait_while(content, idle);
        let mut content = waited.unwrap_or_else(PoisonError::into_inner);
        let batch =
            Batch { entries: std::mem::take(&mut content.entries), position: content.position.take() };
        (!batch.entries.is_empty() || batch.position.is_some()).then_some(batch)
    }

    fn wrote(&mut self) {
        let mut content = self.queue.content();
        content.known = true;
        content.unwritten = !content.entries.is_empty() || content.position.is_some();
        let recovered = !content.unwritten && content.trouble.take().is_some();
        self.queue.changed.notify_all();
        drop(content);
        if recovered {
            (self.tell)(Notice::Written);
        }
    }

    /// Keeps what could not be written in front of what has come meanwhile. True where nobody waits any more.
    fn failed(&mut self, mut batch: Batch, trouble: Trouble) -> bool {
        let mut content = self.queue.content();
        batch.entries.append(&mut content.entries);
        content.entries = batch.entries;
        content.position = content.position.or(batch.position);
        let is_news = content.trouble.as_ref() != Some(&trouble);
        content.trouble = Some(trouble.clone());
        let closed = content.closed;
        drop(content);
        if is_news {
            (self.tell)(Notice::Waiting(trouble));
        }
        closed
    }

    /// Waits a while before it is tried again, unless somebody is in a hurry.
    fn rest(&self) {
        let content = self.queue.content();
        let calm = |c: &mut Content| !c.hurry && !c.closed;
        let waited = self.queue.changed.wait_timeout_while(content, AGAIN, calm);
        waited.unwrap_or_else(PoisonError::into_inner).0.hurry = false;
    }

    /// All of it in one transaction, or nothing.
    fn write(&mut self, batch: &Batch) -> Result<(), Trouble> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.store.open()?,
        };
        self.transact(&mut connection, batch).map_err(|e| self.store.trouble(&e))?;
        self.connection = Some(connection);
        Ok(())
    }

    fn transact(&mut self, connection: &mut Connection, batch: &Batch) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (session, mut number, new) = match &self.subject {
            Subject::Known { session, events, .. } => {
                record::events_are_ours(&transaction, *session)?;
                (*session, *events, None)
            }
            Subject::New(beginning) => {
                let session = record::begin(&transaction, beginning)?;
                // Before anybody else can see it: nobody may take it for one that was killed.
                (session, 0, Lock::take(self.store.path(), session))
            }
        };
        if let Err(e) = fill(&transaction, session, batch, &mut number).and_then(|()| transaction.commit()) {
            if let Some(lock) = new {
                lock.remove();
            }
            return Err(e);
        }
        let over = batch.entries.iter().any(|e| matches!(e, Entry::Conclusion(..)));
        let held = match &mut self.subject {
            Subject::Known { lock, .. } => lock.take(),
            Subject::New(_) => new,
        };
        let lock = match (held, over) {
            (Some(lock), true) => {
                lock.remove();
                None
            }
            (held, _) => held,
        };
        self.subject = Subject::Known { session, events: number, lock };
        Ok(())
    }
}

fn fill(
    connection: &Connection,
    session: SessionId,
    batch: &Batch,
    number: &mut i64,
) -> rusqlite::Result<()> {
    for entry in &batch.entries {
        match entry {
            Entry::Event(event, now) => {
                record::event(connection, session, (*number, event, *now))?;
                *number += 1;
            }
            Entry::Conclusion(Conclusion::Logged(sequence, summary), now) => {
                record::logged(connection, session, (sequence, summary, *now))?;
            }
            Entry::Conclusion(Conclusion::Discarded, now) => change::discard(connection, session, *now)?,
            // It stays as it is, and is offered at the next start.
            Entry::Conclusion(Conclusion::Later, _) => {}
            Entry::Answers(answers) => record::answers(connection, session, answers)?,
        }
    }
    match batch.position {
        Some(position) => record::position(connection, session, position),
        None => Ok(()),
    }
}
