//! What the runner sets by hand, and what it makes of a ramp.

use super::nearest_setting::is_above;
use super::{Belt, BeltNote, BeltSetting, PlannedStretch, RampPress};
use crate::units::{Millis, Speed};

/// What the runner has set the belt to by hand in one stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ManualSetting {
    /// How far into the stretch the latest was set.
    pub into: Millis,
    /// The latest.
    pub to: Speed,
    /// The fastest: the runner has said that they mean it, and the ceiling gives way to it.
    pub confirmed: Speed,
}

impl ManualSetting {
    /// A ceiling, raised to what the runner has confirmed.
    pub(super) fn raised(&self, ceiling: Option<Speed>) -> Option<Speed> {
        ceiling.map(|ceiling| if self.confirmed.mps() > ceiling.mps() { self.confirmed } else { ceiling })
    }
}

impl Belt {
    /// A ramp whose number the runner has changed: from then on it is pressed as it would have been, so many steps
    /// faster or slower. Its line is not moved: the number is ahead of it or behind it by up to half a press.
    pub(super) fn shift(
        &self,
        hand: &ManualSetting,
        ceiling: Option<Speed>,
        planned: &mut PlannedStretch,
        changes: &mut [RampPress],
    ) {
        let Some(begins) = planned.begins else { return };
        let mut in_force = begins;
        for change in changes.iter() {
            let ahead = self.travel(in_force.number, change.setting.number).half();
            if change.at.saturating_sub(ahead) > hand.into {
                break;
            }
            in_force = change.setting;
        }
        let by = self.steps(hand.to).saturating_sub(self.steps_of(in_force));
        let raised = hand.raised(ceiling);
        let shifted = |setting: BeltSetting| {
            let setting = self.stepped(setting, by);
            match raised.filter(|ceiling| is_above(setting.speed, *ceiling)) {
                Some(ceiling) => self.setting_up_to(ceiling),
                None => setting,
            }
        };
        planned.begins = Some(shifted(begins));
        planned.ends = planned.ends.map(shifted);
        changes.iter_mut().for_each(|change| change.setting = shifted(change.setting));
        if raised != ceiling {
            planned.notes.retain(|note| !matches!(note, BeltNote::Ceiling { .. }));
        }
    }
}
