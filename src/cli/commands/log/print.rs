//! The log as text.

use super::say;
use crate::cli::failure::Failure;
use crate::cli::table::aligned;
use crate::clock;
use crate::display::chart;
use crate::history::queries::{LogEntry, SessionDetails};
use crate::history::{csv, describe, json};
use crate::text::clean;
use std::io::{self, BufWriter, IsTerminal, Write};

/// How wide a picture is where nobody says how wide the terminal is.
const WIDTH: u16 = 80;
/// How many rows it has.
const HEIGHT: u16 = 5;

/// The whole log for other programs.
pub fn for_programs(entries: &[LogEntry], as_csv: bool) -> Result<(), Failure> {
    let text = if as_csv { csv::log(entries) } else { json::log(entries) };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The whole log as a table, the latest session last: right above where one types next.
pub fn table(entries: &[LogEntry]) -> Result<(), Failure> {
    if entries.is_empty() {
        return say(&[
            "The log is empty. What you run is logged by itself: pacebell run short-intervals".to_string(),
            "What you ran without pacebell: pacebell log add \"45min easy\" --on yesterday --rpe 3"
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
    let origin = describe::origin(entry).map(|o| format!(" ({o})")).unwrap_or_default();
    [
        entry.id.to_string(),
        entry.started.format("%a %Y-%m-%d").to_string(),
        entry.started.format("%H:%M").to_string(),
        describe::done(entry),
        entry.answers.rpe.map(|rpe| rpe.to_string()).unwrap_or_default(),
        entry.answers.breath.map(describe::breath).unwrap_or_default(),
        entry.load().map(describe::load).unwrap_or_default(),
        clean(&entry.name) + &origin,
    ]
}

/// One session in a line, as it is in the log now.
pub fn line_of(entry: &LogEntry) -> Result<(), Failure> {
    let here = *clock::local_time().offset();
    let mut parts = vec![
        format!("{}  {}", entry.id, describe::start(entry.started, here)),
        clean(&entry.name),
        describe::done(entry),
    ];
    parts.extend(
        describe::answers(&entry.answers).into_iter().map(|(what, answer)| format!("{what} {answer}")),
    );
    parts.extend(entry.load().map(|load| format!("load {}", describe::load(load))));
    say(&[parts.join("  ·  ")])
}

/// One session with all there is to know.
pub fn session(details: &SessionDetails, as_json: bool) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    if as_json {
        out.write_all(json::session(details).as_bytes())?;
        return Ok(out.flush()?);
    }
    let entry = &details.entry;
    let here = *clock::local_time().offset();
    writeln!(out, "{}\n{}\n", clean(&entry.name), describe::start(entry.started, here))?;
    let facts: Vec<[String; 2]> = describe::facts(details).into_iter().map(|(what, is)| [what, is]).collect();
    for line in aligned(&facts, &[false, false]) {
        writeln!(out, "{line}")?;
    }
    if details.laps.is_empty() {
        writeln!(out, "\nThere are no laps: nobody knows how long each step was.")?;
        return Ok(out.flush()?);
    }
    let width = match crossterm::terminal::size() {
        Ok((columns, _)) if io::stdout().is_terminal() && columns > 0 => columns,
        _ => WIDTH,
    };
    writeln!(out, "\n{}", chart::text_of_laps(&details.sequence, &details.laps, (width, HEIGHT)))?;
    let heading = ["from", "run", "zone", "", ""].map(String::from);
    let laps = details.laps.iter().map(|l| describe::lap(details, l));
    let laps = laps.map(|l| [l.from, l.length, describe::zone(l.zone), l.what, l.reps]);
    let laps: Vec<[String; 5]> = std::iter::once(heading).chain(laps).collect();
    for line in aligned(&laps, &[true, true, false, false, false]) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
