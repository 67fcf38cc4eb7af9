//! A workout's steps in a few lines.

use crate::display;
use crate::workout::sequence::{PlannedStep, Rep, Sequence};

/// More lines than any window has: summing up stops there.
const MOST_LINES: usize = 200;

/// The steps, one a line; a repeat whose reps are alike is told once.
pub fn outline(sequence: &Sequence) -> Vec<String> {
    let mut lines = Vec::new();
    tell(&sequence.steps, 0, &mut lines);
    lines
}

fn tell(steps: &[PlannedStep], depth: usize, lines: &mut Vec<String>) {
    let indent = "   ".repeat(depth);
    let mut rest = steps;
    while let Some((step, others)) = rest.split_first() {
        if lines.len() >= MOST_LINES {
            return;
        }
        let Some(around) = step.reps.get(depth).copied() else {
            lines.push(format!("{indent}{}  {}", display::length(step), step.title()));
            rest = others;
            continue;
        };
        let inside = rest.iter().take_while(|s| s.reps.get(depth).is_some_and(|r| r.id == around.id));
        let (repeat, after) = rest.split_at(inside.count());
        rest = after;
        let first = pass(repeat, around, depth);
        if are_alike(repeat, first, depth) {
            lines.push(format!("{indent}{} ×", around.of));
            tell(first, depth + 1, lines);
        } else {
            tell(repeat, depth + 1, lines);
        }
    }
}

/// The steps of one rep, which a repeat begins with.
fn pass(repeat: &[PlannedStep], rep: Rep, depth: usize) -> &[PlannedStep] {
    let same = |s: &&PlannedStep| s.reps.get(depth).is_some_and(|r| r.n == rep.n);
    let count = repeat.iter().take_while(same).count();
    repeat.split_at(count).0
}

/// Whether every rep is like the first; the last may lack the recovery after it.
fn are_alike(repeat: &[PlannedStep], first: &[PlannedStep], depth: usize) -> bool {
    let mut rest = repeat;
    while let Some(rep) = rest.first().and_then(|s| s.reps.get(depth)) {
        let this = pass(rest, *rep, depth);
        rest = rest.split_at(this.len()).1;
        let alike =
            this.iter().zip(first).all(|(a, b)| a.end == b.end && a.target == b.target && a.label == b.label);
        let whole = this.len() == first.len() || (rest.is_empty() && this.len() + 1 == first.len());
        if !alike || !whole {
            return false;
        }
    }
    true
}
