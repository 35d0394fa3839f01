//! Which traces are one person.
//!
//! Certain are: the same number, e-mail address or account; a notice that a
//! number changed; and the user's own name for somebody, where exactly one
//! contact bears it. Refused are fixed lines and identities that stand under
//! different names in one address book: those are shared by people who live or
//! work together. A name that people give themselves never joins anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::contact::{Reason, Why};
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::phone::Line;
use crate::model::{Foreign, Phone};

use super::review::{Open, Review};
use super::trace::{Trace, TraceKind, Traces};

/// The traces of each person, and why.
#[derive(Debug, Default)]
pub struct Joined {
    /// For each trace the number of its person.
    pub person: Vec<usize>,
    /// How many people there are.
    pub count: usize,
    /// For each person the reasons.
    pub reasons: BTreeMap<usize, BTreeSet<Reason>>,
    /// What is open.
    pub review: BTreeSet<Review>,
}

/// Joins traces into people.
pub fn join(traces: &Traces<'_>) -> Joined {
    let mut joiner = Joiner {
        traces: &traces.all,
        sets: Sets::new(traces.all.len()),
        said: Vec::new(),
        review: BTreeSet::new(),
    };
    joiner.by_identity();
    joiner.by_name();
    joiner.unplaced();
    joiner.finish()
}

/// An identity that can join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Phone(Phone),
    Email(Email),
    Account(Address),
    Lid(WhatsappLid),
}

impl Key {
    fn text(&self) -> &str {
        match self {
            Key::Phone(phone) => phone.as_str(),
            Key::Email(email) => email.as_str(),
            Key::Account(address) => address.as_str(),
            Key::Lid(lid) => lid.as_str(),
        }
    }

    fn why(&self) -> Why {
        match self {
            Key::Phone(_) => Why::SamePhone,
            Key::Email(_) => Why::SameEmail,
            Key::Account(_) | Key::Lid(_) => Why::SameAccount,
        }
    }
}

struct Joiner<'a> {
    traces: &'a [Trace<'a>],
    sets: Sets,
    /// Reasons, each with a trace that it is about.
    said: Vec<(usize, Reason)>,
    review: BTreeSet<Review>,
}

impl Joiner<'_> {
    fn by_identity(&mut self) {
        let mut holders: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (index, trace) in self.traces.iter().enumerate() {
            let keys = trace.phones.iter().cloned().map(Key::Phone);
            let keys = keys.chain(trace.emails.iter().cloned().map(Key::Email));
            let keys = keys.chain(trace.accounts.iter().cloned().map(Key::Account));
            let keys = keys.chain(trace.lids.iter().cloned().map(Key::Lid));
            for key in keys {
                holders.entry(key).or_default().push(index);
            }
        }
        for (key, holders) in holders {
            if holders.len() < 2 {
                continue;
            }
            if let Some(why) = self.refusal(&key, &holders) {
                self.refuse(&key, &holders, why);
                continue;
            }
            for other in &holders[1..] {
                self.sets.unite(holders[0], *other);
            }
            let has = |fits: fn(&TraceKind<'_>) -> bool| holders.iter().any(|i| fits(&self.traces[*i].kind));
            let why = if has(|kind| matches!(kind, TraceKind::NumberChange)) {
                Why::NumberChange
            } else if has(|kind| matches!(kind, TraceKind::LidMap)) {
                Why::LidMap
            } else {
                key.why()
            };
            self.say(&holders, why, Foreign::new(key.text()));
        }
    }

    /// Why an identity does not make one person of those who hold it.
    fn refusal(&self, key: &Key, holders: &[usize]) -> Option<Why> {
        let mut names_in_book: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        for trace in holders.iter().map(|i| &self.traces[*i]) {
            if !matches!(trace.kind, TraceKind::Card { .. }) {
                continue;
            }
            let name = trace.saved_name.as_ref().or(trace.other_name.as_ref()).map(Foreign::key);
            if let Some(name) = name {
                names_in_book.entry(trace.source).or_default().insert(name.clone());
                names.insert(name);
            }
        }
        if names_in_book.values().any(|names| names.len() > 1) {
            return Some(Why::SharedWithinBook);
        }
        let fixed = || matches!(key, Key::Phone(phone) if phone.line() == Line::Fixed);
        (names.len() > 1 && fixed()).then_some(Why::SharedFixedLine)
    }

    /// Keeps the holders of a shared identity apart, but for those who bear
    /// the same saved name: that is one person on two cards.
    fn refuse(&mut self, key: &Key, holders: &[usize], why: Why) {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in holders {
            if let Some(name) = &self.traces[*index].saved_name {
                by_name.entry(name.key()).or_default().push(*index);
            }
        }
        for same in by_name.into_values() {
            for other in &same[1..] {
                self.sets.unite(same[0], *other);
            }
        }
        for index in holders {
            let reason = self.reason(holders, why, Foreign::new(key.text()));
            self.said.push((*index, reason));
        }
        let places = self.places(holders);
        self.review.insert(Review { open: Open::SharedIdentity, on: Foreign::new(key.text()), places });
    }

    /// The user's own names: a name in a chat belongs to the one contact of
    /// that name, if there is exactly one.
    fn by_name(&mut self) {
        let mut owners: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut shown: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, trace) in self.traces.iter().enumerate() {
            let Some(name) = &trace.saved_name else { continue };
            if name.is_blank() {
                continue;
            }
            match trace.kind {
                TraceKind::Card { .. } | TraceKind::Signal { .. } => {
                    let root = self.sets.root(index);
                    owners.entry(name.key()).or_default().insert(root);
                }
                // A database's saved name without a number is as good as one in a chat.
                TraceKind::Database { .. } if !trace.phones.is_empty() => {
                    let root = self.sets.root(index);
                    owners.entry(name.key()).or_default().insert(root);
                }
                // The account report has no names.
                TraceKind::Account => {}
                TraceKind::Database { .. } | TraceKind::Chat { .. } | TraceKind::NumberChange => {
                    shown.entry(name.key()).or_default().push(index);
                }
                TraceKind::LidMap => {}
            }
        }
        for (name, traces) in shown {
            // A number change can have made two of them one in the meantime.
            let owners: BTreeSet<usize> =
                owners.get(&name).into_iter().flatten().map(|o| self.sets.root(*o)).collect();
            let on = self.traces[traces[0]].saved_name.clone().unwrap_or_default();
            if owners.len() > 1 {
                let all: Vec<usize> = traces.iter().chain(&owners).copied().collect();
                for index in &all {
                    let reason = self.reason(&all, Why::AmbiguousName, on.clone());
                    self.said.push((*index, reason));
                }
                let places = self.places(&all);
                self.review.insert(Review { open: Open::AmbiguousName, on, places });
                self.within_each_chat(&traces);
                continue;
            }
            let all: Vec<usize> = owners.iter().chain(&traces).copied().collect();
            for other in &all[1..] {
                self.sets.unite(all[0], *other);
            }
            if all.len() > 1 {
                self.say(&all, Why::UniqueName, on);
            }
        }
    }

    /// A number change names somebody of its own chat, whoever that is.
    fn within_each_chat(&mut self, traces: &[usize]) {
        for index in traces {
            if !matches!(self.traces[*index].kind, TraceKind::NumberChange) {
                continue;
            }
            let source = self.traces[*index].source;
            let same = traces.iter().find(|other| {
                matches!(self.traces[**other].kind, TraceKind::Chat { .. })
                    && self.traces[**other].source == source
            });
            if let Some(same) = same {
                self.sets.unite(*same, *index);
            }
        }
    }

    /// Numbers that nobody can dial without knowing the country.
    fn unplaced(&mut self) {
        for (index, trace) in self.traces.iter().enumerate() {
            for number in &trace.unplaced {
                let reason = self.reason(&[index], Why::NeedsRegion, number.clone());
                self.said.push((index, reason));
                let places = vec![trace.locator.clone()];
                self.review.insert(Review { open: Open::NeedsRegion, on: number.clone(), places });
            }
        }
    }

    /// People whom WhatsApp knows by an id of its own alone.
    fn without_number(&self, joined: &mut Joined) {
        let mut numbered: BTreeSet<usize> = BTreeSet::new();
        for (trace, person) in self.traces.iter().zip(&joined.person) {
            if !trace.phones.is_empty() || !trace.unplaced.is_empty() {
                numbered.insert(*person);
            }
        }
        for (index, trace) in self.traces.iter().enumerate() {
            let person = joined.person[index];
            if numbered.contains(&person) {
                continue;
            }
            for lid in &trace.lids {
                let reason = self.reason(&[index], Why::NumberUnknown, Foreign::new(lid.as_str()));
                joined.reasons.entry(person).or_default().insert(reason);
            }
        }
    }

    fn say(&mut self, holders: &[usize], why: Why, on: Foreign) {
        let reason = self.reason(holders, why, on);
        self.said.push((holders[0], reason));
    }

    fn reason(&self, holders: &[usize], why: Why, on: Foreign) -> Reason {
        Reason { why, on, places: self.places(holders) }
    }

    fn places(&self, holders: &[usize]) -> Vec<crate::model::Locator> {
        let places: BTreeSet<_> = holders.iter().map(|i| self.traces[*i].locator.clone()).collect();
        places.into_iter().collect()
    }

    fn finish(mut self) -> Joined {
        let mut joined = Joined { review: std::mem::take(&mut self.review), ..Joined::default() };
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        for index in 0..self.traces.len() {
            let root = self.sets.root(index);
            let next = numbers.len();
            joined.person.push(*numbers.entry(root).or_insert(next));
        }
        joined.count = numbers.len();
        self.without_number(&mut joined);
        for (index, reason) in self.said {
            joined.reasons.entry(joined.person[index]).or_default().insert(reason);
        }
        joined
    }
}

/// Disjoint sets with path halving and union by size.
struct Sets {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), size: vec![1; count] }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.parent[index] != index {
            self.parent[index] = self.parent[self.parent[index]];
            index = self.parent[index];
        }
        index
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (mut a, mut b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        if self.size[a] < self.size[b] {
            std::mem::swap(&mut a, &mut b);
        }
        self.parent[b] = a;
        self.size[a] += self.size[b];
    }
}
