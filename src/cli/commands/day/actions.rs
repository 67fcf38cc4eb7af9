//! `pacebell day now`, `done` and `quiet`.

use super::file::{self, LoadedDay};
use crate::cli::args::day::QuietTime;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::session::display::Display;
use crate::cli::session::offer::{RunChoice, offer_before_run};
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run::{StartMode, confirm_checklist, run_session};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::workout_text::WorkoutText;
use crate::clock;
use crate::day::{ActionWorkout, DayAction, WallMoment, WinCount, WinMoment};
use crate::display::day as words;
use crate::history::{day_rows, wins};
use crate::library::{NamedWorkouts, WorkoutSource};
use crate::plan::WorkoutLookup;
use crate::runner::profile::Profile;
use crate::units::Rehearsal;
use crate::workout::{Compiled, Diagnostic, Options, SourceText};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::io::Write;
use std::sync::Arc;

/// The past that wins are read from, in milliseconds: the counted days, and one for the time zone.
pub const COUNTED_MS: i64 = 15 * 24 * 3600 * 1000;

/// Runs an action's workout. It counts once it is in the log.
pub fn now(context: &Context, name: &str) -> Result<(), Failure> {
    let LoadedDay { source, config } = file::require()?;
    let action = file::action(&config, name)?;
    let Some(workout) = &action.workout else { return count(context, action, false) };
    let workout = load(context, action, workout, &source)?;
    let mut host = PageHost::new(context, Display::choose(context, false))?;
    match offer_before_run(&mut host, &workout.sequence)? {
        RunChoice::Run => {}
        RunChoice::Resume(unfinished) => return run_session(&mut host, StartMode::Resumed(unfinished)),
        RunChoice::Quit => return Ok(()),
    }
    if run(&mut host, action, workout)? {
        print_count(context, &action.name)?;
    }
    Ok(())
}

/// Runs a workout, and counts it if it was logged. Returns true if it was.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the log cannot be written.
pub fn run(host: &mut PageHost<'_>, action: &DayAction, workout: LoadedWorkout) -> Result<bool, Failure> {
    if !confirm_checklist(host, &workout.sequence)? {
        return Ok(false);
    }
    let context = host.context;
    let began = clock::since_1970();
    run_session(host, StartMode::New(Box::new(workout), Rehearsal::REAL_TIME))?;
    let database = context.log()?;
    let connection = database.open()?;
    let logged = day_rows::logged_since(&connection, began).map_err(|error| database.explain(&error))?;
    if logged {
        let win = WinMoment { action: action.name.clone(), at: WallMoment::of(clock::local_time()) };
        wins::add(&connection, &win, true).map_err(|error| database.explain(&error))?;
    }
    Ok(logged)
}

/// Compiles the workout of an action. Notation is no run, unless it can only be one.
///
/// # Errors
/// If it has mistakes, or the profile cannot be used.
pub fn load(
    context: &Context,
    action: &DayAction,
    workout: &ActionWorkout,
    file: &SourceText,
) -> Result<LoadedWorkout, Failure> {
    let profile = load_workout::profile(context)?;
    let named = NamedWorkouts::default().workout(&workout.text).map(WorkoutText::file);
    let own = WorkoutText::file(workout.as_file(&action.name));
    let notation = || {
        let source = SourceText::new("notation", workout.text.as_str());
        WorkoutText::from(WorkoutSource::Notation(source))
    };
    let compile = |text: WorkoutText, profile: &Profile| {
        text.compile(profile, &Options::default()).map(|compiled| (text.source, compiled))
    };
    let compiled: Result<(SourceText, Compiled), Vec<Diagnostic>> = match named {
        Some(text) => compile(text, &profile),
        None => compile(own, &profile).or_else(|_| compile(notation(), &profile)),
    };
    match compiled {
        Ok((source, compiled)) => {
            let sequence = Arc::new(compiled.sequence);
            Ok(LoadedWorkout { sequence, source, profile, item: None })
        }
        // The mistakes are shown where they were written.
        Err(problems) => match file::load_checked(context) {
            Err(failure) => Err(failure),
            Ok(_) => Err(Failure::mistakes(file.clone(), problems)),
        },
    }
}

/// Counts an action that was done without the clock.
pub fn done(context: &Context, name: &str) -> Result<(), Failure> {
    let day = file::require()?;
    count(context, file::action(&day.config, name)?, false)
}

fn count(context: &Context, action: &DayAction, is_timed: bool) -> Result<(), Failure> {
    let database = context.log()?;
    let connection = database.open()?;
    let win = WinMoment { action: action.name.clone(), at: WallMoment::of(clock::local_time()) };
    wins::add(&connection, &win, is_timed).map_err(|error| database.explain(&error))?;
    print_count(context, &action.name)
}

/// Takes back the last win of an action today.
pub fn undo(context: &Context, name: &str) -> Result<(), Failure> {
    let day = file::require()?;
    let action = file::action(&day.config, name)?;
    let database = context.log()?;
    let connection = database.open()?;
    let now = clock::local_time();
    let undone = wins::undo_last(&connection, Some(&action.name), start_of_day(now), now.timestamp_millis());
    match undone.map_err(|error| database.explain(&error))? {
        Some(win) => {
            let time = win.at.local().format("%H:%M");
            writeln!(SpelledOutput::stdout(), "{} at {time} no longer counts.", action.name)?;
        }
        None => writeln!(SpelledOutput::stdout(), "{} has no win today.", action.name)?,
    }
    Ok(())
}

/// Returns the beginning of the local day, in milliseconds since 1970.
pub fn start_of_day(now: DateTime<FixedOffset>) -> i64 {
    let since = now.time().signed_duration_since(chrono::NaiveTime::MIN);
    now.checked_sub_signed(since).unwrap_or(now).timestamp_millis()
}

fn print_count(context: &Context, name: &str) -> Result<(), Failure> {
    let count = win_count(context)?;
    Ok(writeln!(
        SpelledOutput::stdout(),
        "{name}: done. {}; {}.",
        words::wins_today(&count),
        count.sentence()
    )?)
}

/// Counts the wins of the last two weeks.
///
/// # Errors
/// If the log cannot be read.
pub fn win_count(context: &Context) -> Result<WinCount, Failure> {
    let now = clock::local_time();
    Ok(WinCount::of(&recent_wins(context, now)?, now.date_naive()))
}

/// Returns a sentence about the small wins for Today: `2 small wins today; 13 of the last 14 days had one.` `None` if there
/// was none in these days.
///
/// # Errors
/// If the log cannot be read.
pub fn wins_note(context: &Context) -> Result<Option<String>, Failure> {
    let count = win_count(context)?;
    let note = format!("{}; {}.", words::wins_today(&count), count.sentence());
    Ok((count.days() > 0).then_some(note))
}

/// Returns the wins that are counted at `now`.
///
/// # Errors
/// If the log cannot be read.
pub fn recent_wins(context: &Context, now: DateTime<FixedOffset>) -> Result<Vec<WinMoment>, Failure> {
    let database = context.log()?;
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    let from = now.timestamp_millis().saturating_sub(COUNTED_MS);
    Ok(wins::since(&connection, from).map_err(|error| database.explain(&error))?)
}

/// Holds reminders back, or no longer.
pub fn quiet(context: &Context, time: QuietTime) -> Result<(), Failure> {
    let database = context.log()?;
    let connection = database.open()?;
    let now = clock::local_time();
    let until = match time {
        QuietTime::For(length) => {
            now.checked_add_signed(TimeDelta::milliseconds(i64::try_from(length.get()).unwrap_or(0)))
        }
        QuietTime::Off => None,
    };
    let until_ms = until.map(|until| until.timestamp_millis());
    day_rows::be_quiet(&connection, until_ms).map_err(|error| database.explain(&error))?;
    let said = match until {
        Some(until) => format!("Quiet until {}.", until.format("%H:%M")),
        None => "Reminders come again.".to_string(),
    };
    Ok(writeln!(SpelledOutput::stdout(), "{said}")?)
}
