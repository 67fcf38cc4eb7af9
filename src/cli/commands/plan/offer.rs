//! `pacebell plan take` and `resume`: the answers to what `pacebell today` offers and asks.

use super::change::{UNDO, choose, find};
use super::print_lines;
use crate::agenda::{Agenda, MissedOffer, PlanChoice, TakenSession};
use crate::cli::active_plan;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::clock;
use crate::plan::{ItemId, PlanItem};
use crate::text::{clean, quoted};
use chrono::{DateTime, FixedOffset};

/// Takes the missed session that is offered in place of today's, cuts today's session to the length `most`, or takes an
/// alternative of a session.
pub fn take(context: &Context, item: &str, most: Option<&str>) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    if let Some(taken) = alternative(&agenda, item, most, now)? {
        let item = taken.item;
        choose(context, &plan, &PlanChoice::Take { item: item.id, session: taken.session }, now)?;
        let day = plan_words::item_and_day(&agenda, &item.id.to_string());
        return print_lines(context, &[format!("Taken: {} ({day})", taken.title), UNDO.to_string()]);
    }
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

/// An alternative that is taken.
struct TakenAlternative<'a> {
    item: &'a PlanItem,
    session: TakenSession,
    title: String,
}

/// Returns the alternative of a session with the number, the name or the title `which`. `None` for a session without
/// alternatives, and for a length.
fn alternative<'a>(
    agenda: &Agenda<'a>,
    item: &str,
    which: Option<&str>,
    now: DateTime<FixedOffset>,
) -> Result<Option<TakenAlternative<'a>>, Failure> {
    let is_offered = |offer: &MissedOffer| offer.item.to_string() == item.trim().to_lowercase();
    if agenda.offer.as_ref().is_some_and(is_offered) && which.is_none() {
        return Ok(None);
    }
    let item = match find(agenda, item, now) {
        Ok(item) => item,
        // A session that cannot be found is not offered either.
        Err(_) if item.trim().parse::<ItemId>().is_ok() => return Ok(None),
        Err(problem) => return Err(problem),
    };
    if item.options.len() < 2 {
        return Ok(None);
    }
    let options: Vec<String> =
        item.options.iter().map(|option| clean(&option.title()).to_lowercase()).collect();
    let wanted = which.unwrap_or_default().trim().to_lowercase();
    let by_number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let by_name = item.options.iter().position(|option| {
        let workout = option.workout();
        let names = workout.map(|w| [w.library_name.clone(), Some(w.text.clone())]);
        names.into_iter().flatten().flatten().any(|name| name.to_lowercase() == wanted)
    });
    let begins: Vec<usize> = (0..options.len())
        .filter(|i| !wanted.is_empty() && options.get(*i).is_some_and(|option| option.starts_with(&wanted)))
        .collect();
    let only = if let [only] = begins[..] { Some(only) } else { None };
    let number = by_number.or(by_name).or(only).filter(|number| *number < options.len());
    let Some(number) = number else {
        if which.is_some_and(|which| shorter(agenda, item.id, which).is_some()) {
            return Ok(None);
        }
        let list: Vec<String> = item
            .options
            .iter()
            .enumerate()
            .map(|(i, option)| format!("{} ({})", i + 1, clean(&option.title())))
            .collect();
        let title = plan_words::title(item);
        let problem = match which {
            Some(which) => format!("{} is none of the alternatives of {title}", quoted(which)),
            None => format!("{title} has {} alternatives", options.len()),
        };
        let help = format!("say which: {}; such as `pacebell plan take {} 2`", list.join(", "), item.id);
        return Err(refused(&problem, &help));
    };
    let title = item.options.get(number).map(|option| clean(&option.title())).unwrap_or_default();
    Ok(Some(TakenAlternative { item, session: TakenSession::Option(number + 1), title }))
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

/// Counts the latest session of today that belongs to no item as a session of the plan.
pub fn done(context: &Context, item: &str) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let sessions = &plan.history.sessions;
    let Some((index, run)) = agenda.untied.last().and_then(|index| Some((*index, sessions.get(*index)?)))
    else {
        return Err(refused(
            "today has no run in the log that is not in the plan",
            "log one first: pacebell log add \"45min easy\"",
        ));
    };
    let item = find(&agenda, item, now)?;
    if let Some(choice) = agenda.tie(sessions, index, item.id) {
        choose(context, &plan, &choice, now)?;
    }
    let tied = format!(
        "Done: {} was {}",
        clean(&run.workout),
        plan_words::item_and_day(&agenda, &item.id.to_string())
    );
    print_lines(context, &[tied, UNDO.to_string()])
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
    let repeated = format!("Week {} begins again with today, and all later weeks move.", again.week);
    print_lines(context, &[repeated, UNDO.to_string()])
}

fn refused(problem: &str, help: &str) -> Failure {
    Failure::Input(Report::new(problem).with_help(help))
}
