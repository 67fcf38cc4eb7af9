//! When a heart rate counts as reached.

use crate::units::{Millis, Moment};

/// The heart rates in a row that have to meet a condition.
const IN_A_ROW: u32 = 3;
/// The longest time between two of them.
pub const MOST_APART: Millis = Millis::from_secs(2);

/// Counts the heart rates in a row that meet a condition. One value may be a mistake of the strap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeartReach {
    most_apart: Millis,
    count: u32,
    last: Option<Moment>,
}

impl Default for HeartReach {
    fn default() -> Self {
        HeartReach::new(MOST_APART)
    }
}

impl HeartReach {
    /// Creates a count of heart rates that are at most this far apart.
    pub fn new(most_apart: Millis) -> Self {
        HeartReach { most_apart, count: 0, last: None }
    }

    /// Takes a heart rate that counts. `meets` tells if it meets the condition.
    pub fn take(&mut self, meets: bool, at: Moment) {
        let goes_on = self.is_recent(at);
        self.count = match (meets, goes_on) {
            (false, _) => 0,
            (true, true) => self.count.saturating_add(1),
            (true, false) => 1,
        };
        self.last = Some(at);
    }

    /// True if enough heart rates in a row meet the condition, and the last of them has just come.
    pub fn is_reached(&self, now: Moment) -> bool {
        self.count >= IN_A_ROW && self.is_recent(now)
    }

    fn is_recent(&self, now: Moment) -> bool {
        self.last.is_some_and(|last| now.since(last) <= self.most_apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(values: &[(u64, bool)]) -> bool {
        let mut reach = HeartReach::default();
        values.iter().for_each(|(second, meets)| reach.take(*meets, Moment::new(second * 1000)));
        reach.is_reached(Moment::new(values.last().unwrap().0 * 1000))
    }

    #[test]
    fn three_values_in_a_row_reach_a_heart_rate() {
        assert!(reached(&[(1, true), (2, true), (3, true)]));
        assert!(!reached(&[(2, true), (3, true)]));
        assert!(!reached(&[(1, true), (2, false), (3, true), (4, true)]));
        // A lost value leaves the others two seconds apart, a longer gap begins anew.
        assert!(reached(&[(1, true), (3, true), (4, true)]));
        assert!(!reached(&[(1, true), (2, true), (5, true)]));
    }

    #[test]
    fn old_values_do_not_count() {
        let mut reach = HeartReach::default();
        (1..=3).for_each(|second| reach.take(true, Moment::new(second * 1000)));
        assert!(reach.is_reached(Moment::new(5000)) && !reach.is_reached(Moment::new(5001)));
    }
}
