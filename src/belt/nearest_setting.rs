//! How near the belt comes to a speed and an incline, and what stands in the way.

use super::{Belt, BeltNote, BeltSetting, NUDGE, flat_equivalent, incline_costing, metabolic_cost};
use crate::units::{Incline, Speed};

/// The nearest that the belt can do.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestSetting {
    /// What it is set to.
    pub setting: BeltSetting,
    /// At which incline.
    pub incline: Incline,
    /// Why that is not what was asked for; nothing where only its steps are in the way.
    pub notes: Vec<BeltNote>,
}

impl Belt {
    /// The nearest to `speed` on `incline`, not above `ceiling`. Past the top speed the incline that costs as much
    /// stands in for it; a ceiling has no such stand-in.
    pub fn reach(&self, speed: Speed, incline: Incline, ceiling: Option<Speed>) -> NearestSetting {
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
            let (stand_in, note) = self.stand_in(wanted, incline, setting);
            // So near to the top that no incline stands for it is a matter of rounding.
            let rounds = stand_in == nearest && matches!(note, BeltNote::PastTop { .. });
            notes.extend((!rounds).then_some(note));
            return NearestSetting { setting, incline: stand_in, notes };
        }
        if wanted.mps() > 0.0 && self.exact_steps(wanted) < self.bounds().0 as f64 - 0.5 {
            notes.push(BeltNote::BelowLowest { wanted, lowest: setting });
        }
        NearestSetting { setting, incline: nearest, notes }
    }

    /// `setting`, so many steps faster or slower by the runner's key, but not above `ceiling`: where that is in the
    /// way the fastest below it, and the note that says so. The ends of the belt's range are silent.
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
                // Whoever is above it by their own word is not slowed down by the key for faster.
                let held = if held.number < setting.number { setting } else { held };
                (held, Some(BeltNote::Ceiling { wanted: wanted.speed, ceiling }))
            }
            None => (wanted, None),
        }
    }

    /// True where the belt's nearest number to `speed` is not enough.
    pub(super) fn is_past_top(&self, speed: Speed) -> bool {
        (self.exact_steps(speed) + 0.5 + NUDGE).floor() > self.bounds().1 as f64
    }

    fn is_out_of_range(&self, incline: Incline) -> bool {
        let far = |end: Option<Incline>, sign: f64| {
            end.is_some_and(|end| (incline.percent() - end.percent()) * sign > 1e-6)
        };
        far(self.incline_top, 1.0) || far(self.incline_lowest, -1.0)
    }

    /// The incline that makes up for the speed beyond `top`, and what to say of it.
    fn stand_in(&self, wanted: Speed, incline: Incline, top: BeltSetting) -> (Incline, BeltNote) {
        let exact = self.exact_stand_in(wanted, incline, top);
        let nearest = self.incline(exact);
        let note = if self.is_out_of_range(exact) {
            let as_hard_as = flat_equivalent(top.speed, nearest, incline);
            BeltNote::BeyondBelt { wanted, top, incline: nearest, as_hard_as }
        } else {
            BeltNote::PastTop { wanted, top, incline: nearest }
        };
        (nearest, note)
    }

    pub(super) fn exact_stand_in(&self, wanted: Speed, incline: Incline, top: BeltSetting) -> Incline {
        incline_costing(metabolic_cost::oxygen(wanted, incline), top.speed).unwrap_or(incline)
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

    fn sentences(belt: &Belt, reach: &NearestSetting) -> Vec<String> {
        reach.notes.iter().map(|note| note.sentence(belt)).collect()
    }

    fn belt() -> Belt {
        Belt { top: Some(16.0), incline_top: Some(Incline::from_percent(15.0)), ..Belt::default() }
    }

    #[test]
    fn past_the_top_speed_the_incline_stands_in() {
        let reach = belt().reach(kmh(18.0), Incline::FLAT, None);
        assert_eq!((reach.setting.number, reach.incline.percent()), (16.0, 3.0));
        assert_eq!(
            sentences(&belt(), &reach),
            ["18 km/h is past this belt's top speed: 16.0 at 3% is as hard"]
        );
    }

    #[test]
    fn what_rounds_to_the_top_is_not_past_it() {
        let reach = belt().reach(kmh(16.04), Incline::FLAT, None);
        assert_eq!((reach.setting.number, reach.notes.len()), (16.0, 0));
    }

    #[test]
    fn past_the_incline_too_the_nearest_is_said() {
        let level = Belt { incline_top: Some(Incline::from_percent(1.0)), ..belt() };
        let reach = level.reach(kmh(18.0), Incline::FLAT, None);
        assert_eq!((reach.setting.number, reach.incline.percent()), (16.0, 1.0));
        // 16 × (1 + 4.5 × 0.01) = 16.72.
        assert_eq!(
            sentences(&level, &reach),
            ["18 km/h is past what this belt can do: 16.0 at 1% is its nearest, as hard as 16.72 km/h"]
        );
    }

    #[test]
    fn no_target_passes_the_ceiling() {
        let reach = belt().reach(kmh(18.0), Incline::FLAT, Some(kmh(15.0)));
        assert_eq!((reach.setting.number, reach.incline.percent()), (15.0, 0.0));
        assert_eq!(sentences(&belt(), &reach), ["18 km/h is above your ceiling: held at 15 km/h"]);
        // Nor does rounding.
        let reach = belt().reach(kmh(14.97), Incline::FLAT, Some(kmh(14.98)));
        assert_eq!((reach.setting.number, reach.notes.len()), (14.9, 0));
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
    fn inclines_out_of_range_and_speeds_too_low_are_said() {
        let belt = Belt { lowest: Some(1.0), ..belt() };
        let reach = belt.reach(kmh(0.5), Incline::from_percent(20.0), None);
        assert_eq!((reach.setting.number, reach.incline.percent()), (1.0, 15.0));
        assert_eq!(
            sentences(&belt, &reach),
            [
                "this belt has no incline of 20%: 15% is its nearest",
                "0.5 km/h is below this belt's lowest speed: it runs at 1.0"
            ]
        );
        assert!(belt.reach(Speed::from_mps(0.0), Incline::FLAT, None).notes.is_empty());
    }
}
