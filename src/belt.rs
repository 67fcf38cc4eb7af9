//! The treadmill: which numbers its console takes.

use crate::units::{Millis, Speed, SpeedUnit};

/// A treadmill. There is always one: without a profile it counts in km/h by 0.1 and changes at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belt {
    /// The unit of its console.
    pub unit: SpeedUnit,
    /// The step by which its number changes, in that unit. Greater than zero.
    pub step: f64,
}

impl Default for Belt {
    fn default() -> Self {
        Belt {
            unit: SpeedUnit::KmPerHour,
            step: 0.1,
        }
    }
}

impl Belt {
    /// How many steps from zero the number nearest to `speed` is.
    fn steps(&self, speed: Speed) -> i64 {
        (self.unit.number(speed) / self.step).round() as i64
    }

    fn at(&self, steps: i64) -> Speed {
        self.unit.speed(steps as f64 * self.step)
    }

    /// The speed of the number nearest to `speed`.
    pub fn nearest(&self, speed: Speed) -> Speed {
        self.at(self.steps(speed))
    }

    /// When and to which speed the belt changes in an even ramp from one speed to another: where the ideal line
    /// crosses half-way between two of its numbers, which is change k of n at (k − ½) T / n. Nothing where both
    /// ends are the same number.
    pub fn changes(&self, from: Speed, to: Speed, over: Millis) -> Vec<(Millis, Speed)> {
        let (first, last) = (self.steps(from), self.steps(to));
        let n = first.abs_diff(last);
        let towards = (last - first).signum();
        (1..=n)
            .map(|k| {
                let at = over.as_secs_f64() * (k as f64 - 0.5) / n as f64;
                (Millis::from_secs_f64(at), self.at(first + towards * k as i64))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_changes_where_the_ideal_line_is_halfway_between_two_numbers() {
        let changes = Belt::default().changes(
            Speed::from_kmh(6.0),
            Speed::from_kmh(10.0),
            Millis::from_secs(300),
        );
        assert_eq!(changes.len(), 40);
        assert_eq!(changes[0].0, Millis::new(3_750));
        assert_eq!(changes[39].0, Millis::new(296_250));
        assert!((changes[39].1.kmh() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_falling_ramp_falls() {
        let changes =
            Belt::default().changes(Speed::from_kmh(10.0), Speed::from_kmh(9.8), Millis::from_secs(10));
        let kmh: Vec<String> = changes.iter().map(|(_, s)| s.to_string()).collect();
        assert_eq!(kmh, ["9.9 km/h", "9.8 km/h"]);
    }

    #[test]
    fn no_number_is_further_than_half_a_step() {
        let belt = Belt {
            unit: SpeedUnit::MilesPerHour,
            step: 0.1,
        };
        for i in 1..500 {
            let speed = Speed::from_mph(f64::from(i) * 0.037);
            assert!((belt.nearest(speed).mph() - speed.mph()).abs() <= 0.05 + 1e-9);
        }
    }
}
