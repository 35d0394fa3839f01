//! Taking a run back: what it brought is removed. Contacts and groups are worked
//! out anew from what is left, so that nothing else has to be.

use rusqlite::params;

use super::WorkspaceError;
use super::store::Writing;

/// The step of lookups that were taken back. What they sent stays counted, for it
/// has left; what was answered is gone, and whoever asks next begins anew.
pub(super) const UNDONE: &str = "undone";

impl Writing<'_> {
    /// Removes a run, with the sources and the answers that it brought. How much
    /// networks had told in it: about how many identities, names and rooms.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn undo_run(&self, id: i64) -> Result<u64, WorkspaceError> {
        let connection = self.connection();
        let mut answers = 0;
        // Invitations that were sent are sent, whatever was learnt beside them.
        let of_run = "lookup IN (SELECT id FROM lookup WHERE run = ?1 AND step <> 'invitations')";
        let lines = "sum(1 + length(addresses) - length(replace(addresses, char(10), '')))";
        for (table, counted) in
            [("answer", lines), ("signal_answer", lines), ("sighting", "count(*)"), ("room", "count(*)")]
        {
            let count = format!("SELECT coalesce({counted}, 0) FROM {table} WHERE {of_run}");
            answers += connection.query_row(&count, [id], |row| row.get::<_, u64>(0))?;
            connection.execute(&format!("DELETE FROM {table} WHERE {of_run}"), [id])?;
        }
        connection.execute(
            "UPDATE lookup SET complete = 1, step = ?2 WHERE run = ?1 AND step <> 'invitations'",
            params![id, UNDONE],
        )?;
        connection.execute("UPDATE lookup SET run = NULL WHERE run = ?1", [id])?;
        connection.execute("DELETE FROM source WHERE run = ?1", [id])?;
        connection.execute("DELETE FROM run WHERE id = ?1", [id])?;
        Ok(answers)
    }

    /// Forgets by what people were known, since nothing tells it any more.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn drop_anchors<'a>(&self, anchors: impl Iterator<Item = &'a str>) -> Result<(), WorkspaceError> {
        let mut statement = self.connection().prepare("DELETE FROM anchor WHERE anchor = ?1")?;
        for anchor in anchors {
            statement.execute([anchor])?;
        }
        Ok(())
    }
}
