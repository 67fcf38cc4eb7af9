//! Sessions with two sensible readings: `30s @ 9.0` (km/h or mph), `20 of 1/1` (reps or minutes), `10x1k on/off`.

use super::rewrites::{self, BareSpeeds};
use super::scanner::TextScanner;
use super::units::{LENGTHS, TIMES};
use super::{UnclearPhrase, as_written, common_forms};
use crate::workout::language::messages::phrase::PhraseProblem;

/// The longest session, in metres, that surely has a recovery as long as each of its reps.
const SURE_OF_PAIRS: f64 = 10_000.0;
/// The longest bare number that is minutes.
const MOST_MINUTES: f64 = 6.0;

/// Two readings of a text, in words that can be read and in words for the runner.
struct TwoReadings {
    written: String,
    first: (String, String),
    second: (String, String),
}

/// Returns both readings as a problem of the whole text, which has `length` bytes.
pub(super) fn unclear_session(text: &str, length: usize) -> Option<UnclearPhrase> {
    let found = speeds(text)
        .or_else(|| count_of_pairs(text))
        .or_else(|| reps_on_and_off(text))
        .or_else(|| ratio_and_number(text))
        .or_else(|| count_after_two_sets(text))
        .or_else(|| list_without_units(text))?;
    let kind = PhraseProblem::UnclearSession {
        written: found.written,
        first: notation(&found.first.0)?,
        first_says: found.first.1,
        second: notation(&found.second.0)?,
        second_says: found.second.1,
    };
    Some(UnclearPhrase { at: 0..length, kind })
}

/// Writes a reading as notation.
fn notation(text: &str) -> Option<String> {
    let read = |text: &str| {
        let read = as_written(text, text.len()).ok()?;
        Some(read.edits.into_iter().map(|(_, text)| text).collect::<String>())
    };
    read(text)
        .or_else(|| read(&common_forms::unread(text)?.text))
        .or_else(|| rewrites::of_unread(text).iter().find_map(|form| read(&form.text)))
}

/// `30s @ 9.0`, `speed 10.5 incline 1 for 30 min`.
fn speeds(text: &str) -> Option<TwoReadings> {
    let BareSpeeds { written, in_km: Some(km), in_miles: Some(miles) } = rewrites::bare_speeds(text)? else {
        return None;
    };
    Some(TwoReadings { written, first: (km, "km/h".to_string()), second: (miles, "mph".to_string()) })
}

/// `20 of 1/1`: so many reps, or so many minutes.
fn count_of_pairs(text: &str) -> Option<TwoReadings> {
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (4.0..=60.0).contains(n))?;
    scan.take("of").then_some(())?;
    let first = scan.number()?;
    scan.eat(&['/'])?;
    let second = scan.number()?;
    if !scan.is_done() || first <= 0.0 || second <= 0.0 {
        return None;
    }
    let unit = if first <= MOST_MINUTES && second <= MOST_MINUTES { 60.0 } else { 1.0 };
    let (on, off) = (format!("{}s hard", first * unit), format!("{}s easy", second * unit));
    Some(TwoReadings {
        written: text.trim().to_string(),
        first: (format!("{count} x ({on}, {off})"), format!("{count} reps")),
        second: (format!("alternate {on} / {off} for {count}min"), format!("{count} minutes")),
    })
}

/// `10x1k on/off`: ten of each, or ten in all.
fn reps_on_and_off(text: &str) -> Option<TwoReadings> {
    let mut scan = TextScanner { text, at: 0 };
    let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
    scan.eat(&['x', 'X', '×'])?;
    scan.skip_spaces();
    let start = scan.at;
    let length = scan.number()?;
    let (size, is_time) = match scan.longest(TIMES) {
        Some(seconds) => (length * seconds, true),
        None => (length * scan.longest(LENGTHS)?, false),
    };
    let rep = text.get(start..scan.at)?.trim().replace(['k', 'K'], "km").replace("kmm", "km");
    let is_pair = scan.take("on/off") || scan.take("on / off") || scan.take("on and off");
    let is_sure = is_time || 2.0 * count * size < SURE_OF_PAIRS;
    if !is_pair || !scan.is_done() || is_sure || count % 2.0 != 0.0 {
        return None;
    }
    let pair = format!("({rep} hard, {rep} easy)");
    Some(TwoReadings {
        written: text.trim().to_string(),
        first: (format!("{count} x {pair}"), format!("{count} of each")),
        second: (format!("{} x {pair}", count / 2.0), format!("{count} in all")),
    })
}

/// `4:1 x 30`: run and walk for so many minutes, or so often.
fn ratio_and_number(text: &str) -> Option<TwoReadings> {
    let mut scan = TextScanner { text, at: 0 };
    let run = scan.number().filter(|n| n.fract() == 0.0 && (1.0..=15.0).contains(n))?;
    scan.eat(&[':'])?;
    let walk = scan.number().filter(|n| n.fract() == 0.0 && (1.0..=5.0).contains(n))?;
    scan.eat(&['x', 'X', '×'])?;
    let number = scan.number().filter(|n| n.fract() == 0.0 && (10.0..=60.0).contains(n))?;
    // `4:10` is a time.
    let is_ratio = text.split(':').nth(1).is_some_and(|after| after.chars().nth(1) == Some(' '));
    (is_ratio && scan.is_done() && number >= run + walk).then(|| TwoReadings {
        written: text.trim().to_string(),
        first: (
            format!("alternate {run}min easy / {walk}min walk for {number}min"),
            format!("{number} minutes"),
        ),
        second: (format!("{number} x ({run}min run, {walk}min walk)"), format!("{number} rounds")),
    })
}

/// `4x400 + 4x200 x2`: all of it twice, or the last set.
fn count_after_two_sets(text: &str) -> Option<TwoReadings> {
    let trimmed = text.trim();
    let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = trimmed.get(digits.len()..)?;
    let sets = digits.trim_end().strip_suffix(['x', 'X', '×'])?.trim_end();
    let (first, second) = sets.split_once('+')?;
    let metres = |set: &str| {
        let mut scan = TextScanner { text: set, at: 0 };
        let reps = scan.number().filter(|n| n.fract() == 0.0)?;
        scan.eat(&['x', 'X', '×'])?;
        let length = scan.number()?;
        let is_bare = scan.is_done() && length >= 100.0 && length % 50.0 == 0.0;
        let unit = if is_bare { "m" } else { scan.rest() };
        (is_bare || scan.longest(LENGTHS).is_some() || scan.longest(TIMES).is_some())
            .then(|| format!("{reps} x {length}{unit}"))
    };
    let (first, second) = (metres(first)?, metres(second)?);
    let is_count = count.parse().is_ok_and(|count: u32| (2..=10).contains(&count));
    is_count.then(|| TwoReadings {
        written: format!("x{count}"),
        first: (format!("{count} x ({first}, {second})"), "all of it".to_string()),
        second: (format!("{first}, {count} x ({second})"), "the last set alone".to_string()),
    })
}

/// `5 easy 3 tempo 2 easy`: miles or kilometres.
fn list_without_units(text: &str) -> Option<TwoReadings> {
    let efforts = [
        "easy",
        "tempo",
        "steady",
        "threshold",
        "MP",
        "mp",
        "HMP",
        "hmp",
        "hard",
        "moderate",
        "up",
        "down",
        "wu",
        "cd",
    ];
    let words: Vec<&str> = text
        .split([' ', ',', ';', '+'])
        .filter(|word| !word.is_empty() && !["@", "at", "then"].contains(word))
        .collect();
    let (mut sum, mut steps) = (0.0, Vec::new());
    for pair in words.chunks(2) {
        let [number, effort] = pair else { return None };
        let length: f64 = number.parse().ok().filter(|n| (0.5..=16.0).contains(n))?;
        efforts.contains(effort).then_some(())?;
        let effort = match *effort {
            "up" | "wu" => "warm up",
            "down" | "cd" => "cool down",
            effort => effort,
        };
        sum += length;
        steps.push((length, effort));
    }
    // Longer lists could be minutes.
    if steps.len() < 3 || !(4.0..=20.0).contains(&sum) {
        return None;
    }
    let with = |unit: &str| {
        let steps: Vec<String> =
            steps.iter().map(|(length, effort)| format!("{length} {unit} {effort}")).collect();
        steps.join(", ")
    };
    Some(TwoReadings {
        written: text.trim().to_string(),
        first: (with("mi"), "miles".to_string()),
        second: (with("km"), "kilometres".to_string()),
    })
}
