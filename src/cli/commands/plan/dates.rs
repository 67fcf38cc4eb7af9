//! The dates of a plan: read from the command line, and in words.

use crate::agenda::Agenda;
use crate::cli::args::plan::PlanDates;
use crate::cli::failure::Failure;
use crate::cli::plan_date;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::cli::table::wrap;
use crate::display;
use crate::plan::remarks::{DAYS_COMPARED, compare_with_longest};
use crate::plan::{Calendar, FallenItem, PlanAnchor, PlanDocument, RunLength, SessionKind};
use crate::text::clean;
use crate::units::{clock as clock_text, trimmed};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// Returns the dates of a plan: `28 days, Mon 7 Dec to Sun 3 Jan 2027`, and its race.
pub fn span(calendar: &Calendar, today: NaiveDate) -> String {
    span_between(calendar, calendar.first_day().zip(calendar.last_day()), today)
}

/// Returns the dates of the plan that is on, from the first day that was run to the last one after all shifts.
pub fn span_of(agenda: &Agenda<'_>) -> String {
    let weeks = agenda.weeks_by_date();
    let dates = || weeks.iter().flat_map(|week| &week.days).map(|day| day.date);
    span_between(agenda.calendar, dates().min().zip(dates().max()), agenda.today)
}

fn span_between(calendar: &Calendar, ends: Option<(NaiveDate, NaiveDate)>, today: NaiveDate) -> String {
    let Some((first, last)) = ends else { return "no days".to_string() };
    let days = match (last - first).num_days() + 1 {
        1 => "1 day".to_string(),
        days => format!("{days} days"),
    };
    let day = |date| plan_words::day_of_year(date, today);
    let race = calendar.race.as_ref().map(|race| format!(", with the race ({})", clean(&race.goal.name)));
    format!("{days}, {} to {}{}", day(first), day(last), race.unwrap_or_default())
}

/// Returns the sessions that have no date: a line about all of them, and one for each week that falls away whole, and for
/// each session of the others. Empty if all have a date.
pub fn fallen_away(calendar: &Calendar, today: NaiveDate, columns: usize) -> Vec<String> {
    let fallen = &calendar.fallen_away;
    let first = calendar.weeks.first().map_or(1, |week| week.number);
    let joins = match first {
        1 => String::new(),
        first => format!(
            "There is too little time for all of it: you join in week {first} of {}. ",
            calendar.weeks_in_plan
        ),
    };
    let (heading, mut lines) = match fallen.len() {
        0 => return Vec::new(),
        1 => (format!("{joins}1 session falls away:"), Vec::new()),
        count => (format!("{joins}{count} sessions fall away:"), Vec::new()),
    };
    for week in fallen.chunk_by(|a, b| a.item.id.week == b.item.id.week) {
        let Some(number) = week.first().map(|fallen| fallen.item.id.week) else { continue };
        if number < first {
            lines.push(fallen_week(number, week, today));
            continue;
        }
        lines.extend(week.iter().map(|fallen| {
            let day = match fallen.date {
                Some(date) => plan_words::day_of_year(date, today),
                None => format!("week {number}, {}", fallen.item.id.slot.key()),
            };
            format!("{day}: {}", plan_words::title(&fallen.item))
        }));
    }
    let indented = lines.iter().flat_map(|line| wrap(line, columns.saturating_sub(2), "  "));
    wrap(&heading, columns, "").into_iter().chain(indented.map(|line| format!("  {line}"))).collect()
}

/// Returns a week that falls away: `week 2, Mon 21 Sep to Sun 27 Sep: 5 sessions, the longest 1:15:00`.
fn fallen_week(number: usize, week: &[FallenItem], today: NaiveDate) -> String {
    let dates = || week.iter().filter_map(|fallen| fallen.date);
    let day = |date| plan_words::day_of_year(date, today);
    let dates = dates().min().zip(dates().max()).map(|(first, last)| match first == last {
        true => format!(", {}", day(first)),
        false => format!(", {} to {}", day(first), day(last)),
    });
    let sessions = match week.len() {
        1 => "1 session".to_string(),
        count => format!("{count} sessions"),
    };
    let runs = week.iter().filter(|fallen| fallen.item.kind().is_some_and(SessionKind::is_run));
    let longest = runs.filter_map(|fallen| fallen.item.workout()).max_by_key(|workout| workout.figures.time);
    let longest = longest.map(|workout| format!(", the longest {}", display::total(&workout.sequence)));
    format!("week {number}{}: {sessions}{}", dates.unwrap_or_default(), longest.unwrap_or_default())
}

/// Compares the longest run of the week that a runner joins in with the longest of the last 30 days. `None` for a plan
/// that begins with its first day.
pub fn joining_note(calendar: &Calendar, logged: &[RunLength], today: NaiveDate) -> Option<String> {
    let has_begun = |fallen: &FallenItem| fallen.date.is_some_and(|date| date < calendar.anchor.from);
    if !calendar.fallen_away.iter().any(has_begun) {
        return None;
    }
    let week = calendar.weeks.first()?;
    let runs = week.days.iter().flat_map(|day| day.items.iter().map(move |item| (day.date, item)));
    let runs =
        runs.filter(|(_, item)| item.kind().is_some_and(|kind| kind.is_run() && kind != SessionKind::Race));
    let (on, item) = runs
        .filter(|(_, item)| item.workout().is_some())
        .max_by_key(|(_, item)| item.workout().map(|workout| workout.figures.time))?;
    let figures = &item.workout()?.figures;
    let longest = RunLength { on, time: Some(figures.time), distance: figures.distance };
    let is_recent = |run: &&RunLength| (0..=DAYS_COMPARED).contains(&(today - run.on).num_days());
    let recent: Vec<RunLength> = logged.iter().filter(is_recent).copied().collect();
    let begins = format!(
        "The longest run of week {} is {} ({})",
        week.number,
        plan_words::title(item),
        plan_words::day(on)
    );
    let Some(compared) = compare_with_longest(longest, recent.iter()) else {
        return Some(format!("{begins}. Your log has no run in the last 30 days to compare it with."));
    };
    let was = compared.longest;
    let length = match was.distance.filter(|_| compared.by_distance) {
        Some(distance) => format!("{} km", trimmed(distance.metres() / 1000.0, 1)),
        None => clock_text(was.time.unwrap_or_default().whole_secs()),
    };
    let percent = (compared.ratio - 1.0) * 100.0;
    let than = match percent.round() {
        percent if percent > 0.0 => format!("{percent} % longer than"),
        percent if percent < 0.0 => format!("{} % shorter than", -percent),
        _ => "as long as".to_string(),
    };
    Some(format!(
        "{begins}: {than} your longest run of the last 30 days, {length} on {}.",
        plan_words::day(was.on)
    ))
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
