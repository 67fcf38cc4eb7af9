//! `pacebell check` and `pacebell fmt`: workout files looked at and put in order, without running them.

use crate::atomic_file;
use crate::cli::context::colour;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::render;
use crate::diagnostic::apply_fixes;
use crate::library::{self, WorkoutSource};
use crate::text::clean;
use crate::workout::{self, Diagnostic};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// What was found in all files.
#[derive(Default)]
struct ProblemCount {
    files: usize,
    wrong: usize,
    errors: usize,
    warnings: usize,
    mended: usize,
}

/// Runs `check`: every problem of every file, and a summary.
pub fn check(all: &[String], fix: bool) -> Result<ExitCode, Failure> {
    let mut tally = ProblemCount::default();
    for what in all {
        tally.files += 1;
        let problems = match library::find(what) {
            Ok(found) => one(what, found, fix, &mut tally)?,
            Err(e) => {
                complain(&load_workout::not_found(&e))?;
                tally.wrong += 1;
                tally.errors += 1;
                continue;
            }
        };
        let errors = load_workout::errors(&problems);
        tally.errors += errors;
        tally.warnings += problems.len() - errors;
        tally.wrong += usize::from(errors > 0);
    }
    writeln!(io::stdout(), "{}", tally.summary())?;
    Ok(if tally.wrong > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Reports one workout's problems, those left after mending where that is asked for.
fn one(
    what: &str,
    found: WorkoutSource,
    fix: bool,
    tally: &mut ProblemCount,
) -> Result<Vec<Diagnostic>, Failure> {
    let (mut source, is_file) = match found {
        WorkoutSource::File(source) => (source, true),
        WorkoutSource::Notation(source) => (source, false),
    };
    let mut problems = load_workout::certain(&source, is_file, load_workout::problems(&source, is_file));
    if fix {
        let before = source.text.clone();
        // One at a time: a correction may move or settle what the others are about.
        while let Some(sure) = problems.iter().find(|p| p.fix.is_some()) {
            source.text = apply_fixes(&source.text, std::slice::from_ref(sure));
            tally.mended += 1;
            problems = load_workout::certain(&source, is_file, load_workout::problems(&source, is_file));
        }
        if source.text != before {
            keep(what, &source.text)?;
        }
    }
    problems.extend(load_workout::beyond_belt(&source, is_file));
    problems.sort_by_key(|problem| problem.span.start);
    complain(&render::render(&problems, &source, colour()))?;
    Ok(problems)
}

/// A file is mended where it is; what has no file is printed.
fn keep(what: &str, text: &str) -> Result<(), Failure> {
    let path = Path::new(what);
    if what != "-" && path.is_file() {
        return atomic_file::replace(path, text)
            .map_err(|e| Failure::System(format!("{} cannot be written: {e}", clean(what))));
    }
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    Ok(write!(io::stdout(), "{text}{newline}")?)
}

fn complain(text: &str) -> Result<(), Failure> {
    Ok(io::stderr().write_all(text.as_bytes())?)
}

impl ProblemCount {
    /// `3 workouts: 2 errors in 1 of them, 1 warning; 4 mended`.
    fn summary(&self) -> String {
        let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let mut text = format!("{}: ", count(self.files, "workout"));
        text.push_str(&match self.errors {
            0 => "no errors".to_string(),
            n if self.files > 1 => format!("{} in {} of them", count(n, "error"), self.wrong),
            n => count(n, "error"),
        });
        if self.warnings > 0 {
            text.push_str(&format!(", {}", count(self.warnings, "warning")));
        }
        if self.mended > 0 {
            text.push_str(&format!("; {} mended", self.mended));
        }
        text
    }
}

/// Runs `fmt`: rewrites each file's notation in its canonical form. One with errors is left as it is.
pub fn fmt(all: &[String]) -> Result<ExitCode, Failure> {
    let mut wrong = false;
    for what in all {
        let read = match what.as_str() {
            "-" => library::find(what).map(|found| match found {
                WorkoutSource::File(source) | WorkoutSource::Notation(source) => source,
            }),
            path => library::read_file(path, Path::new(path)),
        };
        let source = match read {
            Ok(source) => source,
            Err(e) => {
                complain(&load_workout::not_found(&e))?;
                wrong = true;
                continue;
            }
        };
        match workout::format_file(&source.text) {
            Ok(text) if text != source.text || what == "-" => keep(what, &text)?,
            Ok(_) => {}
            Err(problems) => {
                complain(&render::render(&problems, &source, colour()))?;
                wrong = true;
            }
        }
    }
    Ok(if wrong { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
