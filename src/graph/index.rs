//! Who is found by an address, a number or a name, and so of whom an address
//! speaks that somebody wrote.

use std::collections::HashMap;

use crate::model::finding::Written;
use crate::model::identity::Address;
use crate::model::{Foreign, NameKey, Phone};

use super::join::Joined;
use super::trace::Traces;

/// Who is found by what: an address, a number, a name that the user gave.
#[derive(Default)]
pub(super) struct Index<'a> {
    accounts: HashMap<&'a Address, usize>,
    /// The first of those who hold a number.
    pub(super) phones: HashMap<&'a Phone, usize>,
    /// Nobody, where several bear the name.
    named: HashMap<NameKey, Option<usize>>,
}

impl<'a> Index<'a> {
    /// Of all traces.
    pub(super) fn of(traces: &'a Traces<'_>, joined: &Joined) -> Self {
        let mut index = Self::default();
        for (trace, person) in traces.all.iter().zip(&joined.person) {
            for account in &trace.accounts {
                let first = index.accounts.entry(account).or_insert(*person);
                *first = (*first).min(*person);
            }
            for phone in &trace.phones {
                let first = index.phones.entry(phone).or_insert(*person);
                *first = (*first).min(*person);
            }
            if let Some(name) = &trace.saved_name {
                let only = index.named.entry(name.key()).or_insert(Some(*person));
                *only = only.filter(|only| only == person);
            }
        }
        index
    }

    /// The one person whom the user saved under a name.
    pub(super) fn named(&self, name: &Foreign) -> Option<usize> {
        self.named.get(&name.key()).copied().flatten()
    }

    /// Who holds an address.
    fn holder(&self, address: &Address) -> Option<usize> {
        let by_number = match address {
            Address::Phone(phone) => self.phones.get(phone),
            _ => None,
        };
        self.accounts.get(address).into_iter().chain(by_number).min().copied()
    }
}

/// Of whom a written address speaks, and whether by their own word: the writer,
/// the one who holds that address already, or the one person whom the user saved
/// under that name.
pub(super) fn subject(written: &Written, speaker: usize, index: &Index<'_>) -> Option<(usize, bool)> {
    if written.self_stated {
        return Some((speaker, true));
    }
    let number = matches!(written.address, Address::Phone(_));
    let bare = written.about.is_none() && !written.elses;
    if let Some(holder) = index.holder(&written.address) {
        // Whoever drops a link to the number that they are saved with means themself.
        return Some((holder, number && bare && holder == speaker));
    }
    match &written.about {
        Some(about) => index.named(about).map(|person| (person, false)),
        // Whoever drops a bare link may well mean themself: a hint, no more. A
        // number that is not known as theirs is anybody's.
        None => (bare && !number).then_some((speaker, false)),
    }
}
