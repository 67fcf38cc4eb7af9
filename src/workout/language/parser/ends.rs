//! Ends other than a time or a distance: counted reps, shares of a rep, send-offs, `10min or 2km`.

use super::number::is_range;
use super::{ParseResult, Parser};
use crate::workout::language::document::{EndLine, Item, Node, StepLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::messages::step::StepProblem;

/// The most reps of one exercise.
pub(crate) const MOST_REPS: u64 = 1000;

impl Parser<'_> {
    /// Parses `12 reps`, `8-12 reps in 36s` or `50-90%` of the rep, if one stands here.
    pub(crate) fn special_end(&mut self, between: bool) -> ParseResult<Option<EndLine>> {
        let first = self.peek();
        let Tok::Number(low) = first.tok else { return Ok(None) };
        let mark = self.after(&first);
        let second = self.after(&mark);
        let (last, high) = match second.tok {
            Tok::Number(high) if is_range(&mark.tok) => (second, high),
            _ => (first.clone(), low),
        };
        let unit = self.after(&last);
        if between && unit.tok == Tok::Percent {
            return self.share(&first, low, high, &unit).map(Some);
        }
        if unit.tok != Tok::Word
            || !["rep", "reps"].iter().any(|w| w.eq_ignore_ascii_case(self.text_of(&unit)))
        {
            return Ok(None);
        }
        self.take(&unit);
        let whole = |n: f64| n.fract() == 0.0 && (1.0..=MOST_REPS as f64).contains(&n);
        if !whole(low) || !whole(high) || low > high {
            return Err(self.fail(first.start..unit.end, StepProblem::InvalidRepNumber));
        }
        let next = self.peek();
        let mut within = None;
        if next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("in") {
            self.take(&next);
            within = Some(self.time()?);
        }
        let lower = (low < high).then_some(low as u64);
        Ok(Some(EndLine::Reps { upper: high as u64, lower, within }))
    }

    pub(crate) fn share(
        &mut self,
        first: &Token,
        low: f64,
        high: f64,
        percent: &Token,
    ) -> ParseResult<EndLine> {
        self.take(percent);
        if low > high || low < 10.0 || high > 300.0 {
            return Err(self.fail(first.start..percent.end, StepProblem::InvalidShare));
        }
        Ok(EndLine::Share { upper: high, lower: (low < high).then_some(low) })
    }

    /// Parses `or 2km` after a time, or `or 10min` after a distance, if one stands here.
    pub(crate) fn whichever_first(&mut self, end: EndLine) -> ParseResult<EndLine> {
        let next = self.peek();
        if next.tok != Tok::Word
            || !self.text_of(&next).eq_ignore_ascii_case("or")
            || !matches!(self.after(&next).tok, Tok::Number(_))
        {
            return Ok(end);
        }
        let start = next.start;
        self.take(&next);
        let other = self.length()?;
        match (end, other) {
            (
                EndLine::Time { upper: time, lower: None },
                EndLine::Distance { upper: distance, lower: None, within: None, unit },
            )
            | (
                EndLine::Distance { upper: distance, lower: None, within: None, unit },
                EndLine::Time { upper: time, lower: None },
            ) => Ok(EndLine::First { time, distance, unit }),
            _ => Err(self.fail(start..self.at, StepProblem::InvalidAlternative)),
        }
    }

    /// True at `on 2:30`, which ends a step.
    pub(crate) fn at_send_off(&mut self) -> bool {
        let next = self.peek();
        next.tok == Tok::Word
            && self.text_of(&next).eq_ignore_ascii_case("on")
            && matches!(self.after(&next).tok, Tok::Number(_))
    }

    /// Parses `on 2:30` after a repeat's body: each rep starts that long after the one before.
    pub(crate) fn send_off(&mut self) -> ParseResult<Option<Item>> {
        if !self.at_send_off() {
            return Ok(None);
        }
        let next = self.peek();
        self.take(&next);
        let time = self.time()?;
        let step = StepLine {
            kind: None,
            end: EndLine::SendOff(time),
            until: None,
            targets: Vec::new(),
            incline: None,
            cues: Vec::new(),
            span: self.since(next.start),
        };
        let span = step.span.clone();
        Ok(Some(Item { label: None, kind: None, node: Node::Step(Box::new(step)), cues: Vec::new(), span }))
    }
}
