//! A running session as the journal keeps it in memory, and how it is written to the database.
//!
//! Everything about a session stays in memory while it runs. If the log is moved, deleted or replaced by an older
//! copy meanwhile, the session is found there by its key or written again.

use super::events::{self, EventRow};
use super::journal_entry::{JournalEntry, SessionOutcome, SessionProgress};
use super::samples::{self, StoredMinutes};
use super::session_rows::{self, SessionKey, SessionStartRow};
use super::{Database, SessionId, SessionLock, edits, queries};
use crate::session::answers::Answers;
use crate::units::{Millis, Moment};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

/// An earlier session, about to be resumed.
#[derive(Debug)]
pub struct ResumedSession {
    pub(super) key: SessionKey,
    pub(super) lock: SessionLock,
    pub(super) start: SessionStartRow,
    pub(super) events: Vec<EventRow>,
    pub(super) progress: Option<SessionProgress>,
    pub(super) samples: StoredMinutes,
    /// The active time at which the session goes on.
    pub(super) from: Millis,
}

/// Everything about a session, and the parts of it that are in the database.
pub(super) struct JournaledSession {
    start: SessionStartRow,
    events: Vec<EventRow>,
    progress: Option<SessionProgress>,
    outcome: Option<(SessionOutcome, i64)>,
    answers: Option<GivenAnswers>,
    samples: StoredMinutes,
    /// The samples of an earlier part of the session. The minute in which it was resumed begins with them.
    earlier_samples: StoredMinutes,
    /// The minutes whose samples have changed since they were saved.
    changed_minutes: BTreeSet<u32>,
    /// The key in the database. `None` until the first attempt to write, or after another program took the key over.
    key: Option<SessionKey>,
    /// Keeps others from taking the session for one that was killed.
    lock: Option<SessionLock>,
    saved: SavedState,
    /// The latest position in the database.
    saved_at: Option<Moment>,
}

/// The runner's answers, and those that had been saved before.
struct GivenAnswers {
    now: Answers,
    before: Answers,
}

/// The session time between two positions in the database. Those between are noted in the lock file.
const SAVED_INTERVAL: Millis = Millis::from_secs(3);

/// The parts of a session that are in the database.
#[derive(Clone, Copy, Default)]
pub(super) struct SavedState {
    /// The number of events.
    events: usize,
    progress: bool,
    outcome: bool,
    answers: bool,
    /// True if all samples are there but those of the minutes that have changed.
    samples: bool,
}

impl JournaledSession {
    /// A session that is not in the log yet.
    pub(super) fn new(start: SessionStartRow) -> Self {
        JournaledSession {
            start,
            events: Vec::new(),
            progress: None,
            outcome: None,
            answers: None,
            samples: StoredMinutes::new(),
            earlier_samples: StoredMinutes::new(),
            changed_minutes: BTreeSet::new(),
            key: None,
            lock: None,
            saved: SavedState::default(),
            saved_at: None,
        }
    }

    /// A session that is in the log.
    pub(super) fn resumed(resumed: ResumedSession) -> Self {
        let ResumedSession { key, lock, start, events, progress, samples, from } = resumed;
        // Samples are saved more often than the position. Those after it are measured again.
        let kept = samples::before(&samples, from);
        let is_cut = |(minute, data): &(&u32, &Vec<u8>)| kept.get(*minute) != Some(*data);
        JournaledSession {
            events,
            progress,
            changed_minutes: samples.iter().filter(is_cut).map(|(minute, _)| *minute).collect(),
            samples: kept.clone(),
            earlier_samples: kept,
            key: Some(key),
            lock: Some(lock),
            ..JournaledSession::new(start)
        }
    }

    /// True if the session has a key in the log.
    pub(super) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// Adds an entry, to be saved.
    pub(super) fn add(&mut self, entry: JournalEntry) {
        match entry {
            JournalEntry::Event(event, now) => self.events.push(EventRow::of(&event, now)),
            JournalEntry::Outcome(outcome, now) => {
                self.outcome = Some((outcome, now));
                self.saved.outcome = false;
            }
            JournalEntry::Answers(now) => {
                let before = match self.answers.take() {
                    Some(given) if self.saved.answers => given.now,
                    Some(given) => given.before,
                    None => Answers::default(),
                };
                self.answers = Some(GivenAnswers { now, before });
                self.saved.answers = false;
            }
        }
    }

    /// Replaces the progress, to be saved.
    pub(super) fn set_progress(&mut self, progress: SessionProgress) {
        self.progress = Some(progress);
        self.saved.progress = false;
    }

    /// Replaces the samples of a minute, to be saved.
    pub(super) fn set_samples(&mut self, minute: u32, data: Vec<u8>) {
        let earlier = self.earlier_samples.get(&minute).cloned().unwrap_or_default();
        self.samples.insert(minute, [earlier, data].concat());
        self.changed_minutes.insert(minute);
    }

    /// Notes the progress in the lock file, if nothing else has to be saved and the position in the database is recent.
    /// Returns false if the session has to be saved.
    pub(super) fn note_progress(&self) -> bool {
        let is_saved = self.saved.events == self.events.len()
            && self.changed_minutes.is_empty()
            && (self.outcome.is_none() || self.saved.outcome)
            && (self.answers.is_none() || self.saved.answers);
        let (Some(progress), Some(saved_at), Some(lock)) = (self.progress, self.saved_at, &self.lock) else {
            return false;
        };
        is_saved && progress.at.since(saved_at) < SAVED_INTERVAL && lock.note(progress)
    }

    /// Locks the session if necessary, and saves all of it in one transaction. `is_compared` tells that the saved
    /// state describes this database.
    ///
    /// Returns false if another program has resumed the session under its key. The session then has no key, and must
    /// be saved again under a new one.
    pub(super) fn save(
        &mut self,
        database: &Database,
        connection: &mut Connection,
        is_compared: bool,
    ) -> rusqlite::Result<bool> {
        let key = match self.key {
            Some(key) => key,
            None => SessionKey::random(connection)?,
        };
        self.key = Some(key);
        self.lock.take_if(|lock| !is_compared && !lock.is_in_place());
        // Locked before anybody else can see it, so that nobody takes it for a session that was killed.
        if self.lock.is_none() && !self.is_over() {
            self.lock = SessionLock::take(database.path(), key);
            if self.lock.is_none() {
                self.forget_key();
                return Ok(false);
            }
        }
        match self.save_as(connection, key, is_compared) {
            Ok(Some(saved)) => {
                self.saved = saved;
                self.changed_minutes.clear();
                self.saved_at = self.progress.map(|progress| progress.at).or(self.saved_at);
                if self.is_over()
                    && let Some(lock) = self.lock.take()
                {
                    lock.remove();
                }
                Ok(true)
            }
            Ok(None) | Err(rusqlite::Error::StatementChangedRows(_)) => {
                self.forget_key();
                Ok(false)
            }
            Err(e) => Err(e),
        }
    }

    fn forget_key(&mut self) {
        (self.key, self.lock) = (None, None);
    }

    fn is_over(&self) -> bool {
        self.outcome.as_ref().is_some_and(|(outcome, _)| outcome.is_final())
    }

    fn save_as(
        &self,
        connection: &mut Connection,
        key: SessionKey,
        is_compared: bool,
    ) -> rusqlite::Result<Option<SavedState>> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (session, before) = match session_rows::find_session(&transaction, key)? {
            None => (session_rows::insert_with_key(&transaction, key, &self.start)?, SavedState::default()),
            Some(session) if is_compared => (session, self.saved),
            Some(session) => match self.compare(&transaction, session)? {
                Some(saved) => (session, saved),
                None => return Ok(None),
            },
        };
        let saved = self.write_missing(&transaction, session, before)?;
        transaction.commit()?;
        Ok(Some(saved))
    }

    /// Compares the session with its rows in the database. `None` if they have diverged: two programs that resumed
    /// one session at once each went their own way.
    fn compare(&self, connection: &Connection, session: SessionId) -> rusqlite::Result<Option<SavedState>> {
        let rows = events::rows(connection, session)?;
        if self.events.get(..rows.len()) != Some(&rows[..]) {
            return Ok(None);
        }
        let is_concluded = session_rows::is_concluded(connection, session)?;
        if is_concluded && self.outcome.is_none() {
            return Ok(None);
        }
        let answers = self.saved.answers && is_concluded;
        let state = SavedState {
            events: rows.len(),
            progress: false,
            outcome: is_concluded,
            answers,
            samples: false,
        };
        Ok(Some(state))
    }

    /// Writes what is missing in the database.
    fn write_missing(
        &self,
        connection: &Connection,
        session: SessionId,
        saved: SavedState,
    ) -> rusqlite::Result<SavedState> {
        if saved.events < self.events.len() {
            session_rows::raise_events_version(connection, session)?;
        }
        for (number, event) in self.events.iter().enumerate().skip(saved.events) {
            event.write(connection, session, number)?;
        }
        let is_changed = |minute: &u32| !saved.samples || self.changed_minutes.contains(minute);
        let changed = self.samples.iter().filter(|(minute, _)| is_changed(minute));
        samples::write(connection, session, changed)?;
        match &self.outcome {
            Some((SessionOutcome::Logged(sequence, summary), now)) if !saved.outcome => {
                session_rows::write_summary(connection, session, sequence, summary, *now)?;
                samples::write_heart(connection, session)?;
            }
            Some((SessionOutcome::Discarded, now)) if !saved.outcome => {
                drop(edits::discard(connection, session, *now)?);
            }
            Some((SessionOutcome::Dropped, now)) if !saved.outcome => {
                session_rows::mark_deleted(connection, session, *now)?;
            }
            // A session that is left for later stays unfinished; the next start offers it.
            _ => {}
        }
        if let Some(given) = self.answers.as_ref().filter(|_| !saved.answers) {
            // Another program may have changed the answers meanwhile, or this may be another log that has none.
            let rows = queries::entry_of(connection, session)?.map(|e| e.answers).unwrap_or_default();
            let mut merged = rows.clone();
            let before = if rows == Answers::default() { &rows } else { &given.before };
            merged.apply_changes(before, &given.now);
            session_rows::write_answers(connection, session, &merged)?;
            if let Some((_, now)) = &self.outcome {
                session_rows::mark_changed(connection, session, *now)?;
            }
        }
        if let Some(progress) = self.progress.filter(|_| !saved.progress) {
            session_rows::write_progress(connection, session, progress)?;
        }
        Ok(SavedState {
            events: self.events.len(),
            progress: true,
            outcome: true,
            answers: true,
            samples: true,
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::history::SessionSettings;
    use crate::session::{Command, Session};
    use crate::units::{Moment, Rehearsal};
    use crate::workout::{Options, SourceText, compile_notation};
    use std::sync::Arc;

    pub fn start() -> SessionStartRow {
        let source = SourceText::new("notation", "45min easy");
        SessionStartRow {
            sequence: Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence),
            settings: SessionSettings::default(),
            source,
            started: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            rehearsal: Rehearsal::REAL_TIME,
            item: None,
        }
    }

    #[test]
    fn does_not_write_twice_after_a_save_that_wrongly_reported_failure() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::at(folder.path().join("log.db"));
        let mut session = Session::new(Arc::clone(&start().sequence));
        let mut journaled = JournaledSession::new(start());
        let steps = [Some(Command::Start), Some(Command::Pause), Some(Command::Resume), None];
        for (second, step) in (0..).zip(steps) {
            for event in step.map(|c| session.apply(c, Moment::new(second * 1000))).unwrap_or_default() {
                journaled.add(JournalEntry::Event(event, 0));
            }
            if step.is_none() {
                journaled.add(JournalEntry::Outcome(SessionOutcome::Discarded, 0));
            }
            // The disk fails after the last byte: everything is written, and the program does not know.
            let before = journaled.saved;
            assert!(journaled.save(&database, &mut database.open().unwrap(), false).unwrap());
            journaled.saved = before;
        }
        assert!(journaled.save(&database, &mut database.open().unwrap(), false).unwrap());
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            database.open().unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        // Started, its first step, paused, resumed; thrown away once.
        assert_eq!((count("session"), count("event"), count("change")), (1, 4, 1));
    }
}
