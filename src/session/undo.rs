//! Undo for a skip, a step back, a jump or an extension by mistake.
//!
//! After an undo, the session is as if the key had not been pressed: the time since then counts for the step that was left,
//! or for those that follow it. Once the current step ends by itself or by the key that ends it, nothing before can be
//! undone.

use super::step_pace::{SHORTEST_REST, StepVisit};
use super::{CameFrom, Event, EventKind, Session, SessionEdit, SessionPlace};
use crate::units::{Distance, Millis, Moment};

/// Something that can be undone.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Undoable {
    /// The latest extension.
    Extended,
    /// A jump, with the state before it.
    Moved(Box<StateBeforeJump>),
}

/// The state before a jump.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StateBeforeJump {
    place: SessionPlace,
    entered: Millis,
    visit: StepVisit,
    odometer: Option<Distance>,
    laps: usize,
}

impl Session {
    /// True if something can be undone.
    pub fn can_undo(&self) -> bool {
        self.under_way() && !self.undoable.is_empty()
    }

    /// Keeps the state before a jump.
    pub(super) fn remember(&mut self) {
        self.undoable.push(Undoable::Moved(Box::new(StateBeforeJump {
            place: self.place,
            entered: self.entered,
            visit: self.visit.clone(),
            odometer: self.odometer,
            laps: self.laps.len(),
        })));
    }

    pub(super) fn undo(&mut self, at: Moment, events: &mut Vec<Event>) {
        if !self.under_way() {
            return;
        }
        match self.undoable.pop() {
            Some(Undoable::Extended) => {
                self.shorten(at);
                events.push(self.event(at, EventKind::Undone));
            }
            Some(Undoable::Moved(left)) => {
                events.push(self.event(at, EventKind::Undone));
                self.return_to(*left, at, events);
            }
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

    fn return_to(&mut self, left: StateBeforeJump, at: Moment, events: &mut Vec<Event>) {
        let now = self.elapsed(at);
        // A step entered at this very moment has not been run.
        let just = self.came_from.filter(|from| from.at == now).map(|from| from.step);
        let here = just.or(self.current().or(self.sequence.steps.last()).map(|s| s.id));
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
