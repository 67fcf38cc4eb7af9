//! Tells the format of a workout of another program from its content.

use super::UnreadableWorkout;
use super::intervals_tokens::length;
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
        text.lines().any(is_intervals_step).then_some(WorkoutFormat::Intervals)
    }
}

/// True for a step of intervals.icu. A list of steps in pacebell's own notation has other units and targets.
fn is_intervals_step(line: &str) -> bool {
    let Some(step) = line.trim_start().strip_prefix("- ") else { return false };
    let words: Vec<&str> = step.split_whitespace().collect();
    let is_unit = |word: &&str| {
        let lower = word.to_lowercase();
        matches!(lower.as_str(), "pace" | "hr" | "lthr") || lower.ends_with("mtr") || lower.ends_with('%')
    };
    words.iter().any(is_unit) && (0..words.len()).any(|at| length(&words, at).is_some())
}

/// Returns why a file is no workout, and what to do about it.
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
    UnreadableWorkout::new("it is no workout that pacebell can read")
        .with_help("give a workout of Zwift, a FIT, ERG, MRC or QZ workout, one of Garmin Connect as JSON, or text of intervals.icu")
}
