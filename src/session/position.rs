//! The position of a session at any moment.

use super::remainder::RemainderOfRun;
use super::{Session, SessionPlace};
use crate::units::{Distance, Millis, Moment, Speed};
use crate::workout::bending::BendPoint;
use crate::workout::sequence::{PlannedStep, Sequence};

/// The position of a session at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// The step, or the cool-down after the last one.
    pub place: SessionPlace,
    /// The active time since the start of the session.
    pub elapsed: Millis,
    /// The active time since the start of this step.
    pub into: Millis,
    /// The length of this step, including extensions. `None` if only a key ends it.
    pub length: Option<Millis>,
    /// The planned time left in this step and all that follow. Open steps and endless repeats count as zero.
    pub left: Millis,
    /// True if this step or a later one has no known end, so that `left` is a lower bound.
    pub left_is_open: bool,
    /// The distance in this step, if the speed is known.
    pub covered: Option<Distance>,
    /// The distance since the start of the session, if all speeds are known or the distance was corrected.
    pub distance: Option<Distance>,
    /// The distance before this step, if all speeds before it are known or the distance was corrected.
    pub before: Option<Distance>,
}

impl Position {
    /// Returns the place in the sequence from which a bend changes it.
    pub fn bend_point(&self, sequence: &Sequence, has_begun: bool) -> BendPoint {
        let index = match self.place {
            SessionPlace::Step(index) => index,
            SessionPlace::After => sequence.steps.len(),
        };
        BendPoint { index, into: self.into, length: self.length, elapsed: self.elapsed, has_begun }
    }

    /// Returns the time left in this step, if its end is known.
    pub fn remaining(&self) -> Option<Millis> {
        self.length.map(|l| l.saturating_sub(self.into))
    }
}

impl Session {
    /// True if the runner's key ends the repeat around the step: the step ends by itself, and the repeat is endless or its
    /// least reps are done.
    pub fn may_end_repeat(&self) -> bool {
        let ends_itself =
            |step: &PlannedStep| step.end.planned().is_some() && self.visit.may_end_from(step).is_none();
        self.current().is_some_and(|step| step.may_end_repeat() && ends_itself(step))
    }

    /// Returns the index of the step after the repeat that the runner can leave: the innermost one that may end now, or else
    /// the innermost one.
    pub fn after_repeat(&self) -> Option<usize> {
        let SessionPlace::Step(index) = self.place else { return None };
        let innermost = self.sequence.after_repeat(index, |rep| rep.may_end);
        innermost.or_else(|| self.sequence.after_repeat(index, |_| true))
    }

    /// Returns the position at a moment. A moment before the latest call counts as that of the latest call.
    pub fn position(&self, at: Moment) -> Position {
        let elapsed = self.elapsed(at.max(self.latest));
        let into = elapsed.saturating_sub(self.entered);
        let length = self.current().and_then(|step| self.length(step));
        let known = length.filter(|_| !self.current().is_some_and(PlannedStep::is_endless));
        let rest_of_step = known.unwrap_or_default().saturating_sub(into);
        let (after, open_here) = match self.place {
            SessionPlace::Step(index) => (self.rest_from(index + 1), known.is_none()),
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
            before: self.odometer,
        }
    }

    /// Returns the distance covered in the first `into` of the current step.
    pub(super) fn covered(&self, into: Millis) -> Option<Distance> {
        self.current().and_then(|step| self.visit.covered(step, into))
    }

    /// Returns the speed that was set for the rest of this step, by hand or by a bend.
    pub fn speed_by_hand(&self) -> Option<Speed> {
        self.visit.by_hand().map(|manual| manual.to)
    }

    /// Returns the true speed at a moment by the plan and the runner's changes, not rounded to a setting of the belt.
    pub fn speed(&self, at: Moment) -> Option<Speed> {
        let into = self.elapsed(at.max(self.latest)).saturating_sub(self.entered);
        self.current().and_then(|step| self.visit.speed(step, into))
    }
}
