//! Runs that are much longer than those before them.

use super::TrendSession;
use crate::plan::RunLength;
use crate::plan::remarks::{DAYS_COMPARED, SHORTEST_COMPARED, compare_with_longest, is_jump};

/// A run that is longer than the longest of the 30 days before by more than a tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSpike {
    /// The number of the session in the log.
    pub id: i64,
    /// The name of the workout.
    pub name: String,
    /// The run.
    pub run: RunLength,
    /// The longest run of the 30 days before.
    pub longest: RunLength,
    /// True if distances were compared, false for times.
    pub by_distance: bool,
    /// The run as a multiple of the longest one: 1.125 is an eighth longer.
    pub ratio: f64,
}

/// Returns how much more often a run of this ratio to the longest of the 30 days before went with an overuse injury than a
/// run that was not longer. `None` up to a tenth more.
///
/// Source: Frandsen 2025, 5,205 runners and 588,071 sessions. It is an association and not a cause.
pub fn overuse_rate(ratio: f64) -> Option<f64> {
    match ratio {
        ratio if !is_jump(ratio) => None,
        ratio if ratio <= 1.3 => Some(1.64),
        ratio if ratio <= 2.0 => Some(1.52),
        _ => Some(2.28),
    }
}

/// Returns the spikes among sessions that are in order of their dates. The first 30 days of a log have none, because the
/// runs before them are not known. A run of less than 30 minutes is none either.
pub(super) fn spikes(sessions: &[TrendSession]) -> Vec<RunSpike> {
    let runs: Vec<(&TrendSession, RunLength)> =
        sessions.iter().filter(|s| s.is_run).map(|s| (s, run_length(s))).collect();
    let Some(log_begins) = sessions.first().map(|s| s.on) else { return Vec::new() };
    let days_before = |run: &RunLength, other: &RunLength| (run.on - other.on).num_days();
    let mut found = Vec::new();
    let mut oldest = 0;
    for (session, run) in &runs {
        while runs.get(oldest).is_some_and(|(_, other)| days_before(run, other) > DAYS_COMPARED) {
            oldest += 1;
        }
        if (run.on - log_begins).num_days() < DAYS_COMPARED || session.time < SHORTEST_COMPARED {
            continue;
        }
        let window = runs.iter().skip(oldest).map(|(_, other)| other);
        let before = window.take_while(|other| days_before(run, other) > 0);
        if let Some(longer) = compare_with_longest(*run, before).filter(|l| is_jump(l.ratio)) {
            found.push(RunSpike {
                id: session.id,
                name: session.name.clone(),
                run: *run,
                longest: longer.longest,
                by_distance: longer.by_distance,
                ratio: longer.ratio,
            });
        }
    }
    found
}

/// Returns the length of a run.
pub(super) fn run_length(session: &TrendSession) -> RunLength {
    let distance = session.covered.map(|covered| covered.distance);
    RunLength { on: session.on, time: Some(session.time), distance }
}
