//! The part of YAML that a workout needs: keys, lists, quoted text, and lists or keys in one line.

use super::loose_value::{LooseTable, LooseValue};

/// The most lines that are read.
const MOST_LINES: usize = 300;
/// The most values that may stand in one another.
const DEEPEST: usize = 8;

/// A line without its comment and the white space around it.
struct LooseYamlLine {
    indent: usize,
    text: String,
}

/// Reads the lines of a file.
struct LooseYamlReader {
    lines: Vec<LooseYamlLine>,
    at: usize,
}

/// Reads `text` as the keys of a YAML file. Nothing if a line is something else.
pub(super) fn read(text: &str) -> Option<LooseTable> {
    let lines: Vec<LooseYamlLine> = text.lines().filter_map(yaml_line).take(MOST_LINES + 1).collect();
    if lines.is_empty() || lines.len() > MOST_LINES {
        return None;
    }
    let mut reader = LooseYamlReader { lines, at: 0 };
    let value = reader.block(0)?;
    match value {
        LooseValue::Table(entries) if reader.at == reader.lines.len() => Some(entries),
        _ => None,
    }
}

fn yaml_line(line: &str) -> Option<LooseYamlLine> {
    let line = line.replace('\t', "    ");
    let mut quote = None;
    let mut end = line.len();
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match (letter, quote) {
            ('"' | '\'', None) if !before.is_alphanumeric() => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('#', None) if before == ' ' => {
                end = at;
                break;
            }
            _ => {}
        }
        before = letter;
    }
    let line = line.get(..end)?.trim_end();
    let text = line.trim_start();
    let is_mark = text.starts_with("---") || text == "..." || text.starts_with('%');
    (!text.is_empty() && !is_mark)
        .then(|| LooseYamlLine { indent: line.len() - text.len(), text: text.to_string() })
}

impl LooseYamlReader {
    fn line(&self) -> Option<&LooseYamlLine> {
        self.lines.get(self.at)
    }

    /// Reads the lines from here on that have the indent of the first.
    fn block(&mut self, depth: usize) -> Option<LooseValue> {
        if depth > DEEPEST {
            return None;
        }
        let first = self.line()?;
        let indent = first.indent;
        if is_item(&first.text) { self.list(indent, depth) } else { self.table(indent, depth) }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<LooseValue> {
        let mut items = Vec::new();
        while let Some(line) = self.line().filter(|line| line.indent == indent && is_item(&line.text)) {
            let rest = line.text.get(1..)?.trim_start().to_string();
            if rest.is_empty() {
                self.at += 1;
                items.push(self.inner(indent, depth)?);
            } else if is_item(&rest) || key_and_value(&rest).is_some() {
                // What follows the hyphen begins a block of its own.
                let inner = indent + line.text.len() - rest.len();
                *self.lines.get_mut(self.at)? = LooseYamlLine { indent: inner, text: rest };
                items.push(self.block(depth + 1)?);
            } else {
                items.push(scalar(&rest));
                self.at += 1;
            }
        }
        Some(LooseValue::List(items))
    }

    fn table(&mut self, indent: usize, depth: usize) -> Option<LooseValue> {
        let mut entries = Vec::new();
        while let Some(line) = self.line().filter(|line| line.indent == indent && !is_item(&line.text)) {
            let (key, value) = key_and_value(&line.text)?;
            self.at += 1;
            let value = match value.as_str() {
                "" => self.inner(indent, depth)?,
                "|" | "|-" | "|+" | ">" | ">-" | ">+" => self.lines_below(indent, value.starts_with('>')),
                value => scalar(value),
            };
            entries.push((key, value));
        }
        // A line with another indent belongs to nothing.
        let follows =
            self.line().is_none_or(|line| line.indent < indent || depth > 0 && line.indent <= indent);
        (!entries.is_empty() && follows).then_some(LooseValue::Table(entries))
    }

    /// Reads what stands below a key or a hyphen with `indent`. A list may have the indent of its key.
    fn inner(&mut self, indent: usize, depth: usize) -> Option<LooseValue> {
        match self.line() {
            Some(line) if line.indent > indent || line.indent == indent && is_item(&line.text) => {
                self.block(depth + 1)
            }
            _ => Some(LooseValue::Text(String::new())),
        }
    }

    fn lines_below(&mut self, indent: usize, is_folded: bool) -> LooseValue {
        let mut texts = Vec::new();
        while let Some(line) = self.line().filter(|line| line.indent > indent) {
            texts.push(line.text.clone());
            self.at += 1;
        }
        LooseValue::Text(texts.join(if is_folded { " " } else { "\n" }))
    }
}

fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// Splits `key: value`. A key is a word or a few, or stands in quotes.
fn key_and_value(text: &str) -> Option<(String, String)> {
    if text.starts_with(['[', '{']) {
        return None;
    }
    let quote = text.chars().next().filter(|first| ['"', '\''].contains(first));
    let from = quote.map_or(Some(0), |quote| text.get(1..)?.find(quote).map(|end| end + 2))?;
    let rest = text.get(from..)?;
    let colon = rest.find(": ").or_else(|| rest.ends_with(':').then(|| rest.len() - 1))?;
    let key = text.get(..from + colon)?.trim().trim_matches(['"', '\'']);
    let value = text.get(from + colon + 1..)?.trim();
    (!key.is_empty()).then(|| (key.to_string(), value.to_string()))
}

/// Reads a value that stands in one line.
fn scalar(text: &str) -> LooseValue {
    let text = text.trim().trim_end_matches(',').trim_end();
    let inside = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(list) = inside('[', ']') {
        return LooseValue::List(split(list).iter().map(|item| plain(item)).collect());
    }
    if let Some(table) = inside('{', '}') {
        let entries = split(table).iter().map(|entry| key_and_value(entry)).collect::<Option<Vec<_>>>();
        if let Some(entries) = entries {
            return LooseValue::Table(entries.into_iter().map(|(key, value)| (key, plain(&value))).collect());
        }
    }
    plain(text)
}

/// Reads a value that holds no others.
fn plain(text: &str) -> LooseValue {
    let text = text.trim();
    let first = text.chars().next().filter(|quote| ['"', '\''].contains(quote));
    if let Some(inner) = first.and_then(|quote| text.strip_prefix(quote)?.strip_suffix(quote)) {
        return LooseValue::Text(inner.to_string());
    }
    match text.to_lowercase().as_str() {
        "true" => LooseValue::Switch(true),
        "false" => LooseValue::Switch(false),
        _ if text.parse::<f64>().is_ok_and(f64::is_finite) => LooseValue::Number(text.to_string()),
        _ => LooseValue::Text(text.to_string()),
    }
}

/// Splits `text` at commas outside of quotes and brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quote, mut open) = (None, 0_usize);
    for letter in text.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(known)) if letter == known => quote = None,
            ('(' | '[' | '{', None) => open += 1,
            (')' | ']' | '}', None) => open = open.saturating_sub(1),
            (',', None) if open == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Option<String> {
        read(text).map(|entries| LooseValue::Table(entries).to_toml())
    }

    #[test]
    fn reads_keys_lists_and_lists_of_keys() {
        for (text, toml) in [
            ("name: T\n", "{ name = \"T\" }"),
            ("a: 'x: y' # why\nb: [1, two]\n", "{ a = \"x: y\", b = [1, \"two\"] }"),
            ("steps:\n- 10min\n- 20min\n", "{ steps = [\"10min\", \"20min\"] }"),
            (
                "steps:\n  - time: 10min\n    target: easy\n",
                "{ steps = [{ time = \"10min\", target = \"easy\" }] }",
            ),
            ("a:\n  b: true\nc: {d: 1:30}\n", "{ a = { b = true }, c = { d = \"1:30\" } }"),
            ("about: >\n  one\n  two\nname: T\n", "{ about = \"one two\", name = \"T\" }"),
        ] {
            assert_eq!(printed(text).as_deref(), Some(toml), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_table_and_what_is_too_deep() {
        let deep: String = (0..20).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        let long = "a: 1\n".repeat(1000);
        for text in ["", "10min easy\n", "- a\n- b\n", "a: 1\n  b: 2\n", deep.as_str(), long.as_str()] {
            assert_eq!(printed(text), None, "{text}");
        }
    }
}
