//! The way a session is shown.

use crate::cli::context::Context;
use std::io::{self, IsTerminal};

/// The way a session is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// On the whole screen.
    Screen,
    /// As lines; keys are read.
    Lines,
    /// As lines; there is no keyboard.
    Unattended,
}

impl Display {
    /// Chooses lines if `plain` asks for them or if there is no screen.
    pub fn choose(context: &Context, plain: bool) -> Self {
        match (plain || !context.terminal.has_screen, io::stdin().is_terminal()) {
            (false, _) => Display::Screen,
            (true, true) => Display::Lines,
            (true, false) => Display::Unattended,
        }
    }
}
