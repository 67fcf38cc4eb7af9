//! A single step as a table: its end, its targets, its words and cues.

use super::document::{CueLine, CueMoment, EndLine, Spanned, StepLine};
use super::file_reader::FileReader;
use super::key_phrases::PhraseFrame;
use super::lexicon;
use super::messages::cue::CueProblem;
use super::messages::forms::KeyForm;
use super::messages::step::StepProblem;
use super::messages::table::TableProblem;
use super::parser::{MOST_REPS, RepCount, fragment};
use super::print;
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt};
use crate::text::{certain, cut, nearest};
use crate::units::Millis;
use crate::workout::bounds::{LONGEST_CUE, LONGEST_LABEL};
use crate::workout::sequence::Kind;
use toml::de::DeValue;

/// Every key of a table of steps.
pub const STEP_KEYS: [&str; 19] = [
    "time",
    "distance",
    "open",
    "reps",
    "share",
    "in",
    "until",
    "target",
    "incline",
    "label",
    "kind",
    "cues",
    "repeat",
    "ladder",
    "steps",
    "between",
    "on",
    "alternate",
    "for",
];
/// The keys that end a step.
const END_KEYS: [&str; 5] = ["time", "distance", "open", "reps", "share"];
/// Every key of a cue's table.
const CUE_KEYS: [&str; 3] = ["at", "every", "say"];
const KINDS: [&str; 5] = ["warmup", "cooldown", "recovery", "rest", "interval"];

impl FileReader<'_> {
    /// Reads a single step, except for its label and kind.
    pub(crate) fn step(
        &mut self,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        between: bool,
    ) -> Option<StepLine> {
        let before = self.problems.len();
        let end = self.end(table, value, between);
        let mut step = StepLine::new(end.unwrap_or(EndLine::Open), value.span());
        if let Some(value) = table.get("until") {
            self.until(value, &mut step);
        }
        if let Some(value) = table.get("target") {
            self.target(value, &mut step, between);
        }
        if let Some(value) = table.get("incline") {
            self.incline(value, &mut step);
        }
        step.cues = table.get("cues").map(|v| self.cues(v)).unwrap_or_default();
        (end.is_some() && self.problems.len() == before).then_some(step)
    }

    fn end(&mut self, table: &SpannedTable<'_>, value: &SpannedValue<'_>, between: bool) -> Option<EndLine> {
        let mut ends: Vec<_> =
            table.iter().filter(|(key, _)| END_KEYS.contains(&key.get_ref().as_ref())).collect();
        ends.sort_by_key(|(key, _)| key.span().start);
        let within = table.get_key_value("in");
        let Some(((key, end), more)) = ends.split_first() else {
            // A heart rate alone has bounds of its own.
            if table.get("until").is_some() {
                return Some(EndLine::Open);
            }
            let unknown = table.iter().any(|(key, _)| !STEP_KEYS.contains(&key.get_ref().as_ref()));
            // A misspelt key was probably the end.
            if !unknown {
                self.report(value.span(), TableProblem::StepWithoutEnd);
            }
            return None;
        };
        for (second, _) in more {
            let problem = TableProblem::SecondEnd { first: key.get_ref(), second: second.get_ref() };
            self.report(second.span(), problem);
        }
        let key = key.get_ref().as_ref();
        if let (Some((name, _)), false) = (within, ["distance", "reps"].contains(&key)) {
            self.report(name.span(), TableProblem::InWithoutDistance { key });
            return None;
        }
        match key {
            "open" => {
                self.flag("open", end);
                Some(EndLine::Open)
            }
            "reps" => self.reps(end, within.map(|(_, value)| value)),
            "share" => self.share(end, between),
            _ => self.length_within(key, end, within.map(|(_, value)| value)),
        }
    }

    /// Reads the time or the distance at `key`, and the time that a distance is run in.
    fn length_within(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
        within: Option<&SpannedValue<'_>>,
    ) -> Option<EndLine> {
        let line = self.length(key, value);
        let within = within.map(|value| self.length("in", value));
        match (line?, within) {
            (EndLine::Distance { upper, lower, unit, .. }, Some(within)) => match within? {
                EndLine::Time { upper: time, lower: fastest } => {
                    let within = Some((time, fastest));
                    Some(EndLine::Distance { upper, lower, within, unit })
                }
                _ => None,
            },
            (line, _) => Some(line),
        }
    }

    /// Reads `reps`, a number or a range such as `"8-12"`, and the time they are done in.
    fn reps(&mut self, value: &SpannedValue<'_>, within: Option<&SpannedValue<'_>>) -> Option<EndLine> {
        let RepCount { most, least, endless } = self.count("reps", value)?;
        if most > MOST_REPS || endless {
            self.report(value.span(), StepProblem::InvalidRepNumber);
            return None;
        }
        let within = match within {
            Some(value) => Some(self.time_of("in", value)?),
            None => None,
        };
        Some(EndLine::Reps { upper: most, lower: least, within })
    }

    /// Reads `share`, a percentage of the rep before.
    fn share(&mut self, value: &SpannedValue<'_>, between: bool) -> Option<EndLine> {
        if !between {
            self.report(value.span(), TableProblem::MisplacedShare);
            return None;
        }
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong("share", value, KeyForm::Share);
            return None;
        }
        self.fragment(value, PhraseFrame::Notation, fragment::share)
    }

    /// Reads the length at `key`: a distance for `distance`, otherwise a time.
    fn length(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<EndLine> {
        let distance = key == "distance";
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.missing_string(key, value);
            return None;
        }
        let frame = if distance { PhraseFrame::Distance } else { PhraseFrame::Time };
        let line = self.fragment(value, frame, fragment::end)?;
        let fits = match line {
            EndLine::Distance { .. } => distance,
            EndLine::First { .. } => key != "in",
            _ => !distance,
        };
        if !fits {
            let written = cut(self.source.text.get(value.span()).unwrap_or_default(), 40);
            let written = written.as_str();
            self.report(
                value.span(),
                match key {
                    "distance" => TableProblem::TimeForDistanceKey { written },
                    "time" => TableProblem::DistanceForTimeKey { written },
                    _ => TableProblem::DistanceForInKey,
                },
            );
            return None;
        }
        Some(line)
    }

    /// Reads a single time at `key`.
    pub(crate) fn time_of(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<Millis> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.missing_string(key, value);
            return None;
        }
        self.fragment(value, PhraseFrame::Time, fragment::time)
    }

    /// Reports a length that is not a string. For a bare number the help names units.
    fn missing_string(&mut self, key: &str, value: &SpannedValue<'_>) {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::Datetime(time) => {
                let written = &time.to_string();
                return self.report(value.span(), TableProblem::TimeOfDay { key, written });
            }
            _ => return self.wrong(key, value, KeyForm::Length { key }),
        };
        self.report(value.span(), TableProblem::NumberWithoutUnit { key, number });
    }

    fn target(&mut self, value: &SpannedValue<'_>, step: &mut StepLine, between: bool) {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            let number = match value.get_ref() {
                DeValue::Integer(number) => number.as_str(),
                DeValue::Float(number) => number.as_str(),
                _ => {
                    self.wrong("target", value, KeyForm::Target);
                    return;
                }
            };
            let units: &[&str] = match number.parse::<f64>().unwrap_or_default() {
                v if v > 220.0 => &[],
                v if v > 90.0 => &["bpm"],
                v if v > 25.0 => &["%HRmax", "% 5K"],
                _ => &["km/h", "mph"],
            };
            let forms: Vec<String> =
                units.iter().map(|unit| format!("`target = \"{number}{unit}\"`")).collect();
            let forms =
                if forms.is_empty() { "`target = \"150bpm\"`".to_string() } else { forms.join(" or ") };
            self.report(value.span(), TableProblem::NumberForTarget { number, forms: &forms });
            return;
        }
        let length = print::length(&step.end);
        // Whatever ends the step, a time completes the phrase as well.
        let length =
            if matches!(step.end, EndLine::Share { .. } | EndLine::Open) { "10min" } else { &length };
        let whole = self.fragment(value, PhraseFrame::Target(length), |notation, names, problems| {
            let mut attempt = step.clone();
            fragment::targets(notation, names, &mut attempt, between, problems).map(|()| attempt)
        });
        let Some(whole) = whole else { return };
        *step = whole;
        if step.targets.is_empty() && step.incline.is_none() && step.kind.is_none() {
            self.report(value.span(), TableProblem::EmptyTarget);
        }
    }

    /// Reads `until`, the heart rate that ends a step.
    fn until(&mut self, value: &SpannedValue<'_>, step: &mut StepLine) {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong("until", value, KeyForm::Until);
            return;
        }
        let line = self.fragment(value, PhraseFrame::Notation, fragment::until);
        step.until = line.map(|line| Spanned::new(line, value.span()));
    }

    fn incline(&mut self, value: &SpannedValue<'_>, step: &mut StepLine) {
        if step.incline.is_some() {
            self.report(value.span(), TableProblem::InclineBesideTarget);
        } else if matches!(value.get_ref(), DeValue::String(_)) {
            let whole = self.fragment(value, PhraseFrame::Notation, |notation, names, problems| {
                let mut attempt = step.clone();
                fragment::incline(notation, names, &mut attempt, problems).map(|()| attempt)
            });
            *step = whole.unwrap_or_else(|| step.clone());
        } else {
            step.incline = self.percent(value).map(|percent| (percent, None));
        }
    }

    /// Reads text at `key` of at most `longest` characters and fills in its parameters.
    fn words(&mut self, key: &str, value: &SpannedValue<'_>, longest: usize) -> Option<String> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong(key, value, KeyForm::Text { key });
            return None;
        }
        let filled = self.filled(value);
        self.problems.extend(filled.explain(Vec::new(), Some(&[])));
        let text = filled.notation.text.trim();
        if text.is_empty() {
            self.report(value.span(), TableProblem::EmptyText { key });
            return None;
        }
        if text.chars().nth(longest).is_some() {
            self.report(value.span(), TableProblem::TextTooLong { key, longest });
            return None;
        }
        Some(cut(text, longest))
    }

    pub(crate) fn label(&mut self, value: &SpannedValue<'_>) -> Option<String> {
        self.words("label", value, LONGEST_LABEL)
    }

    pub(crate) fn kind(&mut self, value: &SpannedValue<'_>) -> Option<Kind> {
        let text = self.words("kind", value, LONGEST_LABEL)?;
        let kind = lexicon::kind(&text.replace('-', " ").replace('/', ""));
        if kind.is_none() {
            let nearest = nearest(&text, KINDS.into_iter());
            let problem = TableProblem::UnknownKind { kind: &text, known: &KINDS, nearest };
            let problem = Diagnostic::new(value.span(), problem);
            self.problems.push(match certain(&text, KINDS.into_iter()) {
                Some(sure) => problem.with_fix(value.span(), format!("\"{sure}\"")),
                None => problem,
            });
        }
        kind
    }

    pub(crate) fn cues(&mut self, value: &SpannedValue<'_>) -> Vec<CueLine> {
        match value.get_ref() {
            DeValue::Array(cues) => cues.iter().filter_map(|cue| self.cue(cue)).collect(),
            _ => {
                self.wrong("cues", value, KeyForm::Cues);
                Vec::new()
            }
        }
    }

    fn cue(&mut self, value: &SpannedValue<'_>) -> Option<CueLine> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("cues", value, KeyForm::Cues);
            return None;
        };
        let before = self.problems.len();
        for (key, _) in table.iter().filter(|(key, _)| !CUE_KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(misspelt(table, key, &CUE_KEYS));
        }
        let unknown = self.problems.len() > before;
        let (when, span) = match (table.get("at"), table.get("every")) {
            (Some(at), None) => (self.when(at), at.span()),
            (None, Some(every)) => (self.every(every), every.span()),
            (Some(_), Some(every)) => {
                self.report(every.span(), CueProblem::CueWithTwoTimes);
                return None;
            }
            (None, None) => {
                if !unknown {
                    self.report(value.span(), CueProblem::CueWithoutTime);
                }
                return None;
            }
        };
        let Some(say) = table.get("say") else {
            if !unknown {
                self.report(value.span(), CueProblem::CueWithoutText);
            }
            return None;
        };
        let text = self.words("say", say, LONGEST_CUE)?;
        Some(CueLine { when: when?, text, span })
    }

    fn when(&mut self, value: &SpannedValue<'_>) -> Option<CueMoment> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.missing_string("at", value);
            return None;
        }
        self.fragment(value, PhraseFrame::Notation, fragment::when)
    }

    fn every(&mut self, value: &SpannedValue<'_>) -> Option<CueMoment> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.missing_string("every", value);
            return None;
        }
        self.fragment(value, PhraseFrame::Notation, fragment::every)
    }
}
