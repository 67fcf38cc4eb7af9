//! Recoveries between the reps of a set, and between sets; and a last rep that differs from the others.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPhrase;
use super::words::BetweenWhat;
use super::{PhraseReader, PhraseResult, PhrasingError, required};

/// The most reps that are written out where the last of them is run differently.
const MOST_WRITTEN: u64 = 12;

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

/// Says of the first repeat without a recovery that its reps follow one another, where an earlier repeat has one.
pub(super) fn without_recovery(pieces: &[PhrasePiece]) -> Option<String> {
    let mut had_recovery = false;
    for piece in pieces {
        let PhraseBody::Repeat { body, recovery, .. } = &piece.body else { continue };
        if recovery.is_none() && body.is_plain_work() && had_recovery {
            let text = piece.render();
            return Some(format!("`{text}` has no recovery of its own, so its reps follow one another."));
        }
        had_recovery |= recovery.is_some();
    }
    None
}

/// True for a repeat and a ladder.
fn is_repeated(piece: &PhrasePiece) -> bool {
    matches!(piece.body, PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. })
}

impl PhraseReader<'_> {
    /// `, last rep all out`, `, last one at mile pace`: the last rep has a target of its own.
    pub(super) fn last_rep(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<bool> {
        let _ = ["with the", "with", "w/ the", "w/", "the"].iter().any(|word| self.scan.take(word));
        let names = ["last rep", "last one", "final rep", "final one", "last interval", "last repeat"];
        if !names.iter().any(|name| self.scan.take(name)) {
            return Ok(false);
        }
        let _ = self.scan.eat(&[':']).is_some() || self.scan.take("is") || self.scan.take("run");
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        let target = match self.one_pace() {
            Some(pace) => pace,
            None => required(self.named_target())?,
        };
        self.fillers();
        let ends = self.scan.peek().is_none_or(|c| ",;\n.)".contains(c)) || self.scan.sees("then");
        let last = required(pieces.pop())?;
        let PhraseBody::Repeat { count, body, recovery } = last.body else {
            return Err(PhrasingError::Unread);
        };
        let (PhraseBody::Step(step), Ok(count)) = (&body.body, count.parse::<u64>()) else {
            return Err(PhrasingError::Unread);
        };
        let is_timed = step.within.is_some() || step.counted.is_some() || !step.cues.is_empty();
        let sends_off = matches!(recovery, Some(RecoveryPhrase::SendOff(_)));
        if !ends || is_timed || sends_off || !(2..=MOST_WRITTEN).contains(&count) {
            return Err(PhrasingError::Unread);
        }
        self.notes.push(format!("The last of the {count} reps is at {target}."));
        let rep = StepPhrase { targets: vec![target], is_on: false, ..(**step).clone() };
        let mut others = PhrasePiece { label: String::new(), ..(*body).clone() };
        let _ = others.give_target("hard");
        let mut rungs = vec![others; count as usize - 1];
        rungs.push(PhrasePiece::step(rep));
        let body = PhraseBody::Ladder { rungs, recovery };
        pieces.push(PhrasePiece { label: last.label, body, range: last.range, is_after: last.is_after });
        Ok(true)
    }
}
