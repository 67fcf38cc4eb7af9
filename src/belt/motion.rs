//! How the belt moves between its numbers: its true trapezoid, and the distance below it.

use super::press_schedule::PressSchedule;
use crate::units::{Distance, Millis, Speed};

/// The belt on its way from one speed to another; before it and behind it the speed stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MotionLeg {
    pub start: Millis,
    pub end: Millis,
    pub from: Speed,
    pub to: Speed,
}

impl MotionLeg {
    pub fn speed_at(&self, at: Millis) -> Speed {
        let length = self.end.saturating_sub(self.start).as_secs_f64();
        let into = at.saturating_sub(self.start).as_secs_f64();
        let part = if into >= length { 1.0 } else { into / length };
        Speed::from_mps(self.from.mps() + (self.to.mps() - self.from.mps()) * part)
    }
}

impl PressSchedule {
    /// How fast the belt runs at a moment: its true trapezoid. Nothing before the course's beginning, or before the
    /// first speed that is known.
    pub fn speed_at(&self, at: Millis) -> Option<Speed> {
        let behind = self.legs.partition_point(|leg| leg.start <= at);
        let leg = behind.checked_sub(1).and_then(|i| self.legs.get(i))?;
        Some(leg.speed_at(at))
    }

    /// How far the belt runs between two moments, on the rails too: what its console counts.
    pub fn distance(&self, from: Millis, to: Millis) -> Distance {
        let mut edges: Vec<Millis> = self.legs.iter().flat_map(|leg| [leg.start, leg.end]).collect();
        edges.retain(|edge| *edge > from && *edge < to);
        edges.extend([from, to]);
        edges.sort_unstable();
        let metres = edges.windows(2).map(|pair| {
            let (Some(a), Some(b)) = (pair.first(), pair.last()) else { return 0.0 };
            let middle = *a + b.saturating_sub(*a).half();
            let length = b.saturating_sub(*a).as_secs_f64();
            // Even motion between two edges: the mean speed is the one in the middle, but for half a millisecond.
            self.speed_at(middle).map_or(0.0, |speed| speed.mps() * length)
        });
        Distance::from_metres(metres.sum())
    }
}
