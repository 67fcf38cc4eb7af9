//! A single step as a table: its end, its targets, its words and cues.

use super::document::{CueLine, CueMoment, EndLine, StepLine};
use super::file::FileReader;
use super::lexicon;
use super::parser::{LONGEST_CUE, LONGEST_LABEL, fragment};
use super::table::STEP_KEYS;
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedTable, SpannedValue, list, misspelt, wrong_value};
use crate::text::{certain, cut, nearest, quoted};
use crate::units::Millis;
use crate::workout::sequence::{CueTime, Kind};
use toml::de::DeValue;

/// Every key of a cue's table.
const CUE_KEYS: [&str; 3] = ["at", "every", "say"];
const KINDS: [&str; 5] = ["warmup", "cooldown", "recovery", "rest", "interval"];
const CUES: &str = "write `cues = [{ at = \"-60s\", say = \"Shoulders down\" }]`";

impl FileReader<'_> {
    /// The parts of a single step but its label and kind.
    pub(crate) fn step(
        &mut self,
        table: &SpannedTable<'_>,
        value: &SpannedValue<'_>,
        between: bool,
    ) -> Option<StepLine> {
        let before = self.problems.len();
        let end = self.end(table, value);
        let mut step = StepLine {
            kind: None,
            end: end.unwrap_or(EndLine::Open),
            targets: Vec::new(),
            incline: None,
            cues: Vec::new(),
            span: value.span(),
        };
        if let Some(value) = table.get("target") {
            self.target(value, &mut step, between);
        }
        if let Some(value) = table.get("incline") {
            self.incline(value, &mut step);
        }
        step.cues = table.get("cues").map(|v| self.cues(v)).unwrap_or_default();
        (end.is_some() && self.problems.len() == before).then_some(step)
    }

    fn end(&mut self, table: &SpannedTable<'_>, value: &SpannedValue<'_>) -> Option<EndLine> {
        let mut ends: Vec<_> = table
            .iter()
            .filter(|(key, _)| matches!(key.get_ref().as_ref(), "time" | "distance" | "open"))
            .collect();
        ends.sort_by_key(|(key, _)| key.span().start);
        let within = table.get_key_value("in");
        let Some(((key, end), more)) = ends.split_first() else {
            let unknown = table.iter().any(|(key, _)| !STEP_KEYS.contains(&key.get_ref().as_ref()));
            // A misspelt key was probably the end.
            if !unknown {
                let problem = Diagnostic::error(value.span(), "this step has no end", "how long?");
                let help = "write `time = \"60s\"`, `distance = \"400m\"` or `open = true`";
                self.problems.push(problem.with_help(help));
            }
            return None;
        };
        for (second, _) in more {
            let message = format!("`{}` beside `{}`: a step has one end", second.get_ref(), key.get_ref());
            let problem = Diagnostic::error(second.span(), message, "a second end");
            let help = "leave one of them out; a distance's own time is `in = \"90s\"`";
            self.problems.push(problem.with_help(help));
        }
        let key = key.get_ref().as_ref();
        if let (Some((name, _)), true) = (within, key != "distance") {
            let problem =
                Diagnostic::error(name.span(), format!("`in` does not go with `{key}`"), "not here");
            self.problems
                .push(problem.with_help("only a distance has a time of its own: `distance = \"400m\"`"));
            return None;
        }
        if key == "open" {
            self.flag("open", end);
            return Some(EndLine::Open);
        }
        let line = self.length(key, end);
        let within = within.map(|(_, value)| self.length("in", value));
        match (line?, within) {
            (line, None) => Some(line),
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

    /// The length at `key`, of the sort that the key takes.
    fn length(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<EndLine> {
        let distance = key == "distance";
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit(key, value);
            return None;
        }
        let line = self.fragment(value, fragment::end)?;
        let fits = matches!(line, EndLine::Distance { .. }) == distance;
        if !fits {
            let raw = cut(self.source.text.get(value.span()).unwrap_or_default(), 40);
            let (message, help) = match key {
                "distance" => ("this is a time", format!("write `time = {raw}`")),
                "time" => ("this is a distance", format!("write `distance = {raw}`")),
                _ => ("this is a distance", "write the time it takes, like `in = \"90s\"`".to_string()),
            };
            let problem = Diagnostic::error(value.span(), message, format!("`{key}` takes another sort"));
            self.problems.push(problem.with_help(help));
            return None;
        }
        Some(line)
    }

    /// A single time at `key`.
    pub(crate) fn time_of(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<Millis> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit(key, value);
            return None;
        }
        self.fragment(value, fragment::time)
    }

    /// Reports a length that is no string, asking for the unit of a bare number.
    fn no_unit(&mut self, key: &str, value: &SpannedValue<'_>) {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_string(),
            DeValue::Float(number) => number.as_str().to_string(),
            DeValue::Datetime(time) => {
                let written = time.to_string();
                let help = format!("write it in quotes: `{key} = \"1:30\"` is a minute and a half");
                let message = format!("{} is a time of day", quoted(&written));
                self.problems.push(Diagnostic::error(value.span(), message, "not a length").with_help(help));
                return;
            }
            _ => {
                let example = if key == "distance" { "400m" } else { "60s" };
                self.wrong(key, value, &format!("write a length in quotes: `{key} = \"{example}\"`"));
                return;
            }
        };
        let units = if key == "distance" { ["km", "mi"] } else { ["s", "min"] };
        let [first, second] = units.map(|unit| format!("`{key} = \"{number}{unit}\"`"));
        let message = format!("{} has no unit", quoted(&format!("{key} = {number}")));
        let problem = Diagnostic::error(value.span(), message, "of what?");
        self.problems.push(problem.with_help(format!("write {first} or {second}")));
    }

    fn target(&mut self, value: &SpannedValue<'_>, step: &mut StepLine, between: bool) {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong(
                "target",
                value,
                "write a target in quotes: `target = \"easy\"`, `target = \"10km/h\"`",
            );
            return;
        }
        let whole = self.fragment(value, |text, names, problems| {
            fragment::targets((text, names), step, between, problems)
        });
        if whole.is_some() && step.targets.is_empty() && step.incline.is_none() && step.kind.is_none() {
            let problem =
                Diagnostic::error(value.span(), "this target says nothing", "only words that are ignored");
            self.problems.push(problem.with_help("write an effort, a pace or a zone, or leave `target` out"));
        }
    }

    fn incline(&mut self, value: &SpannedValue<'_>, step: &mut StepLine) {
        if step.incline.is_some() {
            let problem = Diagnostic::error(value.span(), "a second incline", "`target` has one already");
            self.problems.push(problem.with_help("leave one of them out"));
        } else if matches!(value.get_ref(), DeValue::String(_)) {
            self.fragment(value, |text, names, problems| fragment::incline((text, names), step, problems));
        } else {
            step.incline = self.percent(value).map(|percent| (percent, None));
        }
    }

    /// Text at `key` of at most `longest` characters, its parameters filled in.
    fn words(&mut self, key: &str, value: &SpannedValue<'_>, longest: usize) -> Option<String> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.wrong(key, value, &format!("write text in quotes: `{key} = \"…\"`"));
            return None;
        }
        let filled = self.filled(value);
        self.problems.extend(filled.explain(Vec::new(), Some(&[])));
        let text = filled.notation.text.trim();
        let (message, help) = if text.is_empty() {
            (format!("`{key}` is empty"), "write something, or leave it out")
        } else if text.chars().nth(longest).is_some() {
            (
                format!("`{key}` is longer than {longest} characters"),
                "shorten it to what you can read while running",
            )
        } else {
            return Some(cut(text, longest));
        };
        self.problems.push(Diagnostic::error(value.span(), message, "not readable").with_help(help));
        None
    }

    pub(crate) fn label(&mut self, value: &SpannedValue<'_>) -> Option<String> {
        self.words("label", value, LONGEST_LABEL)
    }

    pub(crate) fn kind(&mut self, value: &SpannedValue<'_>) -> Option<Kind> {
        let text = self.words("kind", value, LONGEST_LABEL)?;
        let kind = lexicon::kind(&text.replace('-', " "));
        if kind.is_none() {
            let problem =
                Diagnostic::error(value.span(), format!("unknown kind {}", quoted(&text)), "no kind");
            let problem = problem.with_help(match nearest(&text, KINDS.into_iter()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the kinds are {}", list(&KINDS)),
            });
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
                self.wrong("cues", value, CUES);
                Vec::new()
            }
        }
    }

    fn cue(&mut self, value: &SpannedValue<'_>) -> Option<CueLine> {
        let DeValue::Table(table) = value.get_ref() else {
            self.problems.push(wrong_value("cues", value, CUES));
            return None;
        };
        let before = self.problems.len();
        for (key, _) in table.iter().filter(|(key, _)| !CUE_KEYS.contains(&key.get_ref().as_ref())) {
            self.problems.push(misspelt(table, key, &CUE_KEYS));
        }
        let unknown = self.problems.len() > before;
        let (when, span) = match (table.get("at"), table.get("every")) {
            (Some(at), None) => (self.when(at), at.span()),
            (None, Some(every)) => (self.every(every).map(CueMoment::Time), every.span()),
            (Some(_), Some(every)) => {
                let problem =
                    Diagnostic::error(every.span(), "a cue has `at` or `every`, not both", "a second time");
                self.problems.push(problem.with_help("write two cues"));
                return None;
            }
            (None, None) => {
                if !unknown {
                    let problem = Diagnostic::error(value.span(), "this cue does not say when", "no `at`");
                    let help = "write `at = \"half\"`, `at = \"-60s\"` or `every = \"5min\"`";
                    self.problems.push(problem.with_help(help));
                }
                return None;
            }
        };
        let Some(say) = table.get("say") else {
            if !unknown {
                let problem = Diagnostic::error(value.span(), "this cue says nothing", "no `say`");
                self.problems.push(problem.with_help("write `say = \"Shoulders down\"`"));
            }
            return None;
        };
        let text = self.words("say", say, LONGEST_CUE)?;
        Some(CueLine { when: when?, text, span })
    }

    fn when(&mut self, value: &SpannedValue<'_>) -> Option<CueMoment> {
        if !matches!(value.get_ref(), DeValue::String(_)) {
            self.no_unit("at", value);
            return None;
        }
        self.fragment(value, fragment::when)
    }

    fn every(&mut self, value: &SpannedValue<'_>) -> Option<CueTime> {
        let time = self.time_of("every", value)?;
        if time >= Millis::from_secs(1) {
            return Some(CueTime::Every(time));
        }
        let problem = Diagnostic::error(value.span(), "this is too often", "less than a second");
        self.problems.push(problem.with_help("leave at least a second between two cues, better a minute"));
        None
    }
}
