//! Inclines.

use super::trimmed;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An incline in percent: the metres gained per 100 m.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incline(f64);

impl Incline {
    /// A level belt.
    pub const FLAT: Incline = Incline(0.0);

    /// Creates an incline from percent.
    pub const fn from_percent(percent: f64) -> Self {
        Incline(percent)
    }

    /// Returns the incline in percent.
    pub const fn percent(self) -> f64 {
        self.0
    }
}

/// Prints as `2%` or `1.5%`.
impl fmt::Display for Incline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", trimmed(self.0, 2))
    }
}
