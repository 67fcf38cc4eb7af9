//! A list whose pace goes from one race to another: `1600/1200/800/400 from 10k down to mile pace, 400 jog`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::take_length;

/// The races, from the slowest pace to the fastest.
const RACES: [&str; 6] = ["MP", "HMP", "10K", "5K", "3K", "mile"];
/// How each race is written.
const NAMES: [(&str, usize); 22] = [
    ("mp", 0),
    ("marathon pace", 0),
    ("marathon", 0),
    ("m pace", 0),
    ("hmp", 1),
    ("hm pace", 1),
    ("hm", 1),
    ("half marathon pace", 1),
    ("half marathon", 1),
    ("10k", 2),
    ("10k pace", 2),
    ("10k effort", 2),
    ("5k", 3),
    ("5k pace", 3),
    ("5k effort", 3),
    ("3k", 4),
    ("3k pace", 4),
    ("3k effort", 4),
    ("mile", 5),
    ("mile pace", 5),
    ("mile effort", 5),
    ("1500 pace", 5),
];
/// Words before the first race and before the last.
const FROM: [&str; 13] = [
    "start at",
    "starting at",
    "starting from",
    "starting with",
    "beginning at",
    "progressing from",
    "cutting down from",
    "going from",
    "moving from",
    "working from",
    "from",
    "@",
    "at",
];
const TO: [&str; 17] = [
    "and working down to",
    "working down to",
    "and getting down to",
    "getting down to",
    "and going down to",
    "going down to",
    "and moving to",
    "progressing to",
    "down through to",
    "through to",
    "down to",
    "and finishing at",
    "finishing at",
    "up to",
    "to",
    "->",
    "→",
];
const MOST_REPS: usize = 12;

/// Returns the list with a race's pace for each of its lengths.
pub(super) fn from_race_to_race(text: &str) -> Option<CommonForm> {
    let (at, first, last, end) = text.char_indices().find_map(|(at, _)| {
        let before = text.get(..at)?;
        (at > 0 && before.ends_with([' ', ',', ')'])).then_some(())?;
        let mut scan = TextScanner { text, at };
        let from = FROM.iter().find(|word| scan.take(word))?;
        let first = scan.longest(&NAMES)?;
        let _ = scan.eat(&[',']);
        let to = TO.iter().find(|word| scan.take(word))?;
        let last = scan.longest(&NAMES)?;
        // `@ 5k to 10k` is between two paces in every rep.
        let is_range = ["@", "at"].contains(from) && ["to", "up to"].contains(to);
        (!is_range).then_some(())?;
        Some((at, first, last, scan.at))
    })?;
    let lengths = listed(text.get(..at)?.trim_end_matches([' ', ',']))?;
    let steps = lengths.len();
    if first == last || !(2..=MOST_REPS).contains(&steps) {
        return None;
    }
    let pace = |i: usize| {
        let share = i as f64 / (steps - 1) as f64;
        let race = first as f64 + share * (last as f64 - first as f64);
        RACES.get(race.round() as usize).copied()
    };
    let rungs: Option<Vec<String>> =
        lengths.iter().enumerate().map(|(i, length)| Some(format!("{length} @ {}", pace(i)?))).collect();
    let rungs = rungs?;
    let rest = text.get(end..)?.trim_start_matches([' ', ',', ';']);
    let rest = rest
        .strip_prefix("w/")
        .or_else(|| rest.strip_prefix("with "))
        .or_else(|| rest.strip_prefix("off "))
        .unwrap_or(rest);
    let rest = if rest.trim().is_empty() { String::new() } else { format!(" w/ {}", rest.trim()) };
    let note =
        format!("The paces from {} to {} are: {}.", RACES.get(first)?, RACES.get(last)?, rungs.join(", "));
    Some(CommonForm { text: format!("({}){rest}", rungs.join(", ")), notes: vec![note] })
}

/// Reads `1600/1200/800`, `1 mile, 1200, 800`, `(5-4-3-2-1 min)` or `5 x 1k`.
fn listed(head: &str) -> Option<Vec<String>> {
    let head =
        head.trim_end_matches(" ladder").trim_end_matches(" cutdown").trim_end_matches([',', ' ', ':']);
    let head = head.strip_prefix('(').and_then(|head| head.strip_suffix(')')).unwrap_or(head);
    let mut scan = TextScanner { text: head, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=MOST_REPS as f64).contains(n));
    if let Some(count) = count.filter(|_| scan.eat(&['x', 'X', '×']).is_some()) {
        let rep = one_length(scan.rest())?;
        return Some(vec![rep; count as usize]);
    }
    let marks: &[char] = if head.contains(',') { &[','] } else { &['/', '-', '–'] };
    let parts: Vec<&str> = head.split(marks).map(str::trim).collect();
    let unit = ["min", "mins", "minutes"].iter().any(|unit| head.trim_end().ends_with(unit));
    let lengths = parts.iter().map(|part| match part.parse::<f64>() {
        Ok(minutes) if unit && minutes <= 20.0 => Some(format!("{minutes} min")),
        _ => one_length(part),
    });
    lengths.collect()
}

/// Reads a length; a bare number of a track is metres.
fn one_length(part: &str) -> Option<String> {
    let part = part.trim();
    if let Ok(metres) = part.parse::<f64>() {
        return (metres >= 100.0 && metres % 50.0 == 0.0).then(|| format!("{metres}m"));
    }
    let mut scan = TextScanner { text: part, at: 0 };
    let length = take_length(&mut scan)?;
    scan.is_done().then_some(length.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_length_has_a_pace() {
        for (text, written) in [
            (
                "1600/1200/800/400 from 10k down to mile pace, 400 jog",
                "(1600m @ 10K, 1200m @ 5K, 800m @ 3K, 400m @ mile) w/ 400 jog",
            ),
            ("3 x 1k from 10k to 3k pace", "(1km @ 10K, 1km @ 5K, 1km @ 3K)"),
            ("1 mile, 1200, 800 @ HMP -> 5K w/ 2 min", "(1mi @ HMP, 1200m @ 10K, 800m @ 5K) w/ 2 min"),
        ] {
            assert_eq!(from_race_to_race(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for text in ["30 min from MP to HMP", "1600/1200 from 5:00 to 4:00", "6x400m @ 5k to 10k jog"] {
            assert!(from_race_to_race(text).is_none(), "{text}");
        }
    }
}
