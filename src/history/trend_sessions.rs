//! Everything in the log that trends need, and no more of it: one row for each session, the zones of the weeks that are
//! shown, and the laps and plans of the few sessions that are compared in detail.

use super::queries::{self, SessionDetails};
use super::session_rows::{self, lossy_text};
use super::{SessionId, bent_plans, marked_plans};
use crate::athlete::RaceResult;
use crate::session::{CoveredDistance, Lap, Record, Session, time_trial};
use crate::trends::{LEAST_RUNS, SLOPE_DAYS, TrendRecords, TrendSession};
use crate::units::Millis;
use crate::workout::sequence::{Activity, Role, Sequence};
use chrono::{NaiveDate, Weekday};
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The runs of one workout that are read in detail, apart from those that give the slope. More than are compared, because
/// some may have no RPE.
const RUNS_COMPARED: usize = 2 * LEAST_RUNS;

/// The sessions of the log, and the results of its time trials.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrendHistory {
    /// The sessions without rehearsals, the earliest first by local date.
    pub sessions: Vec<TrendSession>,
    /// The results of the time trials, the earliest first.
    pub results: Vec<RaceResult>,
}

impl TrendHistory {
    /// Reads the log. The zones are those of sessions from the local date `from` on, and so are the repeated workouts.
    /// Estimated distances are marked in sessions from then on, and in the records.
    pub fn read(
        connection: &Connection,
        from: NaiveDate,
        week_starts: Weekday,
    ) -> rusqlite::Result<TrendHistory> {
        let mut sessions = sessions(connection)?;
        let mut covered = queries::unmarked_distances(connection, None)?;
        for session in sessions.iter_mut().filter(|s| s.is_run) {
            session.covered = covered.remove(&SessionId(session.id));
        }
        sessions.sort_by_key(|session| session.on);
        for session in sessions.iter_mut().filter(|s| s.on >= from) {
            session.zones = queries::zones_of(connection, SessionId(session.id))?;
        }
        mark_estimates(connection, &mut sessions, from, week_starts)?;
        let mut works = works_to_compare(connection, &sessions, from)?;
        for session in &mut sessions {
            session.work = works.remove(&session.id);
        }
        let dates = sessions.iter().map(|s| (SessionId(s.id), s.on)).collect();
        Ok(TrendHistory { results: results(connection, &dates)?, sessions })
    }
}

/// Marks the estimated distances that are shown.
fn mark_estimates(
    connection: &Connection,
    sessions: &mut [TrendSession],
    from: NaiveDate,
    week_starts: Weekday,
) -> rusqlite::Result<()> {
    let records = TrendRecords::new(sessions, &[], week_starts);
    let week = records.week_distance.map(|week| week.first..=week.last());
    let far = records.longest_distance.map(|run| run.id);
    let longest = records.longest_time.map(|run| run.id);
    for session in sessions {
        let Some(covered) = session.covered.as_mut() else { continue };
        let is_shown = session.on >= from || week.as_ref().is_some_and(|week| week.contains(&session.on));
        if is_shown || [far, longest].contains(&Some(session.id)) {
            covered.is_estimated = queries::is_estimated(connection, SessionId(session.id))?;
        }
    }
    Ok(())
}

fn sessions(connection: &Connection) -> rusqlite::Result<Vec<TrendSession>> {
    let sql = "SELECT id, name, started_at_ms, utc_offset_s, active_ms, rpe, activity FROM session
               WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1 ORDER BY started_at_ms, id";
    let read = |row: &Row<'_>| {
        let active = row.get::<_, Option<i64>>("active_ms")?.unwrap_or_default();
        let started = session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?);
        Ok(TrendSession {
            id: row.get("id")?,
            on: started.date_naive(),
            name: lossy_text(row, "name")?,
            time: Millis::new(u64::try_from(active).unwrap_or_default()),
            rpe: row.get("rpe")?,
            is_run: Activity::from_word(&lossy_text(row, "activity")?).unwrap_or_default().is_run(),
            zones: Default::default(),
            covered: None,
            work: None,
        })
    };
    connection.prepare(sql)?.query_map([], read)?.collect()
}

/// Returns the sessions that came from files. Sites name every run of a morning alike, so these are not the same workout.
fn imported(connection: &Connection) -> rusqlite::Result<HashSet<i64>> {
    let sql = "SELECT id FROM session WHERE imported_from IS NOT NULL";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Reads the work of the sessions that are compared: of each workout that was run often and last on `from` or later, the
/// latest runs and those of the eight weeks before the last one whose work is known.
fn works_to_compare(
    connection: &Connection,
    sessions: &[TrendSession],
    from: NaiveDate,
) -> rusqlite::Result<HashMap<i64, CoveredDistance>> {
    let imported = imported(connection)?;
    let mut by_name: HashMap<&str, Vec<&TrendSession>> = HashMap::new();
    for session in sessions.iter().filter(|s| s.is_run && s.rpe.is_some() && !imported.contains(&s.id)) {
        by_name.entry(&session.name).or_default().push(session);
    }
    let mut works = HashMap::new();
    for runs in by_name.values().filter(|runs| runs.len() >= LEAST_RUNS) {
        let Some(last) = runs.last().filter(|last| last.on >= from) else { continue };
        let mut latest_known = None;
        for (nth, run) in runs.iter().rev().enumerate() {
            let latest = latest_known.unwrap_or(last.on);
            if nth >= RUNS_COMPARED && (latest - run.on).num_days() > SLOPE_DAYS {
                break;
            }
            if let Some(work) = work(connection, SessionId(run.id))? {
                latest_known.get_or_insert(run.on);
                works.insert(run.id, work);
            }
        }
    }
    Ok(works)
}

/// Returns the distance and the time of the work laps that were run to their end. `None` if one of them has no distance.
fn work(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<CoveredDistance>> {
    let Some(sequence) = bent_plans::sequence(connection, id)? else { return Ok(None) };
    Ok(work_of(&sequence, &queries::laps(connection, id)?))
}

fn work_of(sequence: &Sequence, laps: &[Lap]) -> Option<CoveredDistance> {
    let is_work = |lap: &&Lap| {
        let step = lap.step.and_then(|id| sequence.step(id));
        lap.complete && step.is_some_and(|step| step.role == Role::Work)
    };
    let laps: Vec<Lap> = laps.iter().filter(is_work).copied().collect();
    CoveredDistance::of(sequence, &laps)
}

/// Reads the results of the sessions that were time trials. Few workouts have the tag, so few are replayed.
fn results(
    connection: &Connection,
    dates: &HashMap<SessionId, NaiveDate>,
) -> rusqlite::Result<Vec<RaceResult>> {
    let sql = format!("SELECT session FROM plan WHERE {}", marked_plans::of_time_trial());
    let tagged: Vec<SessionId> =
        connection.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut results = Vec::new();
    for id in tagged {
        let Some(on) = dates.get(&id) else { continue };
        let planned = bent_plans::planned_sequence(connection, id)?;
        let details = queries::details(connection, id)?;
        results.extend(planned.zip(details).and_then(|(planned, details)| result(planned, details, *on)));
    }
    results.sort_by_key(|result| (result.on, result.time));
    Ok(results)
}

fn result(planned: Sequence, details: SessionDetails, on: NaiveDate) -> Option<RaceResult> {
    let session = Session::replay(Arc::new(planned), &Record::new(details.events)).ok()?;
    time_trial::result(&session, on)
}
