//! Whole lines with a number that is written in another way: `1/2 mile`, `5'000m`, `1h:30`.

use super::slip::{Advice, Rule, Slip};
use super::words::{first_word, last_word, leading_number};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 7] = [
    fraction,
    grouped_thousands,
    clock_with_marks,
    clock_without_minutes,
    pace_without_unit,
    percent_in_front,
    slower_than,
];

/// Fractions that are written with a slash.
const FRACTIONS: [(&str, f64); 5] =
    [("1/2", 0.5), ("1/4", 0.25), ("3/4", 0.75), ("1/3", 0.33), ("2/3", 0.67)];

/// `1/2 mile easy`, `1 1/2 miles easy`.
fn fraction(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (written, value, at) =
        FRACTIONS.iter().find_map(|(written, value)| Some((*written, *value, text.find(written)?)))?;
    let behind = text.get(at + written.len()..)?;
    let before = text.get(..at)?;
    let is_number = behind.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '/');
    if is_number || before.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let (head, whole) = last_word(before);
    let (head, number) = match whole.parse::<f64>() {
        Ok(whole) => (head, whole + value),
        Err(_) => (before, value),
    };
    let unit = behind.trim_start();
    let unit = unit.strip_prefix("of a ").or_else(|| unit.strip_prefix("a ")).unwrap_or(unit);
    let text = format!("{head}{number}{unit}");
    Some(Advice::new("a fraction is written with a point", vec![slip.rewrite(text).computed()]))
}

/// `5'000m`, `5.000m`, `5 000 m`.
fn grouped_thousands(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let at = text.char_indices().find_map(|(at, mark)| {
        let behind = text.get(at + mark.len_utf8()..)?;
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        let unit = behind.get(digits..)?.trim_start();
        let is_metres = unit.starts_with('m') && !unit.starts_with("mi");
        let is_mark = matches!(mark, '\'' | '.' | ' ' | '’' | '\u{a0}' | '\u{202f}');
        (is_mark && digits == 3 && is_metres && is_digit(text.get(..at)?.chars().next_back()))
            .then_some(at..at + mark.len_utf8())
    })?;
    let text = format!("{}{}", text.get(..at.start)?, text.get(at.end..)?);
    Some(Advice::new("a number has no mark between its figures", vec![slip.rewrite(text).computed()]))
}

/// `1h:30 easy`, `1.00.00 easy`.
fn clock_with_marks(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (first, rest) = first_word(text);
    let plain = if first.contains("h:") {
        first.replacen("h:", "h", 1)
    } else if first.matches('.').count() == 2 && first.chars().all(|c| c.is_ascii_digit() || c == '.') {
        first.replace('.', ":")
    } else {
        return None;
    };
    let text = format!("{plain} {rest}");
    Some(Advice::new("a time has colons", vec![slip.rewrite(text.trim_end()).computed()]))
}

/// `10x100m in :20`, `10x100m :20`.
fn clock_without_minutes(slip: &Slip<'_>) -> Option<Advice> {
    let (before, behind) = slip.whole().split_once(" :")?;
    let (seconds, rest) = leading_number(behind)?;
    let is_clock =
        (1.0..60.0).contains(&seconds) && behind.chars().take_while(char::is_ascii_digit).count() == 2;
    if !is_clock {
        return None;
    }
    let of = |join: &str| slip.rewrite(format!("{before}{join}{seconds}s{rest}"));
    let candidates = match before.ends_with(" in") || before.ends_with('/') || before.ends_with('@') {
        true => vec![of(" ")],
        false => vec![of(" in ").noted("for the rep's time"), of(" / ").noted("for a recovery")],
    };
    Some(Advice::new("seconds have a unit", candidates))
}

/// `20min @ 5min30`, `3x1km 4'00`, `20min @ 5:30km`, `20min @ 5:30-5:45 min`.
fn pace_without_unit(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let colon = text.rfind([':', '\'', '′']).or_else(|| text.rfind("min"))?;
    let mark =
        if text.get(colon..)?.starts_with("min") { 3 } else { text.get(colon..)?.chars().next()?.len_utf8() };
    let behind = text.get(colon + mark..)?;
    let (seconds, rest) =
        behind.split_at_checked(2).filter(|(s, _)| s.chars().all(|c| c.is_ascii_digit()))?;
    let (head, minutes) = last_word(text.get(..colon)?);
    let minutes = minutes.trim_start_matches('@');
    if !minutes.ends_with(|c: char| c.is_ascii_digit()) || head.trim().is_empty() {
        return None;
    }
    let is_clock = text.get(colon..)?.starts_with(':');
    let is_range = minutes.contains(['-', '–']);
    let (unit, more) = first_word(rest);
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    let head = head.trim_end().trim_end_matches('@').trim_end();
    let of = |unit: &str| slip.rewrite(format!("{head} {minutes}:{seconds}/{unit}{more}")).computed();
    let candidates = match unit.to_lowercase().as_str() {
        "km" | "k" | "kmh" | "kilometre" | "kilometer" => vec![of("km")],
        "mi" | "mile" | "miles" | "mls" => vec![of("mi")],
        "min" | "mins" | "minutes" if is_range || !is_clock => vec![of("km").noted("for the pace"), of("mi")],
        "" if !is_clock => vec![of("km").noted("for the pace"), of("mi")],
        _ => return None,
    };
    Some(Advice::new("a pace has a unit", candidates))
}

/// `10km @ %90 MP`.
fn percent_in_front(slip: &Slip<'_>) -> Option<Advice> {
    let (before, behind) = slip.whole().split_once('%')?;
    let (number, rest) = leading_number(behind)?;
    let text = format!("{before}{number}%{rest}");
    (!before.ends_with(|c: char| c.is_ascii_digit()))
        .then(|| Advice::new("the sign comes after the number", vec![slip.rewrite(text).computed()]))
}

/// `10km 10s/km slower than MP`.
fn slower_than(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (sign, (before, pace)) = [(" slower than ", '+'), (" faster than ", '-')]
        .iter()
        .find_map(|(words, sign)| Some((*sign, text.split_once(words)?)))?;
    let (pace, rest) = first_word(pace);
    let words: Vec<&str> = before.split_whitespace().collect();
    let at = words.iter().rposition(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let (seconds, unit) = leading_number(words.get(at)?)?;
    let unit = if unit.contains("mi") || words.get(at + 1..)?.iter().any(|word| word.contains("/mi")) {
        "s/mi"
    } else {
        "s/km"
    };
    let head = words.get(..at)?.join(" ");
    let head = head.trim_end_matches('@').trim_end();
    let text = format!("{head} {pace}{sign}{seconds}{unit} {rest}");
    Some(Advice::new("", vec![slip.rewrite(text.trim_end()).computed()]))
}
