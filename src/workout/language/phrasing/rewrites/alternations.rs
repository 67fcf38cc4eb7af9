//! Two pieces in turn for a whole run: `30' fartlek: 2' hard 1' easy`, `90/30 run walk, 40 minutes`, `beep me every 5 min for 30 min`.

use super::super::common_forms::CommonForm;
use super::super::scanner::TextScanner;
use super::super::text_tokens::TextTokens;
use super::written_lengths::{FoundLength, lengths_in, only_words};

/// Words around the total of a fartlek that say nothing more.
const AROUND: [&str; 14] = [
    "fartlek",
    "of",
    "with",
    "w/",
    "as",
    "run",
    "a",
    "continuous",
    "alternating",
    "for",
    "easy",
    "the",
    "repeating",
    "w",
];
/// Names of runs and walks.
const RUN_WALKS: [&str; 26] = [
    "run/walk",
    "run",
    "walk",
    "jog",
    "running",
    "walking",
    "intervals",
    "interval",
    "ratio",
    "of",
    "with",
    "w/",
    "for",
    "at",
    "using",
    "galloway",
    "jeff",
    "method",
    "easy",
    "program",
    "session",
    "in",
    "a",
    "the",
    "total",
    "run-walk",
];
/// Words for a sound.
const SOUNDS: [&str; 10] =
    ["beep", "beeps", "signal", "alert", "ping", "buzz", "chime", "ding", "bell", "beeping"];

/// `30' fartlek: 2' hard 1' easy`, `10 min wu, 20 min fartlek (1 on/1 off), 10 min cd`.
pub(super) fn fartlek(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let word = ["fartlek", "alternating", "repeating"].iter().find_map(|word| lower.find(word))?;
    // A comma inside of the brackets or after the colon belongs to the fartlek.
    let start = text.get(..word)?.rfind([',', ';', '\n']).map_or(0, |at| at + 1);
    let bracket = text.get(word..)?.find('(').map(|at| word + at);
    let end = match bracket {
        Some(open) => open + text.get(open..)?.find(')')? + 1,
        None => text.len(),
    };
    let piece = text.get(start..end)?;
    let alternate = fartlek_of(piece)?;
    let lead = text.get(..start)?;
    let joint = if lead.is_empty() { "" } else { " " };
    let written = format!("{lead}{joint}{}{}", alternate.text, text.get(end..)?);
    Some(CommonForm { text: written, notes: alternate.notes })
}

fn fartlek_of(piece: &str) -> Option<CommonForm> {
    let spelled = with_minutes(piece);
    let lengths = lengths_in(&spelled);
    let [total, first, second] = lengths.as_slice() else { return None };
    if !total.is_time || !first.is_time || !second.is_time {
        return None;
    }
    let around = format!("{} {}", spelled.get(..total.at.start)?, spelled.get(total.at.end..first.at.start)?);
    let around = around.replace(['(', '[', '/'], " ");
    let rounds = total.value / (first.value + second.value);
    if !only_words(&around, &AROUND) || rounds < 2.0 {
        return None;
    }
    let work = leg(spelled.get(first.at.end..second.at.start)?, "hard")?;
    let rest = leg(spelled.get(second.at.end..)?, "easy")?;
    let written = format!("alternate {} {work} / {} {rest} for {}", first.text, second.text, total.text);
    let note = format!("The two pieces are taken in turn for {}.", time(total));
    Some(CommonForm { text: written, notes: vec![note] })
}

/// `1 on/1 off` in minutes.
fn with_minutes(piece: &str) -> String {
    let mut tokens = TextTokens::of(piece);
    for at in (0..tokens.len()).rev() {
        let is_leg = tokens.word_after(at).is_some_and(|next| {
            ["on", "off", "hard", "easy", "fast"].iter().any(|word| tokens.is_word(next, word))
        });
        if is_leg && tokens.number(at).is_some_and(|n| n <= 10.0) {
            let text = format!("{} min", tokens.get(at));
            tokens.replace(at..at + 1, &text);
        }
    }
    tokens.text()
}

fn time(length: &FoundLength) -> String {
    if length.value % 60.0 == 0.0 {
        format!("{} min", length.value / 60.0)
    } else {
        format!("{} s", length.value)
    }
}

/// The effort of one piece, without marks around it.
fn leg<'a>(words: &'a str, other: &'a str) -> Option<&'a str> {
    let words = words.trim_matches([' ', ',', '/', '+', '&', ')', ']', '.', ';', '(']);
    let words = words.strip_suffix(" and").or_else(|| words.strip_suffix(" then")).unwrap_or(words);
    let words = words.trim_end_matches([' ', ',']);
    let words = words.strip_suffix(" repeated").or_else(|| words.strip_suffix(", repeat")).unwrap_or(words);
    match words {
        "" | "on" | "off" => Some(other),
        words if words.contains([',', '/', '(', ';', '\n']) || words.split(' ').count() > 4 => None,
        words => Some(words),
    }
}

/// `90/30 run walk, 40 minutes`, `5 miles run/walk 4:1`: how long it goes on stands beside it.
pub(super) fn run_walk_for(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let is_walk = lower.contains("walk") || lower.contains("galloway");
    let ratio = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let begins = !text.get(..at)?.ends_with(|c: char| c.is_ascii_digit() || ".:/".contains(c));
        let mut scan = TextScanner { text, at };
        let first = scan.number().filter(|n| begins && (0.25..=600.0).contains(n))?;
        let _ = scan.take("s") || scan.take("sec") || scan.take("min");
        scan.eat(&['/', ':'])?;
        let second = scan.number().filter(|n| (0.25..=600.0).contains(n))?;
        let unit = scan.clone();
        let _ = scan.take("s") || scan.take("sec") || scan.take("min");
        let is_clock = text.get(at..scan.at)?.contains(':') && second >= 10.0;
        if scan.peek().is_some_and(|c| c == ':' || c == '/' || c.is_ascii_digit()) || is_clock {
            return None;
        }
        let _ = unit;
        Some((at..scan.at, first, second))
    });
    let (at, _, _) = ratio.filter(|_| is_walk)?;
    let outside = format!("{}{}{}", text.get(..at.start)?, " ".repeat(at.len()), text.get(at.end..)?);
    let lengths = lengths_in(&outside);
    let [total] = lengths.as_slice() else { return None };
    let rest = format!("{} {}", outside.get(..total.at.start)?, outside.get(total.at.end..)?);
    if !only_words(&rest.replace('/', " "), &RUN_WALKS) || rest.contains("for") {
        return None;
    }
    let names =
        if lower.find("walk") < lower.find("run") && lower.contains("run") { "walk/run" } else { "run/walk" };
    let written = format!("{names} {} for {}", text.get(at)?, total.text);
    Some(CommonForm { text: written, notes: Vec::new() })
}

/// `beep me every 5 min for 30 min`, `30 min easy with a beep every 5 min`.
pub(super) fn beeps(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if lower.len() != text.len() || text.contains('|') {
        return None;
    }
    let word = SOUNDS.iter().find_map(|sound| {
        let at = lower.find(sound)?;
        (!lower.get(..at)?.ends_with(char::is_alphabetic)).then_some(at)
    })?;
    let every = lower.find("every").or_else(|| lower.find("each"))?;
    let lengths = lengths_in(text);
    let (period, total) = match lengths.as_slice() {
        [only] => {
            let minute = lower.get(every..)?.contains("every minute").then_some("60s")?;
            (minute.to_string(), only)
        }
        [first, second] if first.at.start > every && first.at.start < every + 12 => {
            (first.text.clone(), second)
        }
        [first, second] if second.at.start > every && second.at.start < every + 12 => {
            (second.text.clone(), first)
        }
        _ => return None,
    };
    let known = [
        "me", "every", "each", "for", "with", "a", "and", "run", "minute", "sound", "the", "in", "give",
        "set", "timer", "at", "w/", "or",
    ];
    let mut words: String = lower.clone();
    for length in &lengths {
        words.replace_range(length.at.clone(), &" ".repeat(length.at.len()));
    }
    let target: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || ",;:.".contains(c))
        .filter(|word| !word.is_empty() && !known.contains(word) && !SOUNDS.contains(word))
        .collect();
    let _ = word;
    let target = target.join(" ");
    let written = format!("{} {target} | every {period}: beep", total.text).replace("  ", " ");
    (target.split(' ').count() <= 2).then(|| CommonForm { text: written, notes: Vec::new() })
}

/// `40 min easy incl. 5 x 1 min surges every 5 min`: counted surges inside a run.
pub(super) fn counted_surges(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    let every = lower.find("every").filter(|_| lower.len() == text.len())?;
    let lengths = lengths_in(text);
    let [total, surge, period] = lengths.as_slice() else { return None };
    let head = text.get(total.at.end..surge.at.start)?;
    let count: String = head
        .trim_end()
        .strip_suffix(['x', 'X', '×'])?
        .trim_end()
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    let count: f64 = count.chars().rev().collect::<String>().parse().ok()?;
    let before = head
        .trim_end()
        .trim_end_matches(['x', 'X', '×'])
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let known = ["easy", "run", "with", "w/", "incl", "incl.", "including", "steady", "jog", "in"];
    let is_known =
        only_words(before, &known) && only_words(text.get(..total.at.start)?, &["easy", "run", "steady"]);
    let words = text.get(surge.at.end..every)?.trim().trim_matches(',').to_string();
    let all_times = total.is_time && surge.is_time && period.is_time;
    let is_end = text.get(period.at.end..)?.trim().is_empty();
    let left = total.value - count * period.value;
    let between = period.value - surge.value;
    if !is_known
        || !all_times
        || !is_end
        || period.at.start < every
        || left < 0.0
        || between <= 0.0
        || count < 2.0
    {
        return None;
    }
    let base = if lower.contains("steady") { "steady" } else { "easy" };
    let effort = if words.is_empty() { "fast" } else { &words };
    let tail = if left > 0.0 { format!(", {left}s {base}") } else { String::new() };
    let written = format!("{count} x ({between}s {base}, {} {effort}){tail}", surge.text);
    let note = format!(
        "Each of the {count} rounds of {} ends with its surge; the rest of the run is {base}.",
        time(period)
    );
    Some(CommonForm { text: written, notes: vec![note] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_pieces_of_a_fartlek() {
        let read = fartlek("30' fartlek: 2' hard 1' easy").map(|form| form.text);
        assert_eq!(read.as_deref(), Some("alternate 120s hard / 60s easy for 1800s"));
        assert_eq!(fartlek("30' fartlek"), None);
    }
}
