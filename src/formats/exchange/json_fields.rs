//! Fields of JSON files, whose numbers may be texts.

use super::UnreadableWorkout;
use serde_json::Value;

/// The largest file that is read, in bytes. In memory it takes up to forty times as much.
const LARGEST: usize = 1 << 20;

/// Reads a file.
///
/// # Errors
/// If it is too large, or not JSON.
pub fn parse(source: &str) -> Result<Value, UnreadableWorkout> {
    if source.len() > LARGEST {
        return Err(UnreadableWorkout::new(format!("its JSON is larger than {} MiB", LARGEST >> 20)));
    }
    serde_json::from_str(source)
        .map_err(|error| UnreadableWorkout::new(format!("it is damaged at line {}", error.line())))
}

/// Returns a text that is not empty.
pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Returns a number, also one in quotes.
pub fn number(value: &Value, key: &str) -> Option<f64> {
    let field = value.get(key)?;
    let number = field.as_f64().or_else(|| field.as_str()?.trim().parse().ok())?;
    Some(number).filter(|number| number.is_finite())
}

/// Returns the items of a list. None for anything else.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
