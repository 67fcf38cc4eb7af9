//! Values that an option or an argument does not take.

use super::exports::{self, LONG_AGO};
use super::positionals::FILLERS;
use super::replaced;
use super::subcommands::first_of_month;
use crate::cli::args::other_words::{EFFORTS, FEELINGS, NUMBERS, RACES};
use crate::cli::args::profile::with_colons;
use crate::text::{certain, nearest};
use clap::error::{ContextKind, ContextValue};

/// Words for the latest session.
const LATEST: [&str; 6] = ["last", "latest", "newest", "recent", "previous", "prev"];

/// Returns command lines with the value at `at` written in another way, with the next word, or in the place of its
/// neighbour.
///
/// The first `depth` words are the command.
pub(super) fn other_values(
    words: &[String],
    at: usize,
    depth: usize,
    error: &clap::Error,
) -> Vec<Vec<String>> {
    let word = words.get(at).map_or("", String::as_str);
    let (option, value) = match word.split_once('=').filter(|(option, _)| option.starts_with('-')) {
        Some((option, value)) => (Some(option), value),
        None => (None, word),
    };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let name = option.or(before.map(String::as_str).filter(|before| before.starts_with('-')));
    let with = |value: String| {
        replaced(words, at, &[option.map_or_else(|| value.clone(), |option| format!("{option}={value}"))])
    };
    let mut lines: Vec<Vec<String>> = respelt(value, name, error).into_iter().map(with).collect();
    let shows = depth.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|command| command == "show");
    if name.is_none() && shows && LATEST.contains(&value.to_lowercase().as_str()) {
        lines.push(replaced(words, at, &[]));
    }
    if option.is_some() {
        return lines;
    }
    if name.is_none() && FILLERS.contains(&value.to_lowercase().as_str()) {
        lines.push(replaced(words, at, &[]));
    }
    lines.extend(exports::of_log(words, at).filter(|_| name.is_none()));
    // `log export all -o runs.csv`
    if name.is_none() && value == "all" {
        lines.push(replaced(words, at, &["--since".to_string(), LONG_AGO.to_string()]));
    }
    // `profile race 5K=22:30`
    if let Some((first, second)) = value.split_once('=').filter(|_| name.is_none()) {
        lines.push(replaced(words, at, &[first.to_string(), second.to_string()]));
    }
    // `profile race half marathon 1:45:00`
    if let Some(before) = before.filter(|before| at > depth && !before.starts_with('-')) {
        let mut line = replaced(words, at, &[]);
        if let Some(word) = line.get_mut(at - 1) {
            *word = format!("{before} {value}");
        }
        lines.push(line);
    }
    for join in [" ", ":", "="] {
        if let Some(next) = words.get(at + 1).filter(|next| !next.starts_with('-')) {
            let mut line = replaced(words, at, &[format!("{value}{join}{next}")]);
            line.remove(at + 1);
            lines.push(line);
        }
    }
    for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
        if name.is_none() && other >= depth && words.get(other).is_some_and(|other| !other.starts_with('-')) {
            let mut line = words.to_vec();
            line.swap(at, other);
            lines.push(line);
        }
    }
    lines
}

/// Returns other ways to write `value`, the likeliest first. `option` is the option that it belongs to.
fn respelt(value: &str, option: Option<&str>, error: &clap::Error) -> Vec<String> {
    let lower = value.to_lowercase();
    let race = lower.trim_end_matches('m');
    let mut all = Vec::new();
    if option.is_none() {
        let races = RACES.iter().filter(|(other, _)| *other == race || *other == lower);
        all.extend(races.map(|(_, race)| (*race).to_string()));
    }
    if option == Some("--feel") {
        let feelings = FEELINGS.iter().filter(|(others, _)| others.contains(&lower.as_str()));
        all.extend(feelings.map(|(_, feeling)| (*feeling).to_string()));
    }
    if matches!(option, Some("--rpe" | "-r")) {
        let efforts = EFFORTS.iter().filter(|(others, _)| others.contains(&lower.as_str()));
        all.extend(efforts.map(|(_, number)| (*number).to_string()));
    }
    if matches!(option, Some("--set" | "-s")) {
        all.push(value.replacen(':', "=", 1));
    }
    if option.is_none() && !LATEST.contains(&lower.as_str()) {
        // `log show lst`
        all.extend(certain(&lower, LATEST.into_iter()).map(|_| "last".to_string()));
    }
    if option == Some("--since") {
        all.extend(first_of_month(value));
    }
    all.extend(NUMBERS.iter().position(|number| *number == lower).map(|number| number.to_string()));
    all.extend(with_colons(value));
    let digits: String =
        value.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | ',')).collect();
    let unit = lower.get(digits.len()..).unwrap_or_default().trim();
    if !digits.is_empty() {
        let is_minutes = ["m", "mn", "mins", "minutes", "'"].contains(&unit);
        all.extend(is_minutes.then(|| format!("{digits}min")));
        // `5mi` is no `5K`: only a scale and a unit that goes without saying may be dropped.
        if is_minutes || unit.starts_with('/') || ["", "bpm", "%", "h", "s"].contains(&unit) {
            all.push(digits.replace(['.', ','], ":"));
            all.extend(unit.is_empty().then(|| format!("{digits}min")));
            all.push(digits.replace(',', "."));
        }
    }
    if let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue) {
        all.extend(nearest(&lower, known.iter().map(String::as_str)).map(str::to_string));
    }
    all
}
