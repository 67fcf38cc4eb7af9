//! The reps of a sequence, and the steps that go with one that is left out.

use crate::workout::sequence::{PlannedStep, Rep, RepeatId, Role};
use std::ops::Range;

/// The steps of one rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepSpan {
    /// The index of the first step.
    pub first: usize,
    /// The index after the last step of work.
    pub work_end: usize,
    /// The index after the recovery that belongs to the rep, or follows it within its repeat.
    pub end: usize,
    /// True if recoveries stand only between two reps, so that one falls away with the rep after it.
    pub has_recovery_before: bool,
}

/// Returns the place of a step in the repeats around it.
fn place(step: &PlannedStep) -> impl Iterator<Item = (RepeatId, u32)> {
    step.reps.iter().map(|rep| (rep.id, rep.n))
}

/// Returns all reps of the innermost repeats, in order.
pub fn rep_spans(steps: &[PlannedStep]) -> Vec<RepSpan> {
    let mut spans = Vec::new();
    let mut first = 0;
    for chunk in steps.chunk_by(|a, b| place(a).eq(place(b))) {
        let is_work = |step: &PlannedStep| step.role == Role::Work;
        let work = chunk.iter().position(is_work).zip(chunk.iter().rposition(is_work));
        if let Some((from, to)) = work.filter(|_| chunk.iter().all(|step| !step.reps.is_empty())) {
            spans.push(RepSpan {
                first: first + from,
                work_end: first + to + 1,
                end: first + chunk.len(),
                has_recovery_before: false,
            });
        }
        first += chunk.len();
    }
    // The last rep of a repeat tells if a recovery belongs to each.
    let mut last: Option<RepSpan> = None;
    for span in spans.iter_mut().rev() {
        span.has_recovery_before = match last.filter(|last| same_repeat(steps, *last, *span)) {
            Some(last) => last.has_recovery_before,
            None => span.end == span.work_end,
        };
        last = Some(*span);
    }
    spans
}

/// True for two reps of one repeat, within one rep of those around it.
fn same_repeat(steps: &[PlannedStep], a: RepSpan, b: RepSpan) -> bool {
    let [Some(a), Some(b)] = [a, b].map(|span| steps.get(span.first)) else { return false };
    let around = |step: &PlannedStep| step.reps.len().saturating_sub(1);
    a.reps.len() == b.reps.len()
        && place(a).take(around(a)).eq(place(b).take(around(b)))
        && a.reps.last().map(|rep| rep.id) == b.reps.last().map(|rep| rep.id)
}

/// Returns the steps that fall away with a rep: the rep itself, the recovery after it, and the one before it where
/// recoveries only stand between two reps. Steps before
/// `from` stay.
pub fn falls_away(steps: &[PlannedStep], span: RepSpan, from: usize) -> Range<usize> {
    let mut first = span.first;
    if span.has_recovery_before {
        let is_recovery = |i: usize| steps.get(i).is_some_and(|step| step.role == Role::Between);
        while first > from && is_recovery(first - 1) {
            first -= 1;
        }
    }
    first.max(from)..span.end
}

/// True for a rep that a range of reps may leave out.
pub fn is_optional(steps: &[PlannedStep], span: RepSpan) -> bool {
    let may_go = |rep: &Rep| rep.may_end && !rep.is_endless();
    steps.get(span.first).is_some_and(|step| step.reps.iter().any(may_go))
}

/// True for a rep of a repeat that goes on until the runner ends it.
pub fn is_endless(steps: &[PlannedStep], span: RepSpan) -> bool {
    steps.get(span.first).is_some_and(PlannedStep::is_endless)
}
