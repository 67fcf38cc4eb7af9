//! Quantities of the runner's body: heart rate and weight.

use super::trimmed;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Kilograms in a pound, exact by definition.
const KILOGRAMS_PER_POUND: f64 = 0.453_592_37;

/// A heart rate in whole beats per minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HeartRate(u32);

impl HeartRate {
    /// Creates a heart rate from beats per minute.
    pub const fn from_bpm(beats: u32) -> Self {
        HeartRate(beats)
    }

    /// Rounds beats per minute to a whole number, half up. Negative numbers give zero.
    ///
    /// A share like 70 % of 185 is exactly a half on paper, and slightly less in binary fractions. It counts as the half.
    pub fn nearest(beats: f64) -> Self {
        HeartRate((beats + 0.5 + 1e-9).floor().max(0.0) as u32)
    }

    /// Returns the beats per minute.
    pub const fn bpm(self) -> u32 {
        self.0
    }
}

/// Prints as `150bpm`, as in workouts and profiles.
impl fmt::Display for HeartRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}bpm", self.0)
    }
}

/// A heart rate to keep: in beats per minute if the athlete's heart rates are known, and always as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeartRateRange {
    /// As written: `Z3`, `140–150 bpm`, `75% HRmax`.
    pub words: String,
    /// The lowest and the highest beats per minute, if they are known. A zone without a lower end begins at
    /// [`HeartRateRange::LEAST`], one without an upper end ends at [`HeartRateRange::MOST`].
    pub bpm: Option<(u32, u32)>,
}

impl HeartRateRange {
    /// The lowest heart rate that can be written.
    pub const LEAST: u32 = 30;
    /// The highest heart rate that can be written.
    pub const MOST: u32 = 250;

    /// The beats per minute in words, if they are known: `132–143 bpm`, `139 bpm`, `up to 131 bpm`, `168 bpm and up`.
    pub fn bpm_words(&self) -> Option<String> {
        let (low, high) = self.bpm?;
        Some(match (low, high) {
            (low, high) if low == high => format!("{low} bpm"),
            (Self::LEAST, high) => format!("up to {high} bpm"),
            (low, Self::MOST) => format!("{low} bpm and up"),
            (low, high) => format!("{low}–{high} bpm"),
        })
    }
}

/// A weight in kilograms.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weight(f64);

impl Weight {
    /// A weight of `kilograms`.
    pub const fn from_kilograms(kilograms: f64) -> Self {
        Weight(kilograms)
    }

    /// A weight of `pounds`.
    pub fn from_pounds(pounds: f64) -> Self {
        Weight(pounds * KILOGRAMS_PER_POUND)
    }

    /// The weight in kilograms.
    pub const fn kilograms(self) -> f64 {
        self.0
    }

    /// The weight in pounds.
    pub fn pounds(self) -> f64 {
        self.0 / KILOGRAMS_PER_POUND
    }
}

/// `70kg`, as the profile has it.
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}kg", trimmed(self.0, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_beat_rounds_up() {
        // 70 % of 185 is 129.5.
        assert_eq!(HeartRate::nearest(185.0 * 0.7).bpm(), 130);
        assert_eq!(HeartRate::nearest(f64::NAN).bpm(), 0);
        assert_eq!(HeartRate::nearest(-3.0).bpm(), 0);
    }

    #[test]
    fn ends_that_are_open_are_said_so() {
        let words = |bpm| HeartRateRange { words: "Z".to_string(), bpm: Some(bpm) }.bpm_words().unwrap();
        assert_eq!(words((132, 143)), "132–143 bpm");
        assert_eq!(words((139, 139)), "139 bpm");
        assert_eq!(words((30, 131)), "up to 131 bpm");
        assert_eq!(words((168, 250)), "168 bpm and up");
    }
}
