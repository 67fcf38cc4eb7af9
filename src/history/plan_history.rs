//! Everything in the log that the agenda of a plan needs.

use super::block_rows::{Block, StoredChoice};
use super::blocks::{self, LoggedRun};
use crate::agenda::{DatedChoice, LoggedSession, PlanChoice};
use chrono::{DateTime, Days, FixedOffset};
use rusqlite::Connection;

/// The days of the log before a plan that are read. The longest run of the 30 days before is known only if the log goes back
/// further than they do, and a runner may have begun long ago and rested since.
const DAYS_BEFORE: u64 = 365;

/// The plan that is on, the sessions around it, and the choices about it.
#[derive(Clone, Debug)]
pub struct PlanHistory {
    /// The plan in the log, and its dates.
    pub block: Block,
    /// The sessions from a year before the plan on, the earliest first.
    pub runs: Vec<LoggedRun>,
    /// The same sessions for the agenda, in the same order.
    pub sessions: Vec<LoggedSession>,
    /// The choices that hold, the earliest first.
    pub choices: Vec<DatedChoice>,
}

impl PlanHistory {
    /// Reads the plan that is on. `None` if there is none. Choices belong to the date at the offset `here`; sessions
    /// belong to the date on which they began, by the clock of that place.
    pub fn read(connection: &Connection, here: FixedOffset) -> rusqlite::Result<Option<PlanHistory>> {
        let Some(current) = blocks::current(connection)? else { return Ok(None) };
        let from = current.block.fields.from_on;
        let from = from.checked_sub_days(Days::new(DAYS_BEFORE)).unwrap_or(from);
        let runs = blocks::sessions_since(connection, from)?;
        let sessions = runs.iter().map(|run| logged_session(run, &current.block)).collect();
        let choices = current.choices.iter().filter_map(|choice| dated_choice(choice, here)).collect();
        Ok(Some(PlanHistory { block: current.block, runs, sessions, choices }))
    }
}

fn logged_session(run: &LoggedRun, block: &Block) -> LoggedSession {
    let tie = run.item.as_ref().filter(|tie| tie.block == block.key);
    LoggedSession {
        on: run.started.date_naive(),
        item: tie.and_then(|tie| tie.item.parse().ok()),
        started_at_ms: run.started.timestamp_millis(),
        workout: run.workout.clone(),
        time: run.active,
        distance: run.distance,
        finished: run.finished,
        is_run: run.activity.is_run(),
    }
}

/// Converts a choice. `None` for one that this program cannot read.
fn dated_choice(choice: &StoredChoice, here: FixedOffset) -> Option<DatedChoice> {
    let on = DateTime::from_timestamp_millis(choice.at_ms)?.with_timezone(&here).date_naive();
    let value = choice.value.as_deref();
    Some(DatedChoice { on, choice: PlanChoice::read(&choice.item, choice.what.word(), value)? })
}
