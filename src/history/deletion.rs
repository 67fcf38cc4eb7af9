//! Deletes sessions, except those that are running.

use super::edits::{self, EditableFields};
use super::{Database, LogError, SessionId, SessionLock, session_rows};

/// A session that was deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct DeletedSession {
    /// The session's fields.
    pub fields: EditableFields,
    /// True if it was not in the log yet, and could have been resumed.
    pub was_unfinished: bool,
}

/// Deletes a session of a log, unless the session is running. `None` if the log has no such session.
///
/// # Errors
/// If the session is running in another terminal, or the log cannot be written.
pub fn delete_idle(database: &Database, id: SessionId, now: i64) -> Result<Option<DeletedSession>, LogError> {
    let Some(mut connection) = database.open_existing()? else { return Ok(None) };
    let explain = |error: rusqlite::Error| database.explain(&error);
    let mut held = None;
    let was_unfinished = edits::is_unfinished(&connection, id).map_err(explain)?;
    if was_unfinished && let Some(key) = session_rows::readable_key(&connection, id).map_err(explain)? {
        // Held until the session is deleted, so that no other terminal resumes it meanwhile.
        held = Some(SessionLock::take(database.path(), key).ok_or_else(|| {
            LogError::new(format!("session {id} is running in another terminal"), "end it there first")
        })?);
    }
    let deleted = edits::delete(&mut connection, id, now).map_err(explain)?;
    if let Some(lock) = held {
        lock.remove();
    }
    Ok(deleted.map(|fields| DeletedSession { fields, was_unfinished }))
}
