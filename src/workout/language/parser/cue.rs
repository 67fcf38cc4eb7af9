//! Cues: `| when: text`.

use super::number::{Amount, LEAST_METRES};
use super::{ParseResult, Parser};
use crate::text::cut;
use crate::units::{Distance, Millis};
use crate::workout::bounds::{LONGEST_CUE, LONGEST_METRES, SHORTEST_CUE_INTERVAL};
use crate::workout::language::document::{CueLine, CueMoment};
use crate::workout::language::lexer::Tok;
use crate::workout::language::lexicon::{self, CueWord, WordMeaning};
use crate::workout::language::messages::cue::CueProblem;
use crate::workout::sequence::CueTime;
use std::ops::Range;

impl Parser<'_> {
    /// Parses all cues that stand here.
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
            return Err(self.fail(colon.range(), CueProblem::MissingColon { found }));
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
        let cue_word = |text: &str| {
            lexicon::lookup(text, |m| match m {
                WordMeaning::Cue(word) => Some(word),
                _ => None,
            })
        };
        let Some((meaning, end)) = self.phrase(&next, cue_word) else {
            let word = self.text_of(&next);
            return Err(self.unknown_word(&next, lexicon::cue_times, |nearest| CueProblem::UnknownCueTime {
                word,
                nearest,
            }));
        };
        self.at = end;
        Ok(CueMoment::Time(match meaning {
            CueWord::Start => CueTime::At(Millis::ZERO),
            CueWord::Half => CueTime::Half,
            CueWord::End => CueTime::BeforeEnd(Millis::ZERO),
            CueWord::Every => return self.cue_interval(),
        }))
    }

    /// Parses the time or the distance after `every`.
    pub(crate) fn cue_interval(&mut self) -> ParseResult<CueMoment> {
        let start = self.peek().start;
        if let Some(distance) = self.cue_distance() {
            return Ok(CueMoment::EveryDistance(distance));
        }
        let time = self.time()?;
        if time < SHORTEST_CUE_INTERVAL {
            return Err(self.fail(start..self.at, CueProblem::CueTooOften));
        }
        Ok(CueMoment::Time(CueTime::Every(time)))
    }

    /// Parses a distance of at least 100 m, if one stands here.
    fn cue_distance(&mut self) -> Option<Distance> {
        let (at, problems) = (self.at, self.problems.len());
        match self.amount() {
            Ok(Amount::Length(metres, ..)) if (LEAST_METRES..=LONGEST_METRES).contains(&metres) => {
                Some(Distance::from_metres(metres))
            }
            _ => {
                self.at = at;
                self.problems.truncate(problems);
                None
            }
        }
    }

    /// Parses quoted text, or bare text up to the mark that ends it.
    fn cue_text(&mut self) -> ParseResult<String> {
        let first = self.peek();
        let written = match self.quoted_whole() {
            Some(inner) => inner,
            None => {
                self.at = self.bare_end(first.start);
                first.start..self.at
            }
        };
        let text = self.slice(written.start, written.end).trim();
        if text.is_empty() {
            return Err(self.fail(first.range(), CueProblem::EmptyCue));
        }
        if text.chars().nth(LONGEST_CUE).is_some() {
            return Err(self.fail(written, CueProblem::CueTooLong));
        }
        Ok(cut(text, LONGEST_CUE))
    }

    /// Takes a quote that is the whole text of the cue, and returns its inside.
    fn quoted_whole(&mut self) -> Option<Range<usize>> {
        let quote = self.peek();
        let Tok::Quote(inner) = &quote.tok else {
            return None;
        };
        let inner = inner.clone();
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

    /// Returns the end of bare text from `start` on: the next bar, comma or `)`, or a slash with a space before it.
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
