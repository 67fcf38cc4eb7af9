//! A text in pieces that can be edited: numbers, words and marks.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TextPieceKind {
    /// `8`, `1.5` or `4:10`.
    Number,
    Word,
    Mark,
    /// A quoted text, or a cue with its bar.
    Verbatim,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextPiece {
    pub(crate) text: String,
    pub(crate) kind: TextPieceKind,
    /// True if a space stands before it.
    pub(crate) is_spaced: bool,
}

impl TextPiece {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }

    pub(crate) fn number(&self) -> Option<f64> {
        (self.kind == TextPieceKind::Number).then(|| self.text.parse().ok())?
    }

    pub(crate) fn is_clock(&self) -> bool {
        self.kind == TextPieceKind::Number && self.text.contains(':')
    }
}

/// Splits `text`. A comma between spaces and digits is a mark; one inside of a number belongs to it.
pub(crate) fn split(text: &str) -> Vec<TextPiece> {
    let mut pieces: Vec<TextPiece> = Vec::new();
    let mut rest = text;
    while !rest.trim_start().is_empty() {
        let start = rest.trim_start();
        let is_spaced = start.len() < rest.len() && !pieces.is_empty();
        let is_behind_number =
            !is_spaced && pieces.last().is_some_and(|piece| piece.kind == TextPieceKind::Number);
        let (kind, length) = first(start, is_behind_number);
        let (piece, behind) = start.split_at_checked(length).unwrap_or((start, ""));
        pieces.push(TextPiece { text: piece.to_string(), kind, is_spaced });
        rest = behind;
    }
    pieces
}

/// Returns the kind of the first piece of `text`, and its bytes.
fn first(text: &str, is_behind_number: bool) -> (TextPieceKind, usize) {
    let Some(letter) = text.chars().next() else { return (TextPieceKind::Mark, 0) };
    if letter.is_ascii_digit() {
        let mut length = digits(text);
        while let Some(rest) = text.get(length..)
            && rest.starts_with(['.', ':', ','])
            && digits(rest.get(1..).unwrap_or_default()) > 0
        {
            length += 1 + digits(rest.get(1..).unwrap_or_default());
        }
        return (TextPieceKind::Number, length);
    }
    if letter.is_alphabetic() {
        let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        return (TextPieceKind::Word, end);
    }
    if letter == '|' {
        return (TextPieceKind::Verbatim, text.len());
    }
    if !is_behind_number
        && let Some(closer) = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')]
            .iter()
            .find_map(|(open, close)| (*open == letter).then_some(*close))
        && let Some(at) = text.get(letter.len_utf8()..).and_then(|rest| rest.find(closer))
    {
        return (TextPieceKind::Verbatim, letter.len_utf8() + at + closer.len_utf8());
    }
    let length = if text.starts_with("->") { 2 } else { letter.len_utf8() };
    (TextPieceKind::Mark, length)
}

fn digits(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_digit).count()
}

/// Returns the text of `pieces`.
pub(crate) fn joined(pieces: &[TextPiece]) -> String {
    let mut text = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.is_spaced && i > 0 {
            text.push(' ');
        }
        text += &piece.text;
    }
    text
}

/// Returns the indices of the pieces that stand in the bytes `at` of the joined text; after the last one, the number
/// of pieces.
pub(crate) fn indices(pieces: &[TextPiece], at: &Range<usize>) -> Range<usize> {
    let mut position = 0;
    let mut found: Option<Range<usize>> = None;
    for (i, piece) in pieces.iter().enumerate() {
        position += usize::from(piece.is_spaced && i > 0);
        let end = position + piece.text.len();
        if end > at.start && position < at.end.max(at.start + 1) {
            found = Some(found.map_or(i, |found| found.start)..i + 1);
        }
        position = end;
    }
    found.unwrap_or(pieces.len()..pieces.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn splits_numbers_words_and_marks() {
        assert_eq!(texts("8x400m @ 4:10, 1,5km"), ["8", "x", "400", "m", "@", "4:10", ",", "1,5", "km"]);
        assert_eq!(texts("10' easy | half: a 'b'"), ["10", "'", "easy", "| half: a 'b'"]);
        assert_eq!(texts("30s 'sit ups' -> x"), ["30", "s", "'sit ups'", "->", "x"]);
    }

    #[test]
    fn joins_what_it_splits() {
        for text in ["8x400m @ 4:10, 1,5km", "10min easy | half: a", "été – ×"] {
            assert_eq!(joined(&split(text)), text);
        }
    }

    #[test]
    fn finds_the_pieces_of_a_problem() {
        let pieces = split("5min esay, hard");
        assert_eq!(indices(&pieces, &(5..9)), 2..3);
        assert_eq!(indices(&pieces, &(15..15)), 5..5);
    }
}
