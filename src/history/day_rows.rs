//! The state of the day in the log. One transaction takes a turn, so any number of timers and terminals remind once.

use super::session_rows::lossy_text;
use super::{Database, SessionKey, SessionLock};
use crate::day::{ActionMark, DayConfig, DayState, DayTurn, DeskPresence, LATER, WallMoment, due};
use chrono::{DateTime, FixedOffset};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

/// The past that marks are read from. Older ones say nothing about today.
const READ_BACK_MS: i64 = 2 * 24 * 3600 * 1000;
/// The names of the single moments.
const MOMENTS: [&str; 4] = ["sitting", "tick", "quiet", "held"];

/// Takes the turn of `now`: reads the state, applies the rules, and keeps the new state, all in one transaction.
///
/// # Errors
/// If the database refuses.
pub fn take_turn(
    connection: &mut Connection,
    config: &DayConfig,
    now: DateTime<FixedOffset>,
    presence: &DeskPresence,
) -> rusqlite::Result<DayTurn> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = read_state(&transaction, now.timestamp_millis())?;
    let turn = due(config, now, &before, presence);
    write_state(&transaction, &before, &turn.state)?;
    transaction.commit()?;
    Ok(turn)
}

/// Reads the state of the day at `now_ms`.
///
/// # Errors
/// If the database refuses.
pub fn read_state(connection: &Connection, now_ms: i64) -> rusqlite::Result<DayState> {
    let mut state = DayState::default();
    let mut moments = connection.prepare_cached("SELECT what, at_ms FROM day_moment")?;
    let mut rows = moments.query([])?;
    while let Some(row) = rows.next()? {
        let at: i64 = row.get(1)?;
        match lossy_text(row, "what")?.as_str() {
            "sitting" => state.sitting_since_ms = Some(at),
            "tick" => state.last_tick_ms = Some(at),
            "quiet" => state.quiet_until_ms = Some(at),
            _ => state.holds_back = true,
        }
    }
    let from = now_ms.saturating_sub(READ_BACK_MS);
    let mut nudges = connection.prepare_cached("SELECT * FROM nudge WHERE at_ms > ?1 OR later_at_ms > ?1")?;
    let mut rows = nudges.query([from])?;
    while let Some(row) = rows.next()? {
        let later_ms = row.get("later_at_ms")?;
        let mark = ActionMark { reminded: read_moment(row)?, later_ms, won: None };
        state.marks.insert(lossy_text(row, "action")?, mark);
    }
    let sql =
        "SELECT action, at_ms, utc_offset_s FROM win WHERE at_ms > ? AND undone_at_ms IS NULL ORDER BY at_ms";
    let mut wins = connection.prepare_cached(sql)?;
    let mut rows = wins.query([from])?;
    while let Some(row) = rows.next()? {
        let key = lossy_text(row, "action")?.to_lowercase();
        state.marks.entry(key).or_default().won = read_moment(row)?;
    }
    Ok(state)
}

fn read_moment(row: &Row<'_>) -> rusqlite::Result<Option<WallMoment>> {
    let at: Option<i64> = row.get("at_ms")?;
    let utc_offset_s = row.get::<_, Option<i32>>("utc_offset_s")?.unwrap_or_default();
    Ok(at.map(|at_ms| WallMoment { at_ms, utc_offset_s }))
}

/// Writes what differs between two states. Wins have rows of their own.
fn write_state(transaction: &Transaction<'_>, before: &DayState, after: &DayState) -> rusqlite::Result<()> {
    let moments = |state: &DayState| {
        let held = state.holds_back.then_some(0);
        [state.sitting_since_ms, state.last_tick_ms, state.quiet_until_ms, held]
    };
    for ((what, was), is) in MOMENTS.into_iter().zip(moments(before)).zip(moments(after)) {
        match is {
            _ if was == is => {}
            Some(at) => write_moment(transaction, what, at)?,
            None => {
                transaction.prepare_cached("DELETE FROM day_moment WHERE what = ?")?.execute([what])?;
            }
        }
    }
    for (action, mark) in &after.marks {
        let was = before.mark(action);
        if (was.reminded, was.later_ms) != (mark.reminded, mark.later_ms) {
            write_nudge(transaction, action, *mark)?;
        }
    }
    Ok(())
}

fn write_moment(connection: &Connection, what: &str, at: i64) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO day_moment (what, at_ms) VALUES (?, ?)";
    connection.prepare_cached(sql)?.execute(params![what, at]).map(|_| ())
}

fn write_nudge(connection: &Connection, action: &str, mark: ActionMark) -> rusqlite::Result<()> {
    let (at, offset) = (mark.reminded.map(|at| at.at_ms), mark.reminded.map(|at| at.utc_offset_s));
    let sql = "INSERT OR REPLACE INTO nudge (action, at_ms, utc_offset_s, later_at_ms) VALUES (?, ?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![action, at, offset, mark.later_ms]).map(|_| ())
}

/// Brings the reminder of an action back in ten minutes. `key` is that of the action.
///
/// # Errors
/// If the database refuses.
pub fn remind_later(connection: &mut Connection, key: &str, now_ms: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mark = read_state(&transaction, now_ms)?.mark(key);
    let later = i64::try_from(LATER.get()).unwrap_or(i64::MAX);
    write_nudge(&transaction, key, ActionMark { later_ms: Some(now_ms.saturating_add(later)), ..mark })?;
    transaction.commit()
}

/// Holds all reminders back until a moment in milliseconds since 1970. `None` ends the quiet time.
///
/// # Errors
/// If the database refuses.
pub fn be_quiet(connection: &Connection, until_ms: Option<i64>) -> rusqlite::Result<()> {
    match until_ms {
        Some(until) => write_moment(connection, "quiet", until),
        None => connection.execute("DELETE FROM day_moment WHERE what = 'quiet'", []).map(|_| ()),
    }
}

/// Adds to a presence what the log knows: if a session is running, and when the last one ended.
///
/// # Errors
/// If the database refuses.
pub fn add_sessions(
    database: &Database,
    connection: &Connection,
    now_ms: i64,
    presence: &mut DeskPresence,
) -> rusqlite::Result<()> {
    let from = now_ms.saturating_sub(READ_BACK_MS);
    let sql =
        "SELECT key FROM session WHERE started_at_ms > ? AND logged_at_ms IS NULL AND deleted_at_ms IS NULL
               AND speed = 1";
    let mut unfinished = connection.prepare_cached(sql)?;
    let mut rows = unfinished.query([from])?;
    while let Some(row) = rows.next()? {
        presence.in_session |= SessionLock::is_held(database.path(), SessionKey::read(row, "key")?);
    }
    let sql = "SELECT max(started_at_ms + active_ms) FROM session
               WHERE started_at_ms > ? AND logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL AND speed = 1";
    let ended = connection.prepare_cached(sql)?.query_row([from], |row| row.get(0)).optional()?;
    presence.session_ended_ms = ended.flatten();
    Ok(())
}

/// True if a session that began at `from_ms` or later is in the log.
///
/// # Errors
/// If the database refuses.
pub fn logged_since(connection: &Connection, from_ms: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM session WHERE started_at_ms >= ? AND logged_at_ms IS NOT NULL
               AND deleted_at_ms IS NULL)";
    connection.query_row(sql, [from_ms], |row| row.get(0))
}

/// Lets a connection return before its changes are on the disk. For a change that may be lost with the power, but not with
/// the program.
///
/// # Errors
/// If the database refuses.
pub fn write_without_waiting(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map(|_| ())
}
