//! `pacebell log trends`: what the log adds up to over weeks.

use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::clock;
use crate::display::trends as words;
use crate::formats;
use crate::history::{Database, TrendHistory};
use crate::runner::profile::Units;
use crate::trends::{TrendInput, TrendWeek, Trends, first_day};
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// The columns of the table of weeks.
const COLUMNS: usize = 11;
/// The most columns of the longest bar.
const BAR: usize = 12;
/// The least columns of the longest bar.
const SHORT_BAR: usize = 4;

/// Calculates the trends of so many weeks.
pub fn read(context: &Context, database: &Database, weeks: usize) -> Result<Trends, Failure> {
    let today = clock::local_time().date_naive();
    let week_starts = context.settings.week_starts;
    let history = match database.open_to_read()? {
        Some(connection) => {
            TrendHistory::read(&connection, first_day(today, week_starts, weeks), week_starts)
                .map_err(|error| database.explain(&error))?
        }
        None => TrendHistory::default(),
    };
    let mut results = history.results;
    results.extend(profile_if_usable().athlete.results().iter().copied());
    let sessions = &history.sessions;
    Ok(Trends::new(TrendInput { sessions, results: &results, today, week_starts, weeks }))
}

/// Prints the trends.
pub fn print(context: &Context, trends: &Trends, as_json: bool) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    if as_json {
        out.write_all(formats::trends::text(trends).as_bytes())?;
        return Ok(out.flush()?);
    }
    let painter = TextPainter::of_stdout(context);
    for line in lines(trends, profile_if_usable().units, usize::from(output_width()), &painter) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn lines(trends: &Trends, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    if trends.weeks.is_empty() {
        return vec![
            "The log is empty, so there are no trends yet.".to_string(),
            "Run a workout: pacebell run short-intervals".to_string(),
        ];
    }
    let quiet =
        |text: &str| wrap(text, columns, "  ").into_iter().map(|l| painter.paint(&l, TextLook::Quiet));
    let mut lines = vec![painter.paint("Trends", TextLook::Title), words::title(trends), String::new()];
    lines.extend(weeks(trends, units, columns, painter));
    lines.push(String::new());
    if let Some(mean) = trends.mean_load_before {
        lines.push(format!("The mean load of the 4 weeks before this one was {mean:.0}."));
    }
    lines.extend(words::unrated(trends).iter().flat_map(|text| wrap(text, columns, "  ")));
    lines.extend(quiet(
        "Load is RPE × minutes; time and long, the longest run, are in hours; a dash is a value that is not known.",
    ));
    lines.extend(words::legend(trends).into_iter().flat_map(quiet));
    lines.extend(quiet(words::EASY_ADVICE));
    lines.extend(quiet(words::AVERAGES));
    let mut section = |title: &str, body: Vec<String>| {
        if !body.is_empty() {
            lines.extend([String::new(), painter.paint(title, TextLook::Title)]);
            lines.extend(body);
        }
    };
    section("Long runs", spikes(trends, units, columns, painter));
    section("Same session, same effort", same(trends, units, columns, painter));
    section(
        "Races and time trials",
        words::results(trends).iter().flat_map(|r| wrap(r, columns, "  ")).collect(),
    );
    section("Records", records(trends, units, columns, painter));
    lines
}

/// Returns the table of weeks, the latest last, with a bar beside each load.
fn weeks(trends: &Trends, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    let heading = {
        let distance = units.distance.name();
        ["week", "load", "", distance, "time", "easy", "long", "mono", "strain", "42 d", "7 d"]
            .map(TableCell::from)
    };
    let most = trends.weeks.iter().filter_map(|week| week.load).fold(0.0, f64::max);
    let table = |bar: usize, optional: &'static [usize]| {
        let row = |week: &TrendWeek| {
            let share = week.load.map_or(0.0, |load| load / most.max(1.0));
            let length = (share * bar as f64).round() as usize;
            let length = if share > 0.0 { length.max(1) } else { length };
            [
                words::week_name(week),
                words::load(week),
                "█".repeat(length),
                words::distance(week, units.distance),
                words::time(week),
                words::easy(week),
                words::longest(week, &trends.spikes),
                words::monotony(week),
                words::strain(week),
                words::long_average(week),
                words::short_average(week),
            ]
            .map(TableCell::from)
        };
        let rows: Vec<[TableCell; COLUMNS]> =
            std::iter::once(heading.clone()).chain(trends.weeks.iter().map(row)).collect();
        let right = [true, true, false, true, true, true, true, true, true, true, true];
        let layout = TableLayout { right, flexible: &[], optional, columns, has_heading: true };
        layout.lines(&rows, painter)
    };
    // Shorter bars come before fewer columns.
    let fits = |lines: &Vec<String>| lines.iter().all(|line| line_width(line) <= columns);
    let fitting = (SHORT_BAR..=BAR).rev().map(|bar| table(bar, &[])).find(fits);
    fitting.unwrap_or_else(|| table(SHORT_BAR, &[8, 7, 2, 10, 9]))
}

/// Returns the columns of a line on a terminal, without the escape sequences of its colours.
fn line_width(line: &str) -> usize {
    anstream::adapter::strip_str(line).to_string().width()
}

fn spikes(trends: &Trends, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    let mut lines: Vec<String> =
        trends.spikes.iter().flat_map(|spike| wrap(&words::spike(spike, units), columns, "  ")).collect();
    if !lines.is_empty() {
        lines.extend(
            wrap(words::SPIKE_SOURCE, columns, "  ").iter().map(|l| painter.paint(l, TextLook::Quiet)),
        );
    }
    lines
}

fn same(trends: &Trends, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    let heading = ["", "median of 3 before", "latest", "", "8 weeks"].map(TableCell::from);
    let rows = trends.same.iter().map(|same| {
        let same = words::same(same, units.pace);
        [same.name.into(), same.before.into(), same.latest.into(), same.change.into(), same.slope.into()]
    });
    let rows: Vec<[TableCell; 5]> = std::iter::once(heading).chain(rows).collect();
    if rows.len() == 1 {
        return Vec::new();
    }
    let layout = TableLayout {
        right: [false, false, false, false, true],
        flexible: &[CutColumn { column: 0, least: 8 }],
        optional: &[4],
        columns,
        has_heading: true,
    };
    layout.lines(&rows, painter)
}

fn records(trends: &Trends, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    let rows: Vec<[TableCell; 2]> = words::records(trends, units)
        .into_iter()
        .map(|(name, value)| [TableCell::new(name, TextLook::Quiet), value.into()])
        .collect();
    let layout = TableLayout {
        right: [false, false],
        flexible: &[CutColumn { column: 1, least: 8 }],
        optional: &[],
        columns,
        has_heading: false,
    };
    layout.lines(&rows, painter)
}
