//! Settings that the runner makes by hand, and their effect on a ramp.

use super::deviation::BeltNote;
use super::nearest_setting::is_above;
use super::press_schedule::PlannedStretch;
use super::ramp::RampPress;
use super::{Belt, BeltSetting};
use crate::units::{Millis, Speed};

/// The speeds that the runner has set by hand in one stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ManualSetting {
    /// When the latest was set, counted from the start of the stretch.
    pub into: Millis,
    /// The latest speed.
    pub to: Speed,
    /// The fastest speed. By setting it the runner has confirmed it, so it overrides the ceiling.
    pub confirmed: Speed,
}

impl ManualSetting {
    /// Returns the ceiling, raised to the confirmed speed.
    pub(super) fn raised(&self, ceiling: Option<Speed>) -> Option<Speed> {
        ceiling.map(|ceiling| if self.confirmed.mps() > ceiling.mps() { self.confirmed } else { ceiling })
    }
}

impl Belt {
    /// Shifts a ramp by the number of steps that the runner has added or taken away by hand.
    ///
    /// The presses keep their times. Each of them leads or lags the planned line by up to half a press.
    pub(super) fn shift_ramp(
        &self,
        manual: &ManualSetting,
        ceiling: Option<Speed>,
        planned: &mut PlannedStretch,
        changes: &mut [RampPress],
    ) {
        let Some(begins) = planned.begins else { return };
        let mut in_force = begins;
        for change in changes.iter() {
            let ahead = self.travel(in_force.number, change.setting.number).half();
            if change.at.saturating_sub(ahead) > manual.into {
                break;
            }
            in_force = change.setting;
        }
        let by = self.steps(manual.to).saturating_sub(self.steps_of(in_force));
        let raised = manual.raised(ceiling);
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
