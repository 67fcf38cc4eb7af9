//! How a session is shown: on the whole screen, or as lines.

use crate::cli::context;
use std::io::{self, IsTerminal};

/// How it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// On the whole screen.
    Screen,
    /// As lines; keys are read.
    Lines,
    /// As lines, for nobody who could press a key.
    Unattended,
}

impl Display {
    /// Lines where they are asked for, and wherever the output is no terminal, or one that can only print.
    pub fn with(plain: bool) -> Self {
        match (plain || !context::has_a_screen(), io::stdin().is_terminal()) {
            (false, _) => Display::Screen,
            (true, true) => Display::Lines,
            (true, false) => Display::Unattended,
        }
    }
}
