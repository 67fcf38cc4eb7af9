//! What a treadmill can do: characteristics 0x2ACC, 0x2AD4 and 0x2AD5 of the Fitness Machine service.

use super::byte_reader::ByteReader;
use crate::units::{Incline, Speed};

/// What a treadmill reports, and which targets it accepts (Fitness Machine Service 1.0, section 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeltFeatures {
    /// It reports the average speed.
    pub average_speed: bool,
    /// It reports the total distance.
    pub distance: bool,
    /// It reports the incline.
    pub incline: bool,
    /// It measures the heart rate.
    pub heart_rate: bool,
    /// It reports the time since its start.
    pub elapsed: bool,
    /// It accepts a speed.
    pub sets_speed: bool,
    /// It accepts an incline.
    pub sets_incline: bool,
}

impl BeltFeatures {
    /// Reads the Fitness Machine Feature. `None` if the bytes end before the first four. Without the second four, no target
    /// is accepted.
    pub fn parse(bytes: &[u8]) -> Option<BeltFeatures> {
        let mut reader = ByteReader::new(bytes);
        let reported = reader.u32()?;
        let targets = reader.u32().unwrap_or_default();
        let has = |bits: u32, bit: u32| bits & (1 << bit) != 0;
        Some(BeltFeatures {
            average_speed: has(reported, 0),
            distance: has(reported, 2),
            incline: has(reported, 3),
            heart_rate: has(reported, 10),
            elapsed: has(reported, 12),
            sets_speed: has(targets, 0),
            sets_incline: has(targets, 1),
        })
    }
}

/// The speeds of a treadmill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltSpeedRange {
    /// The lowest speed.
    pub lowest: Speed,
    /// The highest speed.
    pub highest: Speed,
    /// The smallest change.
    pub step: Speed,
}

impl BeltSpeedRange {
    /// Reads the Supported Speed Range, three numbers in 0.01 km/h. `None` if the bytes are too few, or the highest speed is
    /// below the lowest.
    pub fn parse(bytes: &[u8]) -> Option<BeltSpeedRange> {
        let mut reader = ByteReader::new(bytes);
        let (lowest, highest, step) = (reader.u16()?, reader.u16()?, reader.u16()?);
        let speed = |hundredths: u16| Speed::from_kmh(f64::from(hundredths) / 100.0);
        (lowest <= highest).then(|| BeltSpeedRange {
            lowest: speed(lowest),
            highest: speed(highest),
            step: speed(step),
        })
    }
}

/// The inclines of a treadmill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltInclineRange {
    /// The lowest incline; negative for a belt that goes downhill.
    pub lowest: Incline,
    /// The steepest incline.
    pub highest: Incline,
    /// The smallest change.
    pub step: Incline,
}

impl BeltInclineRange {
    /// Reads the Supported Inclination Range, three numbers in 0.1 %. `None` if the bytes are too few, or the steepest incline
    /// is below the lowest.
    pub fn parse(bytes: &[u8]) -> Option<BeltInclineRange> {
        let mut reader = ByteReader::new(bytes);
        let (lowest, highest, step) = (reader.i16()?, reader.i16()?, reader.u16()?);
        (lowest <= highest).then(|| BeltInclineRange {
            lowest: Incline::from_percent(f64::from(lowest) / 10.0),
            highest: Incline::from_percent(f64::from(highest) / 10.0),
            step: Incline::from_percent(f64::from(step) / 10.0),
        })
    }
}
