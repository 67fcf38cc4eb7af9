//! `pacebell plan`: the plan that the runner follows, a week a line.

use super::dates::span_of;
use super::print_lines;
use crate::agenda::{Agenda, AgendaDay, AgendaItem, AgendaWeek, ItemState, run_lengths};
use crate::cli::active_plan;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words::{self, WeekSums};
use crate::cli::table::{TableCell, TableLayout};
use crate::clock;
use crate::formats::plan as plan_json;
use crate::plan::{PlanItem, PlannedSession, SessionKind};
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
        return print_lines(&[
            "No plan is on.".to_string(),
            "To see the plans:  pacebell plan list".to_string(),
            "To start one:      pacebell plan start micro-run".to_string(),
        ]);
    };
    let agenda = plan.agenda(clock::local_time().date_naive());
    let calendar = plan.on_its_dates(&agenda, &plan.calendar);
    if as_json {
        return Ok(io::stdout()
            .write_all(plan_json::text(&calendar, &run_lengths(&plan.history.sessions)).as_bytes())?);
    }
    let painter = TextPainter::of_stdout(context);
    let name = clean(&plan.calendar.name);
    let mut lines = vec![painter.paint(&name, TextLook::Title), span_of(&agenda), String::new()];
    let layout = TableLayout {
        right: [true, false, false, false, false, false, false, false, true, true, true],
        flexible: &[],
        optional: &[10, 9],
        columns: usize::from(output_width()),
        has_heading: true,
    };
    lines.extend(layout.lines(&rows(&agenda), &painter));
    lines.push(String::new());
    lines.push("✓ run   ◐ in part   · let go: nothing is owed".to_string());
    lines.push("Every day: pacebell plan show    Today: pacebell today".to_string());
    lines.extend(active_plan::edit_note(&plan.history.block.fields));
    print_lines(&lines)
}

fn rows(agenda: &Agenda<'_>) -> Vec<[TableCell; COLUMNS]> {
    let longest = agenda.weeks.iter().map(|week| &week.days).max_by_key(|days| days.len());
    let names = longest.into_iter().flatten().map(|day| day.date.format("%a").to_string());
    let mut heading: Vec<TableCell> =
        std::iter::once(TableCell::from("week")).chain(names.map(TableCell::from)).collect();
    heading.resize(8, TableCell::default());
    heading.extend(["run", "easy", "longest"].map(TableCell::from));
    let rows = agenda.weeks_by_date().into_iter().map(|week| row(agenda, week));
    std::iter::once(heading).chain(rows).filter_map(|row| row.try_into().ok()).collect()
}

fn row(agenda: &Agenda<'_>, week: &AgendaWeek<'_>) -> Vec<TableCell> {
    let is_now = week.days.iter().any(|day| day.date == agenda.today);
    let mark = if is_now { "▸ " } else { "" };
    let mut cells = vec![TableCell::from(format!("{mark}{}", week.week.number))];
    // A week that begins later has its days at the end of the line.
    cells.extend((0..week.missing_before()).map(|_| TableCell::default()));
    cells.extend(week.days.iter().map(|day| cell(day, agenda.today)));
    cells.resize(8, TableCell::default());
    let sums = WeekSums::of(week.week);
    let time = |time: Millis| match time {
        Millis::ZERO => String::new(),
        time => clock_text(time.whole_secs()),
    };
    let easy = sums.easy_percent().map(|easy| format!("{easy} %")).unwrap_or_default();
    cells.extend([time(sums.running), easy, time(sums.longest)].map(TableCell::from));
    cells
}

fn cell(day: &AgendaDay<'_>, today: NaiveDate) -> TableCell {
    let there = day.items.iter().filter(|item| !matches!(item.state, ItemState::Moved { .. }));
    let words: Vec<String> = there.map(words).collect();
    let look = match () {
        () if day.date == today => TextLook::Title,
        () if words.is_empty() || day.date < today => TextLook::Quiet,
        () => TextLook::Plain,
    };
    TableCell::new(if words.is_empty() { "–".to_string() } else { words.join("+") }, look)
}

fn words(item: &AgendaItem<'_>) -> String {
    let mark = match item.state {
        ItemState::Due | ItemState::Ahead => "",
        _ => plan_words::mark(item),
    };
    let room = if mark.is_empty() { CELL } else { CELL - 1 };
    format!("{}{mark}", short(item.item, room))
}

/// Returns a session in at most `room` characters: the kind of a run in notation, else the first word of its name.
fn short(item: &PlanItem, room: usize) -> String {
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
        return kind.word().chars().take(room).collect();
    }
    let title = clean(&workout.title);
    let first = title.split_whitespace().next().unwrap_or_default();
    match first.chars().count() > room {
        false => first.to_string(),
        true => first.chars().take(room.saturating_sub(1)).chain(['.']).collect(),
    }
}
