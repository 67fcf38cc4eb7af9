//! Numbers with their units: times, clocks, distances.

use super::{ParseResult, Parser, Reported};
use crate::text::nearest;
use crate::units::Millis;
use crate::workout::bounds::LONGEST_WORKOUT;
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::number::NumberProblem;
use crate::workout::language::phrasing;
use crate::workout::language::print;

/// The least number that `m` is read as metres with.
pub(crate) const LEAST_METRES: f64 = 100.0;

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A number without a unit.
    Bare(f64),
    /// Seconds, and the seconds in its first unit. A clock such as `1:30` has no unit.
    Time(f64, Option<f64>),
    /// Metres, and the metres in its unit; `true` if it was written as `m`.
    Length(f64, f64, bool),
}

/// A number with two decimals that could be sixtieths: `4.30`.
struct DecimalClock<'a> {
    written: &'a str,
    whole: &'a str,
    decimals: &'a str,
    value: f64,
}

impl<'a> DecimalClock<'a> {
    /// Reads `written`. Quarters are decimals to everybody.
    fn of(written: &'a str) -> Option<Self> {
        let (whole, decimals) = written.split_once('.')?;
        let sixtieths = decimals.len() == 2
            && !["25", "50", "75"].contains(&decimals)
            && decimals.parse::<u32>().is_ok_and(|sixtieths| sixtieths < 60);
        let value = written.parse().ok()?;
        sixtieths.then_some(DecimalClock { written, whole, decimals, value })
    }
}

/// True for a mark between the two ends of a range.
pub(crate) fn is_range(tok: &Tok) -> bool {
    matches!(tok, Tok::Hyphen | Tok::Dash | Tok::Dots)
}

impl Parser<'_> {
    /// Parses a single time.
    pub(crate) fn time(&mut self) -> ParseResult<Millis> {
        let start = self.peek().start;
        let amount = self.amount()?;
        self.time_of(amount, start)
    }

    /// Parses the time between a cue and its step's start or end, which may be zero.
    pub(crate) fn moment(&mut self) -> ParseResult<Millis> {
        let start = self.peek().start;
        match self.amount()? {
            Amount::Time(seconds, _) if Millis::from_secs_f64(seconds) == Millis::ZERO => Ok(Millis::ZERO),
            amount => self.time_of(amount, start),
        }
    }

    /// Converts `amount`, written from `start` on, to a time.
    fn time_of(&mut self, amount: Amount, start: usize) -> ParseResult<Millis> {
        match amount {
            Amount::Time(seconds, _) => self.bounded(seconds, start),
            Amount::Length(metres, _, true) if metres < LEAST_METRES => Err(self.ambiguous_m(start)),
            Amount::Length(..) => Err(self.fail(start..self.at, NumberProblem::DistanceForTime)),
            Amount::Bare(_) => Err(self.missing_unit(start)),
        }
    }

    /// Checks that a time, written from `start` on, is above zero and within a workout's bound.
    pub(crate) fn bounded(&mut self, seconds: f64, start: usize) -> ParseResult<Millis> {
        let time = Millis::from_secs_f64(seconds);
        if time == Millis::ZERO {
            return Err(self.fail(start..self.at, NumberProblem::ZeroTime));
        }
        if time > LONGEST_WORKOUT {
            return Err(self.fail(start..self.at, NumberProblem::TimeTooLong));
        }
        Ok(time)
    }

    /// Parses a number with its unit, if it has one.
    pub(crate) fn amount(&mut self) -> ParseResult<Amount> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.missing_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        if self.reject_odd_number(&number, &next).is_err() {
            let at = number.start..self.at;
            let written = self.slice(at.start, at.end);
            // Without a unit the comma could stand between two steps.
            if next.tok == Tok::Comma && written.ends_with(char::is_alphabetic) {
                let digits = self.after(&next);
                let point = if self.is_thousands(&digits, &self.after(&digits)) { "" } else { "." };
                self.fix_last(at, &written.replacen(',', point, 1));
            }
            return Err(Reported);
        }
        if next.tok == Tok::Colon && Self::touch(&number, &next) {
            let after = self.after(&next);
            if matches!(after.tok, Tok::Number(_)) && Self::touch(&next, &after) {
                return self.clock(&number).map(|seconds| Amount::Time(seconds, None));
            }
        }
        match next.tok {
            Tok::Prime => self.compound(&next, value, 60.0),
            Tok::DoublePrime => self.compound(&next, value, 1.0),
            Tok::Word => self.with_word(&number, &next, value),
            _ => Ok(Amount::Bare(value)),
        }
    }

    fn with_word(&mut self, number: &Token, word: &Token, value: f64) -> ParseResult<Amount> {
        let text = self.text_of(word);
        if text == "M" {
            let problem = NumberProblem::AmbiguousCapitalM { number: self.text_of(number) };
            return Err(self.fail(number.start..word.end, problem));
        }
        if text.eq_ignore_ascii_case("k") {
            self.take(word);
            let problem = NumberProblem::RacePaceForDistance { number: self.text_of(number) };
            return Err(self.fail(number.start..word.end, problem));
        }
        let meaning = lexicon::lookup(text, |m| match m {
            WordMeaning::Time(_) | WordMeaning::Length(_) | WordMeaning::Ambiguous => Some(m),
            _ => None,
        });
        match meaning {
            Some(WordMeaning::Time(unit)) => {
                match unit {
                    60 => self.reject_decimal_clock(number.start, "", "min")?,
                    3600 => self.reject_decimal_hours(number.start)?,
                    _ => {}
                }
                self.compound(word, value, f64::from(unit))
            }
            Some(WordMeaning::Length(unit)) => {
                self.take(word);
                Ok(Amount::Length(value * unit, unit, false))
            }
            Some(_) => {
                let after = self.after(word);
                // In `2m30s` the `m` can only be minutes.
                if Self::touch(word, &after) && self.time_unit(&after).is_some() {
                    return self.compound(word, value, 60.0);
                }
                self.take(word);
                Ok(Amount::Length(value, 1.0, true))
            }
            None => Ok(Amount::Bare(value)),
        }
    }

    /// Reports `1.15h`: an hour and a quarter to some, 69 minutes to others.
    fn reject_decimal_hours(&mut self, start: usize) -> ParseResult<()> {
        let rest = self.lexer.rest(self.lexer.skip_spaces(start));
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let Some(decimal) = DecimalClock::of(&rest[..end]) else { return Ok(()) };
        let seconds = decimal.value * 3600.0;
        let problem = NumberProblem::DecimalHours {
            written: decimal.written,
            clock: &format!("{}h{}", decimal.whole, decimal.decimals),
            decimal: &print::time(Millis::from_secs_f64(seconds)),
        };
        Err(self.fail(start..start + end, problem))
    }

    /// Reports `4.30/km` and `2.30min`: minutes and seconds to some, a decimal number to others. The unit after the
    /// number is `mark` and `unit`.
    pub(crate) fn reject_decimal_clock(&mut self, start: usize, mark: &str, unit: &str) -> ParseResult<()> {
        let rest = self.lexer.rest(self.lexer.skip_spaces(start));
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let Some(DecimalClock { written, whole: minutes, decimals, value }) = DecimalClock::of(&rest[..end])
        else {
            return Ok(());
        };
        let seconds = (value * 60.0).round() as u64;
        let problem = NumberProblem::DecimalClock {
            written: &format!("{written}{mark}{unit}"),
            clock: &format!("{minutes}:{decimals}"),
            decimal: &format!("{}:{:02}", seconds / 60, seconds % 60),
            // A clock of minutes has no unit.
            unit: &if mark.is_empty() { String::new() } else { format!("{mark}{unit}") },
        };
        Err(self.fail(start..start + end, problem))
    }

    /// Returns the seconds in the time unit after `number`, and the unit's token.
    fn time_unit(&self, number: &Token) -> Option<(f64, Token)> {
        if !matches!(number.tok, Tok::Number(_)) {
            return None;
        }
        let unit = self.after(number);
        let seconds = match unit.tok {
            Tok::Prime => 60.0,
            Tok::DoublePrime => 1.0,
            Tok::Word => lexicon::lookup(self.text_of(&unit), |m| match m {
                WordMeaning::Time(seconds) => Some(f64::from(seconds)),
                WordMeaning::Ambiguous => Some(60.0),
                _ => None,
            })?,
            _ => return None,
        };
        Some((seconds, unit))
    }

    /// Parses the rest of a time after its first unit: the `30s` of `2min 30s`, the `30` of `1h30`.
    fn compound(&mut self, unit: &Token, value: f64, seconds: f64) -> ParseResult<Amount> {
        self.take(unit);
        let (mut total, mut smallest, mut last) = (value * seconds, seconds, unit.clone());
        while smallest > 1.0 {
            let number = self.peek();
            let Tok::Number(value) = number.tok else { break };
            let touches = Self::touch(&last, &number);
            match self.time_unit(&number) {
                // `5min 10 m…` is not one time: an `m` belongs to hours only if it touches them.
                Some((next, token))
                    if next < smallest && (touches || self.text_of(&token) != "m") && value < 60.0 =>
                {
                    self.take(&token);
                    (total, smallest, last) = (total + value * next, next, token);
                }
                None if touches && value < 60.0 && self.ends_here(&number) => {
                    self.take(&number);
                    total += value * smallest / 60.0;
                    break;
                }
                _ => break,
            }
        }
        Ok(Amount::Time(total, Some(seconds)))
    }

    /// True if nothing that would change the meaning of `token` touches its end.
    fn ends_here(&self, token: &Token) -> bool {
        let after = self.after(token);
        !Self::touch(token, &after)
            || matches!(after.tok, Tok::Comma | Tok::Close | Tok::Slash | Tok::Bar | Tok::Newline | Tok::End)
            || is_range(&after.tok)
    }

    /// Parses `1:30` or `1:02:30`, whose first number has been taken, as seconds.
    pub(crate) fn clock(&mut self, first: &Token) -> ParseResult<f64> {
        let mut parts = vec![first.clone()];
        while parts.len() < 3 {
            let colon = self.peek();
            let number = self.after(&colon);
            let last = parts.last().unwrap_or(first);
            let goes_on = colon.tok == Tok::Colon
                && Self::touch(last, &colon)
                && Self::touch(&colon, &number)
                && matches!(number.tok, Tok::Number(_));
            if !goes_on {
                break;
            }
            self.take(&number);
            parts.push(number);
        }
        let mut seconds = 0.0;
        for (i, part) in parts.iter().enumerate() {
            let text = self.text_of(part);
            let Tok::Number(value) = part.tok else { continue };
            let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
            let two_digits = i == 0 || (whole.len() == 2 && value < 60.0);
            if !two_digits || (!fraction.is_empty() && i + 1 < parts.len()) {
                let written = self.slice(first.start, part.end);
                return Err(self.fail(first.start..part.end, NumberProblem::InvalidClock { written }));
            }
            seconds = seconds * 60.0 + value;
        }
        Ok(seconds)
    }

    /// Reports `1,5` and `1½`.
    pub(crate) fn reject_odd_number(&mut self, number: &Token, next: &Token) -> ParseResult<()> {
        let after = self.after(next);
        let comma = next.tok == Tok::Comma
            && Self::touch(number, next)
            && Self::touch(next, &after)
            && matches!(after.tok, Tok::Number(_));
        if comma {
            let word = self.after(&after);
            let end = if word.tok == Tok::Word && Self::touch(&after, &word) { word.end } else { after.end };
            self.at = end;
            let thousands = self.is_thousands(&after, &word);
            let written = self.slice(number.start, end);
            let corrected = written.replacen(',', if thousands { "" } else { "." }, 1);
            let problem = NumberProblem::CommaInNumber { written, corrected: &corrected, thousands };
            return Err(self.fail(number.start..end, problem));
        }
        if let Tok::Unknown(c) = next.tok {
            self.reject_fraction(c, next)?;
        }
        Ok(())
    }

    /// True if the digits after a comma are the last three of a number of metres: `1,000m`. Nobody writes thousands
    /// of kilometres.
    fn is_thousands(&self, digits: &Token, unit: &Token) -> bool {
        let metres =
            |m: WordMeaning| matches!(m, WordMeaning::Ambiguous | WordMeaning::Length(1.0)).then_some(());
        let digits = self.text_of(digits);
        digits.len() == 3
            && digits.bytes().all(|b| b.is_ascii_digit())
            && unit.tok == Tok::Word
            && lexicon::lookup(self.text_of(unit), metres).is_some()
    }

    fn reject_fraction(&mut self, sign: char, at: &Token) -> ParseResult<()> {
        let decimals = match sign {
            '½' => ".5",
            '¼' => ".25",
            '¾' => ".75",
            '⅓' => ".33",
            '⅔' => ".67",
            _ => return Ok(()),
        };
        self.take(at);
        self.fail(at.range(), NumberProblem::FractionSign { sign, decimals });
        let before = self.slice(0, at.start);
        // Thirds have no exact decimals, and a half of `1.5` means nothing.
        if decimals.len() <= 3 && !matches!(sign, '⅓' | '⅔') && !before.ends_with(['.', ' ']) {
            let digit = before.ends_with(|c: char| c.is_ascii_digit());
            self.fix_last(at.range(), &if digit { decimals.to_string() } else { format!("0{decimals}") });
        }
        Err(Reported)
    }

    /// Reports `5m`, written from `start` on.
    pub(crate) fn ambiguous_m(&mut self, start: usize) -> Reported {
        let number = self.slice(start, self.at).trim_end_matches(['m', 'M']).trim_end();
        if number.parse() == Ok(0.0) {
            return self.fail(start..self.at, NumberProblem::ZeroDistance);
        }
        self.fail(start..self.at, NumberProblem::AmbiguousM { number })
    }

    /// Reports the number from `start` to the current position, whose unit is missing or unknown.
    pub(crate) fn missing_unit(&mut self, start: usize) -> Reported {
        let number = self.slice(start, self.at).trim_end();
        let end = start + number.len();
        let word = self.peek();
        if word.tok == Tok::Unknown('*') {
            self.fail(word.range(), NumberProblem::AsteriskForTimes { number });
            self.fix_last(word.range(), "×");
            return Reported;
        }
        if word.tok == Tok::Word {
            let unit = self.text_of(&word);
            // `400 rec` names a recovery.
            let is_word = phrasing::words().any(|word| word.eq_ignore_ascii_case(unit));
            let near = nearest(unit, lexicon::units()).filter(|_| !is_word);
            let unknown = lexicon::pace(unit).is_none() && lexicon::kind(unit).is_none();
            if unknown && (near.is_some() || word.start == end) {
                return self.unknown_word(&word, lexicon::units, |nearest| NumberProblem::UnknownUnit {
                    unit,
                    nearest,
                });
            }
        }
        self.fail(start..end, NumberProblem::MissingUnit { number })
    }

    /// Reports that a number is missing at `token`.
    pub(crate) fn missing_number(&mut self, token: &Token) -> Reported {
        if let Tok::Unknown(c) = token.tok
            && self.reject_fraction(c, token).is_err()
        {
            return Reported;
        }
        let found = self.found(token);
        self.fail(token.range(), NumberProblem::MissingNumber { found })
    }
}
