//! Where a session stands, worked out for any moment.

use super::{RemainderOfRun, Session, SessionPlace};
use crate::units::{Distance, Millis, Moment, Speed};

/// Where a session stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Which step.
    pub place: SessionPlace,
    /// Active time since the session's start.
    pub elapsed: Millis,
    /// Active time since this place was entered.
    pub into: Millis,
    /// How long this step lasts, with what it was extended by; nothing where only a key ends it.
    pub length: Option<Millis>,
    /// What is left of the planned time: this step and all that follow, open steps counting nothing.
    pub left: Millis,
    /// True where `left` is not all, because a step to come (or this one) has no known end.
    pub left_is_open: bool,
    /// What the belt has covered in this step, where its speed is known.
    pub covered: Option<Distance>,
    /// What it has covered since the session's start, where all of its speeds were known or it was read off.
    pub distance: Option<Distance>,
}

impl Position {
    /// What is left of this step, where its end is known.
    pub fn remaining(&self) -> Option<Millis> {
        self.length.map(|l| l.saturating_sub(self.into))
    }
}

impl Session {
    /// Where it stands at a moment, which may not be before the latest that it was told of.
    pub fn position(&self, at: Moment) -> Position {
        let elapsed = self.elapsed(at.max(self.latest));
        let into = elapsed.saturating_sub(self.entered);
        let length = self.current().and_then(|step| self.length(step));
        let rest_of_step = length.unwrap_or_default().saturating_sub(into);
        let (after, open_here) = match self.place {
            SessionPlace::Step(index) => (self.rest_from(index + 1), length.is_none()),
            SessionPlace::After => (RemainderOfRun::default(), false),
        };
        Position {
            place: self.place,
            elapsed,
            into,
            length,
            left: rest_of_step + after.time,
            left_is_open: open_here || after.open,
            covered: self.covered(into),
            distance: self.odometer.zip(self.covered(into)).map(|(before, here)| before + here),
        }
    }

    /// What the belt has covered so far into the step being run.
    pub(super) fn covered(&self, into: Millis) -> Option<Distance> {
        self.current().and_then(|step| self.visit.covered(step, into))
    }

    /// The belt's true speed at a moment, as the plan and the runner have it; before it is rounded to anything.
    pub fn speed(&self, at: Moment) -> Option<Speed> {
        let into = self.elapsed(at.max(self.latest)).saturating_sub(self.entered);
        self.current().and_then(|step| self.visit.speed(step, into))
    }
}
