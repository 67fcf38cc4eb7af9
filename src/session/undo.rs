//! Undo for a skip, a step back, a jump, an extension or a bend by mistake.
//!
//! After an undo, the session is as if the key had not been pressed: the time since then counts for the step that was left,
//! or for those that follow it. Once the current step ends by itself or by the key that ends it, nothing before can be
//! undone, except for a bend of the steps to come.

use super::step_pace::SHORTEST_REST;
use super::undoable::{StateBeforeJump, Undoable};
use super::{CameFrom, Event, EventKind, Session, SessionEdit};
use crate::units::{Millis, Moment};
use crate::workout::sequence::StepId;

impl Session {
    /// True if something can be undone.
    pub fn can_undo(&self) -> bool {
        let can = |done: &Undoable| match done {
            Undoable::Extended | Undoable::Moved(_) => true,
            Undoable::Bent(before) => self.can_unbend(before),
        };
        self.under_way() && self.undoable.last().is_some_and(can)
    }

    /// Keeps the state before a jump.
    pub(super) fn remember(&mut self) {
        self.undoable.push(Undoable::Moved(Box::new(self.state_before_jump())));
    }

    /// Returns the state that a jump changes.
    pub(super) fn state_before_jump(&self) -> StateBeforeJump {
        StateBeforeJump {
            place: self.place,
            entered: self.entered,
            visit: self.visit.clone(),
            odometer: self.odometer,
            laps: self.laps.len(),
        }
    }

    pub(super) fn undo(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !self.can_undo() {
            return;
        }
        match self.undoable.pop() {
            Some(Undoable::Extended) => {
                self.shorten(at);
                events.push(self.event(at, EventKind::Undone));
            }
            Some(Undoable::Moved(left)) => {
                events.push(self.event(at, EventKind::Undone));
                let here = self.step_that_was_run(self.elapsed(at));
                self.return_to(*left, here, at, events);
            }
            Some(Undoable::Bent(before)) => self.unbend(*before, at, events),
            None => {}
        }
    }

    /// Undoes the latest extension. The step still lasts long enough for the pips before its end.
    fn shorten(&mut self, at: Moment) {
        let into = self.elapsed(at).saturating_sub(self.entered);
        let length = self.current().and_then(|step| self.length(step));
        let (Some(SessionEdit::Extend { step, by }), Some(length)) = (self.edits.pop(), length) else {
            return;
        };
        let closest = (into + SHORTEST_REST).min(length);
        let kept = closest.saturating_sub(length.saturating_sub(by));
        if kept > Millis::ZERO {
            self.edits.push(SessionEdit::Extend { step, by: kept });
        }
    }

    /// Returns the step that a command leaves now. A step entered at this very moment has not been run.
    pub(super) fn step_that_was_run(&self, now: Millis) -> Option<StepId> {
        let just = self.came_from.filter(|from| from.at == now).map(|from| from.step);
        just.or(self.current().or(self.sequence.steps.last()).map(|s| s.id))
    }

    /// Returns to the state before a jump, which led to the step `here`.
    pub(super) fn return_to(
        &mut self,
        left: StateBeforeJump,
        here: Option<StepId>,
        at: Moment,
        events: &mut Vec<Event>,
    ) {
        let now = self.elapsed(at);
        self.place = left.place;
        self.entered = left.entered;
        self.visit = left.visit;
        self.odometer = left.odometer;
        self.laps.truncate(left.laps);
        self.came_from = None;
        // Steps that ended in the meantime end now.
        self.pass(now, |_| at, events);
        self.came_from = here
            .filter(|here| self.current().is_some_and(|step| step.id != *here))
            .map(|step| CameFrom { step, at: now });
    }
}
