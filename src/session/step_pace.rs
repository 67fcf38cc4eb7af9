//! How fast a step is run and what distance that covers, as far as the belt is known: the plan, the runner's
//! changes of speed on top of it, and the distances read off the console.

use crate::belt::ManualSetting;
use crate::units::{Distance, Millis, Speed};
use crate::workout::bounds::LONGEST_WORKOUT;
use crate::workout::sequence::{End, PlannedStep};

/// A correction never brings an end closer than this: the pips before it have to find room.
pub const CLOSEST: Millis = Millis::from_secs(4);

/// From some moment of a step on: what had been covered, and how the speed differs from the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
struct BeltAdjustment {
    /// How far into the step.
    into: Millis,
    /// Metres covered by then.
    covered: f64,
    /// Metres a second above (or below) the planned speed from then on.
    offset: f64,
    /// The step does not end before this.
    floor: Millis,
    /// When it would have ended without it.
    before: Millis,
}

/// One visit to a step: what the runner made of its speed and its distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepVisit {
    turns: Vec<BeltAdjustment>,
    by_hand: Option<ManualSetting>,
}

impl StepVisit {
    /// The speed so far into a step, where it is known.
    pub fn speed(&self, step: &PlannedStep, into: Millis) -> Option<Speed> {
        let planned = planned_speed(step, into)?;
        Some(Speed::from_mps((planned.mps() + self.shift()).max(0.0)))
    }

    /// What the runner has set by hand, where they have.
    pub fn by_hand(&self) -> Option<ManualSetting> {
        self.by_hand
    }

    /// By how many metres a second the runner has it faster than planned.
    fn shift(&self) -> f64 {
        self.turns.last().map_or(0.0, |t| t.offset)
    }

    /// The distance covered so far into a step, where the speed is known.
    pub fn covered(&self, step: &PlannedStep, into: Millis) -> Option<Distance> {
        let at = |into: Millis| planned_metres(step, into.as_secs_f64());
        let Some(turn) = self.turns.iter().rev().find(|t| t.into <= into) else {
            return at(into).map(Distance::from_metres);
        };
        let since = into.saturating_sub(turn.into).as_secs_f64();
        let metres = turn.covered + (at(into)? - at(turn.into)?) + turn.offset * since;
        Some(Distance::from_metres(metres.max(0.0)))
    }

    /// How long a step lasts, as far as anyone can know; without what it was extended by.
    pub fn length(&self, step: &PlannedStep) -> Option<Millis> {
        let planned = step.end.planned()?;
        let (End::Distance { upper, .. }, Some(turn)) = (step.end, self.turns.last()) else {
            return Some(planned);
        };
        let solved = self.time_of(step, upper.metres(), turn)?;
        Some(solved.max(turn.floor))
    }

    /// From when on the runner may end a range, as far as anyone can know.
    pub fn may_end_from(&self, step: &PlannedStep) -> Option<Millis> {
        let planned = step.end.may_end_from()?;
        match (step.end, self.turns.last()) {
            (End::Distance { lower: Some(lower), .. }, Some(turn)) => {
                self.time_of(step, lower.metres(), turn)
            }
            _ => Some(planned),
        }
    }

    /// From this moment on the belt runs at `to`.
    pub fn adjust(&mut self, step: &PlannedStep, into: Millis, to: Speed) {
        let (Some(planned), Some(covered)) = (planned_speed(step, into), self.covered(step, into)) else {
            return;
        };
        let offset = to.mps() - planned.mps();
        let before = self.length(step).unwrap_or(into);
        // What a correction left for the pips is not taken from them.
        let floor = self.turns.last().map_or(Millis::ZERO, |t| t.floor).max(into.min(before));
        self.turns.push(BeltAdjustment { into, covered: covered.metres(), offset, floor, before });
        let before = self.by_hand.map_or(to, |before| before.confirmed);
        let confirmed = if before.mps() > to.mps() { before } else { to };
        self.by_hand = Some(ManualSetting { into, to, confirmed });
    }

    /// At this moment so much of the step was covered.
    pub fn correct(&mut self, step: &PlannedStep, into: Millis, covered: Distance) {
        let before = self.length(step).unwrap_or(into);
        let offset = self.shift();
        let floor = before.min(into + CLOSEST);
        self.turns.push(BeltAdjustment { into, covered: covered.metres(), offset, floor, before });
    }

    /// When `metres` are covered, counted from the step's start. Nothing where the belt stands still.
    fn time_of(&self, step: &PlannedStep, metres: f64, turn: &BeltAdjustment) -> Option<Millis> {
        let left = metres - turn.covered;
        if left <= 0.0 {
            // All of it is covered: it was over when that was so, whatever the runner does with the time after it.
            return Some(turn.into.min(turn.before));
        }
        if step.target.ramp_to.is_none() {
            let speed = planned_speed(step, turn.into)?.mps() + turn.offset;
            return (speed > SLOWEST).then(|| turn.into + Millis::from_secs_f64(left / speed));
        }
        // On a ramp the distance grows with a square: halved until the millisecond is certain.
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

/// Metres a second below which nothing is ever covered.
const SLOWEST: f64 = 0.01;

/// The planned speed so far into a step; that of its end where it lasts longer than planned.
fn planned_speed(step: &PlannedStep, into: Millis) -> Option<Speed> {
    let (from, to) = ends(step)?;
    let length = step.end.planned().unwrap_or_default().as_secs_f64();
    let part = if length > 0.0 { (into.as_secs_f64() / length).min(1.0) } else { 0.0 };
    Some(Speed::from_mps((from.mps() + (to.mps() - from.mps()) * part) * scale(step)))
}

/// The speeds at both ends of a step: those of the belt where it is known, else the target's.
fn ends(step: &PlannedStep) -> Option<(Speed, Speed)> {
    let target = || Some((step.target.start.speed?, step.target.end().speed.or(step.target.start.speed)?));
    step.on_belt.or_else(target)
}

/// A step with a distance covers just that in its planned time, whatever the belt makes of its speed.
fn scale(step: &PlannedStep) -> f64 {
    match (step.end, ends(step)) {
        (End::Distance { upper, time: Some(time), .. }, Some((from, to))) => {
            let mean = (from.mps() + to.mps()) / 2.0;
            upper.metres() / (mean * time.as_secs_f64()).max(1e-9)
        }
        _ => 1.0,
    }
}

/// The metres that the plan covers in so many seconds of a step.
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
