//! The end of a step that waits for a heart rate.

use super::{Event, EventKind, Phase, Session};
use crate::units::{Millis, Moment};

/// The time from the moment at which the heart rate is met to the end of the step. The next step is announced in it.
pub const AFTER_HEART_RATE: Millis = Millis::from_secs(5);

/// The end of a step whose heart rate was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeartEnd {
    /// The time into the step.
    at: Millis,
    /// The extension of the step before the heart rate was met.
    extended: Millis,
}

impl HeartEnd {
    /// Returns the length of the step if it has been extended by `extended` in all. Only what was added since the heart
    /// rate was met counts.
    pub(super) fn length(self, extended: Millis) -> Millis {
        self.at + extended.saturating_sub(self.extended)
    }
}

impl Session {
    /// True if a heart rate can end the current step at a moment: the clock runs, the step waits for one and has not met it,
    /// and the lower bound of the step is at most five seconds away.
    pub fn may_reach(&self, at: Moment) -> bool {
        let Some(step) = self.current().filter(|step| step.until.is_some()) else { return false };
        let into = self.elapsed(at.max(self.latest)).saturating_sub(self.entered);
        let from = step.end.may_end_from().unwrap_or_default();
        self.phase == Phase::Running && self.visit.heart_end.is_none() && into + AFTER_HEART_RATE >= from
    }

    /// Ends the current step five seconds from now, or at its upper bound if that is earlier.
    pub(super) fn reach(&mut self, bpm: u32, at: Moment, events: &mut Vec<Event>) {
        let Some(step) = self.current().map(|step| step.id) else { return };
        if self.may_reach(at) {
            let into = self.elapsed(at).saturating_sub(self.entered);
            self.visit.heart_end =
                Some(HeartEnd { at: into + AFTER_HEART_RATE, extended: self.extended(step) });
            events.push(self.event(at, EventKind::Reached { step, bpm }));
        }
    }
}
