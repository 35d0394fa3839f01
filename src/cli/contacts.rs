//! `transhume contacts`: who is who, and whom to leave alone.

pub mod decide;
pub mod forget;

use crate::check::Checked;
use crate::graph::Look;
use crate::model::{Foreign, Ruling};
use crate::report::contact::ContactView;
use crate::report::terminal;
use crate::words::escape;
use crate::words::key;
use crate::workspace::store::Decision;
use crate::workspace::{Store, lock};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::{Knowledge, find};
use decide::{filled, is_there};

/// Lists all contacts by name, those without one last.
///
/// # Errors
/// An empty workspace.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let mut people: Vec<&Checked> = knowledge.people.iter().collect();
    let sort = |p: &&Checked| {
        (
            p.contact.name.is_none(),
            p.contact.name.as_ref().map(|n| n.key().to_lowercase()),
            p.contact.id.clone(),
        )
    };
    people.sort_by_key(sort);
    if context.printer.json {
        for person in people {
            context.printer.json(&ContactView::new(person, &knowledge.graph.groups))?;
        }
    } else {
        let style = context.printer.style();
        context.printer.data(&terminal::contact_table(&people, &context.words, style))?;
    }
    Ok(Exit::Done)
}

/// Shows one contact.
///
/// # Errors
/// An empty workspace, no such contact or several.
pub fn show(context: &Context, name: &str) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let person = knowledge.find(name, context)?;
    if context.printer.json {
        context.printer.json(&ContactView::new(person, &knowledge.graph.groups))?;
    } else {
        let titles: Vec<&Foreign> =
            person.contact.groups.iter().map(|index| &knowledge.graph.groups[*index].title).collect();
        let style = context.printer.style();
        context.printer.data(&terminal::contact_card(person, &titles, &context.words, style))?;
    }
    Ok(Exit::Done)
}

/// Never looks up and never invites a contact again, or takes that back.
///
/// # Errors
/// An empty or locked workspace, no such contact or several.
pub fn exclude(context: &Context, name: &str, undo: bool) -> Result<Exit, Failure> {
    is_there(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let rulings: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    let look = |look: &Look<'_>| {
        let contact = find(&look.graph.contacts, name, look.graph.regions.home().or(context.region))?;
        let marks = look.marks(&contact.id);
        let excluded = |ruling: &Ruling| matches!(ruling, Ruling::Excluded(_));
        let before = look.contradicted(&rulings, &marks, &[], excluded);
        Ok::<_, Failure>((contact.clone(), marks, before))
    };
    let (knowledge, found) = Knowledge::derive_with(context, stored.clone(), look)?;
    let (contact, marks, before) = found?;
    for place in before {
        writing.take_back(stored.rulings[place].id)?;
    }
    // An id alone may be somebody else's share of them after a later import.
    if !undo && !marks.is_empty() {
        writing.rule(&Ruling::Excluded(marks), None, context.now)?;
    }
    // Whoever is blocked on Signal is excluded until the user says otherwise.
    writing.decide(&contact.id, Decision::Exclude, !undo, context.now)?;
    writing.decide(&contact.id, Decision::Include, undo, context.now)?;
    writing.keep_ledger(&knowledge.ledger)?;
    writing.commit()?;
    let shown = escape::terminal_or(contact.name.as_ref().unwrap_or(&Foreign::new("")), contact.id.as_str());
    let sentence = if undo { key::CONTACTS_INCLUDED } else { key::CONTACTS_EXCLUDED };
    context.printer.note(&context.words.say_with(sentence, &[("name", (&shown).into())]));
    Ok(Exit::Done)
}
