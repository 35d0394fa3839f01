//! Evidence from what Signal's directory answered, as kept in the workspace.
//! Whose a number is is known only now, after all joins.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::evidence::Origin;
use crate::model::identity::Address;
use crate::model::signal_answer::{SignalAnswer, SignalAsked, SignalFound};
use crate::model::threepid::ThreePid;
use crate::model::{Channel, Contact, ContactId, Evidence, Foreign, Grade, Holding, Locator, Moment};

/// The evidence from all answers, by contact. What was found again and again
/// counts when it was first and when it last was; of misses the last. A miss
/// takes nothing back.
pub fn evidence(answers: &[SignalAnswer], contacts: &[Contact]) -> HashMap<ContactId, Vec<Evidence>> {
    let mut all: HashMap<ContactId, Vec<Evidence>> = HashMap::new();
    if answers.is_empty() {
        return all;
    }
    let holders = holders(contacts);
    let mut spans: BTreeMap<(&SignalAsked, SignalFound, &Foreign), BTreeSet<Moment>> = BTreeMap::new();
    for answer in answers {
        spans.entry((&answer.asked, answer.found, &answer.host)).or_default().insert(answer.at);
    }
    for ((asked, found, host), days) in spans {
        let Some(holders) = holders.get(asked) else { continue };
        let grade = match found {
            // A number that several people have tells nothing of one of them.
            _ if holders.len() > 1 => Grade::C,
            SignalFound::Account | SignalFound::Nobody => Grade::A,
            SignalFound::Registered => Grade::B,
        };
        let is_found = found != SignalFound::Nobody;
        let first = days.first().filter(|_| is_found);
        let dates: BTreeSet<&Moment> = first.into_iter().chain(days.last()).collect();
        let about = match asked {
            SignalAsked::Phone(phone) => Some(ThreePid::Phone(phone.clone())),
            SignalAsked::Username(_) => None,
        };
        for id in holders {
            let own = all.entry((*id).clone()).or_default();
            own.extend(dates.iter().map(|at| Evidence {
                channel: Channel::Signal,
                holding: if is_found { Holding::Reachable } else { Holding::NotFound },
                grade,
                address: (is_found || about.is_none()).then(|| asked.address()),
                self_stated: false,
                origin: Origin::SignalLookup,
                locator: Locator { path: host.clone(), line: None },
                at: Some(**at),
                at_latest: false,
                about: about.clone(),
            }));
        }
    }
    all
}

/// Who holds each number and username.
fn holders(contacts: &[Contact]) -> HashMap<SignalAsked, BTreeSet<&ContactId>> {
    let mut holders: HashMap<SignalAsked, BTreeSet<&ContactId>> = HashMap::new();
    for contact in contacts {
        let stated = contact.statements.iter().filter_map(|statement| statement.what.address());
        let usernames = contact.addresses.iter().chain(stated).filter_map(|address| match address {
            Address::SignalUsername(name) => Some(SignalAsked::Username(name.clone())),
            _ => None,
        });
        for asked in contact.phones.iter().cloned().map(SignalAsked::Phone).chain(usernames) {
            holders.entry(asked).or_default().insert(&contact.id);
        }
    }
    holders
}
