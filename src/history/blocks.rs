//! Starting, updating and ending plans, and choices about their sessions.
//!
//! Each change is one transaction. It keeps what it replaced, so that [`undo`](super::edits::undo) can take it back.

use super::block_rows::{
    self, Block, BlockAnchor, BlockFields, BlockId, ChoiceKind, EarlierText, PlanWorkouts, RenamedItem,
    StoredChoice,
};
use super::session_item::BlockKey;
use super::session_rows;
use crate::agenda::PlanChoice;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A plan to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlock {
    /// The plan's name.
    pub name: String,
    /// The name of the plan's file.
    pub source_name: String,
    /// The plan's text.
    pub source: String,
    /// The workouts that it names. `None` for those of the library.
    pub workouts: Option<PlanWorkouts>,
    /// The kind of day that the dates are counted from.
    pub anchor: BlockAnchor,
    /// The day that the dates are counted from.
    pub anchor_on: NaiveDate,
    /// The first day. Earlier days of the plan are left out.
    pub from_on: NaiveDate,
}

/// A plan's text after an edit of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    /// The plan's name.
    pub name: String,
    /// The plan's text.
    pub source: String,
    /// The workouts that it names.
    pub workouts: PlanWorkouts,
    /// The first day that it is in force.
    pub from: NaiveDate,
    /// The sessions that were run, which stay as they were.
    pub run: Vec<String>,
    /// The sessions of the text before that have another id in this one, or other alternatives.
    pub renamed: BTreeMap<String, RenamedItem>,
}

/// A choice to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChoice {
    /// The session in the plan: `w3-sun-1`.
    pub item: String,
    /// The kind.
    pub what: ChoiceKind,
    /// A date, an alternative, or a number of weeks.
    pub value: Option<String>,
}

impl From<&PlanChoice> for NewChoice {
    fn from(choice: &PlanChoice) -> Self {
        let what = match choice {
            PlanChoice::Move { .. } => ChoiceKind::Move,
            PlanChoice::Skip { .. } => ChoiceKind::Skip,
            PlanChoice::Take { .. } => ChoiceKind::Take,
            PlanChoice::Shift { .. } => ChoiceKind::Shift,
        };
        NewChoice { item: choice.item().to_string(), what, value: choice.value() }
    }
}

/// The plan that the runner follows, with the choices that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentBlock {
    /// The plan and its dates.
    pub block: Block,
    /// The choices that hold, in order. A later one about a session goes before an earlier one.
    pub choices: Vec<StoredChoice>,
}

/// The kind of a change to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockChangeKind {
    /// A plan was started. Undone, it is not on, and the plan before it is on again if it ended that.
    Started,
    /// The plan's text was updated. Undone, the text before it is in force.
    Updated,
    /// The plan was ended. Undone, it is on again.
    Stopped,
    /// A choice about a session. Undone, it does not hold.
    Chose,
}

/// A change to a block that was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneBlockChange {
    /// The plan's name.
    pub plan: String,
    /// The kind of change.
    pub kind: BlockChangeKind,
    /// The choice that was undone.
    pub choice: Option<StoredChoice>,
}

/// What a change replaced, as the column `change.before` stores it.
#[derive(Debug, Serialize, Deserialize)]
struct BlockChange {
    kind: BlockChangeKind,
    /// The blocks as they were; `None` for one that is new.
    blocks: Vec<(BlockId, Option<BlockFields>)>,
    /// The choice that was made.
    choice_at_ms: Option<i64>,
}

/// Reads the plan that is on and the choices that hold. `None` if there is none.
pub fn current(connection: &Connection) -> rusqlite::Result<Option<CurrentBlock>> {
    // One transaction, so that the choices are those of this block as it is.
    let transaction = connection.unchecked_transaction()?;
    let Some(block) = block_rows::current_block(&transaction)? else { return Ok(None) };
    let mut choices = block_rows::all_choices(&transaction, block.id)?;
    choices.retain(|choice| choice.undone_at_ms.is_none());
    transaction.commit()?;
    Ok(Some(CurrentBlock { block, choices }))
}

/// Starts a plan. One that is on ends.
///
/// # Errors
/// If the database refuses. Nothing has changed then.
pub fn start(connection: &mut Connection, new: NewBlock, now: i64) -> rusqlite::Result<Block> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut replaced = Vec::new();
    // The clock may have been put back, and the plan that was started last is the one that is on.
    let mut began_at_ms = now;
    while let Some(before) = block_rows::current_block(&transaction)? {
        began_at_ms = began_at_ms.max(before.fields.began_at_ms.saturating_add(1));
        end(&transaction, &before, now)?;
        replaced.push((before.id, Some(before.fields)));
    }
    let fields = BlockFields {
        changed_at_ms: began_at_ms,
        name: new.name,
        source_name: new.source_name,
        source: new.source,
        workouts: new.workouts,
        anchor: new.anchor,
        anchor_on: new.anchor_on,
        from_on: new.from_on,
        earlier: Vec::new(),
        began_at_ms,
        ended_at_ms: None,
        deleted_at_ms: None,
    };
    let key = BlockKey::random(&transaction)?;
    let id = block_rows::insert_block(&transaction, key, &fields)?;
    replaced.push((id, None));
    let change = BlockChange { kind: BlockChangeKind::Started, blocks: replaced, choice_at_ms: None };
    remember(&transaction, id, &change, now)?;
    transaction.commit()?;
    Ok(Block { id, key, fields })
}

/// Replaces a plan's text. Earlier days keep the text before it. False if the plan is no longer as `before` says; nothing has changed
/// then.
///
/// # Errors
/// As [`start`].
pub fn update(connection: &mut Connection, before: &Block, new: NewText, now: i64) -> rusqlite::Result<bool> {
    let earlier = EarlierText {
        until: new.from,
        source: before.fields.source.clone(),
        workouts: before.fields.workouts.clone(),
        run: new.run,
        // The clock may have been put back since the latest choice, which names a session of the text before.
        at_ms: latest_choice(connection, before.id)?.map_or(now, |last| now.max(last.saturating_add(1))),
        renamed: new.renamed,
    };
    let fields = BlockFields {
        name: new.name,
        source: new.source,
        workouts: Some(new.workouts),
        earlier: before.fields.earlier.iter().cloned().chain([earlier]).collect(),
        ..before.fields.clone()
    };
    replace(connection, before, fields, BlockChangeKind::Updated, now)
}

/// Keeps the workouts that a plan names, which an older version did not. This is no change to undo. False if the plan is no
/// longer as `before` says; nothing has changed then.
///
/// # Errors
/// As [`start`].
pub fn keep_workouts(
    connection: &mut Connection,
    before: &Block,
    fields: &BlockFields,
) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if block_rows::find_block(&transaction, before.key)?.is_none_or(|now| now.fields != before.fields) {
        return Ok(false);
    }
    block_rows::write_block(&transaction, before.id, fields)?;
    transaction.commit()?;
    Ok(true)
}

/// Ends a plan. False if it is no longer as `before` says; nothing has changed then.
///
/// # Errors
/// As [`start`].
pub fn stop(connection: &mut Connection, before: &Block, now: i64) -> rusqlite::Result<bool> {
    let fields = BlockFields { ended_at_ms: Some(now), ..before.fields.clone() };
    replace(connection, before, fields, BlockChangeKind::Stopped, now)
}

/// Makes a choice about a session of a block.
///
/// # Errors
/// As [`start`].
pub fn choose(
    connection: &mut Connection,
    block: BlockId,
    new: NewChoice,
    now: i64,
) -> rusqlite::Result<StoredChoice> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let updated = block_rows::block(&transaction, block)?.fields.earlier.last().map(|earlier| earlier.at_ms);
    let last = latest_choice(&transaction, block)?.max(updated);
    let at_ms = last.map_or(now, |last| now.max(last.saturating_add(1)));
    let NewChoice { item, what, value } = new;
    let choice = StoredChoice { at_ms, item, what, value, undone_at_ms: None };
    block_rows::insert_choice(&transaction, block, &choice)?;
    let change = BlockChange { kind: BlockChangeKind::Chose, blocks: Vec::new(), choice_at_ms: Some(at_ms) };
    remember(&transaction, block, &change, now)?;
    transaction.commit()?;
    Ok(choice)
}

/// Returns the time of the latest choice about a block, even if it was undone.
fn latest_choice(connection: &Connection, block: BlockId) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT max(at_ms) FROM choice WHERE block = ?", [block], |row| row.get(0))
}

fn replace(
    connection: &mut Connection,
    before: &Block,
    fields: BlockFields,
    kind: BlockChangeKind,
    now: i64,
) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if block_rows::find_block(&transaction, before.key)?.is_none_or(|now| now.fields != before.fields) {
        return Ok(false);
    }
    let changed_at_ms = later(&before.fields, now);
    block_rows::write_block(&transaction, before.id, &BlockFields { changed_at_ms, ..fields })?;
    let blocks = vec![(before.id, Some(before.fields.clone()))];
    remember(&transaction, before.id, &BlockChange { kind, blocks, choice_at_ms: None }, now)?;
    transaction.commit()?;
    Ok(true)
}

/// The time of a change at `now`, which counts as later than the one before even if the clock was put back.
fn later(before: &BlockFields, now: i64) -> i64 {
    now.max(before.changed_at_ms.saturating_add(1))
}

fn end(transaction: &Transaction<'_>, block: &Block, now: i64) -> rusqlite::Result<()> {
    let changed_at_ms = later(&block.fields, now);
    let fields = BlockFields { changed_at_ms, ended_at_ms: Some(now), ..block.fields.clone() };
    block_rows::write_block(transaction, block.id, &fields)
}

fn remember(connection: &Connection, block: BlockId, change: &BlockChange, now: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change (block, changed_at_ms, before) VALUES (?, ?, ?)";
    connection.execute(sql, params![block, now, session_rows::to_json(change)?])?;
    Ok(())
}

/// Undoes a change to a block at `now`. `before` is the JSON that the change stored. Does not begin a transaction.
pub(super) fn undo_change(
    transaction: &Transaction<'_>,
    block: BlockId,
    before: &str,
    now: i64,
) -> rusqlite::Result<UndoneBlockChange> {
    let change: BlockChange = session_rows::from_json(before)?;
    for (id, fields) in &change.blocks {
        let is = block_rows::block(transaction, *id)?.fields;
        let changed_at_ms = later(&is, now);
        let was = match fields {
            Some(fields) => {
                let earlier = earlier_with_undone(fields, &is);
                BlockFields { changed_at_ms, earlier, ..fields.clone() }
            }
            None => BlockFields { changed_at_ms, deleted_at_ms: Some(now), ..is },
        };
        block_rows::write_block(transaction, *id, &was)?;
    }
    let choices = block_rows::all_choices(transaction, block)?;
    let choice = choices.into_iter().find(|choice| Some(choice.at_ms) == change.choice_at_ms);
    if let Some(choice) = &choice {
        block_rows::set_undone(transaction, block, choice.at_ms, Some(now))?;
    }
    keep_one_on(transaction)?;
    let plan = block_rows::block(transaction, block)?.fields.name;
    Ok(UndoneBlockChange { plan, kind: change.kind, choice })
}

/// Returns the earlier texts of a block whose update is undone. The text of the update is among them, in force on no day:
/// calendars that were written meanwhile have its sessions, which later ones take back.
fn earlier_with_undone(was: &BlockFields, undone: &BlockFields) -> Vec<EarlierText> {
    let mut earlier = was.earlier.clone();
    let is_known = |known: &EarlierText| known.source == undone.source && known.workouts == undone.workouts;
    let is_update = was.source != undone.source || was.workouts != undone.workouts;
    if is_update && !earlier.iter().any(is_known) {
        earlier.push(EarlierText {
            until: was.from_on,
            source: undone.source.clone(),
            workouts: undone.workouts.clone(),
            run: Vec::new(),
            at_ms: 0,
            renamed: BTreeMap::new(),
        });
    }
    earlier
}

/// Ends all blocks that are on but the one that began last, which a merge may have brought in. The result does not
/// depend on the order of merges, so the time of the last change stays.
pub(super) fn keep_one_on(connection: &Connection) -> rusqlite::Result<()> {
    let Some(on) = block_rows::current_block(connection)? else { return Ok(()) };
    let sql = "UPDATE block SET ended_at_ms = ?1
               WHERE id <> ?2 AND ended_at_ms IS NULL AND deleted_at_ms IS NULL";
    connection.execute(sql, params![on.fields.began_at_ms, on.id])?;
    Ok(())
}
