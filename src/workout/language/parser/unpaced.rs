//! Targets that are no pace: RPE, zones, breathing, words; and inclines.

use super::number::is_range;
use super::{LONGEST_LABEL, ParseResult, Parser};
use crate::diagnostic::Diagnostic;
use crate::text::cut;
use crate::workout::language::document::{HeartLine, StepLine, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::WordMeaning;
use crate::workout::sequence::Breathing;

impl Parser<'_> {
    pub(crate) fn quoted_words(&mut self, quote: &Token, inner: (usize, usize)) -> ParseResult<TargetLine> {
        self.take(quote);
        let text = self.slice(inner.0, inner.1);
        let at = (quote.start, quote.end);
        if text.trim().is_empty() {
            let help = "write what to do between the quotes, like `\"squats\"`".to_string();
            return Err(self.fail(at, "these quotes are empty".into(), "nothing to do", help));
        }
        if text.chars().nth(LONGEST_LABEL).is_some() {
            let help = "shorten it; more can be said in a cue".to_string();
            let message = format!("these words are longer than {LONGEST_LABEL} characters");
            return Err(self.fail(at, message, "too long", help));
        }
        Ok(TargetLine::Words(cut(text, LONGEST_LABEL)))
    }

    /// A number and perhaps the upper end of a range.
    fn span_of_numbers(&mut self, example: &str) -> ParseResult<(f64, f64)> {
        let first = self.peek();
        let Tok::Number(low) = first.tok else {
            let message = format!("{} where a number should stand", self.found(&first));
            let help = format!("write a number, like `{example}`");
            return Err(self.fail((first.start, first.end), message, "a number is needed here", help));
        };
        self.take(&first);
        let next = self.peek();
        self.odd_number(&first, &next)?;
        let upper = self.after(&next);
        if let (true, Tok::Number(high)) = (is_range(&next.tok), &upper.tok) {
            self.take(&upper);
            return Ok((low.min(*high), low.max(*high)));
        }
        Ok((low, low))
    }

    pub(crate) fn rpe(&mut self) -> ParseResult<TargetLine> {
        let start = self.peek().start;
        let (low, high) = self.span_of_numbers("RPE 7")?;
        if high > 10.0 || (low * 2.0).fract() != 0.0 || (high * 2.0).fract() != 0.0 {
            let help = "write a number from 0 to 10, halves allowed, like `RPE 6.5`".to_string();
            return Err(self.fail((start, self.at), "there is no such RPE".into(), "0 to 10", help));
        }
        Ok(TargetLine::Rpe(low, high))
    }

    pub(crate) fn zone(&mut self, word: &Token) -> ParseResult<TargetLine> {
        let (low, mut high) = self.span_of_numbers("Z3")?;
        // `Z1-Z2`.
        let mark = self.peek();
        let second = self.after(&mark);
        if low == high
            && is_range(&mark.tok)
            && second.tok == Tok::Word
            && lexicon::is(self.text_of(&second), WordMeaning::Zone)
        {
            self.take(&second);
            high = self.span_of_numbers("Z3")?.1;
        }
        let is_zone = |n: f64| n.fract() == 0.0 && (1.0..=5.0).contains(&n);
        if low < high && is_zone(low) && is_zone(high) {
            return Ok(TargetLine::HeartRate(HeartLine::Zones(low as u8, high as u8)));
        }
        if low == high && low.fract() == 0.0 && (1.0..=5.0).contains(&low) {
            return Ok(TargetLine::HeartRate(HeartLine::Zone(low as u8)));
        }
        let help = "write one zone from `Z1` to `Z5`, or a range of beats like `140-150bpm`".to_string();
        Err(self.fail((word.start, self.at), "there is no such zone".into(), "Z1 to Z5", help))
    }

    pub(crate) fn breathe(&mut self) -> ParseResult<TargetLine> {
        let start = self.peek().start;
        let help = || "write `breathe 6/min`, or `breathe 6/min 4:6`".to_string();
        let (per_minute, _) = self.span_of_numbers("breathe 6/min")?;
        let slash = self.peek();
        let unit = self.after(&slash);
        let minutes = unit.tok == Tok::Word && lexicon::is(self.text_of(&unit), WordMeaning::Time(60));
        if slash.tok != Tok::Slash || !minutes {
            return Err(self.fail(
                (start, self.at),
                "a breathing pace is in breaths a minute".into(),
                "no unit",
                help(),
            ));
        }
        self.take(&unit);
        if !(1.0..=60.0).contains(&per_minute) {
            return Err(self.fail(
                (start, self.at),
                "no one breathes like this".into(),
                "1 to 60 a minute",
                help(),
            ));
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
                return Err(self.fail(
                    (first.start, second.end),
                    "this is no ratio".into(),
                    "in to out",
                    help(),
                ));
            }
        }
        Ok(TargetLine::Breathe(Breathing { per_minute, inhale, exhale }, written))
    }

    pub(crate) fn incline(&mut self, word: &Token, step: &mut StepLine) -> ParseResult<()> {
        self.take(word);
        self.grades(word.start, step)
    }

    /// `2%` or `0 -> 4%`; what belongs to it begins at decoded byte `start`.
    pub(crate) fn grades(&mut self, start: usize, step: &mut StepLine) -> ParseResult<()> {
        let (from, mut percent) = self.grade()?;
        let mut to = None;
        if self.eat(&Tok::Arrow).is_some() {
            let (end, sign) = self.grade()?;
            (to, percent) = (Some(end), sign);
        }
        let at = (start, self.at);
        if !percent {
            let help = format!("write `{}%`", self.slice(at.0, at.1).trim_end());
            let problem = Diagnostic::error(self.since(start), "an incline is in percent", "no unit");
            let end = self.since(start).end;
            return Err(self.report(problem.with_help(help).with_fix(end..end, "%")));
        }
        if [Some(from), to].into_iter().flatten().any(|g| !(-10.0..=40.0).contains(&g)) {
            let help = "write an incline from -10% to 40%".to_string();
            return Err(self.fail(at, "no treadmill is this steep".into(), "-10% to 40%", help));
        }
        if step.incline.is_some() {
            let help = "leave one of them out; `incline 0 -> 4%` changes it evenly".to_string();
            return Err(self.fail(at, "a second incline".into(), "there is one already", help));
        }
        step.incline = Some((from, to));
        Ok(())
    }

    /// A number with its sign, and whether a percent sign follows.
    fn grade(&mut self) -> ParseResult<(f64, bool)> {
        let sign = self.peek();
        let down = sign.tok == Tok::Hyphen;
        if down || sign.tok == Tok::Plus {
            self.take(&sign);
        }
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.no_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        self.odd_number(&number, &next)?;
        let percent = self.eat(&Tok::Percent).is_some();
        Ok((if down { -value } else { value }, percent))
    }
}
