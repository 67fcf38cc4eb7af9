//! Tells the format of a workout of another program from its content.

use super::intervals_tokens::{lap_key, length};
use super::workout_format::WorkoutFormat;
use super::{UnreadableWorkout, calendar_hack, notation_list};
use crate::formats::activity_reader::fit_messages::parts;
use crate::formats::activity_reader::xml::text;

/// The bytes in which the format is looked for. Long descriptions and lists of folders may come first.
pub const START_BYTES: usize = 64 << 10;
/// The message of a FIT file that says what it is.
const FILE_ID: u16 = 0;
/// The least share of the lines of a list that are workouts in pacebell's notation.
const LEAST_SHARE: f64 = 0.5;

impl WorkoutFormat {
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
                lower if is_tcx(&lower) && has_tcx_workout(&lower) => Some(WorkoutFormat::Tcx),
                _ => None,
            };
        }
        if text.starts_with('{') {
            return match text {
                text if text.contains("\"workoutSegments\"") => Some(WorkoutFormat::GarminJson),
                text if text.contains("\"structure\"") => Some(WorkoutFormat::TrainingPeaks),
                _ => None,
            };
        }
        let is_erg = |line: &str| line.trim().eq_ignore_ascii_case("[COURSE HEADER]");
        if text.lines().take(20).any(is_erg) {
            return Some(WorkoutFormat::Erg);
        }
        if is_toml(text) || calendar_hack::is_plan(text) {
            return None;
        }
        let steps = text.lines().filter_map(intervals_step).max();
        if steps == Some(StepSign::Certain) {
            return Some(WorkoutFormat::Intervals);
        }
        let share = notation_list::share_read(whole_lines(text, bytes.len() > START_BYTES));
        match steps {
            // A list in which pacebell can read every line is its own.
            Some(_) if share < 1.0 => Some(WorkoutFormat::Intervals),
            _ => (share >= LEAST_SHARE).then_some(WorkoutFormat::Notation),
        }
    }
}

fn is_tcx(lower: &str) -> bool {
    lower.contains("<trainingcenterdatabase")
}

/// True for a TCX file with a workout, and not only the names of some.
fn has_tcx_workout(lower: &str) -> bool {
    lower.contains("<workout ") || lower.contains("<workout>")
}

/// Leaves out the last line of a text that was cut.
fn whole_lines(text: &str, is_cut: bool) -> &str {
    match text.rsplit_once('\n') {
        Some((whole, _)) if is_cut => whole,
        _ => text,
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

/// What shows that a line is a step of intervals.icu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum StepSign {
    /// A share, which pacebell's notation has as well.
    Percent,
    /// A word that only intervals.icu has.
    Certain,
}

/// Returns what shows that a line is a step of intervals.icu. A list of steps in pacebell's own notation has other units and
/// targets.
fn intervals_step(line: &str) -> Option<StepSign> {
    let step = line.trim_start().strip_prefix("- ")?;
    let words: Vec<&str> = step.split_whitespace().collect();
    if lap_key(&words).is_some() {
        return Some(StepSign::Certain);
    }
    let sign = |word: &&str| match word.to_lowercase() {
        word if matches!(word.as_str(), "pace" | "hr" | "lthr" | "freeride") => Some(StepSign::Certain),
        word if word.ends_with("mtr") => Some(StepSign::Certain),
        word if word.ends_with('%') => Some(StepSign::Percent),
        _ => None,
    };
    words.iter().filter_map(sign).max().filter(|_| words.iter().any(|word| length(word).is_some()))
}

/// True for the first bytes of a training plan of another program.
pub fn is_plan(start: &[u8]) -> bool {
    calendar_hack::is_plan(text(start).trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
}

/// True for the first bytes of a file with a run that was recorded: FIT and TCX hold workouts or activities.
pub fn is_activity(start: &[u8]) -> bool {
    if start.get(8..12) == Some(b".FIT") {
        // The first message says what the file is, and 4 is an activity.
        let parts = parts(start, |kind| kind == FILE_ID).unwrap_or_default();
        let first = parts.first().and_then(|part| part.messages.first());
        return first.and_then(|message| message.number(0)) == Some(4);
    }
    let lower = text(start).to_ascii_lowercase();
    is_tcx(&lower) && lower.contains("<activities") && !has_tcx_workout(&lower)
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
    if is_plan(start) {
        let help = "bring it in with `pacebell import`, and follow it with `pacebell plan start`";
        return UnreadableWorkout::new("it is a training plan").with_help(help);
    }
    if is_tcx(&decoded.to_ascii_lowercase()) {
        let help = "to bring in a run that a watch recorded, use `pacebell log import`";
        return UnreadableWorkout::new("it is a TCX file without workouts").with_help(help);
    }
    if decoded.contains("<!DOCTYPE") || decoded.contains("<!ENTITY") {
        return UnreadableWorkout::new("it defines entities, which are never expanded");
    }
    if is_toml(&decoded) && !decoded.trim_start().starts_with('<') {
        let help = "run it as it is, with `pacebell run`";
        return UnreadableWorkout::new("it looks like a workout of pacebell itself").with_help(help);
    }
    UnreadableWorkout::new("it is not a workout that pacebell can read")
        .with_help("give a workout of Zwift, a FIT, TCX, ERG, MRC or QZ workout, one of Garmin Connect or TrainingPeaks as JSON, text of intervals.icu, or a list with a line of notation for each workout")
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
