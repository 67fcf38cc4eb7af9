//! The rest of a session within a time.
//!
//! Ranges take their lower bound, the warm-up and the cool-down go down to half, reps fall away from the end, the warm-up
//! and the cool-down grow back into the time that is left over, and what then remains is easy. A session without reps
//! shrinks in proportion.

mod parts;
mod share;

use super::easy_step::easy_step;
use super::settle::settle;
use super::step_length::{end_early, set_length, take_lower_bound};
use super::{BendPoint, BendRefusal, BentSequence};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use parts::{PartKind, SessionParts};
use share::share;

/// The shortest easy end that is worth a step of its own.
const LEAST_EASY: Millis = Millis::from_secs(10);
/// The shortest part of a step that goes on.
const LEAST_PART: Millis = Millis::from_secs(10);
/// The part of its work that a session without reps keeps at least, before it has begun.
const LEAST_SHARE: u64 = 4;

/// Fits the rest of a session into a total of active time.
pub fn within(sequence: &Sequence, at: &BendPoint, total: Millis) -> Result<BentSequence, BendRefusal> {
    let (parts, most) = SessionParts::of(sequence, at)?;
    if let Some(most) = most.filter(|most| at.elapsed + *most <= total) {
        return Err(BendRefusal::ShortEnough(at.elapsed + most));
    }
    let left = total.saturating_sub(at.elapsed);
    let plan = if parts.has_reps { with_reps(parts, at, left) } else { in_proportion(parts, at, left) };
    plan.map(|plan| plan.carried_out(sequence, at)).map_err(|least| BendRefusal::TooShort(at.elapsed + least))
}

/// The time left for each step that stays, and an easy end.
struct CutPlan {
    parts: SessionParts,
    easy: Millis,
}

/// Drops reps from the end, and lets the warm-up and the cool-down grow back. The error is the shortest possible time.
fn with_reps(mut parts: SessionParts, at: &BendPoint, left: Millis) -> Result<CutPlan, Millis> {
    parts.take_shortest_ends();
    let least_reps = usize::from(!at.has_begun);
    while parts.sum() > left && parts.reps.len() > least_reps {
        parts.drop_last_rep();
    }
    let over = parts.sum().saturating_sub(left);
    if over > Millis::ZERO {
        // Only continuous work can still give way.
        let whole = parts.sum_of(PartKind::Whole);
        let least = least_of(&parts, whole, at);
        if over > whole.saturating_sub(least) {
            return Err(parts.sum().saturating_sub(whole.saturating_sub(least)));
        }
        parts.set_all(PartKind::Whole, whole.saturating_sub(over));
        return Ok(CutPlan { parts, easy: Millis::ZERO });
    }
    let spare = left.saturating_sub(parts.sum());
    let room = parts.room_of_ends();
    parts.grow_ends(spare.min(room));
    let easy = spare.saturating_sub(room);
    if parts.extend_easy_end(easy) {
        return Ok(CutPlan { parts, easy: Millis::ZERO });
    }
    Ok(CutPlan { parts, easy: if easy < LEAST_EASY { Millis::ZERO } else { easy } })
}

/// Shrinks all steps in proportion, but no recovery. The error is the shortest possible time.
fn in_proportion(mut parts: SessionParts, at: &BendPoint, left: Millis) -> Result<CutPlan, Millis> {
    parts.ends_are_whole();
    let sum = parts.sum();
    if left >= sum {
        // Longer than the lower bounds of its ranges: they share what is left over.
        parts.grow_ranges(left.saturating_sub(sum));
        return Ok(CutPlan { parts, easy: Millis::ZERO });
    }
    let whole = parts.sum_of(PartKind::Whole);
    let fixed = sum.saturating_sub(whole);
    let least = least_of(&parts, whole, at);
    if left < fixed + least || whole == Millis::ZERO {
        return Err(fixed + least);
    }
    parts.set_all(PartKind::Whole, left.saturating_sub(fixed));
    Ok(CutPlan { parts, easy: Millis::ZERO })
}

/// Returns the shortest time of continuous work: a quarter of it before the start, and a few seconds of each step later.
fn least_of(parts: &SessionParts, whole: Millis, at: &BendPoint) -> Millis {
    let few = LEAST_PART.times(parts.count_of(PartKind::Whole) as u64).min(whole);
    if at.has_begun {
        return few;
    }
    let quarter = Millis::new(whole.get().div_ceil(LEAST_SHARE));
    Millis::from_secs(quarter.whole_secs().div_ceil(60) * 60).max(few).min(whole)
}

impl CutPlan {
    /// Returns the sequence with these times.
    fn carried_out(self, sequence: &Sequence, at: &BendPoint) -> BentSequence {
        let mut steps = sequence.steps.get(..at.index).unwrap_or_default().to_vec();
        let mut sets_length = false;
        let mut ends_now = false;
        for part in &self.parts.all {
            let Some(mut step) = sequence.steps.get(part.index).filter(|_| part.is_kept).cloned() else {
                continue;
            };
            let is_current = part.index == at.index && at.has_begun;
            if is_current && (part.time != part.full || part.is_range) {
                end_early(&mut step, at.into + part.time);
                sets_length = true;
                ends_now = part.time == Millis::ZERO;
            } else if !is_current {
                take_lower_bound(&mut step);
                if step.end.planned() != Some(part.time) {
                    set_length(&mut step, part.time);
                }
            }
            steps.push(step);
        }
        if self.easy > Millis::ZERO {
            steps.push(easy_step(sequence, self.easy));
        }
        let sequence = settle(Sequence { steps, ..sequence.clone() }, true);
        let next = sequence.steps.get(at.index + 1).map(|step| step.id);
        BentSequence { sets_length, goes_to: next.filter(|_| ends_now), ..BentSequence::new(sequence) }
    }
}
