//! `pacebell plan done` and `resume`: the answers to what `pacebell today` asks.

use super::change::{UNDO, choose, find};
use super::print_lines;
use crate::cli::active_plan;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, HumanDate};
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::text::{clean, quoted};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// Counts the latest session of a day that belongs to no item as a session of the plan. The day is today unless `on` is
/// given, and the session is that of the day unless `item` is.
pub fn done(context: &Context, item: Option<&str>, on: Option<&str>) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let day = on.map_or(Ok(agenda.today), |on| past_day(on, now))?;
    let sessions = &plan.history.sessions;
    // `plan done yesterday` without a run today: the run of that day is meant.
    let planned = item.filter(|_| on.is_none()).and_then(|item| past_day(item, now).ok());
    let day = match planned {
        Some(planned) if agenda.untied_on(sessions, day).is_empty() => planned,
        _ => day,
    };
    let untied = agenda.untied_on(sessions, day);
    let Some((index, run)) = untied.last().and_then(|index| Some((*index, sessions.get(*index)?))) else {
        let name = if day == agenda.today { "today".to_string() } else { plan_words::day(day) };
        let on = if day == agenda.today { String::new() } else { format!(" --on {day}") };
        return Err(refused(
            &format!("{name} has no run in the log that is not in the plan"),
            &format!("log one first: pacebell log add \"45min easy\"{on}"),
        ));
    };
    let item = match item {
        // With a day of the past, the session is one of the past as well.
        Some(item) if on.is_some() => match past_day(item, now) {
            Ok(planned) if agenda.day(planned).is_some() => find(&agenda, &planned.to_string(), now)?,
            _ => find(&agenda, item, now)?,
        },
        Some(item) => find(&agenda, item, now)?,
        None => find(&agenda, &day.to_string(), now)?,
    };
    if let Some(choice) = agenda.tie(sessions, index, item.id) {
        choose(context, &plan, &choice, now)?;
    }
    let tied = format!(
        "Done: {} was {}",
        clean(&run.workout),
        plan_words::item_and_day(&agenda, &item.id.to_string())
    );
    print_lines(&[tied, UNDO.to_string()])
}

/// Reads today or a day before it.
fn past_day(text: &str, now: DateTime<FixedOffset>) -> Result<NaiveDate, Failure> {
    match human_date::read(text, now) {
        Ok(HumanDate::Day(day)) if day <= now.date_naive() => Ok(day),
        Ok(HumanDate::Day(_)) => {
            Err(refused(&format!("{} is still to come", quoted(text)), "choose the day on which you ran"))
        }
        _ => Err(refused(
            &format!("{} is not a day", quoted(text)),
            "write a day: yesterday, tue, \"8 dec\", 2026-12-08",
        )),
    }
}

/// Answers the question after a week without a run: goes on with today's day, or repeats the last week that was run.
pub fn resume(context: &Context, repeat: bool) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let Some(question) = &agenda.question else {
        return Err(refused(
            "the plan goes on: there is nothing to resume",
            "`pacebell today` says what is due",
        ));
    };
    if !repeat {
        choose(context, &plan, &question.go_on, now)?;
        return print_lines(&["The plan goes on with today.".to_string(), UNDO.to_string()]);
    }
    let Some(again) = &question.repeat else {
        return Err(refused(
            "there is no week to repeat before the race or this week",
            "go on with today's day: `pacebell plan resume`",
        ));
    };
    choose(context, &plan, &again.choice, now)?;
    let repeated = format!(
        "Week {} begins again with today. All later weeks move, and what you chose about them moves with them.",
        again.week
    );
    print_lines(&[repeated, UNDO.to_string()])
}

/// An error with what to do.
pub fn refused(problem: &str, help: &str) -> Failure {
    Failure::Input(Report::new(problem).with_help(help))
}
