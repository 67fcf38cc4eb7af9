//! The metabolic cost of a speed on an incline, by the ACSM's equations.
//!
//! With the speed S in m/min and the grade G as a fraction, the cost in ml of oxygen per kg and minute is
//! 3.5 + 0.2 S + 0.9 S G for running and 3.5 + 0.1 S + 1.8 S G for walking. Anything above 134 m/min (8.04 km/h) counts as
//! running. The equations hold for a steady effort, not for a sprint.

use crate::units::{Incline, Millis, Speed, Weight};

/// The cost of standing still, in ml of oxygen per kg and minute.
const STANDING: f64 = 3.5;

/// The cost of each m/min of speed: along the ground, and uphill.
#[derive(Clone, Copy)]
pub struct CostEquation {
    along: f64,
    up: f64,
}

impl CostEquation {
    /// The equation for running.
    pub const RUN: CostEquation = CostEquation { along: 0.2, up: 0.9 };
    /// The equation for walking.
    pub const WALK: CostEquation = CostEquation { along: 0.1, up: 1.8 };
    /// The fastest walk, in m/min.
    pub const FASTEST_WALK: f64 = 134.0;

    fn of(metres: f64) -> CostEquation {
        if metres > CostEquation::FASTEST_WALK { CostEquation::RUN } else { CostEquation::WALK }
    }

    /// Returns the cost of each m/min on a grade.
    pub fn on(self, grade: f64) -> f64 {
        self.along + self.up * grade
    }
}

fn metres_per_minute(speed: Speed) -> f64 {
    speed.mps() * 60.0
}

fn grade(incline: Incline) -> f64 {
    incline.percent() / 100.0
}

/// Returns the oxygen that `speed` takes on `incline`, in ml per kg and minute.
pub fn oxygen(speed: Speed, incline: Incline) -> f64 {
    let metres = metres_per_minute(speed);
    STANDING + metres * CostEquation::of(metres).on(grade(incline))
}

/// Returns the incline at which the speed `at` takes this much oxygen, in ml per kg and minute. `None` for a stopped belt.
pub fn incline_costing(oxygen: f64, at: Speed) -> Option<Incline> {
    let metres = metres_per_minute(at);
    if metres <= 0.0 {
        return None;
    }
    let gait = CostEquation::of(metres);
    let grade = ((oxygen - STANDING) / metres - gait.along) / gait.up;
    Some(Incline::from_percent(grade * 100.0))
}

/// Returns the speed on `flat` that costs as much as `speed` on `incline`. `flat` is the incline that the runner uses
/// to imitate a level road.
///
/// A walk that is harder than any walk on the flat is compared to a run.
pub fn flat_equivalent(speed: Speed, incline: Incline, flat: Incline) -> Speed {
    if incline == flat {
        return speed;
    }
    let cost = oxygen(speed, incline) - STANDING;
    let at_gait = |gait: CostEquation| cost / gait.on(grade(flat)).max(0.01);
    let walked = at_gait(CostEquation::WALK);
    let fastest = CostEquation::FASTEST_WALK;
    let walks = metres_per_minute(speed) <= fastest && walked <= fastest;
    let metres = if walks { walked } else { at_gait(CostEquation::RUN) };
    Speed::from_mps(metres.max(0.0) / 60.0)
}

/// Returns the energy of running for the time `over` at a cost in ml of oxygen per kg and minute, in kilocalories.
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
    fn matches_the_published_walking_example() {
        // 3.5 mph at 10 % costs 29.76 with 26.8 m/min per mph, as the ACSM rounds it.
        let cost = oxygen(Speed::from_mps(3.5 * 26.8 / 60.0), percent(10.0));
        assert!((cost - 29.76).abs() < 0.01, "{cost}");
        assert!((oxygen(Speed::from_mph(3.5), percent(10.0)) - 29.76).abs() < 0.05);
    }

    #[test]
    fn matches_running_calculated_by_hand() {
        // 12 km/h is 200 m/min: 3.5 + 40 + 180 × 0.05 = 52.5.
        assert!((oxygen(Speed::from_kmh(12.0), percent(5.0)) - 52.5).abs() < 1e-9);
        assert!((oxygen(Speed::from_kmh(12.0), percent(0.0)) - 43.5).abs() < 1e-9);
    }

    #[test]
    fn eighteen_kmh_costs_as_much_as_sixteen_uphill() {
        // 300 m/min costs 63.5; at 266.67 m/min that is (60/266.67 − 0.2)/0.9 = 2.78 %.
        let incline = incline_costing(oxygen(Speed::from_kmh(18.0), Incline::FLAT), Speed::from_kmh(16.0));
        assert!((incline.unwrap().percent() - 2.7778).abs() < 1e-3);
        assert_eq!(incline_costing(60.0, Speed::from_mps(0.0)), None);
    }

    #[test]
    fn an_incline_is_as_hard_as_running_faster_on_the_flat() {
        // Running: 12 km/h at 4 % is 12 × (1 + 4.5 × 0.04) = 14.16 km/h.
        let run = flat_equivalent(Speed::from_kmh(12.0), percent(4.0), Incline::FLAT);
        assert!((run.kmh() - 14.16).abs() < 1e-9);
        // With 1 % as the flat: 14.16 / 1.045.
        let on_one_percent = flat_equivalent(Speed::from_kmh(12.0), percent(4.0), percent(1.0));
        assert!((on_one_percent.kmh() - 14.16 / 1.045).abs() < 1e-9);
        assert_eq!(flat_equivalent(Speed::from_kmh(12.0), percent(1.0), percent(1.0)).kmh(), 12.0);
        // A steep walk is compared to a run: (29.76 − 3.5)/0.2 = 131.3 m/min.
        let walk = flat_equivalent(Speed::from_mps(93.8 / 60.0), percent(10.0), Incline::FLAT);
        assert!((walk.mps() * 60.0 - 131.32).abs() < 0.01);
        // A gentle walk is compared to a walk: 80 m/min at 2 % costs 10.88, as does walking 108.8 m/min.
        let gentle = flat_equivalent(Speed::from_mps(80.0 / 60.0), percent(2.0), Incline::FLAT);
        assert!((gentle.mps() * 60.0 - 108.8).abs() < 1e-9);
    }

    #[test]
    fn matches_energy_calculated_by_hand() {
        // 43.5 ml × 70 kg / 200 = 15.225 kcal per minute, for half an hour.
        let energy = kilocalories(43.5, Weight::from_kilograms(70.0), Millis::from_secs(1800));
        assert!((energy - 456.75).abs() < 1e-9);
    }
}
