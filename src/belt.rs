//! The treadmill: its unit, its step, and what to press when.

use crate::units::{Millis, Speed, SpeedUnit};
use serde::{Deserialize, Serialize};

/// A treadmill's console.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Belt {
    /// The unit its console shows.
    pub unit: SpeedUnit,
    /// The smallest change it can make, in its unit.
    pub step: f64,
}

impl Default for Belt {
    fn default() -> Self {
        Belt { unit: SpeedUnit::KmPerHour, step: 0.1 }
    }
}

/// No belt has finer steps; a smaller one would make a ramp into thousands of changes.
const FINEST_STEP: f64 = 0.01;

impl Belt {
    fn step(&self) -> f64 {
        if self.step.is_finite() { self.step.max(FINEST_STEP) } else { FINEST_STEP }
    }

    /// How many of its steps `speed` is, rounded, half up.
    fn steps(&self, speed: Speed) -> i64 {
        // A ratio like 8.35 / 0.1 falls short of its half by the last bit; the nudge puts it back.
        (self.unit.number(speed) / self.step() + 0.5 + 1e-9).floor() as i64
    }

    fn speed(&self, steps: i64) -> Speed {
        self.unit.speed(steps as f64 * self.step())
    }

    /// The speed nearest to `speed` that the belt can run at.
    pub fn nearest(&self, speed: Speed) -> Speed {
        self.speed(self.steps(speed))
    }

    /// When to press, and what the belt then shows, for a speed that moves evenly from `from` to `to`.
    ///
    /// The belt changes where the ideal line crosses halfway between two of its steps, so change k of n comes at
    /// (k − ½)T/n, rounded to the millisecond, half up. Both ends are rounded to the belt's step first; where
    /// they round to the same there is nothing to press.
    pub fn changes(&self, from: Speed, to: Speed, over: Millis) -> Vec<(Millis, Speed)> {
        let (start, end) = (self.steps(from), self.steps(to));
        let count = start.abs_diff(end);
        let direction = (end - start).signum();
        (1..=count)
            .map(|k| {
                // (2k − 1)T / 2n in whole numbers, with half of the divisor added to round half up.
                let twice = u128::from(2 * k - 1) * u128::from(over.get());
                let at = (twice + u128::from(count)) / (2 * u128::from(count));
                let speed = self.speed(start + direction * i64::try_from(k).unwrap_or(i64::MAX));
                (Millis::new(u64::try_from(at).unwrap_or(u64::MAX)), speed)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_changes_halfway_between_two_steps() {
        let changes =
            Belt::default().changes(Speed::from_kmh(6.0), Speed::from_kmh(10.0), Millis::from_secs(300));
        assert_eq!(changes.len(), 40);
        assert_eq!(changes[0].0, Millis::new(3750));
        assert_eq!(changes[39].0, Millis::new(296_250));
        assert!((changes[0].1.kmh() - 6.1).abs() < 1e-9);
        assert!((changes[39].1.kmh() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_ramp_down_goes_down() {
        let changes =
            Belt::default().changes(Speed::from_kmh(10.0), Speed::from_kmh(9.8), Millis::from_secs(10));
        let shown: Vec<_> = changes.iter().map(|(at, s)| (at.get(), s.to_string())).collect();
        assert_eq!(shown, [(2500, "9.9 km/h".to_string()), (7500, "9.8 km/h".to_string())]);
    }

    #[test]
    fn ends_that_round_to_the_same_need_no_press() {
        let belt = Belt::default();
        assert!(
            belt.changes(Speed::from_kmh(9.96), Speed::from_kmh(10.04), Millis::from_secs(60)).is_empty()
        );
    }

    #[test]
    fn speeds_round_in_the_belts_own_unit() {
        let mph = Belt { unit: SpeedUnit::MilesPerHour, step: 0.1 };
        // 9:00/mi is 6.667 mph, 5:00/km is 12 km/h.
        assert!((mph.nearest(Speed::from_mph(60.0 / 9.0)).mph() - 6.7).abs() < 1e-9);
        assert!((Belt::default().nearest(Speed::from_kmh(8.35)).kmh() - 8.4).abs() < 1e-9);
        assert_eq!(Belt::default().nearest(Speed::from_mps(0.0)), Speed::from_mps(0.0));
    }
}
