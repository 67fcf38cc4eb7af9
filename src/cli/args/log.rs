//! The arguments of `pacebell log`.

use super::examples;
use super::log_export::LogExportArguments;
use super::options::{ColorOption, ThemeOption};
use super::session_choice::{SessionChoice, session};
use super::workout::{WorkoutArguments, typed_time};
use crate::session::answers::{Answers, Breath, Feel, scale_number};
use crate::trends::USUAL_WEEKS;
use crate::units::typed_time::TypedTime;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = examples::LOG)]
pub struct LogArguments {
    #[command(subcommand)]
    pub command: Option<LogCommand>,
    /// Print the log as JSON, oldest session first
    #[arg(long, conflicts_with_all = ["csv", "theme"])]
    pub json: bool,
    /// Print the log as CSV for spreadsheets, oldest session first
    #[arg(long, conflicts_with = "theme")]
    pub csv: bool,
    /// Use this log file instead of the default one
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub theme: ThemeOption,
    #[command(flatten)]
    pub color: ColorOption,
}

impl LogArguments {
    /// True if the log is shown on the screen where there is one.
    pub fn shows_screen(&self) -> bool {
        self.command.is_none() && !self.json && !self.csv
    }
}

#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Show a session, lap by lap
    #[command(after_help = examples::LOG_SHOW)]
    Show {
        /// The session's number in the log, `last`, or its day [default: the latest session]
        #[arg(value_name = "ID", value_parser = session)]
        id: Option<SessionChoice>,
        /// Print the session as JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// List the sessions that match, oldest first
    #[command(after_help = examples::LOG_LIST)]
    List(LogListArguments),
    /// Show weeks, load and records, and whether the same session got faster
    #[command(after_help = examples::LOG_TRENDS)]
    Trends {
        /// The number of weeks, this one included
        #[arg(long, value_name = "N", default_value_t = USUAL_WEEKS, value_parser = weeks)]
        weeks: usize,
        /// Print the trends as JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Add a session that pacebell did not time
    ///
    /// Every step is logged as if you ran it as planned.
    #[command(after_help = examples::LOG_ADD)]
    Add(Box<AddArguments>),
    /// Change what the log says about a session
    #[command(override_usage = "pacebell log edit [OPTIONS] <ID>", after_help = examples::LOG_EDIT)]
    Edit(EditArguments),
    /// Delete a session; `pacebell log undo` brings it back
    #[command(after_help = examples::LOG_DELETE)]
    Delete {
        /// The session's number in the log, `last`, or its day
        #[arg(value_name = "ID", value_parser = session)]
        id: SessionChoice,
    },
    /// Undo the latest change to the log (repeat to undo more)
    #[command(after_help = examples::LOG_UNDO)]
    Undo,
    /// Bring in the sessions of another machine's log
    ///
    /// A session that is in both logs stays one: of two edits the later wins, deleting included. The other file is only
    /// read. Sessions that are unfinished there, or running here, are left alone.
    #[command(after_help = examples::LOG_MERGE)]
    Merge {
        /// The other machine's log, or a copy of it
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Bring in the runs of a watch or a training site
    ///
    /// Reads FIT, TCX and GPX files, and Strava's bulk export as a zip or a folder. A run that is in several files, or in the log
    /// already, comes in once. Other sports are left out, and each thing left out is named.
    #[command(after_help = examples::LOG_IMPORT)]
    Import(LogImportArguments),
    /// Write sessions to files for watches, training sites and spreadsheets
    ///
    /// FIT files have every lap as you ran it, with pauses and skips. Sessions that were rehearsed or added by hand have no
    /// times of their own, and are left out.
    #[command(after_help = examples::LOG_EXPORT)]
    Export(LogExportArguments),
    /// Copy the log to a file, even during a session
    #[command(after_help = examples::LOG_BACKUP)]
    Backup {
        /// The file to write; replaces an earlier copy
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct LogImportArguments {
    /// Files, folders and zip archives
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Only say what would come in
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct LogListArguments {
    /// Only sessions from this day on: monday, "1 oct", 2026-10-01, "4 weeks ago"
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only workouts with these words in their name
    #[arg(long, value_name = "NAME")]
    pub workout: Option<String>,
    /// Only workouts with this tag, and sessions with this word in their note
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// Print them as JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print them as CSV for spreadsheets
    #[arg(long)]
    pub csv: bool,
}

impl LogListArguments {
    /// True if no session is left out.
    pub fn is_everything(&self) -> bool {
        self.since.is_none() && self.workout.is_none() && self.tag.is_none()
    }
}

#[derive(Debug, Args)]
pub struct AddArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// When it began: yesterday, "friday 7:30", "2026-11-20 07:30" [default: so
    /// that it ends now]
    #[arg(long, value_name = "WHEN")]
    pub on: Option<String>,
    /// How long it took in total
    #[arg(long, value_name = "TIME", value_parser = typed_time)]
    pub took: Option<TypedTime>,
    /// How far it was: 8.2km, 5mi
    #[arg(long, value_name = "DISTANCE", conflicts_with = "splits")]
    pub distance: Option<String>,
    /// The average pace: 5:30, 8:45/mi
    #[arg(long, value_name = "PACE", conflicts_with = "splits")]
    pub pace: Option<String>,
    /// The time of each kilometre or mile: "5:30 5:25 5:21"
    #[arg(long, value_name = "TIMES", conflicts_with = "took")]
    pub splits: Option<String>,
    /// How hard it was, from 0 to 10 (Borg CR10)
    #[arg(short, long, value_name = "NUMBER", value_parser = rpe)]
    pub rpe: Option<f64>,
    /// How breathless you were: 0 to 10, or what you could still say (sentences,
    /// phrases or gasps)
    #[arg(long, value_name = "BREATH")]
    pub breath: Option<Breath>,
    /// How it felt: great, good, so-so, bad or awful
    #[arg(long, value_name = "FEEL")]
    pub feel: Option<Feel>,
    /// A note
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
}

impl AddArguments {
    pub fn answers(&self) -> Answers {
        Answers {
            rpe: self.rpe,
            breath: self.breath,
            feel: self.feel,
            note: self.note.as_deref().and_then(note),
            own: Vec::new(),
        }
    }
}

#[derive(Debug, Args)]
pub struct EditArguments {
    /// The session's number in the log, `last`, or its day
    #[arg(value_name = "ID", value_parser = session)]
    pub id: SessionChoice,
    #[command(flatten)]
    pub changes: ChangeArguments,
}

/// What to change about a session.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct ChangeArguments {
    /// How hard it was, from 0 to 10 (Borg CR10); `none` removes it
    #[arg(short, long, value_name = "NUMBER", value_parser = or_none(rpe))]
    pub rpe: Option<AnswerArgument<f64>>,
    /// How breathless you were: 0 to 10, sentences, phrases or gasps; `none` removes it
    #[arg(long, value_name = "BREATH", value_parser = or_none(|t| t.parse::<Breath>()))]
    pub breath: Option<AnswerArgument<Breath>>,
    /// How it felt: great, good, so-so, bad or awful; `none` removes it
    #[arg(long, value_name = "FEEL", value_parser = or_none(|t| t.parse::<Feel>()))]
    pub feel: Option<AnswerArgument<Feel>>,
    /// A note; an empty text removes it
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// When it began; if you give only a day, the time of day stays
    #[arg(long, value_name = "WHEN")]
    pub on: Option<String>,
    /// The name of the workout
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub name: Option<String>,
}

/// An answer, or `none` to remove it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnswerArgument<T>(pub Option<T>);

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

/// The most weeks: ten years.
pub const MOST_WEEKS: usize = 530;

fn weeks(text: &str) -> Result<usize, String> {
    let weeks = text.trim().parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
    weeks.ok_or_else(|| format!("write a number from 1 to {MOST_WEEKS}, such as 26"))
}

/// Returns the text of a note, or `None` if it is empty.
pub fn note(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}
