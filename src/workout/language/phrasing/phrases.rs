//! Words and phrases of the table inside a step.

use super::step_phrase::StepPhrase;
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::messages::phrase::PhraseProblem;

impl PhraseReader<'_> {
    /// A word or a phrase of the table.
    pub(super) fn phrase(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let start = self.scan.at;
        if let Some(target) = self.named_target() {
            // Before a length these two are kinds.
            match target.as_str() {
                "recovery" if step.length.is_none() && step.kind.is_none() => step.kind = Some("recovery"),
                _ => return self.add_target(step, target),
            }
            return Ok(());
        }
        match self.scan.longest(PHRASES) {
            Some(PhraseMeaning::Kind(kind)) if step.kind.is_none() => step.kind = Some(kind),
            Some(PhraseMeaning::Filler) => {
                // `4 miles pace` does not say which.
                let word = self.since(start).to_lowercase();
                if (word == "pace" || word == "effort") && step.targets.is_empty() && step.within.is_none() {
                    return Err(PhrasingError::Unread);
                }
                step.is_worded = true;
            }
            Some(PhraseMeaning::On) => step.is_on = true,
            Some(PhraseMeaning::Off) => step.is_off = true,
            Some(PhraseMeaning::Strides) => return self.add_target(step, "strides".to_string()),
            Some(PhraseMeaning::Between) => step.between = true,
            Some(PhraseMeaning::AfterEach) => step.after_each = true,
            Some(PhraseMeaning::Back(back)) => step.back = Some(back),
            Some(PhraseMeaning::Open) => step.is_open = true,
            Some(PhraseMeaning::Progression) => step.is_progression = true,
            _ => return self.not_a_phrase(start, step),
        }
        Ok(())
    }

    pub(super) fn not_a_phrase(&mut self, start: usize, step: &StepPhrase) -> PhraseResult<()> {
        let length = step.length.as_ref().map_or("20min", |length| length.text.as_str()).to_string();
        let which = ["goal pace", "race pace", "target pace", "pb pace", "gp", "rp"];
        if which.iter().any(|word| self.scan.take(word)) {
            return self.unclear(start, PhraseProblem::UnknownRace { length });
        }
        if self.scan.take("maf") {
            return self.unclear(start, PhraseProblem::MaximumAerobicRate { length });
        }
        if ["hills", "hill", "uphill", "on a hill"].iter().any(|word| self.scan.take(word)) {
            return self.unclear(start, PhraseProblem::HillWithoutIncline { length });
        }
        Err(PhrasingError::Unread)
    }

    /// Adds a target; two words of one rank are one.
    pub(super) fn add_target(&mut self, step: &mut StepPhrase, target: String) -> PhraseResult<()> {
        let rank = |target: &str| match target {
            "jog" | "easy" => 3,
            "recovery" | "very easy" => 2,
            _ => 0,
        };
        let last = step.targets.last().cloned().unwrap_or_default();
        match (last.as_str(), target.as_str()) {
            ("", _) => step.targets.push(target),
            (a, b) if a == b => {}
            // `jog recovery` and `recovery jog` are a jog.
            ("jog" | "walk" | "rest", "recovery" | "rest") => {}
            ("recovery", "jog" | "walk") => {
                step.targets.pop();
                step.targets.push(target);
            }
            (a, b) if rank(a) > 0 && rank(a) == rank(b) => {}
            (a, _) if step.is_progression && !a.contains("->") => {
                step.targets.pop();
                step.targets.push(format!("{a} -> {target}"));
            }
            _ => return Err(PhrasingError::Unread),
        }
        Ok(())
    }
}
