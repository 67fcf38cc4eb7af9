//! Common forms that are put into other words before they are read: `K's x 5 @ 10k`, `18M w/ 10 @ MP`, `EMOM 10: …`.
//!
//! Each form is looked for only in a text that cannot be read otherwise, except those that would be misread.

use super::daniels;
use super::plan_forms;
use super::text_tokens::{LONGEST_TEXT, TextTokens};

/// A text in other words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CommonForm {
    pub(crate) text: String,
    /// What was decided on the way, in sentences for the list of assumptions.
    pub(crate) notes: Vec<String>,
}

/// A form: changes the text, and returns what it decided, or nothing where it finds nothing to change.
type FormReader = fn(&mut TextTokens) -> Option<String>;

/// The longest distance that `M` is read in miles, alone and times a count.
const LONGEST_IN_MILES: f64 = 32.0;
const LONGEST_REPS_IN_MILES: f64 = 20.0;
/// The number of strides where none is written.
const STRIDES: &str = "6 strides";

/// Returns `text` in other words where it would be misread.
pub(super) fn misread(text: &str) -> Option<CommonForm> {
    changed(text, &[long_run_in_hours, plan_forms::every_minute])
}

/// Returns `text` in other words, if it holds a form of this list.
pub(super) fn unread(text: &str) -> Option<CommonForm> {
    changed(
        text,
        &[
            plan_forms::sign,
            plan_forms::title,
            plan_forms::on_treadmill,
            plan_forms::start_and_finish,
            plan_forms::after_a_run,
            plan_forms::sets_last,
            plan_forms::no_rest,
            plan_forms::galloway,
            plan_forms::plan_name,
            plan_forms::day_of_plan,
            kilometre_reps,
            plan_forms::alternating_kilometres,
            faster_and_faster,
            shape_of_list,
            bracketed_recovery,
            minutes_on_and_off,
            plural_reps,
            equal_rest,
            alternatives,
            plan_forms::speed_over_time,
            plan_forms::numbered_miles,
            percent_of_maximum,
            plan_forms::length_of_incline_walk,
            range_to_half,
            range_of_races,
            all_with,
            strides_without_count,
            miles,
            daniels::in_written_unit,
        ],
    )
}

fn changed(text: &str, forms: &[FormReader]) -> Option<CommonForm> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let mut tokens = TextTokens::of(text);
    let notes: Vec<String> = forms.iter().filter_map(|form| form(&mut tokens)).collect();
    let changed = tokens.text();
    let notes = notes.into_iter().filter(|note| !note.is_empty()).collect();
    (changed != text).then_some(CommonForm { text: changed, notes })
}

/// `Long run 2:00`: nobody runs long for two minutes.
fn long_run_in_hours(tokens: &mut TextTokens) -> Option<String> {
    let words = ["long run", "long", "lr"];
    let at = words.iter().find_map(|name| tokens.find(name)).filter(|_| tokens.count_words() <= 3)?;
    let clock = (0..tokens.len()).find(|i| tokens.is_clock(*i) && tokens.get(i + 3) != ":")?;
    let hours: u32 = tokens.get(clock).parse().ok().filter(|hours| (1..=5).contains(hours))?;
    let minutes: u32 = tokens.get(clock + 2).parse().ok()?;
    let is_alone = tokens.count_numbers() == 2;
    if !is_alone || at == clock {
        return None;
    }
    let note = format!("`{hours}:{minutes:02}` of a long run is taken as hours and minutes.");
    tokens.replace(clock..clock + 3, &format!("{} min", 60 * hours + minutes));
    Some(note)
}

/// `K's x 5 @ 10k`, `5 x K @ 10k`, `miles x 4 @ 10k`.
fn kilometre_reps(tokens: &mut TextTokens) -> Option<String> {
    let unit = |word: &str| match word.to_lowercase().as_str() {
        "k's" | "ks" | "kms" | "km's" | "k" | "km" | "kilometres" | "kilometers" => Some("1 km"),
        "miles" => Some("1 mile"),
        _ => None,
    };
    let at = (0..tokens.len()).find(|i| {
        let follows = tokens.word_after(*i).is_some_and(|next| ["x", "×"].contains(&tokens.get(next)));
        let leads = tokens.word_before(*i).is_some_and(|before| {
            ["x", "×"].contains(&tokens.get(before).to_lowercase().as_str())
                && tokens.word_before(before).is_some_and(|count| tokens.number(count).is_some())
        });
        let numbered = tokens.word_before(*i).is_some_and(|before| tokens.number(before).is_some());
        unit(tokens.get(*i)).is_some() && !numbered && (follows || leads)
    })?;
    let text = unit(tokens.get(at))?;
    tokens.replace(at..at + 1, text);
    Some(String::new())
}

/// `…, increasing pace`: no pace is named.
fn faster_and_faster(tokens: &mut TextTokens) -> Option<String> {
    let phrases = [
        "increasing the pace",
        "increasing pace",
        "increasing speed",
        "getting faster each rep",
        "getting faster",
        "faster each rep",
        "each faster",
        "each rep faster",
        "each one faster",
    ];
    let (at, phrase) = phrases.iter().find_map(|phrase| Some((tokens.find(phrase)?, *phrase)))?;
    let end = at + TextTokens::of(phrase).len();
    let start = tokens.word_before(at).filter(|before| tokens.get(*before) == ",").unwrap_or(at);
    tokens.replace(start..end, "");
    Some(format!("`{phrase}` names no paces, so it is left to you."))
}

/// `2k, 1.5k, 1k, 500m cutdown, 2 min rest`: the word after a list of lengths only says what the list is.
fn shape_of_list(tokens: &mut TextTokens) -> Option<String> {
    let names = ["cutdown", "cut down", "ladder", "pyramid", "fartlek"];
    let (at, name) = names.iter().find_map(|name| Some((tokens.find(name)?, *name)))?;
    let lengths = (0..at).filter(|i| tokens.number(*i).is_some()).count();
    if lengths < 3 {
        return None;
    }
    tokens.replace(at..at + TextTokens::of(name).len(), "");
    Some(String::new())
}

/// `8 x (200 R w/ 200 jg)`: one step and its recovery in brackets.
fn bracketed_recovery(tokens: &mut TextTokens) -> Option<String> {
    let open = (0..tokens.len()).find(|i| {
        tokens.get(*i) == "("
            && tokens.word_before(*i).is_some_and(|before| ["x", "×"].contains(&tokens.get(before)))
    })?;
    let close = (open..tokens.len()).find(|i| tokens.get(*i) == ")")?;
    let inside: Vec<&str> = (open + 1..close).map(|i| tokens.get(i)).collect();
    let is_single = !inside.iter().any(|token| [",", "(", "+", ";", "x", "×"].contains(token));
    let joins = inside.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case("w") && pair[1] == "/").count();
    let with = inside.iter().filter(|word| word.eq_ignore_ascii_case("with")).count();
    if !is_single || joins + with != 1 {
        return None;
    }
    tokens.replace(close..close + 1, "");
    tokens.replace(open..open + 1, "");
    Some("The recovery in the brackets is taken as between the reps.".to_string())
}

/// `8 x 2 on 1 off`: small numbers are minutes.
fn minutes_on_and_off(tokens: &mut TextTokens) -> Option<String> {
    let on = tokens.find("on")?;
    let off = tokens.find("off")?;
    let (first, second) = (tokens.word_before(on)?, tokens.word_before(off)?);
    let bare = |at: usize| tokens.number(at).filter(|n| (1.0..=10.0).contains(n));
    let (work, rest) = (bare(first)?, bare(second)?);
    if !(first < on && on < second) {
        return None;
    }
    tokens.replace(second..second + 1, &format!("{rest} min"));
    tokens.replace(first..first + 1, &format!("{work} min"));
    Some(format!("`{work} on {rest} off` is taken as minutes."))
}

/// `6 800s w/ 400 jog`, `12 x 400s`, `6 800m repeats`: reps by their plural.
fn plural_reps(tokens: &mut TextTokens) -> Option<String> {
    let is_track = |n: f64| (200.0..=3000.0).contains(&n) && n % 100.0 == 0.0;
    let at = (0..tokens.len()).find(|i| {
        let plural = tokens.is_word(i + 1, "s") || tokens.is_word(i + 1, "'s");
        let repeats = tokens
            .word_after(i + 1)
            .is_some_and(|next| ["repeats", "reps"].iter().any(|word| tokens.is_word(next, word)));
        tokens.number(*i).is_some_and(is_track) && (plural || (tokens.is_word(i + 1, "m") && repeats))
    })?;
    let metres = tokens.number(at)?;
    tokens.replace(at + 1..at + 2, "m");
    if let Some(before) = tokens.word_before(at)
        && let Some(count) = tokens.number(before).filter(|n| (2.0..=40.0).contains(n) && n.fract() == 0.0)
    {
        tokens.replace(before..before + 1, &format!("{count} x"));
    }
    Some(format!("`{metres}s` is taken as reps of {metres} m."))
}

/// `8 x 400m, rest = work`, `w/ 1:1 work:rest`.
fn equal_rest(tokens: &mut TextTokens) -> Option<String> {
    let phrases = [
        "rest = work",
        "rest=work",
        "1:1 work:rest",
        "1:1 work/rest",
        "1:1 work to rest",
        "1:1 ratio",
        "the same time as rest",
        "same time as rest",
        "same time recovery",
        "equal time recovery",
        "equal time rest",
        "equal rest",
    ];
    let (at, phrase) = phrases.iter().find_map(|phrase| Some((tokens.find(phrase)?, *phrase)))?;
    let introduced = tokens.word_before(at).is_some_and(|i| ["with", "/"].contains(&tokens.get(i)));
    let comma = tokens.word_before(at).filter(|i| tokens.get(*i) == ",");
    let start = comma.unwrap_or(at);
    let lead = if introduced { "" } else { " w/ " };
    tokens.replace(start..at + TextTokens::of(phrase).len(), &format!("{lead}equal rest"));
    Some(String::new())
}

/// `5 or 6 miles easy`, `3 or 4 x 1 mile`, `10/12 x 400m`, `10 (or 12) x 400m`.
fn alternatives(tokens: &mut TextTokens) -> Option<String> {
    let found = (0..tokens.len()).find_map(|i| {
        let low = tokens.number(i)?;
        let or = tokens.word_after(i)?;
        let bracket = usize::from(tokens.get(or) == "(");
        let or = or + bracket;
        let is_slash = tokens.get(or) == "/";
        if !tokens.is_word(or, "or") && !is_slash {
            return None;
        }
        let second = tokens.word_after(or)?;
        let high = tokens.number(second).filter(|high| *high > low && *high <= 2.0 * low)?;
        let end = second + 1 + bracket;
        let counted = tokens.word_after(end - 1).is_some_and(|next| ["x", "×"].contains(&tokens.get(next)));
        (counted || !is_slash).then_some((i..end, low, high))
    })?;
    let (range, low, high) = found;
    tokens.replace(range, &format!("{low}-{high}"));
    Some(String::new())
}

/// `4 min @ 90-95% HRmax, 3 min jog @ 70%`: the second percentage is of the same.
fn percent_of_maximum(tokens: &mut TextTokens) -> Option<String> {
    let names = ["hrmax", "max hr", "mhr", "hr max", "hrr", "lthr"];
    let (named, name) = names.iter().find_map(|name| Some((tokens.find(name)?, *name)))?;
    let at = (named..tokens.len()).find(|i| {
        tokens.get(*i) == "%"
            && tokens.word_after(*i).is_none_or(|next| [",", ")", ";"].contains(&tokens.get(next)))
    })?;
    tokens.replace(at..at + 1, &format!("% {name}"));
    Some(format!("A percentage without a name is taken as of {name}."))
}

/// `15K to half marathon race pace`: a range, the faster end first.
fn range_to_half(tokens: &mut TextTokens) -> Option<String> {
    let ends = ["half marathon race pace", "half marathon pace", "half marathon", "hm pace", "hmp", "hm"];
    let (at, race, end) = ["15k", "10k", "10 k", "15 k"].iter().find_map(|race| {
        ends.iter().find_map(|end| Some((tokens.find(&format!("{race} to {end}"))?, *race, *end)))
    })?;
    let size = TextTokens::of(&format!("{race} to {end}")).len();
    tokens.replace(at..at + size, &format!("{}-HMP", race.to_uppercase().replace(' ', "")));
    Some(String::new())
}

/// `12x400 @ 5-10k pace`: a range of two races.
fn range_of_races(tokens: &mut TextTokens) -> Option<String> {
    let is_race = |i: usize| tokens.number(i).is_some_and(|n| [3.0, 5.0, 10.0, 15.0].contains(&n));
    let at = (0..tokens.len()).find(|i| {
        let joined = ["-", "–", "/"].contains(&tokens.get(i + 1));
        let is_unit = tokens.is_word(i + 3, "k") || tokens.is_word(i + 3, "km");
        is_race(*i) && joined && is_race(i + 2) && is_unit
    })?;
    let is_pace = |next: &usize| tokens.is_word(*next, "pace") || tokens.is_word(*next, "effort");
    let pace = tokens.word_after(at + 3).filter(is_pace)?;
    let text = format!("{}K-{}K", tokens.get(at), tokens.get(at + 2));
    tokens.replace(at..pace + 1, &text);
    Some(String::new())
}

/// `2x90s, 4x60s all with equal float`
fn all_with(tokens: &mut TextTokens) -> Option<String> {
    let at = tokens.find("all with").or_else(|| tokens.find("all w/"))?;
    tokens.replace(at..at + 2, "");
    Some(String::new())
}

/// `30 min easy, strides`: six of them.
fn strides_without_count(tokens: &mut TextTokens) -> Option<String> {
    let at = tokens.find("strides")?;
    let before = tokens.word_before(at)?;
    let joined =
        ["+", ",", "&", "/", ".", "and", "with", "plus", "incl", "then"].contains(&tokens.get(before));
    if !joined || tokens.word_after(at).is_some_and(|next| tokens.number(next).is_some()) {
        return None;
    }
    tokens.replace(at..at + 1, STRIDES);
    Some("How many strides is not written: taken as 6.".to_string())
}

/// `18M w/ 10 @ MP`: a capital `M` that touches its number is a mile.
fn miles(tokens: &mut TextTokens) -> Option<String> {
    let written = tokens.text();
    let has_miles = ["mi", "mile", "miles"].iter().any(|unit| tokens.find(unit).is_some());
    let is_shouted = !written.contains(|c: char| c.is_lowercase());
    let is_short =
        |i: &usize| tokens.get(*i) == "M" && i.checked_sub(1).is_some_and(|n| tokens.number(n).is_some());
    let found: Vec<usize> = (0..tokens.len()).filter(is_short).collect();
    let is_likely = |i: &usize| {
        let number = tokens.number(i - 1).unwrap_or(f64::INFINITY);
        let times = tokens.word_before(i - 1).filter(|x| ["x", "X", "×"].contains(&tokens.get(*x)));
        let count = times.and_then(|x| tokens.word_before(x)).and_then(|count| tokens.number(count));
        match count {
            Some(count) => number * count <= LONGEST_REPS_IN_MILES,
            None => number <= LONGEST_IN_MILES,
        }
    };
    if found.is_empty()
        || has_miles
        || is_shouted
        || daniels::has_letters(tokens)
        || !found.iter().all(is_likely)
    {
        return None;
    }
    for at in found {
        tokens.replace(at..at + 1, "mi");
    }
    Some("`M` after a number is taken as miles.".to_string())
}
