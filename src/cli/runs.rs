//! `transhume runs`: every time that something was learnt.

use crate::report::import::RunView;
use crate::words::key;
use crate::workspace::Store;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

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
