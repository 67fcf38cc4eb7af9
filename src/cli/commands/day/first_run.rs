//! The first run: offers the article's actions, and writes `day.toml`.

use super::file::{self, LoadedDay};
use crate::atomic_file;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::session::page_host::PageHost;
use crate::day::day_text;
use crate::folders;
use crate::settings;
use crate::text::clean;
use crate::tui::screens::day::DayOfferPage;

/// Offers the actions, and writes the file with those that were chosen. `None` if the runner left.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the file cannot be written.
pub fn offer(host: &mut PageHost<'_>) -> Result<Option<LoadedDay>, Failure> {
    let Some(chosen) = host.show(&mut DayOfferPage::new(host.context.theme))? else { return Ok(None) };
    let path = settings::day_path().ok_or_else(|| {
        let report = Report::new("there is no home directory to keep day.toml in");
        Failure::System(report.with_help("set XDG_CONFIG_HOME to one of your folders"))
    })?;
    let folder = path.parent().map_or(Ok(()), folders::create_private);
    // Never over a file that was written meanwhile.
    let written = folder.and_then(|()| atomic_file::create(&path, &day_text(&chosen)));
    if let Err(error) = written {
        host.leave()?;
        let problem = format!("{} cannot be written: {error}", clean(&path.display().to_string()));
        return Err(Failure::System(Report::new(problem)));
    }
    file::load_checked(host.context)
}
