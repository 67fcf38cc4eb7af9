//! [`PlanDocument`] → [`Calendar`].

use super::WorkoutLookup;
use super::anchor::{AnchorKind, PlanAnchor, WeekDates};
use super::calendar::{
    Calendar, CalendarDay, CalendarWeek, FallenItem, PlanItem, PlannedRace, PlannedSession,
};
use super::day_line::{DayLine, SessionText};
use super::document::{PlanDocument, PlanWeekLine};
use super::item_id::{DAYS, ItemId, ItemSlot};
use super::meant_plan::meant_plan;
use super::messages::PlanProblem;
use super::reader::read_plan;
use super::sessions::SessionCompiler;
use super::week_values::WeekValues;
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, SourceText, apply_fixes};
use crate::loose_file::{self, WrittenFormat};
use crate::spanned_toml;
use crate::spanned_toml::messages::TomlProblem;
use crate::workout::embedded::EmbeddedNames;
use chrono::{Days, NaiveDate};
use std::ops::Range;

/// Puts a plan on its dates and compiles its sessions for the athlete.
///
/// # Errors
/// If the plan has errors. All of them are returned, in the order of the text.
pub fn compile_plan(
    document: &PlanDocument,
    anchor: PlanAnchor,
    athlete: Option<&Athlete>,
    workouts: &dyn WorkoutLookup,
) -> Result<Calendar, Vec<Diagnostic>> {
    compiled(document, anchor, athlete, workouts)
        .map_err(|problems| with_meant_plan(problems, document, athlete, workouts))
}

/// Adds the whole plan that was probably meant, unless the problems have fixes of their own.
fn with_meant_plan(
    mut problems: Vec<Diagnostic>,
    document: &PlanDocument,
    athlete: Option<&Athlete>,
    workouts: &dyn WorkoutLookup,
) -> Vec<Diagnostic> {
    let text = &document.text.text;
    let is_read = |text: &str| {
        let plan = read_plan(&SourceText::new("meant", text));
        compiled(&plan, PlanAnchor::start(NaiveDate::default()), athlete, workouts).is_ok()
    };
    let are_fixed =
        problems.iter().all(|problem| problem.fix.is_some()) && is_read(&apply_fixes(text, &problems));
    if are_fixed || !problems.iter().any(|problem| loose_file::MENDED.contains(&problem.code())) {
        return problems;
    }
    let Some((format, meant)) = meant_plan(text).filter(|(_, meant)| is_read(meant)) else {
        return problems;
    };
    if format != WrittenFormat::Toml {
        let line = text.trim_end().lines().next().map_or(0, str::len);
        problems = vec![Diagnostic::new(0..line, TomlProblem::OtherFormat { format: format.name() })];
    }
    if let Some(first) = problems.first_mut() {
        first.meant = Some(meant.into_boxed_str());
    }
    problems
}

fn compiled(
    document: &PlanDocument,
    anchor: PlanAnchor,
    athlete: Option<&Athlete>,
    workouts: &dyn WorkoutLookup,
) -> Result<Calendar, Vec<Diagnostic>> {
    let mut compiler = PlanCompiler { document, sessions: SessionCompiler::new(document, athlete, workouts) };
    let weeks = compiler.weeks();
    compiler.check_unused();
    let (syntax, mut problems): (Vec<Diagnostic>, Vec<Diagnostic>) =
        document.problems.clone().into_iter().partition(|problem| problem.code() == "invalid-toml");
    problems.append(&mut compiler.sessions.problems);
    let mut problems = spanned_toml::without_followers(&document.text, syntax, problems);
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.dedup();
    if !problems.is_empty() {
        return Err(problems);
    }
    let Some(dates) = anchor.weeks(weeks.len(), document.starts) else {
        return Err(vec![Diagnostic::new(0..0, PlanProblem::DateOutOfRange)]);
    };
    Ok(calendar(document, anchor, weeks, &dates))
}

/// Returns all problems of a plan, as [`compile_plan`] does. They do not depend on a date.
pub fn check_plan(
    document: &PlanDocument,
    athlete: Option<&Athlete>,
    workouts: &dyn WorkoutLookup,
) -> Vec<Diagnostic> {
    let anchor = PlanAnchor::start(NaiveDate::default());
    compile_plan(document, anchor, athlete, workouts).err().unwrap_or_default()
}

/// One week of a plan, before it has dates. The days are in the order of the week.
struct PlanWeek<'a> {
    line: &'a PlanWeekLine,
    days: Vec<PlanDay>,
    any: Vec<PlanItem>,
}

/// One day of a week, before it has a date.
struct PlanDay {
    slot: ItemSlot,
    about: Option<String>,
    items: Vec<PlanItem>,
}

struct PlanCompiler<'a> {
    document: &'a PlanDocument,
    sessions: SessionCompiler<'a>,
}

/// The place of a line in the plan.
#[derive(Clone, Copy)]
struct CellPlace {
    week: usize,
    slot: ItemSlot,
    is_last_day: bool,
}

impl<'a> PlanCompiler<'a> {
    fn weeks(&mut self) -> Vec<PlanWeek<'a>> {
        let lines: Vec<&PlanWeekLine> = self.document.expanded().collect();
        let downs: Vec<bool> = lines.iter().map(|line| line.down).collect();
        let values = self.values(&downs);
        let count = lines.len();
        let mut weeks = Vec::with_capacity(count);
        for (line, values) in lines.into_iter().zip(&values) {
            weeks.push(self.week(line, values, values.week == count));
        }
        weeks
    }

    /// Compiles what no week uses, so that its mistakes are found with those of the rest. It gets the values of a first week.
    fn check_unused(&mut self) {
        let document = self.document;
        let lines: Vec<&PlanWeekLine> = document.expanded().collect();
        let Some(values) = self.values(&[false]).pop() else { return };
        let cells = document.usual.days.iter().enumerate();
        let is_used =
            |day: usize| lines.iter().any(|line| line.cells.days.get(day).is_some_and(Option::is_none));
        let days = cells.filter_map(|(day, cell)| cell.as_ref().filter(|_| !is_used(day)));
        let is_any_used = lines.iter().any(|line| line.cells.any.is_none());
        let any = document.usual.any.as_ref().filter(|_| !is_any_used);
        for line in days.chain(any) {
            for session in line.items.iter().flat_map(|item| &item.sessions) {
                if let SessionText::Workout(notation) = session
                    && !self.sessions.is_rest(&notation.text)
                {
                    self.sessions.session(notation, &values);
                }
            }
        }
        self.sessions.check_unused(&values);
    }

    /// Returns the values of `[progress]` for each week. `downs` says which weeks are easier ones.
    fn values(&self, downs: &[bool]) -> Vec<WeekValues> {
        let broken = &self.document.broken;
        let week = |week| WeekValues {
            week: week + 1,
            names: EmbeddedNames { broken: broken.clone(), ..EmbeddedNames::default() },
            ..WeekValues::default()
        };
        let mut all: Vec<WeekValues> = (0..downs.len()).map(week).collect();
        for (name, line) in self.document.progress.iter().filter(|(name, _)| !broken.contains(*name)) {
            let values = line.values(downs);
            let count = values.iter().flatten().count();
            for (week, value) in all.iter_mut().zip(values) {
                match value {
                    Some(value) => _ = week.names.values.insert(name.clone(), value),
                    None => _ = week.short.insert(name.clone(), count),
                }
            }
        }
        all
    }

    fn week(&mut self, line: &'a PlanWeekLine, values: &WeekValues, is_last: bool) -> PlanWeek<'a> {
        let document = self.document;
        let first = usize::try_from(document.starts.num_days_from_monday()).unwrap_or_default();
        let mut days = Vec::with_capacity(7);
        for (nth, day) in (0..7).map(|nth| (nth, (first + nth) % 7)) {
            let slot = ItemSlot::Day(u8::try_from(day).unwrap_or_default());
            let own = line.cells.days.get(day).and_then(Option::as_ref);
            let cell = own.or_else(|| document.usual.days.get(day).and_then(Option::as_ref));
            let place = CellPlace { week: values.week, slot, is_last_day: is_last && nth == 6 };
            let items = cell.map(|cell| self.items(cell, place, values)).unwrap_or_default();
            if place.is_last_day {
                self.check_race(cell, day);
            }
            days.push(PlanDay { slot, about: cell.and_then(|cell| cell.about.clone()), items });
        }
        let any = line.cells.any.as_ref().or(document.usual.any.as_ref());
        let place = CellPlace { week: values.week, slot: ItemSlot::Any, is_last_day: false };
        let any = any.map(|any| self.items(any, place, values)).unwrap_or_default();
        let mut week = PlanWeek { line, days, any };
        mark_long_run(&mut week);
        week
    }

    fn items(&mut self, line: &DayLine, place: CellPlace, values: &WeekValues) -> Vec<PlanItem> {
        let mut items = Vec::new();
        for (index, item) in line.items.iter().enumerate() {
            let mut options = Vec::with_capacity(item.sessions.len());
            for session in &item.sessions {
                options.extend(self.option(session, place, values));
            }
            if options.iter().any(|option| !matches!(option, PlannedSession::Rest)) {
                let id = ItemId { week: place.week, slot: place.slot, number: index + 1 };
                let about = line.about.clone();
                items.push(PlanItem { id, optional: item.optional, is_long: false, about, options });
            }
        }
        items
    }

    fn option(
        &mut self,
        session: &SessionText,
        place: CellPlace,
        values: &WeekValues,
    ) -> Option<PlannedSession> {
        match session {
            SessionText::Rest => Some(PlannedSession::Rest),
            SessionText::Race(span) => self.race(span, place),
            SessionText::Workout(notation) if self.sessions.is_rest(&notation.text) => {
                Some(PlannedSession::Rest)
            }
            SessionText::Workout(notation) => {
                self.sessions.session(notation, values).map(PlannedSession::Workout)
            }
            SessionText::Missing(_) => None,
        }
    }

    fn race(&mut self, span: &Range<usize>, place: CellPlace) -> Option<PlannedSession> {
        if place.slot == ItemSlot::Any {
            self.sessions.report(span.clone(), PlanProblem::RaceInAny);
        } else if !place.is_last_day {
            self.sessions.report(span.clone(), PlanProblem::RaceElsewhere);
        } else if let Some(race) = &self.document.race {
            return Some(PlannedSession::Race(race.clone()));
        } else if !self.document.has_problem_with_race() {
            self.sessions.report(span.clone(), PlanProblem::RaceWithoutGoal);
        }
        None
    }

    /// Reports a plan with a race whose last day is something else.
    fn check_race(&mut self, cell: Option<&DayLine>, day: usize) {
        let sessions = cell.into_iter().flat_map(|cell| &cell.items).flat_map(|item| &item.sessions);
        let has_race = sessions.into_iter().any(|session| matches!(session, SessionText::Race(_)));
        if self.document.race.is_none() || has_race {
            return;
        }
        let end = self.document.text.text.trim_end().len();
        let span = cell.map_or(end..end, |cell| cell.span.clone());
        let day = DAYS.get(day).copied().unwrap_or("sun");
        self.sessions.report(span, PlanProblem::RaceMissing { day });
    }
}

/// Marks the long runs of a week: its longest run from 45 minutes on, and every run of 75 minutes or more.
fn mark_long_run(week: &mut PlanWeek<'_>) {
    const LONGEST_OF_WEEK: u64 = 45 * 60;
    const ALWAYS_LONG: u64 = 75 * 60;
    let length = |item: &PlanItem| {
        let figures = &item.usual().workout()?.figures;
        figures.kind.is_run().then(|| figures.time.whole_secs())
    };
    let all = || week.days.iter().flat_map(|day| &day.items);
    let longest = all().filter_map(length).max().unwrap_or_default();
    for item in week.days.iter_mut().flat_map(|day| &mut day.items) {
        item.is_long = length(item)
            .is_some_and(|time| time >= ALWAYS_LONG || time == longest && time >= LONGEST_OF_WEEK);
    }
}

fn calendar(
    document: &PlanDocument,
    anchor: PlanAnchor,
    plan_weeks: Vec<PlanWeek<'_>>,
    dates: &[WeekDates],
) -> Calendar {
    let weeks_in_plan = plan_weeks.len();
    let (mut weeks, mut fallen_away) = (Vec::new(), Vec::new());
    for (index, (week, dates)) in plan_weeks.into_iter().zip(dates).enumerate() {
        let PlanWeek { line, days, any } = week;
        let mut kept = Vec::new();
        for (nth, day) in (0..).zip(days) {
            let date = dates.first_day.checked_add_days(Days::new(nth)).filter(|date| *date < dates.end);
            match date.filter(|date| *date >= anchor.from) {
                Some(date) => {
                    kept.push(CalendarDay { date, slot: day.slot, about: day.about, items: day.items });
                }
                None => fallen_away.extend(day.items.into_iter().map(|item| FallenItem { date, item })),
            }
        }
        if kept.is_empty() {
            fallen_away.extend(any.into_iter().map(|item| FallenItem { date: None, item }));
            continue;
        }
        weeks.push(CalendarWeek {
            number: index + 1,
            name: line.name.clone(),
            about: line.about.clone(),
            down: line.down,
            first_day: dates.first_day,
            days: kept,
            any,
        });
    }
    let last = dates.last().and_then(|dates| dates.end.pred_opt());
    let race_day = if anchor.kind == AnchorKind::Race { Some(anchor.on) } else { last };
    let race = document.race.clone().zip(race_day).map(|(goal, on)| PlannedRace { goal, on });
    Calendar {
        name: document.name.clone(),
        about: document.about.clone(),
        author: document.author.clone(),
        source: document.origin.clone(),
        tags: document.tags.clone(),
        race,
        anchor,
        weeks_in_plan,
        weeks,
        fallen_away,
    }
}
