//! Distances and the units that paces are given per.

use super::trimmed;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Add;

/// Metres in a mile, exact by definition.
pub const METRES_PER_MILE: f64 = 1609.344;

/// A distance in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Distance(f64);

/// A unit that a distance is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DistanceUnit {
    /// Metres.
    Metres,
    /// Kilometres.
    Kilometres,
    /// Miles.
    Miles,
}

impl DistanceUnit {
    /// Returns `m`, `km` or `mi`.
    pub const fn name(self) -> &'static str {
        match self {
            DistanceUnit::Metres => "m",
            DistanceUnit::Kilometres => "km",
            DistanceUnit::Miles => "mi",
        }
    }
}

/// A distance in the unit that gives the shortest number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDistance {
    /// The digits: `400`, `1.5`.
    pub number: String,
    /// The unit.
    pub unit: DistanceUnit,
}

impl Distance {
    /// Creates a distance from metres.
    pub const fn from_metres(metres: f64) -> Self {
        Distance(metres)
    }

    /// Creates a distance from miles.
    pub fn from_miles(miles: f64) -> Self {
        Distance(miles * METRES_PER_MILE)
    }

    /// Returns the distance in metres.
    pub const fn metres(self) -> f64 {
        self.0
    }

    /// Returns the distance in miles.
    pub fn miles(self) -> f64 {
        self.0 / METRES_PER_MILE
    }

    /// Returns the number and the unit that the distance is written with.
    pub fn written(self) -> WrittenDistance {
        let is_short = |x: f64| (x - (x * 100.0).round() / 100.0).abs() < 1e-6;
        let (number, unit) = if self.0 < 1000.0 && is_short(self.0) {
            (trimmed(self.0, 2), DistanceUnit::Metres)
        } else if !is_short(self.0 / 1000.0) && is_short(self.miles()) {
            (trimmed(self.miles(), 2), DistanceUnit::Miles)
        } else if self.0 < 1000.0 {
            (trimmed(self.0, 0), DistanceUnit::Metres)
        } else {
            (trimmed(self.0 / 1000.0, 2), DistanceUnit::Kilometres)
        };
        WrittenDistance { number, unit }
    }
}

impl Add for Distance {
    type Output = Distance;
    fn add(self, other: Distance) -> Distance {
        Distance(self.0 + other.0)
    }
}

/// Prints in the unit that gives the shortest number: `400 m`, `5 km`, `3 mi`.
impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WrittenDistance { number, unit } = self.written();
        write!(f, "{number} {}", unit.name())
    }
}

/// The unit that a pace is given per.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaceUnit {
    /// Minutes per kilometre.
    Km,
    /// Minutes per mile.
    Mi,
}

impl PaceUnit {
    /// Returns the metres in one unit.
    pub const fn metres(self) -> f64 {
        match self {
            PaceUnit::Km => 1000.0,
            PaceUnit::Mi => METRES_PER_MILE,
        }
    }

    /// Returns `km` or `mi`.
    pub const fn name(self) -> &'static str {
        match self {
            PaceUnit::Km => "km",
            PaceUnit::Mi => "mi",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_print_in_the_unit_they_were_written_in() {
        let shown = [400.0, 5000.0, 1609.344, 4828.032, 16093.44, 1500.0]
            .map(|m| Distance::from_metres(m).to_string());
        assert_eq!(shown, ["400 m", "5 km", "1 mi", "3 mi", "10 mi", "1.5 km"]);
    }
}
