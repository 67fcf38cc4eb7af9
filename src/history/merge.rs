//! Merges the log of another machine into this one.
//!
//! Sessions are the same if their keys are. Of each session, a merge takes the run from the file with more detail, or else
//! the longer one, and the later edit, so the result does not depend on which log is merged into which, in what order, or
//! how often. Unfinished sessions stay where they are.

use super::block_merge::{self, ReplacedBlock};
use super::block_rows::BlockId;
use super::other_log::{self, OtherLog};
use super::session_copy::{CopiedFields, CopiedRun, ReplacedParts, SessionState, insert_blank};
use super::session_rows;
use super::session_rows::SessionKey;
use super::{Database, LogError, SessionId, SessionLock, checkins, wins};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, TransactionBehavior, params};
use std::path::Path;

/// What came in with a merge, as numbers of sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// New in this log, or back in it.
    pub added: usize,
    /// In this log already, with a longer run or a later edit in the other.
    pub updated: usize,
    /// Deleted on the other machine later than anything happened to them here.
    pub deleted: usize,
    /// The same in both logs, or later in this one.
    pub unchanged: usize,
    /// Deleted here, later than anything happened to them on the other machine.
    pub kept_deleted: usize,
    /// Unfinished in the other log, so not merged.
    pub unfinished: usize,
    /// Running on this machine, so not merged.
    pub running: usize,
    /// Plans that are new in this log, or were changed later in the other. These are no sessions.
    pub plans: usize,
    /// Check-ins that are new in this log, or later in the other. These are no sessions.
    pub checkins: usize,
}

impl MergeSummary {
    /// True if the log is not as before.
    pub fn has_changes(&self) -> bool {
        self.added + self.updated + self.deleted + self.plans + self.checkins > 0
    }

    fn count(&mut self, before: bool, after: bool, is_changed: bool) {
        match (before, after) {
            (false, true) => self.added += 1,
            (true, false) => self.deleted += 1,
            (true, true) if is_changed => self.updated += 1,
            (true, true) => self.unchanged += 1,
            (false, false) => {}
        }
    }
}

impl Database {
    /// Merges the log at `other` into this one, at `now` in milliseconds since 1970. The other file stays as it is.
    /// Sessions that are unfinished there, or running here, are left out.
    ///
    /// # Errors
    /// If the other file is not a whole log of a version that this program knows, or the system refuses. Nothing has
    /// changed then.
    pub fn merge(&self, other: &Path, now: i64) -> Result<MergeSummary, LogError> {
        let copy = OtherLog::copy(other, self.path())?;
        let mut connection = self.open()?;
        merge_all(&mut connection, self.path(), &copy, now).map_err(|error| match error {
            MergeError::Theirs => other_log::damaged(other),
            // Our tables accept everything that a log may hold.
            MergeError::Ours(e) if e.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                other_log::damaged(other)
            }
            MergeError::Ours(e) => self.explain(&e),
        })
    }
}

/// An error in one of the two databases.
enum MergeError {
    Ours(rusqlite::Error),
    Theirs,
}

impl From<rusqlite::Error> for MergeError {
    fn from(error: rusqlite::Error) -> Self {
        MergeError::Ours(error)
    }
}

/// A session in a list of a log's sessions.
struct ListedSession {
    id: SessionId,
    key: SessionKey,
    state: SessionState,
}

impl ListedSession {
    fn read(row: &Row<'_>) -> rusqlite::Result<ListedSession> {
        Ok(ListedSession {
            id: row.get("id")?,
            key: SessionKey::read(row, "key")?,
            state: SessionState::read(row)?,
        })
    }
}

/// A merge in progress.
struct LogMerge<'a> {
    ours: &'a Connection,
    theirs: &'a Connection,
    /// The path of our log, beside which sessions are locked.
    log: &'a Path,
    summary: MergeSummary,
    /// The sessions that changed, with what was replaced; `None` for a session that is new.
    replaced: Vec<(SessionId, Option<ReplacedParts>)>,
    /// Our unfinished sessions that the merge concludes, locked until it is committed.
    locks: Vec<SessionLock>,
}

fn merge_all(
    connection: &mut Connection,
    log: &Path,
    other: &OtherLog,
    now: i64,
) -> Result<MergeSummary, MergeError> {
    // Immediate: no other program can write between a comparison and what follows from it.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut merge = LogMerge {
        ours: &transaction,
        theirs: other.connection(),
        log,
        summary: MergeSummary::default(),
        replaced: Vec::new(),
        locks: Vec::new(),
    };
    // Plans come before the sessions that were run from them.
    let blocks = block_merge::read(other.connection()).map_err(|_| MergeError::Theirs)?;
    let blocks = block_merge::merge(&transaction, &blocks)?;
    merge.summary.plans = blocks.changed;
    let sessions = list(other.connection()).map_err(|_| MergeError::Theirs)?;
    for session in &sessions {
        merge.merge_session(session)?;
    }
    let checkins = checkins::read_all(other.connection()).map_err(|_| MergeError::Theirs)?;
    let (noticed, replaced_checkins) = checkins::merge(&transaction, &checkins)?;
    merge.summary.checkins = noticed;
    let LogMerge { summary, replaced, locks, .. } = merge;
    wins::merge(&transaction, other.connection())?;
    if summary.has_changes() {
        let number = remember(&transaction, &blocks.replaced, &replaced, now)?;
        checkins::remember_merge(&transaction, number, &replaced_checkins, now)?;
    }
    transaction.commit()?;
    locks.into_iter().for_each(SessionLock::remove);
    Ok(summary)
}

/// Records a merge at `now`, so that it can be undone as one change, and returns its number. Each session comes with what was
/// replaced, or with `None` if it is new. Does not begin a transaction.
///
/// # Errors
/// If the database refuses.
fn remember(
    connection: &Connection,
    blocks: &[(BlockId, ReplacedBlock)],
    replaced: &[(SessionId, Option<ReplacedParts>)],
    now: i64,
) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(merge), 0) + 1 FROM change";
    let merge: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    block_merge::remember(connection, merge, blocks, now)?;
    let sql = "INSERT INTO change (session, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
    let mut insert = connection.prepare_cached(sql)?;
    for (session, parts) in replaced {
        insert.execute(params![session, now, session_rows::to_json(parts)?, merge])?;
    }
    Ok(merge)
}

/// Lists all sessions in a log, the earliest first.
fn list(connection: &Connection) -> rusqlite::Result<Vec<ListedSession>> {
    let sql = "SELECT id, key, logged_at_ms, deleted_at_ms FROM session ORDER BY started_at_ms, key";
    connection.prepare(sql)?.query_map([], ListedSession::read)?.collect()
}

impl LogMerge<'_> {
    fn merge_session(&mut self, theirs: &ListedSession) -> Result<(), MergeError> {
        let sql = "SELECT id, key, logged_at_ms, deleted_at_ms FROM session WHERE key = ?";
        let mut find = self.ours.prepare_cached(sql)?;
        match (find.query_row([theirs.key], ListedSession::read).optional()?, theirs.state) {
            (None, SessionState::Discarded) => Ok(()),
            (
                None | Some(ListedSession { state: SessionState::Unfinished, .. }),
                SessionState::Unfinished,
            ) => {
                self.summary.unfinished += 1;
                Ok(())
            }
            (Some(ours), SessionState::Unfinished) => {
                self.summary.count(ours.state.is_shown(), ours.state.is_shown(), false);
                Ok(())
            }
            (None, SessionState::Logged | SessionState::Deleted) => self.add(theirs),
            (Some(ours), _) => self.update(&ours, theirs),
        }
    }

    /// Adds a session that was logged in the other log. A deleted one stays deleted; it is known from then on, so that
    /// a third log does not bring it back.
    fn add(&mut self, theirs: &ListedSession) -> Result<(), MergeError> {
        let id = insert_blank(self.ours, theirs.key)?;
        let (run, fields) = self.read_theirs(theirs.id)?;
        run.write(self.ours, id)?;
        fields.write(self.ours, id)?;
        self.replaced.push((id, None));
        self.summary.count(false, theirs.state.is_shown(), true);
        Ok(())
    }

    /// Takes the longer run and the later edit of a session that is in both logs.
    fn update(&mut self, ours: &ListedSession, theirs: &ListedSession) -> Result<(), MergeError> {
        if ours.state == SessionState::Unfinished {
            match SessionLock::take(self.log, ours.key) {
                Some(lock) => self.locks.push(lock),
                None => {
                    self.summary.running += 1;
                    return Ok(());
                }
            }
        }
        let (their_run, their_fields) = self.read_theirs(theirs.id)?;
        let our_run = CopiedRun::read(self.ours, ours.id)?;
        let our_fields = CopiedFields::read(self.ours, ours.id)?;
        // A run that was logged is worth more than one that was not, however long or late.
        let (our_rank, their_rank) = (ours.state.rank(), theirs.state.rank());
        let takes_run = (their_rank, &their_run) > (our_rank, &our_run);
        let takes_fields = (their_rank, &their_fields) > (our_rank, &our_fields);
        if takes_run {
            their_run.write(self.ours, ours.id)?;
        }
        if takes_fields {
            their_fields.write(self.ours, ours.id)?;
        }
        let is_changed = takes_run || takes_fields && !their_fields.reads_like(&our_fields);
        if is_changed {
            let replaced = ReplacedParts {
                run: takes_run.then_some(our_run),
                fields: takes_fields.then_some(our_fields),
                is_import: false,
            };
            self.replaced.push((ours.id, Some(replaced)));
        }
        let after = self.ours.query_row(
            "SELECT logged_at_ms, deleted_at_ms FROM session WHERE id = ?",
            [ours.id],
            SessionState::read,
        )?;
        self.summary.count(ours.state.is_shown(), after.is_shown(), is_changed);
        if theirs.state.is_shown() && !after.is_shown() {
            self.summary.kept_deleted += 1;
        }
        Ok(())
    }

    fn read_theirs(&self, id: SessionId) -> Result<(CopiedRun, CopiedFields), MergeError> {
        let run = CopiedRun::read(self.theirs, id).map_err(|_| MergeError::Theirs)?;
        let fields = CopiedFields::read(self.theirs, id).map_err(|_| MergeError::Theirs)?;
        Ok((run, fields))
    }
}
