//! `pacebell day`: small breaks through the day.

mod actions;
mod file;
mod first_run;
mod print;
mod screen;
mod tick;
pub(super) mod timer;

use crate::cli::args::day::{DayArguments, DayCommand};
use crate::cli::context::Context;
use crate::cli::failure::Failure;

pub use actions::wins_note;

/// Runs the command.
pub fn day(context: &Context, arguments: &DayArguments) -> Result<(), Failure> {
    match &arguments.command {
        None if screen::show(context)? => Ok(()),
        None => print::print(context),
        Some(DayCommand::Now { name }) => actions::now(context, name),
        Some(DayCommand::Done { name, undo: false }) => actions::done(context, name),
        Some(DayCommand::Done { name, undo: true }) => actions::undo(context, name),
        Some(DayCommand::Quiet { time }) => actions::quiet(context, *time),
        Some(DayCommand::On) => timer::on(context),
        Some(DayCommand::Off) => timer::off(context),
        Some(DayCommand::Tick) => tick::tick(context),
    }
}
