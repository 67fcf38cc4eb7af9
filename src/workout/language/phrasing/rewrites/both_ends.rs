//! One length for the warm-up and the cool-down: `2mi WU/CD, 6x800m 5K`, `12x400m 5K, 1.5 mi warm up and cool down`.

use super::super::common_forms::CommonForm;

const WARMUPS: [&str; 6] = ["warm up", "warm-up", "warmup", "w/u", "wup", "wu"];
const COOLDOWNS: [&str; 5] = ["cool down", "cool-down", "cooldown", "c/d", "cd"];
const JOINED: [&str; 7] = [" and ", " & ", "&", " / ", "/", " + ", "+"];
/// Marks and words between the session and the length.
const BETWEEN: [char; 8] = [' ', ',', ';', '+', '.', '|', '–', '-'];
/// What says that a run stands on both sides of the session.
const AROUND: [&str; 13] = [
    "before and after",
    "before & after",
    "before/after",
    "on either side",
    "either side",
    "each side",
    "both sides",
    "at either end",
    "at each end",
    "at both ends",
    "either end",
    "both ends",
    "to start and finish",
];
/// Words for easy running.
const EASY_WORDS: [&str; 13] = [
    " walk", " easy", " jog", " jogging", " running", " run", " warm up", " of", " on", " at", " very",
    " slow", " gentle",
];
const FILLERS: [&str; 5] = [" with a", " with", " w/", " plus", " and"];

/// Gives the length to both ends of the session, which is what stands before it or after it.
pub(super) fn warmup_and_cooldown(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, end) = both(&lower)?;
    let before = text.get(..at)?.trim_end();
    let (length, before) = length_of_ends(before)?;
    let after = text.get(end..)?;
    let after = after.strip_prefix(" each").unwrap_or(after);
    let after = after.strip_prefix(" either side of").unwrap_or(after).trim_matches(&BETWEEN[..]);
    let session = match (before, after) {
        ("", "") => return None,
        ("", session) | (session, "") => session,
        _ => return None,
    };
    // A session with a warm-up of its own says it twice.
    let lower = session.to_ascii_lowercase();
    if WARMUPS.iter().chain(&COOLDOWNS).any(|word| lower.contains(word)) {
        return None;
    }
    let note = format!("The warm-up and the cool-down are {length} each.");
    Some(CommonForm { text: format!("warmup {length}, {session}, cooldown {length}"), notes: vec![note] })
}

/// Splits the length off that stands before both words. A number alone has the unit of the run: `8 mi @ MP w/ 1.5 WU & CD`.
fn length_of_ends(before: &str) -> Option<(String, &str)> {
    if let Some(start) = length_start(before) {
        let (before, length) = before.split_at(start);
        return Some((length.to_string(), without_filler(before)));
    }
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = before.get(head.len()..).filter(|number| number.parse().is_ok_and(|n: f64| n <= 5.0))?;
    let run = without_filler(head);
    let unit = ["mi", "miles", "km"]
        .iter()
        .find(|unit| run.split(' ').any(|word| word == **unit) || run.contains(&format!("0{unit}")))?;
    head.ends_with(' ').then(|| (format!("{number} {unit}"), run))
}

/// `6x800m 5K, 15 min easy before and after`, `20 min tempo with 10 min either side`: easy running around the session.
pub(super) fn before_and_after(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let (at, size) = AROUND.iter().find_map(|phrase| {
        let at = lower.find(phrase)?;
        let ends = !lower.get(at + phrase.len()..)?.starts_with(char::is_alphanumeric);
        ends.then_some((at, phrase.len()))
    })?;
    let mut before = text.get(..at)?.trim_end();
    let verb = if lower.get(..before.len())?.ends_with(" walk") { " walk" } else { "" };
    while let Some(word) =
        EASY_WORDS.iter().find(|word| lower.get(..before.len()).is_some_and(|b| b.ends_with(**word)))
    {
        before = before.get(..before.len() - word.len())?.trim_end();
    }
    let length = before.get(length_start(before)?..)?;
    let session = without_filler(before.get(..before.len() - length.len())?);
    let after = text.get(at + size..)?.trim_matches(&BETWEEN[..]);
    let session = match (session, after.strip_prefix("of ").unwrap_or(after)) {
        ("", "") => return None,
        (session, "") | ("", session) => session,
        _ => return None,
    };
    let lower = session.to_ascii_lowercase();
    if WARMUPS.iter().chain(&COOLDOWNS).any(|word| lower.contains(word)) {
        return None;
    }
    let note = format!("Before and after the session are {length} each.");
    Some(CommonForm {
        text: format!("warmup {length}{verb}, {session}, then cooldown {length}{verb}"),
        notes: vec![note],
    })
}

/// Returns where both words stand, joined.
fn both(lower: &str) -> Option<(usize, usize)> {
    let ends_word =
        |end: usize| !lower.get(end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    WARMUPS.iter().find_map(|warmup| {
        let at = lower.find(&format!(" {warmup}"))? + 1;
        let rest = lower.get(at + warmup.len()..)?;
        let joined = JOINED.iter().find(|joined| rest.starts_with(**joined))?;
        let cooldown = COOLDOWNS
            .iter()
            .find(|word| rest.get(joined.len()..).is_some_and(|rest| rest.starts_with(**word)))?;
        let end = at + warmup.len() + joined.len() + cooldown.len();
        ends_word(end).then_some((at, end))
    })
}

/// Returns where the length at the end of a text begins: `1.5 mi`, `2mi`, `10'`.
fn length_start(text: &str) -> Option<usize> {
    let unit = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '\'' || c == '’');
    let number = unit.trim_end();
    let start = number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let has_unit = unit.len() < text.len();
    let is_one = !number.get(..start)?.ends_with(['-', '–', ':', 'x', '×', '@', '/']);
    (has_unit && start < number.len() && is_one).then_some(start)
}

fn without_filler(text: &str) -> &str {
    let text = text.trim_matches(&BETWEEN[..]);
    let filler = FILLERS.iter().find_map(|filler| text.strip_suffix(filler));
    filler.unwrap_or(text).trim_matches(&BETWEEN[..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_for_both_ends() {
        for (text, written) in [
            ("12 x 400 5k, 1.5 mi warm up and cool down", "warmup 1.5 mi, 12 x 400 5k, cooldown 1.5 mi"),
            ("Tempo 6mi + 2mi WU/CD", "warmup 2mi, Tempo 6mi, cooldown 2mi"),
            ("10 min warmup & cooldown each, 5x3min 5K", "warmup 10 min, 5x3min 5K, cooldown 10 min"),
            ("5x3min 5K with a 10 min warm-up and cool-down", "warmup 10 min, 5x3min 5K, cooldown 10 min"),
        ] {
            assert_eq!(warmup_and_cooldown(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for (text, written) in [
            (
                "6x800m 5K w/ 90s, 15 min easy before and after",
                "warmup 15 min, 6x800m 5K w/ 90s, then cooldown 15 min",
            ),
            ("20 min tempo with 2mi jog either side", "warmup 2mi, 20 min tempo, then cooldown 2mi"),
            ("2 miles easy before and after 5x1k 5K", "warmup 2 miles, 5x1k 5K, then cooldown 2 miles"),
            ("10 min easy either side of 5x3min 5K", "warmup 10 min, 5x3min 5K, then cooldown 10 min"),
        ] {
            assert_eq!(before_and_after(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        assert!(before_and_after("10 lunges each side").is_none());
        for text in ["6mi tempo, warm up and cool down", "2mi wu/cd", "10min wu, 5x3min 5K, 10min cd"] {
            assert!(warmup_and_cooldown(text).is_none(), "{text}");
        }
    }
}
