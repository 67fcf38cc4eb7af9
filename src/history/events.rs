//! What happened in a session, as the log keeps it, row by row.
//!
//! A row holds its text as it was written: what this program cannot read is not lost when it is written again.

use super::{SessionId, session_rows};
use crate::session::Event;
use crate::units::{Millis, Moment};
use rusqlite::{Connection, Row, params};

/// One row of `event`, without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    at_ms: i64,
    elapsed_ms: i64,
    happened_at_ms: i64,
    what: String,
}

impl EventRow {
    /// An event that happened at so many milliseconds since 1970.
    pub fn of(event: &Event, happened_at_ms: i64) -> Self {
        EventRow {
            at_ms: session_rows::kept(event.at.get()),
            elapsed_ms: session_rows::kept(event.elapsed.get()),
            happened_at_ms,
            // Plain data: it always serialises.
            what: serde_json::to_string(&event.what).unwrap_or_else(|_| "null".to_string()),
        }
    }

    /// The event, where it is of a form that this program knows.
    pub fn event(&self) -> Option<Event> {
        Some(Event {
            at: self.at()?,
            elapsed: Millis::new(u64::try_from(self.elapsed_ms).ok()?),
            what: serde_json::from_str(&self.what).ok()?,
        })
    }

    /// When it happened, on the session's clock.
    pub fn at(&self) -> Option<Moment> {
        u64::try_from(self.at_ms).ok().map(Moment::new)
    }

    /// When it happened, in milliseconds since 1970.
    pub fn happened_at_ms(&self) -> i64 {
        self.happened_at_ms
    }

    /// Writes it.
    pub fn write(&self, connection: &Connection, session: SessionId, number: usize) -> rusqlite::Result<()> {
        let sql = "INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what)
                   VALUES (?, ?, ?, ?, ?, ?)";
        let number = session_rows::kept(number as u64);
        connection.prepare_cached(sql)?.execute(params![
            session,
            number,
            self.at_ms,
            self.elapsed_ms,
            self.happened_at_ms,
            self.what
        ])?;
        Ok(())
    }
}

/// What happened in a session, in order.
pub fn rows(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<EventRow>> {
    let sql = "SELECT at_ms, elapsed_ms, happened_at_ms, what FROM event WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &Row<'_>| {
        Ok(EventRow {
            at_ms: row.get(0)?,
            elapsed_ms: row.get(1)?,
            happened_at_ms: row.get(2)?,
            what: session_rows::text(row, 3)?,
        })
    };
    statement.query_map([session], row)?.collect()
}

/// The events of rows, where this program knows them all.
pub fn events(rows: &[EventRow]) -> Option<Vec<Event>> {
    rows.iter().map(EventRow::event).collect()
}
