//! Marks between the pieces of a session: `10 min easy / 6x400m 5K w/ 200m jog / 10 min easy`, `2km WU > 5x1km > 2km CD`.

use super::super::PhraseReader;
use super::super::common_forms::CommonForm;
use super::super::piece::{PhraseBody, PhrasePiece};
use super::super::scanner::TextScanner;
use std::ops::Range;

/// Marks that only stand between pieces.
const MARKS: [&str; 12] = ["=>", ">>", "⇒", "➔", "➜", "»", "▶", "•", "·", "//", "—", ">"];
/// Units after the slash of a pace or a speed.
const UNITS: [&str; 9] = ["km", "mi", "mile", "k", "h", "hr", "min", "m", "mins"];
/// Words that begin a piece without a number.
const OPENING: [&str; 12] =
    ["warm", "cool", "wu", "cd", "w/u", "c/d", "jog", "walk", "run", "easy", "rest", "strides"];
/// The longest recovery after a slash, in seconds and in metres.
const LONGEST_RECOVERY: (f64, f64) = (300.0, 800.0);

/// Returns `2x2mi HMP, 4x400 5K, all w/ 90s rest` without its `all w/`: a recovery after a comma can be that of all sets.
pub(super) fn recovery_of_all(text: &str) -> Option<CommonForm> {
    let lower = text.to_lowercase();
    let words = [" all w/", " all with", " all on", " all off", " both w/", " both with"];
    let (at, end) =
        words.iter().find_map(|word| Some((lower.find(word)?, lower.find(word)? + word.len())))?;
    // Lower case may have another length.
    let (before, after) = (text.get(..at)?, text.get(end..)?);
    let after = after.trim_start();
    if text.len() != lower.len() || !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let before = before.trim_end_matches([' ', ',', ';', '-', '–']);
    if let Some(written) = for_each_set(before, after) {
        let note = format!("`{after}` is taken as between all reps, and between the sets.");
        return Some(CommonForm { text: written, notes: vec![note] });
    }
    let text = format!("{before}, {after}");
    Some(CommonForm { text, notes: Vec::new() })
}

/// `2x2mi HMP, 4x400 5K` with a recovery for each, and once more between the sets.
fn for_each_set(before: &str, recovery: &str) -> Option<String> {
    let recovery = notation_of_one(recovery)?;
    let sets: Vec<&str> = before.split([',', ';']).map(str::trim).collect();
    let with: Option<Vec<String>> = sets
        .iter()
        .map(|set| {
            let is_bare = is_repeat(set) && lacks_recovery(set);
            Some(format!("{} / {recovery}", notation_of_one(set).filter(|_| is_bare)?))
        })
        .collect();
    with.filter(|with| with.len() >= 2).map(|with| with.join(&format!(", then {recovery}, ")))
}

/// Returns the notation of a text with one piece.
fn notation_of_one(text: &str) -> Option<String> {
    match read(text)?.as_slice() {
        [piece] => Some(piece.render()),
        _ => None,
    }
}

/// Returns the text with commas for the marks between whole pieces. A slash stays where it could stand before a recovery.
pub(super) fn marked_pieces(text: &str) -> Option<CommonForm> {
    if text.contains(['|', '"', '“']) && text.contains('|') {
        return None;
    }
    let marks = marks(text);
    if marks.is_empty() {
        return None;
    }
    let pieces = between(text, &marks);
    let is_unclear = |i: usize, piece: &str| {
        let is_recovery = i
            .checked_sub(1)
            .and_then(|before| pieces.get(before))
            .is_some_and(|before| lacks_recovery(before));
        !begins_piece(piece) || (is_bare_length(piece) && !is_recovery)
    };
    if pieces.iter().enumerate().any(|(i, piece)| is_unclear(i, piece)) {
        return None;
    }
    let mut written = pieces.first()?.to_string();
    let mut joined = 0;
    let mut after_recovery = false;
    for (mark, pair) in marks.iter().zip(pieces.windows(2)) {
        let [before, after] = pair else { return None };
        let is_slash = text.get(mark.clone()) == Some("/");
        let is_recovery = is_slash && is_short_recovery(after);
        if is_recovery && is_repeat(before) && !lacks_recovery(before) && !has_recovery(before) {
            return None;
        }
        // `8x300m / 55s / 100m walk`: which of them is the recovery?
        if is_recovery && after_recovery {
            return None;
        }
        after_recovery = is_recovery && lacks_recovery(before);
        if after_recovery {
            written += " / ";
        } else {
            joined += 1;
            written += ", ";
        }
        written += after;
    }
    let has_slashes = marks.iter().any(|mark| text.get(mark.clone()) == Some("/"));
    let is_told = pieces.len() > 2 || pieces.iter().any(|piece| is_repeat(piece) || is_kind(piece));
    if joined == 0 || (has_slashes && !is_told) {
        return None;
    }
    let note = "The slashes between the pieces are taken as commas.".to_string();
    Some(CommonForm { text: written, notes: if has_slashes { vec![note] } else { Vec::new() } })
}

/// Returns the marks outside of brackets that could stand between pieces.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_taken = found.last().is_some_and(|mark| mark.end > at);
        if depth > 0 || is_taken {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        let is_arrow = before.ends_with('-');
        if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark) && !is_arrow) {
            found.push(at..at + mark.len());
        } else if letter == '/' && is_between_pieces(before, &rest[1..]) {
            found.push(at..at + 1);
        }
    }
    found
}

/// True for a slash that belongs to no unit and to no word.
fn is_between_pieces(before: &str, after: &str) -> bool {
    let spaced = before.ends_with(' ') && after.starts_with(' ');
    let next = after.trim_start();
    let word = next.find(|c: char| !c.is_alphabetic()).map_or(next, |end| &next[..end]);
    let is_unit = UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit));
    let is_word = before.to_lowercase().ends_with(" w") || before.to_lowercase().ends_with(" c");
    if is_unit || is_word {
        return false;
    }
    // Without spaces, a count or a length with its unit has to follow.
    let digits = next.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_length = digits.len() < next.len()
        && ["x", "X", "×", "min", "km", "mi", "'", "’", "′", "k ", "K "]
            .iter()
            .any(|unit| digits.trim_start().starts_with(unit) || digits.starts_with(unit));
    let touches_word = before.ends_with(|c: char| c.is_alphabetic() || c == ')' || c == '\'');
    spaced || (is_length && touches_word) || (next.to_lowercase().starts_with("cd") && is_kind(next))
}

/// Returns the trimmed texts around `marks`.
fn between<'a>(text: &'a str, marks: &[Range<usize>]) -> Vec<&'a str> {
    let starts = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    let ends = marks.iter().map(|mark| mark.start).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| text.get(start..end).unwrap_or_default().trim()).collect()
}

/// True for `2min` and `1k`: between slashes they could be reps or recoveries.
fn is_bare_length(piece: &str) -> bool {
    let Some(pieces) = read(piece) else { return false };
    let [PhrasePiece { body: PhraseBody::Step(step), .. }] = pieces.as_slice() else { return false };
    step.length.is_some() && step.targets.is_empty() && step.kind.is_none()
}

fn begins_piece(piece: &str) -> bool {
    let lower = piece.to_lowercase();
    let is_length = piece.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '½');
    let has_label =
        piece.split_once(':').is_some_and(|(label, _)| label.chars().all(|c| c.is_alphabetic() || c == ' '));
    let is_worded = piece.starts_with(char::is_alphabetic) && piece.contains(|c: char| c.is_ascii_digit());
    is_length || has_label || is_worded || OPENING.iter().any(|word| lower.starts_with(word))
}

/// True for a warm-up or a cool-down.
fn is_kind(piece: &str) -> bool {
    let lower = piece.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !(c.is_alphabetic() || c == '/')).filter(|word| !word.is_empty()).collect();
    let is_one = |word: &str| ["wu", "cd", "w/u", "c/d", "warmup", "cooldown"].contains(&word);
    words.iter().any(|word| is_one(word))
        || words.windows(2).any(|pair| matches!(pair, ["warm", "up"] | ["cool", "down"]))
}

impl PhrasePiece {
    /// True for a repeat or a ladder that has no recovery yet, neither between its reps nor at the end of each.
    fn may_have_recovery(&self) -> bool {
        match &self.body {
            PhraseBody::Ladder { recovery, .. } => recovery.is_none(),
            PhraseBody::Repeat { body, recovery: None, .. } => match &body.body {
                PhraseBody::Group(steps) => {
                    !matches!(steps.last().map(|step| &step.body), Some(PhraseBody::Step(step)) if step.is_recovery())
                }
                _ => true,
            },
            _ => false,
        }
    }
}

fn read(piece: &str) -> Option<Vec<PhrasePiece>> {
    let mut reader = PhraseReader::new(TextScanner { text: piece, at: 0 });
    let pieces = reader.line().ok()?;
    reader.scan.is_done().then_some(pieces)
}

/// True for a piece that begins with a count.
fn is_repeat(piece: &str) -> bool {
    let is_read =
        |piece: &PhrasePiece| matches!(piece.body, PhraseBody::Repeat { .. } | PhraseBody::Ladder { .. });
    let written = piece.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let is_written = written.len() < piece.len() && written.starts_with(['x', 'X', '×', '*']);
    is_written || read(piece).is_some_and(|pieces| pieces.iter().any(is_read))
}

/// True for reps without anything between them.
fn lacks_recovery(piece: &str) -> bool {
    match read(piece) {
        Some(pieces) => pieces.last().is_some_and(PhrasePiece::may_have_recovery),
        None => is_repeat(piece) && !piece.contains(['(', '/']) && !piece.contains(" with"),
    }
}

/// True for reps that say what stands between them.
fn has_recovery(piece: &str) -> bool {
    let recovers = |piece: &PhrasePiece| match &piece.body {
        PhraseBody::Repeat { recovery, .. } => recovery.is_some() || !piece.may_have_recovery(),
        PhraseBody::Ladder { recovery, .. } => recovery.is_some(),
        _ => false,
    };
    read(piece).is_none_or(|pieces| pieces.iter().any(recovers))
}

/// True for a step that could stand between reps.
fn is_short_recovery(piece: &str) -> bool {
    let Some(pieces) = read(piece) else { return false };
    let [PhrasePiece { body: PhraseBody::Step(step), label, .. }] = pieces.as_slice() else { return false };
    let is_kind = step.kind.is_some_and(|kind| kind != "recovery" && kind != "rest");
    let is_short = step.length.as_ref().is_none_or(|length| {
        length.value
            <= if step.length_sort() == Some(super::super::LengthSort::Seconds) {
                LONGEST_RECOVERY.0
            } else {
                LONGEST_RECOVERY.1
            }
    });
    label.is_empty() && !is_kind && is_short
}
