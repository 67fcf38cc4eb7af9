//! The keys at the foot of a screen, from the table of keys.

use super::text::width;
use crate::keymap;
use crate::keymap::{Action, KeyContext};

/// Between two hints.
const GAP: &str = "   ";

/// The keys of a context that have a hint, as many as fit; the last always does: it leads to all others. What Enter
/// does may be something else than usual.
pub fn hints(context: KeyContext, instead: &str, columns: u16) -> String {
    let all: Vec<String> = keymap::of(context)
        .filter(|b| !b.hint.is_empty())
        .map(|b| match (b.action, instead) {
            (Action::Choose, instead) if !instead.is_empty() => format!("{} {instead}", b.label()),
            _ => format!("{} {}", b.label(), b.hint),
        })
        .collect();
    let Some((last, others)) = all.split_last() else {
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
