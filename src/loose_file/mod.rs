//! Files with guessed keys, in YAML or JSON, or with lines that are not TOML, read as what they probably mean.
//!
//! What is read here is only ever shown to the runner as a file to write, after it was tried.

mod json;
mod loose_value;
mod yaml;

use crate::spanned_toml;
use loose_value::table_of;
pub use loose_value::{LooseTable, LooseValue, quoted};
use toml::de::DeTable;

/// The longest file that is read again, in bytes.
const LONGEST_FILE: usize = 8_000;

/// The codes of problems that a whole file is shown for, if one line does not mend it.
pub const MENDED: [&str; 15] = [
    "invalid-toml",
    "unknown-key",
    "wrong-type",
    "missing-name",
    "missing-steps",
    "stray-step-key",
    "misplaced-key",
    "second-end",
    "missing-repeated",
    "step-without-end",
    "number-without-unit",
    "no-weeks",
    "missing-plan-name",
    "long-day-name",
    "slash-without-repeat",
];

/// The format that a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenFormat {
    /// TOML, perhaps with mistakes.
    Toml,
    /// JSON, perhaps with comments.
    Json,
    /// YAML.
    Yaml,
}

impl WrittenFormat {
    /// Returns what the format is called.
    pub const fn name(self) -> &'static str {
        match self {
            WrittenFormat::Toml => "TOML",
            WrittenFormat::Json => "JSON",
            WrittenFormat::Yaml => "YAML",
        }
    }
}

/// Reads the keys of `text`, in any format. Nothing if it cannot be read, or if it is long.
pub fn read(text: &str) -> Option<(WrittenFormat, LooseTable)> {
    if text.len() > LONGEST_FILE {
        return None;
    }
    if let Ok(table) = DeTable::parse(text) {
        return Some((WrittenFormat::Toml, table_of(table.get_ref())));
    }
    if text.trim_start().trim_start_matches('\u{feff}').starts_with(['{', '/', '['])
        && let Some(table) = json::read(text)
    {
        return Some((WrittenFormat::Json, table));
    }
    let has_equals = text.lines().any(|line| {
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    });
    if !has_equals && let Some(table) = yaml::read(text) {
        return Some((WrittenFormat::Yaml, table));
    }
    let repaired = spanned_toml::repaired(text)?;
    let table = DeTable::parse(&repaired).ok()?;
    Some((WrittenFormat::Toml, table_of(table.get_ref())))
}
