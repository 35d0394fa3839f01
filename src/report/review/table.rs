//! Questions as a table for any spreadsheet: a row each, to be answered in the
//! last column but one.
//!
//! It begins with a byte order mark, without which some spreadsheets take UTF-8
//! for something else. Cells are guarded as those of the other tables are. The
//! columns' names are for programs, and the same in every language; where a cell
//! holds several values they are numbered.

use std::collections::BTreeMap;
use std::io::Write;

use csv::{Terminator, WriterBuilder};

use crate::graph::question::{Kind, Question, Side};
use crate::graph::region::Regions;
use crate::model::Foreign;
use crate::read::review::ID;
use crate::words::Words;
use crate::words::escape::{csv_cell, terminal_uncut};

use super::super::csv::BETWEEN;
use super::super::grounds;
use super::{Asked, answers, candidates, evidence, say, sentence};

const COLUMNS: [&str; 16] = [
    ID,
    "question",
    "about",
    "name_a",
    "identities_a",
    "groups_a",
    "places_a",
    "name_b",
    "identities_b",
    "groups_b",
    "places_b",
    "evidence",
    "possible_answers",
    "suggested",
    "answer",
    "state",
];

/// Writes a row a question. `state` says to which state of which workspace they
/// belong, `said` what was answered to some already, by their ids.
///
/// # Errors
/// Whatever writing says.
pub fn table(
    asked: &[Asked],
    state: &str,
    said: &BTreeMap<String, Foreign>,
    regions: &Regions,
    words: &Words,
    out: &mut dyn Write,
) -> csv::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for Asked { id, question } in asked {
        let [name_a, name_b] = names(question);
        let (first, others) = question.sides.split_at(question.sides.len().min(1));
        let identities = |sides: &[Side]| numbered(sides, |side| joined(&side.identities));
        let groups = |sides: &[Side]| numbered(sides, |side| joined(&side.groups));
        let places = |sides: &[Side]| {
            numbered(sides, |side| joined(&side.places.iter().map(grounds::locator).collect::<Vec<_>>()))
        };
        let choices = candidates(question);
        let identities_b =
            if choices.is_empty() { identities(others) } else { numbered(&choices, Clone::clone) };
        let cells = [
            Foreign::from(id.as_str()),
            Foreign::new(sentence(question, words, terminal_uncut)),
            question.on.clone(),
            name_a,
            identities(first),
            groups(first),
            places(first),
            name_b,
            identities_b,
            groups(others),
            places(others),
            Foreign::new(evidence(question, regions, words, terminal_uncut).join(" ")),
            Foreign::new(answers(question, words)),
            Foreign::new(
                question.suggested().map(|answer| say(question, &answer, words)).unwrap_or_default(),
            ),
            said.get(id).cloned().unwrap_or_default(),
            Foreign::from(state),
        ];
        table.write_record(cells.iter().map(csv_cell))?;
    }
    table.flush()?;
    Ok(())
}

/// Whom a question is about, as the table names them.
pub fn names(question: &Question) -> [Foreign; 2] {
    let (first, others) = question.sides.split_at(question.sides.len().min(1));
    let name = |side: &Side| side.name.clone().unwrap_or_default();
    // What is chosen from is no name.
    let others = if matches!(question.kind(), Kind::Two | Kind::Several(_)) { others } else { &[] };
    [numbered(first, name), numbered(others, name)]
}

/// Several values of one cell, numbered if they are several.
fn numbered<T>(all: &[T], value: impl Fn(&T) -> Foreign) -> Foreign {
    match all {
        [] => Foreign::default(),
        [one] => value(one),
        several => {
            let several = several.iter().zip(1..).map(|(one, at)| format!("{at}: {}", value(one).raw()));
            Foreign::new(several.collect::<Vec<_>>().join(BETWEEN))
        }
    }
}

fn joined(all: &[Foreign]) -> Foreign {
    Foreign::new(all.iter().map(Foreign::raw).collect::<Vec<_>>().join(", "))
}
