//! The length of a step: a time or a distance, or a range of either.

use super::number::{Amount, LEAST_METRES, is_range};
use super::{ParseResult, Parser};
use crate::units::{Distance, METRES_PER_MILE, Millis, PaceUnit, Speed};
use crate::workout::bounds::LONGEST_METRES;
use crate::workout::language::document::EndLine;
use crate::workout::language::lexer::Tok;
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::number::NumberProblem;

/// The shortest distance, in metres.
const SHORTEST: f64 = 1.0;

impl Parser<'_> {
    /// Parses a step's time or distance, or a range of either.
    pub(crate) fn length(&mut self) -> ParseResult<EndLine> {
        let start = self.peek().start;
        let mut first = self.amount()?;
        let mark = self.peek();
        let mut second = None;
        if is_range(&mark.tok) && matches!(self.after(&mark).tok, Tok::Number(_)) {
            self.take(&mark);
            let upper = self.amount()?;
            first = with_unit(first, upper);
            second = Some(upper);
        }
        let upper = second.unwrap_or(first);
        let lower = second.map(|_| first);
        self.reject_pace(start)?;
        match (lower, upper) {
            (None, Amount::Time(upper, _)) => {
                Ok(EndLine::Time { upper: self.bounded(upper, start)?, lower: None })
            }
            (Some(Amount::Time(lower, _)), Amount::Time(upper, _)) => {
                let (lower, upper) = (self.bounded(lower, start)?, self.bounded(upper, start)?);
                self.ascending(lower < upper, start)?;
                Ok(EndLine::Time { upper, lower: Some(lower) })
            }
            (None, Amount::Length(..)) => self.distance(None, upper, start),
            (Some(Amount::Length(..)), Amount::Length(..)) => self.distance(lower, upper, start),
            (_, Amount::Bare(_)) | (Some(Amount::Bare(_)), _) => Err(self.missing_unit(start)),
            _ => Err(self.fail(start..self.at, NumberProblem::MixedRange)),
        }
    }

    fn distance(&mut self, lower: Option<Amount>, upper: Amount, start: usize) -> ParseResult<EndLine> {
        let metres = |amount: Amount| match amount {
            Amount::Length(metres, _, _) => metres,
            _ => 0.0,
        };
        let Amount::Length(most, unit, ambiguous) = upper else {
            return Err(self.missing_unit(start));
        };
        let least = lower.map(metres);
        if ambiguous && least.unwrap_or(most) < LEAST_METRES {
            return Err(self.ambiguous_m(start));
        }
        if let Some(least) = least {
            self.ascending(least < most, start)?;
        }
        if least.unwrap_or(most) < SHORTEST {
            return Err(self.fail(start..self.at, NumberProblem::ZeroDistance));
        }
        if most > LONGEST_METRES {
            return Err(self.fail(start..self.at, NumberProblem::DistanceTooLong));
        }
        let within = self.within()?;
        if let Some((time, _)) = within {
            self.bounded_speed(Speed::from_mps(most / time.as_secs_f64()), start)?;
        }
        Ok(EndLine::Distance {
            upper: Distance::from_metres(most),
            lower: least.map(Distance::from_metres),
            within,
            unit: if unit == METRES_PER_MILE { PaceUnit::Mi } else { PaceUnit::Km },
        })
    }

    /// Parses `in 90s` after a distance: the upper and the lower bound.
    fn within(&mut self) -> ParseResult<Option<(Millis, Option<Millis>)>> {
        let next = self.peek();
        if self.fragment || next.tok != Tok::Word || !lexicon::is(self.text_of(&next), WordMeaning::In) {
            return Ok(None);
        }
        self.take(&next);
        let start = self.peek().start;
        match self.length()? {
            EndLine::Time { upper, lower } => Ok(Some((upper, lower))),
            _ => Err(self.fail(start..self.at, NumberProblem::NoTimeAfterIn)),
        }
    }

    fn ascending(&mut self, ascends: bool, start: usize) -> ParseResult<()> {
        if ascends {
            return Ok(());
        }
        Err(self.fail(start..self.at, NumberProblem::DescendingRange))
    }

    /// Reports `5:00/km` or `10km/h` in the place of a length.
    fn reject_pace(&mut self, start: usize) -> ParseResult<()> {
        let slash = self.peek();
        let unit = self.after(&slash);
        let pace = slash.tok == Tok::Slash
            && self.joins_words(&slash)
            && ["km", "mi", "mile", "h"].iter().any(|u| u.eq_ignore_ascii_case(self.text_of(&unit)));
        if !pace {
            return Ok(());
        }
        self.take(&unit);
        let written = self.slice(start, self.at);
        Err(self.fail(start..self.at, NumberProblem::PaceForLength { written }))
    }
}

/// Gives `first` the unit of `upper`, if it has none of its own.
fn with_unit(first: Amount, upper: Amount) -> Amount {
    match (first, upper) {
        (Amount::Bare(value), Amount::Time(_, Some(unit))) => Amount::Time(value * unit, Some(unit)),
        (Amount::Bare(value), Amount::Length(_, unit, m)) => Amount::Length(value * unit, unit, m),
        (first, _) => first,
    }
}
