//! What a reader found in one file: plain facts, not yet joined to anybody.
//!
//! Findings are kept by the workspace for each source. They hold no message
//! text: counts, dates, names, numbers, and addresses that people wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::database::Database;
use super::evidence::Locator;
use super::foreign::Foreign;
use super::identity::{Address, Email, SignalAci, SignalPni, SignalUsername};
use super::kind::{Kind, Platform};
use super::moment::{Moment, Month};
use super::phone::Phone;

/// What was found in one file. Shared, not copied: a book can hold 100,000 cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// An exported chat.
    Chat(Arc<Chat>),
    /// A database of WhatsApp's.
    Database(Arc<Database>),
    /// A part of WhatsApp's report about an account.
    Account(AccountReport),
    /// An address book, or a single card.
    Book(Arc<Book>),
    /// The people whom Signal knows.
    Signal(Arc<SignalExport>),
}

impl Finding {
    /// Whether it is the state of something that goes on changing in its place
    /// (an address book, a database), so that a later one replaces it.
    pub fn is_state(&self) -> bool {
        match self {
            Finding::Book(_) | Finding::Database(_) => true,
            // What a program knows goes on changing; an export is of its day.
            Finding::Signal(export) => export.list != SignalList::Export,
            Finding::Chat(_) | Finding::Account(_) => false,
        }
    }

    /// What kind of file this was found in.
    pub fn kind(&self) -> Kind {
        match self {
            Finding::Chat(_) => Kind::WhatsappChat,
            Finding::Database(database) => database.kind,
            Finding::Account(_) => Kind::WhatsappAccountReport,
            Finding::Book(book) => book.kind,
            Finding::Signal(export) => export.list.kind(),
        }
    }
}

/// A chat as WhatsApp exported it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    /// Which phone system wrote it.
    pub platform: Platform,
    /// The language of WhatsApp's own words in it, ISO 639-1.
    pub language: Option<String>,
    /// How dates were read.
    pub dates: Dates,
    /// The chat's name, from the file name or from its notices.
    pub title: Option<Foreign>,
    /// What kind of chat it is, as far as this file tells.
    pub kind: ChatKind,
    /// What its lines turned out to be.
    pub counts: ChatCounts,
    /// Everybody who wrote at least one message, in order of appearance.
    pub people: Vec<Writer>,
    /// Everybody who is known to have been in the group.
    pub members: Vec<Member>,
    /// Numbers that people changed.
    pub number_changes: Vec<NumberChange>,
    /// Addresses that people wrote.
    pub addresses: Vec<Written>,
    /// Contact cards that were sent, by file name.
    pub cards: Vec<SentCard>,
    /// What people said of who is on which network, without an address.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// E-mail addresses that people wrote.
    #[serde(default)]
    pub emails: Vec<WrittenEmail>,
    /// Numbers that were mentioned: only members of the chat can be.
    #[serde(default)]
    pub mentions: Vec<Phone>,
    /// All names that its notices give a group, the older ones too.
    #[serde(default)]
    pub titles: Vec<Foreign>,
}

impl Chat {
    /// Who wrote under a name. A saved name and a name that somebody else gave
    /// themself can be the same: where the finding does not tell which of them it
    /// was, it was nobody.
    pub fn writer(&self, name: &Foreign, push_name: Option<bool>) -> Option<&Writer> {
        let fits = |p: &&Writer| p.name == *name && push_name.is_none_or(|push| p.push_name == push);
        let mut writers = self.people.iter().filter(fits);
        let writer = writers.next()?;
        writers.next().is_none().then_some(writer)
    }

    /// The newest date of anybody's message.
    pub fn last(&self) -> Option<Moment> {
        self.people.iter().filter_map(|p| p.last).max()
    }
}

/// Whether a chat is between two or among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatKind {
    /// Among several people.
    Group,
    /// Between the exporter and one other.
    Direct,
    /// The file does not tell.
    Unknown,
}

/// How the dates of a chat were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// The order of day, month and year.
    pub order: DateOrder,
    /// What decided it.
    pub decided_by: DecidedBy,
}

/// An order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// The evidence that decided a date order, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// A field of four digits stands first.
    YearFirst,
    /// A field above 12 can only be a day.
    #[serde(rename = "day-above-12")]
    DayAbove12,
    /// Only one order lets time run forward.
    Monotonic,
    /// Names of media files carry their date.
    FileNames,
    /// Dots, dashes or slashes; or the month stands in letters.
    Separators,
    /// The language of the notices.
    Language,
    /// The other files of the same batch.
    Siblings,
    /// The user said so.
    Option,
    /// Nothing: day first is the more common.
    Default,
}

/// What the lines of a chat turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatCounts {
    /// All lines: `headers + continuations + blank + skipped_lines`.
    pub lines: u64,
    /// Lines that begin a message or a notice: `messages + notices`.
    pub headers: u64,
    /// What people sent.
    pub messages: u64,
    /// What WhatsApp itself said.
    pub notices: u64,
    /// Messages that are media, or stand for it.
    pub media: u64,
    /// Lines that belong to the message above.
    pub continuations: u64,
    /// Empty lines.
    pub blank: u64,
    /// Lines before the first header.
    pub skipped_lines: u64,
}

/// Somebody who wrote in a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Writer {
    /// The name as shown, without invisible marks and without `~`.
    pub name: Foreign,
    /// Whether it is a name that the person gave themself (`~ Ada`).
    pub push_name: bool,
    /// The number, where the name is one.
    pub phone: Option<Phone>,
    /// How many messages.
    pub messages: u64,
    /// The first one's date.
    pub first: Option<Moment>,
    /// The last one's date.
    pub last: Option<Moment>,
    /// Messages by month.
    pub months: BTreeMap<Month, u32>,
    /// The language of what they wrote, where a sample tells.
    pub language: Option<String>,
    /// Whether they say *vous* or *tu* to others, where a sample tells.
    pub formal: Option<bool>,
    /// Whether all of it may have been pasted by somebody else: few lines, all of
    /// them where time runs backwards, by somebody whom nothing else shows.
    #[serde(default)]
    pub suspect: bool,
    /// When the first few of their messages were written, in their order: by
    /// these a chat is known again under another name.
    #[serde(default)]
    pub opening: Vec<Moment>,
}

/// Somebody who is known to have been in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name as shown, as in [`Writer`].
    pub name: Foreign,
    /// Whether it is a name that the person gave themself.
    pub push_name: bool,
    /// The number, where the name is one.
    pub phone: Option<Phone>,
    /// Whether they still are.
    pub state: MemberState,
}

/// Whether somebody is still in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberState {
    /// Still there, as far as is known.
    In,
    /// Left.
    Left,
    /// Was removed.
    Removed,
}

/// A notice that somebody changed their number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChange {
    /// Under which name, where it stands there.
    pub name: Option<Foreign>,
    /// The old number.
    pub from: Option<Phone>,
    /// The new number.
    pub to: Option<Phone>,
    /// When that was said first.
    #[serde(default)]
    pub at: Option<Moment>,
}

impl NumberChange {
    /// Adds this to others: said again, it is no other change.
    pub fn add_to(self, changes: &mut Vec<NumberChange>) {
        let same = |c: &&mut NumberChange| (&c.name, &c.from, &c.to) == (&self.name, &self.from, &self.to);
        match changes.iter_mut().find(same) {
            Some(known) => known.at = known.at.into_iter().chain(self.at).min(),
            None => changes.push(self),
        }
    }
}

/// An address that somebody wrote in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The address.
    pub address: Address,
    /// Who wrote it, as in [`Writer::name`].
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself; older findings do
    /// not tell.
    #[serde(default)]
    pub push_name: Option<bool>,
    /// Whether they wrote of themself.
    pub self_stated: bool,
    /// The name of the one who is spoken of, where it is somebody else.
    pub about: Option<Foreign>,
    /// Whether it is not the writer's, without the name of whose it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elses: bool,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Moment>,
}

/// What somebody said in a chat: that they, or somebody else, are on a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// On which.
    pub channel: Channel,
    /// Who said it, as in [`Writer::name`].
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself.
    pub push_name: bool,
    /// Whether they spoke of themself.
    pub self_stated: bool,
    /// The name of the one who is spoken of, where it is somebody else.
    pub about: Option<Foreign>,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Moment>,
}

/// An e-mail address that somebody wrote in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenEmail {
    /// The address.
    pub email: Email,
    /// Who wrote it, as in [`Writer::name`].
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself, as in
    /// [`Written::push_name`].
    #[serde(default)]
    pub push_name: Option<bool>,
    /// Whether they wrote of themself.
    pub self_stated: bool,
    /// In which line.
    pub line: u64,
}

/// A contact card that was sent in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCard {
    /// The name of the file, as it stands in the archive.
    pub file: Foreign,
    /// Who sent it, as in [`Writer::name`].
    pub sent_by: Foreign,
}

/// What WhatsApp's report about an account tells, or the part of it that one
/// file holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountReport {
    /// The account's own number, as written.
    pub own: Option<Foreign>,
    /// The numbers of its contacts. Those without `+` are of the own country.
    pub contacts: Vec<WrittenNumber>,
    /// The names of its groups.
    pub groups: Vec<Foreign>,
}

/// An address book, or a card that was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// In which format.
    pub kind: Kind,
    /// Its cards or rows, in order.
    pub cards: Vec<Card>,
}

/// One entry of an address book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The line or row where it begins.
    pub line: u64,
    /// Where it is by itself, if it is no part of a file: its URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Foreign>,
    /// The name under which the address book shows it.
    pub name: Option<Foreign>,
    /// Whether it is a company, not a person.
    pub company: bool,
    /// Its numbers, as written.
    pub phones: Vec<WrittenNumber>,
    /// Its e-mail addresses.
    pub emails: Vec<Email>,
    /// Its addresses in other networks.
    pub addresses: Vec<Address>,
    /// Who of the two sees the other one's presence, in the list of an XMPP account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<Subscription>,
    /// What should be such an address and is none: told as problems, not kept.
    #[serde(skip)]
    pub unread: Vec<Foreign>,
}

impl Card {
    /// Gives back the room that is not needed any more: a book can hold many.
    pub fn shrink(&mut self) {
        self.phones.shrink_to_fit();
        self.emails.shrink_to_fit();
        self.addresses.shrink_to_fit();
        self.unread = Vec::new();
    }

    /// Where it stands, in the book at `path`.
    pub fn locator(&self, path: &Foreign) -> Locator {
        match &self.place {
            Some(place) => Locator { path: place.clone(), line: None },
            None => Locator { path: path.clone(), line: Some(self.line) },
        }
    }
}

/// Who of two on XMPP sees the other one's presence (RFC 6121, 2.1.2.5). Both
/// had to agree to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subscription {
    /// Each the other's.
    Both,
    /// The contact sees the user's.
    From,
    /// The user sees the contact's.
    To,
    /// Neither: perhaps it was asked for, and not answered.
    None,
}

/// A number as it stands in an address book. Which number it is depends on
/// the region, which may become known only later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenNumber {
    /// As written.
    pub text: Foreign,
    /// The WhatsApp number that stands beside it (`waid`), which wins.
    pub waid: Option<Phone>,
    /// Whether its label says that Signal is reached there.
    pub signal: bool,
}

impl Book {
    /// A number of this book without a country code, placed in `region`; in a
    /// table a spreadsheet may have spoilt it.
    ///
    /// # Errors
    /// Those of [`Phone::parse_from_table`].
    pub fn place_national(
        &self,
        number: &WrittenNumber,
        region: super::phone::RegionCode,
    ) -> Result<Phone, super::phone::NotPhone> {
        match self.kind {
            Kind::ContactsCsv => Phone::parse_from_table(number.text.raw(), Some(region)),
            _ => number.place(Some(region)),
        }
    }
}

impl WrittenNumber {
    /// The number, placed in `region` where it has no country code.
    ///
    /// # Errors
    /// Those of [`Phone::parse`].
    pub fn place(&self, region: Option<super::phone::RegionCode>) -> Result<Phone, super::phone::NotPhone> {
        match &self.waid {
            Some(phone) => Ok(phone.clone()),
            None => Phone::parse(self.text.raw(), region),
        }
    }
}

/// Where a list of the people whom Signal knows comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalList {
    /// Signal's own plaintext export.
    #[default]
    Export,
    /// The database of Signal Desktop.
    Desktop,
    /// The user's own signal-cli.
    Cli,
}

impl SignalList {
    /// The kind of source that it is.
    pub fn kind(self) -> Kind {
        match self {
            SignalList::Export => Kind::SignalExport,
            SignalList::Desktop => Kind::SignalDesktop,
            SignalList::Cli => Kind::SignalCli,
        }
    }
}

/// What is taken from Signal's plaintext export, or from another list of the
/// people whom Signal knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalExport {
    /// Where it comes from.
    #[serde(default)]
    pub list: SignalList,
    /// When the export was made.
    pub at: Option<Moment>,
    /// The number of the user's own account, where the source tells.
    #[serde(default)]
    pub own: Option<Phone>,
    /// How the user can be found.
    pub account: SignalAccount,
    /// The people whom Signal knows.
    pub people: Vec<SignalPerson>,
    /// The groups.
    #[serde(default)]
    pub groups: Vec<SignalGroup>,
}

impl SignalExport {
    /// Keeps those members of the groups whom the list itself knows; the others are
    /// only counted.
    pub fn settle_groups(&mut self) {
        let known: BTreeSet<&SignalAci> = self.people.iter().filter_map(|p| p.aci.as_ref()).collect();
        for group in &mut self.groups {
            let all = group.members.len();
            group.members.retain(|member| known.contains(member));
            group.others += (all - group.members.len()) as u64;
        }
    }
}

/// A group on Signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignalGroup {
    /// The line where it stands.
    pub line: u64,
    /// Its title.
    pub title: Option<Foreign>,
    /// Who of the people is in it, by account.
    pub members: Vec<SignalAci>,
    /// How many more are in it, of whom the export knows nothing: the user is
    /// one of these.
    pub others: u64,
    /// When something was last said in it.
    pub last_said: Option<Moment>,
}

/// How the user can be found on Signal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalAccount {
    /// The user's own username.
    pub username: Option<SignalUsername>,
    /// The link that stands for it (`https://signal.me/#eu/…`).
    pub link: Option<String>,
    /// Whether the user switched off being found by number.
    pub hidden_by_number: bool,
}

/// Somebody whom Signal knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignalPerson {
    /// The line where they stand.
    pub line: u64,
    /// Account id.
    pub aci: Option<SignalAci>,
    /// Phone-number id.
    pub pni: Option<SignalPni>,
    /// Number.
    pub phone: Option<Phone>,
    /// Username.
    pub username: Option<SignalUsername>,
    /// The name in the phone's own address book.
    pub saved_name: Option<Foreign>,
    /// The name that they gave themself.
    pub push_name: Option<Foreign>,
    /// What Signal says of the account.
    pub standing: SignalStanding,
    /// Blocked or hidden by the user.
    pub unwanted: bool,
    /// When something was last said in the direct chat.
    pub last_said: Option<Moment>,
    /// When Signal noticed that they had joined.
    pub joined: Option<Moment>,
    /// Since when the list has shown them as registered, if it was looked at
    /// before.
    #[serde(default)]
    pub since: Option<Moment>,
    /// Numbers that Signal found to be theirs as well, when two chats turned out
    /// to be one.
    #[serde(default)]
    pub merged: Vec<MergedNumber>,
}

/// A number that Signal found to be somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedNumber {
    /// The number.
    pub phone: Phone,
    /// When.
    pub at: Option<Moment>,
    /// The line that says so.
    pub line: u64,
}

/// What Signal's export says of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalStanding {
    /// Registered, or not said of a contact with an account id.
    Registered,
    /// No longer registered, with the date if it is known.
    Unregistered(Option<Moment>),
    /// A number without an account id: Signal does not tell.
    Silent,
}
