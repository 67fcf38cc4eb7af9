//! One more rep, for a runner who has more in the legs than the plan asks for.

use super::easy_step::is_easy;
use super::reps::{RepSpan, is_endless, rep_spans};
use super::settle::settle;
use super::{BendPoint, BendRefusal, BentSequence, free_id};
use crate::workout::sequence::{Bend, PlannedStep, Role, Sequence, StepId};

/// The most reps that can be added.
const MOST: u32 = 2;

/// Adds one recovery and one rep after the last rep.
pub fn one_more(sequence: &Sequence, at: &BendPoint) -> Result<BentSequence, BendRefusal> {
    let steps = &sequence.steps;
    let last = rep_spans(steps).pop().filter(|span| !is_endless(steps, *span));
    let last = last.ok_or(BendRefusal::NoReps)?;
    let recovery = recovery(steps, last).ok_or(BendRefusal::NoReps)?;
    if sequence.is_lighter {
        return Err(BendRefusal::Lighter);
    }
    // Only an easy end may follow the last rep.
    let ends_easily = |step: &PlannedStep| step.role != Role::Work || is_easy(step);
    if !at.has_begun || at.index < last.first || !steps.iter().skip(last.end).all(ends_easily) {
        return Err(BendRefusal::NotInLastRep);
    }
    let added = sequence.bends.made.iter().filter(|bend| **bend == Bend::OneMore).count() as u32;
    let reps = steps.get(last.first).and_then(|step| step.reps.last()).map_or(0, |rep| rep.n);
    if added >= reps.saturating_sub(added).div_ceil(4).min(MOST) {
        return Err(BendRefusal::EnoughMore);
    }
    let has_tail = last.end > last.work_end;
    let rep = if has_tail { last.first..last.end } else { last.first..last.work_end };
    // A recovery that ends each rep is there already. Between two reps, it comes first.
    let before = if has_tail { 0..0 } else { recovery };
    let mut id = free_id(sequence);
    let mut copies = Vec::new();
    for (source, next) in before.map(|i| (i, false)).chain(rep.map(|i| (i, true))) {
        let Some(step) = steps.get(source) else { continue };
        let mut step = PlannedStep { id, ..step.clone() };
        if let Some(rep) = step.reps.last_mut() {
            rep.n = reps + u32::from(next);
        }
        copies.push(step);
        id = StepId(id.0.saturating_add(1));
    }
    let goes_to = copies.first().map(|step| step.id).filter(|_| at.index >= last.end);
    let mut steps = steps.clone();
    steps.splice(last.end..last.end, copies);
    let sequence = settle(Sequence { steps, ..sequence.clone() }, false);
    Ok(BentSequence { goes_to, ..BentSequence::new(sequence) })
}

/// Returns the steps of the recovery that belongs to the last rep. `None` without one.
fn recovery(steps: &[PlannedStep], last: RepSpan) -> Option<std::ops::Range<usize>> {
    if last.end > last.work_end {
        return Some(last.work_end..last.end);
    }
    let repeat = steps.get(last.first)?.reps.last()?.id;
    let is_recovery = |step: &&PlannedStep| {
        step.role == Role::Between && step.reps.last().is_some_and(|rep| rep.id == repeat)
    };
    let count = steps.get(..last.first)?.iter().rev().take_while(is_recovery).count();
    (count > 0).then(|| last.first - count..last.first)
}
