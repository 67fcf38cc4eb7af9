//! Workouts that are too large: a unit or a count was mistyped.

use super::slip::{Advice, Slip};
use super::words::leading_count;

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    ["workout-too-long", "too-many-steps", "time-too-long"].contains(&slip.code).then(|| too_large(slip))
}

/// `6×80mi`: another unit was meant, or a smaller number.
fn too_large(slip: &Slip<'_>) -> Advice {
    let whole = slip.whole();
    let mut candidates = Vec::new();
    for (unit, smaller) in [
        ("mi", ["min", "0m"]),
        ("km", ["min", "m"]),
        ("hours", [" min", " s"]),
        ("hrs", [" min", " s"]),
        ("h", ["min", "s"]),
        ("min", ["s", "m"]),
    ] {
        for smaller in smaller {
            candidates.extend(with_unit(whole, unit, smaller).map(|text| slip.rewrite(text).computed()));
        }
    }
    if let Some((count, body)) = leading_count(whole) {
        let count: u64 = count.parse().unwrap_or(1000);
        candidates.push(slip.rewrite(format!("{}×{body}", (count / 10).clamp(2, 20))).computed());
    }
    if slip.code == "time-too-long" {
        candidates.truncate(1);
        return Advice::new("a workout lasts at most 24 hours", candidates);
    }
    Advice::new("check the count and the units", candidates)
}

/// Returns `text` with `smaller` in the place of `unit` after its numbers; nothing where no number has that unit.
fn with_unit(text: &str, unit: &str, smaller: &str) -> Option<String> {
    let mut written = String::new();
    let mut changed = false;
    let mut rest = text;
    while let Some(at) = rest.find(unit) {
        let (before, behind) = rest.split_at(at);
        let behind = behind.get(unit.len()..).unwrap_or_default();
        let is_unit = before.trim_end().ends_with(|c: char| c.is_ascii_digit())
            && !behind.starts_with(|c: char| c.is_alphabetic() || c == '/');
        written += before;
        written += if is_unit { smaller } else { unit };
        changed |= is_unit;
        rest = behind;
    }
    changed.then(|| written + rest)
}
