//! `pacebell day tick`: reminds once if something is due.

use super::file;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock;
use crate::day::{DayAction, DayConfig, DayTurn, DeskPresence, WallMoment, WinMoment};
use crate::history::{Database, day_rows, wins};
use crate::notify::{self, ANSWER_TIME, Desktop, DesktopPresence, Notification, NotificationAnswer};
use std::io::Write;

/// Runs the command. Where nothing shows notifications, the reminder is a line of text.
pub fn tick(context: &Context) -> Result<(), Failure> {
    let day = file::require()?;
    let database = context.log()?;
    let now = clock::local_time();
    // Outside the hours nothing can come, so nobody is asked.
    let is_within_hours = day.config.is_within_hours(WallMoment::of(now).local());
    let desktop = if is_within_hours { Desktop::connect().presence() } else { DesktopPresence::default() };
    let turn = take_turn(&database, &day.config, desktop)?;
    let action = turn.remind.and_then(|place| day.config.actions.get(place));
    action.map_or(Ok(()), |action| remind(&database, action))
}

/// Takes the turn of this moment, with what the desktop and the log know.
///
/// # Errors
/// If the log cannot be read or written.
fn take_turn(database: &Database, config: &DayConfig, desktop: DesktopPresence) -> Result<DayTurn, Failure> {
    let mut connection = database.open()?;
    let now = clock::local_time();
    let turn = (|| {
        // A tick that is lost with the power is no loss.
        day_rows::write_without_waiting(&connection)?;
        let mut presence = DeskPresence {
            idle: desktop.idle,
            do_not_disturb: desktop.do_not_disturb,
            ..DeskPresence::default()
        };
        day_rows::add_sessions(database, &connection, now.timestamp_millis(), &mut presence)?;
        day_rows::take_turn(&mut connection, config, now, &presence)
    })();
    Ok(turn.map_err(|error| database.explain(&error))?)
}

/// Shows a reminder, and does what its answer says.
fn remind(database: &Database, action: &DayAction) -> Result<(), Failure> {
    let Some(answer) = notify::show(notification(action)) else {
        return Ok(writeln!(SpelledOutput::stdout(), "{}", sentence(action))?);
    };
    // Longer than the notification waits itself.
    let answer = answer.recv_timeout(ANSWER_TIME * 2).unwrap_or(NotificationAnswer::Nothing);
    let (connection, now) = (database.open()?, clock::local_time());
    let done = match answer {
        NotificationAnswer::Done => {
            let win = WinMoment { action: action.name.clone(), at: WallMoment::of(now) };
            wins::add(&connection, &win, false)
        }
        NotificationAnswer::Later => {
            let mut connection = connection;
            day_rows::remind_later(&mut connection, &action.key(), now.timestamp_millis())
        }
        NotificationAnswer::Nothing => Ok(()),
    };
    Ok(done.map_err(|error| database.explain(&error))?)
}

/// Returns the notification of an action.
pub fn notification(action: &DayAction) -> Notification {
    let body = match &action.workout {
        Some(workout) => format!("{} – pacebell day now {}", workout.text, shell_name(&action.name)),
        None => action.when.words(),
    };
    Notification { title: action.name.clone(), body }
}

fn sentence(action: &DayAction) -> String {
    let Notification { title, body } = notification(action);
    format!("{title}: {body}")
}

fn shell_name(name: &str) -> String {
    crate::cli::shell_word::shell_word(&name.to_lowercase())
}
