//! One value of a profile: a text, or a bare number for keys that allow one.

use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedKey, SpannedTable, SpannedValue, wrong_value};
use crate::text::{clean, quoted};
use toml::de::DeValue;

/// The kind of value that a key takes, and an example.
pub struct ValueForm<'a> {
    /// The kind of value: `a speed`.
    pub what: &'a str,
    /// A correct line of a profile, without the outer quotes.
    pub example: &'a str,
}

impl ValueForm<'_> {
    /// The help of an error: what to write instead.
    pub fn help(&self) -> String {
        format!("write it like `{}`", self.example)
    }
}

/// The entries of a table in the order of the text. The parser sorts them by name.
pub fn entries<'a, 'i>(table: &'a SpannedTable<'i>) -> Vec<(&'a SpannedKey<'i>, &'a SpannedValue<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Reads a value with `text` if it is in quotes, or with `bare` if it is a number.
pub fn read_value<T>(
    key: &str,
    value: &SpannedValue<'_>,
    form: &ValueForm<'_>,
    text: impl Fn(&str) -> Option<T>,
    bare: impl Fn(f64) -> Option<T>,
) -> Result<T, Diagnostic> {
    let number = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
        DeValue::Float(number) => Some(number.as_str()),
        _ => None,
    };
    let (read, written) = match (value.get_ref(), number) {
        (DeValue::String(written), _) => (text(written), written.as_ref()),
        (_, Some(number)) => (number.parse().ok().filter(|n: &f64| n.is_finite()).and_then(bare), number),
        _ => return Err(wrong_value(key, value, &form.help())),
    };
    read.ok_or_else(|| {
        let likely = likely(written).into_iter().filter(|candidate| text(candidate).is_some());
        let lines: Vec<String> =
            likely.take(2).map(|value| format!("`{} = \"{}\"`", clean(key), clean(&value))).collect();
        let help = if lines.is_empty() { form.help() } else { format!("write {}", lines.join(" or ")) };
        match number {
            Some(_) => wrong_value(key, value, &help),
            None => {
                let message = format!("{} is not {}", quoted(written), form.what);
                Diagnostic::error(value.span(), message, "not understood").with_help(help)
            }
        }
    })
}

/// Units that a value may lack.
const UNITS: [&str; 7] = ["/km", "/mi", "km/h", "mph", "kg", "lb", "%"];
/// Other words for a value.
const WORDS: [(&str, &str); 10] = [
    ("karvonen", "reserve"),
    ("hrr", "reserve"),
    ("heart rate reserve", "reserve"),
    ("friel", "lthr"),
    ("threshold", "lthr"),
    ("lactate", "lthr"),
    ("hrmax", "max"),
    ("hr_max", "max"),
    ("maximum", "max"),
    ("metric", "km/h"),
];

/// Returns other ways to write a value that cannot be read, the likeliest first.
fn likely(written: &str) -> Vec<String> {
    let written = written.trim();
    let lower = written.to_lowercase();
    let words = WORDS.iter().filter(|(word, _)| *word == lower).map(|(_, meant)| (*meant).to_string());
    let clock = written.replacen(['.', ','], ":", 1);
    let with_units = |text: &str| UNITS.iter().map(|unit| format!("{text}{unit}")).collect::<Vec<_>>();
    let point = written.replacen(',', ".", 1);
    words
        .chain(with_units(written))
        .chain([clock.clone(), point.clone()])
        .chain(with_units(&clock))
        .chain(with_units(&point))
        .collect()
}
