//! `pacebell list`, and the overview that `pacebell` prints without a terminal.

use crate::cli::failure::Failure;
use crate::display;
use crate::library::{self, LibraryWorkout};
use crate::text::clean;
use crate::workout::{self, Options};
use std::io::{self, BufWriter, Write};
use unicode_width::UnicodeWidthStr;

/// Runs the command.
pub fn list() -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let workouts = library::all();
    let widest = workouts.iter().map(|workout| clean(&workout.name).width()).max().unwrap_or(0);
    for workout in &workouts {
        let name = clean(&workout.name);
        let space = " ".repeat(widest - name.width());
        writeln!(out, "{name}{space}  {}{}", total(workout), owner(workout))?;
    }
    Ok(out.flush()?)
}

/// Prints the library and what to type next.
pub fn overview() -> Result<(), Failure> {
    writeln!(io::stdout(), "pacebell times running workouts, with a sound at every change.\n")?;
    list()?;
    let mut out = io::stdout().lock();
    writeln!(out, "\nRun a workout:   pacebell run short-intervals")?;
    writeln!(out, "Look at it:      pacebell show short-intervals")?;
    writeln!(out, "Type your own:   pacebell run \"8×60s hard / 60s easy\"")?;
    Ok(writeln!(out, "All commands:    pacebell --help")?)
}

/// Returns the length of a workout, or how to find out what is wrong with it.
fn total(workout: &LibraryWorkout) -> String {
    let name = clean(&workout.name);
    match workout.source().map(|source| workout::compile_file(&source, None, &Options::default())) {
        Ok(Ok(compiled)) => display::total_and_steps(&compiled.sequence),
        Ok(Err(_)) => format!("has mistakes: see `pacebell check {name}`"),
        Err(_) => format!("cannot be read: see `pacebell check {name}`"),
    }
}

fn owner(workout: &LibraryWorkout) -> &'static str {
    match (workout.is_mine(), workout.shadows()) {
        (true, true) => "   (yours, instead of the built-in one)",
        (true, false) => "   (yours)",
        (false, _) => "",
    }
}
