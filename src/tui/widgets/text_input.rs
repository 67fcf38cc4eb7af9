//! A line of text, typed and erased at its end.

use crate::keymap::Action;
use crate::text::is_hidden;

/// The most characters in a search or a value.
const SHORT: usize = 80;

/// A line that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextInput {
    text: String,
    /// The most characters it takes.
    longest: usize,
}

impl Default for TextInput {
    fn default() -> Self {
        TextInput::with_limit(SHORT, "")
    }
}

impl TextInput {
    /// A line of up to 80 characters, filled in with `text`.
    pub fn new(text: &str) -> Self {
        TextInput::with_limit(SHORT, text)
    }

    /// A line of up to `longest` characters, filled in with `text`.
    pub fn with_limit(longest: usize, text: &str) -> Self {
        TextInput { text: text.chars().take(longest).collect(), longest }
    }

    /// The number of characters there is still room for.
    pub fn room(&self) -> usize {
        self.longest.saturating_sub(self.text.chars().count())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True if the line is empty or holds only whitespace.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Types a character at the end. Returns false if it is invisible or there is no room.
    pub fn push(&mut self, c: char) -> bool {
        let room = self.room() > 0 && !is_hidden(c);
        if room {
            self.text.push(c);
        }
        room
    }

    /// Erases as `action` asks. Returns false for an action that erases nothing.
    pub fn erase(&mut self, action: Action) -> bool {
        match action {
            Action::Erase => _ = self.text.pop(),
            Action::EraseAll => self.text.clear(),
            Action::EraseWord => {
                let kept = self.text.trim_end().rfind(char::is_whitespace).map_or(0, |i| i + 1);
                // Whitespace may be longer than a byte, so `kept` may be inside a character.
                while self.text.len() > kept && !self.text.is_empty() {
                    self.text.pop();
                }
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erases_characters_and_words() {
        let mut line = TextInput::new("long run 跑步");
        line.erase(Action::Erase);
        assert_eq!(line.text(), "long run 跑");
        line.erase(Action::EraseWord);
        assert_eq!(line.text(), "long run ");
        line.erase(Action::EraseWord);
        assert_eq!(line.text(), "long ");
        for text in ["a\u{3000}b", "\u{3000}", "", "  "] {
            let mut line = TextInput::new(text);
            line.erase(Action::EraseWord);
            assert!(line.text().len() <= text.len() && !line.text().contains('b'));
        }
    }

    #[test]
    fn takes_only_visible_characters_and_only_so_many() {
        let mut line = TextInput::default();
        for c in "\u{1b}\u{202e}\u{7}".chars().chain(std::iter::repeat_n('x', 10_000)) {
            line.push(c);
        }
        assert_eq!(line.text(), "x".repeat(SHORT));
    }
}
