//! Which signal and which words, when: a pure function of the forecast.

mod fit;
pub mod phrase;
mod plan;
mod signal;
pub mod speech;

pub use fit::{Placed, Room, fit};
pub use phrase::{Phrase, Word};
pub use plan::{BeltChange, Cue, Footing, InclineChange, Plan, Press, Why, Words, plan};
pub use signal::{Note, Signal};
pub use speech::{Saying, Verbosity};

use crate::units::PaceUnit;
use crate::workout::sequence::{Intensity, Shift};
use std::cmp::Ordering;

/// Which signal says how `after` compares to `before`: by speed where both are known; by how far each is from
/// the same base; by zone, then by the order of the words; else they are the same.
pub fn direction(before: &Intensity, after: &Intensity) -> Signal {
    match by_speed(before, after)
        .or_else(|| by_base(before, after))
        .unwrap_or_else(|| by_effort(before, after))
    {
        Ordering::Greater => Signal::Faster,
        Ordering::Less => Signal::Easier,
        Ordering::Equal => Signal::Same,
    }
}

/// How `after`'s speed compares to `before`'s. Two that print alike on any console are the same.
fn by_speed(before: &Intensity, after: &Intensity) -> Option<Ordering> {
    let (a, b) = (before.speed?.mps(), after.speed?.mps());
    if (a - b).abs() < 1e-9 { Some(Ordering::Equal) } else { b.partial_cmp(&a) }
}

fn by_base(before: &Intensity, after: &Intensity) -> Option<Ordering> {
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

fn by_effort(before: &Intensity, after: &Intensity) -> Ordering {
    let zone = match (before.zone, after.zone) {
        (Some(a), Some(b)) => b.cmp(&a),
        _ => Ordering::Equal,
    };
    zone.then_with(|| match (before.rank, after.rank) {
        (Some(a), Some(b)) => b.cmp(&a),
        _ => Ordering::Equal,
    })
}
