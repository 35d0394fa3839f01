//! `transhume import`: learn what is in files and in address books on servers,
//! and say what became of them.

use std::path::PathBuf;

use crate::words::escape;
use crate::words::key;
use crate::workspace::inputs::Item;
use crate::workspace::{Store, lock};

use super::args::FetchArguments;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::fetch::Fetching;
use super::learn::{read, say_problems, take_up};

/// Imports files, and what is fetched.
///
/// # Errors
/// Those of [`take_up`]; what goes wrong while fetching
/// comes after what was learnt without it.
pub fn run(context: &Context, inputs: &[PathBuf], typed: &FetchArguments) -> Result<Exit, Failure> {
    let fetching = Fetching::resolve(context, typed)?;
    if let Some(fetching) = fetching.as_ref().filter(|fetching| fetching.dry_run) {
        fetching.would_fetch(context)?;
        if inputs.is_empty() {
            return Ok(Exit::Done);
        }
    }
    context.folder.create()?;
    let lock = lock::take(&context.folder)?;
    // What keeps it from being written is found before anything leaves.
    let store = Store::open(&context.folder, &lock)?;
    let fetched = fetching.filter(|f| !f.dry_run).map(|f| f.fetch(context)).unwrap_or_default();
    let Some(failure) = fetched.failure else { return import(context, inputs, store, fetched.items) };
    let nothing = inputs.is_empty() && fetched.items.is_empty();
    if nothing || failure.exit == Exit::Interrupted {
        return Err(failure);
    }
    let in_part = !fetched.items.is_empty();
    let imported = import(context, inputs, store, fetched.items);
    failure.say(&context.printer, &context.words);
    let exit = if in_part && failure.exit == Exit::Network { Exit::Partial } else { failure.exit };
    match imported {
        Ok(imported) => Ok(imported.or(exit)),
        Err(other) if exit.or(other.exit) == other.exit => Err(other),
        Err(_) => Ok(exit),
    }
}

fn import(context: &Context, inputs: &[PathBuf], store: Store, fetched: Vec<Item>) -> Result<Exit, Failure> {
    let mut gathered = read(context, inputs, true)?;
    gathered.items.extend(fetched);
    let learnt = take_up(context, "import", store, gathered)?;
    context.remember()?;
    for source in &learnt.sources {
        if context.printer.json {
            context.printer.json(source)?;
            continue;
        }
        let path = escape::terminal_uncut(&source.path);
        context.printer.data(&context.words.say_with(
            key::IMPORT_LINE,
            &[
                ("path", (&path).into()),
                ("unit", source.unit.into()),
                ("read", source.read.into()),
                ("kept", source.kept.into()),
                ("merged", source.merged.into()),
                ("rejected", source.rejected.into()),
                ("new", source.contacts_new.into()),
                ("changed", source.contacts_changed.into()),
                ("unchanged", source.unchanged.into()),
            ],
        ))?;
        if source.no_contacts > 0 {
            let count = [("count", source.no_contacts.into())];
            context.printer.data(&format!("  {}", context.words.say_with(key::IMPORT_OTHERS, &count)))?;
        }
    }
    if !context.printer.json {
        let own: Vec<_> = learnt.knowledge.sources.iter().flat_map(|s| s.problems.clone()).collect();
        say_problems(context, &own);
    }
    say_problems(context, &learnt.problems);
    say_problems(context, &learnt.knowledge.graph.problems);
    Ok(learnt.exit)
}
