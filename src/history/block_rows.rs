//! The rows of a block (a plan and its dates) and of the choices about its sessions.

use super::session_item::BlockKey;
use super::session_rows::{self, expect_one_row, lossy_text};
use chrono::NaiveDate;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The texts of the workouts that a plan names, by their names.
pub type PlanWorkouts = BTreeMap<String, String>;

/// A block's number in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockId(pub i64);

impl FromSql for BlockId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(BlockId)
    }
}

impl ToSql for BlockId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

/// The kind of day that a block's dates are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockAnchor {
    /// A day of the first week.
    Start,
    /// Race day, which the plan ends on.
    Race,
}

impl BlockAnchor {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            BlockAnchor::Start => "start",
            BlockAnchor::Race => "race",
        }
    }
}

/// A plan's text that was in force until an update.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EarlierText {
    /// The first day of the text that came after it.
    pub until: NaiveDate,
    /// The plan's text.
    pub source: String,
    /// The workouts that it names. `None` for those of the library.
    #[serde(default)]
    pub workouts: Option<PlanWorkouts>,
    /// The sessions that were run before the update. They stay as they were, whatever their day.
    #[serde(default)]
    pub run: Vec<String>,
    /// The time of the update in milliseconds since 1970. Choices and sessions from before it name sessions of this text.
    /// 0 for updates of older versions.
    #[serde(default)]
    pub at_ms: i64,
    /// The sessions that have another id in the text after this one, or other alternatives. All others keep their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub renamed: BTreeMap<String, RenamedItem>,
}

/// A session of a plan after an update.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RenamedItem {
    /// The id in the text after the update. `None` if the session is not in it.
    pub to: Option<String>,
    /// The numbers that the alternatives have there, in their former order; 0 is one that is gone. Empty if nothing changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<usize>,
}

/// Everything about a block that can change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlockFields {
    // A merge takes the later change, so this field comes first.
    /// The time of the last change, in milliseconds since 1970.
    pub changed_at_ms: i64,
    /// The plan's name.
    pub name: String,
    /// The name of the plan's file.
    pub source_name: String,
    /// The plan's text, as it was started or last updated.
    pub source: String,
    /// The workouts that the text names, as they were then. `None` for those of the library.
    #[serde(default)]
    pub workouts: Option<PlanWorkouts>,
    /// The kind of day that the dates are counted from.
    pub anchor: BlockAnchor,
    /// The day that the dates are counted from.
    pub anchor_on: NaiveDate,
    /// The first day. Earlier days of the plan are left out, and were not missed.
    pub from_on: NaiveDate,
    /// The texts before each update, the oldest first.
    pub earlier: Vec<EarlierText>,
    /// The time at which the plan was started, in milliseconds since 1970.
    pub began_at_ms: i64,
    /// The time at which it was ended. `None` if it was not.
    pub ended_at_ms: Option<i64>,
    /// The time at which starting it was undone. `None` if it was not.
    pub deleted_at_ms: Option<i64>,
}

/// A plan that was started, with its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block's number in this log.
    pub id: BlockId,
    /// The key, the same in every copy.
    pub key: BlockKey,
    /// The plan and its dates.
    pub fields: BlockFields,
}

/// The kind of a choice about a session of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChoiceKind {
    /// It moves to another date.
    Move,
    /// It is left out.
    Skip,
    /// One of its alternatives is taken, or a missed session in its place.
    Take,
    /// It and all later sessions move by a number of weeks.
    Shift,
}

impl ChoiceKind {
    const ALL: [ChoiceKind; 4] = [ChoiceKind::Move, ChoiceKind::Skip, ChoiceKind::Take, ChoiceKind::Shift];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            ChoiceKind::Move => "move",
            ChoiceKind::Skip => "skip",
            ChoiceKind::Take => "take",
            ChoiceKind::Shift => "shift",
        }
    }
}

/// A choice about a session of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoredChoice {
    /// The time of the choice in milliseconds since 1970. No two choices of a block have the same.
    pub at_ms: i64,
    /// The session in the plan: `w3-sun-1`.
    pub item: String,
    /// The kind.
    pub what: ChoiceKind,
    /// A date, an alternative, the start of a session, or a number of weeks.
    pub value: Option<String>,
    /// The time at which it was undone. `None` if it holds.
    pub undone_at_ms: Option<i64>,
}

/// Reads all blocks, deleted ones too, the earliest first.
pub fn blocks(connection: &Connection) -> rusqlite::Result<Vec<Block>> {
    connection.prepare("SELECT * FROM block ORDER BY began_at_ms, key")?.query_map([], read_block)?.collect()
}

/// Reads a block.
pub fn block(connection: &Connection, id: BlockId) -> rusqlite::Result<Block> {
    connection.prepare_cached("SELECT * FROM block WHERE id = ?")?.query_row([id], read_block)
}

/// Reads the block that is on: the plan that was started last, unless it was ended.
pub fn current_block(connection: &Connection) -> rusqlite::Result<Option<Block>> {
    let sql = "SELECT * FROM block WHERE ended_at_ms IS NULL AND deleted_at_ms IS NULL
               ORDER BY began_at_ms DESC, key DESC LIMIT 1";
    connection.prepare_cached(sql)?.query_row([], read_block).optional()
}

/// Finds the block with this key.
pub fn find_block(connection: &Connection, key: BlockKey) -> rusqlite::Result<Option<Block>> {
    connection.prepare_cached("SELECT * FROM block WHERE key = ?")?.query_row([key], read_block).optional()
}

fn read_block(row: &Row<'_>) -> rusqlite::Result<Block> {
    let is_race = lossy_text(row, "anchor")? == BlockAnchor::Race.word();
    let earlier = lossy_text(row, "earlier")?;
    let workouts: Option<String> = row.get("workouts")?;
    let fields = BlockFields {
        changed_at_ms: row.get("changed_at_ms")?,
        name: lossy_text(row, "name")?,
        source_name: lossy_text(row, "source_name")?,
        source: lossy_text(row, "source")?,
        workouts: workouts.map(|json| serde_json::from_str(&json)).transpose().map_err(invalid)?,
        anchor: if is_race { BlockAnchor::Race } else { BlockAnchor::Start },
        anchor_on: date(row, "anchor_on")?,
        from_on: date(row, "from_on")?,
        earlier: serde_json::from_str(&earlier).map_err(invalid)?,
        began_at_ms: row.get("began_at_ms")?,
        ended_at_ms: row.get("ended_at_ms")?,
        deleted_at_ms: row.get("deleted_at_ms")?,
    };
    Ok(Block { id: row.get("id")?, key: row.get("key")?, fields })
}

fn date(row: &Row<'_>, column: &str) -> rusqlite::Result<NaiveDate> {
    lossy_text(row, column)?.parse().map_err(invalid)
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}

/// Inserts a block under a key that the log lacks.
pub fn insert_block(
    connection: &Connection,
    key: BlockKey,
    fields: &BlockFields,
) -> rusqlite::Result<BlockId> {
    let sql = "INSERT INTO block (key, name, source_name, source, anchor, anchor_on, from_on, began_at_ms,
                                  changed_at_ms)
               VALUES (?, '', '', '', 'start', '2000-01-01', '2000-01-01', 0, 0) RETURNING id";
    let id = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))?;
    write_block(connection, id, fields)?;
    Ok(id)
}

/// Replaces everything about a block.
pub fn write_block(connection: &Connection, id: BlockId, fields: &BlockFields) -> rusqlite::Result<()> {
    let sql = "UPDATE block SET name = ?, source_name = ?, source = ?, anchor = ?, anchor_on = ?, from_on = ?,
                                workouts = ?, earlier = ?, began_at_ms = ?, ended_at_ms = ?, changed_at_ms = ?, deleted_at_ms = ?
               WHERE id = ?";
    let values = params![
        fields.name,
        fields.source_name,
        fields.source,
        fields.anchor.word(),
        fields.anchor_on.to_string(),
        fields.from_on.to_string(),
        fields.workouts.as_ref().map(session_rows::to_json).transpose()?,
        session_rows::to_json(&fields.earlier)?,
        fields.began_at_ms,
        fields.ended_at_ms,
        fields.changed_at_ms,
        fields.deleted_at_ms,
        id
    ];
    expect_one_row(connection.prepare_cached(sql)?.execute(values)?)
}

/// Reads the choices about a block's sessions in order, undone ones too.
pub fn all_choices(connection: &Connection, block: BlockId) -> rusqlite::Result<Vec<StoredChoice>> {
    let sql = "SELECT at_ms, item, what, value, undone_at_ms FROM choice WHERE block = ? ORDER BY at_ms";
    let read = |row: &Row<'_>| {
        let word = lossy_text(row, "what")?;
        // The table accepts no other words.
        let what = ChoiceKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(ChoiceKind::Skip);
        Ok(StoredChoice {
            at_ms: row.get("at_ms")?,
            item: lossy_text(row, "item")?,
            what,
            value: row.get("value")?,
            undone_at_ms: row.get("undone_at_ms")?,
        })
    };
    connection.prepare_cached(sql)?.query_map([block], read)?.collect()
}

/// Inserts a choice.
pub fn insert_choice(connection: &Connection, block: BlockId, choice: &StoredChoice) -> rusqlite::Result<()> {
    let sql = "INSERT INTO choice (block, at_ms, item, what, value, undone_at_ms) VALUES (?, ?, ?, ?, ?, ?)";
    let StoredChoice { at_ms, item, what, value, undone_at_ms } = choice;
    connection.prepare_cached(sql)?.execute(params![block, at_ms, item, what.word(), value, undone_at_ms])?;
    Ok(())
}

/// Sets the time at which a choice was undone. `None` makes it hold again.
pub fn set_undone(
    connection: &Connection,
    block: BlockId,
    at_ms: i64,
    undone_at_ms: Option<i64>,
) -> rusqlite::Result<()> {
    let sql = "UPDATE choice SET undone_at_ms = ? WHERE block = ? AND at_ms = ?";
    expect_one_row(connection.prepare_cached(sql)?.execute(params![undone_at_ms, block, at_ms])?)
}
