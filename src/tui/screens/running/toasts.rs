//! The toasts that the running screen shows about keys.

use crate::keymap::{Action, KeyContext, Keymap};
use crate::session::EventKind;
use crate::tui::widgets::toast::Toast;
use crate::units::Moment;

/// Names the key that undoes what has just happened, if it can be undone.
pub fn undo_hint(event: EventKind, at: Moment, keymap: &Keymap) -> Option<Toast> {
    let done = match event {
        EventKind::Skipped { .. } => "skipped",
        EventKind::WentBack => "back",
        EventKind::WentTo { .. } => "jumped",
        EventKind::Extended { .. } => "longer",
        EventKind::Undone => return Some(Toast::aside("undone".to_string(), at)),
        _ => return None,
    };
    match keymap.label(KeyContext::Running, Action::Undo) {
        "" => None,
        key => Some(Toast::aside(format!("{done}: {key} undoes it"), at)),
    }
}

/// Says what a bend changed, when the session now ends, and which key undoes it: `2 reps fewer · ends 18:42 · u undoes`.
pub fn bent(done: &str, ends: Option<String>, at: Moment, keymap: &Keymap) -> Toast {
    let undoes = match keymap.label(KeyContext::Running, Action::Undo) {
        "" => None,
        key => Some(format!("{key} undoes")),
    };
    let pieces: Vec<String> = [done.to_string()].into_iter().chain(ends).chain(undoes).collect();
    Toast::telling(&pieces.join(" · "), at)
}

/// Says that the keys are locked, and names the key that unlocks them.
pub fn locked(at: Moment, keymap: &Keymap) -> Toast {
    let key = keymap.label(KeyContext::Running, Action::Lock);
    Toast::telling(&format!("keys are locked: {key} unlocks"), at)
}
