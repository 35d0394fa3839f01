//! Whom to ask a network about, and by which of their identities: nothing
//! else ever leaves.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::threepid::{Medium, ThreePid};
use crate::model::{Contact, ContactId};

use super::Checked;

/// So many identities are asked about at once: more gains nothing, and small
/// proxies refuse it.
pub const BATCH: usize = 1000;

/// What is to be asked of an identity server.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The identities, in an order that tells nothing of who holds them.
    pub identities: Vec<ThreePid>,
    /// Who holds each of them.
    holders: BTreeMap<ThreePid, BTreeSet<ContactId>>,
    /// How many people were left out because the user said never.
    pub excluded: usize,
}

impl Question {
    /// Collects the identities of the contacts that `is_counted` picks.
    ///
    /// Excluded contacts never are among them, and neither is an identity that
    /// an excluded contact shares with somebody else.
    pub fn about(people: &[Checked], is_counted: impl Fn(&Checked) -> bool, media: &[Medium]) -> Question {
        let never: BTreeSet<ThreePid> = people
            .iter()
            .filter(|p| p.contact.is_left_alone())
            .flat_map(|p| identities(&p.contact))
            .collect();
        let mut holders: BTreeMap<ThreePid, BTreeSet<ContactId>> = BTreeMap::new();
        for person in people.iter().filter(|p| !p.contact.is_left_alone() && is_counted(p)) {
            let own = identities(&person.contact);
            for identity in own.filter(|i| media.contains(&i.medium()) && !never.contains(i)) {
                holders.entry(identity).or_default().insert(person.contact.id.clone());
            }
        }
        let excluded = people.iter().filter(|p| p.contact.is_left_alone()).count();
        Question { identities: holders.keys().cloned().collect(), holders, excluded }
    }

    /// Leaves out what has been answered already.
    pub fn without(mut self, answered: &BTreeSet<ThreePid>) -> Question {
        self.identities.retain(|identity| !answered.contains(identity));
        self.holders.retain(|identity, _| !answered.contains(identity));
        self
    }

    /// How many identities of a kind are asked.
    pub fn count(&self, medium: Medium) -> usize {
        self.identities.iter().filter(|identity| identity.medium() == medium).count()
    }

    /// The people who are asked about.
    pub fn people(&self) -> BTreeSet<&ContactId> {
        self.holders.values().flatten().collect()
    }

    /// Who holds an identity.
    pub fn holders(&self, identity: &ThreePid) -> impl Iterator<Item = &ContactId> {
        self.holders.get(identity).into_iter().flatten()
    }
}

/// The e-mail addresses and numbers of a contact.
pub fn identities(contact: &Contact) -> impl Iterator<Item = ThreePid> + '_ {
    let emails = contact.emails.iter().cloned().map(ThreePid::Email);
    emails.chain(contact.phones.iter().cloned().map(ThreePid::Phone))
}
