//! What a person is to be asked about who is who, with both sides of each
//! question.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::contact::Why;
use crate::model::mark::Sign;
use crate::model::{Contact, ContactId, Foreign};

use super::super::question::{Question, Side};
use super::super::review::{Open, Review};
use super::super::rules::Bearers;
use super::super::trace::{MOST_PLACES, Trace};
use super::Look;

impl Look<'_> {
    /// What a person is to be asked about who is who, in the order of the graph's
    /// own list.
    pub fn questions(&self) -> Vec<Question> {
        let wanted: BTreeSet<usize> = self.joined.review.values().flatten().copied().collect();
        let own = self.traces_of_all(&wanted);
        let sides = self.sides(&own);
        let none = Vec::new();
        let ask = |review: &Review| {
            let people = self.joined.review.get(review).unwrap_or(&none);
            let number = matches!(review.open, Open::NeedsRegion | Open::Damaged | Open::Unclear);
            let traces = || people.iter().filter_map(|p| own.get(p)).flatten().map(|i| &self.traces.all[*i]);
            let holds = |trace: &&Trace<'_>| {
                let here = review.places.contains(&trace.locator);
                here && trace.unplaced.iter().any(|(text, _)| *text == review.on)
            };
            let under = traces().find(holds).filter(|_| number).and_then(Trace::mark_name);
            let numbers = if number { self.graph.regions.candidates(review.on.raw()) } else { Vec::new() };
            let mut asked: Vec<Side> =
                people.iter().filter_map(|person| sides.get(person).cloned()).collect();
            match review.open {
                Open::AssumedRegion => {
                    asked = vec![self.placed(review)];
                }
                // Where that number stands, of all places where they do.
                _ if number => asked.iter_mut().for_each(|side| side.places.clone_from(&review.places)),
                // The one who is to be placed stands first, the others by name.
                _ => asked[usize::from(is_placed(review))..].sort_by(|a, b| {
                    (&a.name, &a.identities, &a.places).cmp(&(&b.name, &b.identities, &b.places))
                }),
            }
            let written = review.on.raw().split(" = ").next().unwrap_or_default();
            let mut identities = traces().flat_map(Trace::identities);
            let shared = identities.find(|sign| text(sign).is_some_and(|text| text.raw() == written));
            Question {
                open: review.open,
                why: Some(review.why),
                on: review.on.clone(),
                sides: asked,
                // Whoever gave a number up shares it with nobody.
                shared: shared
                    .filter(|_| review.open == Open::SharedIdentity && review.why != Why::SeveralAccounts),
                under,
                numbers,
                accounts: Vec::new(),
            }
        };
        self.graph.review.iter().map(ask).collect()
    }

    /// Contacts, as questions show them.
    pub fn sides_of(&self, contacts: &BTreeSet<&ContactId>) -> BTreeMap<ContactId, Side> {
        let people = self.graph.contacts.iter().zip(self.persons).filter(|(c, _)| contacts.contains(&c.id));
        let wanted = people.map(|(_, person)| *person).collect();
        let sides = self.sides(&self.traces_of_all(&wanted));
        sides.into_values().filter_map(|side| Some((side.contact.clone()?, side))).collect()
    }

    /// The traces of each of these people.
    fn traces_of_all(&self, people: &BTreeSet<usize>) -> BTreeMap<usize, HashSet<usize>> {
        let mut own: BTreeMap<usize, HashSet<usize>> = people.iter().map(|p| (*p, HashSet::new())).collect();
        for (index, person) in self.joined.person.iter().enumerate() {
            if let Some(own) = own.get_mut(person) {
                own.insert(index);
            }
        }
        own
    }

    fn sides(&self, own: &BTreeMap<usize, HashSet<usize>>) -> BTreeMap<usize, Side> {
        let all: HashSet<usize> = own.values().flatten().copied().collect();
        let bearers = self.bearers(&all);
        let contacts: HashMap<usize, usize> =
            self.persons.iter().enumerate().map(|(at, p)| (*p, at)).collect();
        let side = |(person, traces): (&usize, &HashSet<usize>)| {
            (*person, self.side(&bearers, traces, contacts.get(person).copied()))
        };
        own.iter().map(side).collect()
    }

    /// The titles of a contact's groups.
    fn titles(&self, contact: &Contact) -> Vec<Foreign> {
        contact.groups.iter().map(|group| self.graph.groups[*group].title.clone()).collect()
    }

    /// The first of the numbers that were read as those of a region.
    fn placed(&self, review: &Review) -> Side {
        let numbers: BTreeSet<&Foreign> = self.traces.placed_as.iter().map(|(_, number)| number).collect();
        Side {
            identities: numbers.into_iter().take(MOST_PLACES).cloned().collect(),
            places: review.places.clone(),
            ..Side::default()
        }
    }

    /// One of those whom a question is about.
    fn side(&self, bearers: &Bearers, group: &HashSet<usize>, place: Option<usize>) -> Side {
        let contact = place.map(|place| &self.graph.contacts[place]);
        let traces = || group.iter().map(|index| &self.traces.all[*index]);
        let identities: BTreeSet<Sign> = traces().flat_map(Trace::identities).collect();
        let written = traces().flat_map(|t| t.unplaced.iter().map(|(text, _)| text.clone()));
        let mut identities: Vec<Foreign> = identities.iter().filter_map(text).collect();
        identities.extend(written);
        let places: BTreeSet<_> = traces().map(|trace| &trace.locator).collect();
        let mut names: Vec<&Foreign> = traces().filter_map(Trace::written_name).collect();
        names.sort_unstable();
        Side {
            contact: contact.map(|contact| contact.id.clone()),
            name: contact.and_then(|c| c.name.clone()).or_else(|| names.first().copied().cloned()),
            identities,
            places: places.into_iter().take(MOST_PLACES).cloned().collect(),
            groups: contact.map(|c| self.titles(c)).unwrap_or_default(),
            marks: bearers.marks(self.traces, self.chats, group),
        }
    }
}

/// Whether a question is who of the others the first of them is.
fn is_placed(review: &Review) -> bool {
    review.open == Open::AmbiguousName || review.why == Why::DecidedApart
}

/// An identity as people write it.
fn text(sign: &Sign) -> Option<Foreign> {
    Some(Foreign::from(match sign {
        Sign::Account(address) => address.as_str(),
        Sign::Lid(lid) => lid.as_str(),
        Sign::Phone(phone) => phone.as_str(),
        Sign::Email(email) => email.as_str(),
        Sign::Chat(_) | Sign::ChatSince(..) | Sign::Bare => return None,
    }))
}
