//! Trends in words, for the screen and for printed lines. A value that is not known is a dash.

use crate::athlete::RaceResult;
use crate::runner::profile::Units;
use crate::session::CoveredDistance;
use crate::text::clean;
use crate::trends::{EffortChange, RunSpike, SameSession, TrendWeek, Trends, overuse_rate};
use crate::units::{Millis, PaceUnit, Speed, clock, trimmed};
use chrono::NaiveDate;

/// A value that is not known.
pub const UNKNOWN: &str = "–";
/// What the averages are, and what they are not.
pub const AVERAGES: &str =
    "The averages are arithmetic on what you entered: no fitness, and no forecast of injury.";
/// The share of easy running that training advice asks for.
pub const EASY_ADVICE: &str = "Most training advice has 70 to 80 % of the running easy (zones 1 and 2).";
/// The results of a race that a line has room for.
const RESULTS_SHOWN: usize = 4;
/// The sessions that a sentence names.
const NAMED: usize = 3;

/// Returns the title: `12 weeks to Sun 29 Nov 2026`.
pub fn title(trends: &Trends) -> String {
    let weeks = match trends.weeks.len() {
        1 => "1 week".to_string(),
        weeks => format!("{weeks} weeks"),
    };
    format!("{weeks} to {}", trends.today.format("%a %-d %b %Y"))
}

/// Returns the name of a week: `14 Sep`.
pub fn week_name(week: &TrendWeek) -> String {
    short_date(week.first)
}

fn short_date(date: NaiveDate) -> String {
    date.format("%-d %b").to_string()
}

/// Returns the load of a week: `645`, `582+` if a session has no RPE.
pub fn load(week: &TrendWeek) -> String {
    let mark = if week.without_rpe > 0 { "+" } else { "" };
    week.load.map_or_else(unknown, |load| trimmed(load, 0) + mark)
}

/// Returns the distance of a week: `31.2`, `≈31.2`, `31.2+` if the distance of a run is not known.
pub fn distance(week: &TrendWeek, unit: PaceUnit) -> String {
    let mark = if week.without_distance > 0 { "+" } else { "" };
    week.covered.map_or_else(unknown, |covered| distance_number(covered, unit) + mark)
}

fn distance_number(covered: CoveredDistance, unit: PaceUnit) -> String {
    let mark = if covered.is_estimated { "≈" } else { "" };
    format!("{mark}{:.1}", covered.distance.metres() / unit.metres())
}

/// Returns a time in hours and minutes: `3:07`.
pub fn hours(time: Millis) -> String {
    let minutes = (time.as_secs_f64() / 60.0).round() as u64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Returns the time run in a week, in hours and minutes.
pub fn time(week: &TrendWeek) -> String {
    hours(week.time)
}

/// Returns the share of easy running: `84%`.
pub fn easy(week: &TrendWeek) -> String {
    week.easy().map_or_else(unknown, |share| format!("{:.0}%", share * 100.0))
}

/// Returns the longest run of a week in hours and minutes, with `!` if a run of that week was long for the 30 days before.
pub fn longest(week: &TrendWeek, spikes: &[RunSpike]) -> String {
    let has_spike = spikes.iter().any(|spike| (week.first..=week.last()).contains(&spike.run.on));
    let mark = if has_spike { "!" } else { "" };
    week.longest.and_then(|run| run.time).map_or_else(unknown, |time| hours(time) + mark)
}

/// Returns the monotony of a week.
pub fn monotony(week: &TrendWeek) -> String {
    week.variation.map_or_else(unknown, |variation| format!("{:.1}", variation.monotony))
}

/// Returns the strain of a week.
pub fn strain(week: &TrendWeek) -> String {
    week.variation.map_or_else(unknown, |variation| trimmed(variation.strain, 0))
}

/// Returns the average over 42 days, in brackets until 42 days are in.
pub fn long_average(week: &TrendWeek) -> String {
    let average = trimmed(week.averages.long, 0);
    if week.averages.is_settled() { average } else { format!("({average})") }
}

/// Returns the average over 7 days.
pub fn short_average(week: &TrendWeek) -> String {
    trimmed(week.averages.short, 0)
}

fn unknown() -> String {
    UNKNOWN.to_string()
}

/// A workout against itself, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameInWords {
    /// The name of the workout.
    pub name: String,
    /// The median of the three runs before the latest: `5:12/km, RPE 6`.
    pub before: String,
    /// The latest run: `5:05/km, RPE 5`.
    pub latest: String,
    /// The comparison: `▲ better`.
    pub change: &'static str,
    /// The slope over eight weeks: `-0.8 s/week`. Empty with too few runs.
    pub slope: String,
}

/// Describes a workout against itself.
pub fn same(same: &SameSession, unit: PaceUnit) -> SameInWords {
    let effort = |speed: Speed, rpe: f64, mark: &str| {
        format!("{mark}{}, RPE {}", speed.pace_text(unit), trimmed(rpe, 1))
    };
    let mark = if same.latest.is_estimated { "≈" } else { "" };
    let slope = |slope: f64| match slope * unit.metres() / 1000.0 {
        level if level.abs() < 0.05 => "0.0 s/week".to_string(),
        slope => format!("{slope:+.1} s/week"),
    };
    SameInWords {
        name: clean(&same.name),
        before: effort(same.before.speed, same.before.rpe, ""),
        latest: effort(same.latest.speed, same.latest.rpe, mark),
        change: match same.change {
            EffortChange::Better => "▲ better",
            EffortChange::Same => "= same",
            EffortChange::Worse => "▼ worse",
            EffortChange::OtherEffort => "≠ effort",
        },
        slope: same.slope.map(slope).unwrap_or_default(),
    }
}

/// Returns a line for each race that was run: `5K  18 Sep 22:48, 16 Oct 22:31   VDOT 42.7 → 43.3`.
pub fn results(trends: &Trends) -> Vec<String> {
    let races = trends.records.races.iter().map(|best| best.race);
    let line = |race| {
        let of_race: Vec<&RaceResult> = trends.results.iter().filter(|r| r.race == race).collect();
        let shown = of_race.get(of_race.len().saturating_sub(RESULTS_SHOWN)..).unwrap_or_default();
        let time = |r: &&RaceResult| {
            let on = r.on.map(short_date).unwrap_or_default();
            format!("{on} {}", clock(r.time.whole_secs()))
        };
        let times: Vec<String> = shown.iter().map(time).collect();
        let vdots: Vec<String> = shown.iter().map(|r| format!("{:.1}", r.vdot())).collect();
        format!("{}  {}   VDOT {}", race.key(), times.join(", "), vdots.join(" → "))
    };
    races.map(line).collect()
}

/// Returns the records, each after its name.
pub fn records(trends: &Trends, units: Units) -> Vec<(String, String)> {
    let long_date = |date: NaiveDate| date.format("%-d %b %Y").to_string();
    let distance = |covered: CoveredDistance| {
        format!("{} {}", distance_number(covered, units.distance), units.distance.name())
    };
    let records = &trends.records;
    let mut lines = Vec::new();
    if let Some(run) = &records.longest_time {
        let value = format!("{}, {}, {}", hours(run.time), clean(&run.name), long_date(run.on));
        lines.push(("Longest run", value));
    }
    if let Some((run, covered)) = records.longest_distance.as_ref().and_then(|r| Some((r, r.covered?))) {
        let value = format!("{}, {}, {}", distance(covered), clean(&run.name), long_date(run.on));
        lines.push(("Farthest run", value));
    }
    if let Some(week) = records.week_time {
        lines.push(("Most in a week", format!("{}, from {}", hours(week.time), long_date(week.first))));
    }
    if let Some((week, covered)) = records.week_distance.and_then(|w| Some((w, w.covered?))) {
        lines.push(("Farthest week", format!("{}, from {}", distance(covered), long_date(week.first))));
    }
    let mut lines: Vec<(String, String)> =
        lines.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    lines.extend(records.races.iter().map(|best| {
        let on = best.on.map(long_date).unwrap_or_default();
        let value = format!("{}, {on}, VDOT {:.1}", clock(best.time.whole_secs()), best.vdot());
        (best.race.key().to_string(), value)
    }));
    lines
}

/// Returns a sentence about a run that was long for the 30 days before.
pub fn spike(spike: &RunSpike, units: Units) -> String {
    let length = |run: &crate::plan::RunLength| match run.distance.filter(|_| spike.by_distance) {
        Some(distance) => {
            let unit = units.distance;
            format!("{:.1} {}", distance.metres() / unit.metres(), unit.name())
        }
        None => format!("{} min", run.time.map_or(0, Millis::whole_secs) / 60),
    };
    let rate = overuse_rate(spike.ratio).map_or_else(String::new, |rate| {
        format!(" Runs that much over went with {rate} times the overuse injuries.")
    });
    format!(
        "{}: {}, {:.0} % over {}, the longest of the 30 days before.{rate}",
        short_date(spike.run.on),
        length(&spike.run),
        (spike.ratio - 1.0) * 100.0,
        length(&spike.longest),
    )
}

/// The source of the rates in [`spike`].
pub const SPIKE_SOURCE: &str =
    "(5,205 runners, Frandsen 2025: an association, not a cause; more than 10 % over counts)";

/// Returns a sentence that names the sessions without an RPE. `None` if all have one.
pub fn unrated(trends: &Trends) -> Option<String> {
    let sessions = &trends.unrated;
    let named = sessions.iter().take(NAMED).map(|s| format!("{} {}", short_date(s.on), clean(&s.name)));
    let named = named.collect::<Vec<_>>().join(", ");
    let more = match sessions.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match sessions.len() {
        0 => None,
        1 => Some(format!("1 session has no RPE, so its load is not in the sums: {named}.")),
        count => {
            Some(format!("{count} sessions have no RPE, so their load is not in the sums: {named}{more}."))
        }
    }
}

/// Returns an explanation of each mark that stands beside a number.
pub fn legend(trends: &Trends) -> Vec<&'static str> {
    let weeks = &trends.weeks;
    let mut legend = Vec::new();
    if weeks.iter().any(|w| w.without_distance > 0 || w.without_rpe > 0) {
        legend.push("+ and more: a session has no RPE or no known distance.");
    }
    if weeks.iter().any(|w| w.covered.is_some_and(|c| c.is_estimated)) {
        legend.push("≈ estimated from a suggested speed.");
    }
    if weeks.iter().any(|w| !w.averages.is_settled()) {
        legend.push("( ) fewer than 42 days are in: this average is still rising from 0.");
    }
    legend
}
