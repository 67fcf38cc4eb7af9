//! Offsets from named paces: `MP+90s/mi`.

use super::number::is_range;
use super::{ParseResult, Parser, Reported};
use crate::text::quoted;
use crate::units::{PaceUnit, trimmed};
use crate::workout::language::document::{NamedEnd, PaceLine, PaceOffset};
use crate::workout::language::lexer::Tok;
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::{NamedTarget, WordMeaning};

/// The furthest that a pace may be from its base, in seconds.
const FURTHEST_OFFSET: f64 = 1200.0;

impl Parser<'_> {
    /// `-5K` behind a named pace: a range between the two, where it stands here.
    pub(crate) fn named_range(&mut self, first: NamedEnd) -> ParseResult<Option<PaceLine>> {
        let mark = self.peek();
        if !is_range(&mark.tok) {
            return Ok(None);
        }
        let next = self.after(&mark);
        let second = match next.tok {
            Tok::Number(value) => {
                let unit = self.after(&next);
                let race = unit.tok == Tok::Word && self.text_of(&unit).eq_ignore_ascii_case("k");
                race.then(|| lexicon::pace(&format!("{}K", trimmed(value, 3))).map(|pace| (pace, unit.end)))
                    .flatten()
            }
            Tok::Word => self.phrase(&next, lexicon::pace),
            _ => None,
        };
        let Some(((base, shown), end)) = second else { return Ok(None) };
        self.at = end;
        let still = |named: NamedTarget| matches!(named, NamedTarget::Rest | NamedTarget::AllOut);
        if still(first.base) || still(base) || first.base == base {
            let message = "a range stands between two paces".to_string();
            let help = "write both ends as paces, like `10K-5K` or `easy-steady`".to_string();
            return Err(self.fail((mark.start, end), message, "no pace of its own", help));
        }
        self.fillers();
        Ok(Some(PaceLine::Between(first, NamedEnd { base, shown })))
    }

    /// `+90s/mi` behind a named pace that begins at `start`, where it stands here.
    pub(crate) fn offset(&mut self, start: usize) -> ParseResult<PaceOffset> {
        let sign = self.peek();
        let number = self.after(&sign);
        let signed = matches!(sign.tok, Tok::Plus | Tok::Hyphen | Tok::Dash);
        if !signed || !matches!(number.tok, Tok::Number(_)) {
            return Ok(PaceOffset::None);
        }
        self.take(&sign);
        let name = self.slice(start, sign.start).trim_end().to_string();
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
            return Err(self.percent_offset((start, sign.start), first.value, sign.tok == Tok::Plus));
        }
        let Some((seconds, unit)) = self.offset_unit(first.clock) else {
            return Err(self.no_offset_unit(start, &name));
        };
        let factor = if sign.tok == Tok::Plus { seconds } else { -seconds };
        let (a, b) = (first.value * factor, second.value * factor);
        if a.abs().max(b.abs()) > FURTHEST_OFFSET {
            let help = format!("write less than 20 minutes, like `{name}+90s/mi`");
            return Err(self.fail((start, self.at), "this is far from that pace".into(), "too far", help));
        }
        Ok(PaceOffset::Seconds(a, b, unit))
    }

    /// `s/mi`, taken: the seconds of the first and the unit of the second. After `1:30` the first is left out.
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

    fn percent_offset(&mut self, name: (usize, usize), percent: f64, slower: bool) -> Reported {
        let base = self.slice(name.0, name.1).trim_end();
        let speed = if slower { 100.0 - percent } else { 100.0 + percent };
        let message = format!("{} is not read", quoted(self.slice(name.0, self.at)));
        let help = format!("a percentage of its speed stands in front: `{}% {base}`", trimmed(speed, 1));
        self.fail((name.0, self.at), message, "per cent of the pace or of the speed?", help)
    }

    fn no_offset_unit(&mut self, start: usize, name: &str) -> Reported {
        let next = self.peek();
        let written = self.slice(start, self.at).trim_end().to_string();
        if next.tok == Tok::Word && self.text_of(&next).eq_ignore_ascii_case("k") {
            self.take(&next);
            let help = format!("for a ramp write `{name} -> 10K`; for a difference `{name}+15s/km`");
            return self.fail((start, self.at), "a range of race paces".into(), "not read", help);
        }
        let help = format!("write `{written}s/km` or `{written}s/mi`");
        self.fail(
            (start, self.at),
            format!("{} has no unit", quoted(&written)),
            "seconds for each what?",
            help,
        )
    }
}
