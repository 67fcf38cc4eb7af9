//! The arguments of `pacebell profile`.

use crate::athlete::Race;
use crate::cli::human_date::{self, HumanDate};
use crate::clock;
use crate::text::nearest;
use crate::units::{Millis, parse};
use chrono::NaiveDate;
use clap::{Args, Subcommand};

impl ProfileArguments {
    /// Whether it is to be looked at, and not printed.
    pub fn is_screen(&self) -> bool {
        self.command.is_none() && !self.json
    }
}

/// What to do with the profile; nothing: look at it.
#[derive(Debug, Args)]
pub struct ProfileArguments {
    #[command(subcommand)]
    pub command: Option<ProfileCommand>,
    /// Print it and what follows from it as JSON instead, for other programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Put in a race's result, from which all paces follow: 5K 22:30
    Race {
        /// Which: mile, 3K, 5K, 10K, 15K, half or marathon
        #[arg(value_parser = race)]
        race: Race,
        /// How long it took, such as 22:30 or 1:43:20
        #[arg(value_parser = race_time)]
        time: Millis,
        /// The day: 2026-09-13, yesterday, "last sunday"
        #[arg(long, value_name = "DAY", value_parser = day)]
        on: Option<NaiveDate>,
    },
    /// Give a key of the profile a value: belt.unit mph, athlete.hr_max 185
    Set {
        /// The key with its table: belt.unit, belt.gym.top, athlete.paces.easy, units.pace
        key: String,
        /// Its value, as the file would have it; quotes may be left out
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Take a key, or a whole table such as belt.gym, out of the profile
    Unset {
        /// The key with its table
        key: String,
    },
}

fn race(text: &str) -> Result<Race, String> {
    let word = text.trim().to_lowercase();
    let word = match word.as_str() {
        "half marathon" | "half-marathon" | "hm" | "21k" => "half",
        "1 mile" | "1mi" => "mile",
        other => other.trim_end_matches('m'),
    };
    let keys = || Race::ALL.iter().map(|race| race.key());
    let found = Race::ALL.into_iter().find(|race| race.key().eq_ignore_ascii_case(word));
    found.ok_or_else(|| match nearest(word, keys()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("the races are {}", keys().collect::<Vec<_>>().join(", ")),
    })
}

fn race_time(text: &str) -> Result<Millis, String> {
    parse::race_time(text).ok_or_else(|| "write minutes and seconds, such as 22:30, or 1:43:20".to_string())
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let now = clock::local_time();
    match human_date::read(text, now) {
        Ok(HumanDate::Day(day)) => Ok(day),
        Ok(HumanDate::Time(_)) => Ok(now.date_naive()),
        Ok(HumanDate::Local(time)) => Ok(time.date()),
        Ok(HumanDate::Moment(moment)) => Ok(moment.date_naive()),
        Err(why) => Err(format!("{}: {}", why.problem, why.help)),
    }
}
