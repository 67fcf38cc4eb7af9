//! `pacebell plan update`: takes over what was changed in the plan's file, after showing every day that it changes.

use super::change::changed_meanwhile;
use super::print_lines;
use crate::agenda::{AgendaItem, AgendaWeek};
use crate::cli::active_plan::{self, CompiledPlan};
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words;
use crate::cli::report::Report;
use crate::cli::table::shorten;
use crate::clock;
use crate::history::blocks::{self, NewText};
use crate::library::user_plans;
use crate::plan::{Calendar, ItemId, PlanItem, PlannedSession, read_plan};
use crate::workout::sequence::{PlannedStep, Sequence, SourceSpan};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
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
        return print_lines(context, &["The plan and its workouts have not changed.".to_string()]);
    }
    let plan = active_plan::require_for_update(context, &profile, &edited)?;
    if moves_weeks(&plan.calendar, &edited) {
        let problem = "the edited plan has its weeks on other dates";
        let help = "follow it from its beginning: `pacebell plan stop`, then `pacebell plan start`";
        return Err(Failure::Input(Report::new(problem).with_help(help)));
    }
    let agenda = plan.agenda(clock::local_time().date_naive());
    let [before, after] = [&plan.calendar, &edited].map(|calendar| plan.on_its_dates(&agenda, calendar));
    // What was run stays as it was.
    let run = agenda.weeks.iter().flat_map(AgendaWeek::items).filter(|item| item.was_run());
    let run: BTreeSet<ItemId> = run.map(|item: &AgendaItem<'_>| item.item.id).collect();
    let mut difference = difference(&before, &after, agenda.today);
    difference.retain(|line| !run.contains(&line.item));
    let painter = TextPainter::of_stdout(context);
    let columns = usize::from(output_width());
    let lines: Vec<String> =
        difference.iter().map(|line| painter.paint(&shorten(&line.words, columns), line.look)).collect();
    print_lines(context, &lines)?;
    if !lines.is_empty() && !yes && !confirm(lines.len())? {
        return print_lines(context, &["Nothing was changed.".to_string()]);
    }
    let new = NewText {
        name: document.name.clone(),
        source: found.source.text.to_string(),
        workouts,
        from: plan.plan_day(&agenda),
        run: run.iter().map(ItemId::to_string).collect(),
    };
    let database = active_plan::database(context)?;
    let updated = blocks::update(&mut database.open()?, &plan.history.block, new, clock::since_1970())
        .map_err(|error| database.explain(&error))?;
    if !updated {
        return Err(changed_meanwhile());
    }
    let what = match lines.len() {
        0 => "Updated. No day from today on has changed.".to_string(),
        1 => "Updated: 1 session.".to_string(),
        sessions => format!("Updated: {sessions} sessions."),
    };
    print_lines(context, &[what, "To undo it: pacebell log undo".to_string()])
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

/// One changed session.
struct ChangedLine {
    item: ItemId,
    words: String,
    look: TextLook,
}

/// Returns the sessions that differ from `today` on, in the order of their dates.
fn difference(before: &Calendar, after: &Calendar, today: NaiveDate) -> Vec<ChangedLine> {
    let (old, new) = (dated(before, today), dated(after, today));
    let mut keys: Vec<&(NaiveDate, ItemId)> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut lines = Vec::new();
    for key in keys {
        let (sign, what, look) = match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) if is_same(old, new) => continue,
            (Some(old), Some(new)) => ('~', format!("{} → {}", words(old), words(new)), TextLook::Plain),
            (None, Some(new)) => ('+', words(new), TextLook::Good),
            (Some(old), None) => ('−', words(old), TextLook::Bad),
            (None, None) => continue,
        };
        let (date, id) = key;
        let day = match after.date_of(*id).or_else(|| before.date_of(*id)) {
            Some(_) => plan_words::day(*date),
            None => format!("week of {}", date.format("%-d %b")),
        };
        lines.push(ChangedLine { item: *id, words: format!("{sign} {day}  {what}"), look });
    }
    lines
}

/// Returns the sessions from `today` on by their dates. One of any day is under the first day of its week.
fn dated(calendar: &Calendar, today: NaiveDate) -> BTreeMap<(NaiveDate, ItemId), &PlanItem> {
    let mut all = BTreeMap::new();
    for week in calendar.weeks.iter().filter(|week| week.days.last().is_some_and(|day| day.date >= today)) {
        let days = week.days.iter().filter(|day| day.date >= today);
        all.extend(days.flat_map(|day| day.items.iter().map(|item| ((day.date, item.id), item))));
        all.extend(week.any.iter().map(|item| ((week.first_day, item.id), item)));
    }
    all
}

fn is_same(a: &PlanItem, b: &PlanItem) -> bool {
    let is_same_option = |(a, b): (&PlannedSession, &PlannedSession)| match (a, b) {
        (PlannedSession::Rest, PlannedSession::Rest) => true,
        (PlannedSession::Race(a), PlannedSession::Race(b)) => a == b,
        (PlannedSession::Workout(a), PlannedSession::Workout(b)) => is_same_workout(&a.sequence, &b.sequence),
        _ => false,
    };
    a.optional == b.optional
        && a.options.len() == b.options.len()
        && a.options.iter().zip(&b.options).all(is_same_option)
}

/// True if a runner would notice no difference, wherever the steps are in the file.
fn is_same_workout(a: &Sequence, b: &Sequence) -> bool {
    let is_same_step = |(a, b): (&PlannedStep, &PlannedStep)| {
        PlannedStep { source: SourceSpan::default(), ..a.clone() }
            == PlannedStep { source: SourceSpan::default(), ..b.clone() }
    };
    a.name == b.name
        && a.activity == b.activity
        && a.repeats == b.repeats
        && a.steps.len() == b.steps.len()
        && a.steps.iter().zip(&b.steps).all(is_same_step)
}

fn words(item: &PlanItem) -> String {
    format!("{}  {}", plan_words::title(item), plan_words::total(item)).trim_end().to_string()
}
