//! What Signal's directory was asked and answered. As with other networks, it is
//! written down what leaves before it does, and nobody is asked about twice by a
//! run that goes on.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::signal_answer::{SignalAnswer, SignalAsked, SignalFound};
use crate::model::{Foreign, Moment};

use super::asked::{CONTINUED_DAYS, LookupId, Step, asked_of};
use super::{Store, WorkspaceError};

impl Store {
    /// Keeps answers.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_signal(
        &mut self,
        id: LookupId,
        answers: &BTreeMap<SignalAsked, SignalFound>,
    ) -> Result<(), WorkspaceError> {
        let mut rows: BTreeMap<(SignalFound, &str), Vec<&str>> = BTreeMap::new();
        for (asked, found) in answers {
            rows.entry((*found, asked.medium())).or_default().push(asked.canonical());
        }
        let transaction = self.connection.transaction()?;
        for ((found, medium), addresses) in rows {
            transaction.execute(
                "INSERT INTO signal_answer (lookup, medium, addresses, found) VALUES (?1, ?2, ?3, ?4)",
                params![id.0, medium, addresses.join("\n"), found.id()],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Notes from when on the host of a lookup may be asked again.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn note_again(&mut self, id: LookupId, again: Option<Moment>) -> Result<(), WorkspaceError> {
        let again = again.map(|at| at.to_string());
        self.connection.execute("UPDATE lookup SET again = ?2 WHERE id = ?1", params![id.0, again])?;
        Ok(())
    }

    /// From when on a host may be asked such a thing again, if that is yet to come.
    /// Nobody has to wait for longer than a lookup goes on.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn not_before(
        &self,
        host: &Foreign,
        step: Step,
        now: Moment,
    ) -> Result<Option<Moment>, WorkspaceError> {
        let sql = "SELECT again FROM lookup WHERE host = ?1 AND step = ?2 ORDER BY id DESC LIMIT 1";
        let again: Option<Option<String>> =
            self.connection.query_row(sql, [host.raw(), step.id()], |row| row.get(0)).optional()?;
        let again = again.flatten().and_then(|at| Moment::parse(&at));
        Ok(again.filter(|at| at.is_surely_after(now) && now.days_until(*at) <= CONTINUED_DAYS))
    }

    /// About what a host has answered since it last was asked about everybody.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn signal_answered(
        &self,
        host: &Foreign,
        now: Moment,
    ) -> Result<BTreeSet<SignalAsked>, WorkspaceError> {
        asked_of(&self.connection, "signal_answer", (host, Step::Signal), now, SignalAsked::restore)
    }
}

/// All answers, in the order in which they were given.
pub(super) fn answers(connection: &Connection) -> Result<Vec<SignalAnswer>, WorkspaceError> {
    let mut statement = connection.prepare(
        "SELECT lookup.host, lookup.at, signal_answer.medium, signal_answer.addresses, signal_answer.found
         FROM signal_answer JOIN lookup ON lookup.id = signal_answer.lookup
         ORDER BY lookup.id, signal_answer.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = || WorkspaceError::Damaged("an answer that cannot be read".to_owned());
        let (medium, addresses): (String, String) = (row.get(2)?, row.get(3)?);
        let found: Option<String> = row.get(4)?;
        let host = Foreign::new(row.get::<_, String>(0)?);
        let at = Moment::parse(&row.get::<_, String>(1)?).ok_or_else(damaged)?;
        let found = SignalFound::restore(found.as_deref()).ok_or_else(damaged)?;
        for address in addresses.lines() {
            let asked = SignalAsked::restore(&medium, address).ok_or_else(damaged)?;
            all.push(SignalAnswer { host: host.clone(), at, asked, found });
        }
    }
    Ok(all)
}
