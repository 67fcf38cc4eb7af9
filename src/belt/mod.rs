//! The treadmill: its unit, its steps and its range, and what to press when.
//!
//! A *speed* is the true speed of the belt under the runner's feet. A *number* is what the console shows, in the
//! belt's own unit. The two differ by the belt's calibration factor. Nothing here knows about workouts.

mod console_steps;
mod course;
mod deviation;
mod even_line;
mod manual;
mod metabolic_cost;
mod motion;
mod nearest_setting;
mod press_planner;
mod press_schedule;
mod ramp;
mod stand_on_rails;
mod treadmill;

pub use course::{BeltCourse, BeltStretch};
pub use deviation::BeltNote;
pub use even_line::EvenLine;
pub use manual::ManualSetting;
pub use metabolic_cost::{CostEquation, flat_equivalent, incline_costing, kilocalories, oxygen};
pub use nearest_setting::NearestSetting;
pub use press_schedule::{InclinePress, PlannedStretch, PressSchedule, SpeedPress};
pub use ramp::RampPress;
pub use treadmill::Treadmill;

use crate::units::{Incline, Millis, Speed, SpeedUnit};
use serde::{Deserialize, Serialize};

/// The running belt of a treadmill. A limit that the profile does not give is unknown, and never restricts a workout.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Belt {
    /// The unit of the console.
    pub unit: SpeedUnit,
    /// The smallest change of speed, in the belt's unit.
    pub step: f64,
    /// The lowest number at which the belt runs, in its unit.
    pub lowest: Option<f64>,
    /// The highest number, in the belt's unit.
    pub top: Option<f64>,
    /// The lowest incline.
    pub incline_lowest: Option<Incline>,
    /// The steepest incline.
    pub incline_top: Option<Incline>,
    /// The smallest change of the incline.
    pub incline_step: Incline,
    /// The seconds that the belt takes to change its speed by one unit.
    pub lag: f64,
    /// The true speed divided by the speed on the console.
    pub factor: f64,
    /// The shortest interval between two presses of a ramp. With zero, every step is pressed.
    pub ramp_every: Millis,
}

impl Default for Belt {
    fn default() -> Self {
        Belt {
            unit: SpeedUnit::KmPerHour,
            step: 0.1,
            lowest: None,
            top: None,
            incline_lowest: None,
            incline_top: None,
            incline_step: Incline::from_percent(0.5),
            lag: 0.0,
            factor: 1.0,
            ramp_every: Millis::from_secs(30),
        }
    }
}

/// A setting of the belt's speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BeltSetting {
    /// The number on the console, in the belt's unit: a whole number of the belt's steps.
    pub number: f64,
    /// The true speed of the belt at this number.
    pub speed: Speed,
}

/// The smallest step of any belt. A smaller one would turn a ramp into thousands of presses.
const FINEST_STEP: f64 = 0.01;
/// The largest step of any belt.
const COARSEST_STEP: f64 = 10.0;
/// The longest lag of any belt, in seconds per unit.
const LONGEST_LAG: f64 = 60.0;
/// The range of calibration factors.
const FACTORS: (f64, f64) = (0.5, 2.0);

/// Returns `value`, or `otherwise` if a stored value makes no sense.
fn sane(value: f64, otherwise: f64) -> f64 {
    if value.is_finite() && value > 0.0 { value } else { otherwise }
}

impl Belt {
    fn step(&self) -> f64 {
        sane(self.step, FINEST_STEP).clamp(FINEST_STEP, COARSEST_STEP)
    }

    fn factor(&self) -> f64 {
        sane(self.factor, 1.0).clamp(FACTORS.0, FACTORS.1)
    }

    /// Formats a number as the console does, with the decimals of the belt's step: `14.0`, `7.25`.
    pub fn text(&self, number: f64) -> String {
        let step = self.step();
        let decimals = (0..2).find(|d| {
            let shifted = step * 10f64.powi(*d);
            (shifted - shifted.round()).abs() < 1e-6
        });
        match decimals {
            Some(0) if step.fract() == 0.0 => format!("{number:.0}"),
            Some(_) => format!("{number:.1}"),
            None => format!("{number:.2}"),
        }
    }

    fn incline_step(&self) -> f64 {
        sane(self.incline_step.percent(), 0.5).clamp(FINEST_STEP, COARSEST_STEP)
    }

    /// Returns the time that the belt takes from one number to another.
    pub fn travel(&self, from: f64, to: f64) -> Millis {
        Millis::from_secs_f64((to - from).abs() * self.lag())
    }

    fn lag(&self) -> f64 {
        sane(self.lag, 0.0).min(LONGEST_LAG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kmh(number: f64) -> Speed {
        Speed::from_kmh(number)
    }

    #[test]
    fn speeds_are_rounded_in_the_unit_of_the_belt() {
        let mph = Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() };
        // 9:00/mi is 6.667 mph, 5:00/km is 12 km/h.
        assert!((mph.nearest(Speed::from_mph(60.0 / 9.0)).mph() - 6.7).abs() < 1e-9);
        assert!((Belt::default().nearest(kmh(8.35)).kmh() - 8.4).abs() < 1e-9);
        assert_eq!(Belt::default().nearest(Speed::from_mps(0.0)), Speed::from_mps(0.0));
    }

    #[test]
    fn marathon_paces_have_numbers_on_a_belt_in_miles() {
        let belt = Belt { unit: SpeedUnit::MilesPerHour, ..Belt::default() };
        let numbers = [90.0, 60.0, 30.0, 0.0].map(|slower| {
            let speed = Speed::from_pace(540.0 + slower, crate::units::PaceUnit::Mi);
            belt.text(belt.setting(speed).number)
        });
        assert_eq!(numbers, ["5.7", "6.0", "6.3", "6.7"]);
    }

    #[test]
    fn settings_stay_within_the_range_of_the_belt() {
        let belt = Belt { lowest: Some(0.8), top: Some(16.0), ..Belt::default() };
        assert_eq!(belt.setting(kmh(18.0)).number, 16.0);
        assert_eq!(belt.setting(kmh(0.3)).number, 0.8);
        assert_eq!(belt.setting(Speed::from_mps(0.0)).number, 0.0);
        assert_eq!(belt.stepped(belt.setting(kmh(15.9)), 5).number, 16.0);
        assert_eq!(belt.stepped(belt.setting(kmh(15.9)), -2).number, 15.7);
        assert_eq!(belt.setting_up_to(kmh(15.09)).number, 15.0);
        assert_eq!(belt.setting_up_to(kmh(15.1)).number, 15.1);
    }

    #[test]
    fn the_factor_links_the_number_to_the_true_speed() {
        // A belt that runs 5 % faster than it shows must show 12.0 for 12.6 km/h.
        let belt = Belt { factor: 1.05, ..Belt::default() };
        let setting = belt.setting(kmh(12.6));
        assert_eq!(setting.number, 12.0);
        assert!((setting.speed.kmh() - 12.6).abs() < 1e-9);
    }

    #[test]
    fn numbers_have_as_many_decimals_as_the_step() {
        let text = |step, number| Belt { step, ..Belt::default() }.text(number);
        assert_eq!(text(0.1, 14.0), "14.0");
        assert_eq!(text(0.5, 7.5), "7.5");
        assert_eq!(text(0.25, 7.25), "7.25");
        assert_eq!(text(1.0, 7.0), "7");
    }

    #[test]
    fn inclines_are_rounded_to_their_own_steps_and_range() {
        let belt = Belt {
            incline_lowest: Some(Incline::FLAT),
            incline_top: Some(Incline::from_percent(12.0)),
            ..Belt::default()
        };
        for (wanted, set) in [(2.78, 3.0), (1.2, 1.0), (1.25, 1.5), (-2.0, 0.0), (15.0, 12.0)] {
            assert_eq!(belt.incline(Incline::from_percent(wanted)).percent(), set, "{wanted}");
        }
    }

    #[test]
    fn a_belt_stored_by_an_older_version_is_read() {
        let belt: Belt = serde_json::from_str(r#"{"unit":"mph","step":0.2}"#).unwrap();
        let expected = Belt { unit: SpeedUnit::MilesPerHour, step: 0.2, ..Belt::default() };
        assert_eq!(belt, expected);
        let stored = serde_json::to_string(&belt).unwrap();
        assert_eq!(serde_json::from_str::<Belt>(&stored).unwrap(), belt);
    }

    #[test]
    fn no_stored_figure_causes_a_panic() {
        for figure in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e-300, 1e-15, 1e300] {
            let percent = Incline::from_percent(figure);
            let fine = Belt { ramp_every: Millis::ZERO, ..Belt::default() };
            let belts = [
                Belt { step: figure, ..fine },
                Belt { factor: figure, ..fine },
                Belt { lag: figure, ..fine },
                Belt { lowest: Some(figure), ..fine },
                Belt { top: Some(figure), ..fine },
                Belt { incline_step: percent, ..fine },
                Belt { incline_lowest: Some(percent), incline_top: Some(percent), ..fine },
                Belt { step: figure, factor: figure, lag: figure, incline_step: percent, ..Belt::default() },
                Belt { step: figure, factor: figure, top: Some(figure), lowest: Some(figure), ..fine },
            ];
            for belt in belts {
                let setting = belt.setting(kmh(12.0));
                let _ = (belt.stepped(setting, i64::MAX), belt.text(setting.number));
                let _ = (belt.incline(percent), belt.travel(0.0, figure));
                for speed in [figure, 12.0, 1e300] {
                    plan_ramps(&belt, kmh(speed), percent);
                }
            }
        }
    }

    /// Plans a session of a ramp up and a ramp down.
    fn plan_ramps(belt: &Belt, speed: Speed, incline: Incline) {
        let length = Millis::from_secs(300);
        let ramp = EvenLine { from: kmh(6.0), to: speed };
        let by_hand = Some(ManualSetting { into: length.half(), to: speed, confirmed: speed });
        let up = BeltStretch {
            start: Millis::ZERO,
            length: Some(length),
            planned: Some(length),
            speed: Some(ramp),
            incline: EvenLine { from: Incline::FLAT, to: incline },
            recovery: true,
            by_hand: None,
        };
        let down = BeltStretch {
            start: length,
            speed: Some(EvenLine { from: ramp.to, to: ramp.from }),
            incline: EvenLine { from: incline, to: Incline::FLAT },
            by_hand,
            ..up
        };
        for shown in [None, Some(belt.setting(speed))] {
            let stretches = [up, down, up];
            let before = Some(length);
            let plan = belt.plan_presses(&BeltCourse {
                stretches: &stretches,
                ceiling: Some(kmh(15.0)),
                from: length.half(),
                shown,
                before,
            });
            assert!(plan.speeds.len() <= 40_000, "{} presses on {belt:?}", plan.speeds.len());
            let _ = (plan.distance(Millis::ZERO, length), belt.mean(&ramp, None));
        }
    }
}
