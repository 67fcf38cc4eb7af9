//! Reads the part of YAML that training plans are written in: mappings, lists, texts and comments, without anchors, tags
//! and the short forms in brackets. <https://yaml.org/spec/1.2.2/>

use super::UnreadableWorkout;
use serde_json::{Map, Value};

/// The deepest that lists and mappings nest.
const DEEPEST: usize = 16;
/// The most lines. A plan of 18 weeks has 400.
const MOST_LINES: usize = 20_000;

/// Reads a text. Every value is a text, a list or a mapping; an empty one is null.
///
/// # Errors
/// If a line is neither a key nor an entry of a list.
pub fn read(text: &str) -> Result<Value, UnreadableWorkout> {
    let lines = lines(text);
    if lines.len() > MOST_LINES {
        return Err(UnreadableWorkout::new(format!("it has more than {MOST_LINES} lines")));
    }
    let mut reader = YamlReader { lines, at: 0 };
    let value = reader.block(0, 0)?;
    match reader.lines.get(reader.at) {
        None => Ok(value),
        Some(line) => Err(damaged(line.number)),
    }
}

fn damaged(line: usize) -> UnreadableWorkout {
    UnreadableWorkout::new(format!("it is damaged at line {line}, or uses YAML that pacebell does not read"))
}

/// A line with something in it.
#[derive(Clone, Copy, Debug)]
struct YamlLine<'a> {
    indent: usize,
    text: &'a str,
    number: usize,
}

fn lines<'b>(text: &'b str) -> Vec<YamlLine<'b>> {
    let line = |(line, number): (&'b str, usize)| {
        let text = line.trim_start_matches(' ');
        (line.len() - text.len(), text.trim_end(), number)
    };
    text.lines()
        .zip(1..)
        .take(MOST_LINES + 1)
        .map(line)
        .filter(|(_, text, _)| !text.starts_with("---") && !text.starts_with('%'))
        .map(|(indent, text, number)| YamlLine { indent, text, number })
        .collect()
}

struct YamlReader<'a> {
    lines: Vec<YamlLine<'a>>,
    at: usize,
}

impl<'a> YamlReader<'a> {
    /// Returns the next line that is neither empty nor a comment.
    fn peek(&mut self) -> Option<YamlLine<'a>> {
        while let Some(line) = self.lines.get(self.at) {
            if !line.text.is_empty() && !line.text.starts_with('#') {
                return Some(*line);
            }
            self.at += 1;
        }
        None
    }

    /// Reads the list or the mapping that begins at the next line, if it is indented by at least `indent`.
    fn block(&mut self, indent: usize, depth: usize) -> Result<Value, UnreadableWorkout> {
        let Some(first) = self.peek().filter(|line| line.indent >= indent) else { return Ok(Value::Null) };
        if depth > DEEPEST {
            return Err(damaged(first.number));
        }
        match entry(first.text) {
            Some(_) => self.list(first.indent, depth),
            None => self.mapping(first.indent, depth),
        }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Result<Value, UnreadableWorkout> {
        let mut items = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent == indent) {
            let Some(rest) = entry(line.text) else { break };
            let inside = without_comment(rest);
            if inside.is_empty() {
                self.at += 1;
                items.push(self.block(indent + 1, depth + 1)?);
            } else if key(rest).is_some() {
                // The entry is a mapping whose first key stands behind the dash.
                let offset = line.text.len() - rest.len();
                if let Some(first) = self.lines.get_mut(self.at) {
                    *first = YamlLine { indent: indent + offset, text: rest, ..line };
                }
                items.push(self.block(indent + 1, depth + 1)?);
            } else {
                items.push(self.scalar(rest, indent)?);
            }
        }
        Ok(Value::Array(items))
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Result<Value, UnreadableWorkout> {
        let mut map = Map::new();
        while let Some(line) = self.peek().filter(|line| line.indent == indent) {
            if entry(line.text).is_some() {
                break;
            }
            let (name, rest) = key(line.text).ok_or_else(|| damaged(line.number))?;
            let value = match without_comment(rest) {
                "" => {
                    self.at += 1;
                    // A list may stand below its key without an indent.
                    let is_list = |next: &YamlLine<'_>| next.indent == indent && entry(next.text).is_some();
                    let least = if self.peek().as_ref().is_some_and(is_list) { indent } else { indent + 1 };
                    self.block(least, depth + 1)?
                }
                _ => self.scalar(rest, indent)?,
            };
            map.insert(name.to_string(), value);
        }
        Ok(Value::Object(map))
    }

    /// Reads a text that begins with `first` in the current line, and may go on in lines that are indented by more.
    fn scalar(&mut self, first: &str, indent: usize) -> Result<Value, UnreadableWorkout> {
        let number = self.lines.get(self.at).map_or(0, |line| line.number);
        self.at += 1;
        match first.chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(first, quote, number),
            Some(style @ ('|' | '>')) => {
                let more = self.more(indent);
                let joint = if style == '|' { "\n" } else { " " };
                Ok(Value::String(more.join(joint).trim_end().to_string()))
            }
            Some('[' | '{') if !matches!(without_comment(first), "[]" | "{}") => Err(damaged(number)),
            Some('[' | '{') => Ok(Value::Null),
            Some('&' | '*' | '!') => Err(damaged(number)),
            _ => {
                let first = without_comment(first).to_string();
                let more = self.more(indent);
                let text = folded(std::iter::once(first.as_str()).chain(more.iter().copied()));
                Ok(if matches!(text.as_str(), "~" | "null") { Value::Null } else { Value::String(text) })
            }
        }
    }

    /// Takes the lines that are indented by more.
    fn more(&mut self, indent: usize) -> Vec<&'a str> {
        let mut more = Vec::new();
        while let Some(line) =
            self.lines.get(self.at).filter(|line| line.text.is_empty() || line.indent > indent)
        {
            more.push(line.text);
            self.at += 1;
        }
        more
    }

    fn quoted(&mut self, first: &str, quote: char, number: usize) -> Result<Value, UnreadableWorkout> {
        let mut raw: Vec<&str> = vec![first.get(1..).unwrap_or_default()];
        loop {
            let last = raw.last().copied().unwrap_or_default();
            if let Some(end) = closing(last, quote) {
                let kept = last.get(..end).unwrap_or_default();
                raw.pop();
                raw.push(kept);
                break;
            }
            let line = self.lines.get(self.at).ok_or_else(|| damaged(number))?;
            raw.push(line.text);
            self.at += 1;
        }
        let text = folded(raw.into_iter());
        Ok(Value::String(if quote == '"' { unescaped(&text) } else { text.replace("''", "'") }))
    }
}

/// Returns what stands behind the dash of an entry of a list.
fn entry(text: &str) -> Option<&str> {
    match text.strip_prefix('-')? {
        "" => Some(""),
        rest => rest.strip_prefix(' ').map(str::trim_start),
    }
}

/// Returns a key and what stands behind its colon.
fn key(text: &str) -> Option<(&str, &str)> {
    if let Some(quote @ ('"' | '\'')) = text.chars().next() {
        let end = closing(text.get(1..)?, quote)? + 1;
        let rest = text.get(end + 1..)?.strip_prefix(':')?;
        return Some((text.get(1..end)?, rest.trim()));
    }
    let at = text.match_indices(':').map(|(at, _)| at).find(|at| {
        text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    })?;
    let name = text.get(..at)?.trim();
    (!name.is_empty() && !name.starts_with(['[', '{', '|', '>']))
        .then_some((name, text.get(at + 1..)?.trim()))
}

/// Returns the place of the quote that closes a text.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            c if c == quote && quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote) => {
                chars.next();
            }
            c if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// Leaves out a comment behind a value.
fn without_comment(text: &str) -> &str {
    if text.starts_with('#') {
        return "";
    }
    if text.starts_with(['"', '\'']) {
        return text;
    }
    text.find(" #").and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

/// Joins lines: one break is a space, and an empty line a break.
fn folded<'b>(lines: impl Iterator<Item = &'b str>) -> String {
    let mut text = String::new();
    let mut is_first = true;
    for line in lines {
        match (line.is_empty(), is_first || text.ends_with('\n')) {
            (true, _) => text.push('\n'),
            (false, true) => text.push_str(line),
            (false, false) => {
                // A backslash at the end joins two lines without a space.
                if text.ends_with('\\') {
                    text.pop();
                } else {
                    text.push(' ');
                }
                text.push_str(line.strip_prefix('\\').unwrap_or(line));
            }
        }
        is_first = false;
    }
    text.trim_end().to_string()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let code = |digits: usize, chars: &mut std::str::Chars<'_>| {
            let hex: String = chars.by_ref().take(digits).collect();
            u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
        };
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('x') => out.push(code(2, &mut chars)),
                Some('u') => out.push(code(4, &mut chars)),
                Some('U') => out.push(code(8, &mut chars)),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plans_are_read_as_any_yaml_reader_does() {
        // The expected value is what PyYAML reads, with numbers as texts.
        let text = "---\n# a plan\nname: 'It''s: one'\nlong: \"first\n  second \\\"x\\\" \\u00d7\n\n  third\"\nplain: some words # note\n  and more\nempty:\nschedule:\n- workouts: # week 1\n  - title: Rest\n  - title: '{1.5:2.4} run'\n    distance: 1.5\n- description: |\n    a\n    b\n  workouts: []\n";
        assert_eq!(
            read(text).unwrap(),
            json!({
                "name": "It's: one",
                "long": "first second \"x\" ×\nthird",
                "plain": "some words and more",
                "empty": null,
                "schedule": [
                    {"workouts": [{"title": "Rest"}, {"title": "{1.5:2.4} run", "distance": "1.5"}]},
                    {"description": "a\nb", "workouts": null}
                ]
            })
        );
        assert!(read("name: *other\n").is_err() && read("a: b\n  c\nd\n").is_err());
        assert!(read("x: \"never closed\n").is_err());
    }
}
