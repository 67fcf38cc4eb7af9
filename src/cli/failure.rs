//! Why a command ended without doing what it was asked.

use crate::history::LogError;
use std::io;

/// Why a command ended without doing what it was asked: what to print on standard error.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong, and this says where. Exit status 2.
    Input(String),
    /// The system would not. Exit status 1.
    System(String),
    /// The other end of standard output went away, which is none of our business.
    Closed,
}

impl Failure {
    /// What to print on standard error.
    pub fn text(&self) -> String {
        match self {
            Failure::Input(text) => text.clone(),
            Failure::System(text) => format!("error: {text}\n"),
            Failure::Closed => String::new(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::System(error.to_string()),
        }
    }
}

impl From<LogError> for Failure {
    fn from(trouble: LogError) -> Self {
        Failure::System(format!("{}\n  = help: {}", trouble.problem, trouble.help))
    }
}
