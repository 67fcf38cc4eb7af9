//! Reading the log: a list of what was run, and one session with everything that is known of it.

use super::session_rows;
use super::session_rows::text;
use super::{SessionId, events};
use crate::session::answers::{Answers, Breath, Feel, Talk};
use crate::session::{EVENTS_VERSION, Event, Lap, ZoneTimes};
use crate::units::{Distance, Millis};
use crate::workout::sequence::{SEQUENCE_VERSION, Sequence, StepId};
use chrono::{DateTime, FixedOffset};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// One session of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
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
pub struct SessionDetails {
    /// Its line in the log.
    pub entry: LogEntry,
    /// What was planned, as it was that day; without steps where that cannot be read.
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

impl LogEntry {
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
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<LogEntry>> {
    let mut zones = zones(connection, None)?;
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
pub fn details(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionDetails>> {
    let Some(mut entry) = entry_of(connection, id)? else { return Ok(None) };
    entry.zones = zones(connection, Some(id))?.remove(&id).unwrap_or_default();
    let plan = plan(connection, id)?;
    // What an older or a newer program wrote of the way is no reason to hide what it came to.
    let events = match (1..=i64::from(EVENTS_VERSION)).contains(&plan.events_version) {
        true => events::events(&events::rows(connection, id)?).unwrap_or_default(),
        false => Vec::new(),
    };
    Ok(Some(SessionDetails {
        laps: laps(connection, id)?,
        events,
        athlete: plan.settings.get("athlete").filter(|a| !a.is_null()).cloned(),
        sequence: plan.sequence.unwrap_or_else(|| unknown(&entry)),
        entry,
        source: plan.source,
    }))
}

/// What is known of a plan.
#[derive(Default)]
struct PlanSummary {
    sequence: Option<Sequence>,
    settings: serde_json::Value,
    events_version: i64,
    source: (String, String),
}

/// The plan of a session, as far as it can be read.
fn plan(connection: &Connection, id: SessionId) -> rusqlite::Result<PlanSummary> {
    let sql = "SELECT sequence, settings, events_version, source_name, source FROM plan WHERE session = ?";
    let read = |row: &Row<'_>| {
        Ok(PlanSummary {
            sequence: serde_json::from_str(&text(row, 0)?)
                .ok()
                .filter(|s: &Sequence| s.version == SEQUENCE_VERSION),
            settings: serde_json::from_str(&text(row, 1)?).unwrap_or_default(),
            events_version: row.get(2)?,
            source: (text(row, 3)?, text(row, 4)?),
        })
    };
    connection.query_row(sql, [id], read).optional().map(Option::unwrap_or_default)
}

/// Stands for a plan that cannot be read: it has no steps.
fn unknown(entry: &LogEntry) -> Sequence {
    Sequence {
        version: SEQUENCE_VERSION,
        name: entry.name.clone(),
        about: None,
        author: None,
        source: None,
        tags: Vec::new(),
        before: None,
        during_ease: Vec::new(),
        during_signs: Vec::new(),
        after_ask: Vec::new(),
        show_pace: true,
        repeats: Vec::new(),
        steps: Vec::new(),
        assumptions: Vec::new(),
        warnings: Vec::new(),
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let borg = row.get::<_, Option<f64>>("breathlessness")?.map(Breath::Borg);
    let talk = text(row, "talk")?;
    let talk = Talk::ALL.into_iter().find(|t| t.word() == talk).map(Breath::Talk);
    let feel = text(row, "feel")?;
    let speed: f64 = row.get("speed")?;
    Ok(LogEntry {
        id: row.get("id")?,
        name: text(row, "name")?,
        started: session_rows::started(row.get("started_at_ms")?, row.get("utc_offset_s")?),
        planned: row.get::<_, Option<i64>>("planned_ms")?.map(length),
        active: length(row.get::<_, Option<i64>>("active_ms")?.unwrap_or_default()),
        steps_done: count(row.get::<_, Option<i64>>("steps_done")?.unwrap_or_default()),
        steps_planned: count(row.get("steps_planned")?),
        finished: row.get::<_, Option<bool>>("finished")?.unwrap_or_default(),
        zones: ZoneTimes::default(),
        answers: Answers {
            rpe: row.get("rpe")?,
            breath: borg.or(talk),
            feel: Feel::ALL.into_iter().find(|f| f.word() == feel),
            note: if row.get_ref("note")? == ValueRef::Null { None } else { Some(text(row, "note")?) },
            own: Vec::new(),
        },
        rehearsed: (speed != 1.0).then_some(speed),
        by_hand: row.get("by_hand")?,
    })
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

/// The times by zone of one session, or of all.
fn zones(
    connection: &Connection,
    only: Option<SessionId>,
) -> rusqlite::Result<HashMap<SessionId, ZoneTimes>> {
    let mut all: HashMap<SessionId, ZoneTimes> = HashMap::new();
    let some = if only.is_some() { " WHERE session = ?" } else { "" };
    let mut statement = connection.prepare(&format!("SELECT session, zone, time_ms FROM zone_time{some}"))?;
    let mut rows = statement.query(rusqlite::params_from_iter(only))?;
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
        all.entry(row.get(0)?).or_default().push((text(row, 1)?, text(row, 2)?));
    }
    Ok(all)
}

/// What the runner answered to the workout's own questions.
fn answers_of(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT question, answer FROM answer WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
    rows.collect()
}

/// One session's own row and its answers, without its zones; nothing where the log has none of this name.
pub(super) fn entry_of(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<LogEntry>> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE {LOGGED} AND id = ?");
    let found = connection.prepare_cached(&sql)?.query_row([id], entry).optional()?;
    let own = answers_of(connection, id)?;
    Ok(found.map(|e| LogEntry { answers: Answers { own, ..e.answers }, ..e }))
}

fn laps(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<Lap>> {
    let sql = "SELECT step, from_ms, to_ms, complete, distance_m FROM lap WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([id], |row| {
        let step = row.get::<_, Option<i64>>(0)?.and_then(|step| u32::try_from(step).ok());
        let (from, to) = (length(row.get(1)?), length(row.get(2)?));
        let distance = row.get::<_, Option<f64>>(4)?.map(Distance::from_metres);
        Ok(Lap { step: step.map(StepId), from, to, complete: row.get(3)?, distance })
    })?;
    rows.collect()
}
