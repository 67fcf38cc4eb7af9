//! Repeats: their count, what they repeat, and what stands between.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{StepPhrase, StepPlace};
use super::targets::clock_text;
use super::{PhraseReader, PhraseResult, PhrasingError};

/// The marks between a count and what is repeated.
pub(super) const TIMES: [char; 6] = ['x', 'X', '×', '✕', '⨯', '*'];
/// The most reps that are written out with a pace each.
const MOST_REPS: u32 = 12;
/// Words between a count and what is repeated, and whether whole sets are counted.
pub(super) const TIMES_WORDS: &[(&str, bool)] = &[
    ("times", false),
    ("by", false),
    ("reps of", false),
    ("lots of", false),
    ("repeats of", false),
    ("intervals of", false),
    ("repetitions of", false),
    ("sets of", true),
    ("rounds of", true),
];

impl PhraseReader<'_> {
    /// `6×`, `6-8 x`, `3 sets of`, `open×`: the count as notation, and whether whole sets are counted.
    pub(super) fn count(&mut self) -> PhraseResult<Option<(String, bool)>> {
        let before = self.scan.clone();
        let count =
            if self.scan.take("open") { Some("open".to_string()) } else { self.whole_number_or_range() };
        if let Some(count) = count {
            if self.scan.eat(&TIMES).is_some() {
                return Ok(Some((count, false)));
            }
            if let Some(sets) = self.scan.longest(TIMES_WORDS) {
                return Ok(Some((count, sets)));
            }
        }
        self.scan = before;
        Ok(None)
    }

    pub(super) fn whole_number_or_range(&mut self) -> Option<String> {
        let first = self.scan.number().filter(|n| n.fract() == 0.0 && *n >= 1.0)?;
        let before = self.scan.clone();
        if self.scan.range_mark()
            && let Some(second) = self.scan.number().filter(|n| n.fract() == 0.0 && *n > first)
        {
            return Some(format!("{first}-{second}"));
        }
        self.scan = before;
        Some(first.to_string())
    }

    pub(super) fn repeat(&mut self, count: String, sets: bool) -> PhraseResult<PhrasePiece> {
        if self.scan.peek() == Some('(')
            && let Some(piece) = self.bracketed_pair(&count)
        {
            return Ok(piece);
        }
        if !sets && let Some(piece) = self.nested_counts(&count)? {
            return Ok(piece);
        }
        let inner = if sets { self.count()? } else { None };
        let mut body = match inner {
            Some((inner, more)) => self.repeat(inner, more)?,
            None if self.scan.peek() == Some('(') => self.group()?,
            None => {
                let known = self.thirty_twenty_ten(&count).or_else(|| self.repeated_ladder(&count));
                if let Some(piece) = known {
                    return Ok(piece);
                }
                if let Some(piece) = self.bare_pair(&count)? {
                    return Ok(piece);
                }
                PhrasePiece::step(self.step(StepPlace::Body)?)
            }
        };
        if let PhraseBody::Step(step) = &mut body.body {
            self.timed_bracket(step)?;
        }
        if let PhraseBody::Group(_) = body.body {
            self.shared_target(&mut body)?;
        }
        body = self.on_and_off(&body)?.unwrap_or(body);
        let rep = body.clone();
        let mut piece = PhrasePiece::repeat(count, body);
        let is_slash = self.scan.clone().peek() == Some('/');
        let is_introduced = self.ahead().introducer();
        // One recovery between the reps, and one between the sets.
        let mut start = self.scan.at;
        while let Some(recovery) = self.recovery(&rep)? {
            let recovery = self.without_pace_of_reps(start, &mut piece, recovery)?;
            if !piece.give_recovery(recovery) {
                return Err(PhrasingError::Unread);
            }
            // `2x(3min, 2min, 1min) w/ 1min jog`: between the steps, or between the sets?
            if !is_slash && !self.says_between_sets() {
                self.settle_list_recovery(&mut piece, start, is_introduced)?;
            }
            start = self.scan.at;
            if !piece.has_sets() {
                break;
            }
        }
        self.target_after_recovery(&mut piece)?;
        let _ = ["continuous", "continuously", "non stop", "nonstop"].iter().any(|word| self.scan.take(word));
        if matches!(&rep.body, PhraseBody::Step(step) if step.targets == ["strides"]) {
            self.skip_place_at_end();
        }
        self.reps_of_progression(&mut piece);
        Ok(piece)
    }

    /// `5 x 1k from 4:30 to 4:10`: each rep is faster than the one before.
    fn reps_of_progression(&mut self, piece: &mut PhrasePiece) {
        let PhraseBody::Repeat { count, body, recovery } = &piece.body else { return };
        let PhraseBody::Step(step) = &body.body else { return };
        let (Ok(reps), [target], true) = (count.parse::<u32>(), step.targets.as_slice(), step.is_progression)
        else {
            return;
        };
        let Some(paces) = paces_of_reps(target, reps) else { return };
        let each = format!("{count}×{}", step.render());
        self.notes.push(format!(
            "`{target}` is taken as the pace from rep to rep; for within each rep write `{each}`."
        ));
        let rung = |pace: String| {
            PhrasePiece::step(StepPhrase { targets: vec![pace], is_progression: false, ..(**step).clone() })
        };
        let rungs = paces.into_iter().map(rung).collect();
        piece.body = PhraseBody::Ladder { rungs, recovery: recovery.clone() };
    }

    /// `4 x 200-200-400 @ mile`: a list of lengths without a recovery, as often as it says.
    fn repeated_ladder(&mut self, count: &str) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let ladder = ahead.dash_ladder().ok()??;
        // A note says that the effort is a guess: too much is left open then.
        (ladder.lacks_recovery() && ahead.sees_item_end() && ahead.notes.is_empty()).then_some(())?;
        self.scan = ahead.scan;
        self.notes.append(&mut ahead.notes);
        let PhraseBody::Ladder { rungs, .. } = ladder.body else { return None };
        Some(PhrasePiece::repeat(count.to_string(), PhrasePiece::group(rungs)))
    }

    /// `2x10x30"/30" R3'`, `2 x 6 x 400m, 90s and 4min`: two counts and the recovery of each. Without both, a repeat of a
    /// repeat needs brackets.
    fn nested_counts(&mut self, count: &str) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let Some((inner, false)) = self.count()? else {
            self.scan = before;
            return Ok(None);
        };
        // Three counts are nothing that anybody writes.
        if matches!(self.ahead().count(), Ok(Some(_))) {
            return Err(PhrasingError::Unread);
        }
        let set = self.repeat(inner, false)?;
        let mut piece = PhrasePiece::repeat(count.to_string(), set.clone());
        let recovery = if set.lacks_recovery() { None } else { self.recovery(&set)? };
        match recovery {
            Some(recovery @ RecoveryPhrase::Between(..)) if piece.give_recovery(recovery.clone()) => {
                Ok(Some(piece))
            }
            None if !set.lacks_recovery() => Ok(Some(piece)),
            _ => Err(PhrasingError::Unread),
        }
    }

    /// `30s on 30s off` and `3min on, 90s off`: a pair, its recovery kept after the last rep too.
    pub(super) fn on_and_off(&mut self, body: &PhrasePiece) -> PhraseResult<Option<PhrasePiece>> {
        let PhraseBody::Step(on) = &body.body else { return Ok(None) };
        if !on.is_on {
            return Ok(None);
        }
        let before = self.scan.clone();
        let _ = self.scan.eat(&[',']);
        if self.scan.peek() != Some('/')
            && let Ok(off) = self.step(StepPlace::Recovery(on.length_sort()))
            && off.is_off
        {
            self.notes.push(
                "On and off are taken as hard and easy. The last off is kept: a `/` would leave it out."
                    .to_string(),
            );
            let piece = |step: StepPhrase| PhrasePiece {
                body: PhraseBody::Step(Box::new(step)),
                ..PhrasePiece::default()
            };
            let group = PhraseBody::Group(vec![piece((**on).clone()), piece(off)]);
            return Ok(Some(PhrasePiece { body: group, ..PhrasePiece::default() }));
        }
        self.scan = before;
        Ok(None)
    }
}

/// The paces of so many reps, from the first pace of a ramp between two clocks to its last.
fn paces_of_reps(target: &str, reps: u32) -> Option<Vec<String>> {
    let (first, last) = target.split_once(" -> ")?;
    let unit = ["/km", "/mi"].into_iter().find(|unit| first.ends_with(unit) && last.ends_with(unit))?;
    let seconds = |text: &str| {
        let (minutes, seconds) = text.strip_suffix(unit)?.split_once(':')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    let (first, last) = (seconds(first)?, seconds(last)?);
    let steps = f64::from(reps.checked_sub(1).filter(|steps| (1..MOST_REPS).contains(steps))?);
    let pace = |rep: u32| (first + (last - first) * f64::from(rep) / steps).round();
    Some((0..reps).map(|rep| format!("{}{unit}", clock_text(pace(rep)))).collect())
}
