//! Sessions that are logged by hand: the plan, fitted to the total time.
//!
//! Nothing is made up. If more than one step has no fixed length, there are no laps. If the plan does not fit the time,
//! there is no session.

use super::{Command, Session, Summary, ZoneTimes};
use crate::athlete::Zone;
use crate::units::{Millis, Moment};
use crate::workout::sequence::{End, PlannedStep, Sequence};
use std::sync::Arc;

/// A session that is logged by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct ManualEntry {
    /// The summary.
    pub summary: Summary,
    /// The way in which the plan fits the time.
    pub fitted: FitResult,
}

/// The way in which a plan fits a total time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitResult {
    /// The session went exactly by the plan.
    Planned,
    /// No time was given. Each range counts with its upper bound.
    RangesAtMost,
    /// The only step without a fixed length has the time that the others leave.
    Rest {
        /// The length of that step.
        length: Millis,
    },
    /// Several steps without a fixed length share the time that the others leave. There are no laps.
    Shared {
        /// The number of these steps.
        steps: usize,
        /// Their total length.
        length: Millis,
    },
    /// The session ended before the plan.
    Left {
        /// The part of the plan that was not run, as far as its length is known.
        undone: Millis,
    },
    /// The session went on after the last step.
    WentOn {
        /// The time after the last step.
        after: Millis,
    },
}

/// The reason why a plan does not fit a total time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownLength {
    /// No time was given, and this many steps have no length.
    Lengths(usize),
    /// The steps take at least this long, which is more than the given time. Any of them may have been cut short.
    TooShort(Millis),
}

/// A step without a fixed length.
struct LooseStep {
    /// The index in the sequence.
    index: usize,
    least: Millis,
    /// `None` for an open step.
    most: Option<Millis>,
}

/// Returns the bounds of a step, unless its length is fixed.
fn loose_step(index: usize, step: &PlannedStep) -> Option<LooseStep> {
    if step.is_endless() {
        return Some(LooseStep { index, least: Millis::ZERO, most: None });
    }
    if step.may_end_repeat() {
        return Some(LooseStep { index, least: Millis::ZERO, most: step.end.planned() });
    }
    match (step.end.planned(), step.end.may_end_from()) {
        (None, _) => Some(LooseStep { index, least: Millis::ZERO, most: None }),
        (Some(most), Some(least)) => Some(LooseStep { index, least, most: Some(most) }),
        (Some(_), None) => None,
    }
}

/// Returns the steps without a fixed length. Where the total is not that of the plan, distances are among them: each
/// took what it took.
fn loose_steps(sequence: &Sequence, off_plan: bool) -> Vec<LooseStep> {
    let loose = |(index, step): (usize, &PlannedStep)| match step.end {
        End::Distance { .. } if off_plan => Some(LooseStep { index, least: Millis::ZERO, most: None }),
        _ => loose_step(index, step),
    };
    first_rounds(sequence).filter_map(loose).collect()
}

/// Returns the shortest total of all steps, with each of `loose` at its least.
fn shortest(sequence: &Sequence, loose: &[LooseStep]) -> Millis {
    let mut loose = loose.iter().peekable();
    let length = |(index, step): (usize, &PlannedStep)| match loose.next_if(|l| l.index == index) {
        Some(step) => step.least,
        None => step.end.planned().unwrap_or_default(),
    };
    first_rounds(sequence).map(length).sum()
}

/// Returns the steps with their indices, without the later rounds of an endless repeat.
fn first_rounds(sequence: &Sequence) -> impl Iterator<Item = (usize, &PlannedStep)> {
    sequence.steps.iter().enumerate().filter(|(_, step)| !step.is_later_round())
}

/// Fits the plan to the total time of a session. Without a time, the session went by the plan.
///
/// # Errors
/// If the plan and the time do not determine what was run.
pub fn untimed(sequence: &Arc<Sequence>, took: Option<Millis>) -> Result<ManualEntry, UnknownLength> {
    let totals = sequence.totals();
    let loose = loose_steps(sequence, took.filter(|took| *took != totals.time).is_some());
    let least = shortest(sequence, &loose);
    let Some(took) = took else {
        let open = loose.iter().filter(|step| step.most.is_none()).count();
        let fitted = if loose.is_empty() { FitResult::Planned } else { FitResult::RangesAtMost };
        return match open {
            0 => Ok(ManualEntry { summary: replayed(sequence, None, totals.time), fitted }),
            _ => Err(UnknownLength::Lengths(open)),
        };
    };
    // Up to the shortest end of the first loose step, there is only one way to have run.
    let certain: Millis = match loose.first() {
        Some(first) => {
            let before = sequence.steps.iter().take(first.index).filter_map(|s| s.end.planned());
            before.sum::<Millis>() + first.least
        }
        None => totals.time,
    };
    if took < certain {
        let undone = least.saturating_sub(took);
        return Ok(ManualEntry {
            summary: replayed(sequence, None, took),
            fitted: FitResult::Left { undone },
        });
    }
    if took < least {
        return Err(UnknownLength::TooShort(least));
    }
    let spare = took.saturating_sub(least);
    let most: Option<Millis> =
        loose.iter().map(|step| step.most.map(|most| most.saturating_sub(step.least))).sum();
    if let Some(most) = most.filter(|most| spare >= *most) {
        let after = spare.saturating_sub(most);
        let fitted = if after > Millis::ZERO { FitResult::WentOn { after } } else { FitResult::Planned };
        return Ok(ManualEntry { summary: replayed(sequence, None, took), fitted });
    }
    Ok(match loose.as_slice() {
        [only] => {
            let length = only.least + spare;
            let fixed = FixedLength { index: only.index, length };
            ManualEntry { summary: replayed(sequence, Some(fixed), took), fitted: FitResult::Rest { length } }
        }
        several => {
            let length = several.iter().map(|step| step.least).sum::<Millis>() + spare;
            let steps = several.len();
            ManualEntry {
                summary: shared(sequence, several, took),
                fitted: FitResult::Shared { steps, length },
            }
        }
    })
}

/// The length of one step that has no length in the plan.
#[derive(Clone, Copy)]
struct FixedLength {
    /// The index in the sequence.
    index: usize,
    length: Millis,
}

/// Runs a session by the plan for the time `took`, with the given length for one step.
fn replayed(sequence: &Arc<Sequence>, fixed: Option<FixedLength>, took: Millis) -> Summary {
    let mut session = Session::new(with_length(sequence, fixed));
    session.apply(Command::Start, Moment::default());
    let mut at = Moment::default();
    let end = Moment::default() + took;
    for (index, step) in sequence.steps.iter().enumerate() {
        let given = fixed.filter(|fixed| fixed.index == index).map(|fixed| fixed.length);
        let Some(length) = given.or(step.end.planned()) else { break };
        at = at + length;
        if at > end {
            break;
        }
        session.advance(at);
        if given.is_some() {
            session.apply(Command::EndStep, at);
        }
    }
    session.advance(end);
    let totals = sequence.totals();
    Summary { planned: (!totals.open).then_some(totals.time), ..Summary::of(&session) }
}

/// Returns the plan in which a distance lasts as long as it took. It would end by itself in its planned time.
fn with_length(sequence: &Arc<Sequence>, fixed: Option<FixedLength>) -> Arc<Sequence> {
    let mut sequence = Arc::clone(sequence);
    if let Some(fixed) = fixed
        && let Some(End::Distance { time, lower_time, .. }) =
            Arc::make_mut(&mut sequence).steps.get_mut(fixed.index).map(|step| &mut step.end)
        && time.is_some()
    {
        (*time, *lower_time) = (Some(fixed.length), None);
    }
    sequence
}

/// Summarises a session in which several loose steps share the time `rest`. The shared time counts for the zone of these
/// steps if it is the same for all, and for no zone otherwise.
fn shared(sequence: &Sequence, loose: &[LooseStep], took: Millis) -> Summary {
    let fixed: Millis =
        shortest(sequence, loose).saturating_sub(loose.iter().map(|step| step.least).sum::<Millis>());
    let rest = took.saturating_sub(fixed);
    let mut zones = ZoneTimes::default();
    let mut loose_zones: Vec<Option<Zone>> = Vec::new();
    for (index, step) in sequence.steps.iter().enumerate() {
        let (first, last) = (step.target.start.zone, step.target.end().zone);
        match (loose.iter().find(|loose| loose.index == index), step.end.planned()) {
            (None, Some(length)) => {
                zones.add(first, length.half());
                zones.add(last, length.saturating_sub(length.half()));
            }
            _ => loose_zones.extend([first, last]),
        }
    }
    loose_zones.dedup();
    zones.add(if let [one] = loose_zones[..] { one } else { None }, rest);
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
