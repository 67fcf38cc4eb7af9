//! Speeds and paces.

use super::distance::{Distance, METRES_PER_MILE, PaceUnit};
use super::time::{Millis, clock};
use super::trimmed;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The unit of a speed, as on a treadmill's console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SpeedUnit {
    /// Kilometres per hour.
    #[default]
    #[serde(rename = "km/h")]
    KmPerHour,
    /// Miles per hour.
    #[serde(rename = "mph")]
    MilesPerHour,
}

impl SpeedUnit {
    /// Returns `km/h` or `mph`.
    pub const fn name(self) -> &'static str {
        match self {
            SpeedUnit::KmPerHour => "km/h",
            SpeedUnit::MilesPerHour => "mph",
        }
    }

    /// Converts a number of this unit to a speed.
    pub fn speed(self, number: f64) -> Speed {
        match self {
            SpeedUnit::KmPerHour => Speed::from_kmh(number),
            SpeedUnit::MilesPerHour => Speed::from_mph(number),
        }
    }

    /// Converts a speed to a number of this unit.
    pub fn number(self, speed: Speed) -> f64 {
        match self {
            SpeedUnit::KmPerHour => speed.kmh(),
            SpeedUnit::MilesPerHour => speed.mph(),
        }
    }
}

/// A speed in metres per second.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speed(f64);

impl Speed {
    /// Creates a speed from metres per second.
    pub const fn from_mps(metres: f64) -> Self {
        Speed(metres)
    }

    /// Creates a speed from kilometres per hour.
    pub fn from_kmh(kmh: f64) -> Self {
        Speed(kmh / 3.6)
    }

    /// Creates a speed from miles per hour.
    pub fn from_mph(mph: f64) -> Self {
        Speed(mph * METRES_PER_MILE / 3600.0)
    }

    /// Creates the speed that covers one `unit` in `seconds`.
    pub fn from_pace(seconds: f64, unit: PaceUnit) -> Self {
        Speed(unit.metres() / seconds)
    }

    /// Returns the speed in metres per second.
    pub const fn mps(self) -> f64 {
        self.0
    }

    /// Returns the speed in kilometres per hour.
    pub fn kmh(self) -> f64 {
        self.0 * 3.6
    }

    /// Returns the speed in miles per hour.
    pub fn mph(self) -> f64 {
        self.0 * 3600.0 / METRES_PER_MILE
    }

    /// Returns the pace in seconds per `unit`.
    pub fn pace(self, unit: PaceUnit) -> f64 {
        unit.metres() / self.0
    }

    /// Formats the speed in `unit` with at most two decimals: `9.5 mph`.
    pub fn text(self, unit: SpeedUnit) -> String {
        format!("{} {}", trimmed(unit.number(self), 2), unit.name())
    }

    /// Formats the pace as runners write it: `4:17/km`. A speed of zero has no pace: `–`.
    pub fn pace_text(self, unit: PaceUnit) -> String {
        match self.0 > 0.0 {
            true => format!("{}/{}", self.pace_clock(unit), unit.name()),
            false => self.pace_clock(unit),
        }
    }

    /// Formats the pace without its unit: `4:17`. It is rounded to the second before it is split, so `3:60` never
    /// appears. A speed of zero has no pace: `–`.
    pub fn pace_clock(self, unit: PaceUnit) -> String {
        match self.0 > 0.0 {
            true => clock(self.pace(unit).round() as u64),
            false => "–".to_string(),
        }
    }
}

impl Distance {
    /// Returns the time that the distance takes at `speed`, rounded to the millisecond, half up.
    pub fn time_at(self, speed: Speed) -> Millis {
        Millis::from_secs_f64(self.metres() / speed.0)
    }
}

/// Prints in km/h with one decimal: `10.5 km/h`.
impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} km/h", self.kmh())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_convert_to_published_paces() {
        for (kmh, pace) in [
            (8.0, "7:30"),
            (9.0, "6:40"),
            (10.0, "6:00"),
            (11.0, "5:27"),
            (12.0, "5:00"),
            (13.0, "4:37"),
            (14.0, "4:17"),
            (15.0, "4:00"),
            (16.0, "3:45"),
        ] {
            assert_eq!(Speed::from_kmh(kmh).pace_text(PaceUnit::Km), format!("{pace}/km"));
        }
        for (mph, pace) in
            [(5.0, "12:00"), (6.0, "10:00"), (7.0, "8:34"), (7.5, "8:00"), (8.0, "7:30"), (9.0, "6:40")]
        {
            assert_eq!(Speed::from_mph(mph).pace_text(PaceUnit::Mi), format!("{pace}/mi"));
        }
    }

    #[test]
    fn the_time_of_a_distance_rounds_half_milliseconds_up() {
        let time = |metres, kmh| Distance::from_metres(metres).time_at(Speed::from_kmh(kmh));
        // 375 m × 3.6 / 6.4 = 210.9375 s; 100 m × 3.6 / 25.6 = 14.0625 s; 50 m × 3.6 / 25.6 = 7.03125 s.
        assert_eq!(time(375.0, 6.4), Millis::new(210_938));
        assert_eq!(time(100.0, 25.6), Millis::new(14_063));
        assert_eq!(time(50.0, 25.6), Millis::new(7_031));
    }

    #[test]
    fn a_pace_never_shows_sixty_seconds() {
        assert_eq!(Speed::from_pace(239.7, PaceUnit::Km).pace_text(PaceUnit::Km), "4:00/km");
    }

    #[test]
    fn a_speed_of_zero_has_no_pace() {
        assert_eq!(Speed::default().pace_text(PaceUnit::Km), "–");
    }
}
