//! A workout's file → [`Document`].

use super::advice;
use super::document::{Document, EndLine, Item, Node, PaceLine, Spanned, TargetLine};
use super::file_reader::FileReader;
use super::lexicon::NamedTarget;
use super::messages::file::FileProblem;
use super::messages::forms::KeyForm;
use super::messages::names::NameProblem;
use super::notation::Notation;
use super::parameters::{Parameter, ParameterValue};
use super::print;
use super::references::References;
use super::stray_keys;
use super::trial::FixTrial;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::spanned_toml::{self, SpannedKey, SpannedTable, SpannedValue, meant_key, misspelt};
use crate::text::{clean, cut};
use crate::units::Millis;
use toml::de::DeValue;

/// Every key of a workout's file.
pub const KEYS: [&str; 14] = [
    "name",
    "activity",
    "about",
    "author",
    "source",
    "tags",
    "steps",
    "parameters",
    "parts",
    "incline",
    "show_pace",
    "before",
    "during",
    "after",
];
/// The longest name, in characters. Longer names are cut.
pub const LONGEST_NAME: usize = 120;

/// Reads a file, with values `given` for its parameters, and adds its problems to `problems`.
///
/// Fixes that fail the `trial` are not shown.
pub fn read_file(
    source: &SourceText,
    given: &[ParameterValue],
    trial: FixTrial,
    problems: &mut Vec<Diagnostic>,
) -> Document {
    let (table, syntax) = spanned_toml::parse(source);
    let Some(table) = table else {
        problems.extend(syntax);
        return Document::default();
    };
    let mut reader = FileReader::new(source);
    reader.names.trial = Some(trial);
    let document = reader.file(&table, given);
    let mut found = reader.problems;
    if syntax.is_empty() {
        report_missing(&table, source, &mut found);
    }
    problems.extend(spanned_toml::without_followers(source, syntax, found));
    document
}

/// Returns the parameters that a file declares.
pub fn parameters(source: &SourceText) -> Vec<Parameter> {
    let (table, _) = spanned_toml::parse(source);
    table.map(|table| FileReader::new(source).parameters(&table, &[])).unwrap_or_default()
}

/// Reads `source` as notation. The text is also the workout's name. Fixes that fail the `trial` are not shown.
pub fn read_notation(
    source: &SourceText,
    given: &[ParameterValue],
    trial: FixTrial,
    problems: &mut Vec<Diagnostic>,
) -> Document {
    if let Err(problem) = spanned_toml::check_size(source) {
        problems.push(problem);
        return Document::default();
    }
    for (name, _) in given {
        let problem = NameProblem::ParameterForNotation { name };
        problems.push(Diagnostic::new(0..source.text.len(), problem));
    }
    let notation = Notation::verbatim(&source.text, 0);
    let names = References::with_trial(trial);
    let mut parsed = advice::parse(&notation, &names, 0);
    if parsed.problems.is_empty() {
        parsed.problems.extend(lone_clock(&parsed.items, &notation));
        advice::advise(&notation, &names, &mut parsed.problems);
    }
    problems.append(&mut parsed.problems);
    if parsed.items.is_empty() && problems.is_empty() {
        problems.push(Diagnostic::new(0..source.text.len(), FileProblem::NoSteps));
    }
    let name = Spanned::new(cut(&source.text, LONGEST_NAME), 0..0);
    Document { name: Some(name), items: parsed.items, notes: parsed.notes, ..Document::default() }
}

/// Reports `1:30 easy` as a whole workout: a minute and a half, or an hour and a half?
pub(crate) fn lone_clock(items: &[Item], notation: &Notation) -> Option<Diagnostic> {
    let text = &notation.text;
    let [Item { node: Node::Step(step), .. }] = items else { return None };
    let EndLine::Time { upper, lower: None } = step.end else { return None };
    let easy = step.targets.iter().all(|target| match &target.value {
        TargetLine::Pace(PaceLine::Named { base, .. }, None) => base.rank() <= NamedTarget::Steady.rank(),
        TargetLine::HeartRate(_) => true,
        _ => false,
    });
    let clock = text.split(|c: char| !c.is_ascii_digit() && c != ':').find(|word| word.contains(':'))?;
    let (hours, minutes) = clock.split_once(':')?;
    let short = upper < Millis::from_secs(300) && minutes.len() == 2 && !minutes.contains(':');
    if !easy || !short {
        return None;
    }
    let at = text.find(clock)?;
    let rest = &text.replacen(clock, "", 1);
    let problem =
        FileProblem::LoneClock { clock, hours, minutes, short: &print::time(upper), rest: rest.trim() };
    Some(Diagnostic::new(notation.source(at..at + clock.len()), problem))
}

fn report_missing(table: &SpannedTable<'_>, source: &SourceText, problems: &mut Vec<Diagnostic>) {
    let end = source.text.trim_end().len();
    for (key, problem) in [("name", FileProblem::MissingName), ("steps", FileProblem::MissingSteps)] {
        // A key that is unknown was probably meant to be the missing one.
        let is_misspelt = |(name, value): (&SpannedKey<'_>, &SpannedValue<'_>)| {
            !KEYS.contains(&name.get_ref().as_ref())
                && (holds_a_workout(value)
                    || meant_key(name.get_ref(), &KEYS) == Some(key)
                    || key == "steps" && stray_keys::line(table, name.get_ref()).is_some())
        };
        if table.get(key).is_none() && !table.iter().any(is_misspelt) {
            problems.push(Diagnostic::new(end..end, problem));
        }
    }
}

/// True for the table of a file that begins with `[workout]`.
fn holds_a_workout(value: &SpannedValue<'_>) -> bool {
    matches!(value.get_ref(), DeValue::Table(table) if table.get("steps").is_some())
}

impl FileReader<'_> {
    /// Reads the keys of a workout file in `table`.
    pub(crate) fn file(&mut self, table: &SpannedTable<'_>, given: &[ParameterValue]) -> Document {
        let mut document = Document::default();
        self.parameters(table, given);
        // `[part]` is reported as a misspelt key, and its names are known.
        self.parts(table.get("parts").or_else(|| table.get("part")), table.get("parameters"));
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "steps" => document.items = self.steps(value),
                name if KEYS.contains(&name) => self.field(&mut document, name, value),
                name if holds_a_workout(value) => {
                    self.report(key.span(), FileProblem::NeedlessTable { name });
                }
                name => match stray_keys::line(table, name) {
                    Some(line) => {
                        self.report(key.span(), FileProblem::StrayStepKey { key: name, line: &clean(&line) });
                    }
                    None => self.problems.push(misspelt(table, key, &KEYS)),
                },
            }
        }
        document.notes = std::mem::take(&mut self.notes);
        document
    }

    fn field(&mut self, document: &mut Document, key: &str, value: &SpannedValue<'_>) {
        match (key, value.get_ref()) {
            ("name", DeValue::String(text)) if text.trim().is_empty() => {
                self.report(value.span(), FileProblem::EmptyName);
            }
            ("name", DeValue::String(text)) => {
                document.name = Some(Spanned::new(cut(text, LONGEST_NAME), value.span()));
            }
            ("about", DeValue::String(text)) => document.about = Some(clean(text.trim())),
            ("author", DeValue::String(text)) => document.author = Some(clean(text.trim())),
            ("source", DeValue::String(text)) => document.source = Some(clean(text.trim())),
            ("name" | "about" | "author" | "source", _) => {
                self.wrong(key, value, KeyForm::Text { key });
            }
            ("activity", _) => document.activity = self.activity(value),
            ("tags", _) => document.tags = self.tags(value),
            ("incline", _) => (document.incline, document.incline_span) = (self.percent(value), value.span()),
            ("show_pace", DeValue::Boolean(show)) => document.hide_pace = !show,
            ("show_pace", _) => {
                self.wrong(key, value, KeyForm::ShowPace);
                let word = value.get_ref().as_str().unwrap_or_default().trim().to_lowercase();
                let shows = ["true", "yes", "on", "y"].contains(&word.as_str());
                if shows || ["false", "no", "off", "n", "never", "none"].contains(&word.as_str()) {
                    self.offer(
                        value,
                        |_| shows.to_string(),
                        |fix| format!("write `show_pace = {fix}`, without quotes"),
                    );
                }
            }
            ("before", _) => document.before = self.before(value),
            ("during", _) => (document.during_ease, document.during_signs) = self.during(value),
            ("after", _) => document.after_ask = self.after(value),
            _ => {}
        }
    }

    /// Reads the file's `steps`.
    fn steps(&mut self, value: &SpannedValue<'_>) -> Vec<Item> {
        // `[steps]`, and below it lines that are not TOML.
        if matches!(value.get_ref(), DeValue::Table(table) if table.is_empty()) {
            self.wrong("steps", value, KeyForm::Steps);
            return Vec::new();
        }
        let before = self.problems.len();
        let items = self.list(value, 0);
        if items.is_empty() && self.problems.len() == before && !self.incomplete {
            self.report(value.span(), FileProblem::NoSteps);
        }
        items
    }
}
