//! The command line: arguments, and one file for each command.

mod args;
pub(crate) mod commands;
mod context;
mod editor;
mod failure;
mod human_date;
mod load_workout;
mod profile_file;
pub mod render;
pub(crate) mod session;
mod table;

pub use crate::cli::commands::simulate::session;

use crate::cli::commands::calibrate;
use crate::cli::commands::check;
use crate::cli::commands::doctor;
use crate::cli::commands::export;
use crate::cli::commands::list;
use crate::cli::commands::log;
use crate::cli::commands::new;
use crate::cli::commands::pick;
use crate::cli::commands::profile;
use crate::cli::commands::resume;
use crate::cli::commands::run;
use crate::cli::commands::show;
use crate::cli::commands::simulate;
use crate::cli::commands::sounds;
use args::{Arguments, CliCommand};
use clap::Parser;
use failure::Failure;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::text::{clean, is_hidden};

/// What clap has to say: help, or what is wrong with the arguments. It repeats them as they are, so they are
/// cleaned where there is anything to clean.
fn usage(e: &clap::Error) -> ExitCode {
    let text = e.to_string();
    if !text.chars().any(|c| c != '\n' && is_hidden(c)) {
        e.exit();
    }
    let cleaned: Vec<String> = text.lines().map(clean).collect();
    let _ = io::stderr().write_all((cleaned.join("\n") + "\n").as_bytes());
    ExitCode::from(2)
}

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => return usage(&e),
    };
    let dressed = if arguments.has_a_front() { context::up(&arguments.dress) } else { Ok(()) };
    let outcome = dressed.and_then(|()| obey(arguments));
    let failure = match outcome {
        Ok(code) => return code,
        Err(Failure::Closed) => return ExitCode::SUCCESS,
        Err(failure) => failure,
    };
    let status = if matches!(failure, Failure::Input(_)) { 2 } else { 1 };
    // Where standard error is gone too, the status still says it.
    let _ = io::stderr().write_all(failure.text().as_bytes());
    ExitCode::from(status)
}

fn obey(arguments: Arguments) -> Result<ExitCode, Failure> {
    let log = arguments.log.as_deref();
    let voice = arguments.voice;
    match arguments.command {
        None if context::has_a_screen() => pick::pick(log, voice),
        None => list::library_and_what_next().map(|()| ExitCode::SUCCESS),
        Some(CliCommand::Run(arguments)) => run::run(&arguments, log, voice),
        Some(CliCommand::Resume { plain }) => resume::resume(plain, log, voice),
        Some(CliCommand::Log(arguments)) => log::log(arguments, log),
        Some(CliCommand::Profile(arguments)) => profile::profile(arguments),
        Some(CliCommand::Calibrate) => calibrate::calibrate(),
        Some(CliCommand::Show { workout, json }) => show::show(&workout, json).map(|()| ExitCode::SUCCESS),
        Some(CliCommand::Simulate(arguments)) => simulate::simulate(&arguments).map(|()| ExitCode::SUCCESS),
        Some(CliCommand::Export(arguments)) => export::export(&arguments, voice),
        Some(CliCommand::Sounds) => sounds::sounds(),
        Some(CliCommand::Doctor) => doctor::doctor(log, arguments.dress.audio),
        Some(CliCommand::Explain { workout }) => show::explain(&workout).map(|()| ExitCode::SUCCESS),
        Some(CliCommand::New { name, notation }) => {
            new::new(&name, notation.as_deref()).map(|()| ExitCode::SUCCESS)
        }
        Some(CliCommand::Check { what, fix }) => check::check(&what, fix),
        Some(CliCommand::Fmt { files }) => check::fmt(&files),
        Some(CliCommand::Schema) => show::schema().map(|()| ExitCode::SUCCESS),
        Some(CliCommand::List) => list::list().map(|()| ExitCode::SUCCESS),
    }
}
