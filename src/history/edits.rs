//! Changes to the log. Each is one transaction, keeps what it replaced, and can be undone, the latest first.

use super::block_merge::ReplacedBlock;
use super::block_rows::BlockId;
use super::blocks::{self, UndoneBlockChange};
use super::checkins::{self, UndoneCheckin};
use super::session_copy::ReplacedParts;
use super::session_rows::{self, SessionStartRow};
use super::{SessionId, imports, queries, wins};
use crate::day::WinMoment;
use crate::session::Summary;
use crate::session::answers::Answers;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
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

/// The result of [`undo`].
#[derive(Clone, Debug, PartialEq)]
pub enum Undone {
    /// A change to one session was undone.
    Change(UndoneChange),
    /// A merge was undone.
    Merge {
        /// The number of sessions that are no longer in the log.
        removed: usize,
        /// The number of sessions that are as they were before.
        restored: usize,
        /// The number of plans that are as they were before.
        plans: usize,
        /// The number of check-ins that are as they were before.
        checkins: usize,
    },
    /// An import of files was undone.
    Import {
        /// The number of sessions that are no longer in the log.
        removed: usize,
        /// The number of sessions that have the detail of before.
        restored: usize,
    },
    /// A check-in was undone.
    Checkin(UndoneCheckin),
    /// A change to a plan was undone.
    Plan(UndoneBlockChange),
    /// A small win was taken back.
    Win(WinMoment),
}

/// A change to one session that was undone.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoneChange {
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
        restore(&transaction, id, &after, now)?;
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

/// Undoes the latest change at `now`, in milliseconds since 1970: to a session, a plan or a check-in, or a small win. `None` if
/// there is none.
///
/// # Errors
/// As [`edit`].
pub fn undo(connection: &mut Connection, now: i64) -> rusqlite::Result<Option<Undone>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let latest = "SELECT id, session, block, checkin, changed_at_ms, before, merge FROM change
                  ORDER BY id DESC LIMIT 1";
    let latest = transaction.query_row(latest, [], RecordedChange::read).optional()?;
    // Wins have a table of their own, in which nothing is lost.
    let win = wins::latest(&transaction)?;
    let win = win.filter(|win| latest.as_ref().is_none_or(|change| change.changed_at_ms < win.at.at_ms));
    if let Some(win) = win {
        wins::take_back(&transaction, &win, now)?;
        transaction.commit()?;
        return Ok(Some(Undone::Win(win)));
    }
    let Some(latest) = latest else { return Ok(None) };
    let undone = match (latest.merge, latest.subject) {
        (Some(merge), _) => undo_merge(&transaction, merge)?,
        (None, ChangedRow::Block(block)) => {
            Undone::Plan(blocks::undo_change(&transaction, block, &latest.before, now)?)
        }
        (None, ChangedRow::Checkin(day)) => {
            Undone::Checkin(checkins::undo_change(&transaction, &day, &latest.before, now)?)
        }
        (None, ChangedRow::Session(session)) => {
            Undone::Change(undo_change(&transaction, session, &latest.before, now)?)
        }
    };
    if latest.merge.is_none() {
        transaction.execute("DELETE FROM change WHERE id = ?", [latest.id])?;
    }
    transaction.commit()?;
    Ok(Some(undone))
}

/// A row of the table `change`.
struct RecordedChange {
    id: i64,
    subject: ChangedRow,
    changed_at_ms: i64,
    before: String,
    merge: Option<i64>,
}

/// What a change was made to.
enum ChangedRow {
    Session(SessionId),
    Block(BlockId),
    /// The check-in of a day.
    Checkin(String),
}

impl RecordedChange {
    fn read(row: &Row<'_>) -> rusqlite::Result<RecordedChange> {
        let subject = match (row.get("block")?, row.get("checkin")?) {
            (Some(block), _) => ChangedRow::Block(block),
            (None, Some(day)) => ChangedRow::Checkin(day),
            (None, None) => ChangedRow::Session(row.get("session")?),
        };
        Ok(RecordedChange {
            id: row.get("id")?,
            subject,
            changed_at_ms: row.get("changed_at_ms")?,
            before: row.get("before")?,
            merge: row.get("merge")?,
        })
    }
}

/// Undoes a merge or an import. Unlike undoing an edit, this is no change of its own: merging the same log again brings back what
/// came in, and the other machine keeps it in any case.
fn undo_merge(transaction: &Transaction<'_>, merge: i64) -> rusqlite::Result<Undone> {
    let sql = "SELECT id, session, block, checkin, changed_at_ms, before, merge FROM change WHERE merge = ? ORDER BY id DESC";
    let changes: Vec<RecordedChange> =
        transaction.prepare(sql)?.query_map([merge], RecordedChange::read)?.collect::<Result<_, _>>()?;
    let (mut removed, mut restored, mut plans, mut checkins) = (0, 0, 0, 0);
    let mut is_import = false;
    for change in &changes {
        let session = match &change.subject {
            ChangedRow::Session(session) => *session,
            ChangedRow::Checkin(day) => {
                checkins += usize::from(checkins::restore(transaction, day, &change.before)?);
                continue;
            }
            ChangedRow::Block(block) => {
                let before: ReplacedBlock = session_rows::from_json(&change.before)?;
                before.restore(transaction, *block)?;
                plans += 1;
                continue;
            }
        };
        let is_new = change.before == imports::BEFORE_IMPORT;
        let parts =
            if is_new { None } else { session_rows::from_json::<Option<ReplacedParts>>(&change.before)? };
        is_import |= is_new || parts.as_ref().is_some_and(|parts| parts.is_import);
        match parts {
            Some(parts) => {
                parts.restore(transaction, session)?;
                restored += 1;
            }
            None => {
                removed += usize::from(is_logged(transaction, session)?);
                transaction.execute("DELETE FROM session WHERE id = ?", [session])?;
            }
        }
    }
    transaction.execute("DELETE FROM change WHERE merge = ?", [merge])?;
    Ok(if is_import {
        Undone::Import { removed, restored }
    } else {
        Undone::Merge { removed, restored, plans, checkins }
    })
}

fn undo_change(
    transaction: &Transaction<'_>,
    session: SessionId,
    before: &str,
    now: i64,
) -> rusqlite::Result<UndoneChange> {
    let before: SessionBefore = session_rows::from_json(before)?;
    let was_gone = !is_logged(transaction, session)?;
    restore(transaction, session, &before, now)?;
    let kind = match (before.deleted_at_ms, was_gone, is_logged(transaction, session)?) {
        (Some(_), ..) => ChangeKind::Added,
        (None, false, _) => ChangeKind::Edited,
        (None, true, true) => ChangeKind::Deleted,
        (None, true, false) => ChangeKind::Discarded,
    };
    Ok(UndoneChange { session, fields: before.fields(), kind })
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
///
/// # Errors
/// If the database cannot be read.
pub fn is_unfinished(connection: &Connection, id: SessionId) -> rusqlite::Result<bool> {
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

/// Gives a session the fields in `before`, as a change at `now`.
fn restore(
    transaction: &Transaction<'_>,
    id: SessionId,
    before: &SessionBefore,
    now: i64,
) -> rusqlite::Result<()> {
    let sql =
        "UPDATE session SET name = ?, started_at_ms = ?, utc_offset_s = ?, deleted_at_ms = ? WHERE id = ?";
    let SessionBefore { name, started_at_ms, utc_offset_s, answers, deleted_at_ms } = before;
    let values = params![name, started_at_ms, utc_offset_s, deleted_at_ms, id];
    session_rows::expect_one_row(transaction.execute(sql, values)?)?;
    session_rows::write_answers(transaction, id, answers)?;
    session_rows::mark_changed(transaction, id, now)
}
