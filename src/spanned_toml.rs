//! TOML, parsed with the span of every key and value, and with several errors at once.
//!
//! The size and the depth of a text are checked before it is parsed, so no file can take long or exhaust the stack.

mod comment_fix;
mod file_fix;
mod line_fix;
pub(crate) mod messages;
mod repaired;

use crate::diagnostic::{Diagnostic, LineIndex, SourceText};
use crate::text::{certain, clean, nearest};
use messages::{SyntaxSlip, TomlProblem};
pub(crate) use repaired::repaired;
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
    let first = errors.first().map(|error| error.span().map_or(source.text.len(), |span| span.start));
    let has_line_fix = first.is_none_or(|at| line_fix::line_fix(&source.text, at).is_some())
        || errors.iter().any(|error| error.message().contains("duplicate key"));
    if !has_line_fix && let Some(fixes) = file_fix::file_fixes(&source.text) {
        let message = errors.first().map_or("", |error| error.message());
        let problems = fixes.into_iter().map(|fix| {
            let problem =
                TomlProblem::InvalidToml { error: fix.lead, slip: SyntaxSlip::from_parser_message(message) };
            let help = format!("{}: write `{}`", fix.lead, clean(&fix.line));
            Diagnostic::new(fix.span.clone(), problem).with_help(help).with_fix(fix.span, fix.line)
        });
        return (None, problems.collect());
    }
    let errors = errors
        .iter()
        .take(MOST_SYNTAX_ERRORS)
        .map(|error| syntax_error(error.message(), error.span(), &source.text));
    let mut problems: Vec<Diagnostic> = Vec::new();
    for problem in errors {
        // A table that is there twice has its keys twice.
        let follows = |known: &Diagnostic| {
            problem.message == known.message
                && single_header(&source.text, &known.span).is_some()
                && SyntaxSlip::from_parser_message(&problem.label) == SyntaxSlip::DuplicateKey
                && single_header(&source.text, &problem.span).is_none()
        };
        // One line has one fix, which its other errors follow from.
        if !problems.iter().any(follows)
            && !problems.iter().any(|known| {
                known.help.is_some()
                    && known.help == problem.help
                    && (is_near(known, &problem, &source.text) || is_of_several_lines(known))
            })
        {
            problems.push(problem);
        }
    }
    (Some(table.into_inner()), problems)
}

/// Returns the `syntax` errors of `source`, and the problems that were `found` in lines without one: a line that is not
/// TOML was not read as intended.
pub fn without_followers(
    source: &SourceText,
    syntax: Vec<Diagnostic>,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let index = LineIndex::new(&source.text);
    let line = |problem: &Diagnostic| index.place(problem.span.start).line;
    let broken: Vec<u32> = syntax.iter().map(line).collect();
    found.retain(|problem| !broken.contains(&line(problem)));
    [syntax, found].concat()
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
    let is_steps = slip == SyntaxSlip::DuplicateKey && text.get(span.clone()) == Some("steps");
    let problem = Diagnostic::new(span, TomlProblem::InvalidToml { error, slip });
    if let Some(line) = file_fix::merged_steps(text).filter(|_| is_steps) {
        let help = format!("steps stand in one place: write `{}`, and leave out `[[steps]]`", clean(&line));
        return problem.with_help(help);
    }
    if slip == SyntaxSlip::DuplicateKey
        && let Some(name) = single_header(text, &problem.span)
    {
        return problem.with_help(if LISTED.contains(&name) {
            format!("a table that is there more than once has two brackets: write `[[{name}]]` each time")
        } else {
            format!("leave this line out, and write its keys below the first `[{name}]`")
        });
    }
    match fix {
        Some(fix) => problem.with_help(format!("{}: write `{}`", fix.lead, clean(&fix.line))),
        None => problem,
    }
}

/// Tables that may be there more than once.
const LISTED: [&str; 8] =
    ["steps", "step", "interval", "intervals", "week", "weeks", "action", "steps.steps"];

/// Returns the name of the table in single brackets at `span`: `[steps]`.
fn single_header<'t>(text: &'t str, span: &Range<usize>) -> Option<&'t str> {
    let name = text.get(span.clone())?;
    let before = text.get(..span.start)?;
    (before.ends_with('[') && !before.ends_with("[[") && text.get(span.end..)?.starts_with(']'))
        .then_some(name)
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
    Diagnostic::new(key.span(), TomlProblem::UnknownKey { key: name, known, nearest: meant_key(name, known) })
}

/// Returns the key of `known` that an unknown `name` probably stands for.
pub fn meant_key<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let same = known.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
    same.or_else(|| synonym(name, known)).or_else(|| nearest(name, known.iter().copied()))
}

/// Other words for a key.
const SYNONYMS: &[(&[&str], &str)] = &[
    (&["title"], "name"),
    (&["title", "name"], "label"),
    (&["cue", "note", "notes", "comment"], "cues"),
    (&["description", "desc", "notes", "note", "comment", "goal"], "about"),
    (&["workout", "intervals", "session", "segments"], "steps"),
    (&["pace", "speed", "effort", "zone", "intensity", "hr", "heart_rate", "power"], "target"),
    (&["duration", "minutes", "seconds", "length", "long", "mins"], "time"),
    (&["km", "miles", "metres", "meters", "dist"], "distance"),
    (&["rest", "recovery", "recover"], "between"),
    (&["count", "times", "sets", "rounds", "repeats", "repetitions"], "repeat"),
    (&["work", "interval", "step", "exercises"], "steps"),
    (&["inclination", "slope", "grade", "gradient", "elevation", "hill"], "incline"),
    (&["tag", "keywords", "category", "categories"], "tags"),
    (&["pyramid", "ladders"], "ladder"),
    (&["options", "values", "allowed", "enum"], "choices"),
    (&["value", "usual"], "default"),
    (&["param", "params", "variables", "vars"], "parameters"),
    (&["questions"], "ask"),
    (
        &["max_hr", "maxhr", "max_heart_rate", "maximum_heart_rate", "heart_rate_max", "hrmax", "max-hr"],
        "hr_max",
    ),
    (&["rest_hr", "resting_hr", "resting_heart_rate", "rhr", "hrrest"], "hr_rest"),
    (&["threshold_hr", "lt_hr", "threshold_heart_rate"], "lthr"),
    (&["treadmill", "belts", "machine"], "belt"),
    (&["runner", "me", "user", "person", "profile", "races", "results"], "athlete"),
    (&["max", "maximum", "max_speed", "top_speed", "speed_max", "highest"], "top"),
    (&["min", "minimum", "min_speed", "speed_min", "lowest_speed"], "lowest"),
    (&["max_incline", "incline_max", "top_incline"], "incline_top"),
    (&["min_incline", "incline_min", "lowest_incline"], "incline_lowest"),
    (&["increment", "speed_step"], "step"),
    (&["limit", "speed_limit"], "ceiling"),
    (&["color", "colour", "colors", "colours", "appearance", "mode"], "theme"),
    (&["first_day", "week_start_day", "start_of_week", "first_day_of_week", "week"], "week_starts"),
    (&["shortcuts", "keyboard", "bindings", "hotkeys"], "keys"),
    (&["audio"], "sound"),
    (&["device", "backend", "player"], "output"),
    (&["5000", "5000m", "5km", "parkrun", "five_k", "fivek", "5_k", "k5"], "5K"),
    (&["10000", "10000m", "10km", "ten_k", "tenk", "10_k", "k10"], "10K"),
    (&["3000", "3000m", "3km", "three_k"], "3K"),
    (&["15000", "15km"], "15K"),
    (&["1500m"], "1500"),
    (&["half_marathon", "halfmarathon", "half-marathon", "21k", "hm"], "half"),
    (&["42k", "full", "full_marathon"], "marathon"),
    (&["10mile", "10_mile", "10miles", "10mi", "10-mile"], "10 mile"),
    (&["type", "sport", "kind_of"], "activity"),
    (&["pace_shown", "hide_pace", "showpace"], "show_pace"),
    (&["text", "message", "words"], "say"),
];

/// Returns the key of `known` that another word for it stands for.
fn synonym<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let mut keys = SYNONYMS.iter().filter(|(words, _)| words.contains(&lower.as_str()));
    keys.find_map(|(_, key)| known.iter().copied().find(|known| known == key))
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
            ("steps = [\"5min\"\n", "a list is not closed: write `steps = [\"5min\"]`"),
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
