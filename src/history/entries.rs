//! Reading the log: a list of what was run, and one session with everything that is known of it.

use super::SessionId;
use crate::session::answers::Answers;
use crate::session::{Event, Lap, ZoneTimes};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset};

/// One session of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in the log.
    pub id: SessionId,
    /// The workout's name.
    pub name: String,
    /// When it began, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// What was planned; nothing where an end was left open.
    pub planned: Option<Millis>,
    /// What was run, pauses not counted.
    pub active: Millis,
    /// How many steps reached their own end.
    pub steps_done: usize,
    /// Of how many.
    pub steps_planned: usize,
    /// True where it went through its last step.
    pub finished: bool,
    /// How long in each planned zone.
    pub zones: ZoneTimes,
    /// What the runner said of it.
    pub answers: Answers,
    /// How many times as fast it was rehearsed; nothing where it was run.
    pub rehearsed: Option<f64>,
    /// True where it was added to the log and not timed.
    pub by_hand: bool,
}

/// Everything that is known of one session.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Its line in the log.
    pub entry: Entry,
    /// What was planned, as it was that day.
    pub sequence: Sequence,
    /// What was run, stretch by stretch.
    pub laps: Vec<Lap>,
    /// What happened, in order; empty where it was added by hand.
    pub events: Vec<Event>,
    /// The athlete's figures of that day, as they were kept; nothing without a profile.
    pub athlete: Option<serde_json::Value>,
    /// Where the workout came from, and its text.
    pub source: (String, String),
}

impl Entry {
    /// Session RPE load: RPE × minutes (Foster 2001). Nothing without an RPE, nor for a rehearsal.
    pub fn load(&self) -> Option<f64> {
        let rpe = self.answers.rpe.filter(|_| self.rehearsed.is_none())?;
        Some(rpe * self.active.as_secs_f64() / 60.0)
    }
}
