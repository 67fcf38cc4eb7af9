//! A time trial's result on its way into the profile: what it would change is shown before it is taken.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::prompts::PromptOutcome;
use crate::athlete::RaceResult;
use crate::cli::failure::Failure;
use crate::cli::profile_file::{self as file, edit};
use crate::frontend::TrialOffer;
use crate::runner::figures;
use crate::runtime::ProcessSignal;
use std::io::{self, Write};

/// Offers it; the signal that ended the asking, if one did. Where the profile cannot be changed, that is said.
pub fn offer(
    result: RaceResult,
    (shown, stage): (Display, &mut PageHost),
) -> Result<Option<ProcessSignal>, Failure> {
    if shown == Display::Unattended {
        return Ok(None);
    }
    let edit = |text: &str| edit::race(text, result.race, result.time, result.on);
    let change = match file::tried(edit) {
        Ok(change) => change,
        Err(failure) => {
            stage.leave()?;
            let words = figures::result_words(&result);
            let _ = writeln!(io::stderr(), "{}Not in the profile: {words}", failure.text());
            return Ok(None);
        }
    };
    let trial = TrialOffer {
        result: format!("{} in {}", result.race.key(), figures::time(result.time)),
        vdot: figures::vdot_change(&change.before, &change.after),
        changes: figures::change_rows(&change.before, &change.after),
    };
    let asked = prompts::trial(trial, shown, stage)?;
    stage.leave()?;
    let taken = match asked {
        PromptOutcome::Answered(taken) => taken,
        PromptOutcome::Signal(signal) => return Ok(Some(signal)),
    };
    if taken {
        let change = file::change(edit)?;
        writeln!(io::stdout(), "{} is in {}", figures::result_words(&result), file::shown(&change.path))?;
    }
    Ok(None)
}
