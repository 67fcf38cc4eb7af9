//! Arguments that say which workout a command is about.

use crate::units::Millis;
use crate::workout;
use clap::Args;

/// The workout that a command is about.
#[derive(Debug, Args)]
pub struct WorkoutArguments {
    /// A file, a library name or its beginning, - for standard input, or the notation: "8×60s hard / 60s easy"
    #[arg(allow_hyphen_values = true)]
    pub what: String,
    /// Put an easy warm-up in front, such as 5min
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub warmup: Option<Millis>,
    /// Put an easy cool-down behind, such as 5min
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub cooldown: Option<Millis>,
    /// Give one of the workout's parameters a value; may stand several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub set: Vec<(String, String)>,
}

pub fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_string(), value.trim().to_string()))
        }
        _ => Err("write the parameter's name, `=` and its value, such as effort=steady".to_string()),
    }
}

pub fn time(text: &str) -> Result<Millis, String> {
    match workout::parse_time(text) {
        Some(time) if time > Millis::ZERO && time <= Millis::from_secs(24 * 3600) => Ok(time),
        Some(_) => Err("must be longer than nothing and at most 24 h".to_string()),
        None => Err("write a time with its unit, such as 60s, 5min or 1:30".to_string()),
    }
}
