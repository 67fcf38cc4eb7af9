//! One value of a profile: as text, or as a bare number where one can be meant.

use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{SpannedKey, SpannedTable, SpannedValue, wrong_value};
use crate::text::quoted;
use toml::de::DeValue;

/// What a key takes, in words, and a line that is right.
pub struct ValueForm<'a> {
    /// What it is: `a speed`.
    pub what: &'a str,
    /// A line of a profile, without its quotes.
    pub example: &'a str,
}

impl ValueForm<'_> {
    /// What to write.
    pub fn help(&self) -> String {
        format!("write it like `{}`", self.example)
    }
}

/// The keys of a table in the order of the text; the parser sorts them by name.
pub fn entries<'a, 'i>(table: &'a SpannedTable<'i>) -> Vec<(&'a SpannedKey<'i>, &'a SpannedValue<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Reads a value: text by `text`, a number without quotes by `bare`.
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
    read.ok_or_else(|| match number {
        Some(_) => wrong_value(key, value, &form.help()),
        None => {
            let message = format!("{} is not {}", quoted(written), form.what);
            Diagnostic::error(value.span(), message, "not understood").with_help(form.help())
        }
    })
}
