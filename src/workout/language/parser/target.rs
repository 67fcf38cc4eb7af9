//! The rest of a step after its length: targets, inclines, a kind.

use super::{ParseResult, Parser, Reported};
use crate::workout::language::document::{
    EndLine, NamedEnd, PaceLine, PaceOffset, Spanned, StepLine, TargetClass, TargetLine,
};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon::{self, WordMeaning};
use crate::workout::language::messages::step::StepProblem;
use crate::workout::language::messages::target::{TargetProblem, TargetSlip};
use crate::workout::language::print;
use crate::workout::sequence::Kind;

impl Parser<'_> {
    /// Parses everything up to the mark that ends the step.
    pub(crate) fn targets(&mut self, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let mut outcome = Ok(());
        loop {
            let next = self.peek();
            match next.tok {
                Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar => return outcome,
                Tok::Word if lexicon::is(self.text_of(&next), WordMeaning::For) => return outcome,
                Tok::Word if self.at_send_off() => return outcome,
                Tok::Word if lexicon::is(self.text_of(&next), WordMeaning::Until) => {
                    self.until_line(&next, step)?;
                    continue;
                }
                _ => {}
            }
            if self.one_target(&next, step, between).is_err() {
                outcome = Err(Reported);
                // A target that was read whole and is only out of bounds does not hide the next one.
                if self.at < next.end || !self.begins_a_target() {
                    return outcome;
                }
            }
        }
    }

    fn one_target(&mut self, next: &Token, step: &mut StepLine, between: bool) -> ParseResult<()> {
        match next.tok {
            Tok::At => {
                self.take(next);
                Ok(())
            }
            Tok::Caret => self.incline(next, step),
            Tok::Word => self.worded(next, step, between),
            Tok::Number(_) => {
                let target = self.numbered()?;
                self.add(step, next.start, target)
            }
            Tok::Quote(ref inner) => {
                let target = self.quoted_words(next, inner)?;
                self.add(step, next.start, target)
            }
            _ => Err(self.unexpected_in_targets(next)),
        }
    }

    /// True if a target certainly begins here, after a space: a word of the language, or an incline's mark.
    fn begins_a_target(&mut self) -> bool {
        let next = self.peek();
        let spaced = self.lexer.skip_spaces(self.at) > self.at;
        let known = next.tok == Tok::Caret
            || next.tok == Tok::Word
                && lexicon::targets().any(|w| w.eq_ignore_ascii_case(self.text_of(&next)));
        spaced && known
    }

    /// Reports a token that cannot stand among the targets.
    fn unexpected_in_targets(&mut self, next: &Token) -> Reported {
        let slip = match next.tok {
            Tok::Unknown('{') => return self.misplaced_braces(next),
            Tok::Unclosed => TargetSlip::UnclosedQuote,
            Tok::Open => TargetSlip::Bracket,
            Tok::Arrow => TargetSlip::Arrow,
            Tok::Hyphen | Tok::Dash | Tok::Dots => TargetSlip::RangeMark,
            Tok::Times => TargetSlip::CountLast,
            _ => TargetSlip::Other,
        };
        let found = self.found(next);
        self.fail(next.range(), TargetProblem::UnexpectedInTargets { found, slip })
    }

    /// Adds a target. A step has at most one of each class, but two words of the same rank count as one.
    fn add(&mut self, step: &mut StepLine, start: usize, target: TargetLine) -> ParseResult<()> {
        let span = self.since(start);
        let class = target.class();
        if let EndLine::Distance { within: Some(_), .. } = step.end
            && class == TargetClass::Pace
            && !is_effort(&target)
        {
            return Err(self.fail(start..self.at, TargetProblem::PaceBesideIn { class }));
        }
        let Some(first) = step.targets.iter().find(|t| t.value.class() == class) else {
            // Most steps have a single target.
            step.targets.reserve_exact(1);
            step.targets.push(Spanned::new(target, span));
            return Ok(());
        };
        if same_rank(&first.value, &target) {
            return Ok(());
        }
        Err(self.fail(start..self.at, TargetProblem::DuplicateTarget { class }))
    }

    fn worded(&mut self, next: &Token, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let full = between && !matches!(step.end, EndLine::Distance { .. });
        let meaning = |text: &str| lexicon::lookup(text, |m| may_begin_target(m, full).then_some(m));
        let Some((meaning, end)) = self.phrase(next, meaning) else {
            return Err(self.unknown_target(next));
        };
        let target = match meaning {
            WordMeaning::Filler if step.targets.is_empty() && self.lacks_pace(next, step) => {
                let length = &print::length(&step.end);
                let problem = TargetProblem::FillerWithoutPace { word: self.text_of(next), length };
                return Err(self.fail(next.range(), problem));
            }
            WordMeaning::Filler | WordMeaning::At => {
                self.at = end;
                return Ok(());
            }
            WordMeaning::Incline => return self.incline(next, step),
            WordMeaning::Kind(kind) => {
                self.at = end;
                step.kind = step.kind.or(Some(kind));
                return Ok(());
            }
            WordMeaning::Full => {
                self.at = end;
                self.walk(next.start).value
            }
            WordMeaning::Ramp => {
                self.at = end;
                self.ramp(next)?
            }
            WordMeaning::Breathe => {
                self.at = end;
                self.breathe()?
            }
            WordMeaning::Rpe => {
                self.at = end;
                self.rpe()?
            }
            WordMeaning::Zone => {
                self.at = end;
                self.zone(next)?
            }
            _ => {
                let pace = self.named(next)?;
                self.optional_ramp(pace)?
            }
        };
        self.add(step, next.start, target)
    }

    /// True at `pace` or `effort` if neither stands next to the name of a pace.
    fn lacks_pace(&self, next: &Token, step: &StepLine) -> bool {
        let text = self.text_of(next);
        let named = ["pace", "effort"].iter().any(|word| word.eq_ignore_ascii_case(text));
        let timed = matches!(step.end, EndLine::Distance { within: Some(_), .. });
        let last = matches!(
            self.after(next).tok,
            Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar
        );
        named && last && !timed && !self.fragment
    }

    fn unknown_target(&mut self, next: &Token) -> Reported {
        let word = self.text_of(next);
        if word == "M" {
            return self.fail(next.range(), TargetProblem::BareM);
        }
        if lexicon::is(word, WordMeaning::In) {
            return self.fail(next.range(), TargetProblem::MisplacedIn);
        }
        if lexicon::is(word, WordMeaning::Full) {
            return self.fail(next.range(), StepProblem::MisplacedFullRecovery);
        }
        self.unknown_word(next, lexicon::targets, |nearest| TargetProblem::UnknownTarget { word, nearest })
    }

    /// Parses a named pace with its offset.
    fn named(&mut self, word: &Token) -> ParseResult<PaceLine> {
        let Some(((base, shown), end)) = self.phrase(word, lexicon::pace) else {
            return Err(self.unknown_target(word));
        };
        self.at = end;
        if let Some(range) = self.named_range(NamedEnd { base, shown })? {
            return Ok(range);
        }
        self.fillers();
        let by = self.offset(word.start)?;
        Ok(PaceLine::Named { base, shown, by })
    }

    pub(crate) fn fillers(&mut self) {
        loop {
            let next = self.peek();
            if next.tok != Tok::Word || !lexicon::is(self.text_of(&next), WordMeaning::Filler) {
                return;
            }
            self.take(&next);
        }
    }

    /// Parses the rest of `ramp A -> B`; the word `ramp` has been taken.
    fn ramp(&mut self, word: &Token) -> ParseResult<TargetLine> {
        let next = self.peek();
        let target = match next.tok {
            Tok::Number(_) => self.numbered()?,
            _ => {
                let from = self.named(&next)?;
                self.optional_ramp(from)?
            }
        };
        if matches!(target, TargetLine::Pace(_, Some(_))) {
            return Ok(target);
        }
        Err(self.fail(word.start..self.at, TargetProblem::RampWithoutEnds))
    }

    /// Parses `-> B` after `from`, if it stands here.
    pub(crate) fn optional_ramp(&mut self, from: PaceLine) -> ParseResult<TargetLine> {
        if self.eat(&Tok::Arrow).is_none() {
            return Ok(TargetLine::Pace(from, None));
        }
        let to = self.ramp_end()?;
        Ok(TargetLine::Pace(from, Some(to)))
    }

    /// Parses the pace or effort after an arrow.
    pub(crate) fn ramp_end(&mut self) -> ParseResult<PaceLine> {
        let next = self.peek();
        let end = match next.tok {
            Tok::Number(_) => self.numbered()?,
            Tok::Word if self.is_other_class(&next) => {
                self.at = self.number_end(&next);
                return Err(self.invalid_ramp_end(next.start));
            }
            Tok::Word => TargetLine::Pace(self.named(&next)?, None),
            Tok::Unknown('{') => return Err(self.misplaced_braces(&next)),
            Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar => {
                // The end of a text has nothing to underline, so the arrow is underlined.
                let before = self.slice(0, self.at).trim_end();
                let arrow = before.strip_suffix("->").or(before.strip_suffix('→')).map_or(self.at, str::len);
                return Err(self.fail(arrow..self.at, TargetProblem::MissingRampEnd));
            }
            _ => {
                self.take(&next);
                return Err(self.invalid_ramp_end(next.start));
            }
        };
        match end {
            TargetLine::Pace(to, None) => Ok(to),
            TargetLine::Pace(..) => Err(self.fail(next.start..self.at, TargetProblem::SecondRamp)),
            _ => Err(self.invalid_ramp_end(next.start)),
        }
    }

    /// True for a word that begins a target other than a pace or an effort.
    fn is_other_class(&self, word: &Token) -> bool {
        let other = |m| {
            matches!(m, WordMeaning::Zone | WordMeaning::Rpe | WordMeaning::Breathe | WordMeaning::Incline)
        };
        lexicon::lookup(self.text_of(word), |m| other(m).then_some(())).is_some()
    }

    /// Returns the end of the number after `word`, or of the word itself.
    fn number_end(&self, word: &Token) -> usize {
        let number = self.after(word);
        if matches!(number.tok, Tok::Number(_)) { number.end } else { word.end }
    }

    /// Reports the text from `start` to the current position, which cannot be the end of a ramp.
    fn invalid_ramp_end(&mut self, start: usize) -> Reported {
        let written = self.slice(start, self.at).trim_end();
        self.fail(start..self.at, TargetProblem::InvalidRampEnd { written })
    }
}

/// True for an effort, which may stand next to the pace that `in` gives. `rest` may not: standing still covers no
/// distance.
fn is_effort(target: &TargetLine) -> bool {
    match target {
        TargetLine::Pace(PaceLine::Named { base, shown, by: PaceOffset::None }, None) => {
            base.is_effort() && *shown != "threshold"
        }
        _ => false,
    }
}

fn same_rank(first: &TargetLine, second: &TargetLine) -> bool {
    let rank = |target: &TargetLine| match target {
        TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None) => Some(base.rank()),
        _ => None,
    };
    rank(first).is_some() && rank(first) == rank(second)
}

/// True for the meanings that a word after a length can have. `full` allows a full recovery.
fn may_begin_target(meaning: WordMeaning, full: bool) -> bool {
    match meaning {
        WordMeaning::Full => full,
        WordMeaning::Kind(kind) => matches!(kind, Kind::Warmup | Kind::Cooldown),
        WordMeaning::Pace(..)
        | WordMeaning::Filler
        | WordMeaning::At
        | WordMeaning::Incline
        | WordMeaning::Breathe
        | WordMeaning::Ramp
        | WordMeaning::Rpe
        | WordMeaning::Zone => true,
        _ => false,
    }
}
