//! How hard two steps are, one against the other.

use crate::units::PaceUnit;
use crate::workout::sequence::{Intensity, Kind, PlannedStep, Role, Shift};
use std::cmp::Ordering;

/// How `after` compares to `before`, each with the moment of it that is meant; greater is faster, or harder.
///
/// By speed where both are known; by how far each is from the same base; by zone, then by the order of the words. Where
/// one of the two cannot be held against the other so, as a plain number against a word, what the steps are to the
/// workout tells.
pub fn steps(before: (&PlannedStep, &Intensity), after: (&PlannedStep, &Intensity)) -> Ordering {
    intensities(before.1, after.1).unwrap_or_else(|| by_part(before, after))
}

/// How two steps compare at their hardest.
pub fn hardest(before: &PlannedStep, after: &PlannedStep) -> Ordering {
    fn peak(step: &PlannedStep) -> (&PlannedStep, &Intensity) {
        let (start, end) = (&step.target.start, step.target.end());
        (step, if intensities(start, end) == Some(Ordering::Greater) { end } else { start })
    }
    steps(peak(before), peak(after))
}

fn intensities(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    by_speed(before, after).or_else(|| by_base(before, after)).or_else(|| by_effort(before, after))
}

/// How `after`'s speed compares to `before`'s. Two that print alike on any console are the same.
fn by_speed(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    let (a, b) = (before.speed?.mps(), after.speed?.mps());
    if (a - b).abs() < 1e-9 { Some(Ordering::Equal) } else { b.partial_cmp(&a) }
}

/// The same by how far each is from the same base.
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
        // The base itself is both no seconds away and the whole fraction.
        (Shift::Seconds { each: 0.0, .. }, Shift::Fraction(y)) => y.partial_cmp(&1.0),
        (Shift::Fraction(x), Shift::Seconds { each: 0.0, .. }) => 1.0.partial_cmp(&x),
        // Seconds and fractions cannot be measured against each other without a pace, but their sides can.
        (Shift::Seconds { each, .. }, Shift::Fraction(y)) => sides(-each, y - 1.0),
        (Shift::Fraction(x), Shift::Seconds { each, .. }) => sides(x - 1.0, -each),
    }
}

/// How two distances from the same base compare whose signs differ; above zero is faster.
fn sides(before: f64, after: f64) -> Option<Ordering> {
    match (before > 0.0, after > 0.0) {
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        _ => None,
    }
}

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

/// How two steps compare by what they are to the workout; in the same part of it, an easy one is easier than any plain
/// number beside it, and a hard one harder.
fn by_part(before: (&PlannedStep, &Intensity), after: (&PlannedStep, &Intensity)) -> Ordering {
    let part = |step: &PlannedStep| match (step.kind, step.role) {
        (Kind::Rest, _) => 0,
        (Kind::Recovery | Kind::Warmup | Kind::Cooldown, _) => 1,
        (_, Role::Between | Role::Warmup | Role::Cooldown) => 1,
        _ => 2,
    };
    let side = |target: &Intensity| {
        target.zone.map_or(0, |zone| i8::from(zone.number() > 3) - i8::from(zone.number() < 3))
    };
    part(after.0).cmp(&part(before.0)).then_with(|| side(after.1).cmp(&side(before.1)))
}
