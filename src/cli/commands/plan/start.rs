//! `pacebell plan start`: puts a plan on dates and follows it.

use super::dates::{anchor, fallen_away, joining_note, span};
use super::print_lines;
use crate::cli::active_plan::{self, CompiledPlan};
use crate::cli::args::plan::PlanDates;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::cli::table::wrap;
use crate::clock;
use crate::history::block_rows::BlockAnchor;
use crate::history::blocks::{self, NewBlock};
use crate::library::user_plans;
use crate::plan::{AnchorKind, Calendar, RunLength, read_plan};
use crate::text::clean;
use chrono::NaiveDate;

/// Starts a plan.
pub fn start(context: &Context, plan: &str, dates: &PlanDates) -> Result<(), Failure> {
    let now = clock::local_time();
    let today = now.date_naive();
    let found = user_plans::find(plan).map_err(|error| Failure::Input(Report::from(&error)))?;
    let document = read_plan(&found.source);
    let anchor = anchor(&document, dates, now)?;
    let profile = load_workout::profile(context)?;
    let CompiledPlan { calendar, workouts } = active_plan::compile_to_keep(&document, anchor, &profile)?;
    if calendar.last_day().is_none_or(|last| last < today) {
        let report = Report::new("every day of the plan would be over");
        return Err(Failure::Input(report.with_help("choose a later day")));
    }
    if let Some(current) = active_plan::load(context, &profile)?
        && let Some((_, last)) = current.agenda(today).range()
        && last >= today
    {
        let problem = format!(
            "you follow {} until {}",
            clean(&current.calendar.name),
            plan_words::day_of_year(last, today)
        );
        let report = Report::new(problem).with_help("end it first: `pacebell plan stop`");
        return Err(Failure::Input(report));
    }
    let logged = active_plan::logged_runs(context, today)?;
    let database = active_plan::database(context)?;
    let new = NewBlock {
        name: document.name.clone(),
        source_name: found.name,
        source: found.source.text.to_string(),
        workouts: Some(workouts),
        anchor: match anchor.kind {
            AnchorKind::Start => BlockAnchor::Start,
            AnchorKind::Race => BlockAnchor::Race,
        },
        anchor_on: anchor.on,
        from_on: anchor.from,
    };
    let now_ms = now.timestamp_millis();
    blocks::start(&mut database.open()?, new, now_ms).map_err(|error| database.explain(&error))?;
    print_lines(&started(&calendar, &logged, today))
}

fn started(calendar: &Calendar, logged: &[RunLength], today: NaiveDate) -> Vec<String> {
    let columns = usize::from(output_width());
    let fallen = fallen_away(calendar, today, columns);
    let mut lines: Vec<String> = joining_note(calendar, logged, today).into_iter().collect();
    lines.push(format!("Started: {}, {}", clean(&calendar.name), span(calendar, today)));
    let first = calendar.days().find(|day| !day.items.is_empty() && day.date >= today);
    if let Some(day) = first {
        let titles: Vec<String> = day.items.iter().map(plan_words::title).collect();
        let when = if day.date == today { "today".to_string() } else { plan_words::day(day.date) };
        lines.push(format!("First session: {when}, {}", titles.join(" and ")));
    }
    let lines = lines.iter().flat_map(|line| wrap(line, columns, "  "));
    let mut lines: Vec<String> = fallen.into_iter().chain(lines).collect();
    lines.extend(plan_words::remarks(calendar, logged, columns));
    lines.push("To undo it: pacebell log undo".to_string());
    lines
}
