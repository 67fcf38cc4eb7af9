//! `pacebell plan check` and `pacebell plan new`.

use crate::cli::active_plan;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words;
use crate::cli::render;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::workout_text::count_errors;
use crate::clock;
use crate::library::user_plans;
use crate::library::{BUILT_IN_PLANS, NamedWorkouts};
use crate::plan::{PlanAnchor, PlanDocument, check_plan, read_plan};
use crate::runner::profile::Profile;
use crate::text::clean;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints every problem of every plan, and a summary.
pub fn check(context: &Context, plans: &[String]) -> Result<ExitCode, Failure> {
    let profile = load_workout::profile_if_usable();
    let workouts = NamedWorkouts::default();
    let (mut errors, mut with_errors) = (0, 0);
    for plan in plans {
        let problems = match user_plans::find(plan) {
            Ok(found) => {
                let document = read_plan(&found.source);
                let problems = check_plan(&document, Some(&profile.athlete), &workouts);
                let text = render::render(&problems, &found.source, context.error_style);
                io::stderr().write_all(text.as_bytes())?;
                if problems.is_empty() {
                    let name = (plans.len() > 1).then_some(plan.as_str());
                    print_remarks(&document, &profile, name)?;
                }
                count_errors(&problems)
            }
            Err(error) => {
                write!(io::stderr(), "error: {}", Report::from(&error))?;
                1
            }
        };
        errors += problems;
        with_errors += usize::from(problems > 0);
    }
    let look = if errors > 0 { TextLook::Bad } else { TextLook::Good };
    let summary = summary(plans.len(), errors, with_errors);
    writeln!(SpelledOutput::stdout(), "{}", TextPainter::of_stdout(context).paint(&summary, look))?;
    Ok(if errors > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Prints what a coach would say about a plan. Days count from a start, whatever date that is.
/// `name` stands above the remarks.
fn print_remarks(document: &PlanDocument, profile: &Profile, name: Option<&str>) -> Result<(), Failure> {
    let today = clock::local_time().date_naive();
    let anchor = PlanAnchor::start(PlanAnchor::next_week_start(today, document.starts));
    let calendar = active_plan::compile(document, anchor, profile)?;
    let mut out = SpelledOutput::stdout();
    let remarks = plan_words::remarks(&calendar, &[], usize::from(output_width()));
    if let Some(name) = name.filter(|_| !remarks.is_empty()) {
        writeln!(out, "{}:", clean(name))?;
    }
    for line in remarks {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn summary(plans: usize, errors: usize, with_errors: usize) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let errors = match errors {
        0 => "no errors".to_string(),
        errors if plans > 1 => format!("{} in {with_errors} of them", count(errors, "error")),
        errors => count(errors, "error"),
    };
    format!("{}: {errors}", count(plans, "plan"))
}

/// Creates a plan from a template that shows the language.
pub fn new(name: &str) -> Result<(), Failure> {
    let folder = user_plans::folder().ok_or_else(|| {
        let report = Report::new("there is no home directory to keep plans in");
        Failure::System(report.with_help("set XDG_DATA_HOME to one of your folders"))
    })?;
    let path = user_plans::create(&folder, name).map_err(|error| Failure::Input(Report::from(&error)))?;
    let file_name = clean(&path.file_stem().unwrap_or_default().to_string_lossy());
    let mut out = SpelledOutput::stdout();
    writeln!(out, "{}", clean(&path.display().to_string()))?;
    if BUILT_IN_PLANS.iter().any(|plan| plan.name == file_name) {
        writeln!(out, "It replaces the built-in plan of that name. Delete the file to have that back.")?;
    }
    Ok(writeln!(out, "Edit it, then look at it: pacebell plan show {file_name}")?)
}
