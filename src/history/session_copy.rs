//! Everything that a log holds about one session, as plain data that another log can take.
//!
//! A copy has two parts, which a merge compares on their own: the run as it was timed, and the fields that the runner
//! can change.

use super::SessionId;
use super::session_item::SessionItem;
use super::session_rows::{self, SessionKey, lossy_text};
use crate::formats::activity_reader::ActivitySource;
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};

/// A table and its columns, without the session's number.
struct TableColumns {
    table: &'static str,
    columns: &'static [&'static str],
}

/// The columns of the table `session` that hold the run.
const RUN_COLUMNS: &[&str] = &[
    "planned_ms",
    "steps_planned",
    "active_ms",
    "steps_done",
    "finished",
    "speed",
    "by_hand",
    "logged_at_ms",
    "activity",
    "imported_from",
    "maker",
    "elapsed_ms",
    "mean_heart",
    "highest_heart",
];
/// The other tables that hold the run.
const RUN_TABLES: &[TableColumns] = &[
    TableColumns {
        table: "plan",
        columns: &["sequence", "settings", "events_version", "source_name", "source"],
    },
    TableColumns { table: "event", columns: &["number", "at_ms", "elapsed_ms", "happened_at_ms", "what"] },
    TableColumns { table: "position", columns: &["at_ms", "elapsed_ms", "seen_at_ms"] },
    TableColumns {
        table: "lap",
        columns: &["number", "step", "name", "from_ms", "to_ms", "complete", "distance_m", "mean_heart"],
    },
    TableColumns { table: "zone_time", columns: &["zone", "time_ms"] },
    TableColumns { table: "sample", columns: &["minute", "data"] },
];
/// The columns of the table `session` that hold the fields.
const FIELD_COLUMNS: &[&str] = &[
    "name",
    "started_at_ms",
    "utc_offset_s",
    "rpe",
    "breathlessness",
    "talk",
    "feel",
    "note",
    "deleted_at_ms",
];
/// The other table that holds fields.
const FIELD_TABLES: &[TableColumns] =
    &[TableColumns { table: "answer", columns: &["number", "question", "answer"] }];

/// One value in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CellValue {
    Null,
    Integer(i64),
    /// Written with as many digits as restore it exactly.
    Real(String),
    Text(String),
    Bytes(Vec<u8>),
}

/// The rows of one table, with the names of their columns, so that later versions can still read them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct CopiedRows {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<CellValue>>,
}

/// A session as it was planned and timed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct CopiedRun {
    // The order of these fields tells which of two runs wins a merge: the one from the file with more detail, then the longer
    // one, then the one with more events.
    /// The rank of the file that the run was imported from. 0 for one that was recorded or added here.
    #[serde(default)]
    detail: usize,
    active_ms: Option<i64>,
    events: usize,
    logged_at_ms: Option<i64>,
    tables: Vec<CopiedRows>,
}

/// The fields of a session that the runner can change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct CopiedFields {
    // The order of these fields tells which of two edits wins a merge: the later one.
    changed_at_ms: Option<i64>,
    tables: Vec<CopiedRows>,
    /// The session of a plan that it was run from.
    #[serde(default)]
    item: Option<SessionItem>,
}

/// The state of a session in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionState {
    /// It can be resumed.
    Unfinished,
    /// It was thrown away before it was logged.
    Discarded,
    /// `pacebell log` shows it.
    Logged,
    /// It was logged and then deleted.
    Deleted,
}

impl SessionState {
    /// Reads the columns `logged_at_ms` and `deleted_at_ms`.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<SessionState> {
        let is_set = |column: &str| Ok::<_, rusqlite::Error>(row.get_ref(column)? != ValueRef::Null);
        Ok(match (is_set("logged_at_ms")?, is_set("deleted_at_ms")?) {
            (false, false) => SessionState::Unfinished,
            (false, true) => SessionState::Discarded,
            (true, false) => SessionState::Logged,
            (true, true) => SessionState::Deleted,
        })
    }

    /// True if `pacebell log` shows the session.
    pub(super) fn is_shown(self) -> bool {
        self == SessionState::Logged
    }

    /// A higher rank wins a merge, whatever came later.
    pub(super) fn rank(self) -> u8 {
        match self {
            SessionState::Unfinished => 0,
            SessionState::Discarded => 1,
            SessionState::Logged | SessionState::Deleted => 2,
        }
    }
}

/// The parts of a session that a merge or an import replaced.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReplacedParts {
    pub(super) run: Option<CopiedRun>,
    pub(super) fields: Option<CopiedFields>,
    /// True if it was no merge, but a file with more detail.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_import: bool,
}

impl ReplacedParts {
    /// Puts the parts back.
    pub(super) fn restore(&self, connection: &Connection, id: SessionId) -> rusqlite::Result<()> {
        if let Some(run) = &self.run {
            run.write(connection, id)?;
        }
        if let Some(fields) = &self.fields {
            fields.write(connection, id)?;
        }
        Ok(())
    }
}

impl CopiedRun {
    /// Reads the run of a session.
    pub(super) fn read(connection: &Connection, id: SessionId) -> rusqlite::Result<CopiedRun> {
        let sql = "SELECT active_ms, logged_at_ms, coalesce(imported_from, '') FROM session WHERE id = ?";
        let (active_ms, logged_at_ms, source) = connection
            .prepare_cached(sql)?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, lossy_text(row, 2)?)))?;
        let detail = ActivitySource::ALL.iter().rev().position(|format| format.word() == source);
        let tables = read_tables(connection, id, RUN_COLUMNS, RUN_TABLES)?;
        let events = tables.iter().find(|t| t.table == "event").map_or(0, |t| t.rows.len());
        Ok(CopiedRun { detail: detail.map_or(0, |at| at + 1), active_ms, events, logged_at_ms, tables })
    }

    /// Replaces the run of a session.
    pub(super) fn write(&self, connection: &Connection, id: SessionId) -> rusqlite::Result<()> {
        write_tables(connection, id, &self.tables)
    }
}

impl CopiedFields {
    /// Reads the fields of a session.
    pub(super) fn read(connection: &Connection, id: SessionId) -> rusqlite::Result<CopiedFields> {
        let sql = "SELECT changed_at_ms FROM session WHERE id = ?";
        let changed_at_ms = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
        let tables = read_tables(connection, id, FIELD_COLUMNS, FIELD_TABLES)?;
        Ok(CopiedFields { changed_at_ms, tables, item: session_rows::read_item(connection, id)? })
    }

    /// Replaces the fields of a session, and the time of its last change.
    pub(super) fn write(&self, connection: &Connection, id: SessionId) -> rusqlite::Result<()> {
        write_tables(connection, id, &self.tables)?;
        session_rows::write_item(connection, id, self.item.as_ref())?;
        self.write_time(connection, id)
    }

    /// Sets the time of the last change alone.
    pub(super) fn write_time(&self, connection: &Connection, id: SessionId) -> rusqlite::Result<()> {
        let sql = "UPDATE session SET changed_at_ms = ? WHERE id = ?";
        session_rows::expect_one_row(connection.prepare_cached(sql)?.execute((self.changed_at_ms, id))?)
    }

    /// True if only the time of the last change differs.
    pub(super) fn reads_like(&self, other: &CopiedFields) -> bool {
        self.tables == other.tables && self.item == other.item
    }
}

/// Inserts a session that has nothing but its key, to be filled with a run and fields.
pub(super) fn insert_blank(connection: &Connection, key: SessionKey) -> rusqlite::Result<SessionId> {
    let sql = "INSERT INTO session (key, name, started_at_ms, utc_offset_s, steps_planned)
               VALUES (?, '', 0, 0, 0) RETURNING id";
    connection.prepare_cached(sql)?.query_row([key], |row| row.get(0))
}

fn read_tables(
    connection: &Connection,
    id: SessionId,
    own: &[&str],
    tables: &[TableColumns],
) -> rusqlite::Result<Vec<CopiedRows>> {
    let mut all = vec![read_rows(connection, id, "session", own)?];
    for TableColumns { table, columns } in tables {
        all.push(read_rows(connection, id, table, columns)?);
    }
    Ok(all)
}

fn read_rows(
    connection: &Connection,
    id: SessionId,
    table: &str,
    columns: &[&str],
) -> rusqlite::Result<CopiedRows> {
    let list = columns.join(", ");
    let key = if table == "session" { "id" } else { "session" };
    // Each table's first column is its number within the session.
    let sql = format!("SELECT {list} FROM {table} WHERE {key} = ? ORDER BY 1");
    let cells = |row: &Row<'_>| {
        (0..columns.len()).map(|i| row.get_ref(i).and_then(CellValue::read)).collect::<Result<_, _>>()
    };
    let rows = connection.prepare_cached(&sql)?.query_map([id], cells)?.collect::<Result<_, _>>()?;
    let columns = columns.iter().map(ToString::to_string).collect();
    Ok(CopiedRows { table: table.to_string(), columns, rows })
}

fn write_tables(connection: &Connection, id: SessionId, tables: &[CopiedRows]) -> rusqlite::Result<()> {
    for CopiedRows { table, columns, rows } in tables {
        let is_known = RUN_TABLES.iter().chain(FIELD_TABLES).any(|known| known.table == table);
        if table == "session" {
            let list: Vec<String> = columns.iter().map(|c| format!("{c} = ?")).collect();
            let sql = format!("UPDATE session SET {} WHERE id = ?", list.join(", "));
            let values = rows.iter().flatten().map(|cell| cell as &dyn ToSql).chain([&id as &dyn ToSql]);
            let changed = connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
            session_rows::expect_one_row(changed)?;
        } else if is_known {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE session = ?"))?.execute([id])?;
            let places = ", ?".repeat(columns.len());
            let list = columns.join(", ");
            let sql = format!("INSERT INTO {table} (session, {list}) VALUES (?{places})");
            let mut insert = connection.prepare_cached(&sql)?;
            for row in rows {
                let values = [&id as &dyn ToSql].into_iter().chain(row.iter().map(|cell| cell as &dyn ToSql));
                insert.execute(params_from_iter(values))?;
            }
        }
    }
    Ok(())
}

impl CellValue {
    /// Reads a value. Bytes that are not UTF-8 are replaced.
    fn read(value: ValueRef<'_>) -> rusqlite::Result<CellValue> {
        Ok(match value {
            ValueRef::Null => CellValue::Null,
            ValueRef::Integer(number) => CellValue::Integer(number),
            ValueRef::Real(number) => CellValue::Real(format!("{number:?}")),
            ValueRef::Text(bytes) => CellValue::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => CellValue::Bytes(bytes.to_vec()),
        })
    }
}

impl ToSql for CellValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            CellValue::Null => ToSqlOutput::Owned(Value::Null),
            CellValue::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            CellValue::Real(digits) => ToSqlOutput::Owned(digits.parse().map_or(Value::Null, Value::Real)),
            CellValue::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            CellValue::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}
