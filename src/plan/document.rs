//! A plan's file after reading: its keys and lines, with their places in the text.

use super::day_line::DayLine;
use super::progress::ProgressLine;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::units::Distance;
use chrono::Weekday;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A plan as it is written.
#[derive(Clone, Debug)]
pub struct PlanDocument {
    /// The name.
    pub name: String,
    /// The purpose.
    pub about: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The origin, such as a book or an address.
    pub origin: Option<String>,
    /// Words to find the plan by.
    pub tags: Vec<String>,
    /// The race that the plan ends with.
    pub race: Option<RaceGoal>,
    /// The first day of the plan's weeks.
    pub starts: Weekday,
    /// The text of the file.
    pub text: SourceText,
    pub(super) workouts: BTreeMap<String, OwnWorkout>,
    /// Names in `[workouts]` and `[progress]` that have a problem, which was reported.
    pub(super) broken: BTreeSet<String>,
    pub(super) progress: BTreeMap<String, ProgressLine>,
    pub(super) usual: WeekCells,
    pub(super) weeks: Vec<PlanWeekLine>,
    pub(super) problems: Vec<Diagnostic>,
}

impl PlanDocument {
    /// Returns the problems of the file itself. [`check_plan`](super::check_plan) also compiles its sessions.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// True if the plan's `race` was reported.
    pub(super) fn has_problem_with_race(&self) -> bool {
        self.problems.iter().any(|problem| problem.code() == "unknown-race")
    }

    /// Returns the number of weeks.
    pub fn week_count(&self) -> usize {
        self.weeks.iter().map(|week| week.times).sum()
    }

    /// Returns every week in order, each as often as it occurs.
    pub(super) fn expanded(&self) -> impl Iterator<Item = &PlanWeekLine> {
        self.weeks.iter().flat_map(|week| std::iter::repeat_n(week, week.times)).take(super::MOST_WEEKS)
    }
}

/// The race that a plan ends with.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceGoal {
    /// The race as the plan names it: `half`, `15km`.
    pub name: String,
    /// The distance.
    pub distance: Distance,
}

impl RaceGoal {
    /// Returns the word for the race's pace in notation. `None` for a distance that names no pace.
    pub fn pace(&self) -> Option<&str> {
        match self.name.as_str() {
            "half" => Some("HMP"),
            "marathon" => Some("MP"),
            name @ ("5K" | "10K" | "15K") => Some(name),
            _ => None,
        }
    }
}

/// A workout in `[workouts]`.
#[derive(Clone, Debug)]
pub(super) struct OwnWorkout {
    /// The bytes of its value.
    pub(super) span: Range<usize>,
    /// True for a table with the keys of a workout file, false for a string of notation.
    pub(super) is_table: bool,
    /// The names in braces that it uses.
    pub(super) names: BTreeSet<String>,
}

/// The lines of one week, from Monday to Sunday, and of any day.
#[derive(Clone, Debug, Default)]
pub(super) struct WeekCells {
    pub(super) days: [Option<DayLine>; 7],
    pub(super) any: Option<DayLine>,
}

/// A `[[week]]`.
#[derive(Clone, Debug)]
pub(super) struct PlanWeekLine {
    pub(super) name: Option<String>,
    pub(super) about: Option<String>,
    pub(super) down: bool,
    pub(super) times: usize,
    pub(super) cells: WeekCells,
}
