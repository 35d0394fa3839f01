//! Joins by number, e-mail address and account, and what refuses them.
//!
//! An identity stands for one person, unless several people share it: those at
//! one fixed line, and those whom one address book keeps apart under different
//! names. Nor does a card join two people whom another book keeps apart: a card
//! of "Mum and Dad" holds the numbers of both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;

use super::Joiner;
use crate::graph::repeats::Repeats;
use crate::graph::review::{Open, Review};
use crate::graph::trace::{MOST_PLACES, Trace, TraceKind};
use crate::model::contact::Why;
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::mark::{Sign, SignKey};
use crate::model::phone::{Line, SameNumber};
use crate::model::{Foreign, NameKey, Phone};

/// An identity that can join. In the order in which they are looked at, so
/// that what is surest comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key<'a> {
    Lid(&'a WhatsappLid),
    Account(&'a Address),
    Phone(SameNumber),
    Email(&'a Email),
}

impl Key<'_> {
    /// The identity as rulings name it.
    fn sign(&self) -> SignKey {
        match self {
            Key::Lid(lid) => SignKey::Other(Sign::Lid((*lid).clone())),
            Key::Account(account) => SignKey::Other(Sign::Account((*account).clone())),
            Key::Phone(same) => SignKey::Phone(same.clone()),
            Key::Email(email) => SignKey::Other(Sign::Email((*email).clone())),
        }
    }
}

/// The identities of a trace that can join.
fn keys<'a>(trace: &'a Trace<'a>) -> impl Iterator<Item = Key<'a>> {
    let keys = trace.phones.iter().map(|phone| Key::Phone(phone.same()));
    let keys = keys.chain(trace.emails.iter().map(Key::Email));
    let keys = keys.chain(trace.accounts.iter().map(Key::Account));
    keys.chain(trace.lids.iter().map(Key::Lid))
}

/// An identity with those who hold it.
pub(super) struct Shared<'a> {
    pub key: Key<'a>,
    /// As it is written, in all its writings.
    pub on: Foreign,
    pub holders: Vec<usize>,
}

impl<'a> Joiner<'a> {
    /// Joins all holders of each identity, unless something speaks against it.
    pub(super) fn by_identity(&mut self) {
        let traces: &'a [Trace<'a>] = self.traces;
        let former = self.former.iter().map(|(_, phone)| Key::Phone(phone.same()));
        // Most have one holder, and are no more looked at.
        let repeats = Repeats::among(traces.iter().flat_map(keys).chain(former));
        let mut held: HashMap<Key<'a>, Vec<usize>> = HashMap::default();
        for (index, trace) in traces.iter().enumerate() {
            for key in keys(trace).filter(|key| repeats.may_hold(key)) {
                let holders = held.entry(key).or_default();
                // A number in two writings on one card is held once.
                if holders.last() != Some(&index) {
                    holders.push(index);
                }
            }
        }
        for (index, phone) in self.former {
            let holders = held.entry(Key::Phone(phone.same())).or_default();
            if !holders.contains(index) {
                holders.push(*index);
            }
        }
        // The others are looked at in their own order.
        let mut held: Vec<(Key<'a>, Vec<usize>)> =
            held.into_iter().filter(|(_, holders)| holders.len() > 1).collect();
        held.sort_unstable();
        let mut joining: Vec<Shared<'a>> = Vec::new();
        for (key, mut holders) in held {
            // By place, so that the order of the files cannot matter.
            holders.sort_by(|a, b| traces[*a].locator.cmp(&traces[*b].locator));
            let shared = Shared { on: self.written(&key, &holders), key, holders };
            let decided = self.rules.shared.contains(&shared.key.sign());
            let shared = if decided { shared } else { self.set_former_aside(shared) };
            match self.refusal(&shared) {
                Some(why) => self.refuse(&shared, why),
                None if shared.holders.len() > 1 => joining.push(shared),
                None => {}
            }
        }
        let bridges = self.bridges(&joining);
        for shared in joining {
            self.join(&shared, &bridges);
        }
    }

    /// Joins the holders of one identity.
    fn join(&mut self, shared: &Shared<'_>, bridges: &BTreeSet<usize>) {
        let notice = |i: &usize| matches!(self.traces[*i].kind, TraceKind::NumberChange);
        let bridged = shared.holders.iter().any(|i| bridges.contains(i));
        if bridged || self.sets.clash(&shared.holders) {
            let apart: Vec<usize> = shared.holders.iter().filter(|i| !bridges.contains(i)).copied().collect();
            self.refuse(shared, Why::LinksTwo);
            if bridged && apart.len() > 1 && !self.sets.clash(&apart) {
                self.unite(&apart, shared.why(), shared.on.clone());
            }
            return;
        }
        // That a notice names somebody's number is no reason to tell.
        if shared.holders.iter().filter(|i| !notice(i)).count() < 2 {
            for two in shared.holders.windows(2) {
                self.sets.unite(two[0], two[1]);
            }
            return;
        }
        let mapped = shared.holders.iter().any(|i| matches!(self.traces[*i].kind, TraceKind::LidMap));
        let why = if mapped { Why::LidMap } else { shared.why() };
        self.unite(&shared.holders, why, shared.on.clone());
    }

    /// Why an identity does not make one person of those who hold it.
    fn refusal(&mut self, shared: &Shared<'_>) -> Option<Why> {
        if self.rules.shared.contains(&shared.key.sign()) {
            return Some(Why::DecidedApart);
        }
        let mut in_book: BTreeMap<usize, &str> = BTreeMap::new();
        for index in &shared.holders {
            let trace = &self.traces[*index];
            if trace.is_card()
                && let Some(name) = &self.names[*index]
                && *in_book.entry(trace.source).or_insert(name) != name.as_str()
            {
                return Some(Why::SharedWithinBook);
            }
        }
        // WhatsApp has one account for a number, fixed or not.
        let elsewhere = shared.holders.iter().any(|index| !self.is_account(*index, &shared.key));
        let refused = elsewhere && self.is_fixed(shared) && !self.sets.are_one(&shared.holders);
        refused.then_some(Why::SharedFixedLine)
    }

    /// Whether all writings of a number are those of a fixed line.
    fn is_fixed(&self, shared: &Shared<'_>) -> bool {
        let Key::Phone(same) = &shared.key else { return false };
        let written: BTreeSet<&Phone> = self.phones(same, &shared.holders).collect();
        written.into_iter().all(|phone| phone.line() == Line::Fixed)
    }

    /// Keeps the holders of a shared identity apart, but for those that are
    /// surely one: WhatsApp's account of it, with whoever bears the name under
    /// which that is saved; and the same name on two cards, unless it is a fixed
    /// line: father and son may bear one name.
    pub(super) fn refuse(&mut self, shared: &Shared<'_>, why: Why) {
        let (mut account, others): (Vec<usize>, Vec<usize>) =
            shared.holders.iter().partition(|index| self.is_account(**index, &shared.key));
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for index in others {
            groups.entry(self.group(index)).or_default().push(index);
        }
        // Where one book has two names for the account, it is neither's.
        if self.sets.clash(&account) {
            for index in account.drain(..) {
                groups.entry(self.group(index)).or_default().push(index);
            }
        }
        let named = why != Why::SharedFixedLine;
        let saved: BTreeSet<Group> = account.iter().map(|index| self.group(*index)).collect();
        let owners: Vec<&Group> = groups.keys().filter(|group| named && saved.contains(group)).collect();
        if let [owner] = owners.as_slice() {
            let owner = (*owner).clone();
            account.extend(groups.remove(&owner).unwrap_or_default());
        }
        let surely = |group: &Group| match group {
            Group::Saved(_) => named,
            Group::Shown | Group::Cut => true,
            Group::Alone(_) => false,
        };
        let same = groups.into_iter().filter(|(group, _)| surely(group)).map(|(_, same)| same);
        for same in std::iter::once(account).chain(same) {
            if same.len() > 1 && !self.sets.clash(&same) {
                self.unite(&same, shared.why(), shared.on.clone());
            }
        }
        let reason = self.reason(&shared.holders, why, shared.on.clone());
        for index in &shared.holders {
            self.said.push((*index, Arc::clone(&reason)));
        }
        if why == Why::DecidedApart {
            self.ask_of_newcomers(shared);
            return;
        }
        let places = reason.places.clone();
        let review = Review { open: Open::SharedIdentity, why, on: shared.on.clone(), places };
        self.open.push((review, shared.holders.clone()));
    }

    /// Asks who those are that came to hold an identity after the user said that
    /// its holders are several people: each of them may be one of these.
    fn ask_of_newcomers(&mut self, shared: &Shared<'_>) {
        let mut people: Vec<(usize, usize)> = Vec::new();
        for index in &shared.holders {
            let root = self.sets.root(*index);
            if !people.iter().any(|(known, _)| *known == root) {
                people.push((root, *index));
            }
            // Of so many nobody said who is who.
            if people.len() > MOST_PLACES {
                return;
            }
        }
        let (old, new): (Vec<_>, Vec<_>) = people.iter().copied().partition(|(one, _)| {
            people.iter().any(|(other, _)| one != other && self.sets.are_apart(*one, *other))
        });
        // Where nobody is told from another, they were all meant.
        for (_, index) in new.iter().filter(|_| !old.is_empty()) {
            let others = people.iter().map(|(_, other)| *other).filter(|other| other != index);
            let about: Vec<usize> = std::iter::once(*index).chain(others).collect();
            let (open, why) = (Open::SharedIdentity, Why::DecidedApart);
            let review = Review { open, why, on: shared.on.clone(), places: self.places(&[*index]) };
            self.open.push((review, about));
        }
    }

    /// Who of the holders of one identity is surely the same as another one.
    pub(super) fn group(&self, index: usize) -> Group {
        let trace: &Trace<'_> = &self.traces[index];
        match (&trace.saved_name, &trace.kind) {
            (Some(_), _) => Group::Saved(self.names[index].clone().unwrap_or_default()),
            // A number that WhatsApp shows is one account, in whatever chat.
            (
                None,
                TraceKind::Chat { .. }
                | TraceKind::Database { .. }
                | TraceKind::LidMap
                | TraceKind::Account { .. }
                | TraceKind::NumberChange,
            ) => Group::Shown,
            (None, TraceKind::Cut { .. }) => Group::Cut,
            (None, _) => Group::Alone(index),
        }
    }

    /// Whether a trace shows WhatsApp's account of a number or an id, under
    /// whatever name the user has saved it: there is one.
    pub(super) fn is_account(&self, index: usize, key: &Key<'_>) -> bool {
        let trace = &self.traces[index];
        match (&trace.kind, key) {
            (TraceKind::Database { person, .. }, Key::Phone(same)) => {
                person.phone.as_ref().is_some_and(|own| trace.phones.len() == 1 || own.same() == *same)
            }
            (TraceKind::Database { person, .. }, Key::Lid(lid)) => person.lid.as_ref() == Some(lid),
            (_, Key::Phone(_) | Key::Lid(_)) => self.group(index) == Group::Shown,
            (_, Key::Account(_) | Key::Email(_)) => false,
        }
    }

    /// The cards that hold identities of two people whom another of the
    /// user's books keeps apart.
    fn bridges(&self, joining: &[Shared<'_>]) -> BTreeSet<usize> {
        let mut met: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        let mut bridges = BTreeSet::new();
        for shared in joining {
            // Under one identity a book has one name: else it were refused.
            let mut in_book: BTreeMap<usize, &str> = BTreeMap::new();
            for index in &shared.holders {
                if let (true, Some(name)) = (self.traces[*index].is_own_card(), &self.names[*index]) {
                    in_book.insert(self.traces[*index].source, name);
                }
            }
            for index in &shared.holders {
                let trace = &self.traces[*index];
                if !trace.is_card() || trace.phones.len() + trace.emails.len() + trace.accounts.len() < 2 {
                    continue;
                }
                for (book, name) in in_book.iter().filter(|(book, _)| **book != trace.source) {
                    if met.entry((*index, *book)).or_insert(name) != name {
                        bridges.insert(*index);
                    }
                }
            }
        }
        bridges
    }

    /// The numbers that are the same as `same`, as the holders write them.
    fn phones<'b>(&'b self, same: &'b SameNumber, holders: &'b [usize]) -> impl Iterator<Item = &'b Phone> {
        let all = holders.iter().flat_map(|i| &self.traces[*i].phones);
        all.filter(move |phone| phone.same() == *same)
    }

    /// An identity as its holders write it.
    fn written(&self, key: &Key<'_>, holders: &[usize]) -> Foreign {
        Foreign::new(match key {
            Key::Lid(lid) => lid.as_str().to_owned(),
            Key::Account(address) => address.as_str().to_owned(),
            Key::Email(email) => email.as_str().to_owned(),
            Key::Phone(same) => {
                let written: BTreeSet<&str> = self.phones(same, holders).map(Phone::as_str).collect();
                written.into_iter().collect::<Vec<_>>().join(" = ")
            }
        })
    }
}

impl Shared<'_> {
    pub fn why(&self) -> Why {
        match &self.key {
            Key::Phone(_) => Why::SamePhone,
            Key::Email(_) => Why::SameEmail,
            Key::Lid(_) | Key::Account(_) => Why::SameAccount,
        }
    }
}

/// Holders of one identity that are surely one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Under one saved name.
    Saved(NameKey),
    /// Shown by WhatsApp as this number.
    Shown,
    /// Split off by the user, from whatever entries.
    Cut,
    /// Nobody else.
    Alone(usize),
}
