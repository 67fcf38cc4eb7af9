//! The progress of a long command, and the signal that ends it.

use crate::runtime::{ProcessSignal, RuntimeNotice};
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::Receiver;

/// The width of the progress bar, in columns.
const BAR_WIDTH: u64 = 40;
/// The width of the bar and the words behind it.
const LINE_WIDTH: usize = 76;

/// The progress, in one line on standard error if that is a terminal.
pub struct ProgressBar {
    is_terminal: bool,
    /// The filled columns of the bar on the terminal; `None` before the first.
    filled: Option<u64>,
}

impl ProgressBar {
    /// A bar that is not shown yet.
    pub fn new() -> Self {
        ProgressBar { is_terminal: io::stderr().is_terminal(), filled: None }
    }

    /// Shows the part that is done, with words behind the bar.
    pub fn show(&mut self, done: u64, all: u64, words: impl FnOnce() -> String) {
        let filled = done.saturating_mul(BAR_WIDTH) / all.max(1);
        if self.is_terminal && self.filled.replace(filled) != Some(filled) {
            let bar: String = (0..BAR_WIDTH).map(|i| if i < filled { '#' } else { '.' }).collect();
            // The work goes on even if its progress cannot be shown.
            let _ = write!(io::stderr(), "\r{bar} {}", words());
        }
    }

    /// Removes the bar.
    pub fn clear(&mut self) {
        if self.filled.take().is_some() && self.is_terminal {
            let _ = write!(io::stderr(), "\r{:LINE_WIDTH$}\r", "");
        }
    }
}

/// Returns a signal that ends the program, if one has arrived.
pub fn ending_signal(notices: &Receiver<RuntimeNotice>) -> Option<ProcessSignal> {
    notices.try_iter().find_map(|notice| match notice {
        RuntimeNotice::Signal(signal) if signal.ends_program() => Some(signal),
        _ => None,
    })
}
