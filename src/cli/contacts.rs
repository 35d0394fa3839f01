//! `transhume contacts`: who is who, and whom to leave alone.

pub mod decide;
pub mod forget;

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::graph::Look;
use crate::model::{ContactId, Foreign, Mark, Ruling};
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
        let (before, others) = excluding(look, &rulings, &contact.id);
        Ok::<_, Failure>((contact.clone(), look.marks(&contact.id), before, others))
    };
    let (knowledge, found) = Knowledge::derive_with(context, stored.clone(), look)?;
    let (contact, marks, before, others) = found?;
    for place in before {
        writing.take_back(stored.rulings[place].id)?;
    }
    for marks in others {
        writing.rule(&Ruling::Excluded(marks), None, context.now)?;
    }
    // Which ids went into this one has to be known first.
    writing.keep_ledger(&knowledge.ledger)?;
    // An id alone may be somebody else's share of them after a later import.
    if !undo && !marks.is_empty() {
        writing.rule(&Ruling::Excluded(marks), None, context.now)?;
    }
    // Whoever is blocked on Signal is excluded until the user says otherwise.
    writing.decide(&contact.id, Decision::Exclude, !undo, context.now)?;
    writing.decide(&contact.id, Decision::Include, undo, context.now)?;
    let after = Knowledge::derive(context, writing.load()?)?;
    writing.commit()?;
    if context.printer.json {
        let person = after.people.iter().find(|person| person.contact.id == contact.id);
        if let Some(person) = person {
            context.printer.json(&ContactView::new(person, &after.graph.groups))?;
        }
    }
    let shown = escape::terminal_or(contact.name.as_ref().unwrap_or(&Foreign::new("")), contact.id.as_str());
    let sentence = if undo { key::CONTACTS_INCLUDED } else { key::CONTACTS_EXCLUDED };
    context.printer.note(&context.words.say_with(sentence, &[("name", (&shown).into())]));
    Ok(Exit::Done)
}

/// The rulings that exclude a contact, by their places, and by what the others
/// are known whom they exclude as well: what is said of one says nothing of them.
fn excluding(look: &Look<'_>, rulings: &[Ruling], id: &ContactId) -> (Vec<usize>, Vec<Vec<Mark>>) {
    let Some(person) = look.person(id) else { return (Vec::new(), Vec::new()) };
    let (mut places, mut others) = (Vec::new(), BTreeSet::new());
    for (place, ruling) in rulings.iter().enumerate() {
        let Ruling::Excluded(who) = ruling else { continue };
        let people = look.bearing(who);
        if people.contains(&person) {
            places.push(place);
            others.extend(people.into_iter().filter(|other| *other != person));
        }
    }
    let marks = |other: usize| {
        let at = look.persons.iter().position(|own| *own == other)?;
        Some(look.marks(&look.graph.contacts.get(at)?.id)).filter(|marks| !marks.is_empty())
    };
    (places, others.into_iter().filter_map(marks).collect())
}
