//! The arguments of `pacebell profile`.

use super::examples;
use super::options::{ColorOption, ThemeOption};
use crate::athlete::Race;
use crate::cli::human_date::{self, HumanDate};
use crate::clock;
use crate::text::nearest;
use crate::units::typed_time::TypedTime;
use crate::workout::parse_time;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = examples::PROFILE)]
pub struct ProfileArguments {
    #[command(subcommand)]
    pub command: Option<ProfileCommand>,
    /// Print the profile, with its paces and zones, as JSON
    #[arg(long, conflicts_with = "theme")]
    pub json: bool,
    #[command(flatten)]
    pub theme: ThemeOption,
    #[command(flatten)]
    pub color: ColorOption,
}

impl ProfileArguments {
    /// True if the profile is shown on the screen where there is one.
    pub fn shows_screen(&self) -> bool {
        self.command.is_none() && !self.json
    }
}

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Enter a race result to get your paces
    #[command(after_help = examples::PROFILE_RACE)]
    Race {
        /// The distance: 1500, mile, 3K, 5K, 10K, 15K, "10 mile", half or marathon
        #[arg(value_name = "DISTANCE", value_parser = race)]
        race: Race,
        /// Your time, such as 22:30 or 1:43:20
        #[arg(value_name = "TIME", value_parser = race_time)]
        time: TypedTime,
        /// The day of the race: 2026-09-13, yesterday, "last sunday"
        #[arg(long, value_name = "DAY", value_parser = day)]
        on: Option<NaiveDate>,
        /// Words that come after the time, because a distance of two words has no quotes
        #[arg(hide = true)]
        more: Option<String>,
    },
    /// Set a key of the profile
    #[command(after_help = examples::PROFILE_SET)]
    Set {
        /// The table and the key, such as belt.unit or athlete.paces.easy
        #[arg(value_name = "KEY")]
        key: String,
        /// The value as in the file; you can leave out the quotes
        #[arg(value_name = "VALUE", allow_hyphen_values = true)]
        value: String,
    },
    /// Remove a key or a table from the profile
    #[command(after_help = examples::PROFILE_UNSET)]
    Unset {
        /// The table and the key, such as belt.unit, or a table such as belt.gym
        #[arg(value_name = "KEY")]
        key: String,
    },
}

fn race(text: &str) -> Result<Race, String> {
    let word = text.trim().to_lowercase();
    let word = match word.as_str() {
        "half marathon" | "half-marathon" | "hm" | "21k" => "half",
        "1 mile" | "1mi" => "mile",
        "10 miles" | "10-mile" | "10mi" | "10m" => "10 mile",
        other => other.trim_end_matches('m'),
    };
    let keys = || Race::ALL.iter().map(|race| race.key());
    let found = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(word));
    found.ok_or_else(|| match nearest(word, keys()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("write one of {}", keys().collect::<Vec<_>>().join(", ")),
    })
}

fn race_time(text: &str) -> Result<TypedTime, String> {
    let written = || parse_time(text).map(|time| TypedTime::written(text, time));
    if let Some(clock) = with_colons(text) {
        return Err(format!("a time has colons: write {clock}"));
    }
    TypedTime::parse(text).or_else(written).ok_or_else(|| {
        let clock = text.replace('.', ":");
        match text.trim().to_lowercase().as_str() {
            "marathon" | "mile" | "miles" | "k" | "km" => {
                "put a distance of two words in quotes, as in \"half marathon\"".to_string()
            }
            _ if clock != text && TypedTime::parse(&clock).is_some() => {
                format!("a time has colons: write {clock}")
            }
            _ => "write a time with colons, such as 22:30 or 1:43:20".to_string(),
        }
    })
}

/// Returns `2230` as `22:30`, and `14320` as `1:43:20`. Nothing for other texts.
pub fn with_colons(text: &str) -> Option<String> {
    let is_number = (3..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (minutes, seconds) = text.split_at_checked(text.len().checked_sub(2)?).filter(|_| is_number)?;
    let clock = match minutes.split_at_checked(minutes.len().saturating_sub(2)) {
        Some((hours, minutes)) if !hours.is_empty() => format!("{hours}:{minutes}:{seconds}"),
        _ => format!("{minutes}:{seconds}"),
    };
    TypedTime::parse(&clock).map(|_| clock)
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let now = clock::local_time();
    match human_date::read(text, now) {
        Ok(HumanDate::Day(day)) => Ok(day),
        Ok(HumanDate::Time(_)) => Ok(now.date_naive()),
        Ok(HumanDate::Local(time)) => Ok(time.date()),
        Ok(HumanDate::Moment(moment)) => Ok(moment.date_naive()),
        Err(refusal) => Err(format!("{}: {}", refusal.problem, refusal.help)),
    }
}
