//! Reading the log: a list of what was run, and one session with everything that is known of it.

use super::SessionId;
use crate::session::answers::{Answers, Breath, Feel, Talk};
use crate::session::{EVENTS_VERSION, Event, Lap, ZoneTimes};
use crate::units::{Distance, Millis, Moment};
use crate::workout::sequence::{Sequence, StepId};
use chrono::{DateTime, FixedOffset, Offset, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// One session of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in the log.
    pub id: SessionId,
    /// The workout's name.
    pub name: String,
    /// When it began, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// What was planned; nothing where an end was left open.
    pub planned: Option<Millis>,
    /// What was run, pauses not counted.
    pub active: Millis,
    /// How many steps reached their own end.
    pub steps_done: usize,
    /// Of how many.
    pub steps_planned: usize,
    /// True where it went through its last step.
    pub finished: bool,
    /// How long in each planned zone.
    pub zones: ZoneTimes,
    /// What the runner said of it.
    pub answers: Answers,
    /// How many times as fast it was rehearsed; nothing where it was run.
    pub rehearsed: Option<f64>,
    /// True where it was added to the log and not timed.
    pub by_hand: bool,
}

/// Everything that is known of one session.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Its line in the log.
    pub entry: Entry,
    /// What was planned, as it was that day.
    pub sequence: Sequence,
    /// What was run, stretch by stretch; empty where nobody knows how long each was.
    pub laps: Vec<Lap>,
    /// What happened, in order; empty where it was added by hand, or written by a version that this one cannot read.
    pub events: Vec<Event>,
    /// The athlete's figures of that day, as they were kept; nothing without a profile.
    pub athlete: Option<serde_json::Value>,
    /// Where the workout came from, and its text.
    pub source: (String, String),
}

impl Entry {
    /// Session RPE load: RPE × minutes (Foster 2001). Nothing without an RPE, nor for a rehearsal.
    pub fn load(&self) -> Option<f64> {
        let rpe = self.answers.rpe.filter(|_| self.rehearsed.is_none())?;
        Some(rpe * self.active.as_secs_f64() / 60.0)
    }
}

/// What the log has of a session in its own row; the same columns everywhere, in this order.
const COLUMNS: &str = "id, name, started_at_ms, utc_offset_s, planned_ms, active_ms, steps_done, steps_planned, \
                       finished, rpe, breathlessness, talk, feel, note, speed, by_hand";
/// What belongs to the log.
const LOGGED: &str = "logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL";

/// The whole log, the latest session first. Rehearsals are in it, and say so.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let mut zones = zones(connection)?;
    let mut own = own_answers(connection)?;
    let sql = format!("SELECT {COLUMNS} FROM session WHERE {LOGGED} ORDER BY started_at_ms DESC, id DESC");
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], |row| {
        let mut entry = entry(row)?;
        entry.zones = zones.remove(&entry.id).unwrap_or_default();
        entry.answers.own = own.remove(&entry.id).unwrap_or_default();
        Ok(entry)
    })?;
    rows.collect()
}

/// One session with everything that is known of it; nothing where the log has none of this name.
pub fn details(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<Details>> {
    let Some(mut entry) = entry_of(connection, id)? else { return Ok(None) };
    let mut zones = connection.prepare("SELECT zone, time_ms FROM zone_time WHERE session = ?")?;
    let mut rows = zones.query([id])?;
    while let Some(row) = rows.next()? {
        entry.zones.add(zone(row.get(0)?), length(row.get(1)?));
    }
    let plan = "SELECT sequence, settings, events_version, source_name, source FROM plan WHERE session = ?";
    let (sequence, settings, version, source): (Sequence, serde_json::Value, u32, (String, String)) =
        connection.query_row(plan, [id], |row| {
            Ok((json(row, 0)?, json(row, 1)?, row.get(2)?, (row.get(3)?, row.get(4)?)))
        })?;
    Ok(Some(Details {
        laps: laps(connection, id)?,
        // What an older or a newer program wrote of the way is no reason to hide what it came to.
        events: if (1..=EVENTS_VERSION).contains(&version) { events(connection, id)? } else { Vec::new() },
        athlete: settings.get("athlete").filter(|a| !a.is_null()).cloned(),
        entry,
        sequence,
        source,
    }))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let borg = row.get::<_, Option<f64>>("breathlessness")?.map(Breath::Borg);
    let talk: Option<String> = row.get("talk")?;
    let talk = talk.and_then(|word| Talk::ALL.into_iter().find(|t| t.word() == word)).map(Breath::Talk);
    let feel: Option<String> = row.get("feel")?;
    let speed: f64 = row.get("speed")?;
    Ok(Entry {
        id: row.get("id")?,
        name: row.get("name")?,
        started: started(row.get("started_at_ms")?, row.get("utc_offset_s")?),
        planned: row.get::<_, Option<i64>>("planned_ms")?.map(length),
        active: length(row.get::<_, Option<i64>>("active_ms")?.unwrap_or_default()),
        steps_done: count(row.get::<_, Option<i64>>("steps_done")?.unwrap_or_default()),
        steps_planned: count(row.get("steps_planned")?),
        finished: row.get::<_, Option<bool>>("finished")?.unwrap_or_default(),
        zones: ZoneTimes::default(),
        answers: Answers {
            rpe: row.get("rpe")?,
            breath: borg.or(talk),
            feel: feel.and_then(|word| Feel::ALL.into_iter().find(|f| f.word() == word)),
            note: row.get("note")?,
            own: Vec::new(),
        },
        rehearsed: (speed != 1.0).then_some(speed),
        by_hand: row.get("by_hand")?,
    })
}

/// The years that a date may have: four digits, as RFC 3339 writes them.
const FIRST: i64 = -62_135_510_400_000;
const LAST: i64 = 253_402_214_400_000;

/// When a session began, on the clock of then and there. A file that others write to may say anything.
pub(super) fn started(since_1970: i64, offset: i32) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(since_1970.clamp(FIRST, LAST)).unwrap_or_default();
    utc.with_timezone(&FixedOffset::east_opt(offset).unwrap_or_else(|| Utc.fix()))
}

fn length(milliseconds: i64) -> Millis {
    Millis::new(u64::try_from(milliseconds).unwrap_or_default())
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn zone(number: i64) -> Option<u8> {
    u8::try_from(number).ok()
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}

fn zones(connection: &Connection) -> rusqlite::Result<HashMap<SessionId, ZoneTimes>> {
    let mut all: HashMap<SessionId, ZoneTimes> = HashMap::new();
    let mut statement = connection.prepare("SELECT session, zone, time_ms FROM zone_time")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().add(zone(row.get(1)?), length(row.get(2)?));
    }
    Ok(all)
}

fn own_answers(connection: &Connection) -> rusqlite::Result<HashMap<SessionId, Vec<(String, String)>>> {
    let mut all: HashMap<SessionId, Vec<(String, String)>> = HashMap::new();
    let sql = "SELECT session, question, answer FROM answer ORDER BY session, number";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
    }
    Ok(all)
}

/// What the runner answered to the workout's own questions.
fn answers_of(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT question, answer FROM answer WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// One session's own row and its answers, without its zones; nothing where the log has none of this name.
pub(super) fn entry_of(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE {LOGGED} AND id = ?");
    let found = connection.prepare_cached(&sql)?.query_row([id], entry).optional()?;
    let own = answers_of(connection, id)?;
    Ok(found.map(|e| Entry { answers: Answers { own, ..e.answers }, ..e }))
}

fn laps(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<Lap>> {
    let sql = "SELECT step, from_ms, to_ms, complete, distance_m FROM lap WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([id], |row| {
        let step: Option<u32> = row.get(0)?;
        let (from, to) = (length(row.get(1)?), length(row.get(2)?));
        let distance = row.get::<_, Option<f64>>(4)?.map(Distance::from_metres);
        Ok(Lap { step: step.map(StepId), from, to, complete: row.get(3)?, distance })
    })?;
    rows.collect()
}

fn events(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<Event>> {
    let sql = "SELECT at_ms, elapsed_ms, what FROM event WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([id], |row| {
        let at: Millis = length(row.get(0)?);
        Ok(Event { at: Moment::new(at.get()), elapsed: length(row.get(1)?), what: json(row, 2)? })
    })?;
    rows.collect()
}
