//! An incline of all steps: `6 x 2 min hard w/ 2 min easy, all on 2% incline`, `…, 1% throughout`, `set the incline to 2%: …`,
//! `5 min 0%, 5 min 5%, 5 min 10% @ 5.5 km/h`.

use super::super::common_forms::CommonForm;
use super::super::rephrase;
use super::super::scanner::TextScanner;
use super::super::units::SPEED_UNITS;
use super::written_lengths::{label_end, take_length};

/// Words that say that an incline is that of every step.
const ALL: [&str; 9] =
    ["all", "everything", "throughout", "whole", "treadmill", "tm", "entire", "always", "constant"];
/// Other words around such an incline.
const AROUND: [&str; 29] = [
    "on", "at", "@", "a", "an", "the", "of", "with", "w/", "set", "to", "run", "done", "incline", "grade",
    "gradient", "slope", "hill", "session", "workout", "time", "way", "through", "for", "reps", "steps",
    "it", "thing", "inclined",
];
/// Words before an incline that opens a session.
const OPENINGS: [&str; 12] = [
    "increase the incline to",
    "raise the incline to",
    "set the incline to",
    "set incline to",
    "set the incline at",
    "set incline at",
    "set treadmill to",
    "set the treadmill to",
    "treadmill at",
    "treadmill on",
    "incline",
    "everything at",
];
/// The steepest incline of a treadmill, in percent.
const STEEPEST: f64 = 40.0;

/// `…, all on 2% incline`, `…, treadmill 1%`, `… on a 4% grade`: the incline at the end is that of every step.
pub(super) fn at_the_end(text: &str) -> Option<CommonForm> {
    let trimmed = text.trim_end_matches([' ', '.', ')', '!']);
    let sign = trimmed.rfind('%')?;
    let after = trimmed.get(sign + 1..)?;
    let number_at = trimmed.get(..sign)?.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let percent: f64 = trimmed.get(number_at..sign)?.parse().ok().filter(|percent| *percent <= STEEPEST)?;
    let mut head = trimmed.get(..number_at)?;
    let mut words: Vec<String> = after.split_whitespace().map(str::to_lowercase).collect();
    loop {
        let rest = head.trim_end_matches([' ', '(']);
        let start = rest.rfind([' ', ',', ';', '(', '\n']).map_or(0, |at| at + 1);
        let word = rest.get(start..)?.to_lowercase();
        if !is_known(&word) || start == 0 {
            break;
        }
        words.push(word);
        head = rest.get(..start)?;
    }
    // Where it follows other steps without a comma, the incline is that of the last one.
    let is_last = head.contains([',', ';']) && !head.trim_end().ends_with([',', ';', '(']);
    let is_weak = |word: &str| ["treadmill", "tm", "constant"].contains(&word);
    let is_all = words.iter().any(|word| ALL.contains(&word.as_str()) && !(is_last && is_weak(word)));
    // `8 x 1 min hard, 1 min easy on a 4% grade`
    let is_ground = words.iter().any(|word| word == "on") && words.iter().any(|word| word == "a");
    let is_ground = is_ground && !is_last;
    let is_known = words.iter().all(|word| is_known(word));
    let head = head.trim_end_matches([' ', ',', ';', '(', '-', '–', '\n']);
    if head.is_empty() || !is_known || !(is_all || is_ground) {
        return None;
    }
    with_incline(head, percent)
}

fn is_known(word: &str) -> bool {
    ALL.contains(&word) || AROUND.contains(&word)
}

/// `set the incline to 2%: 6.0 mph for 5 min, …`: the incline before the session is that of every step.
pub(super) fn at_the_start(text: &str) -> Option<CommonForm> {
    let mut scan = TextScanner { text, at: 0 };
    let opening = OPENINGS.iter().find(|opening| scan.take(opening));
    let percent = scan.number().filter(|percent| *percent <= STEEPEST)?;
    scan.eat(&['%'])?;
    let named = ["incline", "grade", "gradient"].iter().any(|word| scan.take(word));
    let _ = scan.take("throughout") || scan.take("for everything");
    let mark = scan.eat(&[':', ';', ',', '.', '\n'])?;
    let is_told = opening.is_some_and(|opening| opening.contains(' ')) || mark == ':';
    (is_told && (opening.is_some() || named)).then(|| with_incline(scan.rest().trim(), percent))?
}

/// Returns the notation of `session` with an incline at every step that has none of its own.
fn with_incline(session: &str, percent: f64) -> Option<CommonForm> {
    if session.contains(['|', '"']) || session.contains('%') && session.contains("incline") {
        return None;
    }
    let read = rephrase(session).ok()?;
    let notation: String = read.edits.into_iter().map(|(_, text)| text).collect();
    let mut notes = vec![format!("The incline of {percent} % is taken as that of every step.")];
    notes.extend(read.notes);
    Some(CommonForm { text: inclined(&notation, percent), notes })
}

/// Writes an incline behind every step of a notation.
fn inclined(notation: &str, percent: f64) -> String {
    let mut written = String::new();
    let mut piece = String::new();
    for (at, c) in notation.char_indices() {
        let is_between = c == '/' && notation.get(..at).is_some_and(|before| before.ends_with(' '));
        if ",()\n".contains(c) || is_between {
            written.push_str(&step_on(&piece, percent));
            piece.clear();
            written.push(c);
        } else {
            piece.push(c);
        }
    }
    written + &step_on(&piece, percent)
}

fn step_on(piece: &str, percent: f64) -> String {
    let body = piece.trim_end();
    let stands = body.ends_with("rest") || body.contains("incline");
    let is_step = body.trim_start().contains(' ') || body.ends_with(char::is_alphanumeric);
    if body.trim().is_empty() || !is_step || stands || body.trim() == "then" {
        return piece.to_string();
    }
    let (step, total) = match body.find(" for ") {
        Some(at) => body.split_at(at),
        None => (body, ""),
    };
    format!("{step} incline {percent}%{total}{}", &piece[body.len()..])
}

/// `5 min 0%, 5 min 5%, 5 min 10% @ 5.5 km/h`, `walk 4 mph: 2 min 4%, 2 min 6%`: one speed on several inclines.
pub(super) fn speed_of_all(text: &str) -> Option<CommonForm> {
    let label = label_end(text);
    let (title, list) = match label {
        Some(end) => (text.get(..end)?, text.get(end + 1..)?),
        None => ("", text),
    };
    let pieces: Vec<&str> = list.split(',').map(str::trim).collect();
    let mut speed = speed_in(title);
    let mut steps = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let mut scan = TextScanner { text: piece, at: 0 };
        let length = take_length(&mut scan)?;
        let _ = scan.take("at") || scan.eat(&['@']).is_some();
        let _ = scan.take("incline");
        let percent = scan.number().filter(|percent| *percent <= STEEPEST)?;
        scan.eat(&['%'])?;
        let _ = scan.take("incline");
        if !scan.is_done() {
            let is_last = index + 1 == pieces.len();
            let _ = scan.take("all");
            let _ = scan.take("at") || scan.eat(&['@']).is_some();
            let at_end = speed_in(scan.rest()).filter(|_| is_last && speed.is_none())?;
            speed = Some(at_end);
        }
        steps.push((length.text, percent));
    }
    let speed = speed.filter(|_| steps.len() > 1)?;
    let steps: Vec<String> =
        steps.iter().map(|(length, percent)| format!("{length} {speed} incline {percent}%")).collect();
    let note = format!("{speed} is taken as the speed of every step.");
    Some(CommonForm { text: steps.join(", "), notes: vec![note] })
}

/// Returns the speed of a text that holds nothing else but words for a walk or a run.
fn speed_in(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let words = text.get(..at)?.to_lowercase();
    let known = ["walk", "incline", "run", "jog", "hill", "treadmill", "at", "@", "tm", "hike"];
    let mut scan = TextScanner { text, at };
    let number = scan.number()?;
    let unit = scan.longest(SPEED_UNITS)?;
    let is_known = words.split_whitespace().all(|word| known.contains(&word));
    (is_known && scan.is_done()).then(|| format!("{number}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incline_belongs_to_every_step() {
        for (text, written) in [
            (
                "6 x 2 min hard w/ 2 min easy, all on 2% incline",
                "6×2min hard incline 2% / 2min easy incline 2%",
            ),
            ("6 x 90 sec 10mph / 90 sec 6mph, 1% throughout", "6×90s 10mph incline 1% / 90s 6mph incline 1%"),
            ("10 min easy, 5 x 1 min hard / 60s rest, treadmill 1%", {
                "10min easy incline 1%, 5×60s hard incline 1% / 60s rest"
            }),
        ] {
            assert_eq!(at_the_end(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        let opened = at_the_start("Set the incline to 2%; 5 min easy, 5 min hard").map(|form| form.text);
        assert_eq!(opened.as_deref(), Some("5min easy incline 2%, 5min hard incline 2%"));
        for text in ["6x400m 5K, 90% effort", "20 min at 85%", "30 min easy at 2% incline"] {
            assert!(at_the_end(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_speed_belongs_to_every_incline() {
        for (text, written) in [
            (
                "incline walk: 5 min 0%, 5 min 5% @ 5.5 km/h",
                "300s 5.5km/h incline 0%, 300s 5.5km/h incline 5%",
            ),
            ("walk 4 mph: 2 min 4%, 2 min 6%", "120s 4mph incline 4%, 120s 4mph incline 6%"),
        ] {
            assert_eq!(speed_of_all(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        assert!(speed_of_all("5 min 0%, 5 min 5%").is_none());
    }
}
