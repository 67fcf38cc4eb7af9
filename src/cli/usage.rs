//! What clap prints: help, the version, and errors in the arguments.

use super::failure::Failure;
use crate::text::{clean, is_hidden};
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints help or the version on standard output, or an error on standard error.
///
/// # Errors
/// If standard output cannot be written. A standard error that cannot be written is ignored.
pub fn print(error: &clap::Error) -> Result<ExitCode, Failure> {
    if !error.use_stderr() {
        error.print()?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = error.to_string();
    // clap repeats the arguments as they are, so they may hold control characters.
    if text.chars().any(|c| c != '\n' && is_hidden(c)) {
        let lines: Vec<String> = text.lines().map(clean).collect();
        let _ = io::stderr().write_all((lines.join("\n") + "\n").as_bytes());
    } else {
        let _ = error.print();
    }
    Ok(ExitCode::from(2))
}
