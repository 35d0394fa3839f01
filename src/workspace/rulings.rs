//! What the user decided about who is who, and the ids of what they are asked.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{Moment, Ruling};

use super::WorkspaceError;
use super::store::Writing;

/// What the ids of questions begin with, lest a spreadsheet takes one for a number.
const QUESTION: &str = "q-";

/// The id of a question as it is kept, of one that stands in a table: those of
/// older versions began with nothing.
pub fn question_id(told: &str) -> String {
    if told.starts_with(QUESTION) { told.to_owned() } else { format!("{QUESTION}{told}") }
}

/// A ruling as it is kept.
#[derive(Clone, Debug)]
pub struct KeptRuling {
    /// Its number in this workspace, rising.
    pub id: i64,
    /// The id of the question that it answers.
    pub question: Option<String>,
    /// The answer, as it is compared.
    pub answer: Option<String>,
    /// What was decided.
    pub ruling: Ruling,
}

/// The question that a ruling answers, and the answer.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The question's id.
    pub question: &'a str,
    /// The answer, as it is compared.
    pub answer: &'a str,
}

impl Writing<'_> {
    /// Keeps a ruling and gives its number.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn rule(
        &self,
        ruling: &Ruling,
        answered: Option<Answered<'_>>,
        at: Moment,
    ) -> Result<i64, WorkspaceError> {
        self.connection().execute(
            "INSERT INTO ruling (at, question, answer, what) VALUES (?1, ?2, ?3, ?4)",
            params![
                at.to_string(),
                answered.map(|a| a.question),
                answered.map(|a| a.answer),
                serde_json::to_string(ruling)?
            ],
        )?;
        Ok(self.connection().last_insert_rowid())
    }

    /// Takes a ruling back.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn take_back(&self, id: i64) -> Result<(), WorkspaceError> {
        self.connection().execute("DELETE FROM ruling WHERE id = ?1", [id])?;
        Ok(())
    }

    /// The ids of questions, by what each is known by; `fresh` makes new ones.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn question_ids(
        &self,
        keys: &[String],
        fresh: &mut dyn FnMut() -> String,
    ) -> Result<Vec<String>, WorkspaceError> {
        let mut known = question_ids(self.connection())?;
        let mut insert = self.connection().prepare("INSERT INTO question (key, id) VALUES (?1, ?2)")?;
        let mut ids = Vec::new();
        for key in keys {
            let id = match known.get(key) {
                Some(id) => id.clone(),
                None => {
                    let id = format!("{QUESTION}{}", fresh());
                    insert.execute([key, &id])?;
                    known.insert(key.clone(), id.clone());
                    id
                }
            };
            ids.push(id);
        }
        Ok(ids)
    }

    /// Forgets all questions but those that are still open: what they are known
    /// by names people.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn forget_questions_but(&self, ids: &BTreeSet<&str>) -> Result<(), WorkspaceError> {
        for id in self.known_questions()? {
            if !ids.contains(id.as_str()) {
                self.connection().execute("DELETE FROM question WHERE id = ?1", [id])?;
            }
        }
        Ok(())
    }

    /// The ids of all questions that were ever asked.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn known_questions(&self) -> Result<BTreeSet<String>, WorkspaceError> {
        Ok(question_ids(self.connection())?.into_values().collect())
    }

    /// By what this workspace is told from others; `fresh` makes it the first time.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn token(&self, fresh: &mut dyn FnMut() -> String) -> Result<String, WorkspaceError> {
        let found = self.connection().query_row("SELECT token FROM workspace", [], |row| row.get(0));
        if let Some(token) = found.optional()? {
            return Ok(token);
        }
        let token = fresh();
        self.connection().execute("INSERT INTO workspace (token) VALUES (?1)", [&token])?;
        Ok(token)
    }
}

/// All rulings, the oldest first.
pub(super) fn rulings(connection: &Connection) -> Result<Vec<KeptRuling>, WorkspaceError> {
    let mut statement = connection.prepare("SELECT id, question, answer, what FROM ruling ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(KeptRuling {
            id: row.get(0)?,
            question: row.get(1)?,
            answer: row.get(2)?,
            ruling: serde_json::from_str(&row.get::<_, String>(3)?)?,
        });
    }
    Ok(all)
}

fn question_ids(connection: &Connection) -> Result<BTreeMap<String, String>, WorkspaceError> {
    let mut statement = connection.prepare("SELECT key, id FROM question")?;
    let ids = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
