//! The time of items, where it needs no profile.

use crate::units::{Millis, Speed};
use crate::workout::language::document::{AlternateEnd, EndLine, Item, Node, PaceLine, StepLine, TargetLine};
use crate::workout::language::nominal::nominal;

/// Returns the time that `items` take. Nothing where a key or a profile decides.
pub(super) fn exact(items: &[Item]) -> Option<Millis> {
    items.iter().try_fold(Millis::ZERO, |sum, item| Some(sum + item_time(item)?))
}

fn item_time(item: &Item) -> Option<Millis> {
    match &item.node {
        Node::Step(step) => step_time(step),
        Node::Group { items, .. } => exact(items),
        Node::Repeat { count, body, between, .. } => {
            let body = item_time(body)?;
            let work = body.times(*count);
            match between.as_deref() {
                None => Some(work),
                Some(Item { node: Node::Step(step), .. }) if matches!(step.end, EndLine::SendOff(_)) => {
                    let EndLine::SendOff(every) = step.end else { return None };
                    Some(every.times(count.saturating_sub(1)) + body)
                }
                Some(between) => Some(work + item_time(between)?.times(count.saturating_sub(1))),
            }
        }
        Node::Ladder { items, between, .. } => {
            let rests = u64::try_from(items.len()).ok()?.saturating_sub(1);
            Some(exact(items)? + item_time(between)?.times(rests))
        }
        Node::Alternate { total: AlternateEnd::Time(total), .. } => Some(*total),
        Node::Alternate { .. } => None,
    }
}

fn step_time(step: &StepLine) -> Option<Millis> {
    let (distance, within) = match step.end {
        EndLine::Time { upper, .. } => return Some(upper),
        EndLine::Distance { upper, within, .. } => (upper, within),
        EndLine::Reps { within, .. } => return within,
        _ => return None,
    };
    if let Some((time, _)) = within {
        return Some(time);
    }
    step.targets.iter().find_map(|target| match target.value {
        TargetLine::Pace(PaceLine::Pace(a, b, unit), None) => {
            Some(distance.time_at(Speed::from_pace((a + b) / 2.0, unit)))
        }
        TargetLine::Pace(PaceLine::Speed(a, b, unit), None) => {
            Some(distance.time_at(unit.speed((a + b) / 2.0)))
        }
        _ => None,
    })
}

/// The longest workout, in seconds at a slow pace.
const LONGEST: f64 = 72_000.0;
/// The pace of a slow run, in seconds a kilometre.
const SLOW_PACE: f64 = 390.0;

/// The shortest workout, in seconds at a slow pace.
const SHORTEST: f64 = 10.0;

/// True for a workout that is over before a runner is up to speed, such as `5 metres easy`.
pub(super) fn is_too_short(items: &[Item]) -> bool {
    let seconds: Option<f64> = items.iter().map(|item| nominal(item, SLOW_PACE)).sum();
    seconds.is_some_and(|seconds| seconds < SHORTEST)
}

/// True for a first step that is as long as all others together, so that it may be their total.
pub(super) fn counts_twice(items: &[Item]) -> bool {
    let [first, others @ ..] = items else { return false };
    let is_plain = matches!(&first.node, Node::Step(_));
    is_plain && others.len() > 1 && item_time(first).is_some_and(|total| exact(others) == Some(total))
}

/// True for items that are no longer than a day, with a send-off after its rep.
pub(super) fn is_possible(items: &[Item]) -> bool {
    let seconds: f64 = items.iter().filter_map(|item| nominal(item, SLOW_PACE)).sum();
    seconds < LONGEST && items.iter().all(has_possible_send_off)
}

fn has_possible_send_off(item: &Item) -> bool {
    match &item.node {
        Node::Repeat { body, between: Some(between), .. } => match &between.node {
            Node::Step(step) => match step.end {
                EndLine::SendOff(every) => item_time(body).is_none_or(|rep| rep < every),
                _ => true,
            },
            _ => true,
        },
        Node::Group { items, .. } | Node::Ladder { items, .. } => items.iter().all(has_possible_send_off),
        _ => true,
    }
}
