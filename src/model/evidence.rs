//! One dated statement for or against a contact on a channel.

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::foreign::Foreign;
use super::identity::Address;
use super::moment::Moment;
use super::threepid::ThreePid;

/// How much a statement is worth. Ordered: the better grade is the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// A proven account: the network's own list, or the user's own mark.
    A,
    /// A stated address: in the user's address book, or given by the person.
    B,
    /// A hint: said about somebody else.
    C,
    /// A guess.
    D,
}

/// What a statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// They can be reached there.
    Reachable,
    /// The network said that the account is gone.
    Unregistered,
    /// The network was asked and had no answer: not absence.
    NotFound,
    /// They said themselves that they had left.
    Left,
    /// Known to the source, which does not tell either way.
    Silent,
}

/// Which kind of source a statement comes from; words the reason in `why`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// An address book of the user's.
    AddressBook,
    /// Somebody gave their own address in a chat.
    ChatSelf,
    /// Somebody named another one's address in a chat.
    ChatOther,
    /// The contact list in Signal's export.
    SignalExport,
    /// The contact list of Signal Desktop.
    SignalDesktop,
    /// The contact list of the user's own signal-cli.
    SignalCli,
    /// Signal's own directory, asked about a number or a username.
    SignalLookup,
    /// Signal's notice that somebody joined.
    SignalJoined,
    /// The beginning of the direct chat on Signal.
    SignalTalked,
    /// An identity server's answer.
    Lookup,
    /// An identity server's answer that is too good to be believed, or about
    /// an identity that several people share.
    LookupDoubtful,
    /// The user's own direct chats (`m.direct`).
    OwnDirect,
    /// A room that the user is in as well.
    SharedRoom,
    /// A profile, asked for by an address that a source gives.
    Profile,
    /// A homeserver's user directory, searched for a name.
    Directory,
    /// The shadow that a bridge made for somebody of another network.
    BridgeGhost,
    /// The contact list of the user's XMPP account.
    Roster,
    /// Somebody said in a chat that they are there, without an address.
    ThereSelf,
    /// Somebody said in a chat that another one is there, without an address.
    ThereOther,
    /// Somebody said in a chat that they had left.
    LeftSelf,
    /// An address that somebody wrote in a chat, and that is another one's.
    ChatAnother,
    /// A group of theirs that has probably moved there.
    GroupMoved,
    /// The user said so.
    User,
}

/// The place where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Locator {
    /// The file, or the server that said it.
    pub path: Foreign,
    /// The line or row, counted from 1.
    pub line: Option<u64>,
}

/// One statement about one contact on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// On which channel.
    pub channel: Channel,
    /// For or against.
    pub holding: Holding,
    /// How much it is worth.
    pub grade: Grade,
    /// The address that it speaks of, if it names one.
    pub address: Option<Address>,
    /// Whether the person said it of themself.
    pub self_stated: bool,
    /// What kind of source.
    pub origin: Origin,
    /// Where it stands.
    pub locator: Locator,
    /// When it was true; address books do not tell.
    pub at: Option<Moment>,
    /// Whether that is only the day on which the source was made, and what it says
    /// may have been so for long.
    pub at_latest: bool,
    /// By which of their identities they were asked about, where that is how
    /// it was learnt.
    pub about: Option<ThreePid>,
}

impl Evidence {
    /// The address, unless it is known to be another one's.
    pub fn own_address(&self) -> Option<&Address> {
        self.address.as_ref().filter(|_| self.origin != Origin::ChatAnother)
    }
}
