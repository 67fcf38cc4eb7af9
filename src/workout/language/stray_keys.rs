//! Keys of a step above the steps, and the steps that were meant.

use super::notation::Notation;
use super::parser;
use super::references::References;
use crate::spanned_toml::{SpannedTable, SpannedValue};
use toml::de::DeValue;

/// Keys for a count of reps.
const COUNTS: [&str; 9] =
    ["repeat", "repeats", "reps", "rep", "repetitions", "times", "count", "sets", "rounds"];
/// Keys for a recovery.
const RECOVERIES: [&str; 6] = ["between", "rest", "recovery", "recover", "float", "off"];
/// Keys of a single step, and the key of a step's table for each.
const STEP_KEYS: [(&str, &str); 14] = [
    ("time", "time"),
    ("duration", "time"),
    ("minutes", "time"),
    ("distance", "distance"),
    ("km", "distance"),
    ("miles", "distance"),
    ("target", "target"),
    ("pace", "target"),
    ("speed", "target"),
    ("effort", "target"),
    ("zone", "target"),
    ("hr", "target"),
    ("heart_rate", "target"),
    ("intensity", "target"),
];
/// The longest line that is shown, in bytes.
const LONGEST_LINE: usize = 160;

/// Returns the line of the file's steps with what stands in the key `name` of `table`. Nothing if the key is another, or
/// if the line cannot be read.
pub(super) fn line(table: &SpannedTable<'_>, name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let line = if COUNTS.contains(&name.as_str()) || RECOVERIES.contains(&name.as_str()) {
        repeated(table)?
    } else {
        STEP_KEYS.iter().find(|(key, _)| *key == name).and_then(|_| single(table))?
    };
    (line.len() <= LONGEST_LINE).then_some(line)
}

/// Returns the help for a step's target in a key of its own: `speed = 12`, `pace = "5:30"`, `hr = 150`, `zone = 2`.
pub(super) fn target(key: &str, value: &SpannedValue<'_>) -> Option<String> {
    let written = match value.get_ref() {
        DeValue::String(text) => text.trim().to_string(),
        DeValue::Integer(number) => number.as_str().to_string(),
        DeValue::Float(number) => number.as_str().to_string(),
        _ => return None,
    };
    let targets: Vec<String> = match key.to_lowercase().as_str() {
        "speed" | "kmh" | "mph" => vec![format!("{written}km/h"), format!("{written}mph")],
        "pace" => vec![format!("{written}/km"), format!("{written}/mi")],
        "hr" | "heart_rate" | "heartrate" | "bpm" | "pulse" => vec![format!("{written}bpm")],
        "zone" | "hr_zone" => vec![format!("Z{written}")],
        "rpe" => vec![format!("RPE {written}")],
        _ => Vec::new(),
    };
    let is_read = |target: &&String| {
        let text = format!("10min {target}");
        parser::parse(&Notation::verbatim(&text, 0), &References::default(), 0).problems.is_empty()
    };
    let lines: Vec<String> =
        targets.iter().filter(is_read).map(|target| format!("`target = \"{target}\"`")).collect();
    (!lines.is_empty()).then(|| format!("write {}", lines.join(" or ")))
}

/// `repeat = 8` above `steps = ["60s hard", "60s easy"]`.
fn repeated(table: &SpannedTable<'_>) -> Option<String> {
    let count = value_of(table, &COUNTS)?;
    let count: u32 = count.parse().ok().filter(|count| (2..=100).contains(count))?;
    let steps = match table.get("steps")?.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(|step| step.get_ref().as_str()).collect();
            texts?.join(", ")
        }
        _ => return None,
    };
    let between = value_of(table, &RECOVERIES).map(|between| format!(" / {between}")).unwrap_or_default();
    let is_plain = !steps.contains([',', '/', '|', '(']);
    let body = if is_plain { steps } else { format!("({steps})") };
    written(&format!("{count}×{body}{between}"))
}

/// `time = "45min"` and `target = "easy"` in a file without steps.
fn single(table: &SpannedTable<'_>) -> Option<String> {
    if table.get("steps").is_some() {
        return None;
    }
    let of = |meant: &str| {
        let keys: Vec<&str> =
            STEP_KEYS.iter().filter(|(_, key)| *key == meant).map(|(key, _)| *key).collect();
        value_of(table, &keys)
    };
    let length = of("time").or_else(|| of("distance"))?;
    written(&[length, of("target").unwrap_or_default()].join(" "))
}

/// Returns `notation` as the file's steps, if it can be read.
fn written(notation: &str) -> Option<String> {
    let notation = notation.trim();
    let parsed = parser::parse(&Notation::verbatim(notation, 0), &References::default(), 0);
    let is_read = parsed.problems.is_empty() && !parsed.items.is_empty() && !notation.contains(['"', '\\']);
    is_read.then(|| format!("steps = [\"{notation}\"]"))
}

/// Returns the text or the number in the first of `keys` that the table has.
fn value_of(table: &SpannedTable<'_>, keys: &[&str]) -> Option<String> {
    let value = keys.iter().find_map(|key| table.get(*key))?;
    match value.get_ref() {
        DeValue::String(text) => Some(text.trim().to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_string()),
        _ => None,
    }
}
