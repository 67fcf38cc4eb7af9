//! The dates of a plan: read from the command line, and in words.

use crate::cli::args::plan::PlanDates;
use crate::cli::failure::Failure;
use crate::cli::plan_date;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::plan::{Calendar, PlanAnchor, PlanDocument};
use crate::text::clean;
use chrono::{DateTime, FixedOffset, NaiveDate};

/// Returns the dates of a plan: `28 days, Mon 7 Dec to Sun 3 Jan 2027`, and its race.
pub fn span(calendar: &Calendar, today: NaiveDate) -> String {
    let (Some(first), Some(last)) = (calendar.first_day(), calendar.last_day()) else {
        return "no days".to_string();
    };
    let days = match calendar.days().count() {
        1 => "1 day".to_string(),
        days => format!("{days} days"),
    };
    let day = |date| plan_words::day_of_year(date, today);
    let race = calendar.race.as_ref().map(|race| format!(", with the race ({})", clean(&race.goal.name)));
    format!("{days}, {} to {}{}", day(first), day(last), race.unwrap_or_default())
}

/// Returns the sessions that have no date, in a sentence. `None` if all have one.
pub fn fallen_away(calendar: &Calendar) -> Option<String> {
    let count = calendar.fallen_away.len();
    let first = calendar.weeks.first().map_or(1, |week| week.number);
    let titles: Vec<String> = calendar.fallen_away.iter().map(|f| plan_words::title(&f.item)).collect();
    let list = match count {
        0 => return None,
        1..=6 => format!(": {}", titles.join(", ")),
        _ => String::new(),
    };
    let sessions = if count == 1 { "1 session falls".to_string() } else { format!("{count} sessions fall") };
    let joins = if first > 1 { format!("You join in week {first}. ") } else { String::new() };
    Some(format!("{joins}{sessions} away{list}"))
}

/// Returns the date that the days of a plan are counted from.
///
/// # Errors
/// If a day cannot be read, or the plan has no race and one is asked for.
pub fn anchor(
    document: &PlanDocument,
    dates: &PlanDates,
    now: DateTime<FixedOffset>,
) -> Result<PlanAnchor, Failure> {
    let today = now.date_naive();
    if let Some(race) = &dates.race {
        let race = plan_date::read(race, now)?;
        if document.race.is_none() && document.problems().is_empty() {
            let report = Report::new("the plan does not end with a race");
            return Err(Failure::Input(report.with_help("say when it begins instead: `--on mon`")));
        }
        if race < today {
            let report = Report::new(format!("{} is over", plan_words::day_of_year(race, today)));
            return Err(Failure::Input(report.with_help("give the day of a race to come")));
        }
        return Ok(PlanAnchor::race(race, today));
    }
    Ok(match &dates.on {
        Some(on) => PlanAnchor::start(plan_date::read(on, now)?),
        None => PlanAnchor::start(PlanAnchor::next_week_start(today, document.starts)),
    })
}
