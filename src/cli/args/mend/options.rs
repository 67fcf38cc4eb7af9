//! Options that the command does not have.

use super::exports;
use super::subcommands::{first_of_month, with_full_key};
use super::{Mender, replaced};
use crate::cli::args::other_words::{NEEDLESS, NOTED, OPTIONS, POSITIONALS, SWITCHES, UNITS};
use crate::text::{certain, nearest};

/// Options of other programs for how much is shown.
const LIMITS: [&str; 9] =
    ["-n", "--limit", "--last", "--count", "--number", "--head", "--tail", "--max", "--latest"];
/// Options for the questions of a check-in, which are answered in their order.
const ANSWERS: [&str; 4] = ["--sleep", "--soreness", "--energy", "--mood"];

impl Mender {
    /// Returns command lines with the option at `at` under another name, as a word, or left out.
    pub(super) fn other_options(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let word = words.get(at).map_or("", String::as_str);
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let options = self.options(words);
        let next = value.or(words.get(at + 1).map(String::as_str)).unwrap_or_default();
        if LIMITS.contains(&name) && next.parse::<u32>().is_ok() {
            return Vec::new();
        }
        let mut lines = self.with_subcommand(words, name);
        lines.extend(as_answer(words, at));
        lines.extend(exports::with_format_option(words, at));
        for (_, meant) in OPTIONS.iter().filter(|(other, _)| *other == name) {
            let mut option = vec![(*meant).to_string()];
            option.extend(value.map(str::to_string));
            lines.push(replaced(words, at, &option));
        }
        lines.extend(with_value(words, at));
        if NEEDLESS.contains(&name) {
            lines.push(replaced(words, at, &[]));
        }
        for (_, meant) in SWITCHES.iter().filter(|(other, _)| *other == name) {
            lines.push(replaced(words, at, &meant.map(str::to_string)));
        }
        // `--no-flash` is `--flash off`.
        if let Some(switch) = name.strip_prefix("--no-") {
            let off = |value: &str| replaced(words, at, &[format!("--{switch}"), value.to_string()]);
            lines.extend(["off", "never"].map(off));
        }
        lines.extend(as_switch(words, at, &options));
        // Nobody means that something is wrong by a misspelling.
        // `--lang de` is no `--log de`.
        let is_sure =
            |option: &&String| *option != "--log" || certain(name, [option.as_str()].into_iter()).is_some();
        let meant = options.iter().filter(|option| *option != "--stop").filter(is_sure);
        if let Some(near) = nearest(name, meant.map(String::as_str)) {
            let option = value.map_or_else(|| near.to_string(), |value| format!("{near}={value}"));
            lines.push(replaced(words, at, &[option]));
        }
        lines.extend(begun(name, value, &options).map(|option| replaced(words, at, &[option])));
        // `--run fifths`: a command with hyphens.
        let command = name.trim_start_matches('-');
        if self.is_subcommand(words, command) {
            lines.push(with_full_key(replaced(words, at, &[command.to_string()])));
        }
        let has_other_name =
            OPTIONS.iter().any(|(other, meant)| *other == name && options.iter().any(|known| known == meant));
        if POSITIONALS.contains(&name) && !has_other_name {
            let mut line = replaced(words, at, value.map(str::to_string).as_slice());
            // `new "8x400m" --name yasso`: the name comes first.
            if name == "--name" && line.first().is_some_and(|command| command == "new") && at < line.len() {
                let value = line.remove(at);
                line.insert(1, value);
            }
            lines.push(line);
        }
        // A hyphen inside of a workout: `6x400m - 90s jog`.
        lines.extend(self.joined(words, at));
        lines
    }

    /// `log --since monday`: an option of a subcommand.
    fn with_subcommand(&self, words: &[String], name: &str) -> Vec<Vec<String>> {
        let (depth, rest) = self.split(words);
        let command = words.get(..depth).unwrap_or_default();
        let inner = command
            .iter()
            .fold(&self.command, |command, word| command.find_subcommand(word).unwrap_or(command));
        let takes = |inner: &&clap::Command| {
            inner.get_arguments().any(|arg| arg.get_long().is_some_and(|long| name == format!("--{long}")))
        };
        let insert = |inner: &clap::Command| [command, &[inner.get_name().to_string()], rest].concat();
        let inner = inner.get_subcommands().filter(takes).map(insert);
        if depth == 0 { Vec::new() } else { inner.map(with_first_of_month).collect() }
    }

    /// True if `name` is a subcommand of the command that `words` begin with.
    pub(super) fn is_subcommand(&self, words: &[String], name: &str) -> bool {
        let mut command = &self.command;
        for word in words {
            command = command.find_subcommand(word).unwrap_or(command);
        }
        command.find_subcommand(name).is_some()
    }
}

/// `checkin --sleep 4 --soreness 3 …`: the answers without their names.
fn as_answer(words: &[String], at: usize) -> Option<Vec<String>> {
    let is_checkin = words.first().is_some_and(|command| command == "checkin");
    let name = words.get(at)?.split('=').next()?;
    let numbers: Vec<String> = ANSWERS.iter().filter_map(|answer| value_of(words, answer)).collect();
    (is_checkin && ANSWERS.contains(&name) && numbers.len() == ANSWERS.len())
        .then(|| [vec!["checkin".to_string()], numbers].concat())
}

/// `log --format json`: the value is an option.
fn as_switch(words: &[String], at: usize, options: &[String]) -> Option<Vec<String>> {
    let word = words.get(at)?;
    let written = word.split_once('=').map(|(_, value)| value.to_string());
    let value = written.or_else(|| words.get(at + 1).cloned())?;
    let mut line = replaced(words, at, &[format!("--{value}")]);
    line.drain(at + 1..at + 2 - usize::from(word.contains('='))).for_each(drop);
    options.contains(&format!("--{value}")).then_some(line)
}

/// `--since november`: from its first day on.
fn with_first_of_month(mut line: Vec<String>) -> Vec<String> {
    let at = line.iter().position(|word| word == "--since").map(|at| at + 1);
    if let Some(value) = at.and_then(|at| line.get_mut(at))
        && let Some(day) = first_of_month(value)
    {
        *value = day;
    }
    line
}

/// Returns the value of the option `name`.
fn value_of(words: &[String], name: &str) -> Option<String> {
    let joined = |word: &String| word.strip_prefix(name)?.strip_prefix('=').map(str::to_string);
    let after = || words.get(words.iter().position(|word| word == name)? + 1).cloned();
    words.iter().find_map(joined).or_else(after)
}

/// Returns the only option that begins with `name`: `--dist` is `--distance`.
fn begun(name: &str, value: Option<&str>, options: &[String]) -> Option<String> {
    let mut begun = options.iter().filter(|option| name.chars().nth(4).is_some() && option.starts_with(name));
    match (begun.next(), begun.next()) {
        (Some(only), None) => Some(value.map_or_else(|| only.clone(), |value| format!("{only}={value}"))),
        _ => None,
    }
}

/// Returns command lines with the value of an unknown option in an option that takes it: `--km 8` is `--distance 8km`,
/// and `--hr 150` is worth a note.
fn with_value(words: &[String], at: usize) -> Vec<Vec<String>> {
    let word = words.get(at).map_or("", String::as_str);
    let (name, value, count) = match word.split_once('=') {
        Some((name, value)) => (name, Some(value.to_string()), 1),
        None => (word, words.get(at + 1).filter(|next| !next.starts_with('-')).cloned(), 2),
    };
    let Some(value) = value else { return Vec::new() };
    let before = words.get(..at).unwrap_or_default();
    let behind = words.get(at + count..).unwrap_or_default();
    let with = |option: &str, value: String| [before, &[option.to_string(), value], behind].concat();
    let units = UNITS.iter().filter(|(other, _, _)| *other == name);
    let mut lines: Vec<Vec<String>> =
        units.map(|(_, option, unit)| with(option, format!("{value}{unit}"))).collect();
    if NOTED.contains(&name) {
        let text = format!("{} {value}", name.trim_start_matches('-').replace('-', " "));
        let mut line = [before, behind].concat();
        let note = line.iter().position(|word| word == "--note").map(|at| at + 1);
        match note.and_then(|note| line.get_mut(note)) {
            // The log has one note for a session.
            Some(note) => *note = format!("{note}, {text}"),
            None => line = with("--note", text),
        }
        lines.push(line);
    }
    lines
}
