//! Options that the command does not have.

use super::subcommands::with_full_key;
use super::{Mender, replaced};
use crate::cli::args::other_words::{NEEDLESS, NOTED, OPTIONS, POSITIONALS, SWITCHES, UNITS};
use crate::text::nearest;

impl Mender {
    /// Returns command lines with the option at `at` under another name, as a word, or left out.
    pub(super) fn other_options(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let word = words.get(at).map_or("", String::as_str);
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let options = self.options(words);
        let mut lines = Vec::new();
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
        // `log --format json`
        if let Some(value) = value.map(str::to_string).or_else(|| words.get(at + 1).cloned())
            && options.contains(&format!("--{value}"))
        {
            let mut line = replaced(words, at, &[format!("--{value}")]);
            line.drain(at + 1..at + 2 - usize::from(word.contains('='))).for_each(drop);
            lines.push(line);
        }
        // Nobody means that something is wrong by a misspelling.
        let meant = options.iter().filter(|option| *option != "--stop");
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

    /// True if `name` is a subcommand of the command that `words` begin with.
    pub(super) fn is_subcommand(&self, words: &[String], name: &str) -> bool {
        let mut command = &self.command;
        for word in words {
            command = command.find_subcommand(word).unwrap_or(command);
        }
        command.find_subcommand(name).is_some()
    }
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
        lines.push(with("--note", format!("{} {value}", name.trim_start_matches('-').replace('-', " "))));
    }
    lines
}
