//! `transhume review`: what only a person can decide, one by one on a terminal,
//! or as a table for a spreadsheet.

mod answer;
mod apply;
mod carry;
mod interactive;
mod standing;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::check::candidates::candidates;
use crate::graph::{Open, Question};
use crate::model::{ContactId, Foreign, Mark, Ruling};
use crate::report::review::{Asked, QuestionView, table};
use crate::report::terminal;
use crate::words::key;
use crate::workspace::output::may_replace;
use crate::workspace::store::{Stored, Writing};
use crate::workspace::written::write_and_remember;
use crate::workspace::{Store, lock};

use super::contacts::decide::{filled, is_there};
use super::context::Context;
use super::dice::Dice;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;

pub use apply::apply;
use carry::Carried;
pub(super) use carry::tables;
use standing::Standing;

/// Asks one by one; where nobody is there to be asked, lists what is open.
///
/// # Errors
/// An empty or locked workspace.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    if context.may_ask && !context.printer.json {
        return interactive::run(context);
    }
    let open = listed(context)?;
    let regions = &open.knowledge.graph.regions;
    if context.printer.json {
        for asked in &open.asked {
            context.printer.json(&QuestionView::new(asked, regions, &context.words))?;
        }
        return Ok(Exit::Done);
    }
    let style = context.printer.style();
    if open.asked.is_empty() {
        context.printer.data(&context.words.say(key::REVIEW_NOTHING))?;
    } else {
        context.printer.data(&terminal::questions(&open.asked, regions, &context.words, style))?;
        context.printer.note(&context.words.say(key::REVIEW_HOW));
    }
    Ok(Exit::Done)
}

/// Writes what is open as a table.
///
/// # Errors
/// An empty or locked workspace, a file that cannot be written.
pub fn export(context: &Context, path: &Path) -> Result<Exit, Failure> {
    may_replace(path)?;
    let open = listed(context)?;
    let carried = carry::carried(context, &open, path)?;
    let written = open.write(context, path, &carried)?;
    if context.printer.json {
        context.printer.json(&ExportView {
            schema: "transhume.review-export/1",
            path: Foreign::new(written.to_string_lossy()),
            questions: open.asked.len(),
            carried: carried.len(),
        })?;
    }
    let path = shown(&written);
    let values = [("count", open.asked.len().into()), ("path", (&path).into())];
    context.printer.note(&context.words.say_with(key::REVIEW_EXPORTED, &values));
    if !carried.is_empty() {
        let values = [("count", carried.len().into())];
        context.printer.note(&context.words.say_with(key::REVIEW_CARRIED, &values));
    }
    Ok(Exit::Done)
}

/// What was exported.
#[derive(Debug, serde::Serialize)]
struct ExportView {
    schema: &'static str,
    path: Foreign,
    questions: usize,
    /// How many answers stood in the table before and stand in it still.
    carried: usize,
}

/// What is open in a workspace.
pub(super) struct OpenQuestions {
    pub knowledge: Knowledge,
    asked: Vec<Asked>,
    /// To which state of which workspace the questions belong.
    state: String,
    /// What was decided before comes to.
    standing: Standing,
}

impl OpenQuestions {
    /// Writes the table of them, with what was answered already.
    fn write(&self, context: &Context, path: &Path, carried: &Carried) -> Result<PathBuf, Failure> {
        let regions = &self.knowledge.graph.regions;
        Ok(write_and_remember(&context.folder, path, |out| {
            table(&self.asked, &self.state, carried, regions, &context.words, out)
                .map_err(std::io::Error::other)
        })?)
    }

    /// Writes those tables anew that lie among the outputs, since somebody was
    /// forgotten; answers to what is still asked stay. Their paths.
    ///
    /// # Errors
    /// A table could not be read or written.
    pub fn rewrite(&self, context: &Context) -> Result<Vec<PathBuf>, Failure> {
        let mut written = Vec::new();
        for path in carry::tables(&context.out) {
            written.push(self.write(context, &path, &carry::answers_left(self, &path)?)?);
        }
        Ok(written)
    }
}

/// What is open after somebody was forgotten. Of other questions nothing is kept,
/// for they name people; of these their ids are.
///
/// # Errors
/// What is kept cannot be read or written.
pub(super) fn after_forgetting(context: &Context, writing: &Writing<'_>) -> Result<OpenQuestions, Failure> {
    let open = open(context, writing, writing.load()?)?;
    writing.forget_questions_but(&open.asked.iter().map(|asked| asked.id.as_str()).collect())?;
    Ok(open)
}

/// What is open, with ids that are kept.
fn listed(context: &Context) -> Result<OpenQuestions, Failure> {
    is_there(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let open = open(context, &writing, stored)?;
    writing.commit()?;
    Ok(open)
}

/// Works out what is open.
fn open(context: &Context, writing: &Writing<'_>, stored: Stored) -> Result<OpenQuestions, Failure> {
    let rulings: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    let (knowledge, (mut questions, standing)) = Knowledge::derive_with(context, stored.clone(), |look| {
        (look.questions(), Standing::of(look, &rulings))
    })?;
    questions.extend(accounts(context, stored, &knowledge)?);
    let keys: Vec<String> = questions.iter().map(Question::key).collect();
    let mut dice = Dice::default();
    let mut fresh = || dice.roll().as_str().to_owned();
    let ids = writing.question_ids(&keys, &mut fresh)?;
    let token = writing.token(&mut fresh)?;
    dice.sound()?;
    let run = knowledge.runs.last().and_then(|run| run.id).unwrap_or_default();
    let asked = ids.into_iter().zip(questions).map(|(id, question)| Asked { id, question }).collect();
    Ok(OpenQuestions { knowledge, asked, state: format!("run{run}-{token}"), standing })
}

/// The accounts that may be somebody's.
fn accounts(context: &Context, stored: Stored, knowledge: &Knowledge) -> Result<Vec<Question>, Failure> {
    let found: Vec<_> =
        knowledge.people.iter().map(candidates).filter(|(_, accounts)| !accounts.is_empty()).collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<&ContactId> = found.iter().map(|(contact, _)| &contact.id).collect();
    let (_, mut sides) = Knowledge::derive_with(context, stored, |look| look.sides_of(&ids))?;
    let question = |(contact, accounts): (&crate::model::Contact, Vec<_>)| {
        let side = sides.remove(&contact.id).unwrap_or_default();
        let on = contact.name.clone().or_else(|| side.identities.first().cloned()).unwrap_or_default();
        Question {
            open: Open::Account,
            why: None,
            on,
            sides: vec![side],
            shared: None,
            under: None,
            numbers: Vec::new(),
            accounts: accounts
                .into_iter()
                .map(|found: crate::check::candidates::Candidate<'_>| (found.address.clone(), found.origin))
                .collect(),
        }
    };
    Ok(found.into_iter().map(question).collect())
}

/// How many people a question is about.
fn people(question: &Question) -> usize {
    question.sides.iter().filter_map(|side| side.contact.as_ref()).collect::<BTreeSet<_>>().len()
}

/// The rulings, by their places, that say the contrary of a new one.
fn contradicted(kept: &[Ruling], new: &Ruling) -> Vec<usize> {
    // By an identity alone only where not both have their names with it.
    let named = |marks: &[Mark], mark: &Mark| {
        marks.iter().any(|other| other.name.is_some() && other.sign.key() == mark.sign.key())
    };
    let meet = |one: &[Mark], other: &[Mark]| {
        one.iter().any(|a| {
            let same = other.iter().filter(|b| a.sign.key() == b.sign.key());
            same.into_iter().any(|b| match (&a.name, &b.name) {
                (Some(a), Some(b)) => a == b,
                _ => !(named(one, a) && named(other, b)),
            })
        })
    };
    let opposite = |old: &Ruling| match (old, new) {
        (Ruling::Apart { one: a, other: b }, Ruling::Same { one, other })
        | (Ruling::Same { one: a, other: b }, Ruling::Apart { one, other }) => {
            meet(a, one) && meet(b, other) || meet(a, other) && meet(b, one)
        }
        _ => false,
    };
    kept.iter().enumerate().filter(|(_, old)| opposite(old)).map(|(place, _)| place).collect()
}
