//! What is written of a session, table by table.

use super::SessionId;
use crate::session::answers::{Answers, Breath};
use crate::session::{EVENTS_VERSION, Event, Summary};
use crate::treadmill::Treadmill;
use crate::units::{Distance, Millis, Moment};
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a session depends on besides its sequence, as it was that day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The treadmill.
    #[serde(flatten)]
    pub treadmill: Treadmill,
    /// The athlete's figures, to be read again by people; nothing without a profile.
    pub athlete: Option<serde_json::Value>,
}

/// A session that is about to begin.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// What is run.
    pub sequence: Arc<Sequence>,
    /// With what.
    pub settings: Settings,
    /// Where the workout came from, and its text.
    pub source: (String, String),
    /// The local time.
    pub started: DateTime<FixedOffset>,
    /// How many times as fast it is rehearsed; 1 where it is run.
    pub speed: f64,
}

/// Milliseconds since 1970, as the database keeps moments.
pub fn since_1970(time: DateTime<FixedOffset>) -> i64 {
    time.timestamp_millis()
}

/// A length or a moment of the session, as the database keeps it.
fn kept(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds).unwrap_or(i64::MAX)
}

/// What cannot fail for data of our own, and is an error of the database where it does.
pub fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// Writes a session with its plan; its name.
pub fn begin(connection: &Connection, beginning: &Beginning) -> rusqlite::Result<SessionId> {
    let sequence = &beginning.sequence;
    let totals = sequence.totals();
    let planned = (!totals.open).then_some(kept(totals.time.get()));
    connection
        .prepare_cached(
            "INSERT INTO session (name, started_at_ms, utc_offset_s, planned_ms, steps_planned, speed)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            sequence.name,
            since_1970(beginning.started),
            beginning.started.offset().local_minus_utc(),
            planned,
            kept(sequence.steps.len() as u64),
            beginning.speed
        ])?;
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached(
            "INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
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
    connection
        .prepare_cached("UPDATE plan SET events_version = ?1 WHERE session = ?2 AND events_version < ?1")?
        .execute(params![EVENTS_VERSION, session])?;
    Ok(())
}

/// Writes an event; `happened` in milliseconds since 1970.
pub fn event(
    connection: &Connection,
    session: SessionId,
    (number, event, happened): (i64, &Event, i64),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            session,
            number,
            kept(event.at.get()),
            kept(event.elapsed.get()),
            happened,
            json(&event.what)?
        ])?;
    Ok(())
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
    connection
        .prepare_cached(
            "UPDATE session SET active_ms = ?, steps_done = ?, finished = ?, logged_at_ms = ? WHERE id = ?",
        )?
        .execute(params![
            kept(summary.active.get()),
            kept(summary.steps_done as u64),
            summary.finished,
            now,
            session
        ])?;
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
    connection
        .prepare_cached(
            "UPDATE session SET rpe = ?, breathlessness = ?, talk = ?, feel = ?, note = ? WHERE id = ?",
        )?
        .execute(params![answers.rpe, borg, talk, answers.feel.map(|f| f.word()), answers.note, session])?;
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
    connection
        .prepare_cached("UPDATE session SET deleted_at_ms = ? WHERE id = ?")?
        .execute(params![now, session])?;
    Ok(())
}
