//! The session of the plan that is due today, to run, show or export it as `today`.

use super::active_plan::{self, ActivePlan};
use super::context::Context;
use super::failure::Failure;
use super::plan_words;
use super::report::Report;
use super::workout_text::WorkoutText;
use crate::agenda::{Agenda, AgendaItem, ItemState, shortened};
use crate::clock;
use crate::history::SessionItem;
use crate::library::WorkoutSource;
use crate::plan::{PlannedSession, PlannedWorkout, RaceGoal};
use crate::runner::profile::Profile;
use crate::units::trimmed;
use crate::workout::{Options, SourceText};
use chrono::NaiveDate;

/// A session that is due.
pub struct DueSession {
    /// The text of its workout.
    pub text: WorkoutText,
    /// The values that the plan gives to the workout's parameters.
    pub options: Options,
    /// Its place in the plan.
    pub item: SessionItem,
    /// True in a down week of the plan.
    pub is_lighter: bool,
}

/// Finds the first session that is due today and was not run yet.
///
/// # Errors
/// If no plan is on, or nothing is left to run today.
pub fn find(context: &Context, profile: &Profile) -> Result<DueSession, Failure> {
    let today = clock::local_time().date_naive();
    let plan = active_plan::require(context, profile)?;
    let agenda = plan.agenda(today);
    let due = due_on(&agenda, today).find_map(|item| Some((item, session_text(item)?)));
    let Some((item, (text, options))) = due else {
        return Err(nothing_due(&plan, &agenda));
    };
    let item = SessionItem { block: plan.history.block.key, item: item.item.id.to_string() };
    let is_lighter = agenda.week_of(today).is_some_and(|week| week.week.down);
    Ok(DueSession { text, options, item, is_lighter })
}

/// Returns the text of an item's workout, and the values of its parameters. `None` for rest.
fn session_text(item: &AgendaItem<'_>) -> Option<(WorkoutText, Options)> {
    if let PlannedSession::Race(race) = item.session {
        return Some((race_text(race), Options::default()));
    }
    let workout = workout_of(item)?;
    let shorter = item.up_to.as_deref().and_then(|most| shortened(workout, most));
    Some(match shorter {
        Some(text) => (notation(text), Options::default()),
        None => (WorkoutText::planned(workout), workout.options.clone()),
    })
}

/// Returns the text of a race: its distance at its own pace.
pub fn race_text(race: &RaceGoal) -> WorkoutText {
    let length = trimmed(race.distance.metres() / 1000.0, 4);
    let pace = race.pace().unwrap_or_default();
    notation(format!("Race: {length}km {pace}").trim_end().to_string())
}

fn notation(text: String) -> WorkoutText {
    WorkoutText::from(WorkoutSource::Notation(SourceText::new(crate::library::NOTATION, text)))
}

/// Returns the sessions that are still to be run on a date.
pub fn due_on<'a, 'b>(agenda: &'b Agenda<'a>, date: NaiveDate) -> impl Iterator<Item = &'b AgendaItem<'a>> {
    let items = agenda.day(date).map_or(&[][..], |day| &day.items);
    let is_due = |item: &&AgendaItem<'a>| matches!(item.state, ItemState::Due | ItemState::Ahead);
    items.iter().filter(is_due).filter(|item| !item.is_rest_taken())
}

/// Returns the workout of an item: of its session, or where rest is the usual one, of the first alternative that is not.
fn workout_of<'a>(item: &AgendaItem<'a>) -> Option<&'a PlannedWorkout> {
    item.session.workout().or_else(|| item.item.options.iter().find_map(PlannedSession::workout))
}

fn nothing_due(plan: &ActivePlan, agenda: &Agenda<'_>) -> Failure {
    let is_empty =
        |item: &AgendaItem<'_>| matches!(item.state, ItemState::Moved { .. }) || item.is_rest_taken();
    let problem = match agenda.today_items().iter().all(is_empty) {
        true => "today is a day of rest",
        false => "nothing is left to run today",
    };
    let any = agenda.week_of(agenda.today).map_or(&[][..], |week| &week.any);
    let any = any.iter().find(|item| item.state == ItemState::Due).and_then(workout_of);
    let help = match (any.and_then(|workout| workout.library_name.as_deref()), next(agenda)) {
        (Some(name), _) => format!("this week, on any day: `pacebell run {name}`"),
        (None, Some((date, item))) => {
            format!("next: {}, {}", plan_words::day(date), plan_words::title(item.item))
        }
        (None, None) => format!(
            "the plan is over since {}; run any workout by its name: `pacebell list`",
            plan.calendar.last_day().map_or_else(String::new, plan_words::day)
        ),
    };
    Failure::Input(Report::new(problem).with_help(help))
}

/// Returns the next session after today.
pub fn next<'a, 'b>(agenda: &'b Agenda<'a>) -> Option<(NaiveDate, &'b AgendaItem<'a>)> {
    let days = agenda.weeks.iter().flat_map(|week| &week.days).filter(|day| day.date > agenda.today);
    days.filter_map(|day| Some((day.date, due_on(agenda, day.date).next()?))).min_by_key(|(date, _)| *date)
}
