//! Questions for a person: both sides of each, with all that tells them apart,
//! and the marks by which an answer is kept.

use crate::model::contact::Why;
use crate::model::evidence::Origin;
use crate::model::identity::Address;
use crate::model::{ContactId, Foreign, Locator, Mark, Phone};

use super::review::Open;

/// One of those whom a question is about.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The contact, if it is one.
    pub contact: Option<ContactId>,
    /// What they are called.
    pub name: Option<Foreign>,
    /// Their identities, as text.
    pub identities: Vec<Foreign>,
    /// Where they stand.
    pub places: Vec<Locator>,
    /// By what they are known again.
    pub marks: Vec<Mark>,
}

/// An open question.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is open.
    pub open: Open,
    /// Why it is.
    pub why: Why,
    /// The name, number, address or region that it is about.
    pub on: Foreign,
    /// Those whom it is about; the one who is to be placed comes first.
    pub sides: Vec<Side>,
    /// What a number might be.
    pub numbers: Vec<Phone>,
    /// Accounts that may be somebody's, and how they were come by.
    pub accounts: Vec<(Address, Origin)>,
}

impl Question {
    /// What it is known by again, as long as those whom it is about are known by
    /// the same.
    pub fn key(&self) -> String {
        let sides = self.sides.iter().map(|side| side.marks.first());
        let accounts: Vec<&str> = self.accounts.iter().map(|(address, _)| address.as_str()).collect();
        let marks: Vec<String> = sides
            .map(|mark| mark.and_then(|mark| serde_json::to_string(mark).ok()).unwrap_or_default())
            .collect();
        format!("{:?} {} {} {}", self.open, self.on.key(), marks.join(" "), accounts.join(" "))
    }
}
