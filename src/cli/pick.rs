//! `pacebell` alone: choose a workout of the library, and run it.
use super::Failure;
use std::process::ExitCode;

pub fn pick() -> Result<ExitCode, Failure> {
    super::list::library_and_what_next().map(|()| ExitCode::SUCCESS)
}
