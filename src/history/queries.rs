//! Queries of the log: the list of sessions, and one session in detail.

use super::session_rows::{self, lossy_text};
use super::{SessionId, bent_plans, events, marked_plans, samples};
use crate::athlete::Zone;
use crate::diagnostic::SourceText;
use crate::formats::activity_reader::{ActivitySource, HeartBeats};
use crate::sensors::Sample;
use crate::session::answers::{Answers, Breath, Feel, Talk};
use crate::session::{CoveredDistance, EVENTS_VERSION, Event, Lap, ZoneTimes};
use crate::units::{Distance, Millis, Rehearsal};
use crate::workout::sequence::{Activity, MadeBends, SEQUENCE_VERSION, Sequence, StepId};
use chrono::{DateTime, FixedOffset};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// One session of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The session's number.
    pub id: SessionId,
    /// The workout's name.
    pub name: String,
    /// The start, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// The planned time. `None` if a step had no planned end.
    pub planned: Option<Millis>,
    /// The active time, without pauses.
    pub active: Millis,
    /// The number of steps that reached their own end.
    pub steps_done: usize,
    /// The number of planned steps.
    pub steps_planned: usize,
    /// True if the session went through its last step.
    pub finished: bool,
    /// The time in each planned zone.
    pub zones: ZoneTimes,
    /// The runner's answers.
    pub answers: Answers,
    /// The rate of a rehearsal. `None` for a run.
    pub rehearsed: Option<Rehearsal>,
    /// True if the session was added to the log and not timed.
    pub by_hand: bool,
    /// What was trained.
    pub activity: Activity,
    /// The distance of a run within the workout, if the speed of every part is known.
    pub covered: Option<CoveredDistance>,
    /// The file that the session came from. `None` if it was recorded or added here.
    pub imported: Option<ImportOrigin>,
    /// The heart rate.
    pub heart: HeartBeats,
    /// The changes that the runner made to the plan, before the start and on the way.
    pub bends: MadeBends,
}

/// The origin of a session that came from the file of another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOrigin {
    /// The format of the file.
    pub format: ActivitySource,
    /// The maker of the device or the program.
    pub maker: Option<String>,
    /// The time from the start to the end, with pauses.
    pub elapsed: Option<Millis>,
}

/// One session in detail.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionDetails {
    /// The session in the log.
    pub entry: LogEntry,
    /// The plan of that day, with the bends of the session. It has no steps if it cannot be read.
    pub sequence: Sequence,
    /// The laps. Empty if the session was added by hand in one piece.
    pub laps: Vec<Lap>,
    /// The events in order. Empty if the session was added by hand, or if this program cannot read their version.
    pub events: Vec<Event>,
    /// The mean heart rate of each lap, in the order of the laps.
    pub lap_hearts: Vec<Option<u16>>,
    /// What sensors measured, in order.
    pub samples: Vec<Sample>,
    /// The athlete's figures of that day. `None` without a profile.
    pub athlete: Option<serde_json::Value>,
    /// The workout's text and the name of its file.
    pub source: SourceText,
}

impl LogEntry {
    /// The training load: RPE × minutes (session RPE, Foster 2001). `None` without an RPE, and for a rehearsal.
    pub fn load(&self) -> Option<f64> {
        let rpe = self.answers.rpe.filter(|_| self.rehearsed.is_none())?;
        Some(rpe * self.active.as_secs_f64() / 60.0)
    }
}

/// The columns that [`read_entry`] reads.
const COLUMNS: &str = "id, name, started_at_ms, utc_offset_s, planned_ms, active_ms, steps_done, steps_planned, \
                       finished, rpe, breathlessness, talk, feel, note, speed, by_hand, activity, \
                       imported_from, maker, elapsed_ms, mean_heart, highest_heart";
/// The condition for a session that belongs to the log.
const LOGGED: &str = "logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL";

/// Reads the whole log, the latest session first, rehearsals included.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<LogEntry>> {
    let mut zones = zones(connection, None)?;
    let mut own = all_own_answers(connection)?;
    let mut covered = distances(connection, None)?;
    let mut bends = bent_plans::made_bends(connection, None)?;
    let sql = format!("SELECT {COLUMNS} FROM session WHERE {LOGGED} ORDER BY started_at_ms DESC, id DESC");
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], |row| {
        let mut entry = read_entry(row)?;
        entry.zones = zones.remove(&entry.id).unwrap_or_default();
        entry.answers.own = own.remove(&entry.id).unwrap_or_default();
        entry.covered = covered.remove(&entry.id).filter(|_| entry.activity.is_run());
        entry.bends = bends.remove(&entry.id).unwrap_or_default();
        Ok(entry)
    })?;
    rows.collect()
}

/// Reads one session in detail. `None` if the log has no such session.
pub fn details(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionDetails>> {
    let Some(mut entry) = entry_of(connection, id)? else { return Ok(None) };
    entry.zones = zones(connection, Some(id))?.remove(&id).unwrap_or_default();
    entry.covered = distances(connection, Some(id))?.remove(&id).filter(|_| entry.activity.is_run());
    let plan = plan(connection, id)?;
    // Events that this program cannot read must not hide the summary.
    let events = match (1..=i64::from(EVENTS_VERSION)).contains(&plan.events_version) {
        true => events::events(&events::rows(connection, id)?).unwrap_or_default(),
        false => Vec::new(),
    };
    let planned = plan.sequence.unwrap_or_else(|| empty_sequence(&entry));
    let sequence = bent_plans::bent(planned, &events);
    entry.bends = sequence.bends.clone();
    Ok(Some(SessionDetails {
        laps: laps(connection, id)?,
        lap_hearts: lap_hearts(connection, id)?,
        samples: samples::read(connection, id)?,
        athlete: plan.settings.get("athlete").filter(|a| !a.is_null()).cloned(),
        sequence,
        events,
        entry,
        source: plan.source,
    }))
}

/// A row of the table `plan`, as far as it can be read.
struct PlanSummary {
    sequence: Option<Sequence>,
    settings: serde_json::Value,
    events_version: i64,
    source: SourceText,
}

fn plan(connection: &Connection, id: SessionId) -> rusqlite::Result<PlanSummary> {
    let sql = "SELECT sequence, settings, events_version, source_name, source FROM plan WHERE session = ?";
    let read = |row: &Row<'_>| {
        let sequence = serde_json::from_str(&lossy_text(row, 0)?).ok();
        Ok(PlanSummary {
            sequence: sequence.filter(|s: &Sequence| s.version == SEQUENCE_VERSION),
            settings: serde_json::from_str(&lossy_text(row, 1)?).unwrap_or_default(),
            events_version: row.get(2)?,
            source: SourceText::new(lossy_text(row, 3)?, lossy_text(row, 4)?),
        })
    };
    let missing = || PlanSummary {
        sequence: None,
        settings: serde_json::Value::Null,
        events_version: 0,
        source: SourceText::new("", ""),
    };
    Ok(connection.query_row(sql, [id], read).optional()?.unwrap_or_else(missing))
}

/// A sequence without steps, in place of a plan that cannot be read.
fn empty_sequence(entry: &LogEntry) -> Sequence {
    Sequence {
        version: SEQUENCE_VERSION,
        name: entry.name.clone(),
        activity: entry.activity,
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
        easy: None,
        treadmill: None,
        is_lighter: false,
        bends: MadeBends::default(),
    }
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let borg = row.get::<_, Option<f64>>("breathlessness")?.map(Breath::Borg);
    let talk = lossy_text(row, "talk")?;
    let talk = Talk::ALL.into_iter().find(|t| t.word() == talk).map(Breath::Talk);
    let feel = lossy_text(row, "feel")?;
    let rehearsal = Rehearsal::new(row.get("speed")?);
    Ok(LogEntry {
        id: row.get("id")?,
        name: lossy_text(row, "name")?,
        started: session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?),
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
            note: match row.get_ref("note")? {
                ValueRef::Null => None,
                _ => Some(lossy_text(row, "note")?),
            },
            own: Vec::new(),
        },
        rehearsed: (!rehearsal.is_real_time()).then_some(rehearsal),
        by_hand: row.get("by_hand")?,
        activity: Activity::from_word(&lossy_text(row, "activity")?).unwrap_or_default(),
        covered: None,
        imported: origin(row)?,
        heart: HeartBeats { mean: row.get("mean_heart")?, highest: row.get("highest_heart")? },
        bends: MadeBends::default(),
    })
}

fn origin(row: &Row<'_>) -> rusqlite::Result<Option<ImportOrigin>> {
    let word = lossy_text(row, "imported_from")?;
    let Some(format) = ActivitySource::ALL.into_iter().find(|format| format.word() == word) else {
        return Ok(None);
    };
    Ok(Some(ImportOrigin {
        format,
        maker: Some(lossy_text(row, "maker")?).filter(|maker| !maker.is_empty()),
        elapsed: row.get::<_, Option<i64>>("elapsed_ms")?.map(length),
    }))
}

fn length(milliseconds: i64) -> Millis {
    Millis::new(u64::try_from(milliseconds).unwrap_or_default())
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn zone(number: i64) -> Option<Zone> {
    u8::try_from(number).ok().and_then(Zone::new)
}

/// Reads the time in each zone, of one session or of all.
fn zones(
    connection: &Connection,
    only: Option<SessionId>,
) -> rusqlite::Result<HashMap<SessionId, ZoneTimes>> {
    let mut all: HashMap<SessionId, ZoneTimes> = HashMap::new();
    let condition = if only.is_some() { " WHERE session = ?" } else { "" };
    let mut statement =
        connection.prepare(&format!("SELECT session, zone, time_ms FROM zone_time{condition}"))?;
    let mut rows = statement.query(rusqlite::params_from_iter(only))?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().add(zone(row.get(1)?), length(row.get(2)?));
    }
    Ok(all)
}

/// Reads the time in each zone of one session.
pub(super) fn zones_of(connection: &Connection, id: SessionId) -> rusqlite::Result<ZoneTimes> {
    let mut statement = connection.prepare_cached("SELECT zone, time_ms FROM zone_time WHERE session = ?")?;
    let mut rows = statement.query([id])?;
    let mut times = ZoneTimes::default();
    while let Some(row) = rows.next()? {
        times.add(zone(row.get(0)?), length(row.get(1)?));
    }
    Ok(times)
}

/// Reads the distance within the workout, of one session or of all. Sessions with a part whose speed is unknown have none.
fn distances(
    connection: &Connection,
    only: Option<SessionId>,
) -> rusqlite::Result<HashMap<SessionId, CoveredDistance>> {
    let mut all = unmarked_distances(connection, only)?;
    mark_estimates(connection, only, &mut all)?;
    Ok(all)
}

/// Reads the distances without the marks of those that are estimated, which need the plans.
pub(super) fn unmarked_distances(
    connection: &Connection,
    only: Option<SessionId>,
) -> rusqlite::Result<HashMap<SessionId, CoveredDistance>> {
    let mut all = HashMap::new();
    let condition = if only.is_some() { " AND session = ?" } else { "" };
    let sql = format!(
        "SELECT session, total(distance_m) AS metres,
                total(CASE WHEN distance_m > 0 THEN to_ms - from_ms END) AS moving_ms
         FROM lap WHERE step IS NOT NULL{condition}
         GROUP BY session HAVING count(*) = count(distance_m)"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(only))?;
    while let Some(row) = rows.next()? {
        let (metres, moving): (f64, f64) = (row.get("metres")?, row.get("moving_ms")?);
        if metres.is_finite() && metres > 0.0 && moving.is_finite() && moving >= 1.0 {
            let covered = CoveredDistance {
                distance: Distance::from_metres(metres),
                time: Millis::new(moving as u64),
                is_estimated: false,
            };
            all.insert(row.get(0)?, covered);
        }
    }
    Ok(all)
}

/// True if the distance of a session is estimated.
pub(super) fn is_estimated(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let sql = format!("SELECT sequence FROM plan WHERE session = ? AND {}", marked_plans::ESTIMATED);
    let text = connection.prepare_cached(&sql)?.query_row([id], |row| lossy_text(row, 0)).optional()?;
    let sequence: Option<Sequence> = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(sequence.is_some_and(|s| s.steps.iter().any(|step| step.is_estimated())))
}

/// Marks distances that are estimated. Few plans have suggested speeds, so few plans are parsed.
fn mark_estimates(
    connection: &Connection,
    only: Option<SessionId>,
    all: &mut HashMap<SessionId, CoveredDistance>,
) -> rusqlite::Result<()> {
    let condition = if only.is_some() { " AND session = ?" } else { "" };
    let sql = format!("SELECT session, sequence FROM plan WHERE {}{condition}", marked_plans::ESTIMATED);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(only))?;
    while let Some(row) = rows.next()? {
        let Some(covered) = all.get_mut(&row.get(0)?) else { continue };
        let sequence: Option<Sequence> = serde_json::from_str(&lossy_text(row, 1)?).ok();
        covered.is_estimated = sequence.is_some_and(|s| s.steps.iter().any(|step| step.is_estimated()));
    }
    Ok(())
}

/// Reads the answers to the workouts' own questions, of all sessions.
fn all_own_answers(connection: &Connection) -> rusqlite::Result<HashMap<SessionId, Vec<(String, String)>>> {
    let mut all: HashMap<SessionId, Vec<(String, String)>> = HashMap::new();
    let sql = "SELECT session, question, answer FROM answer ORDER BY session, number";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().push((lossy_text(row, 1)?, lossy_text(row, 2)?));
    }
    Ok(all)
}

/// Reads the answers to the workout's own questions, of one session.
fn own_answers(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT question, answer FROM answer WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| Ok((lossy_text(row, 0)?, lossy_text(row, 1)?)))?;
    rows.collect()
}

/// Reads one session with its answers, but without its zones. `None` if the log has no such session.
pub(super) fn entry_of(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<LogEntry>> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE {LOGGED} AND id = ?");
    let found = connection.prepare_cached(&sql)?.query_row([id], read_entry).optional()?;
    let own = own_answers(connection, id)?;
    Ok(found.map(|e| LogEntry { answers: Answers { own, ..e.answers }, ..e }))
}

/// Reads the mean heart rate of each lap of one session, in the order of the laps.
fn lap_hearts(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<Option<u16>>> {
    let sql = "SELECT mean_heart FROM lap WHERE session = ? ORDER BY number";
    connection.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect()
}

/// Reads the laps of one session in order.
pub(super) fn laps(connection: &Connection, id: SessionId) -> rusqlite::Result<Vec<Lap>> {
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
