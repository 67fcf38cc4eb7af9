//! Edits the profile's text. Everything else, comments and order included, stays byte for byte.
//!
//! Apart from the names of races and paces, nothing here knows what a key means. Parse the result before you write it.

use crate::athlete::{NamedPace, Race};
use crate::cli::report::Report;
use crate::text::quoted;
use crate::units::Millis;
use chrono::NaiveDate;
use std::ops::Range;
use toml_edit::{Document, InlineTable, Item, Key, Table, TableLike, Value};

/// An edit that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRefusal {
    /// The problem.
    pub problem: String,
    /// The way out.
    pub help: String,
}

impl From<EditRefusal> for Report {
    fn from(refusal: EditRefusal) -> Self {
        Report::new(refusal.problem).with_help(refusal.help)
    }
}

fn refuse<T>(problem: String, help: &str) -> Result<T, EditRefusal> {
    Err(EditRefusal { problem, help: help.to_string() })
}

/// The form of a key.
const KEY_HELP: &str = "write the table and the key, such as belt.unit, belt.gym.top, athlete.hr_max, athlete.paces.easy, units.pace";

/// Splits a dotted key into its names. `full` is the help for a key without its table.
///
/// # Errors
/// If it is not a key, or names no table.
pub fn path(dotted: &str, full: Option<String>) -> Result<Vec<String>, EditRefusal> {
    let keys =
        Key::parse(dotted).map(|keys| keys.iter().map(|key| key.get().to_string()).collect::<Vec<_>>());
    match keys {
        Ok(keys) if (2..=4).contains(&keys.len()) => Ok(keys),
        _ => {
            let help = full.unwrap_or_else(|| KEY_HELP.to_string());
            refuse(format!("{} is not a key of the profile", quoted(dotted)), &help)
        }
    }
}

/// Turns a value typed on the command line into TOML. Numbers, dates and quoted text are TOML already.
pub fn value(typed: &str) -> String {
    let typed = typed.trim();
    match typed.parse::<Value>() {
        Ok(Value::Integer(_) | Value::Float(_) | Value::String(_) | Value::InlineTable(_)) => {
            typed.to_string()
        }
        Ok(Value::Datetime(day)) if day.value().date.is_some() && day.value().time.is_none() => {
            typed.to_string()
        }
        _ => text(typed),
    }
}

/// Quotes a text for TOML.
pub fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// Sets a key to a TOML value. A new key is added at the end of its table, and a new table at the end of the text.
///
/// # Errors
/// If the key names a table, or a name in front of it names something else.
pub fn set(text: &str, path: &[String], value: &str) -> Result<String, EditRefusal> {
    let document = parse(text)?;
    let path = spelled(&document, path);
    let Some((last, tables)) = path.split_last() else { return Ok(text.to_string()) };
    let mut point = InsertionPoint { table: document.as_table(), header_depth: 0, accepts_lines: false };
    for (depth, name) in tables.iter().enumerate() {
        match point.table.get(name) {
            None => return Ok(append_table(text, &path, value)),
            Some(Item::Table(table)) => point.enter(table, depth + 1),
            Some(Item::Value(Value::InlineTable(inline))) => {
                let rest = path.get(depth + 1..).unwrap_or_default();
                return set_inline(text, inline, rest, value);
            }
            Some(_) => return not_a_table(&path[..=depth]),
        }
    }
    match point.table.get(last) {
        Some(item @ Item::Value(_)) => {
            Ok(item.span().map_or_else(|| text.to_string(), |span| replace(text, span, value)))
        }
        Some(Item::None) | None if point.accepts_lines => {
            let keys = path.get(point.header_depth..).unwrap_or_default();
            let line = format!("{} = {value}", dotted(keys));
            let end = leaves(point.table).into_iter().map(|leaf| leaf.end).max();
            let end = end.or(point.table.span().map(|header| header.end)).unwrap_or(0);
            Ok(insert_line(text, end, &line))
        }
        Some(Item::None) | None => Ok(append_table(text, &path, value)),
        Some(_) => refuse(
            format!("{} is a table", quoted(&dotted(&path))),
            "name a key in it, such as `belt.gym.top`",
        ),
    }
}

/// Removes a key or a whole table. Comments on lines of their own stay.
///
/// # Errors
/// If the text has no such key or table.
pub fn unset(text: &str, path: &[String]) -> Result<String, EditRefusal> {
    let document = parse(text)?;
    let path = spelled(&document, path);
    let missing = || {
        refuse(
            format!("{} is not in the profile", quoted(&dotted(&path))),
            "see `pacebell profile` for what it holds",
        )
    };
    let Some((last, tables)) = path.split_last() else { return missing() };
    let mut table: &dyn TableLike = document.as_table();
    for name in tables {
        match table.get(name).and_then(Item::as_table_like) {
            Some(inside) => table = inside,
            None => return missing(),
        }
    }
    let Some((key, item)) = table.get_key_value(last) else { return missing() };
    let mut spans = match item {
        Item::None | Item::ArrayOfTables(_) => return missing(),
        Item::Table(table) => table_spans(table),
        Item::Value(value) => match (key.span(), value.span()) {
            (Some(key), Some(value)) => std::iter::once(key.start..value.end).collect(),
            _ => return missing(),
        },
    };
    spans.sort_by_key(|span| span.start);
    let mut changed = text.to_string();
    for span in spans.into_iter().rev() {
        changed = remove(&changed, span);
    }
    Ok(changed)
}

/// Sets the result of a race. An earlier result of the same race is replaced.
///
/// # Errors
/// If `athlete` is not a table.
pub fn race(text: &str, race: Race, time: Millis, on: Option<NaiveDate>) -> Result<String, EditRefusal> {
    let document = parse(text)?;
    let key = spelled(&document, &["athlete".to_string(), race.key().to_string()]);
    let [athlete, name] = key.as_slice() else { return Ok(text.to_string()) };
    let time = self::text(&time.to_string());
    let dated = document.get(athlete).and_then(|a| a.get(name)).is_some_and(Item::is_table_like);
    if !dated {
        let value = on.map_or_else(|| time.clone(), |on| format!("{{ time = {time}, on = {on} }}"));
        return set(text, &key, &value);
    }
    let inside = |name: &str| [key.as_slice(), &[name.to_string()]].concat();
    let text = set(text, &inside("time"), &time)?;
    match on {
        Some(on) => set(&text, &inside("on"), &on.to_string()),
        // The old day belongs to the old time.
        None => Ok(unset(&text, &inside("on")).unwrap_or(text)),
    }
}

/// The table that a key is added to.
struct InsertionPoint<'a> {
    table: &'a Table,
    /// The number of names in the header above it.
    header_depth: usize,
    /// True if a line can be added: the table has a header, or is written as dotted keys.
    accepts_lines: bool,
}

impl<'a> InsertionPoint<'a> {
    fn enter(&mut self, table: &'a Table, depth: usize) {
        self.table = table;
        if table.is_dotted() {
            self.accepts_lines = true;
        } else {
            self.header_depth = depth;
            self.accepts_lines = !table.is_implicit();
        }
    }
}

fn parse(text: &str) -> Result<Document<&str>, EditRefusal> {
    Document::parse(text).map_err(|why| EditRefusal {
        problem: format!("the profile is not TOML: {}", why.message()),
        help: "fix the file first".to_string(),
    })
}

/// Returns the path as the text spells it. Races may differ in case, and paces have several names.
fn spelled(document: &Document<&str>, path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    let athlete = document.get("athlete").and_then(Item::as_table_like);
    let spelling = |table: Option<&dyn TableLike>, same: &dyn Fn(&str) -> bool| {
        table.and_then(|t| t.iter().map(|(key, _)| key).find(|key| same(key)).map(str::to_string))
    };
    match path.as_mut_slice() {
        [first, name, ..]
            if first == "athlete" && Race::ALL.iter().any(|r| r.key().eq_ignore_ascii_case(name)) =>
        {
            let key = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(name)).map(Race::key);
            let found = spelling(athlete, &|key| key.eq_ignore_ascii_case(name));
            *name = found.or(key.map(str::to_string)).unwrap_or_else(|| name.clone());
        }
        [first, second, name] if first == "athlete" && second == "paces" => {
            let paces = athlete.and_then(|a| a.get("paces")).and_then(Item::as_table_like);
            let pace = NamedPace::named(name);
            let found = spelling(paces, &|key| pace.is_some() && NamedPace::named(key) == pace);
            *name = found.unwrap_or_else(|| name.clone());
        }
        _ => {}
    }
    path
}

/// Joins names to a dotted key.
pub fn dotted(path: &[String]) -> String {
    path.iter().map(|name| Key::new(name).to_string()).collect::<Vec<_>>().join(".")
}

fn not_a_table<T>(path: &[String]) -> Result<T, EditRefusal> {
    refuse(
        format!("{} is not a table", quoted(&dotted(path))),
        "remove it first, with `pacebell profile unset`",
    )
}

/// Returns the spans of a table's own entries, from key to value. Entries with dotted keys are its own.
fn leaves(table: &Table) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    for (name, item) in table.iter() {
        match item {
            Item::Value(value) => {
                let start = table.key(name).and_then(Key::span).map(|span| span.start);
                all.extend(value.span().map(|span| start.unwrap_or(span.start)..span.end));
            }
            Item::Table(inside) if inside.is_dotted() => all.extend(leaves(inside)),
            _ => {}
        }
    }
    all
}

/// Returns the spans of everything in a table: headers and entries.
fn table_spans(table: &Table) -> Vec<Range<usize>> {
    let mut all = leaves(table);
    all.extend(table.span().filter(|_| !table.is_dotted() && !table.is_implicit()));
    let below = table.iter().filter_map(|(_, item)| item.as_table()).filter(|inside| !inside.is_dotted());
    all.extend(below.flat_map(table_spans));
    all
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn replace(text: &str, span: Range<usize>, with: &str) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    format!("{before}{with}{behind}")
}

/// Inserts a line below the one that holds `at`.
fn insert_line(text: &str, at: usize, line: &str) -> String {
    let newline = newline(text);
    match text.get(at..).and_then(|rest| rest.find('\n')) {
        Some(end) => replace(text, at + end + 1..at + end + 1, &format!("{line}{newline}")),
        None => format!("{text}{newline}{line}{newline}"),
    }
}

/// Adds a table with one entry at the end.
fn append_table(text: &str, path: &[String], value: &str) -> String {
    let newline = newline(text);
    let Some((name, tables)) = path.split_last() else { return text.to_string() };
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
    let blank = if text.trim().is_empty() { "" } else { newline };
    let key = dotted(std::slice::from_ref(name));
    format!("{text}{end}{blank}[{}]{newline}{key} = {value}{newline}", dotted(tables))
}

/// Sets a value in an inline table.
fn set_inline(text: &str, inline: &InlineTable, path: &[String], value: &str) -> Result<String, EditRefusal> {
    let Some(span) = inline.span() else { return Ok(text.to_string()) };
    if let [name] = path
        && let Some(there) = inline.get(name).and_then(Value::span)
    {
        return Ok(replace(text, there, value));
    }
    if let Some(name) = path.first().filter(|name| inline.contains_key(name)) {
        return not_a_table(std::slice::from_ref(name));
    }
    let entry = format!("{} = {value}", dotted(path));
    let last = inline.iter().filter_map(|(_, value)| value.span()).map(|value| value.end).max();
    Ok(match last {
        Some(last) => replace(text, last..last, &format!(", {entry}")),
        None => replace(text, span, &format!("{{ {entry} }}")),
    })
}

/// Removes a span: with its whole line if there is nothing else on it, else with the comma beside it.
fn remove(text: &str, span: Range<usize>) -> String {
    let (before, behind) =
        (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let end = behind.find('\n').map_or(text.len(), |at| span.end + at + 1);
    let rest = text.get(span.end..end).unwrap_or_default().trim();
    let first = before.get(line..).unwrap_or_default().trim_start_matches('\u{feff}');
    // A span may begin in the middle of a header or a dotted key.
    let alone = !first.contains(['{', '=']) && (rest.is_empty() || rest.starts_with('#'));
    if alone {
        return replace(text, line..end, "");
    }
    let comma = behind.len() - behind.trim_start().len();
    if behind.trim_start().starts_with(',') {
        let after = behind.get(comma + 1..).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        return replace(text, span.start..span.end + comma + 1 + blank, "");
    }
    let before = before.trim_end();
    let kept = before.strip_suffix(',').unwrap_or(before);
    replace(text, kept.len()..span.end, "")
}

#[cfg(test)]
mod tests;
