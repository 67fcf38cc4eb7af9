//! Trends: what the log adds up to over weeks, with the numbers of training science and what they are not.
//!
//! Everything is arithmetic on what was entered. There is no score of fitness or form, and no forecast of injury. What is
//! missing stays missing: a session without an RPE has no load, and it is counted and named instead of guessed.
//!
//! Everything is pure: sessions, results and the day are arguments.

mod load;
mod longest;
mod records;
mod same_session;
mod weeks;

pub use load::{LoadAverages, LoadVariation, SETTLED_AFTER, session_load};
pub use longest::{RunSpike, overuse_rate};
pub use records::{RunRecord, TrendRecords, WeekRecord};
pub use same_session::{
    EffortChange, EffortMedian, LEAST_RUNS, SLOPE_DAYS, SameSession, WorkEffort, theil_sen,
};
pub use weeks::{TrendWeek, easy_share, week_start};

use crate::athlete::RaceResult;
use crate::session::{CoveredDistance, ZoneTimes};
use crate::units::Millis;
use chrono::{Days, NaiveDate, Weekday};

/// The weeks that are shown unless the runner asks for others.
pub const USUAL_WEEKS: usize = 12;
/// The weeks whose mean load the current one is compared with.
const WEEKS_COMPARED: u64 = 4;

/// A session of the log, as far as trends need it. Rehearsals are none.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendSession {
    /// The number in the log.
    pub id: i64,
    /// The local date on which it began.
    pub on: NaiveDate,
    /// The name of the workout.
    pub name: String,
    /// The active time.
    pub time: Millis,
    /// The perceived effort, from 0 to 10.
    pub rpe: Option<f64>,
    /// True for a run, false for strength training.
    pub is_run: bool,
    /// The time in each planned zone. Only needed within the weeks that are shown.
    pub zones: ZoneTimes,
    /// The distance of a run, if the whole of it is known.
    pub covered: Option<CoveredDistance>,
    /// The distance and the time of the work laps that were run to their end, if both are known. Only needed for a workout
    /// that was run several times.
    pub work: Option<CoveredDistance>,
}

impl TrendSession {
    /// Returns the load: RPE × minutes (Foster 2001). `None` without an RPE.
    pub fn load(&self) -> Option<f64> {
        self.rpe.map(|rpe| session_load(rpe, self.time))
    }
}

/// What trends are calculated from.
#[derive(Clone, Copy, Debug)]
pub struct TrendInput<'a> {
    /// The sessions of the log, the earliest first.
    pub sessions: &'a [TrendSession],
    /// The results of races and time trials.
    pub results: &'a [RaceResult],
    /// The local date.
    pub today: NaiveDate,
    /// The first day of a week.
    pub week_starts: Weekday,
    /// The number of weeks to show, the current one included.
    pub weeks: usize,
}

/// A session without an RPE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnratedSession {
    /// The number in the log.
    pub id: i64,
    /// The local date.
    pub on: NaiveDate,
    /// The name of the workout.
    pub name: String,
}

/// The trends of a log as of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Trends {
    /// The day.
    pub today: NaiveDate,
    /// The weeks, the current one last. None lies before the log begins.
    pub weeks: Vec<TrendWeek>,
    /// The mean load of the four weeks before the current one. `None` if the log does not go back that far, or if one of
    /// them has no load.
    pub mean_load_before: Option<f64>,
    /// The sessions without an RPE within these weeks, the latest first.
    pub unrated: Vec<UnratedSession>,
    /// The runs within these weeks that were longer than the longest of the 30 days before by more than a tenth, the latest
    /// first.
    pub spikes: Vec<RunSpike>,
    /// The workouts that were run several times, the one run last first.
    pub same: Vec<SameSession>,
    /// The dated results, the earliest first.
    pub results: Vec<RaceResult>,
    /// The records of the whole log.
    pub records: TrendRecords,
}

impl Trends {
    /// Calculates the trends.
    pub fn new(input: TrendInput<'_>) -> Trends {
        let from = first_day_shown(input);
        let is_shown = |on: NaiveDate| from.is_some_and(|from| on >= from) && on <= input.today;
        let sessions = input.sessions;
        let unrated = sessions.iter().rev().filter(|s| s.rpe.is_none() && is_shown(s.on));
        let mut results: Vec<RaceResult> = input.results.to_vec();
        results.retain(|result| result.on.is_some());
        results.sort_by_key(|result| (result.on, result.time));
        results.dedup();
        let mut spikes = longest::spikes(sessions);
        spikes.retain(|spike| is_shown(spike.run.on));
        spikes.reverse();
        Trends {
            today: input.today,
            weeks: from.map_or_else(Vec::new, |from| weeks::weeks(input, from)),
            mean_load_before: mean_load_before(input),
            unrated: unrated.map(|s| UnratedSession { id: s.id, on: s.on, name: s.name.clone() }).collect(),
            spikes,
            same: same_session::repeated(sessions, is_shown),
            records: TrendRecords::new(sessions, &results, input.week_starts),
            results,
        }
    }
}

/// Returns the first day of so many weeks, the current one included.
pub fn first_day(today: NaiveDate, week_starts: Weekday, weeks: usize) -> NaiveDate {
    let back = u64::try_from(weeks.max(1) - 1).unwrap_or(u64::MAX).saturating_mul(7);
    week_start(today, week_starts).checked_sub_days(Days::new(back)).unwrap_or(NaiveDate::MIN)
}

/// Returns the first day of the weeks to show. `None` if the log is empty.
fn first_day_shown(input: TrendInput<'_>) -> Option<NaiveDate> {
    let log_begins = input.sessions.first()?.on.min(input.today);
    let wanted = first_day(input.today, input.week_starts, input.weeks);
    Some(wanted.max(week_start(log_begins, input.week_starts)))
}

fn mean_load_before(input: TrendInput<'_>) -> Option<f64> {
    let this_week = week_start(input.today, input.week_starts);
    let from = this_week.checked_sub_days(Days::new(7 * WEEKS_COMPARED))?;
    if input.sessions.first()?.on > from.checked_add_days(Days::new(6))? {
        return None;
    }
    let mut sum = 0.0;
    for nth in 0..WEEKS_COMPARED {
        let first = from.checked_add_days(Days::new(7 * nth))?;
        let last = first.checked_add_days(Days::new(6))?;
        let of_week = input.sessions.iter().filter(|s| (first..=last).contains(&s.on));
        sum += weeks::load_sum(of_week)?;
    }
    Some(sum / WEEKS_COMPARED as f64)
}

#[cfg(test)]
mod tests;
