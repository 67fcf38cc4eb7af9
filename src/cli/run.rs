//! `pacebell run`: a session in real time, on the screen or as lines.

use super::live::{self, Shown, Start};
use super::offer::{self, Next};
use super::stage::Stage;
use super::{Failure, RunArguments, what};
use crate::library::{self, recent};
use crate::runtime;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(arguments: &RunArguments, log: Option<&Path>) -> Result<ExitCode, Failure> {
    let chosen = what::choose(&arguments.workout)?;
    let mut stage = Stage::new()?;
    let shown = Shown::with(arguments.plain);
    match offer::offer(shown, log, &mut stage)? {
        Next::AsMeant => {
            if let Some(code) = live::speaks_against(&chosen.sequence, shown, &mut stage)? {
                return Ok(code);
            }
            if let Some(name) = library::name_of(&arguments.workout.what) {
                recent::note(&name);
            }
            live::live(Start::Anew(Box::new(chosen), arguments.speed), shown, log, &mut stage)
        }
        Next::TakeUp(unfinished) => live::live(Start::TakenUp(unfinished), shown, log, &mut stage),
        Next::Signal(signal) => Ok(runtime::exit_code(signal)),
    }
}
