//! Measuring how long the belt takes from one number to another: up to three times, there and back.

use crate::belt::Belt;
use crate::runner::figures::example;
use crate::units::{Millis, Moment};

/// So often it is measured.
pub const TIMES: usize = 3;
/// More seconds for each of its unit no belt takes; the profile refuses them, too.
const MOST: f64 = 60.0;

/// What has been measured, and what is being measured.
#[derive(Clone, Debug, PartialEq)]
pub struct LagMeasurement {
    /// The numbers that it goes between.
    pub between: (f64, f64),
    /// Pressed, and not there yet.
    pub since: Option<Moment>,
    /// What it took each time.
    pub took: Vec<Millis>,
}

impl LagMeasurement {
    /// Nothing yet, between two numbers that suit the belt.
    pub fn of(belt: &Belt) -> Self {
        let (from, to) = example(belt);
        LagMeasurement { between: (from.number, to.number), since: None, took: Vec::new() }
    }

    /// Where the belt is, and where it is to go: there, back, and there again.
    pub fn way(&self) -> (f64, f64) {
        self.way_of(self.took.len())
    }

    /// The way of the nth time.
    pub fn way_of(&self, nth: usize) -> (f64, f64) {
        let (from, to) = self.between;
        if nth.is_multiple_of(2) { (from, to) } else { (to, from) }
    }

    /// The key was pressed: the belt is told, or it has arrived. A word where that cannot have been.
    pub fn mark(&mut self, now: Moment) -> Option<String> {
        let Some(since) = self.since.take() else {
            if self.took.len() < TIMES {
                self.since = Some(now);
            }
            return None;
        };
        let took = now.since(since);
        if self.each(took) > MOST {
            return Some(format!("{} s is too long for a belt: once more", took.whole_secs()));
        }
        self.took.push(took);
        None
    }

    /// Takes back what was pressed or measured last; false where there is nothing.
    pub fn take_back(&mut self) -> bool {
        self.since.take().is_some() || self.took.pop().is_some()
    }

    /// Goes to another number, by whole ones, before anything is measured.
    pub fn aim(&mut self, belt: &Belt, by: f64) {
        let (from, to) = self.between;
        let aimed = belt.setting_at((to + by).max(0.0)).number;
        if self.since.is_none() && self.took.is_empty() && aimed > from {
            self.between = (from, aimed);
        }
    }

    fn each(&self, took: Millis) -> f64 {
        let (from, to) = self.between;
        took.as_secs_f64() / (to - from).abs().max(f64::MIN_POSITIVE)
    }

    /// Seconds for each of the belt's unit, to a hundredth: the middle one of what was measured.
    pub fn result(&self) -> Option<f64> {
        let mut all = self.took.clone();
        all.sort_unstable();
        let middle = all.len().checked_sub(1)? / 2;
        let (low, high) = (*all.get(middle)?, *all.get(all.len() / 2)?);
        Some((self.each((low + high).half()) * 100.0).round() / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SpeedUnit;

    /// What comes of pressing at these seconds.
    fn measured(seconds: &[f64]) -> LagMeasurement {
        let mut lag = LagMeasurement::of(&Belt::default());
        for second in seconds {
            lag.mark(Moment::new((second * 1000.0) as u64));
        }
        lag
    }

    #[test]
    fn the_middle_of_three_counts() {
        // 4 km/h in 10, 30 and 9 s: 2.5, 7.5 and 2.25 s for each.
        assert_eq!(measured(&[5.0, 15.0]).result(), Some(2.5));
        assert_eq!(measured(&[5.0, 15.0, 20.0, 50.0]).result(), Some(5.0));
        assert_eq!(measured(&[5.0, 15.0, 20.0, 50.0, 60.0, 69.0]).result(), Some(2.5));
        assert_eq!(measured(&[5.0, 15.0, 20.0, 50.0, 60.0, 69.0, 70.0]).took.len(), TIMES, "that is enough");
        assert_eq!(measured(&[]).result(), None);
        assert_eq!(measured(&[5.0]).result(), None);
    }

    #[test]
    fn it_goes_there_and_back() {
        assert_eq!(measured(&[]).way(), (8.0, 12.0));
        assert_eq!(measured(&[0.0, 10.0]).way(), (12.0, 8.0));
        assert_eq!(measured(&[0.0, 10.0, 12.0, 20.0]).way(), (8.0, 12.0));
    }

    #[test]
    fn what_cannot_be_is_not_taken_and_a_slip_is_taken_back() {
        let mut lag = measured(&[0.0]);
        assert!(lag.mark(Moment::new(241_000)).is_some_and(|said| said.contains("241 s")));
        assert_eq!((lag.result(), lag.since), (None, None));
        let mut lag = measured(&[0.0, 10.0, 12.0]);
        assert!(lag.take_back() && lag.since.is_none() && lag.took.len() == 1);
        assert!(lag.take_back() && lag.took.is_empty() && !lag.take_back());
    }

    #[test]
    fn the_numbers_suit_the_belt() {
        let miles = Belt { unit: SpeedUnit::MilesPerHour, top: Some(7.0), ..Belt::default() };
        let mut lag = LagMeasurement::of(&miles);
        assert_eq!(lag.between, (5.0, 7.0));
        lag.aim(&miles, 1.0);
        assert_eq!(lag.between, (5.0, 7.0), "that is its top");
        for _ in 0..5 {
            lag.aim(&miles, -1.0);
        }
        assert_eq!(lag.between, (5.0, 6.0), "it has to go somewhere");
        lag.mark(Moment::new(0));
        lag.aim(&miles, 1.0);
        assert_eq!(lag.between, (5.0, 6.0), "it is under way");
    }
}
