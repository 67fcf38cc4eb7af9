//! Bends the rest of a workout: easier, one rep more, within a time, or at another rate of breath.
//!
//! A bend is pure: a sequence and a place in it go in, a changed sequence comes out. Steps keep their ids, and what is
//! past stays as it was. No bend makes a rep or a recovery shorter, or a pace faster.

mod breath_rate;
mod easing;
mod easy_step;
mod one_more;
mod reps;
mod settle;
mod slower;
mod step_length;
mod within;

pub use easy_step::easy_target;

use super::sequence::{Bend, PlannedStep, Sequence, StepId};
use crate::units::{Millis, Speed};

/// A place in a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BendPoint {
    /// The index of the current step. The number of steps after the last one.
    pub index: usize,
    /// The time into the current step.
    pub into: Millis,
    /// The length of the current step with the runner's changes, if it is known.
    pub length: Option<Millis>,
    /// The active time since the start of the session.
    pub elapsed: Millis,
    /// False before the start of the session.
    pub has_begun: bool,
}

impl BendPoint {
    /// Returns the place before the start of a sequence.
    pub fn before(sequence: &Sequence) -> Self {
        BendPoint {
            index: 0,
            into: Millis::ZERO,
            length: sequence.steps.first().and_then(|step| step.end.planned()),
            elapsed: Millis::ZERO,
            has_begun: false,
        }
    }

    /// Returns the time left of a step in a sequence. `None` if it is unknown.
    fn left(&self, index: usize, step: &PlannedStep) -> Option<Millis> {
        if index == self.index {
            return self.length.map(|length| length.saturating_sub(self.into));
        }
        step.end.planned()
    }

    /// True for a step that has not begun.
    fn is_ahead(&self, index: usize) -> bool {
        index > self.index || index == self.index && !self.has_begun
    }
}

/// A sequence after a bend.
#[derive(Clone, Debug, PartialEq)]
pub struct BentSequence {
    /// The sequence.
    pub sequence: Sequence,
    /// The step to go to at once. `None` if the current step goes on.
    pub goes_to: Option<StepId>,
    /// True if the length of the current step was set anew, with all that the runner had added.
    pub sets_length: bool,
    /// The factor for the speed of the rest of the current step. `None` if it stays.
    pub slows_by: Option<f64>,
}

impl BentSequence {
    fn new(sequence: Sequence) -> Self {
        BentSequence { sequence, goes_to: None, sets_length: false, slows_by: None }
    }
}

/// The reason why a bend is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BendRefusal {
    /// Nothing would change.
    NoEffect,
    /// The length of a step is unknown, so the time that is left cannot be kept.
    UnknownLength(StepId),
    /// The session ends within the time anyway, after this much active time.
    ShortEnough(Millis),
    /// The session cannot be this short. It takes at least this much active time.
    TooShort(Millis),
    /// The workout has no reps with a recovery that could be repeated once more.
    NoReps,
    /// The last rep has not begun.
    NotInLastRep,
    /// As many reps as are allowed have been added.
    EnoughMore,
    /// The session is meant to be an easier one.
    Lighter,
}

/// The factor of the speed of slower work.
pub const SLOWER: f64 = 0.95;

/// The longest easy end after the last *too hard*.
pub const EASY_END: Millis = Millis::from_secs(5 * 60);

/// Bends the rest of a sequence.
///
/// # Errors
/// If the bend is not possible at this place, or would change nothing.
pub fn bend(sequence: &Sequence, at: &BendPoint, bend: Bend) -> Result<BentSequence, BendRefusal> {
    let mut bent = match bend {
        Bend::LongerRecoveries => easing::longer_recoveries(sequence, at)?,
        Bend::SlowerWork => slower::slower_work(sequence, at)?,
        Bend::FewerReps => easing::fewer_reps(sequence, at)?,
        Bend::EasyToTheEnd => easing::easy_to_the_end(sequence, at)?,
        Bend::OneMore => one_more::one_more(sequence, at)?,
        Bend::Within(total) => within::within(sequence, at, total)?,
        Bend::BreathRate(tenths) => breath_rate::breath_rate(sequence, at, tenths)?,
    };
    let totals = sequence.totals();
    let record = &mut bent.sequence.bends;
    if record.made.is_empty() {
        record.planned = (!totals.open).then_some(totals.time);
    }
    record.made.push(bend);
    Ok(bent)
}

/// Returns the next way to make the rest of a session easier, if there is one: the first that changes anything, after
/// those that were made.
pub fn next_easing(sequence: &Sequence, at: &BendPoint) -> Option<(Bend, BentSequence)> {
    let made = |bend: &Bend| sequence.bends.made.contains(bend);
    let next = Bend::EASINGS.iter().rposition(made).map_or(0, |last| last + 1);
    let rest = Bend::EASINGS.into_iter().skip(next);
    rest.filter_map(|easing| Some((easing, bend(sequence, at, easing).ok()?))).next()
}

/// Returns an id that no step of the sequence has.
fn free_id(sequence: &Sequence) -> StepId {
    let last = sequence.steps.iter().map(|step| step.id.0).max();
    StepId(last.map_or(0, |last| last.saturating_add(1)))
}

/// Returns a speed after the factor of slower work.
fn slow(speed: Speed) -> Speed {
    Speed::from_mps(speed.mps() * SLOWER)
}
