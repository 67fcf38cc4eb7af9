//! `pacebell plan list`: the plans of the library.

use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::wrap;
use crate::library::NamedWorkouts;
use crate::library::user_plans::{self, LibraryPlan};
use crate::plan::{PlanDocument, check_plan, read_plan};
use crate::runner::profile::Profile;
use crate::text::clean;
use std::io::{BufWriter, Write};

/// Prints the plans, the user's own first.
pub fn list(context: &Context) -> Result<(), Failure> {
    let painter = TextPainter::of_stdout(context);
    let profile = load_workout::profile_if_usable();
    let workouts = NamedWorkouts::default();
    let columns = usize::from(output_width());
    let mut out = BufWriter::new(SpelledOutput::stdout());
    let plans = user_plans::all();
    let (mine, built_in): (Vec<_>, Vec<_>) = plans.iter().partition(|plan| plan.is_mine());
    for (heading, plans) in [("Mine", mine), ("Built in", built_in)] {
        if plans.is_empty() {
            continue;
        }
        writeln!(out, "{}", painter.paint(heading, TextLook::Title))?;
        for plan in plans {
            let name = painter.paint(&clean(&plan.name), TextLook::Quiet);
            match content(plan, &profile, &workouts) {
                Ok(document) => {
                    let title = painter.paint(&clean(&document.name), TextLook::Title);
                    writeln!(out, "  {title}  {name}")?;
                    for line in wrap(&words(&document), columns.saturating_sub(4), "") {
                        writeln!(out, "    {line}")?;
                    }
                }
                Err(problem) => {
                    writeln!(out, "  {name}\n    {}", painter.paint(&problem, TextLook::Bad))?;
                }
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "Look at one: pacebell plan show micro-run")?;
    writeln!(out, "Start it:    pacebell plan start micro-run")?;
    Ok(out.flush()?)
}

/// Returns a plan that can be started, or how to find out what is wrong with it.
fn content(plan: &LibraryPlan, profile: &Profile, workouts: &NamedWorkouts) -> Result<PlanDocument, String> {
    let name = clean(&plan.name);
    let Ok(source) = plan.source() else {
        return Err(format!("cannot be read: see `pacebell plan check {name}`"));
    };
    let document = read_plan(&source);
    match check_plan(&document, Some(&profile.athlete), workouts).is_empty() {
        true => Ok(document),
        false => Err(format!("has mistakes: see `pacebell plan check {name}`")),
    }
}

fn words(document: &PlanDocument) -> String {
    let weeks = match document.week_count() {
        1 => "1 week".to_string(),
        weeks => format!("{weeks} weeks"),
    };
    let race = document.race.as_ref().map(|race| format!(" to a race: {}", race.name)).unwrap_or_default();
    let about = document.about.as_ref().map(|about| format!(". {about}")).unwrap_or_default();
    clean(&format!("{weeks}{race}{about}"))
}
