//! Lists of steps that share a recovery: `5min hard, 4min hard, 3min hard, 90s jog between`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::StepPhrase;
use super::words::BetweenWhat;
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words that say that something is repeated, without saying how often.
const REPEATED: [&str; 3] = ["intervals", "repeats", "repetitions"];

impl PhraseReader<'_> {
    /// True for a step that is said to be repeated, and not how often: `30 min intervals`. `start` is where it begins.
    pub(super) fn lacks_count(&self, start: usize) -> bool {
        let written = self.since(start).to_lowercase();
        let mut words = written.split([' ', '-']);
        !written.contains("between")
            && !written.contains("rest")
            && !written.contains("rec")
            && words.any(|word| REPEATED.contains(&word))
    }

    /// Takes the send-off out of a step before its count: `400m on 2:00 x 10`. `start` is where the step begins.
    pub(super) fn send_off_before_count(
        &mut self,
        piece: &mut PhrasePiece,
        start: usize,
    ) -> PhraseResult<Option<RecoveryPhrase>> {
        let PhraseBody::Step(step) = &mut piece.body else { return Ok(None) };
        let written = self.scan.text.get(start..).unwrap_or_default();
        let clock = written.split_once(" on ").map_or("", |(_, clock)| clock.trim_start());
        if !step.is_on || !clock.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(None);
        }
        let time = step.within.take().filter(|_| step.targets.is_empty());
        step.is_on = false;
        // The clock is no longer the time of the rep.
        self.notes.pop_if(|note| note.contains("is taken as the time of the whole"));
        time.map(|time| Some(RecoveryPhrase::SendOff(time))).ok_or(PhrasingError::Unread)
    }

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
        if !says_between(step) || !pieces.last().is_some_and(PhrasePiece::is_rung) {
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

    /// Gives the target of the last of `rungs` to those without one. Without any, they have that of their
    /// label, or are hard.
    fn share_target(&mut self, rungs: &mut [PhrasePiece]) -> PhraseResult<()> {
        let label = rungs.first().map(|rung| rung.label.clone()).unwrap_or_default();
        let Some((last, others)) = rungs.split_last_mut() else { return Ok(()) };
        if others.iter().all(PhrasePiece::has_pace) && last.has_pace() {
            return Ok(());
        }
        let PhraseBody::Step(step) = &last.body else { return Err(PhrasingError::Unread) };
        let target = match step.targets.as_slice() {
            [one] if step.is_plain() => one.clone(),
            [] if step.is_plain() && !step.has_pace() => self.default_list_target(&label),
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
    let from = pieces.iter().rposition(|piece| !piece.is_rung()).map_or(0, |index| index + 1);
    let labelled = pieces.iter().rposition(|piece| !piece.label.is_empty()).unwrap_or(0);
    from.max(labelled)
}

impl PhrasePiece {
    /// True for a step of work with a length.
    pub(super) fn is_rung(&self) -> bool {
        match &self.body {
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

    /// Both readings of the recovery of several lengths that are repeated: `2x(3min, 2min, 1min) 1min jog`.
    fn list_recovery(&self) -> Option<ListRecovery> {
        let PhraseBody::Repeat { count, body, recovery: Some(RecoveryPhrase::Between(text, what)) } =
            &self.body
        else {
            return None;
        };
        let PhraseBody::Group(pieces) = &body.body else { return None };
        // `3 x (600, 400, 200)` is a list of numbers in brackets.
        let rungs = match pieces.as_slice() {
            [PhrasePiece { body: PhraseBody::Ladder { rungs, recovery: None }, .. }] => rungs,
            pieces if pieces.iter().all(PhrasePiece::is_rung) && has_one_pace(pieces) => pieces,
            _ => return None,
        };
        let list = PhrasePiece::group(rungs.to_vec()).render();
        let is_unsaid = *what == BetweenWhat::Unsaid && rungs.len() > 1;
        is_unsaid.then(|| ListRecovery {
            rungs: rungs.to_vec(),
            recovery: text.clone(),
            reps: format!("{count}×({list} / {text}) / {text}"),
            sets: format!("{count}×{list} / {text}"),
        })
    }
}

/// True if all `pieces` are equally hard.
fn has_one_pace(pieces: &[PhrasePiece]) -> bool {
    let targets = |piece: &PhrasePiece| match &piece.body {
        PhraseBody::Step(step) if step.within.is_none() => Some(step.targets.clone()),
        _ => None,
    };
    let first = pieces.first().and_then(targets);
    first.is_some() && pieces.iter().all(|piece| targets(piece) == first)
}

/// A recovery after a list in brackets that is repeated.
struct ListRecovery {
    rungs: Vec<PhrasePiece>,
    recovery: String,
    /// The notation for between all reps, and for between the sets alone.
    reps: String,
    sets: String,
}

impl ListRecovery {
    /// The list with a recovery behind each rep, where the recovery is a share of the rep.
    fn with_shares(&self) -> Option<String> {
        let recovery = RecoveryPhrase::notation(self.recovery.clone());
        let steps: Option<Vec<String>> = self
            .rungs
            .iter()
            .map(|rung| {
                let mut rung = rung.clone();
                let _ = !rung.has_pace() && rung.give_target("hard");
                Some(format!("{}, {}", rung.render(), recovery.as_step_after(&rung)?))
            })
            .collect();
        Some(steps?.join(", "))
    }
}

impl PhraseReader<'_> {
    /// Puts the recovery of a repeated list between all its reps, if a word introduces the recovery.
    ///
    /// # Errors
    ///
    /// Fails with both readings where it only stands beside the brackets. `start` is where it begins.
    pub(super) fn settle_list_recovery(
        &mut self,
        piece: &mut PhrasePiece,
        start: usize,
        is_introduced: bool,
    ) -> PhraseResult<()> {
        let Some(list) = piece.list_recovery() else { return Ok(()) };
        if let Some(steps) = list.with_shares() {
            self.notes.push(format!("`{}` is taken as after every rep.", list.recovery));
            if let PhraseBody::Repeat { body, recovery, .. } = &mut piece.body {
                body.body = PhraseBody::Notation(format!("({steps})"));
                *recovery = None;
            }
            return Ok(());
        }
        if !is_introduced {
            let ListRecovery { recovery, reps, sets, .. } = list;
            return self.unclear(start, PhraseProblem::UnclearRepeatedList { recovery, reps, sets });
        }
        self.notes.push(format!(
            "`{}` is taken as between all reps and between the sets; for the sets alone write `{}`.",
            list.recovery, list.sets
        ));
        if let PhraseBody::Repeat { body, .. } = &mut piece.body {
            let recovery = Some(RecoveryPhrase::notation(list.recovery));
            body.body = PhraseBody::Ladder { rungs: list.rungs, recovery };
        }
        Ok(())
    }

    /// True if the text goes on with a recovery between sets.
    pub(super) fn says_between_sets(&self) -> bool {
        let rest = self.scan.rest().to_lowercase();
        ["between sets", "between each set", "set rest", "set break"].iter().any(|words| rest.contains(words))
    }
}
