//! `pacebell calibrate`: measures the treadmill on a page and keeps the result in the profile.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::profile_file::{self, ProfileChange, edit};
use crate::cli::report::Report;
use crate::cli::session::display::Display;
use crate::cli::session::page_host::PageHost;
use crate::runner::figures::{factor_words, lag_words};
use crate::tui::screens::calibrate::{CalibrationPage, CalibrationResult};
use crate::units::trimmed;
use std::io::{self, IsTerminal};

/// Runs the command.
pub fn calibrate(context: &Context) -> Result<(), Failure> {
    if !context.terminal.has_screen || !io::stdin().is_terminal() {
        let help = "to enter what you know already, use `pacebell profile set belt.lag 2.5` \
                    or `pacebell profile set belt.factor 1.02`";
        return Err(Failure::Input(Report::new("calibrating needs a terminal").with_help(help)));
    }
    // Fail before anybody runs, not when the result is to be kept.
    profile_file::path()?;
    let profile = load_workout::profile(context)?;
    let belt_name = profile.belt_name().map(str::to_string);
    let mut page = CalibrationPage::new(profile.belt(), belt_name.clone(), context.theme);
    let mut host = PageHost::new(context, Display::Screen)?;
    loop {
        let (key, value) = match host.show(&mut page)? {
            CalibrationResult::Leave => return host.leave(),
            CalibrationResult::Lag(lag) => ("lag", trimmed(lag, 2)),
            CalibrationResult::Factor(factor) => ("factor", trimmed(factor, 3)),
        };
        match keep(belt_name.as_deref(), key, &value) {
            Ok(change) => {
                let belt = change.after.belt();
                let words = if key == "lag" { lag_words(&belt) } else { factor_words(&belt) };
                page.show_saved(belt, format!("Saved in your profile: {key} {words}"));
            }
            Err(failure) => match failure.one_line() {
                Some(reason) => page.say(format!("Not saved: {reason}")),
                None => return Err(failure),
            },
        }
    }
}

/// Writes a figure of the treadmill that is in use.
fn keep(belt_name: Option<&str>, key: &str, value: &str) -> Result<ProfileChange, Failure> {
    let names = ["belt"].into_iter().chain(belt_name).chain([key]);
    let path: Vec<String> = names.map(str::to_string).collect();
    profile_file::change(|text| edit::set(text, &path, value))
}
