//! A closer look at a graph: by what each contact is known again, how one can
//! be divided, which rulings are about whom.

mod questions;

use std::collections::{BTreeSet, HashSet};

use crate::model::mark::{Mark, Sign};
use crate::model::{ContactId, Foreign, Ruling};

use super::chats::Kept;
use super::forget::Gone;
use super::join::{Joined, owns, shows};
use super::rules::Bearers;
use super::trace::{Trace, TraceKind, Traces};
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

    /// The people who bear any of these marks, or one of the names in them as the
    /// user's own for somebody in a chat, unless another contact is saved under it.
    pub fn bearing_or_called(&self, marks: &[Mark]) -> BTreeSet<usize> {
        let mut people = self.bearing(marks);
        // Names that people give themselves are anybody's.
        let names = marks.iter().filter_map(|mark| mark.name.as_ref());
        let mut names: HashSet<&str> =
            names.map(Foreign::raw).filter(|name| !name.is_empty() && !name.starts_with('~')).collect();
        let saved = |trace: &Trace<'_>| trace.saved_name.as_ref().map(Foreign::key);
        let all = || self.traces.all.iter().zip(&self.joined.person);
        for (trace, _) in all().filter(|(trace, person)| owns(trace) && !people.contains(person)) {
            if let Some(name) = saved(trace) {
                names.remove(name.as_str());
            }
        }
        for (trace, person) in all().filter(|(trace, _)| shows(trace) && !trace.is_me) {
            if saved(trace).is_some_and(|name| names.contains(name.as_str())) {
                people.insert(*person);
            }
        }
        people
    }

    /// The marks of those who are excluded, where more is known of them by now
    /// than what a ruling names: its place, and all their marks.
    pub fn renewed(&self, rulings: &[Ruling]) -> Vec<(usize, Vec<Mark>)> {
        let mut renewed = Vec::new();
        for (place, ruling) in rulings.iter().enumerate() {
            let Ruling::Excluded(before) = ruling else { continue };
            let mut marks: BTreeSet<Mark> = before.iter().cloned().collect();
            for person in self.bearing(before) {
                let group = self.traces_of(person);
                marks.extend(self.bearers(&group).marks(self.traces, self.chats, &group));
            }
            if marks.len() > before.len() {
                renewed.push((place, marks.into_iter().collect()));
            }
        }
        renewed
    }

    /// The rulings that give a contact what is called so: an account, or a number
    /// in place of one that could not be placed. By their places.
    pub fn given(&self, contact: &ContactId, rulings: &[Ruling], signs: &[Sign], what: &str) -> Vec<usize> {
        let Some(person) = self.person(contact) else { return Vec::new() };
        let group = self.traces_of(person);
        let keys: HashSet<_> = signs.iter().map(Sign::key).collect();
        let gives = |ruling: &Ruling| match ruling {
            Ruling::Account { who, address, theirs: true } => {
                address.as_str().eq_ignore_ascii_case(what) && self.bearing(who).contains(&person)
            }
            Ruling::Number { name, number: Some(number), .. } => {
                let sign = Sign::Phone(number.clone()).key();
                let holds = |index: &usize| {
                    let trace = &self.traces.all[*index];
                    trace.mark_name() == *name && trace.phones.iter().any(|p| p.same() == number.same())
                };
                keys.contains(&sign) && group.iter().any(holds)
            }
            _ => false,
        };
        rulings.iter().enumerate().filter(|(_, ruling)| gives(ruling)).map(|(place, _)| place).collect()
    }

    /// The people who bear any of these marks.
    pub fn bearing(&self, marks: &[Mark]) -> BTreeSet<usize> {
        self.bearing_each(&[marks]).remove(0)
    }

    /// For each of these groups of marks the people who bear any of them.
    pub fn bearing_each(&self, groups: &[&[Mark]]) -> Vec<BTreeSet<usize>> {
        let wanted = groups.iter().copied().flatten().map(|mark| mark.sign.key()).collect();
        let bearers = Bearers::of(self.traces, self.chats, Some(&wanted));
        let people = |marks: &&[Mark]| {
            bearers.of_any(marks).into_iter().map(|index| self.joined.person[index]).collect()
        };
        groups.iter().map(people).collect()
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
        let theirs = |marks: &[Mark]| {
            marks.iter().any(|mark| {
                let own = bearers.meant(mark, marks);
                // What nobody bears any more may still name them.
                let named = || mark.name.as_ref().is_some_and(|name| gone.is_named(name));
                if own.is_empty() { named() } else { own.into_iter().any(|index| gone.has(index)) }
            })
        };
        let about = |ruling: &Ruling| match ruling {
            Ruling::Number { name, .. } => name.as_ref().is_some_and(|name| gone.is_named(name)),
            // Whoever else shares it still does.
            Ruling::Shared(_) => shared(ruling).is_some_and(|m| bearers.of_mark(&m).all(|i| gone.has(i))),
            Ruling::Account { address, .. } => {
                ruling.sides().into_iter().any(theirs) || gone.is_named(&Foreign::from(address.as_str()))
            }
            _ => ruling.sides().into_iter().any(theirs),
        };
        rulings.iter().enumerate().filter(|(_, ruling)| about(ruling)).map(|(place, _)| place).collect()
    }
}
