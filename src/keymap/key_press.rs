//! Key presses and their names.
//!
//! The crate `crokey` also parses and prints key combinations. It is not used: it knows no suggestions for misspelt
//! names, accepts keys that no terminal can send (`Ctrl-M` arrives as `Enter`), and would tie us to its version of
//! crossterm.

use super::key_context::KeyContext;
use crate::text::nearest;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with the modifiers held while it is pressed. Shift is part of the character: `D`, not Shift and `d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// The key.
    pub code: KeyCode,
    /// Ctrl and Alt, if held.
    pub modifiers: KeyModifiers,
}

pub(super) const SPACE: KeyPress = char(' ');
pub(super) const ENTER: KeyPress = KeyPress::plain(KeyCode::Enter);
pub(super) const ESC: KeyPress = KeyPress::plain(KeyCode::Esc);
pub(super) const TAB: KeyPress = KeyPress::plain(KeyCode::Tab);
pub(super) const SHIFT_TAB: KeyPress = KeyPress::plain(KeyCode::BackTab);
pub(super) const BACKSPACE: KeyPress = KeyPress::plain(KeyCode::Backspace);
pub(super) const DELETE: KeyPress = KeyPress::plain(KeyCode::Delete);
pub(super) const INSERT: KeyPress = KeyPress::plain(KeyCode::Insert);
pub(super) const UP: KeyPress = KeyPress::plain(KeyCode::Up);
pub(super) const DOWN: KeyPress = KeyPress::plain(KeyCode::Down);
pub(super) const LEFT: KeyPress = KeyPress::plain(KeyCode::Left);
pub(super) const RIGHT: KeyPress = KeyPress::plain(KeyCode::Right);
pub(super) const PAGE_UP: KeyPress = KeyPress::plain(KeyCode::PageUp);
pub(super) const PAGE_DOWN: KeyPress = KeyPress::plain(KeyCode::PageDown);
pub(super) const HOME: KeyPress = KeyPress::plain(KeyCode::Home);
pub(super) const END: KeyPress = KeyPress::plain(KeyCode::End);

pub(super) const F5: KeyPress = KeyPress::plain(KeyCode::F(5));

/// The key of a character.
pub(super) const fn char(c: char) -> KeyPress {
    KeyPress::plain(KeyCode::Char(c))
}

/// The key of a character, with Ctrl.
pub(super) const fn ctrl(c: char) -> KeyPress {
    KeyPress { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
}

/// A key with a name of its own.
struct NamedKey {
    key: KeyPress,
    /// The name in the settings.
    name: &'static str,
    /// The name on the screen.
    label: &'static str,
}

const fn named(key: KeyPress, name: &'static str, label: &'static str) -> NamedKey {
    NamedKey { key, name, label }
}

const NAMED: [NamedKey; 16] = [
    named(SPACE, "Space", "Space"),
    named(ENTER, "Enter", "Enter"),
    named(ESC, "Esc", "Esc"),
    named(TAB, "Tab", "Tab"),
    named(SHIFT_TAB, "Shift-Tab", "Shift-Tab"),
    named(BACKSPACE, "Backspace", "Backspace"),
    named(DELETE, "Delete", "Delete"),
    named(INSERT, "Insert", "Insert"),
    named(UP, "Up", "↑"),
    named(DOWN, "Down", "↓"),
    named(LEFT, "Left", "←"),
    named(RIGHT, "Right", "→"),
    named(PAGE_UP, "PageUp", "PageUp"),
    named(PAGE_DOWN, "PageDown", "PageDown"),
    named(HOME, "Home", "Home"),
    named(END, "End", "End"),
];

/// A name that is not a key's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKeyName {
    /// The name that was probably meant.
    pub suggestion: Option<&'static str>,
}

impl KeyPress {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> KeyPress {
        KeyPress { code, modifiers: KeyModifiers::NONE }
    }

    /// The key press of an event.
    pub fn of(event: &KeyEvent) -> KeyPress {
        // The character already tells if Shift was held.
        let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        KeyPress { code: event.code, modifiers }
    }

    /// True if the key types text in a context, so that it cannot have another meaning there.
    pub fn types_in(self, context: KeyContext) -> bool {
        match (self.code, self.modifiers) {
            (KeyCode::Char(c), KeyModifiers::NONE) => context.is_typed(c),
            _ => false,
        }
    }

    /// Parses a name as the settings have it. Upper and lower case are the same, except for single characters.
    ///
    /// # Errors
    /// If no key has this name.
    pub fn parse(name: &str) -> Result<KeyPress, UnknownKeyName> {
        let unknown = |suggestion| Err(UnknownKeyName { suggestion });
        if let Some(c) = only_char(name) {
            return match c {
                ' ' => unknown(Some("Space")),
                '\t' => unknown(Some("Tab")),
                '\n' | '\r' => unknown(Some("Enter")),
                _ if c.is_control() || c.is_whitespace() => unknown(None),
                _ => Ok(char(c)),
            };
        }
        if let Some(known) = NAMED.iter().find(|known| known.name.eq_ignore_ascii_case(name)) {
            return Ok(known.key);
        }
        if let Some(n) = name.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok())
            && (1..=12).contains(&n)
        {
            return Ok(KeyPress::plain(KeyCode::F(n)));
        }
        match (letter_after("Ctrl-", name), letter_after("Shift-", name)) {
            // Terminals send the same bytes for these as for Enter and Tab.
            (Some('m' | 'M' | 'j' | 'J'), _) => unknown(Some("Enter")),
            (Some('i' | 'I'), _) => unknown(Some("Tab")),
            (Some(letter), _) => Ok(ctrl(letter.to_ascii_lowercase())),
            (_, Some(letter)) => Ok(char(letter.to_ascii_uppercase())),
            // A name of two letters is near every name of three.
            _ if name.chars().count() < 3 => unknown(None),
            _ => unknown(nearest(name, NAMED.iter().map(|known| known.name))),
        }
    }

    /// The name on the screen: `↑`.
    pub fn label(self) -> String {
        self.written(|named| named.label)
    }

    /// The name in the settings: `Up`.
    pub fn name(self) -> String {
        self.written(|named| named.name)
    }

    fn written(self, name: impl Fn(&NamedKey) -> &'static str) -> String {
        if let Some(known) = NAMED.iter().find(|known| known.key == self) {
            return name(known).to_string();
        }
        match self.code {
            KeyCode::F(n) => format!("F{n}"),
            KeyCode::Char(c) if self.modifiers == KeyModifiers::CONTROL => {
                format!("Ctrl-{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) if c.is_ascii_uppercase() => format!("Shift-{c}"),
            KeyCode::Char(c) => c.to_string(),
            // No other key is in the default bindings or can be parsed.
            _ => "?".to_string(),
        }
    }
}

/// The character of a text that is one character long.
fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The ASCII letter after a modifier such as `Ctrl-`.
fn letter_after(modifier: &str, name: &str) -> Option<char> {
    let (before, after) = name.split_at_checked(modifier.len())?;
    only_char(after).filter(|c| c.is_ascii_alphabetic() && before.eq_ignore_ascii_case(modifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_names() {
        assert_eq!(KeyPress::parse("space"), Ok(SPACE));
        assert_eq!(KeyPress::parse("F12"), Ok(KeyPress::plain(KeyCode::F(12))));
        assert_eq!(KeyPress::parse("Shift-d"), Ok(char('D')));
        assert_eq!(KeyPress::parse("D"), Ok(char('D')));
        assert_eq!(KeyPress::parse("é"), Ok(char('é')));
        assert_eq!(KeyPress::parse("ctrl-X"), Ok(ctrl('x')));
    }

    #[test]
    fn rejects_unknown_names_with_a_suggestion() {
        for (wrong, suggestion) in [
            ("Spcae", Some("Space")),
            ("F13", None),
            ("F0", None),
            ("Ctrl-", None),
            ("Ctrl-é", None),
            ("", None),
            (" ", Some("Space")),
            ("ab", None),
            ("\u{1b}", None),
            ("Pagedwn", Some("PageDown")),
            ("日本", None),
        ] {
            assert_eq!(KeyPress::parse(wrong), Err(UnknownKeyName { suggestion }), "{wrong:?}");
        }
    }
}
