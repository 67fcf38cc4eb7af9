//! A workout's steps on the runner's treadmill: what the belt is asked for, and what it cannot do.

use crate::athlete::Athlete;
use crate::belt::{Belt, BeltCourse, BeltNote, BeltStretch, EvenLine};
use crate::diagnostic::{Diagnostic, LineIndex, SourcePlace};
use crate::units::{Distance, Incline, Millis, Speed};
use crate::workout::sequence::{End, PlannedStep, Role, Sequence, SourceSpan, StepId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The belt that a session is run on, and what no target on it passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Treadmill {
    /// The belt.
    pub belt: Belt,
    /// The speed that no target, ramp or change by hand passes until the runner has said so.
    pub ceiling: Option<Speed>,
}

/// An open step is taken to be at least so long: whatever the belt has to do fits.
const OPEN: Millis = Millis::from_secs(3600);

/// What `step` asks of the belt, from `start` on, for `length` where that is known. A step that says only how hard it
/// is asks for the speed that is suggested for it.
pub fn stretch(step: &PlannedStep, start: Millis, length: Option<Millis>) -> BeltStretch {
    let target = &step.target;
    let written = target.start.speed.map(|from| EvenLine { from, to: target.end().speed.unwrap_or(from) });
    let incline = EvenLine { from: step.incline, to: step.incline_to.unwrap_or(step.incline) };
    BeltStretch {
        start,
        length,
        speed: written.or(target.suggested.map(EvenLine::level)),
        incline,
        recovery: step.role == Role::Between || !step.reps.is_empty(),
        planned: step.end.planned(),
        by_hand: None,
    }
}

/// The steps of a sequence as stretches, from its start; open steps are taken to be long.
pub fn stretches(sequence: &Sequence) -> Vec<BeltStretch> {
    let mut start = Millis::ZERO;
    let each = sequence.steps.iter().map(|step| {
        let length = step.end.planned();
        let stretch = stretch(step, start, length);
        start += length.unwrap_or(OPEN);
        stretch
    });
    each.collect()
}

/// The speed on the runner's flat that a step costs as much as, where it is on another incline.
pub fn flat_equivalent(athlete: &Athlete, speed: Speed, incline: Incline) -> Option<Speed> {
    let flat = athlete.flat.unwrap_or(Incline::FLAT);
    (incline != flat && speed.mps() > 0.0).then(|| crate::belt::flat_equivalent(speed, incline, flat))
}

/// The same sequence with the speeds at which this belt runs it, and with each distance run in the time that this takes:
/// at the numbers that it can be set to, not above the runner's ceiling. The language's own times are exact, and nobody
/// can run them.
pub fn timed(mut sequence: Sequence, treadmill: &Treadmill) -> Sequence {
    let mut offset = Some(Millis::ZERO);
    for step in &mut sequence.steps {
        step.on_belt = step.target.start.speed.map(|from| {
            let to = step.target.end().speed.unwrap_or(from);
            let reached = |speed| treadmill.belt.reach(speed, step.incline, treadmill.ceiling).setting.speed;
            (reached(from), reached(to))
        });
        if let End::Distance { upper, lower, time: Some(_), .. } = step.end
            && let Some(from) = step.target.start.speed
        {
            let to = step.target.end().speed.unwrap_or(from);
            let mean = treadmill.belt.mean(&EvenLine { from, to }, treadmill.ceiling);
            if mean.mps() > 0.0 {
                let time_of = |distance: Distance| distance.time_at(mean);
                step.end = End::Distance {
                    upper,
                    lower,
                    time: Some(time_of(upper)),
                    lower_time: lower.map(time_of),
                };
            }
        }
        step.offset = step.offset.and(offset);
        offset = offset.zip(step.end.planned()).map(|(at, length)| at + length);
    }
    sequence
}

/// Something that the belt cannot do as the workout has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The steps that it is about, in order.
    pub steps: Vec<StepId>,
    /// The text that they came from.
    pub source: SourceSpan,
    /// What is the matter.
    pub note: BeltNote,
    /// The same in words.
    pub sentence: String,
}

impl Warning {
    /// It as a warning about the text that the sequence came from, whose lines are in `index`.
    pub fn diagnostic(&self, index: &LineIndex<'_>) -> Diagnostic {
        let span = index
            .span(SourcePlace { line: self.source.line, column: self.source.column }, self.source.length);
        let label = match self.note {
            BeltNote::Ceiling { .. } => "above your ceiling",
            BeltNote::PastTop { .. } | BeltNote::BeyondBelt { .. } => "faster than the belt",
            BeltNote::BelowLowest { .. } => "slower than the belt",
            BeltNote::Incline { .. } => "not an incline of this belt",
            BeltNote::OnRails { .. } | BeltNote::Late { .. } => "too short for this belt",
        };
        Diagnostic::warning(span, self.sentence.as_str(), label).with_help(self.help())
    }

    fn help(&self) -> &'static str {
        match self.note {
            BeltNote::Ceiling { .. } => "raise `ceiling` in the profile, or write a slower target",
            BeltNote::PastTop { .. } => "nothing to do: the incline makes up for it",
            BeltNote::BeyondBelt { .. } => {
                "write a slower target, or correct `top` and `incline_top` in the profile"
            }
            BeltNote::BelowLowest { .. } => "write a faster target, or correct `lowest` in the profile",
            BeltNote::Incline { .. } => {
                "write another incline, or correct `incline_lowest` and `incline_top` in the profile"
            }
            BeltNote::OnRails { .. } => {
                "nothing to do, or make the steps longer or nearer to each other in speed"
            }
            BeltNote::Late { .. } => "make the steps longer or nearer to each other in speed",
        }
    }
}

/// What `belt` cannot do as `sequence` has it, each once, in the order of the steps.
pub fn warnings(sequence: &Sequence, belt: &Belt, ceiling: Option<Speed>) -> Vec<Warning> {
    let stretches = stretches(sequence);
    let course = BeltCourse { stretches: &stretches, ceiling, from: Millis::ZERO, shown: None, before: None };
    let plan = belt.presses(&course);
    let mut warnings: Vec<Warning> = Vec::new();
    // Which of them are about the same words of the text.
    let mut about: HashMap<SourceSpan, Vec<usize>> = HashMap::new();
    for (step, planned) in sequence.steps.iter().zip(&plan.stretches) {
        for note in &planned.notes {
            let here = about.entry(step.source).or_default();
            let same = here.iter().find(|i| warnings.get(**i).is_some_and(|w| w.note == *note));
            if let Some(warning) = same.and_then(|i| warnings.get_mut(*i)) {
                warning.steps.push(step.id);
                continue;
            }
            here.push(warnings.len());
            warnings.push(Warning {
                steps: vec![step.id],
                source: step.source,
                note: *note,
                sentence: note.sentence(belt),
            });
        }
    }
    warnings
}
