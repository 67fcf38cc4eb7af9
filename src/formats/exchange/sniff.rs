//! Tells the format of a workout of another program from its content.

use super::UnreadableWorkout;
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
        text.lines().take(20).any(is_erg).then_some(WorkoutFormat::Erg)
    }
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
        .with_help("give a workout of Zwift, a FIT, ERG, MRC or QZ workout, or one of Garmin Connect as JSON")
}
