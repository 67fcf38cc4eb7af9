//! Finds the workout that an argument on the command line means.

use super::LibraryWorkout;
use super::foreign_file::{self, ForeignFile};
use super::recent;
use super::text_file::{LibraryError, read, read_file};
use crate::diagnostic::SourceText;
use crate::formats::exchange::ReadOptions;
use crate::text::certain;
use crate::workout::{self, Options};
use chrono::Weekday;
use std::io;
use std::path::Path;

/// The name of a workout that was typed as notation.
pub const NOTATION: &str = "notation";

/// From this similarity on (Jaro-Winkler, 0 to 1), an argument that cannot be a name is taken for a misspelt one.
const SAME_NAME: f64 = 0.92;
/// From this similarity on, a name is suggested in place of an unknown one.
const SIMILAR_NAME: f64 = 0.75;

/// The workout that an argument means.
#[derive(Debug)]
pub enum WorkoutSource {
    /// The text of a workout file.
    File(SourceText),
    /// The text of a workout of another program.
    Foreign(Box<ForeignFile>),
    /// Notation.
    Notation(SourceText),
}

/// Finds the workout that `argument` means: standard input (a file or notation) for `-`, else an existing file, also one of another
/// program, else a name in the library
/// or the only name that begins like that. Anything else is notation, unless it looks like a name.
///
/// # Errors
/// If nothing fits, if several names begin like that, or if the file cannot be read.
pub fn find(argument: &str) -> Result<WorkoutSource, LibraryError> {
    if argument == "-" {
        return read("standard input", io::stdin().lock()).map(file_or_notation);
    }
    let path = Path::new(argument);
    if path.is_dir() {
        let help = "name a workout file in it";
        return Err(LibraryError::new(format!("`{argument}` is a folder"), help));
    }
    let is_foreign = path.is_file() && foreign_file::has_foreign_ending(path);
    if is_foreign || foreign_file::format_of(path).is_some() {
        let read = foreign_file::read(argument, path, &ReadOptions::default());
        return read.map(|file| WorkoutSource::Foreign(Box::new(file)));
    }
    if path.exists() {
        return read_file(argument, path).map(WorkoutSource::File);
    }
    let library = super::all();
    if let Some(workout) = find_name(argument, &library)? {
        return workout.source().map(WorkoutSource::File);
    }
    let lower = argument.to_lowercase();
    let no_file = |help| Err(LibraryError::new(format!("there is no file `{argument}`"), help));
    if lower.ends_with(".toml") {
        return no_file("check the path, or see `pacebell list`");
    }
    if looks_like_a_path(argument) {
        return no_file(
            "it was taken for a path because of its slash; notation begins with a length or a count",
        );
    }
    let names: Vec<&str> = library.iter().map(|workout| workout.name.as_str()).collect();
    let is_name = looks_like_a_name(&lower) || nearest(&lower, &names, SAME_NAME).is_some();
    if is_name && !is_notation(argument) {
        return Err(no_such_name(argument, &names));
    }
    Ok(WorkoutSource::Notation(SourceText::new(NOTATION, argument)))
}

/// The full name of the library workout that `argument` means, if it means one.
pub fn name_of(argument: &str) -> Option<String> {
    if argument == "-" || Path::new(argument).exists() {
        return None;
    }
    let library = super::all();
    find_name(argument, &library).ok().flatten().map(|workout| workout.name.clone())
}

/// The full name of the library workout that `argument` names, perhaps with a mistake: `hills` is `hill-repeats`.
pub fn meant_name(argument: &str) -> Option<String> {
    name_of(argument).or_else(|| {
        let library = super::all();
        let names: Vec<&str> = library.iter().map(|workout| workout.name.as_str()).collect();
        let lower = argument.to_lowercase();
        nearest(&lower, &names, SIMILAR_NAME).filter(|_| looks_like_a_name(&lower)).map(str::to_string)
    })
}

/// Finds a workout by its name in any case, else by the beginning of its name.
fn find_name<'a>(
    argument: &str,
    library: &'a [LibraryWorkout],
) -> Result<Option<&'a LibraryWorkout>, LibraryError> {
    let lower = argument.to_lowercase();
    let exact = library.iter().find(|workout| workout.name == argument);
    if let Some(workout) = exact.or_else(|| library.iter().find(|w| w.name.to_lowercase() == lower)) {
        return Ok(Some(workout));
    }
    let begins = |w: &&LibraryWorkout| !lower.is_empty() && w.name.to_lowercase().starts_with(&lower);
    let matches: Vec<&LibraryWorkout> = library.iter().filter(begins).collect();
    match matches[..] {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        _ => {
            let names: Vec<&str> = matches.iter().map(|workout| workout.name.as_str()).collect();
            let help = format!("write one of: {}{}", names.join(", "), or_distance(&lower));
            Err(LibraryError::new(format!("several names begin with `{argument}`"), help))
        }
    }
}

/// `5k` may mean a run of this distance.
fn or_distance(lower: &str) -> String {
    let number = lower.strip_suffix('k').filter(|number| number.parse::<u32>().is_ok());
    number.map_or_else(String::new, |number| format!("; or {number}km for the distance"))
}

/// True for a letter followed by letters, digits and hyphens. The only such notation is `open`.
fn looks_like_a_name(lower: &str) -> bool {
    let is_name = lower.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_name && lower != "open" && lower.starts_with(char::is_alphabetic)
}

/// True for a slash without spaces in what does not read as notation. A label's colon and the `@` of a pace, before a
/// digit, are notation with a mistake.
fn looks_like_a_path(argument: &str) -> bool {
    let begins = argument.starts_with(|c: char| c.is_alphabetic() || "./~".contains(c));
    let has_figures =
        argument.split([':', '@']).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    begins
        && argument.contains('/')
        && !argument.contains(char::is_whitespace)
        && !(has_figures && argument.starts_with(char::is_alphabetic))
        && !is_notation(argument)
}

fn is_notation(text: &str) -> bool {
    let source = SourceText::new(NOTATION, text);
    workout::compile_notation(&source, None, &Options::default()).is_ok()
}

/// Tells a file from notation on standard input. A text that is neither is taken for what it looks like, and its name
/// says so.
fn file_or_notation(source: SourceText) -> WorkoutSource {
    let text = source.text.trim();
    if text.parse::<toml::Table>().is_ok() {
        return WorkoutSource::File(source);
    }
    if is_notation(text) {
        return WorkoutSource::Notation(SourceText::new(NOTATION, text));
    }
    let has_key = |line: &str| {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        line.starts_with('[') || key.is_some_and(|key| !key.is_empty() && !key.contains(char::is_whitespace))
    };
    if text.lines().any(has_key) {
        WorkoutSource::File(SourceText::new(format!("{} (read as TOML)", source.name), source.text))
    } else {
        WorkoutSource::Notation(SourceText::new(format!("{} (read as notation)", source.name), text))
    }
}

/// The most similar name, if its similarity exceeds `least`.
fn nearest<'a>(lower: &str, names: &[&'a str], least: f64) -> Option<&'a str> {
    let similar = names.iter().map(|name| (strsim::jaro_winkler(lower, name), *name));
    similar.filter(|(s, _)| *s > least).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn no_such_name(argument: &str, names: &[&str]) -> LibraryError {
    let lower = argument.to_lowercase();
    let help = match nearest(&lower, names, SIMILAR_NAME) {
        _ if ["last", "again", "previous", "latest"].contains(&lower.as_str()) => {
            match recent::names().first() {
                Some(name) => format!("you ran `{name}` last: `pacebell run {name}`"),
                None => "no workout was run yet: `pacebell list` shows all of them".to_string(),
            }
        }
        _ if ["plan", "next", "now", "due"].contains(&lower.as_str()) => {
            "write `pacebell run today` for the session of your plan that is due".to_string()
        }
        _ if lower == "help" => "`pacebell run --help` prints the help of a command".to_string(),
        _ if certain(&lower, std::iter::once("today")).is_some() => {
            "did you mean `today`, the session of your plan that is due?".to_string()
        }
        _ if lower.parse::<Weekday>().is_ok() || lower == "tomorrow" => {
            format!("`pacebell week {lower}` shows the sessions of your plan; `today` is the one that is due")
        }
        Some(name) => format!("did you mean `{name}`? `pacebell list` shows all workouts"),
        None => {
            let example = written_out(argument).unwrap_or_else(|| "8×60s hard / 60s easy".to_string());
            format!(
                "see `pacebell list`, or name a file, or write the workout itself: pacebell run \"{example}\""
            )
        }
    };
    LibraryError::new(format!("there is no workout called `{argument}`"), help)
}

/// Returns notation for the name of a session, such as `tabata`.
fn written_out(name: &str) -> Option<String> {
    let problems =
        workout::compile_notation(&SourceText::new(NOTATION, name), None, &Options::default()).err()?;
    Some(problems.first()?.alternatives.first()?.replacement.clone()).filter(|fix| !fix.contains(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::merge;
    use crate::library::tests::mine;

    #[test]
    fn finds_names_and_their_beginnings() {
        let library = merge(vec![mine("Tuesday"), mine("tuesday-long"), mine("shorter")]);
        let name = |argument: &str| find_name(argument, &library).map(|w| w.map(|w| w.name.clone()));
        assert_eq!(name("tuesday"), Ok(Some("Tuesday".to_string())), "the whole name, in any case");
        assert_eq!(name("tuesday-l"), Ok(Some("tuesday-long".to_string())));
        assert_eq!(name("short-i"), Ok(Some("short-intervals".to_string())));
        assert_eq!(name("wednesday"), Ok(None));
        assert_eq!(name(""), Ok(None));
        let several = name("short").unwrap_err();
        assert!(several.help.contains("short-intervals") && several.help.contains("shorter"), "{several:?}");
    }

    #[test]
    fn tells_names_from_notation() {
        for name in ["short-intervals", "short", "SHORT", "tempo"] {
            assert!(looks_like_a_name(&name.to_lowercase()), "{name}");
        }
        for notation in [
            "8×60s hard / 60s easy",
            "60s",
            "5km",
            "8x60s",
            "open",
            "30min easy",
            "(1min, 2min) / 1min",
            "60s/60s",
            "75-90min",
            "1h-1h30",
            "½km",
        ] {
            assert!(!looks_like_a_name(notation), "{notation}");
        }
    }
}
