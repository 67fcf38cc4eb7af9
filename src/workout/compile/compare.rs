//! Compares how hard steps are.

use crate::units::PaceUnit;
use crate::workout::sequence::{Intensity, Kind, PlannedStep, Role, Shift};
use std::cmp::Ordering;

/// A moment of a step.
#[derive(Clone, Copy, Debug)]
pub struct StepMoment<'a> {
    step: &'a PlannedStep,
    intensity: &'a Intensity,
}

impl<'a> StepMoment<'a> {
    /// Returns the start of a step.
    pub fn start(step: &'a PlannedStep) -> Self {
        StepMoment { step, intensity: &step.target.start }
    }

    /// Returns the end of a step.
    pub fn end(step: &'a PlannedStep) -> Self {
        StepMoment { step, intensity: step.target.end() }
    }

    /// Returns the harder of the start and the end.
    fn hardest(step: &'a PlannedStep) -> Self {
        let (start, end) = (Self::start(step), Self::end(step));
        let rises = intensities(start.intensity, end.intensity) == Some(Ordering::Greater);
        if rises { end } else { start }
    }
}

/// Compares `after` to `before`. Greater means faster or harder.
///
/// Speeds are compared if both are known, then offsets from the same base pace, then zones, then the order of efforts. If
/// nothing can be compared, such as a speed with an effort, the roles of the steps in the workout decide.
pub fn moments(before: StepMoment<'_>, after: StepMoment<'_>) -> Ordering {
    intensities(before.intensity, after.intensity).unwrap_or_else(|| by_role(before, after))
}

/// Compares two steps at their hardest.
pub fn hardest(before: &PlannedStep, after: &PlannedStep) -> Ordering {
    moments(StepMoment::hardest(before), StepMoment::hardest(after))
}

fn intensities(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    by_speed(before, after).or_else(|| by_base(before, after)).or_else(|| by_effort(before, after))
}

/// Compares speeds, if both are known.
fn by_speed(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    let (a, b) = (before.speed?.mps(), after.speed?.mps());
    if (a - b).abs() < 1e-9 { Some(Ordering::Equal) } else { b.partial_cmp(&a) }
}

/// Compares offsets from the same base pace.
pub fn by_base(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    let (a, b) = (before.relative.as_ref()?, after.relative.as_ref()?);
    if a.base != b.base {
        return None;
    }
    let seconds = |each: f64, unit: PaceUnit| each / unit.metres();
    match (a.by, b.by) {
        (Shift::Seconds { each: x, unit: u }, Shift::Seconds { each: y, unit: v }) => {
            seconds(x, u).partial_cmp(&seconds(y, v))
        }
        (Shift::Fraction(x), Shift::Fraction(y)) => y.partial_cmp(&x),
        // An offset of zero seconds is the whole of the base speed.
        (Shift::Seconds { each: 0.0, .. }, Shift::Fraction(y)) => y.partial_cmp(&1.0),
        (Shift::Fraction(x), Shift::Seconds { each: 0.0, .. }) => 1.0.partial_cmp(&x),
        // Seconds and fractions cannot be compared without a pace, unless they lie on different sides of the base.
        (Shift::Seconds { each, .. }, Shift::Fraction(y)) => sides(-each, y - 1.0),
        (Shift::Fraction(x), Shift::Seconds { each, .. }) => sides(x - 1.0, -each),
    }
}

/// Compares two offsets from the same base that have different signs. A positive offset is faster.
fn sides(before: f64, after: f64) -> Option<Ordering> {
    match (before > 0.0, after > 0.0) {
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        _ => None,
    }
}

/// Compares zones, and efforts in the same zone.
fn by_effort(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    fn order<T: Ord>(before: Option<T>, after: Option<T>) -> Option<Ordering> {
        Some(after?.cmp(&before?))
    }
    let (zone, rank) = (order(before.zone, after.zone), order(before.rank, after.rank));
    match zone {
        None | Some(Ordering::Equal) => rank.or(zone),
        _ => zone,
    }
}

/// Compares two steps by their roles in the workout. With the same role, an easy effort counts as easier than any speed,
/// and a hard effort as harder.
fn by_role(before: StepMoment<'_>, after: StepMoment<'_>) -> Ordering {
    let role = |step: &PlannedStep| match (step.kind, step.role) {
        (Kind::Rest, _) => 0,
        (Kind::Recovery | Kind::Warmup | Kind::Cooldown, _) => 1,
        (_, Role::Between | Role::Warmup | Role::Cooldown) => 1,
        _ => 2,
    };
    let side = |target: &Intensity| {
        target.zone.map_or(0, |zone| i8::from(zone.number() > 3) - i8::from(zone.number() < 3))
    };
    role(after.step).cmp(&role(before.step)).then_with(|| side(after.intensity).cmp(&side(before.intensity)))
}
