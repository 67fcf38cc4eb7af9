//! Rounding to the steps of the console: whole numbers of the belt's smallest change of speed or incline, within its range.

use super::{Belt, BeltSetting};
use crate::units::{Incline, Speed};

/// Makes up for the last bit that a ratio like 8.35 / 0.1 falls short of its half.
pub(super) const NUDGE: f64 = 1e-9;

impl Belt {
    /// Converts a speed to steps, unrounded.
    pub(super) fn exact_steps(&self, speed: Speed) -> f64 {
        self.unit.number(speed) / self.factor() / self.step()
    }

    /// Converts a speed to steps, rounded half up and limited to the belt's range.
    pub(super) fn steps(&self, speed: Speed) -> i64 {
        self.within(self.exact_steps(speed))
    }

    /// Rounds steps half up and limits them to the belt's range. Zero is always possible: the belt is stopped.
    fn within(&self, steps: f64) -> i64 {
        if steps <= 0.0 {
            return 0;
        }
        let (least, most) = self.bounds();
        ((steps + 0.5 + NUDGE).floor() as i64).max(least).min(most)
    }

    /// Returns the lowest and the highest number of steps at which the belt runs.
    pub(super) fn bounds(&self) -> (i64, i64) {
        let least = self.lowest.map_or(0, |lowest| (lowest / self.step() - NUDGE).ceil() as i64).max(0);
        let most = self.top.map_or(i64::MAX, |top| (top / self.step() + NUDGE).floor() as i64);
        (least, most.max(least))
    }

    pub(super) fn setting_of(&self, steps: i64) -> BeltSetting {
        // 63 × 0.1 is not quite 6.3.
        let number = (steps as f64 * self.step() * 1e6).round() / 1e6;
        let speed = self.unit.speed(number).mps() * self.factor();
        BeltSetting { number, speed: Speed::from_mps(speed) }
    }

    pub(super) fn steps_of(&self, setting: BeltSetting) -> i64 {
        (setting.number / self.step() + 0.5 + NUDGE).floor() as i64
    }

    /// Returns the setting closest to `speed`. Halves round up.
    pub fn setting(&self, speed: Speed) -> BeltSetting {
        self.setting_of(self.steps(speed))
    }

    /// Returns the setting closest to a number on the console.
    pub fn setting_at(&self, number: f64) -> BeltSetting {
        self.setting_of(self.within(number / self.step()))
    }

    /// Returns the fastest setting that is not above `speed`.
    pub fn setting_up_to(&self, speed: Speed) -> BeltSetting {
        let steps = (self.exact_steps(speed) + NUDGE).floor();
        self.setting_of(self.within(steps))
    }

    /// Returns `setting` moved up by `by` steps, or down where `by` is negative.
    pub fn stepped(&self, setting: BeltSetting, by: i64) -> BeltSetting {
        self.setting_of(self.within(self.steps_of(setting).saturating_add(by) as f64))
    }

    /// Returns the true speed of the setting closest to `speed`.
    pub fn nearest(&self, speed: Speed) -> Speed {
        self.setting(speed).speed
    }

    /// Returns the highest setting, if it is known.
    pub fn top_setting(&self) -> Option<BeltSetting> {
        self.top.map(|_| self.setting_of(self.bounds().1))
    }

    /// Returns the lowest setting at which the belt runs, if it is known.
    pub fn lowest_setting(&self) -> Option<BeltSetting> {
        self.lowest.map(|_| self.setting_of(self.bounds().0))
    }

    /// Returns the closest incline that the belt can be set to.
    pub fn incline(&self, wanted: Incline) -> Incline {
        self.incline_of(self.incline_steps(wanted))
    }

    fn incline_steps(&self, wanted: Incline) -> i64 {
        let (least, most) = self.incline_bounds();
        let steps = (wanted.percent() / self.incline_step() + 0.5 + NUDGE).floor() as i64;
        steps.max(least).min(most)
    }

    pub(super) fn incline_bounds(&self) -> (i64, i64) {
        let steps = |incline: Incline| incline.percent() / self.incline_step();
        let least = self.incline_lowest.map_or(i64::MIN, |i| (steps(i) - NUDGE).ceil() as i64);
        let most = self.incline_top.map_or(i64::MAX, |i| (steps(i) + NUDGE).floor() as i64);
        (least, most.max(least))
    }

    pub(super) fn incline_of(&self, steps: i64) -> Incline {
        Incline::from_percent((steps as f64 * self.incline_step() * 1e6).round() / 1e6)
    }
}
