//! Targets of Zwift's workouts: power for the bike, shares of a pace for the run.

use super::ReadOptions;
use super::bike_power::PowerReading;
use super::model::ForeignTarget;
use super::tags::OpenTag;

/// The paces of a run by their number in a file.
const PACES: [&str; 5] = ["mile", "5K", "10K", "half", "marathon"];
/// From this share of a reference on, a number is taken for percent.
const PERCENT_FROM: f64 = 10.0;
/// The highest incline that is taken for a fraction.
const MOST_FRACTION: f64 = 0.4;

/// What targets of a file refer to.
#[derive(Clone, Copy, Debug)]
pub struct TargetBase {
    /// True for a workout on a bike.
    pub is_bike: bool,
    /// The seconds per kilometre at threshold, if the file says.
    pub threshold_pace: Option<f64>,
    /// The meaning of power on a bike.
    pub power: PowerReading,
}

/// A target that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadTarget {
    /// The target.
    pub target: ForeignTarget,
    /// False for a ramp that became even, because both ends are in one band.
    pub keeps_ramp: bool,
}

impl TargetBase {
    /// The base of a file's targets.
    pub fn new(is_bike: bool, threshold_pace: Option<f64>, options: &ReadOptions) -> Self {
        TargetBase { is_bike, threshold_pace, power: options.power }
    }

    /// Returns the target for a share of the reference.
    pub fn steady(&self, share: f64, pace: Option<&'static str>) -> ForeignTarget {
        let share = as_fraction(share);
        if self.is_bike {
            return self.power.target(share);
        }
        match (pace, self.threshold_pace) {
            (None, Some(seconds)) => {
                let speed = 1000.0 / seconds * share;
                ForeignTarget::Speed { slow: speed, fast: speed }
            }
            (pace, _) => ForeignTarget::Fraction { low: share, high: share, of: pace.unwrap_or("threshold") },
        }
    }

    /// Returns the target for a zone of power. For a run it is an effort.
    pub fn zone(&self, zone: f64) -> ForeignTarget {
        let power = if self.is_bike { self.power } else { PowerReading::Words };
        power.zone(zone)
    }

    /// Returns the target for an even change between two shares.
    pub fn ramp(&self, from: f64, to: f64, pace: Option<&'static str>) -> ReadTarget {
        if self.is_bike {
            let (target, keeps_ramp) = self.power.ramp(as_fraction(from), as_fraction(to));
            return ReadTarget { target, keeps_ramp };
        }
        let (first, last) = (self.steady(from, pace), self.steady(to, pace));
        let target = if first == last { first } else { ForeignTarget::Ramp(Box::new(first), Box::new(last)) };
        ReadTarget { target, keeps_ramp: true }
    }
}

/// Reads a share that may be written in percent.
fn as_fraction(share: f64) -> f64 {
    if share >= PERCENT_FROM { share / 100.0 } else { share.max(0.0) }
}

/// Returns the pace that a step of a run names by its number.
pub fn named_pace(tag: &OpenTag<'_>) -> Option<&'static str> {
    let number: usize = tag.attribute("pace")?.parse().ok()?;
    PACES.get(number).copied()
}

/// Returns the incline of a step in percent.
pub fn incline(tag: &OpenTag<'_>) -> Option<f64> {
    let number = tag.number("incline").or(tag.number("slope")).filter(|number| *number != 0.0)?;
    Some(if number.abs() <= MOST_FRACTION { number * 100.0 } else { number })
}
