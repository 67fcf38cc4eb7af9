//! `pacebell plan show`: every day of a plan, without starting it.

use super::dates::{self, fallen_away, joining_note, span};
use crate::cli::active_plan;
use crate::cli::args::plan::PlanDates;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words::{self, WeekSums};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::clock;
use crate::formats::plan as plan_json;
use crate::library::user_plans;
use crate::plan::{Calendar, CalendarWeek, PlanItem, RunLength, read_plan};
use crate::text::clean;
use chrono::NaiveDate;
use std::io::{self, BufWriter, Write};

/// Prints a plan on its dates; without a name, the one that the runner follows.
pub fn show(context: &Context, plan: Option<&str>, dates: &PlanDates, as_json: bool) -> Result<(), Failure> {
    let calendar = match plan {
        None if dates.on.is_some() || dates.race.is_some() => {
            let report = Report::new("a date needs a plan");
            return Err(Failure::Input(
                report.with_help("name one: pacebell plan show micro-run --on today"),
            ));
        }
        None => {
            let plan = active_plan::require(context, &profile_if_usable())?;
            plan.on_its_dates(&plan.agenda(clock::local_time().date_naive()), &plan.calendar)
        }
        Some(plan) => {
            let found = user_plans::find(plan).map_err(|error| Failure::Input(Report::from(&error)))?;
            let document = read_plan(&found.source);
            let anchor = dates::anchor(&document, dates, clock::local_time())?;
            active_plan::compile(&document, anchor, &profile_if_usable())?
        }
    };
    let logged = active_plan::logged_runs(context, clock::local_time().date_naive())?;
    if as_json {
        return Ok(io::stdout().write_all(plan_json::text(&calendar, &logged).as_bytes())?);
    }
    let mut printer = CalendarPrinter {
        today: clock::local_time().date_naive(),
        painter: TextPainter::of_stdout(context),
        columns: usize::from(output_width()),
        logged,
        out: BufWriter::new(SpelledOutput::stdout()),
    };
    printer.print(&calendar)?;
    Ok(printer.out.flush()?)
}

/// Prints a calendar day by day.
struct CalendarPrinter<W: Write> {
    today: NaiveDate,
    painter: TextPainter,
    columns: usize,
    /// The runs of the log.
    logged: Vec<RunLength>,
    out: W,
}

const COLUMNS: usize = 5;

impl<W: Write> CalendarPrinter<W> {
    fn print(&mut self, calendar: &Calendar) -> io::Result<()> {
        writeln!(self.out, "{}", self.painter.paint(&clean(&calendar.name), TextLook::Title))?;
        writeln!(self.out, "{}", span(calendar, self.today))?;
        self.quiet(calendar.about.as_deref())?;
        let source = calendar.source.as_ref().map(|source| format!("Source: {source}"));
        self.quiet(source.as_deref())?;
        for line in fallen_away(calendar, self.today, self.columns) {
            writeln!(self.out, "{line}")?;
        }
        if let Some(note) = joining_note(calendar, &self.logged, self.today) {
            writeln!(self.out, "{}", wrap(&note, self.columns, "").join("\n"))?;
        }
        for week in &calendar.weeks {
            self.week(week, calendar.weeks_in_plan)?;
        }
        let remarks = plan_words::remarks(calendar, &self.logged, self.columns);
        for (number, line) in remarks.iter().enumerate() {
            writeln!(self.out, "{}{line}", if number == 0 { "\n" } else { "" })?;
        }
        Ok(())
    }

    fn quiet(&mut self, text: Option<&str>) -> io::Result<()> {
        for line in text.iter().flat_map(|text| wrap(&clean(text), self.columns, "")) {
            writeln!(self.out, "{}", self.painter.paint(&line, TextLook::Quiet))?;
        }
        Ok(())
    }

    fn week(&mut self, week: &CalendarWeek, of: usize) -> io::Result<()> {
        let name = week.name.as_ref().map(|name| format!(" · {}", clean(name))).unwrap_or_default();
        let lighter = if week.down && week.name.is_none() { " · lighter" } else { "" };
        let heading = format!("Week {} of {of}{name}{lighter}", week.number);
        writeln!(self.out, "\n{}", self.painter.paint(&heading, TextLook::Title))?;
        self.quiet(Some(&WeekSums::of(week).words()))?;
        self.quiet(week.about.as_deref())?;
        let mut rows: Vec<[TableCell; COLUMNS]> = Vec::new();
        for day in &week.days {
            let date = plan_words::day(day.date);
            if day.items.is_empty() {
                rows.push([
                    date.clone().into(),
                    TableCell::new("Rest", TextLook::Quiet),
                    "".into(),
                    "".into(),
                    "".into(),
                ]);
            }
            for (number, item) in day.items.iter().enumerate() {
                rows.push(row(if number == 0 { &date } else { "" }, item));
            }
        }
        rows.extend(week.any.iter().map(|item| row("any day", item)));
        let layout = TableLayout {
            right: [false, false, true, false, false],
            flexible: &[CutColumn { column: 1, least: 16 }],
            optional: &[3],
            columns: self.columns.saturating_sub(2),
            has_heading: false,
        };
        for line in layout.lines(&rows, &self.painter) {
            writeln!(self.out, "  {line}")?;
        }
        Ok(())
    }
}

fn row(day: &str, item: &PlanItem) -> [TableCell; COLUMNS] {
    let kind = match item.kind() {
        Some(kind) if item.is_long => format!("long, {}", kind.word()),
        Some(kind) => kind.word().to_string(),
        None => String::new(),
    };
    [
        day.into(),
        plan_words::title(item).into(),
        plan_words::total(item).into(),
        kind.into(),
        TableCell::new(item.id.to_string(), TextLook::Quiet),
    ]
}
