//! Tells the format of a workout of another program from its content.

use super::UnreadableWorkout;
use super::intervals_tokens::{lap_key, length};
use crate::formats::activity_reader::xml::text;

/// A format that workouts are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkoutFormat {
    /// A workout of Zwift.
    Zwo,
    /// An ERG or MRC file.
    Erg,
    /// A FIT file.
    Fit,
    /// A workout of Garmin Connect as JSON.
    GarminJson,
    /// A workout of intervals.icu as text.
    Intervals,
    /// A workout of QZ.
    Qz,
}

/// The bytes in which the format is looked for.
const START_BYTES: usize = 4096;

impl WorkoutFormat {
    /// Returns the word for the format.
    pub const fn word(self) -> &'static str {
        match self {
            WorkoutFormat::Zwo => "zwo",
            WorkoutFormat::Erg => "erg",
            WorkoutFormat::Fit => "fit",
            WorkoutFormat::GarminJson => "garmin",
            WorkoutFormat::Intervals => "intervals",
            WorkoutFormat::Qz => "qz",
        }
    }

    /// Tells the format from the first bytes of a file, whatever its name is. `None` if it is none of them.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let start = bytes.get(..START_BYTES).unwrap_or(bytes);
        if start.get(8..12) == Some(b".FIT") {
            return Some(WorkoutFormat::Fit);
        }
        let text = text(start);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with('<') {
            let lower = text.to_ascii_lowercase();
            return match lower {
                lower if lower.contains("<workout_file") => Some(WorkoutFormat::Zwo),
                lower if lower.contains("<rows") => Some(WorkoutFormat::Qz),
                _ => None,
            };
        }
        if text.starts_with('{') {
            return text.contains("\"workoutSegments\"").then_some(WorkoutFormat::GarminJson);
        }
        let is_erg = |line: &str| line.trim().eq_ignore_ascii_case("[COURSE HEADER]");
        if text.lines().take(20).any(is_erg) {
            return Some(WorkoutFormat::Erg);
        }
        let is_steps = !is_toml(text) && text.lines().any(is_intervals_step);
        is_steps.then_some(WorkoutFormat::Intervals)
    }
}

/// True for a text with a line such as `key =` or `[table]`. Workouts of pacebell may quote steps of intervals.icu.
fn is_toml(text: &str) -> bool {
    let is_key = |key: &str| {
        let is_key_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
        !key.is_empty() && !key.starts_with('-') && key.chars().all(is_key_char)
    };
    text.lines().map(str::trim).any(|line| {
        let table = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let is_table = table.is_some_and(|(name, _)| is_key(name.trim_start_matches('[').trim()));
        is_table || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()))
    })
}

/// True for a step of intervals.icu. A list of steps in pacebell's own notation has other units and targets.
fn is_intervals_step(line: &str) -> bool {
    let Some(step) = line.trim_start().strip_prefix("- ") else { return false };
    let words: Vec<&str> = step.split_whitespace().collect();
    let is_unit = |word: &&str| {
        let lower = word.to_lowercase();
        matches!(lower.as_str(), "pace" | "hr" | "lthr" | "freeride")
            || lower.ends_with("mtr")
            || lower.ends_with('%')
    };
    let has_length = words.iter().any(|word| length(word).is_some());
    lap_key(&words).is_some() || words.iter().any(is_unit) && has_length
}

/// Returns why a file is not a workout, and what to do about it.
pub fn refusal(bytes: &[u8]) -> UnreadableWorkout {
    let start = bytes.get(..START_BYTES).unwrap_or(bytes);
    if bytes.is_empty() {
        return UnreadableWorkout::new("it is empty");
    }
    let decoded = text(start);
    if decoded.contains("<gpx") {
        let help = "GPX holds a route; to bring in a run, use `pacebell log import`";
        return UnreadableWorkout::new("it is a GPX file, which has no steps").with_help(help);
    }
    if decoded.contains("<!DOCTYPE") || decoded.contains("<!ENTITY") {
        return UnreadableWorkout::new("it defines entities, which are never expanded");
    }
    if is_toml(&decoded) && !decoded.trim_start().starts_with('<') {
        let help = "run it as it is, with `pacebell run`";
        return UnreadableWorkout::new("it looks like a workout of pacebell itself").with_help(help);
    }
    UnreadableWorkout::new("it is not a workout that pacebell can read")
        .with_help("give a workout of Zwift, a FIT, ERG, MRC or QZ workout, one of Garmin Connect as JSON, or text of intervals.icu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workout_of_pacebell_that_quotes_intervals_is_not_taken_for_one() {
        let steps = "- 10m 60% Pace\n- 5m 100% Pace\n";
        assert_eq!(WorkoutFormat::of(steps.as_bytes()), Some(WorkoutFormat::Intervals));
        for own in [
            format!("about = \"\"\"\n{steps}\"\"\"\nsteps = [\"60s easy\"]\n"),
            format!("[parts.main]\nabout = '''\n{steps}"),
        ] {
            assert_eq!(WorkoutFormat::of(own.as_bytes()), None, "{own}");
        }
        let titled = format!("Main Set 2x\n[easy week]\n{steps}");
        assert_eq!(WorkoutFormat::of(titled.as_bytes()), Some(WorkoutFormat::Intervals));
    }
}
