//! `pacebell profile`: shows the profile and what follows from it, and changes it.

pub mod first_run;
mod print;

use crate::athlete::Race;
use crate::cli::args::profile::{ProfileArguments, ProfileCommand};
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::human_date;
use crate::cli::load_workout;
use crate::cli::paint::TextPainter;
use crate::cli::profile_file::{self, ProfileChange, edit, full_key};
use crate::cli::report::Report;
use crate::cli::session::display::Display;
use crate::cli::session::page_host::PageHost;
use crate::cli::shell_word::{command_line, shell_word};
use crate::cli::spelled_output::SpelledOutput;
use crate::clock;
use crate::formats;
use crate::runner::figures;
use crate::runner::profile::{fastest, likelier_race, read_result};
use crate::text::{clean, quoted};
use crate::tui::screens::profile::ProfilePage;
use crate::units;
use crate::units::typed_time::TypedTime;
use crate::workout::parse_time;
use std::io::Write;

/// Runs the command.
pub fn profile(context: &Context, arguments: ProfileArguments) -> Result<(), Failure> {
    match arguments.command {
        None if !arguments.json && context.terminal.has_screen => show_page(context),
        None => print_profile(context, arguments.json),
        Some(ProfileCommand::Race { race, time, more: Some(more), .. }) => {
            Err(word_behind_race(race, &time, &more))
        }
        Some(ProfileCommand::Race { race, time, on, more: None }) => {
            let reading = read_result(race, &time).ok_or_else(|| no_result(race, &time))?;
            let change = profile_file::change(|text| edit::race(text, race, reading.time, on))?;
            warn(context, &change);
            print::reading(&time, reading)?;
            print::result(&change, race, &TextPainter::of_stdout(context))
        }
        Some(ProfileCommand::Set { key, value }) => set(context, &key, &value),
        Some(ProfileCommand::Unset { key }) => {
            let path = edit::path(&key, full_key::help(&key, None))
                .map_err(|refusal| Failure::Input(refusal.into()))?;
            let change = profile_file::change(|text| edit::unset(text, &path))?;
            warn(context, &change);
            let file = profile_file::display_path(&change.path);
            print::change(
                &format!("Removed {} from {file}", quoted(&key)),
                &change,
                &TextPainter::of_stdout(context),
            )
        }
    }
}

/// The error for a word after the time of a race: a date without its option, or the unit of the time.
fn word_behind_race(race: Race, time: &TypedTime, more: &str) -> Failure {
    let line = |words: &[&str]| {
        let words: Vec<String> =
            ["profile", "race", race.key()].iter().chain(words).map(|w| (*w).to_string()).collect();
        format!("write `{}`", command_line(&words))
    };
    let with_unit = format!("{}{}", time.text, more.trim().trim_end_matches('.'));
    let help = match human_date::read(more, clock::local_time()) {
        _ if parse_time(&with_unit).is_some() => line(&[&with_unit]),
        Ok(_) => line(&[&time.text, "--on", more]),
        Err(_) => "write the distance, then the time: `pacebell profile race 5K 22:30`".to_string(),
    };
    Failure::Input(Report::new(format!("{} comes after the time", quoted(more))).with_help(help))
}

fn no_result(race: Race, typed: &TypedTime) -> Failure {
    let times = || typed.readings().iter().map(|reading| reading.time);
    let problem = match times().next().filter(|time| *time < fastest(race)) {
        Some(time) => {
            let record = units::clock(fastest(race).whole_secs());
            format!("{time} is faster than anyone has run {}: the fastest is {record}", race.key())
        }
        None => format!("nobody runs a race of {} in {}", race.key(), typed.meanings()),
    };
    let other = times().find_map(|time| Some((likelier_race(race, time)?, time)));
    let help = match other {
        Some((other, time)) => format!(
            "check the time; for {}, write `pacebell profile race {} {time}`",
            other.key(),
            shell_word(other.key())
        ),
        None => match without_hours(race, &typed.text) {
            Some(clock) => {
                let key = shell_word(race.key());
                format!("if it was minutes and seconds, write `pacebell profile race {key} {clock}`")
            }
            None => "write the time as race clocks show it: 22:30 or 1:43:20".to_string(),
        },
    };
    Failure::Input(Report::new(problem).with_help(help))
}

/// Returns `25:00` for `25:00:00`, if a race can take that long.
fn without_hours(race: Race, text: &str) -> Option<&str> {
    let clock = text.strip_suffix(":00").filter(|clock| clock.contains(':'))?;
    read_result(race, &TypedTime::parse(clock)?).map(|_| clock)
}

fn show_page(context: &Context) -> Result<(), Failure> {
    let mut page = ProfilePage::new(figures::sheet(&load_workout::profile(context)?), context.theme);
    let mut host = PageHost::new(context, Display::Screen)?;
    host.show(&mut page)?;
    host.leave()
}

fn print_profile(context: &Context, as_json: bool) -> Result<(), Failure> {
    let profile = load_workout::profile(context)?;
    let mut out = SpelledOutput::stdout();
    if as_json {
        out.write_all(formats::profile::text(&profile).as_bytes())?;
    } else {
        let painter = TextPainter::of_stdout(context);
        for line in print::table(&profile, output_width().into(), &painter) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

fn set(context: &Context, key: &str, typed: &str) -> Result<(), Failure> {
    let path = edit::path(key, full_key::help(key, Some(typed)))
        .map_err(|refusal| Failure::Input(refusal.into()))?;
    let value = edit::value(typed);
    let change = profile_file::change(|text| edit::set(text, &path, &value))?;
    warn(context, &change);
    let file = profile_file::display_path(&change.path);
    print::change(
        &format!("Set {} = {} in {file}", clean(key), clean(&value)),
        &change,
        &TextPainter::of_stdout(context),
    )?;
    if let Some(note) = overridden(&path, &change) {
        writeln!(SpelledOutput::stdout(), "{note}")?;
    }
    Ok(())
}

/// Returns a note if a key of all treadmills was set and the one in use has its own value.
fn overridden(path: &[String], change: &ProfileChange) -> Option<String> {
    let [table, key] = path else { return None };
    let belt = change.after.belt_name().filter(|_| table == "belt" && key != "use")?;
    let own = ["belt", belt, key].map(String::from);
    edit::unset(&change.source.text, &own).ok()?;
    Some(format!(
        "`{}` has its own value, which wins. To change that: pacebell profile set {}",
        clean(belt),
        edit::dotted(&own)
    ))
}

fn warn(context: &Context, change: &ProfileChange) {
    load_workout::warn(context, &change.source, &change.warnings);
}
