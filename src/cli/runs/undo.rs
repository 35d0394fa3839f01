//! `runs undo`: what a run brought is taken back, whichever run it is: what others
//! brought stays, and people and groups are worked out anew from that.

use std::collections::BTreeSet;

use crate::graph::Ledger;
use crate::model::run::Run;
use crate::report::changes::RunsDiff;
use crate::report::history::snapshot;
use crate::report::terminal;
use crate::report::undo::{Source, UndoView};
use crate::words::key;
use crate::workspace::store::{KeptSource, Stored};
use crate::workspace::{Store, lock};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::knowledge::Knowledge;
use super::super::prompt;
use super::run_of;

/// Takes a run back, the last one where none is named, after telling what that
/// removes.
///
/// # Errors
/// An empty or locked workspace, no such run, nobody who agrees.
pub fn run(context: &Context, id: Option<i64>, yes: bool, dry_run: bool) -> Result<Exit, Failure> {
    let empty = || Failure::new(Exit::NoInput, key::ERROR_EMPTY_WORKSPACE);
    // Without one there is nothing to be locked, nor to be made.
    Store::open_to_read(&context.folder)?.ok_or_else(empty)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = writing.load()?;
    let last = stored.runs.last().ok_or_else(empty)?;
    let undone = match id {
        Some(id) => run_of(&stored.runs, id)?.clone(),
        None => last.clone(),
    };
    let answers = writing.undo_run(undone.id.unwrap_or_default())?;
    let left = writing.load()?;
    let (sources, replaced) = removed(&stored, &left);
    // By what only this run knew somebody: names, numbers and addresses among it.
    let stays = anchors(context, left)?;
    let gone = anchors(context, stored.clone())?;
    writing.drop_anchors(gone.difference(&stays).map(String::as_str))?;
    let left = writing.load()?;
    let (before, after) = (Knowledge::derive(context, stored)?, Knowledge::derive(context, left)?);
    writing.keep_ledger(&after.ledger)?;
    let now = |known: &Knowledge| Run { snapshot: snapshot(&known.people, context.count), ..undone.clone() };
    // People are named as they were before: some have no name after.
    let diff = RunsDiff::new(&now(&before), &now(&after), &before.people, &after.ledger);
    let view = UndoView::new(&undone, sources, replaced, answers, diff, dry_run);
    let told = terminal::undo(&view, &before.people, &context.words, context.printer.style());
    match context.printer.json {
        // Whoever is asked is told before, and not in JSON.
        true if !dry_run && !yes => context.printer.complain(told.trim_end()),
        true => {}
        false => context.printer.data(&told)?,
    }
    if !dry_run {
        agree(context, yes)?;
        writing.commit()?;
        store.empty_log()?;
    }
    if context.printer.json {
        context.printer.json(&view)?;
    }
    if dry_run {
        return Ok(Exit::Done);
    }
    let told = undone.id.unwrap_or_default().to_string();
    context.printer.note(&context.words.say_with(key::RUNS_UNDONE, &[("id", told.as_str().into())]));
    Ok(Exit::Done)
}

/// By what people are known in what is kept, whatever they were known by before.
fn anchors(context: &Context, kept: Stored) -> Result<BTreeSet<String>, Failure> {
    let known = Knowledge::derive(context, Stored { ledger: Ledger::default(), ..kept })?;
    Ok(known.ledger.changed().map(|(anchor, ..)| anchor.to_owned()).collect())
}

/// The sources that are there no more, and whether one of them may have taken the
/// place of an earlier state of itself: that is kept nowhere.
fn removed(stored: &Stored, left: &Stored) -> (Vec<Source>, bool) {
    let stays = |source: &&KeptSource| left.sources.iter().any(|other| other.hash == source.hash);
    let gone: Vec<&KeptSource> = stored.sources.iter().filter(|source| !stays(source)).collect();
    let state = |kept: &&KeptSource| kept.source.finding.is_state();
    let replaced = gone.iter().any(state) && !left.runs.is_empty();
    let source = |kept: &KeptSource| Source {
        path: kept.source.path.clone(),
        kind: kept.source.finding.kind(),
        read: kept.tally.read,
    };
    (gone.into_iter().map(source).collect(), replaced)
}

/// Asks whether it is to be taken back.
fn agree(context: &Context, yes: bool) -> Result<(), Failure> {
    let refused = || Failure::new(Exit::Refused, key::ERROR_UNDO);
    let agreed = yes || context.may_ask && prompt::says_yes(context, &context.words.say(key::RUNS_MAY_UNDO))?;
    if agreed { Ok(()) } else { Err(refused()) }
}
