//! The small wins of the day in the log.

use super::session_rows::lossy_text;
use crate::day::{WallMoment, WinMoment};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Notes that an action was done. A second note of the same moment changes nothing.
///
/// # Errors
/// If the database refuses.
pub fn add(connection: &Connection, win: &WinMoment, is_timed: bool) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    let sql = "INSERT INTO win (action, at_ms, utc_offset_s, timed) VALUES (?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET undone_at_ms = NULL";
    transaction.execute(sql, params![win.action, win.at.at_ms, win.at.utc_offset_s, is_timed])?;
    transaction
        .execute("UPDATE nudge SET later_at_ms = NULL WHERE action = ?", [win.action.to_lowercase()])?;
    transaction.commit()
}

/// Takes back the last win since `from_ms`, of one action or of any. Returns it, or `None` if there is none.
///
/// # Errors
/// If the database refuses.
pub fn undo_last(
    connection: &Connection,
    action: Option<&str>,
    from_ms: i64,
    now_ms: i64,
) -> rusqlite::Result<Option<WinMoment>> {
    let mut wins = since(connection, from_ms)?;
    wins.retain(|win| action.is_none_or(|action| win.action.to_lowercase() == action.to_lowercase()));
    let last = wins.pop();
    if let Some(win) = &last {
        take_back(connection, win, now_ms)?;
    }
    Ok(last)
}

/// Takes back one win.
pub(super) fn take_back(connection: &Connection, win: &WinMoment, now_ms: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE win SET undone_at_ms = ? WHERE action = ? AND at_ms = ?";
    connection.execute(sql, params![now_ms, win.action, win.at.at_ms])?;
    Ok(())
}

/// Returns the latest win that counts, of any day.
///
/// # Errors
/// If the database cannot be read.
pub(super) fn latest(connection: &Connection) -> rusqlite::Result<Option<WinMoment>> {
    let sql = "SELECT action, at_ms, utc_offset_s FROM win WHERE undone_at_ms IS NULL ORDER BY at_ms DESC, id DESC LIMIT 1";
    connection.prepare_cached(sql)?.query_row([], read).optional()
}

/// Returns the wins since a moment in milliseconds since 1970, the earliest first.
///
/// # Errors
/// If the database refuses.
pub fn since(connection: &Connection, from_ms: i64) -> rusqlite::Result<Vec<WinMoment>> {
    let sql = "SELECT action, at_ms, utc_offset_s FROM win WHERE at_ms >= ? AND undone_at_ms IS NULL ORDER BY at_ms, id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([from_ms], read)?;
    rows.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<WinMoment> {
    let at = WallMoment { at_ms: row.get("at_ms")?, utc_offset_s: row.get("utc_offset_s")? };
    Ok(WinMoment { action: lossy_text(row, "action")?, at })
}

/// Takes over the wins of another log, and the ones that were taken back there.
///
/// # Errors
/// If a database refuses.
pub fn merge(ours: &Connection, theirs: &Connection) -> rusqlite::Result<()> {
    let mut statement = theirs.prepare("SELECT * FROM win ORDER BY id")?;
    let mut rows = statement.query([])?;
    let sql = "INSERT INTO win (action, at_ms, utc_offset_s, timed, undone_at_ms) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET undone_at_ms = coalesce(undone_at_ms, excluded.undone_at_ms)";
    while let Some(row) = rows.next()? {
        let win = read(row)?;
        let (timed, undone) = (row.get::<_, bool>("timed")?, row.get::<_, Option<i64>>("undone_at_ms")?);
        let values = params![win.action, win.at.at_ms, win.at.utc_offset_s, timed, undone];
        ours.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}
