//! The ledger of contact ids: who had which id, so that a contact keeps it
//! when more becomes known. Ids are random and are never worked out from an
//! identity; what the ledger keeps is by which traces a contact was known.

use std::collections::BTreeMap;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashSet};
use smol_str::SmolStr;

use crate::model::ContactId;

/// Which anchor (a number, an account, a name in a chat) led to which id.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// For each anchor the id, and the id's age: the lower, the older.
    anchors: HashMap<SmolStr, (u64, ContactId)>,
    /// Ids that went into an older one.
    merged: BTreeMap<ContactId, ContactId>,
    /// The anchors that lead elsewhere than they did when this was taken up.
    changed: Vec<SmolStr>,
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
        Self { anchors, merged: merged.into_iter().collect(), changed: Vec::new(), next }
    }

    /// The anchors that lead elsewhere than when the ledger was taken up, in
    /// order, with their ids and ages.
    pub fn changed(&self) -> impl Iterator<Item = (&str, u64, &ContactId)> {
        let mut changed: Vec<&SmolStr> = self.changed.iter().collect();
        changed.sort_unstable();
        changed.into_iter().filter_map(|anchor| {
            let (age, id) = self.anchors.get(anchor)?;
            Some((anchor.as_str(), *age, id))
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

    /// Gives each contact, known by its anchors (in order), an id: the oldest that one
    /// of its anchors had, if no other contact has an older claim to it.
    pub fn assign(
        &mut self,
        contacts: Vec<Vec<SmolStr>>,
        fresh: &mut dyn FnMut() -> ContactId,
    ) -> Vec<ContactId> {
        let oldest = |anchors: &Vec<SmolStr>| anchors.iter().filter_map(|a| self.anchors.get(a)).min();
        // Old contacts choose first; new ones in an order of their own.
        let ages: Vec<u64> = contacts.iter().map(|c| oldest(c).map_or(u64::MAX, |(age, _)| *age)).collect();
        let mut order: Vec<usize> = (0..contacts.len()).collect();
        order.sort_by_key(|i| (ages[*i], contacts[*i].first()));

        let mut taken: HashSet<ContactId> =
            HashSet::with_capacity_and_hasher(contacts.len(), RandomState::default());
        let mut given: Vec<Option<(u64, ContactId)>> = vec![None; contacts.len()];
        for index in order {
            let mut claims: Vec<(u64, ContactId)> =
                contacts[index].iter().filter_map(|a| self.anchors.get(a)).cloned().collect();
            claims.sort();
            let free = claims.into_iter().find(|(_, id)| !taken.contains(id));
            let (age, id) = free.unwrap_or_else(|| {
                self.next += 1;
                (self.next - 1, fresh())
            });
            taken.insert(id.clone());
            given[index] = Some((age, id));
        }
        let count = contacts.iter().map(Vec::len).sum::<usize>();
        self.anchors.reserve(count.saturating_sub(self.anchors.len()));
        for (anchors, given) in contacts.into_iter().zip(&given) {
            let Some((age, id)) = given else { continue };
            for anchor in anchors {
                let before = self.anchors.insert(anchor.clone(), (*age, id.clone()));
                if before.as_ref().is_some_and(|(_, old)| old == id) {
                    continue;
                }
                self.changed.push(anchor);
                if let Some((_, old)) = before.filter(|(_, old)| !taken.contains(old)) {
                    self.merged.insert(old, id.clone());
                }
            }
        }
        given.into_iter().flatten().map(|(_, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assign(ledger: &mut Ledger, contacts: &[&[&str]]) -> Vec<String> {
        let contacts: Vec<Vec<SmolStr>> =
            contacts.iter().map(|c| c.iter().copied().map(SmolStr::from).collect()).collect();
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
    fn after_a_split_nobody_shares_an_id() {
        let mut ledger = Ledger::default();
        assign(&mut ledger, &[&["a", "b"]]);
        let ids = assign(&mut ledger, &[&["a"], &["b"]]);
        assert_eq!(ids[0], "new1");
        assert_ne!(ids[1], ids[0]);
    }
}
