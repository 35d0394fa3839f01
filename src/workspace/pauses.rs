//! Until when hosts want to be left alone: what they said of it outlives the run, so that
//! the next one does not knock before.

use rusqlite::{OptionalExtension, params};

use crate::model::{Foreign, Moment};

use super::asked::Step;
use super::{Store, WorkspaceError};

impl Store {
    /// Notes until when a host wants to be left alone with a step; with nothing, that it
    /// does not.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn note_pause(
        &mut self,
        host: &Foreign,
        step: Step,
        until: Option<Moment>,
    ) -> Result<(), WorkspaceError> {
        match until {
            Some(until) => self.connection.execute(
                "INSERT INTO pause (host, step, until) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET until = excluded.until",
                params![host.raw(), step.id(), until.to_string()],
            )?,
            None => self
                .connection
                .execute("DELETE FROM pause WHERE host = ?1 AND step = ?2", params![host.raw(), step.id()])?,
        };
        Ok(())
    }

    /// Until when a host wants to be left alone with a step, if that is yet to come.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn not_before(
        &self,
        host: &Foreign,
        step: Step,
        now: Moment,
    ) -> Result<Option<Moment>, WorkspaceError> {
        let sql = "SELECT until FROM pause WHERE host = ?1 AND step = ?2";
        let until: Option<String> =
            self.connection.query_row(sql, [host.raw(), step.id()], |row| row.get(0)).optional()?;
        let until = until.and_then(|at| Moment::parse(&at));
        Ok(until.filter(|at| at.is_surely_after(now)))
    }
}
