//! Fitness Machine Status, characteristic 0x2ADA of the Fitness Machine service.

use super::byte_reader::ByteReader;
use crate::units::{Incline, Speed};

/// Something that happened at a treadmill (Fitness Machine Service 1.0, section 4.17).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BeltStatus {
    /// The treadmill was reset.
    Reset,
    /// The runner stopped the treadmill.
    Stopped,
    /// The runner paused the treadmill.
    Paused,
    /// The safety key was pulled.
    SafetyKey,
    /// The runner started the treadmill, or it goes on after a pause.
    Started,
    /// A new speed was set. `None` if its number is cut short.
    SpeedSet(Option<Speed>),
    /// A new incline was set. `None` if its number is cut short.
    InclineSet(Option<Incline>),
    /// The treadmill accepts no more orders from this program.
    ControlLost,
    /// Anything else, such as a new target distance.
    Other(u8),
}

impl BeltStatus {
    /// Reads a status. `None` if there are no bytes.
    pub fn parse(bytes: &[u8]) -> Option<BeltStatus> {
        let mut reader = ByteReader::new(bytes);
        Some(match reader.u8()? {
            0x01 => BeltStatus::Reset,
            0x02 => match reader.u8() {
                Some(0x02) => BeltStatus::Paused,
                // A stop is the safe reading of a reason that is missing or unknown.
                _ => BeltStatus::Stopped,
            },
            0x03 => BeltStatus::SafetyKey,
            0x04 => BeltStatus::Started,
            0x05 => {
                let hundredths = reader.u16();
                BeltStatus::SpeedSet(hundredths.map(|number| Speed::from_kmh(f64::from(number) / 100.0)))
            }
            0x06 => {
                let tenths = reader.i16();
                BeltStatus::InclineSet(tenths.map(|number| Incline::from_percent(f64::from(number) / 10.0)))
            }
            0xFF => BeltStatus::ControlLost,
            code => BeltStatus::Other(code),
        })
    }
}
