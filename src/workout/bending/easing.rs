//! The ways to make the rest of a session easier: longer recoveries, half of the reps, an easy end.

use super::easy_step::{easy_step, is_easy};
use super::reps::{RepSpan, falls_away, is_endless, rep_spans};
use super::settle::settle;
use super::step_length::lengthen;
use super::{BendPoint, BendRefusal, BentSequence, EASY_END};
use crate::units::Millis;
use crate::workout::sequence::{PlannedStep, Role, Sequence};

/// The factor of longer recoveries.
const LONGER: f64 = 1.5;

/// Makes the recoveries that are left half as long again, but no longer than the rep before them (Daniels).
pub fn longer_recoveries(sequence: &Sequence, at: &BendPoint) -> Result<BentSequence, BendRefusal> {
    let mut steps = sequence.steps.clone();
    for (index, step) in steps.iter_mut().enumerate().skip(at.index) {
        if step.role != Role::Between {
            continue;
        }
        if let Some(rep) = work_before(&sequence.steps, index) {
            lengthen(step, LONGER, rep);
        }
    }
    // A recovery that keeps its length keeps the form in which it was written.
    for (step, before) in steps.iter_mut().zip(&sequence.steps) {
        if step.end == before.end {
            step.written = before.written;
        }
    }
    if steps == sequence.steps {
        return Err(BendRefusal::NoEffect);
    }
    Ok(BentSequence::new(settle(Sequence { steps, ..sequence.clone() }, false)))
}

/// Returns the time of the work before a recovery. `None` if it is unknown, or there is none.
fn work_before(steps: &[PlannedStep], recovery: usize) -> Option<Millis> {
    let before = steps.get(..recovery)?;
    let mut work = before.iter().rev().skip_while(|step| step.role == Role::Between);
    let last = work.next().filter(|step| step.role == Role::Work)?;
    let same_rep =
        |step: &&PlannedStep| step.role == Role::Work && !step.reps.is_empty() && step.reps == last.reps;
    let lengths = std::iter::once(last).chain(work.take_while(same_rep)).map(|step| step.end.least());
    lengths.sum::<Option<Millis>>()
}

/// Leaves out reps from the end, so that half of those that have not begun are left, rounded down.
pub fn fewer_reps(sequence: &Sequence, at: &BendPoint) -> Result<BentSequence, BendRefusal> {
    let steps = &sequence.steps;
    let ahead: Vec<RepSpan> = rep_spans(steps).into_iter().filter(|span| at.is_ahead(span.first)).collect();
    if ahead.is_empty() || ahead.iter().any(|span| is_endless(steps, *span)) {
        return Err(BendRefusal::NoEffect);
    }
    let mut is_kept = vec![true; steps.len()];
    for span in ahead.iter().skip(ahead.len() / 2) {
        let gone = falls_away(steps, *span, at.index + usize::from(at.has_begun));
        is_kept.iter_mut().take(gone.end).skip(gone.start).for_each(|kept| *kept = false);
    }
    let mut kept = is_kept.into_iter();
    let mut steps = steps.clone();
    steps.retain(|_| kept.next().unwrap_or(true));
    if steps.is_empty() {
        return Err(BendRefusal::NoEffect);
    }
    Ok(BentSequence::new(settle(Sequence { steps, ..sequence.clone() }, false)))
}

/// Ends the current step, and the session after a few easy minutes.
pub fn easy_to_the_end(sequence: &Sequence, at: &BendPoint) -> Result<BentSequence, BendRefusal> {
    let current = sequence.steps.get(at.index).ok_or(BendRefusal::NoEffect)?;
    let rest = || sequence.steps.iter().enumerate().skip(at.index);
    let left: Option<Millis> = rest().map(|(i, step)| at.left(i, step).filter(|_| !step.is_endless())).sum();
    if left.is_some_and(|left| left <= EASY_END) && rest().all(|(_, step)| is_easy(step)) {
        return Err(BendRefusal::NoEffect);
    }
    let easy = easy_step(sequence, left.unwrap_or(EASY_END).min(EASY_END));
    let goes_to = Some(easy.id);
    let past = sequence.index(current.id).map_or(0, |index| index + usize::from(at.has_begun));
    let steps = sequence.steps.iter().take(past).cloned().chain([easy]).collect();
    let sequence = settle(Sequence { steps, ..sequence.clone() }, false);
    Ok(BentSequence { goes_to, ..BentSequence::new(sequence) })
}
