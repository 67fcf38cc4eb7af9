//! `pacebell plan move`, `skip` and `stop`.

use super::print_lines;
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_date;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::history::block_rows::ChoiceKind;
use crate::history::blocks::{self, NewChoice};
use crate::plan::{ItemId, PlanItem, PlannedSession};
use crate::text::{clean, quoted};
use chrono::{DateTime, FixedOffset};

/// The last line about every change.
const UNDO: &str = "To undo it: pacebell log undo";

/// Moves a session to another day.
pub fn move_item(context: &Context, item: &str, to: &str) -> Result<(), Failure> {
    let now = clock::local_time();
    let today = now.date_naive();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let item = find(&plan, item, now)?;
    let to = plan_date::read(to, now)?;
    let title = plan_words::title(item);
    let refuse = |problem: String, help: &str| Err(Failure::Input(Report::new(problem).with_help(help)));
    let Some(from) = plan.date_of(item.id) else {
        let problem = format!("{title} is for any day of its week");
        return refuse(problem, "run it on the day you like; there is nothing to move");
    };
    if matches!(item.usual(), PlannedSession::Race(_)) {
        return refuse(
            "the race cannot be moved".to_string(),
            "`pacebell plan stop`, and start again with another --race",
        );
    }
    if to < today || plan.calendar.day(to).is_none() {
        let problem = format!("{} is not a day of the plan to come", plan_words::day_of_year(to, today));
        return refuse(problem, "choose a day from today to the end of the plan");
    }
    if to == from {
        let day = plan_words::day(to);
        return print_lines(context, &[format!("{title} is on {day} already.")]);
    }
    let value = Some(to.to_string());
    choose(context, &plan, NewChoice { item: item.id.to_string(), what: ChoiceKind::Move, value }, now)?;
    let days = format!("{} → {}", plan_words::day(from), plan_words::day(to));
    print_lines(context, &[format!("Moved: {title}, {days}"), UNDO.to_string()])
}

/// Skips a session.
pub fn skip_item(context: &Context, item: &str) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let item = find(&plan, item, now)?;
    let new = NewChoice { item: item.id.to_string(), what: ChoiceKind::Skip, value: None };
    choose(context, &plan, new, now)?;
    let day = plan.date_of(item.id).map_or("any day".to_string(), plan_words::day);
    let title = plan_words::title(item);
    print_lines(context, &[format!("Skipped: {title}, {day}"), UNDO.to_string()])
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
    print_lines(context, &[format!("Ended: {name}. Your sessions stay in the log."), UNDO.to_string()])
}

/// The error for a plan that another program changed in the same moment.
pub fn changed_meanwhile() -> Failure {
    let report = Report::new("the plan was changed in another terminal");
    Failure::Input(report.with_help("look at it, and try again: pacebell plan"))
}

fn choose(
    context: &Context,
    plan: &ActivePlan,
    new: NewChoice,
    now: DateTime<FixedOffset>,
) -> Result<(), Failure> {
    let database = active_plan::database(context)?;
    blocks::choose(&mut database.open()?, plan.block.id, new, now.timestamp_millis())
        .map_err(|error| database.explain(&error))?;
    Ok(())
}

/// Finds a session by its id, or by the day it is on.
fn find<'a>(plan: &'a ActivePlan, text: &str, now: DateTime<FixedOffset>) -> Result<&'a PlanItem, Failure> {
    if let Ok(id) = text.trim().to_lowercase().parse::<ItemId>() {
        let help = "`pacebell plan show` shows each session with its name";
        return plan.calendar.item(id).ok_or_else(|| {
            Failure::Input(Report::new(format!("the plan has no session {}", quoted(text))).with_help(help))
        });
    }
    let date = plan_date::read(text, now)?;
    let on_day: Vec<&PlanItem> = plan.items_on(date).collect();
    match on_day[..] {
        [only] => Ok(only),
        [] => {
            let problem = format!("nothing is planned on {}", plan_words::day(date));
            let help = "`pacebell plan show` shows each session with its name, such as w1-sun-1";
            Err(Failure::Input(Report::new(problem).with_help(help)))
        }
        _ => {
            let names: Vec<String> =
                on_day.iter().map(|item| format!("{} ({})", item.id, plan_words::title(item))).collect();
            let problem = format!("{} has several sessions", plan_words::day(date));
            let help = format!("write one of: {}", names.join(", "));
            Err(Failure::Input(Report::new(problem).with_help(help)))
        }
    }
}
