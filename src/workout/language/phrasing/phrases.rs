//! Words and phrases of the table inside a step.

use super::step_phrase::StepPhrase;
use super::words::{BetweenWhat, PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words about the ground, which a treadmill does not have.
const HILLY: [&str; 5] = ["trail", "hilly", "rolling", "undulating", "off road"];
/// The incline that hills are given, in percent, and the longest of them that gets it, in seconds.
const HILL: &str = "incline 6%";
pub(super) const LONGEST_HILL: f64 = 480.0;

impl PhraseReader<'_> {
    /// A word or a phrase of the table.
    pub(super) fn phrase(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let start = self.scan.at;
        if let Some(target) = self.named_target() {
            // A float is run between reps and nowhere else.
            if self.since(start).eq_ignore_ascii_case("float") {
                step.between = Some(BetweenWhat::Unsaid);
                step.is_float = true;
            }
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
                if self.ends_with_of(start) {
                    return Err(PhrasingError::Unread);
                }
                if (word == "pace" || word == "effort") && step.targets.is_empty() && step.within.is_none() {
                    return Err(PhrasingError::Unread);
                }
                step.is_brisk |= word == "brisk";
                if HILLY.iter().any(|hilly| word.contains(hilly)) {
                    self.notes.push(format!(
                        "`{word}` is left out: a treadmill is flat unless an incline is written."
                    ));
                }
                step.is_run |= ["run", "running"].contains(&word.as_str());
                step.is_worded = true;
            }
            Some(PhraseMeaning::On) if step.length.is_some() => step.is_on = true,
            Some(PhraseMeaning::Off) => step.is_off = true,
            Some(PhraseMeaning::Strides) => return self.add_target(step, "strides".to_string()),
            Some(PhraseMeaning::Between(what)) => step.between = Some(what),
            Some(PhraseMeaning::AfterEach) => step.after_each = true,
            Some(PhraseMeaning::Back(back)) => step.back = Some(back),
            // `10min jog, drills, 4 strides`: the runner ends them.
            Some(PhraseMeaning::Exercise)
                if step.length.is_none()
                    && step.targets.is_empty()
                    && self.since(start).ends_with("drills") =>
            {
                step.targets.push("'drills'".to_string());
                step.is_open = true;
            }
            Some(PhraseMeaning::Open) => step.is_open = true,
            Some(PhraseMeaning::Progression) => step.is_progression = true,
            _ => return self.not_a_phrase(start, step),
        }
        Ok(())
    }

    pub(super) fn not_a_phrase(&mut self, start: usize, step: &mut StepPhrase) -> PhraseResult<()> {
        let length = step.length.as_ref().map_or("20min", |length| length.text.as_str()).to_string();
        let which = ["goal pace", "race pace", "target pace", "pb pace", "gp", "rp"];
        if which.iter().any(|word| self.scan.take(word)) {
            return self.unclear(start, PhraseProblem::UnknownRace { length });
        }
        if self.scan.take("max")
            && (self.scan.sees("effort")
                || self.scan.peek().is_none_or(|c| ",;)/\n".contains(c))
                || self.scan.sees("w/")
                || self.scan.sees("with"))
        {
            let _ = self.scan.take("effort");
            return self.add_target(step, "all-out".to_string());
        }
        if self.scan.peek() == Some('L') && self.scan.take("L") {
            step.is_worded = true;
            return Ok(());
        }
        if self.scan.take("sweet spot") {
            let written = self.since(start).to_string();
            return self.unclear(start, PhraseProblem::CyclingEffort { written, length });
        }
        // `6x1mi strength (MP-10s/mi)`: the brackets say how fast.
        if self.scan.take("strength") && self.scan.peek() == Some('(') {
            return Ok(());
        }
        if self.scan.take("maf") {
            return self.unclear(start, PhraseProblem::MaximumAerobicRate { length });
        }
        if ["hill sprints", "hills", "hill", "uphill", "on a hill", "up", "up hill"]
            .iter()
            .any(|word| self.scan.take(word))
        {
            let is_sprint = self.since(start).ends_with("sprints");
            if step.incline.is_some() || self.sees_incline() {
                return if is_sprint { self.add_target(step, "all-out".to_string()) } else { Ok(()) };
            }
            if !step.seconds().is_some_and(|seconds| seconds <= LONGEST_HILL) {
                return self.unclear(start, PhraseProblem::HillWithoutIncline { length });
            }
            self.assume_incline(step);
            return if is_sprint { self.add_target(step, "all-out".to_string()) } else { Ok(()) };
        }
        Err(PhrasingError::Unread)
    }

    /// Gives a hill without an incline the usual one.
    pub(super) fn assume_incline(&mut self, step: &mut StepPhrase) {
        step.incline = Some(HILL.to_string());
        step.is_hill = true;
        self.notes.push("No incline is written for the hills: taken as 6%.".to_string());
    }

    /// True where a percentage stands before the end of the item.
    fn sees_incline(&self) -> bool {
        let rest = self.scan.rest();
        let end = rest.find([',', ';', '\n', '/', '(', ')']).unwrap_or(rest.len());
        rest[..end].contains('%')
    }

    /// `8 mile tempo at goal marathon pace`: the race's pace after `at` says how fast. The cursor stands after the `at`.
    pub(super) fn race_pace_over_effort(&mut self, step: &mut StepPhrase) {
        let [effort] = step.targets.as_slice() else { return };
        let Some(race) = self.ahead().named_target() else { return };
        let is_race =
            |target: &str| target.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if is_word(effort) && !is_race(effort) && effort != "walk" && is_race(&race) && !step.is_progression {
            self.notes.push(format!("`{race}` says how fast, so `{effort}` is left out."));
            step.targets.clear();
        }
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
            (a, b) if is_effort(a) && is_absolute(b) => {
                self.notes.push(format!("`{b}` says how fast, so `{a}` is left out."));
                step.targets.pop();
                step.targets.push(target);
            }
            (a, b) if is_absolute(a) && is_effort(b) => {
                self.notes.push(format!("`{a}` says how fast, so `{b}` is left out."));
            }
            (a, b) if is_heart_rate(a) || is_heart_rate(b) => step.targets.push(target),
            _ => return Err(PhrasingError::Unread),
        }
        Ok(())
    }
}

/// True for a named effort or race pace that an explicit pace may stand beside.
fn is_effort(target: &str) -> bool {
    let races = ["3K", "5K", "10K", "15K", "10 mile", "1500", "800"];
    races.contains(&target) || is_word(target)
}

fn is_word(target: &str) -> bool {
    target.starts_with(|c: char| c.is_ascii_alphabetic())
        && !["rest", "all-out", "strides"].contains(&target)
        && target.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
        && !is_heart_rate(target)
}

/// True for a pace or a speed in numbers, without a ramp.
fn is_absolute(target: &str) -> bool {
    let units = ["/km", "/mi", "km/h", "mph"];
    target.starts_with(|c: char| c.is_ascii_digit())
        && units.iter().any(|unit| target.ends_with(unit))
        && !target.contains("->")
}

/// True for a heart rate, a zone or an RPE.
fn is_heart_rate(target: &str) -> bool {
    let ends = ["bpm", "HRmax", "HRR", "LTHR"].iter().any(|unit| target.ends_with(unit));
    ends || target.starts_with("RPE")
        || target.strip_prefix('Z').is_some_and(|z| z.starts_with(|c: char| c.is_ascii_digit()))
}
