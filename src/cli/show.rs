//! `pacebell show`: a workout's steps as a table, its totals, and a picture of its profile.

use super::table::aligned;
use super::{Failure, WorkoutArguments, what};
use crate::formats::{json, schema};
use crate::picture;
use crate::units::PaceUnit;
use crate::words;
use crate::workout;
use crate::workout::sequence::{PlannedStep, Rep, Sequence};
use std::io::{self, BufWriter, IsTerminal, Write};

/// How wide the picture is where nobody says how wide the terminal is.
const WIDTH: u16 = 80;
/// How many rows the picture has.
const HEIGHT: u16 = 5;

/// Runs the command.
pub fn show(arguments: &WorkoutArguments, as_json: bool) -> Result<(), Failure> {
    let sequence = what::compile(arguments)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if as_json {
        out.write_all(json::text(&sequence).as_bytes())?;
        return Ok(out.flush()?);
    }
    let width = match crossterm::terminal::size() {
        Ok((columns, _)) if io::stdout().is_terminal() && columns > 0 => columns,
        _ => WIDTH,
    };
    writeln!(out, "{}", sequence.name)?;
    if let Some(about) = &sequence.about {
        writeln!(out, "{about}")?;
    }
    writeln!(out, "\nTotal: {}\n", words::total_and_steps(&sequence))?;
    writeln!(out, "{}", picture::text(&sequence, width, HEIGHT))?;
    for row in aligned(&rows(&sequence), &RIGHT) {
        writeln!(out, "{row}")?;
    }
    // Warnings went to standard error, with the text that they are about.
    for (i, sentence) in sequence.assumptions.iter().enumerate() {
        writeln!(out, "{}Assumed: {sentence}", if i == 0 { "\n" } else { "" })?;
    }
    Ok(out.flush()?)
}

/// Says what a workout is, in a sentence.
pub fn explain(arguments: &WorkoutArguments) -> Result<(), Failure> {
    let sequence = what::compile(arguments)?;
    Ok(writeln!(io::stdout(), "{}", workout::explain(&sequence))?)
}

/// Prints the schema of workout files.
pub fn schema() -> Result<(), Failure> {
    Ok(io::stdout().write_all(schema::TEXT.as_bytes())?)
}

const COLUMNS: usize = 7;
/// Numbers and times stand to the right.
const RIGHT: [bool; COLUMNS] = [true, true, true, false, false, false, false];

fn rows(sequence: &Sequence) -> Vec<[String; COLUMNS]> {
    let title = ["", "from", "length", "zone", "target", "speed", "rep"].map(String::from);
    let steps = sequence.steps.iter().enumerate().map(|(i, s)| row(sequence, i, s));
    std::iter::once(title).chain(steps).collect()
}

fn row(sequence: &Sequence, index: usize, step: &PlannedStep) -> [String; COLUMNS] {
    let zone = step.target.start.zone.map_or_else(String::new, |z| format!("Z{z}"));
    let rep = |r: &Rep| {
        let label = sequence.repeat(r.id).and_then(|repeat| repeat.label.as_deref());
        format!("{}{}{}/{}", label.unwrap_or(""), if label.is_some() { " " } else { "" }, r.n, r.of)
    };
    let reps: Vec<String> = step.reps.iter().map(rep).collect();
    [
        (index + 1).to_string(),
        step.offset.map_or_else(|| "?".to_string(), |o| o.to_string()),
        words::length_in_full(step),
        zone,
        words::target(step) + &words::incline(step),
        speed(sequence, step),
        reps.join(" "),
    ]
}

fn speed(sequence: &Sequence, step: &PlannedStep) -> String {
    let Some(start) = step.target.start.speed.filter(|s| s.mps() > 0.0 && sequence.show_pace) else {
        return String::new();
    };
    match step.target.ramp_to.as_ref().and_then(|r| r.speed) {
        Some(end) => format!("{:.1} → {end}", start.kmh()),
        None => format!("{start}  {}", start.pace_text(PaceUnit::Km)),
    }
}
