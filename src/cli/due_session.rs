//! The session of the plan that is due today, to run, show or export it as `today`.

use super::active_plan::{self, ActivePlan};
use super::context::Context;
use super::failure::Failure;
use super::plan_words;
use super::report::Report;
use super::workout_text::WorkoutText;
use crate::clock;
use crate::history::SessionItem;
use crate::plan::{PlanItem, PlannedSession, PlannedWorkout};
use crate::runner::profile::Profile;
use crate::workout::Options;
use chrono::NaiveDate;

/// A session that is due.
pub struct DueSession {
    /// The text of its workout.
    pub text: WorkoutText,
    /// The values that the plan gives to the workout's parameters.
    pub options: Options,
    /// Its place in the plan.
    pub item: SessionItem,
}

/// Finds the first session that is due today and was not run yet.
///
/// # Errors
/// If no plan is on, or nothing is left to run today.
pub fn find(context: &Context, profile: &Profile) -> Result<DueSession, Failure> {
    let today = clock::local_time().date_naive();
    let plan = active_plan::require(context, profile)?;
    let Some((item, workout)) = plan.due(today).next() else {
        return Err(nothing_due(&plan, today));
    };
    Ok(DueSession {
        text: WorkoutText::planned(workout),
        options: workout.options.clone(),
        item: SessionItem { block: plan.block.key, item: item.id.to_string() },
    })
}

fn nothing_due(plan: &ActivePlan, today: NaiveDate) -> Failure {
    let problem = match plan.items_on(today).next() {
        None => "today is a day of rest",
        Some(_) => "nothing is left to run today",
    };
    let next = plan.calendar.days().find(|day| day.date > today && plan.due(day.date).next().is_some());
    let next = next.and_then(|day| Some((day.date, plan.due(day.date).next()?.0)));
    let help = match next {
        Some((date, item)) => format!("next: {}, {}", plan_words::day(date), plan_words::title(item)),
        None => "the plan is over; run any workout by its name: `pacebell list`".to_string(),
    };
    Failure::Input(Report::new(problem).with_help(help))
}

impl ActivePlan {
    /// Returns the sessions that are left to run on a date, with the workout that each usually is.
    pub fn due(&self, date: NaiveDate) -> impl Iterator<Item = (&PlanItem, &PlannedWorkout)> {
        self.items_on(date).filter(|item| !self.is_settled(item)).filter_map(|item| {
            let workout = item.options.iter().find_map(PlannedSession::workout)?;
            Some((item, workout))
        })
    }
}
