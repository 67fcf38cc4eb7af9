//! Steps.

use super::{ParseResult, Parser, Reported, parse_time};
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::language::document::{EndLine, PaceLine, PaceOffset, Spanned, StepLine, TargetLine};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, NamedTarget, WordMeaning};
use crate::workout::language::messages::step::StepProblem;
use crate::workout::language::notation::Notation;

/// A placeholder for an end whose problem was reported.
const ANY_END: EndLine = EndLine::Time { upper: Millis::from_secs(1), lower: None };

impl Parser<'_> {
    /// Parses a step. A step that cannot be read is reported and skipped, so the items after it are still read.
    pub(crate) fn step(&mut self, between: bool) -> StepLine {
        let start = self.peek().start;
        let mut step = StepLine {
            kind: None,
            end: ANY_END,
            until: None,
            targets: Vec::new(),
            incline: None,
            cues: Vec::new(),
            span: 0..0,
        };
        let read = self.step_end(&mut step, between).and_then(|()| self.targets(&mut step, between));
        if read.is_err() {
            self.skip_step();
        } else {
            self.reject_misplaced_pace(&step, start);
        }
        step.span = self.since(start);
        self.note_run(&step, start);
        step.cues = self.cues();
        step
    }

    /// Reports `12 reps 5K` and `/ 95% 5K`, in the step that begins at `start`.
    fn reject_misplaced_pace(&mut self, step: &StepLine, start: usize) {
        let pace = step.targets.iter().find(|target| match &target.value {
            TargetLine::Pace(PaceLine::Named { base, .. }, None) => base.rank() > NamedTarget::Easy.rank(),
            target => matches!(target, TargetLine::Pace(..)),
        });
        let Some(pace) = pace.map(|target| target.span.clone()) else { return };
        match step.end {
            EndLine::Reps { .. } => {
                self.report(Diagnostic::new(pace, StepProblem::PacedReps));
            }
            EndLine::Share { .. } => {
                let span = self.since(start).start..pace.end;
                self.report(Diagnostic::new(span, StepProblem::PacedShare));
            }
            _ => {}
        }
    }

    /// Parses the kind and the end.
    fn step_end(&mut self, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let first = self.peek();
        if let Some((kind, end)) = self.phrase(&first, lexicon::kind) {
            let after = self.lexer.token(end);
            let begins = |meaning| after.tok == Tok::Word && lexicon::is(self.text_of(&after), meaning);
            let open = begins(WordMeaning::Open) || begins(WordMeaning::Until);
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
            Tok::Quote(_) => {
                let words = self.text_of(&first);
                Err(self.fail(first.range(), StepProblem::WordsWithoutLength { words }))
            }
            Tok::Unknown('{') => Err(self.misplaced_braces(&first)),
            Tok::Unknown(_) => Err(self.missing_number(&first)),
            _ => {
                let found = self.found(&first);
                Err(self.fail(first.range(), StepProblem::MissingStep { found }))
            }
        }
    }

    fn worded_end(&mut self, first: &Token, step: &mut StepLine, between: bool) -> ParseResult<()> {
        if lexicon::is(self.text_of(first), WordMeaning::Until) {
            step.end = EndLine::Open;
            return Ok(());
        }
        if let Some(((), end)) = self.phrase(first, |t| lexicon::is(t, WordMeaning::Open).then_some(())) {
            self.at = end;
            step.end = EndLine::Open;
            return Ok(());
        }
        if let Some(((), end)) = self.phrase(first, |t| lexicon::is(t, WordMeaning::Full).then_some(())) {
            if !between {
                return Err(self.fail(first.start..end, StepProblem::MisplacedFullRecovery));
            }
            self.at = end;
            step.end = EndLine::Open;
            step.targets.push(self.walk(first.start));
            return Ok(());
        }
        Err(self.missing_length(first))
    }

    /// Reports a step that begins with a word other than `open`.
    fn missing_length(&mut self, first: &Token) -> Reported {
        let word = self.text_of(first);
        if lexicon::is(word, WordMeaning::Alternate) {
            return self.fail(first.range(), StepProblem::MisplacedAlternate);
        }
        let known = self.phrase(first, |t| {
            let known = lexicon::pace(t).is_some()
                || lexicon::kind(t).is_some()
                || lexicon::targets().any(|w| w.eq_ignore_ascii_case(t));
            known.then_some(())
        });
        let Some(((), end)) = known else {
            return self.unknown_word(first, lexicon::starters, |nearest| StepProblem::UnknownStart {
                word,
                nearest,
            });
        };
        let words = self.slice(first.start, end);
        let number = self.lexer.token(end);
        // The length may stand after the words. If none does, the help shows an example.
        let length_end = self.time_end(&number);
        let length = length_end.map_or("10min", |end| self.slice(number.start, end));
        let corrected = format!("{length} {words}");
        self.fail(first.start..end, StepProblem::MissingLength { corrected: &corrected });
        if let Some(end) = length_end {
            let after = self.lexer.token(end);
            let ends = matches!(
                after.tok,
                Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Bar | Tok::Slash
            ) && !self.joins_words(&after);
            if ends {
                self.fix_last(first.start..end, &corrected);
            }
        }
        Reported
    }

    /// Returns the end of the time that begins with `number`: `5min`, `5 min`, `1:30`.
    fn time_end(&self, number: &Token) -> Option<usize> {
        let is_time = |end: usize| {
            parse_time(&Notation::verbatim(self.slice(number.start, end), 0)).is_some().then_some(end)
        };
        let end = self.amount_end(number)?;
        is_time(end).or_else(|| is_time(self.lexer.token(end).end))
    }

    /// Returns the end of `number` with the units that touch it.
    fn amount_end(&self, number: &Token) -> Option<usize> {
        if !matches!(number.tok, Tok::Number(_)) {
            return None;
        }
        let mut end = number.end;
        loop {
            let next = self.lexer.token(end);
            let part =
                matches!(next.tok, Tok::Word | Tok::Number(_) | Tok::Colon | Tok::Prime | Tok::DoublePrime);
            if !part || next.start != end {
                return Some(end);
            }
            end = next.end;
        }
    }

    /// Creates the target of a walk, written from decoded byte `start` on.
    pub(crate) fn walk(&self, start: usize) -> Spanned<TargetLine> {
        let walk = PaceLine::Named { base: NamedTarget::Walk, shown: "walk", by: PaceOffset::None };
        Spanned::new(TargetLine::Pace(walk, None), self.since(start))
    }
}
