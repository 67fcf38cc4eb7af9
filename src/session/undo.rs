//! Taking back what a key did by mistake: a skip, a step back, a jump, an extension.
//!
//! Afterwards the session stands as if the key had not been pressed: the time since then was run in the step that was
//! left, or in those that followed it. It reaches back as far as the step being run: once that ends by itself or by
//! the key that it waits for, it was meant.

use super::step_pace::{CLOSEST, StepVisit};
use super::{CameFrom, Event, EventKind, Session, SessionEdit, SessionPlace};
use crate::units::{Distance, Millis, Moment};

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Undoable {
    /// The latest edit.
    Extended,
    /// A jump, with what it left.
    Moved(Box<StateBeforeJump>),
}

/// How things stood before a jump.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StateBeforeJump {
    place: SessionPlace,
    entered: Millis,
    visit: StepVisit,
    odometer: Option<Distance>,
    laps: usize,
}

impl Session {
    /// True where something can be undone.
    pub fn can_undo(&self) -> bool {
        self.under_way() && !self.deeds.is_empty()
    }

    /// Keeps in mind how things stand, before a jump.
    pub(super) fn remember(&mut self) {
        self.deeds.push(Undoable::Moved(Box::new(StateBeforeJump {
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
        match self.deeds.pop() {
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

    /// Takes the latest extension back, as far as the end does not come closer than its pips need.
    fn shorten(&mut self, at: Moment) {
        let into = self.elapsed(at).saturating_sub(self.entered);
        let length = self.current().and_then(|step| self.length(step));
        let (Some(SessionEdit::Extend { step, by }), Some(length)) = (self.edits.pop(), length) else {
            return;
        };
        let closest = (into + CLOSEST).min(length);
        let kept = closest.saturating_sub(length.saturating_sub(by));
        if kept > Millis::ZERO {
            self.edits.push(SessionEdit::Extend { step, by: kept });
        }
    }

    fn return_to(&mut self, left: StateBeforeJump, at: Moment, events: &mut Vec<Event>) {
        let now = self.elapsed(at);
        // A jump that no time has passed since is no step that was run.
        let just = self.came_from.filter(|from| from.at == now).map(|from| from.step);
        let here = just.or(self.current().or(self.sequence.steps.last()).map(|s| s.id));
        self.place = left.place;
        self.entered = left.entered;
        self.visit = left.visit;
        self.odometer = left.odometer;
        self.laps.truncate(left.laps);
        self.came_from = None;
        // Those ends have come meanwhile, though nobody was told of them then.
        self.pass(now, |_| at, events);
        self.came_from = here
            .filter(|here| self.current().is_some_and(|step| step.id != *here))
            .map(|step| CameFrom { step, at: now });
    }
}
