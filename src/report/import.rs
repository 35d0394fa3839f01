//! What became of a source (`transhume.import/1`), and a run in JSON
//! (`transhume.run/1`).

use serde::Serialize;

use crate::model::run::{Counts, Run};
use crate::model::{Foreign, Kind, Moment};

use super::view::ProblemView;

/// What became of a source: `read = kept + merged + rejected`.
#[derive(Debug, Serialize)]
pub struct ImportView {
    /// The schema's name.
    pub schema: &'static str,
    /// The source.
    pub path: Foreign,
    /// What it is.
    pub kind: Kind,
    /// What is counted in it.
    pub unit: &'static str,
    /// Entries read.
    pub read: u64,
    /// Entries that are people of their own.
    pub kept: u64,
    /// Entries that went into a person who was known from an entry before.
    pub merged: u64,
    /// Entries that could not be used.
    pub rejected: u64,
    /// Of the kept ones those that are nobody's contact: companies, services, lists
    /// of others, and the user.
    pub no_contacts: u64,
    /// People who were not known before.
    pub contacts_new: usize,
    /// People of whom more is known now.
    pub contacts_changed: usize,
    /// People of whom nothing new is known.
    pub unchanged: usize,
    /// What was wrong.
    pub problems: Vec<ProblemView>,
}

/// A run.
#[derive(Debug, Serialize)]
pub struct RunView {
    schema: &'static str,
    id: Option<i64>,
    at: Moment,
    command: String,
    contacts: usize,
    reachable: Counts,
}

impl RunView {
    /// The view of a run.
    pub fn new(run: &Run) -> Self {
        Self {
            schema: "transhume.run/1",
            id: run.id,
            at: run.at,
            command: run.command.clone(),
            contacts: run.snapshot.contacts.len(),
            reachable: run.snapshot.counts(),
        }
    }
}
