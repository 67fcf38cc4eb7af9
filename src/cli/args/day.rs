//! The arguments of `pacebell day`.

use super::examples;
use super::options::{ColorOption, LeadingColorOption, SessionOptions};
use super::workout::time;
use super::{Arguments, CliCommand};
use crate::units::Millis;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = examples::DAY)]
pub struct DayArguments {
    #[command(subcommand)]
    pub command: Option<DayCommand>,
    /// Use this log file instead of the default one
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub color: ColorOption,
}

impl DayArguments {
    /// True if the command may show a screen.
    pub fn shows_screen(&self, has_screen: bool) -> bool {
        match self.command {
            None => has_screen,
            Some(DayCommand::Now { .. }) => true,
            Some(_) => false,
        }
    }
}

impl Arguments {
    /// Returns the arguments of `day tick`, without any option.
    pub fn day_tick() -> Self {
        let day = DayArguments { command: Some(DayCommand::Tick), log: None, color: ColorOption::default() };
        Arguments {
            options: SessionOptions::default(),
            color: LeadingColorOption::default(),
            command: Some(CliCommand::Day(day)),
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum DayCommand {
    /// Do an action now, to the clock
    ///
    /// It counts as a win once it is in the log. An action without a workout
    /// counts at once.
    #[command(after_help = examples::DAY_NOW)]
    Now {
        /// The name of an action in day.toml
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Count an action that you did without the clock
    #[command(after_help = examples::DAY_DONE)]
    Done {
        /// The name of an action in day.toml
        #[arg(value_name = "NAME")]
        name: String,
        /// Take back its last win of today instead
        #[arg(long)]
        undo: bool,
    },
    /// Hold reminders back for a while
    ///
    /// The quiet time ends by itself. Afterwards, one reminder comes.
    #[command(after_help = examples::DAY_QUIET)]
    Quiet {
        /// How long, up to 24 hours, or `off`
        #[arg(value_name = "TIME", default_value = "1h", value_parser = quiet_time)]
        time: QuietTime,
    },
    /// Let a timer of the system remind you, without a terminal
    #[command(after_help = examples::DAY_ON)]
    On,
    /// Remove that timer
    #[command(after_help = examples::DAY_OFF)]
    Off,
    /// Remind once if something is due, and end; for timers
    #[command(after_help = examples::DAY_TICK)]
    Tick,
}

/// The length of a quiet time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuietTime {
    /// Quiet for this long.
    For(Millis),
    /// No longer quiet.
    Off,
}

fn quiet_time(text: &str) -> Result<QuietTime, String> {
    match text.trim().eq_ignore_ascii_case("off") {
        true => Ok(QuietTime::Off),
        false => time(text).map(QuietTime::For),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[test]
    fn a_timer_gets_what_the_command_line_would_give() {
        let parsed = Arguments::try_parse_from(["pacebell", "day", "tick"]).unwrap();
        assert_eq!(format!("{:?}", Arguments::day_tick()), format!("{parsed:?}"));
    }
}
