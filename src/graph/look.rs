//! A closer look at a graph: by what each contact is known again, how one can
//! be divided, and what a person is to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::mark::{Mark, Sign};
use crate::model::{Contact, ContactId, Foreign, Ruling};

use super::chats::Kept;
use super::forget::Gone;
use super::join::Joined;
use super::question::{Question, Side};
use super::review::{Open, Review};
use super::rules::Bearers;
use super::trace::{MOST_PLACES, Trace, TraceKind, Traces};
use super::{Graph, Source};

/// What a graph was made of.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The sources.
    pub sources: &'a [Source],
    /// The texts of chats that count among texts.
    pub chats: &'a [Kept<'a>],
    /// Every appearance of somebody.
    pub traces: &'a Traces<'a>,
    /// Which of them are one person.
    pub joined: &'a Joined,
    /// What came of it.
    pub graph: &'a Graph,
    /// Which person each contact is.
    pub persons: &'a [usize],
}

/// The two halves of a contact, each by what it is known again.
#[derive(Debug, PartialEq, Eq)]
pub struct Halves {
    /// What was named.
    pub one: Vec<Mark>,
    /// The rest.
    pub other: Vec<Mark>,
}

impl Look<'_> {
    /// The traces of a person.
    pub fn traces_of(&self, person: usize) -> HashSet<usize> {
        let own = self.joined.person.iter().enumerate().filter(|(_, p)| **p == person);
        own.map(|(index, _)| index).collect()
    }

    /// Which person a contact is.
    pub fn person(&self, contact: &ContactId) -> Option<usize> {
        let place = self.graph.contacts.iter().position(|c| c.id == *contact)?;
        self.persons.get(place).copied()
    }

    /// By what a contact is known again, the surest first.
    pub fn marks(&self, contact: &ContactId) -> Vec<Mark> {
        let Some(person) = self.person(contact) else { return Vec::new() };
        let group = self.traces_of(person);
        self.bearers(&group).marks(self.traces, self.chats, &group)
    }

    /// Who bears what some traces bear.
    fn bearers(&self, group: &HashSet<usize>) -> Bearers {
        let signs = group.iter().flat_map(|index| self.traces.all[*index].signs(self.chats));
        let wanted = signs.map(|sign| sign.key()).collect();
        Bearers::of(self.traces, self.chats, Some(&wanted))
    }

    /// Divides a contact: off goes an identity, or all that stands under a name
    /// or in a chat of that title. None if nothing of theirs is called so, or
    /// nothing would be left.
    pub fn halves(&self, contact: &ContactId, signs: &[Sign], name: &Foreign) -> Option<Halves> {
        let group = self.traces_of(self.person(contact)?);
        let bearers = self.bearers(&group);
        let keys: HashSet<_> = signs.iter().map(Sign::key).collect();
        let bears = |sign: &Sign| keys.contains(&sign.key());
        if group.iter().any(|index| self.traces.all[*index].identities().any(|sign| bears(&sign))) {
            let one: Vec<Mark> = signs
                .iter()
                .filter(|s| s.is_identity())
                .map(|s| Mark { sign: s.clone(), name: None })
                .collect();
            let rest = group.iter().filter(|index| {
                let mut identities = self.traces.all[**index].identities().peekable();
                identities.peek().is_none() || identities.any(|sign| !bears(&sign))
            });
            let rest: HashSet<usize> = rest.copied().collect();
            let mut other = bearers.marks(self.traces, self.chats, &rest);
            // What an entry holds beside it is of the rest, whoever else holds that.
            for index in &rest {
                let trace = &self.traces.all[*index];
                let own = trace.identities().filter(|sign| !bears(sign));
                other.extend(own.map(|sign| Mark { sign, name: trace.mark_name() }));
            }
            other.retain(|mark| !bears(&mark.sign));
            other.sort_unstable();
            other.dedup();
            return (!other.is_empty()).then_some(Halves { one, other });
        }
        let key = name.key();
        let called = |index: &usize| {
            let trace = &self.traces.all[*index];
            let title = match trace.kind {
                TraceKind::Chat { chat } => self.chats[chat].chat.title.as_ref().map(Foreign::key),
                _ => None,
            };
            let named = trace.written_name().is_some_and(|own| own.key() == key);
            named || title.as_ref() == Some(&key) || trace.mark_name().is_some_and(|own| own.raw() == key)
        };
        let (one, other): (HashSet<usize>, HashSet<usize>) = group.iter().copied().partition(|i| called(i));
        if one.is_empty() || other.is_empty() {
            return None;
        }
        let one = bearers.marks(self.traces, self.chats, &one);
        let other = bearers.marks(self.traces, self.chats, &other);
        (!one.is_empty() && !other.is_empty()).then_some(Halves { one, other })
    }

    /// The rulings of a kind that bind somebody of one side to somebody of the
    /// other, by their places.
    pub fn contradicted(
        &self,
        rulings: &[Ruling],
        one: &[Mark],
        other: &[Mark],
        kind: impl Fn(&Ruling) -> bool,
    ) -> Vec<usize> {
        let marks = rulings.iter().filter(|r| kind(r)).flat_map(Ruling::marks).chain(one).chain(other);
        let wanted = marks.map(|mark| mark.sign.key()).collect();
        let bearers = Bearers::of(self.traces, self.chats, Some(&wanted));
        let (mut one, other) = (bearers.of_any(one), bearers.of_any(other));
        // What is going to be divided stands on neither side as a whole.
        one.retain(|index| other.binary_search(index).is_err());
        let meet = |marks: &[Mark], side: &[usize]| {
            bearers.of_any(marks).iter().any(|index| side.binary_search(index).is_ok())
        };
        let binds = |ruling: &Ruling| match ruling {
            Ruling::Same { one: a, other: b } | Ruling::Apart { one: a, other: b } => {
                meet(a, &one) && meet(b, &other) || meet(a, &other) && meet(b, &one)
            }
            Ruling::Named { who, .. } | Ruling::Excluded(who) => meet(who, &one),
            _ => false,
        };
        let places = rulings.iter().enumerate().filter(|(_, ruling)| kind(ruling) && binds(ruling));
        places.map(|(place, _)| place).collect()
    }

    /// The people who bear any of these marks.
    pub fn bearing(&self, marks: &[Mark]) -> BTreeSet<usize> {
        let wanted = marks.iter().map(|mark| mark.sign.key()).collect();
        let bearers = Bearers::of(self.traces, self.chats, Some(&wanted));
        bearers.of_any(marks).into_iter().map(|index| self.joined.person[index]).collect()
    }

    /// The rulings that are about people who are forgotten, by their places.
    pub fn about(&self, rulings: &[Ruling], gone: &Gone) -> Vec<usize> {
        let shared = |ruling: &Ruling| match ruling {
            Ruling::Shared(sign) => Some(Mark { sign: sign.clone(), name: None }),
            _ => None,
        };
        let others: Vec<Mark> = rulings.iter().filter_map(shared).collect();
        let wanted =
            rulings.iter().flat_map(Ruling::marks).chain(&others).map(|mark| mark.sign.key()).collect();
        let bearers = Bearers::of(self.traces, self.chats, Some(&wanted));
        let theirs = |mark: &Mark| bearers.of_mark(mark).any(|index| gone.has(index));
        let about = |ruling: &Ruling| match ruling {
            Ruling::Number { name, .. } => name.as_ref().is_some_and(|name| gone.is_named(name)),
            // Whoever else shares it still does.
            Ruling::Shared(_) => shared(ruling).is_some_and(|m| bearers.of_mark(&m).all(|i| gone.has(i))),
            Ruling::Account { address, .. } => {
                ruling.marks().any(theirs) || gone.is_named(&Foreign::from(address.as_str()))
            }
            _ => ruling.marks().any(theirs),
        };
        rulings.iter().enumerate().filter(|(_, ruling)| about(ruling)).map(|(place, _)| place).collect()
    }

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
                _ => asked[usize::from(review.open == Open::AmbiguousName)..].sort_by(|a, b| {
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
                shared: shared.filter(|_| review.open == Open::SharedIdentity),
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

/// An identity as people write it.
fn text(sign: &Sign) -> Option<Foreign> {
    Some(Foreign::from(match sign {
        Sign::Account(address) => address.as_str(),
        Sign::Lid(lid) => lid.as_str(),
        Sign::Phone(phone) => phone.as_str(),
        Sign::Email(email) => email.as_str(),
        Sign::Chat(_) | Sign::Bare => return None,
    }))
}
