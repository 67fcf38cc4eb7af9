//! Corrects the log: edit, delete, undo and backup.

use super::{chosen, details, import, merge, no_such_session, print, print_lines};
use crate::cli::active_plan;
use crate::cli::args::log::{ChangeArguments, EditArguments, note};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, DateRefused, HumanDate};
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::history::block_rows::ChoiceKind;
use crate::history::blocks::{BlockChangeKind, UndoneBlockChange};
use crate::history::checkins::UndoneCheckin;
use crate::history::deletion::{self, DeletedSession};
use crate::history::edits::{self, ChangeKind, EditableFields, Undone, UndoneChange};
use crate::history::{Database, SessionId, describe};
use crate::text::clean;
use chrono::{DateTime, Duration, FixedOffset};
use std::path::Path;

/// Changes what the log says about a session.
pub fn edit(database: &Database, arguments: EditArguments) -> Result<(), Failure> {
    let EditArguments { id, changes } = arguments;
    let id = chosen::session(database, id)?;
    let ChangeArguments { rpe, breath, feel, note: text, on, name } = changes;
    let name = name.map(|name| read_name(&name)).transpose()?;
    let entry = details(database, id)?.entry;
    let started = on.map(|on| new_start(&on, entry.started, entry.active.to_duration())).transpose()?;
    let change = |fields: &mut EditableFields| {
        let answers = &mut fields.answers;
        answers.rpe = rpe.map_or(answers.rpe, |answer| answer.0);
        answers.breath = breath.map_or(answers.breath, |answer| answer.0);
        answers.feel = feel.map_or(answers.feel, |answer| answer.0);
        if let Some(text) = text {
            answers.note = note(&text);
        }
        fields.started = started.unwrap_or(fields.started);
        if let Some(name) = name {
            fields.name = name;
        }
    };
    let mut connection = database.open()?;
    let now = clock::since_1970();
    let edited = edits::edit(&mut connection, id, now, change).map_err(|error| database.explain(&error))?;
    edited.ok_or_else(|| no_such_session(id))?;
    print::line_of(&details(database, id)?.entry)
}

fn read_name(text: &str) -> Result<String, Failure> {
    let name = clean(text.trim());
    if name.is_empty() {
        let report = Report::new("the name is empty");
        return Err(Failure::Input(report.with_help("give it a name: --name \"Tuesday hills\"")));
    }
    Ok(name)
}

/// Returns another start. A day alone keeps the time of day, a time alone keeps the day.
fn new_start(
    on: &str,
    before: DateTime<FixedOffset>,
    length: std::time::Duration,
) -> Result<DateTime<FixedOffset>, Failure> {
    let now = clock::local_time();
    let length = Duration::from_std(length).unwrap_or_default();
    let date = match human_date::read(on, now).map_err(|refusal| date_refused(&refusal))? {
        HumanDate::Day(day) => HumanDate::Local(day.and_time(before.time())),
        HumanDate::Time(time) => HumanDate::Local(before.date_naive().and_time(time)),
        other => other,
    };
    let found = human_date::start(date, before.time(), length, now, clock::local);
    Ok(found.map_err(|refusal| date_refused(&refusal))?.start)
}

/// Reports a value of `--on` that cannot be used.
pub fn date_refused(refusal: &DateRefused) -> Failure {
    date_refused_for("--on", refusal)
}

/// Reports a value of `option` that cannot be used.
pub fn date_refused_for(option: &str, refusal: &DateRefused) -> Failure {
    Failure::Input(Report::new(format!("{option}: {}", refusal.problem)).with_help(refusal.help.as_str()))
}

/// Deletes a session from the log.
pub fn delete(database: &Database, id: SessionId) -> Result<(), Failure> {
    let deleted = deletion::delete_idle(database, id, clock::since_1970())?;
    let DeletedSession { fields, was_unfinished } = deleted.ok_or_else(|| no_such_session(id))?;
    let session = name_and_start(&fields);
    let deleted = match was_unfinished {
        true => format!("Deleted an unfinished session: {session}"),
        false => format!("Deleted: {session}"),
    };
    print_lines(&[deleted, "To bring it back: pacebell log undo".to_string()])
}

/// Undoes the latest change.
pub fn undo(context: &Context, database: &Database) -> Result<(), Failure> {
    let undone = match database.open_existing()? {
        Some(mut connection) => {
            edits::undo(&mut connection, clock::since_1970()).map_err(|error| database.explain(&error))?
        }
        None => None,
    };
    let nothing = || "There is nothing to undo.".to_string();
    print_lines(&[undone.map_or_else(nothing, |undone| describe_undone(context, &undone))])
}

/// Returns a line that says what was undone.
pub fn describe_undone(context: &Context, undone: &Undone) -> String {
    let UndoneChange { fields, kind, .. } = match undone {
        Undone::Change(change) => change,
        Undone::Merge { removed, restored, plans, checkins } => {
            let others = [(*plans, "plan"), (*checkins, "check-in")];
            return merge::describe_undone(*removed, *restored, &others);
        }
        Undone::Checkin(UndoneCheckin { on, answers }) => {
            let what = if answers.is_some() { "As it was before" } else { "Taken back" };
            return format!("{what}: the check-in of {}", on.format("%a %-d %b"));
        }
        Undone::Import { removed, restored } => return import::describe_undone(*removed, *restored),
        Undone::Plan(change) => return describe_undone_plan(context, change),
        Undone::Win(win) => {
            let when = win.at.local().format("%a %-d %b %H:%M");
            return format!("No longer counts: {}, {when}", clean(&win.action));
        }
    };
    let session = name_and_start(fields);
    match kind {
        ChangeKind::Deleted => format!("Back in the log: {session}"),
        ChangeKind::Edited => format!("As it was before: {session}"),
        ChangeKind::Discarded => format!("Unfinished again: {session}. Resume it with `pacebell resume`."),
        ChangeKind::Added => format!("Removed from the log: {session}"),
    }
}

/// Returns a line that says which change to a plan was undone.
fn describe_undone_plan(context: &Context, change: &UndoneBlockChange) -> String {
    let plan = clean(&change.plan);
    let what = match (change.kind, &change.choice) {
        (BlockChangeKind::Started, _) => "No longer started",
        (BlockChangeKind::Updated, _) => "As it was before the update",
        (BlockChangeKind::Stopped, _) => "On again",
        (BlockChangeKind::Chose, None) => "As planned again",
        (BlockChangeKind::Chose, Some(choice)) => {
            let what = match choice.what {
                ChoiceKind::Move => "No longer moved",
                ChoiceKind::Skip => "No longer skipped",
                ChoiceKind::Take => "As planned again",
                ChoiceKind::Shift => "No longer put off",
            };
            return format!("{what}: {} of {plan}", item_words(context, &choice.item));
        }
    };
    format!("{what}: {plan}")
}

/// Returns a session of the plan that is on, with its day, or its id if the plan cannot be read.
fn item_words(context: &Context, item: &str) -> String {
    match active_plan::load(context, &profile_if_usable()) {
        Ok(Some(plan)) => plan_words::item_and_day(&plan.agenda(clock::local_time().date_naive()), item),
        Ok(None) | Err(_) => clean(item),
    }
}

/// Returns the name and the start of a session.
pub fn name_and_start(fields: &EditableFields) -> String {
    let here = *clock::local_time().offset();
    format!("{}, {}", clean(&fields.name), describe::start(fields.started, here))
}

/// Copies the log.
pub fn back_up(database: &Database, file: &Path) -> Result<(), Failure> {
    if database.back_up(file)? {
        return print_lines(&[format!("The log was copied to {}", Database::at(file).display_path())]);
    }
    let report = Report::new("there is no log to copy yet");
    Err(Failure::Input(report.with_help("run a workout first, or choose a log with `--log FILE`")))
}
