//! The colour of a step, as one of the zones.
//!
//! A step whose zone is known has that zone's colour. Absolute speeds without a profile have no zone, and a strength
//! workout has none at all. Work and recovery still have to differ at a glance, so such a step takes the colour of a zone
//! by its role and by its speed relative to the fastest step. A speed uphill counts as the one on the flat that costs as
//! much. No zone is named then: the colour is only a colour.

use crate::athlete::Zone;
use crate::belt::flat_equivalent;
use crate::units::{Incline, Speed};
use crate::workout::sequence::{Kind, PlannedStep, Role, Sequence};

/// The colour of recoveries.
const EASIEST: Zone = Zone::clamped(1);
/// The colour of warm-ups, cool-downs and work that is much slower than the fastest.
const EASY: Zone = Zone::clamped(2);
/// The colour of work that is slower than the fastest.
const MIDDLE: Zone = Zone::clamped(3);
/// The colour of the hardest work.
const HARDEST: Zone = Zone::clamped(4);
/// The shares of the fastest speed from which work has the hardest and the middle colour.
const FAST_SHARE: f64 = 0.9;
const MIDDLE_SHARE: f64 = 0.75;

/// The colours of the steps of a workout.
#[derive(Clone, Copy, Debug)]
pub struct StepColours {
    /// The fastest speed of the steps without a zone, in metres per second; 0 if none is known.
    fastest: f64,
    /// True if steps without a zone have different roles or speeds. If all are alike, no colour tells them apart.
    differ: bool,
}

impl StepColours {
    /// Compares the steps of a workout.
    pub fn of(sequence: &Sequence) -> StepColours {
        let mut unknown = sequence.steps.iter().filter(|step| step.target.start.zone.is_none());
        let key = |step: &PlannedStep| (step.role, step.kind == Kind::Rest, fastest(step));
        let first = unknown.clone().next().map(key);
        let known = sequence.steps.iter().any(|step| step.target.start.zone.is_some());
        StepColours {
            fastest: sequence.steps.iter().map(fastest).fold(0.0, f64::max),
            differ: known || unknown.any(|step| Some(key(step)) != first),
        }
    }

    /// Returns the zone whose colour a step has, at its start or in its second half. `None` for the neutral colour.
    pub fn zone(&self, step: &PlannedStep, late: bool) -> Option<Zone> {
        let (zone, speed) = match late {
            false => (step.target.start.zone, speed_at_start(step)),
            true => (step.target.end().zone, speed_at_end(step)),
        };
        zone.or_else(|| self.differ.then(|| self.by_role(step, speed)))
    }

    fn by_role(&self, step: &PlannedStep, speed: Option<Speed>) -> Zone {
        let share = speed.filter(|_| self.fastest > 0.0).map(|speed| speed.mps() / self.fastest);
        match (step.role, share) {
            _ if step.kind == Kind::Rest => Zone::STANDING,
            (Role::Between, _) => EASIEST,
            (Role::Warmup | Role::Cooldown, _) => EASY,
            (Role::Work, None) => HARDEST,
            (Role::Work, Some(share)) if share >= FAST_SHARE => HARDEST,
            (Role::Work, Some(share)) if share >= MIDDLE_SHARE => MIDDLE,
            (Role::Work, Some(_)) => EASY,
        }
    }
}

/// Returns the speed at the start of a step, as on the flat.
pub(super) fn speed_at_start(step: &PlannedStep) -> Option<Speed> {
    Some(flat_equivalent(step.target.start.speed?, step.incline, Incline::FLAT))
}

/// Returns the speed at the end of a step, as on the flat.
pub(super) fn speed_at_end(step: &PlannedStep) -> Option<Speed> {
    let incline = step.incline_to.unwrap_or(step.incline);
    Some(flat_equivalent(step.target.end().speed?, incline, Incline::FLAT))
}

/// Returns the fastest speed of a step, as on the flat, in metres per second; 0 if none is known.
fn fastest(step: &PlannedStep) -> f64 {
    let ends = [speed_at_start(step), speed_at_end(step)];
    ends.into_iter().flatten().map(Speed::mps).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::{Options, SourceText, compile_notation};

    fn colours(notation: &str) -> Vec<Option<u8>> {
        let source = SourceText::new("run", notation);
        let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
        let colours = StepColours::of(&sequence);
        sequence.steps.iter().map(|step| colours.zone(step, false).map(Zone::number)).collect()
    }

    #[test]
    fn work_and_recovery_differ_without_a_profile() {
        assert_eq!(colours("3×20s 10km/h / 20s 7km/h")[..2], [Some(4), Some(1)]);
        let all = colours("5min 8km/h, 3×1min 12km/h / 1min 6km/h, 5min 8km/h");
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
    }

    /// By the ACSM, 9 km/h on 10 % costs as much as 13 km/h on the flat.
    #[test]
    fn a_hill_is_as_hard_as_it_costs() {
        assert_eq!(colours("5min 9km/h, 5min 9km/h ^10%, 5min 13km/h ^0%"), [Some(2), Some(4), Some(4)]);
    }

    #[test]
    fn known_zones_keep_their_colours() {
        assert_eq!(colours("10min easy, 5min hard, 5min tempo"), [Some(2), Some(5), Some(4)]);
    }

    #[test]
    fn steps_that_are_all_alike_stay_neutral() {
        assert_eq!(colours("30min 10km/h"), [None]);
    }
}
