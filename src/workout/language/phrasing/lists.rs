//! Lists of steps that share a recovery: `5min hard, 4min hard, 3min hard, 90s jog between`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPhrase;
use super::words::BetweenWhat;
use super::{PhraseReader, PhraseResult, PhrasingError};

impl PhraseReader<'_> {
    /// Makes a ladder of the steps before `piece`, where `piece` says that it stands between them. Returns false where it
    /// does not.
    ///
    /// # Errors
    ///
    /// Fails where there are not two such steps, and where they share no target.
    pub(super) fn join_list(
        &mut self,
        pieces: &mut Vec<PhrasePiece>,
        piece: &PhrasePiece,
    ) -> PhraseResult<bool> {
        let PhraseBody::Step(step) = &piece.body else { return Ok(false) };
        if !says_between(step) || !pieces.last().is_some_and(is_rung) {
            return Ok(false);
        }
        let from = first_rung(pieces);
        let mut rungs = pieces.split_off(from);
        let sort = rungs.first().and_then(PhrasePiece::length_sort);
        if rungs.len() < 2 || rungs.iter().any(|rung| rung.length_sort() != sort) {
            return Err(PhrasingError::Unread);
        }
        self.share_target(&mut rungs)?;
        let range = rungs.first().map_or(0, |rung| rung.range.start)..piece.range.end;
        let label = rungs.first_mut().map(|rung| std::mem::take(&mut rung.label)).unwrap_or_default();
        let body = PhraseBody::Ladder { rungs, recovery: Some(RecoveryPhrase::of(step)) };
        let end = range.end;
        pieces.push(PhrasePiece { label, body, range, is_after: false });
        if step.after_each {
            pieces.push(PhrasePiece { range: end..end, ..piece.clone() });
        }
        Ok(true)
    }

    /// Gives the target of the last of `rungs` to those without one. Without any, they are hard.
    fn share_target(&mut self, rungs: &mut [PhrasePiece]) -> PhraseResult<()> {
        let Some((last, others)) = rungs.split_last_mut() else { return Ok(()) };
        if others.iter().all(PhrasePiece::has_pace) && last.has_pace() {
            return Ok(());
        }
        let PhraseBody::Step(step) = &last.body else { return Err(PhrasingError::Unread) };
        let target = match step.targets.as_slice() {
            [one] if step.is_plain() => one.clone(),
            [] if step.is_plain() && !step.has_pace() => {
                self.notes.push("The ladder does not say how hard: taken as hard.".to_string());
                "hard".to_string()
            }
            _ => return Err(PhrasingError::Unread),
        };
        if others.iter().any(PhrasePiece::has_pace) {
            return Err(PhrasingError::Unread);
        }
        for rung in rungs {
            let _ = rung.give_target(&target);
        }
        Ok(())
    }
}

/// True where the step's words say that it stands between the steps of a list. A float may stand alone.
fn says_between(step: &StepPhrase) -> bool {
    let between = matches!(step.between, Some(BetweenWhat::Unsaid | BetweenWhat::Reps)) && !step.is_float;
    (between || step.after_each) && step.part.is_none()
}

/// Returns the index of the first of the steps at the end of `pieces` that may share a recovery.
fn first_rung(pieces: &[PhrasePiece]) -> usize {
    let from = pieces.iter().rposition(|piece| !is_rung(piece)).map_or(0, |index| index + 1);
    let labelled = pieces.iter().rposition(|piece| !piece.label.is_empty()).unwrap_or(0);
    from.max(labelled)
}

/// True for a step of work with a length.
fn is_rung(piece: &PhrasePiece) -> bool {
    match &piece.body {
        PhraseBody::Step(step) => {
            step.length.is_some()
                && step.kind.is_none()
                && step.counted.is_none()
                && !step.is_recovery()
                && !step.is_marked_recovery()
        }
        _ => false,
    }
}
