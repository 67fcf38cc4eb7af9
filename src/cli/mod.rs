//! The command line: arguments, and one file or folder for each command.

mod active_plan;
mod args;
mod checkin_words;
pub(crate) mod commands;
mod context;
mod due_session;
mod editor;
mod failure;
mod fit_time;
mod human_date;
mod load_workout;
mod paint;
mod plan_date;
mod plan_words;
mod profile_file;
mod progress_bar;
pub mod render;
mod report;
pub(crate) mod session;
mod shell_word;
mod spelled_output;
mod table;
mod usage;
mod workout_text;

pub use commands::simulate::{SimulationSettings, simulate_session};

use crate::atomic_file;
use crate::clock::{self, WrongTimeZone};
use crate::runtime;
use crate::text;
use crate::tui::term::capabilities::TerminalCapabilities;
use args::{Arguments, CliCommand};
use commands::{
    calibrate, check, checkin, day, doctor, export, import, list, log, new, pick, plan, profile, resume, run,
    sensors, shell, show, simulate, sounds, today, unknown, week,
};
use context::Context;
use failure::Failure;
use report::Report;
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    runtime::ignore_write_limit();
    let outcome = match args::parse() {
        Ok(arguments) => check_time_zone(&arguments).and_then(|()| run_command(arguments)),
        Err(error) => usage::print(&error),
    };
    // Output without a newline at its end is not written yet, and may fail.
    let outcome = outcome.and_then(|code| io::stdout().flush().map(|()| code).map_err(Failure::from));
    outcome.unwrap_or_else(|failure| {
        // The exit status tells of the failure even if standard error is gone.
        let _ = io::stderr().write_all(failure.text(context::error_style()).as_bytes());
        failure.exit_code()
    })
}

/// Rejects a time zone that would be read forever, and warns of one that is unknown. `doctor` reports both itself.
fn check_time_zone(arguments: &Arguments) -> Result<(), Failure> {
    if matches!(arguments.command, Some(CliCommand::Doctor(_))) {
        return Ok(());
    }
    let help = "set TZ to a time zone, such as `Europe/Berlin`, or unset it";
    match clock::check_time_zone() {
        Err(WrongTimeZone::NotAFile(zone)) => {
            let report =
                Report::new(format!("the time zone TZ={} is not a regular file", text::clean(&zone)));
            Err(Failure::Input(report.with_help(help)))
        }
        Err(WrongTimeZone::Unknown(zone)) => {
            let report = Report::new(format!("the time zone TZ={} is unknown", text::clean(&zone)));
            // A warning that nobody can read must not keep the command from running.
            let _ = write!(io::stderr(), "warning: {}", report.with_help(help));
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn run_command(arguments: Arguments) -> Result<ExitCode, Failure> {
    arguments.color().write_global();
    atomic_file::sweep_half_made();
    let terminal = TerminalCapabilities::detect();
    let reads_settings = arguments.reads_settings(terminal.has_screen);
    let context = Context::new(arguments.common_options(), terminal, reads_settings)?;
    let context = &context;
    match arguments.command {
        None if terminal.has_screen => pick::pick(context, plan::screen::show_before_library),
        None => list::overview(context),
        Some(CliCommand::Run(arguments)) => run::run(context, &arguments),
        Some(CliCommand::Resume(arguments)) => resume::resume(context, arguments.plain),
        Some(CliCommand::Log(arguments)) => log::log(context, arguments),
        Some(CliCommand::Today(arguments)) => today::today(context, &arguments),
        Some(CliCommand::Checkin(arguments)) => checkin::checkin(context, &arguments),
        Some(CliCommand::Week(arguments)) => week::week(context, &arguments),
        Some(CliCommand::Day(arguments)) => day::day(context, &arguments),
        Some(CliCommand::Plan(arguments)) => return plan::plan(context, arguments),
        Some(CliCommand::Profile(arguments)) => profile::profile(context, arguments),
        Some(CliCommand::Sensors(arguments)) => sensors::sensors(context, &arguments),
        Some(CliCommand::Calibrate(_)) => calibrate::calibrate(context),
        Some(CliCommand::Show(arguments)) => show::show(context, &arguments.workout, arguments.json),
        Some(CliCommand::Explain(arguments)) => show::explain(context, &arguments.workout),
        Some(CliCommand::Simulate(arguments)) => simulate::simulate(context, &arguments),
        Some(CliCommand::Export(arguments)) => export::export(context, &arguments),
        Some(CliCommand::Import(arguments)) => return import::import(context, &arguments),
        Some(CliCommand::List(arguments)) => list::list(context, &arguments),
        Some(CliCommand::New(arguments)) => new::new(&arguments.name, arguments.notation.as_deref()),
        Some(CliCommand::Check(arguments)) => {
            return check::check(context, &arguments.workouts, arguments.fix);
        }
        Some(CliCommand::Fmt(arguments)) => return check::fmt(context, &arguments.files),
        Some(CliCommand::Schema { kind }) => show::schema(kind),
        Some(CliCommand::Language) => show::language(),
        Some(CliCommand::Sounds(_)) => sounds::sounds(context),
        Some(CliCommand::Doctor(_)) => return doctor::doctor(context),
        Some(CliCommand::Completions(arguments)) => shell::completions(arguments.shell),
        Some(CliCommand::Man(arguments)) => shell::man(arguments.dir.as_deref()),
        Some(CliCommand::Unknown(words)) => Err(unknown::unknown_command(&words)),
    }?;
    Ok(ExitCode::SUCCESS)
}
