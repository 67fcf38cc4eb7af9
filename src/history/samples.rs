//! The samples of sessions: what sensors measured, a row for each minute.

use super::SessionId;
use super::session_rows::{self, or_unreadable};
use crate::sensors::Sample;
use crate::units::{HeartRate, Millis};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// The samples of a session as they are stored: the bytes of each minute of active time.
pub(super) type StoredMinutes = BTreeMap<u32, Vec<u8>>;

/// Writes minutes, in place of what is there.
pub(super) fn write<'a>(
    connection: &Connection,
    session: SessionId,
    minutes: impl Iterator<Item = (&'a u32, &'a Vec<u8>)>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO sample (session, minute, data) VALUES (?, ?, ?)
               ON CONFLICT (session, minute) DO UPDATE SET data = excluded.data";
    let mut insert = connection.prepare_cached(sql)?;
    for (minute, data) in minutes {
        insert.execute(params![session, minute, data])?;
    }
    Ok(())
}

/// Reads the minutes of a session. A row that is damaged is left out.
pub(super) fn minutes(connection: &Connection, session: SessionId) -> rusqlite::Result<StoredMinutes> {
    let mut statement =
        connection.prepare_cached("SELECT minute, data FROM sample WHERE session = ? ORDER BY minute")?;
    let rows = statement.query_map([session], |row| {
        let minute = row.get::<_, i64>(0)?;
        Ok(u32::try_from(minute).ok().zip(or_unreadable(row.get::<_, Vec<u8>>(1))?))
    })?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Returns the minutes with the samples before an active time. A minute without any stays, and is empty.
pub(super) fn before(minutes: &StoredMinutes, end: Millis) -> StoredMinutes {
    let kept = |(minute, data): (&u32, &Vec<u8>)| {
        let samples = Sample::decode_minute(*minute, data);
        // A minute that is whole keeps its bytes as they are.
        let data = match samples.iter().all(|sample| sample.at < end) {
            true => data.clone(),
            false => samples.iter().filter(|sample| sample.at < end).flat_map(Sample::encode).collect(),
        };
        (*minute, data)
    };
    minutes.iter().map(kept).collect()
}

/// Reads the samples of a session, in order.
pub(super) fn read(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<Sample>> {
    let minutes = minutes(connection, session)?;
    let mut samples: Vec<Sample> =
        minutes.iter().flat_map(|(minute, data)| Sample::decode_minute(*minute, data)).collect();
    samples.sort_by_key(|sample| sample.at);
    Ok(samples)
}

/// Writes the mean and the highest heart rate of a session and of its laps. Does nothing if none was measured.
pub(super) fn write_heart(connection: &Connection, session: SessionId) -> rusqlite::Result<()> {
    let samples = read(connection, session)?;
    let rates: Vec<(Millis, HeartRate)> =
        samples.iter().filter_map(|sample| sample.heart.map(|rate| (sample.at, rate))).collect();
    let Some(mean) = mean(rates.iter().map(|(_, rate)| *rate)) else { return Ok(()) };
    let highest = rates.iter().map(|(_, rate)| rate.bpm()).max();
    let sql = "UPDATE session SET mean_heart = ?, highest_heart = ? WHERE id = ?";
    session_rows::expect_one_row(connection.prepare_cached(sql)?.execute(params![mean, highest, session])?)?;
    let mut laps = connection.prepare_cached("SELECT number, from_ms, to_ms FROM lap WHERE session = ?")?;
    let read = |row: &Row<'_>| Ok(LapSpan { number: row.get(0)?, from_ms: row.get(1)?, to_ms: row.get(2)? });
    let laps = laps.query_map([session], read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for LapSpan { number, from_ms, to_ms } in laps {
        let is_inside = |at: Millis| (from_ms..to_ms).contains(&session_rows::to_integer(at.get()));
        let inside = rates.iter().filter(|(at, _)| is_inside(*at)).map(|(_, rate)| *rate);
        let sql = "UPDATE lap SET mean_heart = ? WHERE session = ? AND number = ?";
        connection.prepare_cached(sql)?.execute(params![self::mean(inside), session, number])?;
    }
    Ok(())
}

/// The active time from the start to the end of a lap, in milliseconds.
struct LapSpan {
    number: i64,
    from_ms: i64,
    to_ms: i64,
}

/// Returns the mean in whole beats per minute. `None` without heart rates.
fn mean(rates: impl Iterator<Item = HeartRate>) -> Option<u32> {
    let (sum, count) =
        rates.fold((0.0, 0_u32), |(sum, count), rate| (sum + f64::from(rate.bpm()), count + 1));
    (count > 0).then(|| HeartRate::nearest(sum / f64::from(count)).bpm())
}
