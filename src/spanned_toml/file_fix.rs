//! Brackets and quotes that are not closed, found by reading the whole file again.
//!
//! The parser reports an open list where it stumbles, which is often lines below the one to correct.

use super::line_fix::line_at;
use std::ops::Range;
use toml::de::DeTable;

/// The longest file that is read again, in bytes.
const LONGEST_FILE: usize = 8_000;
/// The most lines that are corrected.
const MOST_LINES: usize = 3;
/// The most texts that are read.
const MOST_TRIES: usize = 800;
/// The most lines above an error that are tried.
const MOST_ABOVE: usize = 12;
/// Ends of a line that are missing, the likeliest first.
const ENDS: [(&str, &str); 11] = [
    ("]", "a list is not closed"),
    ("\"", "a text is not closed"),
    ("\",", "a text is not closed"),
    ("\"]", "the text and the list are not closed"),
    ("'", "a text is not closed"),
    ("',", "a text is not closed"),
    ("']", "the text and the list are not closed"),
    ("}", "a table is not closed"),
    ("\" }", "the text and the table are not closed"),
    ("},", "a table is not closed"),
    ("}]", "the table and the list are not closed"),
];

/// Marks in front of which an end may be missing.
const TAILS: [&str; 6] = ["", "]", "],", "}", "},", "}]"];

/// A line of a file, and the line that makes the file readable.
#[derive(Debug)]
pub(super) struct FileFix {
    /// The line in the file, without white space around it.
    pub(super) span: Range<usize>,
    /// What is wrong with it.
    pub(super) lead: &'static str,
    /// The line that was meant.
    pub(super) line: String,
}

/// Returns the lines to correct so that `text` is TOML. Nothing if no correction of up to [`MOST_LINES`] lines does it.
pub(super) fn file_fixes(text: &str) -> Option<Vec<FileFix>> {
    if text.len() > LONGEST_FILE {
        return None;
    }
    let mut tries = MOST_TRIES;
    fixes(text, MOST_LINES, &mut tries)
}

fn fixes(text: &str, lines: usize, tries: &mut usize) -> Option<Vec<FileFix>> {
    let Some(at) = first_error(text) else { return Some(Vec::new()) };
    let lines = lines.checked_sub(1)?;
    let mut further = Vec::new();
    for fix in candidates(text, at) {
        *tries = tries.checked_sub(1)?;
        let (before, behind) = (text.get(..fix.span.start)?, text.get(fix.span.end..)?);
        let corrected = format!("{before}{}{behind}", fix.line);
        match first_error(&corrected) {
            None => return Some(vec![fix]),
            Some(next) if next > fix.span.start + fix.line.len() && next > at + 1 => {
                further.push((next, fix, corrected));
            }
            Some(_) => {}
        }
    }
    // The correction that the parser gets furthest with.
    further.sort_by_key(|(next, _, _)| std::cmp::Reverse(*next));
    further.into_iter().take(2).find_map(|(_, fix, corrected)| {
        let rest = fixes(&corrected, lines, tries)?;
        let corrected_line = fix.span.start..fix.span.start + fix.line.len();
        let mut all = vec![fix];
        for mut later in rest {
            let first = all.first_mut()?;
            if later.span == corrected_line {
                first.line = later.line;
                continue;
            }
            if later.span.start > corrected_line.end {
                let back = |at: usize| (at + text.len()).checked_sub(corrected.len());
                later.span = back(later.span.start)?..back(later.span.end)?;
            }
            all.push(later);
        }
        Some(all)
    })
}

/// Returns the byte where the parser stumbles first.
fn first_error(text: &str) -> Option<usize> {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors.iter().map(|error| error.span().map_or(text.len(), |span| span.start)).min()
}

/// Returns corrections of the lines around the error at the byte `at`.
fn candidates(text: &str, at: usize) -> Vec<FileFix> {
    let here = line_at(text, at);
    let mut lines = vec![trimmed(text, here.clone())];
    let mut start = here.start;
    while let Some(above) = start.checked_sub(1).filter(|_| lines.len() < MOST_ABOVE) {
        let line = line_at(text, above);
        start = line.start;
        lines.push(trimmed(text, line));
    }
    lines.retain(|line| !line.is_empty());
    // A list is open up to the line before the one where the parser stumbles.
    if lines.len() > 1 {
        lines.swap(0, 1);
    }
    let headers = lines.iter().flat_map(|line| headers(text, line));
    let quotes = lines.iter().flat_map(|line| first_quotes(text, line));
    let ends = ENDS.iter().flat_map(|(end, lead)| {
        let lines = &lines;
        TAILS.iter().flat_map(move |tail| {
            let with = |line: &Range<usize>| {
                let fixed = with_end(text, line, end, tail)?;
                Some(FileFix { span: line.clone(), lead, line: fixed })
            };
            lines.iter().filter_map(with).collect::<Vec<_>>()
        })
    });
    headers.chain(ends).chain(quotes).collect()
}

/// Returns a line with `end` in front of `tail`.
fn with_end(text: &str, line: &Range<usize>, end: &str, tail: &str) -> Option<String> {
    let written = text.get(line.clone())?;
    let is_header = written.starts_with('[') && end == "]" && tail.is_empty();
    let kept = written.strip_suffix(tail)?.trim_end_matches(',').trim_end();
    (!written.starts_with('#') && !is_header && !kept.is_empty()).then(|| format!("{kept}{end}{tail}"))
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let written = text.get(line.clone()).unwrap_or_default();
    let start = line.start + (written.len() - written.trim_start().len());
    start..start.max(line.start + written.trim_end().len())
}

/// `[parameters.n`, `[[steps]`, `parts]`: the brackets of a table's name.
fn headers(text: &str, line: &Range<usize>) -> Vec<FileFix> {
    let written = text.get(line.clone()).unwrap_or_default();
    let name = written.trim_matches(['[', ']', '(', ')', '{', '}', '<', '>', ' ', ':']);
    let has_brackets = name.len() < written.len();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '"' | ' ');
    if !has_brackets || name.is_empty() || !name.chars().all(is_name) {
        return Vec::new();
    }
    let is_list = written.starts_with("[[") || written.ends_with("]]");
    let whole = if is_list { format!("[[{name}]]") } else { format!("[{name}]") };
    vec![FileFix { span: line.clone(), lead: "a table's name stands in brackets", line: whole }]
}

/// `10min easy"`: the quote in front of a text is missing.
fn first_quotes(text: &str, line: &Range<usize>) -> Option<FileFix> {
    let written = text.get(line.clone())?;
    let (head, value) = match written.split_once('=') {
        Some((key, value)) => (format!("{} = ", key.trim_end()), value.trim_start()),
        None => (String::new(), written),
    };
    let bare = value.trim_start_matches('[');
    let open = value.get(..value.len() - bare.len())?;
    let is_text = bare.matches('"').count() == 1 && !bare.starts_with('"');
    is_text.then(|| FileFix {
        span: line.clone(),
        lead: "a text begins with a quote",
        line: format!("{head}{open}\"{bare}"),
    })
}

/// Returns the line that holds the steps of `steps = …` and of the tables `[[steps]]` below it.
pub(super) fn merged_steps(text: &str) -> Option<String> {
    let start = text.find("[[steps]]")?;
    let (above, below) = text.split_at_checked(start)?;
    let above: toml::Table = above.parse().ok()?;
    let below: toml::Table = below.parse().ok()?;
    let list = |value: &toml::Value| match value {
        toml::Value::Array(items) => items.clone(),
        single => vec![single.clone()],
    };
    let items = [list(above.get("steps")?), list(below.get("steps")?)].concat();
    let items: Vec<String> = items.iter().map(inline).collect();
    let line = format!("steps = [{}]", items.join(", "));
    DeTable::parse(&line).is_ok().then_some(line)
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let entry = |(key, value): (&String, &toml::Value)| {
                // `name = "cooldown"` is the kind of a step.
                let is_kind = value.as_str().is_some_and(|word| ["warmup", "cooldown"].contains(&word));
                let key = if is_kind && ["name", "type"].contains(&key.as_str()) { "kind" } else { key };
                format!("{key} = {}", inline(value))
            };
            let entries: Vec<String> = table.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        toml::Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closes_what_is_open() {
        for (text, lines) in [
            ("steps = [\"10min easy\"\ntags = [\"long\"]\n", &["steps = [\"10min easy\"]"][..]),
            ("steps = [\n  \"10min easy\",\n  \"20min tempo\"\ntags = [\"long\"]\n", &["\"20min tempo\"]"]),
            ("steps = [\"10min easy\", \"20min tempo\n", &["steps = [\"10min easy\", \"20min tempo\"]"]),
            ("steps = [\n  \"10min easy,\n  \"20min tempo\",\n]\n", &["\"10min easy\","]),
            ("name = \"T\nsteps = [\"10min easy\"]\n", &["name = \"T\""]),
            ("name = \"T\"\n[parameters.n\ndefault = 3\n", &["[parameters.n]"]),
            ("name = \"T\"\n[[steps]\ntime = \"10min\"\n", &["[[steps]]"]),
            ("name = \"T\"\n[steps]]\ntime = \"10min\"\n", &["[[steps]]"]),
            ("steps = [10min easy\"]\n", &["steps = [\"10min easy\"]"]),
            ("steps = [\"10min easy]\n", &["steps = [\"10min easy\"]"]),
            (
                "steps = [{ time = \"10min\", target = \"easy\"]\n",
                &["steps = [{ time = \"10min\", target = \"easy\"}]"],
            ),
        ] {
            let found =
                file_fixes(text).map(|fixes| fixes.into_iter().map(|fix| fix.line).collect::<Vec<_>>());
            assert_eq!(found.as_deref().unwrap_or_default(), lines, "{text}");
        }
    }

    #[test]
    fn corrects_several_lines() {
        let text = "name = \"T\nsteps = [\"10min easy\", \"20min tempo\"\ntags = [\"long\"]\n";
        let fixes = file_fixes(text).unwrap();
        let lines: Vec<(&str, &str)> =
            fixes.iter().map(|fix| (&text[fix.span.clone()], fix.line.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("name = \"T", "name = \"T\""),
                ("steps = [\"10min easy\", \"20min tempo\"", "steps = [\"10min easy\", \"20min tempo\"]"),
            ]
        );
    }

    #[test]
    fn brings_steps_together() {
        let text =
            "name = \"T\"\nsteps = \"8x200m hard\"\n\n[[steps]]\nkind = \"cooldown\"\ntime = \"10min\"\n";
        let line = "steps = [\"8x200m hard\", { kind = \"cooldown\", time = \"10min\" }]";
        assert_eq!(merged_steps(text).as_deref(), Some(line));
        assert_eq!(merged_steps("name = \"T\"\n[[steps]]\ntime = \"10min\"\n"), None);
    }
}
