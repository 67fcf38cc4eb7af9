//! The records of the whole log.

use super::TrendSession;
use super::weeks::{covered_sum, last_day, week_start};
use crate::athlete::{Race, RaceResult};
use crate::session::CoveredDistance;
use crate::units::Millis;
use chrono::{NaiveDate, Weekday};

/// A run that no other beats.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// The number of the session in the log.
    pub id: i64,
    /// The local date.
    pub on: NaiveDate,
    /// The name of the workout.
    pub name: String,
    /// The active time.
    pub time: Millis,
    /// The distance, if it is known.
    pub covered: Option<CoveredDistance>,
}

/// A week that no other beats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekRecord {
    /// The first day.
    pub first: NaiveDate,
    /// The time run.
    pub time: Millis,
    /// The distance, if that of every run is known.
    pub covered: Option<CoveredDistance>,
}

/// The records of a log. An earlier record stands until it is beaten.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrendRecords {
    /// The longest run by time.
    pub longest_time: Option<RunRecord>,
    /// The longest run by distance.
    pub longest_distance: Option<RunRecord>,
    /// The week with the most time.
    pub week_time: Option<WeekRecord>,
    /// The week with the most distance.
    pub week_distance: Option<WeekRecord>,
    /// The best result of each race, the shortest race first.
    pub races: Vec<RaceResult>,
}

impl WeekRecord {
    /// Returns the last day.
    pub fn last(&self) -> NaiveDate {
        last_day(self.first)
    }
}

impl TrendRecords {
    /// Finds the records. The sessions and the results are in order of their dates.
    pub fn new(sessions: &[TrendSession], results: &[RaceResult], week_starts: Weekday) -> TrendRecords {
        let runs: Vec<&TrendSession> = sessions.iter().filter(|s| s.is_run).collect();
        let metres = |covered: Option<CoveredDistance>| covered.map(|covered| covered.distance.metres());
        let weeks: Vec<WeekRecord> = runs
            .chunk_by(|a, b| week_start(a.on, week_starts) == week_start(b.on, week_starts))
            .filter_map(|week| week_record(week, week_starts))
            .collect();
        let best = |race: Race| results.iter().filter(|r| r.race == race).min_by_key(|r| r.time).copied();
        TrendRecords {
            longest_time: first_most(runs.iter(), |run| Some(run.time.as_secs_f64()))
                .map(|run| run_record(run)),
            longest_distance: first_most(runs.iter(), |run| metres(run.covered)).map(|run| run_record(run)),
            week_time: first_most(weeks.iter(), |week| Some(week.time.as_secs_f64())).copied(),
            week_distance: first_most(weeks.iter(), |week| metres(week.covered)).copied(),
            races: Race::ALL.into_iter().filter_map(best).collect(),
        }
    }
}

/// Returns the first item with the highest value above 0.
fn first_most<'a, T>(items: impl Iterator<Item = &'a T>, value: impl Fn(&T) -> Option<f64>) -> Option<&'a T> {
    let valued = items.filter_map(|item| Some((value(item).filter(|value| *value > 0.0)?, item)));
    valued.reduce(|most, other| if other.0 > most.0 { other } else { most }).map(|(_, item)| item)
}

fn run_record(session: &TrendSession) -> RunRecord {
    RunRecord {
        id: session.id,
        on: session.on,
        name: session.name.clone(),
        time: session.time,
        covered: session.covered,
    }
}

fn week_record(runs: &[&TrendSession], week_starts: Weekday) -> Option<WeekRecord> {
    let all_known = runs.iter().all(|run| run.covered.is_some());
    Some(WeekRecord {
        first: week_start(runs.first()?.on, week_starts),
        time: runs.iter().map(|run| run.time).sum(),
        covered: covered_sum(runs.iter().copied()).filter(|_| all_known),
    })
}
