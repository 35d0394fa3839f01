//! Rulings: what the user decided about who is who. They are kept beside the
//! findings and hold for everything that is imported later.

use serde::{Deserialize, Serialize};

use super::contact::ContactId;
use super::foreign::Foreign;
use super::identity::Address;
use super::invited::Invited;
use super::mark::{Mark, Sign};
use super::phone::Phone;

/// One thing that the user decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// Two are the same person. Of each the first mark that is met counts.
    Same {
        /// The one.
        one: Vec<Mark>,
        /// The other.
        other: Vec<Mark>,
    },
    /// Two are not the same person, whatever bears one of these marks.
    Apart {
        /// The one.
        one: Vec<Mark>,
        /// The other.
        other: Vec<Mark>,
    },
    /// Several people share it: it makes nobody the same as another.
    Shared(Sign),
    /// The name to show.
    Named {
        /// Of whom.
        who: Vec<Mark>,
        /// The name.
        name: Foreign,
    },
    /// Which number it is that could not be placed; none if it is no number.
    Number {
        /// As it is written.
        written: Foreign,
        /// Under which name, as in [`Mark::name`].
        name: Option<Foreign>,
        /// The number.
        number: Option<Phone>,
    },
    /// Where numbers without a country code belong: a code of two letters.
    Region(String),
    /// Whether an account is somebody's.
    Account {
        /// Whose it may be.
        who: Vec<Mark>,
        /// The account.
        address: Address,
        /// Whether it is theirs.
        theirs: bool,
    },
    /// Somebody never to be looked up and never to be invited: whoever bears one
    /// of these marks.
    Excluded(Vec<Mark>),
    /// Somebody to be forgotten again whenever a file brings them back.
    Never(Vec<Mark>),
    /// What became of an invitation.
    Invited {
        /// Of whom, where nobody bears the marks any more.
        id: ContactId,
        /// Of whom.
        who: Vec<Mark>,
        /// What was told.
        told: Invited,
    },
}

impl Ruling {
    /// The sides on which it names people, by their marks.
    pub fn sides(&self) -> [&[Mark]; 2] {
        match self {
            Ruling::Same { one, other } | Ruling::Apart { one, other } => [one, other],
            Ruling::Named { who, .. }
            | Ruling::Account { who, .. }
            | Ruling::Excluded(who)
            | Ruling::Invited { who, .. }
            | Ruling::Never(who) => [who, &[]],
            Ruling::Shared(_) | Ruling::Number { .. } | Ruling::Region(_) => [&[], &[]],
        }
    }

    /// All marks by which it names people.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.sides().into_iter().flatten()
    }
}
