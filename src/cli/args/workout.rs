//! Arguments that name a workout and change it.

use crate::units::Millis;
use crate::units::typed_time::TypedTime;
use crate::workout;
use crate::workout::bounds::LONGEST_WORKOUT;
use clap::Args;

/// A workout and the changes to make to it.
#[derive(Debug, Args)]
pub struct WorkoutArguments {
    /// A name from the library, a file, notation such as "8×60s hard / 60s
    /// easy", or - for standard input
    #[arg(value_name = "WORKOUT")]
    pub workout: String,
    /// Begin with an easy warm-up, such as 5min
    #[arg(short, long, value_name = "TIME", value_parser = time, help_heading = "Workout options")]
    pub warmup: Option<Millis>,
    /// End with an easy cool-down, such as 5min
    #[arg(short, long, value_name = "TIME", value_parser = time, help_heading = "Workout options")]
    pub cooldown: Option<Millis>,
    /// Fit the workout into a time, such as 12min
    #[arg(long = "in", value_name = "TIME", value_parser = time_in_all, help_heading = "Workout options")]
    pub within: Option<Millis>,
    /// Set a parameter of the workout (repeat to set more)
    #[arg(short, long, value_name = "NAME=VALUE", value_parser = parameter, help_heading = "Workout options")]
    pub set: Vec<(String, String)>,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_string(), value.trim().to_string()))
        }
        _ => Err("write the parameter's name, `=` and its value, such as effort=steady".to_string()),
    }
}

/// Reads a time whose unit may be left out: 70min, 1:10, 1:10:00, 55.
pub fn typed_time(text: &str) -> Result<TypedTime, String> {
    match TypedTime::parse(text) {
        Some(typed) => Ok(typed),
        None => time(text)
            .map(|time| TypedTime::written(text, time))
            .map_err(|_| "write a time with colons or units, such as 55:00, 1:10:00 or 70min".to_string()),
    }
}

/// Reads the time that a workout is to take in all. A bare number may be minutes or seconds, so it is an error.
fn time_in_all(text: &str) -> Result<Millis, String> {
    match text.trim().parse::<u32>() {
        Ok(number) => Err(format!("{number} of what? Write {number}min or {number}s")),
        Err(_) => time(text),
    }
}

/// Reads a time of at most 24 hours, with its unit.
pub fn time(text: &str) -> Result<Millis, String> {
    match workout::parse_time(text) {
        Some(time) if time > Millis::ZERO && time <= LONGEST_WORKOUT => Ok(time),
        Some(_) => Err("the time must be more than 0 and at most 24 h".to_string()),
        None => Err("write a time with its unit, such as 60s, 5min or 1:30".to_string()),
    }
}
