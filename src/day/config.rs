//! The runner's day after reading: hours, quiet times and actions.

use super::clock_span::{ClockSpan, ClockTime};
use crate::diagnostic::SourceText;
use crate::units::Millis;
use chrono::{Datelike, NaiveDateTime, NaiveTime};
use std::ops::Range;

/// The contents of `day.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct DayConfig {
    /// The hours of the day. Nothing comes outside them.
    pub hours: ClockSpan,
    /// The days, Monday first.
    pub days: [bool; 7],
    /// The quiet times, which hold reminders back.
    pub quiet: Vec<ClockSpan>,
    /// The actions, in the order of the file.
    pub actions: Vec<DayAction>,
}

impl DayConfig {
    /// True within the hours of one of the days. Hours past midnight belong to the day on which they begin.
    pub fn is_within_hours(&self, local: NaiveDateTime) -> bool {
        let began_yesterday = self.hours.is_overnight() && local.time() < self.hours.to.on_the_clock();
        let weekday = local.weekday();
        let weekday = if began_yesterday { weekday.pred() } else { weekday };
        let is_a_day = self.days.get(weekday.num_days_from_monday() as usize).copied().unwrap_or_default();
        is_a_day && self.hours.contains(local.time())
    }

    /// True in one of the quiet times of the file.
    pub fn is_quiet(&self, time: NaiveTime) -> bool {
        self.quiet.iter().any(|span| span.contains(time))
    }

    /// Returns the action with this name. Case does not matter.
    pub fn action(&self, name: &str) -> Option<&DayAction> {
        let key = name.trim().to_lowercase();
        self.actions.iter().find(|action| action.key() == key)
    }
}

/// One of the runner's actions.
#[derive(Clone, Debug, PartialEq)]
pub struct DayAction {
    /// The name on the screen.
    pub name: String,
    /// The workout to do. Without one, the action is only said and counted.
    pub workout: Option<ActionWorkout>,
    /// The times at which it is due.
    pub when: ActionSchedule,
}

impl DayAction {
    /// Returns the name under which the log knows the action.
    pub fn key(&self) -> String {
        self.name.to_lowercase()
    }
}

/// The workout of an action: a name, or notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionWorkout {
    /// The name or the notation.
    pub text: String,
    /// The bytes of the file that it is written in, with its quotes.
    pub span: Range<usize>,
}

impl ActionWorkout {
    /// Returns notation as a workout file that is no run, so that it counts in no figure of running.
    pub fn as_file(&self, name: &str) -> SourceText {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let text =
            format!("name = {}\nactivity = \"other\"\nsteps = [{}]\n", quoted(name), quoted(&self.text));
        SourceText::new("day.toml", text)
    }
}

/// The times at which an action is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionSchedule {
    /// After this much sitting, and again after as much.
    Sitting(Millis),
    /// At times of day, in order.
    Times(Vec<ClockTime>),
}

impl ActionSchedule {
    /// Returns the schedule in words: `every 60 min`, `10:30, 16:00`.
    pub fn words(&self) -> String {
        match self {
            ActionSchedule::Sitting(every) => format!("every {} min", every.get() / 60_000),
            ActionSchedule::Times(times) => {
                times.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
        }
    }
}
