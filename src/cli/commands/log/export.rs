//! `pacebell log export`: writes sessions to files that watches, training sites and spreadsheets read.

use super::edit::date_refused_for;
use super::{chosen, details, list, print_lines};
use crate::atomic_file;
use crate::cli::args::log_export::{ActivityFormat, LogExportArguments};
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, HumanDate};
use crate::cli::report::Report;
use crate::clock;
use crate::formats::activity::RecordedActivity;
use crate::formats::{fit, tcx};
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{Database, activity_export, csv, json};
use crate::text::clean;
use chrono::NaiveDate;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A format of activities.
struct ActivityFile {
    ending: &'static str,
    /// Returns the bytes; `None` if the activity lies outside the years that the format knows.
    bytes: fn(&RecordedActivity) -> Option<Vec<u8>>,
    is_own: fn(&[u8]) -> bool,
}

const FIT: ActivityFile = ActivityFile { ending: "fit", bytes: fit::file, is_own: fit::is_own_file };
const TCX: ActivityFile = ActivityFile {
    ending: "tcx",
    bytes: |activity| Some(tcx::file(activity).into_bytes()),
    is_own: tcx::is_own_file,
};

/// Exports what the arguments name.
pub fn export(database: &Database, arguments: &LogExportArguments) -> Result<(), Failure> {
    let format = format_of(arguments)?;
    let since = arguments.since.as_deref().map(day).transpose()?;
    match (arguments.id, since) {
        (Some(choice), _) => {
            let details = details(database, chosen::session(database, choice)?)?;
            match format {
                ActivityFormat::Csv => write_text(&arguments.output, &csv::log(&[details.entry])),
                ActivityFormat::Json => write_text(&arguments.output, &json::session(&details)),
                ActivityFormat::Fit => one(&details, &arguments.output, &FIT),
                ActivityFormat::Tcx => one(&details, &arguments.output, &TCX),
            }
        }
        (None, since) => {
            let mut entries = list(database)?;
            entries.retain(|entry| since.is_none_or(|day| entry.started.date_naive() >= day));
            match format {
                ActivityFormat::Csv => write_text(&arguments.output, &csv::log(&entries)),
                ActivityFormat::Json => write_text(&arguments.output, &json::log(&entries)),
                ActivityFormat::Fit => all(database, &entries, &arguments.output, &FIT),
                ActivityFormat::Tcx => all(database, &entries, &arguments.output, &TCX),
            }
        }
    }
}

/// Returns the format: that of `--to`, or what the name ends in.
fn format_of(arguments: &LogExportArguments) -> Result<ActivityFormat, Failure> {
    let ending = arguments.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    arguments.to.or_else(|| ActivityFormat::of_ending(&ending?)).ok_or_else(|| {
        let report = Report::new(format!("{} has no ending that names a format", shown(&arguments.output)));
        Failure::Input(report.with_help("add `--to fit`, `--to tcx`, `--to csv` or `--to json`"))
    })
}

fn day(text: &str) -> Result<NaiveDate, Failure> {
    match human_date::read(text, clock::local_time()) {
        Ok(HumanDate::Day(day)) => Ok(day),
        Ok(HumanDate::Local(moment)) => Ok(moment.date()),
        Ok(HumanDate::Moment(moment)) => Ok(moment.date_naive()),
        Ok(HumanDate::Time(_)) => {
            let report = Report::new("--since: a day is missing");
            Err(Failure::Input(report.with_help("write a day: `yesterday`, `monday` or 2026-11-20")))
        }
        Err(refusal) => Err(date_refused_for("--since", &refusal)),
    }
}

/// Writes one session to a file.
fn one(details: &SessionDetails, path: &Path, format: &ActivityFile) -> Result<(), Failure> {
    let activity = activity_export::activity(details).map_err(|why| {
        let (id, why) = (details.entry.id, why.words());
        let report = Report::new(format!("session {id} {why}, so it cannot be written as an activity"));
        Failure::Input(report.with_help("`--to csv` and `--to json` take every session"))
    })?;
    write_activity(&activity, path, format)?;
    print_lines(&[line_of(&activity, path)])
}

/// Writes a file for each session into a folder. Says which are left out.
fn all(
    database: &Database,
    entries: &[LogEntry],
    folder: &Path,
    format: &ActivityFile,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut lines = Vec::new();
    for entry in entries.iter().rev() {
        match activity_export::activity(&details(database, entry.id)?) {
            Ok(activity) => {
                let path = folder.join(file_name(&activity, format));
                write_activity(&activity, &path, format)?;
                lines.push(line_of(&activity, &path));
            }
            Err(why) => lines.push(format!("left out: session {} {}", entry.id, why.words())),
        }
    }
    if entries.is_empty() {
        lines.push("There are no sessions in that time.".to_string());
    }
    print_lines(&lines)
}

/// The name of a session's file: its local start and its number, which keep it apart from all others.
fn file_name(activity: &RecordedActivity, format: &ActivityFile) -> PathBuf {
    let start = activity.started.format("%Y-%m-%d-%H%M");
    PathBuf::from(format!("{start}-{}.{}", activity.number, format.ending))
}

fn write_activity(activity: &RecordedActivity, path: &Path, format: &ActivityFile) -> Result<(), Failure> {
    let bytes = (format.bytes)(activity).ok_or_else(|| {
        let report = Report::new(format!("session {} lies outside the years of FIT files", activity.number));
        Failure::Input(report.with_help("FIT files begin in 1998; correct the date: `pacebell log edit`"))
    })?;
    refuse_others(path, format.is_own)?;
    atomic_file::write(path, |mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .map_err(|error| cannot_write(path, &error))
}

fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    refuse_others(path, |_| false)?;
    atomic_file::replace(path, text).map_err(|error| cannot_write(path, &error))?;
    print_lines(&[format!("{}: {} bytes", shown(path), text.len())])
}

/// Refuses to replace a file that is not one of ours, judging by its first bytes.
fn refuse_others(path: &Path, is_own: impl FnOnce(&[u8]) -> bool) -> Result<(), Failure> {
    let mut start = Vec::new();
    match fs::metadata(path) {
        Err(_) => return Ok(()),
        // Opening a pipe would wait for its writer.
        Ok(data) if data.is_file() => {
            let file = File::open(path).map_err(|error| cannot_write(path, &error))?;
            let _ = file.take(fit::START_BYTES).read_to_end(&mut start);
        }
        Ok(_) => {}
    }
    if is_own(&start) {
        return Ok(());
    }
    let report = Report::new(format!("{} exists already", shown(path)));
    Err(Failure::Input(report.with_help("choose another name, or remove it first")))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let report = Report::new(format!("{} cannot be written: {error}", shown(path)));
    Failure::System(report.with_help("choose a folder that exists and that you can write to"))
}

fn line_of(activity: &RecordedActivity, path: &Path) -> String {
    let (count, length) = (activity.laps.len(), crate::units::clock(activity.active().whole_secs()));
    let laps = if count == 1 { "lap" } else { "laps" };
    let distance = match activity.distance {
        Some(_) => "",
        None => ", without distance, because not every speed is known",
    };
    format!("{}: {}, {length}, {count} {laps}{distance}", shown(path), clean(&activity.name))
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}
