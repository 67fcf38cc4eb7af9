//! The plan that the runner follows: its text in the log, compiled for the runner of today.

use super::context::Context;
use super::failure::Failure;
use super::report::Report;
use crate::agenda::{Agenda, AgendaInput, AgendaWeek};
use crate::clock;
use crate::diagnostic::SourceText;
use crate::history::block_rows::{Block, BlockAnchor, BlockFields, EarlierText, PlanWorkouts};
use crate::history::blocks;
use crate::history::logged_run::{self, LoggedRun};
use crate::history::{Database, PlanHistory};
use crate::library::{KeptWorkouts, NamedWorkouts, RecordedWorkouts, user_plans};
use crate::plan::{
    AnchorKind, Calendar, CalendarWeek, ItemId, PlanAnchor, PlanDocument, PlanItem, RunLength, WorkoutLookup,
    compile_plan, read_plan,
};
use crate::runner::profile::Profile;
use crate::text::clean;
use chrono::{Days, NaiveDate, TimeDelta};
use std::collections::BTreeMap;

/// The answer of the commands that show a plan, if none is on.
pub const NONE_IS_ON: &str = "No plan is on. To see the plans: pacebell plan list";

/// The plan that is on.
pub struct ActivePlan {
    /// The plan in the log, the sessions and the choices.
    pub history: PlanHistory,
    /// The days. Those before an update are as they were.
    pub calendar: Calendar,
}

impl ActivePlan {
    /// Returns the plan as of one day.
    pub fn agenda(&self, today: NaiveDate) -> Agenda<'_> {
        let PlanHistory { sessions, choices, .. } = &self.history;
        Agenda::new(&self.calendar, AgendaInput { sessions, choices, today })
    }

    /// Returns a calendar of this plan with the weeks on the dates that they moved to.
    pub fn on_its_dates(&self, agenda: &Agenda<'_>, calendar: &Calendar) -> Calendar {
        let moved: BTreeMap<usize, TimeDelta> = agenda.weeks.iter().filter_map(week_move).collect();
        let mut calendar = calendar.clone();
        for week in &mut calendar.weeks {
            // A week that is new moves like the one before it.
            let by = moved.range(..=week.number).next_back().map_or(TimeDelta::zero(), |(_, by)| *by);
            let date = |date: NaiveDate| date.checked_add_signed(by).unwrap_or(date);
            week.first_day = date(week.first_day);
            for day in &mut week.days {
                day.date = date(day.date);
            }
            // A week that was repeated from its middle on begins there.
            let again = agenda.weeks.iter().find(|again| again.week.number == week.number);
            if let Some(first) = again.and_then(|again| again.days.first()).filter(|_| by > TimeDelta::zero())
            {
                week.days.retain(|day| day.date >= first.date);
            }
        }
        calendar
    }

    /// Returns the day of the plan's own calendar that is on today, or on the first day after it.
    pub fn plan_day(&self, agenda: &Agenda<'_>) -> NaiveDate {
        // A week that was repeated from its middle on lacks its first days.
        let days = |week: &'_ AgendaWeek<'_>| -> Vec<(NaiveDate, NaiveDate)> {
            let planned = week.week.days.iter().rev().map(|day| day.date);
            week.days.iter().rev().map(|day| day.date).zip(planned).collect()
        };
        let days = agenda.weeks.iter().flat_map(days);
        let next = days.filter(|(date, _)| *date >= agenda.today).min();
        next.map_or(agenda.today, |(_, planned)| planned)
    }
}

/// Returns a week's number, and the time by which it moved.
fn week_move(week: &AgendaWeek<'_>) -> Option<(usize, TimeDelta)> {
    Some((week.week.number, week.shift()?))
}

/// Reads the plan that is on and compiles it for a runner. `None` if there is none.
///
/// # Errors
/// If the log cannot be read, or the plan's text no longer compiles.
pub fn load(context: &Context, profile: &Profile) -> Result<Option<ActivePlan>, Failure> {
    let Some(mut history) = read_history(context)? else { return Ok(None) };
    keep_workouts(context, profile, &mut history.block);
    let calendar = calendar_of(&history.block.fields, profile)?;
    Ok(Some(ActivePlan { history, calendar }))
}

/// Keeps the workouts that a plan names, if it was started by a version that did not. From then on, an edit of one of them
/// does not change the plan. A log that cannot be written stays as it is.
fn keep_workouts(context: &Context, profile: &Profile, block: &mut Block) {
    let anchor = anchor_of(&block.fields);
    let named = |source: &str| {
        let workouts = RecordedWorkouts::default();
        let document = read_plan(&SourceText::new("plan", source));
        compile_with(&document, anchor, profile, &workouts).ok().map(|_| workouts.into_found())
    };
    let mut fields = block.fields.clone();
    fields.workouts = fields.workouts.or_else(|| named(&fields.source));
    for earlier in fields.earlier.iter_mut().filter(|earlier| earlier.workouts.is_none()) {
        earlier.workouts = named(&earlier.source);
    }
    if fields == block.fields {
        return;
    }
    let written = database(context).ok().and_then(|database| database.open().ok());
    if written.is_some_and(|mut log| blocks::keep_workouts(&mut log, block, &fields).is_ok_and(|kept| kept)) {
        block.fields = fields;
    }
}

fn read_history(context: &Context) -> Result<Option<PlanHistory>, Failure> {
    let database = context.log()?;
    let Some(connection) = database.open_to_read()? else { return Ok(None) };
    let here = *clock::local_time().offset();
    Ok(PlanHistory::read(&connection, here).map_err(|error| database.explain(&error))?)
}

/// Reads and compiles the plan that is on.
///
/// # Errors
/// As [`load`], and if there is none.
pub fn require(context: &Context, profile: &Profile) -> Result<ActivePlan, Failure> {
    load(context, profile)?.ok_or_else(none_is_on)
}

/// Reads the plan that is on. If its text in the log no longer compiles, such as after one of its workouts was deleted, the
/// calendar of the edited file stands in for it: the edit may be the repair.
///
/// # Errors
/// If the log cannot be read, or no plan is on.
pub fn require_for_update(
    context: &Context,
    profile: &Profile,
    edited: &Calendar,
) -> Result<ActivePlan, Failure> {
    let history = read_history(context)?.ok_or_else(none_is_on)?;
    let calendar = calendar_of(&history.block.fields, profile).unwrap_or_else(|_| edited.clone());
    Ok(ActivePlan { history, calendar })
}

/// Reads the plan that is on, without compiling it.
///
/// # Errors
/// If the log cannot be read, or no plan is on.
pub fn require_block(context: &Context) -> Result<Block, Failure> {
    let database = context.log()?;
    let current = match database.open_to_read()? {
        Some(connection) => blocks::current(&connection).map_err(|error| database.explain(&error))?,
        None => None,
    };
    current.map(|current| current.block).ok_or_else(none_is_on)
}

/// Returns the runs of the log from the last year, to compare the runs of a plan with.
///
/// # Errors
/// If the log cannot be read.
pub fn logged_runs(context: &Context, today: NaiveDate) -> Result<Vec<RunLength>, Failure> {
    let database = context.log()?;
    let Some(connection) = database.open_to_read()? else { return Ok(Vec::new()) };
    let from = today.checked_sub_days(Days::new(365)).unwrap_or(today);
    let runs = logged_run::sessions_since(&connection, from).map_err(|error| database.explain(&error))?;
    let runs = runs.into_iter().filter(|run| run.activity.is_run());
    let length = |run: LoggedRun| RunLength {
        on: run.started.date_naive(),
        time: Some(run.active),
        distance: run.distance,
    };
    Ok(runs.map(length).collect())
}

fn none_is_on() -> Failure {
    let help = "`pacebell plan list` shows the plans, and `pacebell plan start NAME` starts one";
    Failure::Input(Report::new("no plan is on").with_help(help))
}

/// Returns the log that the plan is in, to write to.
///
/// # Errors
/// If there is no home directory.
pub fn database(context: &Context) -> Result<Database, Failure> {
    Ok(context.log()?)
}

/// Compiles the text of a plan.
///
/// # Errors
/// All of its mistakes.
pub fn compile(document: &PlanDocument, anchor: PlanAnchor, profile: &Profile) -> Result<Calendar, Failure> {
    compile_with(document, anchor, profile, &NamedWorkouts::default())
}

fn compile_with(
    document: &PlanDocument,
    anchor: PlanAnchor,
    profile: &Profile,
    workouts: &dyn WorkoutLookup,
) -> Result<Calendar, Failure> {
    compile_plan(document, anchor, Some(&profile.athlete), workouts)
        .map_err(|problems| Failure::mistakes(document.text.clone(), problems))
}

/// A calendar with the workouts of the library that its plan names, for the log to keep.
pub struct CompiledPlan {
    /// The calendar.
    pub calendar: Calendar,
    /// The workouts.
    pub workouts: PlanWorkouts,
}

/// Compiles the text of a plan, and collects the workouts that it names.
///
/// # Errors
/// All of its mistakes.
pub fn compile_to_keep(
    document: &PlanDocument,
    anchor: PlanAnchor,
    profile: &Profile,
) -> Result<CompiledPlan, Failure> {
    let workouts = RecordedWorkouts::default();
    let calendar = compile_with(document, anchor, profile, &workouts)?;
    Ok(CompiledPlan { calendar, workouts: workouts.into_found() })
}

/// Returns a sentence if the plan's file, or a workout that it names, is no longer as the runner follows it.
pub fn edit_note(fields: &BlockFields) -> Option<String> {
    let update = "`pacebell plan update` shows the difference.";
    let found = user_plans::find_again(&fields.source_name).ok();
    if found.is_some_and(|found| found.source.text != fields.source) {
        return Some(format!("The plan's file has changed: {update}"));
    }
    let library = NamedWorkouts::default();
    for (name, text) in fields.workouts.iter().flatten() {
        let name = clean(name);
        match library.workout(&name) {
            None => return Some(format!("The workout {name} is gone. The plan goes on as it was.")),
            Some(found) if found.text != *text => {
                return Some(format!("The workout {name} has changed: {update}"));
            }
            Some(_) => {}
        }
    }
    None
}

/// Returns the anchor of a block.
pub fn anchor_of(fields: &BlockFields) -> PlanAnchor {
    let kind = match fields.anchor {
        BlockAnchor::Start => AnchorKind::Start,
        BlockAnchor::Race => AnchorKind::Race,
    };
    PlanAnchor { kind, on: fields.anchor_on, from: fields.from_on }
}

/// Compiles a block. Its days before an update are as its earlier texts have them.
///
/// # Errors
/// If one of the texts no longer compiles.
pub fn calendar_of(fields: &BlockFields, profile: &Profile) -> Result<Calendar, Failure> {
    let anchor = anchor_of(fields);
    let compile = |text: &str, workouts: Option<&PlanWorkouts>| {
        let source = SourceText::new(format!("{} (in the log)", fields.source_name), text);
        let document = read_plan(&source);
        match workouts {
            Some(kept) => compile_with(&document, anchor, profile, &KeptWorkouts(kept)),
            None => compile(&document, anchor, profile),
        }
    };
    let mut calendar = compile(&fields.source, fields.workouts.as_ref())?;
    for (number, earlier) in fields.earlier.iter().enumerate().rev() {
        // The past of a plan whose workouts are gone is of less use than its future.
        if let Ok(before) = compile(&earlier.source, earlier.workouts.as_ref()) {
            splice(&mut calendar, before, fields.earlier.get(number..).unwrap_or_default());
        }
    }
    Ok(calendar)
}

/// Returns the sessions that an update has removed, each with its former date, or that of its week.
pub fn removed_items(fields: &BlockFields, profile: &Profile, calendar: &Calendar) -> Vec<RemovedItem> {
    let mut removed: Vec<RemovedItem> = Vec::new();
    for (number, earlier) in fields.earlier.iter().enumerate().rev() {
        let before = BlockFields {
            source: earlier.source.clone(),
            workouts: earlier.workouts.clone(),
            earlier: fields.earlier.iter().take(number).cloned().collect(),
            ..fields.clone()
        };
        let Ok(before) = calendar_of(&before, profile) else { continue };
        for week in &before.weeks {
            let days = week.days.iter().flat_map(|day| day.items.iter().map(|item| (day.date, item)));
            let any = week.any.iter().map(|item| (week.first_day, item));
            for (on, item) in days.chain(any) {
                let is_known = removed.iter().any(|known| known.item.id == item.id);
                if calendar.item(item.id).is_none() && !is_known {
                    removed.push(RemovedItem { on, item: item.clone() });
                }
            }
        }
    }
    removed
}

/// A session that an update has removed.
pub struct RemovedItem {
    /// The date on which it was planned.
    pub on: NaiveDate,
    /// The session.
    pub item: PlanItem,
}

/// Replaces the days before an update, and the sessions that were run by then, with those of the earlier text, which is the
/// first of `texts`.
fn splice(calendar: &mut Calendar, before: Calendar, texts: &[EarlierText]) {
    let Some(earlier) = texts.first() else { return };
    let until = earlier.until;
    for id in &earlier.run {
        let renamed = texts.iter().try_fold(id.clone(), |id, text| match text.renamed.get(&id) {
            Some(renamed) => renamed.to.clone(),
            None => Some(id),
        });
        if let (Ok(id), Some(Ok(to))) = (id.parse(), renamed.map(|id| id.parse())) {
            keep_item(calendar, &before, id, to);
        }
    }
    let is_past = |week: &CalendarWeek| week.days.last().is_some_and(|day| day.date < until);
    for mut week in before.weeks {
        let place = calendar.weeks.iter().position(|known| known.number == week.number);
        match place.and_then(|place| calendar.weeks.get_mut(place)) {
            Some(known) if is_past(&week) => *known = week,
            Some(known) => {
                for day in &mut known.days {
                    if day.date < until
                        && let Some(was) = week.days.iter_mut().find(|was| was.date == day.date)
                    {
                        std::mem::swap(day, was);
                    }
                }
            }
            None if is_past(&week) => calendar.weeks.push(week),
            None => {}
        }
    }
    calendar.weeks.sort_by_key(|week| week.number);
}

/// Puts a session of an earlier text in the place of the one that now has its id, or back on its day.
fn keep_item(calendar: &mut Calendar, before: &Calendar, id: ItemId, to: ItemId) {
    let Some(was) = before.item(id) else { return };
    let on = before.date_of(id);
    let Some(week) = calendar.weeks.iter_mut().find(|week| week.number == id.week) else { return };
    let days = week.days.iter_mut().find(|day| Some(day.date) == on).map(|day| &mut day.items);
    let items = if on.is_some() { days } else { Some(&mut week.any) };
    let Some(items) = items else { return };
    items.retain(|item| item.id != to);
    items.push(PlanItem { id: to, ..was.clone() });
    items.sort_by_key(|item| item.id);
}
