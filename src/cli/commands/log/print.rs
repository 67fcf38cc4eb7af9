//! Prints the log as text.

use super::print_lines;
use crate::cli::context::output_width;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::table::aligned;
use crate::clock;
use crate::display::chart;
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{csv, describe, json};
use crate::text::clean;
use std::io::{self, BufWriter, Write};

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
pub fn table(entries: &[LogEntry]) -> Result<(), Failure> {
    if entries.is_empty() {
        return print_lines(&[
            "The log is empty. Sessions are logged when you run them: pacebell run short-intervals"
                .to_string(),
            "To add one you ran without pacebell: pacebell log add \"45min easy\" --on yesterday --rpe 3"
                .to_string(),
        ]);
    }
    let heading = ["id", "date", "time", "run", "rpe", "breath", "load", "workout"].map(String::from);
    let rows: Vec<[String; 8]> = std::iter::once(heading).chain(entries.iter().rev().map(row)).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in aligned(&rows, &[true, false, false, true, true, true, true, false]) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn row(entry: &LogEntry) -> [String; 8] {
    let notes: Vec<String> =
        describe::activity(entry).map(str::to_string).into_iter().chain(describe::origin(entry)).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    [
        entry.id.to_string(),
        entry.started.format("%a %Y-%m-%d").to_string(),
        entry.started.format("%H:%M").to_string(),
        describe::done(entry),
        entry.answers.rpe.map(|rpe| rpe.to_string()).unwrap_or_default(),
        entry.answers.breath.map(describe::breath).unwrap_or_default(),
        entry.load().map(describe::load).unwrap_or_default(),
        clean(&entry.name) + &notes,
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
pub fn session(details: &SessionDetails, as_json: bool) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    if as_json {
        out.write_all(json::session(details).as_bytes())?;
        return Ok(out.flush()?);
    }
    let units = load_workout::profile_if_usable().units;
    let entry = &details.entry;
    let here = *clock::local_time().offset();
    writeln!(out, "{}\n{}\n", clean(&entry.name), describe::start(entry.started, here))?;
    let facts: Vec<[String; 2]> =
        describe::facts(details, units).into_iter().map(|(label, value)| [label, value]).collect();
    for line in aligned(&facts, &[false, false]) {
        writeln!(out, "{line}")?;
    }
    if details.laps.is_empty() {
        writeln!(out, "\nThere are no laps, because the length of each step is not known.")?;
        return Ok(out.flush()?);
    }
    writeln!(
        out,
        "\n{}",
        chart::text_of_laps(&details.sequence, &details.laps, output_width(), CHART_HEIGHT)
    )?;
    let heading = ["from", "run", "zone", "", ""].map(String::from);
    let laps = details.laps.iter().map(|l| describe::lap(details, l, units));
    let laps = laps.map(|l| [l.from, l.length, describe::zone(l.zone), l.what, l.reps]);
    let laps: Vec<[String; 5]> = std::iter::once(heading).chain(laps).collect();
    for line in aligned(&laps, &[true, true, false, false, false]) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
