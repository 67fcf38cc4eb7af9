//! `pacebell plan`: the plan that the runner follows, a week a line.

use super::dates::span;
use super::print_lines;
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words::{self, WeekSums};
use crate::cli::table::{TableCell, TableLayout};
use crate::clock;
use crate::formats::plan as plan_json;
use crate::plan::{CalendarDay, CalendarWeek, PlanItem, PlannedSession, SessionKind};
use crate::text::clean;
use crate::units::{Millis, clock as clock_text};
use chrono::NaiveDate;
use std::io::{self, Write};

/// The most characters of a session in a cell.
const CELL: usize = 6;
/// The week, seven days, and three figures.
const COLUMNS: usize = 11;

/// Prints the plan that is on.
pub fn print(context: &Context, as_json: bool) -> Result<(), Failure> {
    let Some(plan) = active_plan::load(context, &profile_if_usable())? else {
        return print_lines(
            context,
            &[
                "No plan is on.".to_string(),
                "To see the plans:  pacebell plan list".to_string(),
                "To start one:      pacebell plan start micro-run".to_string(),
            ],
        );
    };
    if as_json {
        return Ok(io::stdout().write_all(plan_json::text(&plan.calendar).as_bytes())?);
    }
    let today = clock::local_time().date_naive();
    let painter = TextPainter::of_stdout(context);
    let name = clean(&plan.calendar.name);
    let mut lines = vec![painter.paint(&name, TextLook::Title), span(&plan.calendar, today), String::new()];
    let layout = TableLayout {
        right: [true, false, false, false, false, false, false, false, true, true, true],
        flexible: &[],
        optional: &[9, 10],
        columns: usize::from(output_width()),
        has_heading: true,
    };
    lines.extend(layout.lines(&rows(&plan, today), &painter));
    lines.push(String::new());
    lines.push("Every day: pacebell plan show    Today: pacebell today".to_string());
    print_lines(context, &lines)
}

fn rows(plan: &ActivePlan, today: NaiveDate) -> Vec<[TableCell; COLUMNS]> {
    let days = plan.calendar.weeks.iter().map(|week| &week.days).max_by_key(|days| days.len());
    let names = days.into_iter().flatten().map(|day| day.date.format("%a").to_string());
    let mut heading: Vec<TableCell> =
        std::iter::once(TableCell::from("week")).chain(names.map(TableCell::from)).collect();
    heading.resize(8, TableCell::default());
    heading.extend(["run", "easy", "longest"].map(TableCell::from));
    let rows = plan.calendar.weeks.iter().map(|week| row(plan, week, today));
    std::iter::once(heading).chain(rows).filter_map(|row| row.try_into().ok()).collect()
}

fn row(plan: &ActivePlan, week: &CalendarWeek, today: NaiveDate) -> Vec<TableCell> {
    let mark = if week.contains(today) { "▸ " } else { "" };
    let mut cells = vec![TableCell::from(format!("{mark}{}", week.number))];
    // A first week that begins later has its days at the end of the line.
    let missing = 7usize.saturating_sub(week.days.len());
    let is_first = plan.calendar.weeks.first().is_some_and(|first| first.number == week.number);
    if is_first {
        cells.extend((0..missing).map(|_| TableCell::default()));
    }
    cells.extend(week.days.iter().map(|day| cell(plan, day, today)));
    cells.resize(8, TableCell::default());
    let sums = WeekSums::of(week);
    let time = |time: Millis| match time {
        Millis::ZERO => String::new(),
        time => clock_text(time.whole_secs()),
    };
    let easy = sums.easy_percent().map(|easy| format!("{easy} %")).unwrap_or_default();
    cells.extend([time(sums.running), easy, time(sums.longest)].map(TableCell::from));
    cells
}

fn cell(plan: &ActivePlan, day: &CalendarDay, today: NaiveDate) -> TableCell {
    let words: Vec<String> = plan.items_on(day.date).map(short).collect();
    let text: String = match words.is_empty() {
        true => "–".to_string(),
        false => words.join("+").chars().take(2 * CELL).collect(),
    };
    let look = match () {
        () if day.date == today => TextLook::Title,
        () if words.is_empty() || day.date < today => TextLook::Quiet,
        () => TextLook::Plain,
    };
    TableCell::new(text, look)
}

/// Returns a session in at most six characters: the kind of a run in notation, else the first word of its name.
fn short(item: &PlanItem) -> String {
    let workout = match item.usual() {
        PlannedSession::Rest => return "rest".to_string(),
        PlannedSession::Race(_) => return "RACE".to_string(),
        PlannedSession::Workout(workout) => workout,
    };
    let kind = workout.figures.kind;
    if item.is_long && matches!(kind, SessionKind::Easy | SessionKind::Steady | SessionKind::Recovery) {
        return "long".to_string();
    }
    if workout.library_name.is_none() && workout.text == workout.title {
        return kind.word().to_string();
    }
    let title = plan_words::title(item);
    let first = title.split_whitespace().next().unwrap_or_default();
    match first.chars().count() {
        0..=CELL => first.to_string(),
        _ => first.chars().take(CELL - 1).chain(['.']).collect(),
    }
}
