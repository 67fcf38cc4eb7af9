//! Lists with two readings: `3km, 2km, 1km 10K`, whose pace may be that of every step, and `3×1mi 7:00/mi, 6:50, 6:40`,
//! whose times may be the paces of the other reps.

use super::document::{EndLine, HeartLine, Item, Node, PaceLine, PaceOffset, StepLine, TargetLine};
use super::label_effort::label_effort;
use super::lexicon::NamedTarget;
use crate::workout::sequence::Kind;
use std::ops::Range;

/// The fewest steps of a list whose target could belong to all of them.
const FEWEST_STEPS: usize = 3;
/// Words of labels that say that hard pieces follow.
const LISTS: [&str; 8] = ["intervals", "ladder", "pyramid", "reps", "repeats", "speed", "cutdown", "track"];
/// The longest rest, in seconds, that no workout ends with.
const LONGEST_REST: f64 = 300.0;
/// The longest jog or walk, in seconds, that no workout ends with.
const LONGEST_JOG: f64 = 120.0;
/// The longest jog or walk, in metres, that no workout ends with.
const LONGEST_JOG_METRES: f64 = 400.0;
/// A time this close to a rep's pace may be the pace of another rep, as a share of it.
const NEAR_PACE: f64 = 0.15;

/// True if the item after `items[index]` needs `then` to stand for itself, because the two are part of a list.
pub fn needs_then(items: &[Item], index: usize) -> bool {
    let begins = |list: Range<usize>| list.start == index;
    let ends = |list: Range<usize>| list.end == index + 2;
    shared_target(items, index, &[]).is_some_and(begins)
        || labelled_list(items, index, &[]).is_some()
        || shared_target(items, index + 1, &[]).is_some_and(ends)
        || (0..=index)
            .any(|first| listed_paces(items, first, &[]).is_some_and(|times| times.contains(&(index + 1))))
}

/// Returns the list whose first or last step is `items[index]`, where that step alone has a target.
pub fn shared_target(items: &[Item], index: usize, after: &[usize]) -> Option<Range<usize>> {
    let size = list_size(items.get(index)?, true)?;
    let sizes = |range: Range<usize>| -> Vec<ListSize> {
        range.map_while(|i| list_size(items.get(i)?, false).filter(|other| other.is_like(size))).collect()
    };
    let mut first = index;
    while let Some(before) = first.checked_sub(1)
        && !after.contains(&first)
        && !sizes(before..first).is_empty()
    {
        first = before;
    }
    if index + 1 - first >= FEWEST_STEPS {
        return Some(first..index + 1);
    }
    // A target at the head belongs to the list only where the steps get shorter.
    let mut end = index + 1;
    let mut last = size;
    while let Some(next) = sizes(end..end + 1).first().copied()
        && !after.contains(&end)
        && next.value < last.value
    {
        (end, last) = (end + 1, next);
    }
    (first == index && end - index >= FEWEST_STEPS).then_some(index..end)
}

/// Returns the list after a label that names its effort or its shape, such as `tempo: 10min, 20min, 10min`. The target
/// of the label belongs to `items[index]` alone.
pub fn labelled_list(items: &[Item], index: usize, after: &[usize]) -> Option<Range<usize>> {
    let head = items.get(index)?;
    let label = head.label.as_deref()?;
    let bare = Item { label: None, ..head.clone() };
    let targeted = list_size(&bare, true).filter(|_| label_effort(label).is_some());
    let shaped = list_size(&bare, false).filter(|_| names_a_list(label));
    let size = targeted.or(shaped)?;
    let follows =
        |i: &usize| items.get(*i).and_then(|item| list_size(item, false)).filter(|_| !after.contains(i));
    let listed: Vec<ListSize> =
        (index + 1..items.len()).map_while(|i| follows(&i)).take_while(|next| next.is_like(size)).collect();
    // `tempo: 20min, 10min` may end easy.
    let is_list = match listed.as_slice() {
        [] => false,
        [only] => shaped.is_some() || only.value == size.value,
        _ => true,
    };
    is_list.then_some(index..index + 1 + listed.len())
}

/// True for a label that says that hard pieces follow.
fn names_a_list(label: &str) -> bool {
    let label = label.to_lowercase();
    label.split([' ', '-']).any(|word| LISTS.contains(&word))
}

/// True if the item after `items[index]` is a recovery that ends the line and could stand between the pieces before it.
pub fn ends_with_recovery(items: &[Item], index: usize) -> bool {
    work_before_recovery(items, &[]).is_some_and(|work| work.end == index + 1)
}

/// Returns the pieces of work before the last item, where that is a short recovery and nothing stands between them:
/// `3×1km 10K, 500m 5K, 2min rest`. No workout ends with such a recovery.
pub fn work_before_recovery(items: &[Item], after: &[usize]) -> Option<Range<usize>> {
    let last = items.len().checked_sub(1).filter(|last| !after.contains(last))?;
    is_short_recovery(items.get(last)?).then_some(())?;
    let is_work = |index: usize| {
        let item = items.get(index)?;
        // Only the first of them has a label.
        let body = match &item.node {
            Node::Repeat { count, endless: false, body, between: None, .. } if *count >= 2 => body,
            _ => item,
        };
        let step = plain_step(&Item { label: None, ..body.clone() })?.clone();
        let is_bare_rep = step.targets.is_empty() && !std::ptr::eq(body, item);
        (is_bare_rep || matches!(step.targets.as_slice(), [target] if is_work(&target.value))).then_some(item)
    };
    let mut first = last;
    while let Some(before) = first.checked_sub(1)
        && let Some(item) = is_work(before)
    {
        first = before;
        if item.label.is_some() || after.contains(&before) {
            break;
        }
    }
    let ends_with_step = matches!(items.get(last.checked_sub(1)?)?.node, Node::Step(_));
    (last - first >= 2 && ends_with_step).then_some(first..last)
}

/// True for a plain rest of up to five minutes, and for a jog or a walk of up to two minutes or 400 m.
fn is_short_recovery(item: &Item) -> bool {
    let Some(step) = plain_recovery(item) else { return false };
    let named = match step.targets.as_slice() {
        [] => step.kind.map(|_| LONGEST_REST),
        [target] => match &target.value {
            TargetLine::Pace(PaceLine::Named { base: NamedTarget::Rest, by: PaceOffset::None, .. }, None) => {
                Some(LONGEST_REST)
            }
            TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None)
                if base.rank() < NamedTarget::Steady.rank() =>
            {
                Some(LONGEST_JOG)
            }
            _ => None,
        },
        _ => None,
    };
    let Some(longest) = named else { return false };
    match step.end {
        EndLine::Time { upper, lower: None } => upper.as_secs_f64() <= longest,
        EndLine::Distance { upper, lower: None, within: None, .. } => upper.metres() <= LONGEST_JOG_METRES,
        _ => false,
    }
}

/// The step of an item that could be a recovery: plain, perhaps of the kind recovery or rest.
fn plain_recovery(item: &Item) -> Option<&StepLine> {
    let Node::Step(step) = &item.node else { return None };
    let plain =
        item.label.is_none() && item.cues.is_empty() && step.cues.is_empty() && step.incline.is_none();
    (plain && matches!(step.kind, None | Some(Kind::Recovery | Kind::Rest))).then_some(step)
}

/// The size of a step of a list, in seconds or in metres.
#[derive(Clone, Copy, Debug)]
pub struct ListSize {
    /// Seconds or metres.
    pub value: f64,
    /// True for seconds.
    pub is_time: bool,
}

impl ListSize {
    fn is_like(self, other: ListSize) -> bool {
        self.is_time == other.is_time
    }
}

/// The size of a plain step: one with a target of work, or one without any target.
pub fn list_size(item: &Item, has_target: bool) -> Option<ListSize> {
    let step = plain_step(item)?;
    let fits = match step.targets.as_slice() {
        [] => !has_target,
        [target] => has_target && is_work(&target.value),
        _ => false,
    };
    let size = match step.end {
        EndLine::Time { upper, lower: None } => ListSize { value: upper.as_secs_f64(), is_time: true },
        EndLine::Distance { upper, lower: None, within: None, .. } => {
            ListSize { value: upper.metres(), is_time: false }
        }
        _ => return None,
    };
    fits.then_some(size)
}

/// The step of an item that is a length with or without targets, and nothing else.
pub fn plain_step(item: &Item) -> Option<&StepLine> {
    let Node::Step(step) = &item.node else { return None };
    let plain = item.label.is_none()
        && item.kind.is_none()
        && item.cues.is_empty()
        && step.kind.is_none()
        && step.cues.is_empty()
        && step.incline.is_none();
    plain.then_some(step)
}

/// True for a target of work: steady or harder.
pub fn is_work(target: &TargetLine) -> bool {
    match target {
        TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None) => {
            base.rank() >= NamedTarget::Steady.rank()
        }
        TargetLine::Pace(_, None) => true,
        TargetLine::HeartRate(HeartLine::Zone(zone)) => zone.number() >= 3,
        TargetLine::Rpe(low, _) => *low >= 5.0,
        _ => false,
    }
}

/// The seconds that say how fast a rep is: those of its pace, or the time that its distance takes.
fn rep_clock(step: &StepLine) -> Option<f64> {
    match (&step.end, step.targets.as_slice()) {
        (EndLine::Distance { within: Some((time, None)), .. }, _) => Some(time.as_secs_f64()),
        (_, [target]) => match target.value {
            TargetLine::Pace(PaceLine::Pace(first, last, _), None) => Some((first + last) / 2.0),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the indices of the bare times after the repeat `items[index]` that could be the paces of its other reps.
pub fn listed_paces(items: &[Item], index: usize, after: &[usize]) -> Option<Range<usize>> {
    let Node::Repeat { count, endless: false, body, between: None, .. } = &items.get(index)?.node else {
        return None;
    };
    let clock = rep_clock(plain_step(body)?)?;
    let near = |item: &Item| {
        list_size(item, false)
            .is_some_and(|size| size.is_time && (size.value - clock).abs() <= NEAR_PACE * clock)
    };
    let times = items.iter().enumerate().skip(index + 1);
    let listed = times.take_while(|(i, item)| !after.contains(i) && near(item)).count();
    let fits = listed >= 2 || (listed == 1 && *count == 2);
    fits.then_some(index + 1..index + 1 + listed)
}
