//! Writes a workout into a file of another program, and says what is lost.

use crate::athlete::NamedPace;
use crate::atomic_file;
use crate::cli::args::export::{ExportArguments, ExportContent};
use crate::cli::args::workout::WorkoutArguments;
use crate::cli::failure::Failure;
use crate::cli::load_workout::LoadedWorkout;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock;
use crate::formats::exchange::export::{self, ExportedWorkout, WorkoutExport};
use crate::formats::exchange::export_losses::{ExportOptions, ExportRefusal};
use crate::formats::exchange::from_sequence;
use crate::formats::exchange::report::ConversionNote;
use crate::library::NOTATION;
use crate::runner::profile::Profile;
use crate::workout::sequence::Sequence;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The file to write, and what to write into it.
pub struct WorkoutTarget<'a> {
    /// The path.
    pub path: &'a Path,
    /// The path in messages.
    pub display_path: &'a str,
    /// What to write.
    pub content: ExportContent,
}

/// Writes the file, and prints what is lost.
pub fn export(
    target: &WorkoutTarget<'_>,
    workout: &LoadedWorkout,
    arguments: &ExportArguments,
) -> Result<(), Failure> {
    check_target(target, arguments.force)?;
    let (bytes, report) = match target.content {
        ExportContent::Workout(format) => converted(workout, format, arguments)?,
        ExportContent::Sound(_) | ExportContent::Text => (text(workout, arguments)?.into_bytes(), Vec::new()),
    };
    atomic_file::write(target.path, |mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    })
    .map_err(|error| {
        let report = Report::new(format!("{} cannot be written: {error}", target.display_path));
        Failure::System(report.with_help("choose a file in an existing folder that you may write to"))
    })?;
    let mut out = SpelledOutput::stdout();
    let count = workout.sequence.steps.len();
    let steps = if count == 1 { "step" } else { "steps" };
    writeln!(out, "{}: {count} {steps}", target.display_path)?;
    for note in report {
        writeln!(out, "  {}", note.sentence())?;
    }
    Ok(out.flush()?)
}

fn converted(
    workout: &LoadedWorkout,
    format: WorkoutExport,
    arguments: &ExportArguments,
) -> Result<(Vec<u8>, Vec<ConversionNote>), Failure> {
    if !workout.sequence.activity.is_run() {
        let report = Report::new("this workout is no run, and other programs would run it");
        return Err(Failure::Input(report.with_help("export its sound, or its text as .toml")));
    }
    let file = converted_sequence(&workout.sequence, format, arguments, &workout.profile)
        .map_err(|refusal| Failure::Input(Report::new(refusal.problem).with_help(refusal.help)))?;
    Ok((file.bytes, file.report))
}

/// Returns the file for a compiled workout.
///
/// # Errors
/// If the format cannot hold it.
pub fn converted_sequence(
    sequence: &Sequence,
    format: WorkoutExport,
    arguments: &ExportArguments,
    profile: &Profile,
) -> Result<ExportedWorkout, ExportRefusal> {
    let options = ExportOptions {
        open: arguments.open,
        threshold: profile.athlete.speed(NamedPace::Threshold),
        created: Some(clock::local_time().timestamp()),
    };
    export::file(&from_sequence::workout(sequence), format, &options)
}

/// True if the command line changes the workout for one run.
pub fn is_changed(changes: &WorkoutArguments) -> bool {
    let is_longer = changes.warmup.is_some() || changes.cooldown.is_some() || changes.within.is_some();
    is_longer || !changes.set.is_empty()
}

/// Returns the text of the workout, which must not be changed for one run.
fn text(workout: &LoadedWorkout, arguments: &ExportArguments) -> Result<String, Failure> {
    if is_changed(&arguments.workout) {
        let report = Report::new("a text is written as it is, without changes for one run");
        return Err(Failure::Input(report.with_help("leave out --warmup, --cooldown, --in and --set")));
    }
    if workout.source.name == NOTATION {
        let string = |text: &str| toml::Value::String(text.to_string()).to_string();
        let name = string(&workout.sequence.name);
        return Ok(format!("name = {name}\nsteps = [{}]\n", string(&workout.source.text)));
    }
    Ok(workout.source.text.to_string())
}

/// Refuses to replace a file, unless the runner asks for it.
fn check_target(target: &WorkoutTarget<'_>, force: bool) -> Result<(), Failure> {
    let Ok(data) = fs::metadata(target.path) else { return Ok(()) };
    let refuse = |problem: &str, help: &str| {
        Err(Failure::System(Report::new(format!("{} {problem}", target.display_path)).with_help(help)))
    };
    match () {
        () if data.is_dir() => refuse("is a folder", "choose a file in it"),
        () if !data.is_file() => refuse("is not a regular file", "choose a file"),
        () if data.len() > 0 && !force => {
            refuse("already exists", "add --force to replace it, or choose a new file")
        }
        () => Ok(()),
    }
}
