//! Evidence from what networks answered, as kept in the workspace. Who holds
//! an identity is known only now, after all joins.
//!
//! An identity server says whatever it likes, so its answers are looked at as a
//! whole: an account that it gives to more people than can share one, and a
//! server that knows nearly everybody, prove nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::question::identities;
use crate::model::evidence::Origin;
use crate::model::identity::{Address, Mxid};
use crate::model::threepid::ThreePid;
use crate::model::{
    Answer, Channel, Code, Contact, ContactId, Evidence, Foreign, Grade, Holding, Locator, Moment, Problem,
};

/// An account that more people than this are said to have is nobody's: a
/// couple may share one.
const SHARED_BY: usize = 2;

/// From so many people on, a server that knows nearly all of them is doubted.
const ENOUGH_TO_DOUBT: usize = 20;

/// Nearly all: more than so many of a hundred.
const NEARLY_ALL: usize = 95;

/// All answers, and who holds the identities that they are about.
#[derive(Debug, Default)]
pub struct Answers<'a> {
    about: BTreeMap<&'a ThreePid, Vec<&'a Answer>>,
    holders: BTreeMap<&'a ThreePid, BTreeSet<ContactId>>,
    /// Accounts that more people are said to have than can be, by whichever
    /// servers.
    overshared: BTreeSet<&'a Mxid>,
    /// Servers that know nearly everybody.
    omniscient: BTreeSet<&'a Foreign>,
}

impl<'a> Answers<'a> {
    /// Brings answers and contacts together.
    pub fn new(answers: &'a [Answer], contacts: &[Contact]) -> Answers<'a> {
        let mut all = Answers::default();
        for answer in answers {
            all.about.entry(&answer.asked).or_default().push(answer);
        }
        for contact in contacts.iter().filter(|_| !answers.is_empty()) {
            for identity in identities(contact) {
                if let Some((asked, _)) = all.about.get_key_value(&identity) {
                    all.holders.entry(asked).or_default().insert(contact.id.clone());
                }
            }
        }
        all.doubt(answers);
        all
    }

    /// Finds what is too good to be true.
    fn doubt(&mut self, answers: &'a [Answer]) {
        let mut owners: BTreeMap<&Mxid, BTreeSet<&ContactId>> = BTreeMap::new();
        let mut asked: BTreeMap<&Foreign, BTreeSet<&ContactId>> = BTreeMap::new();
        let mut found: BTreeMap<&Foreign, BTreeSet<&ContactId>> = BTreeMap::new();
        for answer in answers {
            let holders = || self.holders.get(&answer.asked).into_iter().flatten();
            asked.entry(&answer.host).or_default().extend(holders());
            if let Some(mxid) = &answer.mxid {
                found.entry(&answer.host).or_default().extend(holders());
                owners.entry(mxid).or_default().extend(holders());
            }
        }
        let too_many = owners.into_iter().filter(|(_, owners)| owners.len() > SHARED_BY);
        let overshared = too_many.map(|(account, _)| account).collect();
        let knows_all = |(host, asked): &(&'a Foreign, BTreeSet<&ContactId>)| {
            let found = found.get(host).map_or(0, BTreeSet::len);
            asked.len() >= ENOUGH_TO_DOUBT && found * 100 > asked.len() * NEARLY_ALL
        };
        let omniscient = asked.into_iter().filter(knows_all).map(|(host, _)| host).collect();
        (self.overshared, self.omniscient) = (overshared, omniscient);
    }

    /// Tells which answers are not believed.
    pub fn problems(&self) -> Vec<Problem> {
        let hosts = self.omniscient.iter();
        let hosts = hosts.map(|host| Problem::new(Code::LookupKnowsAll).in_file(host.raw()));
        let accounts = self.overshared.iter();
        let accounts = accounts.map(|mxid| Problem::new(Code::LookupOvershared).quoting(mxid.as_str()));
        hosts.chain(accounts).collect()
    }

    /// What the answers say of a contact. The same answer of the same server
    /// counts when it was first given and when it last was; of misses the
    /// last one alone.
    pub fn evidence(&self, contact: &Contact) -> Vec<Evidence> {
        let mut spans: BTreeMap<(ThreePid, &Foreign, Option<&Mxid>), (Moment, Moment)> = BTreeMap::new();
        for identity in identities(contact) {
            for answer in self.about.get(&identity).into_iter().flatten() {
                let key = (identity.clone(), &answer.host, answer.mxid.as_ref());
                let span = spans.entry(key).or_insert((answer.at, answer.at));
                *span = (span.0.min(answer.at), span.1.max(answer.at));
            }
        }
        let mut evidence = Vec::new();
        for ((identity, host, mxid), (first, last)) in spans {
            let days = if first == last || mxid.is_none() { vec![last] } else { vec![first, last] };
            let doubtful = mxid.is_some_and(|mxid| self.is_doubtful(&identity, host, mxid));
            evidence.extend(days.into_iter().map(|at| Evidence {
                channel: Channel::Matrix,
                holding: if mxid.is_some() { Holding::Reachable } else { Holding::NotFound },
                grade: if doubtful { Grade::C } else { Grade::A },
                address: mxid.cloned().map(Address::Mxid),
                self_stated: false,
                origin: if doubtful { Origin::LookupDoubtful } else { Origin::Lookup },
                locator: Locator { path: host.clone(), line: None },
                at: Some(at),
                at_latest: false,
                about: Some(identity.clone()),
            }));
        }
        evidence
    }

    /// Whether an answer proves nothing about who holds the identity: it is
    /// too good to be true, or several people hold the identity.
    fn is_doubtful(&self, identity: &ThreePid, host: &Foreign, mxid: &Mxid) -> bool {
        self.omniscient.contains(host)
            || self.overshared.contains(mxid)
            || self.holders.get(identity).is_some_and(|holders| holders.len() > 1)
    }
}
