//! The arguments of `pacebell checkin`.

use super::options::{ColorOption, LogOption};
use clap::Args;

#[derive(Debug, Args)]
pub struct CheckinArguments {
    /// Sleep, soreness, energy and mood, each from 1 to 5: 5 is deep sleep, no
    /// soreness, full energy and a bright mood [default: asks]
    #[arg(num_args = 4, value_names = ["SLEEP", "SORENESS", "ENERGY", "MOOD"],
          value_parser = scale)]
    pub scales: Vec<u8>,
    /// The resting heart rate, if you measured it
    #[arg(long, value_name = "BPM", value_parser = clap::value_parser!(u32).range(20..=200))]
    pub heart: Option<u32>,
    /// Sharp pain, fever or illness, or an injury that changes your stride
    #[arg(long)]
    pub stop: bool,
    #[command(flatten)]
    pub log: LogOption,
    #[command(flatten)]
    pub color: ColorOption,
}

fn scale(text: &str) -> Result<u8, String> {
    let number = text.parse().ok().filter(|number| (1..=5).contains(number));
    number.ok_or_else(|| "write a number from 1 to 5, where 5 is good".to_string())
}
