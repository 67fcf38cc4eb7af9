//! The command line's arguments.
//!
//! Every command takes only the options that change what it does.

pub mod checkin;
pub mod day;
mod examples;
pub mod export;
pub mod import;
pub mod log;
pub mod log_export;
mod loose_words;
pub mod mend;
pub mod options;
pub mod other_commands;
pub mod other_words;
mod parse;
pub mod plan;
pub mod profile;
pub mod sensors;
pub mod session_choice;
mod tip;
pub mod workout;

use super::context::CommonOptions;
use crate::units::{Millis, Rehearsal};
use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use options::{
    AudioOption, ColorOption, LeadingColorOption, LogOption, SensorOptions, SessionOptions, ThemeOption,
};
pub use parse::{is_command_line, mended, parse};
use plan::PlanArguments;
use profile::ProfileArguments;
use std::ffi::OsString;
use std::path::PathBuf;
use workout::{WorkoutArguments, time};

/// Time your running workouts, with a sound at every change
///
/// Without a command, pacebell opens the list of workouts.
#[derive(Debug, Parser)]
#[command(
    name = "pacebell",
    version,
    max_term_width = 80,
    after_help = examples::PACEBELL
)]
pub struct Arguments {
    #[command(flatten)]
    pub options: SessionOptions,
    #[command(flatten)]
    pub color: LeadingColorOption,
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Run a workout
    #[command(after_help = examples::RUN)]
    Run(RunArguments),
    /// Resume the latest unfinished session
    ///
    /// A session is unfinished if you chose to resume it later, if pacebell
    /// was killed, or if the battery ran out.
    #[command(after_help = examples::RESUME)]
    Resume(ResumeArguments),
    /// Show and edit the log of your sessions
    ///
    /// Without a command, shows the log on the screen, or prints it if there
    /// is no terminal.
    Log(log::LogArguments),
    /// Show what your plan has for today
    #[command(after_help = examples::TODAY)]
    Today(plan::TodayArguments),
    /// Say how you are this morning, and see what that makes of today
    ///
    /// Without answers, shows today's, or asks.
    #[command(after_help = examples::CHECKIN)]
    Checkin(checkin::CheckinArguments),
    /// Take small breaks through the day: walk, breathe, sit well
    ///
    /// Without a command, shows the day and reminds you in this terminal, or
    /// prints the day if there is no terminal.
    Day(day::DayArguments),
    /// Show a week of your plan, planned and run
    #[command(after_help = examples::WEEK)]
    Week(plan::WeekArguments),
    /// Follow a training plan
    ///
    /// Without a command, shows the plan that you follow.
    Plan(PlanArguments),
    /// Show and change your paces, zones and treadmill
    ///
    /// Without a command, shows the profile on the screen, or prints it if
    /// there is no terminal.
    Profile(ProfileArguments),
    /// Find heart rate straps, and choose the one that you wear
    Sensors(sensors::SensorsArguments),
    /// Measure your treadmill's lag and true speed
    #[command(after_help = examples::CALIBRATE)]
    Calibrate(CalibrateArguments),
    /// Show a workout's steps, total time and chart
    #[command(after_help = examples::SHOW)]
    Show(ShowArguments),
    /// Explain a workout in a sentence
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArguments),
    /// Print every event of a session at once, without waiting
    #[command(after_help = examples::SIMULATE)]
    Simulate(SimulateArguments),
    /// Save a workout's sound to a file, or the workout for another program
    ///
    /// The ending of the file decides. Everything that the other program cannot
    /// hold is a line.
    #[command(after_help = examples::EXPORT)]
    Export(export::ExportArguments),
    /// Bring in workouts of other programs
    ///
    /// Reads workouts of Zwift (.zwo) and QZ, FIT, ERG and MRC files, JSON of
    /// Garmin Connect and text of intervals.icu. Each becomes a workout of your own, with a line for
    /// everything that was repaired, assumed, changed or left out.
    #[command(after_help = examples::IMPORT)]
    Import(import::ImportArguments),
    /// List the workouts in the library, or search it
    #[command(after_help = examples::LIST)]
    List(ListArguments),
    /// Create a workout of your own
    #[command(after_help = examples::NEW)]
    New(NewArguments),
    /// Check workouts for mistakes
    #[command(after_help = examples::CHECK)]
    Check(CheckArguments),
    /// Format the notation in workout files
    #[command(after_help = examples::FMT)]
    Fmt(FmtArguments),
    /// Print the JSON Schema of workout files or of plans, for your editor
    #[command(after_help = examples::SCHEMA)]
    Schema {
        /// The kind of file
        #[arg(value_enum, default_value = "workout", value_name = "KIND")]
        kind: SchemaKind,
    },
    /// Print the workout language reference: everything you can write
    #[command(after_help = examples::LANGUAGE)]
    Language,
    /// Play each signal and say what it means
    #[command(after_help = examples::SOUNDS)]
    Sounds(SoundsArguments),
    /// Check your sound, terminal, files and settings
    #[command(after_help = examples::DOCTOR)]
    Doctor(DoctorArguments),
    /// Print a completion script for your shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArguments),
    /// Print the manual page, or write one for each command
    #[command(after_help = examples::MAN)]
    Man(ManArguments),
    /// A word that is not a command, and everything after it
    #[command(external_subcommand)]
    Unknown(Vec<OsString>),
}

#[derive(Debug, Args)]
pub struct RunArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// Print a line for each event instead of showing a screen
    #[arg(short, long, conflicts_with_all = ["theme", "flash"])]
    pub plain: bool,
    /// Rehearse the workout FACTOR times as fast
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = speed_factor)]
    pub speed: Rehearsal,
    #[command(flatten)]
    pub sensors: SensorOptions,
    #[command(flatten)]
    pub options: SessionOptions,
}

#[derive(Debug, Args)]
pub struct ResumeArguments {
    /// Print a line for each event instead of showing a screen
    #[arg(short, long, conflicts_with_all = ["theme", "flash"])]
    pub plain: bool,
    #[command(flatten)]
    pub options: SessionOptions,
}

#[derive(Debug, Args)]
pub struct CalibrateArguments {
    #[command(flatten)]
    pub theme: ThemeOption,
}

#[derive(Debug, Args)]
pub struct ShowArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// Print the compiled workout as JSON, for other programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Args)]
pub struct ListArguments {
    /// List only the workouts with these words in their name, title, tags or group
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
    /// Print the list as JSON, for other programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Args)]
pub struct SimulateArguments {
    #[command(flatten)]
    pub workout: WorkoutArguments,
    /// Print a line for each sound instead: SECONDS SIGNAL STEP
    #[arg(long)]
    pub cues: bool,
    /// Write the signals to a WAV file (48 kHz, 16-bit) that begins at second 0
    #[arg(long, value_name = "FILE")]
    pub wav: Option<PathBuf>,
    /// The time to allow for each step that waits for you
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    pub open: Millis,
}

#[derive(Debug, Args)]
pub struct NewArguments {
    /// What to call the workout
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The steps, such as "8×60s hard / 60s easy" [default: a template]
    #[arg(value_name = "NOTATION")]
    pub notation: Option<String>,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, names from the library, notation, or - for standard input
    #[arg(value_name = "WORKOUT", required = true)]
    pub workouts: Vec<String>,
    /// Fix the mistakes that have only one possible fix
    #[arg(long)]
    pub fix: bool,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Args)]
pub struct FmtArguments {
    /// Files to rewrite, notation to print, or - to read standard input and print
    /// the result
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
}

#[derive(Debug, Args)]
pub struct SoundsArguments {
    #[command(flatten)]
    pub audio: AudioOption,
}

#[derive(Debug, Args)]
pub struct DoctorArguments {
    #[command(flatten)]
    pub log: LogOption,
    #[command(flatten)]
    pub audio: AudioOption,
}

#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct ManArguments {
    /// Write a page for pacebell and each of its commands to this folder
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

impl Arguments {
    /// True if the command uses the settings and so cannot run while they have mistakes.
    pub fn reads_settings(&self, has_screen: bool) -> bool {
        match &self.command {
            None | Some(CliCommand::Calibrate(_)) => has_screen,
            Some(
                CliCommand::Run(_) | CliCommand::Resume(_) | CliCommand::Sounds(_) | CliCommand::Export(_),
            ) => true,
            Some(CliCommand::Log(arguments)) => has_screen && arguments.shows_screen(),
            Some(CliCommand::Profile(arguments)) => has_screen && arguments.shows_screen(),
            Some(CliCommand::Plan(arguments)) => has_screen && arguments.command.is_none() && !arguments.json,
            Some(CliCommand::Today(arguments)) => has_screen && !arguments.line && !arguments.json,
            Some(CliCommand::Week(_)) => has_screen,
            Some(CliCommand::Day(arguments)) => arguments.shows_screen(has_screen),
            Some(_) => false,
        }
    }

    /// Returns when the command prints in colour.
    pub fn color(&self) -> ColorChoice {
        let option = match &self.command {
            Some(CliCommand::Show(arguments)) => Some(arguments.color),
            Some(CliCommand::Explain(arguments)) => Some(arguments.color),
            Some(CliCommand::Import(arguments)) => Some(arguments.color),
            Some(CliCommand::List(arguments)) => Some(arguments.color),
            Some(CliCommand::Check(arguments)) => Some(arguments.color),
            Some(CliCommand::Log(arguments)) => Some(arguments.color),
            Some(CliCommand::Today(arguments)) => Some(arguments.color),
            Some(CliCommand::Week(arguments)) => Some(arguments.color),
            Some(CliCommand::Checkin(arguments)) => Some(arguments.color),
            Some(CliCommand::Plan(arguments)) => Some(arguments.color),
            Some(CliCommand::Day(arguments)) => Some(arguments.color),
            Some(CliCommand::Profile(arguments)) => Some(arguments.color),
            _ => None,
        };
        self.color.choice(option)
    }

    /// Returns the options that the command shares with others. They may stand in front of it or after it.
    pub fn common_options(&self) -> CommonOptions {
        self.command_options().or(self.options.to_common())
    }

    fn command_options(&self) -> CommonOptions {
        match &self.command {
            None => CommonOptions::default(),
            Some(CliCommand::Run(arguments)) => arguments.options.to_common(),
            Some(CliCommand::Resume(arguments)) => arguments.options.to_common(),
            Some(CliCommand::Log(arguments)) => CommonOptions {
                log: arguments.log.clone(),
                theme: arguments.theme.theme,
                ..CommonOptions::default()
            },
            Some(
                CliCommand::Today(plan::TodayArguments { log, .. })
                | CliCommand::Week(plan::WeekArguments { log, .. })
                | CliCommand::Checkin(checkin::CheckinArguments { log, .. }),
            ) => CommonOptions { log: log.log.clone(), ..CommonOptions::default() },
            Some(CliCommand::Plan(arguments)) => {
                CommonOptions { log: arguments.log.clone(), ..CommonOptions::default() }
            }
            Some(CliCommand::Day(arguments)) => {
                CommonOptions { log: arguments.log.clone(), ..CommonOptions::default() }
            }
            Some(CliCommand::Profile(ProfileArguments { theme, .. })) => theme.to_common(),
            Some(CliCommand::Calibrate(CalibrateArguments { theme })) => theme.to_common(),
            Some(CliCommand::Sounds(SoundsArguments { audio })) => {
                CommonOptions { audio: audio.audio, ..CommonOptions::default() }
            }
            Some(CliCommand::Doctor(DoctorArguments { log, audio })) => {
                CommonOptions { log: log.log.clone(), audio: audio.audio, ..CommonOptions::default() }
            }
            Some(CliCommand::Export(arguments)) => {
                CommonOptions { voice: arguments.voice.voice, ..CommonOptions::default() }
            }
            Some(_) => CommonOptions::default(),
        }
    }
}

/// Reads a factor from 1 to 1000, such as `20` or `20×`.
fn speed_factor(text: &str) -> Result<Rehearsal, String> {
    let factor = text.trim_end_matches(['x', '×']).parse().ok();
    factor.and_then(Rehearsal::checked).ok_or_else(|| "write a number from 1 to 1000, such as 20".to_string())
}

/// The files that have a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SchemaKind {
    /// A workout file
    Workout,
    /// A plan
    Plan,
}
