//! Which traces are one person.
//!
//! Certain are: the same number, e-mail address or account; a notice that a
//! number changed; and the user's own name for somebody, where exactly one
//! contact bears it. Refused are fixed lines and identities that stand under
//! different names in one address book: those are shared by people who live or
//! work together. A name that people give themselves never joins anything.
//!
//! Nothing here depends on the order in which sources came: identities are
//! looked at in their own order, and traces by the place where they stand.

mod identity;
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;

use crate::model::contact::{Reason, Why};
use crate::model::phone::NotPhone;
use crate::model::{Foreign, NameKey};

use super::region::{By, Regions};
use super::review::{Open, Review};
use super::trace::{MOST_PLACES, Trace, TraceKind, Traces};
use sets::Sets;

/// The traces of each person, and why.
#[derive(Debug, Default)]
pub struct Joined {
    /// For each trace the number of its person.
    pub person: Vec<usize>,
    /// How many people there are.
    pub count: usize,
    /// For each person the reasons.
    pub reasons: BTreeMap<usize, BTreeSet<Arc<Reason>>>,
    /// What is open.
    pub review: BTreeSet<Review>,
}

impl Joined {
    /// Notes which numbers without a country code were placed though the user
    /// did not say where.
    pub fn assumed(&mut self, traces: &Traces<'_>, regions: &Regions) {
        let why = match regions.home {
            Some((_, By::AddressBook)) => Why::AssumedRegion,
            Some((_, By::OwnNumber)) => Why::OwnRegion,
            Some((_, By::Given)) | None => return,
        };
        for (trace, number) in &traces.placed_as {
            let places = vec![traces.all[*trace].locator.clone()];
            let reason = Arc::new(Reason { why, on: number.clone(), places });
            self.reasons.entry(self.person[*trace]).or_default().insert(reason);
        }
    }
}

/// Joins traces into people.
pub fn join(traces: &Traces<'_>) -> Joined {
    let key = |trace: &Trace<'_>| trace.saved_name.as_ref().or(trace.other_name.as_ref()).map(Foreign::key);
    let names: Vec<Option<NameKey>> = traces.all.iter().map(key).collect();
    let mut numbers: HashMap<&str, usize> = HashMap::default();
    let mut cards = Vec::new();
    for (index, (trace, name)) in traces.all.iter().zip(&names).enumerate() {
        if let (TraceKind::Card { own: true, .. }, Some(name)) = (&trace.kind, name) {
            let next = numbers.len();
            cards.push((index, trace.source, *numbers.entry(name).or_insert(next)));
        }
    }
    let sets = Sets::new(traces.all.len(), cards.into_iter());
    let mut joiner =
        Joiner { traces: &traces.all, names: &names, sets, said: Vec::new(), review: BTreeSet::new() };
    joiner.by_identity();
    joiner.by_name(traces);
    joiner.unplaced();
    joiner.finish()
}

struct Joiner<'a> {
    traces: &'a [Trace<'a>],
    /// The key of each trace's name: the saved one, else another.
    names: &'a [Option<NameKey>],
    sets: Sets,
    /// Reasons, each with a trace that it is about.
    said: Vec<(usize, Arc<Reason>)>,
    review: BTreeSet<Review>,
}

impl<'a> Joiner<'a> {
    /// The user's own names: a name in a chat belongs to the one contact of
    /// that name, if there is exactly one.
    fn by_name(&mut self, all: &Traces<'_>) {
        let all_traces: &'a [Trace<'a>] = self.traces;
        let names: &'a [Option<NameKey>] = self.names;
        let saved = || {
            let named = all_traces.iter().zip(names).enumerate();
            named.filter_map(|(index, (trace, name))| {
                trace.saved_name.as_ref().filter(|name| !name.is_blank())?;
                Some((index, trace, name.as_ref()?))
            })
        };
        let mut shown: BTreeMap<&NameKey, Vec<usize>> = BTreeMap::new();
        for (index, trace, name) in saved() {
            if shows(trace) {
                shown.entry(name).or_default().push(index);
            }
        }
        let mut owners: BTreeMap<&NameKey, BTreeSet<usize>> = BTreeMap::new();
        for (index, trace, name) in saved() {
            if owns(trace) && shown.contains_key(name) {
                let root = self.sets.root(index);
                owners.entry(name).or_default().insert(root);
            }
        }
        for (name, traces) in shown {
            // A number change can have made two of them one in the meantime.
            let owners: BTreeSet<usize> =
                owners.get(name).into_iter().flatten().map(|o| self.sets.root(*o)).collect();
            let on = self.traces[traces[0]].saved_name.clone().unwrap_or_default();
            if owners.len() > 1 || self.direct_chats(all, &traces) > 1 {
                let all: Vec<usize> = traces.iter().chain(&owners).copied().collect();
                let reason = self.reason(&all, Why::AmbiguousName, on.clone());
                for index in &all {
                    self.said.push((*index, Arc::clone(&reason)));
                }
                let places = self.places(&all);
                self.review.insert(Review { open: Open::AmbiguousName, on, places });
                self.within_each_chat(&traces);
                continue;
            }
            let all: Vec<usize> = owners.iter().chain(&traces).copied().collect();
            if all.len() > 1 {
                self.unite(&all, Why::UniqueName, on);
            }
        }
    }

    /// How many people these shown names are by the direct chats with them:
    /// there is one with each person, so two under one name are two people.
    fn direct_chats(&mut self, all: &Traces<'_>, shown: &[usize]) -> usize {
        let partners: BTreeSet<usize> = shown
            .iter()
            .filter(|index| match self.traces[**index].kind {
                TraceKind::Chat { chat } => all.partner.get(&chat) == Some(index),
                _ => false,
            })
            .map(|index| self.sets.root(*index))
            .collect();
        partners.len()
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
            for (number, why) in &trace.unplaced {
                let (why, open) = match why {
                    NotPhone::Damaged => (Why::Damaged, Open::Damaged),
                    _ => (Why::NeedsRegion, Open::NeedsRegion),
                };
                let reason = self.reason(&[index], why, number.clone());
                self.said.push((index, reason));
                let places = vec![trace.locator.clone()];
                self.review.insert(Review { open, on: number.clone(), places });
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

    /// Makes one person of these, and says why.
    fn unite(&mut self, holders: &[usize], why: Why, on: Foreign) {
        for other in &holders[1..] {
            self.sets.unite(holders[0], *other);
        }
        let reason = self.reason(holders, why, on);
        self.said.push((holders[0], reason));
    }

    fn reason(&self, holders: &[usize], why: Why, on: Foreign) -> Arc<Reason> {
        Arc::new(Reason { why, on, places: self.places(holders) })
    }

    fn places(&self, holders: &[usize]) -> Vec<crate::model::Locator> {
        let places: BTreeSet<_> = holders.iter().map(|i| &self.traces[*i].locator).collect();
        places.into_iter().take(MOST_PLACES).cloned().collect()
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

/// Whether a saved name in it is somebody's of the user's own lists. A
/// database's saved name without a number is as good as one in a chat.
fn owns(trace: &Trace<'_>) -> bool {
    match trace.kind {
        TraceKind::Card { .. } | TraceKind::Signal { .. } => true,
        TraceKind::Database { .. } => !trace.phones.is_empty(),
        _ => false,
    }
}

/// Whether a saved name in it is looked for in these lists. The account report
/// has no names.
fn shows(trace: &Trace<'_>) -> bool {
    match trace.kind {
        TraceKind::Chat { .. } | TraceKind::NumberChange => true,
        TraceKind::Database { .. } => trace.phones.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
