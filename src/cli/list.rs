//! `pacebell list`, and what `pacebell` alone prints where there is no terminal.

use super::Failure;
use crate::library::{self, Entry};
use crate::words;
use crate::workout::{self, Options, sequence::Sequence};
use std::io::{self, BufWriter, Write};

/// Runs the command.
pub fn list() -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let all = library::built_in();
    let widest = all.iter().map(|e| e.name.len()).max().unwrap_or(0);
    for entry in &all {
        let total = compiled(entry).map_or_else(String::new, |s| words::total_and_steps(&s));
        writeln!(out, "{:widest$}  {total}", entry.name)?;
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

fn compiled(entry: &Entry) -> Option<Sequence> {
    workout::compile_file(&entry.source(), None, &Options::default()).ok().map(|c| c.sequence)
}
