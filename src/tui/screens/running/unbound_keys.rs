//! Keys that do nothing say so, each once in a session.

use crate::keymap::{Action, KeyContext, Keymap};
use crate::text::clean;
use crate::tui::widgets::toast::Toast;
use crate::units::Moment;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The most keys to remember. Someone who presses more of them knows by now.
const MOST: usize = 64;
/// The first character after the Latin letters.
const AFTER_LATIN: char = '\u{250}';

/// The keys without a meaning that have been pressed in this session.
#[derive(Clone, Debug, Default)]
pub struct UnboundKeys {
    pressed: Vec<KeyCode>,
}

impl UnboundKeys {
    /// Says that a key does nothing, and what helps. Returns `None` if that was said before, and for keys that are not
    /// pressed to do something, such as Shift.
    pub fn hint(&mut self, key: &KeyEvent, at: Moment, keymap: &Keymap) -> Option<Toast> {
        let name = name(key)?;
        if self.pressed.contains(&key.code) || self.pressed.len() >= MOST {
            return None;
        }
        self.pressed.push(key.code);
        if is_of_another_layout(key.code) {
            let fix = "keys are read as Latin letters: switch the keyboard layout, or set [keys]";
            return Some(Toast::telling(fix, at));
        }
        let help = keymap.label(KeyContext::Running, Action::Help);
        let words = match help {
            "" => format!("{name} does nothing here"),
            help => format!("{name} does nothing here: {help} shows the keys"),
        };
        Some(Toast::telling(&words, at))
    }
}

/// True for a letter of another script, such as a Cyrillic or Greek one at the place of a Latin letter.
fn is_of_another_layout(code: KeyCode) -> bool {
    matches!(code, KeyCode::Char(c) if c.is_alphabetic() && c >= AFTER_LATIN)
}

/// The name of a key that could have a meaning.
fn name(key: &KeyEvent) -> Option<String> {
    if key.modifiers.intersects(!(KeyModifiers::NONE | KeyModifiers::SHIFT)) {
        return None;
    }
    match key.code {
        KeyCode::Char(' ') => Some("Space".to_string()),
        KeyCode::Char(c) => Some(clean(&c.to_string())).filter(|name| !name.trim().is_empty()),
        KeyCode::F(n) => Some(format!("F{n}")),
        code @ (KeyCode::Left
        | KeyCode::Right
        | KeyCode::Up
        | KeyCode::Down
        | KeyCode::Home
        | KeyCode::End
        | KeyCode::PageUp
        | KeyCode::PageDown
        | KeyCode::Tab
        | KeyCode::BackTab
        | KeyCode::Delete
        | KeyCode::Insert
        | KeyCode::Backspace
        | KeyCode::Enter
        | KeyCode::Esc) => Some(format!("{code:?}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keys: &mut UnboundKeys, c: char) -> Option<String> {
        let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        let toast = keys.hint(&key, Moment::new(0), Keymap::defaults());
        toast.and_then(|toast| toast.words(Moment::new(1)).map(str::to_string))
    }

    #[test]
    fn each_key_says_once_that_it_does_nothing() {
        let mut keys = UnboundKeys::default();
        assert_eq!(press(&mut keys, 'x').as_deref(), Some("x does nothing here: ? shows the keys"));
        assert_eq!(press(&mut keys, 'x'), None);
        assert!(press(&mut keys, 'z').is_some());
    }

    #[test]
    fn a_letter_of_another_script_names_the_keyboard_layout() {
        for c in ['й', 'ω', 'ש'] {
            let said = press(&mut UnboundKeys::default(), c).unwrap_or_default();
            assert!(said.contains("switch the keyboard layout"), "{c}: {said}");
        }
        let said = press(&mut UnboundKeys::default(), 'é').unwrap_or_default();
        assert!(!said.contains("layout"), "{said}");
    }
}
