//! Repeats: `8×60s hard / 60s easy`.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::text::cut;
use crate::units::Millis;
use crate::workout::bounds::MOST_ROUNDS;
use crate::workout::language::document::{EndLine, Item, Node};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::list;
use crate::workout::language::messages::item::ItemProblem;
use crate::workout::language::messages::phrase::PhraseProblem;
use crate::workout::language::print;

/// Distances whose plural is written with an `s`: `8x400s`.
const PLURAL_REPS: [f64; 9] = [200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1600.0];

/// The number of reps. A range has a lower end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RepCount {
    pub(crate) most: u64,
    pub(crate) least: Option<u64>,
    /// The runner ends it.
    pub(crate) endless: bool,
}

impl RepCount {
    /// The count of a repeat that goes on until the runner ends it.
    pub(crate) const ENDLESS: RepCount = RepCount { most: MOST_ROUNDS, least: None, endless: true };

    /// A count without a range.
    pub(crate) fn exactly(most: u64) -> RepCount {
        RepCount { most, least: None, endless: false }
    }
}

impl Parser<'_> {
    /// Parses `n ×` or `open ×`, if it stands here.
    pub(crate) fn count(&mut self) -> Option<RepCount> {
        let number = self.peek();
        if number.tok == Tok::Word && self.text_of(&number).eq_ignore_ascii_case("open") {
            self.at = self.times(&number)?;
            return Some(RepCount::ENDLESS);
        }
        let Tok::Number(value) = number.tok else {
            return None;
        };
        let mut last = number.clone();
        let mut upper = value;
        let mark = self.after(&number);
        if is_range(&mark.tok) {
            let high = self.after(&mark);
            if let Tok::Number(number) = high.tok {
                (last, upper) = (high, number);
            }
        }
        let end = self.times(&last)?;
        if last.start != number.start && !(upper > value && upper.fract() == 0.0) {
            let written = self.slice(number.start, last.end);
            self.fail(number.start..last.end, ItemProblem::DescendingCount { written });
        } else if value < 1.0 || value.fract() != 0.0 {
            self.fail(number.range(), ItemProblem::InvalidCount { number: self.text_of(&number) });
        }
        self.at = end;
        let whole = |number: f64| number.clamp(1.0, 1e18) as u64;
        let least = (upper > value).then(|| whole(value));
        Some(RepCount { least, ..RepCount::exactly(whole(upper)) })
    }

    /// Returns the end of the times sign after `number`.
    fn times(&self, number: &Token) -> Option<usize> {
        let sign = self.after(number);
        match sign.tok {
            Tok::Times => Some(sign.end),
            // No unit begins with an x, so the next word may touch it: `3xopen`.
            Tok::Word if self.text_of(&sign).starts_with(['x', 'X']) => Some(sign.start + 1),
            _ => None,
        }
    }

    /// Parses the rest of a repeat that begins at `start`, after its count.
    pub(crate) fn repeat(&mut self, start: usize, count: RepCount) -> ParseResult<Item> {
        let body = self.body(count)?;
        let between = match self.eat(&Tok::Slash) {
            Some(slash) => {
                let recovery = self.recovery()?;
                self.reject_pace_of_recovery(&body, &recovery, &slash, count)?;
                Some(Box::new(recovery))
            }
            None => self.send_off()?.map(Box::new),
        };
        let RepCount { most: count, least, endless } = count;
        self.reject_second_slash()?;
        Ok(Item {
            label: None,
            kind: None,
            node: Node::Repeat { count, least, endless, body: Box::new(body), between },
            cues: Vec::new(),
            span: self.since(start),
        })
    }

    /// Reports `6×400m / 90s @ 5K`: the pace of the reps, or of the recovery?
    fn reject_pace_of_recovery(
        &mut self,
        body: &Item,
        recovery: &Item,
        slash: &Token,
        count: RepCount,
    ) -> ParseResult<()> {
        let (Node::Step(rep), Node::Step(rest)) = (&body.node, &recovery.node) else { return Ok(()) };
        let [target] = rest.targets.as_slice() else { return Ok(()) };
        let written = self.slice(slash.end, self.at);
        let is_told = written.contains('@') || written.contains(" at ");
        let is_paced = matches!(rep.end, EndLine::Distance { within: Some(_), .. });
        if !is_told || !rep.targets.is_empty() || is_paced || !list::is_work(&target.value) {
            return Ok(());
        }
        let (mut paced, mut easy) = (rep.clone(), rest.clone());
        paced.targets.push(target.clone());
        easy.targets.clear();
        let count = print::count(count.most, count.least, count.endless);
        let text = print::step(rest);
        let problem = PhraseProblem::UnclearRecoveryPace {
            target: text.trim_start_matches(&print::step(&easy)).trim().to_string(),
            work: format!("{count}×{} / {}", print::step(&paced), print::step(&easy)),
            recovery: format!("{count}×{} / {text}", print::step(rep)),
        };
        let written = written.trim();
        Err(self.fail(self.at - written.len()..self.at, problem))
    }

    fn body(&mut self, count: RepCount) -> ParseResult<Item> {
        let start = self.peek().start;
        if self.peek().tok == Tok::Open || self.part_here().is_some() {
            return self.group(Some(count));
        }
        let written = print::count(count.most, count.least, count.endless);
        self.reject_plural(&written)?;
        if self.count().is_some() {
            self.skip_item();
            return Err(self.repeat_of_repeat(&written, start));
        }
        self.step_or_alternate()
    }

    /// Reports `8x400s`: 400 seconds, or reps of 400 m?
    fn reject_plural(&mut self, count: &str) -> ParseResult<()> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else { return Ok(()) };
        let unit = self.after(&number);
        let plural = unit.tok == Tok::Word && Self::touch(&number, &unit) && self.text_of(&unit) == "s";
        if !plural || !PLURAL_REPS.contains(&value) {
            return Ok(());
        }
        let clock = &print::time(Millis::from_secs_f64(value));
        Err(self.fail(number.start..unit.end, ItemProblem::PluralReps { count, value, clock }))
    }

    /// Reports `count × n ×`, whose inner repeat was skipped and begins at `start`.
    fn repeat_of_repeat(&mut self, count: &str, start: usize) -> Reported {
        let written = self.slice(start, self.at).trim_end();
        let inner = cut(written, 40);
        self.fail(start..start + written.len(), ItemProblem::RepeatOfRepeat { count, inner: &inner });
        // With a slash in it, the recovery could stand inside or outside the brackets.
        if !inner.contains(['/', '…', '\n']) {
            self.fix_last(start..start + written.len(), &format!("({inner})"));
        }
        Reported
    }
}
