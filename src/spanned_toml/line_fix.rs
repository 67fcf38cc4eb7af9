//! Lines that are not TOML, and the line that was probably meant.

use super::comment_fix::{comment, comment_behind};
use std::ops::Range;
use toml::de::DeTable;

/// The longest line that a help repeats, in bytes.
const LONGEST_LINE: usize = 160;

/// The longest file of JSON that a help repeats, in bytes.
const LONGEST_FILE: usize = 400;

/// A line that can be read, in the place of one that cannot.
pub(super) struct LineFix {
    /// What is wrong with the line.
    pub(super) lead: &'static str,
    /// The line that was probably meant.
    pub(super) line: String,
    /// The line, or the lines, that it replaces.
    pub(super) span: Range<usize>,
}

/// A rule that rewrites a line without the white space around it.
type LineRule = (&'static str, fn(&str) -> Option<String>);

/// The rules, the most certain first.
const RULES: [LineRule; 12] = [
    ("TOML has straight quotes", straight_quotes),
    ("`=` goes between a key and its value", missing_equals_sign),
    ("`=` goes between a key and its value", equals_sign),
    ("a list goes in square brackets", square_brackets),
    ("nothing comes after a value", without_end),
    ("a comma goes between two strings", commas),
    ("a comma goes between two keys", key_commas),
    ("text goes in quotes", quoted_clock),
    ("each string goes in quotes", quoted_list),
    ("a number has no sign behind it", plain_number),
    ("a switch is `true` or `false`", switch),
    ("text goes in quotes", quoted_value),
];

/// Rules for a line with a single mistake.
const LONE_RULES: [LineRule; 4] = [
    ("a comment begins with `#`", comment_behind),
    ("a bracket closes that was not opened", without_bracket),
    ("steps are strings in a list", bracketed),
    ("steps are strings in a list", numbered_step),
];

/// Returns the line that was probably meant where `text` has a syntax error at the byte `at`.
pub(super) fn line_fix(text: &str, at: usize) -> Option<LineFix> {
    if let Some(fix) = from_json(text) {
        return Some(fix);
    }
    let range = line_at(text, at);
    if let Some(fix) = indented_list(text, range.clone()) {
        return Some(fix);
    }
    let line = text.get(range.clone())?.trim();
    if let Some(name) = table_head(text, &range) {
        let lead = "a table's name stands in brackets";
        return Some(LineFix { lead, line: format!("[{name}]"), span: range });
    }
    if line.is_empty() || line.len() > LONGEST_LINE {
        return None;
    }
    if line.starts_with(['"', '\'']) {
        return missing_comma(text, range, line);
    }
    if let Some(written) = comment(line).filter(|_| !line.starts_with("--")) {
        return Some(LineFix { lead: "a comment begins with `#`", line: written, span: range });
    }
    if let Some(line) = two_keys(line) {
        return Some(LineFix { lead: "each key has a line of its own", line, span: range });
    }
    if !line.contains(['=', ':', '[', '{']) && missing_equals_sign(line).is_none() {
        return bare_step(text, range, line);
    }
    let alone = |(lead, rule): &LineRule| {
        rule(line).filter(|fixed| is_toml(fixed)).map(|line| LineFix { lead, line, span: range.clone() })
    };
    if let Some(fix) = LONE_RULES.iter().find_map(alone) {
        return Some(fix);
    }
    let (mut line, mut lead) = (line.to_string(), None);
    for (reason, rule) in RULES {
        let Some(next) = rule(&line).filter(|next| *next != line) else { continue };
        lead = lead.or(Some(reason));
        line = quoted_clock(&next).unwrap_or(next);
        if is_toml(&line) {
            return Some(LineFix { lead: lead?, line, span: range });
        }
    }
    None
}

pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let behind = text.get(start..).unwrap_or_default();
    start..start + behind.find('\n').unwrap_or(behind.len())
}

fn is_toml(line: &str) -> bool {
    DeTable::parse(line).is_ok()
}

/// The lead of a fix for a whole list.
pub(super) const LIST_LEAD: &str = "a list goes in brackets";
/// The lead of a fix for a whole file.
pub(super) const JSON_LEAD: &str = "this is JSON, and pacebell reads TOML";

/// A file of JSON, as TOML.
fn from_json(text: &str) -> Option<LineFix> {
    let json = text.trim();
    if !json.starts_with('{') || json.len() > LONGEST_FILE {
        return None;
    }
    let json: serde_json::Value = serde_json::from_str(json).ok()?;
    let written = toml::Value::try_from(json).ok().and_then(|value| toml::to_string(&value).ok())?;
    let lines: Vec<&str> = written.lines().filter(|line| !line.is_empty()).collect();
    Some(LineFix { lead: JSON_LEAD, line: lines.join("` and `"), span: 0..text.len() })
}

/// `athlete:` with keys below it, as in YAML.
fn table_head<'t>(text: &'t str, line: &Range<usize>) -> Option<&'t str> {
    let head = text.get(line.clone())?;
    let name = head.trim_end().strip_suffix(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let below = text.get(line.end..)?.lines().nth(1)?;
    let is_key =
        below.starts_with([' ', '\t']) && !below.trim_start().starts_with('-') && below.contains([':', '=']);
    (is_name && is_key).then_some(name)
}

/// A list of YAML, `steps:` and lines with hyphens below it. `line` is one of its lines.
fn indented_list(text: &str, line: Range<usize>) -> Option<LineFix> {
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let is_head = |line: &str| line.trim_end().ends_with([':', '=']) && !line.trim_start().starts_with('-');
    let mut start = line.start;
    while is_item(text.get(start..)?.lines().next()?) {
        start = line_at(text, start.checked_sub(1)?).start;
    }
    let mut lines = text.get(start..)?.lines();
    let head = lines.next().filter(|line| is_head(line))?;
    let written: Vec<&str> = lines.take_while(|line| is_item(line)).collect();
    let end = written.iter().fold(line_at(text, start).end, |end, _| line_at(text, end + 1).end);
    let span = start..end;
    let items: Vec<String> = written
        .iter()
        .map(|line| {
            let item = line.trim().trim_start_matches('-').trim().trim_matches(['"', '\'', ',']);
            format!("\"{item}\"")
        })
        .collect();
    let line = format!("{} = [{}]", head.trim().trim_end_matches([':', '=']).trim_end(), items.join(", "));
    (!items.is_empty() && line.len() <= LONGEST_LINE && is_toml(&line)).then_some(LineFix {
        lead: LIST_LEAD,
        line,
        span,
    })
}

/// `incline = 5%`, `hr_max = 186 bpm`.
fn plain_number(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let number = value.trim().trim_end_matches('%').trim_end_matches("bpm").trim_end().replace(',', ".");
    number.parse::<f64>().ok()?;
    Some(format!("{} = {number}", key.trim_end()))
}

/// `name "T"`, `steps ["10min easy"]`, `threshold 4:30`.
fn missing_equals_sign(line: &str) -> Option<String> {
    let (key, value) = line.split_once(' ').filter(|_| !line.contains('='))?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let value = value.trim();
    let is_number = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'));
    let is_value = is_number || value.starts_with(['"', '\'', '[', '{', '(']);
    (is_key && is_value).then(|| format!("{key} = {value}"))
}

/// `steps = ("10min easy", "20min tempo")`.
fn square_brackets(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let inner = value.strip_prefix(['(', '{', '<'])?.strip_suffix([')', '}', '>'])?;
    let list = format!("{} = [{}]", key.trim_end(), inner.trim());
    (inner.trim().starts_with('"') && !inner.contains("\" =")).then_some(list)
}

/// `10 = 5min easy`.
fn numbered_step(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let step = value.trim().trim_matches('"');
    let is_numbered = key.trim().parse::<u32>().is_ok() && step.starts_with(|c: char| c.is_ascii_digit());
    (is_numbered && !step.contains(['"', '\\'])).then(|| format!("steps = [\"{step}\"]"))
}

/// Two strings in lines of a list, without a comma between them.
fn missing_comma(text: &str, span: Range<usize>, line: &str) -> Option<LineFix> {
    let previous = text.get(..span.start)?.trim_end();
    if previous.ends_with(['"', '\'']) && is_toml(&format!("x = [{}]", line.trim_end_matches(','))) {
        let last = previous.lines().next_back()?.trim();
        let lead = "a comma goes between two strings";
        let span = previous.len() - last.len()..previous.len();
        return Some(LineFix { lead, line: format!("{last},"), span });
    }
    // `[steps]`, and strings below it.
    let inner = line.trim_end_matches(',');
    let is_step = previous.ends_with(']') && is_toml(&format!("x = {inner}"));
    is_step.then(|| LineFix { lead: "steps are a list", line: format!("steps = [{inner}]"), span })
}

/// A step in a line of its own, such as `10min easy`, in a list or without one.
fn bare_step(text: &str, span: Range<usize>, line: &str) -> Option<LineFix> {
    let step = line.trim_start_matches(['-', '*', ' ']).trim_end_matches([',', ';']);
    let is_step = step.starts_with(|c: char| c.is_ascii_digit()) && !step.contains(['"', '\\']);
    let before = text.get(..span.start)?;
    let is_in_list = before.matches('[').count() > before.matches(']').count();
    let lead = "steps are strings in a list";
    let line = if is_in_list { format!("\"{step}\",") } else { format!("steps = [\"{step}\"]") };
    is_step.then_some(LineFix { lead, line, span })
}

fn straight_quotes(line: &str) -> Option<String> {
    Some(line.replace(['“', '”', '„', '«', '»'], "\"").replace(['‘', '’'], "'"))
}

/// `name: "T"`, `name == "T"`, `{ time: "10min" }`.
fn equals_sign(line: &str) -> Option<String> {
    if line.contains("==") {
        return Some(line.replacen("==", "=", 1));
    }
    let mut written = String::new();
    let mut quote = None;
    let mut is_key = true;
    for letter in line.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('{' | ',' | '[', None) => is_key = letter != '[',
            ('=', None) => is_key = false,
            (':', None) if is_key => {
                let key = written.trim_end().len();
                written.truncate(key);
                written += " =";
                is_key = false;
                continue;
            }
            _ => {}
        }
        written.push(letter);
    }
    Some(written)
}

fn without_end(line: &str) -> Option<String> {
    Some(line.trim_end_matches([';', ',']).trim_end().to_string())
}

/// `name = "T", steps = ["10min easy"]`.
fn two_keys(line: &str) -> Option<String> {
    let places = line.match_indices([',', ';', ' ']).map(|(at, _)| at);
    places.into_iter().find_map(|at| {
        let (first, second) = line.split_at_checked(at)?;
        let second = second.trim_start_matches([',', ';', ' ']).trim_end();
        let is_pair = |part: &str| part.contains('=') && is_toml(part);
        (is_pair(first) && is_pair(second)).then(|| format!("{}` and `{second}", first.trim_end()))
    })
}

/// `steps = ["10min easy"]]`.
fn without_bracket(line: &str) -> Option<String> {
    line.strip_suffix([']', '}', ')', '"']).map(|line| line.trim_end().to_string())
}

/// `steps = "10min easy" "20min tempo"`, `steps = "10min easy", "20min tempo"`.
fn bracketed(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let is_list = value.starts_with('"') && value.ends_with('"') && value.matches('"').count() > 2;
    let strings = commas(value)?;
    is_list.then(|| format!("{} = [{strings}]", key.trim_end()))
}

/// `{ time = "10min" target = "easy" }`.
fn key_commas(line: &str) -> Option<String> {
    let mut written = String::new();
    let mut quote = None;
    let mut behind_value = false;
    for letter in line.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => {
                quote = None;
                behind_value = true;
                written.push(letter);
                continue;
            }
            (letter, None) if behind_value && letter.is_alphabetic() && line.contains('{') => {
                written.truncate(written.trim_end().len());
                written += ", ";
            }
            _ => {}
        }
        behind_value &= letter.is_whitespace();
        written.push(letter);
    }
    Some(written)
}

/// `["10min easy" "20min tempo"]`.
fn commas(line: &str) -> Option<String> {
    let mut written = String::new();
    let mut quote = None;
    let mut behind_string = false;
    for letter in line.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => {
                if behind_string {
                    written.truncate(written.trim_end().len());
                    written += ", ";
                }
                quote = Some(letter);
            }
            (letter, Some(open)) if letter == open => {
                quote = None;
                behind_string = true;
                written.push(letter);
                continue;
            }
            (';', None) if behind_string => continue,
            _ => {}
        }
        behind_string &= letter.is_whitespace();
        written.push(letter);
    }
    Some(written)
}

/// `steps = [10min easy, 20min tempo]`.
fn quoted_list(line: &str) -> Option<String> {
    let (key, list) = line.split_once('=')?;
    let inner = list.trim().strip_prefix('[')?.strip_suffix(']')?;
    if inner.contains(['"', '\'', '[', '{', '\\']) {
        return None;
    }
    let items: Vec<String> = inner.split(',').map(|item| format!("\"{}\"", item.trim())).collect();
    Some(format!("{} = [{}]", key.trim_end(), items.join(", ")))
}

/// `5K = 22:30`, which TOML takes for a time of day.
fn quoted_clock(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let is_clock = value.contains(':') && value.chars().all(|c| c.is_ascii_digit() || c == ':');
    is_clock.then(|| format!("{} = \"{value}\"", key.trim_end()))
}

/// Keys that are true or false in one of pacebell's files.
const SWITCHES: [&str; 6] = ["show_pace", "flash", "keep_awake", "lead_in", "open", "down"];

/// `show_pace = no`, `flash = True`.
fn switch(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim().trim_end_matches([',', ';']));
    let is_switch = SWITCHES.contains(&key);
    let meant = match value.to_lowercase().as_str() {
        "true" => "true",
        "false" => "false",
        "yes" | "y" | "on" if is_switch => "true",
        "no" | "n" | "off" | "none" | "never" if is_switch => "false",
        _ => return None,
    };
    Some(format!("{key} = {meant}"))
}

/// `name = Tuesday`.
fn quoted_value(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim().trim_matches(['"', '\'']);
    let is_text = !value.is_empty() && !value.contains(['"', '\\', '[', '{', '=']);
    is_text.then(|| format!("{} = \"{value}\"", key.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_line_that_was_meant() {
        for (text, meant) in [
            ("name = Test", "name = \"Test\""),
            ("name: \"T\"", "name = \"T\""),
            ("name == \"T\"", "name = \"T\""),
            ("name = \"T\";", "name = \"T\""),
            ("name = “T”", "name = \"T\""),
            ("name = \"T", "name = \"T\""),
            ("steps = [“10min easy”]", "steps = [\"10min easy\"]"),
            ("steps = [\"10min easy\" \"20min tempo\"]", "steps = [\"10min easy\", \"20min tempo\"]"),
            ("steps = [10min easy, 20min tempo]", "steps = [\"10min easy\", \"20min tempo\"]"),
            ("steps = 10min easy", "steps = \"10min easy\""),
            ("steps = [{ time: \"10min\" }]", "steps = [{ time = \"10min\" }]"),
            ("10min easy", "steps = [\"10min easy\"]"),
            ("- 10min easy", "steps = [\"10min easy\"]"),
            ("steps:\n  - 10min easy\n  - 20min tempo\n", "steps = [\"10min easy\", \"20min tempo\"]"),
            ("incline = 5%", "incline = 5"),
            ("show_pace = no", "show_pace = false"),
            ("// easy day", "# easy day"),
            ("name = \"T\"]", "name = \"T\""),
            ("steps = [\"10min easy\"]]", "steps = [\"10min easy\"]"),
            ("steps = \"10min easy\" \"20min tempo\"", "steps = [\"10min easy\", \"20min tempo\"]"),
            (
                "steps = [{ time = \"10min\" target = \"easy\" }]",
                "steps = [{ time = \"10min\", target = \"easy\" }]",
            ),
            ("name = \"T\", steps = [\"10min easy\"]", "name = \"T\"` and `steps = [\"10min easy\"]"),
            ("hr_max = 186 bpm", "hr_max = 186"),
            ("5K: 22:30", "5K = \"22:30\""),
            ("threshold 4:30", "threshold = \"4:30\""),
            ("athlete:\n  hr_max: 190\n", "[athlete]"),
            ("incline = 1,5", "incline = 1.5"),
            ("name \"T\"", "name = \"T\""),
            ("steps [\"10min easy\"]", "steps = [\"10min easy\"]"),
            ("steps = (\"10min easy\", \"20min tempo\")", "steps = [\"10min easy\", \"20min tempo\"]"),
            ("steps = [\"10min easy\"; \"20min tempo\"]", "steps = [\"10min easy\", \"20min tempo\"]"),
            ("10 = 5min easy", "steps = [\"5min easy\"]"),
            ("name = \"T\" -- easy", "name = \"T\" # easy"),
            ("flash = on", "flash = true"),
            ("lead_in = True", "lead_in = true"),
            ("name = no", "name = \"no\""),
            ("{\"name\": \"T\", \"steps\": [\"10min easy\"]}", "name = \"T\"` and `steps = [\"10min easy\"]"),
        ] {
            let fix = line_fix(text, 2).map(|fix| fix.line);
            assert_eq!(fix.as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn quotes_a_step_within_a_list() {
        let text = "steps = [\n- 10min easy\n]\n";
        let fix = line_fix(text, text.find("10").unwrap()).unwrap();
        assert_eq!(fix.line, "\"10min easy\",");
    }

    #[test]
    fn finds_a_missing_comma_at_the_end_of_the_line_before() {
        let text = "steps = [\n\t\"10min easy\"\n\t\"20min tempo\"\n]\n";
        let fix = line_fix(text, text.find("\"20").unwrap()).unwrap();
        assert_eq!(fix.line, "\"10min easy\",");
    }

    #[test]
    fn shows_no_line_that_is_not_toml() {
        for text in ["steps = [[[", "= = =", "\u{0}", "a = \"\\x\" b"] {
            assert!(line_fix(text, 0).is_none_or(|fix| is_toml(&fix.line)), "{text}");
        }
    }
}
