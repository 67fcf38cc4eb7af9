//! The arguments of `pacebell log export`.

use super::session_choice::{SessionChoice, session};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// A format of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ActivityFormat {
    /// An activity for watches and training sites, with laps and pauses
    Fit,
    /// An activity for older programs: no treadmill, no incline
    Tcx,
    /// A line for each session, for spreadsheets
    Csv,
    /// Everything, for other programs
    Json,
}

impl ActivityFormat {
    /// Returns the format of files with this ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "fit" => Some(ActivityFormat::Fit),
            "tcx" => Some(ActivityFormat::Tcx),
            "csv" => Some(ActivityFormat::Csv),
            "json" => Some(ActivityFormat::Json),
            _ => None,
        }
    }
}

#[derive(Debug, Args)]
pub struct LogExportArguments {
    /// The session's number in the log, `last`, or its day
    #[arg(value_name = "ID", value_parser = session, required_unless_present = "since", conflicts_with = "since")]
    pub id: Option<SessionChoice>,
    /// All sessions from this day on: 2026-11-01, monday, "1 november"
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// The format [default: what the file's name ends in]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub to: Option<ActivityFormat>,
    /// The file to write. With `--since`, a folder for `--to fit` and `--to tcx`
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}
