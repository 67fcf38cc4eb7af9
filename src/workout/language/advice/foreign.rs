//! Words of other languages in texts that are refused, with the English ones that pacebell reads.

use super::slip::{Advice, Slip};
use crate::workout::language::foreign_words::WORDS;
pub(super) use crate::workout::language::foreign_words::translated;

/// `10 Minuten locker`: the line in English.
pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    let text = translated(slip.whole())?;
    Some(Advice::new("pacebell reads English words", vec![slip.rewrite(text).computed()]))
}

/// Returns the meaning of a word of the table, or of one that is a typo away, with the cost of the difference.
pub(super) fn near(word: &str) -> Option<(u32, &'static str)> {
    let exact = WORDS.iter().find(|(foreign, _)| *foreign == word).map(|(_, meaning)| (30, *meaning));
    let letters = word.chars().count();
    let longer = || {
        let mut words = WORDS.iter().filter(|(foreign, _)| letters >= 4 && foreign.starts_with(word));
        words.next().map(|(_, meaning)| (90, *meaning))
    };
    let typo = || {
        let mut words = WORDS.iter().filter(|(foreign, _)| letters >= 5 && foreign.chars().count() >= 5);
        words
            .find(|(foreign, _)| strsim::damerau_levenshtein(foreign, word) == 1)
            .map(|(_, meaning)| (100, *meaning))
    };
    exact.or_else(longer).or_else(typo)
}
