//! Contacts and groups: what the graph makes of all findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use super::channel::Channel;
use super::evidence::Locator;
use super::few::Few;
use super::finding::{MemberState, SignalList, Subscription};
use super::foreign::Foreign;
use super::identity::{Address, Email, WhatsappLid};
use super::invited::{Became, Invited};
use super::moment::{Moment, Month};
use super::phone::Phone;

/// The opaque name of a contact: random, never worked out from an identity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactId(SmolStr);

impl ContactId {
    /// Makes an id from random bytes.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(format_smolstr!("{:016x}", u64::from_be_bytes(bytes)))
    }

    /// Takes an id that was made before.
    pub fn known(id: impl Into<SmolStr>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One person other than the user.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The opaque name.
    pub id: ContactId,
    /// The name to show: the user's own name for them before any other.
    pub name: Option<Foreign>,
    /// All names that were met, the shown one first.
    pub names: Vec<Foreign>,
    /// Numbers.
    pub phones: Few<Phone>,
    /// E-mail addresses.
    pub emails: Few<Email>,
    /// Addresses in other networks.
    pub addresses: Few<Address>,
    /// WhatsApp's own ids for them. Where there is no number beside them, the
    /// number cannot be known.
    pub lids: Few<WhatsappLid>,
    /// The groups they are in, as indices into the graph's groups.
    pub groups: BTreeSet<usize>,
    /// Messages exchanged: those of the direct chats, both ways, and what
    /// they wrote in groups.
    pub messages: u64,
    /// The same by month.
    pub months: BTreeMap<Month, u64>,
    /// The newest of them.
    pub last_message: Option<Moment>,
    /// The direct chats with them.
    pub direct: Direct,
    /// Whether they count for the big number.
    pub scope: Scope,
    /// Whether the user has a name for them.
    pub saved: bool,
    /// How many entries of each source they are made of, by the source's place.
    pub entries: Few<(usize, u64)>,
    /// What sources say about their channels.
    pub statements: Vec<Statement>,
    /// When something was last said on a channel other than WhatsApp.
    pub used: BTreeMap<Channel, Moment>,
    /// Why the traces were taken for one person.
    pub reasons: Vec<Arc<Reason>>,
    /// The language they write in, where it is known.
    pub language: Option<String>,
    /// Whether they and the user say *vous*.
    pub formal: Option<bool>,
    /// Whether the user said never.
    pub excluded: bool,
    /// Accounts of which the user said that they are somebody else's.
    pub denied: Few<Address>,
    /// What the user told of invitations, the oldest first.
    pub invited: Vec<Invited>,
}

impl Contact {
    /// Whether there is a direct chat or a group with them.
    pub fn is_on_whatsapp(&self) -> bool {
        self.direct.mine + self.direct.theirs > 0 || !self.groups.is_empty()
    }

    /// Whether the user never wants anybody to be asked about them.
    pub fn is_left_alone(&self) -> bool {
        self.excluded || self.invited.last().is_some_and(|told| told.became == Became::Never)
    }
}

/// What the direct chats with a contact hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direct {
    /// Messages by the user.
    pub mine: u64,
    /// Messages by the contact.
    pub theirs: u64,
}

impl Direct {
    /// Whether both sides wrote.
    pub fn both_wrote(self) -> bool {
        self.mine > 0 && self.theirs > 0
    }
}

/// Whether a contact counts for the big number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The people that the big number is about.
    Circle,
    /// Never seen in a WhatsApp source.
    AddressBookOnly,
    /// Never saved by name, and no direct chat in which both sides wrote: seen in
    /// groups, in the account's own report, or in a chat that nobody answered.
    GroupOnly,
}

impl Scope {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Circle => "circle",
            Scope::AddressBookOnly => "address-book-only",
            Scope::GroupOnly => "group-only",
        }
    }
}

/// What a source says about a contact's channels, before it is weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is said.
    pub what: Said,
    /// Where.
    pub locator: Locator,
    /// When it was true.
    pub at: Option<Moment>,
}

/// The content of a [`Statement`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The user's address book holds this address.
    InBook(Address),
    /// The contact gave this address for themself.
    BySelf(Address),
    /// Somebody gave this address for the contact, whom it names.
    ByOther(Address),
    /// Signal lists the account.
    SignalListed(SignalList, Option<Address>),
    /// Signal lists the account as gone, since that day, or by that day at the
    /// latest.
    SignalGone(SignalList, Option<Address>, Gone),
    /// Signal knows the number and does not tell.
    SignalSilent(SignalList),
    /// Signal noticed that the person had joined.
    SignalJoined(Option<Address>),
    /// Something was said in the direct chat with the account.
    SignalTalked(SignalList, Option<Address>),
    /// The user said that the account is theirs.
    Marked(Address),
    /// The user said that they came.
    Came(Channel),
    /// The user's XMPP account has this address in its contact list.
    InRoster(Address, Subscription),
    /// The contact said that they are there, and gave no address.
    ThereBySelf(Channel),
    /// Somebody said that the contact is there, and gave no address.
    ThereByOther(Channel),
    /// The contact said that they had left.
    LeftBySelf(Channel),
    /// The contact gave an address that is somebody else's, of whom nothing is
    /// known: it says nothing about the contact.
    OfAnother(Address),
    /// Most members of a group of theirs are together there.
    GroupMoved(Channel),
}

/// What the date of an account that is gone means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Since then, as the network says.
    Since,
    /// The day of the list, which does not say since when.
    ByThen,
}

impl Said {
    /// Which channel it is about.
    pub fn channel(&self) -> Channel {
        match self {
            Said::InBook(address)
            | Said::BySelf(address)
            | Said::ByOther(address)
            | Said::Marked(address)
            | Said::OfAnother(address)
            | Said::InRoster(address, _) => address.channel(),
            Said::SignalListed(..)
            | Said::SignalGone(..)
            | Said::SignalSilent(_)
            | Said::SignalJoined(_)
            | Said::SignalTalked(..) => Channel::Signal,
            Said::Came(channel)
            | Said::ThereBySelf(channel)
            | Said::ThereByOther(channel)
            | Said::LeftBySelf(channel)
            | Said::GroupMoved(channel) => *channel,
        }
    }
}

impl Said {
    /// The contact's address that is spoken of, if one is named.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Said::InBook(address)
            | Said::BySelf(address)
            | Said::ByOther(address)
            | Said::Marked(address)
            | Said::InRoster(address, _) => Some(address),
            Said::SignalListed(_, address)
            | Said::SignalGone(_, address, _)
            | Said::SignalJoined(address)
            | Said::SignalTalked(_, address) => address.as_ref(),
            Said::Came(_)
            | Said::SignalSilent(_)
            | Said::ThereBySelf(_)
            | Said::ThereByOther(_)
            | Said::LeftBySelf(_)
            | Said::OfAnother(_)
            | Said::GroupMoved(_) => None,
        }
    }
}

/// Why two traces were joined, or were not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// What kind of reason.
    pub why: Why,
    /// The identity or name that it rests on.
    pub on: Foreign,
    /// Where the traces stand.
    pub places: Vec<Locator>,
}

/// The kinds of reasons for joins and refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Joined: the same number.
    SamePhone,
    /// Joined: the same e-mail address.
    SameEmail,
    /// Joined: the same account.
    SameAccount,
    /// Joined: the same card once more, equal in everything.
    SameCard,
    /// Joined: a saved name that exactly one contact bears.
    UniqueName,
    /// Joined: a chat as text and one in a database are the same.
    SameChat,
    /// Joined: a notice says that the number changed.
    NumberChange,
    /// Refused: a notice says that the number changed, and something speaks
    /// against it.
    NumberChangeDoubted,
    /// Joined: WhatsApp's own table ties its id to the number.
    LidMap,
    /// Refused: several contacts bear the name.
    AmbiguousName,
    /// Refused: a fixed line, which a household shares.
    SharedFixedLine,
    /// Refused: Signal lists several accounts that had the number.
    SeveralAccounts,
    /// Refused: two cards of one book with different names.
    SharedWithinBook,
    /// Refused: a card that holds identities of two people of another book.
    LinksTwo,
    /// Open: a number that cannot be placed without a region.
    NeedsRegion,
    /// Assumed: a number without a country code is of the region that most of
    /// the address book is of.
    AssumedRegion,
    /// Assumed: a number without a country code is of the region that the user's
    /// own number is of.
    OwnRegion,
    /// Open: WhatsApp knows them by an id of its own alone.
    NumberUnknown,
    /// Open: a number whose zero or plus a spreadsheet took.
    Damaged,
    /// Open: a national number that is none of the region.
    OtherRegion,
    /// Open: it is not clear which digits are the number.
    Unclear,
    /// Joined: the user said so.
    DecidedSame,
    /// Refused: the user said so.
    DecidedApart,
}

/// A WhatsApp group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its title.
    pub title: Foreign,
    /// Who is in it, as indices into the graph's contacts.
    pub members: BTreeMap<usize, MemberState>,
    /// Whether that is everybody.
    pub members_complete: bool,
    /// Who of them may change the group, where the source tells.
    pub admins: BTreeSet<usize>,
    /// Messages in it, the user's included.
    pub messages: u64,
    /// The same by month.
    pub months: BTreeMap<Month, u64>,
    /// Where members of it are together on another network.
    pub elsewhere: Vec<Elsewhere>,
}

/// A group on another network in which members of a WhatsApp group are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// On which network.
    pub channel: Channel,
    /// The title there.
    pub title: Option<Foreign>,
    /// How many are in both.
    pub shared: usize,
    /// How many are in the WhatsApp group, the user left out.
    pub members: usize,
    /// Whether it is so many that the group has probably moved.
    pub moved: bool,
}
