//! A step in words: what it is called, which rep it is, what to press, how long it is.

use super::SpeechDraft;
use crate::cues::Signal;
use crate::cues::cue_plan::PressReason;
use crate::cues::phrase::{self, Phrase, Word};
use crate::session::{ForecastStep, StepEnd};
use crate::units::Millis;
use crate::workout::sequence::{End, Kind, PlannedStep, Role, StepId};

/// The step that a number is pressed for, and the number in letters.
pub(super) struct PressedNumber {
    pub(super) at: Millis,
    pub(super) ahead: bool,
    pub(super) words: String,
}

impl SpeechDraft<'_> {
    /// A step that goes on, or begins: with what is left of it.
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
                words.push(Word::known(phrase::left(seconds(end.saturating_sub(now)))));
                vec![Phrase(words)]
            }
            _ => self.of(step, None, number),
        }
    }

    /// A step in words, from many to few.
    pub(super) fn of(&self, step: &PlannedStep, signal: Option<Signal>, number: Option<&str>) -> Vec<Phrase> {
        let has_number = number.is_some();
        let name = || self.name(step, signal, has_number);
        let mut all = Vec::new();
        if self.full {
            let rep: Vec<Word> = self.rep(step).map(Word::known).into_iter().collect();
            let detail = (step.label.as_deref().is_some_and(|label| label != step.target.words)
                && !has_number)
                .then(|| Word::free(&step.target.words, None));
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
            // A label too long for its place, or that nobody can pronounce.
            all.push(Phrase(vec![Word::free(&step.target.words, None)].concat_number(number)));
        }
        all.dedup();
        all
    }

    /// What a step is called.
    pub(super) fn name(&self, step: &PlannedStep, signal: Option<Signal>, has_number: bool) -> Vec<Word> {
        let instead = match signal.map(Signal::meaning) {
            Some(Signal::Faster) => Some("faster"),
            Some(Signal::Easier) => Some("easier"),
            Some(_) => Some("the same again"),
            // Nothing to compare it with.
            None => None,
        };
        let kind = match step.kind {
            _ if step.label.is_some() => None,
            Kind::Warmup => Some("warm-up"),
            Kind::Cooldown => Some("cool-down"),
            Kind::Rest => Some("rest"),
            _ => None,
        };
        // What is written as a number is not said twice.
        let is_number = step.label.is_none() && step.target.words.starts_with(|c: char| c.is_ascii_digit());
        match kind {
            None if has_number && is_number => Vec::new(),
            Some(kind) if has_number || step.kind == Kind::Rest => vec![Word::known(kind)],
            Some(kind) => vec![Word::known(kind), Word::free(&step.target.words, None)],
            None => vec![Word::free(step.title(), instead)],
        }
    }

    /// Which rep it is: `number three of eight`, `last one`.
    pub(super) fn rep(&self, step: &PlannedStep) -> Option<String> {
        let inner = step.reps.last().filter(|rep| step.role == Role::Work && rep.of > 1)?;
        let outer = step.reps.iter().rev().nth(1).filter(|rep| rep.of > 1);
        let count = |n: u32| phrase::number(n.into());
        Some(match outer {
            Some(set) if inner.n == 1 => format!("set {} of {}", count(set.n), count(set.of)),
            Some(set) if inner.n == inner.of && set.n < set.of => "last of the set".to_string(),
            _ if inner.n == inner.of => "last one".to_string(),
            _ => format!("number {} of {}", count(inner.n), count(inner.of)),
        })
    }

    /// The incline of a step that has another one than the step before.
    pub(super) fn incline(&self, step: &PlannedStep) -> Option<String> {
        let index = self.sequence.index(step.id)?;
        let before = index.checked_sub(1).and_then(|i| self.sequence.steps.get(i));
        let was = before.map_or(0.0, |b| b.incline_to.unwrap_or(b.incline).percent());
        let is = step.incline.percent();
        ((was - is).abs() > 1e-9).then(|| format!("incline {}", phrase::percent(is)))
    }

    /// The number that a step begins with, where one is to be pressed.
    pub(super) fn pressed(&self, step: StepId) -> Option<PressedNumber> {
        // In the order of time, and of the steps.
        let first = self.plan.belt.partition_point(|c| c.step < step);
        let change = self.plan.belt.get(first).filter(|c| c.step == step && c.why != PressReason::Ramp)?;
        let words = self.number(change.setting.number)?;
        Some(PressedNumber { at: change.at, ahead: change.why == PressReason::Ahead, words })
    }

    /// What to do with the belt for the step after this one, where no new number is planned for it.
    pub(super) fn not_pressed(&self, i: usize) -> Option<String> {
        let (here, next) = (self.plan.presses.stretches.get(i)?, self.plan.presses.stretches.get(i + 1)?);
        if next.on_rails {
            return (!here.on_rails).then(|| "onto the rails".to_string());
        }
        // The number is that of the plan's last one, but nobody knows what was run in between.
        let unknown = here.begins.is_none() && !here.on_rails;
        next.begins.filter(|_| unknown).and_then(|setting| self.number(setting.number))
    }

    /// The belt's number in letters; nothing where the runner is not to know it.
    pub(super) fn number(&self, number: f64) -> Option<String> {
        if number <= 0.0 {
            return Some("stop the belt".to_string());
        }
        self.sequence.show_pace.then(|| phrase::decimal(&self.footing.treadmill.belt.text(number)))
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

/// To the nearest second.
fn seconds(time: Millis) -> Millis {
    Millis::from_secs((time.get() + 500) / 1000)
}

/// How long a step is, as it was written.
fn length(step: &PlannedStep) -> Option<String> {
    Some(match step.end {
        End::Time { upper, lower: Some(lower) } => {
            format!("{} to {}", bare(phrase::duration(lower), upper), phrase::duration(upper))
        }
        End::Time { upper, .. } => phrase::duration(upper),
        End::Distance { upper, time: Some(_), .. } => phrase::distance(upper),
        End::Distance { upper, .. } => format!("{}, then press enter", phrase::distance(upper)),
        End::Open => "until you press enter".to_string(),
    })
}

/// Without its unit, where the other has the same: `seventy-five to ninety minutes`.
fn bare(lower: String, upper: Millis) -> String {
    let unit = |text: &str| text.rsplit(' ').next().map(str::to_string);
    match unit(&lower).filter(|u| unit(&phrase::duration(upper)).as_ref() == Some(u)) {
        Some(unit) => lower.trim_end_matches(&unit).trim_end().to_string(),
        None => lower,
    }
}
