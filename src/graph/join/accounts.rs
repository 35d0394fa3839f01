//! Numbers that several of Signal's accounts had one after the other. An
//! account is one person; a number that is given up goes to somebody else, and
//! the newest of the user's exports says who has it now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Joiner;
use super::identity::{Group, Key, Shared};
use crate::graph::review::{Open, Review};
use crate::graph::trace::TraceKind;
use crate::model::Moment;
use crate::model::contact::Why;
use crate::model::identity::SignalAci;

/// An account in a list of Signal's.
#[derive(Clone, Copy)]
struct Listed<'a> {
    index: usize,
    aci: &'a SignalAci,
    at: Option<Moment>,
}

impl<'a> Joiner<'a> {
    /// Takes those who gave a number up from its holders, with all that bears
    /// their name, and leaves those of whoever has it now.
    pub(super) fn set_former_aside(&mut self, mut shared: Shared<'a>) -> Shared<'a> {
        let Key::Phone(same) = &shared.key else { return shared };
        let held = |index: usize| self.former.iter().any(|(i, phone)| *i == index && phone.same() == *same);
        let listed: Vec<Listed<'a>> = shared.holders.iter().filter_map(|i| self.listed(*i)).collect();
        let (former, now): (Vec<&Listed<'a>>, Vec<&Listed<'a>>) =
            listed.iter().partition(|listed| held(listed.index));
        if former.is_empty() {
            let names: BTreeSet<Group> = now.iter().map(|l| self.group(l.index)).collect();
            // Of one age, no list says more than another.
            if names.len() > 1 && Self::is_doubtful(&now) {
                self.refuse(&shared, Why::SeveralAccounts);
                shared.holders.clear();
            }
            return shared;
        }
        let mut aside: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for one in &former {
            aside.entry(self.group(one.index)).or_default().push(one.index);
        }
        // WhatsApp's account is one person: it goes as a whole.
        let rest: Vec<usize> =
            shared.holders.iter().copied().filter(|i| listed.iter().all(|l| l.index != *i)).collect();
        let (account, others): (Vec<usize>, Vec<usize>) =
            rest.into_iter().partition(|i| self.is_account(*i, &shared.key));
        let saved = account.iter().map(|i| self.group(*i)).filter(|group| *group != Group::Shown);
        let saved: BTreeSet<Group> = saved.collect();
        if let (Some(group), 1) = (saved.first(), saved.len())
            && let Some(same) = aside.get_mut(group)
        {
            same.extend(account);
        }
        for index in others {
            if let Some(same) = aside.get_mut(&self.group(index)) {
                same.push(index);
            }
        }
        let gone: BTreeSet<usize> = aside.values().flatten().copied().collect();
        shared.holders.retain(|index| !gone.contains(index));
        for same in aside.values().filter(|same| same.len() > 1) {
            self.unite(same, shared.why(), shared.on.clone());
        }
        let newest = now.iter().max_by_key(|l| (l.at, &self.traces[l.index].locator)).copied();
        if let Some(newest) = newest {
            self.tell_apart(&shared, newest, &former);
        }
        shared
    }

    /// Says that a number changed hands, and asks about it, unless one list has
    /// the accounts of both.
    fn tell_apart(&mut self, shared: &Shared<'_>, now: &Listed<'_>, former: &[&Listed<'_>]) {
        let about: Vec<usize> = std::iter::once(now.index).chain(former.iter().map(|l| l.index)).collect();
        let reason = self.reason(&about, Why::SeveralAccounts, shared.on.clone());
        for index in &about {
            self.said.push((*index, Arc::clone(&reason)));
        }
        let TraceKind::Signal { export, .. } = self.traces[now.index].kind else { return };
        let still_there = |aci| export.people.iter().any(|person| person.aci.as_ref() == Some(aci));
        if !former.iter().all(|one| still_there(one.aci)) {
            let (open, why) = (Open::SharedIdentity, Why::SeveralAccounts);
            let review = Review { open, why, on: shared.on.clone(), places: reason.places.clone() };
            self.open.push((review, about));
        }
    }

    /// Whether the newest lists have several accounts.
    fn is_doubtful(listed: &[&Listed<'_>]) -> bool {
        let newest = listed.iter().map(|l| l.at).max();
        let now = listed.iter().filter(|l| Some(l.at) == newest);
        now.map(|l| l.aci).collect::<BTreeSet<_>>().len() > 1
    }

    /// The account that a trace is, if one of Signal's lists has it.
    fn listed(&self, index: usize) -> Option<Listed<'a>> {
        let TraceKind::Signal { person, export } = self.traces[index].kind else { return None };
        Some(Listed { index, aci: person.aci.as_ref()?, at: export.at })
    }
}
