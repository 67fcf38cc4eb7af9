//! Remarks, sums and second choices beside the steps of a line.

use super::super::repair::{TextPieceKind, is_known};
use super::suspect::{LocatedPiece, Suspect, SuspectSort, TELLING, end_of, is_number, is_word, start_of};
use crate::workout::language::lexicon;

/// Words of a remark about the place or the sort of a session.
const PLACES: [&str; 7] = ["track", "road", "trail", "treadmill", "grass", "fartlek", "hills"];
/// Returns the brackets that hold no step: `(Track)`, `(1:40 average)`.
pub(super) fn remarks(text: &str, pieces: &[LocatedPiece]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (open, _) in pieces.iter().enumerate().filter(|(_, piece)| piece.piece.is("(")) {
        let Some(close) = (open + 1..pieces.len()).find(|i| pieces[*i].piece.is(")")) else { break };
        let Some(inside) = pieces.get(open + 1..close) else { continue };
        let at = start_of(pieces, open)..end_of(pieces, close + 1);
        let is_counted = text.get(..at.start).is_some_and(|before| {
            before.trim_end().ends_with(['x', 'X', '×'])
                || before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        });
        let is_nested = inside.iter().any(|piece| piece.piece.is("("));
        let has_numbers = inside.iter().any(is_number);
        let tells_average = inside.iter().any(|piece| is_word(piece, &["average", "avg", "yds", "yards"]));
        let is_strange = inside.iter().any(|piece| {
            piece.piece.kind == TextPieceKind::Word && !is_known(&piece.piece.text.to_lowercase())
        });
        let says_more =
            inside.iter().any(|piece| is_word(piece, &TELLING) || lexicon::pace(&piece.piece.text).is_some());
        let tells_place = inside.iter().any(|piece| is_word(piece, &PLACES));
        let is_remark = if has_numbers { tells_average } else { (is_strange || tells_place) && !says_more };
        if is_remark && !is_counted && !is_nested {
            found.push(Suspect { at, replacement: " ".to_string(), sort: SuspectSort::Remark });
        }
    }
    found
}

/// Returns the sum at the end: `→ 15-18 min`.
pub(super) fn sums(text: &str) -> Option<Suspect> {
    let (mark, length) = ["→", "=>", "="].iter().find_map(|mark| Some((text.rfind(mark)?, mark.len())))?;
    let sum = text.get(mark + length..)?.trim();
    let before = text.get(..mark)?.trim_end();
    let is_length = sum.starts_with(|c: char| c.is_ascii_digit())
        && sum
            .trim_end_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '.')
            .ends_with(|c: char| c.is_ascii_digit())
        && !sum.contains([',', '/', '(']);
    // `5:00/km → 4:30/km` is a ramp.
    let ends_step = !before.ends_with("/km") && !before.ends_with("/mi") && !before.ends_with('h');
    let at = mark..text.trim_end().len();
    (is_length && ends_step).then(|| Suspect { at, replacement: " ".to_string(), sort: SuspectSort::Sum })
}

/// Returns the second of two lengths: `400m or 2-3 min recoveries`.
pub(super) fn choices(pieces: &[LocatedPiece]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (or, _) in pieces.iter().enumerate().filter(|(_, piece)| is_word(piece, &["or"])) {
        let mut end = or + 1;
        while end < pieces.len()
            && pieces
                .get(end)
                .is_some_and(|piece| is_number(piece) || piece.piece.is("-") || piece.piece.is("–"))
        {
            end += 1;
        }
        let has_unit = pieces.get(end).is_some_and(|unit| lexicon::units().any(|known| unit.piece.is(known)));
        let is_rest = end == or + 1
            && pieces.get(end).is_some_and(|piece| is_word(piece, &["rest", "off"]))
            && end + 1 == pieces.len();
        // `10min or 20min` has an advice of its own.
        let is_length = end > or + 2 && has_unit && or > 0;
        if is_length || (is_rest && or > 0) {
            let at = start_of(pieces, or)..end_of(pieces, end + 1);
            found.push(Suspect { at, replacement: " ".to_string(), sort: SuspectSort::Choice });
        }
    }
    found
}
