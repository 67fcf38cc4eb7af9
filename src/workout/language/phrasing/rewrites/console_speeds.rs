//! Speeds as the console of a treadmill shows them: `speed 10.5 incline 1 for 30 min`, `30s @ 9.0, 30s @ 6.0`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{lengths_in, take_length};

/// Units of speed.
const UNITS: [&str; 6] = ["mph", "km/h", "kph", "kmh", "kmph", "km"];
/// Words before a speed.
const BEFORE_SPEED: [&str; 14] = [
    "@",
    "at",
    "speed",
    "walk",
    "run",
    "jog",
    "sprint",
    ":",
    "walking",
    "running",
    "jogging",
    "sprinting",
    "pace",
    "to",
];
/// Words and marks after a speed without its unit.
const AFTER_SPEED: [&str; 18] = [
    ",",
    ";",
    ")",
    "/",
    "\n",
    "x",
    "×",
    "w",
    "with",
    "for",
    "incline",
    "then",
    "increase",
    "increasing",
    "and",
    "raise",
    "adding",
    "+",
];
const WALKS: [&str; 2] = ["walk", "walking"];
const RUNS: [&str; 7] = ["run", "running", "jog", "jogging", "sprint", "sprinting", "fast"];
/// The fastest walk and the slowest run, and the fastest run on a treadmill that counts miles.
const FASTEST_WALK: f64 = 7.2;
const SLOWEST_RUN: f64 = 6.5;
const MOST_MPH: f64 = 12.0;
const KM_IN_MILE: f64 = 1.609_344;
/// Words and marks around the numbers of a console.
const CONSOLE_WORDS: [&str; 13] =
    ["", ",", "@", "at", "for", "incline", "and", "/", "speed", ":", "walk", "run", "jog"];
/// The steepest incline without its percent sign.
const STEEPEST: f64 = 15.0;

/// A text whose speeds have no unit.
pub(crate) struct BareSpeeds {
    /// The speeds, as they are written.
    pub(crate) written: String,
    /// The text with each unit, if a runner could mean it.
    pub(crate) in_km: Option<String>,
    pub(crate) in_miles: Option<String>,
}

/// Returns the text with a unit after its speeds, if only one of the units is possible.
pub(super) fn speeds_of_console(text: &str) -> Option<CommonForm> {
    let speeds = bare_speeds(text)?;
    let (text, unit) = match (speeds.in_km, speeds.in_miles) {
        (Some(text), None) => (text, "km/h"),
        (None, Some(text)) => (text, "mph"),
        _ => return None,
    };
    let note = format!("Speeds without a unit are taken as {unit}: no other unit fits {}.", speeds.written);
    Some(CommonForm { text, notes: vec![note] })
}

/// Finds the speeds that have no unit.
pub(crate) fn bare_speeds(text: &str) -> Option<BareSpeeds> {
    let text = &length_first(text);
    let tokens = TextTokens::of(text);
    let lower = text.to_lowercase();
    let written_unit = UNITS[..5].iter().find(|unit| lower.contains(**unit));
    let mut found: Vec<(usize, f64, Option<bool>)> = Vec::new();
    for at in 0..tokens.len() {
        let Some(speed) = tokens.number(at).filter(|speed| (1.0..=25.0).contains(speed)) else { continue };
        let before = tokens.word_before(at);
        let is_told = before.is_some_and(|b| BEFORE_SPEED.iter().any(|word| tokens.is_word(b, word)));
        let is_speed = before.is_some_and(|b| tokens.is_word(b, "speed"));
        // A console has one decimal. `3.45` is a pace.
        let is_decimal = tokens.get(at).split_once('.').is_some_and(|(_, decimals)| decimals.len() == 1);
        // `2k @ 9.5, 1k @ 13 km/h w/ 400m @ 9`: a number after `@` has the unit of the others.
        let is_decimal_comma = tokens.get(at + 1) == "," && tokens.number(at + 2).is_some();
        let is_kin = written_unit.is_some()
            && !is_decimal_comma
            && before.is_some_and(|b| ["@", "at"].iter().any(|word| tokens.is_word(b, word)));
        let ends = tokens.word_after(at).is_none_or(|next| {
            let is_end = AFTER_SPEED.iter().any(|word| tokens.is_word(next, word));
            let is_length = is_decimal && tokens.number(next).is_some();
            (is_end && tokens.get(next + 1) != "km") || is_length
        });
        if is_told && ends && (is_decimal || is_speed || is_kin) {
            found.push((at, speed, is_walk(&tokens, at)));
        }
    }
    // `0-3 min: 5.0` has its times in front.
    if found.is_empty() || (lengths_in(text).is_empty() && !lower.contains("min")) {
        return None;
    }
    let fits = |kmh: f64, walk: Option<bool>| match walk {
        Some(true) => kmh <= FASTEST_WALK,
        Some(false) => kmh >= SLOWEST_RUN,
        None => true,
    };
    let is_miles = written_unit.is_some_and(|unit| *unit == "mph");
    let is_km = written_unit.is_some() && !is_miles;
    let in_km = !is_miles && found.iter().all(|(_, speed, walk)| fits(*speed, *walk));
    let in_miles =
        !is_km && found.iter().all(|(_, speed, walk)| *speed <= MOST_MPH && fits(speed * KM_IN_MILE, *walk));
    let with = |unit: &str| {
        let mut tokens = tokens.clone();
        for (at, speed, _) in found.iter().rev() {
            tokens.replace(*at..at + 1, &format!("{speed} {unit}"));
        }
        tokens.text().replace("speed ", "")
    };
    let written = found.iter().map(|(at, _, _)| tokens.get(*at)).collect::<Vec<_>>().join(", ");
    Some(BareSpeeds { written, in_km: in_km.then(|| with("km/h")), in_miles: in_miles.then(|| with("mph")) })
}

/// `1 mile at 6, 1 mile at 7`: miles that get faster from one to the next have their speeds in miles an hour.
pub(super) fn speeds_of_miles(text: &str) -> Option<CommonForm> {
    let mut last = 0.0;
    let steps: Option<Vec<String>> = text
        .split(", ")
        .map(|piece| {
            let mut scan = TextScanner { text: piece, at: 0 };
            let length = take_length(&mut scan)
                .filter(|length| length.text.ends_with("mi") && length.number <= 2.0)?;
            (scan.take("at") || scan.eat(&['@']).is_some()).then_some(())?;
            let speed = scan.number().filter(|speed| *speed > last && (3.0..=MOST_MPH).contains(speed))?;
            let _ = scan.take("mph");
            last = speed;
            scan.is_done().then(|| format!("{} {speed} mph", length.text))
        })
        .collect();
    let steps = steps.filter(|steps| steps.len() > 1)?;
    let note = "The speeds of the miles are taken as mph: they rise, as on a treadmill.".to_string();
    Some(CommonForm { text: steps.join(", "), notes: vec![note] })
}

/// `walk 4mph 5% 10min then jog 5.5mph 1% 20min`: each piece with its speed, its incline and its time in any order.
pub(super) fn numbers_of_pieces(text: &str) -> Option<CommonForm> {
    let marked = text.replace(", then ", ", ").replace(" then ", ", ").replace('\n', ", ");
    let pieces: Vec<&str> = marked.split(", ").map(str::trim).collect();
    let mut changed = 0;
    let written: Vec<String> = pieces
        .iter()
        .map(|piece| match numbers_of_console(piece) {
            Some(form) => {
                changed += 1;
                form.text
            }
            None => (*piece).to_string(),
        })
        .collect();
    (pieces.len() > 1 && changed > 0).then(|| CommonForm { text: written.join(", "), notes: Vec::new() })
}

/// True where the piece around `at` is a walk, false where it is a run. Nothing where it does not say.
fn is_walk(tokens: &TextTokens, at: usize) -> Option<bool> {
    let ends = |i: &usize| [",", ";", "\n", "/", "(", ")"].contains(&tokens.get(*i));
    let start = (0..at).rev().find(ends).map_or(0, |i| i + 1);
    let end = (at..tokens.len()).find(ends).unwrap_or(tokens.len());
    let says = |words: &[&str]| (start..end).any(|i| words.iter().any(|word| tokens.is_word(i, word)));
    match (says(&WALKS), says(&RUNS)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// `speed 10.5 incline 1 for 30 min`, `incline 5, speed 3.5, 30 minutes`: the length first.
fn length_first(text: &str) -> String {
    let moved = || {
        let lower = text.to_ascii_lowercase();
        let starts = lower.starts_with("speed") || lower.starts_with("incline") || lower.starts_with("level");
        let lengths = lengths_in(text);
        let [length] = lengths.as_slice() else { return None };
        if !starts || !lower.contains("speed") || text.contains(['x', '(', '\n']) {
            return None;
        }
        let before = text.get(..length.at.start)?.trim_end_matches([' ', ',']);
        let before = before.strip_suffix(" for").unwrap_or(before).trim_end_matches([' ', ',']);
        let after = text.get(length.at.end..)?.trim_start_matches([' ', ',']);
        let parts = format!("{before} {after}").replace([',', ':', '='], " ");
        let words: Vec<&str> = parts.split_whitespace().collect();
        let value = |name: &str| {
            let at = words.iter().position(|word| word.eq_ignore_ascii_case(name))?;
            words.get(at + 1).copied()
        };
        let speed = value("speed")?;
        let unit = words.iter().find(|word| UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit)));
        let incline = value("incline").map(|value| format!(" incline {}%", value.trim_end_matches('%')));
        let known = 2 + usize::from(unit.is_some()) + 2 * usize::from(incline.is_some());
        (words.len() == known).then(|| {
            let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
            format!("{} speed {speed}{unit}{}", length.text, incline.unwrap_or_default())
        })
    };
    moved().unwrap_or_else(|| text.to_string())
}

/// `3.5 mph, 10%, 30 min`, `3.5 mph @ 10% for 30 min`: a speed, an incline and a time in any order.
pub(super) fn numbers_of_console(text: &str) -> Option<CommonForm> {
    let lengths = lengths_in(text);
    let [length] = lengths.as_slice() else { return None };
    let around = format!("{} {}", text.get(..length.at.start)?, text.get(length.at.end..)?);
    let tokens = TextTokens::of(&around);
    let (mut speed, mut incline) = (None, None);
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens.get(at).to_lowercase();
        let next = tokens.word_after(at).unwrap_or(at);
        let unit = UNITS[..5].iter().find(|unit| {
            TextTokens::of(unit).text()
                == tokens.slice(next..next + TextTokens::of(unit).len()).to_lowercase()
        });
        match (tokens.number(at), unit) {
            (Some(number), Some(unit)) if speed.is_none() => {
                speed = Some(format!("{number} {unit}"));
                at = next + TextTokens::of(unit).len();
                continue;
            }
            (Some(number), None) if tokens.get(next) == "%" && incline.is_none() && number <= STEEPEST => {
                incline = Some(number);
                at = next + 1;
                continue;
            }
            (None, _) if CONSOLE_WORDS.contains(&word.trim()) => {}
            _ => return None,
        }
        at += 1;
    }
    let (speed, incline) = (speed?, incline?);
    Some(CommonForm { text: format!("{} {speed} incline {incline}%", length.text), notes: Vec::new() })
}

/// `20 min @ 10 kph incline 2`, `30 min 5.5 mph, 1%`: the incline of a console is in percent.
pub(super) fn bare_inclines(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let mut written = Vec::new();
    for at in (0..tokens.len()).rev() {
        let Some(percent) = tokens.number(at).filter(|percent| (0.0..=STEEPEST).contains(percent)) else {
            continue;
        };
        let before =
            tokens.word_before(at).filter(|b| tokens.is_word(*b, "incline") || tokens.is_word(*b, "inc"));
        let next = tokens.word_after(at).map_or("", |next| tokens.get(next));
        // `walk 30 min at 3.5 mph 3 incline`
        let named = tokens.word_after(at).filter(|named| next == "incline" && tokens.get(named + 1) != "%");
        let speed = tokens.word_before(at).map_or("", |before| tokens.get(before));
        if let Some(named) = named
            && ["mph", "kph", "h", "kmh", ",", "and", "@", "at"].contains(&speed)
            && tokens.word_after(named).is_none_or(|next| tokens.number(next).is_none())
        {
            tokens.replace(at..named + 1, &format!("incline {percent}%"));
            written.push(percent.to_string());
            continue;
        }
        let is_alone =
            next.is_empty() || [",", ";", ")", "/", "\n", "w", "with", "for", "x", "speed"].contains(&next);
        if let Some(before) = before
            && is_alone
        {
            tokens.replace(before..at + 1, &format!("incline {percent}%"));
            written.push(percent.to_string());
        }
    }
    if written.is_empty() {
        return percent_after_speed(text);
    }
    let note = format!("An incline of {} is taken as percent.", written.join(", "));
    Some(CommonForm { text: tokens.text(), notes: vec![note] })
}

/// `5 km @ 12 km/h, 1%`: the percentage after a speed.
fn percent_after_speed(text: &str) -> Option<CommonForm> {
    let head = text.trim_end().strip_suffix('%')?;
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let percent: f64 = head.get(digits.len()..)?.parse().ok().filter(|percent| *percent <= STEEPEST)?;
    let speed = digits.trim_end_matches([' ', ',', '@']);
    let lower = speed.to_lowercase();
    let is_speed = UNITS[..5].iter().any(|unit| lower.ends_with(unit));
    is_speed.then(|| CommonForm {
        text: format!("{speed} incline {percent}%"),
        notes: vec![format!("{percent}% after the speed is taken as the incline.")],
    })
}

/// `0-5 min: 5.5 mph`: from when to when a single step lasts.
pub(super) fn one_mark_of_time(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let zero = scan.number().filter(|n| *n == 0.0)?;
    if !(scan.eat(&['-', '–']).is_some() || scan.take("to")) {
        return None;
    }
    let length = take_length(&mut scan).filter(|length| length.is_time && zero == 0.0)?;
    let _ = scan.eat(&[':', '@', '=', '-']);
    let rest = scan.rest().trim();
    (!rest.is_empty() && !rest.contains([',', ';', '\n'])).then(|| CommonForm {
        text: format!("{} {rest}", length.text),
        notes: vec!["The times are taken as from when to when the step lasts.".to_string()],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_get_the_only_unit_that_fits() {
        for (text, written) in [
            ("5 min walk 3.0, 20 min run 6.0", "5 min walk 3 mph, 20 min run 6 mph"),
            ("30s @ 15.5, 30s @ 9.0", "30s @ 15.5 km/h, 30s @ 9 km/h"),
            ("30 min @ 6 mph, 10 min @ 5.5", "30 min @ 6 mph, 10 min @ 5.5 mph"),
            ("5 min walk 5.0, 10 min run 9.5", "5 min walk 5 km/h, 10 min run 9.5 km/h"),
        ] {
            assert_eq!(speeds_of_console(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn two_units_are_both_shown() {
        let speeds = bare_speeds("speed 10.5 incline 1 for 30 min").unwrap();
        assert_eq!(speeds.in_km.as_deref(), Some("1800s 10.5 km/h incline 1%"));
        assert_eq!(speeds.in_miles.as_deref(), Some("1800s 10.5 mph incline 1%"));
        assert!(bare_speeds("5km @ 4:10").is_none());
        assert!(bare_speeds("10 min @ RPE 6.5").is_none());
    }

    #[test]
    fn an_incline_is_percent() {
        let written = |text| bare_inclines(text).map(|form| form.text);
        assert_eq!(written("20 min 10 kph incline 2").as_deref(), Some("20 min 10 kph incline 2%"));
        assert_eq!(written("5 km @ 12 km/h, 1%").as_deref(), Some("5 km @ 12 km/h incline 1%"));
        assert_eq!(written("20 min incline 2%"), None);
        let numbers = numbers_of_console("3.5 mph @ 10% for 30 min").map(|form| form.text);
        assert_eq!(numbers.as_deref(), Some("1800s 3.5 mph incline 10%"));
    }
}
