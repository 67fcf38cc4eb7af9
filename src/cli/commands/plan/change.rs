//! `pacebell plan move`, `skip` and `stop`.

use super::print_lines;
use crate::agenda::{Agenda, AgendaItem, ItemState, PlanChoice};
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_date;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::history::blocks::{self, NewChoice};
use crate::plan::{ItemId, PlanItem, PlannedSession};
use crate::text::{clean, quoted};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// The last line about every change.
pub const UNDO: &str = "To undo it: pacebell log undo";

/// Moves a session to another day.
pub fn move_item(context: &Context, item: &str, to: &str) -> Result<(), Failure> {
    let now = clock::local_time();
    let today = now.date_naive();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(today);
    let item = find(&agenda, item, now)?;
    let to = plan_date::read(to, now)?;
    let title = plan_words::title(item);
    let refuse = |problem: String, help: &str| Err(Failure::Input(Report::new(problem).with_help(help)));
    let Some(from) = date_of(&agenda, item.id) else {
        let problem = format!("{title} is for any day of its week");
        return refuse(problem, "run it on the day you like; there is nothing to move");
    };
    if matches!(item.usual(), PlannedSession::Race(_)) {
        return refuse(
            "the race cannot be moved".to_string(),
            "`pacebell plan stop`, and start again with another --race",
        );
    }
    if to < today || agenda.day(to).is_none() {
        let problem = format!("{} is not a day of the plan to come", plan_words::day_of_year(to, today));
        return refuse(problem, "choose a day from today to the end of the plan");
    }
    if to == from {
        let day = plan_words::day(to);
        return print_lines(&[format!("{title} is on {day} already.")]);
    }
    choose(context, &plan, &PlanChoice::Move { item: item.id, to }, now)?;
    let days = format!("{} → {}", plan_words::day(from), plan_words::day(to));
    let is_race_day = plan.calendar.race.as_ref().is_some_and(|race| race.on == to);
    let race = is_race_day.then(|| "Note: that is the day of the race.".to_string());
    let lines: Vec<String> = [format!("Moved: {title}, {days}")].into_iter().chain(race).collect();
    print_lines(&lines)?;
    print_lines(&[UNDO.to_string()])
}

/// Skips a session.
pub fn skip_item(context: &Context, item: &str) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let item = find(&agenda, item, now)?;
    let day = date_of(&agenda, item.id).map_or("any day".to_string(), plan_words::day);
    if agenda.item(item.id).is_some_and(|item| item.skipped) {
        let skipped = format!("{} ({day}) is skipped already.", plan_words::title(item));
        return print_lines(&[skipped]);
    }
    choose(context, &plan, &PlanChoice::Skip { item: item.id }, now)?;
    let title = plan_words::title(item);
    print_lines(&[format!("Skipped: {title}, {day}"), UNDO.to_string()])
}

/// Ends the plan.
pub fn stop(context: &Context) -> Result<(), Failure> {
    let plan = active_plan::require_block(context)?;
    let database = active_plan::database(context)?;
    let stopped = blocks::stop(&mut database.open()?, &plan, clock::since_1970())
        .map_err(|error| database.explain(&error))?;
    if !stopped {
        return Err(changed_meanwhile());
    }
    let name = clean(&plan.fields.name);
    print_lines(&[format!("Ended: {name}. Your sessions stay in the log."), UNDO.to_string()])
}

/// The error for a plan that another program changed in the same moment.
pub fn changed_meanwhile() -> Failure {
    let report = Report::new("the plan was changed in another terminal");
    Failure::Input(report.with_help("look at it, and try again: pacebell plan"))
}

/// Stores a choice.
pub fn choose(
    context: &Context,
    plan: &ActivePlan,
    choice: &PlanChoice,
    now: DateTime<FixedOffset>,
) -> Result<(), Failure> {
    let database = active_plan::database(context)?;
    let block = plan.history.block.id;
    blocks::choose(&mut database.open()?, block, NewChoice::from(choice), now.timestamp_millis())
        .map_err(|error| database.explain(&error))?;
    Ok(())
}

/// Returns the date that a session is on, after all moves. `None` for one of any day.
fn date_of(agenda: &Agenda<'_>, id: ItemId) -> Option<NaiveDate> {
    let is_it = |item: &AgendaItem<'_>| item.item.id == id && is_there(item);
    let mut days = agenda.weeks.iter().flat_map(|week| &week.days);
    Some(days.find(|day| day.items.iter().any(is_it))?.date)
}

/// False for a session that moved to another day.
fn is_there(item: &AgendaItem<'_>) -> bool {
    !matches!(item.state, ItemState::Moved { .. })
}

/// Finds a session that can still be changed, by its id or by the day it is on. The number of an id may be left out if the
/// day of the plan has one session: `w1-sun`.
///
/// # Errors
/// If there is none, or if there are several.
pub fn find<'a>(
    agenda: &Agenda<'a>,
    text: &str,
    now: DateTime<FixedOffset>,
) -> Result<&'a PlanItem, Failure> {
    let refuse = |problem: String, help: &str| Err(Failure::Input(Report::new(problem).with_help(help)));
    let help = "`pacebell plan show` shows each session with its name, such as w1-sun-1";
    let name = text.trim().to_lowercase();
    let id = name.parse::<ItemId>().or_else(|error| format!("{name}-1").parse::<ItemId>().map_err(|_| error));
    if let Ok(id) = id {
        let is_whole = name == id.to_string();
        let sister = ItemId { number: 2, ..id };
        if !is_whole && agenda.item(id).is_some() && agenda.item(sister).is_some() {
            let problem = format!("{} is not the only session of its day", quoted(text));
            return refuse(problem, &format!("write one of: {id}, {sister}"));
        }
        let Some(item) = agenda.item(id) else {
            return refuse(format!("the plan has no session {}", quoted(text)), help);
        };
        if item.was_run() {
            return refuse(
                format!("{} was run already", plan_words::title(item.item)),
                "`pacebell log delete` takes it out of the log",
            );
        }
        return Ok(item.item);
    }
    let date = plan_date::read(text, now)?;
    let items = agenda.day(date).map_or(&[][..], |day| &day.items);
    let on_day: Vec<&PlanItem> = items
        .iter()
        .filter(|item| is_there(item) && !item.was_run() && !item.skipped)
        .map(|item| item.item)
        .collect();
    match on_day[..] {
        [only] => Ok(only),
        [] => refuse(format!("nothing is left to run on {}", plan_words::day(date)), help),
        _ => {
            let names: Vec<String> =
                on_day.iter().map(|item| format!("{} ({})", item.id, plan_words::title(item))).collect();
            let help = format!("write one of: {}", names.join(", "));
            refuse(format!("{} has several sessions", plan_words::day(date)), &help)
        }
    }
}
