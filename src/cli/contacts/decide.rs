//! `contacts merge`, `split`, `rename` and `exclude`: what the user decides by
//! hand about who is who and whom to leave alone. It is kept for everything that
//! is imported later.

use std::collections::BTreeSet;

use crate::graph::Look;
use crate::model::mark::Sign;
use crate::model::phone::RegionCode;
use crate::model::{Contact, ContactId, Email, Foreign, Mark, Phone, Ruling};
use crate::report::contact::ContactView;
use crate::words::{Key, escape, key};
use crate::workspace::store::{Decision, Stored, Writing};
use crate::workspace::{Store, lock};

use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::knowledge::{Knowledge, find};

/// What a command makes of the graph as it is: rulings to keep, and those that
/// they take the place of.
struct Plan {
    /// The contacts whom it is about, as they were.
    about: Vec<Contact>,
    keep: Vec<Ruling>,
    take_back: Vec<usize>,
    /// What to say of it.
    sentence: Key,
    /// What is no longer theirs, where the user said before that it was.
    what: Option<Foreign>,
    /// Whether they are to be left alone from now on, where that was said.
    excluded: Option<bool>,
}

/// Says that two contacts are one person.
///
/// # Errors
/// An empty or locked workspace, no such contact or several.
pub fn merge(context: &Context, name: &str, with: &str) -> Result<Exit, Failure> {
    let plan = |look: &Look<'_>, rulings: &[Ruling]| {
        let one = find(&look.graph.contacts, name, region(look, context))?;
        let other = find(&look.graph.contacts, with, region(look, context))?;
        if one.id == other.id {
            return Err(Failure::new(Exit::Usage, key::ERROR_SAME_CONTACT).about(with));
        }
        let (first, second) = (marks(look, one)?, marks(look, other)?);
        let apart = |ruling: &Ruling| matches!(ruling, Ruling::Apart { .. });
        Ok(Plan {
            about: vec![one.clone(), other.clone()],
            take_back: look.contradicted(rulings, &first, &second, apart),
            keep: vec![Ruling::Same { one: first, other: second }],
            sentence: key::CONTACTS_MERGED,
            what: None,
            excluded: None,
        })
    };
    let done = |plan: &Plan, before: &BTreeSet<ContactId>, after: &Knowledge| {
        let one = after.people.len() + 1 == before.len();
        one.then(|| plan.about.iter().map(|contact| after.ledger.current(&contact.id).clone()).collect())
    };
    carry_out(context, plan, done)
}

/// Says that something of a contact is somebody else's: an identity, or what
/// stands under a name or in a chat.
///
/// # Errors
/// An empty or locked workspace, no such contact or several, nothing that could
/// be split off.
pub fn split(context: &Context, name: &str, what: &str) -> Result<Exit, Failure> {
    let plan = |look: &Look<'_>, rulings: &[Ruling]| {
        let region = region(look, context);
        let contact = find(&look.graph.contacts, name, region)?;
        let signs = signs(contact, what, region);
        let given = look.given(&contact.id, rulings, &signs, what);
        if !given.is_empty() {
            return Ok(taken_away(contact, rulings, given, what));
        }
        let Some(halves) = look.halves(&contact.id, &signs, &Foreign::from(what)) else {
            return Err(Failure::new(Exit::Usage, key::ERROR_NOT_SPLIT).about(what));
        };
        let same = |ruling: &Ruling| matches!(ruling, Ruling::Same { .. });
        let mut take_back = look.contradicted(rulings, &halves.one, &halves.other, same);
        let mut keep = Vec::new();
        for (place, ruling) in rulings.iter().enumerate() {
            if let Some(left) = without(ruling, &halves.one).filter(|_| !take_back.contains(&place)) {
                take_back.push(place);
                keep.extend(left);
            }
        }
        keep.push(Ruling::Apart { one: halves.one, other: halves.other });
        let about = vec![contact.clone()];
        Ok(Plan { about, take_back, keep, sentence: key::CONTACTS_SPLIT, what: None, excluded: None })
    };
    let done = |plan: &Plan, before: &BTreeSet<ContactId>, after: &Knowledge| {
        if let Some(what) = &plan.what {
            let id = after.ledger.current(&plan.about[0].id).clone();
            let region = after.graph.regions.home().or(context.region);
            // Another entry of theirs may hold it as well.
            let holds =
                |contact: &Contact| contact.id == id && !signs(contact, what.raw(), region).is_empty();
            return (!after.people.iter().any(|person| holds(&person.contact))).then(|| vec![id]);
        }
        let own = after.people.iter().map(|person| &person.contact.id);
        let halves: Vec<ContactId> =
            own.filter(|id| !before.contains(id) || **id == plan.about[0].id).cloned().collect();
        (halves.len() > 1).then_some(halves)
    };
    carry_out(context, plan, done)
}

/// Gives a contact the name to show; or takes it away again.
///
/// # Errors
/// An empty or locked workspace, no such contact or several, a name of which
/// nothing would be seen.
pub fn rename(context: &Context, name: &str, to: Option<&str>) -> Result<Exit, Failure> {
    if to.is_some_and(|to| escape::is_blank(&Foreign::from(to))) {
        return Err(Failure::new(Exit::Usage, key::ERROR_BLANK_NAME));
    }
    let plan = |look: &Look<'_>, rulings: &[Ruling]| {
        let contact = find(&look.graph.contacts, name, region(look, context))?;
        let who = marks(look, contact)?;
        let named = |ruling: &Ruling| matches!(ruling, Ruling::Named { .. });
        Ok(Plan {
            about: vec![contact.clone()],
            take_back: look.contradicted(rulings, &who, &[], named),
            keep: to.map(|to| Ruling::Named { who, name: Foreign::from(to) }).into_iter().collect(),
            sentence: key::CONTACTS_RENAMED,
            what: None,
            excluded: None,
        })
    };
    carry_out(context, plan, |plan, _, _| Some(vec![plan.about[0].id.clone()]))
}

/// Never looks up and never invites a contact again, or takes that back.
///
/// # Errors
/// An empty or locked workspace, no such contact or several.
pub fn exclude(context: &Context, name: &str, undo: bool) -> Result<Exit, Failure> {
    let plan = |look: &Look<'_>, rulings: &[Ruling]| {
        let contact = find(&look.graph.contacts, name, region(look, context))?;
        let (take_back, others) = excluding(look, rulings, &contact.id);
        // An id alone may be somebody else's share of them after a later import.
        let own = Some(look.marks(&contact.id)).filter(|marks| !undo && !marks.is_empty());
        Ok(Plan {
            about: vec![contact.clone()],
            keep: others.into_iter().chain(own).map(Ruling::Excluded).collect(),
            take_back,
            sentence: if undo { key::CONTACTS_INCLUDED } else { key::CONTACTS_EXCLUDED },
            what: None,
            excluded: Some(!undo),
        })
    };
    carry_out(context, plan, |plan, _, after| Some(vec![after.ledger.current(&plan.about[0].id).clone()]))
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

/// Takes away what the user said was a contact's: an account is not theirs then,
/// and which number it is that could not be placed is open again.
fn taken_away(contact: &Contact, rulings: &[Ruling], given: Vec<usize>, what: &str) -> Plan {
    let not_theirs = |place: &usize| match &rulings[*place] {
        Ruling::Account { who, address, .. } => {
            Some(Ruling::Account { who: who.clone(), address: address.clone(), theirs: false })
        }
        _ => None,
    };
    Plan {
        about: vec![contact.clone()],
        keep: given.iter().filter_map(not_theirs).collect(),
        take_back: given,
        sentence: key::CONTACTS_TAKEN_AWAY,
        what: Some(Foreign::from(what)),
        excluded: None,
    }
}

/// What is left of a ruling that two are one, where it names them by what is
/// somebody else's now, if it does.
fn without(ruling: &Ruling, gone: &[Mark]) -> Option<Vec<Ruling>> {
    let Ruling::Same { one, other } = ruling else { return None };
    let stays =
        |mark: &&Mark| !gone.iter().any(|gone| gone.sign.is_identity() && gone.sign.key() == mark.sign.key());
    let left = |marks: &[Mark]| marks.iter().filter(stays).cloned().collect::<Vec<Mark>>();
    let (first, second) = (left(one), left(other));
    let changed = first.len() < one.len() || second.len() < other.len();
    let whole = !first.is_empty() && !second.is_empty();
    changed.then(|| whole.then_some(Ruling::Same { one: first, other: second }).into_iter().collect())
}

/// Where numbers without a country code belong.
fn region(look: &Look<'_>, context: &Context) -> Option<RegionCode> {
    look.graph.regions.home().or(context.region)
}

/// By what a contact is known again.
fn marks(look: &Look<'_>, contact: &Contact) -> Result<Vec<Mark>, Failure> {
    let marks = look.marks(&contact.id);
    match marks.is_empty() {
        true => Err(Failure::new(Exit::Usage, key::ERROR_NO_MARKS).about(called(contact))),
        false => Ok(marks),
    }
}

/// Those of a contact's identities that are written like that.
fn signs(contact: &Contact, what: &str, region: Option<RegionCode>) -> Vec<Sign> {
    let phone = Phone::parse(what, region).ok();
    let email = Email::parse(what);
    let phones = contact.phones.iter().filter(|own| phone.as_ref().is_some_and(|p| p.same() == own.same()));
    let emails = contact.emails.iter().filter(|own| Some(*own) == email.as_ref());
    let accounts = contact.addresses.iter().filter(|own| own.as_str().eq_ignore_ascii_case(what));
    let lids = contact.lids.iter().filter(|own| own.as_str() == what);
    let signs = phones.cloned().map(Sign::Phone).chain(emails.cloned().map(Sign::Email));
    signs.chain(accounts.cloned().map(Sign::Account)).chain(lids.cloned().map(Sign::Lid)).collect()
}

/// What to call somebody in a message.
fn called(contact: &Contact) -> String {
    contact.name.as_ref().map_or(contact.id.as_str(), |name| name.raw()).to_owned()
}

/// Plans, keeps what was planned if it does what it should, and says so. `done`
/// is told the plan, who there was before and what there is now, and gives the
/// contacts who came of it.
fn carry_out(
    context: &Context,
    plan: impl FnOnce(&Look<'_>, &[Ruling]) -> Result<Plan, Failure>,
    done: impl FnOnce(&Plan, &BTreeSet<ContactId>, &Knowledge) -> Option<Vec<ContactId>>,
) -> Result<Exit, Failure> {
    is_there(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let rulings: Vec<Ruling> = stored.rulings.iter().map(|kept| kept.ruling.clone()).collect();
    let (before, plan) = Knowledge::derive_with(context, stored.clone(), |look| plan(look, &rulings))?;
    let plan = plan?;
    for place in &plan.take_back {
        writing.take_back(stored.rulings[*place].id)?;
    }
    for ruling in &plan.keep {
        writing.rule(ruling, None, context.now)?;
    }
    let after = Knowledge::derive(context, writing.load()?)?;
    let before = before.people.into_iter().map(|person| person.contact.id).collect();
    let Some(ids) = done(&plan, &before, &after) else {
        return Err(Failure::new(Exit::Usage, key::ERROR_NOT_DECIDED).about(called(&plan.about[0])));
    };
    // Which ids went into theirs has to be known first.
    writing.keep_ledger(&after.ledger)?;
    for id in &ids {
        if let Some(excluded) = plan.excluded {
            // Whoever is blocked on Signal is excluded until the user says otherwise.
            writing.decide(id, Decision::Exclude, excluded, context.now)?;
            writing.decide(id, Decision::Include, !excluded, context.now)?;
        } else if plan.about.iter().any(|contact| contact.excluded) {
            // Whom the user never wants to be looked up is not, whatever becomes of them.
            writing.decide(id, Decision::Exclude, true, context.now)?;
        }
    }
    let after = Knowledge::derive(context, writing.load()?)?;
    writing.commit()?;
    say(context, &plan, &after, &ids)
}

/// Whether there is a workspace at all: where there is none, none is made.
///
/// # Errors
/// Nothing was imported yet, or the database cannot be read.
pub fn is_there(context: &Context) -> Result<(), Failure> {
    let empty = || Failure::new(Exit::NoInput, key::ERROR_EMPTY_WORKSPACE);
    Store::open_to_read(&context.folder)?.map(drop).ok_or_else(empty)
}

/// Everything that is kept, if it is something.
///
/// # Errors
/// Nothing was imported yet, or the database is damaged.
pub fn filled(writing: &Writing<'_>) -> Result<Stored, Failure> {
    let stored = writing.load()?;
    match stored.sources.is_empty() {
        true => Err(Failure::new(Exit::NoInput, key::ERROR_EMPTY_WORKSPACE)),
        false => Ok(stored),
    }
}

/// Says what was decided, and shows who came of it.
fn say(context: &Context, plan: &Plan, after: &Knowledge, ids: &[ContactId]) -> Result<Exit, Failure> {
    let people: Vec<_> = after.people.iter().filter(|p| ids.contains(&p.contact.id)).collect();
    let shown = |contact: &Contact| {
        escape::terminal_or(&contact.name.clone().unwrap_or_default(), contact.id.as_str())
    };
    let one = shown(&plan.about[0]);
    let what = plan.what.as_ref().map(escape::terminal);
    let other = what.or_else(|| plan.about.get(1).or(people.first().map(|p| &p.contact)).map(shown));
    let values = [("name", (&one).into()), ("other", other.as_ref().unwrap_or(&one).into())];
    context.printer.note(&context.words.say_with(plan.sentence, &values));
    if context.printer.json {
        for person in &people {
            context.printer.json(&ContactView::new(person, &after.graph.groups))?;
        }
    } else if people.len() > 1 {
        let style = context.printer.style();
        context.printer.data(&crate::report::terminal::contact_table(&people, &context.words, style))?;
    }
    Ok(Exit::Done)
}
