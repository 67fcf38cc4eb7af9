//! `pacebell plan update`: takes over what was changed in the plan's file, after showing every day that it changes.

use super::change::changed_meanwhile;
use super::difference::{DifferenceLine, PlanDifference};
use super::print_lines;
use crate::cli::active_plan::{self, CompiledPlan};
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::TextPainter;
use crate::cli::report::Report;
use crate::cli::table::{shorten, wrap};
use crate::clock;
use crate::history::blocks::{self, NewText};
use crate::library::user_plans;
use crate::plan::{Calendar, read_plan};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Shows the difference and takes it over if the runner says yes.
pub fn update(context: &Context, yes: bool) -> Result<(), Failure> {
    let profile = profile_if_usable();
    let fields = active_plan::require_block(context)?.fields;
    let found =
        user_plans::find_again(&fields.source_name).map_err(|error| Failure::Input(Report::from(&error)))?;
    let document = read_plan(&found.source);
    let edited = active_plan::compile_to_keep(&document, active_plan::anchor_of(&fields), &profile)?;
    let CompiledPlan { calendar: edited, workouts } = edited;
    let has_same_workouts = fields.workouts.as_ref().is_none_or(|kept| *kept == workouts);
    if found.source.text == fields.source && has_same_workouts {
        return print_lines(&["The plan and its workouts have not changed.".to_string()]);
    }
    let plan = active_plan::require_for_update(context, &profile, &edited)?;
    if moves_weeks(&plan.calendar, &edited) {
        let problem = "the edited plan has its weeks on other dates";
        let help = "follow it from its beginning: `pacebell plan stop`, then `pacebell plan start`";
        return Err(Failure::Input(Report::new(problem).with_help(help)));
    }
    let agenda = plan.agenda(clock::local_time().date_naive());
    let [before, after] = [&plan.calendar, &edited].map(|calendar| plan.on_its_dates(&agenda, calendar));
    let difference = PlanDifference::new(&agenda, &before, &after);
    let sessions = difference.sessions();
    if !sessions.is_empty() {
        print_difference(context, &sessions, &difference.choices())?;
        if !yes && !confirm(sessions.len())? {
            return print_lines(&["Nothing was changed.".to_string()]);
        }
    }
    let new = NewText {
        name: document.name.clone(),
        source: found.source.text.to_string(),
        workouts,
        from: plan.plan_day(&agenda),
        run: difference.run(),
        renamed: difference.renamed(),
    };
    let database = active_plan::database(context)?;
    let updated = blocks::update(&mut database.open()?, &plan.history.block, new, clock::since_1970())
        .map_err(|error| database.explain(&error))?;
    if !updated {
        return Err(changed_meanwhile());
    }
    let what = match sessions.len() {
        0 => "Updated. No day from today on has changed.".to_string(),
        1 => "Updated: 1 session.".to_string(),
        sessions => format!("Updated: {sessions} sessions."),
    };
    print_lines(&[what, "To undo it: pacebell log undo".to_string()])
}

/// Prints the sessions that differ, and the choices about sessions to come.
fn print_difference(
    context: &Context,
    sessions: &[DifferenceLine],
    choices: &[DifferenceLine],
) -> Result<(), Failure> {
    let painter = TextPainter::of_stdout(context);
    let columns = usize::from(output_width());
    let lines = sessions.iter().chain(choices);
    let mut lines: Vec<String> =
        lines.map(|line| painter.paint(&shorten(&line.words, columns), line.look)).collect();
    if !choices.is_empty() {
        let signs = "= is a choice that stays with its session. × is one that falls away, because the edited plan does not have its session on that day.";
        lines.extend(wrap(signs, columns, ""));
    }
    print_lines(&lines)
}

/// Asks for a yes. Input that ends means no.
fn confirm(sessions: usize) -> Result<bool, Failure> {
    let these = if sessions == 1 { "this change" } else { "these changes" };
    write!(io::stdout(), "Take over {these}? [y/N] ")?;
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if !answer.ends_with('\n') {
        writeln!(io::stdout())?;
    }
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// True if a week is on other dates than before. Its sessions would then have other names.
fn moves_weeks(before: &Calendar, after: &Calendar) -> bool {
    let first_days: BTreeMap<usize, NaiveDate> =
        before.weeks.iter().map(|week| (week.number, week.first_day)).collect();
    after
        .weeks
        .iter()
        .any(|week| first_days.get(&week.number).is_some_and(|first_day| *first_day != week.first_day))
}
