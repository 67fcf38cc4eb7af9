//! Heart Rate Measurement, characteristic 0x2A37 of the Heart Rate service.

use super::byte_reader::ByteReader;
use crate::units::Millis;

/// Bits of the flags (Heart Rate Service 1.0, section 3.1.1.1).
const VALUE_IS_U16: u8 = 1;
const CONTACT_DETECTED: u8 = 1 << 1;
const CONTACT_SUPPORTED: u8 = 1 << 2;
const HAS_ENERGY: u8 = 1 << 3;
const HAS_INTERVALS: u8 = 1 << 4;
/// The unit of RR intervals: parts of a second.
const INTERVALS_PER_SECOND: u64 = 1024;

/// What a strap tells about the skin below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkinContact {
    /// The strap does not tell.
    Unknown,
    /// The strap touches the skin.
    Detected,
    /// The strap does not touch the skin, so its heart rate means nothing.
    Missing,
}

/// One measurement of a heart rate strap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartBeat {
    /// Beats per minute as sent. Straps send 0 for "no value".
    pub bpm: u16,
    /// What the strap tells about the skin below it.
    pub contact: SkinContact,
    /// The times between beats (RR intervals), oldest first, rounded to milliseconds.
    pub intervals: Vec<Millis>,
}

impl HeartBeat {
    /// Reads a measurement. `None` if the bytes end before the heart rate. Intervals that are cut short are left out.
    pub fn parse(bytes: &[u8]) -> Option<HeartBeat> {
        let mut reader = ByteReader::new(bytes);
        let flags = reader.u8()?;
        let bpm = match flags & VALUE_IS_U16 {
            0 => u16::from(reader.u8()?),
            _ => reader.u16()?,
        };
        let contact = match (flags & CONTACT_SUPPORTED, flags & CONTACT_DETECTED) {
            (0, _) => SkinContact::Unknown,
            (_, 0) => SkinContact::Missing,
            _ => SkinContact::Detected,
        };
        let mut beat = HeartBeat { bpm, contact, intervals: Vec::new() };
        // The energy is skipped: straps disagree about its unit.
        if flags & HAS_ENERGY != 0 && reader.u16().is_none() {
            return Some(beat);
        }
        if flags & HAS_INTERVALS != 0 {
            beat.intervals = std::iter::from_fn(|| reader.u16()).map(interval).collect();
        }
        Some(beat)
    }
}

fn interval(parts: u16) -> Millis {
    Millis::new((u64::from(parts) * 1000 + INTERVALS_PER_SECOND / 2) / INTERVALS_PER_SECOND)
}
