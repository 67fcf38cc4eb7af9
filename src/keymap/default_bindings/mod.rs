//! The default keys of every context, with what they do.
//!
//! Presentation clickers send PageDown and PageUp, and many have no other buttons: one skips a step, the other pauses
//! and resumes. A keyboard goes back with an arrow key. Other buttons of clickers send F5 and Esc, which start and end
//! a presentation (here: resume, and ask whether to stop), and `.` or `b`, which blank the screen (here: show only the
//! number).

mod day;
mod pages;
mod plan;
mod running;

use super::action::Action;
use super::key_binding::KeyBinding;
use super::key_context::KeyContext;
use super::key_press::{KeyPress, ctrl};

/// All default bindings, context by context.
pub fn default_bindings() -> Vec<KeyBinding> {
    [running::bindings(), pages::bindings(), plan::bindings(), day::bindings(), anywhere()].concat()
}

/// Makes bindings for one context.
fn bindings_in(context: KeyContext) -> impl Fn(Action, &[KeyPress], &'static str) -> KeyBinding {
    move |action, keys, description| KeyBinding::new(context, action, keys, description)
}

fn anywhere() -> Vec<KeyBinding> {
    let bind = bindings_in(KeyContext::Anywhere);
    vec![
        bind(Action::Interrupt, &[ctrl('c')], "Quit at once"),
        bind(Action::Suspend, &[ctrl('z')], "Suspend the program; fg resumes it"),
    ]
}
