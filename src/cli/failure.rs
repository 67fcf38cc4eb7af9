//! Why a command ended without doing what it was asked to do.

use super::render::{self, ErrorStyle};
use super::report::Report;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::history::LogError;
use crate::runtime::ProcessSignal;
use std::io;
use std::process::ExitCode;

/// Why a command ended without doing what it was asked to do.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong. Exit status 2.
    Input(Report),
    /// A text has mistakes. Exit status 2.
    Mistakes(Box<SourceMistakes>),
    /// The system did not allow it. Exit status 1.
    System(Report),
    /// A signal ended the program. Exit status 128 plus its number.
    Interrupted(ProcessSignal),
    /// The reader of standard output went away, as `head` does. Exit status 0.
    Closed,
}

/// A text and its mistakes.
#[derive(Debug)]
pub struct SourceMistakes {
    /// The text.
    pub source: SourceText,
    /// The mistakes, in the order in which they are printed.
    pub problems: Vec<Diagnostic>,
    /// A line printed below them.
    pub note: Option<&'static str>,
}

impl Failure {
    /// A text with mistakes.
    pub fn mistakes(source: SourceText, problems: Vec<Diagnostic>) -> Self {
        Failure::Mistakes(Box::new(SourceMistakes { source, problems, note: None }))
    }

    /// Returns what to print on standard error.
    pub fn text(&self, style: ErrorStyle) -> String {
        match self {
            Failure::Input(report) | Failure::System(report) => format!("error: {report}"),
            Failure::Mistakes(mistakes) => {
                let note = mistakes.note.map(|note| format!("\n{note}\n")).unwrap_or_default();
                render::render(&mistakes.problems, &mistakes.source, style) + &note
            }
            Failure::Interrupted(_) | Failure::Closed => String::new(),
        }
    }

    /// Returns the failure in one line, for a screen. An interruption has nothing to say.
    pub fn one_line(&self) -> Option<String> {
        match self {
            Failure::Input(report) | Failure::System(report) => Some(report.one_line()),
            Failure::Mistakes(mistakes) => mistakes.problems.first().map(|problem| problem.message.clone()),
            Failure::Interrupted(_) | Failure::Closed => None,
        }
    }

    /// Returns the exit status of the program.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Input(_) | Failure::Mistakes(_) => ExitCode::from(2),
            Failure::System(_) => ExitCode::FAILURE,
            Failure::Interrupted(signal) => (*signal).into(),
            Failure::Closed => ExitCode::SUCCESS,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::System(Report::new(error.to_string())),
        }
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Failure::System(error.into())
    }
}
