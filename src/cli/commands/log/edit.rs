//! Correcting the log: edit, delete, undo, and a copy before one does.

use super::{details, no_such, print, say, wrong};
use crate::cli::args::log::{EditArguments, note};
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, HumanDate};
use crate::clock;
use crate::history::edits;
use crate::history::edits::{ChangeKind, EditableFields};
use crate::history::{Database, SessionId};
use crate::text::clean;
use chrono::{DateTime, Duration, FixedOffset};
use std::path::Path;

/// Changes what the log says of a session.
pub fn edit(store: &Database, arguments: EditArguments) -> Result<(), Failure> {
    let EditArguments { id, rpe, breath, feel, note: text, on, name } = arguments;
    if rpe.is_none() && breath.is_none() && feel.is_none() && text.is_none() && on.is_none() && name.is_none()
    {
        let help = "say what is to be changed: --rpe 7, --breath 6, --feel good, --note \"…\", --on \"friday 7:30\", --name \"…\"";
        return Err(wrong("nothing is to be changed", help));
    }
    let name = name.map(|name| read_name(&name)).transpose()?;
    let entry = details(store, id)?.entry;
    let started = on.map(|on| moved(&on, entry.started, entry.active.to_duration())).transpose()?;
    let change = |kept: &mut EditableFields| {
        let answers = &mut kept.answers;
        answers.rpe = rpe.map_or(answers.rpe, |said| said.0);
        answers.breath = breath.map_or(answers.breath, |said| said.0);
        answers.feel = feel.map_or(answers.feel, |said| said.0);
        if let Some(text) = text {
            answers.note = note(&text);
        }
        kept.started = started.unwrap_or(kept.started);
        if let Some(name) = name {
            kept.name = name;
        }
    };
    let mut connection = store.open()?;
    let now = clock::since_1970();
    let done = edits::edit(&mut connection, id, now, change).map_err(|e| store.explain(&e))?;
    done.ok_or_else(|| no_such(id))?;
    print::line_of(&details(store, id)?.entry)
}

/// A name as it may be shown, if there is anything of it.
fn read_name(text: &str) -> Result<String, Failure> {
    let name = clean(text.trim());
    if name.is_empty() {
        return Err(wrong("a session has to be called something", "write a name: --name \"Tuesday hills\""));
    }
    Ok(name)
}

/// Another start: of a day alone, at the time of day that it had; of a time alone, on the same day.
fn moved(
    on: &str,
    before: DateTime<FixedOffset>,
    length: std::time::Duration,
) -> Result<DateTime<FixedOffset>, Failure> {
    let now = clock::local_time();
    let length = Duration::from_std(length).unwrap_or_default();
    let when = match human_date::read(on, now).map_err(|why| refused(&why))? {
        HumanDate::Day(day) => HumanDate::Local(day.and_time(before.time())),
        HumanDate::Time(time) => HumanDate::Local(before.date_naive().and_time(time)),
        other => other,
    };
    let found =
        human_date::start(when, before.time(), (length, now), clock::local).map_err(|why| refused(&why))?;
    Ok(found.start)
}

/// Why a time will not do.
pub fn refused(why: &human_date::DateRefused) -> Failure {
    wrong(&format!("--on: {}", why.problem), why.help)
}

/// Takes a session out of the log.
pub fn delete(store: &Database, id: SessionId) -> Result<(), Failure> {
    let Some(mut connection) = store.open_existing()? else { return Err(no_such(id)) };
    let deleted = edits::delete(&mut connection, id, clock::since_1970()).map_err(|e| store.explain(&e))?;
    let kept = deleted.ok_or_else(|| no_such(id))?;
    say(&[format!("Deleted: {}", called(&kept)), "`pacebell log undo` brings it back.".to_string()])
}

/// Undoes the latest change.
pub fn undo(store: &Database) -> Result<(), Failure> {
    let undone = match store.open_existing()? {
        Some(mut connection) => edits::undo(&mut connection).map_err(|e| store.explain(&e))?,
        None => None,
    };
    say(&[undone.map_or("There is nothing to undo.".to_string(), |undone| told(&undone))])
}

/// What was undone, in a line.
pub fn told(undone: &edits::Undone) -> String {
    let called = called(&undone.fields);
    match undone.kind {
        ChangeKind::Deleted => format!("Back in the log: {called}"),
        ChangeKind::Edited => format!("As it was before: {called}"),
        ChangeKind::Discarded => format!("Unfinished again: {called}. `pacebell resume` goes on with it."),
        ChangeKind::Added => format!("Out of the log again: {called}"),
    }
}

/// A session's name and start.
pub fn called(kept: &EditableFields) -> String {
    let here = *clock::local_time().offset();
    format!("{}, {}", clean(&kept.name), crate::history::describe::start(kept.started, here))
}

/// Copies the log.
pub fn back_up(store: &Database, file: &Path) -> Result<(), Failure> {
    if store.back_up(file)? {
        return say(&[format!("The log is copied to {}", Database::at(file).display_path())]);
    }
    Err(wrong("there is no log to copy yet", "run a workout first, or name the log with `--log FILE`"))
}
