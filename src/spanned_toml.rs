//! TOML read with the place of everything in it, and with several errors at once.
//!
//! It bounds what it is given before it parses, so that no file can take long or exhaust the stack.

use crate::diagnostic::{Diagnostic, SourceText};
use crate::text::{certain, nearest, quoted};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The longest text that is read.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The longest dotted key: each part nests a table, and tables nest in the parser's own recursion.
const MOST_KEY_PARTS: usize = 8;
/// Beyond this many syntax errors the rest says nothing new.
const MOST_SYNTAX_ERRORS: usize = 50;

/// A table of a file, keys and values with their places.
pub type SpannedTable<'i> = DeTable<'i>;
/// A key of a file with its place.
pub type SpannedKey<'i> = Spanned<std::borrow::Cow<'i, str>>;
/// A value of a file with its place.
pub type SpannedValue<'i> = Spanned<DeValue<'i>>;

/// Reads `source`; where it has syntax errors the table holds what could be read in spite of them.
///
/// Nothing comes back for a text that is too large to try.
pub fn parse(source: &SourceText) -> (Option<SpannedTable<'_>>, Vec<Diagnostic>) {
    if let Err(problem) = check_size(source) {
        return (None, vec![problem]);
    }
    if let Some(span) = long_dotted_key(&source.text) {
        let problem = Diagnostic::error(span, "a key has too many parts", "no key has more than one dot");
        return (None, vec![problem.with_help("write a key on its own, like `name = \"Tuesday\"`")]);
    }
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let errors = errors
        .iter()
        .take(MOST_SYNTAX_ERRORS)
        .map(|error| syntax_error(error.message(), error.span(), source.text.len()))
        .collect();
    (Some(table.into_inner()), errors)
}

/// An error where `source` is longer than is ever read.
pub fn check_size(source: &SourceText) -> Result<(), Diagnostic> {
    if source.text.len() <= MOST_BYTES {
        return Ok(());
    }
    let problem = Diagnostic::error(0..0, "this file is larger than 1 MiB", "too large to be a workout");
    Err(problem.with_help("a workout is a few lines of text; is this the right file?"))
}

fn syntax_error(message: &str, span: Option<Range<usize>>, length: usize) -> Diagnostic {
    let span = span.unwrap_or(length..length);
    let help = match message {
        m if m.contains("duplicate key") => "this key stands twice: leave one of them out",
        m if m.contains("unclosed array") => "close the list with `]`",
        m if m.contains("basic string") || m.contains("literal string") => "close the text with a quote",
        _ => "every line reads `key = value`; text stands in quotes: `name = \"Tuesday\"`",
    };
    Diagnostic::error(span, "this is not TOML", message).with_help(help)
}

/// Where a dotted key (outside of strings and comments) has too many parts.
fn long_dotted_key(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut dots, mut first) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => {
                at = end_of_string(bytes, at);
                continue;
            }
            b'#' => {
                at += bytes.iter().skip(at).position(|b| *b == b'\n').unwrap_or(bytes.len() - at);
                continue;
            }
            b'.' => {
                if dots == 0 {
                    first = at;
                }
                dots += 1;
                if dots >= MOST_KEY_PARTS {
                    return Some(first..at + 1);
                }
            }
            b'\n' | b'=' | b',' | b'[' | b']' | b'{' | b'}' => dots = 0,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The byte after the string that opens at `at`; an unclosed one ends with its line, or with the text.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let rest = &bytes[at..];
    let multi = rest.len() >= 3 && rest[..3].iter().all(|b| *b == quote);
    let escapes = quote == b'"';
    let mut i = at + if multi { 3 } else { 1 };
    while let Some(&byte) = bytes.get(i) {
        if byte == b'\\' && escapes {
            i += 2;
        } else if multi && byte == quote && bytes[i..].starts_with(&[quote; 3]) {
            return i + 3;
        } else if !multi && (byte == quote || byte == b'\n') {
            return i + 1;
        } else {
            i += 1;
        }
    }
    bytes.len()
}

/// An error for a key that means nothing, naming the nearest of `known`.
pub fn unknown_key(key: &SpannedKey<'_>, known: &[&str]) -> Diagnostic {
    let name = key.get_ref();
    let problem =
        Diagnostic::error(key.span(), format!("unknown key {}", quoted(name)), "nothing has this name");
    problem.with_help(match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", list(known)),
    })
}

/// The same for a key of `table`, with its correction where only one is possible.
pub fn misspelt(table: &SpannedTable<'_>, key: &SpannedKey<'_>, known: &[&str]) -> Diagnostic {
    let problem = unknown_key(key, known);
    match certain(key.get_ref(), known.iter().copied()) {
        // A key stands in a table once.
        Some(sure) if table.get(sure).is_none() => problem.with_fix(key.span(), sure),
        _ => problem,
    }
}

/// An error for a value of the wrong sort: `wanted` says what the key takes.
pub fn wrong_value(key: &str, value: &SpannedValue<'_>, wanted: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        value.span(),
        format!("{} is {}", quoted(key), sort(value.get_ref())),
        "of the wrong sort",
    );
    problem.with_help(wanted.to_string())
}

fn sort(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a bare number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or a time of day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// `a`, `b` and `c`.
pub fn list(words: &[&str]) -> String {
    let mut quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.pop() {
        Some(last) if !quoted.is_empty() => format!("{} and {last}", quoted.join(", ")),
        Some(last) => last,
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_a_hundred_thousand_parts_is_an_error() {
        for text in [format!("{}a = 1", "a.".repeat(100_000)), format!("[{}a]", "\"a\".".repeat(100_000))] {
            let source = SourceText::new("x", text);
            let (table, problems) = parse(&source);
            assert!(table.is_none());
            assert_eq!(problems[0].message, "a key has too many parts");
        }
    }

    #[test]
    fn dots_in_strings_and_comments_are_no_key() {
        let text = "# a.b.c.d.e.f.g.h.i.j.k\nname = \"a.b.c.d.e.f.g.h.i.j.k\"\nabout = '''\na.b.c.d.e.f.g.h.i.j\n'''";
        let source = SourceText::new("x", text);
        let (table, problems) = parse(&source);
        assert_eq!(problems, []);
        assert_eq!(table.unwrap().len(), 2);
    }

    #[test]
    fn common_slips_are_told_apart() {
        for (text, help) in [
            ("name = \"T", "close the text with a quote"),
            ("steps = [\"5min\"\n", "close the list with `]`"),
            ("a = 1\na = 2\n", "this key stands twice: leave one of them out"),
        ] {
            let source = SourceText::new("x", text);
            let (_, problems) = parse(&source);
            assert_eq!(problems[0].help.as_deref(), Some(help));
        }
    }

    #[test]
    fn ten_thousand_brackets_are_an_error() {
        for text in [
            format!("steps = {}", "[".repeat(10_000)),
            "[".repeat(10_000),
            format!("steps = {}", "{a=".repeat(10_000)),
        ] {
            let source = SourceText::new("x", text);
            let (_, problems) = parse(&source);
            assert!(!problems.is_empty());
        }
    }
}
