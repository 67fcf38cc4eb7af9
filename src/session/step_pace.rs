//! A visit to a step: the plan's speed and distance, the runner's changes of both, and an end that the heart rate has set.

use super::heart_end::HeartEnd;
use crate::belt::ManualSetting;
use crate::units::{Distance, Millis, Speed};
use crate::workout::bounds::LONGEST_WORKOUT;
use crate::workout::sequence::{End, PlannedStep};

/// The shortest rest of a step after a correction. The pips before the end need this time.
pub const SHORTEST_REST: Millis = Millis::from_secs(4);

/// A change of speed or distance within a step. It holds from a moment on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct BeltAdjustment {
    /// The time into the step.
    into: Millis,
    /// The distance covered by then, in metres.
    covered: f64,
    /// The difference to the planned speed, in metres per second.
    offset: f64,
    /// The step does not end before this.
    floor: Millis,
    /// The end of the step without this change.
    before: Millis,
}

/// One visit to a step, with the changes of its speed and its distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepVisit {
    adjustments: Vec<BeltAdjustment>,
    by_hand: Option<ManualSetting>,
    /// The end that the heart rate has set.
    pub(super) heart_end: Option<HeartEnd>,
}

impl StepVisit {
    /// Returns the speed at a time into a step, if it is known.
    pub fn speed(&self, step: &PlannedStep, into: Millis) -> Option<Speed> {
        let planned = planned_speed(step, into)?;
        Some(Speed::from_mps((planned.mps() + self.shift()).max(0.0)))
    }

    /// Returns the speed that the runner has set by hand.
    pub fn by_hand(&self) -> Option<ManualSetting> {
        self.by_hand
    }

    /// Returns the difference to the planned speed, in metres per second.
    fn shift(&self) -> f64 {
        self.adjustments.last().map_or(0.0, |t| t.offset)
    }

    /// Returns the distance covered at a time into a step, if the speed is known.
    pub fn covered(&self, step: &PlannedStep, into: Millis) -> Option<Distance> {
        let at = |into: Millis| planned_metres(step, into.as_secs_f64());
        let Some(turn) = self.adjustments.iter().rev().find(|t| t.into <= into) else {
            return at(into).map(Distance::from_metres);
        };
        let since = into.saturating_sub(turn.into).as_secs_f64();
        let metres = turn.covered + (at(into)? - at(turn.into)?) + turn.offset * since;
        Some(Distance::from_metres(metres.max(0.0)))
    }

    /// Returns the length of a step without extensions, if it is known.
    pub fn length(&self, step: &PlannedStep) -> Option<Millis> {
        let planned = step.end.planned()?;
        let (End::Distance { upper, .. }, Some(turn)) = (step.end, self.adjustments.last()) else {
            return Some(planned);
        };
        let solved = self.time_of(step, upper.metres(), turn)?;
        Some(solved.max(turn.floor))
    }

    /// Returns the time into a range from which the runner may end it, if it is known.
    pub fn may_end_from(&self, step: &PlannedStep) -> Option<Millis> {
        let planned = step.end.may_end_from()?;
        match (step.end, self.adjustments.last()) {
            (End::Distance { lower: Some(lower), .. }, Some(turn)) => {
                self.time_of(step, lower.metres(), turn)
            }
            _ => Some(planned),
        }
    }

    /// Sets the speed from a time into the step on.
    pub fn adjust(&mut self, step: &PlannedStep, into: Millis, to: Speed) {
        let (Some(planned), Some(covered)) = (planned_speed(step, into), self.covered(step, into)) else {
            return;
        };
        let offset = to.mps() - planned.mps();
        let before = self.length(step).unwrap_or(into);
        // The pips keep the time that an earlier correction left for them.
        let floor = self.adjustments.last().map_or(Millis::ZERO, |t| t.floor).max(into.min(before));
        self.adjustments.push(BeltAdjustment { into, covered: covered.metres(), offset, floor, before });
        let before = self.by_hand.map_or(to, |before| before.confirmed);
        let confirmed = if before.mps() > to.mps() { before } else { to };
        self.by_hand = Some(ManualSetting { into, to, confirmed });
    }

    /// Goes on at the speed that the visit had before, from a time into the step on.
    pub fn go_on_as(&mut self, before: &StepVisit, step: &PlannedStep, into: Millis) {
        if let Some(speed) = before.speed(step, into) {
            self.adjust(step, into, speed);
            self.by_hand = before.by_hand;
        }
    }

    /// Corrects the distance that is covered at a time into the step.
    pub fn correct(&mut self, step: &PlannedStep, into: Millis, covered: Distance) {
        let before = self.length(step).unwrap_or(into);
        let offset = self.shift();
        let floor = before.min(into + SHORTEST_REST);
        self.adjustments.push(BeltAdjustment { into, covered: covered.metres(), offset, floor, before });
    }

    /// Returns the time into the step at which `metres` are covered, or `None` if the belt stands still.
    fn time_of(&self, step: &PlannedStep, metres: f64, turn: &BeltAdjustment) -> Option<Millis> {
        let left = metres - turn.covered;
        if left <= 0.0 {
            // Everything was covered at the change already, so the step was over by then.
            return Some(turn.into.min(turn.before));
        }
        if step.target.ramp_to.is_none() {
            let speed = planned_speed(step, turn.into)?.mps() + turn.offset;
            return (speed > SLOWEST).then(|| turn.into + Millis::from_secs_f64(left / speed));
        }
        // The distance of a ramp is quadratic in time. Bisect until the millisecond is certain.
        let covered = |t: f64| {
            let planned = planned_metres(step, t).zip(planned_metres(step, turn.into.as_secs_f64()));
            planned.map(|(a, b)| a - b + turn.offset * (t - turn.into.as_secs_f64()))
        };
        let (mut early, mut late) = (turn.into.as_secs_f64(), LONGEST_WORKOUT.as_secs_f64());
        if covered(late)? < left {
            return None;
        }
        for _ in 0..60 {
            let middle = (early + late) / 2.0;
            if covered(middle)? < left { early = middle } else { late = middle }
        }
        Some(Millis::from_secs_f64(late))
    }
}

/// The speed below which the belt counts as standing still, in metres per second.
const SLOWEST: f64 = 0.01;

/// Returns the planned speed at a time into a step. After the planned end, the speed stays as it is there.
fn planned_speed(step: &PlannedStep, into: Millis) -> Option<Speed> {
    let (from, to) = ends(step)?;
    let length = step.end.planned().unwrap_or_default().as_secs_f64();
    let part = if length > 0.0 { (into.as_secs_f64() / length).min(1.0) } else { 0.0 };
    Some(Speed::from_mps((from.mps() + (to.mps() - from.mps()) * part) * scale(step)))
}

/// Returns the speeds at both ends of a step: those of the belt where it is known, or else the target's. A distance
/// without either is estimated at the speed that is suggested for its effort.
fn ends(step: &PlannedStep) -> Option<(Speed, Speed)> {
    let target = &step.target;
    let written = || Some((target.start.speed?, target.end().speed.or(target.start.speed)?));
    let suggested = || target.suggested.filter(|_| step.is_estimated()).map(|speed| (speed, speed));
    step.on_belt.or_else(written).or_else(suggested)
}

/// Returns the factor that makes a step with a distance cover exactly that distance in its planned time, although the belt
/// rounds its speed.
fn scale(step: &PlannedStep) -> f64 {
    match (step.end, ends(step)) {
        (End::Distance { upper, time: Some(time), .. }, Some((from, to))) => {
            let mean = (from.mps() + to.mps()) / 2.0;
            upper.metres() / (mean * time.as_secs_f64()).max(1e-9)
        }
        _ => 1.0,
    }
}

/// Returns the planned distance, in metres, in the first `seconds` of a step.
fn planned_metres(step: &PlannedStep, seconds: f64) -> Option<f64> {
    let (from, to) = ends(step).map(|(from, to)| (from.mps(), to.mps()))?;
    let Some(length) = step.end.planned().map(Millis::as_secs_f64).filter(|l| *l > 0.0) else {
        return Some(from * seconds);
    };
    let within = seconds.min(length);
    let covered = from * within + (to - from) * within * within / (2.0 * length);
    let beyond = to * (seconds - within);
    Some((covered + beyond) * scale(step))
}
