//! Pieces that many messages share.

use crate::text::quoted;
use std::fmt;

/// What stands where something else is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundText<'a> {
    /// The end of the text.
    End,
    /// The end of the line.
    LineEnd,
    /// Something written.
    Written(&'a str),
}

impl fmt::Display for FoundText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FoundText::End => f.write_str("the end"),
            FoundText::LineEnd => f.write_str("the line's end"),
            FoundText::Written(text) => f.write_str(&quoted(text)),
        }
    }
}

/// Suggests `nearest`, or says what to do `otherwise`.
pub fn did_you_mean(nearest: Option<&str>, otherwise: &str) -> String {
    match nearest {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_string(),
    }
}

/// The longest list of names in a message.
const MOST_LISTED: usize = 20;

/// Joins the first of `words`, each in back quotes, with commas.
pub fn listed(words: &[String]) -> String {
    words.iter().take(MOST_LISTED).map(|word| quoted(word)).collect::<Vec<_>>().join(", ")
}
