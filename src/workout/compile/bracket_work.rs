//! The work in brackets that are repeated with their recovery: `6×(400m, 200m jog)`.

use crate::workout::language::document::{EndLine, Item, Node, PaceLine, PaceOffset, StepLine, TargetLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::sequence::Kind;

/// True where the steps in repeated brackets end with a recovery, or one stands between the brackets (`is_rested`), so those
/// without a target are work.
///
/// Beside a walk, only distances are work. Times, as in `8×(60s, 90s walk)`, are a walk-run programme.
pub(super) fn are_work(items: &[Item], is_rested: bool) -> bool {
    let Some(steps) = items.iter().map(plain).collect::<Option<Vec<_>>>() else { return false };
    let ends_easy = steps.last().is_some_and(|step| recovery(step).is_some());
    let (rests, work): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| recovery(step).is_some());
    let is_bare = |step: &&StepLine| step.targets.is_empty() && step.kind.is_none();
    let is_timed = |step: &&StepLine| matches!(step.end, EndLine::Time { .. }) && step.incline.is_none();
    let walks = rests.iter().any(|step| recovery(step) == Some(NamedTarget::Walk));
    (ends_easy || is_rested && rests.is_empty())
        && work.iter().all(is_bare)
        && !(walks && work.iter().any(is_timed))
}

/// True for a pair of times without targets, such as `(30s, 30s)`: work, and a recovery that is no longer.
pub(super) fn are_work_and_recovery(items: &[Item]) -> bool {
    let bare = |item: &Item| match plain(item)? {
        StepLine {
            kind: None, incline: None, targets, end: EndLine::Time { upper, lower: None }, ..
        } if targets.is_empty() => Some(*upper),
        _ => None,
    };
    match items {
        [first, second] => bare(first).zip(bare(second)).is_some_and(|(work, rest)| rest <= work),
        _ => false,
    }
}

/// The step of an item without a label.
fn plain(item: &Item) -> Option<&StepLine> {
    match &item.node {
        Node::Step(step) if item.label.is_none() && item.kind.is_none() => Some(step),
        _ => None,
    }
}

/// The effort of a recovery.
fn recovery(step: &StepLine) -> Option<NamedTarget> {
    let target = step.targets.first().map(|target| &target.value);
    match (step.kind, target) {
        (Some(Kind::Recovery | Kind::Rest), None) => Some(NamedTarget::Recovery),
        (None, Some(TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None)))
            if base.rank() <= NamedTarget::Easy.rank() =>
        {
            Some(*base)
        }
        _ => None,
    }
}
