//! A strap that does not exist, for rehearsals and tests: its heart rate follows the planned speed.

use crate::units::{Millis, Moment, Speed};

/// The time between two measurements.
const INTERVAL: Millis = Millis::from_secs(1);
/// The time in which a heart covers 63 % of the way to the rate of a new speed, in seconds.
const TIME_CONSTANT: f64 = 30.0;
/// The heart rate at rest, in beats per minute.
const REST: f64 = 60.0;
/// The highest heart rate, in beats per minute.
const HIGHEST: f64 = 190.0;
/// The beats per minute that each km/h adds.
const BEATS_PER_KMH: f64 = 8.0;
/// The speed that is taken for a step whose speed is unknown, in km/h.
const UNKNOWN_KMH: f64 = 9.0;
/// The first state of the random numbers.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
/// The number of measurements in each minute but the first that a quirk spoils.
const QUIRK_LENGTH: u64 = 15;

/// Something that goes wrong with a virtual strap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrapQuirk {
    /// Each minute it is out of reach for 15 seconds.
    Drops,
    /// Every fifth value is 0.
    Zeros,
    /// Each minute it does not touch the skin for 15 seconds.
    NoContact,
    /// After a minute it sends the same value for ever.
    Stuck,
}

impl StrapQuirk {
    /// All quirks.
    pub const ALL: [StrapQuirk; 4] =
        [StrapQuirk::Drops, StrapQuirk::Zeros, StrapQuirk::NoContact, StrapQuirk::Stuck];

    /// Returns the name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            StrapQuirk::Drops => "drops",
            StrapQuirk::Zeros => "zeros",
            StrapQuirk::NoContact => "no-contact",
            StrapQuirk::Stuck => "stuck",
        }
    }
}

/// A strap whose heart rate answers the speed with a delay of the first order. Equal speeds give equal values.
#[derive(Clone, Debug, PartialEq)]
pub struct VirtualStrap {
    quirks: Vec<StrapQuirk>,
    heart: f64,
    random: u64,
    /// The number of measurements so far.
    count: u64,
    next: Moment,
}

impl VirtualStrap {
    /// A strap on a runner at rest, that sends its first measurement at `from`.
    pub fn new(quirks: Vec<StrapQuirk>, from: Moment) -> Self {
        VirtualStrap { quirks, heart: REST, random: SEED, count: 0, next: from }
    }

    /// Returns the moment of the next measurement.
    pub fn next(&self) -> Moment {
        self.next
    }

    /// Makes the measurement that is due at `now`, and returns its moment. `None` if none is due, or if it is lost. `speed` is
    /// that of the runner, zero for one who stands; `None` if it is unknown.
    pub fn measure(&mut self, now: Moment, speed: Option<Speed>) -> Option<StrapMeasurement> {
        if now < self.next {
            return None;
        }
        // After a gap there is one measurement, not one for each second of it.
        let at = if now.since(self.next) >= INTERVAL { now } else { self.next };
        let passed = at.since(self.next) + INTERVAL;
        self.next = at + INTERVAL;
        self.count += 1;
        let minute = self.count / 60;
        let is_quirky = minute > 0 && self.count % 60 < QUIRK_LENGTH;
        if !(self.quirks.contains(&StrapQuirk::Stuck) && minute > 0) {
            self.follow(speed, passed);
        }
        let has = |quirk| self.quirks.contains(&quirk);
        let no_contact = has(StrapQuirk::NoContact) && is_quirky;
        let is_zero = has(StrapQuirk::Zeros) && self.count.is_multiple_of(5);
        let bpm = if is_zero || no_contact { 0 } else { self.heart.round().clamp(0.0, 255.0) as u8 };
        // Contact is supported and detected, or supported only.
        let flags = if no_contact { 0b100 } else { 0b110 };
        let is_lost = has(StrapQuirk::Drops) && is_quirky;
        (!is_lost).then(|| StrapMeasurement { at, bytes: vec![flags, bpm] })
    }

    fn follow(&mut self, speed: Option<Speed>, passed: Millis) {
        let kmh = speed.map_or(UNKNOWN_KMH, Speed::kmh);
        let target = (REST + BEATS_PER_KMH * kmh).min(HIGHEST);
        let part = 1.0 - (-passed.as_secs_f64() / TIME_CONSTANT).exp();
        let noise = self.noise();
        self.heart = (self.heart + (target - self.heart) * part + noise).clamp(REST - 10.0, HIGHEST);
    }

    /// Returns a random number between −0.5 and 0.5 (xorshift64).
    fn noise(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    }
}

/// A measurement of a virtual strap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrapMeasurement {
    /// The moment at which it was made.
    pub at: Moment,
    /// A Heart Rate Measurement, as a strap sends it.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensors::{HeartBeat, SkinContact};

    /// The heart rates of so many seconds at a speed; `None` for a measurement that is lost.
    fn rates(strap: &mut VirtualStrap, seconds: std::ops::Range<u64>, kmh: f64) -> Vec<Option<HeartBeat>> {
        let speed = Some(Speed::from_kmh(kmh));
        let mut at = |second: u64| strap.measure(Moment::new(second * 1000), speed);
        seconds.map(|second| at(second).and_then(|m| HeartBeat::parse(&m.bytes))).collect()
    }

    fn bpm(beat: &Option<HeartBeat>) -> u16 {
        beat.as_ref().map_or(0, |beat| beat.bpm)
    }

    #[test]
    fn the_heart_follows_the_speed_with_a_delay() {
        let mut strap = VirtualStrap::new(Vec::new(), Moment::default());
        let run = rates(&mut strap, 0..300, 10.0);
        assert!(bpm(&run[0]) < 70 && (100..=125).contains(&bpm(&run[30])), "{:?} {:?}", run[0], run[30]);
        assert!((135..=145).contains(&bpm(&run[299])), "{:?}", run[299]);
        let walk = rates(&mut strap, 300..480, 5.0);
        assert!(bpm(&walk[0]) > 130 && (95..=105).contains(&bpm(&walk[179])));
        let mut again = VirtualStrap::new(Vec::new(), Moment::default());
        assert_eq!(rates(&mut again, 0..300, 10.0), run);
    }

    #[test]
    fn each_quirk_shows_after_a_minute() {
        let with = |quirk| rates(&mut VirtualStrap::new(vec![quirk], Moment::default()), 0..130, 12.0);
        let drops = with(StrapQuirk::Drops);
        assert!(drops[10].is_some() && drops[65].is_none() && drops[90].is_some());
        let zeros = with(StrapQuirk::Zeros);
        assert_eq!((bpm(&zeros[4]), bpm(&zeros[9])), (0, 0));
        assert!(bpm(&zeros[5]) > 0);
        let off = with(StrapQuirk::NoContact);
        assert_eq!(off[65].as_ref().map(|beat| beat.contact), Some(SkinContact::Missing));
        assert_eq!(off[90].as_ref().map(|beat| beat.contact), Some(SkinContact::Detected));
        let stuck = with(StrapQuirk::Stuck);
        assert!(stuck[60..].iter().all(|beat| bpm(beat) == bpm(&stuck[60])));
    }

    #[test]
    fn a_gap_gives_one_measurement() {
        let mut strap = VirtualStrap::new(Vec::new(), Moment::default());
        assert!(strap.measure(Moment::new(0), None).is_some());
        assert!(strap.measure(Moment::new(600_000), None).is_some());
        assert_eq!(strap.measure(Moment::new(600_000), None), None);
        assert!(strap.next() > Moment::new(600_000) && strap.next() <= Moment::new(601_000));
    }
}
