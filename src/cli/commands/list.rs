//! `pacebell list`, and what `pacebell` alone prints where there is no terminal.

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
    let all = library::all();
    let widest = all.iter().map(|e| clean(&e.name).width()).max().unwrap_or(0);
    for item in &all {
        let name = clean(&item.name);
        let space = " ".repeat(widest - name.width());
        writeln!(out, "{name}{space}  {}{}", total(item), whose(item))?;
    }
    Ok(out.flush()?)
}

/// The library, and what to type next.
pub fn library_and_what_next() -> Result<(), Failure> {
    writeln!(io::stdout(), "pacebell counts a running workout down, with a sound at every change.\n")?;
    list()?;
    let mut out = io::stdout().lock();
    writeln!(out, "\nRun one:           pacebell run short-intervals")?;
    writeln!(out, "Look at it first:  pacebell show short-intervals")?;
    writeln!(out, "Write your own:    pacebell run \"8×60s hard / 60s easy\"")?;
    Ok(writeln!(out, "Every command:     pacebell --help")?)
}

/// What it adds up to, or that it does not.
fn total(item: &LibraryWorkout) -> String {
    let show = format!("see `pacebell show {}`", clean(&item.name));
    match item.source().map(|s| workout::compile_file(&s, None, &Options::default())) {
        Ok(Ok(compiled)) => display::total_and_steps(&compiled.sequence),
        Ok(Err(_)) => format!("has mistakes: {show}"),
        Err(_) => format!("cannot be read: {show}"),
    }
}

fn whose(item: &LibraryWorkout) -> &'static str {
    match (item.is_mine(), item.shadows()) {
        (true, true) => "   (yours, instead of the built-in one)",
        (true, false) => "   (yours)",
        (false, _) => "",
    }
}
