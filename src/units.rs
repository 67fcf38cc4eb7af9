//! Quantities a runner names: time, distance, speed, pace, incline, heart rate, weight.
//!
//! Each is a newtype, so that a pace cannot be handed to something that wants a speed. Printing is in a
//! runner's form (`4:17`, `14.0 km/h`) and rounds before it splits, so `3:60` cannot appear.

mod body;
pub mod parse;

pub use body::{HeartRate, HeartRateRange, Weight};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// Metres in a mile, exact by definition.
pub const METRES_PER_MILE: f64 = 1609.344;

/// A length of time in whole milliseconds.
///
/// Sums saturate: nothing a workout can hold comes near the limit (24 h), and a hostile file must not panic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(u64);

impl Millis {
    /// No time at all.
    pub const ZERO: Millis = Millis(0);

    /// A length of `milliseconds`.
    pub const fn new(milliseconds: u64) -> Self {
        Millis(milliseconds)
    }

    /// A length of whole `seconds`.
    pub const fn from_secs(seconds: u64) -> Self {
        Millis(seconds.saturating_mul(1000))
    }

    /// The nearest millisecond to `seconds`, half up; negative and not-a-number give zero.
    ///
    /// What is within a millionth of a millisecond below a half counts as the half: a quotient that is exactly a half
    /// on paper (375 m at 6.4 km/h) comes out of binary fractions a little under it.
    pub fn from_secs_f64(seconds: f64) -> Self {
        const HALF: f64 = 0.5 + 1e-6;
        Millis((seconds * 1000.0 + HALF).floor().max(0.0) as u64)
    }

    /// The count of milliseconds.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The same length in seconds.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Whole seconds, rounded down: what has been run.
    pub const fn whole_secs(self) -> u64 {
        self.0 / 1000
    }

    /// Whole seconds, rounded up: what is left. A countdown shows 1 until its last instant, then 0.
    pub const fn secs_left(self) -> u64 {
        self.0.div_ceil(1000)
    }

    /// The difference, or zero where `other` is longer.
    pub const fn saturating_sub(self, other: Millis) -> Millis {
        Millis(self.0.saturating_sub(other.0))
    }

    /// The difference, where there is one.
    pub fn checked_sub(self, other: Millis) -> Option<Millis> {
        self.0.checked_sub(other.0).map(Millis)
    }

    /// `self` taken `count` times.
    pub const fn times(self, count: u64) -> Millis {
        Millis(self.0.saturating_mul(count))
    }

    /// Half of it, rounded down.
    pub const fn half(self) -> Millis {
        Millis(self.0 / 2)
    }

    /// As a standard duration.
    pub const fn to_duration(self) -> std::time::Duration {
        std::time::Duration::from_millis(self.0)
    }

    /// Seconds with three decimals, as `simulate` prints them: `60.000`.
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

impl std::iter::Sum for Millis {
    fn sum<I: Iterator<Item = Millis>>(all: I) -> Millis {
        all.fold(Millis::ZERO, Add::add)
    }
}

/// `m:ss`, `h:mm:ss` from an hour on; `m:ss.mmm` where there is a part of a second.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clock(self.whole_secs()))?;
        match self.0 % 1000 {
            0 => Ok(()),
            part => write!(f, ".{part:03}"),
        }
    }
}

/// Whole seconds as a clock shows them: `0:05`, `15:00`, `1:02:30`.
pub fn clock(seconds: u64) -> String {
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match h {
        0 => format!("{m}:{s:02}"),
        _ => format!("{h}:{m:02}:{s:02}"),
    }
}

/// An instant on the shell's clock: milliseconds since that clock's origin.
///
/// It says nothing about the time of day; only differences mean something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

impl Moment {
    /// The instant `milliseconds` after the clock's origin.
    pub const fn new(milliseconds: u64) -> Self {
        Moment(milliseconds)
    }

    /// Milliseconds since the clock's origin.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to `self`; zero where `earlier` is in fact later.
    pub const fn since(self, earlier: Moment) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// `self` moved back, not past the origin.
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

/// A distance in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Distance(f64);

impl Distance {
    /// `metres` along the ground.
    pub const fn from_metres(metres: f64) -> Self {
        Distance(metres)
    }

    /// `miles` of 1609.344 m.
    pub fn from_miles(miles: f64) -> Self {
        Distance(miles * METRES_PER_MILE)
    }

    /// The distance in metres.
    pub const fn metres(self) -> f64 {
        self.0
    }

    /// The distance in miles.
    pub fn miles(self) -> f64 {
        self.0 / METRES_PER_MILE
    }

    /// The time it takes at `speed`, rounded to the millisecond, half up.
    pub fn time_at(self, speed: Speed) -> Millis {
        Millis::from_secs_f64(self.0 / speed.0)
    }
}

impl Add for Distance {
    type Output = Distance;
    fn add(self, other: Distance) -> Distance {
        Distance(self.0 + other.0)
    }
}

/// A distance as it is written, in the unit that makes it a short number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDistance {
    /// `400`
    pub number: String,
    /// `m`, `km` or `mi`
    pub unit: &'static str,
}

impl Distance {
    /// Returns the number and the unit that the distance is written with.
    pub fn written(self) -> WrittenDistance {
        let whole_ish = |x: f64| (x - (x * 100.0).round() / 100.0).abs() < 1e-6;
        let (number, unit) = if self.0 < 1000.0 && whole_ish(self.0) {
            (trimmed(self.0, 2), "m")
        } else if !whole_ish(self.0 / 1000.0) && whole_ish(self.miles()) {
            (trimmed(self.miles(), 2), "mi")
        } else if self.0 < 1000.0 {
            (trimmed(self.0, 0), "m")
        } else {
            (trimmed(self.0 / 1000.0, 2), "km")
        };
        WrittenDistance { number, unit }
    }
}

/// `400 m`, `5 km`, `3 mi`.
impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WrittenDistance { number, unit } = self.written();
        write!(f, "{number} {unit}")
    }
}

/// The unit of a pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaceUnit {
    /// Minutes per kilometre.
    Km,
    /// Minutes per mile.
    Mi,
}

impl PaceUnit {
    /// Metres in one of the unit.
    pub const fn metres(self) -> f64 {
        match self {
            PaceUnit::Km => 1000.0,
            PaceUnit::Mi => METRES_PER_MILE,
        }
    }

    /// `km` or `mi`.
    pub const fn name(self) -> &'static str {
        match self {
            PaceUnit::Km => "km",
            PaceUnit::Mi => "mi",
        }
    }
}

/// The unit of a speed, as a treadmill's console has it.
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
    /// `km/h` or `mph`.
    pub const fn name(self) -> &'static str {
        match self {
            SpeedUnit::KmPerHour => "km/h",
            SpeedUnit::MilesPerHour => "mph",
        }
    }

    /// `number` of this unit as a speed.
    pub fn speed(self, number: f64) -> Speed {
        match self {
            SpeedUnit::KmPerHour => Speed::from_kmh(number),
            SpeedUnit::MilesPerHour => Speed::from_mph(number),
        }
    }

    /// The number of this unit that `speed` is.
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
    /// `metres` each second.
    pub const fn from_mps(metres: f64) -> Self {
        Speed(metres)
    }

    /// `kmh` kilometres an hour.
    pub fn from_kmh(kmh: f64) -> Self {
        Speed(kmh / 3.6)
    }

    /// `mph` miles an hour.
    pub fn from_mph(mph: f64) -> Self {
        Speed(mph * METRES_PER_MILE / 3600.0)
    }

    /// The speed that covers one `unit` in `seconds`.
    pub fn from_pace(seconds: f64, unit: PaceUnit) -> Self {
        Speed(unit.metres() / seconds)
    }

    /// Metres per second.
    pub const fn mps(self) -> f64 {
        self.0
    }

    /// Kilometres per hour.
    pub fn kmh(self) -> f64 {
        self.0 * 3.6
    }

    /// Miles per hour.
    pub fn mph(self) -> f64 {
        self.0 * 3600.0 / METRES_PER_MILE
    }

    /// Seconds for one `unit`.
    pub fn pace(self, unit: PaceUnit) -> f64 {
        unit.metres() / self.0
    }

    /// The speed in `unit`, `9.5 mph`, with two decimals at most.
    pub fn text(self, unit: SpeedUnit) -> String {
        format!("{} {}", trimmed(unit.number(self), 2), unit.name())
    }

    /// The pace as runners write it, `4:17/km`; rounded to the second first, so never `3:60`.
    /// A speed of zero has no pace: `–`.
    pub fn pace_text(self, unit: PaceUnit) -> String {
        match self.0 > 0.0 {
            true => format!("{}/{}", self.pace_clock(unit), unit.name()),
            false => self.pace_clock(unit),
        }
    }

    /// The pace without its unit: `4:17`.
    pub fn pace_clock(self, unit: PaceUnit) -> String {
        match self.0 > 0.0 {
            true => clock(self.pace(unit).round() as u64),
            false => "–".to_string(),
        }
    }
}

/// In km/h with one decimal: `10.5 km/h`.
impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} km/h", self.kmh())
    }
}

/// An incline in percent: metres up for each hundred along.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incline(f64);

impl Incline {
    /// A level belt.
    pub const FLAT: Incline = Incline(0.0);

    /// An incline of `percent`.
    pub const fn from_percent(percent: f64) -> Self {
        Incline(percent)
    }

    /// The incline in percent.
    pub const fn percent(self) -> f64 {
        self.0
    }
}

/// `2%`, `1.5%`.
impl fmt::Display for Incline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", trimmed(self.0, 2))
    }
}

/// `number` with at most `decimals` decimals and no zeros behind the last one that counts.
pub fn trimmed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match short {
        "-0" => "0".to_string(),
        short => short.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_speeds_and_paces_agree() {
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
    fn halves_of_a_millisecond_round_up() {
        let time = |metres, kmh| Distance::from_metres(metres).time_at(Speed::from_kmh(kmh));
        // 375 m × 3.6 / 6.4 = 210.9375 s; 100 m × 3.6 / 25.6 = 14.0625 s; 50 m × 3.6 / 25.6 = 7.03125 s.
        assert_eq!(time(375.0, 6.4), Millis::new(210_938));
        assert_eq!(time(100.0, 25.6), Millis::new(14_063));
        assert_eq!(time(50.0, 25.6), Millis::new(7_031));
        assert_eq!(Millis::from_secs_f64(0.000_499_9), Millis::ZERO);
        assert_eq!(Millis::from_secs_f64(-1.0), Millis::ZERO);
        assert_eq!(Millis::from_secs_f64(f64::NAN), Millis::ZERO);
    }

    #[test]
    fn a_pace_never_shows_sixty_seconds() {
        assert_eq!(Speed::from_pace(239.7, PaceUnit::Km).pace_text(PaceUnit::Km), "4:00/km");
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

    #[test]
    fn distances_print_in_the_unit_they_were_meant_in() {
        let shown = [400.0, 5000.0, 1609.344, 4828.032, 16093.44, 1500.0]
            .map(|m| Distance::from_metres(m).to_string());
        assert_eq!(shown, ["400 m", "5 km", "1 mi", "3 mi", "10 mi", "1.5 km"]);
    }
}
