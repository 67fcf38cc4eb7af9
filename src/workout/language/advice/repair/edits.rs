//! Edits of a text at the place of a problem.

use super::EditCost;
use super::lexis::{self, is_known};
use super::pieces::{TextPiece, TextPieceKind, indices, joined, split};
use super::units;
use crate::workout::language::lexicon;

/// Marks that may stand in the place of another.
const MARKS: [&str; 6] = [",", "/", "->", "×", "-", "@"];

/// Returns each text that is one edit away, with the cost of the edit. `at` holds the bytes of the problem.
pub(super) fn edits(pieces: &[TextPiece], at: &std::ops::Range<usize>) -> Vec<(EditCost, Vec<TextPiece>)> {
    let place = indices(pieces, at);
    let mut edits = Edits { pieces, all: Vec::new() };
    edits.brackets();
    edits.insert(place.start, false);
    if place.start > 0 {
        edits.drop_piece(place.start - 1, 40);
    }
    if place.len() > 1 {
        edits.drop_range(place.clone());
    }
    // A problem with a long stretch is one with its first or its last piece.
    let last = place.end.saturating_sub(1).max(place.start);
    let mut places = vec![place.start];
    if last != place.start {
        places.push(last);
    }
    for place in places {
        edits.at_piece(place);
    }
    if let Some(next) = pieces.get(place.end) {
        edits.insert(place.end, true);
        if next.kind == TextPieceKind::Mark {
            edits.marks(place.end, 30);
        }
    }
    edits.all
}

struct Edits<'a> {
    pieces: &'a [TextPiece],
    all: Vec<(EditCost, Vec<TextPiece>)>,
}

impl Edits<'_> {
    fn push(&mut self, cost: EditCost, pieces: &[TextPiece]) {
        self.all.push((cost, split(&joined(pieces))));
    }

    /// Puts `text` before the piece `at`.
    fn put(&mut self, at: usize, text: &str, cost: EditCost) {
        let mut pieces = self.pieces.to_vec();
        let kind = TextPieceKind::Mark;
        let is_spaced = text != "," && text != ")";
        if let Some(next) = pieces.get_mut(at) {
            next.is_spaced = text != "(";
        }
        pieces.insert(at.min(pieces.len()), TextPiece { text: text.to_string(), kind, is_spaced });
        self.push(cost, &pieces);
    }

    fn replace(&mut self, at: usize, text: &str, cost: EditCost) {
        let mut pieces = self.pieces.to_vec();
        if let Some(piece) = pieces.get_mut(at) {
            piece.text = text.to_string();
            piece.is_spaced &= text != ",";
            self.push(cost, &pieces);
        }
    }

    /// Puts a separator before the piece `at`.
    fn insert(&mut self, at: usize, is_behind: bool) {
        if at == 0 {
            return;
        }
        let more = if is_behind { 40 } else { 0 };
        let before = self.pieces.get(..at).unwrap_or_default();
        let item = before.iter().rposition(|piece| piece.is(",")).map_or(0, |comma| comma + 1);
        let item = before.get(item..).unwrap_or_default();
        let is_repeat = item.iter().any(|piece| piece.is("x") || piece.is("×"));
        let has_recovery = item.iter().any(|piece| piece.is("/") && piece.is_spaced);
        self.put(at, ",", 100 + more);
        self.put(at, "/", if is_repeat && !has_recovery { 80 } else { 160 } + more);
        let is_number = self.pieces.get(at).is_some_and(|piece| piece.kind == TextPieceKind::Number);
        if is_number && before.last().is_some_and(|piece| ["m", "km", "mi"].contains(&piece.text.as_str())) {
            self.put(at, "in", 75 + more);
        }
    }

    /// Closes, opens and drops brackets, if they do not match.
    fn brackets(&mut self) {
        let count = |mark: &str| self.pieces.iter().filter(|piece| piece.is(mark)).count();
        let (open, close) = (count("("), count(")"));
        if open > close {
            self.put(self.pieces.len(), ")", 70);
        }
        if open == close {
            return;
        }
        let mark = if open > close { "(" } else { ")" };
        let places: Vec<usize> =
            self.pieces.iter().enumerate().filter(|(_, piece)| piece.is(mark)).map(|(i, _)| i).collect();
        for place in places {
            self.drop_piece(place, 70);
        }
        if let Some(times) = self.pieces.iter().position(|piece| piece.is("x") || piece.is("×"))
            && close > open
        {
            self.put(times + 1, "(", 90);
        }
    }

    fn drop_range(&mut self, range: std::ops::Range<usize>) {
        let dropped = self.pieces.get(range.clone()).unwrap_or_default();
        let cost = dropped.iter().map(loss).sum();
        let mut pieces = self.pieces.to_vec();
        pieces.drain(range);
        self.push(cost, &pieces);
    }

    fn drop_piece(&mut self, at: usize, more: EditCost) {
        let Some(piece) = self.pieces.get(at) else { return };
        let cost = loss(piece) + more;
        let mut pieces = self.pieces.to_vec();
        pieces.remove(at);
        if let Some(next) = pieces.get_mut(at) {
            next.is_spaced |= piece.is_spaced;
        }
        self.push(cost, &pieces);
    }

    fn swap(&mut self, at: usize) {
        let mut pieces = self.pieces.to_vec();
        let Some([first, second]) = pieces.get_mut(at..at + 2) else { return };
        std::mem::swap(&mut first.text, &mut second.text);
        second.is_spaced = true;
        self.push(120, &pieces);
    }

    /// Puts another mark in the place of the mark `at`.
    fn marks(&mut self, at: usize, more: EditCost) {
        let Some(piece) = self.pieces.get(at) else { return };
        for mark in MARKS.iter().filter(|mark| !piece.is(mark)) {
            self.replace(at, mark, 100 + more);
        }
    }

    fn at_piece(&mut self, at: usize) {
        let Some(piece) = self.pieces.get(at) else { return };
        self.drop_piece(at, 0);
        match piece.kind {
            TextPieceKind::Mark => self.marks(at, 0),
            TextPieceKind::Number => {
                for (cost, text) in units::choices(self.pieces, at) {
                    self.replace(at, &text, cost + 30);
                }
                if !units::has_unit(self.pieces, at) {
                    let text = format!("{}×", piece.text);
                    self.replace(at, &text, 110);
                    self.replace(at, &format!("{}%", piece.text), 110);
                }
            }
            TextPieceKind::Word => {
                if is_known(&piece.text.to_lowercase()) && at > 0 {
                    self.swap(at - 1);
                }
                self.swap(at);
                let before = at.checked_sub(1).and_then(|i| self.pieces.get(i));
                let is_unit = lexicon::units().any(|unit| piece.is(unit));
                if is_unit && before.is_none_or(|before| before.kind != TextPieceKind::Number) {
                    self.replace(at, &format!("1{}", piece.text), 60);
                }
                for (cost, word) in lexis::others(&piece.text) {
                    self.replace(at, &word, cost);
                }
            }
            TextPieceKind::Verbatim => {}
        }
    }
}

/// Returns the cost of leaving a piece out.
fn loss(piece: &TextPiece) -> EditCost {
    match piece.kind {
        TextPieceKind::Mark if piece.is("×") || piece.is("%") => 250,
        TextPieceKind::Mark => 80,
        TextPieceKind::Word if is_known(&piece.text.to_lowercase()) => 200,
        TextPieceKind::Word => 150,
        TextPieceKind::Number | TextPieceKind::Verbatim => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, at: std::ops::Range<usize>) -> Vec<String> {
        edits(&split(text), &at).iter().map(|(_, pieces)| joined(pieces)).collect()
    }

    #[test]
    fn edits_the_marks_around_a_problem() {
        let lines = lines("5min easy ; 5min hard", 10..11);
        for line in ["5min easy, 5min hard", "5min easy / 5min hard", "5min easy 5min hard"] {
            assert!(lines.iter().any(|other| other.replace(" ,", ",") == line), "{line} in {lines:?}");
        }
    }

    #[test]
    fn closes_and_drops_brackets() {
        let lines = lines("3x(5min hard / 2min", 2..3);
        assert!(lines.contains(&"3x(5min hard / 2min)".to_string()), "{lines:?}");
        assert!(lines.contains(&"3x5min hard / 2min".to_string()), "{lines:?}");
    }
}
