//! Changes to the log. Each is one transaction, keeps what it replaced, and can be undone, the latest first.

use super::session_rows::{self, SessionStartRow};
use super::{SessionId, queries};
use crate::session::Summary;
use crate::session::answers::Answers;
use chrono::{DateTime, FixedOffset};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

/// The fields of a logged session that can be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct EditableFields {
    /// The workout's name.
    pub name: String,
    /// The start, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// The runner's answers.
    pub answers: Answers,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A logged session was edited. Undone, it has its old fields again.
    Edited,
    /// A logged session was deleted. Undone, it is back.
    Deleted,
    /// A session was added. Undone, it is gone.
    Added,
    /// An unfinished session was discarded. Undone, it is unfinished again, and the next start offers it.
    Discarded,
}

/// A change that was undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The session.
    pub session: SessionId,
    /// The session's fields now.
    pub fields: EditableFields,
    /// The kind of change.
    pub kind: ChangeKind,
}

/// A session to add to the log.
#[derive(Clone, Debug)]
pub struct Added {
    /// The steps and the start.
    pub start: SessionStartRow,
    /// The summary.
    pub summary: Summary,
    /// The runner's answers.
    pub answers: Answers,
}

/// A session before a change, as the column `change.before` stores it.
#[derive(Debug, Serialize, Deserialize)]
struct SessionBefore {
    name: String,
    started_at_ms: i64,
    utc_offset_s: i32,
    answers: Answers,
    deleted_at_ms: Option<i64>,
}

/// Edits a logged session and returns its new fields. `None` if the log has no such session. A change that changes
/// nothing cannot be undone either.
///
/// # Errors
/// If the database refuses. Nothing has changed then.
pub fn edit(
    connection: &mut Connection,
    id: SessionId,
    now: i64,
    change: impl FnOnce(&mut EditableFields),
) -> rusqlite::Result<Option<EditableFields>> {
    // Immediate: no other program can write between this read and this write.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(before) = current(&transaction, id)? else { return Ok(None) };
    let mut fields = before.fields();
    change(&mut fields);
    let after = SessionBefore::of(&fields, None);
    if fields != before.fields() {
        remember(&transaction, id, now, &before)?;
        restore(&transaction, id, &after)?;
    }
    transaction.commit()?;
    Ok(Some(fields))
}

/// Deletes a session and returns its fields. `None` if the log has no such session.
///
/// # Errors
/// As [`edit`].
pub fn delete(
    connection: &mut Connection,
    id: SessionId,
    now: i64,
) -> rusqlite::Result<Option<EditableFields>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(before) = current(&transaction, id)? else {
        let discarded =
            is_unfinished(&transaction, id)?.then(|| discard(&transaction, id, now)).transpose()?;
        transaction.commit()?;
        return Ok(discarded);
    };
    remember(&transaction, id, now, &before)?;
    session_rows::mark_deleted(&transaction, id, now)?;
    transaction.commit()?;
    Ok(Some(before.fields()))
}

/// Discards an unfinished session and returns its fields. Does not begin a transaction.
///
/// # Errors
/// As [`edit`].
pub fn discard(connection: &Connection, id: SessionId, now: i64) -> rusqlite::Result<EditableFields> {
    let sql = "SELECT name, started_at_ms, utc_offset_s FROM session WHERE id = ?";
    let before = connection.query_row(sql, [id], |row| {
        Ok(SessionBefore {
            name: session_rows::lossy_text(row, 0)?,
            started_at_ms: row.get(1)?,
            utc_offset_s: row.get(2)?,
            answers: Answers::default(),
            deleted_at_ms: None,
        })
    })?;
    remember(connection, id, now, &before)?;
    session_rows::mark_deleted(connection, id, now)?;
    Ok(before.fields())
}

/// Undoes the latest change. `None` if there is none.
///
/// # Errors
/// As [`edit`].
pub fn undo(connection: &mut Connection) -> rusqlite::Result<Option<Undone>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let latest = "SELECT id, session, before FROM change ORDER BY id DESC LIMIT 1";
    let latest = transaction.query_row(latest, [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, SessionId>(1)?, row.get::<_, String>(2)?))
    });
    let Some((change, session, text)) = latest.optional()? else { return Ok(None) };
    let before: SessionBefore = serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, Box::new(e)))?;
    let was_gone = !is_logged(&transaction, session)?;
    restore(&transaction, session, &before)?;
    let kind = match (before.deleted_at_ms, was_gone, is_logged(&transaction, session)?) {
        (Some(_), ..) => ChangeKind::Added,
        (None, false, _) => ChangeKind::Edited,
        (None, true, true) => ChangeKind::Deleted,
        (None, true, false) => ChangeKind::Discarded,
    };
    transaction.execute("DELETE FROM change WHERE id = ?", [change])?;
    transaction.commit()?;
    Ok(Some(Undone { session, fields: before.fields(), kind }))
}

/// Adds a session that pacebell did not time, and returns its number.
///
/// # Errors
/// As [`edit`].
pub fn add(connection: &mut Connection, added: &Added, now: i64) -> rusqlite::Result<SessionId> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let id = session_rows::insert(&transaction, &added.start)?;
    transaction.execute("UPDATE session SET by_hand = 1 WHERE id = ?", [id])?;
    session_rows::write_summary(&transaction, id, &added.start.sequence, &added.summary, now)?;
    session_rows::write_answers(&transaction, id, &added.answers)?;
    let fields = EditableFields {
        name: added.start.sequence.name.clone(),
        started: added.start.started,
        answers: added.answers.clone(),
    };
    // Undoing it restores a deleted session.
    remember(&transaction, id, now, &SessionBefore::of(&fields, Some(now)))?;
    transaction.commit()?;
    Ok(id)
}

impl SessionBefore {
    fn of(fields: &EditableFields, deleted_at_ms: Option<i64>) -> Self {
        SessionBefore {
            name: fields.name.clone(),
            started_at_ms: session_rows::since_1970(fields.started),
            utc_offset_s: fields.started.offset().local_minus_utc(),
            answers: fields.answers.clone(),
            deleted_at_ms,
        }
    }

    fn fields(&self) -> EditableFields {
        EditableFields {
            name: self.name.clone(),
            started: session_rows::local_time(self.started_at_ms, self.utc_offset_s.into()),
            answers: self.answers.clone(),
        }
    }
}

/// True for a session that is neither logged nor deleted.
fn is_unfinished(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NULL AND deleted_at_ms IS NULL FROM session WHERE id = ?";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// True for a session that `pacebell log` shows.
fn is_logged(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL FROM session WHERE id = ?";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// A logged session as it is now.
fn current(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionBefore>> {
    let entry = queries::entry_of(connection, id)?;
    let fields = entry.map(|e| EditableFields { name: e.name, started: e.started, answers: e.answers });
    Ok(fields.map(|fields| SessionBefore::of(&fields, None)))
}

fn remember(
    connection: &Connection,
    id: SessionId,
    now: i64,
    before: &SessionBefore,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change (session, changed_at_ms, before) VALUES (?, ?, ?)";
    connection.execute(sql, params![id, now, session_rows::to_json(before)?])?;
    Ok(())
}

fn restore(transaction: &Transaction<'_>, id: SessionId, before: &SessionBefore) -> rusqlite::Result<()> {
    let sql =
        "UPDATE session SET name = ?, started_at_ms = ?, utc_offset_s = ?, deleted_at_ms = ? WHERE id = ?";
    let SessionBefore { name, started_at_ms, utc_offset_s, answers, deleted_at_ms } = before;
    let values = params![name, started_at_ms, utc_offset_s, deleted_at_ms, id];
    session_rows::expect_one_row(transaction.execute(sql, values)?)?;
    session_rows::write_answers(transaction, id, answers)
}
