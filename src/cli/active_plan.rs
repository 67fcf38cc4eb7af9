//! The plan that the runner follows: its text in the log, compiled for the runner of today.

use super::context::Context;
use super::failure::Failure;
use super::report::Report;
use crate::agenda::{Agenda, AgendaInput, AgendaWeek};
use crate::clock;
use crate::diagnostic::SourceText;
use crate::history::block_rows::{Block, BlockAnchor, BlockFields};
use crate::history::blocks;
use crate::history::{Database, PlanHistory};
use crate::library::NamedWorkouts;
use crate::plan::{AnchorKind, Calendar, CalendarWeek, PlanAnchor, PlanDocument, compile_plan, read_plan};
use crate::runner::profile::Profile;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeMap;

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
        }
        calendar
    }

    /// Returns the day of the plan's own calendar that is on today, or on the first day after it.
    pub fn plan_day(&self, agenda: &Agenda<'_>) -> NaiveDate {
        let days = agenda.weeks.iter().flat_map(|week| week.days.iter().zip(&week.week.days));
        let next = days.filter(|(day, _)| day.date >= agenda.today).min_by_key(|(day, _)| day.date);
        next.map_or(agenda.today, |(_, day)| day.date)
    }
}

/// Returns a week's number, and the time by which it moved.
fn week_move(week: &AgendaWeek<'_>) -> Option<(usize, TimeDelta)> {
    let (now, planned) = (week.days.first()?, week.week.days.first()?);
    Some((week.week.number, now.date - planned.date))
}

/// Reads the plan that is on and compiles it for a runner. `None` if there is none.
///
/// # Errors
/// If the log cannot be read, or the plan's text no longer compiles.
pub fn load(context: &Context, profile: &Profile) -> Result<Option<ActivePlan>, Failure> {
    let Some(history) = read_history(context)? else { return Ok(None) };
    let calendar = calendar_of(&history.block.fields, profile)?;
    Ok(Some(ActivePlan { history, calendar }))
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
    compile_plan(document, anchor, Some(&profile.athlete), &NamedWorkouts::default())
        .map_err(|problems| Failure::mistakes(document.text.clone(), problems))
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
    let compile = |text: &str| {
        let source = SourceText::new(format!("{} (in the log)", fields.source_name), text);
        compile(&read_plan(&source), anchor, profile)
    };
    let mut calendar = compile(&fields.source)?;
    for earlier in fields.earlier.iter().rev() {
        // The past of a plan whose workouts are gone is of less use than its future.
        if let Ok(before) = compile(&earlier.source) {
            splice(&mut calendar, before, earlier.until);
        }
    }
    Ok(calendar)
}

/// Replaces the days before `until` with those of an earlier text.
fn splice(calendar: &mut Calendar, before: Calendar, until: NaiveDate) {
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
