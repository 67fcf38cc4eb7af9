//! Exports: of a plan or the log, and with a format in the place of a file.

use super::{is_option, replaced};

/// A day before every session.
pub(super) const LONG_AGO: &str = "2000-01-01";

/// What else than a workout is exported, and the command line for it.
const OTHER_THINGS: [(&[&str], &[&str]); 2] = [
    (&["plan", "ics", "calendar"], &["plan", "export", "-o", "plan.ics"]),
    (
        &["log", "csv", "history", "sessions", "runs", "diary", "all"],
        &["log", "export", "--since", LONG_AGO, "-o", "sessions.csv"],
    ),
];
/// Formats and programs of workouts, and the ending of the file for each.
const WORKOUT_FORMATS: [(&str, &str); 18] = [
    ("wav", "wav"),
    ("flac", "flac"),
    ("mp3", "flac"),
    ("sound", "wav"),
    ("audio", "wav"),
    ("fit", "fit"),
    ("garmin", "fit"),
    ("watch", "fit"),
    ("zwo", "zwo"),
    ("zwift", "zwo"),
    ("xml", "xml"),
    ("qz", "xml"),
    ("json", "json"),
    ("tcx", "tcx"),
    ("intervals", "txt"),
    ("intervals.icu", "txt"),
    ("txt", "txt"),
    ("toml", "toml"),
];
/// Formats and programs of sessions, and the ending of the file for each.
const SESSION_FORMATS: [(&str, &str); 7] = [
    ("fit", "fit"),
    ("strava", "fit"),
    ("garmin", "fit"),
    ("tcx", "tcx"),
    ("gpx", "tcx"),
    ("csv", "csv"),
    ("json", "json"),
];
/// Options of other programs for a format.
const FORMAT_OPTIONS: [&str; 6] = ["--format", "-f", "--type", "-t", "--as", "--to"];

/// `export plan`, `export csv`: nothing that is a workout.
pub(super) fn of_other_things(words: &[String]) -> Option<Vec<String>> {
    let [export, thing, ..] = words else { return None };
    let (_, line) = OTHER_THINGS.iter().find(|(things, _)| things.contains(&thing.as_str()))?;
    (export == "export").then(|| line.iter().map(|word| (*word).to_string()).collect())
}

/// `log export csv`, `log export strava`: a format in the place of a session.
pub(super) fn of_log(words: &[String], at: usize) -> Option<Vec<String>> {
    let word = words.get(at)?.to_lowercase();
    let (_, ending) = SESSION_FORMATS.iter().find(|(format, _)| *format == word)?;
    let is_of_all = ["csv", "json"].contains(ending);
    let line: &[&str] = if is_of_all {
        &["log", "export", "--since", LONG_AGO, "-o"]
    } else {
        &["log", "export", "last", "-o"]
    };
    let file = if is_of_all { format!("sessions.{ending}") } else { format!("session.{ending}") };
    let line = line.iter().map(|word| (*word).to_string()).chain([file]).collect();
    words.starts_with(&["log".to_string(), "export".to_string()]).then_some(line)
}

/// `export short fit`: a format behind a workout.
pub(super) fn with_format(words: &[String], at: usize) -> Option<Vec<String>> {
    let format = words.get(at)?.to_lowercase();
    let name = words.get(1).filter(|name| at == 2 && !is_option(name))?;
    let (_, ending) = WORKOUT_FORMATS.iter().find(|(known, _)| *known == format)?;
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    let file = if is_plain { format!("{name}.{ending}") } else { format!("workout.{ending}") };
    let is_export = words.first().is_some_and(|command| command == "export");
    is_export.then(|| replaced(words, at, &["-o".to_string(), file]))
}

/// `log export 1 -f tcx`: a format in an option.
pub(super) fn with_format_option(words: &[String], at: usize) -> Option<Vec<String>> {
    let is_of_log = words.starts_with(&["log".to_string(), "export".to_string()]);
    let word = words.get(at)?;
    let (name, value, count) = match word.split_once('=') {
        Some((name, value)) => (name, value.to_string(), 1),
        None => (word.as_str(), words.get(at + 1)?.clone(), 2),
    };
    let (_, ending) = SESSION_FORMATS.iter().find(|(format, _)| *format == value.to_lowercase())?;
    if !is_of_log || !FORMAT_OPTIONS.contains(&name) {
        return None;
    }
    let session = words.get(2).filter(|word| !is_option(word));
    let file = session.map_or("sessions".to_string(), |session| format!("session-{session}"));
    let (before, behind) = (words.get(..at)?, words.get(at + count..)?);
    if words.iter().any(|word| word == "-o" || word == "--output") {
        return Some([before, &["--to".to_string(), (*ending).to_string()], behind].concat());
    }
    Some([before, &["-o".to_string(), format!("{file}.{ending}")], behind].concat())
}
