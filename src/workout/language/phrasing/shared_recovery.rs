//! Recoveries at the end of a line that belong to several pieces before them: `3k @ MP, 2k @ HMP, 1k @ 10k, 400m jog`,
//! `6x400m, 6x200m, 90s rest`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{LengthSort, StepPhrase, StepPlace};
use super::{PhraseReader, PhraseResult};

/// The fewest steps of a list whose recovery may follow a comma.
const FEWEST_RUNGS: usize = 3;
/// The longest recovery of a list, in seconds and in metres.
const LONGEST: (f64, f64) = (300.0, 400.0);
/// The shortest walk or jog that can end a workout, in seconds.
const LEAST_COOLDOWN: f64 = 240.0;
/// The most that the reps of two sets differ, if they share a recovery.
const WIDEST_SETS: f64 = 6.0;
/// The longest recovery after hills that has a comma before it, in seconds.
const LONGEST_AFTER_HILLS: f64 = 300.0;

impl PhraseReader<'_> {
    /// Settles what a line says at its end about the pieces before.
    pub(super) fn settle_line(&mut self, pieces: &mut Vec<PhrasePiece>) {
        if self.depth == 0 {
            self.share_recovery_of_sets(pieces);
            self.share_last_recovery(pieces);
        }
        self.walk_between_hills(pieces);
    }

    /// `5min hard, 4min hard, 3min hard w/ 90s jog`: the recovery stands between all of them.
    pub(super) fn join_list_recovery(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<()> {
        let count = pieces.iter().rev().take_while(|piece| piece.is_rung() && piece.has_pace()).count();
        let mut ahead = self.ahead();
        let introduced = ["w/ a", "w/", "with a", "with", "off"].iter().any(|word| ahead.scan.take(word));
        if count < 2 || !introduced {
            return Ok(());
        }
        let sort = pieces.last().and_then(PhrasePiece::length_sort);
        let Ok(recovery) = ahead.step(StepPlace::Recovery(sort)) else { return Ok(()) };
        if !(recovery.is_recovery() || recovery.is_only_time()) || !ahead.sees_item_end() {
            return Ok(());
        }
        self.scan = ahead.scan;
        self.make_ladder(pieces, count, &recovery);
        Ok(())
    }

    /// `3k, 2k, 1k @ 10k, 2min jog`: no workout ends with so short a recovery, so it stands between the steps.
    fn share_last_recovery(&mut self, pieces: &mut Vec<PhrasePiece>) {
        let Some((PhrasePiece { body: PhraseBody::Step(last), is_after: false, .. }, others)) =
            pieces.split_last()
        else {
            return;
        };
        if !is_short_recovery(last) {
            return;
        }
        if let Some(PhrasePiece { body: PhraseBody::Ladder { recovery: None, .. }, .. }) = others.last() {
            let recovery = RecoveryPhrase::of(last);
            pieces.pop();
            if let Some(ladder) = pieces.last_mut() {
                ladder.set_recovery(recovery);
            }
            return;
        }
        let sort = others.last().and_then(PhrasePiece::length_sort);
        let mut count = 0;
        for piece in others.iter().rev() {
            if !piece.is_rung() || piece.length_sort() != sort || (count > 0 && piece.is_after) {
                break;
            }
            count += 1;
            if !piece.label.is_empty() {
                break;
            }
        }
        let rungs = others.get(others.len() - count..).unwrap_or_default();
        let paced = rungs.iter().filter(|rung| rung.has_pace()).count();
        let is_shared = paced == 0 || (paced == 1 && rungs.last().is_some_and(PhrasePiece::has_pace));
        let length = |piece: &PhrasePiece| piece.length().map_or(f64::INFINITY, |length| length.value);
        let longest_rung = rungs.iter().map(length).fold(0.0, f64::max);
        if count < FEWEST_RUNGS || !(paced == count || is_shared) || ends_a_workout(last, longest_rung) {
            return;
        }
        let recovery = last.clone();
        pieces.pop();
        self.make_ladder(pieces, count, &recovery);
    }

    /// Makes a ladder of the last `count` pieces. A target of the last of them is that of all.
    fn make_ladder(&mut self, pieces: &mut Vec<PhrasePiece>, count: usize, recovery: &StepPhrase) {
        let mut rungs = pieces.split_off(pieces.len().saturating_sub(count));
        let target = match rungs.last().map(|rung| &rung.body) {
            Some(PhraseBody::Step(step)) => step.targets.first().cloned(),
            _ => None,
        };
        let is_named = target.is_some();
        let label = rungs.first().map(|rung| rung.label.clone()).unwrap_or_default();
        let target = match target {
            Some(target) => target,
            None if rungs.iter().all(PhrasePiece::has_pace) => "hard".to_string(),
            None => self.default_list_target(&label),
        };
        let given = rungs.iter_mut().filter_map(|rung| rung.give_target(&target).then_some(())).count();
        if given > 0 && is_named && target != "hard" {
            self.notes.push(format!("`{target}` is taken as the target of every step of the list."));
        }
        let range = rungs.first().map_or(0, |rung| rung.range.start)..self.scan.at;
        let label = rungs.first_mut().map(|rung| std::mem::take(&mut rung.label)).unwrap_or_default();
        let is_after = rungs.first_mut().is_some_and(|rung| std::mem::take(&mut rung.is_after));
        let recovery = RecoveryPhrase::of(recovery);
        if let RecoveryPhrase::Between(text, _) = &recovery {
            self.notes.push(format!(
                "`{text}` is taken as between the steps of the list; for once at the end write `, then {text}`."
            ));
        }
        let body = PhraseBody::Ladder { rungs, recovery: Some(recovery) };
        pieces.push(PhrasePiece { label, body, range, is_after });
    }

    /// `6x400m, 6x200m, 90s rest` and `6x400m, 6x200m w/ 90s rest`: the recovery is that of all sets.
    fn share_recovery_of_sets(&mut self, pieces: &mut Vec<PhrasePiece>) {
        let written = match pieces.as_slice() {
            [.., _, PhrasePiece { body: PhraseBody::Step(rest), is_after: false, .. }]
                if is_short_recovery(rest) =>
            {
                Some(RecoveryPhrase::of(rest))
            }
            _ => None,
        };
        let end = pieces.len() - usize::from(written.is_some());
        let is_bare_set = |piece: &PhrasePiece| {
            piece.lacks_recovery()
                && matches!(&piece.body, PhraseBody::Repeat { body, .. } if matches!(&body.body, PhraseBody::Step(step) if step.targets != ["strides"]))
        };
        let last = match (&written, pieces.get(end.wrapping_sub(1))) {
            (Some(_), Some(last)) if is_bare_set(last) => last,
            (None, Some(last)) if self.has_introduced_recovery(last) => last,
            _ => return,
        };
        let recovery = match (&written, &last.body) {
            (Some(recovery), _) => recovery.clone(),
            (None, PhraseBody::Repeat { recovery: Some(recovery @ RecoveryPhrase::Between(..)), .. }) => {
                recovery.clone()
            }
            _ => return,
        };
        let size = |piece: &PhrasePiece| match &piece.body {
            PhraseBody::Repeat { body, .. } => body.length().map(|length| length.value),
            _ => None,
        };
        let sort = last.length_sort();
        let rep = size(last).unwrap_or(1.0);
        let alike = |piece: &&PhrasePiece| {
            let ratio = size(piece).map_or(f64::INFINITY, |other| (other / rep).max(rep / other));
            let is_like = piece.length_sort() == sort && ratio <= WIDEST_SETS;
            is_bare_set(piece) && (is_like || (piece.is_exercise() && last.is_exercise()))
        };
        let before = pieces.iter().take(end - 1).rev().take_while(alike).count();
        let RecoveryPhrase::Between(text, _) = &recovery else { return };
        if before == 0 || (text.contains('%') && !text.starts_with("100% ")) {
            return;
        }
        let one = RecoveryPhrase::suffix(Some(&recovery));
        let only = format!("{}{}", last.render(), if last.lacks_recovery() { one.as_str() } else { "" });
        self.notes.push(format!(
            "`{text}` is taken as between all reps and between the sets; for the last set alone write `{only}`."
        ));
        let end_of_rest = pieces.drain(end..).next().map_or(self.scan.at, |rest| rest.range.end);
        let sets = pieces.split_off(end - 1 - before);
        spread_recovery(pieces, sets, &recovery, end_of_rest);
    }

    /// True for a repeat whose recovery is introduced by a word: `4x200m with 60s rest`.
    fn has_introduced_recovery(&self, piece: &PhrasePiece) -> bool {
        let written = self.scan.text.get(piece.range.clone()).unwrap_or_default().to_lowercase();
        let is_single = matches!(&piece.body, PhraseBody::Repeat { body, recovery: Some(_), .. } if matches!(body.body, PhraseBody::Step(_)));
        is_single
            && [" w/", " with ", " off ", ", ", " equal ", " same "].iter().any(|word| written.contains(word))
    }

    /// Gives hills without an incline and without a recovery a walk: nobody runs them back to back.
    fn walk_between_hills(&mut self, pieces: &mut [PhrasePiece]) {
        for i in 0..pieces.len() {
            let is_followed = match pieces.get(i + 1).map(|next| &next.body) {
                Some(PhraseBody::Step(next)) => {
                    (next.is_recovery() || next.is_only_time())
                        && next.seconds().is_some_and(|seconds| seconds <= LONGEST_AFTER_HILLS)
                        || next.is_marked_recovery()
                }
                _ => false,
            };
            let Some(piece) = pieces.get_mut(i) else { return };
            let is_hill = matches!(&piece.body, PhraseBody::Repeat { body, .. } if matches!(&body.body, PhraseBody::Step(step) if step.is_hill));
            if is_hill && piece.lacks_recovery() && !is_followed {
                self.notes.push(
                    "No recovery is written between the hills: a walk that you end yourself.".to_string(),
                );
                piece.set_recovery(RecoveryPhrase::notation("open walk".to_string()));
            }
        }
    }
}

impl PhrasePiece {
    /// The length of each rep of a repeat, as notation.
    fn rep_length(&self) -> Option<&str> {
        let PhraseBody::Repeat { body, .. } = &self.body else { return None };
        body.length().map(|length| length.text.as_str())
    }

    /// True for a repeat of an exercise.
    fn is_exercise(&self) -> bool {
        let PhraseBody::Repeat { body, .. } = &self.body else { return false };
        let is_quoted = |target: &String| target.starts_with('\'');
        matches!(&body.body, PhraseBody::Step(step) if step.counted.is_some() || step.targets.iter().any(is_quoted))
    }
}

/// Adds `sets` to `pieces` with `recovery` between their reps and between the sets. Its text ends at `end`.
fn spread_recovery(
    pieces: &mut Vec<PhrasePiece>,
    sets: Vec<PhrasePiece>,
    recovery: &RecoveryPhrase,
    end: usize,
) {
    let RecoveryPhrase::Between(text, _) = recovery else { return };
    let last = sets.len().saturating_sub(1);
    for (i, mut set) in sets.into_iter().enumerate() {
        set.set_recovery(recovery.clone());
        if i == last {
            set.range.end = set.range.end.max(end);
        }
        let at = set.range.end;
        // `100% float`, `same jog`: as long as the last rep.
        let effort = text.strip_prefix("100%").or_else(|| text.strip_prefix("same"));
        let rest = match (effort, set.rep_length()) {
            (Some(effort), Some(rep)) => format!("{rep}{effort}"),
            _ => text.clone(),
        };
        // Nobody stands for a distance.
        let stands = set.length_sort() == Some(LengthSort::Metres)
            && effort.is_some_and(|effort| ["rest", "recovery"].contains(&effort.trim()));
        pieces.push(set);
        if i < last && !stands {
            let body = PhraseBody::Notation(rest);
            pieces.push(PhrasePiece { body, range: at..at, is_after: true, ..PhrasePiece::default() });
        }
    }
}

/// True for a time that is longer than all steps before it, and long enough to cool down: `3min, 2min, 1min hard, 5min walk`.
fn ends_a_workout(last: &StepPhrase, longest_rung: f64) -> bool {
    last.length.as_ref().is_some_and(|length| {
        length.sort == LengthSort::Seconds && length.value >= LEAST_COOLDOWN && length.value > longest_rung
    })
}

/// True for a recovery that no workout ends with.
fn is_short_recovery(step: &StepPhrase) -> bool {
    let Some(length) = step.length.as_ref().filter(|length| length.lower.is_none()) else { return false };
    let longest = match length.sort {
        LengthSort::Seconds => LONGEST.0,
        LengthSort::Metres => LONGEST.1,
    };
    step.is_recovery() && length.value <= longest
}
