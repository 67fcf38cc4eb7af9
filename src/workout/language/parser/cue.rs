//! Cues: `| when: text`.

use super::number::{Amount, LEAST_METRES};
use super::{LONGEST_CUE, ParseResult, Parser};
use crate::text::{cut, quoted};
use crate::units::{Distance, Millis};
use crate::workout::language::document::{CueLine, CueMoment};
use crate::workout::language::lexer::Tok;
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::{CueWord, WordMeaning};
use crate::workout::sequence::CueTime;

/// A cue repeats at most once in this time.
const MOST_OFTEN: Millis = Millis::from_secs(1);

impl Parser<'_> {
    /// All cues that stand here.
    pub(crate) fn cues(&mut self) -> Vec<CueLine> {
        let mut cues = Vec::new();
        while self.eat(&Tok::Bar).is_some() {
            match self.cue() {
                Ok(cue) => cues.push(cue),
                Err(_) => self.skip_step(),
            }
        }
        cues
    }

    fn cue(&mut self) -> ParseResult<CueLine> {
        let start = self.peek().start;
        let when = self.cue_time()?;
        let span = self.since(start);
        let colon = self.peek();
        if colon.tok != Tok::Colon {
            let found = self.found(&colon);
            let help = "write when and what, like `| half: relax your shoulders`".to_string();
            let message = format!("{found} where the cue's text should follow");
            return Err(self.fail((colon.start, colon.end), message, "a colon is missing", help));
        }
        self.take(&colon);
        let text = self.cue_text()?;
        Ok(CueLine { when, text, span })
    }

    pub(crate) fn cue_time(&mut self) -> ParseResult<CueMoment> {
        let next = self.peek();
        match next.tok {
            Tok::Number(_) => {
                return Ok(match self.cue_distance() {
                    Some(distance) => CueMoment::AtDistance(distance),
                    None => CueMoment::Time(CueTime::At(self.moment()?)),
                });
            }
            Tok::Hyphen => {
                self.take(&next);
                return Ok(match self.cue_distance() {
                    Some(distance) => CueMoment::BeforeEnd(distance),
                    None => CueMoment::Time(CueTime::BeforeEnd(self.moment()?)),
                });
            }
            _ => {}
        }
        let word = |text: &str| {
            lexicon::lookup(text, |m| match m {
                WordMeaning::Cue(word) => Some(word),
                _ => None,
            })
        };
        let Some((meaning, end)) = self.phrase(&next, word) else {
            let text = self.text_of(&next);
            let otherwise = "write `start`, `half`, `end`, a time like `5min`, `-60s`, or `every 5min`";
            let said = (format!("{} does not say when", quoted(text)), "a cue's time is needed here");
            return Err(self.unknown_word(&next, said, lexicon::cue_times, otherwise));
        };
        self.at = end;
        Ok(CueMoment::Time(match meaning {
            CueWord::Start => CueTime::At(Millis::ZERO),
            CueWord::Half => CueTime::Half,
            CueWord::End => CueTime::BeforeEnd(Millis::ZERO),
            CueWord::Every => {
                let start = self.peek().start;
                if let Some(distance) = self.cue_distance() {
                    return Ok(CueMoment::EveryDistance(distance));
                }
                let time = self.time()?;
                if time < MOST_OFTEN {
                    let help = "leave at least a second between two cues, better a minute".to_string();
                    return Err(self.fail(
                        (start, self.at),
                        "this is too often".into(),
                        "less than a second",
                        help,
                    ));
                }
                CueTime::Every(time)
            }
        }))
    }

    /// A distance from 100 m on, where one stands here.
    fn cue_distance(&mut self) -> Option<Distance> {
        let (at, problems) = (self.at, self.problems.len());
        match self.amount() {
            Ok(Amount::Length(metres, ..)) if (LEAST_METRES..=1_000_000.0).contains(&metres) => {
                Some(Distance::from_metres(metres))
            }
            _ => {
                self.at = at;
                self.problems.truncate(problems);
                None
            }
        }
    }

    /// Quoted text, or bare text up to what ends it.
    fn cue_text(&mut self) -> ParseResult<String> {
        let first = self.peek();
        let (start, end) = match self.quoted_whole() {
            Some(inner) => inner,
            None => {
                let end = self.bare_end(first.start);
                self.at = end;
                (first.start, end)
            }
        };
        let text = self.slice(start, end).trim();
        if text.is_empty() {
            let help = "write what to say, like `| half: relax your shoulders`".to_string();
            return Err(self.fail(
                (first.start, first.end),
                "a cue without text".into(),
                "nothing to say",
                help,
            ));
        }
        if text.chars().nth(LONGEST_CUE).is_some() {
            let message = format!("a cue is longer than {LONGEST_CUE} characters");
            let help = "shorten it to what you can read while running".to_string();
            return Err(self.fail((start, end), message, "too long", help));
        }
        Ok(cut(text, LONGEST_CUE))
    }

    /// The inside of a quote, taken, where nothing else stands in the cue.
    fn quoted_whole(&mut self) -> Option<(usize, usize)> {
        let quote = self.peek();
        let Tok::Quote(inner) = &quote.tok else {
            return None;
        };
        let inner = (inner.start, inner.end);
        let after = self.after(&quote);
        let ends =
            matches!(after.tok, Tok::Bar | Tok::Comma | Tok::Close | Tok::Slash | Tok::Newline | Tok::End);
        let leg_ends =
            self.leg && after.tok == Tok::Word && lexicon::is(self.text_of(&after), WordMeaning::For);
        (ends || leg_ends).then(|| {
            self.take(&quote);
            inner
        })
    }

    /// Where bare text from `start` on ends: at the next bar, comma or `)`, or at a slash with a space before it.
    fn bare_end(&self, start: usize) -> usize {
        let rest = self.lexer.rest(start);
        let mut after_space = true;
        for (i, c) in rest.char_indices() {
            if matches!(c, '|' | ',' | ')' | '\n') || (c == '/' && after_space) {
                return start + i;
            }
            after_space = c.is_whitespace();
        }
        start + rest.len()
    }
}
