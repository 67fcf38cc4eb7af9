//! `pacebell check` and `pacebell fmt`: find mistakes in workouts and format them, without running them.

use crate::atomic_file;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::render;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::workout_text::{WorkoutText, count_errors};
use crate::diagnostic::SourceText;
use crate::library::{self, LibraryError, WorkoutSource, foreign_file};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::workout::{self, Diagnostic};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// What was found in all workouts.
#[derive(Default)]
struct ProblemCount {
    workouts: usize,
    with_errors: usize,
    errors: usize,
    warnings: usize,
    fixed: usize,
}

/// Runs `check`: prints every problem of every workout, and a summary.
pub fn check(context: &Context, workouts: &[String], fix: bool) -> Result<ExitCode, Failure> {
    let mut count = ProblemCount::default();
    let checker = Checker { context, profile: load_workout::profile_if_usable() };
    for workout in workouts {
        count.workouts += 1;
        let problems = match library::find(workout) {
            Ok(found) => {
                load_workout::tell_conversion(&found, workout);
                // A file of another program is not pacebell's to change.
                let fix = fix && !matches!(found, WorkoutSource::Foreign(_));
                checker.check(workout, found.into(), fix.then_some(&mut count.fixed))?
            }
            Err(error) => {
                print_not_found(&error)?;
                count.with_errors += 1;
                count.errors += 1;
                continue;
            }
        };
        let errors = count_errors(&problems);
        count.errors += errors;
        count.warnings += problems.len() - errors;
        count.with_errors += usize::from(errors > 0);
    }
    let look = if count.errors > 0 { TextLook::Bad } else { TextLook::Good };
    writeln!(SpelledOutput::stdout(), "{}", TextPainter::of_stdout(context).paint(&count.summary(), look))?;
    Ok(if count.with_errors > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Checks workouts for a runner.
struct Checker<'a> {
    context: &'a Context,
    profile: Profile,
}

impl Checker<'_> {
    /// Prints the problems of one workout and returns them. Fixes what can be fixed if there is a count of it.
    fn check(
        &self,
        workout: &str,
        mut text: WorkoutText,
        fixed: Option<&mut usize>,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut problems = text.problems(&self.profile);
        if let Some(fixed) = fixed {
            let before = text.source.text.clone();
            // One at a time, because a fix may move or settle what the others are about.
            while let Some(fixable) = problems.iter().find(|problem| problem.fix.is_some()) {
                text = text.fixed(fixable);
                *fixed += 1;
                problems = text.problems(&self.profile);
            }
            if text.source.text != before {
                save(workout, &text.source.text)?;
            }
        }
        print_problems(self.context, &problems, &text.source)?;
        Ok(problems)
    }
}

/// Writes a workout back to its file, or prints it if it has none.
fn save(workout: &str, text: &str) -> Result<(), Failure> {
    let path = Path::new(workout);
    if workout != "-" && path.is_file() {
        return atomic_file::replace(path, text).map_err(|error| {
            let problem = format!("{} cannot be written: {error}", clean(workout));
            Failure::System(
                Report::new(problem).with_help("check its permissions, and that the disk has room"),
            )
        });
    }
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    Ok(write!(SpelledOutput::stdout(), "{text}{newline}")?)
}

fn print_problems(context: &Context, problems: &[Diagnostic], source: &SourceText) -> Result<(), Failure> {
    Ok(io::stderr().write_all(render::render(problems, source, context.error_style).as_bytes())?)
}

fn print_not_found(error: &LibraryError) -> Result<(), Failure> {
    Ok(write!(io::stderr(), "error: {}", Report::from(error))?)
}

impl ProblemCount {
    /// Returns a line such as `3 workouts: 2 errors in 1 of them, 1 warning; 4 fixed`.
    fn summary(&self) -> String {
        let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let mut text = format!("{}: ", count(self.workouts, "workout"));
        text.push_str(&match self.errors {
            0 => "no errors".to_string(),
            n if self.workouts > 1 => format!("{} in {} of them", count(n, "error"), self.with_errors),
            n => count(n, "error"),
        });
        if self.warnings > 0 {
            text.push_str(&format!(", {}", count(self.warnings, "warning")));
        }
        if self.fixed > 0 {
            text.push_str(&format!("; {} fixed", self.fixed));
        }
        text
    }
}

fn is_foreign(path: &Path) -> bool {
    path.is_file() && (foreign_file::has_foreign_ending(path) || foreign_file::format_of(path).is_some())
}

/// Runs `fmt`: rewrites the notation of each file in its canonical form, and prints notation that was typed. A file with
/// errors stays as it is.
pub fn fmt(context: &Context, files: &[String]) -> Result<ExitCode, Failure> {
    let mut failed = false;
    for file in files {
        let found = match file.as_str() {
            "-" => library::find(file),
            path if is_foreign(Path::new(path)) => Err(LibraryError::new(
                format!("{path} is a workout of another program, which stays as it is"),
                "bring it in with `pacebell import`, and format the workout that it becomes",
            )),
            path => library::read_file(path, Path::new(path)).map(WorkoutSource::File),
        };
        // A text that is no file may be notation.
        let found = found.or_else(|error| match library::find(file) {
            Ok(WorkoutSource::Notation(source)) => Ok(WorkoutSource::Notation(source)),
            _ => Err(error),
        });
        let source = match found {
            Ok(WorkoutSource::Notation(source)) => {
                match workout::format_notation(&source) {
                    Ok(text) => writeln!(SpelledOutput::stdout(), "{text}")?,
                    Err(problems) => {
                        print_problems(context, &problems, &source)?;
                        failed = true;
                    }
                }
                continue;
            }
            Ok(found) => WorkoutText::from(found).source,
            Err(error) => {
                print_not_found(&error)?;
                failed = true;
                continue;
            }
        };
        match workout::format_file(&source.text) {
            Ok(text) if text != source.text || file == "-" => save(file, &text)?,
            Ok(_) => {}
            Err(problems) => {
                print_problems(context, &problems, &source)?;
                failed = true;
            }
        }
    }
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
