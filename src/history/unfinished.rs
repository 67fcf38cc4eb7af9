//! Sessions that are not over and that nobody runs: killed, crashed, or left to be gone on with.

use super::events::{self, EventRow};
use super::session_rows;
use super::session_rows::{SessionKey, SessionSettings, SessionStartRow, text};
use super::{Database, Lock, LogError, ResumedSession, SessionId};
use crate::session::{EVENTS_VERSION, Record, Session};
use crate::text::clean;
use crate::units::{Millis, Moment};
use crate::workout::sequence::{SEQUENCE_VERSION, Sequence};
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many times as fast a session may be rehearsed.
const SPEEDS: RangeInclusive<f64> = 1.0..=1000.0;

/// A session that can be taken up again, held for as long as this lives: nobody else is offered it meanwhile.
#[derive(Debug)]
pub struct UnfinishedSession {
    /// As far as it went, replayed from its events.
    pub session: Session,
    /// What it was run with.
    pub settings: SessionSettings,
    /// How many times as fast it was rehearsed; 1 where it was run.
    pub speed: f64,
    /// When it began, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// The last moment at which it is known to have been alive, on its own clock.
    pub last: Moment,
    /// The same in milliseconds since 1970.
    pub seen: i64,
    /// Where the workout came from, and its text.
    pub source: (String, String),
    id: SessionId,
    key: SessionKey,
    lock: Lock,
    events: Vec<EventRow>,
    position: Option<(Moment, Millis, i64)>,
}

impl UnfinishedSession {
    /// Which session of the log it is.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// How long it has been away, as of `now` in milliseconds since 1970. A clock that was put back shows none.
    pub fn away(&self, now: i64) -> Millis {
        Millis::new(u64::try_from(now.saturating_sub(self.seen)).unwrap_or(0))
    }

    /// What the journal needs to go on with it: all that is known of it, should the log be another one by then.
    pub fn take_up(self) -> ResumedSession {
        ResumedSession {
            key: self.key,
            lock: self.lock,
            beginning: SessionStartRow {
                sequence: Arc::new(self.session.sequence().clone()),
                settings: self.settings,
                source: self.source,
                started: self.started,
                speed: self.speed,
            },
            events: self.events,
            position: self.position,
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct UnfinishedSearch {
    /// The latest that can be taken up.
    pub latest: Option<UnfinishedSession>,
    /// How many more there are.
    pub more: usize,
    /// Sessions that cannot be read, each with why and what to do: the rest of the log is as good as ever.
    pub unreadable: Vec<String>,
}

/// Looks for sessions that are not over and that nobody runs.
///
/// # Errors
/// Where there is a log that cannot be read.
pub fn find(store: &Database) -> Result<UnfinishedSearch, LogError> {
    let Some(connection) = store.open_if_there()? else {
        return Ok(UnfinishedSearch::default());
    };
    let told = |e: rusqlite::Error| store.trouble(&e);
    let mut found = UnfinishedSearch::default();
    for id in candidates(&connection).map_err(told)? {
        let Some(key) = or_unreadable(key(&connection, id)).map_err(told)? else {
            found.unreadable.push(damaged(id, ""));
            continue;
        };
        // Alive in another terminal.
        let Some(lock) = Lock::take(store.path(), key) else { continue };
        // What was concluded between the look and the lock is nobody's to take up.
        if session_rows::is_concluded(&connection, id).map_err(told)? {
            lock.remove();
            continue;
        }
        if found.latest.is_some() {
            found.more += 1;
            continue;
        }
        match or_unreadable(read(&connection, id, (key, lock))).map_err(told)? {
            Some(Ok(unfinished)) => found.latest = Some(unfinished),
            Some(Err(why)) => {
                found.unreadable.push(format!("{why}; `pacebell log delete {id}` puts it away"))
            }
            None => found.unreadable.push(damaged(id, "")),
        }
    }
    Ok(found)
}

fn candidates(connection: &Connection) -> rusqlite::Result<Vec<SessionId>> {
    let query = "SELECT id FROM session WHERE logged_at_ms IS NULL AND deleted_at_ms IS NULL
                 ORDER BY started_at_ms DESC, id DESC";
    connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
}

fn key(connection: &Connection, id: SessionId) -> rusqlite::Result<SessionKey> {
    connection.query_row("SELECT key FROM session WHERE id = ?", [id], |row| SessionKey::of(row, 0))
}

/// Nothing where a row holds what cannot be: the database itself is sound, and so is the rest of it.
fn or_unreadable<T>(read: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.sqlite_error_code().is_none_or(|code| code == ErrorCode::TypeMismatch) => Ok(None),
        Err(e) => Err(e),
    }
}

fn damaged(id: SessionId, name: &str) -> String {
    format!(
        "session {id} of the log{} is damaged and cannot be gone on with – a copy made with `pacebell log backup` \
         may have it whole; the rest of the log is as it was",
        called(name)
    )
}

fn unknown(id: SessionId, name: &str) -> String {
    format!(
        "session {id} of the log{} is of a form that this program does not know – update pacebell to go on with it",
        called(name)
    )
}

fn called(name: &str) -> String {
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
    source: (String, String),
}

impl PlanRow {
    fn of(row: &Row<'_>) -> rusqlite::Result<PlanRow> {
        Ok(PlanRow {
            name: text(row, "name")?,
            started: session_rows::started(row.get("started_at_ms")?, row.get("utc_offset_s")?),
            speed: row.get("speed")?,
            sequence: text(row, "sequence")?,
            settings: text(row, "settings")?,
            events_version: row.get("events_version")?,
            source: (text(row, "source_name")?, text(row, "source")?),
        })
    }

    /// Whether a later program wrote it, in a form of its own.
    fn is_newer(&self) -> bool {
        let sequence: serde_json::Value = serde_json::from_str(&self.sequence).unwrap_or_default();
        let version = sequence.get("version").and_then(serde_json::Value::as_u64);
        self.events_version > i64::from(EVENTS_VERSION)
            || version.is_some_and(|version| version > u64::from(SEQUENCE_VERSION))
    }
}

/// One session, or in words why it cannot be read.
fn read(
    connection: &Connection,
    id: SessionId,
    (key, lock): (SessionKey, Lock),
) -> rusqlite::Result<Result<UnfinishedSession, String>> {
    let query = "SELECT * FROM session JOIN plan ON plan.session = session.id WHERE id = ?";
    let Some(plan) = connection.query_row(query, [id], PlanRow::of).optional()? else {
        return Ok(Err(damaged(id, "")));
    };
    if !SPEEDS.contains(&plan.speed) {
        return Ok(Err(damaged(id, &plan.name)));
    }
    let rows = events::rows(connection, id)?;
    let Some((mut session, settings)) = replayed(&plan, &rows) else {
        return Ok(Err(if plan.is_newer() { unknown(id, &plan.name) } else { damaged(id, &plan.name) }));
    };
    let position = position(connection, id)?;
    let (last, seen) =
        last_seen(&rows, position).unwrap_or((session.latest(), session_rows::since_1970(plan.started)));
    session.advance(last);
    Ok(Ok(UnfinishedSession {
        last: last.max(session.latest()),
        session,
        settings,
        speed: plan.speed,
        started: plan.started,
        seen,
        source: plan.source,
        id,
        key,
        lock,
        events: rows,
        position,
    }))
}

/// The session that a plan and events come to; nothing where this program cannot read them.
fn replayed(plan: &PlanRow, rows: &[EventRow]) -> Option<(Session, SessionSettings)> {
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

fn position(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<(Moment, Millis, i64)>> {
    let sql = "SELECT at_ms, elapsed_ms, seen_at_ms FROM position WHERE session = ?";
    let number = |kept: i64| u64::try_from(kept).unwrap_or(0);
    let read =
        |row: &Row<'_>| Ok((Moment::new(number(row.get(0)?)), Millis::new(number(row.get(1)?)), row.get(2)?));
    connection.query_row(sql, [id], read).optional()
}

/// The last moment that is known of on the session's clock, and what the clock on the wall showed then. That may be
/// less than it showed before: it may have been put back.
fn last_seen(rows: &[EventRow], position: Option<(Moment, Millis, i64)>) -> Option<(Moment, i64)> {
    let events = rows.iter().filter_map(|row| Some((row.at()?, row.happened_at_ms())));
    let position = position.map(|(at, _, seen)| (at, seen));
    events.chain(position).max_by_key(|(at, _)| *at)
}
