//! Recoveries between the reps of a set, and between sets.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::words::BetweenWhat;

impl PhrasePiece {
    /// True for a repeat of sets: of a repeat, or of several steps in brackets.
    pub(super) fn has_sets(&self) -> bool {
        let PhraseBody::Repeat { body, .. } = &self.body else { return false };
        match &body.body {
            PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. } => true,
            PhraseBody::Group(pieces) => pieces.len() > 1 || pieces.iter().any(is_repeated),
            _ => false,
        }
    }

    /// Puts `recovery` where it says that it stands. Returns false where there is no place for it.
    pub(super) fn give_recovery(&mut self, recovery: RecoveryPhrase) -> bool {
        let what = match &recovery {
            RecoveryPhrase::Between(_, what) => *what,
            RecoveryPhrase::SendOff(_) => BetweenWhat::Unsaid,
        };
        match what {
            BetweenWhat::Reps if self.has_sets() => self.give_to_reps(recovery),
            BetweenWhat::Sets if !self.has_sets() => false,
            BetweenWhat::Sets => {
                // What came first stands between the reps: `60s rest, 3min between sets`.
                if let PhraseBody::Repeat { recovery: held, .. } = &mut self.body
                    && let Some(first) = held.take()
                    && !self.give_to_reps(first)
                {
                    return false;
                }
                self.set_recovery(recovery);
                true
            }
            _ if self.lacks_recovery() => {
                self.set_recovery(recovery);
                true
            }
            _ => false,
        }
    }

    /// Puts `recovery` between the reps of each set.
    fn give_to_reps(&mut self, recovery: RecoveryPhrase) -> bool {
        let PhraseBody::Repeat { body, .. } = &mut self.body else { return false };
        if body.lacks_recovery() {
            body.set_recovery(recovery);
            return true;
        }
        let PhraseBody::Group(pieces) = &mut body.body else { return false };
        if let [one] = pieces.as_mut_slice() {
            let lacks = one.lacks_recovery();
            one.set_recovery(recovery);
            return lacks;
        }
        let is_ladder = pieces.len() > 1 && pieces.iter().all(PhrasePiece::is_plain_work);
        if is_ladder {
            let rungs = std::mem::take(pieces);
            body.body = PhraseBody::Ladder { rungs, recovery: Some(recovery) };
        }
        is_ladder
    }

    /// True for a step that is not a recovery.
    fn is_plain_work(&self) -> bool {
        matches!(&self.body, PhraseBody::Step(step) if !step.is_recovery() && step.kind.is_none())
    }
}

/// True for a repeat and a ladder.
fn is_repeated(piece: &PhrasePiece) -> bool {
    matches!(piece.body, PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. })
}
