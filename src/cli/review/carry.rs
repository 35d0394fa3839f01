//! Answers that stand in a table already when it is written anew: they are not
//! lost. What is still asked takes them over; where that cannot be, nothing is
//! written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::model::Foreign;
use crate::read::review::{self, Row};
use crate::words::key;
use crate::workspace::rulings::question_id;
use crate::workspace::{Store, lock};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::answer::Answers;
use super::apply::{is_about, reopened};
use super::{OpenQuestions, filled, open};

/// Answers by the ids of their questions.
pub type Carried = BTreeMap<String, Foreign>;

/// The answers of a table that is about to be written over.
///
/// # Errors
/// The table cannot be read whole, or holds answers that were not applied and
/// that no open question takes over.
pub(super) fn carried(context: &Context, open: &OpenQuestions, path: &Path) -> Result<Carried, Failure> {
    let answers = Answers::of_all();
    let lost = || Failure::new(Exit::Usage, key::ERROR_REVIEW_ANSWERS).about(path.display().to_string());
    let (mut rows, whole) = rows(path)?;
    if !whole {
        return Err(lost());
    }
    rows.retain(|row| answers.said(row.answer.raw()).is_some());
    let (carried, left) = taken_over(open, rows);
    if !left.is_empty() && !are_applied(context, &left, &answers)? {
        return Err(lost());
    }
    Ok(carried)
}

/// The tables of questions in a folder.
pub(crate) fn tables(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let is_table = |path: &PathBuf| {
        let mut head = [0; 64];
        let mut file = fs::File::open(path).ok()?;
        let read = file.read(&mut head).ok()?;
        Some(review::is_table(&head[..read]))
    };
    let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|t| t.is_file()));
    let mut tables: Vec<PathBuf> =
        files.map(|entry| entry.path()).filter(|path| is_table(path) == Some(true)).collect();
    tables.sort();
    tables
}

/// Those answers of a table that its questions take, if they are still asked:
/// whatever else stands there may name anybody.
pub(super) fn answers_left(open: &OpenQuestions, path: &Path) -> Result<Carried, Failure> {
    let answers = Answers::of_all();
    let (mut carried, _) = taken_over(open, rows(path)?.0);
    carried.retain(|id, answer| {
        let asked = open.asked.iter().find(|asked| asked.id == *id);
        let said = answers.said(answer.raw());
        asked.zip(said).is_some_and(|(asked, said)| asked.question.answer(said).is_some())
    });
    Ok(carried)
}

/// The rows of a table of questions, and whether it could be read whole. What
/// is no such table has none.
fn rows(path: &Path) -> Result<(Vec<Row>, bool), Failure> {
    let cannot = |error| {
        Failure::new(Exit::NoInput, key::ERROR_CANNOT_READ).about(format!("{}: {error}", path.display()))
    };
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((Vec::new(), true)),
        read => read.map_err(cannot)?,
    };
    if !review::is_table(&bytes) {
        return Ok((Vec::new(), true));
    }
    let mut problems = Vec::new();
    let mut rows = review::read(&bytes, &mut problems).map_err(cannot)?;
    for row in &mut rows {
        row.id = question_id(&row.id).into();
    }
    Ok((rows, problems.is_empty()))
}

/// The answers to questions that are still open, and the rows of the others.
fn taken_over(open: &OpenQuestions, rows: Vec<Row>) -> (Carried, Vec<Row>) {
    let own = workspace(&open.state);
    let mut carried = Carried::new();
    let mut left = Vec::new();
    for row in rows {
        let asked = open.asked.iter().find(|asked| asked.id == row.id);
        let same = asked.is_some_and(|asked| is_about(asked, &row)) && workspace(&row.state) == own;
        // Two answers to one question: which of them holds, only the user knows.
        if same && !carried.contains_key(row.id.as_str()) {
            carried.insert(row.id.to_string(), row.answer);
        } else {
            left.push(row);
        }
    }
    (carried, left)
}

/// Whether all these answers were applied, and hold as they stand there.
fn are_applied(context: &Context, rows: &[Row], answers: &Answers) -> Result<bool, Failure> {
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    // Questions are opened again to be looked at, which is not kept.
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let before = open(context, &writing, stored.clone())?;
    let own = workspace(&before.state).to_owned();
    let (_, _, unchanged) = reopened(context, &writing, stored, before, rows, answers)?;
    Ok(rows.iter().all(|row| unchanged.contains(&row.id) && workspace(&row.state) == own))
}

/// What tells a workspace from others, of a state: the number of a run stands
/// before it.
fn workspace(state: &str) -> &str {
    state.split_once('-').map_or("", |(_, token)| token)
}
