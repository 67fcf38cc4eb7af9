//! Reps that are counted before their length, and ways up and down: `8 hill repeats of 1 min, walk down`, `4 pickups of 30 sec`,
//! `2 miles up, 4x800, 2 miles down`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::written_lengths::{lengths_in, take_length};

/// Reps that are counted before their length, and what each is.
const COUNTED: [(&str, &str); 24] = [
    ("uphill repeats", "hill"),
    ("uphill sprints", "hill sprints"),
    ("uphills", "hill"),
    ("hill repeats", "hill"),
    ("hill repeat", "hill"),
    ("hill reps", "hill"),
    ("hill intervals", "hill"),
    ("hill efforts", "hill"),
    ("hill sprints", "hill sprints"),
    ("short hills", "hill"),
    ("long hills", "hill"),
    ("hills", "hill"),
    ("hill", "hill"),
    ("pickups", "pickups"),
    ("pick ups", "pickups"),
    ("strides", "strides"),
    ("surges", "surges"),
    ("sprints", "sprints"),
    ("bursts", "fast"),
    ("bouts", ""),
    ("repeats", ""),
    ("repetitions", ""),
    ("intervals", ""),
    ("efforts", ""),
];
/// Words between what is counted and its length.
const BEFORE_LENGTH: [&str; 6] = ["of around", "of about", "of", "lasting", "for", "at"];

/// `2 miles up, 4x800, 2 miles down`: a warm-up and a cool-down where nothing else tells of hills.
pub(super) fn up_and_down(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let mut written = text.to_string();
    let hilly = ["hill", "incline", "%", "stairs", "slope", "climb"];
    if hilly.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let last = lower
        .rfind([',', ';', '+', '\n'])
        .map(|at| at + 1)
        .or_else(|| lower.rfind(" then ").map(|at| at + 6));
    let is_length = |piece: &str| {
        let piece = piece.trim().trim_start_matches("then ").trim_start_matches("and ").to_string();
        let mut scan = TextScanner { text: &piece, at: 0 };
        take_length(&mut scan).is_some() && scan.rest().trim().is_empty()
    };
    if let Some(last) = last
        && let Some(piece) = lower.get(last..).map(|piece| piece.trim_end().trim_end_matches('.'))
        && let Some(length) = piece.strip_suffix(" down")
        && is_length(length)
    {
        let at = last + length.len();
        written.replace_range(at..last + piece.len(), " cool down");
    } else {
        return None;
    }
    // Without a piece between, it may be the hill itself.
    let first = lower.find([',', ';', '+', '\n']).filter(|first| last.is_some_and(|last| first + 1 < last));
    if let Some(first) = first
        && let Some(length) = lower.get(..first).and_then(|piece| piece.trim_end().strip_suffix(" up"))
        && is_length(length)
    {
        written.replace_range(length.len()..length.len() + 3, " warm up");
    }
    let notes = vec!["`down` at the end is taken as a cool-down.".to_string()];
    Some(CommonForm { text: written, notes })
}

/// `8 hill repeats of 1 min, walk down`, `4 pickups of 30 sec`, `5 x hill (1 min up, 90s down)`: the length after what it
/// counts.
pub(super) fn before_length(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let starts = lower.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at);
    starts
        .filter(|at| {
            !lower
                .get(..*at)
                .is_some_and(|head| head.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == ':'))
        })
        .find_map(|at| {
            let mut scan = TextScanner { text, at };
            let count = scan.number().filter(|n| n.fract() == 0.0 && (2.0..=50.0).contains(n))?;
            let mark = scan.clone();
            let mut counted = count.to_string();
            match scan.eat(&['-', '–']).and_then(|_| scan.number()) {
                Some(high) if high > count => counted = format!("{count}-{high}"),
                _ => scan = mark,
            }
            let _ = scan.eat(&['x', 'X', '×']);
            let what = scan.longest(&COUNTED)?;
            let _ = scan.eat(&['x', 'X', '×']);
            let is_hill = what.starts_with("hill");
            let of = BEFORE_LENGTH.iter().any(|word| scan.take(word));
            let open = is_hill && scan.eat(&['(', ',', ':', '-', '@']).is_some_and(|mark| mark == '(');
            // Only hills may have their length after a comma.
            if !of && !is_hill {
                return None;
            }
            let length = take_length(&mut scan)?;
            let rest = if is_hill { downhill(&mut scan, open)? } else { scan.rest().to_string() };
            let head = text.get(..at)?;
            let text = format!("{head}{counted} x {} {what}{rest}", length.text);
            Some(CommonForm { text, notes: Vec::new() })
        })
}

/// Returns what follows the length of a hill, with a jog for the way down.
fn downhill(scan: &mut TextScanner<'_>, open: bool) -> Option<String> {
    let _ = ["each", "long"].iter().any(|word| scan.take(word));
    let _ = ["uphill", "up hill", "hard up", "up hard", "up"].iter().any(|word| scan.take(word));
    let mark = scan.clone();
    let joined =
        scan.eat(&[',', '/', ';', '+']).is_some() || scan.take("with") || scan.take("w/") || scan.take("and");
    let _ = joined && scan.take("and");
    let way = if joined { way_down(scan) } else { None };
    let way = match way {
        Some(way) => format!(", {way}"),
        None => {
            *scan = mark;
            String::new()
        }
    };
    if open {
        scan.eat(&[')'])?;
    }
    Some(format!("{way}{}", scan.rest()))
}

/// `90s down`, `90s jog down`, `jog down`, `walk back`.
fn way_down(scan: &mut TextScanner<'_>) -> Option<String> {
    let mark = scan.clone();
    let length = take_length(scan);
    let walks = ["easy walk", "walk", "walking"].iter().any(|word| scan.take(word));
    let jogs = !walks && ["easy jog", "jogging", "jog", "easy", "slow"].iter().any(|word| scan.take(word));
    let down = ["back down", "down hill", "downhill", "down", "back"].iter().any(|word| scan.take(word));
    let _ = ["recovery", "to recover", "rest"].iter().any(|word| scan.take(word));
    let verb = if walks { "walk" } else { "jog" };
    match length {
        Some(length) if down || walks || jogs => Some(format!("{} {verb}", length.text)),
        None if down && (walks || jogs) => Some(format!("{verb} back")),
        _ => {
            *scan = mark;
            None
        }
    }
}

/// `8 x 90s uphill, 2 min down`: the way down is a jog.
pub(super) fn way_down_of_hills(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("hill") {
        return None;
    }
    let length = lengths_in(text).into_iter().find(|length| {
        let rest = lower.get(length.at.end..).unwrap_or_default().trim_start();
        let after = rest.strip_prefix("downhill").or_else(|| rest.strip_prefix("down"));
        after.is_some_and(|after| !after.starts_with(char::is_alphabetic))
    })?;
    let rest = text.get(length.at.end..)?;
    let size = if lower.get(length.at.end..)?.trim_start().starts_with("downhill") { 8 } else { 4 };
    let after = rest.trim_start().get(size..)?;
    let text = format!("{} jog{after}", text.get(..length.at.end)?);
    Some(CommonForm { text, notes: Vec::new() })
}
