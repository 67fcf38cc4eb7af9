//! The general search for a fix: small edits of the runner's text, each tried by reading the whole.
//!
//! The rules of the other modules know mistakes by name. This search knows none. It corrects every word that is not
//! known and gives every bare number a unit. Then it edits the place of the first problem, until the text can be
//! read: it puts in, drops or replaces a mark, a unit or a word. Of the texts that can be read the one with the
//! cheapest edits wins, unless the workout would be strange.

mod edits;
mod lexis;
mod merit;
mod pieces;
mod units;

pub(super) use lexis::{is_known, others, respellings};
pub(super) use merit::strangeness;
pub(super) use units::bare_paces;

pub(super) use pieces::{TextPiece, TextPieceKind, split};

use crate::workout::language::lexicon;
use pieces::joined;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

/// The cost of an edit, in hundredths of putting in a comma.
pub(super) type EditCost = u32;

/// The cost at which the search ends.
const DEAREST: EditCost = 420;
/// The most that the second fix may cost more than the first.
const NEAR: EditCost = 70;
/// The most texts that wait to be read.
const LONGEST_QUEUE: usize = 600;
/// The most fixes that are looked for.
const ENOUGH: usize = 4;

/// A text that can be read, and its cost.
pub(super) struct RepairedText {
    /// The text with its edits.
    pub(super) text: String,
    /// The text with the words and units corrected, before its marks were edited.
    pub(super) meant: String,
    /// The cost of the edits and of what is strange in the workout.
    pub(super) cost: EditCost,
}

/// The outcome of reading a text.
pub(super) enum TrialReading {
    /// The text can be read. Holds the cost of what is strange in the workout.
    Read(EditCost),
    /// The text has a problem.
    Problem(TextProblem),
    /// The text has several readings, each written out.
    Unclear(Vec<(EditCost, String)>),
    /// No text may be read any more.
    Exhausted,
}

/// A problem of a text.
pub(super) struct TextProblem {
    /// The bytes of the problem.
    pub(super) at: Range<usize>,
    /// The code of the problem.
    pub(super) code: &'static str,
    /// Texts that may be what was meant, the likeliest first, each with its cost.
    pub(super) texts: Vec<(EditCost, String)>,
}

/// A text to try.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EditedText {
    pub(super) cost: EditCost,
    pieces: Vec<TextPiece>,
    /// The text with the words and units corrected.
    pub(super) meant: String,
    /// The code of the problem whose rule made the last edit.
    pub(super) code: &'static str,
}

/// Returns the texts near `text` that can be read, the best first. `read` tries one.
pub(super) fn search(
    text: &str,
    mut read: impl FnMut(&str, &EditedText) -> TrialReading,
) -> Vec<RepairedText> {
    let mut queue = BinaryHeap::new();
    let mut seen = BTreeSet::new();
    for start in starts(text) {
        queue.push(Reverse(start));
    }
    let mut found: Vec<RepairedText> = Vec::new();
    while let Some(Reverse(state)) = queue.pop() {
        let best = found.iter().map(|fix| fix.cost).min();
        if state.cost > best.map_or(DEAREST, |best| best + NEAR) || found.len() >= ENOUGH {
            break;
        }
        let line = joined(&state.pieces);
        if !seen.insert(line.clone()) {
            continue;
        }
        match read(&line, &state) {
            TrialReading::Exhausted => break,
            TrialReading::Read(strange) if line != text => {
                let cost = state.cost + strange;
                found.push(RepairedText { text: line, meant: state.meant, cost });
            }
            TrialReading::Read(_) => {}
            TrialReading::Unclear(readings) => {
                found.extend(readings.into_iter().map(|(cost, reading)| RepairedText {
                    text: reading,
                    meant: state.meant.clone(),
                    cost: state.cost + cost,
                }));
            }
            TrialReading::Problem(problem) => {
                let edited = edits::edits(&state.pieces, &problem.at).into_iter();
                let edited = edited.map(|(cost, pieces)| (cost, pieces, state.code));
                let texts = problem.texts.iter().map(|(cost, text)| (*cost, split(text), problem.code));
                for (cost, pieces, code) in edited.chain(texts) {
                    if queue.len() < LONGEST_QUEUE {
                        let cost = state.cost + cost;
                        queue.push(Reverse(EditedText { cost, pieces, meant: state.meant.clone(), code }));
                    }
                }
            }
        }
    }
    found.sort_by_key(|fix| fix.cost);
    let limit = found.first().map_or(0, |best| best.cost + NEAR);
    found.retain(|fix| fix.cost <= limit);
    found
}

/// The choices for a piece, the likeliest first.
type Choices = Vec<(EditCost, String)>;

/// Returns the text with every word and number corrected in the likeliest way, and with one of them in another way.
fn starts(text: &str) -> Vec<EditedText> {
    let written = apart(split(text));
    let mut starts = Vec::new();
    // The unit of a number may be a word with a typo.
    for words in corrected(&written, 0, lexis::choices).into_iter().chain(joins(&written)) {
        starts.extend(corrected(&words.pieces, words.cost, units::choices));
    }
    if starts.iter().all(|start| start.meant != joined(&written)) {
        starts.push(EditedText { cost: 40, meant: joined(&written), pieces: written, code: "" });
    }
    starts
}

/// Puts a space between a word and its number: `walk5min`.
fn apart(mut pieces: Vec<TextPiece>) -> Vec<TextPiece> {
    for at in 1..pieces.len() {
        let is_effort = |word: &TextPiece| {
            word.kind == TextPieceKind::Word
                && word.text.len() > 2
                && (word.is("run") || lexicon::pace(&word.text).is_some())
        };
        let is_glued = pieces.get(at - 1).is_some_and(is_effort);
        if let Some(number) =
            pieces.get_mut(at).filter(|piece| is_glued && piece.kind == TextPieceKind::Number)
        {
            number.is_spaced = true;
        }
    }
    pieces
}

fn corrected(
    written: &[TextPiece],
    cost: EditCost,
    choices: fn(&[TextPiece], usize) -> Choices,
) -> Vec<EditedText> {
    let choices: Vec<Choices> = (0..written.len()).map(|i| choices(written, i)).collect();
    let state = |other: Option<(usize, usize)>| {
        let mut cost = cost;
        let mut line = String::new();
        for (i, piece) in written.iter().enumerate() {
            let pick = other.filter(|(at, _)| *at == i).map_or(0, |(_, choice)| choice);
            let choice = choices.get(i).and_then(|choices| choices.get(pick));
            cost += choice.map_or(0, |(cost, _)| *cost);
            line += if piece.is_spaced { " " } else { "" };
            line += choice.map_or(piece.text.as_str(), |(_, text)| text.as_str());
        }
        let pieces = split(&line);
        EditedText { cost, meant: joined(&pieces), pieces, code: "" }
    };
    let mut states = vec![state(None)];
    for (i, choices) in choices.iter().enumerate() {
        states.extend((1..choices.len()).map(|choice| state(Some((i, choice)))));
    }
    states
}

/// Returns the text with two neighbouring words as one: `up hill`.
fn joins(written: &[TextPiece]) -> Vec<EditedText> {
    let join = |at: usize| {
        let [first, second] = written.get(at..at + 2)? else { return None };
        let word = format!("{}{}", first.text, second.text);
        let are_words = first.kind == TextPieceKind::Word && second.kind == TextPieceKind::Word;
        (are_words && lexis::is_known(&word.to_lowercase())).then(|| {
            let mut pieces = written.to_vec();
            pieces.remove(at + 1);
            if let Some(piece) = pieces.get_mut(at) {
                piece.text = word;
            }
            EditedText { cost: 30, meant: joined(&pieces), pieces, code: "" }
        })
    };
    (0..written.len().saturating_sub(1)).filter_map(join).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads texts without an `x` and with a comma.
    fn fussy(text: &str, _: &EditedText) -> TrialReading {
        let problem = |at| TrialReading::Problem(TextProblem { at, code: "", texts: Vec::new() });
        match (text.find('?'), text.contains(',')) {
            (Some(at), _) => problem(at..at + 1),
            (None, true) => TrialReading::Read(0),
            (None, false) => problem(text.len()..text.len()),
        }
    }

    #[test]
    fn finds_the_cheapest_edit_that_can_be_read() {
        let found = search("5min easy ? 5min hard", fussy);
        assert_eq!(found.first().map(|fix| fix.text.as_str()), Some("5min easy, 5min hard"));
    }

    #[test]
    fn ends_when_no_text_may_be_read_any_more() {
        let mut left = 20;
        let found = search("5min easy ? ? ? ? 5min hard", |_, _| {
            left -= 1;
            let problem = TextProblem { at: 0..4, code: "", texts: Vec::new() };
            if left == 0 { TrialReading::Exhausted } else { TrialReading::Problem(problem) }
        });
        assert!(found.is_empty());
        assert_eq!(left, 0);
    }
}
