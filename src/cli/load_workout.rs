//! Turns the words on the command line into a compiled workout. Warnings go to standard error.

use super::args::workout::WorkoutArguments;
use super::context::Context;
use super::due_session;
use super::failure::Failure;
use super::fit_time;
use super::render;
use super::report::Report;
use super::shell_word::shell_word;
use super::workout_text::WorkoutText;
use crate::clock;
use crate::history::SessionItem;
use crate::library::{self, WorkoutSource};
use crate::runner::profile::Profile;
use crate::settings::{self, ProfileFile};
use crate::text::clean;
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use crate::workout::{Diagnostic, Options, SourceText};
use std::io::{self, Write};
use std::sync::Arc;

/// Reads the runner's profile, or returns the default one if there is none.
///
/// # Errors
/// If the profile has mistakes or cannot be read.
pub fn profile(context: &Context) -> Result<Profile, Failure> {
    match settings::profile(Some(clock::local_time().date_naive())) {
        ProfileFile::Missing => Ok(Profile::default()),
        ProfileFile::Read(source, parsed) => {
            warn(context, &source, &parsed.warnings);
            Ok(parsed.profile)
        }
        ProfileFile::Wrong(source, problems) => Err(Failure::mistakes(source, problems)),
        ProfileFile::Unreadable(problem) => Err(unreadable_profile(problem)),
    }
}

/// Reads the runner's profile for a command that is of use without one. A profile that cannot be used is reported in
/// one line on standard error.
pub fn profile_if_usable() -> Profile {
    let problem = match settings::profile(None) {
        ProfileFile::Missing => return Profile::default(),
        ProfileFile::Read(_, parsed) => return parsed.profile,
        ProfileFile::Wrong(..) => "your profile has mistakes".to_string(),
        ProfileFile::Unreadable(problem) => clean(&problem),
    };
    // What the command prints is of use even if nobody reads standard error.
    let _ = writeln!(
        io::stderr(),
        "warning: {problem}, so times are shown without it: `pacebell profile` says what to do"
    );
    Profile::default()
}

/// Reports a profile that cannot be read.
pub fn unreadable_profile(problem: String) -> Failure {
    let help = "fix the file or move it away; without a profile all workouts run by effort";
    Failure::Input(Report::new(problem).with_help(help))
}

/// A workout that is ready to run.
pub struct LoadedWorkout {
    /// The compiled workout.
    pub sequence: Arc<Sequence>,
    /// The text it was compiled from.
    pub source: SourceText,
    /// The profile it was compiled for.
    pub profile: Profile,
    /// The session of the plan that it is.
    pub item: Option<SessionItem>,
}

/// The argument that stands for the session of the plan that is due today.
const TODAY: &str = "today";

/// Compiles the workout that `arguments` name.
///
/// # Errors
/// If there is no such workout, it has mistakes, or the profile cannot be used.
pub fn load(context: &Context, arguments: &WorkoutArguments) -> Result<LoadedWorkout, Failure> {
    let profile = profile(context)?;
    let options =
        Options { warmup: arguments.warmup, cooldown: arguments.cooldown, parameters: arguments.set.clone() };
    if arguments.workout == TODAY {
        let due = due_session::find(context, &profile)?;
        let parameters = due.options.parameters.into_iter().chain(options.parameters).collect();
        let options = Options { parameters, ..options };
        let mut workout = compile(context, due.text, profile, &options)?;
        if due.is_lighter {
            Arc::make_mut(&mut workout.sequence).is_lighter = true;
        }
        let workout = fitted(workout, arguments.within)?;
        return Ok(LoadedWorkout { item: Some(due.item), ..workout });
    }
    let found = library::find(&arguments.workout).map_err(|error| Failure::Input(Report::from(&error)))?;
    tell_conversion(&found, &arguments.workout);
    fitted(compile(context, WorkoutText::from(found), profile, &options)?, arguments.within)
}

/// Says in a line on standard error that a file of another program, which the command line calls `name`, was changed in
/// reading it.
pub fn tell_conversion(found: &WorkoutSource, name: &str) {
    let WorkoutSource::Foreign(file) = found else { return };
    let lines = file.workout.report.len();
    if lines > 0 {
        let things = if lines == 1 { "thing was" } else { "things were" };
        // A workout runs all the same if nobody reads standard error.
        let _ = writeln!(
            io::stderr(),
            "note: {lines} {things} repaired, assumed, changed or left out: `pacebell import {} --dry-run` lists them",
            shell_word(&clean(name))
        );
    }
}

/// Fits a workout into a time.
fn fitted(workout: LoadedWorkout, within: Option<Millis>) -> Result<LoadedWorkout, Failure> {
    let Some(total) = within else { return Ok(workout) };
    let sequence = fit_time::fitted(Arc::unwrap_or_clone(workout.sequence), total).map_err(Failure::Input)?;
    Ok(LoadedWorkout { sequence: Arc::new(sequence), ..workout })
}

fn compile(
    context: &Context,
    text: WorkoutText,
    profile: Profile,
    options: &Options,
) -> Result<LoadedWorkout, Failure> {
    match text.compile(&profile, options) {
        Ok(compiled) => {
            warn(context, &text.source, &compiled.warnings);
            let sequence = Arc::new(compiled.sequence);
            Ok(LoadedWorkout { sequence, source: text.source, profile, item: None })
        }
        Err(problems) => {
            let problems = text.keep_working_fixes(problems);
            Err(Failure::mistakes(text.source, problems))
        }
    }
}

/// Prints warnings on standard error.
pub fn warn(context: &Context, source: &SourceText, warnings: &[Diagnostic]) {
    if !warnings.is_empty() {
        // A workout runs all the same if nobody reads standard error.
        let _ = io::stderr().write_all(render::render(warnings, source, context.error_style).as_bytes());
    }
}
