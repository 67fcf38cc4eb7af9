//! Workouts of other programs: files that are read into pacebell's own form, and written from it, with a report of
//! everything that changed.
//!
//! Reading is lenient and tells of it: each repair, assumption, change and loss is a line of the report. Writing is strict:
//! the workout that is written passes `pacebell check`, and takes as long as the file says.

pub mod bike_power;
mod calendar_days;
mod calendar_hack;
mod erg;
mod erg_rows;
pub mod export;
pub mod export_losses;
mod fit_workout;
mod fit_writer;
pub mod from_sequence;
mod garmin_json;
mod garmin_writer;
mod intervals;
mod intervals_tokens;
mod intervals_writer;
mod json_fields;
mod limits;
pub mod model;
mod notation_list;
mod qz;
mod qz_writer;
pub mod report;
mod sniff;
pub mod step_words;
mod tags;
mod tcx_step;
mod tcx_workout;
mod tcx_writer;
mod toml_step;
pub mod toml_writer;
mod training_peaks;
mod usual_shares;
mod workout_format;
mod yaml;
mod zwo;
mod zwo_cues;
mod zwo_meta;
mod zwo_steps;
mod zwo_targets;
mod zwo_writer;

pub use calendar_hack::ForeignPlan;
pub use sniff::{START_BYTES, is_activity, is_plan};
pub use workout_format::WorkoutFormat;

use super::activity_reader::xml::text;
use bike_power::PowerReading;
use model::ForeignWorkout;

/// The largest file that is read, in bytes. A workout of an hour has a thousandth of it.
pub const LARGEST: usize = 4 << 20;

/// How to read what a file leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// The meaning of power on a bike for a runner.
    pub power: PowerReading,
    /// The unit of lengths in a file for runs that does not say. `None` to go by the rest of the file.
    pub durations: Option<FileLengthUnit>,
    /// The runner's threshold power on a bike in watts, for files that give watts only.
    pub ftp: Option<f64>,
}

/// The unit of lengths in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileLengthUnit {
    /// Seconds.
    Time,
    /// Metres.
    Distance,
}

/// The reason why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableWorkout {
    /// The problem as the end of a sentence, such as `it has no steps`.
    pub problem: String,
    /// The way out, if there is one.
    pub help: Option<String>,
}

impl UnreadableWorkout {
    /// A file with this problem.
    pub fn new(problem: impl Into<String>) -> Self {
        UnreadableWorkout { problem: problem.into(), help: None }
    }

    /// Adds what to do instead.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        UnreadableWorkout { help: Some(help.into()), ..self }
    }
}

/// Reads the workout of a file of another program. Its name is that in the file, or else `name`.
///
/// # Errors
/// If it is not a workout that can be read, has nothing to run, or is one of several.
pub fn read(bytes: &[u8], name: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let mut workouts = read_all(bytes, name, options)?;
    if workouts.len() > 1 {
        let problem = format!("it has {} workouts", workouts.len());
        let help = "bring them in with `pacebell import`, and run one of them by its name";
        return Err(UnreadableWorkout::new(problem).with_help(help));
    }
    workouts.pop().unwrap_or_else(|| Err(UnreadableWorkout::new("it has no workouts")))
}

/// Reads a training plan of another program. Its name is that in the file, or else `name`; `origin` is where it comes from.
///
/// # Errors
/// If it is damaged, or does not fit into a plan.
pub fn read_plan(bytes: &[u8], name: &str, origin: &str) -> Result<ForeignPlan, UnreadableWorkout> {
    if bytes.len() > LARGEST {
        return Err(UnreadableWorkout::new(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    calendar_hack::read(&text(bytes), name, origin)
}

/// A workout of a file, or the reason why it cannot be read.
pub type ReadWorkout = Result<ForeignWorkout, UnreadableWorkout>;

/// Reads all workouts of a file of another program. Most have one. Names are those in the file, or else `name`, with a
/// number if there are several.
///
/// # Errors
/// If it is no file with workouts that can be read.
pub fn read_all(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
) -> Result<Vec<ReadWorkout>, UnreadableWorkout> {
    if bytes.len() > LARGEST {
        return Err(UnreadableWorkout::new(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    let format = WorkoutFormat::of(bytes).ok_or_else(|| sniff::refusal(bytes))?;
    let workouts = match format {
        WorkoutFormat::Zwo => vec![Ok(zwo::read(&text(bytes), options)?)],
        WorkoutFormat::Erg => vec![Ok(erg::read(&text(bytes), options)?)],
        WorkoutFormat::Fit => vec![Ok(fit_workout::read(bytes, options)?)],
        WorkoutFormat::GarminJson => vec![Ok(garmin_json::read(&text(bytes), options)?)],
        WorkoutFormat::TrainingPeaks => vec![Ok(training_peaks::read(&text(bytes), options)?)],
        WorkoutFormat::Intervals => vec![Ok(intervals::read(&text(bytes), options)?)],
        WorkoutFormat::Qz => vec![Ok(qz::read(&text(bytes))?)],
        WorkoutFormat::Tcx => tcx_workout::read(&text(bytes))?.into_iter().map(Ok).collect(),
        WorkoutFormat::Notation => notation_list::read(&text(bytes))?,
    };
    let is_one_of_many = workouts.len() > 1;
    let finished = workouts.into_iter().zip(1..).map(|(workout, number)| {
        let mut workout = workout?;
        workout.format = Some(format);
        if workout.name.trim().is_empty() {
            workout.name = if is_one_of_many { format!("{name} {number}") } else { name.to_string() };
        }
        limits::hold(workout)
    });
    Ok(finished.collect())
}
