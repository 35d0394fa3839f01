//! Who the user is: never a contact of their own.
//!
//! A direct chat that is named after one of its two authors was exported by
//! the other; the author that (nearly) all chats have in common is the user.
//! Neither is ever required: `--me` settles what the files leave open.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::database::Person;
use crate::model::finding::{AccountReport, Chat, ChatKind, Writer};
use crate::model::identity::WhatsappLid;
use crate::model::phone::{NotPhone, RegionCode};
use crate::model::{Finding, Foreign, NameKey, Phone};

use super::chats::Kept;
use super::{Decisions, Source};

/// The user, as the sources show them.
#[derive(Clone, Debug, Default)]
pub struct Me {
    /// Names under which the user writes in chats.
    pub names: BTreeSet<NameKey>,
    /// Names that the user gave as their own, which hold for cards as well.
    pub given_names: BTreeSet<NameKey>,
    /// The user's own numbers.
    pub phones: BTreeSet<Phone>,
    /// WhatsApp's own ids for the user.
    pub lids: BTreeSet<WhatsappLid>,
    /// What the user gave as their own number, without a country code.
    pub national: Vec<Foreign>,
    /// The number of the WhatsApp account, where its report tells.
    pub account: Option<Phone>,
}

impl Me {
    /// Whether a shown name is the user's own.
    pub fn is(&self, name: &Foreign, push_name: bool, phone: Option<&Phone>) -> bool {
        phone.is_some_and(|p| self.has(p)) || (!push_name && self.names.contains(&name.key()))
    }

    /// Whether a number is the user's own, in whichever writing.
    pub fn has(&self, phone: &Phone) -> bool {
        self.phones.iter().any(|own| own == phone || own.same() == phone.same())
    }

    /// Places the user's own numbers without a country code where those of their
    /// address book are. Whether any is left.
    pub fn place(&mut self, home: Option<RegionCode>) -> bool {
        self.national.retain(|written| match Phone::parse(written.raw(), home) {
            Ok(phone) => {
                self.phones.insert(phone);
                false
            }
            Err(_) => true,
        });
        !self.national.is_empty()
    }

    /// Whether nothing told who the user is.
    pub fn is_unknown(&self) -> bool {
        self.names.is_empty() && self.phones.is_empty()
    }
}

/// Finds the user among the authors of the chats, in the databases, and in the
/// report about the account.
pub fn find(sources: &[Source], chats: &[Kept<'_>], decisions: &Decisions) -> Me {
    let mut me = Me::default();
    for source in sources {
        if let Finding::Account(AccountReport { own: Some(own), .. }) = &source.finding
            && let Ok(phone) = Phone::parse(own.raw(), decisions.region)
                .or_else(|no| Phone::from_digits(own.raw()).ok_or(no))
        {
            me.account.get_or_insert(phone.clone());
            me.phones.insert(phone);
        }
    }
    let signal = sources.iter().filter_map(|source| match &source.finding {
        Finding::Signal(export) => export.own.clone(),
        _ => None,
    });
    me.phones.extend(signal);
    for given in &decisions.me {
        match Phone::parse(given.raw(), decisions.region) {
            Ok(phone) => {
                me.phones.insert(phone);
            }
            Err(NotPhone::NeedsRegion | NotPhone::OtherRegion) => me.national.push(given.clone()),
            Err(_) => {
                me.names.insert(given.key());
                me.given_names.insert(given.key());
            }
        }
    }
    // In each direct chat the one who is not named by the title is the exporter;
    // most chats of a batch are the user's, another one may not be.
    // Whoever gave their names needs no guess, and another's export no harm.
    let told = !me.given_names.is_empty();
    let mut votes: BTreeMap<NameKey, usize> = BTreeMap::new();
    for Kept { chat, .. } in chats.iter().filter(|k| !told && k.chat.kind == ChatKind::Direct) {
        if let Some(exporter) = exporter(chat) {
            *votes.entry(exporter.name.key()).or_insert(0) += 1;
        }
    }
    let mut ranked: Vec<(NameKey, usize)> = votes.into_iter().collect();
    ranked.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    for (name, _) in ranked {
        // Nobody writes to themself: who met the user in a chat is another.
        let writes_with_me = chats.iter().any(|k| {
            let writes = |name: &str| k.chat.people.iter().any(|p| !p.push_name && p.name.key() == name);
            writes(&name) && me.names.iter().any(|own| *own != name && writes(own))
        });
        if !writes_with_me {
            me.names.insert(name);
        }
    }
    for Kept { chat, .. } in chats {
        let own = chat.people.iter().filter(|p| !p.push_name && me.names.contains(&p.name.key()));
        me.phones.extend(own.filter_map(|p| p.phone.clone()));
    }
    if me.names.is_empty() {
        me.names.extend(common_author(chats));
    }
    let databases = || {
        sources.iter().filter_map(|source| match &source.finding {
            Finding::Database(database) => Some(database),
            _ => None,
        })
    };
    // What a database lets guess, the user's own word and address book outdo.
    let told = decisions.me.iter().any(|given| Phone::parse(given.raw(), decisions.region).is_ok());
    for own in databases().filter_map(|d| d.people.get(d.me?)).filter(|_| !told) {
        if !is_saved(own, sources, &me, decisions) {
            me.phones.extend(own.phone.clone());
            me.lids.extend(own.lid.clone());
        }
    }
    // Whoever has the user's number is the user under the linked id as well.
    for database in databases() {
        let own = |phone: &Phone| me.phones.contains(phone);
        me.lids.extend(database.linked.iter().filter(|(_, phone)| own(phone)).map(|(lid, _)| lid.clone()));
    }
    me
}

/// Whether somebody of a database stands in an address book, under a name that
/// is not known as the user's own.
fn is_saved(person: &Person, sources: &[Source], me: &Me, decisions: &Decisions) -> bool {
    let another = |name: Option<&Foreign>| name.is_some_and(|name| !me.names.contains(&name.key()));
    let same = |phone: &Phone| person.phone.as_ref().is_some_and(|own| own.same() == phone.same());
    sources.iter().any(|source| match &source.finding {
        Finding::Book(book) => book.cards.iter().any(|card| {
            let mut phones = card.phones.iter().filter_map(|number| number.place(decisions.region).ok());
            another(card.name.as_ref()) && phones.any(|phone| same(&phone))
        }),
        Finding::Database(database) => database.people.iter().any(|other| {
            let lid = other.lid.is_some() && other.lid == person.lid;
            another(other.saved_name.as_ref()) && (lid || other.phone.as_ref().is_some_and(same))
        }),
        Finding::Signal(export) => export
            .people
            .iter()
            .any(|other| another(other.saved_name.as_ref()) && other.phone.as_ref().is_some_and(same)),
        Finding::Chat(_) | Finding::Account(_) => false,
    })
}

/// The author of a direct chat whom its title does not name.
fn exporter(chat: &Chat) -> Option<&Writer> {
    let title = chat.title.as_ref()?;
    let title_phone = Phone::parse(title.raw(), None).ok();
    let is_partner =
        |p: &&Writer| p.name.key() == title.key() || (p.phone.is_some() && p.phone == title_phone);
    let others: Vec<&Writer> = chat.people.iter().filter(|p| !is_partner(p)).collect();
    match others.as_slice() {
        [other] if chat.people.len() == 2 && !other.push_name => Some(other),
        _ => None,
    }
}

/// From so many chats on, the one who wrote in all of them is the user: two
/// groups can have a friend in common.
const TELLING: usize = 3;

/// The one author whom (nearly) all chats with at least two authors have in
/// common, if there are enough such chats. Of many chats a few may be
/// somebody else's; the next author must then be far behind.
fn common_author(chats: &[Kept<'_>]) -> Option<NameKey> {
    let mut seen_in: BTreeMap<NameKey, usize> = BTreeMap::new();
    let telling: Vec<_> = chats.iter().filter(|k| k.chat.people.len() >= 2).collect();
    for Kept { chat, .. } in &telling {
        let names: BTreeSet<NameKey> =
            chat.people.iter().filter(|p| !p.push_name).map(|p| p.name.shown_key(false)).collect();
        for name in names {
            *seen_in.entry(name).or_insert(0) += 1;
        }
    }
    let all = telling.len();
    let mut ranked: Vec<(usize, NameKey)> = seen_in.into_iter().map(|(name, count)| (count, name)).collect();
    ranked.sort_by(|a, b| b.cmp(a));
    let (most, name) = ranked.first()?;
    let next = ranked.get(1).map_or(0, |(count, _)| *count);
    let everywhere = *most == all && next < all;
    let nearly = *most * 10 >= all * 9 && next * 2 <= *most;
    (all >= TELLING && (everywhere || nearly)).then(|| name.clone())
}
