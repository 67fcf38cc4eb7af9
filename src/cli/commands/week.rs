//! `pacebell week`: a week of the plan, planned and run.

use super::plan::screen::{self, PlanPage};
use crate::agenda::{Agenda, AgendaItem, AgendaWeek, ItemState};
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::args::plan::WeekArguments;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_date;
use crate::cli::plan_words::{self, WeekSums};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout};
use crate::clock;
use crate::history::logged_run::LoggedRun;
use crate::text::clean;
use crate::units::{Millis, clock as clock_text, trimmed};
use std::io::{self, Write};

const COLUMNS: usize = 7;

/// Prints the week of a day.
pub fn week(context: &Context, arguments: &WeekArguments) -> Result<(), Failure> {
    let now = clock::local_time();
    let date = match &arguments.date {
        Some(text) => plan_date::read(text, now)?,
        None => now.date_naive(),
    };
    if screen::show(context, PlanPage::Week(date))? {
        return Ok(());
    }
    let Some(plan) = active_plan::load(context, &profile_if_usable())? else {
        writeln!(io::stdout(), "{}", active_plan::NONE_IS_ON)?;
        return Ok(());
    };
    let agenda = plan.agenda(now.date_naive());
    let contains = |week: &&AgendaWeek<'_>| week.days.iter().any(|day| day.date == date);
    let Some(week) = agenda.weeks_by_date().into_iter().find(contains) else {
        let problem = format!("{} is not a day of the plan", plan_words::day_of_year(date, agenda.today));
        let help = match agenda.range() {
            Some((first, last)) => format!(
                "it goes from {} to {}",
                plan_words::day_of_year(first, agenda.today),
                plan_words::day_of_year(last, agenda.today)
            ),
            None => "see `pacebell plan`".to_string(),
        };
        return Err(Failure::Input(Report::new(problem).with_help(help)));
    };
    let painter = TextPainter::of_stdout(context);
    let mut out = SpelledOutput::stdout();
    for line in lines(&plan, &agenda, week, &painter) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn lines(
    plan: &ActivePlan,
    agenda: &Agenda<'_>,
    week: &AgendaWeek<'_>,
    painter: &TextPainter,
) -> Vec<String> {
    let first = week.days.first().map(|day| day.date.format("%-d %B").to_string()).unwrap_or_default();
    let title = format!("The week of {first}");
    let of = plan.calendar.weeks_in_plan;
    let mut lines = vec![
        painter.paint(&title, TextLook::Title),
        format!("{}, week {} of {of}", clean(&plan.calendar.name), week.week.number),
        String::new(),
    ];
    let layout = TableLayout {
        right: [false, false, true, true, false, true, true],
        flexible: &[CutColumn { column: 1, least: 16 }],
        optional: &[6, 5],
        columns: usize::from(output_width()),
        has_heading: true,
    };
    lines.extend(layout.lines(&rows(plan, agenda, week), painter));
    lines.push(String::new());
    lines.push(format!("Planned: {}", WeekSums::of(week.week).words()));
    lines.push(format!("So far:  {}", so_far(plan, week)));
    lines
}

fn rows(plan: &ActivePlan, agenda: &Agenda<'_>, week: &AgendaWeek<'_>) -> Vec<[TableCell; COLUMNS]> {
    let heading = ["day", "planned", "", "run", "", "rpe", "load"].map(TableCell::from);
    let mut rows = vec![heading];
    for day in &week.days {
        let date = day.date.format("%a %-d").to_string();
        let look = if day.date == agenda.today { TextLook::Title } else { TextLook::Plain };
        if day.items.is_empty() {
            let rest = TableCell::new("Rest", TextLook::Quiet);
            rows.push([
                TableCell::new(date, look),
                rest,
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
            ]);
            continue;
        }
        for (number, item) in day.items.iter().enumerate() {
            let date = TableCell::new(if number == 0 { date.as_str() } else { "" }, look);
            rows.push(row(plan, date, item));
        }
    }
    rows.extend(week.any.iter().map(|item| row(plan, "any".into(), item)));
    rows
}

fn row(plan: &ActivePlan, date: TableCell, item: &AgendaItem<'_>) -> [TableCell; COLUMNS] {
    let runs: Vec<&LoggedRun> =
        item.sessions.iter().filter_map(|index| plan.history.runs.get(*index)).collect();
    let time = runs.iter().fold(Millis::ZERO, |sum, run| sum + run.active);
    let run = if runs.is_empty() { String::new() } else { clock_text(time.whole_secs()) };
    let load = |run: &&LoggedRun| Some(run.rpe? * run.active.as_secs_f64() / 60.0);
    let rpe = runs.iter().find_map(|run| run.rpe).map(|rpe| trimmed(rpe, 1)).unwrap_or_default();
    let loads: Vec<f64> = runs.iter().filter_map(load).collect();
    let load = if loads.is_empty() { String::new() } else { trimmed(loads.iter().sum(), 0) };
    let state = match item.state {
        ItemState::Moved { to } => format!("→ {}", to.format("%a %-d")),
        ItemState::LetGo if item.skipped => "skipped".to_string(),
        // Rest that was taken, and a session that need not be run, are not missed.
        ItemState::LetGo if item.is_rest_taken() => String::new(),
        ItemState::LetGo if item.item.optional => "left out".to_string(),
        ItemState::LetGo => "not run".to_string(),
        _ => plan_words::mark(item).to_string(),
    };
    let is_open = matches!(item.state, ItemState::Due | ItemState::Ahead) || !runs.is_empty();
    let title = plan_words::due_title(item);
    let title = TableCell::new(title, if is_open { TextLook::Plain } else { TextLook::Quiet });
    let total = plan_words::due_total(item);
    [date, title, total.into(), run.into(), state.into(), rpe.into(), load.into()]
}

/// Returns the running and the strength training of the week, whether it was planned or not.
fn so_far(plan: &ActivePlan, week: &AgendaWeek<'_>) -> String {
    let dates = week.days.first().zip(week.days.last()).map(|(first, last)| first.date..=last.date);
    let of_week = |run: &&LoggedRun| dates.as_ref().is_some_and(|d| d.contains(&run.started.date_naive()));
    let (mut running, mut longest, mut strength) = (Millis::ZERO, Millis::ZERO, 0);
    for run in plan.history.runs.iter().filter(of_week) {
        if run.activity.is_run() {
            running += run.active;
            longest = longest.max(run.active);
        } else {
            strength += 1;
        }
    }
    let time = |time: Millis| clock_text(time.whole_secs());
    let strength = match strength {
        0 => String::new(),
        1 => ", 1 strength session".to_string(),
        count => format!(", {count} strength sessions"),
    };
    match running {
        Millis::ZERO => format!("no running yet{strength}"),
        running => format!("{} of running, longest {}{strength}", time(running), time(longest)),
    }
}
