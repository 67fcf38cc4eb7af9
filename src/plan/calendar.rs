//! A compiled plan: every session on its date.

use super::anchor::PlanAnchor;
use super::document::RaceGoal;
use super::item_id::{ItemId, ItemSlot};
use super::training::{SessionKind, TrainingFigures};
use crate::diagnostic::SourceText;
use crate::workout::Options;
use crate::workout::sequence::Sequence;
use chrono::NaiveDate;
use std::sync::Arc;

/// A plan on its dates.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The plan's name.
    pub name: String,
    /// The purpose of the plan.
    pub about: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The origin, such as a book or an address.
    pub source: Option<String>,
    /// Words to find the plan by.
    pub tags: Vec<String>,
    /// The race at the end.
    pub race: Option<PlannedRace>,
    /// The date that the weeks are counted from.
    pub anchor: PlanAnchor,
    /// The number of weeks in the plan, including those that have fallen away.
    pub weeks_in_plan: usize,
    /// The weeks that have a day from the anchor's first day on, in order. If time is short, the first of them has a
    /// number above 1.
    pub weeks: Vec<CalendarWeek>,
    /// The sessions that have no date from the anchor's first day on.
    pub fallen_away: Vec<FallenItem>,
}

impl Calendar {
    /// Returns the first day that has a date in the calendar.
    pub fn first_day(&self) -> Option<NaiveDate> {
        Some(self.weeks.first()?.days.first()?.date)
    }

    /// Returns the last day.
    pub fn last_day(&self) -> Option<NaiveDate> {
        Some(self.weeks.last()?.days.last()?.date)
    }

    /// Returns all days in order.
    pub fn days(&self) -> impl Iterator<Item = &CalendarDay> {
        self.weeks.iter().flat_map(|week| &week.days)
    }

    /// Returns the day with this date.
    pub fn day(&self, date: NaiveDate) -> Option<&CalendarDay> {
        self.week_of(date)?.days.iter().find(|day| day.date == date)
    }

    /// Returns the week that contains this date.
    pub fn week_of(&self, date: NaiveDate) -> Option<&CalendarWeek> {
        self.weeks.iter().find(|week| week.contains(date))
    }

    /// Returns the item with this id.
    pub fn item(&self, id: ItemId) -> Option<&PlanItem> {
        let week = self.weeks.iter().find(|week| week.number == id.week)?;
        week.items().find(|item| item.id == id)
    }

    /// Returns the planned date of an item. `None` for an item of any day, and for one that is not in the calendar.
    pub fn date_of(&self, id: ItemId) -> Option<NaiveDate> {
        self.days().find(|day| day.items.iter().any(|item| item.id == id)).map(|day| day.date)
    }
}

/// One week of a calendar.
#[derive(Clone, Debug)]
pub struct CalendarWeek {
    /// The number in the plan, from 1.
    pub number: usize,
    /// The name, such as `Taper`.
    pub name: Option<String>,
    /// The purpose of the week.
    pub about: Option<String>,
    /// True for an easier week.
    pub down: bool,
    /// The first day of the week, even if the anchor begins later in it.
    pub first_day: NaiveDate,
    /// The days from the anchor's first day on. A week that a race week cuts short has fewer than seven.
    pub days: Vec<CalendarDay>,
    /// The sessions for any day of the week.
    pub any: Vec<PlanItem>,
}

impl CalendarWeek {
    /// True if the date is one of the week's days.
    pub fn contains(&self, date: NaiveDate) -> bool {
        let (first, last) = (self.days.first(), self.days.last());
        first.is_some_and(|day| day.date <= date) && last.is_some_and(|day| date <= day.date)
    }

    /// Returns the items of all days, and then those of any day.
    pub fn items(&self) -> impl Iterator<Item = &PlanItem> {
        self.days.iter().flat_map(|day| &day.items).chain(&self.any)
    }
}

/// One day of a calendar.
#[derive(Clone, Debug)]
pub struct CalendarDay {
    /// The date.
    pub date: NaiveDate,
    /// The day of the plan that is on this date.
    pub slot: ItemSlot,
    /// A note about the day.
    pub about: Option<String>,
    /// The sessions, in the order in which they are run. A day of rest has none.
    pub items: Vec<PlanItem>,
}

impl CalendarDay {
    /// True if nothing is planned.
    pub fn is_rest(&self) -> bool {
        self.items.is_empty()
    }
}

/// One session of a plan, with its alternatives.
#[derive(Clone, Debug)]
pub struct PlanItem {
    /// The id.
    pub id: ItemId,
    /// True if the session may be left out without being missed.
    pub optional: bool,
    /// True for a long run: the longest of its week from 45 minutes on, or any of 75 minutes or more.
    pub is_long: bool,
    /// The note about its day.
    pub about: Option<String>,
    /// The sessions to choose from, the usual one first. Never empty.
    pub options: Vec<PlannedSession>,
}

impl PlanItem {
    /// Returns the usual session.
    pub fn usual(&self) -> &PlannedSession {
        self.options.first().unwrap_or(&PlannedSession::Rest)
    }

    /// Returns the kind of the usual session. `None` for rest.
    pub fn kind(&self) -> Option<SessionKind> {
        self.usual().kind()
    }

    /// Returns the workout that the item usually is. `None` for rest and a race.
    pub fn workout(&self) -> Option<&PlannedWorkout> {
        self.usual().workout()
    }
}

/// One alternative of an item.
#[derive(Clone, Debug)]
pub enum PlannedSession {
    /// No session.
    Rest,
    /// The race.
    Race(RaceGoal),
    /// A workout.
    Workout(Arc<PlannedWorkout>),
}

impl PlannedSession {
    /// Returns the title on the screen: `Rest`, `Race: half`, or the workout's.
    pub fn title(&self) -> String {
        match self {
            PlannedSession::Rest => "Rest".to_string(),
            PlannedSession::Race(race) => format!("Race: {}", race.name),
            PlannedSession::Workout(workout) => workout.title.clone(),
        }
    }

    /// Returns the kind. `None` for rest.
    pub fn kind(&self) -> Option<SessionKind> {
        match self {
            PlannedSession::Rest => None,
            PlannedSession::Race(_) => Some(SessionKind::Race),
            PlannedSession::Workout(workout) => Some(workout.figures.kind),
        }
    }

    /// Returns the workout, if it is one.
    pub fn workout(&self) -> Option<&PlannedWorkout> {
        match self {
            PlannedSession::Workout(workout) => Some(workout),
            PlannedSession::Rest | PlannedSession::Race(_) => None,
        }
    }
}

/// A workout of a plan, compiled for the athlete.
#[derive(Clone, Debug)]
pub struct PlannedWorkout {
    /// The text in the plan, with the values of its names: `short-intervals`, `79-99min easy`.
    pub text: String,
    /// The name of the workout, which is also in the log after it was run.
    pub title: String,
    /// The name in the library, if it comes from there.
    pub library_name: Option<String>,
    /// The text of the workout, to compile and run it by itself.
    pub source: SourceText,
    /// The form of that text.
    pub form: WorkoutForm,
    /// The values that the plan gives to the workout's parameters.
    pub options: Options,
    /// The steps for the athlete.
    pub sequence: Arc<Sequence>,
    /// The time, the distance and the intensity.
    pub figures: TrainingFigures,
}

/// The form of a workout's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkoutForm {
    /// A workout file, for [`compile_file`](crate::workout::compile_file).
    File,
    /// Notation, for [`compile_notation`](crate::workout::compile_notation).
    Notation,
}

/// The race that a plan ends with.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRace {
    /// The race.
    pub goal: RaceGoal,
    /// The date.
    pub on: NaiveDate,
}

/// A session that has no date, or a date before the anchor's first day.
#[derive(Clone, Debug)]
pub struct FallenItem {
    /// The date, if the plan is long enough to have one.
    pub date: Option<NaiveDate>,
    /// The session.
    pub item: PlanItem,
}
