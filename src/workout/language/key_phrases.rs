//! Phrases in the keys of tables: `target = "LT"`, `distance = "5K"`, `time = "20m"`.
//!
//! The parser of phrases reads whole steps, so the key's text is completed to one, and what was added is taken off
//! the notation again.

use super::notation::Notation;
use super::phrasing::{self, PhrasingError, UnclearPhrase};
use std::borrow::Cow;

/// What completes a key's text to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseFrame<'a> {
    /// The key takes no phrases.
    Notation,
    /// The text is a whole step.
    Step,
    /// The text is the target of a step of this length.
    Target(&'a str),
    /// The text is a distance.
    Distance,
    /// The text can only be a time, so `m` stands for minutes.
    Time,
}

/// A key's text as notation, with what was decided on the way.
pub(crate) struct KeyNotation {
    pub(crate) notation: Notation,
    pub(crate) notes: Vec<String>,
}

/// Rewrites the text of a key as notation.
///
/// # Errors
///
/// Fails where the text is no phrase, and where it has two sensible readings.
pub(crate) fn rephrase(notation: &Notation, frame: PhraseFrame<'_>) -> Result<KeyNotation, PhrasingError> {
    let text = notation.text.trim();
    let (before, after) = match frame {
        PhraseFrame::Notation => return Err(PhrasingError::Unread),
        PhraseFrame::Step => (Cow::Borrowed(""), ""),
        PhraseFrame::Target(length) => (Cow::Owned(format!("{length} ")), ""),
        PhraseFrame::Distance | PhraseFrame::Time => (Cow::Borrowed(""), " easy"),
    };
    let text = if frame == PhraseFrame::Time { in_minutes(text) } else { Cow::Borrowed(text) };
    let phrases = phrasing::rephrase(&format!("{before}{text}{after}")).map_err(|error| match error {
        PhrasingError::Unclear(unclear) => within(unclear, before.len(), notation),
        PhrasingError::Unread => PhrasingError::Unread,
    })?;
    let [(_, step)] = phrases.edits.as_slice() else { return Err(PhrasingError::Unread) };
    let written = step.strip_prefix(before.as_ref()).and_then(|step| step.strip_suffix(after));
    let written = written.filter(|written| !written.trim().is_empty()).ok_or(PhrasingError::Unread)?;
    let notation = notation.with(&[(0..notation.text.len(), written)]);
    Ok(KeyNotation { notation, notes: phrases.notes })
}

/// Moves a problem from the completed step to the key's text.
fn within(unclear: UnclearPhrase, before: usize, notation: &Notation) -> PhrasingError {
    let end = notation.text.len();
    let moved = |at: usize| at.saturating_sub(before).min(end);
    let at = moved(unclear.at.start)..moved(unclear.at.end);
    let at = if at.is_empty() || !notation.text.is_char_boundary(at.start) { 0..end } else { at };
    let at = if notation.text.is_char_boundary(at.end) { at } else { 0..end };
    PhrasingError::Unclear(UnclearPhrase { at, kind: unclear.kind })
}

/// Spells out an `m` at the end, which elsewhere could be metres.
fn in_minutes(text: &str) -> Cow<'_, str> {
    let number = text.trim_end_matches(['m', 'M']);
    let one_letter = number.len() + 1 == text.len();
    match one_letter && number.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        true => Cow::Owned(format!("{number}min")),
        false => Cow::Borrowed(text),
    }
}
