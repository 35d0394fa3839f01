//! The tables of a database that is believed in nothing: which there are,
//! which columns they have, and cells whose type was looked at.
//!
//! Only real tables are ever read. A view, a virtual table or a computed
//! column under one of WhatsApp's names would run what a stranger wrote.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// What SQLite calls the number of a row, which every table has that is not
/// made without.
const ROW_ID: &str = "_rowid_";

/// Why a database could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A table or column that every known version has is not there.
    #[error("missing: {0}")]
    Missing(String),
    /// A view or a virtual table stands under the name of a table.
    #[error("no table: {0}")]
    Fake(String),
    /// What SQLite says.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
}

/// The tables of a database.
#[derive(Debug, Default)]
pub struct Schema {
    /// Columns by table, as they are written.
    tables: BTreeMap<String, Vec<String>>,
    /// Those whose rows have no numbers, which are made `WITHOUT ROWID`.
    numberless: BTreeSet<String>,
    /// Views and virtual tables.
    fakes: Vec<String>,
}

impl Schema {
    /// Looks at the names of all tables, and at the columns of those that are
    /// asked for.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn load(connection: &Connection, wanted: &[&str]) -> rusqlite::Result<Schema> {
        let mut schema = Schema::default();
        let mut found: Vec<(String, bool)> = Vec::new();
        let mut statement = connection.prepare("SELECT type, name, rootpage FROM sqlite_schema")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, name) = (row.get_ref(0)?, row.get_ref(1)?);
            let (ValueRef::Text(kind), ValueRef::Text(name)) = (kind, name) else { continue };
            let Ok(name) = std::str::from_utf8(name) else { continue };
            if wanted.contains(&name) && matches!(kind, b"table" | b"view") {
                // What has no page of its own is no table.
                let real = kind == b"table" && matches!(row.get_ref(2)?, ValueRef::Integer(page) if page > 0);
                found.push((name.to_owned(), real));
            }
        }
        for (name, real) in found {
            if !real {
                schema.fakes.push(name);
                continue;
            }
            // Computed columns are not among those that this lists.
            let mut columns = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
            let columns = columns.query_map([&name], |row| row.get::<_, String>(0))?;
            let columns = columns.collect::<rusqlite::Result<_>>()?;
            if connection.prepare(&format!("SELECT {ROW_ID} FROM \"{name}\"")).is_err() {
                schema.numberless.insert(name.clone());
            }
            schema.tables.insert(name, columns);
        }
        Ok(schema)
    }

    /// Whether there is such a table, or something under its name.
    pub fn names(&self, table: &str) -> bool {
        self.has(table) || self.fakes.iter().any(|fake| fake == table)
    }

    /// Whether there is such a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// Whether the table has the column.
    pub fn has_column(&self, table: &str, column: &str) -> bool {
        self.tables.get(table).is_some_and(|columns| columns.iter().any(|c| c == column))
    }

    /// Something that is no table but bears the name of one that was asked for.
    pub fn fake(&self) -> Option<&str> {
        self.fakes.first().map(String::as_str)
    }

    /// The query that reads `columns` of a table; those behind `required`
    /// that this version does not have come as NULL. Behind them all comes the
    /// number of the row.
    ///
    /// # Errors
    /// [`Fault::Missing`] if the table or one of the first `required` columns
    /// is not there.
    pub fn select(&self, table: &str, columns: &[&str], required: usize) -> Result<String, Fault> {
        if !self.has(table) {
            return Err(Fault::Missing(table.to_owned()));
        }
        let mut parts = Vec::with_capacity(columns.len() + 1);
        for (place, column) in columns.iter().enumerate() {
            if self.has_column(table, column) {
                parts.push(format!("\"{column}\""));
            } else if place < required {
                return Err(Fault::Missing(format!("{table}.{column}")));
            } else {
                parts.push("NULL".to_owned());
            }
        }
        let numberless = self.numberless.contains(table);
        parts.push(if numberless { "NULL" } else { ROW_ID }.to_owned());
        Ok(format!("SELECT {} FROM \"{table}\"", parts.join(", ")))
    }
}

/// The number of a row that a query of [`Schema::select`] gave; none if rows of
/// its table have no numbers.
pub fn row_id(row: &Row<'_>) -> Option<u64> {
    let last = row.as_ref().column_count().checked_sub(1)?;
    int(row, last).ok().flatten().and_then(|number| u64::try_from(number).ok())
}

/// A cell that is not of the type that its column should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCell;

/// A whole number, or nothing.
///
/// # Errors
/// [`BadCell`] for text, bytes and fractions.
pub fn int(row: &Row<'_>, at: usize) -> Result<Option<i64>, BadCell> {
    match row.get_ref(at).map_err(|_| BadCell)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(number) => Ok(Some(number)),
        _ => Err(BadCell),
    }
}

/// Seconds with a fraction, or nothing.
///
/// # Errors
/// [`BadCell`] for text, bytes and what is no number.
pub fn seconds(row: &Row<'_>, at: usize) -> Result<Option<f64>, BadCell> {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this age are exact in 53 bits")]
    match row.get_ref(at).map_err(|_| BadCell)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(number) => Ok(Some(number as f64)),
        ValueRef::Real(number) if number.is_finite() => Ok(Some(number)),
        _ => Err(BadCell),
    }
}

/// Text, or nothing. Numbers are taken as they are written: a number in a
/// text column is how SQLite keeps one that was given as such.
///
/// # Errors
/// [`BadCell`] for bytes and for text that is no UTF-8.
pub fn text(row: &Row<'_>, at: usize) -> Result<Option<String>, BadCell> {
    match row.get_ref(at).map_err(|_| BadCell)? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(|t| Some(t.to_owned())).map_err(|_| BadCell),
        ValueRef::Integer(number) => Ok(Some(number.to_string())),
        _ => Err(BadCell),
    }
}
