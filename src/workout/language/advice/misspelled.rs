//! Misspelled words, told where they stand.
//!
//! A phrase such as `8x400m w/ 90s reast` is read as a whole or not at all, so the parser reports the first thing that is no
//! notation: `w`, which is right. Where the line can be read with its unknown words spelled otherwise, those words are the
//! problems.

use super::read_texts::ReadTexts;
use super::repair::{self, TextPiece, TextPieceKind, split};
use super::{Adviser, LONGEST_WHOLE, MOST_TRIES, foreign, sentence, spoken, totals, typos};
use crate::diagnostic::{Diagnostic, SuggestedFix};
use crate::text::is_ordinary;
use crate::workout::language::lexicon;
use crate::workout::language::messages::target::TargetProblem;
use crate::workout::language::notation::Notation;
use crate::workout::language::references::References;
use std::ops::Range;

/// The most words of one line that are corrected.
const MOST_WORDS: usize = 4;
/// The most spellings of one word that are tried.
const MOST_SPELLINGS: usize = 4;
/// The most lines that are read.
const MOST_LINES: usize = 16;
/// The neighbours of each key on an English keyboard.
const NEIGHBOURS: [(char, &str); 26] = [
    ('a', "qwsz"),
    ('b', "vghn"),
    ('c', "xdfv"),
    ('d', "serfcx"),
    ('e', "wsdr"),
    ('f', "drtgvc"),
    ('g', "ftyhbv"),
    ('h', "gyujnb"),
    ('i', "ujko"),
    ('j', "huiknm"),
    ('k', "jiolm"),
    ('l', "kop"),
    ('m', "njk"),
    ('n', "bhjm"),
    ('o', "iklp"),
    ('p', "ol"),
    ('q', "wa"),
    ('r', "edft"),
    ('s', "awedxz"),
    ('t', "rfgy"),
    ('u', "yhji"),
    ('v', "cfgb"),
    ('w', "qase"),
    ('x', "zsdc"),
    ('y', "tghu"),
    ('z', "asx"),
];

/// A word that is spelled otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Misspelling {
    /// The bytes of the word in the text.
    at: Range<usize>,
    /// The spellings that it may stand for, the likeliest first, and how unlikely each is.
    spellings: Vec<(u32, &'static str)>,
}

/// Returns one problem for each misspelled word of a line that can be read without its misspellings. Nothing if the
/// problems are about those words already.
pub(super) fn problems(
    notation: &Notation,
    names: &References,
    problems: &[Diagnostic],
    read: &ReadTexts,
) -> Option<Vec<Diagnostic>> {
    let text = notation.text.as_str();
    if problems.is_empty() || text.len() > LONGEST_WHOLE || names.knows_any() {
        return None;
    }
    if notation.source(0..text.len()).len() != text.len() || foreign::translated(text).is_some() {
        return None;
    }
    let words = misspellings(text);
    let is_told = |problem: &Diagnostic| {
        let at = notation.decoded(problem.span.clone());
        words.iter().any(|word| word.at == at)
    };
    if words.is_empty() || words.len() > MOST_WORDS || problems.iter().all(is_told) {
        return None;
    }
    let mut adviser = Adviser {
        text,
        names,
        read_texts: read,
        tries: MOST_TRIES,
        has_others: problems.len() > 1,
        known: problems.len(),
    };
    let (meant, line) = adviser.first_readable(&words)?;
    let told = words.iter().zip(&meant).enumerate().map(|(i, (word, meant))| {
        let span = notation.source(word.at.clone());
        let written = text.get(word.at.clone()).unwrap_or_default();
        let mut problem = Diagnostic::new(span, TargetProblem::MisspelledWord { word: written, meant });
        problem.help = Some(match i {
            0 => format!("write `{line}`"),
            _ => sentence::CORRECTED.to_string(),
        });
        if i == 0 {
            let whole = notation.source(0..text.len());
            problem.alternatives = vec![SuggestedFix { span: whole, replacement: line.clone() }];
        }
        problem
    });
    Some(told.collect())
}

impl Adviser<'_> {
    /// Returns the likeliest spellings with which the line can be read, and the notation of that line.
    fn first_readable(&mut self, words: &[Misspelling]) -> Option<(Vec<&'static str>, String)> {
        let mut picks = spellings_together(words);
        picks.sort_by_key(|(cost, _)| *cost);
        picks.into_iter().take(MOST_LINES).find_map(|(_, spellings)| {
            let mut line = String::new();
            let mut from = 0;
            for (word, spelling) in words.iter().zip(&spellings) {
                line += self.text.get(from..word.at.start)?;
                line += spelling;
                from = word.at.end;
            }
            line += self.text.get(from..)?;
            self.tries = self.tries.checked_sub(1)?;
            let parsed = self.read(&line);
            let is_read = parsed.problems.is_empty()
                && !parsed.items.is_empty()
                && !parsed.incomplete
                && self.passes(&parsed.items, &line)
                && !totals::is_too_short(&parsed.items);
            is_read.then(|| (spellings, spoken(&parsed.items)))
        })
    }
}

/// Returns every choice of a spelling for each word, with its cost.
fn spellings_together(words: &[Misspelling]) -> Vec<(u32, Vec<&'static str>)> {
    let mut picks: Vec<(u32, Vec<&'static str>)> = vec![(0, Vec::new())];
    for word in words {
        picks = picks
            .iter()
            .flat_map(|(cost, chosen)| {
                word.spellings.iter().map(move |(more, spelling)| {
                    (cost + more, chosen.iter().copied().chain([*spelling]).collect())
                })
            })
            .collect();
        picks.sort_by_key(|(cost, _)| *cost);
        picks.truncate(MOST_LINES);
    }
    picks
}

/// Returns the unknown words of a text that are near known ones. Empty if an unknown word is near none: the line cannot be
/// read then.
fn misspellings(text: &str) -> Vec<Misspelling> {
    let pieces = split(text);
    let mut words = Vec::new();
    let mut from = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let Some(start) = text.get(from..).and_then(|rest| rest.find(&piece.text)).map(|at| from + at) else {
            return Vec::new();
        };
        let at = start..start + piece.text.len();
        from = at.end;
        if !is_unknown(&pieces, i) {
            continue;
        }
        let spellings = spellings(&pieces, i);
        if spellings.is_empty() {
            return Vec::new();
        }
        words.push(Misspelling { at, spellings });
    }
    words
}

/// True for a word outside of quotes that pacebell does not know.
pub(super) fn is_unknown(pieces: &[TextPiece], at: usize) -> bool {
    let Some(piece) = pieces.get(at).filter(|piece| piece.kind == TextPieceKind::Word) else { return false };
    let lower = piece.text.to_lowercase();
    // `1min on, 1min of`: nothing stands behind the last word.
    if lower == "of" {
        return at + 1 == pieces.len();
    }
    // `90z rest`: a zone is no unit.
    if lower == "z" {
        return at
            .checked_sub(1)
            .and_then(|i| pieces.get(i))
            .is_some_and(|b| b.kind == TextPieceKind::Number);
    }
    let is_mark = ["x", "w", "r", "h", "s", "m", "k"].contains(&lower.as_str());
    !is_mark && !repair::is_known(&lower)
}

/// Returns the words that a piece may stand for.
pub(super) fn spellings(pieces: &[TextPiece], at: usize) -> Vec<(u32, &'static str)> {
    let Some(piece) = pieces.get(at) else { return Vec::new() };
    let lower = piece.text.to_lowercase();
    if is_ordinary(&lower) {
        return Vec::new();
    }
    let before = at.checked_sub(1).and_then(|i| pieces.get(i));
    let is_unit = before.is_some_and(|before| before.kind == TextPieceKind::Number || before.is("/"));
    let mut near: Vec<(u32, &'static str)> = typos::vocabulary()
        .chain(["off"])
        .filter(|known| is_unit || lexicon::units().all(|unit| unit != *known))
        .filter_map(|known| Some((slip_cost(&lower, known)?, known)))
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|(_, word)| *word);
    near.truncate(MOST_SPELLINGS);
    near
}

/// Returns how unlikely it is that `known` was typed as `word`. `None` if nobody would.
fn slip_cost(word: &str, known: &str) -> Option<u32> {
    let (typed, meant): (Vec<char>, Vec<char>) = (word.chars().collect(), known.chars().collect());
    if typed == meant || typed.len().abs_diff(meant.len()) > 2 {
        return None;
    }
    if typed.len() == meant.len() {
        let wrong: Vec<usize> = (0..typed.len()).filter(|i| typed.get(*i) != meant.get(*i)).collect();
        match wrong.as_slice() {
            [first, second] if second - first == 1 => {
                let is_swapped =
                    typed.get(*first) == meant.get(*second) && typed.get(*second) == meant.get(*first);
                if is_swapped {
                    return Some(1);
                }
            }
            [only] => {
                let (typed, meant) = (*typed.get(*only)?, *meant.get(*only)?);
                let is_next = NEIGHBOURS.iter().any(|(key, near)| *key == meant && near.contains(typed));
                if is_next {
                    return Some(2);
                }
            }
            _ => {}
        }
    }
    // `CDD`: the last key was pressed twice.
    if let Some((last, head)) = typed.split_last()
        && meant == head
        && head.last() == Some(last)
        && head.len() > 1
    {
        return Some(1);
    }
    // `sits` is no slip for `sit`, and three letters may be the beginning of many words.
    let is_plural = word.strip_suffix('s') == Some(known);
    let is_short = typed.len() < 4 && lexicon::units().all(|unit| unit != known);
    let slips = strsim::damerau_levenshtein(word, known);
    match (slips, typed.len().min(meant.len())) {
        _ if is_plural || is_short => None,
        (1, 2..) if typed.len() != meant.len() => Some(3),
        (1, 4..) => Some(4),
        (2, 6..) => Some(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_likelier_than_another_word() {
        for (word, known, cost) in [
            ("jgo", "jog", Some(1)),
            ("wlak", "walk", Some(1)),
            ("z", "s", Some(2)),
            ("kn", "km", Some(2)),
            ("mn", "min", Some(3)),
            ("reast", "rest", Some(3)),
            ("rust", "rest", Some(4)),
            ("cdd", "cd", Some(1)),
            ("z", "m", None),
            ("easy", "easy", None),
            ("bench", "fast", None),
        ] {
            assert_eq!(slip_cost(word, known), cost, "{word} {known}");
        }
    }

    #[test]
    fn words_that_are_known_are_no_misspellings() {
        assert_eq!(misspellings("8x400m w/ 90s rest"), []);
        assert_eq!(misspellings("8x400m @ 5k pace 'reast'"), []);
        let found = misspellings("8x400m w/ 90z reast");
        assert_eq!(found.iter().map(|word| word.at.clone()).collect::<Vec<_>>(), [12..13, 14..19]);
        assert!(found[0].spellings.contains(&(2, "s")));
    }
}
