//! Deviations of the belt from its target, as data and as sentences.

use super::{Belt, BeltSetting};
use crate::units::{Incline, Millis, Speed, clock};

/// A reason why the belt does not do exactly what a stretch asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BeltNote {
    /// The target is above the runner's ceiling. The belt stays at the ceiling until the runner goes faster by hand.
    Ceiling {
        /// The target.
        wanted: Speed,
        /// The ceiling.
        ceiling: Speed,
    },
    /// The target is above the top speed, and an incline makes up for the difference.
    PastTop {
        /// The target.
        wanted: Speed,
        /// The setting at the top speed.
        top: BeltSetting,
        /// The incline at which the top speed costs as much as the target.
        incline: Incline,
    },
    /// The target is harder than the top speed on the steepest incline.
    BeyondBelt {
        /// The target.
        wanted: Speed,
        /// The setting at the top speed.
        top: BeltSetting,
        /// The closest incline that the belt has.
        incline: Incline,
        /// The speed on the flat that costs as much as `top` at `incline`.
        as_hard_as: Speed,
    },
    /// The target is below the lowest speed.
    BelowLowest {
        /// The target.
        wanted: Speed,
        /// The setting at the lowest speed.
        lowest: BeltSetting,
    },
    /// The incline is outside the belt's range.
    Incline {
        /// The target.
        wanted: Incline,
        /// The closest incline that the belt has.
        nearest: Incline,
    },
    /// Slowing down and speeding up again takes longer than the shorter of two steps. The belt keeps its speed, and
    /// the runner spends the recovery on the rails.
    OnRails {
        /// The time that both changes take together.
        changes: Millis,
        /// The length of the shorter step.
        shorter: Millis,
    },
    /// The belt reaches the speed of this stretch after its start.
    Late {
        /// The delay.
        by: Millis,
    },
}

impl BeltNote {
    /// Returns a sentence that states the problem and what the belt does instead, in the belt's own unit.
    pub fn sentence(&self, belt: &Belt) -> String {
        let number = |setting: BeltSetting| belt.text(setting.number);
        // A target may have more decimals than the console: 16.06 is above 16.0.
        let speed = |speed: Speed| speed.text(belt.unit);
        match *self {
            BeltNote::Ceiling { wanted, ceiling } => {
                format!("{} is above your ceiling: held at {}", speed(wanted), speed(ceiling))
            }
            BeltNote::PastTop { wanted, top, incline } => format!(
                "{} is above this belt's top speed: {} at {incline} is just as hard",
                speed(wanted),
                number(top)
            ),
            BeltNote::BeyondBelt { wanted, top, incline, as_hard_as } => format!(
                "{} is more than this belt can do: its closest is {} at {incline}, as hard as {}",
                speed(wanted),
                number(top),
                speed(as_hard_as)
            ),
            BeltNote::BelowLowest { wanted, lowest } => {
                format!("{} is below this belt's lowest speed: it runs at {}", speed(wanted), number(lowest))
            }
            BeltNote::Incline { wanted, nearest } => {
                format!("this belt has no incline of {wanted}: its closest is {nearest}")
            }
            BeltNote::OnRails { changes, shorter } => format!(
                "the belt needs {} to slow down and speed up again, but the shorter step lasts {}: \
                 keep the belt running and stand on the rails for the recovery",
                clock(changes.secs_left()),
                clock(shorter.whole_secs())
            ),
            BeltNote::Late { by } => format!("the belt reaches this speed {} s late", by.secs_left()),
        }
    }
}
