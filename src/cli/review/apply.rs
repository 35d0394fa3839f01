//! `review apply`: a table that came back answered. Every row is checked before
//! anything is kept: all of it is, or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use crate::graph::question::{Answer, Said};
use crate::model::{Code, Foreign, NameKey, Problem, Ruling};
use crate::read::review::{self, Row};
use crate::report::review::{Asked, names};
use crate::report::view::ProblemView;
use crate::words::escape::{csv_cell, unguard};
use crate::words::key;
use crate::workspace::rulings::{Answered, KeptRuling, question_id};
use crate::workspace::store::{Stored, Writing};
use crate::workspace::{Store, lock};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::inspect::shown;
use super::super::learn::say_problems;
use super::answer::Answers;
use super::standing::New;
use super::{OpenQuestions, contradicted, filled, is_there, open, people};

/// What became of a table.
#[derive(Debug, Serialize)]
struct ApplyView {
    schema: &'static str,
    path: Foreign,
    rows: usize,
    /// How many questions were answered, answered as before, and passed over.
    applied: usize,
    unchanged: usize,
    skipped: usize,
    problems: Vec<ProblemView>,
}

/// What a row comes to.
struct Decided {
    line: u64,
    question: NameKey,
    answer: Answer,
    rulings: Vec<Ruling>,
}

/// Applies a table.
///
/// # Errors
/// An empty or locked workspace, a file that cannot be read, one of another
/// state or workspace, and rows that are wrong: then nothing is applied.
pub fn apply(context: &Context, path: &Path) -> Result<Exit, Failure> {
    is_there(context)?;
    let cannot = |error| {
        Failure::new(Exit::NoInput, key::ERROR_CANNOT_READ).about(format!("{}: {error}", path.display()))
    };
    let bytes = std::fs::read(path).map_err(cannot)?;
    let mut problems = Vec::new();
    let mut rows = review::read(&bytes, &mut problems).map_err(cannot)?;
    for row in &mut rows {
        row.id = Foreign::new(question_id(&row.id)).key();
    }
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let before = open(context, &writing, stored.clone())?;
    if !rows.is_empty() && rows.iter().all(|row| row.state != before.state) {
        return Err(Failure::new(Exit::Usage, key::ERROR_REVIEW_STATE).about(path.display().to_string()));
    }
    let answers = Answers::of_all();
    let (stored, open, unchanged) = reopened(context, &writing, stored, before, &rows, &answers)?;
    let known = writing.known_questions()?;
    let check = Check { open: &open, answers: &answers, unchanged: &unchanged, known: &known };
    let (decided, skipped) = check.rows(&rows, &mut problems);
    contradictions(&decided, &open, &mut problems);
    let mut left = 0;
    if problems.is_empty() {
        let (after, faulty) = keep(context, &writing, &stored, &open, &decided)?;
        left = after;
        problems.extend(faulty.into_iter().map(|line| Problem::new(Code::ReviewContradiction).at(line)));
    }
    problems.sort_by_key(|problem| problem.line);
    let file = path.to_string_lossy();
    let problems: Vec<Problem> = problems.into_iter().map(|problem| problem.in_file(&file)).collect();
    let wrong = !problems.is_empty();
    let view = ApplyView {
        schema: "transhume.review-apply/1",
        path: Foreign::new(file.clone()),
        rows: rows.len(),
        applied: if wrong { 0 } else { decided.len() },
        unchanged: unchanged.len(),
        skipped,
        problems: problems.iter().map(|problem| ProblemView::new(&context.words, problem)).collect(),
    };
    if context.printer.json {
        context.printer.json(&view)?;
    }
    if wrong {
        say_problems(context, &problems);
        return Err(Failure::new(Exit::NoInput, key::ERROR_REVIEW_ROWS).about(file));
    }
    // Where nothing is new, everything stays as it was written.
    if !decided.is_empty() {
        writing.commit()?;
    }
    let path = shown(path);
    let values = [
        ("path", (&path).into()),
        ("applied", decided.len().into()),
        ("unchanged", unchanged.len().into()),
        ("skipped", skipped.into()),
        ("left", left.into()),
    ];
    context.printer.note(&context.words.say_with(key::REVIEW_APPLIED, &values));
    Ok(Exit::Done)
}

/// Opens those questions again of which a row gives another answer than before.
/// Those that were answered just so are unchanged.
pub(super) fn reopened(
    context: &Context,
    writing: &Writing<'_>,
    stored: Stored,
    before: OpenQuestions,
    rows: &[Row],
    answers: &Answers,
) -> Result<(Stored, OpenQuestions, BTreeSet<NameKey>), Failure> {
    let mut given: BTreeMap<&str, Vec<&KeptRuling>> = BTreeMap::new();
    for kept in &stored.rulings {
        if let Some(question) = &kept.question {
            given.entry(question).or_default().push(kept);
        }
    }
    let answered =
        |row: &&Row| answers.said(row.answer.raw()).is_some() && given.contains_key(row.id.as_str());
    let rows: Vec<&Row> = rows.iter().filter(answered).collect();
    if rows.is_empty() {
        return Ok((stored, before, BTreeSet::new()));
    }
    for kept in rows.iter().flat_map(|row| &given[row.id.as_str()]) {
        writing.take_back(kept.id)?;
    }
    let again = writing.load()?;
    let mut open = open(context, writing, again.clone())?;
    // What held before is what everything that is new has to agree with.
    open.standing = before.standing;
    let mut unchanged = BTreeSet::new();
    for row in rows {
        let said = answers.said(row.answer.raw());
        let asked = open.asked.iter().find(|asked| asked.id == row.id);
        let answer = match asked {
            Some(asked) => said.and_then(|said| asked.question.answer(said)).map(|answer| answer.id()),
            // What other answers settle as well was said all the same.
            None => said.map(plainly),
        };
        if answer.is_some() && answer == given[row.id.as_str()][0].answer {
            unchanged.insert(row.id.clone());
        }
    }
    // What stays as it was is put back as it was.
    for kept in unchanged.iter().flat_map(|id| &given[id.as_str()]) {
        let answered = kept.question.as_deref().zip(kept.answer.as_deref());
        let answered = answered.map(|(question, answer)| Answered { question, answer });
        writing.rule(&kept.ruling, answered, context.now)?;
    }
    Ok((writing.load()?, open, unchanged))
}

/// What was said to a question that is open no more, as answers are compared.
fn plainly(said: Said<'_>) -> String {
    match said {
        Said::Same | Said::Yes => Answer::Yes.id(),
        Said::Different | Said::No => Answer::No.id(),
        Said::Text(text) => text.trim().to_owned(),
    }
}

/// How rows are checked.
struct Check<'a> {
    open: &'a OpenQuestions,
    answers: &'a Answers,
    unchanged: &'a BTreeSet<NameKey>,
    /// The ids of all questions that there were.
    known: &'a BTreeSet<String>,
}

impl Check<'_> {
    /// What the rows come to, and how many are passed over.
    fn rows(&self, rows: &[Row], problems: &mut Vec<Problem>) -> (Vec<Decided>, usize) {
        let mut decided = Vec::new();
        let mut skipped = 0;
        let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
        for row in rows {
            let mut wrong = |code, quote: &str| problems.push(Problem::new(code).at(row.line).quoting(quote));
            if let Some(first) = seen.insert(&row.id, row.line) {
                wrong(Code::ReviewTwice, &first.to_string());
                continue;
            }
            if row.state != self.open.state {
                wrong(Code::ReviewState, &row.state);
                continue;
            }
            let asked = self.open.asked.iter().find(|asked| asked.id == row.id);
            let said = self.answers.said(row.answer.raw());
            let (Some(asked), Some(said)) = (asked, said) else {
                match (asked, said) {
                    // A question that was answered in the meantime is none any more.
                    (None, _) if !self.was_asked(&row.id) => wrong(Code::ReviewUnknown, &row.id),
                    (Some(asked), _) if !is_about(asked, row) => wrong(Code::ReviewChanged, &row.id),
                    (None, Some(_)) => wrong(Code::ReviewClosed, &row.id),
                    _ => skipped += 1,
                }
                continue;
            };
            if !is_about(asked, row) {
                wrong(Code::ReviewChanged, &row.id);
                continue;
            }
            if self.unchanged.contains(&row.id) {
                continue;
            }
            let Some(answer) = asked.question.answer(said) else {
                wrong(Code::ReviewAnswer, row.answer.raw());
                continue;
            };
            match asked.question.rulings(&answer) {
                Some(rulings) => {
                    decided.push(Decided { line: row.line, question: row.id.clone(), answer, rulings });
                }
                None => wrong(Code::ReviewIndistinct, asked.question.on.raw()),
            }
        }
        (decided, skipped)
    }

    /// Whether there was such a question.
    fn was_asked(&self, id: &str) -> bool {
        self.known.contains(id)
            || self.open.knowledge.rulings.iter().any(|kept| kept.question.as_deref() == Some(id))
    }
}

/// Whether a row is about those whom its question is about: a spreadsheet may
/// have done something to digits and marks, but not to letters.
pub(super) fn is_about(asked: &Asked, row: &Row) -> bool {
    let letters = |name: &Foreign| name.raw().chars().filter(|c| c.is_alphabetic()).collect::<String>();
    // What acts unseen stands in the table as something that can be seen.
    let written = |name: &Foreign| Foreign::new(unguard(&csv_cell(name)));
    names(&asked.question).iter().zip(&row.names).all(|(own, told)| letters(&written(own)) == letters(told))
}

/// Rows that cannot be true together: A is B, B is C, and C is not A.
fn contradictions(decided: &[Decided], open: &OpenQuestions, problems: &mut Vec<Problem>) {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let group = |groups: &BTreeMap<String, BTreeSet<String>>, one: &str| {
        groups.get(one).cloned().unwrap_or_else(|| BTreeSet::from([one.to_owned()]))
    };
    let mut apart: Vec<(u64, String, String)> = Vec::new();
    for row in decided {
        let Some(asked) = open.asked.iter().find(|asked| asked.id == row.question) else { continue };
        let sides: Vec<String> = asked
            .question
            .sides
            .iter()
            .map(|side| side.contact.as_ref().map_or_else(String::new, |id| id.as_str().to_owned()))
            .collect();
        let same: Vec<usize> = match row.answer {
            Answer::Yes => (1..sides.len()).collect(),
            Answer::Choice(which) => vec![which],
            _ => Vec::new(),
        };
        if !matches!(
            asked.question.open,
            crate::graph::Open::AmbiguousName
                | crate::graph::Open::SharedIdentity
                | crate::graph::Open::NumberChange
        ) {
            continue;
        }
        for other in &same {
            let Some(other) = sides.get(*other).filter(|other| !other.is_empty() && !sides[0].is_empty())
            else {
                continue;
            };
            let all: BTreeSet<String> =
                group(&groups, &sides[0]).union(&group(&groups, other)).cloned().collect();
            for one in &all {
                groups.insert(one.clone(), all.clone());
            }
        }
        if row.answer == Answer::No {
            let pairs = (0..sides.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            apart.extend(pairs.map(|(a, b)| (row.line, sides[a].clone(), sides[b].clone())));
        }
    }
    let mut told = BTreeSet::new();
    for (line, one, other) in apart {
        let both = groups.get(&one).is_some_and(|group| group.contains(&other));
        if both && one != other && told.insert(line) {
            problems.push(Problem::new(Code::ReviewContradiction).at(line));
        }
    }
}

/// Keeps what was decided. How many questions are left, and the lines of the
/// answers that cannot be true together with what was decided before.
fn keep(
    context: &Context,
    writing: &Writing<'_>,
    stored: &Stored,
    open: &OpenQuestions,
    decided: &[Decided],
) -> Result<(usize, Vec<u64>), Failure> {
    let kept: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    for row in decided {
        let id = row.answer.id();
        for ruling in &row.rulings {
            for place in contradicted(&kept, ruling) {
                writing.take_back(stored.rulings[place].id)?;
            }
            let answered = Answered { question: &row.question, answer: &id };
            writing.rule(ruling, Some(answered), context.now)?;
        }
    }
    let all = writing.load()?;
    let kept: Vec<Ruling> = all.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    let after = super::open(context, writing, all)?;
    writing.keep_ledger(&after.knowledge.ledger)?;
    let people = |row: &Decided| {
        let asked = open.asked.iter().find(|asked| asked.id == row.question);
        asked.map_or(0, |asked| people(&asked.question))
    };
    let new: Vec<New<'_>> =
        decided.iter().map(|row| New { rulings: &row.rulings, people: people(row) }).collect();
    let faulty = after.standing.at_fault(&open.standing, &kept, &new);
    Ok((after.asked.len(), faulty.into_iter().map(|place| decided[place].line).collect()))
}
