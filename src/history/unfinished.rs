//! Unfinished sessions that no program runs: killed, crashed, or left for later.

use super::events::{self, EventRow};
use super::journal_entry::SessionProgress;
use super::samples::{self, StoredMinutes};
use super::session_item::SessionItem;
use super::session_rows::{self, SessionKey, SessionSettings, SessionStartRow, lossy_text};
use super::{Database, LogError, ResumedSession, SessionId, SessionLock, locks};
use crate::diagnostic::SourceText;
use crate::session::{EVENTS_VERSION, Record, Session};
use crate::text::clean;
use crate::units::{Millis, Moment, Rehearsal};
use crate::workout::sequence::{SEQUENCE_VERSION, Sequence};
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Row};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A session that can be resumed. It is locked while this value lives, so that nobody else is offered it.
#[derive(Debug)]
pub struct UnfinishedSession {
    /// The session, replayed from its events.
    pub session: Session,
    /// The treadmill and the athlete of that day.
    pub settings: SessionSettings,
    /// The rate of the session's clock.
    pub rehearsal: Rehearsal,
    /// The start, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// The last moment at which the session is known to have run, on its own clock.
    pub last_seen: Moment,
    /// The wall clock's time at that moment, in milliseconds since 1970.
    pub last_seen_ms: i64,
    /// The workout's text and the name of its file.
    pub source: SourceText,
    id: SessionId,
    key: SessionKey,
    lock: SessionLock,
    events: Vec<EventRow>,
    progress: Option<SessionProgress>,
    samples: StoredMinutes,
    item: Option<SessionItem>,
}

impl UnfinishedSession {
    /// The session's number in the log.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// True if all steps are done, so that nothing is left to resume. A rehearsal may be repeated, and is never complete.
    pub fn is_complete(&self) -> bool {
        self.session.has_begun() && self.session.current().is_none() && self.rehearsal.is_real_time()
    }

    /// The time since the session last ran, at `now` in milliseconds since 1970. Zero if the clock was put back.
    pub fn away(&self, now: i64) -> Millis {
        Millis::new(u64::try_from(now.saturating_sub(self.last_seen_ms)).unwrap_or(0))
    }

    /// Converts it for [`Journal::resume`](super::Journal::resume).
    pub fn into_resumed(self) -> ResumedSession {
        let from = self.session.position(self.last_seen).elapsed;
        ResumedSession {
            key: self.key,
            lock: self.lock,
            start: SessionStartRow {
                sequence: Arc::new(self.session.planned_sequence().clone()),
                settings: self.settings,
                source: self.source,
                started: self.started,
                rehearsal: self.rehearsal,
                item: self.item,
            },
            events: self.events,
            progress: self.progress,
            samples: self.samples,
            from,
        }
    }
}

/// The result of [`find`].
#[derive(Debug, Default)]
pub struct UnfinishedSearch {
    /// The latest session that can be resumed.
    pub latest: Option<UnfinishedSession>,
    /// The number of other sessions that can be resumed.
    pub more: usize,
    /// The sessions whose steps are all done. They were cut off just before they were logged.
    pub complete: Vec<UnfinishedSession>,
    /// An error for each session that cannot be read. The rest of the log is not affected.
    pub unreadable: Vec<LogError>,
}

/// Finds the unfinished sessions that no program runs.
///
/// # Errors
/// If there is a log that cannot be read.
pub fn find(database: &Database) -> Result<UnfinishedSearch, LogError> {
    let Some(connection) = database.open_existing()? else {
        return Ok(UnfinishedSearch::default());
    };
    find_in(&connection, database).map_err(|e| database.explain(&e))
}

fn find_in(connection: &Connection, database: &Database) -> rusqlite::Result<UnfinishedSearch> {
    let mut found = UnfinishedSearch::default();
    let mut keys = Vec::new();
    for id in candidates(connection)? {
        let Some(key) = session_rows::readable_key(connection, id)? else {
            found.unreadable.push(damaged(id, ""));
            continue;
        };
        keys.push(key);
        // No lock: it runs in another terminal.
        let Some(lock) = take_lock(database, key) else { continue };
        // Another program may have concluded it before it was locked here.
        if session_rows::is_concluded(connection, id)? {
            lock.remove();
            continue;
        }
        match session_rows::or_unreadable(read(connection, id, key, lock))? {
            Some(Ok(unfinished)) if unfinished.is_complete() => found.complete.push(unfinished),
            _ if found.latest.is_some() => found.more += 1,
            Some(Ok(unfinished)) => found.latest = Some(unfinished),
            Some(Err(error)) => found.unreadable.push(error),
            None => found.unreadable.push(damaged(id, "")),
        }
    }
    locks::sweep(database.path(), &keys);
    Ok(found)
}

/// Locks a session. Another program that starts at the same moment may hold the lock while it looks at the session, so
/// this tries again for a moment.
fn take_lock(database: &Database, key: SessionKey) -> Option<SessionLock> {
    const ATTEMPTS: usize = 3;
    const PAUSE: Duration = Duration::from_millis(5);
    for _ in 1..ATTEMPTS {
        if let Some(lock) = SessionLock::take(database.path(), key) {
            return Some(lock);
        }
        thread::sleep(PAUSE);
    }
    SessionLock::take(database.path(), key)
}

fn candidates(connection: &Connection) -> rusqlite::Result<Vec<SessionId>> {
    // A session that was killed in the count-in before its first step has nothing to resume.
    let query = r#"SELECT id FROM session WHERE logged_at_ms IS NULL AND deleted_at_ms IS NULL AND (
                     NOT EXISTS (SELECT 1 FROM event WHERE event.session = session.id)
                     OR EXISTS (SELECT 1 FROM event WHERE event.session = session.id
                                AND what NOT LIKE '{"counting_in"%' AND what <> '"stopped"'))
                   ORDER BY started_at_ms DESC, id DESC"#;
    connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
}

fn damaged(id: SessionId, name: &str) -> LogError {
    LogError::new(
        format!("session {id} of the log{} is damaged and cannot be resumed", in_brackets(name)),
        format!(
            "look for it in a copy made with `pacebell log backup`, or remove it with `pacebell log delete {id}`; \
             all other sessions are fine"
        ),
    )
}

fn too_new(id: SessionId, name: &str) -> LogError {
    LogError::new(
        format!("session {id} of the log{} was written by a newer pacebell", in_brackets(name)),
        format!("update pacebell to resume it, or remove it with `pacebell log delete {id}`"),
    )
}

fn in_brackets(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" ({})", clean(name)) }
}

/// One row of `session` with its `plan`.
struct PlanRow {
    name: String,
    started: DateTime<FixedOffset>,
    speed: f64,
    sequence: String,
    settings: String,
    events_version: i64,
    source: SourceText,
}

impl PlanRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<PlanRow> {
        Ok(PlanRow {
            name: lossy_text(row, "name")?,
            started: session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?),
            speed: row.get("speed")?,
            sequence: lossy_text(row, "sequence")?,
            settings: lossy_text(row, "settings")?,
            events_version: row.get("events_version")?,
            source: SourceText::new(lossy_text(row, "source_name")?, lossy_text(row, "source")?),
        })
    }

    /// True if a newer pacebell wrote it in a form of its own.
    fn is_newer(&self) -> bool {
        let sequence: serde_json::Value = serde_json::from_str(&self.sequence).unwrap_or_default();
        let version = sequence.get("version").and_then(serde_json::Value::as_u64);
        self.events_version > i64::from(EVENTS_VERSION)
            || version.is_some_and(|version| version > u64::from(SEQUENCE_VERSION))
    }
}

/// Reads one session and replays it.
fn read(
    connection: &Connection,
    id: SessionId,
    key: SessionKey,
    lock: SessionLock,
) -> rusqlite::Result<Result<UnfinishedSession, LogError>> {
    let query = "SELECT * FROM session JOIN plan ON plan.session = session.id WHERE id = ?";
    let Some(plan) = connection.query_row(query, [id], PlanRow::read).optional()? else {
        return Ok(Err(damaged(id, "")));
    };
    let Some(rehearsal) = Rehearsal::checked(plan.speed) else {
        return Ok(Err(damaged(id, &plan.name)));
    };
    let rows = events::rows(connection, id)?;
    let Some((mut session, settings)) = replay(&plan, &rows) else {
        return Ok(Err(if plan.is_newer() { too_new(id, &plan.name) } else { damaged(id, &plan.name) }));
    };
    // The lock file may know of a later moment than the database.
    let progress = progress(connection, id)?.into_iter().chain(lock.noted()).max_by_key(|known| known.at);
    let start = (session.latest(), session_rows::since_1970(plan.started));
    let (last_seen, last_seen_ms) = last_seen(&rows, progress).unwrap_or(start);
    session.advance(last_seen);
    Ok(Ok(UnfinishedSession {
        last_seen: last_seen.max(session.latest()),
        session,
        settings,
        rehearsal,
        started: plan.started,
        last_seen_ms,
        source: plan.source,
        id,
        key,
        lock,
        events: rows,
        progress,
        samples: samples::minutes(connection, id)?,
        item: session_rows::read_item(connection, id)?,
    }))
}

/// Replays a session from its plan and events. `None` if this program cannot read them.
fn replay(plan: &PlanRow, rows: &[EventRow]) -> Option<(Session, SessionSettings)> {
    let sequence: Sequence = serde_json::from_str(&plan.sequence).ok()?;
    let settings = serde_json::from_str(&plan.settings).ok()?;
    if sequence.steps.is_empty() {
        return None;
    }
    let version = u32::try_from(plan.events_version).ok()?;
    let record = Record { version, events: events::events(rows)? };
    let session = Session::replay(Arc::new(sequence), &record).ok()?;
    Some((session, settings))
}

fn progress(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionProgress>> {
    let sql = "SELECT at_ms, elapsed_ms, seen_at_ms FROM position WHERE session = ?";
    let unsigned = |stored: i64| u64::try_from(stored).unwrap_or(0);
    let read = |row: &Row<'_>| {
        Ok(SessionProgress {
            at: Moment::new(unsigned(row.get(0)?)),
            elapsed: Millis::new(unsigned(row.get(1)?)),
            seen_ms: row.get(2)?,
        })
    };
    connection.query_row(sql, [id], read).optional()
}

/// The last moment known on the session's clock, and the wall clock's time then. The wall clock may have shown a later
/// time before, if it was put back.
fn last_seen(rows: &[EventRow], progress: Option<SessionProgress>) -> Option<(Moment, i64)> {
    let events = rows.iter().filter_map(|row| Some((row.at()?, row.happened_at_ms())));
    let progress = progress.map(|progress| (progress.at, progress.seen_ms));
    events.chain(progress).max_by_key(|(at, _)| *at)
}
