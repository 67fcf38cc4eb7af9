//! Whole lines with a mark, a bracket or a spelling that pacebell does not read.

use super::slip::{Advice, Rule, Slip};
use super::words::{first_word, leading_number};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 10] = [
    look_alikes,
    quoted_line,
    square_brackets,
    joined_words,
    named_numbers,
    named_speed,
    heart_rate_ceiling,
    spoken_pace,
    ramp_of_clocks,
    next_step,
];

/// Letters and signs of other alphabets that look like `x`, and signs for a slash.
const LOOK_ALIKES: [(char, &str); 9] = [
    ('х', "×"),
    ('Х', "×"),
    ('✕', "×"),
    ('✖', "×"),
    ('⨯', "×"),
    ('ｘ', "×"),
    ('⁄', "/"),
    ('∕', "/"),
    ('／', "/"),
];

/// `8х400m` with a Cyrillic letter.
fn look_alikes(slip: &Slip<'_>) -> Option<Advice> {
    let (sign, meant) = LOOK_ALIKES.iter().find(|(sign, _)| slip.whole().contains(*sign))?;
    let text = slip.whole().replace(*sign, meant);
    Some(Advice::new(format!("`{sign}` only looks like `{meant}`"), vec![slip.rewrite(text)]))
}

/// `'10min easy'`.
fn quoted_line(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let quotes = ["\"\"", "''", "``", "“”", "‘’", "„“", "«»"];
    let inner = quotes.iter().find_map(|pair| {
        let mut pair = pair.chars();
        text.strip_prefix(pair.next()?)?.strip_suffix(pair.next()?)
    })?;
    let lead = "steps stand without quotes";
    inner.contains(|c: char| c.is_ascii_digit()).then(|| Advice::new(lead, vec![slip.rewrite(inner)]))
}

/// `8x[60s hard, 60s easy]`.
fn square_brackets(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let is_square = text.contains(['[', ']']) || text.contains(['{', '}']) && text.contains([' ', ',']);
    let round = text.replace(['[', '{'], "(").replace([']', '}'], ")");
    is_square.then(|| Advice::new("steps stand in round brackets", vec![slip.rewrite(round)]))
}

/// Words that were written as one, or with a mark between, and how pacebell reads them.
const JOINED: [(&str, &str); 16] = [
    ("subthreshold", "sub threshold"),
    ("subt ", "sub threshold "),
    ("kmpace", "K pace"),
    ("km-pace", "K pace"),
    ("km pace", "K pace"),
    ("kpace", "K pace"),
    ("mpace", "M pace"),
    ("racepace", "race pace"),
    ("warmup:", "warmup "),
    ("cooldown:", "cooldown "),
    ("z-", "Z"),
    ("z.", "Z"),
    ("z ", "Z"),
    ("zone-", "Z"),
    ("rpe-", "RPE "),
    ("rpe.", "RPE "),
];

/// `400m @ 5kpace`, `30min Z-2`.
fn joined_words(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let lower = text.to_ascii_lowercase();
    let (written, meant, at) = JOINED.iter().find_map(|(written, meant)| {
        let at = lower.find(written)?;
        // Only a mark or a number stands before it.
        let is_word = !text.get(..at)?.ends_with(char::is_alphabetic);
        is_word.then_some((*written, *meant, at))
    })?;
    let (before, behind) = (text.get(..at)?, text.get(at + written.len()..)?);
    Some(Advice::ask(vec![slip.rewrite(format!("{before}{meant}{behind}")).computed()]))
}

/// `10min RPE: 6`.
fn named_numbers(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let name = ["RPE", "rpe", "HR", "hr", "Pace", "pace", "zone", "Zone"];
    let (name, mark) = name.iter().flat_map(|name| [(name, ':'), (name, '=')]).find(|(name, mark)| {
        text.contains(&format!(" {name}{mark}")) || text.contains(&format!(" {name} {mark}"))
    })?;
    let plain = text.replace(&format!(" {name} {mark}"), &format!(" {name}"));
    let plain = plain.replace(&format!(" {name}{mark}"), &format!(" {name} "));
    let plain =
        if name.eq_ignore_ascii_case("pace") { plain.replace(&format!(" {name} "), " @ ") } else { plain };
    Some(Advice::new("no mark stands before the number", vec![slip.rewrite(plain.replace("  ", " "))]))
}

/// `5min speed 12`, `5min at level 8`.
fn named_speed(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let lower = text.to_ascii_lowercase();
    let (name, at) = ["speed", "level", "intensity"]
        .iter()
        .find_map(|name| Some((*name, lower.find(&format!(" {name} "))?)))?;
    let (number, rest) = leading_number(text.get(at + name.len() + 2..)?.trim_start())?;
    let before = text.get(..at)?.trim_end();
    let before = before.strip_suffix(" at").or_else(|| before.strip_suffix('@')).unwrap_or(before).trim_end();
    let speed = slip.rewrite(format!("{before} {number}km/h{rest}")).noted("for the speed").computed();
    let effort = slip.rewrite(format!("{before} RPE {number}{rest}")).noted("for the effort").computed();
    let lead = format!("`{name}` of what?");
    Some(Advice::new(lead, if name == "speed" { vec![speed] } else { vec![speed, effort] }))
}

/// `30min <140bpm`, `30min under 140 bpm`.
fn heart_rate_ceiling(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (mark, at) = ["<=", "<", "≤", " under ", " below ", " max ", " up to ", " less than ", " at most "]
        .iter()
        .find_map(|mark| Some((*mark, text.find(mark)?)))?;
    let (beats, unit) = leading_number(text.get(at + mark.len()..)?.trim_start())?;
    let rest = unit.trim_start().strip_prefix("bpm").or_else(|| unit.trim_start().strip_prefix("beats"))?;
    let before = text.get(..at)?.trim_end();
    let before = before.strip_suffix("HR").unwrap_or(before).trim_end();
    if !(50.0..=230.0).contains(&beats) {
        return None;
    }
    let range = slip.rewrite(format!("{before} {}-{beats}bpm{rest}", beats - 20.0));
    Some(Advice::new("a heart rate has two ends", vec![range]))
}

/// `5km @ 4m30s/km`.
fn spoken_pace(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let at = text.find("/km").or_else(|| text.find("/mi"))?;
    let (before, unit) = text.split_at(at);
    let digits = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
    let head = before.trim_end_matches(['s', '"', '″']);
    let (head, seconds) = head.split_at_checked(head.len() - digits(head))?;
    let head = head.strip_suffix("min").or_else(|| head.strip_suffix(['m', '\'', '′']))?;
    let (head, minutes) = head.split_at_checked(head.len() - digits(head))?;
    if seconds.is_empty() || minutes.is_empty() {
        return None;
    }
    let text = format!("{head}{minutes}:{seconds:0>2}{unit}");
    Some(Advice::new("a pace has a colon", vec![slip.rewrite(text).computed()]))
}

/// `10 km @ 6:00 -> 5:00`: which unit do the two paces have?
fn ramp_of_clocks(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let (before, behind) = text.split_once("->").or_else(|| text.split_once('→'))?;
    let before = before.trim_end();
    let (head, first) = before.rsplit_once([' ', '@'])?;
    let (second, rest) = first_word(behind);
    let is_clock = |word: &str| word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || c == ':');
    if !is_clock(first) || !is_clock(second) {
        return None;
    }
    let head = head.trim_end().trim_end_matches('@').trim_end();
    let space = if rest.is_empty() { "" } else { " " };
    let of = |unit: &str| slip.rewrite(format!("{head} {first}/{unit} -> {second}/{unit}{space}{rest}"));
    let in_miles = head.ends_with("mi") || head.ends_with("mile") || head.ends_with("miles");
    let units = if in_miles { ["mi", "km"] } else { ["km", "mi"] };
    Some(Advice::new("both paces need a unit", units.into_iter().map(of).collect()))
}

/// Words that stand between two steps.
const NEXT_WORDS: [&str; 6] = [" next ", " after that ", " afterwards ", " and after ", " and next ", " => "];

/// `10min easy next 20min tempo`.
fn next_step(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole();
    let word = NEXT_WORDS.iter().find(|word| text.contains(*word))?;
    let lead = "a comma stands between two steps";
    Some(Advice::new(lead, vec![slip.rewrite(text.replace(word, ", "))]))
}
