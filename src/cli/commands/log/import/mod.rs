//! `pacebell log import`: brings in the runs of watches and training sites.

mod reading;
mod report;
mod sources;

use super::print_lines;
use crate::cli::args::log::LogImportArguments;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::progress_bar::{ProgressBar, ending_signal};
use crate::cli::report::Report;
use crate::clock;
use crate::formats::activity_reader::ImportedSport;
use crate::history::Database;
use crate::history::imports::{ImportStep, ImportedSession, ImprovedSession, KnownSessions};
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use reading::{ActivitiesFound, LeftOut, read_all};
use report::ImportReport;
use sources::ImportSources;
use std::sync::mpsc::{Receiver, channel};

/// The number of sessions that are written in one transaction.
const BATCH: usize = 200;

/// Runs the command.
pub fn import(database: &Database, arguments: &LogImportArguments) -> Result<(), Failure> {
    let mut sources = ImportSources::collect(&arguments.files)?;
    let (sender, notices) = channel();
    runtime::listen_to_signals(sender)?;
    let mut bar = ProgressBar::new();
    let mut interrupted = None;
    let found = read_all(&mut sources, |done, all| {
        bar.show(done as u64, all as u64, || format!("{done} of {all} files"));
        interrupted = ending_signal(&notices);
        interrupted.is_none()
    });
    bar.clear();
    if let Some(signal) = interrupted {
        eprintln!("Stopped. Nothing was added to the log.");
        return Err(Failure::Interrupted(signal));
    }
    let mut report = sort_out(database, found)?;
    report.is_dry_run = arguments.dry_run;
    if !arguments.dry_run {
        write(database, &mut report, &notices)?;
    }
    let mut lines = report.lines(profile_if_usable().units);
    if !report.is_dry_run && !report.changes_nothing() {
        lines.push("To undo it: pacebell log undo".to_string());
    }
    let is_useless = report.changes_nothing() && report.known.is_empty() && report.deleted.is_empty();
    if is_useless && report.left_out.iter().any(|left_out| left_out.is_broken) {
        return Err(unreadable(&report.left_out));
    }
    if is_useless && report.left_out.is_empty() {
        let report = Report::new("there are no FIT, TCX or GPX files there, and no list of Strava");
        return Err(Failure::Input(
            report.with_help("name the files, or the folder or zip that they are in"),
        ));
    }
    print_lines(&lines)
}

/// Reports that nothing could be read.
fn unreadable(left_out: &[LeftOut]) -> Failure {
    match left_out {
        [LeftOut { what, why, .. }] => {
            let report = Report::new(format!("{what}: {why}"));
            Failure::Input(
                report.with_help("name FIT, TCX or GPX files, or Strava's export as a zip or a folder"),
            )
        }
        _ => {
            let report = Report::new("nothing there is a run that can be read");
            Failure::Input(
                left_out.iter().fold(report, |report, LeftOut { what, why, .. }| {
                    report.with_note(format!("{what}: {why}"))
                }),
            )
        }
    }
}

/// Sorts out what is in the log already and what is no run.
fn sort_out(database: &Database, found: ActivitiesFound) -> Result<ImportReport, Failure> {
    let known = match database.open_to_read()? {
        Some(connection) => KnownSessions::read(&connection).map_err(|error| database.explain(&error))?,
        None => KnownSessions::default(),
    };
    let now = clock::since_1970();
    let ActivitiesFound { sessions, left_out, repeated } = found;
    let mut report = ImportReport { left_out, repeated, ..ImportReport::default() };
    for mut session in sessions {
        let has_zone = session.activity.offset.is_some();
        let here = || *clock::local_at(session.activity.started).offset();
        session.activity.offset = Some(session.activity.offset.unwrap_or_else(here));
        match (known.find(&session.activity), refusal(&session, now)) {
            (Some(known), _) if known.is_deleted => report.deleted.push(session.file),
            (Some(known), None) if known.may_gain_from(&session.activity) => {
                report.improved.push(ImprovedSession { id: known.id, detail: session });
            }
            (Some(known), _) => report.known.push((session.file, known.id)),
            (None, Some(why)) => {
                report.left_out.push(LeftOut { what: session.file, why, is_broken: false });
            }
            (None, None) => {
                report.without_zone += usize::from(!has_zone);
                session.activity.remarks.extend(remarks(&session, &known));
                report.added.push(session);
            }
        }
    }
    Ok(report)
}

/// Returns sentences about what was assumed, and what the runner may have to mend.
fn remarks(session: &ImportedSession, known: &KnownSessions) -> Vec<String> {
    let activity = &session.activity;
    let is_unknown = activity.sport == ImportedSport::Unknown;
    let by_hand = known.find_by_hand(activity).map(|id| {
        format!("session {id}, which you added by hand, may be the same run: pacebell log delete {id}")
    });
    is_unknown
        .then(|| "it names no sport, so it counts as a run".to_string())
        .into_iter()
        .chain(by_hand)
        .collect()
}

/// Returns the reason why an activity does not come in.
fn refusal(session: &ImportedSession, now: i64) -> Option<String> {
    let activity = &session.activity;
    match &activity.sport {
        ImportedSport::Other(words) => Some(words.clone()),
        _ if activity.is_later_than(now) => {
            Some(format!("its date, {}, is in the future", activity.started.format("%Y-%m-%d")))
        }
        _ => None,
    }
}

/// Writes the sessions, batch by batch. After a signal, those of the batches before stay.
fn write(
    database: &Database,
    report: &mut ImportReport,
    notices: &Receiver<RuntimeNotice>,
) -> Result<(), Failure> {
    if report.changes_nothing() {
        return Ok(());
    }
    let mut connection = database.open()?;
    let mut step = ImportStep::default();
    let mut bar = ProgressBar::new();
    let all = report.added.len();
    let mut done = 0;
    for batch in report.added.chunks(BATCH) {
        if let Some(signal) = ending_signal(notices) {
            bar.clear();
            return Err(stopped(signal, done, all));
        }
        bar.show(done as u64, all as u64, || format!("{done} of {all} sessions"));
        step.add(&mut connection, batch, clock::since_1970()).map_err(|error| database.explain(&error))?;
        done += batch.len();
    }
    bar.clear();
    for batch in report.improved.chunks(BATCH) {
        step.improve(&mut connection, batch, clock::since_1970())
            .map_err(|error| database.explain(&error))?;
    }
    Ok(())
}

fn stopped(signal: ProcessSignal, done: usize, all: usize) -> Failure {
    let first = if done == 0 { "None" } else { "The first" };
    let count = if done == 0 { String::new() } else { format!(" {done}") };
    eprintln!("Stopped. {first}{count} of {all} sessions came in; import again for the others.");
    Failure::Interrupted(signal)
}

/// Returns a line that says what undoing an import did.
pub fn describe_undone(removed: usize, restored: usize) -> String {
    let count = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 session {word}")),
        count => Some(format!("{count} sessions {word}")),
    };
    let counts: Vec<String> =
        [count(removed, "removed"), count(restored, "as before")].into_iter().flatten().collect();
    match counts.is_empty() {
        true => "The import was undone: 0 sessions removed".to_string(),
        false => format!("The import was undone: {}", counts.join(", ")),
    }
}
