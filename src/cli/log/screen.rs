//! The log on the screen.

use super::Failure;
use crate::config::Settings;
use crate::history::Store;
use std::process::ExitCode;

/// Shows the log until the runner leaves it.
pub fn screen(_store: &Store, _settings: Settings) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}
