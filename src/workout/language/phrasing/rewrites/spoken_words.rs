//! Words of a sentence where the notation has shorter ones: `60 seconds of running`, `1-and-a-half minutes`, `2 mi. WU`,
//! `jogged 400 between`, `100% effort`.

use super::super::common_forms::CommonForm;
use super::super::text_tokens::TextTokens;
use super::super::units::{LENGTHS, TIMES};
use super::prose::replace_all;

/// Words of which a text has to hold one, before its words are looked at one by one.
const SIGNS: [&str; 24] = [
    "running",
    "walking",
    "jogging",
    "half",
    "½",
    "walked",
    "jogged",
    "mi.",
    "min.",
    "mins.",
    "sec.",
    "secs.",
    "km.",
    "100%",
    "each one",
    " // ",
    "session is",
    "complete",
    "effort",
    "strides with",
    " minute",
    "begin",
    "start",
    "brisk",
];
/// What is done, and the word of the notation.
const GERUNDS: [(&str, &str); 3] = [("running", "run"), ("walking", "walk"), ("jogging", "jog")];
/// Words behind `60 seconds walking` that do not belong to it.
const AFTER_GERUND: [&str; 11] =
    ["and", "then", "for", "repeat", "repeated", "x", "followed", "at", "with", "before", "to"];
/// Phrases that have one meaning wherever they stand.
const PLAIN: [(&str, &str); 18] = [
    ("strides with jog-walk recovery", "strides with jog back"),
    ("strides with jog/walk recovery", "strides with jog back"),
    ("strides with jog recovery", "strides with jog back"),
    ("strides with walk recovery", "strides with walk back"),
    ("strides with walking recovery", "strides with walk back"),
    ("between each one", "between each"),
    (" // ", ", "),
    ("walked recovery", "walk recovery"),
    ("walked recoveries", "walk recovery"),
    ("walked rest", "walk"),
    ("jogged recoveries", "jog recovery"),
    ("jogged rest", "jog"),
    ("slow jog/walk", "jog"),
    ("slow jog or walk", "jog"),
    ("jog-walk", "jog/walk"),
    ("100% effort", "all out"),
    ("up-hill", "uphill"),
    ("up hill", "uphill"),
];
/// Words before a session that say nothing.
const OPENINGS: [&str; 9] = [
    "begin with a",
    "start with a",
    "begin with an",
    "start with an",
    "begin with",
    "the session is",
    "the workout is",
    "today's session is",
    "complete",
];

/// Returns the text in plain words.
pub(super) fn plain_words(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !SIGNS.iter().any(|sign| lower.contains(sign)) && !lower.contains("up hill") {
        return None;
    }
    let mut tokens = TextTokens::of(&text.replace(" ½", "½"));
    opening(&mut tokens);
    halves(&mut tokens);
    for (phrase, meaning) in PLAIN {
        replace_all(&mut tokens, phrase, meaning, |_, _| true);
    }
    let mut tokens = TextTokens::of(&tokens.text());
    and_a_half(&mut tokens);
    unit_after_clock(&mut tokens);
    gerunds(&mut tokens);
    without_dots(&mut tokens);
    length_between(&mut tokens);
    half_mile(&mut tokens);
    let written = tokens.text();
    (written != text).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// `4' walk or jog back down`, `4 min jog downhill`: the length says how long the way down is.
pub(super) fn way_back(text: &str) -> Option<CommonForm> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains("down") {
        return None;
    }
    let mut tokens = TextTokens::of(text);
    for ways in ["back down", "downhill", "down hill", "down", "back"] {
        let size = TextTokens::of(ways).len();
        for at in (1..tokens.len()).rev() {
            let verb = tokens.word_before(at).filter(|_| tokens.find_from(ways, at) == Some(at));
            let verb = verb.filter(|verb| ["jog", "walk"].iter().any(|word| tokens.is_word(*verb, word)));
            let Some(verb) = verb else { continue };
            let joint = tokens.word_before(verb);
            let either = joint.filter(|or| tokens.is_word(*or, "or") || tokens.get(*or) == "/");
            let first = either.and_then(|or| tokens.word_before(or)).unwrap_or(verb);
            let unit = tokens
                .word_before(first)
                .filter(|unit| is_measured(&tokens, *unit) || tokens.get(*unit) == "'");
            if unit.is_some() {
                tokens.replace(verb + 1..at + size, "");
            }
        }
    }
    let written = tokens.text();
    (written != text).then_some(CommonForm { text: written, notes: Vec::new() })
}

/// `Begin with a brisk 5-minute walk`.
fn opening(tokens: &mut TextTokens) {
    for opening in OPENINGS {
        let size = TextTokens::of(opening).len();
        let is_brisk = tokens.word_after(size - 1).is_some_and(|next| tokens.is_word(next, "brisk"));
        if tokens.find(opening) == Some(0) && (is_brisk || tokens.starts_number(size)) {
            tokens.replace(0..size, "");
            *tokens = TextTokens::of(tokens.text().trim_start());
            return;
        }
    }
}

fn is_unit(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    TIMES.iter().any(|(unit, _)| *unit == word) || LENGTHS.iter().any(|(unit, _)| *unit == word)
}

/// True at a unit with its number before it: `60 seconds`, `5-minute`.
fn is_measured(tokens: &TextTokens, unit: usize) -> bool {
    let Some(before) = tokens.word_before(unit) else { return false };
    let number = if tokens.get(before) == "-" { before.checked_sub(1) } else { Some(before) };
    is_unit(tokens.get(unit)) && number.is_some_and(|number| tokens.number(number).is_some())
}

/// `2½ minutes`.
fn halves(tokens: &mut TextTokens) {
    for at in (1..tokens.len()).rev() {
        let is_whole = tokens.number(at - 1).is_some_and(|number| number.fract() == 0.0);
        if tokens.get(at) == "½"
            && is_whole
            && tokens.word_after(at).is_some_and(|unit| is_unit(tokens.get(unit)))
        {
            let number = format!("{}.5", tokens.get(at - 1));
            tokens.replace(at - 1..at + 1, &number);
        }
    }
}

/// `1-and-a-half minutes`, `two and a half miles`.
fn and_a_half(tokens: &mut TextTokens) {
    for at in (1..tokens.len()).rev() {
        let words: Vec<usize> =
            (at..tokens.len()).filter(|i| ![" ", "-"].contains(&tokens.get(*i))).take(4).collect();
        let [and, a, half, unit] = words.as_slice() else { continue };
        let is_phrase =
            tokens.is_word(*and, "and") && tokens.is_word(*a, "a") && tokens.is_word(*half, "half");
        let number = (0..at).rev().find(|i| ![" ", "-"].contains(&tokens.get(*i)));
        if *and != at || !is_phrase || !is_unit(tokens.get(*unit)) {
            continue;
        }
        if let Some((number, value)) =
            number.and_then(|number| Some((number, whole_number(tokens.get(number))?)))
        {
            tokens.replace(number..*half + 1, &format!("{value}.5"));
            return and_a_half(tokens);
        }
    }
}

fn whole_number(word: &str) -> Option<u32> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match words.iter().zip(1..).find(|(name, _)| name.eq_ignore_ascii_case(word)) {
        Some((_, number)) => Some(number),
        None => word.parse().ok(),
    }
}

/// `1:30 minute rest`: the clock says it already.
fn unit_after_clock(tokens: &mut TextTokens) {
    for at in (0..tokens.len()).rev() {
        let unit = tokens.word_after(at + 2);
        if tokens.is_clock(at)
            && tokens.get(at + 3) != ":"
            && let Some(unit) = unit
        {
            let is_minutes =
                ["min", "mins", "minute", "minutes"].iter().any(|word| tokens.is_word(unit, word));
            if is_minutes && tokens.get(unit + 1) == " " {
                tokens.replace(at + 3..unit + 1, "");
            }
        }
    }
}

/// `60 seconds of running`, `90 seconds walking`.
fn gerunds(tokens: &mut TextTokens) {
    for at in (0..tokens.len()).rev() {
        let Some((_, verb)) = GERUNDS.iter().find(|(gerund, _)| tokens.is_word(at, gerund)) else { continue };
        let before = tokens.word_before(at);
        let of = before.filter(|of| tokens.is_word(*of, "of"));
        let unit = of.map_or(before, |of| tokens.word_before(of));
        let Some(unit) = unit.filter(|unit| is_measured(tokens, *unit)) else { continue };
        let next = tokens.word_after(at).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
        let ends = !next.starts_with(char::is_alphabetic) || AFTER_GERUND.contains(&next.as_str());
        // `60 seconds of running, 90 seconds of walking`
        if ends {
            tokens.replace(unit + 1..at + 1, &format!(" {verb}"));
        }
    }
}

/// `2 mi. WU`, `10 min. @ 10k`: the dot of a unit ends no sentence where the step goes on.
fn without_dots(tokens: &mut TextTokens) {
    let goes_on =
        ["wu", "cd", "w", "warm", "cool", "easy", "jog", "tempo", "rest", "recovery", "steady", "hard"];
    for at in (2..tokens.len()).rev() {
        if tokens.get(at) != "." || !is_measured(tokens, at - 1) {
            continue;
        }
        let next = tokens.word_after(at).map_or("", |next| tokens.get(next)).to_string();
        let is_lower = next.starts_with(char::is_lowercase);
        let is_mark = !next.starts_with(char::is_alphanumeric) && next != "\n";
        if is_mark || is_lower || goes_on.iter().any(|word| next.eq_ignore_ascii_case(word)) {
            tokens.replace(at..at + 1, "");
        }
    }
}

/// `half mile jog`: a length, unless it names a pace.
fn half_mile(tokens: &mut TextTokens) {
    let phrases = [("half a mile", "0.5 mile"), ("half mile", "0.5 mile"), ("quarter mile", "0.25 mile")];
    for (phrase, meaning) in phrases {
        let size = TextTokens::of(phrase).len();
        let Some(at) = tokens.find(phrase) else { continue };
        let next = tokens.word_after(at + size - 1).map_or("", |next| tokens.get(next)).to_ascii_lowercase();
        let before = tokens.word_before(at).map_or("", |word| tokens.get(word)).to_ascii_lowercase();
        let is_part =
            ["first", "second", "last", "final", "a", "and", "the", "other"].contains(&before.as_str());
        if !is_part && !["pace", "effort", "marathon"].contains(&next.as_str()) {
            tokens.replace(at..at + size, meaning);
        }
    }
}

/// `jogged 400 between`, `jog 400 between`: the verb behind its length.
fn length_between(tokens: &mut TextTokens) {
    for (verb, plain) in [("jogged", "jog"), ("walked", "walk")] {
        let Some(at) = tokens.find(verb) else { continue };
        let Some(number) = tokens.word_after(at).filter(|next| tokens.number(*next).is_some()) else {
            continue;
        };
        let Some(mut end) = tokens.word_after(number) else { continue };
        if is_unit(tokens.get(end)) {
            let Some(next) = tokens.word_after(end) else { continue };
            end = next;
        }
        if tokens.is_word(end, "between") {
            let length = tokens.slice(number..end).trim_end().to_string();
            tokens.replace(at..end, &format!("{length} {plain} "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_plain() {
        for (text, written) in [
            ("60 seconds of running and 90 seconds of walking", "60 seconds run and 90 seconds walk"),
            ("Begin with a brisk 5-minute walk", "brisk 5-minute walk"),
            ("1-and-a-half minutes of walking", "1.5 minutes walk"),
            ("2 mi. WU, 10 min. @ 10k", "2 mi WU, 10 min @ 10k"),
            ("4 x 1 mile, jogged 400 between", "4 x 1 mile, 400 jog between"),
            ("400m with 1:30 minute rest", "400m with 1:30 rest"),
        ] {
            assert_eq!(plain_words(text).map(|form| form.text).as_deref(), Some(written), "{text}");
        }
        for text in ["30 sec walking lunges", "30 min. Then 4 strides", "half marathon pace"] {
            assert!(plain_words(text).is_none(), "{text}");
        }
    }
}
