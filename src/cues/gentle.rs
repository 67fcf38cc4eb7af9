//! Steps and workouts whose signals are gentle: slow breathing, and naps.

use crate::workout::breath::BreathRhythm;
use crate::workout::sequence::{Activity, Kind, PlannedStep, Sequence};

/// True for a workout that ends with a rest and is no training, such as a nap. Nobody is to be startled by its end.
pub(super) fn ends_softly(sequence: &Sequence) -> bool {
    sequence.activity == Activity::Other && sequence.steps.last().is_some_and(|step| step.kind == Kind::Rest)
}

/// True for a step that guides the breath. It has no pips, and its first breath stands for the change to it.
pub(super) fn is_guided(step: &PlannedStep) -> bool {
    step.target.breathing.is_some_and(|breathing| BreathRhythm::of(&breathing, step.end.planned()).is_some())
}
