//! The units that a bare number may have.

use super::EditCost;
use super::pieces::{TextPiece, TextPieceKind};
use crate::workout::language::lexicon;

/// Returns the number `at` with each unit that it may have, the likeliest first. Nothing for a number with a unit.
pub(super) fn choices(pieces: &[TextPiece], at: usize) -> Vec<(EditCost, String)> {
    let Some(number) = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Number) else {
        return Vec::new();
    };
    if has_unit(pieces, at) || number.is_clock() && !is_pace(pieces, at) {
        return Vec::new();
    }
    let text = number.text.as_str();
    if is_pace(pieces, at) {
        return paces(pieces, text);
    }
    let Some(value) = number.number() else { return Vec::new() };
    // `1.30` with two decimals may be hours and minutes.
    if let Some((hours, minutes)) = text.split_once('.')
        && minutes.len() == 2
        && minutes < "60"
        && value < 4.0
    {
        if piece(pieces, at, -1).is_some_and(|before| before.is("in")) {
            return vec![(30, format!("{hours}:{minutes}"))];
        }
        let total = hours.parse::<u32>().unwrap_or(0) * 60 + minutes.parse::<u32>().unwrap_or(0);
        return vec![(30, format!("{total}min")), (50, format!("{hours}:{minutes}"))];
    }
    let units: &[&str] = match value {
        value if value >= 100.0 => &["m"],
        value if value > 20.0 && is_work(pieces, at) => &["s", "min", "m"],
        value if value >= 15.0 && is_recovery(pieces, at) => &["s", "min"],
        value if value > 20.0 => &["min", "s", "km"],
        value if is_recovery(pieces, at) && value <= 10.0 => &["min"],
        _ => &["min", "km", "mi"],
    };
    let costs = [40, 60, 80];
    units.iter().zip(costs).map(|(unit, cost)| (cost, format!("{text}{unit}"))).collect()
}

/// Returns the paces and speeds that the number `at` may stand for. Nothing for a number that is no pace, and for one
/// with a unit.
pub(crate) fn bare_paces(pieces: &[TextPiece], at: usize) -> Vec<(EditCost, String)> {
    let number = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Number);
    match number {
        Some(number) if is_pace(pieces, at) && !has_unit(pieces, at) && !number.is_clock() => {
            paces(pieces, &number.text)
        }
        _ => Vec::new(),
    }
}

fn piece(pieces: &[TextPiece], at: usize, by: isize) -> Option<&TextPiece> {
    pieces.get(at.checked_add_signed(by)?)
}

/// True if a unit, a mark or a race comes after the number, or a name before it.
pub(super) fn has_unit(pieces: &[TextPiece], at: usize) -> bool {
    let named = ["z", "zone", "rpe", "^", "incline", "hr"];
    if piece(pieces, at, -1).is_some_and(|before| named.iter().any(|name| before.is(name))) {
        return true;
    }
    // `MP - 10` is an offset.
    let is_offset = piece(pieces, at, -1)
        .is_some_and(|sign| ["-", "+", "–", "−"].iter().any(|other| sign.is(other)))
        && piece(pieces, at, -2)
            .is_some_and(|base| lexicon::pace(&base.text).is_some_and(|(base, _)| !base.is_effort()));
    if is_offset {
        return true;
    }
    let Some(next) = piece(pieces, at, 1) else { return false };
    if next.kind == TextPieceKind::Mark {
        return ["×", "*", "%", "'", "\"", "′", "″", ":", "-", "–", "(", "{", "["]
            .contains(&next.text.as_str())
            || next.text == "/" && piece(pieces, at, 2).is_some_and(|unit| unit.is("km") || unit.is("mi"));
    }
    let units = [
        "x",
        "k",
        "m",
        "mph",
        "kph",
        "kmh",
        "bpm",
        "reps",
        "rep",
        "sets",
        "times",
        "w",
        "spm",
        "h",
        "mn",
        "mt",
        "strides",
        "stride",
        "sprints",
        "pickups",
        "surges",
        "accelerations",
        "hills",
        "rounds",
        "laps",
    ];
    next.kind == TextPieceKind::Word
        && (units.iter().any(|unit| next.is(unit))
            || lexicon::units().any(|unit| next.is(unit))
            || !next.is_spaced)
}

/// True after an `@` or `at`.
fn is_pace(pieces: &[TextPiece], at: usize) -> bool {
    piece(pieces, at, -1).is_some_and(|before| before.is("@") || before.is("at"))
}

/// Returns the paces and speeds that `text` may stand for.
fn paces(pieces: &[TextPiece], text: &str) -> Vec<(EditCost, String)> {
    let in_miles = pieces.iter().any(|piece| ["mi", "mile", "miles", "M"].contains(&piece.text.as_str()));
    let (unit, other) = if in_miles { ("mi", "km") } else { ("km", "mi") };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_clock = text.contains([':', '.', ',']) && text.len() == digits.len() + 1
        || digits == text && digits.len() == 3;
    let minutes =
        digits.get(..digits.len().saturating_sub(2)).and_then(|minutes| minutes.parse::<u32>().ok());
    if is_clock
        && let Some(minutes) = minutes.filter(|minutes| (2..=15).contains(minutes))
        && let Some(seconds) = digits.get(digits.len() - 2..).filter(|seconds| *seconds < "60")
    {
        return vec![
            (40, format!("{minutes}:{seconds}/{unit}")),
            (90, format!("{minutes}:{seconds}/{other}")),
        ];
    }
    let Ok(value) = text.parse::<f64>() else { return Vec::new() };
    if pieces.iter().any(|piece| piece.is("mph")) && value < 15.0 {
        return vec![(40, format!("{text}mph"))];
    }
    let pace = (60, format!("{text}:00/{unit}"));
    let speed = |unit: &str, cost| (cost, format!("{text}{unit}"));
    match value {
        2.5..5.5 if digits == text => vec![pace],
        5.5..=12.0 if in_miles && digits == text => vec![pace, speed("mph", 70)],
        5.5..10.0 if digits == text => {
            vec![speed("km/h", 50), speed("mph", 90), (95, format!("{text}:00/km"))]
        }
        4.0..=25.0 => vec![speed("km/h", 50), speed("mph", 90)],
        100.0..=200.0 => vec![speed("bpm", 40)],
        _ => Vec::new(),
    }
}

/// True for a number that may be a recovery.
fn is_recovery(pieces: &[TextPiece], at: usize) -> bool {
    let words = ["rest", "jog", "walk", "recovery", "r", "rec", "recov", "w", "/", "ri", "off"];
    let is = |by| piece(pieces, at, by).is_some_and(|piece| words.iter().any(|word| piece.is(word)));
    is(-1) || is(1)
}

/// True for a number after a count.
fn is_work(pieces: &[TextPiece], at: usize) -> bool {
    piece(pieces, at, -1).is_some_and(|before| ["x", "×", "*"].iter().any(|sign| before.is(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workout::language::advice::repair::pieces::split;

    fn best(text: &str, at: usize) -> String {
        choices(&split(text), at).into_iter().next().map(|(_, text)| text).unwrap_or_default()
    }

    #[test]
    fn chooses_the_unit_by_the_number_and_its_place() {
        for (text, at, meant) in [
            ("6x800 5K", 2, "800m"),
            ("45 easy", 0, "45min"),
            ("6x800m / 90", 5, "90s"),
            ("5km @ 4.15", 3, "4:15/km"),
            ("5km at 415", 3, "4:15/km"),
            ("5mi @ 8", 3, "8:00/mi"),
            ("30min @ 12", 3, "12km/h"),
            ("30min @ 145", 3, "145bpm"),
        ] {
            assert_eq!(best(text, at), meant, "{text}");
        }
        assert_eq!(best("8x60s", 0), "");
        assert_eq!(best("20min Z2", 3), "");
    }
}
