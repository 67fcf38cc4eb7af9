//! Parses the command line, and refuses options in front of a command that does not take them.

use super::Arguments;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches};

/// Parses the arguments the program was started with.
///
/// Options in front of a command count as options of that command: `pacebell --log FILE run hills` is
/// `pacebell run hills --log FILE`.
///
/// # Errors
/// A message to print: a mistake in the arguments, help, or the version.
pub fn parse() -> Result<Arguments, clap::Error> {
    let mut command = Arguments::command();
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    command.build();
    refuse_misplaced(&mut command, &matches)?;
    Arguments::from_arg_matches(&matches)
}

/// Refuses every option in front of a command that does not take it.
fn refuse_misplaced(command: &mut Command, matches: &ArgMatches) -> Result<(), clap::Error> {
    let Some((name, inner)) = matches.subcommand() else { return Ok(()) };
    let Some(subcommand) = command.find_subcommand(name) else { return Ok(()) };
    let misplaced = given(command, matches).find(|option| !takes(subcommand, option));
    if let Some(option) = misplaced.map(ToString::to_string) {
        return Err(conflict(command, option, name));
    }
    // These commands run nothing of their own if a command follows, so their options are of no use to it.
    if let Some((next, _)) = inner.subcommand() {
        let option = given(subcommand, inner).find(|option| !option.is_global_set()).map(ToString::to_string);
        if let Some(option) = option {
            return Err(conflict(command, option, &format!("{name} {next}")));
        }
    }
    Ok(())
}

/// Returns the options of `command` that were typed.
fn given<'a>(command: &'a Command, matches: &'a ArgMatches) -> impl Iterator<Item = &'a Arg> {
    let is_typed = |arg: &&Arg| {
        matches.try_contains_id(arg.get_id().as_str()).unwrap_or(false)
            && matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    };
    command.get_arguments().filter(is_typed)
}

fn takes(command: &Command, option: &Arg) -> bool {
    command.get_arguments().any(|arg| arg.get_id() == option.get_id())
}

fn conflict(command: &Command, option: String, name: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::ArgumentConflict).with_cmd(command);
    error.insert(ContextKind::InvalidArg, ContextValue::String(option));
    error.insert(ContextKind::PriorArg, ContextValue::String(format!("{} {name}", command.get_name())));
    error
}
