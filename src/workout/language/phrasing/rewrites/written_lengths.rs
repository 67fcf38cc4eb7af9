//! Lengths and paces as they are written, for rewrites that look for them anywhere in a text.

use super::super::PhraseReader;
use super::super::scanner::TextScanner;
use super::super::units::{LENGTHS, TIMES};
use std::ops::Range;

/// A length in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoundLength {
    pub(super) at: Range<usize>,
    /// The length with a short unit: `90s`, `400m`, `2mi`.
    pub(super) text: String,
    /// Seconds or metres.
    pub(super) value: f64,
    pub(super) is_time: bool,
    /// The number in the unit it is written in.
    pub(super) number: f64,
}

/// Takes a length with its unit, or a clock.
pub(super) fn take_length(scan: &mut TextScanner<'_>) -> Option<FoundLength> {
    scan.skip_spaces();
    let start = scan.at;
    let time = |scan: &TextScanner<'_>, seconds: f64| FoundLength {
        at: start..scan.at,
        text: format!("{seconds}s"),
        value: seconds,
        is_time: true,
        number: seconds,
    };
    if let Some(seconds) = scan.clock().or_else(|| scan.prime_clock()) {
        // `4:00/km` is a pace.
        if scan.rest().starts_with('/') && scan.rest().get(1..).is_some_and(|r| r.starts_with(['k', 'm'])) {
            scan.at = start;
            return None;
        }
        return Some(time(scan, seconds));
    }
    let Some(number) = scan.number() else {
        scan.at = start;
        return None;
    };
    let _ = scan.rest().starts_with('-') && scan.rest().get(1..)?.starts_with(char::is_alphabetic) && {
        scan.at += 1;
        true
    };
    if let Some(seconds) = scan.longest(TIMES) {
        return Some(time(scan, number * seconds));
    }
    let Some(metres) = scan.longest(LENGTHS) else {
        scan.at = start;
        return None;
    };
    let unit = match metres {
        1000.0 => "km",
        1.0 => "m",
        m if m > 1600.0 => "mi",
        _ => {
            scan.at = start;
            return None;
        }
    };
    let text = format!("{number}{unit}");
    Some(FoundLength { at: start..scan.at, text, value: number * metres, is_time: false, number })
}

/// Returns all lengths of a text, in order.
pub(super) fn lengths_in(text: &str) -> Vec<FoundLength> {
    let mut found: Vec<FoundLength> = Vec::new();
    for (at, c) in text.char_indices() {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let begins = c.is_ascii_digit() && !before.is_some_and(|b| b.is_ascii_digit() || ".:".contains(b));
        if !begins || found.last().is_some_and(|last| last.at.end > at) {
            continue;
        }
        let mut scan = TextScanner { text, at };
        found.extend(take_length(&mut scan));
    }
    found
}

/// Takes a length that fills `text`.
pub(super) fn whole(text: &str) -> Option<FoundLength> {
    let mut scan = TextScanner { text, at: 0 };
    let length = take_length(&mut scan)?;
    scan.rest().trim().is_empty().then_some(length)
}

/// Takes one pace, speed, effort or clock, as it is written.
pub(super) fn take_pace(scan: &mut TextScanner<'_>) -> Option<String> {
    let mut reader = PhraseReader::new(scan.clone());
    let before = reader.scan.clone();
    let read = reader.one_pace().or_else(|| {
        reader.scan = before.clone();
        reader.named_target()
    });
    let read = read.or_else(|| {
        reader.scan = before.clone();
        reader.scan.clock()?;
        Some(reader.since(before.at).to_string())
    })?;
    for word in ["race pace", "pace", "effort"] {
        let _ = reader.scan.take(word);
    }
    scan.at = reader.scan.at;
    Some(read)
}

/// True for words and spaces of which each is in `known`.
pub(super) fn only_words(text: &str, known: &[&str]) -> bool {
    text.split(|c: char| c.is_whitespace() || ",:;-–".contains(c))
        .filter(|word| !word.is_empty())
        .all(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Returns the place of the first colon after a word, which ends a label.
pub(super) fn label_end(text: &str) -> Option<usize> {
    text.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = text.get(at + 1..).and_then(|after| after.chars().next());
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        !(before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
    })
}
