//! `pacebell profile`: what the profile says and what follows from it, and the commands that change it.

pub mod first_run;
mod print;

use crate::cli::args::profile::{ProfileArguments, ProfileCommand};
use crate::cli::context::theme;
use crate::cli::failure::Failure;
use crate::cli::profile_file::edit::{self, EditRefusal};
use crate::cli::profile_file::{self as file, ProfileChange};
use crate::cli::session::page_host::{PageHost, PageOutcome};
use crate::cli::{context, load_workout};
use crate::formats;
use crate::runner::figures;
use crate::text::{clean, quoted};
use crate::tui::screens::profile::ProfilePage as Page;
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs the command.
pub fn profile(arguments: ProfileArguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        None if arguments.is_screen() && context::has_a_screen() => return page(),
        None => look(arguments.json)?,
        Some(ProfileCommand::Race { race, time, on }) => {
            let change = file::change(|text| edit::race(text, race, time, on))?;
            warn(&change);
            print::result(&change, race)?;
        }
        Some(ProfileCommand::Set { key, value }) => set(&key, &value)?,
        Some(ProfileCommand::Unset { key }) => {
            let path = edit::path(&key).map_err(refused)?;
            let change = file::change(|text| edit::unset(text, &path))?;
            warn(&change);
            print::say(&format!("{} is no longer in {}", quoted(&key), file::shown(&change.path)), &change)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows the profile on the screen.
fn page() -> Result<ExitCode, Failure> {
    let mut page = Page::new(figures::sheet(&load_workout::profile()?), theme());
    let mut stage = PageHost::new()?;
    let shown = stage.show(&mut page);
    stage.leave()?;
    Ok(match shown? {
        PageOutcome::Done(()) => ExitCode::SUCCESS,
        PageOutcome::Signal(signal) => signal.into(),
    })
}

fn look(as_json: bool) -> Result<(), Failure> {
    let profile = load_workout::profile()?;
    let mut out = io::stdout().lock();
    if as_json {
        out.write_all(formats::profile::text(&profile).as_bytes())?;
    } else {
        for line in print::table(&profile) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

fn set(key: &str, typed: &str) -> Result<(), Failure> {
    let path = edit::path(key).map_err(refused)?;
    let value = edit::value(typed);
    let change = file::change(|text| edit::set(text, &path, &value))?;
    warn(&change);
    let said = format!("{} = {} is in {}", clean(key), clean(&value), file::shown(&change.path));
    print::say(&said, &change)?;
    if let Some(said) = overridden(&path, &change) {
        writeln!(io::stdout(), "{said}")?;
    }
    Ok(())
}

/// What is said where a key of all belts is set and the one that is run on has its own.
fn overridden(path: &[String], change: &ProfileChange) -> Option<String> {
    let [table, key] = path else { return None };
    let name = change.after.belt_name().filter(|_| table == "belt" && key != "use")?;
    let (source, _) = &change.warnings;
    let own = ["belt", name, key].map(String::from);
    edit::unset(&source.text, &own).ok()?;
    Some(format!(
        "`{}` has one of its own, which wins: `pacebell profile set {}`",
        clean(name),
        edit::dotted(&own)
    ))
}

fn warn(change: &ProfileChange) {
    let (source, warnings) = &change.warnings;
    load_workout::warn(source, warnings);
}

fn refused(why: EditRefusal) -> Failure {
    Failure::Input(format!("error: {}\n  = help: {}\n", why.problem, why.help))
}
