//! Typos in several words of a line.

use super::slip::{Advice, Slip};
use crate::text::certain;
use crate::workout::language::{lexicon, phrasing};

/// Words of hints and shapes that no table of the parser has.
const OTHERS: [&str; 10] =
    ["incline", "hills", "uphill", "recovery", "average", "heart", "rate", "zone", "then", "with"];
/// The shortest word that is compared, in letters.
const SHORTEST: usize = 4;

/// `4x1200m @ 5k race pcae, 3min rset`: the line with each word as it is spelt.
pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    let text = corrected(slip.whole())?;
    Some(Advice::ask(vec![slip.rewrite(text.clone()).standing_for(text)]))
}

/// Corrects the words outside of quotes and cues that are one typo away from a known one.
fn corrected(text: &str) -> Option<String> {
    let end = text.find(['|', '\'', '"', ':']).unwrap_or(text.len());
    let (steps, rest) = text.split_at_checked(end)?;
    let mut line = String::new();
    let mut word = String::new();
    let mut is_changed = false;
    for letter in steps.chars().chain([' ']) {
        if letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        let known = respelt(&word);
        is_changed |= known.is_some();
        line += known.unwrap_or(&word);
        line.push(letter);
        word.clear();
    }
    line.pop();
    is_changed.then(|| line + rest)
}

fn respelt(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let is_known = vocabulary().any(|known| known == lower) || lexicon::lookup(word, |_| Some(())).is_some();
    if is_known || word.chars().count() < SHORTEST || word.chars().all(char::is_uppercase) {
        return None;
    }
    // A typo seldom changes the first letter.
    let initial = lower.chars().next()?;
    certain(&lower, vocabulary().filter(|known| known.len() >= SHORTEST && known.starts_with(initial)))
}

pub(super) fn vocabulary() -> impl Iterator<Item = &'static str> {
    let words = lexicon::targets().chain(lexicon::starters()).chain(lexicon::units());
    words.chain(phrasing::words()).chain(OTHERS).flat_map(|phrase| phrase.split([' ', '-', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrects_words_that_are_one_typo_away() {
        assert_eq!(corrected("5km esay, 3min rset").as_deref(), Some("5km easy, 3min rest"));
        assert_eq!(corrected("10min easy, 20 mins tempo"), None);
        assert_eq!(corrected("10min easy 'rset'"), None);
        assert_eq!(corrected("10min leicht"), None);
    }
}
