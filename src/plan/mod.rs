//! Training plans: text → [`PlanDocument`] → [`Calendar`].
//!
//! 1. [`read_plan`] reads a file. It always gives a document, which keeps the problems of the text.
//! 2. [`compile_plan`] puts the weeks of the document on dates, fills in what changes from week to week, and compiles
//!    each session for the athlete. It gives a [`Calendar`], or all problems of the file at once.
//! 3. [`check_plan`] returns all problems without needing a date, and [`plan_remarks`] what a coach would say about a
//!    calendar that has none.
//!
//! Nothing here does I/O. The workouts that a plan names come through [`WorkoutLookup`], which the shell implements. The
//! same text, anchor, athlete and workouts always give the same calendar: the log never changes it.

mod anchor;
mod calendar;
mod cells;
mod compile;
mod day_line;
mod document;
mod item_id;
mod item_match;
mod meant_plan;
mod messages;
mod own_workouts;
mod phrases;
mod progress;
pub(crate) mod quantity;
mod reader;
pub(crate) mod remarks;
mod sessions;
mod training;
mod unknown_values;
mod week_values;

pub use anchor::{AnchorKind, PlanAnchor};
pub use calendar::{
    Calendar, CalendarDay, CalendarWeek, FallenItem, PlanItem, PlannedRace, PlannedSession, PlannedWorkout,
    WorkoutForm,
};
pub use compile::{check_plan, compile_plan};
pub use document::{PlanDocument, RaceGoal};
pub use item_id::{ItemId, ItemSlot};
pub use item_match::{MatchedItem, match_items, unused_id};
pub use reader::read_plan;
pub use remarks::{PlanRemark, RemarkKind, RemarkPlace, RunLength, plan_remarks};
pub use training::{SessionKind, TrainingFigures};

use crate::diagnostic::SourceText;

/// The workouts that a plan may name besides its own: the user's and the built-in ones.
pub trait WorkoutLookup {
    /// Returns the file of the workout called exactly `name`.
    fn workout(&self, name: &str) -> Option<SourceText>;

    /// Returns the names of all workouts, to suggest one for a misspelt name.
    fn names(&self) -> Vec<String>;
}

/// The most weeks in a plan.
pub const MOST_WEEKS: usize = 60;
/// The most sessions on one day.
pub const MOST_ON_A_DAY: usize = 6;
/// The most sessions of a week that may be on any day.
pub const MOST_ANY: usize = 8;
