//! Numbers whose unit Daniels' letters do not say: `2E + 3 x 1T + 2E`.

use super::text_tokens::{LONGEST_TEXT, TextTokens};
use std::ops::Range;

/// The letters for paces.
const LETTERS: [&str; 7] = ["E", "T", "I", "M", "R", "H", "L"];
/// The largest number, in miles or minutes, before a letter. A larger one is metres.
const LARGEST: f64 = 30.0;
/// The most miles before `E`, and before a letter for faster running.
const LONGEST_EASY: f64 = 4.0;
const LONGEST_REP: f64 = 3.0;

/// Returns the places of numbers that only a letter follows, and the letter's index.
fn letters(tokens: &TextTokens) -> Vec<(usize, usize)> {
    let lettered = |number: usize| {
        let value = tokens.number(number).filter(|n| (0.25..=LARGEST).contains(n))?;
        let spaced = tokens.get(number + 1) == " ";
        let letter = number + 1 + usize::from(spaced);
        // `2 E` stands for itself, `10 R 2min` has a recovery.
        let is_letter = LETTERS.contains(&tokens.get(letter));
        let next = tokens.get(letter + 1);
        let ends = next.is_empty() || [" ", ",", ")", "+", ";", "/", ".", "\n"].contains(&next);
        let _ = value;
        (is_letter && ends).then_some((number, letter))
    };
    (0..tokens.len()).filter_map(lettered).collect()
}

/// True for a text with a letter other than `M` after a bare number.
pub(super) fn has_letters(tokens: &TextTokens) -> bool {
    letters(tokens).iter().any(|(_, letter)| tokens.get(*letter) != "M")
}

/// Returns the unit of the other lengths of a text, and its name.
fn written_unit(tokens: &TextTokens) -> Option<(&'static str, &'static str)> {
    let miles = ["mi", "mile", "miles"].iter().any(|unit| tokens.find(unit).is_some());
    let kilometres = ["km", "kms", "k"].iter().any(|unit| tokens.find(unit).is_some());
    match (miles, kilometres) {
        (true, false) => Some(("mi", "miles")),
        (false, true) => Some(("km", "kilometres")),
        (false, false) if rests_in_minutes(tokens) => Some(("mi", "miles")),
        _ => None,
    }
}

/// True for `2E + 3x(1T + 1 min rest) + 2E`: the rests have their unit, and the numbers before letters are those of miles.
fn rests_in_minutes(tokens: &TextTokens) -> bool {
    let is_rest = |at: usize| {
        let unit = tokens.word_after(at).filter(|unit| {
            ["min", "mins", "minute", "minutes"].iter().any(|word| tokens.is_word(*unit, word))
        });
        let next = unit.and_then(|unit| tokens.word_after(unit));
        let rest = ["rest", "rests", "jog", "recovery", "rec", "walk", "jg", "between"];
        tokens.number(at).is_some()
            && next.is_some_and(|next| rest.iter().any(|word| tokens.is_word(next, word)))
    };
    let is_short = |(number, letter): &(usize, usize)| {
        let longest = match tokens.get(*letter) {
            "E" => LONGEST_EASY,
            // Intervals and repetitions last five minutes at most.
            "I" | "R" | "H" => 1.0,
            _ => LONGEST_REP,
        };
        tokens.number(*number).is_some_and(|miles| miles <= longest)
    };
    (0..tokens.len()).any(is_rest) && letters(tokens).iter().all(is_short)
}

/// Gives bare numbers before letters the unit of the other lengths: `E 2mi + 2 x (2T …)`.
pub(super) fn in_written_unit(tokens: &mut TextTokens) -> Option<String> {
    if !has_letters(tokens) {
        return None;
    }
    let (unit, name) = written_unit(tokens)?;
    let written = give_unit(tokens, unit);
    Some(format!("`{written}` names no unit: taken as {name}."))
}

/// Returns the text with miles and with minutes, and what lacks a unit, where nothing in it tells.
pub(super) fn in_both_units(text: &str) -> Option<(String, [String; 2])> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let tokens = TextTokens::of(text);
    if !has_letters(&tokens) || written_unit(&tokens).is_some() {
        return None;
    }
    let mut written = String::new();
    let both = ["mi", "min"].map(|unit| {
        let mut tokens = tokens.clone();
        written = give_unit(&mut tokens, unit);
        tokens.text()
    });
    Some((written, both))
}

/// Puts `unit` between every bare number and its letter. Returns the first of them as it was written.
fn give_unit(tokens: &mut TextTokens, unit: &str) -> String {
    let found = letters(tokens);
    let written =
        found.first().map(|(number, letter)| tokens.slice(Range { start: *number, end: letter + 1 }));
    for (number, letter) in found.into_iter().rev() {
        let text = format!("{} {unit} {}", tokens.get(number), tokens.get(letter));
        tokens.replace(number..letter + 1, &text);
    }
    written.unwrap_or_default()
}
