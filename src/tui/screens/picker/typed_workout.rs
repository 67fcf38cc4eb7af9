//! The workout that the search field holds, if what is typed reads as one.

use super::entry::{EntryContent, RunnableWorkout};
use std::sync::Arc;

/// The workout that is typed into the search field.
#[derive(Clone, Debug, Default)]
pub enum TypedWorkout {
    /// What is typed can only be a word to search for.
    #[default]
    Nothing,
    /// It has yet to be read.
    Waiting(String),
    /// It reads as this workout.
    Runs(String, Arc<RunnableWorkout>),
    /// It looks like a workout but does not read as one, for this reason.
    Wrong(String),
}

impl TypedWorkout {
    /// The workout to read in `query`, if there may be one.
    pub fn of(query: &str) -> Self {
        let text = query.trim();
        let is_name = text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        match text.is_empty() || is_name {
            true => TypedWorkout::Nothing,
            false => TypedWorkout::Waiting(text.to_string()),
        }
    }

    /// Takes what `text` was read as, unless something else is typed by now.
    pub fn answer(&mut self, text: &str, content: &EntryContent) {
        if !matches!(self, TypedWorkout::Waiting(wanted) if wanted == text) {
            return;
        }
        // Without a digit, words are more likely a search than a workout with a mistake.
        let is_length = text.contains(|c: char| c.is_ascii_digit());
        *self = match content {
            EntryContent::Runs(workout) => TypedWorkout::Runs(text.to_string(), Arc::clone(workout)),
            EntryContent::Broken(broken) if is_length => TypedWorkout::Wrong(broken.message.clone()),
            EntryContent::Broken(_) | EntryContent::Unread => TypedWorkout::Nothing,
        };
    }

    /// The text to read.
    pub fn waiting(&self) -> Option<&str> {
        match self {
            TypedWorkout::Waiting(text) => Some(text),
            _ => None,
        }
    }

    /// The text and the workout that it reads as.
    pub fn runs(&self) -> Option<(&str, &Arc<RunnableWorkout>)> {
        match self {
            TypedWorkout::Runs(text, workout) => Some((text, workout)),
            _ => None,
        }
    }
}
