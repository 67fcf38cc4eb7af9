//! Tips for a command line that no correction makes readable.

use super::mend::is_option;
use super::other_words::{FEELINGS, OPTIONS};
use crate::cli::profile_file::full_key;
use crate::cli::shell_word::command_line;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

/// The most names that a tip lists.
const MOST_NAMES: usize = 14;
/// Examples of arguments, by the name of their value.
const EXAMPLES: [(&str, &str); 12] = [
    ("WORKOUT", "8x60s hard / 60s easy"),
    ("TIME", "22:30"),
    ("DISTANCE", "5K"),
    ("KEY", "athlete.hr_max"),
    ("VALUE", "185"),
    ("PLAN", "micro-run"),
    ("ITEM", "today"),
    ("DAY", "saturday"),
    ("ID", "last"),
    ("NAME", "tuesday-hills"),
    ("SHELL", "bash"),
    ("FILE", "copy.db"),
];

/// Examples of the argument of a command, by its name.
const SPECIAL_EXAMPLES: [(&str, &str); 5] = [
    ("fmt", "tuesday.toml"),
    ("log import", "run.fit"),
    ("day now", "walk"),
    ("day done", "walk"),
    ("plan new", "my-plan"),
];

/// True if the arguments after the program's name can be read.
type AcceptsWords = fn(&[String]) -> bool;

/// Returns what to write where nothing that was tried can be read. `command` is the whole program.
pub fn without_fix(
    words: &[String],
    error: &clap::Error,
    command: &Command,
    is_read: AcceptsWords,
) -> Option<String> {
    let inner = subcommand(words, command);
    match error.kind() {
        ErrorKind::UnknownArgument if words.starts_with(&["profile".to_string(), "set".to_string()]) => {
            key_and_value(words)
        }
        ErrorKind::UnknownArgument => {
            let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidArg) else { return None };
            let name = name.split(['=', ' ']).next().unwrap_or(name);
            if !name.starts_with('-') {
                return None;
            }
            key_option(words, name)
                .or_else(|| same_option(name, inner))
                .or_else(|| elsewhere(name, command))
                .or_else(|| listed("options", option_names(inner)))
        }
        ErrorKind::InvalidSubcommand => {
            listed("commands", inner.get_subcommands().map(|inner| inner.get_name().to_string()).collect())
        }
        ErrorKind::MissingRequiredArgument => {
            example(words, inner, is_read).or_else(|| with_answer(words, is_read))
        }
        ErrorKind::InvalidValue if !has_known_values(error) => with_value(words, is_read),
        ErrorKind::WrongNumberOfValues => answers(words, is_read),
        _ => None,
    }
}

/// `profile set weight 70 kg`, `profile set heart rate max 185`: the key, and the value in one word.
fn key_and_value(words: &[String]) -> Option<String> {
    let rest: Vec<&str> = words.iter().skip(2).map(String::as_str).filter(|word| !is_option(word)).collect();
    (1..rest.len()).rev().find_map(|at| {
        let (key, value) = rest.split_at_checked(at)?;
        let key = key.join(" ").to_lowercase();
        full_key::help(key.trim_end_matches(" pace"), Some(&value.concat()))
    })
}

/// Returns the command that `words` name.
fn subcommand<'c>(words: &[String], command: &'c Command) -> &'c Command {
    words.iter().fold(command, |command, word| command.find_subcommand(word).unwrap_or(command))
}

fn option_names(command: &Command) -> Vec<String> {
    let shown = command.get_arguments().filter(|option| !option.is_hide_set());
    shown.filter_map(Arg::get_long).filter(|name| *name != "help").map(|name| format!("--{name}")).collect()
}

/// `--volume 50`, `--units km`: the option is a key of the settings or of the profile.
fn key_option(words: &[String], name: &str) -> Option<String> {
    let at = words.iter().position(|word| word.split('=').next() == Some(name))?;
    let written = words.get(at)?.split_once('=').map(|(_, value)| value.to_string());
    let next = words.get(at + 1).filter(|next| !is_option(next)).cloned();
    let value = written.or(next);
    let key = name.trim_start_matches('-');
    match key {
        "metric" | "imperial" | "km" | "kms" | "miles" | "mi" => full_key::help("units", Some(key)),
        "unit" | "units" => full_key::help("units", value.as_deref()),
        _ => full_key::setting_help(key, value.as_deref().unwrap_or_default()),
    }
}

/// The option of the command that does the same, where something else is wrong, too.
fn same_option(name: &str, command: &Command) -> Option<String> {
    let known = option_names(command);
    let (_, meant) =
        OPTIONS.iter().find(|(other, meant)| *other == name && known.iter().any(|k| k == meant))?;
    Some(format!("write `{meant}` instead of `{name}`"))
}

/// Another command that takes the option.
fn elsewhere(name: &str, command: &Command) -> Option<String> {
    let takes = |command: &Command| option_names(command).iter().any(|option| option == name);
    let inner = command.get_subcommands().flat_map(|outer| {
        let path = outer.get_name().to_string();
        let nested =
            outer.get_subcommands().map(move |inner| (format!("{path} {}", inner.get_name()), inner));
        std::iter::once((outer.get_name().to_string(), outer)).chain(nested)
    });
    let names: Vec<String> =
        inner.filter(|(_, command)| takes(command)).map(|(path, _)| format!("`pacebell {path}`")).collect();
    match names.as_slice() {
        [] => None,
        [first, rest @ ..] => {
            let more = rest.first().map(|second| format!(" and {second}")).unwrap_or_default();
            Some(format!("`{name}` is an option of {first}{more}"))
        }
    }
}

fn listed(kind: &str, names: Vec<String>) -> Option<String> {
    let names: Vec<String> = names.into_iter().filter(|name| name != "help").collect();
    let is_list = (1..=MOST_NAMES).contains(&names.len());
    is_list.then(|| format!("the {kind} are {}", names.join(", ")))
}

/// The command line with examples for the arguments that are missing.
fn example(words: &[String], command: &Command, is_read: AcceptsWords) -> Option<String> {
    let special = SPECIAL_EXAMPLES
        .iter()
        .find(|(path, _)| path.split(' ').eq(words.iter().map(String::as_str).take(path.split(' ').count())));
    let example_of = |argument: &Arg| {
        let name = argument.get_value_names()?.first()?;
        if let Some((_, example)) = special {
            return Some((*example).to_string());
        }
        EXAMPLES.iter().find(|(known, _)| *known == name.as_str()).map(|(_, example)| (*example).to_string())
    };
    let examples: Vec<String> =
        command.get_positionals().filter(|argument| !argument.is_hide_set()).filter_map(example_of).collect();
    let lines = (0..examples.len()).rev().flat_map(|from| {
        let positional = [words, examples.get(from..).unwrap_or_default()].concat();
        let with_output = [positional.as_slice(), &["-o".to_string(), "run.fit".to_string()]].concat();
        [positional, with_output]
    });
    let line = lines.into_iter().find(|line| is_read(line))?;
    Some(format!("for example, `{}`", command_line(&line)))
}

/// True if the error lists the values that an option takes.
fn has_known_values(error: &clap::Error) -> bool {
    matches!(error.get(ContextKind::ValidValue), Some(ContextValue::Strings(known)) if !known.is_empty())
}

/// `log edit last`: nothing to change.
fn with_answer(words: &[String], is_read: AcceptsWords) -> Option<String> {
    let line = [words, &["--rpe".to_string(), "6".to_string()]].concat();
    is_read(&line).then(|| format!("for example, `{}`", command_line(&line)))
}

/// `run hills --log`: an option at the end without its value.
fn with_value(words: &[String], is_read: AcceptsWords) -> Option<String> {
    let examples = ["off", "short-intervals", "reps=8", "today", "6", "10min", "easy"];
    let lines = examples.map(|example| [words, &[example.to_string()]].concat());
    let line = lines.into_iter().find(|line| is_read(line))?;
    Some(format!("for example, `{}`", command_line(&line)))
}

/// `checkin 4 3`: the answers that were given, and the usual ones for the rest.
fn answers(words: &[String], is_read: AcceptsWords) -> Option<String> {
    let is_number = |word: &&String| word.parse::<u8>().is_ok();
    let numbers: Vec<String> = words.iter().skip(1).filter(is_number).cloned().collect();
    // From `great`, 5, to `awful`, 1.
    let place = words.iter().skip(1).find_map(|word| {
        FEELINGS.iter().position(|(words, name)| words.contains(&word.as_str()) || name == word)
    });
    let usual = place.filter(|_| numbers.is_empty()).map_or(3, |place| 5_usize.saturating_sub(place));
    let usual = vec![usual.to_string(); 4_usize.checked_sub(numbers.len())?];
    let command: Vec<String> = words.first().cloned().into_iter().collect();
    let line = [command, numbers, usual].concat();
    is_read(&line).then(|| {
        format!("sleep, soreness, energy and mood are four numbers: write `{}`", command_line(&line))
    })
}
