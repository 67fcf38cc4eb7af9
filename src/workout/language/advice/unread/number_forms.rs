//! Numbers in a form that is not read, and missing commas.

use super::suspect::{LocatedPiece, Suspect, SuspectSort, is_end, is_glued, is_number, is_word, start_of};
use std::ops::Range;

/// Returns the numbers in a form that is not read, with the form that is.
pub(super) fn forms(text: &str, pieces: &[LocatedPiece]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let next = pieces.get(i + 1);
        let next_is = |word: &str| next.is_some_and(|next| next.piece.is(word));
        let form =
            |at: Range<usize>, replacement: String| Suspect { at, replacement, sort: SuspectSort::Form };
        if is_number(piece)
            && let Some((thousands, rest)) = piece.piece.text.split_once(',')
            && rest.len() == 3
            && !rest.contains([',', '.', ':'])
            && (next_is("m") || next_is("metres") || next_is("meters"))
        {
            let replacement = format!("{thousands}{rest}");
            found.push(Suspect { at: piece.at.clone(), replacement, sort: SuspectSort::Thousands });
        }
        let behind = text.get(piece.at.end..).unwrap_or_default();
        if is_number(piece) && !piece.piece.text.contains(['.', ':', ',']) {
            for written in ["½", " ½", "-and-a-half", " and a half", "-and-a-half-"] {
                if behind.starts_with(written) {
                    let at = piece.at.start..piece.at.end + written.len();
                    let is_last = !behind.get(written.len()..).is_some_and(|rest| rest.starts_with('-'));
                    if is_last {
                        found.push(form(at, format!("{}.5", piece.piece.text)));
                    }
                    break;
                }
            }
        }
        if piece.piece.is(".")
            && next
                .is_some_and(|next| is_number(next) && !next.piece.is_spaced && next.piece.number().is_some())
            && (piece.piece.is_spaced || i == 0)
            && let Some(next) = next
        {
            found.push(form(piece.at.start..next.at.end, format!("0.{}", next.piece.text)));
        }
    }
    found.extend(percentages(pieces));
    found
}

/// Returns the percentages of which the line does not say what they are of: `3 x 1 mile at 80-85%`.
fn percentages(pieces: &[LocatedPiece]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let value = i.checked_sub(1).and_then(|i| pieces.get(i)).and_then(|number| number.piece.number());
        let is_heart = piece.piece.is("%") && value.is_some_and(|value| (60.0..=100.0).contains(&value));
        let next = pieces.get(i + 1);
        let is_bare = next.is_none_or(|_| is_end(pieces, i + 1));
        if is_heart && is_bare {
            let is_part = |piece: &LocatedPiece| {
                is_number(piece) || ["-", "–", "%"].contains(&piece.piece.text.as_str())
            };
            let start = (0..i).rev().take_while(|i| pieces.get(*i).is_some_and(is_part)).last().unwrap_or(i);
            let numbers: String = pieces
                .get(start..i)
                .unwrap_or_default()
                .iter()
                .filter(|piece| !piece.piece.is("%"))
                .map(|piece| piece.piece.text.as_str())
                .collect();
            let at = start_of(pieces, start)..piece.at.end;
            found.push(Suspect {
                at,
                replacement: format!("{numbers}% HRmax"),
                sort: SuspectSort::Percentage,
            });
        }
    }
    found
}

/// Returns the places where a comma is missing: after a warm-up, and after the recovery in brackets.
pub(super) fn commas(text: &str, pieces: &[LocatedPiece]) -> Vec<Suspect> {
    let ends = ["warmup", "up", "wu", "cooldown"];
    let mut found = Vec::new();
    for (i, pair) in pieces.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let is_behind_end = is_word(first, &ends) && is_number(second);
        let is_behind_bracket =
            first.piece.is(")") && (is_number(second) || is_word(second, &["cool", "cooldown", "cd"]));
        let is_length_before = i > 0 && pieces.get(..i).unwrap_or_default().iter().any(is_number);
        if (is_behind_end || is_behind_bracket) && is_length_before {
            // `warm-up` is one word.
            let is_compound = i >= 2 && is_glued(pieces, i);
            let at = start_of(pieces, if is_compound { i - 2 } else { i })..first.at.end;
            let Some(written) = text.get(at.clone()) else { continue };
            let replacement = format!("{written},");
            found.push(Suspect { at, replacement, sort: SuspectSort::Comma });
        }
    }
    found
}
