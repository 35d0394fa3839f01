//! What taking a run back removes (`transhume.runs-undo/1`).

use serde::Serialize;

use crate::model::run::{Counts, Run};
use crate::model::{Foreign, Kind};

use super::changes::{Person, RunsDiff};
use super::view::RunId;

/// A source that is removed.
#[derive(Debug, Serialize)]
pub struct Source {
    /// Where it was read.
    pub path: Foreign,
    /// What it was.
    pub kind: Kind,
    /// How many entries it had.
    pub read: u64,
}

/// What taking a run back removes.
#[derive(Debug, Serialize)]
pub struct UndoView {
    schema: &'static str,
    /// The run.
    pub run: RunId,
    /// The command that made it.
    pub command: String,
    /// Whether nothing was removed, since it was only to be told.
    pub dry_run: bool,
    /// The sources that it brought.
    pub sources: Vec<Source>,
    /// Whether one of them may have taken the place of an earlier state of itself,
    /// which does not come back.
    pub replaced: bool,
    /// How much networks had told in it.
    pub answers: u64,
    /// How many could be reached with it.
    pub before: Counts,
    /// How many can without.
    pub after: Counts,
    /// Who can be reached without it alone: it had brought the news that they
    /// cannot.
    pub gained: Vec<Person>,
    /// Who cannot be reached without it.
    pub lost: Vec<Person>,
    /// Who is a contact of their own without it.
    pub new_people: Vec<Person>,
    /// Who is not known without it.
    pub gone: Vec<Person>,
}

impl UndoView {
    /// The view of a run, of what it brought, and of the difference that this makes
    /// today.
    pub fn new(
        run: &Run,
        sources: Vec<Source>,
        replaced: bool,
        answers: u64,
        diff: RunsDiff,
        dry_run: bool,
    ) -> UndoView {
        let RunsDiff { before, after, gained, lost, new_people, gone, .. } = diff;
        UndoView {
            schema: "transhume.runs-undo/1",
            run: RunId { id: run.id, at: run.at },
            command: run.command.clone(),
            dry_run,
            sources,
            replaced,
            answers,
            before,
            after,
            gained,
            lost,
            new_people,
            gone,
        }
    }
}
