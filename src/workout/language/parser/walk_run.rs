//! Runs beside a walk: `8×2min run / 1min walk` is easy running, not hard.

use super::Parser;
use crate::workout::language::document::{
    EndLine, Item, Node, PaceLine, PaceOffset, Spanned, StepLine, TargetLine,
};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::language::print;

/// Words that say that a step is run, and not how hard.
const RUNS: [&str; 3] = ["run", "running", "runs"];

impl Parser<'_> {
    /// Remembers a step without a target that is said to be a run. It begins at decoded byte `start`.
    pub(crate) fn note_run(&mut self, step: &StepLine, start: usize) {
        let written = self.slice(start, self.at);
        let says_run =
            || written.split_whitespace().any(|w| RUNS.iter().any(|run| w.eq_ignore_ascii_case(run)));
        if step.targets.is_empty() && step.kind.is_none() && step.incline.is_none() && says_run() {
            self.runs.push(step.span.start);
        }
    }

    /// Makes every run of `items` that stands beside a walk easy.
    pub(crate) fn ease_runs(&mut self, items: &mut [Item]) {
        if self.runs.is_empty() {
            return;
        }
        for item in items {
            match &mut item.node {
                Node::Repeat { body, between: Some(between), .. } if is_walk(between) => self.ease_step(body),
                Node::Repeat { body, .. } => {
                    if let Node::Group { items, .. } = &mut body.node
                        && items.iter().any(is_walk)
                    {
                        // Times beside a walk are easy anyway.
                        items.iter_mut().filter(|item| !is_timed(item)).for_each(|item| self.ease_step(item));
                    }
                }
                Node::Alternate { first, second, .. } if walks(second) => self.ease(first),
                _ => {}
            }
        }
    }

    fn ease_step(&mut self, item: &mut Item) {
        match &mut item.node {
            Node::Step(step) => self.ease(step),
            Node::Group { items, .. } if items.len() == 1 => {
                items.iter_mut().for_each(|item| self.ease_step(item));
            }
            _ => {}
        }
    }

    fn ease(&mut self, step: &mut StepLine) {
        if step.targets.is_empty() && self.runs.contains(&step.span.start) {
            self.notes.push(format!("`{} run` stands beside a walk: taken as easy.", print::step(step)));
            let easy = PaceLine::Named { base: NamedTarget::Easy, shown: "easy", by: PaceOffset::None };
            step.targets.push(Spanned::new(TargetLine::Pace(easy, None), step.span.clone()));
        }
    }
}

fn is_walk(item: &Item) -> bool {
    matches!(&item.node, Node::Step(step) if walks(step))
}

fn is_timed(item: &Item) -> bool {
    matches!(&item.node, Node::Step(step) if matches!(step.end, EndLine::Time { .. }))
}

fn walks(step: &StepLine) -> bool {
    matches!(
        step.targets.as_slice(),
        [Spanned { value: TargetLine::Pace(PaceLine::Named { base: NamedTarget::Walk, .. }, None), .. }]
    )
}
