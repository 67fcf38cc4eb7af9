//! Targets without a pace: RPE, zones, breathing and words; and inclines.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::athlete::Zone;
use crate::text::cut;
use crate::workout::bounds::LONGEST_LABEL;
use crate::workout::language::document::{HeartLine, StepLine, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::target::TargetProblem;
use crate::workout::sequence::Breathing;
use std::ops::Range;

impl Parser<'_> {
    /// Parses words in quotes, whose inside is `inner`.
    pub(crate) fn quoted_words(&mut self, quote: &Token, inner: &Range<usize>) -> ParseResult<TargetLine> {
        self.take(quote);
        let text = self.slice(inner.start, inner.end);
        if text.trim().is_empty() {
            return Err(self.fail(quote.range(), TargetProblem::EmptyWords));
        }
        if text.chars().nth(LONGEST_LABEL).is_some() {
            return Err(self.fail(quote.range(), TargetProblem::WordsTooLong));
        }
        Ok(TargetLine::Words(cut(text, LONGEST_LABEL)))
    }

    /// Parses a number or a range, lower end first. `example` shows in the help what to write.
    fn number_range(&mut self, example: &'static str) -> ParseResult<(f64, f64)> {
        let first = self.peek();
        let Tok::Number(low) = first.tok else {
            let found = self.found(&first);
            return Err(self.fail(first.range(), TargetProblem::MissingTargetNumber { found, example }));
        };
        self.take(&first);
        let next = self.peek();
        self.reject_odd_number(&first, &next)?;
        let upper = self.after(&next);
        if let (true, Tok::Number(high)) = (is_range(&next.tok), &upper.tok) {
            self.take(&upper);
            return Ok((low.min(*high), low.max(*high)));
        }
        Ok((low, low))
    }

    pub(crate) fn rpe(&mut self) -> ParseResult<TargetLine> {
        let start = self.peek().start;
        let (low, high) = self.number_range("RPE 7")?;
        if high > 10.0 || (low * 2.0).fract() != 0.0 || (high * 2.0).fract() != 0.0 {
            return Err(self.fail(start..self.at, TargetProblem::InvalidRpe));
        }
        Ok(TargetLine::Rpe(low, high))
    }

    pub(crate) fn zone(&mut self, word: &Token) -> ParseResult<TargetLine> {
        let (low, mut high) = self.number_range("Z3")?;
        // `Z1-Z2`.
        let mark = self.peek();
        let second = self.after(&mark);
        if low == high
            && is_range(&mark.tok)
            && second.tok == Tok::Word
            && lexicon::is(self.text_of(&second), WordMeaning::Zone)
        {
            self.take(&second);
            high = self.number_range("Z3")?.1;
        }
        let running_zone =
            |n: f64| Zone::new(n as u8).filter(|zone| *zone > Zone::STANDING && n.fract() == 0.0);
        match (running_zone(low), running_zone(high)) {
            (Some(low), Some(high)) if low < high => Ok(TargetLine::HeartRate(HeartLine::Zones(low, high))),
            (Some(low), Some(high)) if low == high => Ok(TargetLine::HeartRate(HeartLine::Zone(low))),
            _ => Err(self.fail(word.start..self.at, TargetProblem::InvalidZone)),
        }
    }

    pub(crate) fn breathe(&mut self) -> ParseResult<TargetLine> {
        let start = self.peek().start;
        let (per_minute, _) = self.number_range("breathe 6/min")?;
        let slash = self.peek();
        let unit = self.after(&slash);
        let minutes = unit.tok == Tok::Word && lexicon::is(self.text_of(&unit), WordMeaning::Time(60));
        if slash.tok != Tok::Slash || !minutes {
            return Err(self.fail(start..self.at, TargetProblem::BreathingWithoutUnit));
        }
        self.take(&unit);
        if !(1.0..=60.0).contains(&per_minute) {
            return Err(self.fail(start..self.at, TargetProblem::ImpossibleBreathing));
        }
        let (mut inhale, mut exhale) = (4.0, 6.0);
        let mut written = false;
        let first = self.peek();
        let colon = self.after(&first);
        let second = self.after(&colon);
        if let (Tok::Number(a), Tok::Colon, Tok::Number(b)) = (&first.tok, &colon.tok, &second.tok) {
            self.take(&second);
            (inhale, exhale, written) = (*a, *b, true);
            if !(0.1..=100.0).contains(a) || !(0.1..=100.0).contains(b) {
                return Err(self.fail(first.start..second.end, TargetProblem::InvalidBreathingRatio));
            }
        }
        Ok(TargetLine::Breathe(Breathing { per_minute, inhale, exhale }, written))
    }

    pub(crate) fn incline(&mut self, word: &Token, step: &mut StepLine) -> ParseResult<()> {
        self.take(word);
        self.grades(word.start, step)
    }

    /// Parses `2%` or `0 -> 4%`. Problems underline the text from decoded byte `start` on.
    pub(crate) fn grades(&mut self, start: usize, step: &mut StepLine) -> ParseResult<()> {
        let (from, mut percent) = self.grade()?;
        let mut to = None;
        if self.eat(&Tok::Arrow).is_some() {
            let (end, sign) = self.grade()?;
            (to, percent) = (Some(end), sign);
        }
        let at = start..self.at;
        if !percent {
            let written = self.slice(start, self.at).trim_end();
            let end = start + written.len();
            self.fail(start..end, TargetProblem::InclineWithoutPercent { written });
            self.fix_last(end..end, "%");
            return Err(Reported);
        }
        if [Some(from), to].into_iter().flatten().any(|g| !(-10.0..=40.0).contains(&g)) {
            return Err(self.fail(at, TargetProblem::ImpossibleIncline));
        }
        if step.incline.is_some() {
            return Err(self.fail(at, TargetProblem::SecondIncline));
        }
        step.incline = Some((from, to));
        Ok(())
    }

    /// Parses a number with its sign. Returns true with it if a percent sign follows.
    fn grade(&mut self) -> ParseResult<(f64, bool)> {
        let sign = self.peek();
        let down = sign.tok == Tok::Hyphen;
        if down || sign.tok == Tok::Plus {
            self.take(&sign);
        }
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.missing_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        self.reject_odd_number(&number, &next)?;
        let percent = self.eat(&Tok::Percent).is_some();
        Ok((if down { -value } else { value }, percent))
    }
}
