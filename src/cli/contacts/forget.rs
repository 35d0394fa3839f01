//! `contacts forget`: nothing is kept of somebody any more. Files that hold
//! them still bring them back, unless the user wants their marks to be kept so
//! that they can be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Serialize;

use crate::graph::Look;
use crate::graph::forget::{self, Gone, Left};
use crate::model::identity::Address;
use crate::model::{Contact, ContactId, Evidence, Foreign, Mark, Ruling};
use crate::words::{escape, key};
use crate::workspace::Store;
use crate::workspace::forget::without_quotes;
use crate::workspace::store::{KeptSource, Stored, Writing};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::inspect::shown;
use super::super::knowledge::{Knowledge, find};
use super::super::{outputs, prompt, review};
use super::decide::filled;

/// What was forgotten.
#[derive(Debug, Serialize)]
struct ForgetView {
    schema: &'static str,
    id: String,
    /// How many entries of sources are gone.
    entries: u64,
    /// The sources of which less is left, and those of which nothing is.
    changed: Vec<Foreign>,
    removed: Vec<Foreign>,
    /// The outputs that were written anew, and those that were deleted.
    rewritten: Vec<Foreign>,
    deleted: Vec<Foreign>,
    never_again: bool,
}

/// Somebody, as the graph has them, with what is to be left.
struct Farewell {
    contact: Contact,
    marks: Vec<Mark>,
    gone: Gone,
    left: Vec<Left>,
    /// The rulings that are about them, by their places.
    rulings: Vec<usize>,
}

/// Forgets a contact.
///
/// # Errors
/// An empty or locked workspace, no such contact or several, nobody who agrees.
pub fn run(context: &Context, name: &str, never_again: bool, yes: bool) -> Result<Exit, Failure> {
    let person = Knowledge::load(context)?.find(name, context)?.clone();
    let called =
        escape::terminal_or(&person.contact.name.clone().unwrap_or_default(), person.contact.id.as_str());
    agree(context, &called, never_again, yes)?;
    let lock = outputs::prepare(context)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let rulings: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    // What they said of somebody else goes with what they said; it is not theirs.
    let addresses: Vec<Address> = person.evidence.iter().filter_map(Evidence::own_address).cloned().collect();
    let id = person.contact.id.clone();
    let look = |look: &Look<'_>| farewell(look, &id, addresses, &rulings);
    let (before, farewell) = Knowledge::derive_with(context, stored.clone(), look)?;
    let mut farewell =
        farewell.ok_or_else(|| Failure::new(Exit::Usage, key::ERROR_NO_CONTACT).about(name))?;
    // What became of invitations stands under their id as well.
    let invited = |ruling: &Ruling| match ruling {
        Ruling::Invited { id: asked, .. } => *before.ledger.current(asked) == id,
        _ => false,
    };
    farewell.rulings.extend((0..rulings.len()).filter(|place| invited(&rulings[*place])));
    farewell.rulings.sort_unstable();
    farewell.rulings.dedup();
    let (changed, removed) = take_out(&writing, &stored, &farewell)?;
    for place in &farewell.rulings {
        writing.take_back(stored.rulings[*place].id)?;
    }
    let others = before.people.iter().map(|p| p.contact.id.as_str()).filter(|own| *own != id.as_str());
    writing.forget(&id, &farewell.gone, &others.collect())?;
    if never_again {
        if farewell.marks.is_empty() {
            return Err(Failure::new(Exit::Usage, key::ERROR_NO_MARKS).about(name));
        }
        writing.rule(&Ruling::Never(farewell.marks), None, context.now)?;
    }
    let open = review::after_forgetting(context, &writing)?;
    // The outputs first: whoever stops in between finds somebody still to forget.
    let (mut rewritten, deleted) = outputs::after_forgetting(context, &open.knowledge)?;
    rewritten.extend(open.rewrite(context)?);
    writing.commit()?;
    store.empty_log()?;
    let paths = |paths: &[PathBuf]| paths.iter().map(|p| Foreign::new(p.to_string_lossy())).collect();
    let view = ForgetView {
        schema: "transhume.forget/1",
        id: farewell.contact.id.as_str().to_owned(),
        entries: farewell.left.iter().map(|left| left.entries).sum(),
        changed,
        removed,
        rewritten: paths(&rewritten),
        deleted: paths(&deleted),
        never_again,
    };
    if context.printer.json {
        context.printer.json(&view)?;
    }
    let values = [
        ("name", (&called).into()),
        ("entries", view.entries.into()),
        ("files", (view.changed.len() + view.removed.len()).into()),
    ];
    context.printer.note(&context.words.say_with(key::CONTACTS_FORGOTTEN, &values));
    for (sentence, paths) in
        [(key::CONTACTS_FORGET_REWRITTEN, &rewritten), (key::CONTACTS_FORGET_DELETED, &deleted)]
    {
        if !paths.is_empty() {
            context.printer.note(&context.words.say(sentence));
            for path in paths {
                context.printer.note(&format!("  {}", shown(path)));
            }
        }
    }
    context.printer.note(&context.words.say(stays(never_again)));
    Ok(Exit::Done)
}

/// What stays when somebody is forgotten.
fn stays(never_again: bool) -> crate::words::Key {
    if never_again { key::CONTACTS_FORGET_NEVER } else { key::CONTACTS_FORGET_BACK }
}

/// Asks whether somebody is to be forgotten, which cannot be undone.
fn agree(context: &Context, called: &escape::Shown, never_again: bool, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let refused = || Failure::new(Exit::Refused, key::ERROR_FORGET);
    if !context.may_ask {
        return Err(refused());
    }
    context.printer.complain(&context.words.say(stays(never_again)));
    let question = context.words.say_with(key::CONTACTS_MAY_FORGET, &[("name", called.into())]);
    if prompt::says_yes(context, &question)? { Ok(()) } else { Err(refused()) }
}

fn farewell(
    look: &Look<'_>,
    id: &ContactId,
    addresses: Vec<Address>,
    rulings: &[Ruling],
) -> Option<Farewell> {
    let person = look.person(id)?;
    let contact = find(&look.graph.contacts, id.as_str(), None).ok()?.clone();
    let gone = Gone::of(look, &BTreeSet::from([person]), addresses.into_iter());
    let marks = look.marks(id);
    let left = forget::forget(look, &gone);
    let rulings = look.about(rulings, &gone);
    Some(Farewell { contact, marks, gone, left, rulings })
}

/// Takes somebody out of the sources that are kept. Which of these have less
/// left, and which nothing.
fn take_out(
    writing: &Writing<'_>,
    stored: &Stored,
    farewell: &Farewell,
) -> Result<(Vec<Foreign>, Vec<Foreign>), Failure> {
    let (mut changed, mut removed) = (Vec::new(), Vec::new());
    for (place, source) in stored.sources.iter().enumerate() {
        let mut kept: KeptSource = source.clone();
        kept.problems = without_quotes(&kept.problems, &farewell.gone);
        match farewell.left.iter().find(|left| left.source == place) {
            Some(Left { finding: None, .. }) => {
                writing.remove_source(&kept)?;
                removed.push(kept.source.path);
            }
            Some(Left { finding: Some(finding), entries, .. }) => {
                kept.source.finding = finding.clone();
                kept.tally.read = kept.tally.read.saturating_sub(*entries).max(kept.tally.rejected);
                writing.replace_source(&kept)?;
                changed.push(kept.source.path);
            }
            None if kept.problems != source.problems => writing.replace_source(&kept)?,
            None => {}
        }
    }
    Ok((changed, removed))
}

/// What is to be kept of sources without those whom the user never wants to be
/// brought back.
#[derive(Debug, Default)]
pub struct Without {
    /// The sources of which less is left, by their places.
    pub changed: BTreeMap<usize, KeptSource>,
    /// Those of which nothing is.
    pub empty: BTreeSet<usize>,
    /// How many entries are left out.
    pub entries: u64,
}

/// Looks through sources, what was just read among them, for those whom the user
/// never wants to be brought back.
///
/// # Errors
/// Those of [`Knowledge::derive`].
pub fn never_again(context: &Context, sources: &[KeptSource], stored: &Stored) -> Result<Without, Failure> {
    let mut without = Without::default();
    let never: Vec<Mark> = stored
        .rulings
        .iter()
        .filter_map(|kept| match &kept.ruling {
            Ruling::Never(marks) => Some(marks.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    if never.is_empty() {
        return Ok(without);
    }
    let look = |look: &Look<'_>| {
        let gone = Gone::of(look, &look.bearing_or_called(&never), std::iter::empty());
        let left = forget::forget(look, &gone);
        (gone, left)
    };
    let given = Stored { sources: sources.to_vec(), ..stored.clone() };
    let (_, (gone, left)) = Knowledge::derive_with(context, given, look)?;
    for Left { source, finding, entries } in left {
        without.entries += entries;
        let Some(finding) = finding else {
            without.empty.insert(source);
            continue;
        };
        let mut kept = sources[source].clone();
        kept.problems = without_quotes(&kept.problems, &gone);
        kept.tally.read = kept.tally.read.saturating_sub(entries).max(kept.tally.rejected);
        kept.source.finding = finding;
        without.changed.insert(source, kept);
    }
    Ok(without)
}
