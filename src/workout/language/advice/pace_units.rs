//! Units behind the number of a pace, a speed or a heart rate.

use super::slip::{Candidate, Slip};
use super::words::{first_word, is_target};

/// Distances of races, and the pace of each.
const RACES: [(&str, &str); 8] = [
    ("3", "3K"),
    ("5", "5K"),
    ("8", "10K"),
    ("10", "10K"),
    ("15", "15K"),
    ("21", "HMP"),
    ("21.1", "HMP"),
    ("42", "MP"),
];
/// Keys next to `k`, which stand in its place or beside it: `5kk`, `5kp`, `5l pace`.
const NEAR_K: [char; 7] = ['k', 'j', 'l', 'i', 'o', 'm', 'p'];

/// `10min @ 12kmu`, `10min @ 145 bmp`, `5:00 p/km`: the unit that was meant.
pub(super) fn misspelt(slip: &Slip<'_>, before: &str) -> Option<Candidate> {
    let (word, rest) = first_word(slip.behind());
    let plain = word.to_lowercase();
    let letters: String = plain.chars().filter(char::is_ascii_alphabetic).collect();
    if letters.is_empty() || is_target(word) || plain.starts_with("w/") || plain.starts_with("with") {
        return None;
    }
    if let Some(pace) = race_pace(slip.word(), &letters, rest) {
        let rest = rest.trim_start();
        let rest =
            ["pace", "race pace", "effort"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let space = if rest.is_empty() || rest.starts_with(' ') { "" } else { " " };
        return Some(slip.rewrite(format!("{before} {pace}{space}{rest}")).computed());
    }
    let value: f64 = slip.word().parse().unwrap_or_default();
    let is_beat = letters.len() <= 6 && letters.starts_with('b') && letters.contains(['m', 'p', 'e']);
    let unit = match slip.word().contains(':') {
        true if letters.contains('k') => "/km",
        true if letters.contains("mi") && letters != "min" && letters != "mins" => "/mi",
        false if (40.0..=230.0).contains(&value) && (is_beat || letters == "pm") => "bpm",
        false if value <= 30.0 && letters.starts_with('k') => "km/h",
        false
            if value <= 20.0
                && (letters.starts_with("mp") || ["mhp", "hmp", "pmh"].contains(&letters.as_str())) =>
        {
            "mph"
        }
        _ => return None,
    };
    let space = if rest.is_empty() { "" } else { " " };
    Some(slip.rewrite(format!("{before} {}{unit}{space}{rest}", slip.word())).computed())
}

/// `5kk`, `5kp pace`, `10l pace`: the pace of a race. `letters` stand behind the `number`, and `rest` after them.
fn race_pace(number: &str, letters: &str, rest: &str) -> Option<&'static str> {
    let (_, pace) = RACES.iter().find(|(distance, _)| *distance == number)?;
    let is_pace =
        ["pace", "race", "effort", "pce", "pac"].contains(&first_word(rest).0.to_lowercase().as_str());
    let is_near = letters.len() <= 2 && letters.chars().all(|letter| NEAR_K.contains(&letter));
    // `5kh` and `5km` are speeds and distances.
    let is_double = letters.len() == 2 && letters.contains('k') && !letters.contains(['m', 'h']);
    (is_near && (is_pace || is_double)).then_some(*pace)
}
