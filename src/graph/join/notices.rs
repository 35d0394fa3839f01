//! Joins by notices that somebody took another number, and what speaks against
//! them: whoever can write in a chat can forge one, and a number that is given
//! up goes to somebody else in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Joiner;
use crate::graph::review::{Open, Review};
use crate::graph::trace::{Change, TraceKind, Traces};
use crate::model::contact::Why;
use crate::model::identity::{Address, SignalAci};
use crate::model::phone::SameNumber;
use crate::model::{Foreign, NameKey, Phone};

/// Whoever still writes under a number so many days after it was given up is
/// somebody else.
const STILL: i64 = 1;

/// What a notice names beside the new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The old one.
    Number,
    /// A name, of which by then has to be known whose it is.
    Name,
}

/// What somebody is known by since a notice: the number, or where a number is
/// hidden the account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Since {
    Number(SameNumber),
    Account(Address),
}

impl Joiner<'_> {
    /// Joins the two whom each notice takes for one, unless something speaks
    /// against it.
    pub(super) fn by_notice(&mut self, all: &Traces<'_>, before: Before) {
        // The same change can be told in many chats.
        let mut told: BTreeMap<(Option<SameNumber>, Foreign, Since), Vec<Change>> = BTreeMap::new();
        for change in &all.changes {
            let from = self.number(change.from);
            let Some(to) = self.since(change.to) else { continue };
            if from.is_some() == (before == Before::Number) {
                let name = self.traces[change.from].mark_name().unwrap_or_default();
                told.entry((from.map(Phone::same), name, to)).or_default().push(*change);
            }
        }
        for changes in told.into_values() {
            let mut ends: Vec<usize> = changes.iter().flat_map(|c| [c.from, c.to]).collect();
            ends.sort_by(|a, b| self.traces[*a].locator.cmp(&self.traces[*b].locator));
            let name = || self.traces[changes[0].from].saved_name.as_ref().map_or("", Foreign::raw);
            let from = self.number(changes[0].from).map_or_else(name, Phone::as_str);
            let account = || self.traces[changes[0].to].accounts.first().map_or("", Address::as_str);
            let to = self.number(changes[0].to).map_or_else(account, Phone::as_str);
            let on = Foreign::new(format!("{from} → {to}"));
            if changes.iter().any(|change| self.speaks_against(all, *change)) {
                self.doubt(&ends, &[changes[0].from, changes[0].to], on);
            } else {
                self.unite(&ends, Why::NumberChange, on);
            }
        }
    }

    /// Keeps the two of a notice apart, and asks about them.
    fn doubt(&mut self, places: &[usize], about: &[usize], on: Foreign) {
        let reason = self.reason(places, Why::NumberChangeDoubted, on.clone());
        for index in about {
            self.said.push((*index, Arc::clone(&reason)));
        }
        // Nobody is asked who they are themself.
        let mine: BTreeSet<usize> = self.own_roots();
        if about.iter().any(|index| mine.contains(&self.sets.root(*index))) {
            return;
        }
        let places = reason.places.clone();
        let review = Review { open: Open::NumberChange, why: Why::NumberChangeDoubted, on, places };
        self.open.push((review, about.to_vec()));
    }

    /// Whether something speaks against it that the two numbers of a notice are
    /// one person's: two names in one of the user's books, the user's own number,
    /// two accounts in one list of Signal's, or that both are still written under.
    fn speaks_against(&mut self, all: &Traces<'_>, change: Change) -> bool {
        let (from, to) = (self.sets.root(change.from), self.sets.root(change.to));
        if from == to {
            return false;
        }
        if self.sets.clash(&[from, to]) {
            return true;
        }
        let mine = self.own_roots();
        let other = match (mine.contains(&from), mine.contains(&to)) {
            (true, false) => Some(to),
            (false, true) => Some(from),
            _ => None,
        };
        other.is_some_and(|root| !self.names_of(root).is_empty())
            || self.are_two_accounts(from, to)
            || self.both_write(all, change)
    }

    /// Whether one list of Signal's has two accounts for them.
    fn are_two_accounts(&mut self, from: usize, to: usize) -> bool {
        let mut lists: [BTreeSet<(usize, &SignalAci)>; 2] = [BTreeSet::new(), BTreeSet::new()];
        for (index, trace) in self.traces.iter().enumerate() {
            let TraceKind::Signal { person, .. } = trace.kind else { continue };
            let Some(aci) = &person.aci else { continue };
            let root = self.sets.root(index);
            for (list, _) in lists.iter_mut().zip([from, to]).filter(|(_, end)| *end == root) {
                list.insert((trace.source, aci));
            }
        }
        let [one, other] = lists;
        one.iter().any(|(list, aci)| other.iter().any(|(also, second)| list == also && aci != second))
    }

    /// Whether in the place of the notice both wrote after it.
    fn both_write(&mut self, all: &Traces<'_>, change: Change) -> bool {
        let Some(at) = change.at else { return false };
        let place = self.traces[change.from].source;
        let (from, to) = (self.sets.root(change.from), self.sets.root(change.to));
        let (before, after) = (self.names_of(from), self.names_of(to));
        let mut last = [None, None];
        for (index, when) in &all.last {
            let trace = &self.traces[*index];
            if trace.source != place {
                continue;
            }
            let root = self.sets.root(*index);
            let name = trace.saved_name.as_ref().map(Foreign::key);
            let bears = |names: &BTreeSet<NameKey>| name.as_ref().is_some_and(|name| names.contains(name));
            if root == from || bears(&before) {
                last[0] = last[0].max(Some(*when));
            }
            if root == to || bears(&after) {
                last[1] = last[1].max(Some(*when));
            }
        }
        let [Some(old), Some(new)] = last else { return false };
        at.days_until(old) >= STILL && new > at
    }

    /// The names under which the user has saved somebody.
    fn names_of(&mut self, root: usize) -> BTreeSet<NameKey> {
        let mut names = BTreeSet::new();
        for (index, trace) in self.traces.iter().enumerate() {
            let notice = matches!(trace.kind, TraceKind::NumberChange);
            if let Some(name) = trace.saved_name.as_ref().filter(|_| !notice && !trace.is_me)
                && self.sets.root(index) == root
            {
                names.insert(name.key());
            }
        }
        names
    }

    /// The people who are the user.
    fn own_roots(&mut self) -> BTreeSet<usize> {
        let mut own = BTreeSet::new();
        for (index, _) in self.traces.iter().enumerate().filter(|(_, trace)| trace.is_me) {
            own.insert(self.sets.root(index));
        }
        own
    }

    fn number(&self, index: usize) -> Option<&Phone> {
        self.traces[index].phones.first()
    }

    /// What somebody is known by since a notice.
    fn since(&self, index: usize) -> Option<Since> {
        let account = || self.traces[index].accounts.first().cloned().map(Since::Account);
        self.number(index).map(|number| Since::Number(number.same())).or_else(account)
    }
}
