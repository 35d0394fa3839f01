//! The ledger of contact ids: who had which id, so that a contact keeps it
//! when more becomes known. Ids are random and are never worked out from an
//! identity; what the ledger keeps is by which traces a contact was known.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};
use smol_str::SmolStr;

use crate::model::ContactId;

/// How the anchors begin that are accounts of Signal's: each is one person for
/// ever, while numbers go from one to the next.
pub const ACCOUNT: &str = "signal-aci ";
/// Those of numbers, which the next one has as well.
const NUMBERS: [&str; 2] = ["phone ", "signal-pni "];

/// By what a contact is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The anchors, in order.
    pub anchors: Vec<SmolStr>,
    /// Whether all this stands in lists of Signal's accounts alone: then a number is
    /// the account's, and goes with it.
    pub listed: bool,
}

impl Known {
    /// Whether an anchor is one of Signal's accounts.
    fn accounts(&self) -> impl Iterator<Item = &SmolStr> {
        self.anchors.iter().filter(|anchor| anchor.starts_with(ACCOUNT))
    }
}

/// Which anchor (a number, an account, a name in a chat) led to which id.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// For each anchor the id, and the id's age, the lower the older: as they were
    /// when this was taken up.
    anchors: HashMap<SmolStr, (u64, ContactId)>,
    /// Ids that went into an older one.
    merged: BTreeMap<ContactId, ContactId>,
    /// The anchors that lead elsewhere by now, in order, each with the place of the
    /// id that it leads to. Of a new workspace that is all of them, for which a row
    /// is less than a map.
    changed: Vec<(SmolStr, usize)>,
    /// The ids that were given since, with their ages.
    given: Vec<(u64, ContactId)>,
    next: u64,
}

impl Ledger {
    /// Takes up what was kept: anchors with their ids and ages, and the ids
    /// that went into others.
    pub fn restore(
        anchors: impl IntoIterator<Item = (SmolStr, u64, ContactId)>,
        merged: impl IntoIterator<Item = (ContactId, ContactId)>,
    ) -> Self {
        let anchors: HashMap<_, _> =
            anchors.into_iter().map(|(anchor, age, id)| (anchor, (age, id))).collect();
        let next = anchors.values().map(|(age, _)| age + 1).max().unwrap_or(0);
        Self { anchors, merged: merged.into_iter().collect(), next, ..Self::default() }
    }

    /// The anchors that lead elsewhere than when the ledger was taken up, in
    /// order, with their ids and ages.
    pub fn changed(&self) -> impl Iterator<Item = (&str, u64, &ContactId)> {
        self.changed.iter().map(|(anchor, place)| {
            let (age, id) = &self.given[*place];
            (anchor.as_str(), *age, id)
        })
    }

    /// All ids that went into others.
    pub fn merged(&self) -> impl Iterator<Item = (&ContactId, &ContactId)> {
        self.merged.iter()
    }

    /// The id under which a contact goes now that once had `id`.
    pub fn current<'a>(&'a self, id: &'a ContactId) -> &'a ContactId {
        let mut current = id;
        // Chains are short; the bound only guards a ledger edited by hand.
        for _ in 0..1000 {
            match self.merged.get(current) {
                Some(next) => current = next,
                None => break,
            }
        }
        current
    }

    /// The ids that a contact can have: whether it is known by the account, the age,
    /// the id. A number alone gives nobody the id of another account.
    fn claims(&self, contact: &Known, accounts: &HashSet<&ContactId>) -> Vec<(u64, bool, ContactId)> {
        let own: Vec<&ContactId> =
            contact.accounts().filter_map(|anchor| self.anchors.get(anchor)).map(|(_, id)| id).collect();
        let new = contact.listed && contact.accounts().next().is_some();
        let mut claims: Vec<(u64, bool, ContactId)> = Vec::new();
        for anchor in &contact.anchors {
            let Some((age, id)) = self.anchors.get(anchor) else { continue };
            let number = NUMBERS.iter().any(|kind| anchor.starts_with(kind));
            if new && number && accounts.contains(id) && !own.contains(&id) {
                continue;
            }
            claims.push((*age, !own.contains(&id), id.clone()));
        }
        claims.sort();
        claims
    }

    /// Gives each contact, known by its anchors, an id: the oldest that one of its
    /// anchors had, if no other contact has an older claim to it, or one of the same
    /// age by the account.
    pub fn assign(&mut self, contacts: Vec<Known>, fresh: &mut dyn FnMut() -> ContactId) -> Vec<ContactId> {
        self.settle();
        // The ids of those whose account is known.
        let accounts: HashSet<&ContactId> = match contacts.iter().any(|c| c.accounts().next().is_some()) {
            true => {
                let all = self.anchors.iter().filter(|(anchor, _)| anchor.starts_with(ACCOUNT));
                all.map(|(_, (_, id))| id).collect()
            }
            false => HashSet::default(),
        };
        let all: Vec<Vec<(u64, bool, ContactId)>> =
            contacts.iter().map(|contact| self.claims(contact, &accounts)).collect();
        // Old contacts choose first; new ones in an order of their own.
        let mut order: Vec<usize> = (0..contacts.len()).collect();
        order.sort_by_key(|i| {
            let oldest = all[*i].first().map_or((u64::MAX, true), |(age, other, _)| (*age, *other));
            (oldest, contacts[*i].anchors.first())
        });

        // Those of the ids from before that somebody has by now; new ones are nobody else’s.
        let mut taken: HashSet<ContactId> = HashSet::default();
        let first = self.given.len();
        self.given.resize(first + order.len(), (0, ContactId::known("")));
        for index in order {
            let free = all[index].iter().find(|(.., id)| !taken.contains(id));
            self.given[first + index] = match free {
                Some((age, _, id)) => {
                    taken.insert(id.clone());
                    (*age, id.clone())
                }
                None => {
                    self.next += 1;
                    (self.next - 1, fresh())
                }
            };
        }
        if self.anchors.is_empty() {
            self.changed.reserve_exact(contacts.iter().map(|contact| contact.anchors.len()).sum());
        }
        for (index, (contact, claims)) in contacts.into_iter().zip(&all).enumerate() {
            let (_, id) = &self.given[first + index];
            // Whose number went to somebody else did not go into them.
            let joined = |old: &ContactId| !taken.contains(old) && claims.iter().any(|(.., id)| id == old);
            for anchor in contact.anchors {
                let before = self.anchors.get(&anchor).map(|(_, old)| old);
                if before == Some(id) {
                    continue;
                }
                if let Some(old) = before.filter(|old| joined(old)) {
                    self.merged.insert(old.clone(), id.clone());
                }
                self.changed.push((anchor, first + index));
            }
        }
        // Where an anchor led to two of them, the last one counts.
        self.changed.sort_unstable();
        self.changed.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        self.given[first..].iter().map(|(_, id)| id.clone()).collect()
    }

    /// Takes up what this ledger itself has given.
    fn settle(&mut self) {
        for (anchor, place) in &self.changed {
            self.anchors.insert(anchor.clone(), self.given[*place].clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assign(ledger: &mut Ledger, contacts: &[&[&str]]) -> Vec<String> {
        let known = |anchors: &&[&str]| Known {
            anchors: anchors.iter().copied().map(SmolStr::from).collect(),
            listed: anchors
                .iter()
                .all(|anchor| anchor.starts_with("signal-") || anchor.starts_with("phone ")),
        };
        let contacts: Vec<Known> = contacts.iter().map(known).collect();
        let mut count = ledger.next;
        let mut fresh = || {
            count += 1;
            ContactId::known(format!("new{count}"))
        };
        ledger.assign(contacts, &mut fresh).iter().map(|id| id.as_str().to_owned()).collect()
    }

    #[test]
    fn ids_stay_and_after_a_join_the_older_one_survives() {
        let mut ledger = Ledger::default();
        assert_eq!(assign(&mut ledger, &[&["a"], &["b"]]), ["new1", "new2"]);
        assert_eq!(assign(&mut ledger, &[&["b"], &["a"]]), ["new2", "new1"]);
        assert_eq!(assign(&mut ledger, &[&["a", "b", "c"]]), ["new1"]);
        assert_eq!(ledger.current(&ContactId::known("new2")).as_str(), "new1");
        assert_eq!(assign(&mut ledger, &[&["c"]]), ["new1"]);
    }

    #[test]
    fn a_number_that_went_to_another_account_does_not_take_the_id_along() {
        let mut ledger = Ledger::default();
        assert_eq!(assign(&mut ledger, &[&["phone 1", "signal-aci a"]]), ["new1"]);
        // Both are there: whoever is the account is known again.
        assert_eq!(assign(&mut ledger, &[&["phone 1", "signal-aci b"], &["signal-aci a"]]), ["new2", "new1"]);
        // The first one is gone from the list altogether.
        let mut ledger = Ledger::default();
        assert_eq!(assign(&mut ledger, &[&["phone 1", "signal-aci a"]]), ["new1"]);
        assert_eq!(assign(&mut ledger, &[&["phone 1", "signal-aci b"]]), ["new2"]);
        assert_eq!(ledger.current(&ContactId::known("new1")).as_str(), "new1", "nor did it go into that one");
        // A chat under that number goes on, whatever the account.
        let mut ledger = Ledger::default();
        assert_eq!(assign(&mut ledger, &[&["chat x", "phone 1", "signal-aci a"]]), ["new1"]);
        assert_eq!(assign(&mut ledger, &[&["chat x", "phone 1", "signal-aci b"]]), ["new1"]);
        // So does whoever was known before the account was.
        let mut ledger = Ledger::default();
        assert_eq!(assign(&mut ledger, &[&["phone 1"]]), ["new1"]);
        assert_eq!(assign(&mut ledger, &[&["phone 1", "signal-aci b"]]), ["new1"]);
    }

    #[test]
    fn after_a_split_nobody_shares_an_id() {
        let mut ledger = Ledger::default();
        assign(&mut ledger, &[&["a", "b"]]);
        let ids = assign(&mut ledger, &[&["a"], &["b"]]);
        assert_eq!(ids[0], "new1");
        assert_ne!(ids[1], ids[0]);
    }
}
