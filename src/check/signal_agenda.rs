//! What Signal's directory is to be asked: about everybody who is counted and not
//! known to be there, by number, and by username where there is one. What
//! sources and signal-cli's own list tell costs nothing and comes before.

use std::collections::BTreeSet;

use super::Checked;
use crate::model::identity::Address;
use crate::model::phone::SameNumber;
use crate::model::signal_answer::SignalAsked;
use crate::model::{Channel, ContactId, Evidence, Phone, State};

/// What is to be asked.
#[derive(Clone, Debug, Default)]
pub struct SignalAgenda {
    /// The numbers, all of them at once: small questions cost most.
    pub numbers: Vec<SignalAsked>,
    /// The usernames, one by one: a bad one would spoil the others.
    pub usernames: Vec<SignalAsked>,
    /// Who is asked about.
    pub people: BTreeSet<ContactId>,
    /// How many of those counted are known to be there, and not asked about.
    pub known: usize,
    /// How many numbers and usernames were answered before.
    pub answered: usize,
    /// How many people were left out because the user said never.
    pub excluded: usize,
}

impl SignalAgenda {
    /// Works out what is to be asked about the contacts that `is_counted` picks.
    /// Nothing that an excluded contact has is ever among it.
    pub fn about(
        people: &[Checked],
        is_counted: impl Fn(&Checked) -> bool,
        done: &BTreeSet<SignalAsked>,
    ) -> SignalAgenda {
        let mut agenda = SignalAgenda::default();
        let excluded = || people.iter().filter(|p| p.contact.is_left_alone());
        agenda.excluded = excluded().count();
        let never: BTreeSet<SignalAsked> = excluded().flat_map(asked).collect();
        let never_numbers: BTreeSet<SameNumber> =
            excluded().flat_map(|p| p.contact.phones.iter().map(Phone::same)).collect();
        let is_never = |one: &SignalAsked| match one {
            SignalAsked::Phone(phone) => never_numbers.contains(&phone.same()),
            SignalAsked::Username(_) => never.contains(one),
        };
        let mut open: BTreeSet<SignalAsked> = BTreeSet::new();
        let mut answered: BTreeSet<SignalAsked> = BTreeSet::new();
        for person in people.iter().filter(|p| !p.contact.is_left_alone() && is_counted(p)) {
            if person.verdicts.get(Channel::Signal).state == State::Reachable {
                agenda.known += 1;
                continue;
            }
            for one in asked(person).filter(|one| !is_never(one)) {
                if done.contains(&one) {
                    answered.insert(one);
                } else {
                    agenda.people.insert(person.contact.id.clone());
                    open.insert(one);
                }
            }
        }
        agenda.answered = answered.len();
        (agenda.numbers, agenda.usernames) =
            open.into_iter().partition(|one| matches!(one, SignalAsked::Phone(_)));
        agenda
    }

    /// Whether anything about anybody would leave.
    pub fn leaves_anything(&self) -> bool {
        !self.numbers.is_empty() || !self.usernames.is_empty()
    }

    /// All that would leave.
    pub fn all(&self) -> impl Iterator<Item = &SignalAsked> {
        self.numbers.iter().chain(&self.usernames)
    }
}

/// By what somebody can be asked about.
fn asked(person: &Checked) -> impl Iterator<Item = SignalAsked> + '_ {
    let numbers = person.contact.phones.iter().cloned().map(SignalAsked::Phone);
    let usernames =
        person.contact.addresses.iter().chain(stated(person)).filter_map(|address| match address {
            Address::SignalUsername(name) => Some(SignalAsked::Username(name.clone())),
            _ => None,
        });
    numbers.chain(usernames)
}

/// The addresses that sources state of somebody.
fn stated(person: &Checked) -> impl Iterator<Item = &Address> {
    person.evidence.iter().filter_map(Evidence::own_address)
}
