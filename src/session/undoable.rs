//! Everything that can be undone, with the state to return to.

use super::remainder::RemainderOfRun;
use super::step_pace::StepVisit;
use super::{SessionEdit, SessionPlace};
use crate::units::{Distance, Millis};
use crate::workout::sequence::{Sequence, StepId};
use std::sync::Arc;

/// Something that can be undone.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Undoable {
    /// The latest extension.
    Extended,
    /// A jump, with the state before it.
    Moved(Box<StateBeforeJump>),
    /// A bend, with the state before it.
    Bent(Box<StateBeforeBend>),
}

/// The state before a jump.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StateBeforeJump {
    pub(super) place: SessionPlace,
    pub(super) entered: Millis,
    pub(super) visit: StepVisit,
    pub(super) odometer: Option<Distance>,
    pub(super) laps: usize,
}

/// The state before a bend.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StateBeforeBend {
    pub(super) sequence: Arc<Sequence>,
    pub(super) rests: Arc<[RemainderOfRun]>,
    pub(super) edits: Vec<SessionEdit>,
    /// The step whose speed changed, and its speeds before.
    pub(super) slowed: Option<(StepId, StepVisit)>,
    /// The place that was left, if the bend led to another step.
    pub(super) left: Option<StateBeforeJump>,
}

impl StateBeforeBend {
    /// True if the bend led to another step.
    pub(super) fn has_jumped(&self) -> bool {
        self.left.is_some()
    }
}
