//! Evidence from what the user's own homeserver told: their direct chats and
//! rooms, profiles, the user directory.
//!
//! An address that a source states is confirmed by what is seen. A name that
//! people give themselves joins nobody: where it is the one under which the
//! user saved exactly one contact, that is a hint if there is a room in common,
//! and a guess if the directory found it. The shadows that bridges make for
//! people of other networks reveal a number, and that there is no account.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::contact::Said;
use crate::model::evidence::Origin;
use crate::model::identity::{Address, Mxid};
use crate::model::sighting::{Seen, Sighting, Way};
use crate::model::{
    Channel, Contact, ContactId, Evidence, Foreign, Grade, Holding, Locator, Moment, NameKey, Phone,
};

/// Why an account is taken for a contact's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The contact or the user's address book states it.
    Stated,
    /// Somebody else states it, or several contacts do.
    Hearsay,
    /// It bears the name under which the user saved one contact.
    Name,
    /// It is the shadow of the contact's number in another network.
    Ghost,
}

/// The contacts, by what an account can fit.
#[derive(Debug, Default)]
pub struct Faces<'a> {
    stated: HashMap<&'a Mxid, BTreeMap<&'a ContactId, Fit>>,
    names: HashMap<NameKey, Vec<&'a Contact>>,
    numbers: HashMap<&'a Phone, Vec<&'a ContactId>>,
    signal: HashMap<&'a str, Vec<&'a ContactId>>,
}

impl<'a> Faces<'a> {
    /// Looks at all contacts.
    pub fn new(contacts: impl Iterator<Item = &'a Contact>) -> Faces<'a> {
        let mut faces = Faces::default();
        for contact in contacts {
            for (mxid, fit) in stated(contact) {
                let holders = faces.stated.entry(mxid).or_default();
                let best = holders.entry(&contact.id).or_insert(fit);
                *best = fit.min(*best);
            }
            for name in contact.name.iter().filter(|name| !name.is_blank()) {
                faces.names.entry(name.key()).or_default().push(contact);
            }
            for phone in &contact.phones {
                faces.numbers.entry(phone).or_default().push(&contact.id);
            }
            for address in &contact.addresses {
                if let Address::SignalAci(aci) = address {
                    faces.signal.entry(aci.as_str()).or_default().push(&contact.id);
                }
            }
        }
        faces
    }

    /// Whose an account with such a name may be, and why.
    pub fn of(&self, mxid: &Mxid, name: Option<&Foreign>) -> Vec<(&'a ContactId, Fit)> {
        if mxid.is_bridge_ghost() {
            return self.behind(mxid).into_iter().map(|id| (id, Fit::Ghost)).collect();
        }
        if let Some(holders) = self.stated.get(mxid) {
            // Who shares an address cannot be told by it.
            let shared = holders.len() > 1;
            return holders.iter().map(|(id, fit)| (*id, if shared { Fit::Hearsay } else { *fit })).collect();
        }
        let one = name.and_then(|name| self.named(name));
        one.map(|contact| (&contact.id, Fit::Name)).into_iter().collect()
    }

    /// The one contact whom the user saved under a name; none where several bear
    /// it, however they came by it.
    pub fn named(&self, name: &Foreign) -> Option<&'a Contact> {
        match self.names.get(&name.key()).map(Vec::as_slice) {
            Some([one]) if one.saved => Some(one),
            _ => None,
        }
    }

    /// Whose number or Signal account stands behind a bridge's shadow.
    fn behind(&self, ghost: &Mxid) -> Vec<&'a ContactId> {
        let local = ghost.localpart().trim_start_matches('_');
        let Some((_, code)) = local.split_once('_') else { return Vec::new() };
        if let Some(holders) = self.signal.get(code) {
            return holders.clone();
        }
        // A WhatsApp LID has digits as well, and is marked.
        let phone = Some(code).filter(|code| code.bytes().all(|b| b.is_ascii_digit()));
        let phone = phone.and_then(Phone::from_digits);
        phone.and_then(|phone| self.numbers.get(&phone)).cloned().unwrap_or_default()
    }
}

/// The Matrix IDs that sources state of a contact, and how well.
pub fn stated(contact: &Contact) -> impl Iterator<Item = (&Mxid, Fit)> {
    contact.statements.iter().filter_map(|statement| match &statement.what {
        Said::InBook(Address::Mxid(mxid)) | Said::BySelf(Address::Mxid(mxid)) => Some((mxid, Fit::Stated)),
        Said::ByOther(Address::Mxid(mxid)) => Some((mxid, Fit::Hearsay)),
        _ => None,
    })
}

/// What is worth what: an account's way and why it fits.
fn weigh(way: Way, fit: Fit) -> (Grade, Origin) {
    use Grade::{A, B, C, D};
    match (way, fit) {
        (_, Fit::Ghost) => (D, Origin::BridgeGhost),
        (Way::Direct, Fit::Stated) => (A, Origin::OwnDirect),
        (Way::Direct, _) => (C, Origin::OwnDirect),
        (Way::Room, Fit::Stated) => (B, Origin::SharedRoom),
        (Way::Room, _) => (C, Origin::SharedRoom),
        (Way::Profile, Fit::Stated) => (B, Origin::Profile),
        (Way::Profile, _) => (C, Origin::Profile),
        (Way::Directory, _) => (D, Origin::Directory),
    }
}

/// What a piece of evidence is about: all but its date.
type Gist<'a> = (Way, Grade, Origin, &'a Foreign, Option<&'a Mxid>);

/// The evidence from all sightings, by contact. What was seen again and again
/// counts when it was first seen and when it last was; of misses the last.
pub fn evidence(sightings: &[Sighting], contacts: &[Contact]) -> HashMap<ContactId, Vec<Evidence>> {
    if sightings.is_empty() {
        return HashMap::new();
    }
    let faces = Faces::new(contacts.iter());
    let mut spans: BTreeMap<(&ContactId, Gist<'_>), BTreeSet<Moment>> = BTreeMap::new();
    for Sighting { host, at, seen } in sightings {
        let mut note = |id, grade, origin, mxid| {
            spans.entry((id, (seen.way, grade, origin, host, mxid))).or_default().insert(*at);
        };
        match &seen.mxid {
            Some(mxid) => {
                for (id, fit) in faces.of(mxid, seen.name.as_ref()) {
                    let (grade, origin) = weigh(seen.way, fit);
                    note(id, grade, origin, Some(mxid));
                }
            }
            None => {
                for (id, origin) in missed(seen, &faces) {
                    note(id, Grade::A, origin, None);
                }
            }
        }
    }
    let mut evidence: HashMap<ContactId, Vec<Evidence>> = HashMap::new();
    for ((id, (_, grade, origin, host, mxid)), days) in spans {
        let holding = match (mxid, origin) {
            (None, _) => Holding::NotFound,
            (_, Origin::BridgeGhost) => Holding::Silent,
            _ => Holding::Reachable,
        };
        let first = days.first().filter(|_| holding == Holding::Reachable);
        let dates: BTreeSet<&Moment> = first.into_iter().chain(days.last()).collect();
        let own = evidence.entry(id.clone()).or_default();
        own.extend(dates.into_iter().map(|at| Evidence {
            channel: Channel::Matrix,
            holding,
            grade,
            address: mxid.cloned().map(Address::Mxid),
            self_stated: false,
            origin,
            locator: Locator { path: host.clone(), line: None },
            at: Some(*at),
            at_latest: false,
            about: None,
        }));
    }
    evidence
}

/// Who was asked about, where nobody was found.
fn missed<'a>(seen: &Seen, faces: &Faces<'a>) -> Vec<(&'a ContactId, Origin)> {
    let Some(asked) = &seen.asked else { return Vec::new() };
    match seen.way {
        Way::Profile => {
            let holders = Mxid::parse(asked.raw()).and_then(|mxid| faces.stated.get(&mxid));
            holders.into_iter().flatten().map(|(id, _)| (*id, Origin::Profile)).collect()
        }
        Way::Directory => {
            faces.named(asked).map(|contact| (&contact.id, Origin::Directory)).into_iter().collect()
        }
        Way::Direct | Way::Room => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
