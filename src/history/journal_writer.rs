//! The journal's thread: brings the database to what is known of the session, again and again.
//!
//! All that is to be kept of a session stays in memory as long as it runs. Whatever becomes of the log meanwhile
//! (moved away, deleted, replaced by an older copy), the session is found there by its key, or written anew.

use super::events::{self, EventRow};
use super::journal::{
    JournalEntry, JournalNotice, JournalQueue, ResumedSession, SessionContent, SessionOutcome,
};
use super::paths::FileId;
use super::session_rows;
use super::session_rows::{SessionKey, SessionStartRow};
use super::{Database, Lock, LogError, SessionId, edits, queries};
use crate::session::answers::Answers;
use crate::units::{Millis, Moment};
use rusqlite::{Connection, TransactionBehavior};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How often in a row a log may be replaced while it is written to.
const REPLACED: usize = 3;

/// All that is known of the session, and how it is named.
pub(super) struct Subject {
    beginning: SessionStartRow,
    events: Vec<EventRow>,
    position: Option<(Moment, Millis, i64)>,
    conclusion: Option<(SessionOutcome, i64)>,
    /// What was answered, and what of it had been written before.
    answers: Option<(Answers, Answers)>,
    /// Nothing until it is written for the first time.
    key: Option<SessionKey>,
    /// Keeps others from taking it for one that was killed.
    lock: Option<Lock>,
}

impl Subject {
    /// A session that is not in the log yet.
    pub(super) fn new(beginning: SessionStartRow) -> Self {
        Subject {
            beginning,
            events: Vec::new(),
            position: None,
            conclusion: None,
            answers: None,
            key: None,
            lock: None,
        }
    }

    /// One that is.
    pub(super) fn taken_up(taken: ResumedSession) -> Self {
        let ResumedSession { key, lock, beginning, events, position } = taken;
        Subject { events, position, key: Some(key), lock: Some(lock), ..Subject::new(beginning) }
    }

    /// Whether it was in the log before.
    pub(super) fn is_known(&self) -> bool {
        self.key.is_some()
    }

    fn take_in(&mut self, entry: JournalEntry, written: &mut SavedState) {
        match entry {
            JournalEntry::Event(event, now) => self.events.push(EventRow::of(&event, now)),
            JournalEntry::Conclusion(conclusion, now) => {
                self.conclusion = Some((conclusion, now));
                written.conclusion = false;
            }
            JournalEntry::Answers(answers) => {
                let before = match self.answers.take() {
                    Some((given, _)) if written.answers => given,
                    Some((_, before)) => before,
                    None => Answers::default(),
                };
                self.answers = Some((answers, before));
                written.answers = false;
            }
        }
    }

    /// Whether nobody will take it up again.
    fn is_over(&self) -> bool {
        matches!(
            self.conclusion,
            Some((SessionOutcome::Logged(..) | SessionOutcome::Discarded | SessionOutcome::Dropped, _))
        )
    }

    /// What of it is in the database already, where that is this session and not only one of its name: two programs
    /// that went on with one at once have each gone their own way.
    fn compare(
        &self,
        connection: &Connection,
        session: SessionId,
        before: SavedState,
    ) -> rusqlite::Result<Option<SavedState>> {
        let there = events::rows(connection, session)?;
        if self.events.get(..there.len()) != Some(&there[..]) {
            return Ok(None);
        }
        let conclusion = session_rows::is_concluded(connection, session)?;
        if conclusion && self.conclusion.is_none() {
            return Ok(None);
        }
        let answers = before.answers && conclusion;
        Ok(Some(SavedState { events: there.len(), position: false, conclusion, answers }))
    }

    /// Writes what is not there yet.
    fn fill(
        &self,
        connection: &Connection,
        session: SessionId,
        written: SavedState,
    ) -> rusqlite::Result<SavedState> {
        if written.events < self.events.len() {
            session_rows::events_are_ours(connection, session)?;
        }
        for (number, event) in self.events.iter().enumerate().skip(written.events) {
            event.write(connection, session, number)?;
        }
        match &self.conclusion {
            Some((SessionOutcome::Logged(sequence, summary), now)) if !written.conclusion => {
                session_rows::logged(connection, session, (sequence, summary, *now))?;
            }
            Some((SessionOutcome::Discarded, now)) if !written.conclusion => {
                drop(edits::discard(connection, session, *now)?);
            }
            Some((SessionOutcome::Dropped, now)) if !written.conclusion => {
                session_rows::deleted(connection, session, *now)?;
            }
            // Left for later it stays as it is, and is offered at the next start.
            _ => {}
        }
        if let Some((given, before)) = self.answers.as_ref().filter(|_| !written.answers) {
            // They may have been changed from elsewhere meanwhile, or be in another log now, which knows none.
            let there = queries::entry_of(connection, session)?.map(|e| e.answers).unwrap_or_default();
            let mut now = there.clone();
            now.take_over(if there == Answers::default() { &there } else { before }, given);
            session_rows::answers(connection, session, &now)?;
        }
        if let Some(position) = self.position.filter(|_| !written.position) {
            session_rows::position(connection, session, position)?;
        }
        Ok(SavedState { events: self.events.len(), position: true, conclusion: true, answers: true })
    }
}

/// What of a session has reached the disk.
#[derive(Clone, Copy, Default)]
struct SavedState {
    /// How many of its events.
    events: usize,
    position: bool,
    conclusion: bool,
    answers: bool,
}

/// The log, open.
struct Open {
    connection: Connection,
    file: FileId,
    /// Whether it is known what of the session is in it.
    compared: bool,
}

/// Writes for one session.
pub(super) struct Writer<T> {
    store: Database,
    subject: Subject,
    written: SavedState,
    open: Option<Open>,
    tell: T,
    queue: Arc<JournalQueue>,
}

impl<T: FnMut(JournalNotice)> Writer<T> {
    /// For a session; `tell` hears when it cannot be written and when it can again.
    pub(super) fn new(store: Database, subject: Subject, tell: T, queue: Arc<JournalQueue>) -> Self {
        Writer { store, subject, written: SavedState::default(), open: None, tell, queue }
    }

    /// Nothing will ever be written.
    pub(super) fn give_up(mut self, why: LogError) {
        (self.tell)(JournalNotice::Waiting(why));
    }

    /// Until it is closed; then the database is closed too, and the session is free for others.
    pub(super) fn run(mut self) {
        let mut behind = false;
        while self.next(behind) {
            match self.write() {
                Ok(()) => {
                    behind = false;
                    self.wrote();
                }
                Err(trouble) => {
                    behind = true;
                    // Whatever was wrong, it is tried from the beginning.
                    self.leave();
                    if self.failed(trouble) {
                        return;
                    }
                    self.rest();
                }
            }
        }
    }

    /// Waits for something to write, unless there is something left, and takes it in. False where it is over.
    fn next(&mut self, behind: bool) -> bool {
        let content = self.queue.content();
        let idle =
            |c: &mut SessionContent| !behind && c.entries.is_empty() && c.position.is_none() && !c.closed;
        let waited = self.queue.changed.wait_while(content, idle);
        let mut content = waited.unwrap_or_else(PoisonError::into_inner);
        let (entries, position) = (std::mem::take(&mut content.entries), content.position.take());
        drop(content);
        let any = behind || !entries.is_empty() || position.is_some();
        for entry in entries {
            self.subject.take_in(entry, &mut self.written);
        }
        if position.is_some() {
            self.subject.position = position;
            self.written.position = false;
        }
        any
    }

    fn wrote(&mut self) {
        let mut content = self.queue.content();
        content.known = true;
        content.unwritten = !content.entries.is_empty() || content.position.is_some();
        let recovered = !content.unwritten && content.trouble.take().is_some();
        self.queue.changed.notify_all();
        drop(content);
        if recovered {
            (self.tell)(JournalNotice::Written);
        }
    }

    /// True where nobody waits any more.
    fn failed(&mut self, trouble: LogError) -> bool {
        let mut content = self.queue.content();
        let is_news = content.trouble.as_ref() != Some(&trouble);
        content.trouble = Some(trouble.clone());
        let closed = content.closed;
        drop(content);
        if is_news {
            (self.tell)(JournalNotice::Waiting(trouble));
        }
        closed
    }

    /// Waits a while before it is tried again, unless somebody is in a hurry.
    fn rest(&self) {
        let content = self.queue.content();
        let calm = |c: &mut SessionContent| !c.hurry && !c.closed;
        let waited = self.queue.changed.wait_timeout_while(content, AGAIN, calm);
        waited.unwrap_or_else(PoisonError::into_inner).0.hurry = false;
    }

    /// Writes what is not in the log yet, and sees that the log was still there then.
    fn write(&mut self) -> Result<(), LogError> {
        for _ in 0..REPLACED {
            if !self.is_in_place() {
                self.leave();
            }
            let mut open = match self.open.take() {
                Some(open) => open,
                None => {
                    let (connection, file) = self.store.open_file()?;
                    Open { connection, file, compared: false }
                }
            };
            let done = self.transact(&mut open);
            self.open = Some(open);
            let Some(written) = done? else { continue };
            self.written = written;
            if self.is_in_place() {
                return Ok(());
            }
        }
        Err(LogError::new(
            format!("{} is replaced again and again while it is written to", self.store.shown()),
            "see that no other program moves it about",
        ))
    }

    /// Whether what is open is still the log.
    fn is_in_place(&self) -> bool {
        self.open.as_ref().is_none_or(|open| self.store.is_still(open.file))
    }

    /// Closes the database.
    fn leave(&mut self) {
        let Some(open) = self.open.take() else { return };
        if !self.store.is_still(open.file) {
            self.queue.content().known = false;
            // What stands beside the log's place belongs to the file that was moved away. It is moved into that one
            // as far as that is possible, lest whatever database comes into its place be mixed up with it.
            let _ = open.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    /// Holds the session, and writes all of it in one transaction. Nothing where its key is no longer its own: somebody
    /// else goes on with what was written under it. Then it is to be written once more, under another.
    fn transact(&mut self, open: &mut Open) -> Result<Option<SavedState>, LogError> {
        let told = |e: rusqlite::Error| self.store.trouble(&e);
        let key = match self.subject.key {
            Some(key) => key,
            None => SessionKey::random(&open.connection).map_err(told)?,
        };
        let subject = &mut self.subject;
        subject.key = Some(key);
        subject.lock.take_if(|lock| !open.compared && !lock.is_in_place());
        // Before anybody else can see it: nobody may take it for one that was killed.
        if subject.lock.is_none() && !subject.is_over() {
            subject.lock = Lock::take(self.store.path(), key);
            if subject.lock.is_none() {
                return Ok(self.rename(open));
            }
        }
        match self.fill(open, key) {
            Ok(Some(written)) => {
                open.compared = true;
                if self.subject.is_over()
                    && let Some(lock) = self.subject.lock.take()
                {
                    lock.remove();
                }
                Ok(Some(written))
            }
            Ok(None) | Err(rusqlite::Error::StatementChangedRows(_)) => Ok(self.rename(open)),
            Err(e) => Err(told(e)),
        }
    }

    fn rename(&mut self, open: &mut Open) -> Option<SavedState> {
        (self.subject.key, self.subject.lock, open.compared) = (None, None, false);
        None
    }

    fn fill(&self, open: &mut Open, key: SessionKey) -> rusqlite::Result<Option<SavedState>> {
        let transaction = open.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (session, before) = match session_rows::session(&transaction, key)? {
            None => {
                (session_rows::begin_as(&transaction, key, &self.subject.beginning)?, SavedState::default())
            }
            Some(session) if open.compared => (session, self.written),
            Some(session) => match self.subject.compare(&transaction, session, self.written)? {
                Some(written) => (session, written),
                None => return Ok(None),
            },
        };
        let written = self.subject.fill(&transaction, session, before)?;
        transaction.commit()?;
        Ok(Some(written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::journal::tests::beginning;
    use crate::session::{Command, Session};

    #[test]
    fn what_reached_the_disk_although_that_was_denied_is_not_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        let store = Database::at(folder.path().join("log.db"));
        let mut session = Session::new(Arc::clone(&beginning().sequence));
        let subject = Subject::new(beginning());
        let mut writer = Writer::new(store.clone(), subject, |_| {}, Arc::default());
        let steps = [Some(Command::Start), Some(Command::Pause), Some(Command::Resume), None];
        for (second, step) in (0..).zip(steps) {
            for event in step.map(|c| session.apply(c, Moment::new(second * 1000))).unwrap_or_default() {
                writer.subject.take_in(JournalEntry::Event(event, 0), &mut writer.written);
            }
            if step.is_none() {
                writer
                    .subject
                    .take_in(JournalEntry::Conclusion(SessionOutcome::Discarded, 0), &mut writer.written);
            }
            // The disk fails after the last byte: what was written is there, and nobody knows.
            let before = writer.written;
            writer.write().unwrap();
            writer.written = before;
            writer.leave();
        }
        writer.write().unwrap();
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            store.open().unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        // Started, its first step, paused, resumed; thrown away once.
        assert_eq!((count("session"), count("event"), count("change")), (1, 4, 1));
    }
}
