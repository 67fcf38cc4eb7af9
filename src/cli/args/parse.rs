//! Parses the command line, and refuses options in front of a command that does not take them.

use super::loose_words::with_time_of_day;
use super::other_commands::NOT_OFFERED;
use super::{Arguments, mend, tip};
use crate::cli::plan_date;
use crate::cli::shell_word::command_line;
use crate::clock;
use crate::library;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches};
use std::ffi::OsString;

/// The arguments with which a timer starts the program every five minutes. Reading them takes less memory without a
/// description of all commands and options.
const DAY_TICK: [&str; 2] = ["day", "tick"];
/// The program's name in usage lines.
const PROGRAM: &str = "pacebell";

/// Parses the arguments the program was started with.
///
/// Options in front of a command count as options of that command: `pacebell --log FILE run hills` is
/// `pacebell run hills --log FILE`.
///
/// # Errors
/// A message to print: a mistake in the arguments, help, or the version.
pub fn parse() -> Result<Arguments, clap::Error> {
    if std::env::args_os().skip(1).eq(DAY_TICK) {
        return Ok(Arguments::day_tick());
    }
    // The file may have another name: usage lines say what its user types.
    let words = || std::iter::once(OsString::from(PROGRAM)).chain(std::env::args_os().skip(1));
    read(words()).map_err(|error| with_tip(error, words()))
}

/// Parses `words`, the arguments after the program's name.
///
/// # Errors
/// As [`parse`], without a corrected command line.
fn parse_words(words: &[String]) -> Result<Arguments, clap::Error> {
    let program = std::iter::once(PROGRAM.into());
    read(program.chain(words.iter().map(OsString::from)))
}

/// Returns `words`, the arguments after the program's name, without their mistakes. Nothing if they have none, or if
/// no correction can be read.
pub fn mended(words: &[String]) -> Option<Vec<String>> {
    let error = parse_words(words).err()?;
    let mended = mend::mended(words, &error, built_command(), |words| parse_words(words).map(|_| ()))?;
    Some(mend::with_known_workout(mended))
}

fn built_command() -> Command {
    let mut command = Arguments::command();
    command.build();
    command
}

/// True if `words`, the arguments after the program's name, can be read, or ask for help.
pub fn is_command_line(words: &[String]) -> bool {
    parse_words(words).err().is_none_or(|error| !error.use_stderr())
}

fn read(words: impl Iterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let mut command = Arguments::command();
    let matches = command.try_get_matches_from_mut(with_lists(words))?;
    command.build();
    refuse_misplaced(&mut command, &matches)?;
    Arguments::from_arg_matches(&matches)
}

/// Returns `words` with a line end before each list of workout steps that begins with a dash, or the first item would count
/// as an option.
fn with_lists(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = Vec::new();
    for word in words {
        let follows_option = all.last().is_some_and(|last| last.to_string_lossy().starts_with('-'));
        let is_list = word.to_str().is_some_and(|word| word.starts_with("- ") && word.trim().len() > 1);
        all.push(if is_list && !follows_option {
            format!("\n{}", word.to_string_lossy()).into()
        } else {
            word
        });
    }
    all
}

/// Adds the corrected command line to an error, if there is one.
fn with_tip(mut error: clap::Error, words: impl Iterator<Item = OsString>) -> clap::Error {
    if !error.use_stderr() {
        return error;
    }
    let words: Vec<String> = words.skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let is_not_offered = NOT_OFFERED.iter().any(|(name, _)| *name == words.join(" "));
    let mended = if is_not_offered { None } else { mended(&words) };
    // clap advises `-- --date` for an option that it does not know, and `update` for `pause`.
    let is_unknown = matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand);
    if mended.is_some() || is_unknown {
        for kind in [ContextKind::Suggested, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
            error.remove(kind);
        }
    }
    let tip = match mended {
        Some(line) => {
            let other = with_time_of_day(&words, &line).filter(|line| is_command_line(line));
            let other = other.map(|line| format!(", or `{}` if it began then", command_line(&line)));
            Some(format!("write `{}`{}", command_line(&line), other.unwrap_or_default()))
        }
        None => one_by_one(&words)
            .or_else(|| not_offered(&words))
            .or_else(|| tip::without_fix(&words, &error, &built_command(), is_command_line)),
    };
    if let Some(tip) = tip {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    }
    error
}

/// Returns the tip for a command that takes one session or workout and was given several: `log show 1 2`.
fn one_by_one(words: &[String]) -> Option<String> {
    let is_day = |word: &str| plan_date::read(word, clock::local_time()).is_ok();
    let is_item = words.first().is_some_and(|command| command == "plan");
    let is_number = |word: &&String| {
        // A workout may begin like a command, as `run-walk` does.
        let is_command = words.first() == Some(*word);
        let names_workout = || !is_command && library::name_of(word).is_some();
        word.parse::<u64>().is_ok() || is_item && is_day(word) || names_workout()
    };
    let (numbers, others): (Vec<&String>, Vec<&String>) = words.iter().partition(is_number);
    let lines: Vec<Vec<String>> = numbers
        .iter()
        .map(|number| others.iter().chain([number]).map(|word| (*word).clone()).collect())
        .collect();
    let are_read = lines.len() > 1 && lines.iter().all(|line| is_command_line(line));
    let lines: Vec<String> = lines.iter().map(|line| format!("`{}`", command_line(line))).collect();
    are_read.then(|| format!("name one at a time: write {}", lines.join(", then ")))
}

/// Returns the tip for a command that pacebell does not have, and that no other replaces.
fn not_offered(words: &[String]) -> Option<String> {
    let command = words.join(" ");
    let is_number = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
    let plain: Vec<&str> =
        words.iter().map(|word| if is_number(&word) { "N" } else { word.as_str() }).collect();
    let begins = |text: &str, name: &str| {
        text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '=']))
    };
    let (_, tip) =
        NOT_OFFERED.iter().find(|(name, _)| begins(&command, name) || begins(&plain.join(" "), name))?;
    Some((*tip).to_string())
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
