//! A workout's file → [`Document`].

use crate::diagnostic::{Diagnostic, LineIndex, Source};
use crate::spanned_toml::{self, Table, Value, unknown_key, wrong_value};
use crate::text::{clean, cut};
use crate::workout::document::{Document, Item, Written};
use crate::workout::notation::Notation;
use crate::workout::parser;
use toml::de::DeValue;

/// Every key of a workout's file.
const KEYS: [&str; 13] = [
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

/// Reads a file, adding everything that is wrong with it to `problems`.
pub fn read_file(source: &Source, problems: &mut Vec<Diagnostic>) -> Document {
    let (table, syntax) = spanned_toml::parse(source);
    let mut document = Document::default();
    let Some(table) = table else {
        problems.extend(syntax);
        return document;
    };
    let mut found = Vec::new();
    for (key, value) in table.iter() {
        match key.get_ref().as_ref() {
            "steps" => document.items = steps(source, value, &mut found),
            name if KEYS.contains(&name) => field(&mut document, name, value, &mut found),
            _ => found.push(unknown_key(key, &KEYS)),
        }
    }
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

/// Reads `source` as notation and nothing else; it is its own name.
pub fn read_notation(source: &Source, problems: &mut Vec<Diagnostic>) -> Document {
    if let Err(problem) = spanned_toml::check_size(source) {
        problems.push(problem);
        return Document::default();
    }
    let notation = Notation::verbatim(&source.text, 0);
    let items = parser::parse(&notation, problems);
    if items.is_empty() && problems.is_empty() {
        let problem = Diagnostic::error(0..source.text.len(), "there are no steps", "nothing to run");
        problems.push(problem.with_help(EXAMPLE));
    }
    Document { name: Some(Written::new(cut(&source.text, LONGEST_NAME), 0..0)), items, ..Document::default() }
}

const EXAMPLE: &str = "write the steps, like `steps = [\"5min easy\", \"8×60s hard / 60s easy\"]`";

fn missing(table: &Table<'_>, source: &Source, problems: &mut Vec<Diagnostic>) {
    let end = source.text.trim_end().len();
    for (key, help) in [("name", "write `name = \"Tuesday\"`"), ("steps", EXAMPLE)] {
        if table.get(key).is_none() {
            let message = format!("`{key}` is missing");
            problems.push(Diagnostic::error(end..end, message, "not found up to here").with_help(help));
        }
    }
}

fn field(document: &mut Document, key: &str, value: &Value<'_>, problems: &mut Vec<Diagnostic>) {
    match (key, value.get_ref()) {
        ("name", DeValue::String(text)) if text.trim().is_empty() => {
            let problem = Diagnostic::error(value.span(), "the name is empty", "nothing to show");
            problems.push(problem.with_help("write what you call it, like `name = \"Tuesday\"`"));
        }
        ("name", DeValue::String(text)) => {
            document.name = Some(Written::new(cut(text, LONGEST_NAME), value.span()));
        }
        ("about", DeValue::String(text)) => document.about = Some(clean(text.trim())),
        ("author" | "source", DeValue::String(_)) => {}
        ("name" | "about" | "author" | "source", _) => {
            problems.push(wrong_value(key, value, &format!("write text in quotes: `{key} = \"…\"`")));
        }
        ("tags", DeValue::Array(tags)) => {
            for tag in tags.iter().filter(|tag| !matches!(tag.get_ref(), DeValue::String(_))) {
                problems.push(wrong_value("tags", tag, TAGS));
            }
        }
        ("tags", _) => problems.push(wrong_value(key, value, TAGS)),
        ("incline", _) => match percent(value) {
            Ok(incline) => document.incline = Some(incline),
            Err(problem) => problems.push(problem),
        },
        ("show_pace", DeValue::Boolean(show)) => document.hide_pace = !show,
        ("show_pace", _) => {
            problems.push(wrong_value(key, value, "write `show_pace = false` to run by feel"));
        }
        _ => {
            let message = format!("`{key}` is not read yet by this version");
            let problem =
                Diagnostic::error(value.span(), message, "the language has it, this version does not");
            problems.push(problem.with_help("leave it out, and write the steps without it"));
        }
    }
}

const TAGS: &str = "write a list of words in quotes: `tags = [\"vo2max\", \"short\"]`";

fn percent(value: &Value<'_>) -> Result<f64, Diagnostic> {
    let number: Option<f64> = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => {
            return Err(wrong_value("incline", value, "write a percentage as a number: `incline = 1.0`"));
        }
    };
    match number {
        Some(percent) if (-10.0..=40.0).contains(&percent) => Ok(percent),
        _ => {
            let problem = Diagnostic::error(value.span(), "no treadmill is this steep", "-10 to 40");
            Err(problem.with_help("write an incline from -10 to 40, in percent"))
        }
    }
}

/// The value of `steps`. Each string lowers into items; tables will lower into the same.
fn steps(source: &Source, value: &Value<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Item> {
    let mut items = Vec::new();
    let before = problems.len();
    match value.get_ref() {
        DeValue::String(_) => items = line(source, value, problems),
        DeValue::Array(lines) if lines.is_empty() => {}
        DeValue::Array(lines) => {
            for value in lines.iter() {
                match value.get_ref() {
                    DeValue::String(_) => items.append(&mut line(source, value, problems)),
                    DeValue::Table(_) => problems.push(table_step(value)),
                    _ => problems.push(wrong_value("steps", value, EXAMPLE)),
                }
            }
        }
        DeValue::Table(_) => problems.push(table_step(value)),
        _ => problems.push(wrong_value("steps", value, EXAMPLE)),
    }
    if items.is_empty() && problems.len() == before {
        let problem = Diagnostic::error(value.span(), "there are no steps", "nothing to run");
        problems.push(problem.with_help(EXAMPLE));
    }
    items
}

fn line(source: &Source, value: &Value<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Item> {
    let span = value.span();
    let raw = source.text.get(span.clone()).unwrap_or_default();
    parser::parse(&Notation::from_toml(raw, span.start), problems)
}

fn table_step(value: &Value<'_>) -> Diagnostic {
    let message = "tables of steps are not read yet by this version";
    let problem = Diagnostic::error(value.span(), message, "a step as a table");
    problem.with_help("write the same in one line, like `\"8×60s hard / 60s easy\"`")
}
