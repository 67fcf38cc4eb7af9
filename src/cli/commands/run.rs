//! `pacebell run`: a session in real time, on the screen or as lines.

use crate::cli::args::RunArguments;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::session::offer;
use crate::cli::session::offer::Next;
use crate::cli::session::page_host::Stage;
use crate::cli::session::run;
use crate::cli::session::run::{Shown, Start};
use crate::cues::Verbosity;
use crate::library::{self, recent};
use crate::runtime;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(
    arguments: &RunArguments,
    log: Option<&Path>,
    voice: Option<Verbosity>,
) -> Result<ExitCode, Failure> {
    let chosen = load_workout::choose(&arguments.workout)?;
    let mut stage = Stage::new()?;
    stage.voice = voice;
    let shown = Shown::with(arguments.plain);
    match offer::offer(shown, log, &mut stage)? {
        Next::AsMeant => {
            if let Some(code) = run::speaks_against(&chosen.sequence, shown, &mut stage)? {
                return Ok(code);
            }
            if let Some(name) = library::name_of(&arguments.workout.what) {
                recent::note(&name);
            }
            run::live(Start::Anew(Box::new(chosen), arguments.speed), shown, log, &mut stage)
        }
        Next::TakeUp(unfinished) => run::live(Start::TakenUp(unfinished), shown, log, &mut stage),
        Next::Signal(signal) => Ok(runtime::exit_code(signal)),
    }
}
