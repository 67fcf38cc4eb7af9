//! The versions of the database, and the way from each to the next.

use rusqlite::{Connection, TransactionBehavior};

/// SQLite's `application_id` of a log: `pace` in ASCII.
pub const APPLICATION_ID: i32 = 0x7061_6365;

/// The script from each version to the next. A released version never changes; new ones go at the end.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
    include_str!("schema-6.sql"),
    include_str!("schema-7.sql"),
    include_str!("schema-8.sql"),
    include_str!("schema-9.sql"),
    include_str!("schema-10.sql"),
    include_str!("schema-11.sql"),
    include_str!("schema-12.sql"),
];

/// The newest version that this program can read and write.
pub fn latest_version() -> usize {
    MIGRATIONS.len()
}

/// Returns the name of a table that a log of this version has and the database lacks, in whole or in part.
pub fn first_missing_table(connection: &Connection, version: usize) -> rusqlite::Result<Option<String>> {
    let expected = Connection::open_in_memory()?;
    for script in MIGRATIONS.iter().take(version) {
        expected.execute_batch(script)?;
    }
    let mut columns = expected.prepare(
        "SELECT name, (SELECT group_concat(quote(c.name)) FROM pragma_table_info(t.name) AS c)
         FROM sqlite_schema AS t WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )?;
    let mut tables = columns.query([])?;
    while let Some(row) = tables.next()? {
        let (table, columns) = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
        let found = "SELECT group_concat(quote(name)) FROM pragma_table_info(?1)
                     WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1 AND type = 'table')";
        let found = connection.query_row(found, [&table], |row| row.get::<_, Option<String>>(0))?;
        if found.as_ref() != Some(&columns) {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

/// Brings the database up to date in one transaction.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    // Immediate: if two programs start at once, the second waits and then finds the work done.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for script in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        transaction.execute_batch(script)?;
    }
    let latest = i32::try_from(latest_version()).unwrap_or(i32::MAX);
    transaction.pragma_update(None, "user_version", latest)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}
