//! `pacebell profile`: what the profile says and what follows from it, and the commands that change it.

pub mod edit;
pub mod file;
pub mod first_run;
mod print;

use super::log::human_date;
use super::log::human_date::HumanDate;
use crate::athlete::Race;
use crate::cli::failure::Failure;
use crate::cli::session::page_host::{PageHost, PageOutcome};
use crate::cli::session::run::theme;
use crate::cli::{context, load_workout};
use crate::clock;
use crate::formats;
use crate::runner::figures;
use crate::text::{clean, nearest, quoted};
use crate::tui::screens::profile::ProfilePage as Page;
use crate::units::{Millis, parse};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use edit::EditRefusal;
use file::ProfileChange;
use std::io::{self, Write};
use std::process::ExitCode;

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
    command: Option<ProfileCommand>,
    /// Print it and what follows from it as JSON instead, for other programs
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum ProfileCommand {
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

/// Runs the command.
pub fn profile(arguments: ProfileArguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        None if arguments.is_screen() && context::has_a_screen() => return page(),
        None => look(arguments.json)?,
        Some(ProfileCommand::Race { race, time, on }) => {
            let change = file::change(|text| edit::race(text, race, time, on))?;
            warn(&change);
            print::result(&change, race)?;
        }
        Some(ProfileCommand::Set { key, value }) => set(&key, &value)?,
        Some(ProfileCommand::Unset { key }) => {
            let path = edit::path(&key).map_err(refused)?;
            let change = file::change(|text| edit::unset(text, &path))?;
            warn(&change);
            print::say(&format!("{} is no longer in {}", quoted(&key), file::shown(&change.path)), &change)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows the profile on the screen.
fn page() -> Result<ExitCode, Failure> {
    let mut page = Page::new(figures::sheet(&load_workout::profile()?), theme());
    let mut stage = PageHost::new()?;
    let shown = stage.show(&mut page);
    stage.leave()?;
    Ok(match shown? {
        PageOutcome::Done(()) => ExitCode::SUCCESS,
        PageOutcome::Signal(signal) => signal.into(),
    })
}

fn look(as_json: bool) -> Result<(), Failure> {
    let profile = load_workout::profile()?;
    let mut out = io::stdout().lock();
    if as_json {
        out.write_all(formats::profile::text(&profile).as_bytes())?;
    } else {
        for line in print::table(&profile) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

fn set(key: &str, typed: &str) -> Result<(), Failure> {
    let path = edit::path(key).map_err(refused)?;
    let value = edit::value(typed);
    let change = file::change(|text| edit::set(text, &path, &value))?;
    warn(&change);
    let said = format!("{} = {} is in {}", clean(key), clean(&value), file::shown(&change.path));
    print::say(&said, &change)?;
    if let Some(said) = overridden(&path, &change) {
        writeln!(io::stdout(), "{said}")?;
    }
    Ok(())
}

/// What is said where a key of all belts is set and the one that is run on has its own.
fn overridden(path: &[String], change: &ProfileChange) -> Option<String> {
    let [table, key] = path else { return None };
    let name = change.after.belt_name().filter(|_| table == "belt" && key != "use")?;
    let (source, _) = &change.warnings;
    let own = ["belt", name, key].map(String::from);
    edit::unset(&source.text, &own).ok()?;
    Some(format!(
        "`{}` has one of its own, which wins: `pacebell profile set {}`",
        clean(name),
        edit::dotted(&own)
    ))
}

fn warn(change: &ProfileChange) {
    let (source, warnings) = &change.warnings;
    load_workout::warn(source, warnings);
}

fn refused(why: EditRefusal) -> Failure {
    Failure::Input(format!("error: {}\n  = help: {}\n", why.problem, why.help))
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
