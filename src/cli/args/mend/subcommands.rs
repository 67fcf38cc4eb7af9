//! Commands that pacebell calls something else.

use super::{Mender, replaced};
use crate::cli::args::other_words::COMMANDS;
use crate::cli::profile_file::full_key;
use crate::text::certain;

/// Commands that show what the command in front of them shows alone.
const SHOWING: [&str; 10] =
    ["show", "view", "list", "ls", "get", "print", "display", "all", "edit", "status"];

impl Mender {
    /// Returns command lines with another command in the place of the one at `at`.
    pub(super) fn other_commands(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let word = words.get(at).map_or("", String::as_str);
        let (parents, rest) = words.split_at(at);
        let mut lines = Vec::new();
        let is_number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        let insert = |inner: &str| {
            let line = [parents, &[inner.to_string()], rest].concat();
            self.is_subcommand(parents, inner).then_some(line)
        };
        // `log 12`
        if is_number {
            lines.extend(insert("show"));
        }
        // `log last` is `log show`.
        if at > 0 && ["last", "latest"].contains(&word) {
            lines.push(replaced(words, at, &["show".to_string()]));
        }
        for (_, meant) in COMMANDS.iter().filter(|(other, _)| *other == word) {
            let last = meant.rsplit(' ').next().unwrap_or(meant).to_string();
            // `log history` is `log`.
            let is_parent = parents.last() == Some(&last);
            lines.push(replaced(words, at, if is_parent { &[] } else { std::slice::from_ref(&last) }));
            let whole: Vec<String> = meant.split(' ').map(str::to_string).collect();
            lines.push([&whole, rest.get(1..).unwrap_or_default()].concat());
        }
        lines.extend(self.nearest_subcommand(parents, word).map(|near| replaced(words, at, &[near])));
        // `plan today` is `today`.
        if at > 0 && self.command.find_subcommand(word).is_some() {
            lines.push(rest.to_vec());
        }
        // `profile show` is `profile`.
        if at > 0 && SHOWING.contains(&word) {
            lines.push(replaced(words, at, &[]));
            lines.push(parents.to_vec());
        }
        // `profile 5K 22:30`: the command in between is missing.
        if at > 0 && word.starts_with(|c: char| c.is_ascii_digit()) {
            lines.extend(["race", "add"].into_iter().filter_map(insert));
        }
        // `profile hr_max 186`, and `profile hr_max`.
        if parents.last().is_some_and(|parent| parent == "profile") {
            lines.extend(insert("set").map(with_full_key));
            lines.push(parents.to_vec());
        }
        lines
    }

    /// Returns the subcommand of the last of `parents` that `word` is a misspelling of.
    fn nearest_subcommand(&self, parents: &[String], word: &str) -> Option<String> {
        let mut command = &self.command;
        for parent in parents {
            command = command.find_subcommand(parent).unwrap_or(command);
        }
        certain(word, command.get_subcommands().map(clap::Command::get_name)).map(str::to_string)
    }
}

/// `profile set hr_max 186` with the key's table.
pub(super) fn with_full_key(mut words: Vec<String>) -> Vec<String> {
    if let [profile, set, key, ..] = words.as_mut_slice()
        && profile == "profile"
        && set == "set"
        && let Some(full) = full_key::full(key)
    {
        *key = full.to_string();
    }
    words
}
