//! The question after a week without a run.

use super::{AgendaInput, PlanChoice};
use crate::plan::{Calendar, ItemId};

/// The days without a run after which the question is asked.
const DAYS_AWAY: i64 = 7;

/// The question after a week without a run: go on, repeat the last week that was run, or end the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct AwayQuestion {
    /// The whole days without a run, not counting today.
    pub days: i64,
    /// The answer that repeats the last week in which something was run. `None` if nothing was run, and if the plan
    /// ends with a race.
    pub repeat: Option<RepeatWeek>,
    /// The answer that goes on with today's day.
    pub go_on: PlanChoice,
    /// The factor for the VDOT after these days: see [`vdot_factor`].
    pub vdot_factor: f64,
}

/// The answer that repeats a week.
#[derive(Clone, Debug, PartialEq)]
pub struct RepeatWeek {
    /// The number of the week.
    pub week: usize,
    /// The choice to make.
    pub choice: PlanChoice,
}

/// Returns the factor by which VDOT falls after `days` without a run: 1 up to 5 days, then 1 − 0.003 (*d* − 5), never
/// below 0.8.
///
/// The formula gives the values that Daniels prints (*Daniels' Running Formula*, the table of time off): 0.997 after 6
/// days, 0.973 after 14, 0.931 after 28.
pub fn vdot_factor(days: i64) -> f64 {
    let beyond = u32::try_from((days - 5).max(0)).unwrap_or(u32::MAX);
    (1.0 - 0.003 * f64::from(beyond)).max(0.8)
}

/// Returns the question, if the plan has been on for a week and nothing was run in it, and if it has not been answered.
pub(super) fn question(calendar: &Calendar, input: AgendaInput<'_>) -> Option<AwayQuestion> {
    let AgendaInput { sessions, choices, today } = input;
    let shifted = |week: usize| {
        let weeks = choices.iter().filter_map(|dated| match dated.choice {
            PlanChoice::Shift { item, weeks } if item.week <= week => Some(weeks),
            _ => None,
        });
        weeks.sum::<i64>()
    };
    // The week of today and the last week that was run, after all shifts.
    let week_of = |date: chrono::NaiveDate| {
        calendar.weeks.iter().rev().find(|week| {
            let back = chrono::TimeDelta::try_weeks(shifted(week.number)).unwrap_or_default();
            date.checked_sub_signed(back).is_some_and(|date| week.contains(date))
        })
    };
    let this_week = week_of(today)?;
    let begins = calendar.first_day()?;
    let last_run = sessions.iter().filter(|s| s.is_run && s.on <= today).map(|s| s.on).max();
    let days = match last_run.filter(|last| *last >= begins) {
        Some(last) => (today - last).num_days() - 1,
        None => (today - begins).num_days(),
    };
    let since = last_run.unwrap_or(begins).max(begins);
    let is_answer = |choice: &PlanChoice| matches!(choice, PlanChoice::Shift { .. });
    let is_answered = choices.iter().any(|dated| dated.on > since && is_answer(&dated.choice));
    if days < DAYS_AWAY || is_answered {
        return None;
    }
    let first_of = |week: &crate::plan::CalendarWeek| -> Option<ItemId> { Some(week.items().next()?.id) };
    let last_week = last_run.filter(|last| *last >= begins).and_then(week_of);
    let repeat = last_week.filter(|week| calendar.race.is_none() && week.number < this_week.number);
    let repeat = repeat.and_then(|week| {
        let weeks = (this_week.first_day - week.first_day).num_days() / 7
            + (shifted(this_week.number) - shifted(week.number));
        Some(RepeatWeek { week: week.number, choice: PlanChoice::Shift { item: first_of(week)?, weeks } })
    });
    let go_on = PlanChoice::Shift { item: first_of(this_week)?, weeks: 0 };
    Some(AwayQuestion { days, repeat, go_on, vdot_factor: vdot_factor(days) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_gives_the_published_values() {
        for (days, factor) in [
            (0, 1.0),
            (5, 1.0),
            (6, 0.997),
            (14, 0.973),
            (28, 0.931),
            (70, 0.805),
            (100, 0.8),
            (i64::MAX, 0.8),
        ] {
            assert!((vdot_factor(days) - factor).abs() < 1e-9, "{days}: {}", vdot_factor(days));
        }
    }
}
