//! Writes the workouts of a plan into a folder, a file for each session, and says what is lost.

use super::export_workout::{converted_sequence, is_changed};
use super::import::file_names::slug;
use super::plan::dates;
use crate::atomic_file;
use crate::cli::active_plan;
use crate::cli::args::export::{ExportArguments, ExportContent, ExportFormat};
use crate::cli::args::plan::PlanDates;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock;
use crate::formats::exchange::export::WorkoutExport;
use crate::formats::exchange::report::{ConversionNote, ReportKind};
use crate::library::user_plans;
use crate::plan::{Calendar, PlanItem, PlannedSession, PlannedWorkout, read_plan};
use crate::runner::profile::Profile;
use crate::text::clean;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The most losses that are listed.
const MOST_LINES: usize = 1000;

/// True for a path that names a folder: it exists, or ends in a slash.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// Writes the files, and prints what is lost.
pub fn export(folder: &Path, arguments: &ExportArguments) -> Result<(), Failure> {
    let display_path = clean(&folder.display().to_string());
    let (format, content) = format_of(&display_path, arguments.to)?;
    if is_changed(&arguments.workout) {
        let report = Report::new("a plan is written as it is, without changes for one run");
        return Err(Failure::Input(report.with_help("leave out --warmup, --cooldown, --in and --set")));
    }
    let name = &arguments.workout.workout;
    let found = user_plans::find(name).map_err(|error| {
        let report = Report::new(format!(
            "{display_path} is a folder, and so for the workouts of a plan: {}",
            error.problem
        ));
        Failure::Input(report.with_help("name a plan, see `pacebell plan list`, or a file for one workout"))
    })?;
    let profile = profile_if_usable();
    let document = read_plan(&found.source);
    let anchor = dates::anchor(&document, &PlanDates::default(), clock::local_time())?;
    let calendar = active_plan::compile(&document, anchor, &profile)?;
    let mut plan =
        PlanFiles { format, content, arguments, profile: &profile, files: Vec::new(), losses: Vec::new() };
    plan.collect(&calendar)?;
    if plan.files.is_empty() {
        let report = Report::new("the plan has no runs that could be written");
        return Err(Failure::Input(report.with_help("name another plan, see `pacebell plan list`")));
    }
    write_all(folder, &plan.files, arguments.force)?;
    let mut out = SpelledOutput::stdout();
    let files =
        if plan.files.len() == 1 { "1 file".to_string() } else { format!("{} files", plan.files.len()) };
    writeln!(out, "{display_path}: {files} of {}", clean(&calendar.name))?;
    for line in plan.lines() {
        writeln!(out, "  {line}")?;
    }
    Ok(out.flush()?)
}

fn format_of(display_path: &str, to: Option<ExportFormat>) -> Result<(ExportFormat, WorkoutExport), Failure> {
    match to.map(|format| (format, format.content())) {
        Some((format, ExportContent::Workout(content))) => Ok((format, content)),
        _ => {
            let report = Report::new(format!("{display_path} is a folder, for the workouts of a plan"));
            let help =
                "add --to fit, zwo, qz, garmin, intervals or tcx; or write a file in it for one workout";
            Err(Failure::Input(report.with_help(help)))
        }
    }
}

/// A file to write.
struct PlanFile {
    name: String,
    bytes: Vec<u8>,
}

/// What is lost, and in how many files.
struct PlanLoss {
    note: ConversionNote,
    files: usize,
    last_file: String,
}

/// The files of a plan.
struct PlanFiles<'a> {
    format: ExportFormat,
    content: WorkoutExport,
    arguments: &'a ExportArguments,
    profile: &'a Profile,
    files: Vec<PlanFile>,
    losses: Vec<PlanLoss>,
}

impl PlanFiles<'_> {
    fn collect(&mut self, calendar: &Calendar) -> Result<(), Failure> {
        for week in &calendar.weeks {
            for item in week.items() {
                self.item(week.number, item)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, week: usize, item: &PlanItem) -> Result<(), Failure> {
        // `w3-sun-1` sorts behind `w10-sun-1`, and `w03-sun-1` does not.
        let id = item.id.to_string();
        let id = id.split_once('-').map_or(id.clone(), |(_, rest)| format!("w{week:02}-{rest}"));
        if item.options.len() > 1 {
            self.lose(
                &id,
                ConversionNote::new(ReportKind::LeftOut, "sessions to choose instead of the usual one"),
            );
        }
        match item.usual() {
            PlannedSession::Rest => Ok(()),
            PlannedSession::Race(_) => {
                self.lose(&id, ConversionNote::new(ReportKind::LeftOut, "the race"));
                Ok(())
            }
            PlannedSession::Workout(workout) if !workout.sequence.activity.is_run() => {
                self.lose(&id, ConversionNote::new(ReportKind::LeftOut, "sessions that are no run"));
                Ok(())
            }
            PlannedSession::Workout(workout) => self.workout(&id, workout),
        }
    }

    fn workout(&mut self, id: &str, workout: &PlannedWorkout) -> Result<(), Failure> {
        let name = format!("{id}-{}{}", slug(&workout.title), self.format.ending());
        let file = converted_sequence(&workout.sequence, self.content, self.arguments, self.profile);
        let file = file.map_err(|refusal| {
            let report = Report::new(format!("{name} cannot be written: {}", refusal.problem));
            Failure::Input(report.with_help(refusal.help))
        })?;
        file.report.into_iter().for_each(|note| self.lose(&name, note));
        self.files.push(PlanFile { name, bytes: file.bytes });
        Ok(())
    }

    /// Counts a loss, which many files have in common.
    fn lose(&mut self, file: &str, note: ConversionNote) {
        let known =
            self.losses.iter_mut().find(|loss| loss.note.kind == note.kind && loss.note.text == note.text);
        match known {
            Some(loss) if loss.last_file != file => {
                loss.files += 1;
                loss.last_file = file.to_string();
            }
            Some(_) => {}
            None => self.losses.push(PlanLoss { note, files: 1, last_file: file.to_string() }),
        }
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.losses.iter().take(MOST_LINES).map(|PlanLoss { note, files, last_file }| {
            let note = ConversionNote { step: None, line: None, original: None, ..note.clone() };
            match files {
                1 => format!("{} ({last_file})", note.sentence()),
                files => format!("{} ({files} sessions)", note.sentence()),
            }
        })
    }
}

/// Writes all files, or none.
fn write_all(folder: &Path, files: &[PlanFile], force: bool) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.name)).collect();
    let is_there = |path: &&PathBuf| fs::symlink_metadata(path).is_ok();
    if let Some(path) = paths.iter().find(is_there).filter(|_| !force) {
        let report = Report::new(format!("{} already exists", clean(&path.display().to_string())));
        return Err(Failure::System(report.with_help("add --force to replace it, or choose a new folder")));
    }
    let failed = |path: &Path, error: io::Error| {
        let report =
            Report::new(format!("{} cannot be written: {error}", clean(&path.display().to_string())));
        Failure::System(report.with_help("choose a folder that you may write to, on a disk with room"))
    };
    let is_new = !folder.is_dir();
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut written = Vec::new();
    for (path, file) in paths.iter().zip(files) {
        let replaces = fs::symlink_metadata(path).is_ok();
        let result = atomic_file::write(path, |mut new| {
            new.write_all(&file.bytes)?;
            new.sync_all()
        });
        if let Err(error) = result {
            // The error above matters more than one from cleaning up.
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            if is_new {
                let _ = fs::remove_dir(folder);
            }
            return Err(failed(path, error));
        }
        if !replaces {
            written.push(path);
        }
    }
    Ok(())
}
