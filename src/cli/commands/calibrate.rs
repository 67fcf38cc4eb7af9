//! `pacebell calibrate`: the belt's lag and its factor, measured on a page and kept in the profile.

use crate::cli::context;
use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::profile_file::{self as file, edit};
use crate::cli::session::page_host::{PageHost, PageOutcome};
use crate::runner::figures::{factor_words, lag_words};
use crate::runtime::ProcessSignal;
use crate::text::clean;
use crate::tui::screens::calibrate::{CalibrationPage, CalibrationResult};
use crate::units::trimmed;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Runs the command.
pub fn calibrate() -> Result<ExitCode, Failure> {
    if !context::has_a_screen() || !io::stdin().is_terminal() {
        let help =
            "what is known already: pacebell profile set belt.lag 2.5, pacebell profile set belt.factor 1.02";
        return Err(Failure::Input(format!("error: calibrating needs a terminal\n  = help: {help}\n")));
    }
    // Whether there is a place for what is measured is found out before anybody runs.
    file::path()?;
    let profile = load_workout::profile()?;
    let name = profile.belt_name().map(str::to_string);
    let mut page = CalibrationPage::new(profile.belt(), name.clone(), theme());
    let mut stage = PageHost::new()?;
    let shown = measure(&mut page, name.as_deref(), &mut stage);
    stage.leave()?;
    Ok(shown?.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// Shows the page until the runner leaves it; the signal that ended it, if one did.
fn measure(
    page: &mut CalibrationPage,
    name: Option<&str>,
    stage: &mut PageHost,
) -> Result<Option<ProcessSignal>, Failure> {
    loop {
        let (key, value) = match stage.show(page)? {
            PageOutcome::Signal(signal) => return Ok(Some(signal)),
            PageOutcome::Done(CalibrationResult::Leave) => return Ok(None),
            PageOutcome::Done(CalibrationResult::Lag(lag)) => ("lag", trimmed(lag, 2)),
            PageOutcome::Done(CalibrationResult::Factor(factor)) => ("factor", trimmed(factor, 3)),
        };
        match keep(name, key, &value) {
            Ok(change) => {
                let belt = change.after.belt();
                let means = if key == "lag" { lag_words(&belt) } else { factor_words(&belt) };
                page.kept(belt, format!("Kept in your profile: {key} {means}"));
            }
            Err(Failure::Input(why) | Failure::System(why)) => {
                page.say(format!("It is not kept: {}", why.lines().map(clean).collect::<Vec<_>>().join(" ")));
            }
            Err(closed) => return Err(closed),
        }
    }
}

/// Writes a figure of the belt that is run on.
fn keep(name: Option<&str>, key: &str, value: &str) -> Result<file::ProfileChange, Failure> {
    let names = ["belt"].into_iter().chain(name).chain([key]);
    let path: Vec<String> = names.map(str::to_string).collect();
    file::change(|text| edit::set(text, &path, value))
}
