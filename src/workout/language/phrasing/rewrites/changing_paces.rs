//! Runs whose pace or incline changes: `6 mile progression run, start at 9:00 finish at 7:30`, `30 min progressive: easy to
//! threshold`, `8km cutdown, 5:00 4:50 4:40 …`, `incline ladder: 2 min at 2%, 4%, 6%`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::length_lists::MOST_PIECES;
use super::written_lengths::{FoundLength, take_length, take_pace};

/// Words for a run that changes.
const NAMES: [&str; 16] = [
    "progression run",
    "progressive run",
    "progression",
    "progressive",
    "progressing",
    "building",
    "build up",
    "build",
    "cutdown run",
    "cutdown",
    "cut down run",
    "cut down",
    "fast finish run",
    "negative split",
    "run",
    "ramp",
];
const STARTS: [&str; 18] = [
    "starting out at",
    "starting off at",
    "starting from",
    "starting with",
    "starting at",
    "starting",
    "start out at",
    "start off at",
    "start from",
    "start with",
    "start at",
    "start",
    "beginning at",
    "begin at",
    "begin",
    "going from",
    "from",
    "first km at",
];
const ENDS: [&str; 36] = [
    "and finishing at",
    "and finish at",
    "finishing at",
    "finish at",
    "finishing with",
    "finish with",
    "finishing in",
    "finishing",
    "finish",
    "and ending at",
    "and end at",
    "ending at",
    "end at",
    "ending with",
    "ending",
    "end",
    "and dropping to",
    "dropping down to",
    "dropping to",
    "drop to",
    "and working down to",
    "working down to",
    "work down to",
    "cutting down to",
    "cut down to",
    "down to",
    "progressing to",
    "progress to",
    "building up to",
    "building to",
    "build to",
    "and building to",
    "up to",
    "getting to",
    "to",
    "->",
];
/// Words that tell of an incline.
const SLOPES: [&str; 7] = ["incline", "inclines", "grade", "hill", "gradient", "slope", "treadmill"];

/// A run of one length with its first and its last pace.
pub(super) fn first_and_last_pace(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let named = names(&mut scan);
    let length = take_length(&mut scan)?;
    let named = names(&mut scan) || named;
    let _ = scan.eat(&[',', ':', '(', '-', ';']);
    let named = names(&mut scan) || named;
    let _ = scan.eat(&[',', ':']);
    let started = STARTS.iter().any(|word| scan.take(word));
    if !named && !started {
        return None;
    }
    let first = take_pace(&mut scan)?;
    // `easy to tempo` is one target.
    if first.contains("->") {
        let _ = scan.eat(&[')']);
        let is_whole = scan.rest().trim_matches([' ', '.']).is_empty();
        return is_whole.then(|| CommonForm { text: format!("{} {first}", length.text), notes: Vec::new() });
    }
    let _ = scan.eat(&[',', ';']);
    let _ = scan.take("and");
    if !ENDS.iter().any(|word| scan.take(word)) {
        return None;
    }
    let last = take_pace(&mut scan)?;
    let _ = scan.take("by the end") || scan.take("at the end");
    let _ = scan.eat(&[')']);
    let _ = scan.eat(&['.']);
    // A time of the whole run is no pace.
    if !scan.rest().trim().is_empty() || first == last {
        return None;
    }
    Some(CommonForm { text: format!("{} from {first} to {last}", length.text), notes: Vec::new() })
}

fn names(scan: &mut TextScanner<'_>) -> bool {
    let mut named = false;
    while NAMES.iter().any(|word| scan.take(word)) {
        named = true;
    }
    named
}

/// `8km cutdown, 5:00 4:50 4:40 …`: as many paces as kilometres or miles, or one for each equal part.
pub(super) fn pace_for_each(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let mut named = names(&mut scan);
    let length = take_length(&mut scan).filter(|length| !length.is_time && length.value >= 1000.0)?;
    named |= names(&mut scan);
    let _ = scan.eat(&[',', ':', '(', '-', '@']);
    named |= names(&mut scan);
    let _ = scan.eat(&[',', ':', '(', '@']).is_some() || scan.take("at") || scan.take("as");
    let mut paces = Vec::new();
    while paces.len() < MOST_PIECES {
        let start = scan.at;
        if scan.clock().is_none() {
            scan.at = start;
            break;
        }
        let pace = text.get(start..scan.at)?.trim().to_string();
        paces.push(pace);
        let _ = scan.eat(&[',', '-', '/', '–', '>']);
    }
    let unit = if length.text.ends_with("mi") { "mi" } else { "km" };
    let _ = scan.take(&format!("/{unit}"))
        || scan.take(&format!("per {unit}"))
        || scan.take("pace")
        || scan.take("/mile");
    let _ = scan.eat(&[')']);
    let parts = paces.len() as f64;
    let each = length.number / parts;
    let is_even = each.fract().abs() < 1e-9 && each >= 1.0;
    if !scan.rest().trim().is_empty() || paces.len() < 3 || !is_even || (each > 1.0 && !named) {
        return None;
    }
    let steps: Vec<String> = paces.iter().map(|pace| format!("{each}{unit} {pace}/{unit}")).collect();
    let note = format!("The paces are taken for {each} {unit} each.");
    Some(CommonForm { text: steps.join(", "), notes: vec![note] })
}

/// `incline ladder: 2 min at 2%, 4%, 6%, 8%`, `3 min each at 1, 3 and 5% incline`.
pub(super) fn incline_for_each(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let tells = SLOPES.iter().any(|word| lower.contains(word));
    if !tells || !text.contains('%') {
        return None;
    }
    text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let head = text.get(..at)?;
        if head.ends_with(|c: char| c.is_ascii_digit() || ".:%".contains(c)) {
            return None;
        }
        let mut scan = TextScanner { text, at };
        let length = take_length(&mut scan)?;
        let target = target_before_inclines(&mut scan, head);
        let _ = scan.eat(&[',']);
        let _ = scan.take("each");
        let _ = scan.take("at") || scan.eat(&['@', ':']).is_some();
        let _ = scan.take("incline") || scan.take("inclines of") || scan.take("inclines");
        let percents = percentages(&mut scan)?;
        let _ = scan.take("incline") || scan.take("grade") || scan.take("inclines");
        let head = head.trim_end();
        let is_named = head.ends_with(':') || head.is_empty() || head.ends_with([',', ';', '\n']);
        let known = super::written_lengths::only_words(
            head,
            &[
                "incline",
                "ladder",
                "hill",
                "pyramid",
                "treadmill",
                "climb",
                "progression",
                "walk",
                "jog",
                "run",
                "workout",
                "tm",
            ],
        );
        if (!is_named && !known) || lower_is_heart(&lower) {
            return None;
        }
        let steps: Vec<String> =
            percents.iter().map(|percent| format!("{}{target} incline {percent}%", length.text)).collect();
        let head = if known { "" } else { head };
        let joint = if head.is_empty() { "" } else { " " };
        let note = format!("Each incline is taken for {}.", spoken(&length));
        let text = format!("{head}{joint}{}{}", steps.join(", "), scan.rest());
        Some(CommonForm { text, notes: vec![note] })
    })
}

/// Takes the speed or the verb of all steps, which may stand before their length.
fn target_before_inclines(scan: &mut TextScanner<'_>, head: &str) -> String {
    let verbs = ["walk", "jog"];
    let head = head.trim_end().to_ascii_lowercase();
    let verb =
        verbs.iter().find(|verb| head.ends_with(*verb)).or_else(|| verbs.iter().find(|verb| scan.take(verb)));
    let before = scan.clone();
    let _ = scan.take("each");
    let _ = scan.take("at") || scan.eat(&['@']).is_some();
    let speed = take_speed(scan);
    if speed.is_none() {
        *scan = before;
    }
    match (speed, verb) {
        (Some(speed), _) => format!(" {speed}"),
        (None, Some(verb)) => format!(" {verb}"),
        (None, None) => String::new(),
    }
}

fn spoken(length: &FoundLength) -> String {
    if length.is_time && length.value % 60.0 == 0.0 {
        format!("{} min", length.value / 60.0)
    } else {
        length.text.clone()
    }
}

/// True where a percentage may be one of the heart rate.
fn lower_is_heart(lower: &str) -> bool {
    ["hr", "bpm", "max", "heart"].iter().any(|word| lower.contains(word))
}

fn take_speed(scan: &mut TextScanner<'_>) -> Option<String> {
    let number = scan.number()?;
    let unit = scan.longest(super::super::units::SPEED_UNITS)?;
    Some(format!("{number}{unit}"))
}

/// Takes two or more percentages, of which the last has its sign.
fn percentages(scan: &mut TextScanner<'_>) -> Option<Vec<f64>> {
    let mut found: Vec<f64> = Vec::new();
    let mut has_sign = false;
    loop {
        let mark = scan.clone();
        let Some(number) = scan.number().filter(|n| *n <= 20.0) else {
            *scan = mark;
            break;
        };
        let signed = scan.eat(&['%']).is_some();
        if !signed
            && (scan.peek().is_some_and(char::is_alphabetic) && !scan.sees("and") && !scan.sees("then"))
        {
            *scan = mark;
            break;
        }
        has_sign = signed;
        found.push(number);
        let before = scan.clone();
        let joined = scan.eat(&[',', '/', '-', '>', '–']).is_some();
        let and = scan.take("and") || scan.take("then");
        if !(joined || and || scan.rest().starts_with(' ')) || found.len() >= MOST_PIECES {
            *scan = before;
            break;
        }
        let follows = scan.clone().number().is_some();
        if !follows {
            *scan = before;
            break;
        }
        let mut ahead = scan.clone();
        let _ = ahead.number();
        if ahead.eat(&['%']).is_none() && signed {
            *scan = before;
            break;
        }
    }
    (found.len() >= 2 && has_sign).then_some(found)
}
