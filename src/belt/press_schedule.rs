//! The presses that take the belt through a course, and the speed it then has at every moment.

use super::BeltSetting;
use super::deviation::BeltNote;
use super::motion::BeltMotion;
use crate::units::{Distance, Incline, Millis, Speed};

/// A speed to set on the console.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedPress {
    /// The index of the stretch that the press is for.
    pub stretch: usize,
    /// When to press.
    pub press_at: Millis,
    /// When the belt reaches the new speed.
    pub arrive_at: Millis,
    /// When the belt should reach it: at the start of the stretch, or halfway through a change within a ramp.
    pub due: Millis,
    /// The setting to press.
    pub setting: BeltSetting,
    /// True for a change within a ramp.
    pub ramp: bool,
}

/// An incline to set on the console. Nobody measures how long a belt takes to tilt, so it is pressed when it is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InclinePress {
    /// The index of the stretch that the press is for.
    pub stretch: usize,
    /// When to press.
    pub at: Millis,
    /// The incline to set.
    pub incline: Incline,
}

/// What the belt does during one stretch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlannedStretch {
    /// The setting at the start; `None` if the speed is unknown. On the rails it is not pressed.
    pub begins: Option<BeltSetting>,
    /// The setting at the end.
    pub ends: Option<BeltSetting>,
    /// The incline at the start.
    pub incline: Incline,
    /// The incline at the end.
    pub incline_ends: Incline,
    /// True if the belt keeps the speed of the stretch before, and the runner stands on the rails.
    pub on_rails: bool,
    /// Where the belt deviates from what the stretch asks for.
    pub notes: Vec<BeltNote>,
}

/// All presses of a course, and the motion of the belt that follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PressSchedule {
    /// The speeds to press, in order.
    pub speeds: Vec<SpeedPress>,
    /// The inclines to press, in order.
    pub inclines: Vec<InclinePress>,
    /// What the belt does during each stretch of the course.
    pub stretches: Vec<PlannedStretch>,
    /// The incline at the start of the schedule.
    pub incline: Incline,
    pub(super) motion: BeltMotion,
}

impl PressSchedule {
    /// The speed of the belt at a moment, in between two settings too. `None` before the schedule starts and before
    /// the first known speed.
    pub fn speed_at(&self, at: Millis) -> Option<Speed> {
        self.motion.speed_at(at)
    }

    /// The distance that the belt covers between two moments, as its console counts it: time on the rails is included.
    pub fn distance(&self, from: Millis, to: Millis) -> Distance {
        self.motion.distance(from, to)
    }
}
