//! Steps.

use super::{ParseResult, Parser, Reported, parse_time};
use crate::text::quoted;
use crate::units::Millis;
use crate::workout::language::document::{EndLine, PaceLine, PaceOffset, Spanned, StepLine, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::{NamedTarget, WordMeaning};
use crate::workout::language::notation::Notation;

/// What stands for an end whose problem has been reported.
const ANY_END: EndLine = EndLine::Time { upper: Millis::from_secs(1), lower: None };

impl Parser<'_> {
    /// A step. Where it cannot be read its problem is reported and it is skipped, so that what follows is read.
    pub(crate) fn step(&mut self, between: bool) -> StepLine {
        let start = self.peek().start;
        let mut step = StepLine {
            kind: None,
            end: ANY_END,
            targets: Vec::new(),
            incline: None,
            cues: Vec::new(),
            span: 0..0,
        };
        let read = self.step_end(&mut step, between).and_then(|()| self.targets(&mut step, between));
        if read.is_err() {
            self.skip_step();
        }
        step.span = self.since(start);
        step.cues = self.cues();
        step
    }

    /// The kind and the end.
    fn step_end(&mut self, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let first = self.peek();
        if let Some((kind, end)) = self.phrase(&first, lexicon::kind) {
            let after = self.lexer.token(end);
            let open = after.tok == Tok::Word && lexicon::is(self.text_of(&after), WordMeaning::Open);
            if open || matches!(after.tok, Tok::Number(_) | Tok::Unknown(_)) {
                step.kind = Some(kind);
                self.at = end;
            }
        }
        let first = self.peek();
        match first.tok {
            Tok::Number(_) => {
                step.end = match self.special_end(between)? {
                    Some(end) => end,
                    None => {
                        let end = self.length()?;
                        self.whichever_first(end)?
                    }
                };
                Ok(())
            }
            Tok::Word => self.worded_end(&first, step, between),
            Tok::Quote(_) => Err(self.fail(
                (first.start, first.end),
                "a step begins with how long it lasts".into(),
                "these words stand alone",
                format!("write the length first, like `30s {}`", self.text_of(&first)),
            )),
            Tok::Unknown('{') => Err(self.braces(&first)),
            Tok::Unknown(_) => Err(self.no_number(&first)),
            _ => {
                let found = self.found(&first);
                let help = "write a step like `5min easy` or `8×60s hard / 60s easy`".to_string();
                Err(self.fail(
                    (first.start, first.end),
                    format!("{found} where a step should stand"),
                    "no step",
                    help,
                ))
            }
        }
    }

    fn worded_end(&mut self, first: &Token, step: &mut StepLine, between: bool) -> ParseResult<()> {
        if let Some(((), end)) = self.phrase(first, |t| lexicon::is(t, WordMeaning::Open).then_some(())) {
            self.at = end;
            step.end = EndLine::Open;
            return Ok(());
        }
        if let Some(((), end)) = self.phrase(first, |t| lexicon::is(t, WordMeaning::Full).then_some(())) {
            if !between {
                let help = "`full recovery` stands after a slash; elsewhere write `open walk`".to_string();
                let message = "a full recovery stands between reps".to_string();
                return Err(self.fail((first.start, end), message, "between what?", help));
            }
            self.at = end;
            step.end = EndLine::Open;
            step.targets.push(self.walk(first.start));
            return Ok(());
        }
        Err(self.no_length(first))
    }

    /// Reports a step that begins with a word that is no length.
    fn no_length(&mut self, first: &Token) -> Reported {
        let text = self.text_of(first);
        let known = self.phrase(first, |t| {
            let known = lexicon::pace(t).is_some()
                || lexicon::kind(t).is_some()
                || lexicon::targets().any(|w| w.eq_ignore_ascii_case(t));
            known.then_some(())
        });
        if lexicon::is(text, WordMeaning::Alternate) {
            let help = "put it in brackets: `(alternate 1min hard / 1min easy for 15min)`".to_string();
            return self.fail(
                (first.start, first.end),
                "`alternate` cannot stand here".into(),
                "a step is needed",
                help,
            );
        }
        let Some(((), end)) = known else {
            let otherwise =
                "a step begins with how long it lasts, like `5min easy`, `400m fast` or `open walk`";
            let said =
                (format!("{} where a step should begin", quoted(text)), "neither a time nor a distance");
            return self.unknown_word(first, said, lexicon::starters, otherwise);
        };
        let word = self.slice(first.start, end);
        let number = self.lexer.token(end);
        // The length may stand behind the word. Where none does, the help has one that is only an example.
        let behind = self.time_behind(&number);
        let swapped = format!("{} {word}", behind.map_or("10min", |behind| self.slice(number.start, behind)));
        let help = format!("write the length first: `{swapped}`");
        let message = "a step begins with how long it lasts".to_string();
        self.fail((first.start, end), message, "how long?", help);
        if let Some(behind) = behind {
            let after = self.lexer.token(behind);
            let ends = matches!(
                after.tok,
                Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Bar | Tok::Slash
            ) && !self.joins_words(&after);
            self.mend((first.start, behind), ends.then_some(swapped));
        }
        Reported
    }

    /// Where the time that begins with `number` ends, if it is one: `5min`, `5 min`, `1:30`.
    fn time_behind(&self, number: &Token) -> Option<usize> {
        let is_time = |end: usize| {
            parse_time(&Notation::verbatim(self.slice(number.start, end), 0)).is_some().then_some(end)
        };
        let end = number.start + self.length_behind(number)?.len();
        is_time(end).or_else(|| is_time(self.lexer.token(end).end))
    }

    /// The number and unit that stand at `number`.
    fn length_behind(&self, number: &Token) -> Option<&str> {
        if !matches!(number.tok, Tok::Number(_)) {
            return None;
        }
        let mut end = number.end;
        loop {
            let next = self.lexer.token(end);
            let part =
                matches!(next.tok, Tok::Word | Tok::Number(_) | Tok::Colon | Tok::Prime | Tok::DoublePrime);
            if !part || next.start != end {
                return Some(self.slice(number.start, end));
            }
            end = next.end;
        }
    }

    /// A walk, written from decoded byte `start` on.
    pub(crate) fn walk(&self, start: usize) -> Spanned<TargetLine> {
        let walk = PaceLine::Named { base: NamedTarget::Walk, shown: "walk", by: PaceOffset::None };
        Spanned::new(TargetLine::Pace(walk, None), self.since(start))
    }
}
