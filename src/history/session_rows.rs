//! What is written of a session, table by table.

use super::SessionId;
use crate::runner::treadmill::Treadmill;
use crate::session::answers::{Answers, Breath};
use crate::session::{EVENTS_VERSION, Summary};
use crate::units::{Distance, Millis, Moment};
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset, Offset, Utc};
use rusqlite::{Connection, OptionalExtension, Row, RowIndex, params};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// What a session depends on besides its sequence, as it was that day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionSettings {
    /// The treadmill.
    #[serde(flatten)]
    pub treadmill: Treadmill,
    /// The athlete's figures, to be read again by people; nothing without a profile.
    pub athlete: Option<serde_json::Value>,
}

/// A session that is about to begin.
#[derive(Clone, Debug)]
pub struct SessionStartRow {
    /// What is run.
    pub sequence: Arc<Sequence>,
    /// With what.
    pub settings: SessionSettings,
    /// Where the workout came from, and its text.
    pub source: (String, String),
    /// The local time.
    pub started: DateTime<FixedOffset>,
    /// How many times as fast it is rehearsed; 1 where it is run.
    pub speed: f64,
}

/// The years that a date may have: four digits, as RFC 3339 writes them.
const FIRST: i64 = -62_135_510_400_000;
const LAST: i64 = 253_402_214_400_000;

/// Milliseconds since 1970, as the database keeps moments.
pub fn since_1970(time: DateTime<FixedOffset>) -> i64 {
    time.timestamp_millis().clamp(FIRST, LAST)
}

/// When a session began, on the clock of then and there. A file that others write to may say anything.
pub(super) fn started(since_1970: i64, offset: i64) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(since_1970.clamp(FIRST, LAST)).unwrap_or_default();
    let offset = i32::try_from(offset).ok().and_then(FixedOffset::east_opt);
    utc.with_timezone(&offset.unwrap_or_else(|| Utc.fix()))
}

/// A length or a moment of the session, as the database keeps it.
pub(super) fn kept(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds).unwrap_or(i64::MAX)
}

/// What cannot fail for data of our own, and is an error of the database where it does.
pub fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A text, whatever is in its place: bytes that are none are replaced.
pub(super) fn text(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<String> {
    let value = row.get_ref(column)?;
    Ok(String::from_utf8_lossy(value.as_bytes_or_null()?.unwrap_or_default()).into_owned())
}

/// Names a session in every copy of every log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 16]);

impl SessionKey {
    /// A key that nothing else has: SQLite's random numbers are seeded by the system.
    pub fn random(connection: &Connection) -> rusqlite::Result<SessionKey> {
        connection.query_row("SELECT randomblob(16)", [], |row| row.get(0)).map(SessionKey)
    }

    /// The key of a row, in its first column.
    pub fn of(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<SessionKey> {
        row.get(column).map(SessionKey)
    }
}

impl fmt::Display for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The session with a key; nothing where the log has none.
pub fn session(connection: &Connection, key: SessionKey) -> rusqlite::Result<Option<SessionId>> {
    let sql = "SELECT id FROM session WHERE key = ?";
    connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()
}

/// Writes a session with its plan under a key of its own; its name.
pub fn begin(connection: &Connection, beginning: &SessionStartRow) -> rusqlite::Result<SessionId> {
    begin_as(connection, SessionKey::random(connection)?, beginning)
}

/// Writes a session with its plan; its name.
pub fn begin_as(
    connection: &Connection,
    key: SessionKey,
    beginning: &SessionStartRow,
) -> rusqlite::Result<SessionId> {
    let sequence = &beginning.sequence;
    let totals = sequence.totals();
    let planned = (!totals.open).then_some(kept(totals.time.get()));
    let sql = "INSERT INTO session (key, name, started_at_ms, utc_offset_s, planned_ms, steps_planned, speed)
               VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";
    let values = params![
        key.0,
        sequence.name,
        since_1970(beginning.started),
        beginning.started.offset().local_minus_utc(),
        planned,
        kept(sequence.steps.len() as u64),
        beginning.speed
    ];
    let id = connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    let sql = "INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
               VALUES (?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        id,
        json(sequence.as_ref())?,
        json(&beginning.settings)?,
        EVENTS_VERSION,
        beginning.source.0,
        beginning.source.1
    ])?;
    Ok(id)
}

/// Notes that what happens from now on is written in this program's form.
pub fn events_are_ours(connection: &Connection, session: SessionId) -> rusqlite::Result<()> {
    let sql = "UPDATE plan SET events_version = max(events_version, ?) WHERE session = ?";
    one(connection.prepare_cached(sql)?.execute(params![EVENTS_VERSION, session])?)
}

/// Whether nothing more becomes of a session: it is in the log, thrown away, or not there at all.
pub fn is_concluded(connection: &Connection, session: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NOT NULL OR deleted_at_ms IS NOT NULL FROM session WHERE id = ?";
    let found = connection.prepare_cached(sql)?.query_row([session], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(true))
}

/// A change of one row; of a row that is not there it is an error, for it would be lost.
pub(super) fn one(changed: usize) -> rusqlite::Result<()> {
    if changed == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(changed)) }
}

/// Writes where a session is.
pub fn position(
    connection: &Connection,
    session: SessionId,
    (at, elapsed, seen): (Moment, Millis, i64),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO position (session, at_ms, elapsed_ms, seen_at_ms) VALUES (?, ?, ?, ?)
             ON CONFLICT (session) DO UPDATE
             SET at_ms = excluded.at_ms, elapsed_ms = excluded.elapsed_ms, seen_at_ms = excluded.seen_at_ms",
        )?
        .execute(params![session, kept(at.get()), kept(elapsed.get()), seen])?;
    Ok(())
}

/// Writes what a session came to, and that it belongs to the log.
pub fn logged(
    connection: &Connection,
    session: SessionId,
    (sequence, summary, now): (&Sequence, &Summary, i64),
) -> rusqlite::Result<()> {
    let sql = "UPDATE session SET active_ms = ?, steps_done = ?, finished = ?, logged_at_ms = ? WHERE id = ?";
    let (active, done) = (kept(summary.active.get()), kept(summary.steps_done as u64));
    let values = params![active, done, summary.finished, now, session];
    one(connection.prepare_cached(sql)?.execute(values)?)?;
    connection.prepare_cached("DELETE FROM lap WHERE session = ?")?.execute([session])?;
    connection.prepare_cached("DELETE FROM zone_time WHERE session = ?")?.execute([session])?;
    let mut lap = connection.prepare_cached(
        "INSERT INTO lap (session, number, step, name, from_ms, to_ms, complete, distance_m)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (number, l) in summary.laps.iter().enumerate() {
        let name = l.step.and_then(|id| sequence.step(id)).map_or("after the workout", |s| s.title());
        let (from, to, distance) = (kept(l.from.get()), kept(l.to.get()), l.distance.map(Distance::metres));
        lap.execute(params![
            session,
            kept(number as u64),
            l.step.map(|s| s.0),
            name,
            from,
            to,
            l.complete,
            distance
        ])?;
    }
    let mut zone =
        connection.prepare_cached("INSERT INTO zone_time (session, zone, time_ms) VALUES (?, ?, ?)")?;
    for (which, time) in summary.zones.parts() {
        zone.execute(params![session, which.map_or(-1, i64::from), kept(time.get())])?;
    }
    Ok(())
}

/// Writes what the runner says of a session, in place of what was said before.
pub fn answers(connection: &Connection, session: SessionId, answers: &Answers) -> rusqlite::Result<()> {
    let (borg, talk) = match answers.breath {
        Some(Breath::Borg(borg)) => (Some(borg), None),
        Some(Breath::Talk(talk)) => (None, Some(talk.word())),
        None => (None, None),
    };
    let sql = "UPDATE session SET rpe = ?, breathlessness = ?, talk = ?, feel = ?, note = ? WHERE id = ?";
    let values = params![answers.rpe, borg, talk, answers.feel.map(|f| f.word()), answers.note, session];
    one(connection.prepare_cached(sql)?.execute(values)?)?;
    connection.prepare_cached("DELETE FROM answer WHERE session = ?")?.execute([session])?;
    let mut own = connection
        .prepare_cached("INSERT INTO answer (session, number, question, answer) VALUES (?, ?, ?, ?)")?;
    for (number, (question, answer)) in answers.own.iter().enumerate() {
        own.execute(params![session, kept(number as u64), question, answer])?;
    }
    Ok(())
}

/// Marks a session as deleted.
pub fn deleted(connection: &Connection, session: SessionId, now: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE session SET deleted_at_ms = ? WHERE id = ?";
    one(connection.prepare_cached(sql)?.execute(params![now, session])?)
}
