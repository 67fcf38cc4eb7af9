//! How strange a workout would be.

use super::EditCost;
use crate::workout::language::document::{EndLine, Item, Node, StepLine};
use crate::workout::language::nominal::nominal;

/// The pace of a slow run, in seconds a kilometre.
const SLOW_PACE: f64 = 390.0;
/// The longest usual workout, in seconds.
const LONGEST: f64 = 5.0 * 3600.0;
/// The shortest usual workout, in seconds.
const SHORTEST: f64 = 150.0;
/// The longest usual recovery, in seconds.
const LONGEST_RECOVERY: f64 = 600.0;
/// The most usual reps.
const MOST_REPS: u64 = 40;

/// Returns the cost of what is strange in `items`. More than 200 is a workout that nobody meant.
pub(crate) fn strangeness(items: &[Item]) -> EditCost {
    let total: Option<f64> = items.iter().map(|item| nominal(item, SLOW_PACE)).sum();
    let length = match total {
        Some(total) if total > LONGEST => 400,
        Some(total) if total < SHORTEST => 60,
        _ => 0,
    };
    length + items.iter().map(item_strangeness).sum::<EditCost>()
}

fn item_strangeness(item: &Item) -> EditCost {
    match &item.node {
        Node::Step(step) => step_strangeness(step),
        Node::Group { items, .. } => items.iter().map(item_strangeness).sum(),
        Node::Repeat { count, body, between, .. } => {
            let many = if *count > MOST_REPS { 300 } else { 0 };
            let recovery = between.as_deref().map_or(0, |between| recovery_strangeness(between, body));
            many + recovery + item_strangeness(body)
        }
        Node::Ladder { items, between, .. } => {
            let rungs: EditCost = items.iter().map(item_strangeness).sum();
            rungs + items.first().map_or(0, |rung| recovery_strangeness(between, rung))
        }
        Node::Alternate { .. } => 0,
    }
}

/// A recovery is seldom long, and seldom several times as long as its rep.
fn recovery_strangeness(between: &Item, rep: &Item) -> EditCost {
    let Some(seconds) = nominal(between, SLOW_PACE) else { return 0 };
    if let Node::Step(step) = &between.node
        && matches!(step.end, EndLine::SendOff(_))
    {
        return 0;
    }
    let rep = nominal(rep, SLOW_PACE).unwrap_or(f64::INFINITY);
    match seconds {
        seconds if seconds > LONGEST_RECOVERY => 300,
        seconds if seconds < 5.0 => 150,
        seconds if seconds > 4.0 * rep.max(30.0) => 120,
        _ => 0,
    }
}

fn step_strangeness(step: &StepLine) -> EditCost {
    match step.end {
        EndLine::Time { upper, .. } if upper.as_secs_f64() < 5.0 => 150,
        EndLine::Distance { upper, within: None, .. } if upper.metres() < 30.0 => 150,
        _ => 0,
    }
}
