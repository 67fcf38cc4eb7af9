//! Bends of a running session: the rest of its sequence changes, and the change can be undone.

use super::remainder::rests;
use super::step_pace::SHORTEST_REST;
use super::undoable::{StateBeforeBend, Undoable};
use super::{Event, EventKind, Session, SessionEdit, SessionPlace};
use crate::units::{Millis, Moment, Speed};
use crate::workout::bending::{self, BendPoint};
use crate::workout::sequence::{Bend, PlannedStep, Sequence, StepId};
use std::sync::Arc;

impl Session {
    /// Returns the sequence as it was planned, before any bend of the session.
    pub fn planned_sequence(&self) -> &Sequence {
        &self.planned
    }

    /// Returns the place in the sequence from which a bend changes it.
    fn bend_point(&self, at: Moment) -> BendPoint {
        self.position(at).bend_point(&self.sequence, self.begun)
    }

    pub(super) fn bend(&mut self, bend: Bend, at: Moment, events: &mut Vec<Event>) {
        if !self.under_way() {
            return;
        }
        let Ok(bent) = bending::bend(&self.sequence, &self.bend_point(at), bend) else { return };
        let into = self.elapsed(at).saturating_sub(self.entered);
        let current = self.current().cloned();
        let slowed = bent.slows_by.and_then(|_| Some((current.as_ref()?.id, self.visit.clone())));
        self.undoable.push(Undoable::Bent(Box::new(StateBeforeBend {
            sequence: Arc::clone(&self.sequence),
            rests: Arc::clone(&self.rests),
            edits: self.edits.clone(),
            slowed,
            left: bent.goes_to.map(|_| self.state_before_jump()),
        })));
        self.follow(Arc::new(bent.sequence), current.as_ref().map(|step| step.id));
        if let Some(step) = &current {
            if bent.sets_length {
                let stays = |edit: &SessionEdit| match *edit {
                    SessionEdit::Extend { step: which, .. } => which != step.id,
                };
                self.edits.retain(stays);
            }
            if let Some((factor, speed)) = bent.slows_by.zip(self.visit.speed(step, into)) {
                let slower = Speed::from_mps(speed.mps() * factor);
                self.visit.adjust(step, into, self.on_treadmill(slower, step));
            }
        }
        events.push(self.event(at, EventKind::Bent { bend }));
        if let Some(index) = bent.goes_to.and_then(|step| self.sequence.index(step)) {
            self.jump(index, bent.sets_length, at, events);
        }
    }

    /// Returns the speed at which the treadmill runs a speed in a step, if the sequence is fitted to one.
    fn on_treadmill(&self, speed: Speed, step: &PlannedStep) -> Speed {
        self.sequence.treadmill.as_deref().map_or(speed, |treadmill| {
            treadmill.belt.nearest_setting(speed, step.incline, treadmill.ceiling).setting.speed
        })
    }

    /// Goes on in another sequence, in the same step.
    fn follow(&mut self, sequence: Arc<Sequence>, here: Option<StepId>) {
        self.place = here.and_then(|id| sequence.index(id)).map_or(SessionPlace::After, SessionPlace::Step);
        self.rests = rests(&sequence);
        self.sequence = sequence;
    }

    /// True if the sequence before a bend still has the current step, so that the session can go on in it.
    pub(super) fn can_unbend(&self, before: &StateBeforeBend) -> bool {
        let is_in = |id: StepId| before.sequence.index(id).is_some();
        before.has_jumped() || self.current().is_some_and(|step| is_in(step.id))
    }

    /// Undoes a bend.
    pub(super) fn unbend(&mut self, before: StateBeforeBend, at: Moment, events: &mut Vec<Event>) {
        let (here, now) = (self.current().map(|step| step.id), self.elapsed(at));
        let just = self.step_that_was_run(now);
        let length = self.current().and_then(|step| self.length(step));
        self.follow(before.sequence, here);
        self.rests = before.rests;
        self.edits = before.edits;
        events.push(self.event(at, EventKind::Undone));
        if let Some(left) = before.left {
            return self.return_to(left, just, at, events);
        }
        let into = now.saturating_sub(self.entered);
        let Some(step) = self.current().cloned() else { return };
        if let Some((_, visit)) = before.slowed.filter(|(slowed, _)| *slowed == step.id) {
            self.visit.go_on_as(&visit, &step, into);
        }
        // A step that was longer meanwhile still lasts long enough for the pips before its end.
        let missing = |planned: Millis| {
            let closest = (into + SHORTEST_REST).min(length.unwrap_or_default());
            closest.saturating_sub(planned)
        };
        if let Some(by) = self.length(&step).map(missing).filter(|by| *by > Millis::ZERO) {
            self.edits.push(SessionEdit::Extend { step: step.id, by });
        }
    }

    /// After a step has ended by itself, only bends that led to no other step can be undone.
    pub(super) fn keep_bends(&mut self) {
        let stays = |done: &Undoable| matches!(done, Undoable::Bent(before) if !before.has_jumped());
        let first = self.undoable.iter().rposition(|done| !stays(done)).map_or(0, |last| last + 1);
        self.undoable.drain(..first);
    }
}
