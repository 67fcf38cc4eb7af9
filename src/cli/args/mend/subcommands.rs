//! Commands that pacebell calls something else.

use super::workouts::meant_plan;
use super::{Mender, is_option, replaced};
use crate::cli::args::other_commands::{COMMANDS, INNER, OUTER};
use crate::cli::human_date;
use crate::cli::profile_file::full_key;
use crate::clock;
use crate::library::user_plans;
use crate::text::certain;

/// The months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Commands that show what the command in front of them shows alone.
const SHOWING: [&str; 10] =
    ["show", "view", "list", "ls", "get", "print", "display", "all", "edit", "status"];

/// Words that the reference of the language explains.
const TOPICS: [&str; 14] = [
    "interval",
    "intervals",
    "notation",
    "syntax",
    "step",
    "steps",
    "workout",
    "workouts",
    "pace",
    "paces",
    "zones",
    "reps",
    "ladder",
    "cues",
];

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
        if parents.last().is_some_and(|parent| parent == "log") {
            lines.extend(since(parents, rest));
        }
        // `log 12`
        if is_number {
            lines.extend(insert("show"));
        }
        // `log last` is `log show`.
        if at > 0 && ["last", "latest"].contains(&word) {
            lines.push(replaced(words, at, &["show".to_string()]));
        }
        let parent = parents.last().map_or("", String::as_str);
        // `log undo` would undo whatever changed last.
        if parent == "day" && word == "undo" {
            lines.push([&replaced(words, at, &["done".to_string()])[..], &["--undo".to_string()]].concat());
        }
        lines.extend(self.inner_commands(words, at));
        lines.extend(self.as_edit(words, at));
        lines.extend(synonyms(words, at));
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
            lines.extend(full_key::set_line(rest));
            lines.extend(insert("set").map(with_full_key));
            if rest.len() == 1 {
                lines.push(parents.to_vec());
            }
        }
        lines
    }

    /// Returns command lines with a subcommand of the same command in the place of the word at `at`, or without it.
    fn inner_commands(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let word = words.get(at).map_or("", String::as_str);
        let (parents, rest) = words.split_at(at);
        let parent = parents.last().map_or("", String::as_str);
        let mut lines = Vec::new();
        for (_, _, inner) in INNER.iter().filter(|(outer, other, _)| *outer == parent && *other == word) {
            let inner: Vec<String> = inner.split_whitespace().map(str::to_string).collect();
            lines.push(with_full_key(replaced(words, at, &inner)));
        }
        // `plan half-12`, `plan half-12 start`
        if parent == "plan" && user_plans::find(word).is_ok() {
            if let Some(inner) = rest.get(1).filter(|inner| self.is_subcommand(parents, inner)) {
                let others = rest.get(2..).unwrap_or_default();
                lines.push([parents, &[inner.clone(), word.to_string()], others].concat());
            }
            lines.push([parents, &["show".to_string()], rest].concat());
        }
        // `plan half marathon`
        if parent == "plan"
            && let Some(name) = meant_plan(&rest.join(" "))
        {
            lines.push([parents, &["show".to_string(), name]].concat());
        }
        // `log csv`, `profile add race 5K 22:30`
        lines.push(replaced(words, at, &[format!("--{word}")]));
        if at > 0 && words.get(at + 1).is_some_and(|next| self.is_subcommand(parents, next)) {
            lines.push(replaced(words, at, &[]));
        }
        if parents.first().is_some_and(|first| first == "help") {
            lines.extend(TOPICS.contains(&word).then(|| vec!["language".to_string()]));
            let meant = COMMANDS.iter().filter(|(other, _)| *other == word);
            lines.extend(meant.map(|(_, meant)| {
                let meant: Vec<String> = meant.split(' ').map(str::to_string).collect();
                [&["help".to_string()], &meant[..]].concat()
            }));
            // `help run hills`
            lines.extend((at > 1).then(|| parents.to_vec()));
            lines.push(vec!["--help".to_string()]);
        }
        lines
    }

    /// `log rpe 6`, `log note 1 "felt good"`: an option of `log edit`, for the latest session unless it has a number.
    fn as_edit(&self, words: &[String], at: usize) -> Option<Vec<String>> {
        let (parents, rest) = words.split_at_checked(at).filter(|(parents, _)| *parents == ["log"])?;
        let (name, values) = rest.split_first()?;
        let edit = [parents, &["edit".to_string()]].concat();
        let option = format!("--{name}");
        let is_option_of_edit = self.options(&edit).contains(&option);
        let (id, value) = match values {
            [] => return None,
            [id, value @ ..] if !value.is_empty() && id.parse::<u32>().is_ok() => (id.clone(), value),
            value => ("last".to_string(), value),
        };
        is_option_of_edit.then(|| [edit, vec![id, option, value.join(" ")]].concat())
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

/// Returns command lines with the command of pacebell in the place of the one of another program at `at`.
fn synonyms(words: &[String], at: usize) -> Vec<Vec<String>> {
    let word = words.get(at).map_or("", String::as_str);
    let (parents, rest) = words.split_at(at);
    let parent = parents.last().map_or("", String::as_str);
    let mut lines = Vec::new();
    for (_, meant) in COMMANDS.iter().filter(|(other, _)| *other == word) {
        let last = meant.rsplit(' ').next().unwrap_or(meant).to_string();
        // `log history` is `log`.
        let is_parent = parents.last() == Some(&last);
        lines.push(replaced(words, at, if is_parent { &[] } else { std::slice::from_ref(&last) }));
        let whole: Vec<String> = meant.split(' ').map(str::to_string).collect();
        let is_of_parent = whole.first().is_some_and(|first| first == parent);
        if at == 0 || is_of_parent || OUTER.contains(meant) {
            lines.push([&whole, rest.get(1..).unwrap_or_default()].concat());
        }
    }
    lines
}

/// `log today`, `log last week`, `log this week`: the sessions from a day on.
fn since(parents: &[String], rest: &[String]) -> Option<Vec<String>> {
    let text = rest.iter().take_while(|word| !is_option(word)).cloned().collect::<Vec<_>>();
    let behind = rest.get(text.len()..).unwrap_or_default();
    let text = text.join(" ").to_lowercase();
    let day = match text.as_str() {
        month if first_of_month(month).is_some() => first_of_month(month)?,
        "week" | "this week" => "monday".to_string(),
        "month" | "this month" | "last month" => "1 month ago".to_string(),
        "year" | "this year" | "last year" => "1 year ago".to_string(),
        "last" => return None,
        other => other.to_string(),
    };
    human_date::read(&day, clock::local_time()).ok()?;
    Some([parents, &["list".to_string(), "--since".to_string(), day], behind].concat())
}

/// Returns the first day of a month: `november` is `1 november`, and `2026-11` is `2026-11-01`.
pub(super) fn first_of_month(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let is_month = lower.len() > 2 && MONTHS.iter().any(|month| month.starts_with(&lower));
    let is_year_and_month = lower.len() == 7
        && lower.char_indices().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_digit() });
    let day = if is_month { format!("1 {lower}") } else { format!("{lower}-01") };
    ((is_month || is_year_and_month) && human_date::read(&day, clock::local_time()).is_ok()).then_some(day)
}

/// `profile set hr_max 186` and `profile unset hr_max` with the key's table.
pub(super) fn with_full_key(mut words: Vec<String>) -> Vec<String> {
    if let [profile, command, key, ..] = words.as_mut_slice()
        && profile == "profile"
    {
        let full = match command.as_str() {
            "set" => full_key::full(key).map(str::to_string),
            "unset" => full_key::any(key),
            _ => None,
        };
        *key = full.unwrap_or_else(|| key.clone());
    }
    words
}
