//! `pacebell log`: what was run, on the screen or as text, and the commands that correct it and add to it.

mod add;
mod edit;
mod print;
mod screen;

use crate::cli::args::log::{LogArguments, LogCommand};
use crate::cli::context;
use crate::cli::failure::Failure;
use crate::cli::session::record;
use crate::history::queries;
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{Database, SessionId};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn log(arguments: LogArguments, file: Option<&Path>) -> Result<ExitCode, Failure> {
    let store = record::store(file)?;
    if arguments.command.is_some() && (arguments.json || arguments.csv) {
        let help = "of one session: `pacebell log show ID --json`";
        return Err(wrong("--json and --csv stand for themselves behind `pacebell log`", help));
    }
    let Some(command) = arguments.command else {
        return look(&store, arguments.json, arguments.csv);
    };
    match command {
        LogCommand::Show { id, json } => print::session(&details(&store, id)?, json),
        LogCommand::Add(arguments) => add::add(&store, &arguments),
        LogCommand::Edit(arguments) => edit::edit(&store, arguments),
        LogCommand::Delete { id } => edit::delete(&store, id),
        LogCommand::Undo => edit::undo(&store),
        LogCommand::Backup { file } => edit::back_up(&store, &file),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn look(store: &Database, json: bool, csv: bool) -> Result<ExitCode, Failure> {
    if json || csv {
        print::for_programs(&list(store)?, csv)?;
    } else if context::has_a_screen() {
        return screen::screen(store, &context::settings()?);
    } else {
        print::table(&list(store)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that is in the log, the latest first.
fn list(store: &Database) -> Result<Vec<LogEntry>, Failure> {
    let Some(connection) = store.open_to_read()? else { return Ok(Vec::new()) };
    Ok(queries::list(&connection).map_err(|e| store.explain(&e))?)
}

fn details(store: &Database, id: SessionId) -> Result<SessionDetails, Failure> {
    let Some(connection) = store.open_to_read()? else { return Err(no_such(id)) };
    queries::details(&connection, id).map_err(|e| store.explain(&e))?.ok_or_else(|| no_such(id))
}

fn no_such(id: SessionId) -> Failure {
    wrong(
        &format!("there is no session {id} in the log"),
        "`pacebell log` shows what there is, with its numbers",
    )
}

fn wrong(problem: &str, help: &str) -> Failure {
    Failure::Input(format!("error: {problem}\n  = help: {help}\n"))
}

/// Prints lines for people.
fn say(lines: &[String]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
