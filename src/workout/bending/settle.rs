//! Counts the reps and the offsets of a sequence again after steps were added, changed or left out.

use crate::units::Millis;
use crate::workout::on_belt::fit_step;
use crate::workout::sequence::{End, PlannedStep, RepeatId, Sequence, WrittenEnd};
use std::collections::HashMap;

/// One repeat in one rep of those around it.
type RepeatPlace = (Vec<(RepeatId, u32)>, RepeatId);

/// Counts the reps of every repeat, fits new steps to the belt, and places the steps in time. With `is_final`, ranges of reps and endless repeats end
/// after the reps that they have now.
pub fn settle(mut sequence: Sequence, is_final: bool) -> Sequence {
    let mut counts: HashMap<RepeatPlace, u32> = HashMap::new();
    for step in &sequence.steps {
        for (level, rep) in step.reps.iter().enumerate() {
            let count = counts.entry(repeat_place(step, level)).or_default();
            *count = (*count).max(rep.n);
        }
    }
    let mut most: HashMap<RepeatId, u32> = HashMap::new();
    for ((_, id), count) in &counts {
        let known = most.entry(*id).or_default();
        *known = (*known).max(*count);
    }
    let treadmill = sequence.treadmill.as_deref().copied();
    let mut offset = Some(Millis::ZERO);
    for step in &mut sequence.steps {
        // A step that the bend added or made slower has no speed of the belt yet.
        if let Some(treadmill) =
            treadmill.filter(|_| step.on_belt.is_none() && step.target.start.speed.is_some())
        {
            fit_step(step, &treadmill);
            keep_written_limit(step);
        }
        for level in 0..step.reps.len() {
            let count = counts.get(&repeat_place(step, level)).copied();
            let Some(rep) = step.reps.get_mut(level) else { continue };
            if is_final || rep.of.is_some() {
                rep.of = count;
            }
            rep.may_end &= !is_final;
        }
        step.offset = offset;
        let planned = step.end.planned().filter(|_| !step.is_endless());
        offset = offset.zip(planned).map(|(offset, length)| offset + length);
    }
    sequence.repeats.retain(|repeat| most.contains_key(&repeat.id));
    for repeat in &mut sequence.repeats {
        if is_final || repeat.of.is_some() {
            repeat.of = most.get(&repeat.id).copied();
        }
        if is_final {
            repeat.least = None;
        }
    }
    sequence
}

/// Ends a step at its written time where that comes before its distance.
fn keep_written_limit(step: &mut PlannedStep) {
    if let (Some(WrittenEnd::First { time: most, .. }), Some(planned)) = (step.written, step.end.planned())
        && planned > most
    {
        step.end = End::Time { upper: most, lower: None };
    }
}

fn repeat_place(step: &PlannedStep, level: usize) -> RepeatPlace {
    let around = step.reps.iter().take(level).map(|rep| (rep.id, rep.n)).collect();
    (around, step.reps.get(level).map_or(RepeatId(u32::MAX), |rep| rep.id))
}
