//! What a reader found in one file: plain facts, not yet joined to anybody.
//!
//! Findings are kept by the workspace for each source. They hold no message
//! text: counts, dates, names, numbers, and addresses that people wrote.

mod book;
mod chat;
mod signal;
mod written;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::database::Database;
use super::foreign::Foreign;
use super::kind::Kind;

pub use book::{Book, Card, Subscription, WrittenNumber};
pub use chat::{
    Chat, ChatCounts, ChatKind, DateOrder, Dates, DecidedBy, Member, MemberState, NumberChange, Writer,
};
pub use signal::{
    MergedNumber, SignalAccount, SignalExport, SignalGroup, SignalList, SignalPerson, SignalStanding,
};
pub use written::{Hint, SentCard, Written, WrittenEmail};

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
