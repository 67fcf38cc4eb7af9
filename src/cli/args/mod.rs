//! The command line's arguments.

pub mod log;
pub mod profile;
pub mod workout;

use super::context;
use crate::cues::Verbosity;
use crate::units::Millis;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use workout::{WorkoutArguments, time};

/// A workout timer for runners: digits to read from the belt, a sound on every change.
#[derive(Debug, Parser)]
#[command(name = "pacebell", version, about, max_term_width = 100)]
pub struct Arguments {
    /// Another log than the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub dress: context::ScreenOptions,
    /// How much a voice says during a session
    #[arg(long, global = true, value_name = "HOW MUCH")]
    pub voice: Option<Verbosity>,
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

impl Arguments {
    /// Whether it reads keys, or shows a screen where the terminal has one.
    pub fn has_a_front(&self) -> bool {
        match &self.command {
            None | Some(CliCommand::Calibrate) => context::has_a_screen(),
            Some(CliCommand::Run(_) | CliCommand::Resume { .. } | CliCommand::Sounds) => true,
            Some(CliCommand::Log(arguments)) => context::has_a_screen() && arguments.is_screen(),
            Some(CliCommand::Profile(arguments)) => context::has_a_screen() && arguments.is_screen(),
            Some(_) => false,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Run a workout: count it down, with a sound at every change
    Run(RunArguments),
    /// Go on with the session that was last left unfinished: killed, crashed, or put off
    Resume {
        /// Print a line for each event instead of a screen
        #[arg(long)]
        plain: bool,
    },
    /// The log: what was run. Look at it, correct it, add to it
    Log(log::LogArguments),
    /// Your paces, zones and treadmill, and all that follows from them. Look at them, change them
    Profile(profile::ProfileArguments),
    /// Measure your treadmill: how long it takes from one speed to another, and how fast it really runs
    Calibrate,
    /// Show a workout: its steps, its totals and a picture of its profile
    Show {
        #[command(flatten)]
        workout: WorkoutArguments,
        /// Print the compiled workout as JSON instead, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Go through a whole session at once, without waiting: each event with its second
    Simulate(SimulateArguments),
    /// Write a workout's sound into a file, to run by outdoors: the same signals on the same seconds
    Export(ExportArguments),
    /// Teach the signals: each is named and played, in twenty seconds
    Sounds,
    /// Look whether all is well: sound, terminal, folders, settings; and say how to mend what is not
    Doctor,
    /// List the workouts of the library
    List,
    /// Say in a sentence of plain English what a workout is, and its total
    Explain {
        #[command(flatten)]
        workout: WorkoutArguments,
    },
    /// Write a new workout of your own, to be edited: from notation, or from a template
    New {
        /// What to call it
        name: String,
        /// Its steps, such as "8×60s hard / 60s easy"
        notation: Option<String>,
    },
    /// Check workouts without running them: every problem, underlined, with what to write instead
    Check {
        /// Files, library names, - for standard input, or notation
        #[arg(required = true, allow_hyphen_values = true)]
        what: Vec<String>,
        /// Mend what can be mended in one way only; the rest of the file stays byte for byte
        #[arg(long)]
        fix: bool,
    },
    /// Rewrite the notation of workout files in its canonical form; comments and layout stay
    Fmt {
        /// Files, or - to read standard input and print
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Print the JSON Schema of workout files, with which editors complete and check them
    Schema,
}

#[derive(Debug, Args)]
pub struct RunArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// Print a line for each event instead of a screen (what runs when the output is no terminal)
    #[arg(long)]
    pub plain: bool,
    /// Rehearse: run this many times as fast
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = factor)]
    pub speed: f64,
}

#[derive(Debug, Args)]
pub struct SimulateArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// Print a line for each onset of a sound instead: SECONDS SIGNAL STEP
    #[arg(long)]
    pub cues: bool,
    /// Write the session's sound to a WAV file (48 kHz, 16 bit); its first sample is second 0
    #[arg(long, value_name = "FILE")]
    pub wav: Option<PathBuf>,
    /// How long steps last that wait for the runner
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub open: Millis,
}

#[derive(Debug, Args)]
pub struct ExportArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// The kind of file: wav (48 kHz, 16 bit, mono; its first sample is second 0)
    #[arg(long, value_name = "KIND", default_value = "wav")]
    pub to: ExportFormat,
    /// The file. Only an earlier recording is written over
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// How long steps last that wait for the runner
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub open: Millis,
}

/// What a workout can be exported to.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExportFormat {
    /// A WAV file
    Wav,
}

/// Slower than real time helps nobody; past a thousand the screen shows nothing any more.
pub fn factor(text: &str) -> Result<f64, String> {
    match text.trim_end_matches(['x', '×']).parse::<f64>() {
        Ok(speed) if (1.0..=1000.0).contains(&speed) => Ok(speed),
        _ => Err("write a number from 1 to 1000, such as 20".to_string()),
    }
}
