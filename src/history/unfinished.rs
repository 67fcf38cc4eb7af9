//! Sessions that are not over and that nobody runs: killed, crashed, or left to be gone on with.

use super::record::Settings;
use super::{Lock, SessionId, Store, TakenUp, Trouble};
use crate::session::{Event, Happened, Record, Session};
use crate::units::{Millis, Moment};
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset, TimeZone};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::Arc;

/// A session that can be taken up again, held for as long as this lives: nobody else is offered it meanwhile.
#[derive(Debug)]
pub struct Unfinished {
    /// As far as it went, replayed from its events.
    pub session: Session,
    /// What it was run with.
    pub settings: Settings,
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
    lock: Lock,
    events: i64,
}

impl Unfinished {
    /// Which session of the log it is.
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// How long it has been away, as of `now` in milliseconds since 1970. A clock that was put back shows none.
    pub fn away(&self, now: i64) -> Millis {
        Millis::new(u64::try_from(now.saturating_sub(self.seen)).unwrap_or(0))
    }

    /// What the journal needs to go on with it.
    pub fn take_up(self) -> TakenUp {
        TakenUp { session: self.id, lock: self.lock, events: self.events }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The latest that can be taken up.
    pub latest: Option<Unfinished>,
    /// How many more there are.
    pub more: usize,
    /// Sessions that cannot be read, each with why: the rest of the log is as good as ever.
    pub unreadable: Vec<String>,
}

/// Looks for sessions that are not over and that nobody runs.
///
/// # Errors
/// Where there is a log that cannot be read.
pub fn find(store: &Store) -> Result<Found, Trouble> {
    let Some(connection) = store.open_if_there()? else {
        return Ok(Found::default());
    };
    let told = |e: rusqlite::Error| store.trouble(&e);
    let mut found = Found::default();
    for id in candidates(&connection).map_err(told)? {
        // Alive in another terminal.
        let Some(lock) = Lock::take(store.path(), id) else { continue };
        // What was concluded between the look and the lock is nobody's to take up.
        if !is_unfinished(&connection, id).map_err(told)? {
            lock.remove();
            continue;
        }
        if found.latest.is_some() {
            found.more += 1;
            continue;
        }
        match read(&connection, id, lock).map_err(told)? {
            Ok(unfinished) => found.latest = Some(unfinished),
            Err(why) => found.unreadable.push(why),
        }
    }
    Ok(found)
}

const UNFINISHED: &str = "logged_at_ms IS NULL AND deleted_at_ms IS NULL";

fn candidates(connection: &Connection) -> rusqlite::Result<Vec<SessionId>> {
    let query = format!("SELECT id FROM session WHERE {UNFINISHED} ORDER BY started_at_ms DESC, id DESC");
    connection.prepare(&query)?.query_map([], |row| row.get(0))?.collect()
}

fn is_unfinished(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let query = format!("SELECT count(*) FROM session WHERE id = ? AND {UNFINISHED}");
    connection.query_row(&query, [id], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// One row of `session` with its `plan`.
struct Plan {
    name: String,
    started: DateTime<FixedOffset>,
    speed: f64,
    sequence: String,
    settings: String,
    events_version: u32,
    source: (String, String),
}

fn plan(row: &Row<'_>) -> rusqlite::Result<Plan> {
    Ok(Plan {
        name: row.get("name")?,
        started: local(row.get("started_at_ms")?, row.get("utc_offset_s")?),
        speed: row.get("speed")?,
        sequence: row.get("sequence")?,
        settings: row.get("settings")?,
        events_version: row.get("events_version")?,
        source: (row.get("source_name")?, row.get("source")?),
    })
}

/// A moment of the log in the local time that it was written in.
pub fn local(at_ms: i64, offset_s: i32) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
    match FixedOffset::east_opt(offset_s) {
        Some(offset) => utc.with_timezone(&offset),
        None => chrono::Utc.from_utc_datetime(&utc.naive_utc()).fixed_offset(),
    }
}

/// What happened in a session, in order.
pub fn events(
    connection: &Connection,
    id: SessionId,
) -> rusqlite::Result<Result<Vec<Event>, serde_json::Error>> {
    let mut query =
        connection.prepare("SELECT at_ms, elapsed_ms, what FROM event WHERE session = ? ORDER BY number")?;
    let rows = query.query_map([id], |row| {
        let (at, elapsed, what): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let happened: Result<Happened, _> = serde_json::from_str(&what);
        Ok(happened.map(|what| Event { at: moment(at), elapsed: Millis::new(moment(elapsed).get()), what }))
    })?;
    rows.collect()
}

fn moment(kept: i64) -> Moment {
    Moment::new(u64::try_from(kept).unwrap_or(0))
}

/// One session, or in words why it cannot be read.
fn read(connection: &Connection, id: SessionId, lock: Lock) -> rusqlite::Result<Result<Unfinished, String>> {
    let query = "SELECT session.*, plan.* FROM session JOIN plan ON plan.session = session.id WHERE id = ?";
    let Some(plan) = connection.query_row(query, params![id], plan).optional()? else {
        return Ok(Err(format!("session {id} of the log has lost its plan")));
    };
    let unknown =
        format!("session {id} of the log ({}) is of a form that this program does not know", plan.name);
    let Ok(events) = events(connection, id)? else { return Ok(Err(unknown)) };
    let (Ok(sequence), Ok(settings)) =
        (serde_json::from_str::<Sequence>(&plan.sequence), serde_json::from_str::<Settings>(&plan.settings))
    else {
        return Ok(Err(unknown));
    };
    let count = events.len() as i64;
    let record = Record { version: plan.events_version, events };
    let Ok(mut session) = Session::replay(Arc::new(sequence), &record) else { return Ok(Err(unknown)) };
    let position = connection
        .query_row("SELECT at_ms, seen_at_ms FROM position WHERE session = ?", [id], |row| {
            Ok((moment(row.get(0)?), row.get::<_, i64>(1)?))
        })
        .optional()?;
    let happened: Option<i64> =
        connection
            .query_row("SELECT max(happened_at_ms) FROM event WHERE session = ?", [id], |row| row.get(0))?;
    let last = position.map_or(session.latest(), |(at, _)| at.max(session.latest()));
    let seen = position.map(|(_, seen)| seen).into_iter().chain(happened).max();
    session.advance(last);
    Ok(Ok(Unfinished {
        session,
        settings,
        speed: plan.speed,
        started: plan.started,
        last,
        seen: seen.unwrap_or(plan.started.timestamp_millis()),
        source: plan.source,
        id,
        lock,
        events: count,
    }))
}
