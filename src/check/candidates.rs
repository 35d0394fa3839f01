//! Accounts that may be somebody's, by a name that they gave themselves: for a
//! person to look at, never a reason to count anybody as reachable.

use std::collections::BTreeSet;

use crate::model::evidence::Origin;
use crate::model::identity::Address;
use crate::model::{Contact, Evidence, Grade, Holding};

use super::Checked;

/// An account that bears a contact's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate<'a> {
    /// The account.
    pub address: &'a Address,
    /// How it was come by.
    pub origin: Origin,
}

/// Whether only a name tells that the account is somebody's.
pub(super) fn is_by_name(evidence: &Evidence) -> bool {
    let by_name = matches!(evidence.origin, Origin::OwnDirect | Origin::SharedRoom | Origin::Directory);
    by_name && evidence.grade >= Grade::C
}

/// The accounts of which a network told that may be a contact's, of those who
/// cannot be reached there as it is; each once, the better way first.
pub fn candidates(person: &Checked) -> (&Contact, Vec<Candidate<'_>>) {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Candidate<'_>> = person
        .evidence
        .iter()
        .filter(|e| e.holding == Holding::Reachable && is_by_name(e))
        .filter(|e| !person.contact.excluded && !person.is_on(e.channel))
        .filter_map(|e| Some(Candidate { address: e.address.as_ref()?, origin: e.origin }))
        .collect();
    found.sort_by_key(|candidate| (candidate.origin, candidate.address));
    found.retain(|candidate| seen.insert(candidate.address));
    (&person.contact, found)
}
