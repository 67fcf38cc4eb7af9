//! The pieces of a line that may keep it from being read: unknown words, remarks in brackets, sums, second choices and
//! numbers in a form of their own.

use super::super::misspelled::{is_unknown, spellings};
use super::super::repair::{TextPiece, TextPieceKind, split};
use super::super::targets::known_effort;
use super::asides::{choices, remarks, sums};
use super::number_forms::{commas, forms};
use crate::text::quoted;
use crate::workout::language::lexicon;
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
        matches!(self.sort, SuspectSort::Quoted | SuspectSort::Percentage)
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
            SuspectSort::Form | SuspectSort::Percentage => {
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
/// Marks that end a step.
const ENDS: [&str; 8] = [",", ";", "(", ")", "+", "/", "\n", "."];

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

/// A piece and its place.
pub(super) struct LocatedPiece {
    pub(super) piece: TextPiece,
    /// The bytes of the piece.
    pub(super) at: Range<usize>,
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
