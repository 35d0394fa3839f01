//! What Signal's directory was asked and answered. As with other networks, it is
//! written down what leaves before it does, and nobody is asked about twice by a
//! run that goes on.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use crate::model::signal_answer::{SignalAnswer, SignalAsked, SignalFound};
use crate::model::{Foreign, Moment};

use super::asked::{LookupId, Step, asked_of};
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
