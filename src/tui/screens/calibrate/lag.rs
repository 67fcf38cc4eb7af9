//! Measures the belt's lag: how long it takes to change speed, up to three times, back and forth.

use crate::belt::Belt;
use crate::runner::figures::example;
use crate::units::{Millis, Moment};

/// The number of measurements.
pub const TIMES: usize = 3;
/// The longest lag possible, in seconds per unit of the belt. The profile has the same limit.
const LONGEST: f64 = 60.0;

/// A change of speed, between two of the belt's numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedChange {
    /// The number before.
    pub from: f64,
    /// The number to press.
    pub to: f64,
}

/// The measurements so far.
#[derive(Clone, Debug, PartialEq)]
pub struct LagMeasurement {
    /// The first change; the second goes back, and so on.
    change: SpeedChange,
    /// When the number was pressed, until the belt has reached it.
    pub since: Option<Moment>,
    /// The time of each measurement.
    pub times: Vec<Millis>,
}

impl LagMeasurement {
    /// No measurements yet, between two numbers that suit the belt.
    pub fn of(belt: &Belt) -> Self {
        let (from, to) = example(belt);
        let change = SpeedChange { from: from.number, to: to.number };
        LagMeasurement { change, since: None, times: Vec::new() }
    }

    /// The change to measure next.
    pub fn next_change(&self) -> SpeedChange {
        self.change_at(self.times.len())
    }

    /// The change measured at this index.
    pub fn change_at(&self, index: usize) -> SpeedChange {
        let SpeedChange { from, to } = self.change;
        if index.is_multiple_of(2) { self.change } else { SpeedChange { from: to, to: from } }
    }

    /// Starts a measurement, or ends the one under way. Returns a message if the time is impossible.
    pub fn mark(&mut self, now: Moment) -> Option<String> {
        let Some(since) = self.since.take() else {
            if self.times.len() < TIMES {
                self.since = Some(now);
            }
            return None;
        };
        let time = now.since(since);
        if self.lag(time) > LONGEST {
            return Some(format!("{} s is too long for a belt: try again", time.whole_secs()));
        }
        self.times.push(time);
        None
    }

    /// Drops the measurement under way, or the last one. Returns false if there is none.
    pub fn undo(&mut self) -> bool {
        self.since.take().is_some() || self.times.pop().is_some()
    }

    /// Moves the upper number by `by`, to a number of the belt's above the lower one. Does nothing once a measurement
    /// has begun.
    pub fn aim(&mut self, belt: &Belt, by: f64) {
        let aimed = belt.setting_at((self.change.to + by).max(0.0)).number;
        if self.since.is_none() && self.times.is_empty() && aimed > self.change.from {
            self.change.to = aimed;
        }
    }

    /// The lag that a time means, in seconds per unit of the belt.
    fn lag(&self, time: Millis) -> f64 {
        let SpeedChange { from, to } = self.change;
        time.as_secs_f64() / (to - from).abs().max(f64::MIN_POSITIVE)
    }

    /// The median of the measurements, in seconds per unit of the belt, to a hundredth.
    pub fn result(&self) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_unstable();
        let middle = times.len().checked_sub(1)? / 2;
        let (low, high) = (*times.get(middle)?, *times.get(times.len() / 2)?);
        Some((self.lag((low + high).half()) * 100.0).round() / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SpeedUnit;

    /// Marks the start and the end of each measurement at these seconds.
    fn marked(seconds: &[f64]) -> LagMeasurement {
        let mut lag = LagMeasurement::of(&Belt::default());
        for second in seconds {
            lag.mark(Moment::new((second * 1000.0) as u64));
        }
        lag
    }

    fn change(from: f64, to: f64) -> SpeedChange {
        SpeedChange { from, to }
    }

    #[test]
    fn the_result_is_the_median() {
        // 4 km/h in 10, 30 and 9 s: 2.5, 7.5 and 2.25 s per km/h.
        assert_eq!(marked(&[5.0, 15.0]).result(), Some(2.5));
        assert_eq!(marked(&[5.0, 15.0, 20.0, 50.0]).result(), Some(5.0));
        assert_eq!(marked(&[5.0, 15.0, 20.0, 50.0, 60.0, 69.0]).result(), Some(2.5));
        assert_eq!(marked(&[5.0, 15.0, 20.0, 50.0, 60.0, 69.0, 70.0]).times.len(), TIMES, "three are enough");
        assert_eq!(marked(&[]).result(), None);
        assert_eq!(marked(&[5.0]).result(), None);
    }

    #[test]
    fn changes_go_back_and_forth() {
        assert_eq!(marked(&[]).next_change(), change(8.0, 12.0));
        assert_eq!(marked(&[0.0, 10.0]).next_change(), change(12.0, 8.0));
        assert_eq!(marked(&[0.0, 10.0, 12.0, 20.0]).next_change(), change(8.0, 12.0));
    }

    #[test]
    fn rejects_an_impossible_time_and_undoes_a_slip() {
        let mut lag = marked(&[0.0]);
        assert!(lag.mark(Moment::new(241_000)).is_some_and(|message| message.contains("241 s")));
        assert_eq!((lag.result(), lag.since), (None, None));
        let mut lag = marked(&[0.0, 10.0, 12.0]);
        assert!(lag.undo() && lag.since.is_none() && lag.times.len() == 1);
        assert!(lag.undo() && lag.times.is_empty() && !lag.undo());
    }

    #[test]
    fn the_numbers_stay_within_the_belts_range() {
        let miles = Belt { unit: SpeedUnit::MilesPerHour, top: Some(7.0), ..Belt::default() };
        let mut lag = LagMeasurement::of(&miles);
        assert_eq!(lag.change, change(5.0, 7.0));
        lag.aim(&miles, 1.0);
        assert_eq!(lag.change, change(5.0, 7.0), "7 is its top speed");
        for _ in 0..5 {
            lag.aim(&miles, -1.0);
        }
        assert_eq!(lag.change, change(5.0, 6.0), "the numbers stay apart");
        lag.mark(Moment::new(0));
        lag.aim(&miles, 1.0);
        assert_eq!(lag.change, change(5.0, 6.0), "a measurement is under way");
    }
}
