//! The belt setting closest to a target speed and incline, and why it is not an exact match.

use super::console_steps::NUDGE;
use super::deviation::BeltNote;
use super::metabolic_cost::{flat_equivalent, incline_costing, oxygen};
use super::{Belt, BeltSetting};
use crate::units::{Incline, Speed};

/// The closest that the belt comes to a target.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestSetting {
    /// The speed to set.
    pub setting: BeltSetting,
    /// The incline to set.
    pub incline: Incline,
    /// Why that differs from the target. Empty if it differs only by rounding to the belt's steps.
    pub notes: Vec<BeltNote>,
}

impl Belt {
    /// Returns the setting closest to `speed` on `incline`, at most `ceiling`.
    ///
    /// Above the top speed, an incline makes up for the missing speed. A ceiling is not made up for.
    pub fn nearest_setting(&self, speed: Speed, incline: Incline, ceiling: Option<Speed>) -> NearestSetting {
        let mut notes = Vec::new();
        let mut wanted = speed;
        if let Some(ceiling) = ceiling.filter(|ceiling| is_above(speed, *ceiling)) {
            notes.push(BeltNote::Ceiling { wanted: speed, ceiling });
            wanted = ceiling;
        }
        let mut setting = self.setting(wanted);
        if ceiling.is_some_and(|ceiling| is_above(setting.speed, ceiling)) {
            setting = ceiling.map_or(setting, |ceiling| self.setting_up_to(ceiling));
        }
        let nearest = self.incline(incline);
        if self.is_out_of_range(incline) {
            notes.push(BeltNote::Incline { wanted: incline, nearest });
        }
        if self.is_past_top(wanted) {
            let (instead, note) = self.incline_instead(wanted, incline, setting);
            // A target so close to the top that no incline makes up for it is only rounded.
            let only_rounded = instead == nearest && matches!(note, BeltNote::PastTop { .. });
            notes.extend((!only_rounded).then_some(note));
            return NearestSetting { setting, incline: instead, notes };
        }
        if wanted.mps() > 0.0 && self.exact_steps(wanted) < self.bounds().0 as f64 - 0.5 {
            notes.push(BeltNote::BelowLowest { wanted, lowest: setting });
        }
        NearestSetting { setting, incline: nearest, notes }
    }

    /// Returns `setting` moved by `by` steps, as the runner's keys for faster and slower do.
    ///
    /// A move past `ceiling` stops at the fastest setting below it and returns a note. A move past the belt's own
    /// range stops there without a note.
    pub fn adjusted(
        &self,
        setting: BeltSetting,
        by: i64,
        ceiling: Option<Speed>,
    ) -> (BeltSetting, Option<BeltNote>) {
        let wanted = self.stepped(setting, by);
        match ceiling.filter(|ceiling| by > 0 && is_above(wanted.speed, *ceiling)) {
            Some(ceiling) => {
                let held = self.setting_up_to(ceiling);
                // The key for faster never slows down a runner who is already above the ceiling.
                let held = if held.number < setting.number { setting } else { held };
                (held, Some(BeltNote::Ceiling { wanted: wanted.speed, ceiling }))
            }
            None => (wanted, None),
        }
    }

    /// True if `speed` rounds to a number above the belt's top.
    pub(super) fn is_past_top(&self, speed: Speed) -> bool {
        (self.exact_steps(speed) + 0.5 + NUDGE).floor() > self.bounds().1 as f64
    }

    fn is_out_of_range(&self, incline: Incline) -> bool {
        let far = |end: Option<Incline>, sign: f64| {
            end.is_some_and(|end| (incline.percent() - end.percent()) * sign > 1e-6)
        };
        far(self.incline_top, 1.0) || far(self.incline_lowest, -1.0)
    }

    /// Returns the incline that makes up for the speed above `top`, and the note about it.
    fn incline_instead(&self, wanted: Speed, incline: Incline, top: BeltSetting) -> (Incline, BeltNote) {
        let exact = self.exact_incline_instead(wanted, incline, top);
        let nearest = self.incline(exact);
        let note = if self.is_out_of_range(exact) {
            let as_hard_as = flat_equivalent(top.speed, nearest, incline);
            BeltNote::BeyondBelt { wanted, top, incline: nearest, as_hard_as }
        } else {
            BeltNote::PastTop { wanted, top, incline: nearest }
        };
        (nearest, note)
    }

    /// Returns the incline at which running at `top` costs as much as `wanted` on `incline`, not yet rounded.
    pub(super) fn exact_incline_instead(&self, wanted: Speed, incline: Incline, top: BeltSetting) -> Incline {
        incline_costing(oxygen(wanted, incline), top.speed).unwrap_or(incline)
    }
}

pub(super) fn is_above(speed: Speed, limit: Speed) -> bool {
    speed.mps() > limit.mps() + NUDGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kmh(number: f64) -> Speed {
        Speed::from_kmh(number)
    }

    fn sentences(belt: &Belt, nearest: &NearestSetting) -> Vec<String> {
        nearest.notes.iter().map(|note| note.sentence(belt)).collect()
    }

    fn belt() -> Belt {
        Belt { top: Some(16.0), incline_top: Some(Incline::from_percent(15.0)), ..Belt::default() }
    }

    #[test]
    fn above_the_top_speed_an_incline_makes_up_for_it() {
        let nearest = belt().nearest_setting(kmh(18.0), Incline::FLAT, None);
        assert_eq!((nearest.setting.number, nearest.incline.percent()), (16.0, 3.0));
        assert_eq!(
            sentences(&belt(), &nearest),
            ["18 km/h is above this belt's top speed: 16.0 at 3% is just as hard"]
        );
    }

    #[test]
    fn a_speed_that_rounds_to_the_top_is_not_above_it() {
        let nearest = belt().nearest_setting(kmh(16.04), Incline::FLAT, None);
        assert_eq!((nearest.setting.number, nearest.notes.len()), (16.0, 0));
    }

    #[test]
    fn a_target_beyond_the_steepest_incline_gets_the_closest_setting() {
        let level = Belt { incline_top: Some(Incline::from_percent(1.0)), ..belt() };
        let nearest = level.nearest_setting(kmh(18.0), Incline::FLAT, None);
        assert_eq!((nearest.setting.number, nearest.incline.percent()), (16.0, 1.0));
        // 16 × (1 + 4.5 × 0.01) = 16.72.
        assert_eq!(
            sentences(&level, &nearest),
            ["18 km/h is more than this belt can do: its closest is 16.0 at 1%, as hard as 16.72 km/h"]
        );
    }

    #[test]
    fn no_target_passes_the_ceiling() {
        let nearest = belt().nearest_setting(kmh(18.0), Incline::FLAT, Some(kmh(15.0)));
        assert_eq!((nearest.setting.number, nearest.incline.percent()), (15.0, 0.0));
        assert_eq!(sentences(&belt(), &nearest), ["18 km/h is above your ceiling: held at 15 km/h"]);
        // Rounding does not pass it either.
        let nearest = belt().nearest_setting(kmh(14.97), Incline::FLAT, Some(kmh(14.98)));
        assert_eq!((nearest.setting.number, nearest.notes.len()), (14.9, 0));
    }

    #[test]
    fn the_key_for_faster_stops_at_the_ceiling() {
        let (at, ceiling) = (|number| belt().setting_at(number), Some(kmh(15.0)));
        assert_eq!(belt().adjusted(at(14.9), 1, ceiling), (at(15.0), None));
        let note = BeltNote::Ceiling { wanted: at(15.1).speed, ceiling: kmh(15.0) };
        assert_eq!(belt().adjusted(at(15.0), 1, ceiling), (at(15.0), Some(note)));
        assert_eq!(belt().adjusted(at(15.4), -1, ceiling), (at(15.3), None));
        assert_eq!(belt().adjusted(at(15.4), 1, ceiling).0, at(15.4));
        assert_eq!(belt().adjusted(at(15.0), 1, None), (at(15.1), None));
        assert_eq!(belt().adjusted(at(16.0), 1, None), (at(16.0), None));
    }

    #[test]
    fn notes_name_inclines_out_of_range_and_speeds_too_low() {
        let belt = Belt { lowest: Some(1.0), ..belt() };
        let nearest = belt.nearest_setting(kmh(0.5), Incline::from_percent(20.0), None);
        assert_eq!((nearest.setting.number, nearest.incline.percent()), (1.0, 15.0));
        assert_eq!(
            sentences(&belt, &nearest),
            [
                "this belt has no incline of 20%: its closest is 15%",
                "0.5 km/h is below this belt's lowest speed: it runs at 1.0"
            ]
        );
        assert!(belt.nearest_setting(Speed::from_mps(0.0), Incline::FLAT, None).notes.is_empty());
    }
}
