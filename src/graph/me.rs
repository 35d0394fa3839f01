//! Who the user is: never a contact of their own.
//!
//! A direct chat that is named after one of its two authors was exported by
//! the other; the author that (nearly) all chats have in common is the user.
//! Neither is ever required: `--me` settles what the files leave open.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::ChatKind;
use crate::model::{Foreign, Phone};

use super::chats::Kept;
use super::name::shown_key;
use super::{Decisions, Source};

/// The user, as the sources show them.
#[derive(Clone, Debug, Default)]
pub struct Me {
    /// Names under which the user writes in chats.
    pub names: BTreeSet<String>,
    /// Names that the user gave as their own, which hold for cards as well.
    pub given_names: BTreeSet<String>,
    /// The user's own numbers.
    pub phones: BTreeSet<Phone>,
}

impl Me {
    /// Whether a shown name is the user's own.
    pub fn is(&self, name: &Foreign, push_name: bool, phone: Option<&Phone>) -> bool {
        phone.is_some_and(|p| self.phones.contains(p)) || (!push_name && self.names.contains(&name.key()))
    }

    /// Whether nothing told who the user is.
    pub fn is_unknown(&self) -> bool {
        self.names.is_empty() && self.phones.is_empty()
    }
}

/// Finds the user among the authors of the chats.
pub fn find(chats: &[Kept<'_>], _sources: &[Source], decisions: &Decisions) -> Me {
    let mut me = Me::default();
    for given in &decisions.me {
        match Phone::parse(given.raw(), decisions.region) {
            Ok(phone) => {
                me.phones.insert(phone);
            }
            Err(_) => {
                me.names.insert(given.key());
                me.given_names.insert(given.key());
            }
        }
    }
    for Kept { chat, .. } in chats.iter().filter(|k| k.chat.kind == ChatKind::Direct) {
        let Some(title) = &chat.title else { continue };
        let title_phone = Phone::parse(title.raw(), None).ok();
        let is_partner = |p: &&crate::model::finding::Writer| {
            p.name.key() == title.key() || (p.phone.is_some() && p.phone == title_phone)
        };
        let others: Vec<_> = chat.people.iter().filter(|p| !is_partner(p)).collect();
        if let [other] = others.as_slice()
            && chat.people.len() == 2
            && !other.push_name
        {
            me.names.insert(other.name.key());
            me.phones.extend(other.phone.clone());
        }
    }
    if me.names.is_empty() {
        me.names.extend(common_author(chats));
    }
    me
}

/// The one author whom all chats with at least two authors have in common,
/// if there are at least two such chats and exactly one such author.
fn common_author(chats: &[Kept<'_>]) -> Option<String> {
    let mut seen_in: BTreeMap<String, usize> = BTreeMap::new();
    let telling: Vec<_> = chats.iter().filter(|k| k.chat.people.len() >= 2).collect();
    for Kept { chat, .. } in &telling {
        let names: BTreeSet<String> =
            chat.people.iter().filter(|p| !p.push_name).map(|p| shown_key(&p.name, false)).collect();
        for name in names {
            *seen_in.entry(name).or_insert(0) += 1;
        }
    }
    let mut everywhere =
        seen_in.into_iter().filter(|(_, count)| *count == telling.len()).map(|(name, _)| name);
    let found = everywhere.next()?;
    (telling.len() >= 2 && everywhere.next().is_none()).then_some(found)
}
