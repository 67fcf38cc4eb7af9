//! How fast a step is run and what distance that covers, as far as the belt is known: the plan, the runner's
//! changes of speed on top of it, and the distances read off the console.

use crate::belt::ByHand;
use crate::units::{Distance, Millis, Speed};
use crate::workout::sequence::{End, PlannedStep};

/// A correction never brings an end closer than this: the pips before it have to find room.
const CLOSEST: Millis = Millis::from_secs(4);

/// From some moment of a step on: what had been covered, and how the speed differs from the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    /// How far into the step.
    into: Millis,
    /// Metres covered by then.
    covered: f64,
    /// Metres a second above (or below) the planned speed from then on.
    offset: f64,
    /// The step does not end before this.
    floor: Millis,
}

/// One visit to a step: what the runner made of its speed and its distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    turns: Vec<Turn>,
    by_hand: Option<ByHand>,
}

impl Visit {
    /// The speed so far into a step, where it is known.
    pub fn speed(&self, step: &PlannedStep, into: Millis) -> Option<Speed> {
        let planned = planned_speed(step, into)?;
        Some(Speed::from_mps((planned.mps() + self.shift()).max(0.0)))
    }

    /// What the runner has set by hand, where they have.
    pub fn by_hand(&self) -> Option<ByHand> {
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

    /// From this moment on the belt runs at `to`.
    pub fn adjust(&mut self, step: &PlannedStep, into: Millis, to: Speed) {
        let (Some(planned), Some(covered)) = (planned_speed(step, into), self.covered(step, into)) else {
            return;
        };
        let offset = to.mps() - planned.mps();
        self.turns.push(Turn { into, covered: covered.metres(), offset, floor: into });
        let before = self.by_hand.map_or(to, |before| before.confirmed);
        let confirmed = if before.mps() > to.mps() { before } else { to };
        self.by_hand = Some(ByHand { into, to, confirmed });
    }

    /// At this moment so much of the step was covered.
    pub fn correct(&mut self, step: &PlannedStep, into: Millis, covered: Distance) {
        let before = self.length(step).unwrap_or(into);
        let offset = self.shift();
        let floor = before.min(into + CLOSEST);
        self.turns.push(Turn { into, covered: covered.metres(), offset, floor });
    }

    /// When `metres` are covered, counted from the step's start. Nothing where the belt stands still.
    fn time_of(&self, step: &PlannedStep, metres: f64, turn: &Turn) -> Option<Millis> {
        let left = metres - turn.covered;
        if left <= 0.0 {
            return Some(turn.into);
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
        let (mut early, mut late) = (turn.into.as_secs_f64(), LONGEST.as_secs_f64());
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
/// No session lasts longer.
const LONGEST: Millis = Millis::from_secs(24 * 3600);

/// The planned speed so far into a step; that of its end where it lasts longer than planned.
fn planned_speed(step: &PlannedStep, into: Millis) -> Option<Speed> {
    let speed = match step.end.planned() {
        Some(length) => step.target.speed_at(into, length),
        None => step.target.start.speed,
    }?;
    Some(Speed::from_mps(speed.mps() * scale(step)))
}

/// A step with a distance covers just that in its planned time, whatever the belt makes of its speed.
fn scale(step: &PlannedStep) -> f64 {
    match (step.end, step.target.mean_speed()) {
        (End::Distance { upper, time: Some(time), .. }, Some(mean)) => {
            upper.metres() / (mean.mps() * time.as_secs_f64()).max(1e-9)
        }
        _ => 1.0,
    }
}

/// The metres that the plan covers in so many seconds of a step.
fn planned_metres(step: &PlannedStep, seconds: f64) -> Option<f64> {
    let from = step.target.start.speed?.mps();
    let to = step.target.end().speed.map_or(from, Speed::mps);
    let Some(length) = step.end.planned().map(Millis::as_secs_f64).filter(|l| *l > 0.0) else {
        return Some(from * seconds);
    };
    let within = seconds.min(length);
    let covered = from * within + (to - from) * within * within / (2.0 * length);
    let beyond = to * (seconds - within);
    Some((covered + beyond) * scale(step))
}
