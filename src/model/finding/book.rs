//! Address books, the cards in them, and numbers as they are written there.

use serde::{Deserialize, Serialize};

use crate::model::evidence::Locator;
use crate::model::foreign::Foreign;
use crate::model::identity::{Address, Email};
use crate::model::kind::Kind;
use crate::model::phone::{NotPhone, Phone, RegionCode};

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
    #[serde(default, skip_serializing_if = "is_no")]
    pub company: bool,
    /// Its numbers, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<WrittenNumber>,
    /// Its e-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    /// Its addresses in other networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Who of the two sees the other one's presence, in the list of an XMPP account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<Subscription>,
    /// Whether the user blocked them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unwanted: bool,
    /// What should be such an address and is none: told as problems, not kept.
    #[serde(skip)]
    pub unread: Vec<Foreign>,
    /// How many numbers and addresses were left out, for nobody has so many.
    #[serde(skip)]
    pub left_out: u64,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waid: Option<Phone>,
    /// Whether its label says that Signal is reached there.
    #[serde(default, skip_serializing_if = "is_no")]
    pub signal: bool,
}

/// What is not so takes no room where it is kept.
fn is_no(flag: &bool) -> bool {
    !flag
}

impl Book {
    /// A number of this book without a country code, placed in `region`; in a
    /// table a spreadsheet may have spoilt it.
    ///
    /// # Errors
    /// Those of [`Phone::parse_from_table`].
    pub fn place_national(&self, number: &WrittenNumber, region: RegionCode) -> Result<Phone, NotPhone> {
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
    pub fn place(&self, region: Option<RegionCode>) -> Result<Phone, NotPhone> {
        match &self.waid {
            Some(phone) => Ok(phone.clone()),
            None => Phone::parse(self.text.raw(), region),
        }
    }
}
