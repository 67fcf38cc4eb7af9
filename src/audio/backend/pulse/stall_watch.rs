//! Notices when the device stops taking samples, and when it starts again.

use std::time::{Duration, Instant};

/// A device that takes nothing for this long is not playing.
const STALL: Duration = Duration::from_millis(1500);

/// The position at which the server last stood, and since when.
#[derive(Debug)]
pub struct StallWatch {
    offset: i64,
    since: Instant,
    stalled: bool,
}

/// A change noticed by a [`StallWatch`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StallChange {
    /// The device plays, or is stalled, as before.
    Unchanged,
    /// The device has stopped.
    Stalled,
    /// The device plays again.
    Resumed,
}

impl StallWatch {
    /// Starts to watch a new stream.
    pub fn new(now: Instant) -> Self {
        StallWatch { offset: 0, since: now, stalled: false }
    }

    /// Takes in the server's read position at an instant.
    pub fn observe(&mut self, offset: i64, at: Instant) -> StallChange {
        if self.offset != offset || self.since > at {
            (self.offset, self.since) = (offset, at);
            return if self.stalled { StallChange::Resumed } else { StallChange::Unchanged };
        }
        if !self.stalled && self.since + STALL < at {
            self.stalled = true;
            return StallChange::Stalled;
        }
        StallChange::Unchanged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic;

    #[test]
    fn a_stall_and_the_end_of_it_are_noticed_once_each() {
        let start = monotonic();
        let at = |ms| start + Duration::from_millis(ms);
        let mut watch = StallWatch::new(start);
        assert_eq!(watch.observe(100, at(100)), StallChange::Unchanged);
        assert_eq!(watch.observe(100, at(1600)), StallChange::Unchanged);
        assert_eq!(watch.observe(100, at(1601)), StallChange::Stalled);
        assert_eq!(watch.observe(100, at(3000)), StallChange::Unchanged);
        assert_eq!(watch.observe(200, at(3100)), StallChange::Resumed);
    }
}
