//! Changing the log by hand. Each change is one transaction, keeps what it replaced, and can be undone: the latest
//! first, through all of them.

use super::session_rows;
use super::session_rows::SessionStartRow;
use super::{SessionId, queries};
use crate::session::Summary;
use crate::session::answers::Answers;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

/// What of a session can be changed once it is in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct EditableFields {
    /// The workout's name.
    pub name: String,
    /// When it began, in the local time of then and there.
    pub started: DateTime<FixedOffset>,
    /// What the runner says of it.
    pub answers: Answers,
}

/// What an undone change had been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was changed: it is as it was before.
    Edited,
    /// It was deleted: it is back.
    Deleted,
    /// It was added: it is gone again.
    Added,
    /// It was never logged and discarded: it is unfinished again, and is offered at the next start.
    Discarded,
}

/// A change that was undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// Which session it is about.
    pub session: SessionId,
    /// The session's name and start, as they are now.
    pub kept: EditableFields,
    /// What the change had been.
    pub what: ChangeKind,
}

/// A session that is added by hand.
#[derive(Clone, Debug)]
pub struct Added {
    /// What was run, and when.
    pub beginning: SessionStartRow,
    /// What it came to.
    pub summary: Summary,
    /// What the runner says of it.
    pub answers: Answers,
}

/// A session before a change, as the table `change` keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct SessionBefore {
    name: String,
    started_at_ms: i64,
    utc_offset_s: i32,
    answers: Answers,
    deleted_at_ms: Option<i64>,
}

/// Changes a session of the log: what it is now, as it was handed to `change`. Nothing where the log has none of this
/// name. A change that changes nothing leaves no trace.
///
/// # Errors
/// Where the database would not; then nothing has changed.
pub fn edit(
    connection: &mut Connection,
    id: SessionId,
    now: i64,
    change: impl FnOnce(&mut EditableFields),
) -> rusqlite::Result<Option<EditableFields>> {
    // Immediate: what is read here is still so when it is written, whoever else writes meanwhile.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(before) = before(&transaction, id)? else { return Ok(None) };
    let mut kept = before.kept();
    change(&mut kept);
    let after = SessionBefore::of(&kept, None);
    if kept != before.kept() {
        remember(&transaction, id, now, &before)?;
        restore(&transaction, id, &after)?;
    }
    transaction.commit()?;
    Ok(Some(kept))
}

/// Takes a session out of the log; it can be brought back. What it was, or nothing where the log has none of this
/// name.
///
/// # Errors
/// As [`edit`].
pub fn delete(
    connection: &mut Connection,
    id: SessionId,
    now: i64,
) -> rusqlite::Result<Option<EditableFields>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(before) = before(&transaction, id)? else {
        let discarded =
            is_unfinished(&transaction, id)?.then(|| discard(&transaction, id, now)).transpose()?;
        transaction.commit()?;
        return Ok(discarded);
    };
    remember(&transaction, id, now, &before)?;
    session_rows::deleted(&transaction, id, now)?;
    transaction.commit()?;
    Ok(Some(before.kept()))
}

/// Throws a session away that is not in the log, inside of whatever transaction `connection` is in. It can be
/// brought back.
///
/// # Errors
/// As [`edit`].
pub fn discard(connection: &Connection, id: SessionId, now: i64) -> rusqlite::Result<EditableFields> {
    let sql = "SELECT name, started_at_ms, utc_offset_s FROM session WHERE id = ?";
    let before = connection.query_row(sql, [id], |row| {
        Ok(SessionBefore {
            name: session_rows::text(row, 0)?,
            started_at_ms: row.get(1)?,
            utc_offset_s: row.get(2)?,
            answers: Answers::default(),
            deleted_at_ms: None,
        })
    })?;
    remember(connection, id, now, &before)?;
    session_rows::deleted(connection, id, now)?;
    Ok(before.kept())
}

/// Undoes the latest change that is not undone yet; nothing where there is none.
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
    let was: SessionBefore = serde_json::from_str(&text).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(e))
    })?;
    let gone = !is_logged(&transaction, session)?;
    let what = match (gone, was.deleted_at_ms) {
        (_, Some(_)) => ChangeKind::Added,
        (true, None) => ChangeKind::Deleted,
        (false, None) => ChangeKind::Edited,
    };
    restore(&transaction, session, &was)?;
    let what = match what {
        ChangeKind::Deleted if !is_logged(&transaction, session)? => ChangeKind::Discarded,
        what => what,
    };
    transaction.execute("DELETE FROM change WHERE id = ?", [change])?;
    transaction.commit()?;
    Ok(Some(Undone { session, kept: was.kept(), what }))
}

/// Writes a session that nobody timed into the log; its name there.
///
/// # Errors
/// As [`edit`].
pub fn add(connection: &mut Connection, added: &Added, now: i64) -> rusqlite::Result<SessionId> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let id = session_rows::begin(&transaction, &added.beginning)?;
    transaction.execute("UPDATE session SET by_hand = 1 WHERE id = ?", [id])?;
    session_rows::logged(&transaction, id, (&added.beginning.sequence, &added.summary, now))?;
    session_rows::answers(&transaction, id, &added.answers)?;
    let kept = EditableFields {
        name: added.beginning.sequence.name.clone(),
        started: added.beginning.started,
        answers: added.answers.clone(),
    };
    // What was there before it: nothing.
    remember(&transaction, id, now, &SessionBefore::of(&kept, Some(now)))?;
    transaction.commit()?;
    Ok(id)
}

impl SessionBefore {
    fn of(kept: &EditableFields, deleted_at_ms: Option<i64>) -> Self {
        SessionBefore {
            name: kept.name.clone(),
            started_at_ms: session_rows::since_1970(kept.started),
            utc_offset_s: kept.started.offset().local_minus_utc(),
            answers: kept.answers.clone(),
            deleted_at_ms,
        }
    }

    fn kept(&self) -> EditableFields {
        EditableFields {
            name: self.name.clone(),
            started: session_rows::started(self.started_at_ms, self.utc_offset_s.into()),
            answers: self.answers.clone(),
        }
    }
}

/// Whether there is a session that is neither logged nor deleted.
fn is_unfinished(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NULL AND deleted_at_ms IS NULL FROM session WHERE id = ?";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
}

fn is_logged(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
    let sql = "SELECT logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL FROM session WHERE id = ?";
    Ok(connection.query_row(sql, [id], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// A session of the log as it is now.
fn before(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionBefore>> {
    let found = queries::entry_of(connection, id)?;
    let kept = found.map(|e| EditableFields { name: e.name, started: e.started, answers: e.answers });
    Ok(kept.map(|k| SessionBefore::of(&k, None)))
}

fn remember(
    connection: &Connection,
    id: SessionId,
    now: i64,
    before: &SessionBefore,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change (session, changed_at_ms, before) VALUES (?, ?, ?)";
    connection.execute(sql, params![id, now, session_rows::json(before)?])?;
    Ok(())
}

fn restore(transaction: &Transaction<'_>, id: SessionId, was: &SessionBefore) -> rusqlite::Result<()> {
    let sql =
        "UPDATE session SET name = ?, started_at_ms = ?, utc_offset_s = ?, deleted_at_ms = ? WHERE id = ?";
    let values = params![was.name, was.started_at_ms, was.utc_offset_s, was.deleted_at_ms, id];
    session_rows::one(transaction.execute(sql, values)?)?;
    session_rows::answers(transaction, id, &was.answers)
}
