//! Prints the log as text.

use super::print_lines;
use crate::cli::context::output_width;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::clock;
use crate::display;
use crate::display::chart::{self, IntensityChart};
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{csv, describe, describe::LapInWords, json};
use crate::runner::profile::Units;
use crate::text::clean;
use std::io::{self, BufWriter, Write};
use unicode_width::UnicodeWidthStr;

/// The height of the chart, in rows.
const CHART_HEIGHT: u16 = 5;

/// Prints the whole log for other programs.
pub fn for_programs(entries: &[LogEntry], as_csv: bool) -> Result<(), Failure> {
    let text = if as_csv { csv::log(entries) } else { json::log(entries) };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints the whole log as a table. The latest session comes last, right above the prompt.
pub fn table(entries: &[LogEntry], painter: &TextPainter) -> Result<(), Failure> {
    if entries.is_empty() {
        return print_lines(&[
            "The log is empty. Sessions are logged when you run them: pacebell run short-intervals"
                .to_string(),
            "To add one you ran without pacebell: pacebell log add \"45min easy\" --on yesterday --rpe 3"
                .to_string(),
        ]);
    }
    let columns = usize::from(output_width());
    let units = load_workout::profile_if_usable().units;
    let pace = format!("/{}", units.pace.name());
    let heading = ["id", "date", "run", units.distance.name(), &pace, "rpe", "breath", "load", "workout"];
    let heading = heading.map(TableCell::from);
    let date = if columns < FULL_DATES { "%Y-%m-%d" } else { "%a %Y-%m-%d %H:%M" };
    let rows = entries.iter().rev().map(|entry| row(entry, units, date));
    let rows: Vec<[TableCell; COLUMNS]> = std::iter::once(heading).chain(rows).collect();
    let right = [true, false, true, true, true, true, true, true, false];
    let layout = TableLayout {
        right,
        flexible: &[CutColumn { column: 8, least: 8 }],
        optional: &[],
        columns,
        has_heading: true,
    };
    let mut out = BufWriter::new(SpelledOutput::stdout());
    for line in layout.lines(&rows, painter) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// The columns of the log.
const COLUMNS: usize = 9;
/// The width of the terminal from which dates have their day of the week and the time.
const FULL_DATES: usize = 100;

fn row(entry: &LogEntry, units: Units, date: &str) -> [TableCell; COLUMNS] {
    let activity = describe::activity(entry).map(str::to_string);
    let notes: Vec<String> =
        activity.into_iter().chain(describe::origin(entry)).chain(describe::marks(entry)).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let covered = entry.covered.as_ref();
    [
        TableCell::new(entry.id.to_string(), TextLook::Quiet),
        entry.started.format(date).to_string().into(),
        describe::done(entry).into(),
        covered.map(|c| display::covered_number(c, units.distance)).unwrap_or_default().into(),
        covered.map(|c| display::pace_number(c, units.pace)).unwrap_or_default().into(),
        entry.answers.rpe.map(|rpe| rpe.to_string()).unwrap_or_default().into(),
        entry.answers.breath.map(describe::breath).unwrap_or_default().into(),
        entry.load().map(describe::load).unwrap_or_default().into(),
        (clean(&entry.name) + &notes).into(),
    ]
}

/// Prints a session in one line.
pub fn line_of(entry: &LogEntry) -> Result<(), Failure> {
    let here = *clock::local_time().offset();
    let mut parts = vec![
        format!("{}  {}", entry.id, describe::start(entry.started, here)),
        clean(&entry.name),
        describe::done(entry),
    ];
    parts.extend(
        describe::answers(&entry.answers)
            .into_iter()
            .map(|(question, answer)| format!("{question} {answer}")),
    );
    parts.extend(entry.load().map(|load| format!("load {}", describe::load(load))));
    print_lines(&[parts.join("  ·  ")])
}

/// Prints everything about a session.
pub fn session(details: &SessionDetails, as_json: bool, painter: &TextPainter) -> Result<(), Failure> {
    let mut out = BufWriter::new(SpelledOutput::stdout());
    if as_json {
        out.write_all(json::session(details).as_bytes())?;
        return Ok(out.flush()?);
    }
    let units = load_workout::profile_if_usable().units;
    let entry = &details.entry;
    let here = *clock::local_time().offset();
    let columns = usize::from(output_width());
    writeln!(out, "{}", painter.paint(&clean(&entry.name), TextLook::Title))?;
    writeln!(out, "{}\n", painter.paint(&describe::start(entry.started, here), TextLook::Quiet))?;
    for line in facts(details, units, columns, painter) {
        writeln!(out, "{line}")?;
    }
    if details.laps.is_empty() {
        writeln!(out, "\nThere are no laps, because the length of each step is not known.")?;
        return Ok(out.flush()?);
    }
    // Nobody planned a zone for a run that came from a file.
    if entry.imported.is_none() {
        let bars = IntensityChart::of_laps(&details.sequence, &details.laps, output_width()).bars;
        let plain = || chart::text_of_laps(&details.sequence, &details.laps, output_width(), CHART_HEIGHT);
        writeln!(out, "\n{}", painter.chart(&bars, CHART_HEIGHT, plain))?;
    } else {
        writeln!(out)?;
    }
    let (distance, pace) = (units.distance.name(), format!("/{}", units.pace.name()));
    let heading = ["from", "run", distance, &pace, units.speed.name(), "zone", "", ""].map(TableCell::from);
    let laps = details.laps.iter().map(|lap| lap_row(describe::lap(details, lap, units)));
    let laps: Vec<[TableCell; 8]> = std::iter::once(heading).chain(laps).collect();
    let layout = TableLayout {
        right: [true, true, true, true, true, false, false, false],
        flexible: &[CutColumn { column: 6, least: 8 }, CutColumn { column: 7, least: 8 }],
        optional: &[4],
        columns,
        has_heading: true,
    };
    for line in layout.lines(&laps, painter) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// The facts of a session, with long texts wrapped beside their label.
fn facts(details: &SessionDetails, units: Units, columns: usize, painter: &TextPainter) -> Vec<String> {
    let facts = describe::facts(details, units);
    let widest = facts.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let room = columns.saturating_sub(widest + 2);
    let mut lines = Vec::new();
    for (label, value) in facts {
        for (i, line) in wrap(&value, room, "").into_iter().enumerate() {
            let label = if i == 0 { label.as_str() } else { "" };
            let space = " ".repeat(widest + 2 - label.width());
            lines.push(format!("{}{space}{line}", painter.paint(label, TextLook::Quiet)));
        }
    }
    lines
}

fn lap_row(lap: LapInWords) -> [TableCell; 8] {
    [
        lap.from.into(),
        lap.length.into(),
        lap.distance.into(),
        lap.pace.into(),
        lap.speed.into(),
        TableCell::new(describe::zone(lap.zone), TextLook::Zone(lap.zone)),
        lap.what.into(),
        TableCell::new(lap.reps, TextLook::Quiet),
    ]
}
