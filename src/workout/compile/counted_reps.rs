//! The words of counted reps: `12 squats`.

use crate::workout::sequence::Target;

/// Puts the count of reps before the words of a step. The belt stands still during the step.
pub(super) fn count_reps(target: &mut Target, lower: Option<u64>, upper: u64) {
    let count = lower.map_or(upper.to_string(), |lower| format!("{lower}–{upper}"));
    let named = target.words.trim_end_matches("rest").trim_end_matches(" · ").to_string();
    target.words = if named.is_empty() { format!("{count} reps") } else { format!("{count} {named}") };
}
