//! `day.toml`, for the commands that need it.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::report::Report;
use crate::day::{DayAction, DayConfig, check_workouts};
use crate::diagnostic::SourceText;
use crate::library::NamedWorkouts;
use crate::settings::{self, DayFile};
use crate::text::{clean, nearest};

/// The day, with its text.
pub struct LoadedDay {
    /// The text of the file.
    pub source: SourceText,
    /// The day.
    pub config: DayConfig,
}

/// Reads the day. `None` if there is no file.
///
/// # Errors
/// If the file has mistakes or cannot be read.
pub fn load() -> Result<Option<LoadedDay>, Failure> {
    match settings::day() {
        DayFile::Missing => Ok(None),
        DayFile::Read(source, config, _) => Ok(Some(LoadedDay { source, config })),
        DayFile::Wrong(source, problems) => Err(Failure::mistakes(source, problems)),
        DayFile::Unreadable(problem) => {
            let help = "fix the file or move it away, and `pacebell day` offers to write a new one";
            Err(Failure::Input(Report::new(problem).with_help(help)))
        }
    }
}

/// Reads the day.
///
/// # Errors
/// As [`load`], and if there is no file.
pub fn require() -> Result<LoadedDay, Failure> {
    load()?.ok_or_else(|| {
        let report = Report::new("there is no day.toml yet");
        Failure::Input(report.with_help("`pacebell day` in a terminal offers actions, and writes it"))
    })
}

/// Reads the day with the workouts of its actions, and prints remarks about it on standard error.
///
/// # Errors
/// As [`load`], and if a workout has mistakes.
pub fn load_checked(context: &Context) -> Result<Option<LoadedDay>, Failure> {
    let DayFile::Read(source, config, remarks) = settings::day() else { return load() };
    let profile = load_workout::profile_if_usable();
    let problems = check_workouts(&config, &source, Some(&profile.athlete), &NamedWorkouts::default());
    if !problems.is_empty() {
        return Err(Failure::mistakes(source, problems));
    }
    load_workout::warn(context, &source, &remarks);
    Ok(Some(LoadedDay { source, config }))
}

/// Finds an action by its name, or by the beginning of its name.
///
/// # Errors
/// If there is no such action, or more than one.
pub fn action<'a>(config: &'a DayConfig, name: &str) -> Result<&'a DayAction, Failure> {
    if let Some(action) = config.action(name) {
        return Ok(action);
    }
    let key = name.trim().to_lowercase();
    let mut similar =
        config.actions.iter().filter(|action| !key.is_empty() && action.key().starts_with(&key));
    if let (Some(action), None) = (similar.next(), similar.next()) {
        return Ok(action);
    }
    let names: Vec<&str> = config.actions.iter().map(|action| action.name.as_str()).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("your actions are {}", names.join(", ")),
    };
    Err(Failure::Input(Report::new(format!("there is no action called `{}`", clean(name))).with_help(help)))
}
