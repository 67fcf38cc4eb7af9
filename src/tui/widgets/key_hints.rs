//! The key hints at the foot of a screen, made from the table of keys.

use super::text::width;
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};

/// The space between two hints.
const GAP: &str = "   ";

/// The hints for a context that fit `columns`. The last one always fits: it leads to all the others.
pub fn hints(keymap: &Keymap, context: KeyContext, columns: u16) -> String {
    fitting(keymap.of(context).filter(|b| !b.hint.is_empty()).map(hint).collect(), columns)
}

/// The hints for a context, with other words for what the Enter key does.
pub fn hints_with_choice(keymap: &Keymap, context: KeyContext, choice: &str, columns: u16) -> String {
    let hint = |b: &KeyBinding| match b.action {
        Action::Choose => format!("{} {choice}", b.label()),
        _ => hint(b),
    };
    fitting(keymap.of(context).filter(|b| !b.hint.is_empty()).map(hint).collect(), columns)
}

/// The hint for a binding: its first key and its short description.
pub fn hint(binding: &KeyBinding) -> String {
    format!("{} {}", binding.label(), binding.hint)
}

/// Joins hints into a line.
pub fn join(hints: &[String]) -> String {
    hints.join(GAP)
}

/// Joins as many hints as fit. The last one always fits.
pub fn fitting(hints: Vec<String>, columns: u16) -> String {
    let Some((last, others)) = hints.split_last() else {
        return String::new();
    };
    let mut line = String::new();
    for hint in others {
        if width(&line) + width(hint) + width(GAP) + width(last) <= columns {
            line = line + hint + GAP;
        }
    }
    line + last
}
