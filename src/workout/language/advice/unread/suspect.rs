//! A piece of a line that may keep it from being read, and the pieces of a line with their places.

use super::super::repair::{TextPiece, TextPieceKind};
use crate::text::quoted;
use std::ops::Range;

/// A piece of a line, and what the line is read with in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    /// The bytes of the piece.
    pub(super) at: Range<usize>,
    /// The text in its place.
    pub(super) replacement: String,
    pub(super) sort: SuspectSort,
}

/// The reason for which a piece may not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SuspectSort {
    /// Words that pacebell does not know, left out.
    Unknown,
    /// Words that pacebell does not know, as words.
    Quoted,
    /// A remark in brackets.
    Remark,
    /// `→ 33 min`: what the session comes to.
    Sum,
    /// `or 2-3 min`.
    Choice,
    /// A number with a comma for its thousands.
    Thousands,
    /// A number or a letter that is written otherwise.
    Form,
    /// A percentage of which nothing says what it is of.
    Percentage,
    /// A missing comma.
    Comma,
}

impl Suspect {
    /// True for a piece with which no line is read, or not as it is meant.
    pub(super) fn is_surely_unread(&self) -> bool {
        matches!(self.sort, SuspectSort::Unknown | SuspectSort::Quoted | SuspectSort::Sum)
    }

    pub(super) fn is_sum(&self) -> bool {
        self.sort == SuspectSort::Sum
    }

    /// True for a piece about which the rules for single problems know more.
    pub(super) fn has_rule(&self) -> bool {
        matches!(self.sort, SuspectSort::Quoted | SuspectSort::Percentage | SuspectSort::Thousands)
    }

    /// True if the line is read without the piece.
    pub(super) fn is_dropped(&self) -> bool {
        self.replacement.trim().is_empty()
    }

    /// Returns what is wrong with the piece, which is `written`.
    pub(super) fn what(&self, written: &str) -> String {
        match self.sort {
            SuspectSort::Comma => format!("a comma is missing after {}", quoted(written)),
            _ => format!("{} is not read", quoted(written)),
        }
    }

    /// Returns why it is wrong, as the label of the underlined piece.
    pub(super) fn why(&self) -> String {
        match self.sort {
            SuspectSort::Unknown => "not known to pacebell".to_string(),
            SuspectSort::Quoted => "neither an effort nor a pace; in quotes it is shown as words".to_string(),
            SuspectSort::Remark => "a remark, no step".to_string(),
            SuspectSort::Sum => "what the steps come to, no step".to_string(),
            SuspectSort::Choice => "a step has one length".to_string(),
            SuspectSort::Form | SuspectSort::Percentage | SuspectSort::Thousands => {
                format!("is written `{}`", self.replacement.trim())
            }
            SuspectSort::Comma => "the next step begins behind it".to_string(),
        }
    }
}

/// Words without which a line means something else, though no table has them.
pub(super) const TELLING: [&str; 66] = [
    "not",
    "no",
    "never",
    "without",
    "except",
    "excluding",
    "unless",
    "instead",
    "than",
    "faster",
    "slower",
    "quicker",
    "under",
    "over",
    "above",
    "below",
    "between",
    "until",
    "till",
    "or",
    "odd",
    "even",
    "odds",
    "evens",
    "repeat",
    "repeats",
    "repeated",
    "alternate",
    "alternating",
    "every",
    "each",
    "per",
    "half",
    "halfway",
    "quarter",
    "double",
    "twice",
    "once",
    "again",
    "another",
    "same",
    "minus",
    "plus",
    "less",
    "more",
    "first",
    "last",
    "next",
    "increase",
    "increasing",
    "decrease",
    "decreasing",
    "reduce",
    "cut",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "couple",
    "few",
];
/// Marks that end a step.
const ENDS: [&str; 8] = [",", ";", "(", ")", "+", "/", "\n", "."];

/// A piece and its place.
pub(super) struct LocatedPiece {
    pub(super) piece: TextPiece,
    /// The bytes of the piece.
    pub(super) at: Range<usize>,
}

pub(super) fn start_of(pieces: &[LocatedPiece], index: usize) -> usize {
    pieces.get(index).map_or(0, |piece| piece.at.start)
}

/// Returns where the last piece before `index` ends.
pub(super) fn end_of(pieces: &[LocatedPiece], index: usize) -> usize {
    index.checked_sub(1).and_then(|last| pieces.get(last)).map_or(0, |piece| piece.at.end)
}

pub(super) fn is_word(piece: &LocatedPiece, words: &[&str]) -> bool {
    piece.piece.kind == TextPieceKind::Word && words.contains(&piece.piece.text.to_lowercase().as_str())
}

pub(super) fn is_number(piece: &LocatedPiece) -> bool {
    piece.piece.kind == TextPieceKind::Number
}

/// True for the second part of `half-length`, and for the hyphen.
pub(super) fn is_glued(pieces: &[LocatedPiece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|i| pieces.get(i));
    let is_hyphen = |piece: &LocatedPiece| ["-", "'", "’"].contains(&piece.piece.text.as_str());
    let is_text = |piece: &LocatedPiece| piece.piece.kind == TextPieceKind::Word || is_hyphen(piece);
    !piece.piece.is_spaced
        && is_text(piece)
        && before.is_some_and(|before| is_text(before) && (is_hyphen(before) || is_hyphen(piece)))
}

pub(super) fn is_end(pieces: &[LocatedPiece], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| {
        ENDS.contains(&piece.piece.text.as_str()) || is_word(piece, &["then"]) || piece.piece.text == ":"
    })
}
