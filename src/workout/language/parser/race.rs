//! Race paces whose names begin with a number: `5K`, `10 mile`, `1500`.

use super::number::is_range;
use super::{ParseResult, Parser};
use crate::units::trimmed;
use crate::workout::language::document::{NamedEnd, PaceLine, PaceOffset};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::pace::PaceProblem;

/// Races whose name is a number and nothing else, in metres.
const BARE_RACES: [f64; 2] = [800.0, 1500.0];
/// Words that make a number something other than a race.
const UNITS: [&str; 8] = ["k", "x", "bpm", "kmh", "kph", "mph", "rep", "reps"];

/// A race pace and where its name ends.
pub(crate) struct RacePace {
    pub(crate) pace: NamedEnd,
    pub(crate) end: usize,
}

impl Parser<'_> {
    /// Finds the race pace whose name begins with `number`.
    pub(crate) fn race_pace(&self, number: &Token) -> Option<RacePace> {
        let Tok::Number(value) = number.tok else { return None };
        let mut unit = self.after(number);
        let found = |name: &str, end: usize| {
            let (base, shown) = lexicon::pace(name)?;
            Some(RacePace { pace: NamedEnd { base, shown }, end })
        };
        if BARE_RACES.contains(&value) && !self.is_unit(&unit) {
            return found(&trimmed(value, 0), number.end);
        }
        if unit.tok == Tok::Hyphen && Self::touch(number, &unit) {
            let next = self.after(&unit);
            if next.tok != Tok::Word || !self.text_of(&next).eq_ignore_ascii_case("mile") {
                return None;
            }
            unit = next;
        }
        if unit.tok != Tok::Word {
            return None;
        }
        let word = self.text_of(&unit);
        match word.to_ascii_lowercase().as_str() {
            "k" => found(&format!("{}K", trimmed(value, 3)), unit.end),
            "mile" => found(&format!("{} mile", trimmed(value, 3)), unit.end),
            _ => None,
        }
    }

    /// Finds a range whose first race lacks its `K`, as in `5-10K`.
    pub(crate) fn race_range(&self, number: &Token) -> Option<(NamedEnd, RacePace)> {
        let Tok::Number(value) = number.tok else { return None };
        let mark = self.after(number);
        let upper = self.after(&mark);
        if !is_range(&mark.tok) || self.after(&upper).tok != Tok::Word {
            return None;
        }
        let (base, shown) = lexicon::pace(&format!("{}K", trimmed(value, 3)))?;
        let second = self.race_pace(&upper).filter(|race| race.pace.shown.ends_with('K'))?;
        (second.pace.base != base).then_some((NamedEnd { base, shown }, second))
    }

    /// True if `token` gives the number before it a unit.
    fn is_unit(&self, token: &Token) -> bool {
        match token.tok {
            Tok::Percent | Tok::Prime | Tok::DoublePrime | Tok::Times | Tok::Colon => true,
            Tok::Slash => self.joins_words(token),
            Tok::Word => {
                let word = self.text_of(token);
                let is_unit = |m| {
                    matches!(m, WordMeaning::Time(_) | WordMeaning::Length(_) | WordMeaning::Ambiguous)
                        .then_some(())
                };
                UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word))
                    || lexicon::lookup(word, is_unit).is_some()
            }
            _ => false,
        }
    }

    /// Parses what follows the race pace that begins at `start`: the other end of a range, or an offset. `by` is the
    /// percentage written before it.
    pub(crate) fn race(&mut self, race: RacePace, by: PaceOffset, start: usize) -> ParseResult<PaceLine> {
        let RacePace { pace: NamedEnd { base, shown }, end } = race;
        self.at = end;
        if by != PaceOffset::None {
            self.fillers();
            return Ok(PaceLine::Named { base, shown, by });
        }
        if let Some(range) = self.named_range(NamedEnd { base, shown })? {
            return Ok(range);
        }
        self.fillers();
        let by = self.offset(start)?;
        Ok(PaceLine::Named { base, shown, by })
    }

    /// Reports `8K`, written from `start` on, which is no race that is known.
    pub(crate) fn unknown_race<T>(&mut self, start: usize) -> ParseResult<T> {
        let written = self.slice(start, self.at);
        Err(self.fail(start..self.at, PaceProblem::UnknownRacePace { written }))
    }
}
