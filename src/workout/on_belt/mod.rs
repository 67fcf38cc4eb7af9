//! A sequence on the runner's belt: what its steps ask of the belt, and what the belt cannot do.

mod warnings;

pub use warnings::{BeltWarning, warnings};

use super::sequence::{End, PlannedStep, Role, Sequence};
use crate::athlete::Athlete;
use crate::belt::{self, BeltStretch, EvenLine, Treadmill};
use crate::units::{Distance, Incline, Millis, Speed};

/// The assumed length of an open step: long enough for any change of the belt.
const OPEN_STEP: Millis = Millis::from_secs(3600);

/// Returns what `step` asks of the belt, from `start` on and for `length` if that is known.
///
/// A step without a speed of its own asks for the speed that is suggested for its effort.
pub fn stretch(step: &PlannedStep, start: Millis, length: Option<Millis>) -> BeltStretch {
    let incline = EvenLine { from: step.incline, to: step.incline_to.unwrap_or(step.incline) };
    BeltStretch {
        start,
        length,
        speed: speed_line(step),
        incline,
        recovery: step.role == Role::Between || !step.reps.is_empty(),
        planned: step.end.planned(),
        by_hand: None,
    }
}

/// Returns the speed of a step from its start to its end: the target's, or the one that is suggested for its effort.
fn speed_line(step: &PlannedStep) -> Option<EvenLine<Speed>> {
    let target = &step.target;
    let written = target.start.speed.map(|from| EvenLine { from, to: target.end().speed.unwrap_or(from) });
    written.or(target.suggested.map(EvenLine::level))
}

/// Returns the steps of a sequence as stretches, from its start. Open steps are assumed to be long.
pub fn stretches(sequence: &Sequence) -> Vec<BeltStretch> {
    let mut start = Millis::ZERO;
    let each = sequence.steps.iter().map(|step| {
        let length = step.end.planned();
        let stretch = stretch(step, start, length);
        start += length.unwrap_or(OPEN_STEP);
        stretch
    });
    each.collect()
}

/// Returns the speed on the runner's flat that costs as much as `speed` on `incline`. `None` if the incline is the
/// runner's flat, or the belt is stopped.
pub fn speed_on_flat(athlete: &Athlete, speed: Speed, incline: Incline) -> Option<Speed> {
    let flat = athlete.flat.unwrap_or(Incline::FLAT);
    (incline != flat && speed.mps() > 0.0).then(|| belt::flat_equivalent(speed, incline, flat))
}

/// Fits a sequence to a treadmill: each step gets the speeds at which the belt runs it, and each distance the time that
/// it takes at them.
///
/// The language calculates with exact speeds. A belt runs only at whole steps and at most at the runner's ceiling.
pub fn fit(mut sequence: Sequence, treadmill: &Treadmill) -> Sequence {
    let mut offset = Some(Millis::ZERO);
    sequence.treadmill = Some(Box::new(*treadmill));
    for step in &mut sequence.steps {
        fit_step(step, treadmill);
        step.offset = step.offset.and(offset);
        offset = offset.zip(step.end.planned()).map(|(at, length)| at + length);
    }
    sequence
}

/// Fits one step to a treadmill. Its offset stays.
pub fn fit_step(step: &mut PlannedStep, treadmill: &Treadmill) {
    let incline = step.incline;
    let nearest = |speed| treadmill.belt.nearest_setting(speed, incline, treadmill.ceiling).setting.speed;
    step.on_belt = step.target.start.speed.map(|from| {
        let to = step.target.end().speed.unwrap_or(from);
        (nearest(from), nearest(to))
    });
    let End::Distance { upper, lower, time: Some(_), .. } = step.end else { return };
    let Some(line) = speed_line(step) else { return };
    let mean = treadmill.belt.mean(&line, treadmill.ceiling);
    if mean.mps() > 0.0 {
        let time_of = |distance: Distance| distance.time_at(mean);
        let (time, lower_time) = (Some(time_of(upper)), lower.map(time_of));
        step.end = End::Distance { upper, lower, time, lower_time };
    }
}
