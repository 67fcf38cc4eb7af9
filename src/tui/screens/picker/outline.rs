//! A workout's steps as an outline.

use crate::display;
use crate::workout::sequence::{PlannedStep, Rep, Repeat, Sequence};

/// The most lines of an outline. No window shows more.
const MOST_LINES: usize = 200;

/// The steps, one a line. A repeat whose reps are all alike shows them once.
pub fn outline(sequence: &Sequence) -> Vec<String> {
    let mut lines = Vec::new();
    add_steps(sequence, &sequence.steps, 0, &mut lines);
    lines
}

fn add_steps(sequence: &Sequence, steps: &[PlannedStep], depth: usize, lines: &mut Vec<String>) {
    let indent = "   ".repeat(depth);
    let mut rest = steps;
    while let Some((step, others)) = rest.split_first() {
        if lines.len() >= MOST_LINES {
            return;
        }
        let Some(repeat) = step.reps.get(depth).copied() else {
            lines.push(format!("{indent}{}  {}", display::length(step), step.title()));
            rest = others;
            continue;
        };
        let inside = rest.iter().take_while(|s| s.reps.get(depth).is_some_and(|r| r.id == repeat.id));
        let (reps, after) = rest.split_at(inside.count());
        rest = after;
        let first = first_rep(reps, repeat, depth);
        if are_alike(reps, first, depth) {
            lines.push(format!("{indent}{}", times(repeat, sequence.repeat(repeat.id))));
            add_steps(sequence, first, depth + 1, lines);
        } else {
            add_steps(sequence, reps, depth + 1, lines);
        }
    }
}

/// How often a repeat is run: `8 ×`, `6–8 ×`, `until Enter ×`.
fn times(rep: Rep, repeat: Option<&Repeat>) -> String {
    match (rep.of, repeat.and_then(|repeat| repeat.least)) {
        (Some(of), Some(least)) => format!("{least}–{of} ×"),
        (Some(of), None) => format!("{of} ×"),
        (None, _) => "until Enter ×".to_string(),
    }
}

/// The steps of `rep`, at the start of `steps`.
fn first_rep(steps: &[PlannedStep], rep: Rep, depth: usize) -> &[PlannedStep] {
    let same = |s: &&PlannedStep| s.reps.get(depth).is_some_and(|r| r.n == rep.n);
    let count = steps.iter().take_while(same).count();
    steps.split_at(count).0
}

/// True if every rep is like the first. The last may lack the recovery after it.
fn are_alike(reps: &[PlannedStep], first: &[PlannedStep], depth: usize) -> bool {
    let mut rest = reps;
    while let Some(rep) = rest.first().and_then(|s| s.reps.get(depth)) {
        let this = first_rep(rest, *rep, depth);
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
