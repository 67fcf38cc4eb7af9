//! Numbers with their units: times, clocks, distances.

use super::{ParseResult, Parser, Reported};
use crate::text::quoted;
use crate::units::Millis;
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::WordMeaning;

/// The longest time that anything may last.
pub(crate) const LONGEST: Millis = Millis::from_secs(24 * 3600);
/// `m` means metres from here on.
pub(crate) const LEAST_METRES: f64 = 100.0;

/// A number with what follows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A number alone.
    Bare(f64),
    /// Seconds, and the seconds of its first unit; a clock's `1:30` has none.
    Time(f64, Option<f64>),
    /// Metres, and the metres of its unit; `true` where it was written as `m`.
    Length(f64, f64, bool),
}

/// True for a mark that stands between the two ends of a range.
pub(crate) fn is_range(tok: &Tok) -> bool {
    matches!(tok, Tok::Hyphen | Tok::Dash | Tok::Dots)
}

impl Parser<'_> {
    /// A single time.
    pub(crate) fn time(&mut self) -> ParseResult<Millis> {
        let start = self.peek().start;
        let amount = self.amount()?;
        self.time_of(amount, start)
    }

    /// A distance in time from a step's start or end, which may be none.
    pub(crate) fn moment(&mut self) -> ParseResult<Millis> {
        let start = self.peek().start;
        match self.amount()? {
            Amount::Time(seconds, _) if Millis::from_secs_f64(seconds) == Millis::ZERO => Ok(Millis::ZERO),
            amount => self.time_of(amount, start),
        }
    }

    /// The time that `amount`, written from `start` on, is.
    fn time_of(&mut self, amount: Amount, start: usize) -> ParseResult<Millis> {
        match amount {
            Amount::Time(seconds, _) => self.bounded(seconds, start),
            Amount::Length(metres, _, true) if metres < LEAST_METRES => Err(self.which_m(start)),
            Amount::Length(..) => {
                let help = "write a time, like `90s`, `5min` or `1:30`".to_string();
                Err(self.fail((start, self.at), "this is a distance".into(), "a time is needed here", help))
            }
            Amount::Bare(_) => Err(self.no_unit(start)),
        }
    }

    /// A time from above nothing to the longest.
    pub(crate) fn bounded(&mut self, seconds: f64, start: usize) -> ParseResult<Millis> {
        let time = Millis::from_secs_f64(seconds);
        if time == Millis::ZERO {
            let help = "write how long it lasts, like `60s`".to_string();
            return Err(self.fail((start, self.at), "this lasts no time at all".into(), "nothing", help));
        }
        if time > LONGEST {
            let help = "a workout lasts at most 24 hours".to_string();
            return Err(self.fail((start, self.at), "this is longer than 24 hours".into(), "too long", help));
        }
        Ok(time)
    }

    /// A number with its unit, where it has one.
    pub(crate) fn amount(&mut self) -> ParseResult<Amount> {
        let number = self.peek();
        let Tok::Number(value) = number.tok else {
            return Err(self.no_number(&number));
        };
        self.take(&number);
        let next = self.peek();
        if self.odd_number(&number, &next).is_err() {
            let at = (number.start, self.at);
            let written = self.slice(at.0, at.1);
            // Only a length leaves no doubt that it is not the end of one step and the start of the next.
            if next.tok == Tok::Comma && written.ends_with(char::is_alphabetic) {
                let digits = self.after(&next);
                let point = if self.is_thousands(&digits, &self.after(&digits)) { "" } else { "." };
                self.mend(at, Some(written.replacen(',', point, 1)));
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
            let n = self.text_of(number);
            let help = format!("write `{n}mi` for miles, `{n}m` for metres or `{n}min` for minutes");
            let message = format!("`{n}M` could be miles, metres or minutes");
            return Err(self.fail((number.start, word.end), message, "which unit?", help));
        }
        if text.eq_ignore_ascii_case("k") {
            return Err(self.race_pace_first(number, word));
        }
        let meaning = lexicon::lookup(text, |m| match m {
            WordMeaning::Time(_) | WordMeaning::Length(_) | WordMeaning::Ambiguous => Some(m),
            _ => None,
        });
        match meaning {
            Some(WordMeaning::Time(unit)) => {
                if unit == 60 {
                    self.no_decimal_clock(number.start, "", "min")?;
                }
                self.compound(word, value, f64::from(unit))
            }
            Some(WordMeaning::Length(unit)) => {
                self.take(word);
                Ok(Amount::Length(value * unit, unit, false))
            }
            Some(_) => {
                let after = self.after(word);
                // `2m30s` leaves no doubt.
                if Self::touch(word, &after) && self.time_unit(&after).is_some() {
                    return self.compound(word, value, 60.0);
                }
                self.take(word);
                Ok(Amount::Length(value, 1.0, true))
            }
            None => Ok(Amount::Bare(value)),
        }
    }

    /// Reports `4.30/km` and `2.30min`: minutes and seconds to some, a decimal number to others.
    pub(crate) fn no_decimal_clock(&mut self, start: usize, mark: &str, unit: &str) -> ParseResult<()> {
        let rest = self.lexer.rest(self.lexer.skip_spaces(start));
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let written = &rest[..end];
        let Some((minutes, decimals)) = written.split_once('.') else { return Ok(()) };
        let clock = decimals.len() == 2
            && !["25", "50", "75"].contains(&decimals)
            && decimals.parse::<u32>().is_ok_and(|seconds| seconds < 60);
        let Ok(value) = written.parse::<f64>() else { return Ok(()) };
        if !clock {
            return Ok(());
        }
        let seconds = (value * 60.0).round() as u64;
        let decimal = format!("{}:{:02}", seconds / 60, seconds % 60);
        let unit_of =
            |clock: &str| if mark.is_empty() { clock.to_string() } else { format!("{clock}{mark}{unit}") };
        let (first, second) = (unit_of(&format!("{minutes}:{decimals}")), unit_of(&decimal));
        let message = format!("`{written}{mark}{unit}` could be {minutes}:{decimals} or {decimal}");
        let help = format!("write `{first}` or `{second}`");
        Err(self.fail((start, start + end), message, "a point, or a colon?", help))
    }

    /// The seconds of the unit behind the number at `number`, and the token that says so.
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

    /// What follows the first unit of a time: the `30s` of `2min 30s`, the `30` of `1h30`.
    fn compound(&mut self, unit: &Token, value: f64, seconds: f64) -> ParseResult<Amount> {
        self.take(unit);
        let (mut total, mut smallest, mut last) = (value * seconds, seconds, unit.clone());
        while smallest > 1.0 {
            let number = self.peek();
            let Tok::Number(value) = number.tok else { break };
            let touches = Self::touch(&last, &number);
            match self.time_unit(&number) {
                // `5min 10 m…` is not one time; an `m` belongs to hours only where it touches.
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

    /// True where nothing touches the end of `token` that would change what it means.
    fn ends_here(&self, token: &Token) -> bool {
        let after = self.after(token);
        !Self::touch(token, &after)
            || matches!(after.tok, Tok::Comma | Tok::Close | Tok::Slash | Tok::Bar | Tok::Newline | Tok::End)
            || is_range(&after.tok)
    }

    /// `1:30` or `1:02:30`, whose first number has been taken; in seconds.
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
                let message = format!("{} is not a time", quoted(self.slice(first.start, part.end)));
                let help = "write minutes and two digits of seconds, like `1:30`, or `1:02:30`".to_string();
                return Err(self.fail((first.start, part.end), message, "00 to 59 after the colon", help));
            }
            seconds = seconds * 60.0 + value;
        }
        Ok(seconds)
    }

    /// Reports `1,5` and `1½`.
    pub(crate) fn odd_number(&mut self, number: &Token, next: &Token) -> ParseResult<()> {
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
            let message = format!("{} has a comma in it", quoted(written));
            let (meant, label) = match thousands {
                true => (written.replacen(',', "", 1), "a comma for thousands?"),
                false => (written.replacen(',', ".", 1), "a decimal comma?"),
            };
            let help = format!("write `{meant}`; a comma stands between two steps");
            return Err(self.fail((number.start, end), message, label, help));
        }
        if let Tok::Unknown(c) = next.tok {
            self.fraction_mark(c, next)?;
        }
        Ok(())
    }

    /// True where the digits `behind` a comma are the last three of a number of metres: `1,000m`. Of kilometres
    /// nobody writes thousands.
    fn is_thousands(&self, behind: &Token, unit: &Token) -> bool {
        let metres =
            |m: WordMeaning| matches!(m, WordMeaning::Ambiguous | WordMeaning::Length(1.0)).then_some(());
        let digits = self.text_of(behind);
        digits.len() == 3
            && digits.bytes().all(|b| b.is_ascii_digit())
            && unit.tok == Tok::Word
            && lexicon::lookup(self.text_of(unit), metres).is_some()
    }

    fn fraction_mark(&mut self, c: char, at: &Token) -> ParseResult<()> {
        let decimal = match c {
            '½' => ".5",
            '¼' => ".25",
            '¾' => ".75",
            '⅓' => ".33",
            '⅔' => ".67",
            _ => return Ok(()),
        };
        self.take(at);
        let help = format!("write it with a point: `0{decimal}km`, `1{decimal}mi`");
        self.fail((at.start, at.end), format!("`{c}` is not read"), "a fraction in one sign", help);
        let before = self.slice(0, at.start);
        // Thirds have no exact decimals; of a number with a point in it half is not clear.
        if decimal.len() <= 3 && !matches!(c, '⅓' | '⅔') && !before.ends_with(['.', ' ']) {
            let digit = before.ends_with(|c: char| c.is_ascii_digit());
            self.mend((at.start, at.end), Some(if digit { decimal.into() } else { format!("0{decimal}") }));
        }
        Err(Reported)
    }

    fn race_pace_first(&mut self, number: &Token, word: &Token) -> Reported {
        let n = self.text_of(number);
        self.take(word);
        let message = format!("`{n}K` is a race pace, not a distance");
        let help = format!("write `{n}km` for the distance; `{n}km {n}K` runs it at that pace");
        self.fail((number.start, word.end), message, "how long?", help)
    }

    pub(crate) fn which_m(&mut self, start: usize) -> Reported {
        let written = self.slice(start, self.at);
        let n = written.trim_end_matches(['m', 'M']).trim_end();
        let message = format!("{n} minutes, {n} metres or {n} miles?");
        let help = format!("write `{n}min`, `{n} metres` or `{n}mi`");
        self.fail((start, self.at), message, "`m` alone is read as metres only from 100 on", help)
    }

    /// Reports the number before the current place, which has no unit that is known.
    pub(crate) fn no_unit(&mut self, start: usize) -> Reported {
        let end = start + self.slice(start, self.at).trim_end().len();
        let n = self.slice(start, end);
        let word = self.peek();
        if word.tok == Tok::Unknown('*') {
            let message = "`*` is not read".to_string();
            let help = format!("write `{n}×` or `{n}x`, like `8×60s hard / 60s easy`");
            self.fail((word.start, word.end), message, "a repeat?", help);
            self.mend((word.start, word.end), Some("×".to_string()));
            return Reported;
        }
        if word.tok == Tok::Word {
            let text = self.text_of(&word);
            let near = crate::text::nearest(text, lexicon::units());
            let unknown = lexicon::pace(text).is_none() && lexicon::kind(text).is_none();
            if unknown && (near.is_some() || word.start == end) {
                let said = (format!("unknown unit {}", quoted(text)), "not a time or a distance");
                return self.unknown_word(
                    &word,
                    said,
                    lexicon::units,
                    "write `s`, `min`, `h`, `m`, `km` or `mi`",
                );
            }
        }
        let help = format!("write `{n}s`, `{n}min`, `{n}km` or `{n}mi`");
        self.fail((start, end), format!("{} has no unit", quoted(n)), "seconds, minutes, kilometres?", help)
    }

    /// Reports that a number is missing at `token`.
    pub(crate) fn no_number(&mut self, token: &Token) -> Reported {
        if let Tok::Unknown(c) = token.tok
            && self.fraction_mark(c, token).is_err()
        {
            return Reported;
        }
        let found = self.found(token);
        let help = "write a number with its unit, like `60s`, `5min` or `400m`".to_string();
        self.fail((token.start, token.end), format!("{found} is no number"), "a number is needed here", help)
    }
}
