//! A workout's steps as an outline.

use crate::display;
use crate::workout::sequence::{End, PlannedStep, Rep, Sequence};

/// The most lines of an outline. No window shows more.
const MOST_LINES: usize = 200;

/// The lines written so far.
struct StepOutline<'a> {
    sequence: &'a Sequence,
    /// The key that ends an open step or an endless repeat.
    end_key: &'a str,
    lines: Vec<String>,
}

/// The steps, one a line. A repeat whose reps are all alike shows them once. `end_key` ends an open step.
pub fn outline(sequence: &Sequence, end_key: &str) -> Vec<String> {
    let mut outline = StepOutline { sequence, end_key, lines: Vec::new() };
    outline.add_steps(&sequence.steps, 0);
    outline.lines
}

impl StepOutline<'_> {
    fn add_steps(&mut self, steps: &[PlannedStep], depth: usize) {
        let indent = "   ".repeat(depth);
        let mut rest = steps;
        while let Some((step, others)) = rest.split_first() {
            if self.lines.len() >= MOST_LINES {
                return;
            }
            let Some(repeat) = step.reps.get(depth).copied() else {
                self.lines.push(format!("{indent}{}", self.line(step)));
                rest = others;
                continue;
            };
            let inside = rest.iter().take_while(|s| s.reps.get(depth).is_some_and(|r| r.id == repeat.id));
            let (reps, after) = rest.split_at(inside.count());
            rest = after;
            let first = first_rep(reps, repeat, depth);
            if are_alike(reps, first, depth) {
                self.lines.push(format!("{indent}{}", self.times(repeat)));
                self.add_steps(first, depth + 1);
            } else {
                self.add_steps(reps, depth + 1);
            }
        }
    }

    /// A step: `800 m (≈ 3:20)  5K, incline 2%`.
    fn line(&self, step: &PlannedStep) -> String {
        let length = match step.end {
            End::Distance { time: Some(_), .. } | End::Time { .. } => {
                display::length_in_full(step, self.end_key)
            }
            _ => display::length_until(step, self.end_key),
        };
        format!("{length}  {}{}", step.title(), display::incline(step))
    }

    /// How often a repeat is run: `8 ×`, `6–8 ×`, `until Enter ×`.
    fn times(&self, rep: Rep) -> String {
        match (rep.of, self.sequence.repeat(rep.id).and_then(|repeat| repeat.least)) {
            (Some(of), Some(least)) => format!("{least}–{of} ×"),
            (Some(of), None) => format!("{of} ×"),
            (None, _) => format!("until {} ×", self.end_key),
        }
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
