//! The training load, how it varies within a week, and its averages.

use crate::units::Millis;

/// The days after which the average of 42 days no longer shows that it began at zero.
pub const SETTLED_AFTER: usize = 42;
/// The days of the long average.
const LONG: f64 = 42.0;
/// The days of the short average.
const SHORT: f64 = 7.0;

/// Returns the load of a session: RPE × minutes (session RPE, Foster 2001).
pub fn session_load(rpe: f64, time: Millis) -> f64 {
    rpe * time.as_secs_f64() / 60.0
}

/// The variation of the load within a week (Foster 1998).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadVariation {
    /// The mean daily load divided by its standard deviation. High if all days are alike.
    pub monotony: f64,
    /// The load of the week × its monotony.
    pub strain: f64,
}

impl LoadVariation {
    /// Returns the variation of seven daily loads, with rest days as 0. The standard deviation is that of the population
    /// (divided by 7). `None` if all days are equal, because the deviation is then 0.
    pub fn of_week(days: [f64; 7]) -> Option<LoadVariation> {
        let load: f64 = days.iter().sum();
        let mean = load / 7.0;
        let deviation = (days.iter().map(|day| (day - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
        let monotony = mean / deviation;
        (deviation > 1e-9).then_some(LoadVariation { monotony, strain: load * monotony })
    }
}

/// The averages of the daily load, in which earlier days count less and less.
///
/// Each day moves an average by 1/n of the way to that day's load, from 0 before the first day. Other programs move it by
/// 1 − e^(−1/n), which is a little less.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoadAverages {
    /// The average over 42 days.
    pub long: f64,
    /// The average over 7 days.
    pub short: f64,
    /// The number of days that are in.
    pub days: usize,
}

impl LoadAverages {
    /// Returns the averages after one more day with this load.
    pub fn after(self, load: f64) -> LoadAverages {
        LoadAverages {
            long: self.long + (load - self.long) / LONG,
            short: self.short + (load - self.short) / SHORT,
            days: self.days + 1,
        }
    }

    /// True once 42 days are in. Before that, the long average is still on its way up from 0.
    pub fn is_settled(self) -> bool {
        self.days >= SETTLED_AFTER
    }
}
