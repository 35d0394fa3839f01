//! `transhume runs`: every time that something was learnt, what changed from one to
//! another, and taking one back.

use crate::model::run::Run;
use crate::report::changes::RunsDiff;
use crate::report::import::RunView;
use crate::report::terminal;
use crate::words::key;
use crate::workspace::Store;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

pub mod undo;

/// Lists the runs, oldest first.
///
/// # Errors
/// An empty workspace.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let store = Store::open_to_read(&context.folder)?;
    let runs = match &store {
        Some(store) => store.load()?.runs,
        None => Vec::new(),
    };
    if runs.is_empty() {
        return Err(Failure::new(Exit::NoInput, key::ERROR_EMPTY_WORKSPACE));
    }
    for run in &runs {
        if context.printer.json {
            context.printer.json(&RunView::new(run))?;
            continue;
        }
        let counts = run.snapshot.counts();
        context.printer.data(&context.words.say_with(
            key::RUNS_LINE,
            &[
                ("id", run.id.unwrap_or_default().to_string().as_str().into()),
                ("at", run.at.to_string().as_str().into()),
                ("command", run.command.as_str().into()),
                ("contacts", run.snapshot.contacts.len().into()),
                ("reachable", counts.any.into()),
            ],
        ))?;
    }
    Ok(Exit::Done)
}

/// Tells what changed from a run to another; to the last one where none is named.
///
/// # Errors
/// An empty workspace, no such run.
pub fn diff(context: &Context, from: i64, to: Option<i64>) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let before = run_of(&knowledge.runs, from)?;
    let after = match to {
        Some(to) => run_of(&knowledge.runs, to)?,
        // There is one: the other was found among them.
        None => knowledge.runs.last().unwrap_or(before),
    };
    let diff = RunsDiff::new(before, after, &knowledge.people, &knowledge.ledger);
    match context.printer.json {
        true => context.printer.json(&diff)?,
        false => {
            let style = context.printer.style();
            context.printer.data(&terminal::runs_diff(&diff, &knowledge.people, &context.words, style))?;
        }
    }
    Ok(Exit::Done)
}

/// The run of this number.
///
/// # Errors
/// There is none.
pub fn run_of(runs: &[Run], id: i64) -> Result<&Run, Failure> {
    let found = runs.iter().find(|run| run.id == Some(id));
    found.ok_or_else(|| Failure::new(Exit::Usage, key::ERROR_NO_RUN).about(id.to_string()))
}
