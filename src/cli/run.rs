//! `pacebell run`: a session in real time, on the screen or as lines.

use super::live::{self, Shown, Start};
use super::stage::Stage;
use super::{Failure, RunArguments, what};
use crate::library::{self, recent};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(arguments: &RunArguments, log: Option<&Path>) -> Result<ExitCode, Failure> {
    let chosen = what::choose(&arguments.workout)?;
    if let Some(name) = library::name_of(&arguments.workout.what) {
        recent::note(&name);
    }
    let mut stage = Stage::new()?;
    live::live(Start::Anew(chosen, arguments.speed), Shown::with(arguments.plain), log, &mut stage)
}
