//! The default keys of the pages of a plan.

use super::bindings_in;
use crate::keymap::action::Action::*;
use crate::keymap::key_binding::KeyBinding;
use crate::keymap::key_context::KeyContext;
use crate::keymap::key_press::{
    BACKSPACE, DELETE, DOWN, END, ENTER, ESC, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SHIFT_TAB, SPACE, TAB,
    UP, char, ctrl,
};

const DIGITS: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// All bindings of these contexts.
pub(super) fn bindings() -> Vec<KeyBinding> {
    [today(), week(), plan(), moving(), checkin()].concat()
}

#[rustfmt::skip]
fn today() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Today);
    vec![
        bind(Choose, &[ENTER], "Run the selected session, or choose the answer").or(&[SPACE]).hint("run"),
        bind(Minutes, &[char('t')], "Run it in the minutes that you have").hint("minutes"),
        bind(Take, &[char('l')], "Take the shorter long run, if one is offered").hint("shorter long run"),
        bind(Move, &[char('m')], "Move it to another day").hint("move"),
        bind(Skip, &[char('s')], "Skip it").hint("skip"),
        bind(Library, &[char('b')], "Show the library").hint("library"),
        bind(Week, &[char('w')], "Show the week").hint("week"),
        bind(Plan, &[char('p')], "Show the whole plan").hint("plan"),
        bind(Checkin, &[char('c')], "Say how you are (check-in)").hint("check-in"),
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
        bind(PageBack, &[LEFT], "The week before").or(&[PAGE_UP]).hint("week before"),
        bind(PageOn, &[RIGHT], "The week after").or(&[PAGE_DOWN]).hint("after"),
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
        bind(Less, &[LEFT, char('h')], "The day before").hint("day before"),
        bind(More, &[RIGHT, char('l')], "The day after").hint("after"),
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
        bind(Less, &[LEFT, UP], "An earlier day").hint("earlier day"),
        bind(More, &[RIGHT, DOWN], "A later day").hint("later"),
        bind(Cancel, &[ESC], "Leave it where it is").or(&[char('q')]).hint("cancel"),
    ]
}

#[rustfmt::skip]
fn checkin() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Checkin);
    vec![
        bind(Number, &DIGITS.map(char), "Answer with a number, and go on").labelled(&["1–5"]).hint("answer"),
        bind(No, &[char('n')], "None of the list"),
        bind(Yes, &[char('y')], "Something on the list"),
        bind(Previous, &[UP], "Previous row").or(&[char('k'), SHIFT_TAB]).hint("back"),
        bind(Next, &[DOWN], "Next row").or(&[char('j'), TAB]),
        bind(Less, &[LEFT], "A lower answer").or(&[char('-')]),
        bind(More, &[RIGHT], "A higher answer").or(&[char('+')]),
        bind(Erase, &[BACKSPACE], "Clear the answer").or(&[DELETE, ctrl('h')]),
        bind(Keep, &[ENTER], "Accept the answer (3 if there is none), or take the choice").or(&[SPACE]).hint("accept"),
        bind(Close, &[ESC, char('q')], "Leave it out today").hint("leave it out"),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}
