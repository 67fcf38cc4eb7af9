//! Sessions that come from the files of other programs.

use super::improvements::{self, DetailedFile};
use super::session_rows::{self, SessionKey, SessionStartRow};
use super::{SessionId, SessionSettings, imported_run};
use crate::diagnostic::SourceText;
use crate::formats::activity_reader::{ActivitySource, ActivitySpan, ImportedActivity, ImportedSport};
use crate::session::answers::Answers;
use crate::units::Rehearsal;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::sync::Arc;

/// The column `change.before` of a session that was imported: there was nothing before.
pub const BEFORE_IMPORT: &str = "\"import\"";

/// An activity that is to come in.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedSession {
    /// The name of its file.
    pub file: String,
    /// The activity, with the offset of its local time.
    pub activity: ImportedActivity,
}

/// A session of the log, and an activity that has more detail of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImprovedSession {
    /// The session.
    pub id: SessionId,
    /// The activity with its file.
    pub detail: ImportedSession,
}

/// A session that is in the log, or was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownSession {
    /// The number.
    pub id: SessionId,
    /// True if it was deleted.
    pub is_deleted: bool,
    by_hand: bool,
    /// The local date.
    on: NaiveDate,
    active_ms: i64,
    key: SessionKey,
    span: ActivitySpan,
    /// The format of the file that it came from. `None` if it was run or added here.
    format: Option<ActivitySource>,
}

impl KnownSession {
    /// True if the file of an activity has more detail than the one that the session came from.
    pub fn may_gain_from(&self, activity: &ImportedActivity) -> bool {
        /// The share of the time by which a file may be shorter. A shorter one was cut off.
        const SLACK: f64 = 1.1;
        let length = (self.span.to_ms - self.span.from_ms) as f64;
        let is_whole = activity.elapsed.as_secs_f64() * 1000.0 * SLACK >= length;
        !self.is_deleted && is_whole && self.format.is_some_and(|known| activity.format < known)
    }
}

/// The sessions that a file may hold once more.
#[derive(Debug, Default)]
pub struct KnownSessions(Vec<KnownSession>);

impl KnownSessions {
    /// Reads the sessions, deleted ones among them. Rehearsals are none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn read(connection: &Connection) -> rusqlite::Result<KnownSessions> {
        // A session that pacebell timed begins with its count-in; activities begin behind it.
        let sql = "SELECT id, key, deleted_at_ms IS NOT NULL AS is_deleted, by_hand, started_at_ms, utc_offset_s,
                       coalesce(active_ms, 0) AS active_ms, imported_from,
                       started_at_ms + coalesce(
                           (SELECT at_ms FROM event WHERE event.session = session.id AND what = '\"started\"' LIMIT 1), 0
                       ) AS from_ms,
                       max(coalesce(elapsed_ms, 0), coalesce(active_ms, 0),
                           coalesce((SELECT max(at_ms) FROM event WHERE event.session = session.id), 0)) AS length_ms
                   FROM session
                   WHERE logged_at_ms IS NOT NULL AND speed = 1 AND (deleted_at_ms IS NULL OR by_hand = 0)";
        let read = |row: &Row<'_>| {
            let from_ms: i64 = row.get("from_ms")?;
            Ok(KnownSession {
                id: row.get("id")?,
                is_deleted: row.get("is_deleted")?,
                by_hand: row.get("by_hand")?,
                on: session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?)
                    .date_naive(),
                active_ms: row.get("active_ms")?,
                key: SessionKey::read(row, "key")?,
                format: {
                    let word = session_rows::lossy_text(row, "imported_from")?;
                    ActivitySource::ALL.into_iter().find(|format| format.word() == word)
                },
                span: ActivitySpan { from_ms, to_ms: from_ms.saturating_add(row.get("length_ms")?) },
            })
        };
        let mut statement = connection.prepare(sql)?;
        let sessions = statement.query_map([], read)?;
        Ok(KnownSessions(sessions.collect::<Result<_, _>>()?))
    }

    /// Returns a session that was added by hand and may be the same run: it is of the same day and about as long. Nobody adds
    /// a run with the time to the second.
    pub fn find_by_hand(&self, activity: &ImportedActivity) -> Option<SessionId> {
        /// The share of the time, and the time, by which what the runner remembers may miss it.
        const SLACK: f64 = 0.05;
        const SLACK_MS: f64 = 90_000.0;
        let started = activity.started.naive_utc();
        let on = activity.offset.map_or(started, |offset| started + offset).date();
        let active = activity.active.as_secs_f64() * 1000.0;
        let may_be = |known: &&KnownSession| {
            let difference = (known.active_ms as f64 - active).abs();
            known.by_hand && known.on == on && difference <= SLACK_MS.max(active * SLACK)
        };
        self.0.iter().find(may_be).map(|known| known.id)
    }

    /// Returns the session that an activity is, if it is known. One that is in the log goes before a deleted one.
    pub fn find(&self, activity: &ImportedActivity) -> Option<&KnownSession> {
        let (key, span) = (key(activity), activity.span());
        let is_certain = matches!(activity.sport, ImportedSport::Other(_));
        let is_same = |known: &&KnownSession| {
            known.key == key
                || if is_certain { known.span.begins_with(span) } else { known.span.is_same(span) }
        };
        self.0.iter().filter(is_same).min_by_key(|known| known.is_deleted)
    }
}

/// An import, which can be undone as one change.
#[derive(Debug, Default)]
pub struct ImportStep {
    /// The number of the change, once something came in.
    number: Option<i64>,
}

impl ImportStep {
    /// Adds sessions in one transaction at `now`, in milliseconds since 1970, and returns how many came in. One that is there
    /// already, because another program was faster, does not come in again.
    ///
    /// # Errors
    /// If the database refuses. Then none of them is in the log.
    pub fn add(
        &mut self,
        connection: &mut Connection,
        sessions: &[ImportedSession],
        now: i64,
    ) -> rusqlite::Result<usize> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let number = self.number_in(&transaction)?;
        let mut added = 0;
        for session in sessions {
            let key = key(&session.activity);
            if session_rows::find_session(&transaction, key)?.is_some() {
                continue;
            }
            let id = insert(&transaction, key, session, now)?;
            let sql = "INSERT INTO change (session, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
            transaction.prepare_cached(sql)?.execute(params![id, now, BEFORE_IMPORT, number])?;
            added += 1;
        }
        transaction.commit()?;
        if added > 0 {
            self.number = Some(number);
        }
        Ok(added)
    }

    /// Gives sessions the laps, the distances and the heart rates of files with more detail, in one transaction at `now`, in
    /// milliseconds since 1970. Returns the number of sessions that changed.
    ///
    /// # Errors
    /// If the database refuses. Then none of them has changed.
    pub fn improve(
        &mut self,
        connection: &mut Connection,
        sessions: &[ImprovedSession],
        now: i64,
    ) -> rusqlite::Result<usize> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let number = self.number_in(&transaction)?;
        let mut improved = 0;
        for ImprovedSession { id, detail } in sessions {
            let detailed = DetailedFile { id: *id, file: &detail.file, activity: &detail.activity };
            improved += usize::from(improvements::improve(&transaction, detailed, number, now)?);
        }
        transaction.commit()?;
        if improved > 0 {
            self.number = Some(number);
        }
        Ok(improved)
    }

    /// Returns the number of the change.
    fn number_in(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let latest = "SELECT coalesce(max(merge), 0) + 1 FROM change";
        self.number.map_or_else(|| connection.query_row(latest, [], |row| row.get(0)), Ok)
    }
}

/// Returns the key of an activity, which is the same on every machine that imports it: its start in seconds.
fn key(activity: &ImportedActivity) -> SessionKey {
    let mut bytes = *b"imported\0\0\0\0\0\0\0\0";
    bytes[8..].copy_from_slice(&activity.started.timestamp().to_be_bytes());
    SessionKey::of_bytes(bytes)
}

fn insert(
    connection: &Connection,
    key: SessionKey,
    session: &ImportedSession,
    now: i64,
) -> rusqlite::Result<SessionId> {
    let activity = &session.activity;
    let sequence = Arc::new(imported_run::sequence(activity));
    let start = SessionStartRow {
        sequence: Arc::clone(&sequence),
        settings: SessionSettings::default(),
        source: SourceText::new(session.file.clone(), ""),
        started: match activity.offset {
            Some(offset) => activity.started.with_timezone(&offset),
            None => activity.started.fixed_offset(),
        },
        rehearsal: Rehearsal::REAL_TIME,
        item: None,
    };
    let id = session_rows::insert_with_key(connection, key, &start)?;
    imported_run::write(connection, id, &sequence, activity, now)?;
    let answers = Answers {
        rpe: activity.rpe,
        breath: None,
        feel: activity.feel,
        note: activity.note.clone(),
        own: Vec::new(),
    };
    session_rows::write_answers(connection, id, &answers)?;
    Ok(id)
}
