//! Warnings about the parts of a workout that the runner's belt cannot do.

use super::stretches;
use crate::belt::{BeltCourse, BeltNote, Treadmill};
use crate::diagnostic::{Diagnostic, LineIndex, SourcePlace};
use crate::units::{Incline, Millis};
use crate::workout::sequence::{Sequence, SourceSpan, StepId};
use std::collections::HashMap;

/// A deviation of the belt from the workout.
#[derive(Clone, Debug, PartialEq)]
pub struct BeltWarning {
    /// The steps concerned, in order.
    pub steps: Vec<StepId>,
    /// The text that the steps were written in.
    pub source: SourceSpan,
    /// The deviation.
    pub note: BeltNote,
    /// The deviation as a sentence.
    pub sentence: String,
}

impl BeltWarning {
    /// Returns the warning as a diagnostic about the workout's text, whose lines are in `index`.
    pub fn diagnostic(&self, index: &LineIndex<'_>) -> Diagnostic {
        let span = index
            .span(SourcePlace { line: self.source.line, column: self.source.column }, self.source.length);
        let label = match self.note {
            BeltNote::Ceiling { .. } => "above your ceiling",
            BeltNote::PastTop { .. } | BeltNote::BeyondBelt { .. } => "too fast for this belt",
            BeltNote::BelowLowest { .. } => "too slow for this belt",
            BeltNote::Incline { .. } => "outside this belt's range",
            BeltNote::OnRails { .. } | BeltNote::Late { .. } => "too short for this belt",
        };
        Diagnostic::warning(span, self.sentence.as_str(), label).with_help(self.help())
    }

    fn help(&self) -> &'static str {
        match self.note {
            BeltNote::Ceiling { .. } => "raise `ceiling` in the profile, or write a slower target",
            BeltNote::PastTop { .. } => "you need not do anything: the incline makes up for the speed",
            BeltNote::BeyondBelt { .. } => {
                "write a slower target, or correct `top` and `incline_top` in the profile"
            }
            BeltNote::BelowLowest { .. } => "write a faster target, or correct `lowest` in the profile",
            BeltNote::Incline { wanted: Incline::FLAT, .. } => {
                "set `athlete.flat` in the profile to an incline that this belt has: steps without an incline get it"
            }
            BeltNote::Incline { .. } => {
                "write another incline, or correct `incline_lowest` and `incline_top` in the profile"
            }
            BeltNote::OnRails { .. } => {
                "to have the belt slow down, make the steps longer or bring their speeds closer together"
            }
            BeltNote::Late { .. } => "make the steps longer or bring their speeds closer together",
        }
    }
}

/// Returns what the belt cannot do as `sequence` asks, each deviation once, in the order of the steps.
pub fn warnings(sequence: &Sequence, treadmill: &Treadmill) -> Vec<BeltWarning> {
    let Treadmill { belt, ceiling } = *treadmill;
    let stretches = stretches(sequence);
    let course = BeltCourse { stretches: &stretches, ceiling, from: Millis::ZERO, shown: None, before: None };
    let schedule = belt.plan_presses(&course);
    let mut warnings: Vec<BeltWarning> = Vec::new();
    // The indices of the warnings about each piece of text. A repeat warns once, whatever its number of reps.
    let mut by_source: HashMap<SourceSpan, Vec<usize>> = HashMap::new();
    for (step, planned) in sequence.steps.iter().zip(&schedule.stretches) {
        for note in &planned.notes {
            // A belt without 0 % would be warned of at every step that writes no incline.
            let is_flat = matches!(note, BeltNote::Incline { wanted: Incline::FLAT, .. });
            let source = if is_flat { SourceSpan::default() } else { step.source };
            let here = by_source.entry(source).or_default();
            let same = here.iter().find(|i| warnings.get(**i).is_some_and(|w| w.note == *note));
            if let Some(warning) = same.and_then(|i| warnings.get_mut(*i)) {
                warning.steps.push(step.id);
                continue;
            }
            here.push(warnings.len());
            warnings.push(BeltWarning {
                steps: vec![step.id],
                source: step.source,
                note: *note,
                sentence: note.sentence(&belt),
            });
        }
    }
    warnings
}
