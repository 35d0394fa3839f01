//! In which order people and groups stand for the plan, and whose dice are whose.
//!
//! The ids of contacts are random, so nothing may hang on them: the same data in a
//! fresh workspace has to give the same order. What counts is what people are known
//! by (their first number, else another address, else their name), then their names,
//! their groups and how much was said; the id decides only between two who are the
//! same in all of that. Groups stand by their titles, then by who is in them. The
//! dice of somebody hang on what they are known by alone, so that somebody else more
//! changes nobody's.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::spread::dice::mixed;
use super::weigh::members;
use crate::check::Checked;
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::{Contact, Foreign, Group, Phone};

/// Contacts and groups, numbered by what they are.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The contact of each number.
    contacts: Vec<usize>,
    /// The number of each contact.
    numbers: Vec<usize>,
    /// The group of each knot.
    groups: Vec<usize>,
    /// The knot of each group.
    knots: Vec<usize>,
    /// The dice of each number.
    pub keys: Vec<u64>,
    /// The dice of each knot.
    pub knot_keys: Vec<u64>,
    /// The members of each knot, by number.
    pub members: Vec<Vec<usize>>,
}

impl Numbers {
    /// Numbers contacts and groups.
    pub fn of(people: &[Checked], groups: &[Group]) -> Numbers {
        let known: Vec<Known<'_>> = people.iter().map(|person| Known::of(&person.contact, groups)).collect();
        let mut contacts: Vec<usize> = (0..people.len()).collect();
        contacts.sort_by(|a, b| {
            let id = |at: usize| &people[at].contact.id;
            known[*a].cmp(&known[*b]).then_with(|| id(*a).cmp(id(*b)))
        });
        let numbers = turned(&contacts);
        let keys = keys(contacts.iter().map(|contact| (known[*contact].kind, known[*contact].by)));
        let number = |contact: usize| numbers.get(contact).copied();
        let mut rows: Vec<Vec<usize>> =
            groups.iter().map(|group| members(group).filter_map(number).collect()).collect();
        for row in &mut rows {
            row.sort_unstable();
        }
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|a, b| {
            let known = |at: usize| (groups[at].title.raw(), &rows[at], groups[at].messages, at);
            known(*a).cmp(&known(*b))
        });
        let knot_keys = keys_of_titles(&order, groups);
        let members = order.iter().map(|group| std::mem::take(&mut rows[*group])).collect();
        Numbers { knots: turned(&order), contacts, numbers, groups: order, keys, knot_keys, members }
    }

    /// The contact of a number.
    pub fn contact(&self, number: usize) -> usize {
        self.contacts[number]
    }

    /// The number of a contact.
    pub fn number(&self, contact: usize) -> usize {
        self.numbers[contact]
    }

    /// The group of a knot.
    pub fn group(&self, knot: usize) -> usize {
        self.groups[knot]
    }

    /// The knot of a group.
    pub fn knot(&self, group: usize) -> usize {
        self.knots[group]
    }

    /// What a group is known by in JSON: it stays while its title does.
    pub fn group_id(&self, group: usize) -> String {
        let key = self.knots.get(group).and_then(|knot| self.knot_keys.get(*knot));
        format!("{:016x}", key.copied().unwrap_or_default())
    }
}

/// What somebody is known by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Known<'a> {
    kind: u8,
    by: &'a str,
    name: Option<&'a Foreign>,
    groups: Vec<&'a Foreign>,
    messages: u64,
}

impl<'a> Known<'a> {
    fn of(contact: &'a Contact, groups: &'a [Group]) -> Known<'a> {
        let first = [
            contact.phones.first().map(Phone::as_str),
            contact.lids.first().map(WhatsappLid::as_str),
            contact.emails.first().map(Email::as_str),
            contact.addresses.first().map(Address::as_str),
        ];
        let name = contact.names.iter().min();
        let own = (0_u8..).zip(first).find_map(|(kind, by)| Some((kind, by?)));
        let (kind, by) = own.unwrap_or((u8::MAX, name.map(Foreign::raw).unwrap_or_default()));
        let mut groups: Vec<&Foreign> =
            contact.groups.iter().filter_map(|at| groups.get(*at)).map(|group| &group.title).collect();
        groups.sort_unstable();
        Known { kind, by, name, groups, messages: contact.messages }
    }
}

/// The place of each in a list.
fn turned(list: &[usize]) -> Vec<usize> {
    let mut places = vec![0; list.len()];
    list.iter().enumerate().for_each(|(place, one)| places[*one] = place);
    places
}

/// A key for each; where several are known by the same, they have different ones,
/// in their order.
fn keys<'a>(known: impl Iterator<Item = (u8, &'a str)>) -> Vec<u64> {
    let mut met: BTreeMap<u64, u64> = BTreeMap::new();
    let key = |(kind, by): (u8, &str)| {
        let hash = Sha256::new().chain_update([kind]).chain_update(by).finalize();
        let key = hash.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte));
        let before = met.entry(key).or_insert(0);
        let own = if *before == 0 { key } else { mixed(key, *before) };
        *before += 1;
        own
    };
    known.map(key).collect()
}

/// The same for groups, which are known by their titles.
fn keys_of_titles(order: &[usize], groups: &[Group]) -> Vec<u64> {
    keys(order.iter().map(|group| (u8::MAX - 1, groups[*group].title.raw())))
}
