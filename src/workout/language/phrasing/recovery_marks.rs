//! `r` and `R` as coaches write them: the recovery between the reps, and between the sets.

use super::Rephrased;
use super::common_forms::CommonForm;
use super::text_tokens::TextTokens;

impl Rephrased {
    /// True if the `R` of a text that has an `r`, too, was read as a pace: `6x400m r 90s, R 4'`.
    pub(super) fn has_fast_recovery(&self, text: &str) -> bool {
        let tokens = TextTokens::of(text);
        let is_fast =
            self.edits.iter().any(|(_, text)| text.trim_start_matches([',', ' ']).ends_with(" fast"));
        is_fast && mark(&tokens, "r").is_some() && mark(&tokens, "R").is_some()
    }
}

/// Returns the index of `letter` before a length.
fn mark(tokens: &TextTokens, letter: &str) -> Option<usize> {
    (0..tokens.len()).find(|i| {
        let is_marked = ["=", ":"].contains(&tokens.get(i + 1));
        let begins = i.checked_sub(1).is_none_or(|before| [" ", ",", "(", ";"].contains(&tokens.get(before)));
        tokens.get(*i) == letter && begins && (is_marked || tokens.starts_number(i + 1))
    })
}

/// Returns the text with words for its `R`.
pub(super) fn between_sets(text: &str) -> Option<CommonForm> {
    let mut tokens = TextTokens::of(text);
    let at = mark(&tokens, "R")?;
    let end = (at + 1..tokens.len())
        .find(|i| [",", ";", ")", "\n"].contains(&tokens.get(*i)))
        .unwrap_or(tokens.len());
    let length = tokens.slice(at + 1..end).trim_start_matches([' ', '=', ':']).to_string();
    tokens.replace(at..end, &format!("{length} between sets"));
    Some(CommonForm { text: tokens.text(), notes: Vec::new() })
}
