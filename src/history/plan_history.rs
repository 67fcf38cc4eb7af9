//! Everything in the log that the agenda of a plan needs.

use super::block_rows::{Block, EarlierText, StoredChoice};
use super::blocks;
use super::logged_run::{self, LoggedRun};
use crate::agenda::{DatedChoice, LoggedSession, PlanChoice, TakenSession};
use crate::plan::ItemId;
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
        let runs = logged_run::sessions_since(connection, from)?;
        let sessions = runs.iter().map(|run| logged_session(run, &current.block)).collect();
        let earlier = &current.block.fields.earlier;
        let choices = current.choices.iter();
        let choices = choices.filter_map(|choice| dated_choice(choice, earlier, here)).collect();
        Ok(Some(PlanHistory { block: current.block, runs, sessions, choices }))
    }
}

fn logged_session(run: &LoggedRun, block: &Block) -> LoggedSession {
    let tie = run.item.as_ref().filter(|tie| tie.block == block.key);
    let started_at_ms = run.started.timestamp_millis();
    let updates = Updates::after(&block.fields.earlier, started_at_ms);
    LoggedSession {
        on: run.started.date_naive(),
        item: tie.and_then(|tie| updates.item(tie.item.parse().ok()?)),
        started_at_ms,
        workout: run.workout.clone(),
        time: run.active,
        distance: run.distance,
        finished: run.finished,
        is_run: run.activity.is_run(),
    }
}

/// Converts a choice. `None` for one that this program cannot read.
fn dated_choice(choice: &StoredChoice, earlier: &[EarlierText], here: FixedOffset) -> Option<DatedChoice> {
    let on = DateTime::from_timestamp_millis(choice.at_ms)?.with_timezone(&here).date_naive();
    let value = choice.value.as_deref();
    let read = PlanChoice::read(&choice.item, choice.what.word(), value)?;
    Some(DatedChoice { on, choice: Updates::after(earlier, choice.at_ms).choice(read)? })
}

/// The updates of a plan after a time, which may have given its sessions other ids.
struct Updates<'a> {
    earlier: &'a [EarlierText],
    after: i64,
}

impl<'a> Updates<'a> {
    fn after(earlier: &'a [EarlierText], after: i64) -> Self {
        Updates { earlier, after }
    }

    fn updates(&self) -> impl Iterator<Item = &'a EarlierText> + use<'a> {
        let after = self.after;
        self.earlier.iter().filter(move |earlier| earlier.at_ms > after)
    }

    /// Returns the id that a session has now. `None` for one that the plan no longer has.
    fn item(&self, id: ItemId) -> Option<ItemId> {
        self.updates().try_fold(id, |id, earlier| match earlier.renamed.get(&id.to_string()) {
            Some(renamed) => renamed.to.as_ref()?.parse().ok(),
            None => Some(id),
        })
    }

    /// Returns the number that an alternative of a session has now. `None` for one that is gone.
    fn option(&self, id: ItemId, number: usize) -> Option<usize> {
        let first = (id.to_string(), number);
        let last = self.updates().try_fold(first, |(id, number), earlier| {
            let Some(renamed) = earlier.renamed.get(&id) else { return Some((id, number)) };
            let moved = renamed.options.get(number.checked_sub(1)?).copied();
            let number =
                if renamed.options.is_empty() { number } else { moved.filter(|number| *number > 0)? };
            Some((renamed.to.clone()?, number))
        });
        Some(last?.1)
    }

    /// Returns a choice with the ids of now. `None` if the plan no longer has its session.
    fn choice(&self, choice: PlanChoice) -> Option<PlanChoice> {
        Some(match choice {
            PlanChoice::Move { item, to } => PlanChoice::Move { item: self.item(item)?, to },
            PlanChoice::Skip { item } => PlanChoice::Skip { item: self.item(item)? },
            PlanChoice::Take { item, session } => {
                let session = match session {
                    TakenSession::Option(number) => TakenSession::Option(self.option(item, number)?),
                    TakenSession::Missed(missed) => TakenSession::Missed(self.item(missed)?),
                    session => session,
                };
                PlanChoice::Take { item: self.item(item)?, session }
            }
            // Only the week counts, which an update leaves on its dates.
            shift @ PlanChoice::Shift { .. } => shift,
        })
    }
}
