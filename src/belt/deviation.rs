//! What the belt does otherwise than the target says, as data and in words.

use super::{Belt, BeltSetting};
use crate::units::{Incline, Millis, Speed, clock};

/// Why the belt does not do just what a stretch asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BeltNote {
    /// The target is above the runner's ceiling and is held there until the runner says otherwise.
    Ceiling {
        /// The target.
        wanted: Speed,
        /// The ceiling.
        ceiling: Speed,
    },
    /// The target is above the top speed; the incline makes up for it.
    PastTop {
        /// The target.
        wanted: Speed,
        /// What the belt is set to.
        top: BeltSetting,
        /// The incline at which that costs as much as the target.
        incline: Incline,
    },
    /// The target is above what the top speed on the steepest incline can stand for.
    BeyondBelt {
        /// The target.
        wanted: Speed,
        /// What the belt is set to.
        top: BeltSetting,
        /// The nearest incline that it has.
        incline: Incline,
        /// The speed that this is as hard as.
        as_hard_as: Speed,
    },
    /// The target is below the lowest speed.
    BelowLowest {
        /// The target.
        wanted: Speed,
        /// What the belt is set to.
        lowest: BeltSetting,
    },
    /// The incline is outside of the belt's range.
    Incline {
        /// What is asked for.
        wanted: Incline,
        /// The nearest that it has.
        nearest: Incline,
    },
    /// Slowing down and speeding up again takes longer than the shorter of two steps lasts: the belt keeps its speed,
    /// and the recovery is on the rails.
    OnRails {
        /// What both changes take together.
        changes: Millis,
        /// How long the shorter step is.
        shorter: Millis,
    },
    /// The belt comes to this stretch's speed after its start.
    Late {
        /// How long after.
        by: Millis,
    },
}

impl BeltNote {
    /// What is the matter, and what the belt does about it, in the belt's own unit.
    pub fn sentence(&self, belt: &Belt) -> String {
        let number = |setting: BeltSetting| belt.text(setting.number);
        // A target may have more decimals than the console: 16.06 is past 16.0.
        let speed = |speed: Speed| speed.text(belt.unit);
        match *self {
            BeltNote::Ceiling { wanted, ceiling } => {
                format!("{} is above your ceiling: held at {}", speed(wanted), speed(ceiling))
            }
            BeltNote::PastTop { wanted, top, incline } => format!(
                "{} is past this belt's top speed: {} at {incline} is as hard",
                speed(wanted),
                number(top)
            ),
            BeltNote::BeyondBelt { wanted, top, incline, as_hard_as } => format!(
                "{} is past what this belt can do: {} at {incline} is its nearest, as hard as {}",
                speed(wanted),
                number(top),
                speed(as_hard_as)
            ),
            BeltNote::BelowLowest { wanted, lowest } => {
                format!("{} is below this belt's lowest speed: it runs at {}", speed(wanted), number(lowest))
            }
            BeltNote::Incline { wanted, nearest } => {
                format!("this belt has no incline of {wanted}: {nearest} is its nearest")
            }
            BeltNote::OnRails { changes, shorter } => format!(
                "the belt takes {} to slow down and speed up again, and the shorter step lasts {}: \
                 it keeps its speed, the recovery is on the rails",
                clock(changes.secs_left()),
                clock(shorter.whole_secs())
            ),
            BeltNote::Late { by } => format!("the belt comes to this speed {} s late", by.secs_left()),
        }
    }
}
