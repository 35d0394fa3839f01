//! What Matrix is to be asked, in this order: the user's own rooms, of which
//! nobody else hears anything; the profiles of addresses that sources give; the
//! identity server; the user directory by name, if the user wants that.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::identity::{Address, Mxid};
use crate::model::threepid::{Medium, ThreePid};
use crate::model::{Channel, Foreign, NameKey, State};

use super::Checked;
use super::question::Question;
use super::sightings::{Faces, stated};

/// So many names are searched for in one run: homeservers let that many pass,
/// and then one a minute.
pub const SEARCHES: usize = 200;

/// Which steps the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Direct chats and the members of rooms.
    pub rooms: bool,
    /// Profiles of Matrix IDs that sources give.
    pub profiles: bool,
    /// The identity server.
    pub identity: bool,
    /// The user directory, by name.
    pub directory: bool,
}

/// What was answered before by a run that was not finished.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// By the identity server.
    pub identities: BTreeSet<ThreePid>,
    /// About the profiles of these Matrix IDs.
    pub profiles: BTreeSet<String>,
    /// About these names.
    pub names: BTreeSet<NameKey>,
}

/// What is to be asked.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// Whether the user's rooms are looked through.
    pub rooms: bool,
    /// Whose profiles are asked for.
    pub profiles: Vec<Mxid>,
    /// What the identity server is asked.
    pub question: Question,
    /// The names to search for, at most [`SEARCHES`].
    pub names: Vec<Foreign>,
    /// How many names are left for another run.
    pub names_left: usize,
    /// How much was answered before.
    pub answered: usize,
}

impl Agenda {
    /// Works out what is to be asked about the contacts that `is_counted` picks.
    /// Nothing that an excluded contact has is ever among it.
    pub fn about(
        people: &[Checked],
        is_counted: impl Fn(&Checked) -> bool,
        media: &[Medium],
        steps: Steps,
        done: &Done,
    ) -> Agenda {
        let whole = Question::about(people, &is_counted, if steps.identity { media } else { &[] });
        let profiles = if steps.profiles { profiles(people, &is_counted) } else { BTreeSet::new() };
        let names = if steps.directory { names(people, &is_counted) } else { BTreeMap::new() };
        let all = whole.identities.len() + profiles.len() + names.len();
        let question = whole.without(&done.identities);
        let profiles: Vec<Mxid> =
            profiles.into_iter().filter(|mxid| !done.profiles.contains(mxid.as_str())).collect();
        let mut names: Vec<Foreign> =
            names.into_iter().filter(|(key, _)| !done.names.contains(key)).map(|(_, name)| name).collect();
        let answered = all - question.identities.len() - profiles.len() - names.len();
        let names_left = names.len().saturating_sub(SEARCHES);
        names.truncate(SEARCHES);
        Agenda { rooms: steps.rooms, profiles, question, names, names_left, answered }
    }

    /// Whether anything about anybody would leave.
    pub fn leaves_anything(&self) -> bool {
        self.leaves_addresses() || !self.names.is_empty()
    }

    /// Whether any identity would leave, hashed or plain.
    pub fn leaves_addresses(&self) -> bool {
        !self.profiles.is_empty() || !self.question.identities.is_empty()
    }
}

/// The Matrix IDs that sources give for these contacts.
fn profiles(people: &[Checked], is_counted: impl Fn(&Checked) -> bool) -> BTreeSet<Mxid> {
    let excluded = people.iter().filter(|p| p.contact.is_left_alone());
    let never: BTreeSet<&Mxid> = excluded
        .flat_map(|p| p.contact.addresses.iter().filter_map(mxid).chain(stated(&p.contact).map(|s| s.0)))
        .collect();
    let counted = people.iter().filter(|p| !p.contact.is_left_alone() && is_counted(p));
    counted
        .flat_map(|p| stated(&p.contact).map(|(mxid, _)| mxid))
        .filter(|mxid| !never.contains(mxid) && !mxid.is_bridge_ghost())
        .cloned()
        .collect()
}

fn mxid(address: &Address) -> Option<&Mxid> {
    match address {
        Address::Mxid(mxid) => Some(mxid),
        _ => None,
    }
}

/// The names, by their keys, of those whom the user saved and who were not
/// found yet. A name that several contacts bear tells nothing, and one that an
/// excluded contact bears never leaves.
fn names(people: &[Checked], is_counted: impl Fn(&Checked) -> bool) -> BTreeMap<NameKey, Foreign> {
    let faces = Faces::new(people.iter().map(|p| &p.contact));
    let excluded = people.iter().filter(|p| p.contact.is_left_alone());
    let never: BTreeSet<NameKey> = excluded.flat_map(|p| p.contact.names.iter().map(Foreign::key)).collect();
    let is_open = |person: &&Checked| {
        let state = person.verdicts.get(Channel::Matrix).state;
        !person.contact.is_left_alone()
            && !matches!(state, State::Reachable | State::Likely)
            && is_counted(person)
    };
    let named = people.iter().filter(is_open).filter_map(|person| {
        let name = person.contact.name.as_ref()?;
        let one = faces.named(name).is_some_and(|contact| contact.id == person.contact.id);
        (one && !never.contains(&name.key())).then(|| (name.key(), name.clone()))
    });
    named.collect()
}
