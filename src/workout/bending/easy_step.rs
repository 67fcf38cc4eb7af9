//! Easy running, for the steps that a bend adds.

use super::free_id;
use crate::units::{Incline, Millis};
use crate::workout::compile::intensity;
use crate::workout::compile::target::target;
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::{End, Kind, PlannedStep, Role, Sequence, SourceSpan, Target};
use crate::{athlete::Athlete, athlete::Zone};

/// Returns the target of easy running.
pub fn easy_target(athlete: Option<&Athlete>) -> Target {
    target(&[&intensity::effort(NamedTarget::Easy)], None, true, athlete)
}

/// Returns an easy step to end a sequence with.
pub fn easy_step(sequence: &Sequence, length: Millis) -> PlannedStep {
    PlannedStep {
        id: free_id(sequence),
        kind: Kind::Run,
        role: Role::Cooldown,
        label: None,
        end: End::Time { upper: length, lower: None },
        written: None,
        until: None,
        target: sequence.easy.as_deref().cloned().unwrap_or_else(|| easy_target(None)),
        incline: usual_incline(sequence),
        incline_to: None,
        reps: Vec::new(),
        cues: Vec::new(),
        on_belt: None,
        offset: None,
        source: SourceSpan::default(),
    }
}

/// Returns the least steep incline of the sequence, so that a hill session ends on the flat.
fn usual_incline(sequence: &Sequence) -> Incline {
    let steepness = |incline: &Incline| incline.percent().abs();
    let inclines = sequence.steps.iter().map(|step| step.incline);
    inclines.min_by(|a, b| steepness(a).total_cmp(&steepness(b))).unwrap_or_default()
}

/// True for a step that is easy from its start to its end. Standing still is not.
pub fn is_easy(step: &PlannedStep) -> bool {
    let easy = |zone: Option<Zone>| zone.is_some_and(|zone| (1..=2).contains(&zone.number()));
    easy(step.target.start.zone) && easy(step.target.end().zone)
}
