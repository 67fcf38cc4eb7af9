//! What a speed on an incline costs, after the ACSM's metabolic equations.
//!
//! With S in metres a minute and G the grade as a fraction, in ml of oxygen for each kg and minute: running takes
//! 3.5 + 0.2 S + 0.9 S G, walking 3.5 + 0.1 S + 1.8 S G; above 134 m/min (8.04 km/h) it is running. They hold for
//! steady effort and say nothing of a sprint.

use crate::units::{Incline, Millis, Speed, Weight};

/// The fastest that is walked, in metres a minute.
const FASTEST_WALK: f64 = 134.0;
const STANDING: f64 = 3.5;

/// What each metre a minute costs.
#[derive(Clone, Copy)]
struct CostEquation {
    along: f64,
    up: f64,
}

const RUN: CostEquation = CostEquation { along: 0.2, up: 0.9 };
const WALK: CostEquation = CostEquation { along: 0.1, up: 1.8 };

impl CostEquation {
    fn of(metres: f64) -> CostEquation {
        if metres > FASTEST_WALK { RUN } else { WALK }
    }

    /// The cost of each metre a minute on a grade.
    fn on(self, grade: f64) -> f64 {
        self.along + self.up * grade
    }
}

fn metres_a_minute(speed: Speed) -> f64 {
    speed.mps() * 60.0
}

fn grade(incline: Incline) -> f64 {
    incline.percent() / 100.0
}

/// The oxygen that `speed` takes on `incline`, in ml for each kg and minute.
pub fn oxygen(speed: Speed, incline: Incline) -> f64 {
    let metres = metres_a_minute(speed);
    STANDING + metres * CostEquation::of(metres).on(grade(incline))
}

/// The incline on which `at` takes this much oxygen; none for a belt that stands.
pub fn incline_costing(oxygen: f64, at: Speed) -> Option<Incline> {
    let metres = metres_a_minute(at);
    if metres <= 0.0 {
        return None;
    }
    let gait = CostEquation::of(metres);
    let grade = ((oxygen - STANDING) / metres - gait.along) / gait.up;
    Some(Incline::from_percent(grade * 100.0))
}

/// The speed on `flat` that costs as much as `speed` on `incline`; `flat` is what the runner takes for a level road.
///
/// A walk whose cost no walk on the flat reaches is compared to a run.
pub fn flat_equivalent(speed: Speed, incline: Incline, flat: Incline) -> Speed {
    if incline == flat {
        return speed;
    }
    let cost = oxygen(speed, incline) - STANDING;
    let at_gait = |gait: CostEquation| cost / gait.on(grade(flat)).max(0.01);
    let walked = at_gait(WALK);
    let walks = metres_a_minute(speed) <= FASTEST_WALK && walked <= FASTEST_WALK;
    let metres = if walks { walked } else { at_gait(RUN) };
    Speed::from_mps(metres.max(0.0) / 60.0)
}

/// The energy of running `over` this long at a cost in ml for each kg and minute, in kilocalories.
pub fn kilocalories(oxygen: f64, weight: Weight, over: Millis) -> f64 {
    oxygen * weight.kilograms() / 200.0 * over.as_secs_f64() / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(percent: f64) -> Incline {
        Incline::from_percent(percent)
    }

    #[test]
    fn the_published_walk() {
        // 3.5 mph at 10 %: 29.76 with the mile at 26.8 m/min for each mph, as the ACSM rounds it.
        let cost = oxygen(Speed::from_mps(3.5 * 26.8 / 60.0), percent(10.0));
        assert!((cost - 29.76).abs() < 0.01, "{cost}");
        assert!((oxygen(Speed::from_mph(3.5), percent(10.0)) - 29.76).abs() < 0.05);
    }

    #[test]
    fn running_by_hand() {
        // 12 km/h is 200 m/min: 3.5 + 40 + 180 × 0.05 = 52.5.
        assert!((oxygen(Speed::from_kmh(12.0), percent(5.0)) - 52.5).abs() < 1e-9);
        assert!((oxygen(Speed::from_kmh(12.0), percent(0.0)) - 43.5).abs() < 1e-9);
    }

    #[test]
    fn eighteen_on_sixteen() {
        // 300 m/min costs 63.5; at 266.67 m/min that is (60/266.67 − 0.2)/0.9 = 2.78 %.
        let incline = incline_costing(oxygen(Speed::from_kmh(18.0), Incline::FLAT), Speed::from_kmh(16.0));
        assert!((incline.unwrap().percent() - 2.7778).abs() < 1e-3);
        assert_eq!(incline_costing(60.0, Speed::from_mps(0.0)), None);
    }

    #[test]
    fn an_incline_is_as_hard_as_a_faster_flat() {
        // Running: 12 km/h at 4 % is 12 × (1 + 4.5 × 0.04) = 14.16 km/h.
        let run = flat_equivalent(Speed::from_kmh(12.0), percent(4.0), Incline::FLAT);
        assert!((run.kmh() - 14.16).abs() < 1e-9);
        // With 1 % for the flat: 14.16 / 1.045.
        let habit = flat_equivalent(Speed::from_kmh(12.0), percent(4.0), percent(1.0));
        assert!((habit.kmh() - 14.16 / 1.045).abs() < 1e-9);
        assert_eq!(flat_equivalent(Speed::from_kmh(12.0), percent(1.0), percent(1.0)).kmh(), 12.0);
        // A steep walk is compared to a run: (29.76 − 3.5)/0.2 = 131.3 m/min.
        let walk = flat_equivalent(Speed::from_mps(93.8 / 60.0), percent(10.0), Incline::FLAT);
        assert!((walk.mps() * 60.0 - 131.32).abs() < 0.01);
        // A gentle one to a walk: 80 m/min at 2 % costs 10.88, a walk of 108.8 m/min.
        let gentle = flat_equivalent(Speed::from_mps(80.0 / 60.0), percent(2.0), Incline::FLAT);
        assert!((gentle.mps() * 60.0 - 108.8).abs() < 1e-9);
    }

    #[test]
    fn energy_by_hand() {
        // 43.5 ml × 70 kg / 200 = 15.225 kcal a minute; half an hour of it.
        let energy = kilocalories(43.5, Weight::from_kilograms(70.0), Millis::from_secs(1800));
        assert!((energy - 456.75).abs() < 1e-9);
    }
}
