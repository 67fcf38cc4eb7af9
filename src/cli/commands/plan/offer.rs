//! `pacebell plan take` and `resume`: the answers to what `pacebell today` offers and asks.

use super::change::{UNDO, choose};
use super::print_lines;
use crate::agenda::{Agenda, PlanChoice, TakenSession};
use crate::cli::active_plan;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::plan::ItemId;

/// Takes the missed session that is offered in place of today's, or cuts today's session to the length `most`.
pub fn take(context: &Context, item: &str, most: Option<&str>) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let id = item.trim().to_lowercase().parse::<ItemId>().ok();
    let Some(choice) = id.and_then(|id| match most {
        None => missed(&agenda, id),
        Some(most) => shorter(&agenda, id, most),
    }) else {
        return Err(refused("it is not offered today", "`pacebell today` says what is"));
    };
    choose(context, &plan, &choice, now)?;
    let title = id.and_then(|id| agenda.item(id)).map(|item| plan_words::title(item.item));
    let most = most.map(|most| format!(", up to {most}")).unwrap_or_default();
    let taken = format!("Today: {}{most}", title.unwrap_or_default());
    print_lines(context, &[taken, "Run it: pacebell run today".to_string(), UNDO.to_string()])
}

/// Returns the choice of the missed session that is offered today.
fn missed(agenda: &Agenda<'_>, id: ItemId) -> Option<PlanChoice> {
    let offer = agenda.offer.as_ref().filter(|offer| offer.item == id)?;
    Some(match offer.replaces.first() {
        Some(replaced) => PlanChoice::Take { item: *replaced, session: TakenSession::Missed(id) },
        None => PlanChoice::Move { item: id, to: agenda.today },
    })
}

/// Returns the choice to run no more than `most` of today's long run.
fn shorter(agenda: &Agenda<'_>, id: ItemId, most: &str) -> Option<PlanChoice> {
    let limit = agenda.long_run.as_ref().filter(|limit| limit.item == id && limit.shorter.is_some())?;
    let is_offered = most.trim() == limit.limit.notation();
    is_offered.then(|| PlanChoice::Take { item: id, session: TakenSession::UpTo(most.trim().to_string()) })
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
        return print_lines(context, &["The plan goes on with today.".to_string(), UNDO.to_string()]);
    }
    let Some(again) = &question.repeat else {
        return Err(refused(
            "there is no week to repeat before the race or this week",
            "go on with today's day: `pacebell plan resume`",
        ));
    };
    choose(context, &plan, &again.choice, now)?;
    let repeated = format!("Week {} begins again, and all later weeks move.", again.week);
    print_lines(context, &[repeated, UNDO.to_string()])
}

fn refused(problem: &str, help: &str) -> Failure {
    Failure::Input(Report::new(problem).with_help(help))
}
