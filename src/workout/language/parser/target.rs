//! What stands after a step's end: targets, inclines, a kind.

use super::{ParseResult, Parser, Reported};
use crate::text::quoted;
use crate::workout::language::document::{
    EndLine, NamedEnd, PaceLine, PaceOffset, Spanned, StepLine, TargetLine,
};
use crate::workout::language::lexer::{Tok, Token};
use crate::workout::language::lexicon;
use crate::workout::language::lexicon::WordMeaning;
use crate::workout::sequence::Kind;

impl Parser<'_> {
    /// Everything up to what ends the step.
    pub(crate) fn targets(&mut self, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let mut outcome = Ok(());
        loop {
            let next = self.peek();
            match next.tok {
                Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar => return outcome,
                Tok::Word if lexicon::is(self.text_of(&next), WordMeaning::For) => return outcome,
                Tok::Word if self.at_send_off() => return outcome,
                _ => {}
            }
            if self.one_target(&next, step, between).is_err() {
                outcome = Err(Reported);
                // What was read whole and is only out of bounds does not hide what stands behind it.
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
                let target = self.quoted_words(next, (inner.start, inner.end))?;
                self.add(step, next.start, target)
            }
            _ => Err(self.no_target(next)),
        }
    }

    /// True where a target begins here behind a space, beyond doubt: a word of the language, or an incline's mark.
    fn begins_a_target(&mut self) -> bool {
        let next = self.peek();
        let spaced = self.lexer.skip_spaces(self.at) > self.at;
        let known = next.tok == Tok::Caret
            || next.tok == Tok::Word
                && lexicon::targets().any(|w| w.eq_ignore_ascii_case(self.text_of(&next)));
        spaced && known
    }

    /// Reports what cannot stand after a step's end.
    fn no_target(&mut self, next: &Token) -> Reported {
        let at = (next.start, next.end);
        let help = match next.tok {
            Tok::Unknown('{') => return self.braces(next),
            Tok::Unclosed => "close the quote on the same line",
            Tok::Open => "brackets hold steps: put a comma before them",
            Tok::Arrow => "a ramp goes between two paces or efforts, like `easy -> MP` or `6 -> 10 km/h`",
            Tok::Hyphen | Tok::Dash | Tok::Dots => {
                "a range stands between two numbers, like `5:00-5:10/km`; for a ramp write `easy -> MP`"
            }
            Tok::Times => "the count comes first: `8×60s hard / 60s easy`",
            _ => "put a comma between two steps, a bar before a cue",
        };
        let found = self.found(next);
        self.fail(
            at,
            format!("{found} is not read here"),
            "neither an effort, a pace nor a zone",
            help.into(),
        )
    }

    /// Adds a target, of which there may be one of each class. Two words of the same rank are one.
    fn add(&mut self, step: &mut StepLine, start: usize, target: TargetLine) -> ParseResult<()> {
        let span = self.since(start);
        let class = target.class();
        if let EndLine::Distance { within: Some(_), .. } = step.end
            && class == "pace or effort"
            && !is_effort(&target)
        {
            let help =
                "the time after `in` is the pace: leave one of them out; an effort, like `hard`, may stay";
            let message = format!("a second target of the same class ({class})");
            return Err(self.fail((start, self.at), message, "`in` gives the pace already", help.into()));
        }
        let Some(first) = step.targets.iter().find(|t| t.value.class() == class) else {
            // Nearly always the only one.
            step.targets.reserve_exact(1);
            step.targets.push(Spanned::new(target, span));
            return Ok(());
        };
        if same_rank(&first.value, &target) {
            return Ok(());
        }
        let help = match class {
            "pace or effort" => "leave one of them out; for a ramp write `A -> B`, for two steps put a comma",
            _ => "leave one of them out",
        };
        let message = format!("a second target of the same class ({class})");
        Err(self.fail((start, self.at), message, "there is one already", help.to_string()))
    }

    fn worded(&mut self, next: &Token, step: &mut StepLine, between: bool) -> ParseResult<()> {
        let text = self.text_of(next);
        let meaning = |text: &str| {
            lexicon::lookup(text, |m| match m {
                WordMeaning::Full if between && !matches!(step.end, EndLine::Distance { .. }) => Some(m),
                WordMeaning::Kind(Kind::Warmup | Kind::Cooldown) => Some(m),
                WordMeaning::Pace(..)
                | WordMeaning::Filler
                | WordMeaning::At
                | WordMeaning::Incline
                | WordMeaning::Breathe
                | WordMeaning::Ramp
                | WordMeaning::Rpe
                | WordMeaning::Zone => Some(m),
                _ => None,
            })
        };
        let Some((meaning, end)) = self.phrase(next, meaning) else {
            return Err(self.unknown_target(next, text));
        };
        let target = match meaning {
            WordMeaning::Filler if step.targets.is_empty() && self.says_pace(next, step) => {
                return Err(self.which_pace(next, step));
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
                self.perhaps_ramp(pace)?
            }
        };
        self.add(step, next.start, target)
    }

    /// True at `pace` or `effort` behind a length without a pace, with nothing that could be one behind it.
    fn says_pace(&self, next: &Token, step: &StepLine) -> bool {
        let text = self.text_of(next);
        let named = ["pace", "effort"].iter().any(|word| word.eq_ignore_ascii_case(text));
        let timed = matches!(step.end, EndLine::Distance { within: Some(_), .. });
        let last = matches!(
            self.after(next).tok,
            Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar
        );
        named && last && !timed && !self.fragment
    }

    fn which_pace(&mut self, next: &Token, step: &StepLine) -> Reported {
        let length = crate::workout::language::print::length(&step.end);
        let help = format!("write the pace before it: `{length} MP`, `{length} 10K` or `{length} easy`");
        let message = format!("{} without a pace", quoted(self.text_of(next)));
        self.fail((next.start, next.end), message, "which pace?", help)
    }

    fn unknown_target(&mut self, next: &Token, text: &str) -> Reported {
        let at = (next.start, next.end);
        if text == "M" {
            let help = "write `MP` for marathon pace, `mi` for miles".to_string();
            return self.fail(at, "`M` could be a pace or a unit".into(), "which?", help);
        }
        if lexicon::is(text, WordMeaning::In) {
            let help = "only a distance has a time of its own, like `400m in 90s`".to_string();
            return self.fail(at, "`in` stands behind a distance".into(), "not here", help);
        }
        if lexicon::is(text, WordMeaning::Full) {
            let help = "`full recovery` stands after a slash; elsewhere write `open walk`".to_string();
            return self.fail(at, "a full recovery stands between reps".into(), "between what?", help);
        }
        let otherwise = "write an effort (`easy`, `steady`, `hard`), a pace (`MP`, `10K`, `5:00/km`), \
                         a zone (`Z2`), or words in quotes";
        let said = (format!("unknown target {}", quoted(text)), "not an effort, a pace or a zone");
        self.unknown_word(next, said, lexicon::targets, otherwise)
    }

    /// A named pace with what is added to it.
    fn named(&mut self, word: &Token) -> ParseResult<PaceLine> {
        let Some(((base, shown), end)) = self.phrase(word, lexicon::pace) else {
            return Err(self.unknown_target(word, self.text_of(word)));
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

    /// `ramp A -> B`, whose first word has been taken.
    fn ramp(&mut self, word: &Token) -> ParseResult<TargetLine> {
        let next = self.peek();
        let target = match next.tok {
            Tok::Number(_) => self.numbered()?,
            _ => {
                let from = self.named(&next)?;
                self.perhaps_ramp(from)?
            }
        };
        if matches!(target, TargetLine::Pace(_, Some(_))) {
            return Ok(target);
        }
        let help = "write both ends, like `ramp 6 -> 10 km/h` or `ramp easy -> MP`".to_string();
        Err(self.fail((word.start, self.at), "a ramp needs two ends".into(), "from where to where?", help))
    }

    /// `-> B` behind `from`, where it stands here.
    pub(crate) fn perhaps_ramp(&mut self, from: PaceLine) -> ParseResult<TargetLine> {
        if self.eat(&Tok::Arrow).is_none() {
            return Ok(TargetLine::Pace(from, None));
        }
        let to = self.ramp_end()?;
        Ok(TargetLine::Pace(from, Some(to)))
    }

    /// The pace or effort behind an arrow.
    pub(crate) fn ramp_end(&mut self) -> ParseResult<PaceLine> {
        let next = self.peek();
        let end = match next.tok {
            Tok::Number(_) => self.numbered()?,
            Tok::Word if self.is_other_class(&next) => {
                self.at = self.behind_ramp(&next);
                return Err(self.no_ramp_end(next.start));
            }
            Tok::Word => TargetLine::Pace(self.named(&next)?, None),
            Tok::Unknown('{') => return Err(self.braces(&next)),
            Tok::End | Tok::Comma | Tok::Newline | Tok::Close | Tok::Slash | Tok::Bar => {
                let help = "write where it goes, like `easy -> MP` or `6 -> 10 km/h`".to_string();
                // The end of a text has nothing to underline: the arrow has.
                let before = self.slice(0, self.at).trim_end();
                let arrow = before.strip_suffix("->").or(before.strip_suffix('→')).map_or(self.at, str::len);
                return Err(self.fail(
                    (arrow, self.at),
                    "the ramp's end is missing".into(),
                    "to where?",
                    help,
                ));
            }
            _ => {
                self.take(&next);
                return Err(self.no_ramp_end(next.start));
            }
        };
        match end {
            TargetLine::Pace(to, None) => Ok(to),
            TargetLine::Pace(..) => {
                let help = "write one step for each ramp: `5min easy -> MP, 5min MP -> 10K`".to_string();
                Err(self.fail((next.start, self.at), "a ramp goes once".into(), "another ramp", help))
            }
            _ => Err(self.no_ramp_end(next.start)),
        }
    }

    /// True for a word that begins a target which is neither a pace nor an effort.
    fn is_other_class(&self, word: &Token) -> bool {
        let other = |m| {
            matches!(m, WordMeaning::Zone | WordMeaning::Rpe | WordMeaning::Breathe | WordMeaning::Incline)
        };
        lexicon::lookup(self.text_of(word), |m| other(m).then_some(())).is_some()
    }

    /// Where `word` and the number behind it end.
    fn behind_ramp(&self, word: &Token) -> usize {
        let number = self.after(word);
        if matches!(number.tok, Tok::Number(_)) { number.end } else { word.end }
    }

    /// Reports what stands behind an arrow from `start` on and cannot be a ramp's end.
    fn no_ramp_end(&mut self, start: usize) -> Reported {
        let written = quoted(self.slice(start, self.at).trim_end());
        let help = "a ramp runs between two paces or efforts, like `easy -> MP` or `6 -> 10 km/h`; \
                    for zones write two steps: `5min Z2, 5min Z4`";
        let message = format!("a ramp cannot end at {written}");
        self.fail((start, self.at), message, "neither a pace nor an effort", help.into())
    }
}

/// True for the word of an effort, which may stand beside a pace of its own. Standing still covers no distance.
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
