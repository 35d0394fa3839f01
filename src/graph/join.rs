//! Which traces are one person.
//!
//! Certain are: the same number, e-mail address or account; a notice that a
//! number changed, unless something speaks against it; and the user's own name for somebody, where exactly one
//! contact bears it. Refused are fixed lines and identities that stand under
//! different names in one address book: those are shared by people who live or
//! work together. A name that people give themselves never joins anything.
//!
//! Nothing here depends on the order in which sources came: identities are
//! looked at in their own order, and traces by the place where they stand.

mod accounts;
mod cards;
mod identity;
mod names;
mod notices;
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;

use crate::model::contact::{Reason, Why};
use crate::model::identity::WhatsappLid;
use crate::model::phone::NotPhone;
use crate::model::{Foreign, NameKey, Phone};

use super::region::{By, Regions};
use super::review::{Open, Review};
use super::rules::{Rules, dialled};
use super::trace::{MOST_PLACES, Trace, Traces};
pub(super) use names::{owns, shows};
use notices::Before;
use sets::Sets;

/// The traces of each person, and why.
#[derive(Debug, Default)]
pub struct Joined {
    /// For each trace the number of its person.
    pub person: Vec<usize>,
    /// How many people there are.
    pub count: usize,
    /// The reasons, each with its person, in no order.
    pub reasons: Vec<(usize, Arc<Reason>)>,
    /// What is open, with the people whom it is about: the one who is to be
    /// placed first, where there is one.
    pub review: BTreeMap<Review, Vec<usize>>,
    /// How many rulings are about nobody who is there.
    pub idle: u64,
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
            self.reasons.push((self.person[*trace], reason));
        }
    }

    /// For each person the reasons, in order and each once.
    pub fn reasons_of_each(&self) -> Vec<Vec<Arc<Reason>>> {
        let mut all = vec![Vec::new(); self.count];
        for (person, reason) in &self.reasons {
            all[*person].push(Arc::clone(reason));
        }
        for reasons in &mut all {
            reasons.sort_unstable();
            reasons.dedup();
        }
        all
    }
}

/// Joins traces into people, as the user decided where they did.
pub fn join(traces: &Traces<'_>, rules: &Rules<'_>) -> Joined {
    let key = |trace: &Trace<'_>| trace.saved_name.as_ref().or(trace.other_name.as_ref()).map(Foreign::key);
    let names: Vec<Option<NameKey>> = traces.all.iter().map(key).collect();
    let mut numbers: HashMap<&str, usize> = HashMap::default();
    let mut cards = Vec::new();
    for (index, (trace, name)) in traces.all.iter().zip(&names).enumerate() {
        if let (true, Some(name)) = (trace.is_own_card(), name) {
            let next = numbers.len();
            cards.push((index, trace.source, *numbers.entry(name).or_insert(next)));
        }
    }
    let mut sets = Sets::new(traces.all.len(), cards.into_iter());
    for (ruling, (one, other)) in rules.apart.iter().enumerate() {
        sets.keep_apart(ruling, one, other);
    }
    let mut joiner = Joiner {
        traces: &traces.all,
        names: &names,
        sets,
        rules,
        said: Vec::new(),
        open: Vec::new(),
        former: &traces.former,
        idle: 0,
    };
    joiner.by_card();
    joiner.by_identity();
    joiner.by_ruling();
    joiner.by_notice(traces, Before::Number);
    joiner.by_name(traces);
    joiner.by_content(traces);
    joiner.by_notice(traces, Before::Name);
    joiner.unplaced();
    joiner.finish()
}

struct Joiner<'a> {
    traces: &'a [Trace<'a>],
    /// The key of each trace's name: the saved one, else another.
    names: &'a [Option<NameKey>],
    sets: Sets,
    /// What the user decided.
    rules: &'a Rules<'a>,
    /// Reasons, each with a trace that it is about.
    said: Vec<(usize, Arc<Reason>)>,
    /// Questions, each with the traces that it is about.
    open: Vec<(Review, Vec<usize>)>,
    /// Numbers that somebody else has by now.
    former: &'a [(usize, Phone)],
    idle: u64,
}

impl Joiner<'_> {
    /// Chats between two that are the same: whom the text names, the database
    /// numbers. Who has a number elsewhere, or a name, is not joined by that alone.
    fn by_content(&mut self, all: &Traces<'_>) {
        for (named, numbered) in &all.alike {
            let (name, number) = (self.sets.root(*named), self.sets.root(*numbered));
            let mut apart = name != number;
            for (index, trace) in self.traces.iter().enumerate() {
                let root = self.sets.root(index);
                apart &= root != name || trace.phones.is_empty();
                apart &= root != number || trace.saved_name.is_none();
            }
            if apart {
                let Trace { phones, lids, .. } = &self.traces[*numbered];
                let lid = lids.iter().map(WhatsappLid::as_str);
                let on = phones.iter().map(Phone::as_str).chain(lid).next().unwrap_or_default();
                self.unite(&[*named, *numbered], Why::SameChat, Foreign::new(on));
            }
        }
    }

    /// Whom the user takes for one.
    fn by_ruling(&mut self) {
        for (one, other) in &self.rules.same {
            let one = self.rules.side(one, |index| self.sets.root(index));
            let other = self.rules.side(other, |index| self.sets.root(index));
            let (Some(first), false) = (one.first(), other.is_empty()) else {
                self.idle += 1;
                continue;
            };
            let on = [*first, other[0]].into_iter().find_map(|index| self.traces[index].written_name());
            let on = on.cloned().unwrap_or_default();
            let all: Vec<usize> = one.into_iter().chain(other).collect();
            self.unite(&all, Why::DecidedSame, on);
        }
    }

    /// Numbers that nobody can dial as they are written.
    fn unplaced(&mut self) {
        // A card that is there again is no other question.
        let mut asked: BTreeMap<(usize, &Foreign, NotPhone), Vec<usize>> = BTreeMap::new();
        for (index, trace) in self.traces.iter().enumerate() {
            for (number, why) in &trace.unplaced {
                let root = self.sets.root(index);
                asked.entry((root, number, *why)).or_default().push(index);
            }
        }
        for ((_, number, why), holders) in asked {
            let (why, open) = match why {
                NotPhone::Damaged => (Why::Damaged, Open::Damaged),
                NotPhone::OtherRegion => (Why::OtherRegion, Open::NeedsRegion),
                NotPhone::Unclear => (Why::Unclear, Open::Unclear),
                _ => (Why::NeedsRegion, Open::NeedsRegion),
            };
            let reason = self.reason(&holders, why, number.clone());
            let places = reason.places.clone();
            self.said.push((holders[0], reason));
            let none = |index: &usize| {
                self.rules.no_numbers.contains(&(dialled(number), self.traces[*index].mark_name()))
            };
            if !holders.iter().all(none) {
                self.open.push((Review { open, why, on: number.clone(), places }, holders));
            }
        }
    }

    /// People whom WhatsApp knows by an id of its own alone.
    fn without_number(&self, joined: &mut Joined) {
        let mut numbered = vec![false; joined.count];
        for (trace, person) in self.traces.iter().zip(&joined.person) {
            numbered[*person] |= !trace.phones.is_empty() || !trace.unplaced.is_empty();
        }
        for (index, trace) in self.traces.iter().enumerate() {
            let person = joined.person[index];
            if numbered[person] {
                continue;
            }
            for lid in &trace.lids {
                let reason = self.reason(&[index], Why::NumberUnknown, Foreign::new(lid.as_str()));
                joined.reasons.push((person, reason));
            }
        }
    }

    /// Makes one person of these, but for those whom the user keeps apart, and
    /// says why.
    fn unite(&mut self, holders: &[usize], why: Why, on: Foreign) {
        let mut people: Vec<usize> = Vec::new();
        for index in holders {
            if !people.iter().any(|person| self.sets.unite(*person, *index)) {
                people.push(*index);
            }
        }
        let why = if people.len() > 1 { Why::DecidedApart } else { why };
        let reason = self.reason(holders, why, on);
        self.said.extend(people.into_iter().map(|person| (person, Arc::clone(&reason))));
    }

    fn reason(&self, holders: &[usize], why: Why, on: Foreign) -> Arc<Reason> {
        Arc::new(Reason { why, on, places: self.places(holders) })
    }

    fn places(&self, holders: &[usize]) -> Vec<crate::model::Locator> {
        let places: BTreeSet<_> = holders.iter().map(|i| &self.traces[*i].locator).collect();
        places.into_iter().take(MOST_PLACES).cloned().collect()
    }

    /// The questions that were not answered in the meantime: by a join, or by the
    /// user's word that all of them are different people.
    fn still_open(&mut self) -> Vec<(Review, Vec<usize>)> {
        let mut open = std::mem::take(&mut self.open);
        open.retain(|(review, about)| {
            if !matches!(review.open, Open::AmbiguousName | Open::SharedIdentity | Open::NumberChange) {
                return true;
            }
            let mut roots: Vec<usize> = Vec::new();
            for index in about {
                let root = self.sets.root(*index);
                if !roots.contains(&root) {
                    roots.push(root);
                }
                // So many are not all kept apart two by two.
                if roots.len() > MOST_PLACES {
                    return true;
                }
            }
            let mut pairs = (0..roots.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            pairs.any(|(a, b)| !self.sets.are_apart(roots[a], roots[b]))
        });
        open
    }

    fn finish(mut self) -> Joined {
        let mut joined = Joined { idle: self.idle + self.rules.idle, ..Joined::default() };
        let open = self.still_open();
        let mut numbers: Vec<Option<usize>> = vec![None; self.traces.len()];
        for index in 0..self.traces.len() {
            let root = self.sets.root(index);
            let number = *numbers[root].get_or_insert(joined.count);
            joined.count = joined.count.max(number + 1);
            joined.person.push(number);
        }
        for (review, about) in open {
            let people = joined.review.entry(review).or_default();
            for index in about {
                let person = joined.person[index];
                if !people.contains(&person) {
                    people.push(person);
                }
            }
        }
        self.without_number(&mut joined);
        let said = self.said.into_iter().map(|(index, reason)| (joined.person[index], reason));
        joined.reasons.extend(said);
        joined
    }
}

#[cfg(test)]
mod tests;
