//! How long items take at usual paces.

use super::document::{AlternateEnd, EndLine, Item, Node, PaceLine, StepLine, TargetLine};
use super::lexicon::NamedTarget;
use crate::units::{Millis, PaceUnit, Speed};

/// Usual paces, in seconds for each kilometre, where a distance names none.
pub const WORK_PACE: f64 = 270.0;
pub const EASY_PACE: f64 = 390.0;
pub const WALK_PACE: f64 = 720.0;

/// The seconds of an item at usual paces; `pace` where a distance names none. Nothing where a key ends it.
pub fn nominal(item: &Item, pace: f64) -> Option<f64> {
    match &item.node {
        Node::Step(step) => nominal_step(step, pace),
        Node::Group { items, .. } => items.iter().map(|item| nominal(item, pace)).sum(),
        Node::Repeat { endless: true, .. } | Node::Alternate { total: AlternateEnd::Enter, .. } => None,
        Node::Repeat { count, body, between, .. } => {
            let reps = *count as f64;
            let rest = between.as_deref().map_or(Some(0.0), |item| nominal(item, EASY_PACE))?;
            Some(reps * nominal(body, pace)? + (reps - 1.0) * rest)
        }
        Node::Ladder { items, between, .. } => {
            let rungs: f64 = items.iter().map(|item| nominal(item, pace)).sum::<Option<f64>>()?;
            Some(rungs + (items.len() as f64 - 1.0) * nominal(between, EASY_PACE)?)
        }
        Node::Alternate { total: AlternateEnd::Time(total), .. } => Some(total.as_secs_f64()),
        Node::Alternate { total: AlternateEnd::Distance(total, _), .. } => {
            Some(total.metres() / 1000.0 * pace)
        }
    }
}

fn nominal_step(step: &StepLine, pace: f64) -> Option<f64> {
    let (distance, within) = match step.end {
        EndLine::Time { upper, .. } => return Some(upper.as_secs_f64()),
        EndLine::Distance { upper, within, .. } => (upper, within),
        EndLine::First { time, .. } => return Some(time.as_secs_f64()),
        EndLine::Reps { within, .. } => return within.map(Millis::as_secs_f64),
        EndLine::Open | EndLine::Share { .. } | EndLine::SendOff(_) => return None,
    };
    if let Some((time, _)) = within {
        return Some(time.as_secs_f64());
    }
    let speed = step.targets.iter().find_map(|target| match target.value {
        TargetLine::Pace(PaceLine::Pace(a, b, unit), None) => Some(Speed::from_pace((a + b) / 2.0, unit)),
        TargetLine::Pace(PaceLine::Speed(a, b, unit), None) => Some(unit.speed((a + b) / 2.0)),
        TargetLine::Pace(PaceLine::Named { base: NamedTarget::Walk, .. }, None) => {
            Some(Speed::from_pace(WALK_PACE, PaceUnit::Km))
        }
        TargetLine::Pace(PaceLine::Named { base: NamedTarget::Easy | NamedTarget::Recovery, .. }, None) => {
            Some(Speed::from_pace(EASY_PACE, PaceUnit::Km))
        }
        _ => None,
    });
    let metres = distance.metres();
    Some(speed.map_or(metres / 1000.0 * pace, |speed| metres / speed.mps()))
}
