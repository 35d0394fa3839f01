//! `transhume purge`: every file that transhume wrote is listed and, once a person
//! agrees, deleted.

use std::path::Path;

use serde::Serialize;

use crate::model::Foreign;
use crate::words::key;
use crate::workspace::purge::{self, Found};
use crate::workspace::{WorkspaceError, lock, session};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::{outputs, prompt};

/// What was deleted (`transhume.purge/1`).
#[derive(Debug, Serialize)]
struct PurgeView {
    schema: &'static str,
    /// Whether nothing was deleted, since it was only to be told.
    dry_run: bool,
    /// The files that are gone, or would be.
    deleted: Vec<Foreign>,
    /// Files that are none of transhume's.
    kept: Vec<Foreign>,
    /// Files of transhume's that could not be deleted.
    failed: Vec<Foreign>,
}

/// Deletes everything.
///
/// # Errors
/// Nothing is there; another process has the workspace; nobody agrees.
pub fn run(context: &Context, yes: bool, dry_run: bool) -> Result<Exit, Failure> {
    let there = context.folder.path().is_dir();
    let lock = if there && !dry_run { Some(lock::take(&context.folder)?) } else { None };
    let found = purge::find(&context.folder, &outputs::places(context))?;
    if found.is_nothing() {
        // The lock itself was taken for this.
        purge::delete(&found, &context.folder, lock);
        return Err(Failure::new(Exit::NoInput, key::ERROR_NOTHING_TO_PURGE));
    }
    list(context, &found)?;
    let mut failed = Vec::new();
    if !dry_run {
        agree(context, yes)?;
        failed = purge::delete(&found, &context.folder, lock);
    }
    let gone = found.ours.len() - failed.len();
    let mut left = Vec::new();
    for (path, error) in failed {
        left.push(path.clone());
        let failure = Failure::from(WorkspaceError::Io { path, error });
        context.printer.complain(&failure.text(&context.words).0);
    }
    let told = if dry_run { key::PURGE_WOULD } else { key::PURGE_DONE };
    context.printer.note(&context.words.say_with(told, &[("count", gone.into())]));
    context.printer.note(&context.words.say(key::PURGE_BEYOND));
    if context.printer.json {
        let deleted =
            found.ours.iter().filter(|path| !left.contains(path)).map(|path| foreign(path)).collect();
        let (kept, failed) = (
            found.others.iter().map(|path| foreign(path)).collect(),
            left.iter().map(|path| foreign(path)).collect(),
        );
        context.printer.json(&PurgeView { schema: "transhume.purge/1", dry_run, deleted, kept, failed })?;
    }
    Ok(if left.is_empty() { Exit::Done } else { Exit::Partial })
}

/// Lists what is ours and what is not, and who is still signed in.
fn list(context: &Context, found: &Found) -> Result<(), Failure> {
    for (sentence, paths) in [(key::PURGE_OURS, &found.ours), (key::PURGE_OTHERS, &found.others)] {
        if paths.is_empty() || context.printer.json {
            continue;
        }
        context.printer.data(&context.words.say(sentence))?;
        for path in paths {
            context.printer.data(&format!("  {}", shown(path)))?;
        }
    }
    if session::path(&context.folder).is_file() {
        context.printer.complain(&context.words.say(key::PURGE_SIGNED_IN));
    }
    Ok(())
}

fn agree(context: &Context, yes: bool) -> Result<(), Failure> {
    let refused = || Failure::new(Exit::Refused, key::ERROR_PURGE);
    let agreed = yes || context.may_ask && prompt::says_yes(context, &context.words.say(key::PURGE_MAY))?;
    if agreed { Ok(()) } else { Err(refused()) }
}

fn foreign(path: &Path) -> Foreign {
    Foreign::new(path.to_string_lossy())
}
