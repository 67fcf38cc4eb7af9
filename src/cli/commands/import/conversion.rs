//! Converts one file, checks the result, and writes it.

use super::file_names::{UsedNames, name_of};
use crate::atomic_file;
use crate::cli::report::Report;
use crate::cli::workout_text::{WorkoutText, count_errors};
use crate::folders;
use crate::formats::exchange::ReadOptions;
use crate::formats::exchange::model::{ForeignTotals, ForeignWorkout};
use crate::formats::exchange::report::{ConversionNote, ReportKind};
use crate::library::foreign_file::{self, ForeignFile};
use crate::library::{self, LibraryError};
use crate::runner::profile::Profile;
use crate::text::clean;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What to do with each file.
pub struct ConversionTask {
    /// The folder to write workouts to.
    pub folder: PathBuf,
    /// The folder to write training plans to.
    pub plans: PathBuf,
    /// How to read what files leave open.
    pub options: ReadOptions,
    /// True if a workout comes before the built-in one of its name.
    pub hides_built_in: bool,
    /// True to write nothing.
    pub is_dry_run: bool,
    /// True to write only what needs no repair and loses nothing.
    pub is_strict: bool,
    /// True to replace workouts of the same name.
    pub replaces: bool,
}

/// A file, and what became of it.
pub struct ConvertedFile {
    /// The path as it was named.
    pub path: String,
    /// The workout, if it could be read.
    pub workout: Option<ForeignWorkout>,
    /// What the steps add up to.
    pub totals: ForeignTotals,
    /// The weeks and the sessions, if the file is a training plan. The workout has its name and the report.
    pub plan: Option<(usize, usize)>,
    /// What happened.
    pub outcome: Outcome,
}

/// What became of a file.
pub enum Outcome {
    /// The workout is in this file.
    Written(PathBuf),
    /// The workout would be written to this file.
    WouldWrite(PathBuf),
    /// It needs a repair or would lose something, and neither is wanted.
    Strict,
    /// It cannot be read.
    Refused(Report),
    /// It cannot be written.
    NotWritten(Report),
}

impl ConversionTask {
    /// Converts a file: each of its workouts.
    pub fn convert(&self, path: &Path, names: &mut UsedNames) -> Vec<ConvertedFile> {
        let display_path = clean(&path.display().to_string());
        let refused = |report| ConvertedFile {
            path: display_path.clone(),
            workout: None,
            totals: ForeignTotals::default(),
            plan: None,
            outcome: Outcome::Refused(report),
        };
        if foreign_file::is_plan(path) {
            return vec![self.plan(&display_path, path, names)];
        }
        let all = match foreign_file::read_all(&display_path, path, &self.options) {
            Ok(all) => all,
            Err(error) => return vec![refused(Report::from(&error))],
        };
        let name = name_of(path);
        let is_one_of_many = all.len() > 1;
        let one = |(read, number): (Result<ForeignFile, LibraryError>, usize)| match read {
            Ok(read) if is_one_of_many => self.one(&display_path, &read, &format!("{name}-{number}"), names),
            Ok(read) => self.one(&display_path, &read, &name, names),
            Err(error) => refused(Report::from(&error)),
        };
        all.into_iter().zip(1..).map(one).collect()
    }

    fn one(&self, path: &str, read: &ForeignFile, name: &str, names: &mut UsedNames) -> ConvertedFile {
        let file = |workout, totals, outcome| ConvertedFile {
            path: path.to_string(),
            workout,
            totals,
            plan: None,
            outcome,
        };
        let problems = WorkoutText::file(read.source.clone()).problems(&Profile::default());
        if count_errors(&problems) > 0 {
            let first = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
            let report = Report::new(format!("{path}: it does not fit into a workout: {first}"));
            return file(None, ForeignTotals::default(), Outcome::Refused(report));
        }
        let target = ConversionTarget { folder: &self.folder, what: "workout", name };
        let outcome = self.put(&target, &read.source.text, &read.workout, names);
        let totals = ForeignTotals::of(&read.workout.items);
        let mut workout = read.workout.clone();
        if self.hides_built_in && library::built_in().iter().any(|built_in| built_in.name == name) {
            let text = format!("`{name}` now means this workout, and not the built-in one of that name");
            workout.report.push(ConversionNote::new(ReportKind::Changed, text));
        }
        file(Some(workout), totals, outcome)
    }

    /// Converts a training plan.
    fn plan(&self, path: &str, file: &Path, names: &mut UsedNames) -> ConvertedFile {
        let converted = |workout, plan, outcome| ConvertedFile {
            path: path.to_string(),
            workout,
            totals: ForeignTotals::default(),
            plan,
            outcome,
        };
        let plan = match foreign_file::read_plan(path, file) {
            Ok(plan) => plan,
            Err(error) => return converted(None, None, Outcome::Refused(Report::from(&error))),
        };
        let workout = ForeignWorkout { name: plan.name, report: plan.report, ..ForeignWorkout::default() };
        let target = ConversionTarget { folder: &self.plans, what: "plan", name: &name_of(file) };
        let outcome = self.put(&target, &plan.text, &workout, names);
        converted(Some(workout), Some((plan.weeks, plan.sessions)), outcome)
    }

    fn put(
        &self,
        target: &ConversionTarget<'_>,
        text: &str,
        workout: &ForeignWorkout,
        names: &mut UsedNames,
    ) -> Outcome {
        let ConversionTarget { folder, what, name } = *target;
        if self.is_strict && workout.report.iter().any(|line| line.kind.is_repair_or_loss()) {
            return Outcome::Strict;
        }
        let path = folder.join(format!("{name}.toml"));
        if !names.take(&format!("{what} {name}")) {
            let problem = format!("another file of this import is called `{name}` too");
            return Outcome::NotWritten(Report::new(problem).with_help("rename one of the files"));
        }
        if fs::symlink_metadata(&path).is_ok() && !self.replaces {
            return Outcome::NotWritten(taken(what, name));
        }
        if self.is_dry_run {
            return Outcome::WouldWrite(path);
        }
        let written = folders::create_private(folder).and_then(|()| match self.replaces {
            true => atomic_file::replace(&path, text),
            false => atomic_file::create(&path, text),
        });
        match written {
            Ok(()) => Outcome::Written(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Outcome::NotWritten(taken(what, name))
            }
            Err(error) => {
                let path = clean(&path.display().to_string());
                let report = Report::new(format!("{path} cannot be written: {error}"));
                Outcome::NotWritten(
                    report.with_help("check the folder's permissions, and that the disk has room"),
                )
            }
        }
    }
}

/// Where to write a file.
#[derive(Clone, Copy)]
struct ConversionTarget<'a> {
    folder: &'a Path,
    /// A workout or a plan.
    what: &'a str,
    name: &'a str,
}

fn taken(what: &str, name: &str) -> Report {
    let report = Report::new(format!("there is a {what} called `{name}` already"));
    report.with_help("add --force to replace it, or rename the file")
}
