//! Heart rates that end a step.

use super::intensity::heart_beats;
use super::resolve::Resolver;
use super::target_words::heart_words;
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::language::document::{EndLine, HeartLine, StepLine};
use crate::workout::language::lexicon::NamedTarget;
use crate::workout::language::messages::until::UntilProblem;
use crate::workout::language::print;
use crate::workout::sequence::{End, HeartLimit, HeartSide, Role, Target};

/// The lower bound of a step that names none.
const EARLIEST: Millis = Millis::from_secs(10);
/// The upper bound of a recovery that names none, and of any other step.
const LATEST_RECOVERY: Millis = Millis::from_secs(5 * 60);
const LATEST_WORK: Millis = Millis::from_secs(10 * 60);
/// The shortest upper bound.
const SHORTEST: Millis = Millis::from_secs(15);

/// The end of a step, and the heart rate that ends it earlier.
pub(super) struct UntilEnd {
    pub(super) end: End,
    pub(super) until: Option<HeartLimit>,
}

impl Resolver<'_> {
    /// Adds the heart rate that ends a step to its `end`.
    pub(super) fn until(&mut self, line: &StepLine, role: Role, target: &Target, end: End) -> UntilEnd {
        let Some(until) = &line.until else { return UntilEnd { end, until: None } };
        let is_slow = target.start.rank.is_some_and(|rank| rank <= NamedTarget::Recovery.rank());
        let rises = matches!(role, Role::Work | Role::Warmup) && !is_slow;
        let side = until.value.side.unwrap_or(if rises { HeartSide::Above } else { HeartSide::Below });
        let written = print::until(until.value);
        let problem = match (line.end, end) {
            (EndLine::Time { .. }, End::Time { upper, .. }) if upper < SHORTEST => {
                Some(UntilProblem::TooShortForUntil)
            }
            (EndLine::Time { .. } | EndLine::Open, _) => None,
            _ => Some(UntilProblem::UntilBesideLength),
        };
        if let Some(problem) = problem {
            self.problems.push(Diagnostic::new(until.span.clone(), problem));
            return UntilEnd { end, until: None };
        }
        let latest = if role == Role::Between { LATEST_RECOVERY } else { LATEST_WORK };
        let (upper, lower) = match end {
            End::Time { upper, lower } => (upper, lower),
            End::Distance { .. } | End::Open => (latest, None),
        };
        let lower = lower.unwrap_or(EARLIEST);
        let limit = HeartLimit {
            words: words(&until.value.heart, until.value.side),
            side,
            bpm: self.limit(&until.value.heart, until.value.side, side),
        };
        self.assume_side(&written, &until.value.heart, until.value.side, side);
        self.assume_bounds(&written, end, upper, lower);
        if limit.bpm.is_none() {
            self.note(format!(
                "Your profile does not say how many beats a minute `{written}` is: Enter ends the step."
            ));
        }
        UntilEnd { end: End::Time { upper, lower: Some(lower) }, until: Some(limit) }
    }

    /// Returns the beats per minute that the heart rate has to leave behind.
    fn limit(&self, heart: &HeartLine, written: Option<HeartSide>, side: HeartSide) -> Option<u32> {
        let (low, high) = heart_beats(heart, self.athlete)?;
        Some(match (written, heart, side) {
            // Into the zone.
            (None, HeartLine::Zone(_), HeartSide::Below) => high + 1,
            (None, HeartLine::Zone(_), HeartSide::Above) => low.saturating_sub(1),
            // Out of it.
            (_, _, HeartSide::Below) => low,
            (_, _, HeartSide::Above) => high,
        })
    }

    /// Notes the side of a heart rate that does not name it.
    fn assume_side(&mut self, text: &str, heart: &HeartLine, written: Option<HeartSide>, side: HeartSide) {
        if written.is_some() {
            return;
        }
        let (goes, whose) = match side {
            HeartSide::Above => ("rises", "an effort"),
            HeartSide::Below => ("falls", "a recovery"),
        };
        let meant = match heart {
            HeartLine::Zone(zone) => format!("until the heart rate {goes} to {zone}"),
            _ => format!("until HR {} {}", side.mark(), text.trim_end_matches("bpm")),
        };
        self.note(format!("`until {text}` is taken as `{meant}`, being {whose}."));
    }

    /// Notes the bounds that are not written.
    fn assume_bounds(&mut self, text: &str, end: End, upper: Millis, lower: Millis) {
        match end {
            End::Time { lower: Some(_), .. } => {}
            End::Time { lower: None, .. } => {
                self.note(format!("`until {text}` does not end a step in its first {}.", print::time(lower)));
            }
            End::Distance { .. } | End::Open => {
                let (lower, upper) = (print::time(lower), print::time(upper));
                self.note(format!(
                    "`until {text}` names no time: the step ends after {lower} at the earliest and {upper} at the latest."
                ));
            }
        }
    }
}

/// Returns a heart rate that ends a step in words: `HR < 120`, `Z2`, `HR > 85% HRmax`.
fn words(heart: &HeartLine, side: Option<HeartSide>) -> String {
    let heart = heart_words(heart);
    match side {
        None => heart,
        Some(side) => format!("HR {} {}", side.mark(), heart.strip_suffix(" bpm").unwrap_or(&heart)),
    }
}
