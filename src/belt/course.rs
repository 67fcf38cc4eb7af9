//! A belt course: the speeds and inclines that a workout asks for, stretch by stretch.

use super::BeltSetting;
use super::even_line::EvenLine;
use super::manual::ManualSetting;
use crate::units::{Incline, Millis, Speed};

/// A stretch of time and what it asks of the belt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeltStretch {
    /// The start, on the same time scale as the other stretches of the course.
    pub start: Millis,
    /// The length; `None` if the runner ends the stretch with a key.
    pub length: Option<Millis>,
    /// The true speed; `None` if it is unknown and the belt keeps its setting.
    pub speed: Option<EvenLine<Speed>>,
    /// The incline.
    pub incline: EvenLine<Incline>,
    /// True for a recovery, which the runner may spend standing on the rails.
    pub recovery: bool,
    /// The planned length, before the runner changed it. A ramp takes this long and then stays at its end.
    pub planned: Option<Millis>,
    /// The speed that the runner has set by hand in this stretch.
    pub by_hand: Option<ManualSetting>,
}

/// The stretches to plan presses for, and the state of the belt at their start.
#[derive(Clone, Copy, Debug)]
pub struct BeltCourse<'a> {
    /// The stretches, in order. The first may have begun already.
    pub stretches: &'a [BeltStretch],
    /// The speed that no target passes unless the runner has confirmed a higher one.
    pub ceiling: Option<Speed>,
    /// The earliest time at which anything is pressed.
    pub from: Millis,
    /// The setting on the console at `from`; the belt is assumed to run at it. With `None`, the runner brings the belt
    /// up to speed before the clock starts, and the first press, at `from`, says which speed that is.
    pub shown: Option<BeltSetting>,
    /// The planned length of the stretch before the first one; `None` at the start of a workout.
    pub before: Option<Millis>,
}
