//! Signals from the operating system.

use std::process::ExitCode;

/// A signal from the operating system, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessSignal(i32);

#[cfg(unix)]
mod numbers {
    pub use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTSTP};
}

/// Systems without signals. The numbers are those of Unix, except for two signals that are never sent.
#[cfg(not(unix))]
mod numbers {
    pub const SIGHUP: i32 = 1;
    pub const SIGINT: i32 = 2;
    pub const SIGTSTP: i32 = -1;
    pub const SIGCONT: i32 = -2;
}

impl ProcessSignal {
    /// Ctrl-C.
    pub const INTERRUPT: ProcessSignal = ProcessSignal(numbers::SIGINT);
    /// The terminal was closed.
    pub const HANGUP: ProcessSignal = ProcessSignal(numbers::SIGHUP);
    /// Ctrl-Z.
    pub const SUSPEND: ProcessSignal = ProcessSignal(numbers::SIGTSTP);
    /// The program continues after having been stopped.
    pub const CONTINUE: ProcessSignal = ProcessSignal(numbers::SIGCONT);

    /// The signal with this number. Only Unix delivers any.
    #[cfg(unix)]
    pub(super) const fn new(number: i32) -> Self {
        ProcessSignal(number)
    }

    /// True for every signal that asks the program to end. Only Ctrl-Z and its counterpart do not.
    pub fn ends_program(self) -> bool {
        self != ProcessSignal::SUSPEND && self != ProcessSignal::CONTINUE
    }

    /// The exit status that shells expect of a program ended by this signal: 128 plus its number.
    pub fn exit_status(self) -> i32 {
        128 + self.0
    }
}

/// [`ProcessSignal::exit_status`], to return from `main`.
impl From<ProcessSignal> for ExitCode {
    fn from(signal: ProcessSignal) -> ExitCode {
        u8::try_from(signal.exit_status()).map_or(ExitCode::FAILURE, ExitCode::from)
    }
}
