//! The default keys while a workout runs.

use super::bindings_in;
use crate::keymap::action::Action::*;
use crate::keymap::key_binding::KeyBinding;
use crate::keymap::key_context::KeyContext;
use crate::keymap::key_press::{
    DOWN, END, ENTER, ESC, F5, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SHIFT_TAB, SPACE, TAB, UP, char,
};

/// All bindings of these contexts.
pub(super) fn bindings() -> Vec<KeyBinding> {
    [running(), answering(), listing(), signs(), quitting(), absence(), correcting(), minutes()].concat()
}

#[rustfmt::skip]
fn running() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Running);
    vec![
        bind(Pause, &[SPACE, PAGE_UP], "Pause or resume").or(&[char('p'), F5]).hint("pause"),
        bind(Skip, &[RIGHT, PAGE_DOWN], "Skip to the next step").hint("skip"),
        bind(Back, &[LEFT], "Go back to the start of the step; twice: to the step before").hint("back"),
        bind(EndStep, &[ENTER], "End a step that waits for you, or resume").hint("end step"),
        bind(Quit, &[char('q'), ESC], "Stop (asks first; the clock keeps running)").hint("stop"),
        bind(Extend, &[UP], "Make this step 10 s longer").hint("+10 s"),
        bind(Undo, &[char('u')], "Undo a skip, a jump, an extension or a change of the session"),
        bind(EndRepeat, &[END, char('r')], "End this repeat, and go on after it"),
        bind(Faster, &[char(']')], "Belt one step faster, for this target, or the guided breath").hint("faster"),
        bind(Slower, &[char('[')], "Belt one step slower, for this target, or the guided breath").hint("slower"),
        bind(Console, &[char('c')], "Enter the distance shown on the treadmill").hint("distance"),
        bind(Louder, &[char('+')], "Volume up").or(&[char('=')]),
        bind(Softer, &[char('-')], "Volume down").or(&[char('_')]),
        bind(Mute, &[char('m')], "Mute or unmute"),
        bind(Ease, &[char('e')], "Too hard: the next way to ease off"),
        bind(OneMore, &[char('o')], "One more recovery and rep, from the last rep on"),
        bind(Minutes, &[char('t')], "Cut the session to the minutes that you have left"),
        bind(Signs, &[char('s')], "Show the signs that it is time to ease off"),
        bind(Steps, &[char('g')], "Show the list of steps, to jump to one").hint("steps"),
        bind(Digits, &[char('d'), char('.')], "Show only the number, or everything again").or(&[char('b')])
            .hint("digits"),
        bind(Lock, &[char('l')], "Lock or unlock all other keys").hint("lock"),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn answering() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Answering);
    vec![
        bind(Yes, &[char('y')], "Yes").hint("yes"),
        bind(No, &[char('n')], "No: suggest another way to ease off").hint("no"),
    ]
}

#[rustfmt::skip]
fn listing() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Listing);
    vec![
        bind(Choose, &[ENTER], "Go to the selected step").hint("go"),
        bind(Previous, &[UP], "Previous step").or(&[char('k')]),
        bind(Next, &[DOWN], "Next step").or(&[char('j')]),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(First, &[HOME], "First step"),
        bind(Last, &[END], "Last step").or(&[char('G')]),
        bind(Close, &[ESC, char('g')], "Stay at this step").or(&[char('q')]).hint("back"),
    ]
}

#[rustfmt::skip]
fn signs() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Signs);
    vec![
        bind(Ease, &[char('e')], "Ease off").hint("ease off"),
        bind(Previous, &[UP], "Scroll up").or(&[char('k')]),
        bind(Next, &[DOWN], "Scroll down").or(&[char('j')]),
        bind(Close, &[ESC], "Back to the run (so does any other key)").hint("back"),
    ]
}

#[rustfmt::skip]
fn quitting() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Quitting);
    vec![
        bind(Stop, &[char('s')], "Stop here").or(&[char('y')]).hint("stop here"),
        bind(Resume, &[char('r'), ESC], "Keep running")
            .or(&[char('g'), char('n'), char('q'), SPACE, PAGE_UP, F5])
            .hint("keep running"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}

#[rustfmt::skip]
fn absence() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Absence);
    vec![
        bind(Resume, &[char('r'), SPACE], "Resume from there").or(&[char('g'), PAGE_UP, F5]).hint("resume"),
        bind(CatchUp, &[char('c')], "Catch up: I kept running").hint("catch up"),
        bind(Stop, &[char('s')], "Stop here").or(&[char('q')]).hint("stop"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}

#[rustfmt::skip]
fn correcting() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Correcting);
    vec![
        bind(Choose, &[ENTER], "Set the distance").or(&[char('c')]).hint("set"),
        bind(More, &[RIGHT, UP], "0.01 more").or(&[char(']')]),
        bind(Less, &[LEFT, DOWN], "0.01 less").or(&[char('[')]),
        bind(PageBack, &[PAGE_UP], "0.1 more"),
        bind(PageOn, &[PAGE_DOWN], "0.1 less"),
        bind(Cancel, &[ESC], "Leave the distance as it is").or(&[char('q')]).hint("cancel"),
    ]
}

#[rustfmt::skip]
fn minutes() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Minutes);
    vec![
        bind(Choose, &[ENTER], "Cut the session").or(&[char('t')]).hint("cut"),
        bind(More, &[RIGHT, UP], "A minute more").or(&[char(']')]),
        bind(Less, &[LEFT, DOWN], "A minute less").or(&[char('[')]),
        bind(PageBack, &[PAGE_UP], "Five minutes more"),
        bind(PageOn, &[PAGE_DOWN], "Five minutes less"),
        bind(Cancel, &[ESC], "Leave the session as it is").or(&[char('q')]).hint("cancel"),
    ]
}
