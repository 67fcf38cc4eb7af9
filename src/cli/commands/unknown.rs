//! Words that are not a command: says what to type instead.

use crate::cli::args::mend::is_option;
use crate::cli::args::other_words::{COMMANDS, NOT_OFFERED};
use crate::cli::args::{Arguments, is_command_line, mended};
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::shell_word::shell_word;
use crate::library::{self, NOTATION};
use crate::text::{nearest, quoted};
use crate::workout::{self, Options, SourceText};
use clap::CommandFactory;
use std::ffi::OsString;
use std::path::Path;

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
            other_command(leading, &words).or_else(|| nearest_command(first)).unwrap_or_else(list),
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
    let mut read = lines.filter_map(|line| mended(&line).or_else(|| is_command_line(&line).then_some(line)));
    if let Some(line) = read.next() {
        let line: Vec<String> = line.iter().map(|word| shell_word(word)).collect();
        return Some(format!("write `pacebell {}`", line.join(" ")));
    }
    NOT_OFFERED.iter().find(|(other, _)| other.eq_ignore_ascii_case(first)).map(|(_, tip)| (*tip).to_string())
}

fn nearest_command(word: &str) -> Option<String> {
    let command = Arguments::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    nearest(word, names.into_iter()).map(|name| format!("did you mean `pacebell {name}`?"))
}

/// True if `text` reads as notation, perhaps with mistakes: it begins with a number or a bracket, or it compiles.
fn is_notation(text: &str) -> bool {
    let source = SourceText::new(NOTATION, text);
    text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        || workout::compile_notation(&source, None, &Options::default()).is_ok()
}
