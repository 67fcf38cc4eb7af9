//! The default keys of the day.

use super::bindings_in;
use crate::keymap::action::Action::*;
use crate::keymap::key_binding::KeyBinding;
use crate::keymap::key_context::KeyContext;
use crate::keymap::key_press::{DOWN, END, ENTER, ESC, HOME, SPACE, UP, char};

/// All bindings of these contexts.
pub(super) fn bindings() -> Vec<KeyBinding> {
    [day(), breaks()].concat()
}

#[rustfmt::skip]
fn day() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Day);
    vec![
        bind(Choose, &[ENTER], "Do the selected action; its letter does it too").or(&[SPACE]).hint("do it"),
        bind(Done, &[char('d')], "Count it as done").hint("done already"),
        bind(Later, &[char('z')], "Remind of it again in ten minutes").hint("later"),
        bind(Quiet, &[char('Q')], "Hold reminders back for an hour, or no longer").hint("quiet for 1 h"),
        bind(Edit, &[char('e')], "Edit day.toml").hint("edit"),
        bind(Undo, &[char('u')], "Take back the last win of today").hint("undo"),
        bind(Close, &[char('q'), ESC], "Quit").hint("quit"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn breaks() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Breaks);
    vec![
        bind(Keep, &[ENTER], "Write day.toml with what is chosen").hint("write day.toml"),
        bind(Choose, &[SPACE], "Choose it, or not").hint("choose"),
        bind(Cancel, &[char('q'), ESC], "Leave without it").hint("leave"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
    ]
}
