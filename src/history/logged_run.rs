//! The sessions of the log, as far as a plan needs to know them.

use super::SessionId;
use super::session_item::SessionItem;
use super::session_rows::{self, lossy_text};
use crate::units::{Distance, Millis};
use crate::workout::sequence::Activity;
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rusqlite::{Connection, Row};

/// A logged session, as far as a plan needs to know it. Rehearsals are no such sessions.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedRun {
    /// The session's number.
    pub id: SessionId,
    /// The session of a plan that it was run from.
    pub item: Option<SessionItem>,
    /// The workout's name.
    pub workout: String,
    /// The start, in the local time of then and there. The session belongs to this date.
    pub started: DateTime<FixedOffset>,
    /// The active time.
    pub active: Millis,
    /// True if the session went through its last step.
    pub finished: bool,
    /// The distance, if the speed of every part is known. `None` for anything but a run.
    pub distance: Option<Distance>,
    /// What was trained.
    pub activity: Activity,
    /// The perceived effort.
    pub rpe: Option<f64>,
}

/// Reads the logged sessions that began on the local date `from` or later, the earliest first.
pub fn sessions_since(connection: &Connection, from: NaiveDate) -> rusqlite::Result<Vec<LoggedRun>> {
    // No place is a day away from UTC.
    let first = from.checked_sub_days(Days::new(1)).unwrap_or(from).and_time(chrono::NaiveTime::MIN);
    let sql = "SELECT session.id, name, started_at_ms, utc_offset_s, active_ms, finished, activity, rpe,
                      item, (SELECT key FROM block WHERE block.id = session.block) AS block_key,
                      (SELECT CASE WHEN count(*) = count(distance_m) THEN total(distance_m) END
                       FROM lap WHERE lap.session = session.id AND step IS NOT NULL) AS distance_m
               FROM session
               WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1 AND started_at_ms >= ?
               ORDER BY started_at_ms, session.id";
    let mut statement = connection.prepare_cached(sql)?;
    let all: Vec<LoggedRun> =
        statement.query_map([first.and_utc().timestamp_millis()], read_run)?.collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|run| run.started.date_naive() >= from).collect())
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<LoggedRun> {
    let length = |number: Option<i64>| number.map(|n| Millis::new(u64::try_from(n).unwrap_or_default()));
    let activity = Activity::from_word(&lossy_text(row, "activity")?).unwrap_or_default();
    let metres: Option<f64> = row.get("distance_m")?;
    let metres = metres.filter(|m| m.is_finite() && *m > 0.0 && activity.is_run());
    Ok(LoggedRun {
        id: row.get("id")?,
        item: SessionItem::read(row)?,
        workout: lossy_text(row, "name")?,
        started: session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?),
        active: length(row.get("active_ms")?).unwrap_or_default(),
        finished: row.get::<_, Option<bool>>("finished")?.unwrap_or_default(),
        distance: metres.map(Distance::from_metres),
        activity,
        rpe: row.get("rpe")?,
    })
}
