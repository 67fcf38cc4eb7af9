//! `pacebell import`: brings in workouts of other programs.

mod conversion;
pub(super) mod file_names;
mod json;
mod lines;
mod sources;

use crate::cli::args::import::ImportArguments;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::paint::TextPainter;
use crate::cli::progress_bar::{ProgressBar, ending_signal};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::formats::exchange::ReadOptions;
use crate::library::{user_plans, user_workouts};
use conversion::{ConversionTask, ConvertedFile, Outcome};
use file_names::UsedNames;
use sources::{SkippedFile, WorkoutFiles};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;

/// Runs the command.
pub fn import(context: &Context, arguments: &ImportArguments) -> Result<ExitCode, Failure> {
    let files = WorkoutFiles::collect(&arguments.files)?;
    let task = ConversionTask {
        folder: folder(arguments, user_workouts::folder())?,
        plans: folder(arguments, user_plans::folder())?,
        options: ReadOptions {
            power: arguments.power.into(),
            durations: arguments.durations.map(Into::into),
            ftp: arguments.ftp.map(f64::from),
        },
        hides_built_in: arguments.to.is_none(),
        is_dry_run: arguments.dry_run,
        is_strict: arguments.strict,
        replaces: arguments.force,
    };
    let (sender, notices) = channel();
    crate::runtime::listen_to_signals(sender)?;
    let mut bar = ProgressBar::new();
    let mut names = UsedNames::default();
    let mut converted = Vec::new();
    let mut interrupted = None;
    let words = files.skipped_words();
    let skipped = files.skipped;
    let all = files.paths.len();
    for (done, file) in files.paths.into_iter().enumerate() {
        interrupted = ending_signal(&notices);
        if interrupted.is_some() {
            break;
        }
        if all > 1 {
            bar.show(done as u64, all as u64, || format!("{done} of {all} files"));
        }
        converted.extend(task.convert(&file, &mut names));
    }
    bar.clear();
    print(context, arguments, &converted, &skipped)?;
    for line in words {
        let _ = writeln!(io::stderr(), "note: {line}");
    }
    match interrupted {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(exit_code(&converted)),
    }
}

fn folder(arguments: &ImportArguments, library: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match &arguments.to {
        Some(folder) if folder.exists() && !folder.is_dir() => {
            let problem = format!("{} is not a folder", crate::text::clean(&folder.display().to_string()));
            Err(Failure::Input(Report::new(problem).with_help("name a folder after --to")))
        }
        Some(folder) => Ok(folder.clone()),
        None => library.ok_or_else(|| {
            let report = Report::new("there is no home directory to keep workouts in");
            Failure::System(report.with_help("name a folder after --to"))
        }),
    }
}

fn print(
    context: &Context,
    arguments: &ImportArguments,
    converted: &[ConvertedFile],
    skipped: &[SkippedFile],
) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    if arguments.json {
        out.write_all(json::text(converted, skipped).as_bytes())?;
    } else {
        let painter = TextPainter::of_stdout(context);
        for line in lines::lines(converted, arguments.dry_run, &painter) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

/// Returns 2 if a file could not be read, 1 if one was left out or not written, and 0 otherwise.
fn exit_code(converted: &[ConvertedFile]) -> ExitCode {
    let worst = converted.iter().map(|file| match file.outcome {
        Outcome::Written(_) | Outcome::WouldWrite(_) => 0,
        Outcome::Strict | Outcome::NotWritten(_) => 1,
        Outcome::Refused(_) => 2,
    });
    ExitCode::from(worst.max().unwrap_or(0))
}
