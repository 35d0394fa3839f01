//! What is taken from one of WhatsApp's databases. There are several to an
//! account (messages, contacts, linked ids), each of them a file of its own
//! that may come alone and in any order, so each says only what it knows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{MemberState, NumberChange};
use super::foreign::Foreign;
use super::identity::WhatsappLid;
use super::kind::{Kind, Platform};
use super::moment::{Moment, Month};
use super::phone::Phone;

/// What was found in a database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Database {
    /// What it was found as: a database, or a backup of one.
    pub kind: Kind,
    /// Which phone system wrote it.
    pub platform: Platform,
    /// Which of WhatsApp's databases it is.
    pub part: Part,
    /// Everybody in it who is somebody: contacts, partners, members, writers.
    pub people: Vec<Person>,
    /// Which of them is the user, where that can be told.
    pub me: Option<usize>,
    /// The chats.
    pub chats: Vec<Chat>,
    /// What groups are called, where that stands apart from their chats, by
    /// [`Chat::group`].
    pub group_names: BTreeMap<String, Foreign>,
    /// Which number belongs to which linked id.
    pub linked: BTreeMap<WhatsappLid, Phone>,
    /// Numbers that people changed.
    pub number_changes: Vec<NumberChange>,
}

impl Database {
    /// A database in which nothing was found yet.
    pub fn new(platform: Platform, part: Part) -> Self {
        let kind = match platform {
            Platform::Android => Kind::WhatsappAndroidDb,
            Platform::Ios => Kind::WhatsappIosDb,
        };
        Self {
            kind,
            platform,
            part,
            people: Vec::new(),
            me: None,
            chats: Vec::new(),
            group_names: BTreeMap::new(),
            linked: BTreeMap::new(),
            number_changes: Vec::new(),
        }
    }
}

impl Database {
    /// The linked ids of those whose number it does not know.
    pub fn hidden(&self) -> impl Iterator<Item = &WhatsappLid> {
        self.people.iter().filter(|p| p.phone.is_none()).filter_map(|p| p.lid.as_ref())
    }
}

/// The databases of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Chats and messages.
    Messages,
    /// The address book as WhatsApp sees it.
    Contacts,
    /// Which number belongs to which linked id.
    Links,
}

/// Somebody in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their number on WhatsApp.
    pub phone: Option<Phone>,
    /// WhatsApp's own id for them.
    pub lid: Option<WhatsappLid>,
    /// The name in the phone's address book.
    pub saved_name: Option<Foreign>,
    /// The name that they gave themself, or their business.
    pub push_name: Option<Foreign>,
    /// The name by which others find them on WhatsApp without a number.
    #[serde(default)]
    pub username: Option<Foreign>,
    /// The number as it stands in the phone's address book, if that is another
    /// writing than [`Person::phone`].
    pub number: Option<Foreign>,
    /// Whether WhatsApp has checked them as a business.
    pub business: bool,
    /// Whether they have an account: an address book holds others as well.
    pub on_whatsapp: bool,
}

/// A chat in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// The other side, as a place in [`Database::people`]; none in a group.
    pub partner: Option<usize>,
    /// WhatsApp's id for the group; none in a chat between two.
    pub group: Option<String>,
    /// A group's title.
    pub title: Option<Foreign>,
    /// What the user wrote.
    pub mine: Volume,
    /// What the others wrote, by their place in [`Database::people`].
    pub theirs: BTreeMap<usize, Volume>,
    /// Messages of nobody who could be told.
    pub unknown: u64,
    /// Who is, or was, in the group.
    pub members: Vec<Member>,
    /// Whether [`Chat::members`] are all.
    pub members_complete: bool,
}

impl Chat {
    /// All messages.
    pub fn messages(&self) -> u64 {
        self.volumes().map(|v| v.messages).sum::<u64>() + self.unknown
    }

    /// The newest message's date.
    pub fn last(&self) -> Option<Moment> {
        self.volumes().filter_map(|v| v.last).max()
    }

    /// What everybody wrote, the user included.
    pub fn volumes(&self) -> impl Iterator<Item = &Volume> {
        self.theirs.values().chain(std::iter::once(&self.mine))
    }
}

/// How much somebody wrote, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// How many messages.
    pub messages: u64,
    /// The first one's date.
    pub first: Option<Moment>,
    /// The last one's date.
    pub last: Option<Moment>,
    /// Messages by month.
    pub months: BTreeMap<Month, u32>,
}

impl Volume {
    /// Adds what was written elsewhere.
    pub fn add(&mut self, other: &Volume) {
        self.messages += other.messages;
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.max(other.last);
        for (month, count) in &other.months {
            let sum = self.months.entry(*month).or_insert(0);
            *sum = sum.saturating_add(*count);
        }
    }
}

/// Somebody in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their place in [`Database::people`].
    pub person: usize,
    /// What they may do there.
    pub role: Role,
    /// Whether they still are in it.
    pub state: MemberState,
}

/// What somebody may do in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Take part.
    #[default]
    Member,
    /// Change the group.
    Admin,
    /// The same, and made it.
    Creator,
}
