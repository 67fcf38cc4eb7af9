//! Words that are not a command: says what to type instead.

use crate::cli::args::mend::is_option;
use crate::cli::args::mend::with_known_workout;
use crate::cli::args::other_commands::{COMMANDS, NOT_OFFERED};
use crate::cli::args::{Arguments, is_command_line, mended};
use crate::cli::failure::Failure;
use crate::cli::plan_date;
use crate::cli::profile_file::full_key;
use crate::cli::report::Report;
use crate::cli::shell_word::{command_line, shell_word};
use crate::clock;
use crate::library::{self, NOTATION};
use crate::text::{certain, nearest, quoted};
use crate::workout::{self, Options, SourceText};
use clap::CommandFactory;
use std::ffi::OsString;
use std::path::Path;

/// Words for the workout that was run last.
const AGAIN: [&str; 4] = ["repeat", "rerun", "again", "redo"];

/// Returns the error for `words`, whose first is not a command.
pub fn unknown_command(words: &[OsString]) -> Failure {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let typed: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let leading = typed.strip_suffix(words.as_slice()).unwrap_or_default();
    let first = words.first().map_or("", String::as_str);
    let first_option = words.iter().position(|word| is_option(word));
    let (workout, options) = words.split_at(first_option.unwrap_or(words.len()));
    let all = workout.join(" ");
    let run = |what: &str| {
        let line: Vec<String> = leading.iter().chain(options).map(|option| shell_word(option)).collect();
        format!("run it with `pacebell run {}`", [vec![shell_word(what)], line].concat().join(" "))
    };
    let hyphened = all.replace(' ', "-");
    let (problem, help) = if let Some(name) = library::name_of(first).or_else(|| library::name_of(&hyphened))
    {
        (format!("{} is a workout, not a command", quoted(first)), run(&name))
    } else if Path::new(first).is_file() {
        (format!("{} is a file, not a command", quoted(first)), run(first))
    } else if is_notation(&all) {
        (format!("{} is a workout, not a command", quoted(&all)), run(&all))
    } else {
        let list = || "`pacebell --help` lists the commands, and `pacebell list` the workouts".to_string();
        (
            format!("there is no command {}", quoted(first)),
            setting(&words)
                .or_else(|| other_command(leading, &words))
                .or_else(|| key(&words))
                .or_else(|| misspelt(leading, &words))
                .or_else(|| day(first))
                .unwrap_or_else(list),
        )
    };
    Failure::Input(Report::new(problem).with_help(help))
}

/// Returns the help for a command of other programs. `leading` are the options in front of it.
fn other_command(leading: &[String], words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    // Nobody ends a plan without naming it.
    let is_meant = |meant: &str| meant != "plan stop";
    let meant = COMMANDS.iter().filter(|(other, meant)| other.eq_ignore_ascii_case(first) && is_meant(meant));
    let lines = meant.map(|(_, meant)| -> Vec<String> {
        leading
            .iter()
            .cloned()
            .chain(meant.split(' ').map(str::to_string))
            .chain(rest.iter().cloned())
            .collect()
    });
    // `start plan micro-run`
    let swapped =
        rest.split_first().map(|(second, rest)| [leading, &[second.clone(), first.clone()], rest].concat());
    let is_inner = |line: &Vec<String>| {
        let command =
            line.get(leading.len()).and_then(|outer| Arguments::command().find_subcommand(outer).cloned());
        command.is_some_and(|command| command.has_subcommands())
    };
    let lines = swapped.filter(is_inner).into_iter().chain(lines);
    let mut read = lines.filter_map(|line| {
        mended(&line).or_else(|| is_command_line(&line).then_some(line)).map(with_known_workout)
    });
    if let Some(line) = read.next() {
        return Some(format!("write `{}`", command_line(&line)));
    }
    if AGAIN.contains(&first.to_lowercase().as_str())
        && let Some(name) = library::recent::names().first()
    {
        return Some(format!("write `pacebell run {}`", shell_word(name)));
    }
    if rest.is_empty() && COMMANDS.contains(&(first.to_lowercase().as_str(), "run")) {
        return Some("write `pacebell` to choose a workout, or `pacebell run short-intervals`".to_string());
    }
    NOT_OFFERED.iter().find(|(other, _)| other.eq_ignore_ascii_case(first)).map(|(_, tip)| (*tip).to_string())
}

/// Returns the help for a misspelt command, of pacebell or of other programs.
fn misspelt(leading: &[String], words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let command = Arguments::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    if let Some(name) = nearest(first, names.into_iter()) {
        let line = [leading, &[name.to_string()], rest].concat();
        let line = mended(&line).or_else(|| is_command_line(&line).then_some(line)).map(with_known_workout);
        return Some(match line.filter(|_| !rest.is_empty()) {
            Some(line) => format!("write `{}`", command_line(&line)),
            None => format!("did you mean `pacebell {name}`?"),
        });
    }
    let other = certain(first, COMMANDS.iter().map(|(other, _)| *other).filter(|other| other.len() > 3))?;
    other_command(leading, &[&[other.to_string()], rest].concat())
}

/// `config set theme dark`: a key of the settings.
fn setting(words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if !["config", "settings", "setting", "set", "configure", "option", "options"].contains(&first.as_str()) {
        return None;
    }
    let rest = rest.strip_prefix(&["set".to_string()]).unwrap_or(rest);
    let (key, value) = rest.split_first()?;
    let (key, value) = match key.split_once('=') {
        Some((key, value)) => (key, value.to_string()),
        None => (key.as_str(), value.join(" ")),
    };
    full_key::setting_help(key, &value)
}

/// `theme dark`, `units km`, `weight 70`, `vdot`: a key of the settings or of the profile without its command.
fn key(words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if let Some(line) = full_key::set_line(words) {
        return Some(format!("write `{}`", command_line(&line)));
    }
    if rest.is_empty() && full_key::full(first).is_some() {
        return Some("write `pacebell profile`".to_string());
    }
    let value = rest.join(" ");
    full_key::help(first, Some(value.as_str()).filter(|value| !value.is_empty()))
}

/// `tuesday`: a day of the plan.
fn day(word: &str) -> Option<String> {
    let day = plan_date::meant(word, clock::local_time())?;
    Some(format!("write `pacebell week {day}` for the sessions of your plan"))
}

/// True if `text` reads as notation, perhaps with mistakes: it begins with a number or a bracket, or it compiles.
fn is_notation(text: &str) -> bool {
    let source = SourceText::new(NOTATION, text);
    text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        || workout::compile_notation(&source, None, &Options::default()).is_ok()
}
