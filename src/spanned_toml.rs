//! TOML, parsed with the span of every key and value, and with several errors at once.
//!
//! The size and the depth of a text are checked before it is parsed, so no file can take long or exhaust the stack.

mod line_fix;
pub(crate) mod messages;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::text::{certain, clean, nearest};
use messages::{SyntaxSlip, TomlProblem};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The longest text that is parsed, in bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The most parts of a dotted key: each nests a table, and the parser recurses into tables.
const MOST_KEY_PARTS: usize = 8;
/// The most syntax errors that are reported. More would not help.
const MOST_SYNTAX_ERRORS: usize = 50;

/// A table with the spans of its keys and values.
pub type SpannedTable<'i> = DeTable<'i>;
/// A key with its span.
pub type SpannedKey<'i> = Spanned<std::borrow::Cow<'i, str>>;
/// A value with its span.
pub type SpannedValue<'i> = Spanned<DeValue<'i>>;

/// Parses `source`. If it has syntax errors, the table holds what could be parsed around them. A text that is too large or
/// too deep gives no table.
pub fn parse(source: &SourceText) -> (Option<SpannedTable<'_>>, Vec<Diagnostic>) {
    if let Err(problem) = check_size(source) {
        return (None, vec![problem]);
    }
    if let Some(span) = long_dotted_key(&source.text) {
        return (None, vec![Diagnostic::new(span, TomlProblem::KeyTooDeep)]);
    }
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let errors = errors
        .iter()
        .take(MOST_SYNTAX_ERRORS)
        .map(|error| syntax_error(error.message(), error.span(), &source.text));
    let mut problems: Vec<Diagnostic> = Vec::new();
    for problem in errors {
        // One line has one fix, which its other errors follow from.
        if !problems.iter().any(|known| {
            known.help.is_some()
                && known.help == problem.help
                && (is_near(known, &problem, &source.text) || is_of_several_lines(known))
        }) {
            problems.push(problem);
        }
    }
    (Some(table.into_inner()), problems)
}

/// Checks that `source` is not too long to be parsed.
///
/// # Errors
///
/// If it is longer than [`MOST_BYTES`].
pub fn check_size(source: &SourceText) -> Result<(), Diagnostic> {
    if source.text.len() <= MOST_BYTES {
        return Ok(());
    }
    Err(Diagnostic::new(0..0, TomlProblem::FileTooLarge))
}

fn syntax_error(error: &str, span: Option<Range<usize>>, text: &str) -> Diagnostic {
    let slip = SyntaxSlip::from_parser_message(error);
    let span = span.unwrap_or(text.len()..text.len());
    let fix = line_fix::line_fix(text, span.start).filter(|_| slip != SyntaxSlip::DuplicateKey);
    let problem = Diagnostic::new(span, TomlProblem::InvalidToml { error, slip });
    match fix {
        Some(fix) => problem.with_help(format!("{}: write `{}`", fix.lead, clean(&fix.line))),
        None => problem,
    }
}

/// Returns true if the fix of `problem` corrects several lines.
fn is_of_several_lines(problem: &Diagnostic) -> bool {
    let leads = [line_fix::LIST_LEAD, line_fix::JSON_LEAD];
    problem.help.as_ref().is_some_and(|help| leads.iter().any(|lead| help.starts_with(lead)))
}

/// Returns true if both problems are in one line, and have a line of their own to write.
fn is_near(first: &Diagnostic, second: &Diagnostic, text: &str) -> bool {
    let between = text.get(first.span.start.min(second.span.start)..first.span.start.max(second.span.start));
    let writes = first.help.as_ref().is_some_and(|help| help.contains(": write `"));
    writes && between.is_some_and(|between| !between.contains('\n'))
}

/// Finds a dotted key, outside strings and comments, that has too many parts.
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

/// Returns the byte after the string that opens at `at`. An unclosed string ends with its line or the text.
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

/// Creates an error for an unknown key, which suggests the nearest of `known`.
pub fn unknown_key(key: &SpannedKey<'_>, known: &[&str]) -> Diagnostic {
    let name = key.get_ref();
    let same = || known.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
    let nearest = same().or_else(|| synonym(name, known)).or_else(|| nearest(name, known.iter().copied()));
    Diagnostic::new(key.span(), TomlProblem::UnknownKey { key: name, known, nearest })
}

/// Other words for a key.
const SYNONYMS: [(&[&str], &str); 12] = [
    (&["title"], "name"),
    (&["description", "desc", "notes", "note", "comment", "goal"], "about"),
    (&["workout", "intervals", "session", "segments"], "steps"),
    (&["pace", "speed", "effort", "zone", "intensity", "hr", "heart_rate", "power"], "target"),
    (&["duration", "minutes", "seconds"], "time"),
    (&["km", "miles", "metres", "meters"], "distance"),
    (&["rest", "recovery", "recover"], "between"),
    (&["count", "times", "sets", "rounds"], "repeat"),
    (&["inclination", "slope", "grade", "gradient", "elevation", "hill"], "incline"),
    (&["tag", "keywords", "category", "categories"], "tags"),
    (&["pyramid", "ladders"], "ladder"),
    (&["text", "message", "words"], "say"),
];

/// Returns the key of `known` that another word for it stands for.
fn synonym<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let (_, key) = SYNONYMS.iter().find(|(words, _)| words.contains(&lower.as_str()))?;
    known.iter().copied().find(|known| known == key)
}

/// Creates an error for an unknown key of `table`, with a fix if only one of `known` can be meant.
pub fn misspelt(table: &SpannedTable<'_>, key: &SpannedKey<'_>, known: &[&str]) -> Diagnostic {
    let problem = unknown_key(key, known);
    match certain(key.get_ref(), known.iter().copied()) {
        // A table has each key only once.
        Some(sure) if table.get(sure).is_none() => problem.with_fix(key.span(), sure),
        _ => problem,
    }
}

/// Creates an error for a value of the wrong type; `expected` says what to write.
pub fn wrong_value(key: &str, value: &SpannedValue<'_>, expected: &str) -> Diagnostic {
    let found = type_name(value.get_ref());
    Diagnostic::new(value.span(), TomlProblem::WrongType { key, found, expected })
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a bare number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or a time of day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Joins `words` as `a`, `b` and `c`, each in back quotes.
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
    fn rejects_a_key_of_a_hundred_thousand_parts() {
        for text in [format!("{}a = 1", "a.".repeat(100_000)), format!("[{}a]", "\"a\".".repeat(100_000))] {
            let source = SourceText::new("x", text);
            let (table, problems) = parse(&source);
            assert!(table.is_none());
            assert_eq!(problems[0].message, "a key has too many parts");
        }
    }

    #[test]
    fn ignores_dots_in_strings_and_comments() {
        let text = "# a.b.c.d.e.f.g.h.i.j.k\nname = \"a.b.c.d.e.f.g.h.i.j.k\"\nabout = '''\na.b.c.d.e.f.g.h.i.j\n'''";
        let source = SourceText::new("x", text);
        let (table, problems) = parse(&source);
        assert_eq!(problems, []);
        assert_eq!(table.unwrap().len(), 2);
    }

    #[test]
    fn common_slips_have_their_own_help() {
        for (text, help) in [
            ("name = \"T", "text goes in quotes: write `name = \"T\"`"),
            ("steps = [\"5min\"\n", "close the list with `]`"),
            ("a = 1\na = 2\n", "this key is there twice: leave one of them out"),
        ] {
            let source = SourceText::new("x", text);
            let (_, problems) = parse(&source);
            assert_eq!(problems[0].help.as_deref(), Some(help));
        }
    }

    #[test]
    fn rejects_ten_thousand_brackets() {
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
