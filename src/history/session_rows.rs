//! The rows of a session: everything that is written about it, table by table.

use super::journal_entry::SessionProgress;
use super::session_item::SessionItem;
use crate::belt::Treadmill;
use crate::diagnostic::SourceText;
use crate::session::answers::{Answers, Breath};
use crate::session::{EVENTS_VERSION, Summary};
use crate::units::{Distance, Rehearsal};
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset, Offset, Utc};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, RowIndex, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A session's number in the log, as `pacebell log` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SessionId(pub i64);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromSql for SessionId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(SessionId)
    }
}

impl ToSql for SessionId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

/// Everything besides its steps that a session depends on, as it was on that day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionSettings {
    /// The treadmill.
    #[serde(flatten)]
    pub treadmill: Treadmill,
    /// The athlete's figures, for people to read. `None` without a profile.
    pub athlete: Option<serde_json::Value>,
}

/// A session at its start.
#[derive(Clone, Debug)]
pub struct SessionStartRow {
    /// The steps.
    pub sequence: Arc<Sequence>,
    /// The treadmill and the athlete.
    pub settings: SessionSettings,
    /// The workout's text and the name of its file.
    pub source: SourceText,
    /// The local time.
    pub started: DateTime<FixedOffset>,
    /// The rate of the session's clock.
    pub rehearsal: Rehearsal,
    /// The session of a plan that it is run from.
    pub item: Option<SessionItem>,
}

/// The years that RFC 3339 can write, 1 to 9999, in milliseconds since 1970.
const FIRST_MS: i64 = -62_135_510_400_000;
const LAST_MS: i64 = 253_402_214_400_000;

/// Converts a time to milliseconds since 1970, as the database stores it.
pub fn since_1970(time: DateTime<FixedOffset>) -> i64 {
    time.timestamp_millis().clamp(FIRST_MS, LAST_MS)
}

/// Converts milliseconds since 1970 and an offset from UTC in seconds to local time. Values out of range, which other
/// programs may have written, are clamped.
pub(super) fn local_time(since_1970: i64, offset_s: i64) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(since_1970.clamp(FIRST_MS, LAST_MS)).unwrap_or_default();
    let offset = i32::try_from(offset_s).ok().and_then(FixedOffset::east_opt);
    utc.with_timezone(&offset.unwrap_or_else(|| Utc.fix()))
}

/// Converts a count or a number of milliseconds to SQLite's signed integer.
pub(super) fn to_integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Serialises to JSON. An error, which our own data cannot cause, is reported as one of the database.
pub fn to_json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// Reads what [`to_json`] wrote.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e)))
}

/// Reads a text. NULL is empty, and bytes that are not UTF-8 are replaced.
pub(super) fn lossy_text(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<String> {
    let value = row.get_ref(column)?;
    Ok(String::from_utf8_lossy(value.as_bytes_or_null()?.unwrap_or_default()).into_owned())
}

/// A session's key, the same in every copy of every log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 16]);

impl SessionKey {
    /// A new key. SQLite seeds its random numbers from the system, so no two keys are equal.
    pub fn random(connection: &Connection) -> rusqlite::Result<SessionKey> {
        connection.query_row("SELECT randomblob(16)", [], |row| row.get(0)).map(SessionKey)
    }

    /// The key with these bytes, for a session that has the same key wherever it comes from.
    pub fn of_bytes(bytes: [u8; 16]) -> SessionKey {
        SessionKey(bytes)
    }

    /// Reads a key from a column.
    pub fn read(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<SessionKey> {
        row.get(column).map(SessionKey)
    }
}

impl ToSql for SessionKey {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl fmt::Display for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Finds the session with this key.
pub fn find_session(connection: &Connection, key: SessionKey) -> rusqlite::Result<Option<SessionId>> {
    let sql = "SELECT id FROM session WHERE key = ?";
    connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()
}

/// Inserts a session and its plan under a new key.
pub fn insert(connection: &Connection, start: &SessionStartRow) -> rusqlite::Result<SessionId> {
    insert_with_key(connection, SessionKey::random(connection)?, start)
}

/// Inserts a session and its plan.
pub fn insert_with_key(
    connection: &Connection,
    key: SessionKey,
    start: &SessionStartRow,
) -> rusqlite::Result<SessionId> {
    let sequence = &start.sequence;
    let totals = sequence.totals();
    let planned = (!totals.open).then_some(to_integer(totals.time.get()));
    let sql = "INSERT INTO session (key, name, started_at_ms, utc_offset_s, planned_ms, steps_planned, speed,
                                    activity)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
    let values = params![
        key.0,
        sequence.name,
        since_1970(start.started),
        start.started.offset().local_minus_utc(),
        planned,
        to_integer(sequence.steps.len() as u64),
        start.rehearsal.factor(),
        sequence.activity.word()
    ];
    let id = connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    let sql = "INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
               VALUES (?, ?, ?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![
        id,
        to_json(sequence.as_ref())?,
        to_json(&start.settings)?,
        EVENTS_VERSION,
        start.source.name,
        start.source.text
    ])?;
    if start.item.is_some() {
        write_item(connection, id, start.item.as_ref())?;
    }
    Ok(id)
}

/// Reads the session of a plan that a session was run from. `None` if it was not run from a plan.
pub fn read_item(connection: &Connection, session: SessionId) -> rusqlite::Result<Option<SessionItem>> {
    let sql =
        "SELECT block.key AS block_key, session.item FROM session JOIN block ON block.id = session.block
               WHERE session.id = ?";
    let found = connection.prepare_cached(sql)?.query_row([session], SessionItem::read).optional()?;
    Ok(found.flatten())
}

/// Writes the session of a plan that a session was run from. If the log lacks the plan, the session is tied to none.
pub fn write_item(
    connection: &Connection,
    session: SessionId,
    item: Option<&SessionItem>,
) -> rusqlite::Result<()> {
    let sql = "UPDATE session SET block = (SELECT id FROM block WHERE key = ?), item = ? WHERE id = ?";
    let values = params![item.map(|i| i.block), item.map(|i| &i.item), session];
    expect_one_row(connection.prepare_cached(sql)?.execute(values)?)
}

/// Records that events are now written in this program's version.
pub fn raise_events_version(connection: &Connection, session: SessionId) -> rusqlite::Result<()> {
    let sql = "UPDATE plan SET events_version = max(events_version, ?) WHERE session = ?";
    expect_one_row(connection.prepare_cached(sql)?.execute(params![EVENTS_VERSION, session])?)
}

/// True if a session is logged, deleted, or not in the database at all.
pub fn is_concluded(connection: &Connection, session: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NOT NULL OR deleted_at_ms IS NOT NULL FROM session WHERE id = ?";
    let found = connection.prepare_cached(sql)?.query_row([session], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(true))
}

/// Checks that a statement changed one row. A change to a missing row would be lost, so it is an error.
pub(super) fn expect_one_row(changed: usize) -> rusqlite::Result<()> {
    if changed == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(changed)) }
}

/// Writes how far a session is.
pub fn write_progress(
    connection: &Connection,
    session: SessionId,
    progress: SessionProgress,
) -> rusqlite::Result<()> {
    let SessionProgress { at, elapsed, seen_ms } = progress;
    connection
        .prepare_cached(
            "INSERT INTO position (session, at_ms, elapsed_ms, seen_at_ms) VALUES (?, ?, ?, ?)
             ON CONFLICT (session) DO UPDATE
             SET at_ms = excluded.at_ms, elapsed_ms = excluded.elapsed_ms, seen_at_ms = excluded.seen_at_ms",
        )?
        .execute(params![session, to_integer(at.get()), to_integer(elapsed.get()), seen_ms])?;
    Ok(())
}

/// Writes the summary of a session, and adds it to the log at `now` (milliseconds since 1970).
pub fn write_summary(
    connection: &Connection,
    session: SessionId,
    sequence: &Sequence,
    summary: &Summary,
    now: i64,
) -> rusqlite::Result<()> {
    let sql =
        "UPDATE session SET active_ms = ?, steps_done = ?, steps_planned = ?, finished = ?, logged_at_ms = ?
               WHERE id = ?";
    let (active, done) = (to_integer(summary.active.get()), to_integer(summary.steps_done as u64));
    let planned = to_integer(summary.steps_planned as u64);
    let values = params![active, done, planned, summary.finished, now, session];
    expect_one_row(connection.prepare_cached(sql)?.execute(values)?)?;
    mark_changed(connection, session, now)?;
    connection.prepare_cached("DELETE FROM lap WHERE session = ?")?.execute([session])?;
    connection.prepare_cached("DELETE FROM zone_time WHERE session = ?")?.execute([session])?;
    let mut insert_lap = connection.prepare_cached(
        "INSERT INTO lap (session, number, step, name, from_ms, to_ms, complete, distance_m)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (number, lap) in summary.laps.iter().enumerate() {
        let name = lap.step.and_then(|id| sequence.step(id)).map_or("after the workout", |s| s.title());
        insert_lap.execute(params![
            session,
            to_integer(number as u64),
            lap.step.map(|s| s.0),
            name,
            to_integer(lap.from.get()),
            to_integer(lap.to.get()),
            lap.complete,
            lap.distance.map(Distance::metres)
        ])?;
    }
    let mut insert_zone =
        connection.prepare_cached("INSERT INTO zone_time (session, zone, time_ms) VALUES (?, ?, ?)")?;
    for (zone, time) in summary.zones.parts() {
        insert_zone.execute(params![
            session,
            zone.map_or(-1, |zone| i64::from(zone.number())),
            to_integer(time.get())
        ])?;
    }
    Ok(())
}

/// Writes the runner's answers about a session, in place of earlier ones.
pub fn write_answers(connection: &Connection, session: SessionId, answers: &Answers) -> rusqlite::Result<()> {
    let (borg, talk) = match answers.breath {
        Some(Breath::Borg(borg)) => (Some(borg), None),
        Some(Breath::Talk(talk)) => (None, Some(talk.word())),
        None => (None, None),
    };
    let sql = "UPDATE session SET rpe = ?, breathlessness = ?, talk = ?, feel = ?, note = ? WHERE id = ?";
    let values = params![answers.rpe, borg, talk, answers.feel.map(|f| f.word()), answers.note, session];
    expect_one_row(connection.prepare_cached(sql)?.execute(values)?)?;
    connection.prepare_cached("DELETE FROM answer WHERE session = ?")?.execute([session])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO answer (session, number, question, answer) VALUES (?, ?, ?, ?)")?;
    for (number, (question, answer)) in answers.own.iter().enumerate() {
        insert.execute(params![session, to_integer(number as u64), question, answer])?;
    }
    Ok(())
}

/// Marks a session as deleted at `now`, in milliseconds since 1970.
pub fn mark_deleted(connection: &Connection, session: SessionId, now: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE session SET deleted_at_ms = ? WHERE id = ?";
    expect_one_row(connection.prepare_cached(sql)?.execute(params![now, session])?)?;
    mark_changed(connection, session, now)
}

/// Records that a session changed at `now`, in milliseconds since 1970. If the clock was put back, the change still
/// counts as later than the one before.
pub fn mark_changed(connection: &Connection, session: SessionId, now: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE session
               SET changed_at_ms = max(?1, coalesce(min(changed_at_ms, 9223372036854775806) + 1, ?1))
               WHERE id = ?2";
    expect_one_row(connection.prepare_cached(sql)?.execute(params![now, session])?)
}

/// Returns the key of a session, or `None` if it is damaged.
pub fn readable_key(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionKey>> {
    let sql = "SELECT key FROM session WHERE id = ?";
    or_unreadable(connection.query_row(sql, [id], |row| SessionKey::read(row, 0)))
}

/// Returns `None` for a row with invalid values. Errors of the database itself stay errors.
pub(super) fn or_unreadable<T>(read: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.sqlite_error_code().is_none_or(|code| code == ErrorCode::TypeMismatch) => Ok(None),
        Err(e) => Err(e),
    }
}
