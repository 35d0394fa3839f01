//! `transhume import`: learn what is in files, and say what became of them.

use std::path::PathBuf;

use crate::words::escape;
use crate::words::key;
use crate::workspace::lock;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::learn::{learn, say_problems};

/// Imports files.
///
/// # Errors
/// Those of [`learn`].
pub fn run(context: &Context, inputs: &[PathBuf]) -> Result<Exit, Failure> {
    context.folder.create()?;
    let lock = lock::take(&context.folder)?;
    let learnt = learn(context, "import", inputs, &lock)?;
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
    }
    if !context.printer.json {
        let own: Vec<_> = learnt.knowledge.sources.iter().flat_map(|s| s.problems.clone()).collect();
        say_problems(context, &own);
    }
    say_problems(context, &learnt.problems);
    say_problems(context, &learnt.knowledge.graph.problems);
    Ok(learnt.exit)
}
