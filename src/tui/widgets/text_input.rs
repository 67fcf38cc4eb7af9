//! A line of text that is being typed, at its end.

use crate::keymap::Action;
use crate::text::is_hidden;

/// Nobody searches for more than this, and no value is longer, in characters.
const USUAL: usize = 80;

/// What has been typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextInput {
    text: String,
    /// How many characters there may be.
    longest: usize,
}

impl Default for TextInput {
    fn default() -> Self {
        TextInput::of(USUAL, "")
    }
}

impl TextInput {
    /// A short line that begins with `text`.
    pub fn new(text: &str) -> Self {
        TextInput::of(USUAL, text)
    }

    /// A line of at most so many characters that begins with `text`.
    pub fn of(longest: usize, text: &str) -> Self {
        TextInput { text: text.chars().take(longest).collect(), longest }
    }

    /// How many more characters there is room for.
    pub fn room(&self) -> usize {
        self.longest.saturating_sub(self.text.chars().count())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True where there is nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Puts a character at the end, unless it could not be seen or there is no room.
    pub fn push(&mut self, c: char) -> bool {
        let room = self.room() > 0 && !is_hidden(c);
        if room {
            self.text.push(c);
        }
        room
    }

    /// Erases as a key asks for; true where the key erases at all.
    pub fn erase(&mut self, action: Action) -> bool {
        match action {
            Action::Erase => _ = self.text.pop(),
            Action::EraseAll => self.text.clear(),
            Action::EraseWord => {
                let kept = self.text.trim_end().rfind(char::is_whitespace).map_or(0, |i| i + 1);
                // The blank may be longer than a byte.
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
    fn words_and_characters_go_one_by_one() {
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
    fn nothing_invisible_and_nothing_endless_is_typed() {
        let mut line = TextInput::default();
        for c in "\u{1b}\u{202e}\u{7}".chars().chain(std::iter::repeat_n('x', 10_000)) {
            line.push(c);
        }
        assert_eq!(line.text(), "x".repeat(USUAL));
    }
}
