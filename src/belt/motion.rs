//! The motion of the belt: it holds a speed, or moves evenly from one speed to the next.

use crate::units::{Distance, Millis, Speed};

/// A change from one speed to another. Before and after it, the speed is constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MotionLeg {
    pub(super) start: Millis,
    pub(super) end: Millis,
    pub(super) from: Speed,
    pub(super) to: Speed,
}

impl MotionLeg {
    pub(super) fn speed_at(&self, at: Millis) -> Speed {
        let length = self.end.saturating_sub(self.start).as_secs_f64();
        let into = at.saturating_sub(self.start).as_secs_f64();
        let part = if into >= length { 1.0 } else { into / length };
        Speed::from_mps(self.from.mps() + (self.to.mps() - self.from.mps()) * part)
    }
}

/// The changes of speed in the order in which they start.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BeltMotion {
    pub(super) legs: Vec<MotionLeg>,
}

impl BeltMotion {
    pub(super) fn speed_at(&self, at: Millis) -> Option<Speed> {
        let started = self.legs.partition_point(|leg| leg.start <= at);
        let leg = started.checked_sub(1).and_then(|i| self.legs.get(i))?;
        Some(leg.speed_at(at))
    }

    pub(super) fn distance(&self, from: Millis, to: Millis) -> Distance {
        let mut edges: Vec<Millis> = self.legs.iter().flat_map(|leg| [leg.start, leg.end]).collect();
        edges.retain(|edge| *edge > from && *edge < to);
        edges.extend([from, to]);
        edges.sort_unstable();
        let metres = edges.windows(2).map(|pair| {
            let (Some(a), Some(b)) = (pair.first(), pair.last()) else { return 0.0 };
            let middle = *a + b.saturating_sub(*a).half();
            let length = b.saturating_sub(*a).as_secs_f64();
            // Between two edges the speed is linear, so its mean is the speed in the middle, to half a millisecond.
            self.speed_at(middle).map_or(0.0, |speed| speed.mps() * length)
        });
        Distance::from_metres(metres.sum())
    }
}
