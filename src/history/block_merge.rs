//! Merges the plans of another log: of each block the later change, of its choices all.

use super::block_rows::{self, Block, BlockFields, BlockId, StoredChoice};
use super::{blocks, session_rows};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A block before a merge, as the column `change.before` stores it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReplacedBlock {
    /// The block's own fields. `None` for a block that is new.
    fields: Option<BlockFields>,
    choices: Vec<StoredChoice>,
}

/// The blocks of another log that came in.
#[derive(Debug, Default)]
pub(super) struct MergedBlocks {
    /// The number of plans that are new or changed.
    pub(super) changed: usize,
    /// The blocks that changed, as they were.
    pub(super) replaced: Vec<(BlockId, ReplacedBlock)>,
}

/// A block of another log.
pub(super) struct OtherBlock {
    block: Block,
    choices: Vec<StoredChoice>,
}

/// Reads all blocks of another log.
pub(super) fn read(theirs: &Connection) -> rusqlite::Result<Vec<OtherBlock>> {
    let all = block_rows::blocks(theirs)?.into_iter();
    all.map(|block| Ok(OtherBlock { choices: block_rows::all_choices(theirs, block.id)?, block })).collect()
}

/// Merges blocks into our log. Does not begin a transaction.
pub(super) fn merge(ours: &Connection, theirs: &[OtherBlock]) -> rusqlite::Result<MergedBlocks> {
    let before = snapshot(ours)?;
    for OtherBlock { block, choices } in theirs {
        let id = match block_rows::find_block(ours, block.key)? {
            None => block_rows::insert_block(ours, block.key, &block.fields)?,
            Some(our) => {
                if block.fields > our.fields {
                    block_rows::write_block(ours, our.id, &block.fields)?;
                }
                our.id
            }
        };
        merge_choices(ours, id, choices)?;
    }
    blocks::keep_one_on(ours)?;
    let mut merged = MergedBlocks::default();
    for (id, after) in snapshot(ours)? {
        let was = before.get(&id);
        if was != Some(&after) {
            // A plan whose start was undone before it came in is nothing to report.
            let is_new_and_deleted =
                was.is_none() && after.fields.as_ref().is_some_and(|fields| fields.deleted_at_ms.is_some());
            merged.changed += usize::from(!is_new_and_deleted);
            let was = before.get(&id).map(ReplacedBlock::copy);
            merged.replaced.push((id, was.unwrap_or(ReplacedBlock { fields: None, choices: Vec::new() })));
        }
    }
    Ok(merged)
}

/// Adds the choices that we lack. A choice that is undone in one log is undone.
fn merge_choices(ours: &Connection, id: BlockId, theirs: &[StoredChoice]) -> rusqlite::Result<()> {
    let our_choices = block_rows::all_choices(ours, id)?;
    for choice in theirs {
        match our_choices.iter().find(|our| our.at_ms == choice.at_ms) {
            None => block_rows::insert_choice(ours, id, choice)?,
            Some(our) if our.undone_at_ms < choice.undone_at_ms => {
                block_rows::set_undone(ours, id, our.at_ms, choice.undone_at_ms)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn snapshot(connection: &Connection) -> rusqlite::Result<BTreeMap<BlockId, ReplacedBlock>> {
    let all = block_rows::blocks(connection)?.into_iter();
    all.map(|block| {
        let choices = block_rows::all_choices(connection, block.id)?;
        Ok((block.id, ReplacedBlock { fields: Some(block.fields), choices }))
    })
    .collect()
}

impl ReplacedBlock {
    fn copy(&self) -> ReplacedBlock {
        ReplacedBlock { fields: self.fields.clone(), choices: self.choices.clone() }
    }

    /// Puts a block back as it was before the merge. Does not begin a transaction.
    pub(super) fn restore(&self, connection: &Connection, id: BlockId) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM choice WHERE block = ?", [id])?;
        match &self.fields {
            None => {
                connection.execute("DELETE FROM block WHERE id = ?", [id])?;
            }
            Some(fields) => {
                block_rows::write_block(connection, id, fields)?;
                for choice in &self.choices {
                    block_rows::insert_choice(connection, id, choice)?;
                }
            }
        }
        Ok(())
    }
}

/// Records what a merge replaced, as part of the change with this number. Does not begin a transaction.
pub(super) fn remember(
    connection: &Connection,
    merge: i64,
    replaced: &[(BlockId, ReplacedBlock)],
    now: i64,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change (block, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
    let mut insert = connection.prepare_cached(sql)?;
    for (block, before) in replaced {
        insert.execute(params![block, now, session_rows::to_json(before)?, merge])?;
    }
    Ok(())
}
