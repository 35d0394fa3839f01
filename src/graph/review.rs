//! What a person has to decide, because the sources do not.

use crate::model::contact::Why;
use crate::model::{Foreign, Locator};

/// One open question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// What is open.
    pub open: Open,
    /// Why the sources do not decide it.
    pub why: Why,
    /// The name, number or address that it is about.
    pub on: Foreign,
    /// Where the traces stand.
    pub places: Vec<Locator>,
}

impl Open {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Open::AmbiguousName => "ambiguous-name",
            Open::SharedIdentity => "shared-identity",
            Open::NumberChange => "number-change",
            Open::NeedsRegion => "needs-region",
            Open::AssumedRegion => "assumed-region",
            Open::Damaged => "damaged",
            Open::Unclear => "unclear",
            Open::Account => "account",
        }
    }
}

/// The kinds of open questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Open {
    /// Several contacts bear the name that a chat shows: whose chat is it?
    AmbiguousName,
    /// A fixed line or an address that people of different names share.
    SharedIdentity,
    /// A notice that a number changed, against which something speaks: is the
    /// one who has the new number the one who had the old one?
    NumberChange,
    /// A national number: of which region?
    NeedsRegion,
    /// Numbers without a country code were read as those of this region, which
    /// most of the address book is of: is that right?
    AssumedRegion,
    /// A number whose zero or plus a spreadsheet took: which was it?
    Damaged,
    /// A number beside which words or other numbers stand: which one is it?
    Unclear,
    /// An account that bears somebody's name: is it theirs?
    Account,
}
