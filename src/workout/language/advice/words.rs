//! Pieces of a line, by their words.

use crate::workout::language::lexicon;

/// Splits the last word off, where words stand between spaces.
pub(super) fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let start =
        text.rfind([' ', '×', '(']).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    (text.get(..start).unwrap_or_default(), text.get(start..).unwrap_or_default())
}

/// Splits the first word off.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// Splits `60s easy x 8` into the piece and its count.
pub(super) fn trailing_count(text: &str) -> Option<(&str, u64)> {
    let text = text.trim_end();
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = text.get(head.len()..)?.parse().ok().filter(|count| (2..=100).contains(count))?;
    let head = head.trim_end();
    let piece = head.strip_suffix("times").or_else(|| head.strip_suffix(['x', 'X', '×', '*']))?;
    let separated = piece.ends_with(|c: char| c.is_whitespace() || c == ')') || head.ends_with('×');
    (separated && !piece.trim().is_empty()).then_some((piece.trim_end(), count))
}

/// Splits `3×400m / 60s` into its count with the sign, and the rest.
pub(super) fn leading_count(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–'));
    let digits = text.get(..text.len() - rest.len()).filter(|digits| !digits.is_empty())?;
    let rest = rest.trim_start();
    let body = rest.strip_prefix(['x', 'X', '×', '*'])?;
    Some((digits, body.trim_start()))
}

/// True for the name of an effort or a pace.
pub(super) fn is_target(word: &str) -> bool {
    lexicon::pace(word).is_some() || lexicon::targets().any(|known| known.eq_ignore_ascii_case(word))
}

/// Splits a number off the start.
pub(super) fn leading_number(text: &str) -> Option<(f64, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text.get(..text.len() - rest.len())?.parse().ok()?;
    Some((number, rest))
}

/// Returns the seconds of a clock such as `1:30`.
pub(super) fn clock_seconds(text: &str) -> Option<u64> {
    let (minutes, seconds) = text.trim().split_once(':')?;
    Some(minutes.parse::<u64>().ok()?.checked_mul(60)? + seconds.parse::<u64>().ok()?)
}
