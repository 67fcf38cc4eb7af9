//! Lengths of time and moments.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

/// A length of time in whole milliseconds.
///
/// Sums saturate. No workout comes near the limit, and a hostile file must not cause a panic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(u64);

impl Millis {
    /// No time at all.
    pub const ZERO: Millis = Millis(0);

    /// Creates a length of time from milliseconds.
    pub const fn new(milliseconds: u64) -> Self {
        Millis(milliseconds)
    }

    /// Creates a length of time from whole seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Millis(seconds.saturating_mul(1000))
    }

    /// Rounds seconds to the nearest millisecond, half up. Negative numbers and NaN give zero.
    ///
    /// A number up to a millionth of a millisecond below a half counts as the half. A quotient that is exactly a half on
    /// paper (375 m at 6.4 km/h) comes out slightly lower in binary fractions.
    pub fn from_secs_f64(seconds: f64) -> Self {
        const HALF: f64 = 0.5 + 1e-6;
        Millis((seconds * 1000.0 + HALF).floor().max(0.0) as u64)
    }

    /// Returns the number of milliseconds.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Converts to seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Returns the whole seconds, rounded down. This is the rounding for time that has passed.
    pub const fn whole_secs(self) -> u64 {
        self.0 / 1000
    }

    /// Returns the whole seconds, rounded up. This is the rounding for time that remains: a countdown shows 1 until its
    /// last instant, then 0.
    pub const fn secs_left(self) -> u64 {
        self.0.div_ceil(1000)
    }

    /// Returns the time rounded to whole seconds, half up.
    pub const fn to_nearest_second(self) -> Millis {
        Millis::from_secs(self.0.saturating_add(500) / 1000)
    }

    /// Subtracts, and returns zero where `other` is longer.
    pub const fn saturating_sub(self, other: Millis) -> Millis {
        Millis(self.0.saturating_sub(other.0))
    }

    /// Subtracts, and returns `None` if `other` is longer.
    pub fn checked_sub(self, other: Millis) -> Option<Millis> {
        self.0.checked_sub(other.0).map(Millis)
    }

    /// Multiplies by `count`.
    pub const fn times(self, count: u64) -> Millis {
        Millis(self.0.saturating_mul(count))
    }

    /// Returns half the time, rounded down.
    pub const fn half(self) -> Millis {
        Millis(self.0 / 2)
    }

    /// Converts to a standard duration.
    pub const fn to_duration(self) -> Duration {
        Duration::from_millis(self.0)
    }

    /// Formats as seconds with three decimals, as `simulate` prints them: `60.000`.
    pub fn seconds(self) -> String {
        format!("{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl Add for Millis {
    type Output = Millis;
    fn add(self, other: Millis) -> Millis {
        Millis(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Millis {
    fn add_assign(&mut self, other: Millis) {
        *self = *self + other;
    }
}

impl Sum for Millis {
    fn sum<I: Iterator<Item = Millis>>(all: I) -> Millis {
        all.fold(Millis::ZERO, Add::add)
    }
}

/// Prints as `m:ss`, from an hour on as `h:mm:ss`. A fraction of a second follows as `.mmm`.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clock(self.whole_secs()))?;
        match self.0 % 1000 {
            0 => Ok(()),
            part => write!(f, ".{part:03}"),
        }
    }
}

/// Formats whole seconds as a clock does: `0:05`, `15:00`, `1:02:30`.
pub fn clock(seconds: u64) -> String {
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match h {
        0 => format!("{m}:{s:02}"),
        _ => format!("{h}:{m:02}:{s:02}"),
    }
}

/// An instant on the shell's clock, in milliseconds since the origin of that clock.
///
/// It does not say what time of day it is. Only the difference between two moments has a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

impl Moment {
    /// Creates the instant `milliseconds` after the origin of the clock.
    pub const fn new(milliseconds: u64) -> Self {
        Moment(milliseconds)
    }

    /// Returns the milliseconds since the origin of the clock.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the time since `earlier`, or zero if that is later.
    pub const fn since(self, earlier: Moment) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// Returns the moment `by` earlier, but not before the origin.
    pub const fn before(self, by: Millis) -> Moment {
        Moment(self.0.saturating_sub(by.0))
    }
}

impl Add<Millis> for Moment {
    type Output = Moment;
    fn add(self, by: Millis) -> Moment {
        Moment(self.0.saturating_add(by.0))
    }
}

impl Sub for Moment {
    type Output = Millis;
    fn sub(self, earlier: Moment) -> Millis {
        self.since(earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_half_up() {
        let millis = |seconds| Millis::from_secs_f64(seconds).get();
        assert_eq!([0.000_5, 0.000_499_9, -1.0, f64::NAN].map(millis), [1, 0, 0, 0]);
        let rounded = |ms| Millis::new(ms).to_nearest_second().whole_secs();
        assert_eq!([499, 500, 1499, 1500].map(rounded), [0, 1, 1, 2]);
    }

    #[test]
    fn a_countdown_shows_one_until_its_last_instant() {
        assert_eq!([0, 1, 999, 1000, 1001].map(|ms| Millis::new(ms).secs_left()), [0, 1, 1, 1, 2]);
    }

    #[test]
    fn times_print_as_clocks_do() {
        assert_eq!(Millis::from_secs(3750).to_string(), "1:02:30");
        assert_eq!(Millis::new(61_500).to_string(), "1:01.500");
        assert_eq!(Millis::new(60_000).seconds(), "60.000");
    }
}
