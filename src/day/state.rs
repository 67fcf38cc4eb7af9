//! What was reminded and done, as the log keeps it from tick to tick, and what the desk says at a tick.

use crate::units::Millis;
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use std::collections::BTreeMap;

/// A moment, with the clock on the wall of the place where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallMoment {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub at_ms: i64,
    /// The offset of the local time from UTC, in seconds.
    pub utc_offset_s: i32,
}

impl WallMoment {
    /// Returns the moment of a local time.
    pub fn of(now: DateTime<FixedOffset>) -> WallMoment {
        WallMoment { at_ms: now.timestamp_millis(), utc_offset_s: now.offset().local_minus_utc() }
    }

    /// Returns the date and time that the clock on the wall showed.
    pub fn local(self) -> NaiveDateTime {
        let local = self.at_ms.saturating_add(i64::from(self.utc_offset_s).saturating_mul(1000));
        DateTime::from_timestamp_millis(local).unwrap_or_default().naive_utc()
    }
}

/// What is known about one action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionMark {
    /// The last reminder, or the last one that was let go.
    pub reminded: Option<WallMoment>,
    /// The time to remind again, in milliseconds since 1970, if the runner chose *later*.
    pub later_ms: Option<i64>,
    /// The last win.
    pub won: Option<WallMoment>,
}

/// The state of the day between two ticks. Times are milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayState {
    /// The beginning of the sitting. `None` while the runner is away or running, and outside the hours.
    pub sitting_since_ms: Option<i64>,
    /// The last tick.
    pub last_tick_ms: Option<i64>,
    /// The end of the quiet time that the runner asked for.
    pub quiet_until_ms: Option<i64>,
    /// True if a reminder was held back and none has come since.
    pub holds_back: bool,
    /// The marks of the actions, by their keys.
    pub marks: BTreeMap<String, ActionMark>,
}

impl DayState {
    /// Returns the marks of an action.
    pub fn mark(&self, key: &str) -> ActionMark {
        self.marks.get(key).copied().unwrap_or_default()
    }

    /// Returns the last win of any action.
    pub fn last_win_ms(&self) -> Option<i64> {
        self.marks.values().filter_map(|mark| mark.won).map(|won| won.at_ms).max()
    }

    /// Returns the last reminder of any action.
    pub fn last_reminder_ms(&self) -> Option<i64> {
        self.marks.values().filter_map(|mark| mark.reminded).map(|reminded| reminded.at_ms).max()
    }
}

/// What the machine knows about the runner at a tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskPresence {
    /// The time since the last key or mouse movement. `None` if the desktop does not say: sitting is then clock time.
    pub idle: Option<Millis>,
    /// True under Do Not Disturb, or while a presentation keeps notifications back.
    pub do_not_disturb: bool,
    /// True while a session runs on this machine.
    pub in_session: bool,
    /// The end of the last session, in milliseconds since 1970.
    pub session_ended_ms: Option<i64>,
}
