//! A file with its notation in canonical form; all else byte for byte.

use super::document::{Item, Node};
use super::file_reader::FileReader;
use super::notation::Notation;
use super::parser;
use super::parser::fragment;
use super::print;
use super::references::References;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::spanned_toml::{self, SpannedValue};
use crate::workout::{Options, compile_file};
use std::ops::Range;
use toml::de::DeValue;

/// What a string holds.
#[derive(Clone, Copy)]
enum NotationKind {
    /// A line of items.
    Line,
    /// What stands between two reps.
    Between,
    /// A leg of `alternate`.
    Leg,
}

/// `text`, a workout's file, with the strings of its steps and parts in canonical notation.
///
/// Comments, keys, tables and layout stay as they are, and so does a string with a parameter in it: what the
/// parameter stands for may change. The sequence stays the same. A file with errors is not formatted.
pub fn format_file(text: &str) -> Result<String, Vec<Diagnostic>> {
    let source = SourceText::new("workout", text);
    compile_file(&source, None, &Options::default())?;
    let (Some(table), _) = spanned_toml::parse(&source) else {
        return Ok(text.to_string());
    };
    let mut reader = FileReader::new(&source);
    reader.parameters(&table, &[]);
    reader.parts(table.get("parts"), table.get("parameters"));
    let mut strings = Vec::new();
    if let Some(steps) = table.get("steps") {
        collect(steps, NotationKind::Line, &mut strings);
    }
    for part in table.get("parts").and_then(|v| v.get_ref().as_table()).into_iter().flat_map(|t| t.iter()) {
        collect(part.1, NotationKind::Line, &mut strings);
    }
    strings.sort_by_key(|(span, _)| span.start);
    let mut formatted = String::with_capacity(text.len());
    let mut done = 0;
    for (span, holds) in strings {
        let (Some(before), Some(raw)) = (text.get(done..span.start), text.get(span.clone())) else {
            continue;
        };
        formatted.push_str(before);
        formatted.push_str(&literal(raw, holds, &reader.names).unwrap_or_else(|| raw.to_string()));
        done = span.end;
    }
    formatted.push_str(text.get(done..).unwrap_or_default());
    Ok(formatted)
}

/// Where the strings of notation stand.
fn collect(value: &SpannedValue<'_>, holds: NotationKind, strings: &mut Vec<(Range<usize>, NotationKind)>) {
    match value.get_ref() {
        DeValue::String(_) => strings.push((value.span(), holds)),
        DeValue::Array(values) => values.iter().for_each(|value| {
            // A list that stands between two reps is a group of lines.
            let holds = if matches!(holds, NotationKind::Between) { NotationKind::Line } else { holds };
            collect(value, holds, strings);
        }),
        DeValue::Table(table) => {
            for (key, holds) in [
                ("steps", NotationKind::Line),
                ("between", NotationKind::Between),
                ("alternate", NotationKind::Leg),
            ] {
                if let Some(value) = table.get(key) {
                    collect(value, holds, strings);
                }
            }
        }
        _ => {}
    }
}

/// The TOML string `raw` with canonical notation in it; nothing where it is better left alone.
fn literal(raw: &str, holds: NotationKind, names: &References) -> Option<String> {
    let notation = Notation::from_toml(raw, 0);
    if notation.names().iter().any(|named| names.values.contains_key(&named.name)) {
        return None;
    }
    let items = read(&notation, holds, names)?;
    let (text, delimiter) = match ["\"\"\"", "'''"].into_iter().find(|d| raw.starts_with(d)) {
        Some(delimiter) => (lines(raw, delimiter, names)?, delimiter),
        None => (print::line(&items), raw.get(..1)?),
    };
    let written = match delimiter {
        "'" if !text.contains('\'') => format!("'{text}'"),
        "'" | "\"" => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        _ => text,
    };
    // Whatever happens, a formatter does not change what a workout is.
    let again = read(&Notation::from_toml(&written, 0), holds, names)?;
    (print::without_places(&again) == print::without_places(&items)).then_some(written)
}

/// A string of several lines, each formatted by itself; nothing where a line needs another to be read.
fn lines(raw: &str, delimiter: &str, names: &References) -> Option<String> {
    let body = raw.strip_prefix(delimiter)?.strip_suffix(delimiter)?;
    if body.contains('\\') {
        return None;
    }
    let one = |line: &str| {
        let trimmed = line.trim();
        let written = trimmed.strip_suffix(',').unwrap_or(trimmed).trim_end();
        if written.is_empty() {
            return Some(line.to_string());
        }
        let printed = print::line(&read(&Notation::verbatim(written, 0), NotationKind::Line, names)?);
        let indent = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        let clash = printed.contains(['\\', '"']) && delimiter == "\"\"\"" || printed.contains("'''");
        (!clash).then(|| format!("{}{printed}{}", &line[..indent], &line[end..]))
    };
    let formatted: Option<Vec<String>> = body.split('\n').map(one).collect();
    Some(format!("{delimiter}{}{delimiter}", formatted?.join("\n")))
}

fn read(notation: &Notation, holds: NotationKind, names: &References) -> Option<Vec<Item>> {
    let mut problems = Vec::new();
    match holds {
        NotationKind::Line => {
            let read = parser::parse(notation, names, 0);
            (read.problems.is_empty() && !read.incomplete).then_some(read.items)
        }
        NotationKind::Between => Some(vec![fragment::between(notation, names, 0, &mut problems)?]),
        NotationKind::Leg => {
            let step = fragment::step(notation, names, &mut problems)?;
            let (span, node) = (step.span.clone(), Node::Step(Box::new(step)));
            Some(vec![Item { label: None, kind: None, node, cues: Vec::new(), span }])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = r#"# Ünser Dienstag
name  = "Tuesday"   # kept
steps = [
  "8x 60 sec hard/60sec easy",  # also kept
  '5 mins @ easy effort',
  '10min "squats"',
  "{n} min steady",
  """
    5 min easy,
    Strides : {set} / 2 min walk
  """,
  { repeat = 2,  steps = ["400 m fast"], between = "full recovery" },
  { alternate = ["1 min hard", { time = "1 min" }], for = "10 min" },
]
[parameters]
n = { default = 3 }
[parts]
set = "4 x 20s fast/40 s walk"
"#;
    const CANONICAL: &str = r#"# Ünser Dienstag
name  = "Tuesday"   # kept
steps = [
  "8×60s hard / 60s easy",  # also kept
  '5min easy',
  "10min 'squats'",
  "{n} min steady",
  """
    5min easy
    Strides: {set} / 2min walk
  """,
  { repeat = 2,  steps = ["400m fast"], between = "open walk" },
  { alternate = ["60s hard", { time = "1 min" }], for = "10 min" },
]
[parameters]
n = { default = 3 }
[parts]
set = "4×20s fast / 40s walk"
"#;

    #[test]
    fn only_notation_is_rewritten() {
        assert_eq!(format_file(WRITTEN).as_deref(), Ok(CANONICAL));
        assert_eq!(format_file(CANONICAL).as_deref(), Ok(CANONICAL));
        assert!(format_file("name = \"T\"\nsteps = \"5min tempoo\"\n").is_err());
    }

    #[test]
    fn the_sequence_stays_the_same() {
        let steps = |text: &str| {
            let source = SourceText::new("x", text);
            let mut sequence = compile_file(&source, None, &Options::default()).unwrap().sequence;
            sequence.steps.iter_mut().for_each(|step| step.source = Default::default());
            sequence.steps
        };
        assert_eq!(steps(WRITTEN), steps(CANONICAL));
    }
}
