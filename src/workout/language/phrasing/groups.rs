//! Brackets, ladders and `alternate`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPlace;
use super::{PhraseReader, PhraseResult, PhrasingError, required};

/// The most brackets that nest.
const DEEPEST: usize = 8;

impl PhraseReader<'_> {
    pub(super) fn group(&mut self) -> PhraseResult<PhrasePiece> {
        required(self.scan.eat(&['(']))?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(PhrasingError::Unread);
        }
        let pieces = self.line()?;
        self.depth -= 1;
        required(self.scan.eat(&[')']))?;
        required(pieces.first())?;
        Ok(PhrasePiece { body: PhraseBody::Group(pieces), ..PhrasePiece::default() })
    }

    /// `(1min, 2min) 10K`: a target for every step in the brackets.
    pub(super) fn shared_target(&mut self, group: &mut PhrasePiece) -> PhraseResult<bool> {
        let before = self.scan.clone();
        let _ = self.scan.take("@") || self.scan.take("at");
        match self.named_target() {
            Some(target) => {
                self.fillers();
                if group.give_target(&target) { Ok(true) } else { Err(PhrasingError::Unread) }
            }
            None => {
                self.scan = before;
                Ok(false)
            }
        }
    }

    pub(super) fn ladder_behind_comma(
        &mut self,
        rungs: Vec<PhrasePiece>,
        group: PhrasePiece,
    ) -> PhraseResult<PhrasePiece> {
        let mark = self.scan.clone();
        let sort = group.length_sort();
        if self.scan.eat(&[',']).is_some()
            && let Ok(step) = self.step(StepPlace::Recovery(sort))
            && step.is_recovery()
        {
            let recovery = Some(RecoveryPhrase::Between(step.render_recovery()));
            let body = PhraseBody::Ladder { rungs, recovery };
            return Ok(PhrasePiece { body, ..PhrasePiece::default() });
        }
        self.scan = mark;
        Ok(group)
    }

    pub(super) fn group_or_ladder(&mut self) -> PhraseResult<PhrasePiece> {
        let mut group = self.group()?;
        let shared = self.shared_target(&mut group)?;
        let PhraseBody::Group(rungs) = &group.body else { return Ok(group) };
        let (is_ladder, rungs) = (rungs.len() > 1, rungs.clone());
        let recovery = self.recovery(&group)?;
        Ok(match recovery {
            Some(recovery) => {
                let body = PhraseBody::Ladder { rungs, recovery: Some(recovery) };
                PhrasePiece { body, ..PhrasePiece::default() }
            }
            // A bracket with a target behind it is a ladder too: a recovery may follow behind a comma.
            None if is_ladder && shared => self.ladder_behind_comma(rungs, group)?,
            None => group,
        })
    }

    /// `alternate A / B [for …]`.
    pub(super) fn alternate(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        if !["alternate", "alternating"].iter().any(|word| self.scan.take(word)) {
            return Ok(None);
        }
        let first = self.step(StepPlace::Leg)?;
        if self.scan.eat(&['/', ',']).is_none() && !self.scan.take("and") && !self.scan.take("with") {
            return Err(PhrasingError::Unread);
        }
        let second = self.step(StepPlace::Leg)?;
        let until = ["until enter", "until tired", "for open", "forever", "until done", "as long as I like"];
        let end = if self.scan.take("for a total of") || self.scan.take("for") {
            format!(" for {}", required(self.length(StepPlace::Item)?)?.text)
        } else {
            let _ = until.iter().any(|word| self.scan.take(word));
            String::new()
        };
        let text = format!("alternate {} / {}{end}", first.render(), second.render());
        Ok(Some(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() }))
    }
}
