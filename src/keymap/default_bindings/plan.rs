//! The default keys of the pages of a plan.

use super::bindings_in;
use crate::keymap::action::Action::*;
use crate::keymap::key_binding::KeyBinding;
use crate::keymap::key_context::KeyContext;
use crate::keymap::key_press::{
    DOWN, END, ENTER, ESC, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SPACE, UP, char,
};

/// All bindings of these contexts.
pub(super) fn bindings() -> Vec<KeyBinding> {
    [today(), week(), plan(), moving()].concat()
}

#[rustfmt::skip]
fn today() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Today);
    vec![
        bind(Choose, &[ENTER], "Run the selected session, or choose the answer").or(&[SPACE]).hint("run"),
        bind(Take, &[char('l')], "Take the shorter long run, if one is offered").hint("shorter long run"),
        bind(Move, &[char('m')], "Move it to another day").hint("move"),
        bind(Skip, &[char('s')], "Skip it").hint("skip"),
        bind(Library, &[char('b')], "Show the library").hint("library"),
        bind(Week, &[char('w')], "Show the week").hint("week"),
        bind(Plan, &[char('p')], "Show the whole plan").hint("plan"),
        bind(Close, &[char('q'), ESC], "Quit").hint("quit"),
        bind(Undo, &[char('u')], "Undo the latest change").hint("undo"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn week() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Week);
    vec![
        bind(Choose, &[ENTER], "Run the selected session").or(&[SPACE]).hint("run"),
        bind(Move, &[char('m')], "Move it to another day").hint("move"),
        bind(Skip, &[char('s')], "Skip it").hint("skip"),
        bind(Undo, &[char('u')], "Undo the latest change").hint("undo"),
        bind(PageBack, &[LEFT], "The week before").or(&[PAGE_UP]).hint("→ other weeks"),
        bind(PageOn, &[RIGHT], "The week after").or(&[PAGE_DOWN]),
        bind(Plan, &[char('p')], "Show the whole plan").hint("plan"),
        bind(Today, &[char('t')], "Show today").or(&[char('w')]).hint("today"),
        bind(Close, &[char('q'), ESC], "Back").hint("back"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn plan() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Plan);
    vec![
        bind(Choose, &[ENTER], "Show the week of the selected day").or(&[SPACE]).hint("week"),
        bind(Less, &[LEFT, char('h')], "The day before").hint("→ ↑ ↓ choose"),
        bind(More, &[RIGHT, char('l')], "The day after"),
        bind(Previous, &[UP, char('k')], "The week before"),
        bind(Next, &[DOWN, char('j')], "The week after"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(First, &[HOME], "To the first week").or(&[char('g')]),
        bind(Last, &[END], "To the last week").or(&[char('G')]),
        bind(Today, &[char('t')], "Show today").or(&[char('p')]).hint("today"),
        bind(Close, &[char('q'), ESC], "Back").hint("back"),
        bind(Help, &[char('?')], "Show these keys").hint("keys"),
    ]
}

#[rustfmt::skip]
fn moving() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Moving);
    vec![
        bind(Keep, &[ENTER], "Move it to this day").or(&[SPACE]).hint("move"),
        bind(Less, &[LEFT, UP], "An earlier day").hint("→ another day"),
        bind(More, &[RIGHT, DOWN], "A later day"),
        bind(Cancel, &[ESC], "Leave it where it is").or(&[char('q')]).hint("cancel"),
    ]
}
