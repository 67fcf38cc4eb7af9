//! The plans of sessions with the bends that were made while they ran. The laps are those of bent plans.

use super::session_rows::lossy_text;
use super::{SessionId, events, marked_plans};
use crate::session::{Event, EventKind, Record, Session};
use crate::workout::sequence::{MadeBends, SEQUENCE_VERSION, Sequence};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::sync::Arc;

/// Returns a plan with the bends of its session. The laps are those of its steps.
pub(super) fn bent(planned: Sequence, events: &[Event]) -> Sequence {
    if !events.iter().any(|event| matches!(event.what, EventKind::Bent { .. })) {
        return planned;
    }
    let planned = Arc::new(planned);
    let session = Session::replay(Arc::clone(&planned), &Record::new(events.to_vec()));
    session.map_or_else(|_| planned.as_ref().clone(), |session| session.sequence().clone())
}

/// Reads the plan of one session, with its bends. `None` if it cannot be read.
pub(super) fn sequence(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<Sequence>> {
    let planned = planned_sequence(connection, id)?;
    let sql = "SELECT 1 FROM event WHERE session = ? AND instr(what, '\"bent\"') > 0";
    let is_bent = connection.prepare_cached(sql)?.exists([id])?;
    let (Some(planned), true) = (&planned, is_bent) else { return Ok(planned) };
    let events = events::events(&events::rows(connection, id)?).unwrap_or_default();
    Ok(Some(bent(planned.clone(), &events)))
}

/// Reads the bends of one session or of all, those that were made before it began included.
pub(super) fn made_bends(
    connection: &Connection,
    only: Option<SessionId>,
) -> rusqlite::Result<HashMap<SessionId, MadeBends>> {
    let condition = if only.is_some() { " AND session = ?1" } else { "" };
    // Few sessions are bent, so few plans are parsed.
    let sql = format!(
        "SELECT session FROM event WHERE {}{condition} UNION SELECT session FROM plan WHERE {}{condition}",
        marked_plans::BENDS,
        marked_plans::BENT_BEFORE
    );
    let mut statement = connection.prepare(&sql)?;
    let ids = statement.query_map(rusqlite::params_from_iter(only), |row| row.get(0))?;
    let mut all = HashMap::new();
    for id in ids.collect::<rusqlite::Result<Vec<SessionId>>>()? {
        if let Some(sequence) = sequence(connection, id)? {
            all.insert(id, sequence.bends);
        }
    }
    Ok(all)
}

/// Reads the plan of one session as it was before its first event.
pub(super) fn planned_sequence(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<Sequence>> {
    let mut statement = connection.prepare_cached("SELECT sequence FROM plan WHERE session = ?")?;
    let text = statement.query_row([id], |row| lossy_text(row, 0)).optional()?;
    let sequence = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(sequence.filter(|sequence: &Sequence| sequence.version == SEQUENCE_VERSION))
}
