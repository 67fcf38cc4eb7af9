//! `until HR < 120`: a heart rate that ends a step.

use super::{ParseResult, Parser};
use crate::workout::language::document::{HeartLine, Spanned, StepLine, TargetLine, UntilLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::until::UntilProblem;
use crate::workout::sequence::HeartSide;

impl Parser<'_> {
    /// Parses `until` and the heart rate after it into `step`.
    pub(crate) fn until_line(&mut self, until: &Token, step: &mut StepLine) -> ParseResult<()> {
        self.take(until);
        let line = self.heart_limit()?;
        if step.until.is_some() {
            return Err(self.fail(until.start..self.at, UntilProblem::SecondUntil));
        }
        step.until = Some(Spanned::new(line, self.since(until.start)));
        Ok(())
    }

    /// Parses a heart rate that ends a step: `HR < 120`, `above 150bpm`, `Z2`, `below 70%HRmax`.
    pub(crate) fn heart_limit(&mut self) -> ParseResult<UntilLine> {
        let start = self.peek().start;
        let is_named = self.heart_word();
        let side = self.heart_side();
        let next = self.peek();
        let after = self.after(&next);
        let heart = match next.tok {
            Tok::Number(bpm) if !self.has_heart_unit(&after) => {
                if !is_named && side.is_none() {
                    let written = self.text_of(&next);
                    return Err(self.fail(start..next.end, UntilProblem::BareUntil { written }));
                }
                self.take(&next);
                self.beats(bpm, bpm, next.start)?
            }
            Tok::Number(_) => self.numbered()?,
            Tok::Word if lexicon::is(self.text_of(&next), WordMeaning::Zone) => {
                self.take(&next);
                self.zone(&next)?
            }
            _ => {
                let end = if next.tok == Tok::End { self.at } else { next.end };
                return Err(self.fail(start.min(end)..end, UntilProblem::NoHeartRate));
            }
        };
        match heart {
            TargetLine::HeartRate(heart) if is_single(&heart) => Ok(UntilLine { heart, side }),
            TargetLine::HeartRate(_) => Err(self.fail(start..self.at, UntilProblem::RangeOfHeartRates)),
            _ => Err(self.fail(start..self.at, UntilProblem::NoHeartRate)),
        }
    }

    /// Takes `HR` or `heart rate`.
    fn heart_word(&mut self) -> bool {
        let next = self.peek();
        let is_word =
            |text: &str| ["HR", "heart rate"].iter().any(|w| w.eq_ignore_ascii_case(text)).then_some(());
        match self.phrase(&next, is_word) {
            Some(((), end)) => {
                self.at = end;
                true
            }
            None => false,
        }
    }

    /// Takes the side on which the step ends: `<`, `below`, `>`, `above`.
    fn heart_side(&mut self) -> Option<HeartSide> {
        let next = self.peek();
        let side = match next.tok {
            Tok::Unknown('<') => HeartSide::Below,
            Tok::Unknown('>') => HeartSide::Above,
            Tok::Word => match self.text_of(&next).to_ascii_lowercase().as_str() {
                "below" | "under" => HeartSide::Below,
                "above" | "over" => HeartSide::Above,
                _ => return None,
            },
            _ => return None,
        };
        self.take(&next);
        Some(side)
    }

    /// True if the token after a number makes it more than beats per minute without a unit.
    fn has_heart_unit(&self, after: &Token) -> bool {
        match after.tok {
            Tok::Percent | Tok::Colon | Tok::Hyphen | Tok::Dash | Tok::Dots => true,
            Tok::Slash => self.joins_words(after),
            Tok::Word => {
                let units = ["bpm", "km", "kmh", "kph", "mi", "mph", "min", "k"];
                units.iter().any(|unit| unit.eq_ignore_ascii_case(self.text_of(after)))
            }
            _ => false,
        }
    }
}

/// True for one heart rate, false for a range of them.
fn is_single(heart: &HeartLine) -> bool {
    match heart {
        HeartLine::Zone(_) => true,
        HeartLine::Zones(..) => false,
        HeartLine::Bpm(low, high) => low == high,
        HeartLine::Percent(low, high, _) => low == high,
    }
}
