//! `pacebell log`: shows what was run, corrects it and adds to it.

mod add;
mod chosen;
mod distance;
mod edit;
mod export;
mod filter;
mod import;
mod merge;
mod print;
mod screen;
mod trends;

pub(super) use edit::describe_undone;

use super::plan::calendar_file;
use crate::cli::args::log::{LogArguments, LogCommand};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::paint::TextPainter;
use crate::cli::report::Report;
use crate::cli::session::offer::{self, unfinished_note};
use crate::cli::spelled_output::SpelledOutput;
use crate::history::edits;
use crate::history::queries::{self, LogEntry, SessionDetails};
use crate::history::{Database, SessionId};
use std::io::Write;

/// Runs the command.
pub fn log(context: &Context, arguments: LogArguments) -> Result<(), Failure> {
    let database = context.log()?;
    let painter = TextPainter::of_stdout(context);
    let Some(command) = arguments.command else {
        return if arguments.json || arguments.csv {
            print::for_programs(&list(&database)?, arguments.csv)
        } else if context.terminal.has_screen {
            screen::show(context, &database)
        } else {
            // First, because it may add a session to the list.
            let note = unfinished_note(context);
            print::table(&list(&database)?, &painter)?;
            offer::print_notes(note.as_slice());
            Ok(())
        };
    };
    match command {
        LogCommand::Show { id: Some(id), json } => {
            let id = chosen::session(&database, id)?;
            print::session(&details(&database, id)?, json, &painter)
        }
        LogCommand::Show { id: None, json } => {
            let note = if json { None } else { unfinished_note(context) };
            print::session(&latest(&database)?, json, &painter)?;
            offer::print_notes(note.as_slice());
            Ok(())
        }
        LogCommand::List(arguments) => {
            let entries = filter::list(&database, &arguments)?;
            match arguments.json || arguments.csv {
                true => print::for_programs(&entries, arguments.csv),
                false if entries.is_empty() && !arguments.is_everything() => {
                    print_lines(&["No session matches.".to_string()])
                }
                false => print::table(&entries, &painter),
            }
        }
        LogCommand::Trends { weeks, json } => {
            trends::print(context, &trends::read(context, &database, weeks)?, json)
        }
        LogCommand::Add(arguments) => add::add(context, &database, &arguments),
        LogCommand::Edit(arguments) => edit::edit(&database, arguments),
        LogCommand::Delete { id } => edit::delete(&database, chosen::session(&database, id)?),
        LogCommand::Undo => {
            edit::undo(context, &database)?;
            calendar_file::refresh(context)
        }
        LogCommand::Merge { file } => merge::merge(&database, &file),
        LogCommand::Import(arguments) => import::import(&database, &arguments),
        LogCommand::Export(arguments) => export::export(&database, &arguments),
        LogCommand::Backup { file } => edit::back_up(&database, &file),
    }
}

/// Returns all logged sessions, the latest first.
fn list(database: &Database) -> Result<Vec<LogEntry>, Failure> {
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    Ok(queries::list(&connection).map_err(|error| database.explain(&error))?)
}

/// Returns a session, or `None` if the log has no session with this id.
fn find(database: &Database, id: SessionId) -> Result<Option<SessionDetails>, Failure> {
    let Some(connection) = database.open_to_read()? else { return Ok(None) };
    Ok(queries::details(&connection, id).map_err(|error| database.explain(&error))?)
}

fn details(database: &Database, id: SessionId) -> Result<SessionDetails, Failure> {
    if let Some(details) = find(database, id)? {
        return Ok(details);
    }
    let Some(connection) = database.open_to_read()? else { return Err(no_such_session(id)) };
    match edits::is_unfinished(&connection, id).map_err(|error| database.explain(&error))? {
        true => Err(unfinished_session(id)),
        false => Err(no_such_session(id)),
    }
}

fn latest(database: &Database) -> Result<SessionDetails, Failure> {
    match list(database)?.first() {
        Some(entry) => details(database, entry.id),
        None => Err(Failure::Input(
            Report::new("the log is empty").with_help("run a workout first: `pacebell run short-intervals`"),
        )),
    }
}

fn unfinished_session(id: SessionId) -> Failure {
    let report = Report::new(format!("session {id} is not in the log yet, because it is unfinished"));
    Failure::Input(report.with_help("`pacebell resume` resumes the latest unfinished session"))
}

fn no_such_session(id: SessionId) -> Failure {
    let report = Report::new(format!("there is no session {id} in the log"));
    Failure::Input(report.with_help("`pacebell log` lists the sessions and their numbers"))
}

fn print_lines(lines: &[String]) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
