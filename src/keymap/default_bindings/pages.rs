//! The default keys of the other screens.

use super::bindings_in;
use crate::keymap::action::Action::*;
use crate::keymap::key_binding::KeyBinding;
use crate::keymap::key_context::KeyContext;
use crate::keymap::key_press::{
    BACKSPACE, DELETE, DOWN, END, ENTER, ESC, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SHIFT_TAB, SPACE, TAB,
    UP, char, ctrl,
};

const DIGITS: [char; 12] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ','];

/// All bindings of these contexts.
pub(super) fn bindings() -> Vec<KeyBinding> {
    [
        checking(),
        advised(),
        reading(),
        unfinished(),
        starting(),
        ended(),
        rating(),
        writing(),
        picking(),
        searching(),
        filling(),
        mistakes(),
        logged(),
        filtering(),
        session(),
        trends(),
        lag(),
        factor(),
        unit(),
        race(),
        trial(),
    ]
    .concat()
}

#[rustfmt::skip]
fn checking() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Checking);
    vec![
        bind(No, &[char('n')], "No, none of these").hint("none of these"),
        bind(Yes, &[char('y')], "Yes").hint("yes"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(PageBack, &[PAGE_UP], "Scroll the list up"),
        bind(PageOn, &[PAGE_DOWN], "Scroll the list down"),
        bind(Choose, &[ENTER], "Choose the selected answer"),
        bind(Close, &[ESC, char('q')], "Quit without running"),
    ]
}

#[rustfmt::skip]
fn advised() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Advised);
    vec![
        bind(Stop, &[char('r'), ESC], "Rest today").or(&[char('q')]).hint("rest"),
        bind(Resume, &[char('a')], "Run anyway").hint("run anyway"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}

#[rustfmt::skip]
fn reading() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Reading);
    vec![
        bind(Close, &[ESC, ENTER], "Close this screen").or(&[char('q'), char('?'), char('h'), SPACE])
            .hint("close"),
        bind(Previous, &[UP], "Scroll up").or(&[char('k')]),
        bind(Next, &[DOWN], "Scroll down").or(&[char('j')]),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
    ]
}

#[rustfmt::skip]
fn unfinished() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Unfinished);
    vec![
        bind(Resume, &[char('r')], "Resume from there").or(&[char('g')]).hint("resume"),
        bind(Log, &[char('l')], "Log it as it is").hint("log"),
        bind(Later, &[ESC], "Decide later").or(&[char('q')]).hint("later"),
        bind(Discard, &[char('D')], "Discard").hint("discard"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}

#[rustfmt::skip]
fn starting() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Starting);
    vec![
        bind(Choose, &[ENTER], "Run the workout").or(&[SPACE]).hint("run"),
        bind(Resume, &[char('r')], "Resume the unfinished session instead").or(&[char('g')]).hint("resume"),
        bind(Log, &[char('l')], "Log the unfinished session as it is").hint("log"),
        bind(Discard, &[char('D')], "Discard the unfinished session"),
        bind(Close, &[ESC, char('q')], "Quit without running").hint("quit"),
    ]
}

#[rustfmt::skip]
fn ended() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Ended);
    vec![
        bind(Log, &[char('l')], "Log it").hint("log"),
        bind(Later, &[char('r'), ESC], "Resume later").or(&[char('g'), char('q')]).hint("later"),
        bind(Discard, &[char('D')], "Discard").hint("discard"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}

#[rustfmt::skip]
fn rating() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Rating);
    vec![
        bind(Previous, &[UP], "Previous answer").or(&[char('k')]),
        bind(Next, &[DOWN], "Next answer").or(&[char('j')]),
        bind(Number, &DIGITS.map(char), "Type the number (a point adds a half)").labelled(&["0–9", "."]),
        bind(Sentences, &[char('s')], "Breathing: could speak in sentences"),
        bind(Phrases, &[char('p')], "Breathing: could speak in phrases"),
        bind(Gasps, &[char('g')], "Breathing: could only gasp"),
        bind(Erase, &[BACKSPACE], "Clear the answer").or(&[DELETE, ctrl('h')]),
        bind(Keep, &[ENTER], "Choose the selected answer").hint("choose"),
        bind(PageOn, &[ESC, TAB, RIGHT], "Skip this question").or(&[PAGE_DOWN]).hint("skip"),
        bind(PageBack, &[LEFT, PAGE_UP], "Previous question").or(&[SHIFT_TAB]).hint("back"),
        bind(Close, &[char('q'), ctrl('d')], "Leave the other questions for later").hint("later"),
    ]
}

#[rustfmt::skip]
fn writing() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Writing);
    vec![
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[ctrl('h')]),
        bind(EraseWord, &[ctrl('w')], "Delete a word"),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
        bind(Keep, &[ENTER], "Accept the answer").hint("accept"),
        bind(PageOn, &[ESC, TAB], "Skip this question").or(&[PAGE_DOWN]).hint("skip"),
        bind(PageBack, &[PAGE_UP], "Previous question").or(&[SHIFT_TAB]).hint("back"),
        bind(Close, &[ctrl('d')], "Accept the answer, and leave the rest for later").hint("done"),
    ]
}

#[rustfmt::skip]
fn picking() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Picking);
    vec![
        bind(Choose, &[ENTER], "Run it, or show what is wrong with it").or(&[SPACE]).hint("run"),
        bind(Search, &[char('/')], "Search, or type a workout to run").or(&[ctrl('f')]).hint("search"),
        bind(Edit, &[char('e')], "Edit it (copies a built-in workout first)").hint("edit"),
        bind(New, &[char('n')], "Create a new workout").hint("new"),
        bind(Close, &[char('q')], "Quit").hint("quit"),
        bind(Warmup, &[char('w')], "Set the warm-up").hint("warm-up"),
        bind(Cooldown, &[char('c')], "Set the cool-down").hint("cool-down"),
        bind(Minutes, &[char('t')], "Set the time that you have").hint("time"),
        bind(Parameter, &[char('p'), TAB], "Set the parameters").hint("parameters"),
        bind(Duplicate, &[char('y')], "Copy it to a workout of your own"),
        bind(Rename, &[char('R')], "Rename a workout of your own"),
        bind(Delete, &[DELETE, char('x')], "Delete a workout of your own"),
        bind(Undo, &[char('u')], "Undo the latest copy, rename or deletion"),
        bind(Resume, &[char('r')], "Resume, log or discard the unfinished session"),
        bind(Checkin, &[char('C')], "Say how you are (check-in)"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Cancel, &[ESC], "Clear the search, or quit"),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn searching() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Searching);
    vec![
        bind(Choose, &[ENTER], "Run it").hint("run"),
        bind(Previous, &[UP], "Up").or(&[ctrl('p')]),
        bind(Next, &[DOWN], "Down").or(&[ctrl('n')]),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(Keep, &[TAB], "To the results").hint("to the results"),
        bind(Cancel, &[ESC], "Clear the search").hint("clear"),
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[ctrl('h')]),
        bind(EraseWord, &[ctrl('w')], "Delete a word"),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
    ]
}

#[rustfmt::skip]
fn filling() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Filling);
    vec![
        bind(Keep, &[ENTER], "Accept").hint("accept"),
        bind(Cancel, &[ESC], "Cancel").hint("cancel"),
        bind(More, &[RIGHT], "One minute more, or the next choice"),
        bind(Less, &[LEFT], "One minute less, or the previous choice"),
        bind(Next, &[DOWN, TAB], "Next field"),
        bind(Previous, &[UP], "Previous field").or(&[SHIFT_TAB]),
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[ctrl('h')]),
        bind(EraseWord, &[ctrl('w')], "Delete a word"),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
    ]
}

#[rustfmt::skip]
fn mistakes() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Mistakes);
    vec![
        bind(Edit, &[char('e')], "Edit it").hint("edit"),
        bind(Close, &[ESC], "Back to the list").or(&[char('q'), ENTER, char('?'), char('h'), SPACE])
            .hint("back"),
        bind(Previous, &[UP], "Scroll up").or(&[char('k')]),
        bind(Next, &[DOWN], "Scroll down").or(&[char('j')]),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
    ]
}

#[rustfmt::skip]
fn logged() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Logged);
    vec![
        bind(Choose, &[ENTER], "Open the session").or(&[RIGHT, SPACE]).hint("open"),
        bind(Edit, &[char('e')], "Answer the questions, or change the answers").hint("answer"),
        bind(Delete, &[char('d')], "Delete it from the log").or(&[DELETE]).hint("delete"),
        bind(Undo, &[char('u')], "Undo the latest change").hint("undo"),
        bind(Trends, &[char('t')], "Weeks, load and records").hint("trends"),
        bind(Search, &[char('/')], "Show only sessions with some words").hint("filter"),
        bind(Close, &[char('q')], "Quit").hint("quit"),
        bind(Cancel, &[ESC], "Show all sessions again, or quit"),
        bind(Previous, &[UP, char('k')], "Up"),
        bind(Next, &[DOWN, char('j')], "Down"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(First, &[HOME], "Latest session").or(&[char('g')]),
        bind(Last, &[END], "First session").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn filtering() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Filtering);
    vec![
        bind(Keep, &[ENTER, TAB], "To the sessions that were found").hint("to the sessions"),
        bind(Cancel, &[ESC], "Show all sessions again").hint("show all"),
        bind(Previous, &[UP], "Up"),
        bind(Next, &[DOWN], "Down"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down"),
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[ctrl('h')]),
        bind(EraseWord, &[ctrl('w')], "Delete a word"),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
    ]
}

#[rustfmt::skip]
fn session() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Session);
    vec![
        bind(Edit, &[char('e')], "Answer the questions, or change the answers").hint("answer"),
        bind(Delete, &[char('d')], "Delete it from the log").or(&[DELETE]).hint("delete"),
        bind(Close, &[char('q'), ESC], "Back to the list").or(&[LEFT, ENTER, BACKSPACE]).hint("back"),
        bind(Previous, &[UP, char('k')], "Scroll up"),
        bind(Next, &[DOWN, char('j')], "Scroll down"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down").or(&[SPACE]),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn trends() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Trends);
    vec![
        bind(Close, &[char('q'), ESC], "Back to the list").or(&[char('t'), ENTER, BACKSPACE]).hint("back"),
        bind(Earlier, &[LEFT], "Earlier weeks, if not all of them fit").hint("earlier"),
        bind(Recent, &[RIGHT], "More recent weeks").hint("recent"),
        bind(More, &[char('+')], "Four weeks more").or(&[char('=')]).hint("more weeks"),
        bind(Less, &[char('-')], "Four weeks fewer").or(&[char('_')]).hint("fewer"),
        bind(Previous, &[UP, char('k')], "Scroll up"),
        bind(Next, &[DOWN, char('j')], "Scroll down"),
        bind(PageBack, &[PAGE_UP], "Page up"),
        bind(PageOn, &[PAGE_DOWN], "Page down").or(&[SPACE]),
        bind(First, &[HOME], "To the top").or(&[char('g')]),
        bind(Last, &[END], "To the bottom").or(&[char('G')]),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn lag() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Lag);
    vec![
        bind(Mark, &[SPACE], "Press when you set the speed, and when the belt reaches it").hint("now"),
        bind(Keep, &[ENTER], "Save the lag to the profile").hint("save"),
        bind(More, &[UP, char('+')], "Higher target speed, before measuring").or(&[char('=')]),
        bind(Less, &[DOWN, char('-')], "Lower target speed, before measuring"),
        bind(PageOn, &[TAB, RIGHT], "Continue with the belt's true speed").or(&[PAGE_DOWN]).hint("next"),
        bind(Close, &[ESC, char('q')], "Quit; unsaved measurements are lost").hint("quit"),
        bind(Erase, &[BACKSPACE], "Delete the last measurement").or(&[DELETE, ctrl('h')]).hint("delete last"),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn factor() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Factor);
    vec![
        bind(Keep, &[ENTER], "Save the factor to the profile").hint("save"),
        bind(Next, &[DOWN, TAB], "Next field").hint("next field"),
        bind(Previous, &[UP], "Previous field").or(&[SHIFT_TAB]),
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[DELETE, ctrl('h')]),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
        bind(PageBack, &[LEFT, PAGE_UP], "Back to the belt's lag").hint("back"),
        bind(Close, &[ESC, char('q')], "Quit; unsaved measurements are lost").hint("quit"),
        bind(Help, &[char('?')], "Show these keys").or(&[char('h')]).hint("keys"),
    ]
}

#[rustfmt::skip]
fn unit() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Unit);
    vec![
        bind(Keep, &[ENTER], "Choose the selected answer").or(&[SPACE]).hint("choose"),
        bind(PageOn, &[TAB, RIGHT], "Skip this question").or(&[PAGE_DOWN]).hint("skip"),
        bind(Close, &[ESC, char('q')], "Skip all questions; they are not asked again").hint("skip all"),
        bind(Previous, &[UP], "Previous answer").or(&[char('k')]),
        bind(Next, &[DOWN], "Next answer").or(&[char('j')]),
    ]
}

#[rustfmt::skip]
fn race() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Race);
    vec![
        bind(Keep, &[ENTER], "Accept the result").hint("accept"),
        bind(Previous, &[UP], "Shorter race"),
        bind(Next, &[DOWN], "Longer race").hint("another race"),
        bind(Close, &[ESC, TAB], "Skip this question; it is not asked again").or(&[PAGE_DOWN]).hint("skip"),
        bind(Erase, &[BACKSPACE], "Delete a character").or(&[DELETE, ctrl('h')]),
        bind(EraseAll, &[ctrl('u')], "Delete everything"),
        bind(PageBack, &[LEFT, PAGE_UP], "Previous question").or(&[SHIFT_TAB]).hint("back"),
    ]
}

#[rustfmt::skip]
fn trial() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Trial);
    vec![
        bind(Take, &[char('t')], "Save the result to the profile").or(&[char('y')]).hint("save"),
        bind(Leave, &[ESC], "Leave the profile as it is").or(&[char('q'), char('n')]).hint("leave it"),
        bind(Previous, &[UP, LEFT], "Previous answer").or(&[char('k'), SHIFT_TAB]),
        bind(Next, &[DOWN, RIGHT], "Next answer").or(&[char('j'), TAB]),
        bind(Choose, &[ENTER], "Choose the selected answer"),
    ]
}
