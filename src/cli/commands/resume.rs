//! `pacebell resume`: resumes the latest unfinished session.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::session::display::Display;
use crate::cli::session::offer;
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run::{StartMode, run_session};
use crate::history::unfinished;

/// Runs the command.
pub fn resume(context: &Context, plain: bool) -> Result<(), Failure> {
    let mut search = unfinished::find(&context.log()?)?;
    let logged = offer::log_complete(context, std::mem::take(&mut search.complete));
    offer::print_notes(&logged);
    let Some(latest) = search.latest else {
        if !logged.is_empty() {
            return Ok(());
        }
        let report = Report::new("there is no unfinished session to resume");
        let unreadable = search.unreadable.iter();
        return Err(Failure::System(
            unreadable.fold(report, |report, error| report.with_note(error.to_string())),
        ));
    };
    let mut host = PageHost::new(context, Display::choose(context, plain))?;
    run_session(&mut host, StartMode::Resumed(Box::new(latest)))
}
