//! The planned time from each step of a sequence to its end.

use crate::units::Millis;
use crate::workout::sequence::Sequence;
use std::sync::Arc;

/// The planned time from the start of a step to the end of the sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RemainderOfRun {
    pub(super) time: Millis,
    /// True if a step without a known length follows.
    pub(super) open: bool,
}

/// Returns the remainder from each step on, and a last one for the end.
pub(super) fn rests(sequence: &Sequence) -> Arc<[RemainderOfRun]> {
    let mut rest = RemainderOfRun::default();
    let mut all = vec![rest];
    for step in sequence.steps.iter().rev() {
        // Nobody knows how many rounds of an endless repeat there will be.
        let planned = step.end.planned().filter(|_| !step.is_endless());
        rest = RemainderOfRun {
            time: rest.time + planned.unwrap_or_default(),
            open: rest.open || planned.is_none(),
        };
        all.push(rest);
    }
    all.reverse();
    all.into()
}
