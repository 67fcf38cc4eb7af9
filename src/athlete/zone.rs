//! Zones of intensity.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A zone of intensity: 0 is standing still, 1 to 5 are from very easy to hard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
pub struct Zone(u8);

impl Zone {
    /// Standing still.
    pub const STANDING: Zone = Zone(0);

    /// All zones, from the easiest.
    pub const ALL: [Zone; 6] = [Zone(0), Zone(1), Zone(2), Zone(3), Zone(4), Zone(5)];

    /// Creates a zone from its number, or returns `None` for a number above 5.
    pub const fn new(number: u8) -> Option<Self> {
        if number <= 5 { Some(Zone(number)) } else { None }
    }

    /// Creates a zone from its number. A number above 5 counts as 5.
    pub const fn clamped(number: u8) -> Self {
        Zone(if number > 5 { 5 } else { number })
    }

    /// Returns the number, 0 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns the effort of the zone as the workout language spells it.
    pub const fn effort(self) -> &'static str {
        match self.0 {
            0 => "rest",
            1 => "very easy",
            2 => "easy",
            3 => "steady",
            4 => "tempo",
            _ => "hard",
        }
    }
}

impl From<u8> for Zone {
    fn from(number: u8) -> Self {
        Zone::clamped(number)
    }
}

impl From<Zone> for u8 {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

/// Prints as `Z3`.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Z{}", self.0)
    }
}
