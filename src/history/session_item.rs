//! The tie between a session and the session of a plan that it was run from.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A block's key, the same in every copy of every log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockKey([u8; 16]);

impl BlockKey {
    /// A new key. SQLite seeds its random numbers from the system, so no two keys are equal.
    pub fn random(connection: &Connection) -> rusqlite::Result<BlockKey> {
        connection.query_row("SELECT randomblob(16)", [], |row| row.get(0))
    }
}

impl FromSql for BlockKey {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(BlockKey)
    }
}

impl ToSql for BlockKey {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl fmt::Display for BlockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The session of a plan that a session was run from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionItem {
    /// The block.
    pub block: BlockKey,
    /// The session in the plan: `w3-sun-1`.
    pub item: String,
}

impl SessionItem {
    /// Reads the columns `block_key` and `item`. `None` if the session was not run from a plan.
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Option<SessionItem>> {
        let block: Option<BlockKey> = row.get("block_key")?;
        let item = row.get_ref("item")?.as_bytes_or_null()?.unwrap_or_default();
        let item = String::from_utf8_lossy(item).into_owned();
        Ok(block.filter(|_| !item.is_empty()).map(|block| SessionItem { block, item }))
    }
}
