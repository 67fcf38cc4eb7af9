//! Plans in words: days, sessions and the figures of a week.

use super::table::wrap;
use crate::agenda::{Agenda, AgendaItem, ItemState, shortened};
use crate::display;
use crate::plan::{Calendar, CalendarWeek, PlanItem, PlannedSession, RunLength, plan_remarks};
use crate::text::clean;
use crate::units::{Millis, clock};
use chrono::{Datelike, NaiveDate};

/// A day: `Mon 7 Dec`.
pub fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// A day with its year, if that is not this year: `Mon 4 Jan 2027`.
pub fn day_of_year(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { day(date) } else { date.format("%a %-d %b %Y").to_string() }
}

/// The alternatives of an item: `Recovery jog or rest`, `optional Strides`.
pub fn title(item: &PlanItem) -> String {
    let titles = item.options.iter().enumerate().map(|(number, option)| match option {
        PlannedSession::Rest if number > 0 => "rest".to_string(),
        option => option.title(),
    });
    let titles = titles.collect::<Vec<_>>().join(" or ");
    clean(&if item.optional { format!("optional {titles}") } else { titles })
}

/// The total of an item's usual session: `15:00`, `≈52:30`. Empty for a race and for rest.
pub fn total(item: &PlanItem) -> String {
    item.workout().map(|workout| display::total(&workout.sequence)).unwrap_or_default()
}

/// The session of an item that is to be run, with its alternatives unless one was taken, and no longer than the runner chose.
pub fn due_title(item: &AgendaItem<'_>) -> String {
    let shorter = item.session.workout().zip(item.up_to.as_deref());
    match shorter.and_then(|(workout, most)| shortened(workout, most)) {
        Some(shorter) => clean(&shorter),
        None if std::ptr::eq(item.session, item.item.usual()) => title(item.item),
        None => clean(&item.session.title()),
    }
}

/// The total of the session that is to be run. Empty for a race and for rest.
pub fn due_total(item: &AgendaItem<'_>) -> String {
    item.sequence().as_deref().map(display::total).unwrap_or_default()
}

/// A session of a plan with its day: `Short intervals, Wed 9 Dec`. Its id if the plan no longer has it.
pub fn item_and_day(agenda: &Agenda<'_>, id: &str) -> String {
    let Some(item) = id.parse().ok().and_then(|id| agenda.item(id)) else { return clean(id) };
    let is_it = |found: &AgendaItem<'_>| {
        found.item.id == item.item.id && !matches!(found.state, ItemState::Moved { .. })
    };
    let mut days = agenda.weeks.iter().flat_map(|week| &week.days);
    let on = days.find(|day| day.items.iter().any(is_it)).map(|found| day(found.date));
    let on = on.unwrap_or_else(|| format!("any day of week {}", item.item.id.week));
    format!("{}, {on}", title(item.item))
}

/// What a coach would say about a plan: a line or more for each kind of remark, with the reason.
pub fn remarks(calendar: &Calendar, logged: &[RunLength], columns: usize) -> Vec<String> {
    let lines = plan_remarks(calendar, logged).into_iter().flat_map(|remark| {
        let label = if remark.kind.is_warning() { "Warning" } else { "Note" };
        wrap(&clean(&format!("{label}: {remark} – {}", remark.kind.reason())), columns, "  ")
    });
    lines.collect()
}

/// The mark of a state: run, run in part, moved, let go, or still to be run.
pub fn mark(item: &AgendaItem<'_>) -> &'static str {
    match item.state {
        ItemState::Run => "✓",
        ItemState::Part => "◐",
        ItemState::Moved { .. } => "→",
        ItemState::LetGo => "·",
        ItemState::Due => "▸",
        ItemState::Ahead => "",
    }
}

/// The figures of a week's running.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeekSums {
    /// The time in zones 1 to 5.
    pub running: Millis,
    /// The time in zones 1 and 2.
    pub easy: Millis,
    /// The time of the longest run.
    pub longest: Millis,
}

impl WeekSums {
    /// Adds up the usual sessions of a week.
    pub fn of(week: &CalendarWeek) -> Self {
        let mut sums = WeekSums::default();
        let runs = week.items().filter_map(PlanItem::workout).filter(|w| w.figures.kind.is_run());
        for figures in runs.map(|workout| &workout.figures) {
            sums.running += figures.running;
            sums.easy += figures.zones[1] + figures.zones[2];
            sums.longest = sums.longest.max(figures.time);
        }
        sums
    }

    /// The share of easy running in whole per cent. `None` without running.
    pub fn easy_percent(&self) -> Option<u64> {
        let share = 100.0 * self.easy.as_secs_f64() / self.running.as_secs_f64();
        (self.running > Millis::ZERO).then(|| share.round() as u64)
    }

    /// The figures in words: `3:07:00 of running, 85 % easy, longest 1:30:00`. Empty without running.
    pub fn words(&self) -> String {
        let Some(easy) = self.easy_percent() else { return String::new() };
        let time = |time: Millis| clock(time.whole_secs());
        format!("{} of running, {easy} % easy, longest {}", time(self.running), time(self.longest))
    }
}
