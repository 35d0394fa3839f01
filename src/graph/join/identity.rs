//! Joins by number, e-mail address and account, and what refuses them.
//!
//! An identity stands for one person, unless several people share it: those at
//! one fixed line, and those whom one address book keeps apart under different
//! names. Nor does a card join two people whom another book keeps apart: a card
//! of "Mum and Dad" holds the numbers of both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Joiner;
use crate::graph::review::{Open, Review};
use crate::graph::trace::{Trace, TraceKind};
use crate::model::contact::Why;
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::mark::{Sign, SignKey};
use crate::model::phone::{Line, SameNumber};
use crate::model::{Foreign, NameKey, Phone};

/// An identity that can join. In the order in which they are looked at, so
/// that what is surest comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
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

/// An identity with those who hold it.
struct Shared<'a> {
    key: Key<'a>,
    /// As it is written, in all its writings.
    on: Foreign,
    holders: Vec<usize>,
}

impl<'a> Joiner<'a> {
    /// Joins all holders of each identity, unless something speaks against it.
    pub(super) fn by_identity(&mut self) {
        let mut held: Vec<(Key<'a>, usize)> = Vec::new();
        let traces: &'a [Trace<'a>] = self.traces;
        for (index, trace) in traces.iter().enumerate() {
            let keys = trace.phones.iter().map(|phone| Key::Phone(phone.same()));
            let keys = keys.chain(trace.emails.iter().map(Key::Email));
            let keys = keys.chain(trace.accounts.iter().map(Key::Account));
            let keys = keys.chain(trace.lids.iter().map(Key::Lid));
            held.extend(keys.map(|key| (key, index)));
        }
        held.sort_unstable();
        // A number in two writings on one card is held once.
        held.dedup();
        let mut joining: Vec<Shared<'a>> = Vec::new();
        for same in held.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let key = same[0].0.clone();
            let mut holders: Vec<usize> = same.iter().map(|(_, index)| *index).collect();
            // By place, so that the order of the files cannot matter.
            holders.sort_by(|a, b| traces[*a].locator.cmp(&traces[*b].locator));
            let shared = Shared { on: self.written(&key, &holders), key, holders };
            match self.refusal(&shared) {
                Some(why) => self.refuse(&shared, why),
                None => joining.push(shared),
            }
        }
        let bridges = self.bridges(&joining);
        for shared in joining {
            self.join(&shared, &bridges);
        }
    }

    /// Joins the holders of one identity.
    fn join(&mut self, shared: &Shared<'_>, bridges: &BTreeSet<usize>) {
        let changed = |i: &usize| matches!(self.traces[*i].kind, TraceKind::NumberChange);
        let notice = shared.holders.iter().any(changed);
        let bridged = shared.holders.iter().any(|i| bridges.contains(i));
        // A notice says that two numbers are one person, whatever the book calls them.
        if !notice && (bridged || self.sets.clash(&shared.holders)) {
            let apart: Vec<usize> = shared.holders.iter().filter(|i| !bridges.contains(i)).copied().collect();
            self.refuse(shared, Why::LinksTwo);
            if bridged && apart.len() > 1 && !self.sets.clash(&apart) {
                self.unite(&apart, shared.why(), shared.on.clone());
            }
            return;
        }
        let mapped = shared.holders.iter().any(|i| matches!(self.traces[*i].kind, TraceKind::LidMap));
        let why = match (notice, mapped) {
            (true, _) => Why::NumberChange,
            (_, true) => Why::LidMap,
            _ => shared.why(),
        };
        self.unite(&shared.holders, why, shared.on.clone());
    }

    /// Why an identity does not make one person of those who hold it.
    fn refusal(&self, shared: &Shared<'_>) -> Option<Why> {
        if self.rules.shared.contains(&shared.key.sign()) {
            return Some(Why::DecidedApart);
        }
        let mut in_book: BTreeMap<usize, &str> = BTreeMap::new();
        for index in &shared.holders {
            let trace = &self.traces[*index];
            if matches!(trace.kind, TraceKind::Card { .. })
                && let Some(name) = &self.names[*index]
                && *in_book.entry(trace.source).or_insert(name) != name.as_str()
            {
                return Some(Why::SharedWithinBook);
            }
        }
        // WhatsApp has one account for a number, fixed or not.
        let elsewhere = shared.holders.iter().any(|index| self.at_one_line(*index) != Group::Shown);
        (elsewhere && self.is_fixed(shared)).then_some(Why::SharedFixedLine)
    }

    /// Whether all writings of a number are those of a fixed line.
    fn is_fixed(&self, shared: &Shared<'_>) -> bool {
        let Key::Phone(same) = &shared.key else { return false };
        let written: BTreeSet<&Phone> = self.phones(same, &shared.holders).collect();
        written.into_iter().all(|phone| phone.line() == Line::Fixed)
    }

    /// Keeps the holders of a shared identity apart, but for those that are
    /// surely one: the same account, or the same name on two cards, unless it
    /// is a fixed line: father and son may bear one name.
    fn refuse(&mut self, shared: &Shared<'_>, why: Why) {
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        let account = self.account(shared, why);
        for index in &shared.holders {
            let group = match self.at_one_line(*index) {
                Group::Shown => account.clone(),
                group => group,
            };
            groups.entry(group).or_default().push(*index);
        }
        for (group, same) in groups {
            let named = matches!(group, Group::Saved(_)) && why != Why::SharedFixedLine;
            let surely = named || group == Group::Shown;
            if surely && same.len() > 1 && !self.sets.clash(&same) {
                self.unite(&same, shared.why(), shared.on.clone());
            }
        }
        let reason = self.reason(&shared.holders, why, shared.on.clone());
        for index in &shared.holders {
            self.said.push((*index, Arc::clone(&reason)));
        }
        if why != Why::DecidedApart {
            let places = reason.places.clone();
            let review = Review { open: Open::SharedIdentity, why, on: shared.on.clone(), places };
            self.open.push((review, shared.holders.clone()));
        }
    }

    /// Whose the one WhatsApp account of a number is that several people share:
    /// theirs under whose name WhatsApp shows it, if it is one name. At a fixed
    /// line a name tells nobody.
    fn account(&self, shared: &Shared<'_>, why: Why) -> Group {
        let in_database = |index: &&usize| matches!(self.traces[**index].kind, TraceKind::Database { .. });
        let shown = shared.holders.iter().filter(in_database).map(|index| self.group(*index));
        let mut saved: BTreeSet<Group> = shown.filter(|group| matches!(group, Group::Saved(_))).collect();
        match saved.pop_first() {
            Some(name) if saved.is_empty() && why != Why::SharedFixedLine => name,
            _ => Group::Shown,
        }
    }

    /// Who of the holders of one identity is surely the same as another one.
    fn group(&self, index: usize) -> Group {
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
            (None, _) => Group::Alone(index),
        }
    }

    /// The same, where WhatsApp's databases show the one account of a number,
    /// under whatever name the user has saved it.
    fn at_one_line(&self, index: usize) -> Group {
        match self.traces[index].kind {
            TraceKind::Database { .. } => Group::Shown,
            _ => self.group(index),
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
                if let (TraceKind::Card { own: true, .. }, Some(name)) =
                    (&self.traces[*index].kind, &self.names[*index])
                {
                    in_book.insert(self.traces[*index].source, name);
                }
            }
            for index in &shared.holders {
                let trace = &self.traces[*index];
                let cards = matches!(trace.kind, TraceKind::Card { .. });
                if !cards || trace.phones.len() + trace.emails.len() + trace.accounts.len() < 2 {
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
    fn why(&self) -> Why {
        match &self.key {
            Key::Phone(_) => Why::SamePhone,
            Key::Email(_) => Why::SameEmail,
            Key::Lid(_) | Key::Account(_) => Why::SameAccount,
        }
    }
}

/// Holders of one identity that are surely one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// Under one saved name.
    Saved(NameKey),
    /// Shown by WhatsApp as this number.
    Shown,
    /// Nobody else.
    Alone(usize),
}
