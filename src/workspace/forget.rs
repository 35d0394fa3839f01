//! What has to go from the database when somebody is forgotten, beside what
//! was found in sources: the ledger's memory of them, what was decided about
//! them, and what networks said.

use std::collections::HashSet;

use rusqlite::params;

use crate::graph::forget::Gone;
use crate::model::{ContactId, Foreign, Problem};

use super::WorkspaceError;
use super::store::{KeptSource, Store, Writing};

impl Writing<'_> {
    /// Replaces what is kept of a source.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn replace_source(&self, kept: &KeptSource) -> Result<(), WorkspaceError> {
        self.connection().execute(
            "UPDATE source SET finding = ?2, problems = ?3, read = ?4 WHERE hash = ?1",
            params![
                kept.hash,
                serde_json::to_string(&kept.source.finding)?,
                serde_json::to_string(&kept.problems)?,
                kept.tally.read
            ],
        )?;
        Ok(())
    }

    /// Removes a source.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn remove_source(&self, kept: &KeptSource) -> Result<(), WorkspaceError> {
        self.connection().execute("DELETE FROM source WHERE hash = ?1", [&kept.hash])?;
        Ok(())
    }

    /// Removes all that is kept of a contact outside of the sources. Where the
    /// runs count them, their opaque id stays. `others` are those who stay.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn forget(
        &self,
        contact: &ContactId,
        gone: &Gone,
        others: &HashSet<&str>,
    ) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        // Ids that went into this one led to the same person.
        for table in ["anchor", "decision"] {
            let sql = format!(
                "WITH RECURSIVE same (id) AS (
                    SELECT ?1 UNION SELECT old FROM merged JOIN same ON merged.new = same.id
                 )
                 DELETE FROM {table} WHERE contact IN (SELECT id FROM same)"
            );
            connection.execute(&sql, [contact.as_str()])?;
        }
        connection.execute(
            "WITH RECURSIVE same (id) AS (
                SELECT ?1 UNION SELECT old FROM merged JOIN same ON merged.new = same.id
             )
             DELETE FROM errand WHERE kind = 'token' AND whom IN (SELECT id FROM same)",
            [contact.as_str()],
        )?;
        self.forget_anchors(gone, others)?;
        for table in ["answer", "signal_answer"] {
            self.forget_answers(table, gone)?;
        }
        self.forget_sightings(gone)?;
        self.forget_errands(gone)?;
        self.forget_rooms(gone)
    }

    /// The ledger remembers as well by what they were known when another file was
    /// the newest.
    fn forget_anchors(&self, gone: &Gone, others: &HashSet<&str>) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        let mut anchors: Vec<String> = Vec::new();
        {
            let mut statement = connection.prepare("SELECT anchor, contact FROM anchor")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (anchor, contact): (String, String) = (row.get(0)?, row.get(1)?);
                let named = |part: &str| gone.is_named(&Foreign::from(part));
                let told = anchor.split_once(' ').map_or("", |(_, told)| told);
                if !others.contains(contact.as_str()) && told.split('\0').any(named) {
                    anchors.push(anchor);
                }
            }
        }
        for anchor in anchors {
            connection.execute("DELETE FROM anchor WHERE anchor = ?1", [anchor])?;
        }
        Ok(())
    }

    fn forget_answers(&self, table: &str, gone: &Gone) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        let mut changed = Vec::new();
        {
            let mut statement = connection.prepare(&format!("SELECT rowid, addresses FROM {table}"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (id, addresses): (i64, String) = (row.get(0)?, row.get(1)?);
                let is_gone = |line: &&str| gone.is_asked(line) || gone.is_named(&Foreign::from(*line));
                let left: Vec<&str> = addresses.lines().filter(|line| !is_gone(line)).collect();
                if left.len() < addresses.lines().count() {
                    changed.push((id, left.join("\n")));
                }
            }
        }
        for (id, left) in changed {
            match left.is_empty() {
                true => connection.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [id])?,
                false => {
                    let sql = format!("UPDATE {table} SET addresses = ?2 WHERE rowid = ?1");
                    connection.execute(&sql, params![id, left])?
                }
            };
        }
        Ok(())
    }

    fn forget_sightings(&self, gone: &Gone) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        let mut ids: Vec<i64> = Vec::new();
        {
            let mut statement = connection.prepare("SELECT rowid, asked, mxid, name FROM sighting")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let texts: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
                if texts.into_iter().flatten().any(|text| gone.is_named(&Foreign::new(text))) {
                    ids.push(row.get(0)?);
                }
            }
        }
        for id in ids {
            connection.execute("DELETE FROM sighting WHERE rowid = ?1", [id])?;
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Of a room they are among the others from now on; a name that is theirs is
    /// taken from it.
    fn forget_rooms(&self, gone: &Gone) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        let mut changed: Vec<(i64, Option<String>, String, usize)> = Vec::new();
        {
            let mut statement = connection.prepare("SELECT rowid, name, members FROM room")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (id, name, members): (i64, Option<String>, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let is_named = |text: &str| gone.is_named(&Foreign::from(text));
                let left: Vec<&str> = members.lines().filter(|line| !is_named(line)).collect();
                let less = members.lines().count() - left.len();
                let named = name.as_deref().is_some_and(is_named);
                if less > 0 || named {
                    changed.push((id, name.filter(|_| !named), left.join("\n"), less));
                }
            }
        }
        for (id, name, members, less) in changed {
            connection.execute(
                "UPDATE room SET name = ?2, members = ?3, others = others + ?4 WHERE rowid = ?1",
                params![id, name, members, less as u64],
            )?;
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Rooms that were made for them alone are forgotten; of the others they are
    /// no guest any more.
    fn forget_errands(&self, gone: &Gone) -> Result<(), WorkspaceError> {
        let connection = self.connection();
        let is_named = |text: &str| gone.is_named(&Foreign::from(text));
        let mut changed: Vec<(String, Option<String>)> = Vec::new();
        {
            let mut statement = connection.prepare("SELECT token, kind, whom, guests FROM errand")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (token, kind): (String, String) = (row.get(0)?, row.get(1)?);
                let (whom, invited): (String, String) = (row.get(2)?, row.get(3)?);
                let left: Vec<&str> = invited.lines().filter(|line| !is_named(line)).collect();
                if matches!(kind.as_str(), "direct" | "mail") && is_named(&whom) {
                    changed.push((token, None));
                } else if left.len() < invited.lines().count() {
                    changed.push((token, Some(left.join("\n"))));
                }
            }
        }
        for (token, left) in changed {
            match left {
                None => connection.execute("DELETE FROM errand WHERE token = ?1", [token])?,
                Some(left) => connection.execute(
                    "UPDATE errand SET guests = ?2, pending = NULL WHERE token = ?1",
                    params![token, left],
                )?,
            };
        }
        Ok(())
    }
}

impl Store {
    /// Empties the log beside the database, in which what was removed stands
    /// until then.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn empty_log(&self) -> Result<(), WorkspaceError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// Problems without quotations of somebody.
pub fn without_quotes(problems: &[Problem], gone: &Gone) -> Vec<Problem> {
    let mut left = problems.to_vec();
    for problem in &mut left {
        problem.quote = problem.quote.take().filter(|quote| !gone.is_named(quote));
    }
    left
}
