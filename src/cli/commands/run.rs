//! `pacebell run`: a session in real time, on the screen or as lines.

use crate::cli::args::RunArguments;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::session::display::Display;
use crate::cli::session::offer;
use crate::cli::session::offer::OfferOutcome;
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run;
use crate::cli::session::run::StartMode;
use crate::cues::Verbosity;
use crate::library::{self, recent};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(
    arguments: &RunArguments,
    log: Option<&Path>,
    voice: Option<Verbosity>,
) -> Result<ExitCode, Failure> {
    let chosen = load_workout::choose(&arguments.workout)?;
    let mut stage = PageHost::new()?;
    stage.voice = voice;
    let shown = Display::with(arguments.plain);
    match offer::offer(shown, log, &mut stage)? {
        OfferOutcome::AsMeant => {
            if let Some(code) = run::speaks_against(&chosen.sequence, shown, &mut stage)? {
                return Ok(code);
            }
            if let Some(name) = library::name_of(&arguments.workout.what) {
                recent::note(&name);
            }
            run::live(StartMode::Anew(Box::new(chosen), arguments.speed), shown, log, &mut stage)
        }
        OfferOutcome::TakeUp(unfinished) => run::live(StartMode::TakenUp(unfinished), shown, log, &mut stage),
        OfferOutcome::Signal(signal) => Ok(signal.into()),
    }
}
