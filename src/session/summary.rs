//! What a session came to: planned against done, and how long in each planned zone.

use super::{Event, EventKind, Lap, Session, SessionPlace};
use crate::athlete::Zone;
use crate::units::{Millis, Moment};
use crate::workout::compile::compare;
use crate::workout::sequence::{PlannedStep, Role, Sequence, StepId};
use std::cmp::Ordering;
use std::collections::HashSet;

/// How long was run in each planned zone: 0 (standing) to 5, and where none was planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ZoneTimes {
    zones: [Millis; 6],
    none: Millis,
}

impl ZoneTimes {
    /// The time in a zone; `None` is where the plan names none.
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

    /// The zones that have any time, the lowest first; last what had no zone.
    pub fn parts(&self) -> Vec<(Option<Zone>, Millis)> {
        let zones = Zone::ALL.into_iter().map(Some).chain([None]);
        zones.map(|z| (z, self.of(z))).filter(|(_, time)| *time > Millis::ZERO).collect()
    }
}

/// What a session came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// What was run, pauses not counted.
    pub active: Millis,
    /// What was planned; nothing where an end was left open.
    pub planned: Option<Millis>,
    /// How many different steps reached their own end.
    pub steps_done: usize,
    /// How many there were.
    pub steps_planned: usize,
    /// True where it went through its last step.
    pub finished: bool,
    /// How long in each planned zone.
    pub zones: ZoneTimes,
    /// Every stretch, in order.
    pub laps: Vec<Lap>,
}

impl Summary {
    /// What a session came to; of one that is not over, up to the latest moment that it was told of.
    pub fn of(session: &Session) -> Self {
        let mut session = session.clone();
        session.apply(super::Command::Stop, session.latest);
        let sequence = session.sequence();
        let totals = sequence.totals();
        let laps = session.laps().to_vec();
        let mut done: Vec<_> = laps.iter().filter(|l| l.complete).filter_map(|l| l.step).collect();
        done.sort_unstable();
        done.dedup();
        let mut zones = ZoneTimes::default();
        for lap in &laps {
            lap_zones(lap, lap.step.and_then(|id| sequence.step(id)), &mut zones);
        }
        Summary {
            active: laps.iter().map(Lap::length).sum(),
            planned: (!totals.open).then_some(totals.time),
            steps_done: done.len(),
            steps_planned: sequence.steps.len(),
            finished: session.place == SessionPlace::After,
            zones,
            laps,
        }
    }
}

/// A ramp counts for its first zone up to half of what was planned, as the screen shows it, then for its last.
fn lap_zones(lap: &Lap, step: Option<&PlannedStep>, zones: &mut ZoneTimes) {
    let length = lap.length();
    let Some(step) = step else {
        // The cool-down after the last step is nobody's plan.
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

/// How often a session stood still, and for how long in all: pauses and absences that were not caught up.
pub fn pauses(events: &[Event]) -> (usize, Millis) {
    let mut pauses = Pauses::default();
    pauses.note(events);
    (pauses.count, pauses.time)
}

/// How often a session stood still: a pause counts once it is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pauses {
    /// How often.
    pub count: usize,
    /// How long in all.
    pub time: Millis,
    since: Option<Moment>,
}

impl Pauses {
    /// Takes note of what happened next.
    pub fn note(&mut self, events: &[Event]) {
        for event in events {
            match event.what {
                EventKind::Paused | EventKind::Stopped => self.since = self.since.or(Some(event.at)),
                EventKind::WasAbsent { since } => self.since = self.since.or(Some(since)),
                // Who stopped the count-in before the first step had not begun to run.
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

/// How many of a workout's reps were run to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepsDone {
    /// Those of which every step reached its own end that is as hard as any in it: how its recoveries are written, and
    /// whether they were run, makes no difference.
    pub done: usize,
    /// How many there were.
    pub planned: usize,
}

impl RepsDone {
    /// Nothing where the workout repeats nothing. Of sets of sets the reps of the innermost.
    pub fn of(sequence: &Sequence, laps: &[Lap]) -> Option<RepsDone> {
        let complete: HashSet<StepId> = laps.iter().filter(|l| l.complete).filter_map(|l| l.step).collect();
        let work: Vec<&PlannedStep> =
            sequence.steps.iter().filter(|s| s.role == Role::Work && !s.reps.is_empty()).collect();
        // The steps of a rep stand together.
        let reps: Vec<&[&PlannedStep]> = work.chunk_by(|a, b| a.reps == b.reps).collect();
        let is_done = |rep: &&&[&PlannedStep]| {
            let hardest = rep.iter().max_by(|a, b| compare::hardest(b, a));
            let counts =
                |step: &&&PlannedStep| hardest.is_some_and(|h| compare::hardest(h, step) == Ordering::Equal);
            rep.iter().filter(counts).all(|step| complete.contains(&step.id))
        };
        let done = reps.iter().filter(is_done).count();
        (reps.len() > 1).then_some(RepsDone { done, planned: reps.len() })
    }
}
