//! Words between the options: too many, too few, or in front of their option.

use super::exports::{self, LONG_AGO};
use super::subcommands::with_full_key;
use super::{Mender, is_option, replaced};
use crate::cli::args::export::ExportFormat;
use crate::cli::args::other_words::FEELINGS;
use crate::cli::human_date;
use crate::cli::profile_file::full_key;
use crate::clock;
use crate::library;
use clap::ValueEnum;

/// Words between two arguments that say nothing.
pub(super) const FILLERS: [&str; 10] = ["to", "on", "at", "in", "from", "for", "the", "->", "=", "until"];

impl Mender {
    /// `plan move sunday to saturday`: the words around `at` without those that say nothing.
    pub(super) fn without_fillers(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let (depth, _) = self.split(words);
        let count = self.positionals(words);
        let is_filler = |word: &String| FILLERS.contains(&word.to_lowercase().as_str());
        let is_loose = |i: usize| words.get(i).is_some_and(|word| !is_option(word));
        let end = (at..words.len()).find(|i| !is_loose(*i)).unwrap_or(words.len());
        let loose = words.get(depth..end).unwrap_or_default();
        let kept: Vec<String> = loose.iter().filter(|word| !is_filler(word)).cloned().collect();
        if count == 0
            || kept.len() != count
            || kept.len() == loose.len()
            || loose.iter().any(|w| is_option(w))
        {
            return Vec::new();
        }
        let (before, behind) = (words.get(..depth), words.get(end..));
        vec![[before.unwrap_or_default(), &kept, behind.unwrap_or_default()].concat()]
    }

    /// The word at `at` as an option, or as the value of one: `log edit 1 rpe 6`, `log list hills`, `log trends 12`.
    pub(super) fn as_option(&self, words: &[String], at: usize) -> Vec<Vec<String>> {
        let word = words.get(at).map_or("", String::as_str);
        let options = self.options(words);
        let mut lines = Vec::new();
        let named = format!("--{}", word.to_lowercase());
        if options.contains(&named) {
            lines.push(replaced(words, at, &[named]));
        }
        // `log list --since last week`: the value of an option has two words.
        let option = at.checked_sub(2).and_then(|option| words.get(option)).filter(|word| is_option(word));
        if let (Some(_), Some(before)) = (option, at.checked_sub(1).and_then(|before| words.get(before))) {
            let mut line = replaced(words, at, &[]);
            if let Some(value) = line.get_mut(at - 1).filter(|_| !is_option(before)) {
                *value = format!("{before} {word}");
                lines.push(line);
            }
        }
        if self.positionals(words) > 0 {
            return lines;
        }
        let rest = words.get(at..).unwrap_or_default();
        let text = rest.iter().take_while(|word| !is_option(word)).cloned().collect::<Vec<_>>();
        let behind = rest.get(text.len()..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let text = text.join(" ");
        let text = text.trim_end_matches(" weeks").to_string();
        let is_date = human_date::read(&text, clock::local_time()).is_ok();
        let is_number = text.chars().all(|c| c.is_ascii_digit());
        let values = [("--weeks", is_number), ("--since", is_date), ("--workout", !is_number && !is_date)];
        for (option, is_value) in values {
            if is_value && options.iter().any(|known| known == option) {
                lines.push([before, &[option.to_string(), text.clone()], behind].concat());
            }
        }
        // `sounds play`: the command takes no words.
        lines.push([before, behind].concat());
        lines
    }

    /// Returns command lines with the argument that is missing.
    pub(super) fn with_missing(&self, words: &[String]) -> Vec<Vec<String>> {
        let (depth, rest) = self.split(words);
        if let Some(line) = exports::of_other_things(words) {
            return vec![line];
        }
        let mut lines = Vec::new();
        // `profile set belt.unit=mph`
        for (i, word) in rest.iter().enumerate().filter(|(_, word)| !is_option(word)) {
            if let Some((key, value)) =
                word.split_once('=').filter(|(key, value)| !key.is_empty() && !value.is_empty())
            {
                let split = replaced(words, depth + i, &[key.to_string(), value.to_string()]);
                lines.push(with_full_key(split));
            }
        }
        lines.extend(with_distance(words, depth));
        let is_of_log = words.iter().any(|word| word == "log");
        let is_of_plan = words.iter().any(|word| word == "plan");
        if is_of_log && words.iter().any(|word| word == "export") {
            lines.push([words, &["--since".to_string(), LONG_AGO.to_string()]].concat());
        }
        let name = rest.first().filter(|word| !word.starts_with('-'));
        let plain = name.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '-'));
        let file = match plain {
            _ if is_of_plan => "plan.ics".to_string(),
            Some(number) if is_of_log => format!("session-{number}.fit"),
            None if is_of_log => "sessions.csv".to_string(),
            Some(name) => format!("{name}{}", wanted_ending(words)),
            None => format!("workout{}", wanted_ending(words)),
        };
        lines.push([words, &["-o".to_string(), file]].concat());
        lines
    }
}

/// Returns the ending of the format that `--to` asks for, or else that of sound.
fn wanted_ending(words: &[String]) -> &'static str {
    let at = words.iter().position(|word| word == "--to");
    let wanted = at.and_then(|at| words.get(at + 1));
    let format = wanted.and_then(|wanted| ExportFormat::from_str(wanted, true).ok());
    format.unwrap_or(ExportFormat::Wav).ending()
}

/// `log add --distance 5km --took 25:00`: the distance is the workout.
fn with_distance(words: &[String], depth: usize) -> Option<Vec<String>> {
    let at = words.iter().position(|word| word == "--distance")?;
    let is_add =
        words.first().is_some_and(|command| command == "log") && words.iter().any(|word| word == "add");
    let distance = words.get(at + 1).filter(|_| is_add && depth <= at)?;
    let (before, behind) = (words.get(..at)?, words.get(at + 2..)?);
    let mut line = [before, behind].concat();
    line.insert(depth, distance.clone());
    Some(line)
}

/// `export hills hills.wav`: a file's name without its option. An ending that cannot be written is FLAC.
pub(super) fn as_output(words: &[String], at: usize) -> Option<Vec<String>> {
    let word = words.get(at)?;
    let (name, ending) = word.rsplit_once('.')?;
    let file = match ending {
        "wav" | "flac" | "ics" | "fit" | "tcx" | "csv" | "json" => word.clone(),
        "mp3" | "m4a" | "ogg" | "aac" => format!("{name}.flac"),
        _ => return None,
    };
    Some(replaced(words, at, &["-o".to_string(), file]))
}

/// The words of a profile's key and its value: `profile unset race 5K`. Nothing for a key that is set, since its value
/// may have several meanings: the tip shows them.
pub(super) fn with_key(before: &[String], loose: &[String], behind: &[String]) -> Vec<Vec<String>> {
    let is_unset = before.last().is_some_and(|command| command == "unset");
    if !is_unset && let Some(line) = full_key::set_line(loose) {
        return vec![[line, behind.to_vec()].concat()];
    }
    let key = loose.last().filter(|_| is_unset).and_then(|key| full_key::any(key));
    key.map(|key| [before, &[key], behind].concat()).into_iter().collect()
}

/// Words of a command that takes two: a name and its workout, a workout and its parameter, a session and its length.
pub(super) fn of_two(before: &[String], loose: &[String], behind: &[String]) -> Vec<Vec<String>> {
    let line = |words: &[String]| [before, words, behind].concat();
    let mut lines = Vec::new();
    match (before, loose) {
        // `new Tuesday Hills "6x90s hard"`
        ([new], [name @ .., notation]) if new == "new" && super::is_workout_text(notation) => {
            lines.push(line(&[name.join(" "), notation.clone()]));
        }
        // `plan take sun 90 min`
        ([plan, _], [item, rest @ ..]) if plan == "plan" && !rest.is_empty() => {
            lines.push(line(&[item.clone(), rest.join(" ")]));
        }
        // `run hills reps 6`
        ([_], [workout, name, number])
            if number.parse::<u32>().is_ok() && name.chars().all(char::is_alphabetic) =>
        {
            let known = library::meant_name(workout).filter(|_| !super::is_workout_text(&loose.join(" ")));
            let set = |known| line(&[known, "--set".to_string(), format!("{name}={number}")]);
            lines.extend(known.map(set));
        }
        _ => {}
    }
    lines
}

/// `checkin 4,3,3,4`, `checkin today now`, `checkin 4 3 3 4 52`: four numbers, with the resting heart rate as a fifth.
pub(super) fn checkin(words: &[String]) -> Option<Vec<String>> {
    let at = words.iter().position(|word| word == "checkin")?;
    let (before, rest) = words.split_at(at + 1);
    let count = rest.iter().take_while(|word| !is_option(word)).count();
    let (loose, options) = rest.split_at(count);
    // How one feels is no answer to the four questions.
    let is_feeling =
        |word: &String| FEELINGS.iter().any(|(words, name)| words.contains(&word.as_str()) || name == word);
    if loose.iter().any(|word| word.parse::<u8>().is_err() && is_feeling(word)) {
        return None;
    }
    let loose = loose.join(" ");
    let separators = [' ', ',', '/', ';', ':', '-'];
    let mut numbers: Vec<String> = loose
        .split(separators)
        .filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_string)
        .collect();
    let heart = if numbers.len() == 5 { numbers.pop() } else { None };
    let heart: Vec<String> = heart.map(|heart| vec!["--heart".to_string(), heart]).unwrap_or_default();
    matches!(numbers.len(), 0 | 4).then(|| [before, &numbers, &heart, options].concat())
}
