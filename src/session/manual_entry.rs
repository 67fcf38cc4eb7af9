//! What a session comes to that nobody timed: every step as it was planned, fitted to how long it took in all.
//!
//! Nothing is made up: where more than one step has no length of its own, there are no laps, and where nothing fits
//! there is no session.

use super::{Command, Session, Summary, ZoneTimes};
use crate::athlete::Zone;
use crate::units::{Millis, Moment};
use crate::workout::sequence::{PlannedStep, Sequence};
use std::sync::Arc;

/// A session that nobody timed.
#[derive(Clone, Debug, PartialEq)]
pub struct ManualEntry {
    /// What it came to.
    pub summary: Summary,
    /// How the plan was fitted to it.
    pub fitted: FitResult,
}

/// How a plan was fitted to a session that nobody timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitResult {
    /// As it was planned.
    Planned,
    /// The same, with each range at its upper bound, for nobody said more.
    RangesAtMost,
    /// The one step without a length of its own got what the others left.
    Rest {
        /// How long.
        length: Millis,
    },
    /// Several steps without a length of their own share what the others left: there are no laps.
    Shared {
        /// How many.
        steps: usize,
        /// How long in all.
        length: Millis,
    },
    /// It was left so long before the plan's end.
    Left {
        /// How much of the plan was not run, as far as it has a length.
        undone: Millis,
    },
    /// It went on for so long after the last step.
    WentOn {
        /// How long.
        after: Millis,
    },
}

/// Why nobody can say what a session came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownLength {
    /// So many steps have no length, and how long it took in all was not said.
    Lengths(usize),
    /// The steps that have a length add up to this, which is more than it took, and any of them may be the one that
    /// was cut short.
    TooShort(Millis),
}

/// The least and the most that a step may last; nothing where its length is fixed.
fn bounds(step: &PlannedStep) -> Option<(Millis, Option<Millis>)> {
    match (step.end.planned(), step.end.may_end_from()) {
        (None, _) => Some((Millis::ZERO, None)),
        (Some(most), Some(least)) => Some((least, Some(most))),
        (Some(_), None) => None,
    }
}

/// What a session of `sequence` comes to that took so long in all, or as long as was planned.
///
/// # Errors
/// Where the plan and the time leave open what was run.
pub fn untimed(sequence: &Arc<Sequence>, took: Option<Millis>) -> Result<ManualEntry, UnknownLength> {
    let loose: Vec<(usize, Millis, Option<Millis>)> = sequence
        .steps
        .iter()
        .enumerate()
        .filter_map(|(i, s)| bounds(s).map(|(least, most)| (i, least, most)))
        .collect();
    let totals = sequence.totals();
    let Some(took) = took else {
        let open = loose.iter().filter(|(_, _, most)| most.is_none()).count();
        let fitted = if loose.is_empty() { FitResult::Planned } else { FitResult::RangesAtMost };
        return match open {
            0 => Ok(ManualEntry { summary: lived(sequence, None, totals.time), fitted }),
            _ => Err(UnknownLength::Lengths(open)),
        };
    };
    // Up to the first step of no fixed length, and through the least of it, there is one way to have run.
    let certain: Millis = match loose.first() {
        Some((first, least, _)) => {
            let before = sequence.steps.iter().take(*first).filter_map(|s| s.end.planned()).sum::<Millis>();
            before + *least
        }
        None => totals.time,
    };
    if took < certain {
        let undone = totals.least.saturating_sub(took);
        return Ok(ManualEntry { summary: lived(sequence, None, took), fitted: FitResult::Left { undone } });
    }
    if took < totals.least {
        return Err(UnknownLength::TooShort(totals.least));
    }
    let spare = took.saturating_sub(totals.least);
    let most: Option<Millis> =
        loose.iter().map(|(_, least, most)| most.map(|m| m.saturating_sub(*least))).sum();
    if let Some(most) = most.filter(|most| spare >= *most) {
        let after = spare.saturating_sub(most);
        let fitted = if after > Millis::ZERO { FitResult::WentOn { after } } else { FitResult::Planned };
        return Ok(ManualEntry { summary: lived(sequence, None, took), fitted });
    }
    Ok(match loose.as_slice() {
        [(only, least, _)] => {
            let length = *least + spare;
            ManualEntry {
                summary: lived(sequence, Some((*only, length)), took),
                fitted: FitResult::Rest { length },
            }
        }
        several => {
            let length = several.iter().map(|(_, least, _)| *least).sum::<Millis>() + spare;
            let steps = several.len();
            ManualEntry {
                summary: shared(sequence, took, length),
                fitted: FitResult::Shared { steps, length },
            }
        }
    })
}

/// The session as it is timed when all goes by the plan, but for the step at an index that lasts so long.
fn lived(sequence: &Arc<Sequence>, other: Option<(usize, Millis)>, took: Millis) -> Summary {
    let mut session = Session::new(Arc::clone(sequence));
    session.apply(Command::Start, Moment::default());
    let mut at = Moment::default();
    let end = Moment::default() + took;
    for (index, step) in sequence.steps.iter().enumerate() {
        let of_its_own = other.and_then(|(i, length)| (i == index).then_some(length));
        let Some(length) = of_its_own.or(step.end.planned()) else { break };
        at = at + length;
        if at > end {
            break;
        }
        session.advance(at);
        if of_its_own.is_some() {
            session.apply(Command::EndStep, at);
        }
    }
    session.advance(end);
    Summary::of(&session)
}

/// Every step done, and nobody knows how long each of those was that have no length: what they share belongs to their
/// zone where they are all planned in one, and to none otherwise.
fn shared(sequence: &Sequence, took: Millis, rest: Millis) -> Summary {
    let mut zones = ZoneTimes::default();
    let mut theirs: Vec<Option<Zone>> = Vec::new();
    for step in &sequence.steps {
        let (first, last) = (step.target.start.zone, step.target.end().zone);
        match (bounds(step), step.end.planned()) {
            (None, Some(length)) => {
                zones.add(first, length.half());
                zones.add(last, length.saturating_sub(length.half()));
            }
            _ => theirs.extend([first, last]),
        }
    }
    theirs.dedup();
    zones.add(if let [one] = theirs[..] { one } else { None }, rest);
    let totals = sequence.totals();
    Summary {
        active: took,
        planned: (!totals.open).then_some(totals.time),
        steps_done: sequence.steps.len(),
        steps_planned: sequence.steps.len(),
        finished: true,
        zones,
        laps: Vec::new(),
    }
}
