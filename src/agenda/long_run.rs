//! Today's run against the longest of the last 30 days.

use super::shortened::shortened;
use super::{Agenda, ItemState, LoggedSession, run_lengths};
use crate::plan::quantity::{ValueRange, ValueUnit};
use crate::plan::remarks::{DAYS_COMPARED, SHORTEST_COMPARED, compare_with_longest, is_jump};
use crate::plan::{ItemId, PlannedWorkout, RunLength};
use crate::units::{Distance, Millis};
use crate::workout::sequence::End;

/// The limit of a run that is longer than the longest of the last 30 days by more than a tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct LongRunLimit {
    /// The item.
    pub item: ItemId,
    /// The longest run of the last 30 days.
    pub longest: RunLength,
    /// The most that is within a tenth of it.
    pub limit: LimitLength,
    /// The planned session as a multiple of that run: 1.2 is a fifth longer.
    pub ratio: f64,
    /// The session within the limit, as notation: `79-90min easy`. `None` for a session of several parts.
    pub shorter: Option<String>,
}

/// A limit in the measure in which the runs were compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LimitLength {
    /// A time in whole minutes.
    Time(Millis),
    /// A distance in steps of half a kilometre.
    Distance(Distance),
}

impl LimitLength {
    /// Returns the limit as notation: `90min`, `16.5km`.
    pub fn notation(self) -> String {
        let (upper, unit) = match self {
            LimitLength::Time(time) => (time.as_secs_f64() / 60.0, ValueUnit::Minutes),
            LimitLength::Distance(distance) => (distance.metres() / 1000.0, ValueUnit::Kilometres),
        };
        ValueRange { lower: upper, upper, unit }.to_string()
    }
}

/// Returns the limit of today's first run that is past it and was not run, skipped or shortened yet. `None` if the log
/// does not go back 30 days.
pub(super) fn limit(agenda: &Agenda<'_>, sessions: &[LoggedSession]) -> Option<LongRunLimit> {
    let runs = run_lengths(sessions);
    let known_days = sessions.iter().map(|session| (agenda.today - session.on).num_days()).max()?;
    if known_days < DAYS_COMPARED {
        return None;
    }
    let before = runs.iter().filter(|run| {
        let days = (agenda.today - run.on).num_days();
        (1..=DAYS_COMPARED).contains(&days)
    });
    let due = agenda.today_items().iter().filter(|i| i.state == ItemState::Due && i.up_to.is_none());
    for item in due {
        let Some(workout) = item.session.workout() else { continue };
        let figures = &workout.figures;
        if !figures.kind.is_run() || figures.time < SHORTEST_COMPARED {
            continue;
        }
        // A plan in minutes is judged in minutes, even if a profile gives it a distance.
        let distance = figures.distance.filter(|_| is_in_distances(workout));
        let run = RunLength { on: agenda.today, time: Some(figures.time), distance };
        let Some(longer) = compare_with_longest(run, before.clone()).filter(|l| is_jump(l.ratio)) else {
            continue;
        };
        let limit = if longer.by_distance {
            let metres = longer.longest.distance.map_or(0.0, Distance::metres) * 1.1;
            LimitLength::Distance(Distance::from_metres(((metres + 1e-6) / 500.0).floor() * 500.0))
        } else {
            let seconds = longer.longest.time.map_or(0.0, Millis::as_secs_f64) * 1.1;
            LimitLength::Time(Millis::from_secs_f64(((seconds + 1e-6) / 60.0).floor() * 60.0))
        };
        let shorter = shortened(workout, &limit.notation());
        let (item, longest, ratio) = (item.item.id, longer.longest, longer.ratio);
        return Some(LongRunLimit { item, longest, limit, ratio, shorter });
    }
    None
}

fn is_in_distances(workout: &PlannedWorkout) -> bool {
    workout.sequence.steps.iter().any(|step| matches!(step.end, End::Distance { .. }))
}
