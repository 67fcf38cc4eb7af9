//! The summary of a session: planned and done, and the time in each planned zone.

use super::{Event, EventKind, Lap, Session, SessionPlace};
use crate::athlete::Zone;
use crate::units::{Millis, Moment};
use crate::workout::compile::compare;
use crate::workout::sequence::{PlannedStep, Role, Sequence, StepId};
use std::cmp::Ordering;
use std::collections::HashSet;

/// The time in each planned zone, and the time without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ZoneTimes {
    zones: [Millis; 6],
    none: Millis,
}

impl ZoneTimes {
    /// Returns the time in a zone. `None` stands for steps without a zone.
    pub fn of(&self, zone: Option<Zone>) -> Millis {
        zone.map_or(self.none, |zone| self.zones.get(usize::from(zone.number())).copied().unwrap_or_default())
    }

    /// Adds time to a zone.
    pub fn add(&mut self, zone: Option<Zone>, time: Millis) {
        match zone.and_then(|zone| self.zones.get_mut(usize::from(zone.number()))) {
            Some(sum) => *sum += time,
            None => self.none += time,
        }
    }

    /// Returns the zones with any time, the lowest first, and the time without a zone last.
    pub fn parts(&self) -> Vec<(Option<Zone>, Millis)> {
        let zones = Zone::ALL.into_iter().map(Some).chain([None]);
        zones.map(|z| (z, self.of(z))).filter(|(_, time)| *time > Millis::ZERO).collect()
    }
}

/// The summary of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The active time, without pauses.
    pub active: Millis,
    /// The planned time. `None` if a step has no planned end.
    pub planned: Option<Millis>,
    /// The number of different steps that reached their end.
    pub steps_done: usize,
    /// The number of planned steps, without those that the early end of a repeat left out.
    pub steps_planned: usize,
    /// True if the last step was reached and ended.
    pub finished: bool,
    /// The time in each planned zone.
    pub zones: ZoneTimes,
    /// All laps, in order.
    pub laps: Vec<Lap>,
}

impl Summary {
    /// Summarises a session. A session that is not over is summarised up to its latest moment.
    pub fn of(session: &Session) -> Self {
        let mut session = session.clone();
        session.apply(super::Command::Stop, session.latest);
        let sequence = session.sequence();
        let totals = session.planned_sequence().totals();
        let laps = session.laps().to_vec();
        let visited: HashSet<StepId> = laps.iter().filter_map(|lap| lap.step).collect();
        let mut done: Vec<_> = laps.iter().filter(|l| l.complete).filter_map(|l| l.step).collect();
        done.sort_unstable();
        done.dedup();
        let mut zones = ZoneTimes::default();
        // Zones are those of running.
        for lap in laps.iter().filter(|_| sequence.activity.is_run()) {
            lap_zones(lap, lap.step.and_then(|id| sequence.step(id)), &mut zones);
        }
        Summary {
            active: laps.iter().map(Lap::length).sum(),
            planned: (!totals.open).then_some(totals.time),
            steps_done: done.len(),
            steps_planned: sequence.steps_to_run(|id| visited.contains(&id)),
            finished: session.place == SessionPlace::After,
            zones,
            laps,
        }
    }
}

/// Adds the time of a lap to its zones. The first half of a ramp, by the plan, counts for its first zone, the rest for its
/// last zone.
fn lap_zones(lap: &Lap, step: Option<&PlannedStep>, zones: &mut ZoneTimes) {
    let length = lap.length();
    let Some(step) = step else {
        // The cool-down after the last step has no planned zone.
        return zones.add(None, length);
    };
    let half = step.end.planned().map_or(length, Millis::half).min(length);
    let (first, last) = (step.target.start.zone, step.target.end().zone);
    if first == last {
        return zones.add(first, length);
    }
    zones.add(first, half);
    zones.add(last, length.saturating_sub(half));
}

/// Returns the number and the total time of the pauses, including absences that do not count as run.
pub fn pauses(events: &[Event]) -> (usize, Millis) {
    let mut pauses = Pauses::default();
    pauses.note(events);
    (pauses.count, pauses.time)
}

/// The pauses of a session. A pause counts once it is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pauses {
    /// The number of pauses.
    pub count: usize,
    /// The total time.
    pub time: Millis,
    since: Option<Moment>,
}

impl Pauses {
    /// Adds the pauses in the next events.
    pub fn note(&mut self, events: &[Event]) {
        for event in events {
            match event.what {
                EventKind::Paused | EventKind::Stopped => self.since = self.since.or(Some(event.at)),
                EventKind::WasAbsent { since } => self.since = self.since.or(Some(since)),
                // A count-in that was stopped before the first step is not a pause.
                EventKind::CaughtUp | EventKind::Started => self.since = None,
                EventKind::Resumed => {
                    if let Some(from) = self.since.take() {
                        self.count += 1;
                        self.time += event.at.since(from);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The reps of a workout that were run to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepsDone {
    /// The number of reps whose hardest steps all reached their end. Recoveries make no difference.
    pub done: usize,
    /// The number of planned reps, with those that the early end of a repeat left out. Of an endless repeat, only the
    /// rounds that were begun count.
    pub planned: usize,
    /// True if a repeat is endless, so that no number of reps is planned.
    pub is_open: bool,
}

impl RepsDone {
    /// Counts the reps of the innermost repeats. Returns `None` for a workout without repeats.
    pub fn of(sequence: &Sequence, laps: &[Lap]) -> Option<RepsDone> {
        let complete: HashSet<StepId> = laps.iter().filter(|l| l.complete).filter_map(|l| l.step).collect();
        let visited: HashSet<StepId> = laps.iter().filter_map(|lap| lap.step).collect();
        let work: Vec<&PlannedStep> = sequence
            .steps
            .iter()
            .filter(|s| s.role == Role::Work && !s.reps.is_empty())
            .filter(|s| !s.is_endless() || visited.contains(&s.id))
            .collect();
        // The steps of a rep are next to each other.
        let reps: Vec<&[&PlannedStep]> = work.chunk_by(|a, b| a.reps == b.reps).collect();
        let is_done = |rep: &&&[&PlannedStep]| {
            let hardest = rep.iter().max_by(|a, b| compare::hardest(b, a));
            let counts =
                |step: &&&PlannedStep| hardest.is_some_and(|h| compare::hardest(h, step) == Ordering::Equal);
            rep.iter().filter(counts).all(|step| complete.contains(&step.id))
        };
        let done = reps.iter().filter(is_done).count();
        let is_open = work.iter().any(|step| step.is_endless());
        (reps.len() > 1).then_some(RepsDone { done, planned: reps.len(), is_open })
    }
}
