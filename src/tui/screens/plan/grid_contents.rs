//! A whole plan as its page shows it.

use super::grid::{PlanGrid, PlanGridCell, PlanGridWeek};
use super::words::{self, PlanFigures};
use crate::agenda::{Agenda, AgendaDay, AgendaItem, AgendaWeek, ItemState};
use crate::plan::TrainingFigures;
use crate::text::clean;
use crate::units::Millis;
use crate::workout::explain;

/// Returns a plan in words.
pub fn plan_grid(agenda: &Agenda<'_>, figures: &PlanFigures) -> PlanGrid {
    let by_date = agenda.weeks_by_date();
    let times: Vec<WeekTimes> = by_date.iter().map(|week| WeekTimes::of(week)).collect();
    let most = times.iter().map(|times| times.running).max().unwrap_or_default();
    let weeks =
        by_date.iter().zip(&times).map(|(week, times)| grid_week(agenda, week, *times, most, figures));
    let whole = agenda.weeks.iter().map(|week| &week.days).max_by_key(|days| days.len());
    let names = whole.into_iter().flatten().map(|day| day.date.format("%a").to_string());
    let now = agenda.week_of(agenda.today);
    PlanGrid {
        plan: clean(&agenda.calendar.name),
        place: place(agenda, now),
        day_names: names.collect(),
        weeks: weeks.collect(),
        today: now.map(|week| {
            let index = week.days.iter().position(|day| day.date == agenda.today).unwrap_or(0);
            index + week.missing_before()
        }),
        notes: notes(agenda),
    }
}

fn place(agenda: &Agenda<'_>, now: Option<&AgendaWeek<'_>>) -> String {
    if let Some(race) = &agenda.calendar.race {
        let days = (race.on - agenda.today).num_days();
        let left = match days {
            0 => " · today".to_string(),
            1 => " · tomorrow".to_string(),
            days if days > 1 => format!(" · {days} days to go"),
            _ => String::new(),
        };
        return format!("race {}{left}", race.on.format("%a %-d %B %Y"));
    }
    match (now, agenda.range()) {
        (Some(week), _) => format!("week {} of {}", week.week.number, agenda.calendar.weeks_in_plan),
        (None, Some((first, _))) if agenda.today < first => format!("begins {}", words::long_day(first)),
        _ => "over".to_string(),
    }
}

/// The times of a week.
#[derive(Clone, Copy)]
struct WeekTimes {
    running: Millis,
    easy: Millis,
    longest: Millis,
}

impl WeekTimes {
    fn of(week: &AgendaWeek<'_>) -> Self {
        let runs = || -> Vec<&TrainingFigures> {
            let figures = week.week.items().filter_map(|item| item.workout()).map(|workout| &workout.figures);
            figures.filter(|figures| figures.kind.is_run()).collect()
        };
        WeekTimes {
            running: runs().iter().map(|run| run.running).sum(),
            easy: runs().iter().map(|run| run.zones[1] + run.zones[2]).sum(),
            longest: runs().iter().map(|run| run.time).max().unwrap_or_default(),
        }
    }
}

fn grid_week(
    agenda: &Agenda<'_>,
    week: &AgendaWeek<'_>,
    times: WeekTimes,
    most: Millis,
    figures: &PlanFigures,
) -> PlanGridWeek {
    let missing = (0..week.missing_before()).map(|_| PlanGridCell::default());
    let days = week.days.iter().map(|day| cell(day, figures));
    let share = |part: Millis, whole: Millis| part.as_secs_f64() / whole.as_secs_f64().max(1.0);
    PlanGridWeek {
        number: week.week.number.to_string(),
        name: match &week.week.name {
            Some(name) => clean(name),
            None if week.week.down => "lighter".to_string(),
            None => String::new(),
        },
        days: missing.chain(days).collect(),
        run: words::time(times.running),
        share: share(times.running, most),
        easy: format!("{:.0} %", 100.0 * share(times.easy, times.running)),
        longest: words::time(times.longest),
        is_now: week.days.iter().any(|day| day.date == agenda.today),
    }
}

fn cell(day: &AgendaDay<'_>, figures: &PlanFigures) -> PlanGridCell {
    let mut details = vec![words::long_day(day.date)];
    details.extend(day.items.iter().map(|item| detail(item, figures)));
    if day.items.is_empty() {
        details.push("Rest".to_string());
    }
    details.extend(day.about.map(clean));
    PlanGridCell {
        word: short(words::day_word(day)).to_string(),
        date: Some(day.date),
        mark: words::day_mark(day),
        details,
    }
}

/// Shortens the kind of a day to six letters.
fn short(word: &'static str) -> &'static str {
    if word == "recovery" { "recov." } else { word }
}

/// Returns a session with its state in a sentence.
fn detail(item: &AgendaItem<'_>, figures: &PlanFigures) -> String {
    let state = match item.state {
        ItemState::Run => "run".to_string(),
        ItemState::Part => "run in part".to_string(),
        ItemState::Moved { to } => format!("moved to {}", words::long_day(to)),
        ItemState::LetGo => "let go".to_string(),
        ItemState::Ahead | ItemState::Due if item.item.optional => "optional".to_string(),
        ItemState::Ahead | ItemState::Due => String::new(),
    };
    let title = words::title(item);
    let title = if state.is_empty() { title } else { format!("{title} ({state})") };
    match item.session.workout() {
        Some(workout) => format!("{title}: {}", clean(&explain(&workout.sequence, &figures.style))),
        None => title,
    }
}

fn notes(agenda: &Agenda<'_>) -> Vec<String> {
    let items = || agenda.weeks.iter().flat_map(|week| week.items()).filter(|i| i.session.kind().is_some());
    let past = items().filter(|item| item.was_run() || item.state == ItemState::LetGo).count();
    let let_go = items().filter(|item| item.state == ItemState::LetGo).count();
    match (past, let_go) {
        (0, _) => Vec::new(),
        (_, 0) => vec!["Nothing was let go.".to_string()],
        (past, let_go) => vec![format!("{let_go} of {past} let go (·). Nothing is owed.")],
    }
}
