//! The arguments of `pacebell log`.

use super::workout::{WorkoutArguments, time};
use crate::history::SessionId;
use crate::session::answers::{Answers, Breath, Feel, scale_number};
use crate::units::Millis;
use clap::{Args, Subcommand};
use std::path::PathBuf;

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
    pub command: Option<LogCommand>,
    /// Print all of it as JSON instead, the oldest session first
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print all of it as CSV for spreadsheets, the oldest session first
    #[arg(long)]
    pub csv: bool,
}

#[derive(Debug, Subcommand)]
pub enum LogCommand {
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
pub struct AddArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// When: yesterday, "friday 7:30", 2026-11-20, "2026-11-20 07:30" [default: it has just ended]
    #[arg(long, value_name = "WHEN")]
    pub on: Option<String>,
    /// How long it took in all, from a watch
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub took: Option<Millis>,
    /// How hard it was, 0 to 10 (Borg's CR-10)
    #[arg(long, value_parser = rpe)]
    pub rpe: Option<f64>,
    /// Breathlessness, 0 to 10, or what you could still say: sentences, phrases, gasps
    #[arg(long)]
    pub breath: Option<Breath>,
    /// How it felt: great, good, so-so, bad, awful
    #[arg(long)]
    pub feel: Option<Feel>,
    /// Anything else
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
}

#[derive(Debug, Args)]
pub struct EditArguments {
    /// Its number in the log
    #[arg(value_parser = id)]
    pub id: SessionId,
    /// How hard it was, 0 to 10 (Borg's CR-10); `none` takes the answer away
    #[arg(long, value_parser = or_none(rpe))]
    pub rpe: Option<AnswerArgument<f64>>,
    /// Breathlessness, 0 to 10, or sentences, phrases, gasps; or `none`
    #[arg(long, value_parser = or_none(|t| t.parse::<Breath>()))]
    pub breath: Option<AnswerArgument<Breath>>,
    /// How it felt: great, good, so-so, bad, awful; or `none`
    #[arg(long, value_parser = or_none(|t| t.parse::<Feel>()))]
    pub feel: Option<AnswerArgument<Feel>>,
    /// Anything else; an empty one takes it away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// When it began; a day alone keeps the time of day
    #[arg(long, value_name = "WHEN")]
    pub on: Option<String>,
    /// What the workout is called
    #[arg(long, allow_hyphen_values = true)]
    pub name: Option<String>,
}

/// An answer, or none any more.
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

fn id(text: &str) -> Result<SessionId, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number
        .map(SessionId)
        .ok_or_else(|| "write the number that `pacebell log` shows in front of the session".to_string())
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

/// What was answered on the command line; a note that says nothing is none.
pub fn note(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}
