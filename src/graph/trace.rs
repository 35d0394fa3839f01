//! Traces: every appearance of somebody in a source, before anything is
//! joined. A card is a trace, a name in a chat is one, a line in Signal's
//! contact list is one.

mod books;
mod chats;
mod databases;
mod doubts;
mod former;
mod marks;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::database;
use crate::model::finding::{Card, NumberChange, SignalExport, SignalPerson, WrittenNumber};
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::phone::NotPhone;
use crate::model::{Few, Finding, Foreign, Locator, Moment, NameKey, Phone};

use super::Source;
use super::chats::Kept;
use super::me::Me;
use super::region::Regions;

use books::sent_by_other;
pub use doubts::doubts;

/// So many places explain a reason; a switchboard stands on thousands of cards.
pub const MOST_PLACES: usize = 12;

/// One appearance of somebody.
#[derive(Clone, Debug)]
pub struct Trace<'a> {
    /// In which source.
    pub source: usize,
    /// Where exactly.
    pub locator: Locator,
    /// What kind of appearance.
    pub kind: TraceKind<'a>,
    /// The name that the user's own address book gives: in a card, in Signal's
    /// system name, or shown in a chat without `~`.
    pub saved_name: Option<Foreign>,
    /// A name that the person gave themself, or that somebody else gave.
    pub other_name: Option<Foreign>,
    /// Numbers.
    pub phones: Few<Phone>,
    /// Numbers that cannot be placed, and why.
    pub unplaced: Vec<(Foreign, NotPhone)>,
    /// E-mail addresses.
    pub emails: Few<Email>,
    /// Accounts: two traces with one of them in common are one person.
    pub accounts: Few<Address>,
    /// WhatsApp's own ids for them, which join as accounts do.
    pub lids: Few<WhatsappLid>,
    /// Whether it is the user.
    pub is_me: bool,
    /// Whether it is nobody: a company, a short code, a service number.
    pub is_nobody: bool,
}

/// The kinds of traces.
#[derive(Clone, Copy, Debug)]
pub enum TraceKind<'a> {
    /// A card of an address book; `own` if the book is the user's, not a card
    /// that somebody else sent.
    Card {
        /// The card.
        card: &'a Card,
        /// Whether it is the user's own.
        own: bool,
    },
    /// Somebody in a chat.
    Chat {
        /// The chat's place among the chats that count.
        chat: usize,
    },
    /// Somebody in Signal's contact list.
    Signal {
        /// The line.
        person: &'a SignalPerson,
        /// The export.
        export: &'a SignalExport,
    },
    /// Somebody in one of WhatsApp's databases.
    Database {
        /// The person.
        person: &'a database::Person,
        /// Whether it is a row of the phone's address book as WhatsApp sees it.
        book: bool,
    },
    /// A number in the report about the user's WhatsApp account.
    Account {
        /// As it stands there.
        number: &'a WrittenNumber,
    },
    /// A number, or a name, in a notice that somebody took another number.
    NumberChange,
    /// A row that ties WhatsApp's own id to a number. It makes nobody.
    LidMap,
    /// Identities of an entry of which the user said that they are somebody
    /// else's than the rest of it.
    Cut {
        /// Whether the entry is a card of the user's own.
        own: bool,
    },
}

impl TraceKind<'_> {
    /// Whether it is no entry of its source that is counted.
    pub fn is_no_entry(&self) -> bool {
        matches!(self, TraceKind::NumberChange | TraceKind::LidMap | TraceKind::Cut { .. })
    }
}

impl Trace<'_> {
    /// Whether it is an entry of an address book. What WhatsApp keeps of the
    /// phone's own is one as well, as far as somebody is saved there.
    pub fn is_card(&self) -> bool {
        match self.kind {
            TraceKind::Card { .. } => true,
            TraceKind::Database { book, .. } => book && self.saved_name.is_some(),
            _ => false,
        }
    }

    /// The same for the user's own address books.
    pub fn is_own_card(&self) -> bool {
        self.is_card() && !matches!(self.kind, TraceKind::Card { own: false, .. })
    }

    /// Whether the trace holds an address.
    pub fn holds(&self, address: &Address) -> bool {
        match address {
            Address::Phone(phone) => self.phones.contains(phone),
            other => self.accounts.contains(other),
        }
    }
}

/// A notice that somebody took another number.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The trace of the number or the name before.
    pub from: usize,
    /// The trace of the number since.
    pub to: usize,
    /// When that was said.
    pub at: Option<Moment>,
}

/// Gathers the traces of all sources, and finds them again.
#[derive(Debug, Default)]
pub struct Traces<'a> {
    /// All of them.
    pub all: Vec<Trace<'a>>,
    /// Those of a chat by shown name.
    pub in_chat: BTreeMap<(usize, NameKey), usize>,
    /// The partner of each direct chat.
    pub partner: BTreeMap<usize, usize>,
    /// Where the traces of a database's people begin, by source.
    pub in_database: BTreeMap<usize, usize>,
    /// People in texts and in databases who had the same chat.
    pub alike: Vec<(usize, usize)>,
    /// Numbers that somebody else has by now, with the traces that held them.
    pub former: Vec<(usize, Phone)>,
    /// The notices that somebody took another number.
    pub changes: Vec<Change>,
    /// When somebody wrote last, in the sources that have such notices.
    pub last: BTreeMap<usize, Moment>,
    /// How many numbers without a country code were placed.
    pub placed: u64,
    /// Where the first of them stand.
    pub placed_at: BTreeSet<Locator>,
    /// Each of them, as written, with its trace.
    pub placed_as: Vec<(usize, Foreign)>,
}

/// Gathers the traces of all sources.
pub fn gather<'a>(sources: &'a [Source], chats: &[Kept<'a>], me: &Me, regions: &Regions) -> Traces<'a> {
    let region = regions.home();
    let mut traces = Traces::default();
    for (index, source) in sources.iter().enumerate() {
        match &source.finding {
            Finding::Book(book) => {
                let own = sent_by_other(source, sources, chats, me).is_none();
                traces.book(index, source, book, own, me, regions);
            }
            Finding::Signal(export) => traces.signal(index, source, export, me),
            Finding::Database(database) => traces.database(index, source, database, me, region),
            Finding::Account(report) => traces.account(index, source, report, me, region),
            Finding::Chat(_) => {}
        }
    }
    traces.give_up();
    traces.links(sources);
    for (chat_index, kept) in chats.iter().enumerate() {
        traces.chat(chat_index, kept, &sources[kept.source], me);
    }
    traces
}

impl<'a> Traces<'a> {
    /// A notice that somebody took another number: `name` is under which they
    /// are met in its source.
    fn change(
        &mut self,
        index: usize,
        source: &Source,
        change: &NumberChange,
        name: Option<Foreign>,
        me: &Me,
    ) {
        let kind = TraceKind::NumberChange;
        let mut ends = Vec::new();
        for phone in change.from.iter().chain(&change.to) {
            ends.push(self.all.len());
            self.tie(index, source, kind, [phone.clone()].into(), Few::default(), me.has(phone));
        }
        if let [from, to] = ends[..] {
            self.changes.push(Change { from, to, at: change.at });
        }
        if let (Some(name), Some(to)) = (name, ends.last().copied()) {
            let from = self.all.len();
            self.tie(index, source, kind, Few::default(), Few::default(), false);
            self.all[from].saved_name = Some(name);
            self.changes.push(Change { from, to, at: change.at });
        }
    }

    /// A trace that ties identities, and is nobody by itself.
    fn tie(
        &mut self,
        index: usize,
        source: &Source,
        kind: TraceKind<'a>,
        phones: Few<Phone>,
        lids: Few<WhatsappLid>,
        is_me: bool,
    ) {
        self.all.push(Trace {
            source: index,
            locator: Locator { path: source.path.clone(), line: None },
            kind,
            saved_name: None,
            other_name: None,
            phones,
            unplaced: Vec::new(),
            emails: Few::default(),
            accounts: Few::default(),
            lids,
            is_me,
            is_nobody: matches!(kind, TraceKind::LidMap),
        });
    }
}
