//! The steps that a table without `steps` probably means: `repeat = 3` beside `time = "10min"`.

use crate::spanned_toml::SpannedTable;
use toml::de::DeValue;

/// Steps to write into a table.
pub(super) struct Repeated {
    /// Steps in quotes, with commas between them.
    pub(super) steps: String,
    /// The keys that they stand for, in words.
    pub(super) instead: &'static str,
}

impl Repeated {
    /// Returns the steps that the other keys of `table` say.
    pub(super) fn of(table: &SpannedTable<'_>) -> Self {
        let text = |key: &str| match table.get(key).map(|value| value.get_ref()) {
            Some(DeValue::String(text)) if !text.contains(['"', '\\', '\n']) => Some(text.trim().to_string()),
            _ => None,
        };
        if let Some(steps) = text("ladder").and_then(|ladder| rungs(&ladder)) {
            return Repeated { steps, instead: ", and `ladder = true`" };
        }
        match (text("time").or_else(|| text("distance")), text("target")) {
            (Some(length), Some(target)) => Repeated {
                steps: format!("\"{length} {target}\""),
                instead: ", in the place of its length and `target`",
            },
            (Some(length), None) => {
                Repeated { steps: format!("\"{length}\""), instead: ", in the place of its length" }
            }
            (None, Some(target)) => {
                Repeated { steps: format!("\"60s {target}\""), instead: ", in the place of `target`" }
            }
            (None, None) => Repeated { steps: "\"60s hard\"".to_string(), instead: "" },
        }
    }
}

/// Returns the steps of `1-2-3-2-1`.
fn rungs(ladder: &str) -> Option<String> {
    let numbers: Vec<u32> = ladder
        .split(['-', ',', '/', ' '])
        .filter(|n| !n.is_empty())
        .map(|n| n.parse().ok())
        .collect::<Option<_>>()?;
    let unit = if numbers.iter().all(|number| *number < 30) { "min" } else { "m" };
    let steps: Vec<String> = numbers.iter().map(|number| format!("\"{number}{unit} hard\"")).collect();
    (steps.len() > 1).then(|| steps.join(", "))
}
