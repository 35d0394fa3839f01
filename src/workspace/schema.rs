//! The database's tables and their migrations.

use rusqlite::Connection;

use super::WorkspaceError;

/// Marks the file as ours (`PRAGMA application_id`): "tran".
pub const APPLICATION: i32 = 0x7472_616e;

/// One step a schema; a workspace of any schema before is brought up to date.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
    include_str!("schema_7.sql"),
    include_str!("schema_8.sql"),
    include_str!("schema_9.sql"),
    include_str!("schema_10.sql"),
];

/// The newest schema.
#[expect(clippy::cast_possible_wrap, reason = "a handful of migrations")]
pub const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Tells which schema a file has; 0 for an empty one. Nothing is written.
///
/// # Errors
/// [`WorkspaceError::Newer`] for a file of a newer program,
/// [`WorkspaceError::Damaged`] for a file that is none of ours.
pub fn check(connection: &Connection) -> Result<i64, WorkspaceError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || found > 0) {
        return Err(WorkspaceError::Damaged("not a transhume database".to_owned()));
    }
    if found > NEWEST {
        return Err(WorkspaceError::Newer { found, known: NEWEST });
    }
    Ok(found)
}

/// Brings the tables up to date.
///
/// # Errors
/// Those of [`check`].
pub fn migrate(connection: &mut Connection) -> Result<(), WorkspaceError> {
    let found = check(connection)?;
    if found == NEWEST {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for (step, sql) in (1..).zip(MIGRATIONS) {
        if step > found {
            transaction.execute_batch(sql)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.commit()?;
    Ok(())
}
