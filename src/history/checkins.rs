//! The check-ins of the mornings, one for each day. A later one of a day replaces the earlier one, also in a merge.

use super::session_rows::{self, lossy_text};
use crate::agenda::{CHECKINS_COMPARED, CheckinAnswers, DailyCheckin};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

/// The check-in of a day as the log keeps it, and as `change.before` stores it.
// A merge takes the later one. Of two of the same moment, it takes the same one on both machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct StoredCheckin {
    /// The time of the answers, or of the undoing that brought them back, in milliseconds since 1970.
    answered_at_ms: i64,
    /// The time at which it was undone. `None` if it counts.
    undone_at_ms: Option<i64>,
    sleep: u8,
    soreness: u8,
    energy: u8,
    mood: u8,
    resting_heart: Option<u32>,
    must_stop: bool,
}

/// The check-ins that a merge replaced, by their days. `None` for one that is new.
pub(super) type ReplacedCheckins = Vec<(String, Option<StoredCheckin>)>;

/// A check-in that was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoneCheckin {
    /// The day.
    pub on: NaiveDate,
    /// The answers that count again. `None` if the day has no check-in now.
    pub answers: Option<CheckinAnswers>,
}

impl StoredCheckin {
    fn new(answers: CheckinAnswers, now: i64) -> Self {
        let CheckinAnswers { sleep, soreness, energy, mood, resting_heart, must_stop } = answers;
        StoredCheckin {
            answered_at_ms: now,
            undone_at_ms: None,
            sleep,
            soreness,
            energy,
            mood,
            resting_heart,
            must_stop,
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(StoredCheckin {
            answered_at_ms: row.get("answered_at_ms")?,
            undone_at_ms: row.get("undone_at_ms")?,
            sleep: row.get("sleep")?,
            soreness: row.get("soreness")?,
            energy: row.get("energy")?,
            mood: row.get("mood")?,
            resting_heart: row.get("resting_heart")?,
            must_stop: row.get("must_stop")?,
        })
    }

    fn answers(&self) -> CheckinAnswers {
        CheckinAnswers {
            sleep: self.sleep,
            soreness: self.soreness,
            energy: self.energy,
            mood: self.mood,
            resting_heart: self.resting_heart,
            must_stop: self.must_stop,
        }
    }

    /// Returns the answers, if they count.
    fn counting(&self) -> Option<CheckinAnswers> {
        self.undone_at_ms.is_none().then(|| self.answers())
    }

    fn last_changed(&self) -> i64 {
        self.answered_at_ms.max(self.undone_at_ms.unwrap_or(i64::MIN))
    }

    /// Writes it in place of the day's own. Keeps the row, which changes refer to.
    fn write(&self, connection: &Connection, on: &str) -> rusqlite::Result<()> {
        let sql = "INSERT INTO checkin
                       (on_day, sleep, soreness, energy, mood, resting_heart, must_stop, answered_at_ms, undone_at_ms)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (on_day) DO UPDATE SET
                       sleep = excluded.sleep, soreness = excluded.soreness, energy = excluded.energy,
                       mood = excluded.mood, resting_heart = excluded.resting_heart, must_stop = excluded.must_stop,
                       answered_at_ms = excluded.answered_at_ms, undone_at_ms = excluded.undone_at_ms";
        let values = params![
            on,
            self.sleep,
            self.soreness,
            self.energy,
            self.mood,
            self.resting_heart,
            self.must_stop,
            self.answered_at_ms,
            self.undone_at_ms
        ];
        connection.execute(sql, values).map(|_| ())
    }
}

/// Writes the check-in of a day, in place of an earlier one of the same day, as a change that can be undone.
///
/// # Errors
/// If the database refuses. Nothing has changed then.
pub fn write(connection: &mut Connection, checkin: DailyCheckin, now: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let on = checkin.on.to_string();
    let before = find(&transaction, &on)?;
    if before.as_ref().and_then(StoredCheckin::counting) != Some(checkin.answers) {
        StoredCheckin::new(checkin.answers, now).write(&transaction, &on)?;
        remember(&transaction, &on, &before, now, None)?;
    }
    transaction.commit()
}

fn find(connection: &Connection, on: &str) -> rusqlite::Result<Option<StoredCheckin>> {
    connection.query_row("SELECT * FROM checkin WHERE on_day = ?", [on], StoredCheckin::read).optional()
}

fn remember(
    connection: &Connection,
    on: &str,
    before: &Option<StoredCheckin>,
    now: i64,
    merge: Option<i64>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change (checkin, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
    connection.execute(sql, params![on, now, session_rows::to_json(before)?, merge]).map(|_| ())
}

/// Undoes a change to the check-in of a day, as a change at `now`. Does not begin a transaction.
pub(super) fn undo_change(
    connection: &Connection,
    on: &str,
    before: &str,
    now: i64,
) -> rusqlite::Result<UndoneCheckin> {
    let before: Option<StoredCheckin> = session_rows::from_json(before)?;
    let answers = before.as_ref().and_then(StoredCheckin::counting);
    match answers {
        Some(answers) => StoredCheckin::new(answers, now).write(connection, on)?,
        None => {
            // The row stays, so that a merge does not bring the check-in back.
            let sql = "UPDATE checkin SET undone_at_ms = ? WHERE on_day = ?";
            session_rows::expect_one_row(connection.execute(sql, params![now, on])?)?;
        }
    }
    Ok(UndoneCheckin { on: on.parse().unwrap_or_default(), answers })
}

/// Takes the check-ins of another log that are later than ours. Returns those that were replaced, and how many of them
/// a runner notices. Does not begin a transaction.
pub(super) fn merge(
    ours: &Connection,
    theirs: &[(String, StoredCheckin)],
) -> rusqlite::Result<(usize, ReplacedCheckins)> {
    let (mut noticed, mut replaced) = (0, Vec::new());
    for (on, their) in theirs {
        let our = find(ours, on)?;
        let is_later =
            our.as_ref().is_none_or(|our| (their.last_changed(), their) > (our.last_changed(), our));
        if is_later {
            their.write(ours, on)?;
            noticed += usize::from(our.as_ref().and_then(StoredCheckin::counting) != their.counting());
            replaced.push((on.clone(), our));
        }
    }
    Ok((noticed, replaced))
}

/// Reads all check-ins of another log, also those that were undone.
pub(super) fn read_all(theirs: &Connection) -> rusqlite::Result<Vec<(String, StoredCheckin)>> {
    let mut statement = theirs.prepare("SELECT * FROM checkin ORDER BY on_day")?;
    let read = |row: &Row<'_>| Ok((lossy_text(row, "on_day")?, StoredCheckin::read(row)?));
    statement.query_map([], read)?.collect()
}

/// Records what a merge replaced, as part of the change with this number. Does not begin a transaction.
pub(super) fn remember_merge(
    connection: &Connection,
    merge: i64,
    replaced: &ReplacedCheckins,
    now: i64,
) -> rusqlite::Result<()> {
    replaced.iter().try_for_each(|(on, before)| remember(connection, on, before, now, Some(merge)))
}

/// Puts a check-in back as it was before a merge. Returns true if a runner notices. Does not begin a transaction.
pub(super) fn restore(connection: &Connection, on: &str, before: &str) -> rusqlite::Result<bool> {
    let before: Option<StoredCheckin> = session_rows::from_json(before)?;
    let now = find(connection, on)?;
    match &before {
        Some(before) => before.write(connection, on)?,
        None => _ = connection.execute("DELETE FROM checkin WHERE on_day = ?", [on])?,
    }
    let counting = |checkin: &Option<StoredCheckin>| checkin.as_ref().and_then(StoredCheckin::counting);
    Ok(counting(&now) != counting(&before))
}

/// Reads the check-ins up to a day that judging that day needs, the earliest first.
///
/// # Errors
/// If the database cannot be read.
pub fn up_to(connection: &Connection, day: NaiveDate) -> rusqlite::Result<Vec<DailyCheckin>> {
    let sql = "SELECT * FROM checkin WHERE on_day <= ? AND undone_at_ms IS NULL ORDER BY on_day DESC LIMIT ?";
    // Today's, those that it is compared with, and one more for the morning before.
    let most = i64::try_from(CHECKINS_COMPARED + 2).unwrap_or(i64::MAX);
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map(params![day.to_string(), most], read)?;
    let mut checkins: Vec<DailyCheckin> = rows.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    checkins.reverse();
    Ok(checkins)
}

/// Reads a row. `None` if another program wrote a day that is none.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<DailyCheckin>> {
    let answers = StoredCheckin::read(row)?.answers();
    Ok(lossy_text(row, "on_day")?.parse().ok().map(|on| DailyCheckin { on, answers }))
}
