//! A session's events as rows of the log.
//!
//! A row keeps its text as it was written, so that nothing is lost if an older program rewrites a newer event.

use super::{SessionId, session_rows};
use crate::session::Event;
use crate::units::{Millis, Moment};
use rusqlite::{Connection, Row, params};

/// One row of the table `event`, without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    at_ms: i64,
    elapsed_ms: i64,
    happened_at_ms: i64,
    what: String,
}

impl EventRow {
    /// The row of an event that happened at `happened_at_ms`, in milliseconds since 1970.
    pub fn of(event: &Event, happened_at_ms: i64) -> Self {
        EventRow {
            at_ms: session_rows::to_integer(event.at.get()),
            elapsed_ms: session_rows::to_integer(event.elapsed.get()),
            happened_at_ms,
            // Plain data always serialises.
            what: serde_json::to_string(&event.what).unwrap_or_else(|_| "null".to_string()),
        }
    }

    /// The event. `None` if this program does not know its form.
    pub fn event(&self) -> Option<Event> {
        Some(Event {
            at: self.at()?,
            elapsed: Millis::new(u64::try_from(self.elapsed_ms).ok()?),
            what: serde_json::from_str(&self.what).ok()?,
        })
    }

    /// The time on the session's clock.
    pub fn at(&self) -> Option<Moment> {
        u64::try_from(self.at_ms).ok().map(Moment::new)
    }

    /// The time on the wall clock, in milliseconds since 1970.
    pub fn happened_at_ms(&self) -> i64 {
        self.happened_at_ms
    }

    /// Inserts the row as event `number` of a session.
    pub fn write(&self, connection: &Connection, session: SessionId, number: usize) -> rusqlite::Result<()> {
        let sql = "INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what)
                   VALUES (?, ?, ?, ?, ?, ?)";
        let number = session_rows::to_integer(number as u64);
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

/// Reads the rows of a session's events, in order.
pub fn rows(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<EventRow>> {
    let sql = "SELECT at_ms, elapsed_ms, happened_at_ms, what FROM event WHERE session = ? ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &Row<'_>| {
        Ok(EventRow {
            at_ms: row.get(0)?,
            elapsed_ms: row.get(1)?,
            happened_at_ms: row.get(2)?,
            what: session_rows::lossy_text(row, 3)?,
        })
    };
    statement.query_map([session], row)?.collect()
}

/// Converts rows to events. `None` if this program does not know all of them.
pub fn events(rows: &[EventRow]) -> Option<Vec<Event>> {
    rows.iter().map(EventRow::event).collect()
}
