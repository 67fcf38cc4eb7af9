//! `pacebell resume`: goes on with the session that was last left unfinished.

use crate::cli::failure::Failure;
use crate::cli::session::display::Display;
use crate::cli::session::page_host::PageHost;
use crate::cli::session::record;
use crate::cli::session::run;
use crate::cli::session::run::StartMode;
use crate::cues::Verbosity;
use crate::history::unfinished;
use crate::text::clean;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn resume(plain: bool, log: Option<&Path>, voice: Option<Verbosity>) -> Result<ExitCode, Failure> {
    let store = record::store(log)?;
    let found = unfinished::find(&store)?;
    let Some(latest) = found.latest else {
        let mut problem = "there is no session to go on with".to_string();
        for why in found.unreadable {
            problem.push_str(&format!("\n  = note: {}", clean(&why.to_string())));
        }
        return Err(Failure::System(problem));
    };
    let mut stage = PageHost::new()?;
    stage.voice = voice;
    run::live(StartMode::TakenUp(Box::new(latest)), Display::with(plain), log, &mut stage)
}
