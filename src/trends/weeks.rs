//! The weeks of the log in numbers.

use super::longest::run_length;
use super::{LoadAverages, LoadVariation, TrendInput, TrendSession};
use crate::athlete::Zone;
use crate::plan::RunLength;
use crate::session::{CoveredDistance, ZoneTimes};
use crate::units::Millis;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A week of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendWeek {
    /// The first day.
    pub first: NaiveDate,
    /// The number of runs.
    pub runs: usize,
    /// The number of other sessions.
    pub others: usize,
    /// The time run.
    pub time: Millis,
    /// The distance of the runs whose distance is known. `None` if none is.
    pub covered: Option<CoveredDistance>,
    /// The number of runs whose distance is not known.
    pub without_distance: usize,
    /// The load of the sessions with an RPE, 0 in a week of rest. `None` if there are sessions and none has an RPE.
    pub load: Option<f64>,
    /// The number of sessions without an RPE.
    pub without_rpe: usize,
    /// The time in each planned zone.
    pub zones: ZoneTimes,
    /// The longest run by time.
    pub longest: Option<RunLength>,
    /// The variation of the load. `None` for a week that is not over or that began before the log, if a session has no RPE,
    /// and if all days are alike.
    pub variation: Option<LoadVariation>,
    /// The averages of the load on the last day of the week, or today.
    pub averages: LoadAverages,
}

impl TrendWeek {
    /// Returns the share of the running time in zones 1 and 2. `None` if no time has a zone.
    pub fn easy(&self) -> Option<f64> {
        easy_share(&self.zones)
    }

    /// Returns the last day.
    pub fn last(&self) -> NaiveDate {
        last_day(self.first)
    }
}

/// Returns the time in zones 1 and 2 divided by the time in zones 1 to 5. `None` if there is no such time.
pub fn easy_share(zones: &ZoneTimes) -> Option<f64> {
    let time = |number: u8| zones.of(Zone::new(number)).as_secs_f64();
    let running: f64 = (1..=5).map(time).sum();
    (running > 0.0).then(|| (time(1) + time(2)) / running)
}

/// Returns the first day of the week that a day is in, for weeks that start on `starts`.
pub fn week_start(day: NaiveDate, starts: Weekday) -> NaiveDate {
    let since = day.weekday().days_since(starts);
    day.checked_sub_days(Days::new(u64::from(since))).unwrap_or(day)
}

/// Returns the last day of a week.
pub(super) fn last_day(first: NaiveDate) -> NaiveDate {
    first.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
}

/// Returns the sum of the loads, 0 without sessions. `None` if there are sessions and none has an RPE.
pub(super) fn load_sum<'a>(sessions: impl Iterator<Item = &'a TrendSession>) -> Option<f64> {
    let loads: Vec<Option<f64>> = sessions.map(TrendSession::load).collect();
    let is_unknown = !loads.is_empty() && loads.iter().all(Option::is_none);
    // The sum of no numbers is -0, which would be shown with its sign.
    (!is_unknown).then(|| loads.iter().flatten().fold(0.0, |sum, load| sum + load))
}

/// Adds up the distances that are known.
pub(super) fn covered_sum<'a>(sessions: impl Iterator<Item = &'a TrendSession>) -> Option<CoveredDistance> {
    sessions.filter(|s| s.is_run).filter_map(|s| s.covered).reduce(|sum, more| CoveredDistance {
        distance: sum.distance + more.distance,
        time: sum.time + more.time,
        is_estimated: sum.is_estimated || more.is_estimated,
    })
}

/// Returns the weeks from `from` up to today.
pub(super) fn weeks(input: TrendInput<'_>, from: NaiveDate) -> Vec<TrendWeek> {
    let Some(log_begins) = input.sessions.first().map(|s| s.on) else { return Vec::new() };
    let mut weeks = Vec::new();
    let mut averages = LoadAverages::default();
    let mut sessions = input.sessions.iter().peekable();
    let mut day = log_begins.min(input.today);
    let mut of_week: Vec<&TrendSession> = Vec::new();
    while day <= input.today {
        let first = week_start(day, input.week_starts);
        if day == first {
            of_week.clear();
        }
        let mut load = 0.0;
        while let Some(session) = sessions.next_if(|s| s.on <= day) {
            load += session.load().unwrap_or_default();
            of_week.push(session);
        }
        averages = averages.after(load);
        let is_over = day == last_day(first);
        if first >= from && (is_over || day == input.today) {
            let whole = is_over && first >= log_begins;
            weeks.push(week(first, &of_week, averages, whole));
        }
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    weeks
}

fn week(first: NaiveDate, sessions: &[&TrendSession], averages: LoadAverages, whole: bool) -> TrendWeek {
    let runs = || sessions.iter().copied().filter(|s| s.is_run);
    let without_rpe = sessions.iter().filter(|s| s.rpe.is_none()).count();
    let mut zones = ZoneTimes::default();
    for (zone, time) in runs().flat_map(|s| s.zones.parts()) {
        zones.add(zone, time);
    }
    TrendWeek {
        first,
        runs: runs().count(),
        others: sessions.len() - runs().count(),
        time: runs().map(|s| s.time).sum(),
        covered: covered_sum(runs()),
        without_distance: runs().filter(|s| s.covered.is_none()).count(),
        load: load_sum(sessions.iter().copied()),
        without_rpe,
        zones,
        longest: runs().max_by_key(|s| s.time).map(run_length),
        variation: if whole && without_rpe == 0 { variation(first, sessions) } else { None },
        averages,
    }
}

fn variation(first: NaiveDate, sessions: &[&TrendSession]) -> Option<LoadVariation> {
    let mut days = [0.0; 7];
    for session in sessions {
        let day = usize::try_from((session.on - first).num_days()).ok();
        if let (Some(sum), Some(load)) = (day.and_then(|day| days.get_mut(day)), session.load()) {
            *sum += load;
        }
    }
    LoadVariation::of_week(days)
}
