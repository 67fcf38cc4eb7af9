//! The same workout, run again and again: is it faster at the same effort?

use super::TrendSession;
use crate::units::{PaceUnit, Speed};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The number of runs from which a workout is compared with itself.
pub const LEAST_RUNS: usize = 4;
/// The days before the latest run whose runs give the slope: eight weeks.
pub const SLOPE_DAYS: i64 = 56;
/// The number of earlier runs whose median the latest is compared with.
const COMPARED: usize = 3;
/// Paces that differ by less than this share are the same.
const SAME_PACE: f64 = 0.01;
/// Efforts that differ by at most this are the same.
const SAME_RPE: f64 = 1.0;

/// The work of one run: its pace, and how hard it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkEffort {
    /// The number of the session in the log.
    pub id: i64,
    /// The local date.
    pub on: NaiveDate,
    /// The average speed of the work laps that were run to their end.
    pub speed: Speed,
    /// True if a part of the distance is estimated.
    pub is_estimated: bool,
    /// The perceived effort.
    pub rpe: f64,
}

/// The median pace and effort of some runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EffortMedian {
    /// The speed.
    pub speed: Speed,
    /// The perceived effort.
    pub rpe: f64,
}

/// The latest run against the median of those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffortChange {
    /// At least 1 % faster without more effort, or as fast with an RPE that is lower by 1.
    Better,
    /// As fast at the same effort.
    Same,
    /// At least 1 % slower without less effort, or as fast with an RPE that is higher by 1.
    Worse,
    /// Faster but harder, or slower but easier: this cannot be compared.
    OtherEffort,
}

/// A workout that was run several times.
#[derive(Clone, Debug, PartialEq)]
pub struct SameSession {
    /// The name of the workout.
    pub name: String,
    /// The runs whose pace and RPE are known, the earliest first, as far back as they are compared.
    pub efforts: Vec<WorkEffort>,
    /// The latest of them.
    pub latest: WorkEffort,
    /// The median of the three before.
    pub before: EffortMedian,
    /// The comparison of the two.
    pub change: EffortChange,
    /// The slope of the pace over the eight weeks before the latest run, in seconds per kilometre and week (Theil–Sen).
    /// Negative is faster. `None` with fewer than four runs.
    pub slope: Option<f64>,
}

/// Returns the median of the slopes between all pairs of points (Theil 1950, Sen 1968). A single odd point changes it little.
/// `None` if no two points have different positions.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    let mut slopes = Vec::new();
    for (nth, (x, y)) in points.iter().enumerate() {
        let others = points.iter().skip(nth + 1).filter(|(other, _)| (other - x).abs() > 1e-9);
        slopes.extend(others.map(|(other_x, other_y)| (other_y - y) / (other_x - x)));
    }
    median(slopes)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { (values.get(middle - 1)? + upper) / 2.0 })
}

/// Returns the workouts that were run four times or more and last on a day that is shown, the one run last first.
pub(super) fn repeated(sessions: &[TrendSession], is_shown: impl Fn(NaiveDate) -> bool) -> Vec<SameSession> {
    let mut by_name: HashMap<&str, Vec<WorkEffort>> = HashMap::new();
    for session in sessions.iter().filter(|s| s.is_run) {
        if let (Some(work), Some(rpe)) = (session.work, session.rpe) {
            by_name.entry(&session.name).or_default().push(WorkEffort {
                id: session.id,
                on: session.on,
                speed: work.speed(),
                is_estimated: work.is_estimated,
                rpe,
            });
        }
    }
    let all = by_name.into_iter().filter_map(|(name, efforts)| same_session(name, efforts));
    let mut all: Vec<SameSession> = all.filter(|same| is_shown(same.latest.on)).collect();
    all.sort_by(|a, b| b.latest.on.cmp(&a.latest.on).then_with(|| a.name.cmp(&b.name)));
    all
}

fn same_session(name: &str, efforts: Vec<WorkEffort>) -> Option<SameSession> {
    let (latest, earlier) = efforts.split_last().filter(|(_, earlier)| earlier.len() + 1 >= LEAST_RUNS)?;
    let latest = *latest;
    let compared = earlier.get(earlier.len().checked_sub(COMPARED)?..)?;
    let pace = |effort: &WorkEffort| effort.speed.pace(PaceUnit::Km);
    let before = EffortMedian {
        speed: Speed::from_pace(median(compared.iter().map(pace).collect())?, PaceUnit::Km),
        rpe: median(compared.iter().map(|effort| effort.rpe).collect())?,
    };
    let recent = efforts.iter().filter(|effort| (latest.on - effort.on).num_days() <= SLOPE_DAYS);
    let points: Vec<(f64, f64)> =
        recent.map(|effort| ((effort.on - latest.on).num_days() as f64 / 7.0, pace(effort))).collect();
    let slope = if points.len() >= LEAST_RUNS { theil_sen(&points) } else { None };
    let change = compare(before, latest);
    Some(SameSession { name: name.to_string(), latest, before, change, slope, efforts })
}

/// Compares a run with the median of those before it.
fn compare(before: EffortMedian, latest: WorkEffort) -> EffortChange {
    let seconds = |speed: Speed| speed.pace(PaceUnit::Km);
    // The share by which the pace is faster, and the change of the effort. Quotients may miss their value by a little.
    let faster = 1.0 - seconds(latest.speed) / seconds(before.speed) + 1e-9;
    let slower = seconds(latest.speed) / seconds(before.speed) - 1.0 + 1e-9;
    let harder = latest.rpe - before.rpe;
    let is_slower = slower >= SAME_PACE;
    let is_faster = faster >= SAME_PACE;
    match harder {
        _ if is_faster && harder <= SAME_RPE => EffortChange::Better,
        _ if is_slower && harder >= -SAME_RPE => EffortChange::Worse,
        _ if is_faster || is_slower => EffortChange::OtherEffort,
        harder if harder <= -SAME_RPE => EffortChange::Better,
        harder if harder >= SAME_RPE => EffortChange::Worse,
        _ => EffortChange::Same,
    }
}
