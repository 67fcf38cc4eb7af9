//! The arguments of `import`.

use super::options::ColorOption;
use crate::formats::exchange::FileLengthUnit;
use crate::formats::exchange::bike_power::PowerReading;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Files of other programs, and folders with them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Only say what would come in
    #[arg(long)]
    pub dry_run: bool,
    /// Print the report as JSON, for other programs
    #[arg(long)]
    pub json: bool,
    /// Leave out every file that needs a repair or would lose something, and exit with 1
    #[arg(long)]
    pub strict: bool,
    /// The folder to write to [default: your library]
    #[arg(long, value_name = "FOLDER")]
    pub to: Option<PathBuf>,
    /// Replace workouts of the same name
    #[arg(long)]
    pub force: bool,
    /// How to read power on a bike
    #[arg(long, value_name = "HOW", default_value = "words")]
    pub power: PowerOption,
    /// What the lengths of a Zwift run are, if its file does not say
    #[arg(long, value_name = "UNIT")]
    pub durations: Option<DurationsOption>,
    /// Your threshold power on a bike, for files that give watts only
    #[arg(long, value_name = "WATTS", value_parser = clap::value_parser!(u16).range(20..2000))]
    pub ftp: Option<u16>,
    #[command(flatten)]
    pub color: ColorOption,
}

/// How to read power on a bike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PowerOption {
    /// As an effort: easy for 56 to 75 % of FTP
    Words,
    /// As the same share of threshold pace
    Pace,
    /// As a perceived effort
    Rpe,
}

impl From<PowerOption> for PowerReading {
    fn from(option: PowerOption) -> Self {
        match option {
            PowerOption::Words => PowerReading::Words,
            PowerOption::Pace => PowerReading::Pace,
            PowerOption::Rpe => PowerReading::Rpe,
        }
    }
}

/// The unit of lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DurationsOption {
    /// Seconds
    Time,
    /// Metres
    Distance,
}

impl From<DurationsOption> for FileLengthUnit {
    fn from(option: DurationsOption) -> Self {
        match option {
            DurationsOption::Time => FileLengthUnit::Time,
            DurationsOption::Distance => FileLengthUnit::Distance,
        }
    }
}
