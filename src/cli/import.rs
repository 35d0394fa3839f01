//! `transhume import`: learn what is in files, in address books on servers and
//! in Signal Desktop, and say what became of them.

use std::path::PathBuf;

use crate::words::escape;
use crate::words::key;
use crate::workspace::inputs::Item;
use crate::workspace::{Store, lock};

use super::args::{DesktopArguments, FetchArguments};
use super::context::Context;
use super::desktop::Desktop;
use super::exit::Exit;
use super::failure::Failure;
use super::fetch::Fetching;
use super::learn::{a_run, read, say_problems, take_up};

/// Imports files, Signal Desktop's database, and what is fetched.
///
/// # Errors
/// Those of [`take_up`]; what goes wrong while fetching
/// comes after what was learnt without it.
pub fn run(
    context: &Context,
    inputs: &[PathBuf],
    typed: &FetchArguments,
    desktop: &DesktopArguments,
) -> Result<Exit, Failure> {
    let fetching = Fetching::resolve(context, typed)?;
    let desktop = Desktop::resolve(desktop)?;
    let on_disk = OnDisk { inputs, desktop: desktop.as_ref() };
    if let Some(fetching) = fetching.as_ref().filter(|fetching| fetching.dry_run) {
        fetching.would_fetch(context)?;
        if on_disk.is_nothing() {
            return Ok(Exit::Done);
        }
    }
    context.folder.create()?;
    let lock = lock::take(&context.folder)?;
    // What keeps it from being written is found before anything leaves.
    let store = Store::open(&context.folder, &lock)?;
    let fetched = fetching.filter(|f| !f.dry_run).map(|f| f.fetch(context)).unwrap_or_default();
    let Some(failure) = fetched.failure else { return import(context, &on_disk, store, fetched.items) };
    let nothing = on_disk.is_nothing() && fetched.items.is_empty();
    if nothing || failure.exit == Exit::Interrupted {
        return Err(failure);
    }
    let in_part = !fetched.items.is_empty();
    let imported = import(context, &on_disk, store, fetched.items);
    failure.say(&context.printer, &context.words);
    let exit = if in_part && failure.exit == Exit::Network { Exit::Partial } else { failure.exit };
    match imported {
        Ok(imported) => Ok(imported.or(exit)),
        Err(other) if exit.or(other.exit) == other.exit => Err(other),
        Err(_) => Ok(exit),
    }
}

/// What lies on this computer.
struct OnDisk<'a> {
    inputs: &'a [PathBuf],
    desktop: Option<&'a Desktop>,
}

impl OnDisk<'_> {
    fn is_nothing(&self) -> bool {
        self.inputs.is_empty() && self.desktop.is_none()
    }
}

fn import(
    context: &Context,
    on_disk: &OnDisk<'_>,
    store: Store,
    fetched: Vec<Item>,
) -> Result<Exit, Failure> {
    let mut gathered = read(context, on_disk.inputs, true)?;
    gathered.items.extend(on_disk.desktop.map(|desktop| desktop.read(context)).transpose()?);
    gathered.items.extend(fetched);
    let learnt = take_up(context, a_run(context, "import"), store, gathered)?;
    context.remember()?;
    context.remember_signal(learnt.knowledge.graph.own_signal.as_ref())?;
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
