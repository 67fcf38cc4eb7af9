//! A workout's file → [`Document`].

use super::document::{Document, EndLine, Item, Node, PaceLine, Spanned, TargetLine};
use super::lexicon::NamedTarget;
use super::notation::Notation;
use super::parameters::{Parameter, no_such_parameter};
use super::parser;
use super::print;
use super::references::{FilledText, References};
use crate::diagnostic::{Diagnostic, LineIndex, SourceText};
use crate::spanned_toml::{self, SpannedTable, SpannedValue, misspelt, wrong_value};
use crate::text::{clean, cut};
use crate::units::Millis;
use toml::de::DeValue;

/// Every key of a workout's file.
pub const KEYS: [&str; 13] = [
    "name",
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
/// The longest name, in characters; what is longer is cut.
pub const LONGEST_NAME: usize = 120;

/// A value given from outside for the parameter of this name.
pub type ParameterValues = (String, String);

/// Reads a file, adding everything that is wrong with it to `problems`.
pub fn read_file(source: &SourceText, given: &[ParameterValues], problems: &mut Vec<Diagnostic>) -> Document {
    let (table, syntax) = spanned_toml::parse(source);
    let Some(table) = table else {
        problems.extend(syntax);
        return Document::default();
    };
    let mut reader = FileReader::new(source);
    let document = reader.file(&table, given);
    let mut found = reader.problems;
    if syntax.is_empty() {
        missing(&table, source, &mut found);
    } else {
        // What stands on a line that is no TOML was not read as it was meant.
        let index = LineIndex::new(&source.text);
        let line = |problem: &Diagnostic| index.place(problem.span.start).line;
        let broken: Vec<u32> = syntax.iter().map(line).collect();
        found.retain(|problem| !broken.contains(&line(problem)));
    }
    problems.extend(syntax);
    problems.append(&mut found);
    document
}

/// The parameters that a file declares.
pub fn parameters(source: &SourceText) -> Vec<Parameter> {
    let (table, _) = spanned_toml::parse(source);
    table.map(|table| FileReader::new(source).parameters(&table, &[])).unwrap_or_default()
}

/// Reads `source` as notation and nothing else; it is its own name.
pub fn read_notation(
    source: &SourceText,
    given: &[ParameterValues],
    problems: &mut Vec<Diagnostic>,
) -> Document {
    if let Err(problem) = spanned_toml::check_size(source) {
        problems.push(problem);
        return Document::default();
    }
    for (name, _) in given {
        let problem =
            Diagnostic::error(0..source.text.len(), no_such_parameter(name), "notation has no parameters");
        problems.push(problem.with_help("write the value itself, or make a file with `[parameters]`"));
    }
    let notation = Notation::verbatim(&source.text, 0);
    let mut read = parser::parse(&notation, &References::default(), 0);
    if read.problems.is_empty() {
        read.problems.extend(lone_clock(&read.items, &source.text));
    }
    problems.append(&mut read.problems);
    if read.items.is_empty() && problems.is_empty() {
        let problem = Diagnostic::error(0..source.text.len(), "there are no steps", "nothing to run");
        problems.push(problem.with_help(EXAMPLE));
    }
    let name = Spanned::new(cut(&source.text, LONGEST_NAME), 0..0);
    Document { name: Some(name), items: read.items, notes: read.notes, ..Document::default() }
}

/// Reports `1:30 easy` as a whole workout: a minute and a half, or an hour and a half.
fn lone_clock(items: &[Item], text: &str) -> Option<Diagnostic> {
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
    let rest = text.replacen(clock, "", 1);
    let with = |end: &str| format!("{end} {}", rest.trim()).trim_end().to_string();
    let seconds = print::time(upper);
    let message = format!("`{clock}` could be {seconds} or {hours} h {minutes} min");
    let help = format!("write `{}` or `{}`", with(&seconds), with(&format!("{hours}h{minutes}")));
    Some(Diagnostic::error(at..at + clock.len(), message, "minutes, or hours?").with_help(help))
}

/// What a list of steps looks like.
pub const EXAMPLE: &str = "write the steps, like `steps = [\"5min easy\", \"8×60s hard / 60s easy\"]`";

fn missing(table: &SpannedTable<'_>, source: &SourceText, problems: &mut Vec<Diagnostic>) {
    let end = source.text.trim_end().len();
    for (key, help) in [("name", "write `name = \"Tuesday\"`"), ("steps", EXAMPLE)] {
        if table.get(key).is_none() {
            let message = format!("`{key}` is missing");
            problems.push(Diagnostic::error(end..end, message, "not found up to here").with_help(help));
        }
    }
}

/// Reads one file.
pub struct FileReader<'a> {
    pub(crate) source: &'a SourceText,
    pub(crate) names: References,
    pub(crate) problems: Vec<Diagnostic>,
    /// What was decided on the way, in sentences.
    notes: Vec<String>,
    /// Something is left out because of a problem that has been reported.
    pub(crate) lacking: bool,
}

impl<'a> FileReader<'a> {
    pub(crate) fn new(source: &'a SourceText) -> Self {
        FileReader {
            source,
            names: References::default(),
            problems: Vec::new(),
            notes: Vec::new(),
            lacking: false,
        }
    }
}

impl FileReader<'_> {
    fn file(&mut self, table: &SpannedTable<'_>, given: &[ParameterValues]) -> Document {
        let mut document = Document::default();
        self.parameters(table, given);
        self.parts(table.get("parts"), table.get("parameters"));
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "steps" => document.items = self.steps(value),
                name if KEYS.contains(&name) => self.field(&mut document, name, value),
                _ => self.problems.push(misspelt(table, key, &KEYS)),
            }
        }
        document.notes = std::mem::take(&mut self.notes);
        document
    }

    fn field(&mut self, document: &mut Document, key: &str, value: &SpannedValue<'_>) {
        match (key, value.get_ref()) {
            ("name", DeValue::String(text)) if text.trim().is_empty() => {
                let problem = Diagnostic::error(value.span(), "the name is empty", "nothing to show");
                self.problems.push(problem.with_help("write what you call it, like `name = \"Tuesday\"`"));
            }
            ("name", DeValue::String(text)) => {
                document.name = Some(Spanned::new(cut(text, LONGEST_NAME), value.span()));
            }
            ("about", DeValue::String(text)) => document.about = Some(clean(text.trim())),
            ("author", DeValue::String(text)) => document.author = Some(clean(text.trim())),
            ("source", DeValue::String(text)) => document.source = Some(clean(text.trim())),
            ("name" | "about" | "author" | "source", _) => {
                self.wrong(key, value, &format!("write text in quotes: `{key} = \"…\"`"));
            }
            ("tags", _) => document.tags = self.tags(value),
            ("incline", _) => document.incline = self.percent(value),
            ("show_pace", DeValue::Boolean(show)) => document.hide_pace = !show,
            ("show_pace", _) => self.wrong(key, value, "write `show_pace = false` to run by feel"),
            ("before", _) => document.before = self.before(value),
            ("during", _) => (document.during_ease, document.during_signs) = self.during(value),
            ("after", _) => document.after_ask = self.after(value),
            _ => {}
        }
    }

    pub(crate) fn wrong(&mut self, key: &str, value: &SpannedValue<'_>, wanted: &str) {
        self.problems.push(wrong_value(key, value, wanted));
    }

    /// An incline as a bare number.
    pub(crate) fn percent(&mut self, value: &SpannedValue<'_>) -> Option<f64> {
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => {
                self.wrong("incline", value, "write a percentage as a number: `incline = 1.0`");
                return None;
            }
        };
        if number.is_some_and(|percent| (-10.0..=40.0).contains(&percent)) {
            return number;
        }
        let problem = Diagnostic::error(value.span(), "no treadmill is this steep", "-10 to 40");
        self.problems.push(problem.with_help("write an incline from -10 to 40, in percent"));
        None
    }

    /// The value of the file's `steps`.
    fn steps(&mut self, value: &SpannedValue<'_>) -> Vec<Item> {
        let before = self.problems.len();
        let items = self.list(value, 0);
        if items.is_empty() && self.problems.len() == before && !self.lacking {
            let problem = Diagnostic::error(value.span(), "there are no steps", "nothing to run");
            self.problems.push(problem.with_help(EXAMPLE));
        }
        items
    }

    /// A string, or an array of strings and tables, within `depth` brackets. Both lower into the same items.
    pub(crate) fn list(&mut self, value: &SpannedValue<'_>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        match value.get_ref() {
            DeValue::String(_) => items = self.line(value, depth),
            DeValue::Table(_) => items.extend(self.table(value, depth, false)),
            DeValue::Array(lines) => {
                for value in lines.iter() {
                    match value.get_ref() {
                        DeValue::String(_) => items.append(&mut self.line(value, depth)),
                        DeValue::Table(_) => items.extend(self.table(value, depth, false)),
                        _ => self.wrong("steps", value, EXAMPLE),
                    }
                }
            }
            _ => self.wrong("steps", value, EXAMPLE),
        }
        items
    }

    /// A string of notation.
    pub(crate) fn line(&mut self, value: &SpannedValue<'_>, depth: usize) -> Vec<Item> {
        let filled = self.filled(value);
        let read = parser::parse(&filled.notation, &self.names, depth);
        self.lacking |= read.lacking || filled.has_lost();
        let items = (!read.lacking).then_some(read.items.as_slice());
        self.problems.extend(filled.explain(read.problems, items));
        self.notes.extend(read.notes);
        read.items
    }

    /// A TOML string as notation, its parameters filled in.
    pub(crate) fn filled(&mut self, value: &SpannedValue<'_>) -> FilledText {
        let notation = self.notation(value);
        self.names.fill(notation, &mut self.problems)
    }

    /// A TOML string as notation.
    pub(crate) fn notation(&self, value: &SpannedValue<'_>) -> Notation {
        let span = value.span();
        let raw = self.source.text.get(span.clone()).unwrap_or_default();
        Notation::from_toml(raw, span.start)
    }

    /// Reads the string `value` with `read`, as a table's keys have them.
    pub(crate) fn fragment<T>(
        &mut self,
        value: &SpannedValue<'_>,
        read: impl FnOnce(&Notation, &References, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let filled = self.filled(value);
        if filled.notation.text.trim().is_empty() {
            let problem = Diagnostic::error(value.span(), "this is empty", "nothing written");
            self.problems.push(problem.with_help("write something between the quotes, or leave the key out"));
            return None;
        }
        let mut problems = Vec::new();
        let read = read(&filled.notation, &self.names, &mut problems);
        self.lacking |= read.is_none();
        // A name without use may leave something readable behind.
        let read = read.filter(|_| !filled.has_lost());
        self.problems.extend(filled.explain(problems, None));
        read
    }
}
