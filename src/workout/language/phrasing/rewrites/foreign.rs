//! Words of other languages that mean only one thing: `6 x 400m schnell, 200m Trabpause`.

use super::super::common_forms::CommonForm;
use crate::workout::language::foreign_words;

/// Returns the text in English.
pub(super) fn in_english(text: &str) -> Option<CommonForm> {
    let (english, words) = foreign_words::in_english(text)?;
    let mut notes: Vec<String> = Vec::new();
    for (word, meaning) in words {
        let note = format!("`{word}` is taken as {meaning}.");
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Some(CommonForm { text: english, notes })
}
