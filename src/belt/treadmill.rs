//! The treadmill of a session: a belt and the runner's speed limit on it.

use super::Belt;
use crate::units::Speed;
use serde::{Deserialize, Serialize};

/// The belt that a session is run on, and the runner's ceiling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treadmill {
    /// The belt.
    pub belt: Belt,
    /// The speed that no target, ramp or key press passes unless the runner confirms a higher one.
    pub ceiling: Option<Speed>,
}
