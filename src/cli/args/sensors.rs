//! The arguments of `pacebell sensors`.

use super::examples;
use super::workout::time;
use crate::units::Millis;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = examples::SENSORS)]
pub struct SensorsArguments {
    #[command(subcommand)]
    pub command: Option<SensorsCommand>,
    /// How long to look
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time)]
    pub within: Millis,
}

#[derive(Debug, Subcommand)]
pub enum SensorsCommand {
    /// Choose the strap that your sessions use
    ///
    /// Looks for it, and writes its address to your profile.
    #[command(after_help = examples::SENSORS_CHOOSE)]
    Choose {
        /// The name or the address, or the beginning of one that no other strap has
        #[arg(value_name = "NAME")]
        name: String,
        /// How long to look
        #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
        within: Millis,
    },
    /// Forget the strap
    #[command(after_help = examples::SENSORS_FORGET)]
    Forget,
    /// Print each heart rate of the strap as it comes
    #[command(after_help = examples::SENSORS_WATCH)]
    Watch {
        /// Stop after this long; without it, stop with Ctrl-C
        #[arg(long = "for", value_name = "TIME", value_parser = time)]
        length: Option<Millis>,
    },
}
