//! Puts a step into words: the name, the rep, the number to press and the length.

use super::SpeechDraft;
use crate::cues::Signal;
use crate::cues::cue_plan::PressReason;
use crate::cues::phrase::{self, Phrase, Word};
use crate::session::{ForecastStep, StepEnd};
use crate::units::Millis;
use crate::workout::sequence::{End, Kind, PlannedStep, Rep, Role, StepId};

/// A number to press for a step.
pub(super) struct PressedNumber {
    /// The active time of the press.
    pub(super) at: Millis,
    /// True if it is pressed before the step begins.
    pub(super) ahead: bool,
    /// The number in letters.
    pub(super) words: String,
}

impl SpeechDraft<'_> {
    /// Returns the phrases for a step that begins. For a step that goes on, the phrase gives the time left.
    pub(super) fn rest_of(
        &self,
        step: &PlannedStep,
        seen: &ForecastStep,
        number: Option<&str>,
    ) -> Vec<Phrase> {
        let now = self.forecast.from;
        match seen.end {
            StepEnd::At(end) if seen.start < now => {
                let mut words = self.name(step, None, number.is_some()).concat_number(number);
                words.push(Word::known(phrase::left(end.saturating_sub(now).to_nearest_second())));
                vec![Phrase(words)]
            }
            _ => self.step_phrases(step, None, number),
        }
    }

    /// Returns the phrases for a step, each shorter than the one before.
    pub(super) fn step_phrases(
        &self,
        step: &PlannedStep,
        signal: Option<Signal>,
        number: Option<&str>,
    ) -> Vec<Phrase> {
        let has_number = number.is_some();
        let name = || self.name(step, signal, has_number);
        let mut all = Vec::new();
        if self.full {
            let rep: Vec<Word> = self.rep(step).map(Word::known).into_iter().collect();
            let detail = (step.label.as_deref().is_some_and(|label| label != step.target.words)
                && !has_number)
                .then(|| Word::free(step.target.spoken_words(), None));
            let incline = self.incline(step).map(Word::known);
            let mut words = name();
            words.extend(detail);
            words = words.concat_number(number);
            words.extend(incline.clone());
            let length = length(step).map(Word::known);
            all.push(Phrase(
                rep.iter().cloned().chain(words.iter().cloned()).chain(length.clone()).collect(),
            ));
            if !rep.is_empty() {
                all.push(Phrase(words.iter().cloned().chain(length).collect()));
            }
            all.push(Phrase(words));
        }
        all.push(Phrase(name().concat_number(number)));
        if step.label.is_some() {
            // The target replaces a label that is too long or that no voice can say.
            all.push(Phrase(vec![Word::free(step.target.spoken_words(), None)].concat_number(number)));
        }
        all.dedup();
        all
    }

    /// Returns the name of a step. `signal` gives the word for a name that no voice can say.
    pub(super) fn name(&self, step: &PlannedStep, signal: Option<Signal>, has_number: bool) -> Vec<Word> {
        let instead = match signal.map(Signal::meaning) {
            Some(Signal::Faster) => Some("faster"),
            Some(Signal::Easier) => Some("easier"),
            Some(_) => Some("the same again"),
            None => None,
        };
        let kind = match step.kind {
            _ if step.label.is_some() => None,
            Kind::Warmup => Some("warm-up"),
            Kind::Cooldown => Some("cool-down"),
            Kind::Rest => Some("rest"),
            _ => None,
        };
        // A target that is a number is not said beside the belt's number.
        let is_number = step.label.is_none() && step.target.begins_with_number();
        match kind {
            None if has_number && is_number => Vec::new(),
            Some(kind) if has_number || step.kind == Kind::Rest => vec![Word::known(kind)],
            Some(kind) => vec![Word::known(kind), Word::free(step.target.spoken_words(), None)],
            None => vec![Word::free(step.spoken_title(), instead)],
        }
    }

    /// Returns the rep of a step: `number three of eight`, `last one`.
    pub(super) fn rep(&self, step: &PlannedStep) -> Option<String> {
        let repeats = |rep: &&Rep| rep.of != Some(1);
        let inner = step.reps.last().filter(|rep| step.role == Role::Work && repeats(rep))?;
        let outer = step.reps.iter().rev().nth(1).filter(repeats);
        let count = |n: u32| phrase::number(n.into());
        let place = |word: &str, rep: &Rep| match rep.of {
            Some(of) => format!("{word} {} of {}", count(rep.n), count(of)),
            None => format!("{word} {}", count(rep.n)),
        };
        Some(match outer {
            Some(set) if inner.n == 1 => place("set", set),
            Some(set) if inner.is_last() && !set.is_last() => "last of the set".to_string(),
            _ if inner.is_last() => "last one".to_string(),
            _ => place("number", inner),
        })
    }

    /// Returns the incline of a step, if the step before has another.
    pub(super) fn incline(&self, step: &PlannedStep) -> Option<String> {
        let index = self.sequence.index(step.id)?;
        let before = index.checked_sub(1).and_then(|i| self.sequence.steps.get(i));
        let was = before.map_or(0.0, |b| b.incline_to.unwrap_or(b.incline).percent());
        let is = step.incline.percent();
        ((was - is).abs() > 1e-9).then(|| format!("incline {}", phrase::percent(is)))
    }

    /// Returns the number to press for the start of a step.
    pub(super) fn pressed(&self, step: StepId) -> Option<PressedNumber> {
        // The presses are in the order of the steps.
        let index = self.sequence.index(step);
        let first = self.plan.belt.partition_point(|c| self.sequence.index(c.step) < index);
        let change = self.plan.belt.get(first).filter(|c| c.step == step && c.why != PressReason::Ramp)?;
        let words = self.number(change.setting.number)?;
        Some(PressedNumber { at: change.at, ahead: change.why == PressReason::Ahead, words })
    }

    /// Returns what to do with the belt for the step after the `i`th, if no press is planned for it.
    pub(super) fn not_pressed(&self, i: usize) -> Option<String> {
        let (here, next) = (self.plan.presses.stretches.get(i)?, self.plan.presses.stretches.get(i + 1)?);
        if next.on_rails {
            return (!here.on_rails).then(|| "onto the rails".to_string());
        }
        // The planned number stays, but the runner may have changed it during a step without a speed.
        let unknown = here.begins.is_none() && !here.on_rails;
        next.begins.filter(|_| unknown).and_then(|setting| self.number(setting.number))
    }

    /// Returns the belt's number in letters, unless the workout hides paces.
    pub(super) fn number(&self, number: f64) -> Option<String> {
        if number <= 0.0 {
            return Some("stop the belt".to_string());
        }
        self.sequence.show_pace.then(|| phrase::decimal(&self.context.treadmill.belt.text(number)))
    }
}

trait Numbered {
    fn concat_number(self, number: Option<&str>) -> Self;
}

impl Numbered for Vec<Word> {
    fn concat_number(mut self, number: Option<&str>) -> Self {
        self.extend(number.map(Word::known));
        self
    }
}

/// Returns the length of a step as it was written.
fn length(step: &PlannedStep) -> Option<String> {
    Some(match step.end {
        End::Time { upper, lower: Some(lower) } => phrase::duration_range(lower, upper),
        End::Time { upper, .. } => phrase::duration(upper),
        End::Distance { upper, time: Some(_), .. } => phrase::distance(upper),
        End::Distance { upper, .. } => format!("{}, then press enter", phrase::distance(upper)),
        End::Open => "until you press enter".to_string(),
    })
}
