//! `pacebell plan take`: a missed session that is offered, an alternative of a session, or a shorter one.

use super::change::{UNDO, choose, find};
use super::offer::refused;
use super::print_lines;
use crate::agenda::{Agenda, ItemState, MissedOffer, PlanChoice, TakenSession, shortened};
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::human_date::{self, HumanDate};
use crate::cli::load_workout::profile_if_usable;
use crate::cli::plan_words;
use crate::clock;
use crate::plan::quantity::{ValueRange, ValueUnit};
use crate::plan::{ItemId, PlanItem, PlannedSession};
use crate::text::{clean, quoted};
use chrono::{DateTime, FixedOffset};

/// Takes the missed session that is offered in place of today's, takes an alternative of a session, or cuts a session to a
/// length.
pub fn take(context: &Context, item: &str, which: Option<&str>) -> Result<(), Failure> {
    let now = clock::local_time();
    let plan = active_plan::require(context, &profile_if_usable())?;
    let agenda = plan.agenda(now.date_naive());
    let offer = agenda.offer.as_ref().filter(|offer| which.is_none() && is_offered(offer, item, now));
    if let Some(offer) = offer {
        choose(context, &plan, &missed(&agenda, offer), now)?;
        let title = agenda.item(offer.item).map(|item| plan_words::title(item.item)).unwrap_or_default();
        return print_taken_today(&title);
    }
    let item = find(&agenda, item, now)?;
    if let Some(number) = which.and_then(|which| alternative(item, which)) {
        let session = TakenSession::Option(number + 1);
        choose(context, &plan, &PlanChoice::Take { item: item.id, session }, now)?;
        let title = item.options.get(number).map(|option| clean(&option.title())).unwrap_or_default();
        let day = plan_words::item_and_day(&agenda, &item.id.to_string());
        return print_lines(&[format!("Taken: {title} ({day})"), UNDO.to_string()]);
    }
    match which {
        Some(which) if length(which).is_some() => cut(context, &plan, item.id, which, now),
        _ => Err(nothing_to_take(item, which)),
    }
}

/// True for the id of the missed session that is offered, with or without its number, and for its day.
fn is_offered(offer: &MissedOffer, text: &str, now: DateTime<FixedOffset>) -> bool {
    let text = text.trim().to_lowercase();
    let id = offer.item.to_string();
    let is_day = || matches!(human_date::read(&text, now), Ok(HumanDate::Day(day)) if day == offer.planned);
    text == id || format!("{text}-1") == id || is_day()
}

/// Returns the choice of the missed session that is offered today.
fn missed(agenda: &Agenda<'_>, offer: &MissedOffer) -> PlanChoice {
    match offer.replaces.first() {
        Some(replaced) => PlanChoice::Take { item: *replaced, session: TakenSession::Missed(offer.item) },
        None => PlanChoice::Move { item: offer.item, to: agenda.today },
    }
}

/// Returns the index of the alternative of a session with the number, the name or the title `which`. `None` for a session
/// without alternatives, and if it has no such one.
fn alternative(item: &PlanItem, which: &str) -> Option<usize> {
    if item.options.len() < 2 {
        return None;
    }
    let options: Vec<String> =
        item.options.iter().map(|option| clean(&option.title()).to_lowercase()).collect();
    let wanted = which.trim().to_lowercase();
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
    by_number.or(by_name).or(only).filter(|number| *number < options.len())
}

/// Reads a length: `90min`, `16km`.
fn length(text: &str) -> Option<ValueRange> {
    let length = ValueRange::parse(text)?;
    let is_length = !matches!(length.unit, ValueUnit::Count | ValueUnit::Percent);
    (is_length && length.lower == length.upper && length.upper > 0.0).then_some(length)
}

/// Cuts a session to a length.
fn cut(
    context: &Context,
    plan: &ActivePlan,
    id: ItemId,
    most: &str,
    now: DateTime<FixedOffset>,
) -> Result<(), Failure> {
    let agenda = plan.agenda(now.date_naive());
    let Some(item) = agenda.item(id) else {
        return Err(refused("the plan has no such session", "`pacebell plan show` shows all of them"));
    };
    let title = plan_words::title(item.item);
    if item.state == ItemState::LetGo {
        return Err(refused(&format!("{title} is let go"), "choose a session that is still to be run"));
    }
    let most = length(most).map(|most| most.to_string()).unwrap_or_default();
    let workout = match item.session {
        PlannedSession::Workout(workout) => workout,
        PlannedSession::Race(_) => {
            return Err(refused("a race has its own length", "`pacebell plan skip` leaves it out"));
        }
        PlannedSession::Rest => {
            return Err(refused("rest has no length", "`pacebell plan take` with an alternative changes it"));
        }
    };
    if shortened(workout, &most).is_none() {
        let total = plan_words::due_total(item);
        return Err(refused(
            &format!("{title} cannot be cut to {most}"),
            &format!(
                "only a run of one part, such as `60-75min easy`, can be cut, and to less than its length ({total})"
            ),
        ));
    }
    choose(context, plan, &PlanChoice::Take { item: id, session: TakenSession::UpTo(most.clone()) }, now)?;
    if agenda.today_items().iter().any(|today| today.item.id == id) {
        return print_taken_today(&format!("{title}, up to {most}"));
    }
    let day = plan_words::item_and_day(&agenda, &id.to_string());
    print_lines(&[format!("Taken: {day}, up to {most}"), UNDO.to_string()])
}

fn print_taken_today(what: &str) -> Result<(), Failure> {
    let run = "Run it: pacebell run today".to_string();
    print_lines(&[format!("Today: {what}"), run, UNDO.to_string()])
}

/// The error for a session of which `which` cannot be taken.
fn nothing_to_take(item: &PlanItem, which: Option<&str>) -> Failure {
    let title = plan_words::title(item);
    if item.options.len() < 2 {
        return match which {
            None => refused(
                &format!("{title} is not offered today, and has no alternatives"),
                &format!(
                    "`pacebell today` says what is offered; to run less of it: `pacebell plan take {} 20min`",
                    item.id
                ),
            ),
            Some(which) => refused(
                &format!("{} is not a length, and {title} has no alternatives", quoted(which)),
                "write a length with its unit, such as `90min` or `16km`",
            ),
        };
    }
    let list: Vec<String> = item
        .options
        .iter()
        .enumerate()
        .map(|(i, option)| format!("{} ({})", i + 1, clean(&option.title())))
        .collect();
    let problem = match which {
        Some(which) => format!("{} is none of the alternatives of {title}", quoted(which)),
        None => format!("{title} has {} alternatives", item.options.len()),
    };
    let help = format!("say which: {}; such as `pacebell plan take {} 2`", list.join(", "), item.id);
    refused(&problem, &help)
}
