//! The check-ins of the mornings, one for each day.

use super::session_rows::lossy_text;
use crate::agenda::{CHECKINS_COMPARED, CheckinAnswers, DailyCheckin};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

/// Writes the check-in of a day, in place of an earlier one of the same day.
pub fn write(connection: &Connection, checkin: DailyCheckin, now_ms: i64) -> rusqlite::Result<()> {
    let CheckinAnswers { sleep, soreness, energy, mood, resting_heart, must_stop } = checkin.answers;
    let sql = "INSERT OR REPLACE INTO checkin
                   (on_day, sleep, soreness, energy, mood, resting_heart, must_stop, answered_at_ms)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let on = checkin.on.to_string();
    connection
        .execute(sql, params![on, sleep, soreness, energy, mood, resting_heart, must_stop, now_ms])
        .map(|_| ())
}

/// Reads the check-ins up to a day that judging that day needs, the earliest first.
pub fn up_to(connection: &Connection, day: NaiveDate) -> rusqlite::Result<Vec<DailyCheckin>> {
    let sql = "SELECT * FROM checkin WHERE on_day <= ? ORDER BY on_day DESC LIMIT ?";
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
    let answers = CheckinAnswers {
        sleep: row.get("sleep")?,
        soreness: row.get("soreness")?,
        energy: row.get("energy")?,
        mood: row.get("mood")?,
        resting_heart: row.get("resting_heart")?,
        must_stop: row.get("must_stop")?,
    };
    Ok(lossy_text(row, "on_day")?.parse().ok().map(|on| DailyCheckin { on, answers }))
}
