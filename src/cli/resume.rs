//! `pacebell resume`: goes on with the session that was last left unfinished.

use super::live::{self, Shown, Start};
use super::stage::Stage;
use super::{Failure, keep};
use crate::cues::Verbosity;
use crate::history::unfinished;
use crate::text::clean;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn resume(plain: bool, log: Option<&Path>, voice: Option<Verbosity>) -> Result<ExitCode, Failure> {
    let store = keep::store(log)?;
    let found = unfinished::find(&store)?;
    let Some(latest) = found.latest else {
        let mut problem = "there is no session to go on with".to_string();
        for why in found.unreadable {
            problem.push_str(&format!("\n  = note: {}", clean(&why)));
        }
        return Err(Failure::System(problem));
    };
    let mut stage = Stage::new()?;
    stage.voice = voice;
    live::live(Start::TakenUp(Box::new(latest)), Shown::with(plain), log, &mut stage)
}
