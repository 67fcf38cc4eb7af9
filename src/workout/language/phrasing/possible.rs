//! Which reading of a clock without a unit is possible: a pace, or the time of the whole distance.
//!
//! The limits are the same for every runner, so that a text never means different things for two people.

use crate::units::{Distance, PaceUnit, Speed};

/// A clock after a distance, as far as its unit can be worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ClockReading {
    /// A pace for each unit.
    Pace(PaceUnit),
    /// The time of the whole distance.
    Whole,
    /// Both are possible, or neither is.
    Unclear,
}

/// Speeds at which most training is run, in km/h.
const USUAL: (f64, f64) = (7.0, 18.0);

/// The speeds that are possible over `metres`, in km/h.
fn possible(metres: f64) -> (f64, f64) {
    match metres {
        m if m <= 400.0 => (4.0, 36.0),
        m if m <= 1650.0 => (4.0, 27.0),
        _ => (4.0, 24.0),
    }
}

/// Returns a speed over a distance that nobody exceeds: a little above the world's best.
pub(crate) fn possible_speed(distance: Distance) -> Speed {
    Speed::from_kmh(match distance.metres() {
        m if m <= 400.0 => 37.0,
        m if m <= 1000.0 => 29.0,
        m if m <= 3300.0 => 26.0,
        _ => 24.0,
    })
}

/// Reads `seconds` (a range has two ends) after a distance of `metres` that was written in `unit`.
pub(crate) fn after_distance(metres: f64, unit: PaceUnit, seconds: &[f64]) -> ClockReading {
    let pace = |s: f64| unit.metres() / s * 3.6;
    let whole = |s: f64| metres / s * 3.6;
    if (metres - unit.metres()).abs() < 1e-6 {
        return ClockReading::Pace(unit);
    }
    for (low, high) in [USUAL, possible(metres)] {
        let fits = |speed: &dyn Fn(f64) -> f64| seconds.iter().all(|s| (low..=high).contains(&speed(*s)));
        match (fits(&pace), fits(&whole)) {
            (true, false) => return ClockReading::Pace(unit),
            (false, true) => return ClockReading::Whole,
            (true, true) => return ClockReading::Unclear,
            (false, false) => {}
        }
    }
    ClockReading::Unclear
}

/// Reads `seconds` after a time: a pace for each kilometre or each mile.
pub(crate) fn after_time(seconds: &[f64]) -> ClockReading {
    for (low, high) in [USUAL, (4.0, 24.0)] {
        let fits = |unit: PaceUnit| seconds.iter().all(|s| (low..=high).contains(&(unit.metres() / s * 3.6)));
        match (fits(PaceUnit::Km), fits(PaceUnit::Mi)) {
            (true, false) => return ClockReading::Pace(PaceUnit::Km),
            (false, true) => return ClockReading::Pace(PaceUnit::Mi),
            (true, true) => return ClockReading::Unclear,
            (false, false) => {}
        }
    }
    ClockReading::Unclear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_only_possible_reading() {
        let km = PaceUnit::Km;
        assert_eq!(after_distance(800.0, km, &[190.0]), ClockReading::Whole);
        assert_eq!(after_distance(400.0, km, &[90.0]), ClockReading::Whole);
        assert_eq!(after_distance(400.0, km, &[72.0]), ClockReading::Whole);
        assert_eq!(after_distance(1000.0, km, &[250.0]), ClockReading::Pace(km));
        assert_eq!(after_distance(1200.0, km, &[270.0]), ClockReading::Unclear);
        assert_eq!(after_distance(2.0 * 1609.344, PaceUnit::Mi, &[480.0]), ClockReading::Pace(PaceUnit::Mi));
        assert_eq!(after_distance(2.0 * 1609.344, PaceUnit::Mi, &[720.0]), ClockReading::Unclear);
        assert_eq!(after_time(&[250.0]), ClockReading::Pace(km));
        assert_eq!(after_time(&[480.0]), ClockReading::Unclear);
        assert_eq!(after_time(&[570.0]), ClockReading::Pace(PaceUnit::Mi));
    }
}
