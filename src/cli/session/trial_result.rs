//! Offers to put a time trial's result into the profile, and shows what it would change.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use crate::athlete::RaceResult;
use crate::cli::failure::Failure;
use crate::cli::profile_file::{self, edit};
use crate::cli::spelled_output::SpelledOutput;
use crate::frontend::TrialOffer;
use crate::runner::figures;
use std::io::{self, Write};

/// Offers `result`. If the profile cannot be changed, prints why instead.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the profile cannot be written.
pub fn offer(host: &mut PageHost<'_>, result: RaceResult) -> Result<(), Failure> {
    if host.display == Display::Unattended {
        return Ok(());
    }
    let words = figures::result_words(&result);
    let edit = |text: &str| edit::race(text, result.race, result.time, result.on);
    let change = match profile_file::preview(edit) {
        Ok(change) => change,
        Err(failure) => {
            host.leave()?;
            let text = failure.text(host.context.error_style);
            let _ = writeln!(io::stderr(), "{text}Not saved to the profile: {words}");
            return Ok(());
        }
    };
    let trial = TrialOffer {
        result: format!("{} in {}", result.race.key(), figures::time(result.time)),
        vdot: figures::vdot_change(&change.before, &change.after),
        changes: figures::change_rows(&change.before, &change.after),
    };
    let accepted = prompts::trial(host, trial)?;
    host.leave()?;
    if accepted {
        let change = profile_file::change(edit)?;
        writeln!(SpelledOutput::stdout(), "Saved {words} in {}", profile_file::display_path(&change.path))?;
    }
    Ok(())
}
