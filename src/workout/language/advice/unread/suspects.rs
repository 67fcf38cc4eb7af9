//! The pieces of a line that may keep it from being read: unknown words, remarks in brackets, sums, second choices and
//! numbers in a form of their own.

use super::super::misspelled::{is_unknown, spellings};
use super::super::repair::{TextPiece, TextPieceKind, split};
use super::super::targets::known_effort;
use super::asides::{choices, remarks, sums};
use super::number_forms::{commas, forms};
use super::suspect::{
    LocatedPiece, Suspect, SuspectSort, TELLING, end_of, is_end, is_glued, is_number, is_word, start_of,
};
use crate::workout::language::lexicon;
use std::ops::Range;

/// Words that join others, and say nothing alone.
const JOINING: [&str; 34] = [
    "the", "a", "an", "is", "are", "be", "was", "this", "that", "your", "you", "my", "our", "we", "i", "it",
    "its", "will", "should", "can", "if", "as", "for", "of", "on", "in", "at", "to", "and", "with", "by",
    "from", "around", "along",
];
/// Words that begin a remark behind a step: `8 km easy on trail`.
const BEFORE_REMARK: [&str; 16] = [
    "on", "along", "around", "through", "near", "if", "as", "from", "in", "for", "because", "while", "like",
    "towards", "into", "back",
];
/// Returns the pieces of `text` that may keep it from being read, in order. Nothing if an unknown word changes what is
/// meant.
pub(super) fn suspects(text: &str) -> Option<Vec<Suspect>> {
    let pieces = located(text)?;
    let mut found = remarks(text, &pieces);
    found.extend(sums(text));
    let is_free = |found: &[Suspect], at: &Range<usize>| {
        found.iter().all(|other| at.end <= other.at.start || other.at.end <= at.start)
    };
    let more = choices(&pieces).into_iter().chain(forms(text, &pieces)).chain(commas(text, &pieces));
    for suspect in more {
        if is_free(&found, &suspect.at) {
            found.push(suspect);
        }
    }
    for run in unknown_runs(&pieces) {
        let at = start_of(&pieces, run.start)..end_of(&pieces, run.end);
        if is_free(&found, &at) {
            found.push(unknown(text, &pieces, &run)?);
        }
    }
    found.sort_by_key(|suspect| suspect.at.start);
    Some(found)
}

/// Returns `text` with the replacement of each of `unread`, which are in order.
pub(super) fn applied(text: &str, unread: &[&Suspect]) -> Option<String> {
    let mut line = String::new();
    let mut from = 0;
    for suspect in unread {
        line += text.get(from..suspect.at.start)?;
        line += &suspect.replacement;
        from = suspect.at.end;
    }
    line += text.get(from..)?;
    let line = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line = line.replace(" ,", ",").replace("( ", "(").replace(" )", ")");
    Some(line.trim_matches([' ', ',', ':', ';', '.']).to_string())
}

fn located(text: &str) -> Option<Vec<LocatedPiece>> {
    let mut from = 0;
    split(text)
        .into_iter()
        .map(|piece| {
            let start = from + text.get(from..)?.find(&piece.text)?;
            from = start + piece.text.len();
            Some(LocatedPiece { piece, at: start..from })
        })
        .collect()
}

/// Returns the runs of words that pacebell does not know, with the words that join them.
fn unknown_runs(pieces: &[LocatedPiece]) -> Vec<Range<usize>> {
    let plain: Vec<TextPiece> = pieces.iter().map(|piece| piece.piece.clone()).collect();
    let joins = |i: usize| pieces.get(i).is_some_and(|piece| is_word(piece, &JOINING));
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        if !is_strange(&plain, i) {
            i += 1;
            continue;
        }
        let mut start = i;
        let floor = runs.last().map_or(0, |run| run.end);
        while start > floor && (joins(start - 1) || is_glued(pieces, start)) {
            start -= 1;
        }
        let mut end = i + 1;
        let mut next = end;
        while next < pieces.len() && (is_strange(&plain, next) || joins(next) || is_glued(pieces, next)) {
            next += 1;
            if is_strange(&plain, next - 1) || is_glued(pieces, next - 1) {
                end = next;
            }
        }
        // `Begin with a brisk walk`: what joins the words to the first step goes with them.
        if start == 0 || is_end(pieces, start - 1) {
            end = end.max(next);
        }
        runs.push(start..end);
        i = end;
    }
    runs
}

/// True for a word that pacebell does not know.
fn is_strange(pieces: &[TextPiece], at: usize) -> bool {
    let is_letter = pieces.get(at).is_some_and(|piece| {
        piece.kind == TextPieceKind::Word && JOINING.contains(&piece.text.to_lowercase().as_str())
    });
    !is_letter && is_unknown(pieces, at)
}

/// Returns the words of `run`, left out where their step has an effort or they are a remark, otherwise in quotes. Nothing
/// if the line would mean something else.
fn unknown(text: &str, pieces: &[LocatedPiece], run: &Range<usize>) -> Option<Suspect> {
    let words = pieces.get(run.clone())?;
    let plain: Vec<TextPiece> = pieces.iter().map(|piece| piece.piece.clone()).collect();
    if words.len() == 1 && !spellings(&plain, run.start).is_empty() {
        return None;
    }
    if words.iter().any(|piece| is_word(piece, &TELLING)) {
        return None;
    }
    // `@ marathonpace` is a pace, and what stands behind a colon is more than a remark.
    let before = run.start.checked_sub(1).and_then(|i| pieces.get(i));
    let is_told = before.is_some_and(|before| before.piece.is("@") || before.piece.is(":"));
    if is_told || words.first().is_some_and(|first| is_word(first, &["at"])) {
        return None;
    }
    let at = start_of(pieces, run.start)..end_of(pieces, run.end);
    let written = text.get(at.clone())?;
    if let [only] = words
        && only.piece.text == "H"
    {
        return Some(Suspect { at, replacement: "hard".to_string(), sort: SuspectSort::Form });
    }
    // `brisk` is an effort, though no table has it.
    let is_effort = |piece: &LocatedPiece| known_effort(&piece.piece.text).is_some();
    let is_remark = words.first().is_some_and(|first| is_word(first, &BEFORE_REMARK));
    let starts_line =
        run.start == 0 && words.len() > 1 && words.last().is_some_and(|last| is_word(last, &JOINING));
    let drops = is_remark || starts_line || has_effort(pieces, run) || !has_number(pieces, run);
    if words.iter().any(is_effort) && !is_remark {
        return None;
    }
    let (replacement, sort) = match drops {
        true => (" ".to_string(), SuspectSort::Unknown),
        // A single word may be a slip, or in another language.
        false if words.len() == 1 || written.contains(['\'', '"', '’']) => return None,
        false => (format!("'{written}'"), SuspectSort::Quoted),
    };
    Some(Suspect { at, replacement, sort })
}

/// Returns the step around `run`.
fn step_around(pieces: &[LocatedPiece], run: &Range<usize>) -> Range<usize> {
    let start = (0..run.start).rev().find(|i| is_end(pieces, *i)).map_or(0, |i| i + 1);
    let end = (run.end..pieces.len()).find(|i| is_end(pieces, *i)).unwrap_or(pieces.len());
    start..end
}

/// True if the step around `run` has an effort, a pace or a zone besides.
fn has_effort(pieces: &[LocatedPiece], run: &Range<usize>) -> bool {
    let marks = ["@", "%", "pace", "effort", "bpm", "zone", "mph", "kph", "hr", "incline"];
    step_around(pieces, run).filter(|i| !run.contains(i)).any(|i| {
        pieces.get(i).is_some_and(|piece| {
            let word = piece.piece.text.to_lowercase();
            marks.contains(&word.as_str())
                || (piece.piece.kind == TextPieceKind::Word
                    && lexicon::pace(&word).is_some()
                    && !["mile", "half"].contains(&word.as_str()))
                || is_word(piece, &["warm", "cool", "wu", "cd", "warmup", "cooldown", "jogging", "walking"])
        })
    })
}

fn has_number(pieces: &[LocatedPiece], run: &Range<usize>) -> bool {
    step_around(pieces, run).any(|i| pieces.get(i).is_some_and(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_of(text: &str) -> Vec<&str> {
        suspects(text).unwrap_or_default().iter().map(|suspect| &text[suspect.at.clone()]).collect()
    }

    #[test]
    fn finds_what_may_keep_a_line_from_being_read() {
        for (text, pieces) in [
            ("2km WU, 5x3min hard wearing spikes, 2km CD", vec!["wearing spikes"]),
            ("6x500m w/ 200m jog (1:40.5 average)", vec!["(1:40.5 average)"]),
            ("4x800m with 400m or 2-3 min recoveries", vec!["or 2-3 min"]),
            ("5x3min hard with 2 min jog → 25 min", vec!["→ 25 min"]),
            ("3x1 mile at 80-85%, then 2 miles easy", vec!["80-85%"]),
            ("15 min warm-up 3x1km", vec!["warm-up"]),
            ("4x1,200m easy", vec!["1,200"]),
            ("8x400m w/ 90s jog", vec![]),
        ] {
            assert_eq!(pieces_of(text), pieces, "{text}");
        }
    }

    #[test]
    fn nothing_is_left_out_that_changes_the_meaning() {
        for text in ["10 km zigzag faster than easy", "6x400m except blue ones", "20 min not zigzag"] {
            assert!(
                !pieces_of(text).iter().any(|piece| TELLING.iter().any(|word| piece.contains(word))),
                "{text}"
            );
        }
        assert_eq!(suspects("20 min easy zigzagging less"), None);
    }
}
