//! Offsets from named paces: `MP+90s/mi`.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::units::PaceUnit;
use crate::workout::language::document::{NamedEnd, PaceLine, PaceOffset};
use crate::workout::language::lexer::Tok;
use crate::workout::language::lexicon::{self, NamedTarget, WordMeaning};
use crate::workout::language::messages::pace::PaceProblem;
use std::ops::Range;

/// The largest offset of a pace, in seconds per unit.
const FURTHEST_OFFSET: f64 = 1200.0;

impl Parser<'_> {
    /// Parses `-5K` after the named pace `first`, if it stands here: a range between the two.
    pub(crate) fn named_range(&mut self, first: NamedEnd) -> ParseResult<Option<PaceLine>> {
        let mark = self.peek();
        if !is_range(&mark.tok) {
            return Ok(None);
        }
        let next = self.after(&mark);
        let second = match next.tok {
            Tok::Number(_) => self.race_pace(&next).map(|race| ((race.pace.base, race.pace.shown), race.end)),
            Tok::Word => self.phrase(&next, lexicon::pace),
            _ => None,
        };
        let Some(((base, shown), end)) = second else { return Ok(None) };
        self.at = end;
        let still = |named: NamedTarget| matches!(named, NamedTarget::Rest | NamedTarget::AllOut);
        if still(first.base) || still(base) || first.base == base {
            return Err(self.fail(mark.start..end, PaceProblem::InvalidNamedRange));
        }
        self.fillers();
        Ok(Some(PaceLine::Between(first, NamedEnd { base, shown })))
    }

    /// Parses an offset such as `+90s/mi`, if one stands here. The named pace before it begins at `start`.
    pub(crate) fn offset(&mut self, start: usize) -> ParseResult<PaceOffset> {
        let sign = self.peek();
        let number = self.after(&sign);
        let signed = matches!(sign.tok, Tok::Plus | Tok::Hyphen | Tok::Dash);
        if !signed || !matches!(number.tok, Tok::Number(_)) {
            return Ok(PaceOffset::None);
        }
        self.take(&sign);
        let base = self.slice(start, sign.start).trim_end();
        let first = self.figure()?;
        let mark = self.peek();
        let mut second = first;
        if is_range(&mark.tok) && matches!(self.after(&mark).tok, Tok::Number(_)) {
            self.take(&mark);
            second = self.figure()?;
        }
        let next = self.peek();
        if next.tok == Tok::Percent {
            self.take(&next);
            return Err(self.percent_offset(start..sign.start, first.value, sign.tok == Tok::Plus));
        }
        let Some((seconds, unit)) = self.offset_unit(first.clock) else {
            return Err(self.missing_offset_unit(start, sign.start));
        };
        let factor = if sign.tok == Tok::Plus { seconds } else { -seconds };
        let (a, b) = (first.value * factor, second.value * factor);
        if a.abs().max(b.abs()) > FURTHEST_OFFSET {
            return Err(self.fail(start..self.at, PaceProblem::OffsetTooFar { base }));
        }
        Ok(PaceOffset::Seconds(a, b, unit))
    }

    /// Takes `s/mi` and returns the seconds of its time unit and its pace unit. After a clock such as `1:30` there
    /// is no time unit.
    fn offset_unit(&mut self, clock: bool) -> Option<(f64, PaceUnit)> {
        let mut slash = self.peek();
        let seconds = match slash.tok {
            Tok::DoublePrime => 1.0,
            Tok::Prime => 60.0,
            Tok::Word => f64::from(lexicon::lookup(self.text_of(&slash), |m| match m {
                WordMeaning::Time(seconds) => Some(seconds),
                _ => None,
            })?),
            _ => 1.0,
        };
        let timed = slash.tok != Tok::Slash;
        if timed == clock {
            return None;
        }
        if timed {
            slash = self.after(&slash);
        }
        if slash.tok != Tok::Slash {
            return None;
        }
        let token = self.after(&slash);
        let unit = self.pace_unit(&token)?;
        self.take(&token);
        Some((seconds, unit))
    }

    fn percent_offset(&mut self, name: Range<usize>, percent: f64, slower: bool) -> Reported {
        let base = self.slice(name.start, name.end).trim_end();
        let speed = if slower { 100.0 - percent } else { 100.0 + percent };
        let written = self.slice(name.start, self.at);
        self.fail(name.start..self.at, PaceProblem::PercentOffset { written, base, speed })
    }

    /// Reports an offset without its unit. The named pace stands from `start` to `sign`.
    fn missing_offset_unit(&mut self, start: usize, sign: usize) -> Reported {
        let next = self.peek();
        let written = self.slice(start, self.at).trim_end();
        if next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("k") {
            self.take(&next);
            let base = self.slice(start, sign).trim_end();
            return self.fail(start..self.at, PaceProblem::RangeOfRacePaces { base });
        }
        self.fail(start..self.at, PaceProblem::OffsetWithoutUnit { written })
    }
}
