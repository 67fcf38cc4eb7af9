//! Sessions with a name of their own: Yasso 800s, hill sprints.

use super::phrases::LONGEST_HILL;
use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{StepPhrase, StepPlace};
use super::{PhraseReader, PhraseResult, PhrasingError, UnclearPhrase, required};
use crate::workout::language::messages::phrase::PhraseProblem;
use std::ops::Range;

/// Names of Bart Yasso's reps of 800 m.
const YASSO: [&str; 8] =
    ["yasso 800s", "yasso 800's", "yasso 800m", "yasso 800", "yassos 800s", "yassos", "yasso's", "yasso"];
/// Names of reps on a hill, and how hard they are.
const HILLS: &[(&str, Option<&str>)] = &[
    ("hill sprints", Some("all-out")),
    ("uphill sprints", Some("all-out")),
    ("short hill sprints", Some("all-out")),
    ("short hills", None),
    ("long hills", None),
    ("short hill repeats", None),
    ("long hill repeats", None),
    ("hill repeats", None),
    ("hill reps", None),
    ("hill intervals", None),
    ("hills", None),
    ("hill", None),
    ("uphill", None),
];

/// Labels of the two sessions of a day.
const DAYTIMES: [(&str, &str); 3] = [("am", "pm"), ("morning", "evening"), ("morning", "afternoon")];

/// Returns the second of two sessions of a day: `AM: 5×2km threshold, PM: 10×400m`.
pub(crate) fn second_session(text: &str) -> Option<UnclearPhrase> {
    let lower = text.to_ascii_lowercase();
    let label = |name: &str, from: usize| {
        let places = lower.get(from..)?.match_indices(name).map(|(at, _)| from + at);
        places.into_iter().find(|at| {
            let before = lower.get(..*at).unwrap_or_default();
            let behind = lower.get(at + name.len()..).unwrap_or_default().trim_start();
            // `7 pm` is a time of day.
            !before.ends_with(char::is_alphanumeric)
                && !before.trim_end().ends_with(|c: char| c.is_ascii_digit())
                && behind.starts_with([':', '-', '–'])
        })
    };
    let second = |(first, second): &(&str, &str)| {
        let at = label(first, 0)?;
        label(second, at + first.len()).map(|at| at..at + second.len())
    };
    let at = DAYTIMES.iter().find_map(second)?;
    let ends = [',', ';', '/', '+', '-', '–', '.', '(', ' ', '\n', '\t'];
    let first = text.get(..at.start)?.trim_end_matches(ends).to_string();
    Some(UnclearPhrase { at, kind: PhraseProblem::TwoSessions { first } })
}

impl PhraseReader<'_> {
    /// A session that is known by its name. Nothing where none stands here.
    pub(super) fn named_session(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        if let Some(piece) = self.yasso()? {
            return Ok(Some(piece));
        }
        self.hill_session()
    }

    /// `10 yasso 800s`, `yasso 800s x 10`, `yasso 10x800 in 3:30`.
    fn yasso(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        let leading = self.ahead_count();
        if !YASSO.iter().any(|name| self.scan.take(name)) {
            self.scan = before;
            return Ok(None);
        }
        let _ = self.scan.eat(&[':']);
        let count = match leading {
            Some(count) => count,
            None => match self.count()? {
                Some((count, _)) => {
                    let metres = required(self.length(StepPlace::Body)?)?;
                    required(Some(()).filter(|()| metres.value == 800.0))?;
                    count
                }
                None => {
                    required(self.scan.eat(&super::repeats::TIMES))?;
                    required(self.whole_number_or_range())?
                }
            },
        };
        let mut step = StepPhrase {
            length: Some(super::ends::LengthUnit::METRE.length(800.0)),
            ..StepPhrase::default()
        };
        self.step_parts(&mut step, StepPlace::Body)?;
        if !step.has_pace() {
            self.notes.push(
                "Yasso 800s are taken at 10K to 5K pace: a marathon in 4:00 h means 800 m in 4:00 min."
                    .to_string(),
            );
            step.targets.push("10K-5K".to_string());
        }
        let body = PhrasePiece::step(step);
        let recovery = match self.recovery(&body)? {
            Some(recovery) => Some(recovery),
            None => self.recovery_behind_comma(body.length_sort()),
        };
        let recovery = recovery.unwrap_or_else(|| {
            self.notes
                .push("The jog between Yasso 800s is taken to last as long as each of them.".to_string());
            RecoveryPhrase::notation("100% jog".to_string())
        });
        let mut piece = PhrasePiece::repeat(count, body);
        piece.set_recovery(recovery);
        Ok(Some(piece))
    }

    /// The count before a name: `10 x`, `10`.
    fn ahead_count(&mut self) -> Option<String> {
        if let Ok(Some((count, _))) = self.count() {
            return Some(count);
        }
        self.whole_number_or_range()
    }

    /// `hill sprints 8 x 10s @ 8%`. Without an incline, short hills get the usual one.
    fn hill_session(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let before = self.scan.clone();
        self.scan.skip_spaces();
        let start = self.scan.at;
        let Some(effort) = self.scan.longest(HILLS) else { return Ok(None) };
        let name = start..self.scan.at;
        let _ = self.scan.eat(&[':']);
        let Some((count, sets)) = self.count()? else {
            self.scan = before;
            return Ok(None);
        };
        let mut piece = self.repeat(count, sets)?;
        if let Some(effort) = effort {
            let _ = piece.give_target(effort);
        }
        let _ = piece.give_target("hard");
        if !piece.render().contains("incline") {
            self.incline_of_hills(&mut piece, name)?;
        }
        if effort.is_some() && piece.lacks_recovery() && self.scan.peek() != Some(',') {
            self.notes.push("Hill sprints are taken with a walk between that you end yourself.".to_string());
            piece.set_recovery(RecoveryPhrase::notation("open walk".to_string()));
        }
        Ok(Some(piece))
    }

    /// Gives the reps of a hill session, whose name stands at `name`, the usual incline.
    fn incline_of_hills(&mut self, piece: &mut PhrasePiece, name: Range<usize>) -> PhraseResult<()> {
        let PhraseBody::Repeat { count, body, .. } = &mut piece.body else {
            return Err(PhrasingError::Unread);
        };
        let length = body.length().map_or(String::new(), |length| format!("{count}×{}", length.text));
        match &mut body.body {
            PhraseBody::Step(step) if step.seconds().is_some_and(|seconds| seconds <= LONGEST_HILL) => {
                self.assume_incline(step);
                Ok(())
            }
            _ => {
                let kind = PhraseProblem::HillWithoutIncline { length };
                Err(PhrasingError::Unclear(UnclearPhrase { at: name, kind }))
            }
        }
    }
}
