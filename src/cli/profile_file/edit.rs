//! Changing a profile's text: what is not changed stays byte for byte, comments and order with it.
//!
//! Nothing here knows what a key means, but for the names that races and paces have: whoever writes the text has it
//! read first.

use crate::athlete::{NamedPace, Race};
use crate::cli::report::Report;
use crate::text::quoted;
use crate::units::Millis;
use chrono::NaiveDate;
use std::ops::Range;
use toml_edit::{Document, InlineTable, Item, Key, Table, TableLike, Value};

/// Why a text cannot be changed so: what is wrong, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRefusal {
    /// What is wrong.
    pub problem: String,
    /// What to do.
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

/// What a key looks like.
const KEY_HELP: &str =
    "write a table and a key of it: belt.unit, belt.gym.top, athlete.hr_max, athlete.paces.easy, units.pace";

/// The names in a dotted key.
///
/// # Errors
/// Where it is none, or names no table.
pub fn path(dotted: &str) -> Result<Vec<String>, EditRefusal> {
    let keys =
        Key::parse(dotted).map(|keys| keys.iter().map(|key| key.get().to_string()).collect::<Vec<_>>());
    match keys {
        Ok(keys) if (2..=4).contains(&keys.len()) => Ok(keys),
        _ => refuse(format!("{} is no key of a profile", quoted(dotted)), KEY_HELP),
    }
}

/// A value as it is typed on a command line, as TOML: numbers, dates, and what is TOML already stay as they are.
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

/// A text as TOML.
pub fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// Gives a key a value, which is TOML. A key that is there gets it in its place; another comes behind the others of
/// its table, and a table behind all others.
///
/// # Errors
/// Where the key is a table, or something in front of it is none.
pub fn set(text: &str, path: &[String], value: &str) -> Result<String, EditRefusal> {
    let document = parse(text)?;
    let path = spelled(&document, path);
    let Some((last, tables)) = path.split_last() else { return Ok(text.to_string()) };
    let mut place = KeyPlace { table: document.as_table(), headed: 0, is_open: false };
    for (depth, name) in tables.iter().enumerate() {
        match place.table.get(name) {
            None => return Ok(with_table(text, &path, value)),
            Some(Item::Table(table)) => place.enter(table, depth + 1),
            Some(Item::Value(Value::InlineTable(inline))) => {
                let rest = path.get(depth + 1..).unwrap_or_default();
                return in_line(text, inline, rest, value);
            }
            Some(_) => return is_no_table(&path[..=depth]),
        }
    }
    match place.table.get(last) {
        Some(item @ Item::Value(_)) => {
            Ok(item.span().map_or_else(|| text.to_string(), |span| replaced(text, span, value)))
        }
        Some(Item::None) | None if place.is_open => {
            let keys = path.get(place.headed..).unwrap_or_default();
            let line = format!("{} = {value}", dotted(keys));
            let end = leaves(place.table).into_iter().map(|leaf| leaf.end).max();
            let end = end.or(place.table.span().map(|header| header.end)).unwrap_or(0);
            Ok(with_line(text, end, &line))
        }
        Some(Item::None) | None => Ok(with_table(text, &path, value)),
        Some(_) => {
            refuse(format!("{} is a table", quoted(&dotted(&path))), "name a key of it, like `belt.gym.top`")
        }
    }
}

/// Takes a key away, or a whole table. Comments on lines of their own stay.
///
/// # Errors
/// Where it is not there.
pub fn unset(text: &str, path: &[String]) -> Result<String, EditRefusal> {
    let document = parse(text)?;
    let path = spelled(&document, path);
    let missing = || {
        refuse(format!("{} is not in the profile", quoted(&dotted(&path))), "there is nothing to take away")
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
        Item::Table(table) => of_table(table),
        Item::Value(value) => match (key.span(), value.span()) {
            (Some(key), Some(value)) => std::iter::once(key.start..value.end).collect(),
            _ => return missing(),
        },
    };
    spans.sort_by_key(|span| span.start);
    let mut changed = text.to_string();
    for span in spans.into_iter().rev() {
        changed = without(&changed, span);
    }
    Ok(changed)
}

/// Puts in a race's result, in the place of an earlier one of the same race.
///
/// # Errors
/// Where the text has no place for it.
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
        // The day was that of another time.
        None => Ok(unset(&text, &inside("on")).unwrap_or(text)),
    }
}

/// Where in a text a key is to be put.
struct KeyPlace<'a> {
    table: &'a Table,
    /// How many of the path's names stand in the header above it.
    headed: usize,
    /// True where a line can be put into it: it has a header, or is written in dotted keys.
    is_open: bool,
}

impl<'a> KeyPlace<'a> {
    fn enter(&mut self, table: &'a Table, depth: usize) {
        self.table = table;
        if table.is_dotted() {
            self.is_open = true;
        } else {
            self.headed = depth;
            self.is_open = !table.is_implicit();
        }
    }
}

fn parse(text: &str) -> Result<Document<&str>, EditRefusal> {
    Document::parse(text).map_err(|why| EditRefusal {
        problem: format!("the profile is not TOML: {}", why.message()),
        help: "mend it by hand first".to_string(),
    })
}

/// The path as the text spells it: races whatever their case, and paces by whichever of their names is there.
fn spelled(document: &Document<&str>, path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    let athlete = document.get("athlete").and_then(Item::as_table_like);
    let here = |table: Option<&dyn TableLike>, same: &dyn Fn(&str) -> bool| {
        table.and_then(|t| t.iter().map(|(key, _)| key).find(|key| same(key)).map(str::to_string))
    };
    match path.as_mut_slice() {
        [first, name, ..]
            if first == "athlete" && Race::ALL.iter().any(|r| r.key().eq_ignore_ascii_case(name)) =>
        {
            let usual =
                Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(name)).map(Race::key);
            let found = here(athlete, &|key| key.eq_ignore_ascii_case(name));
            *name = found.or(usual.map(str::to_string)).unwrap_or_else(|| name.clone());
        }
        [first, second, name] if first == "athlete" && second == "paces" => {
            let paces = athlete.and_then(|a| a.get("paces")).and_then(Item::as_table_like);
            let pace = NamedPace::named(name);
            let found = here(paces, &|key| pace.is_some() && NamedPace::named(key) == pace);
            *name = found.unwrap_or_else(|| name.clone());
        }
        _ => {}
    }
    path
}

/// A path as one writes it.
pub fn dotted(path: &[String]) -> String {
    path.iter().map(|name| Key::new(name).to_string()).collect::<Vec<_>>().join(".")
}

fn is_no_table<T>(path: &[String]) -> Result<T, EditRefusal> {
    refuse(
        format!("{} is no table", quoted(&dotted(path))),
        "take it away first, with `pacebell profile unset`",
    )
}

/// The places of a table's own values, from key to value; those behind dotted keys are its own, too.
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

/// The places of everything in a table: headers and values.
fn of_table(table: &Table) -> Vec<Range<usize>> {
    let mut all = leaves(table);
    all.extend(table.span().filter(|_| !table.is_dotted() && !table.is_implicit()));
    let below = table.iter().filter_map(|(_, item)| item.as_table()).filter(|inside| !inside.is_dotted());
    all.extend(below.flat_map(of_table));
    all
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn replaced(text: &str, span: Range<usize>, with: &str) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    format!("{before}{with}{behind}")
}

/// With a line behind the one that `at` is in.
fn with_line(text: &str, at: usize, line: &str) -> String {
    let newline = newline(text);
    match text.get(at..).and_then(|rest| rest.find('\n')) {
        Some(end) => replaced(text, at + end + 1..at + end + 1, &format!("{line}{newline}")),
        None => format!("{text}{newline}{line}{newline}"),
    }
}

/// With a table at its end that holds one value.
fn with_table(text: &str, path: &[String], value: &str) -> String {
    let newline = newline(text);
    let Some((name, tables)) = path.split_last() else { return text.to_string() };
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
    let blank = if text.trim().is_empty() { "" } else { newline };
    let key = dotted(std::slice::from_ref(name));
    format!("{text}{end}{blank}[{}]{newline}{key} = {value}{newline}", dotted(tables))
}

/// Puts a value into a table that is written in one line.
fn in_line(text: &str, inline: &InlineTable, path: &[String], value: &str) -> Result<String, EditRefusal> {
    let Some(span) = inline.span() else { return Ok(text.to_string()) };
    if let [name] = path
        && let Some(there) = inline.get(name).and_then(Value::span)
    {
        return Ok(replaced(text, there, value));
    }
    if let Some(name) = path.first().filter(|name| inline.contains_key(name)) {
        return is_no_table(std::slice::from_ref(name));
    }
    let entry = format!("{} = {value}", dotted(path));
    let last = inline.iter().filter_map(|(_, value)| value.span()).map(|value| value.end).max();
    Ok(match last {
        Some(last) => replaced(text, last..last, &format!(", {entry}")),
        None => replaced(text, span, &format!("{{ {entry} }}")),
    })
}

/// Without what stands at `span`: its whole line where nothing else is in it, else with the comma that parted it from
/// its neighbour.
fn without(text: &str, span: Range<usize>) -> String {
    let (before, behind) =
        (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let end = behind.find('\n').map_or(text.len(), |at| span.end + at + 1);
    let rest = text.get(span.end..end).unwrap_or_default().trim();
    let first = before.get(line..).unwrap_or_default().trim_start_matches('\u{feff}');
    // A header or a dotted key may stand before what was found of it.
    let alone = !first.contains(['{', '=']) && (rest.is_empty() || rest.starts_with('#'));
    if alone {
        return replaced(text, line..end, "");
    }
    let comma = behind.len() - behind.trim_start().len();
    if behind.trim_start().starts_with(',') {
        let after = behind.get(comma + 1..).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        return replaced(text, span.start..span.end + comma + 1 + blank, "");
    }
    let before = before.trim_end();
    let kept = before.strip_suffix(',').unwrap_or(before);
    replaced(text, kept.len()..span.end, "")
}

#[cfg(test)]
mod tests;
