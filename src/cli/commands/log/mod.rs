//! `pacebell log`: what was run, on the screen or as text, and the commands that correct it and add to it.

mod add;
mod edit;
pub mod human_date;
mod print;
mod screen;

use crate::cli::args::{WorkoutArguments, time};
use crate::cli::context;
use crate::cli::failure::Failure;
use crate::cli::session::record;
use crate::history::queries;
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{Database, SessionId};
use crate::session::answers::{Answers, Breath, Feel, scale_number};
use crate::units::Millis;
use clap::{Args, Subcommand};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

impl LogArguments {
    /// Whether it is to be looked at, and not printed.
    pub fn is_screen(&self) -> bool {
        self.command.is_none() && !self.json && !self.csv
    }
}

/// What to do with the log; nothing: look at it.
#[derive(Debug, Args)]
pub struct LogArguments {
    #[command(subcommand)]
    command: Option<LogCommand>,
    /// Print all of it as JSON instead, the oldest session first
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print all of it as CSV for spreadsheets, the oldest session first
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    /// Show one session: what was planned and run, lap by lap
    Show {
        /// Its number in the log
        #[arg(value_parser = id)]
        id: SessionId,
        /// Print it as JSON instead, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Add a session that pacebell did not time, as if every step was run as planned
    Add(Box<AddArguments>),
    /// Correct or complete what the log says of a session
    Edit(EditArguments),
    /// Take a session out of the log; `pacebell log undo` brings it back
    Delete {
        /// Its number in the log
        #[arg(value_parser = id)]
        id: SessionId,
    },
    /// Undo the latest change to the log, then the one before it, and so on
    Undo,
    /// Copy the log into a file, also while a session runs
    Backup {
        /// The file; an earlier copy is replaced
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
struct AddArguments {
    #[command(flatten)]
    workout: WorkoutArguments,
    /// When: yesterday, "friday 7:30", 2026-11-20, "2026-11-20 07:30" [default: it has just ended]
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// How long it took in all, from a watch
    #[arg(long, value_name = "TIME", value_parser = time)]
    took: Option<Millis>,
    /// How hard it was, 0 to 10 (Borg's CR-10)
    #[arg(long, value_parser = rpe)]
    rpe: Option<f64>,
    /// Breathlessness, 0 to 10, or what you could still say: sentences, phrases, gasps
    #[arg(long)]
    breath: Option<Breath>,
    /// How it felt: great, good, so-so, bad, awful
    #[arg(long)]
    feel: Option<Feel>,
    /// Anything else
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

#[derive(Debug, Args)]
struct EditArguments {
    /// Its number in the log
    #[arg(value_parser = id)]
    id: SessionId,
    /// How hard it was, 0 to 10 (Borg's CR-10); `none` takes the answer away
    #[arg(long, value_parser = or_none(rpe))]
    rpe: Option<AnswerArgument<f64>>,
    /// Breathlessness, 0 to 10, or sentences, phrases, gasps; or `none`
    #[arg(long, value_parser = or_none(|t| t.parse::<Breath>()))]
    breath: Option<AnswerArgument<Breath>>,
    /// How it felt: great, good, so-so, bad, awful; or `none`
    #[arg(long, value_parser = or_none(|t| t.parse::<Feel>()))]
    feel: Option<AnswerArgument<Feel>>,
    /// Anything else; an empty one takes it away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// When it began; a day alone keeps the time of day
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// What the workout is called
    #[arg(long, allow_hyphen_values = true)]
    name: Option<String>,
}

/// An answer, or none any more.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AnswerArgument<T>(Option<T>);

fn or_none<T>(
    read: impl Fn(&str) -> Result<T, String> + Clone + Send + Sync,
) -> impl Fn(&str) -> Result<AnswerArgument<T>, String> + Clone + Send + Sync {
    move |text| match text.trim() {
        "none" => Ok(AnswerArgument(None)),
        text => read(text).map(|answer| AnswerArgument(Some(answer))),
    }
}

fn rpe(text: &str) -> Result<f64, String> {
    scale_number(text).ok_or_else(|| "write a number from 0 to 10, such as 7 or 4.5".to_string())
}

fn id(text: &str) -> Result<SessionId, String> {
    let number = text.parse().ok().filter(|id| *id > 0);
    number.ok_or_else(|| "write the number that `pacebell log` shows in front of the session".to_string())
}

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
    Ok(queries::list(&connection).map_err(|e| store.trouble(&e))?)
}

fn details(store: &Database, id: SessionId) -> Result<SessionDetails, Failure> {
    let Some(connection) = store.open_to_read()? else { return Err(no_such(id)) };
    queries::details(&connection, id).map_err(|e| store.trouble(&e))?.ok_or_else(|| no_such(id))
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

/// What was answered on the command line; a note that says nothing is none.
fn note(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

impl AddArguments {
    fn answers(&self) -> Answers {
        Answers {
            rpe: self.rpe,
            breath: self.breath,
            feel: self.feel,
            note: self.note.as_deref().and_then(note),
            own: Vec::new(),
        }
    }
}

/// Prints lines for people.
fn say(lines: &[String]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
