//! Marks: by what an appearance of somebody is known again in whatever is
//! imported later. What the user decides of people names them by marks, for
//! who is who is worked out anew each time.

use serde::{Deserialize, Serialize};

use super::foreign::Foreign;
use super::identity::{Address, Email, WhatsappLid};
use super::phone::{Line, Phone, SameNumber};

/// What an appearance holds, the surest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// An account in a network.
    Account(Address),
    /// WhatsApp's own id.
    Lid(WhatsappLid),
    /// A number, in whichever writing.
    Phone(Phone),
    /// An e-mail address.
    Email(Email),
    /// A place in the chat of that title, as titles are compared.
    Chat(Foreign),
    /// The same where there are several chats of that title: with the date of the
    /// first message that is known.
    ChatSince(Foreign, String),
    /// An entry that holds no identity.
    Bare,
}

/// A sign as it is compared: a number equals its other writings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignKey {
    /// A number.
    Phone(SameNumber),
    /// Everything else.
    Other(Sign),
}

impl Sign {
    /// The sign as it is compared.
    pub fn key(&self) -> SignKey {
        match self {
            Sign::Phone(phone) => SignKey::Phone(phone.same()),
            other => SignKey::Other(other.clone()),
        }
    }

    /// Whether a whole household may have it, so that it is nobody's without a
    /// name: a fixed line.
    pub fn is_shareable(&self) -> bool {
        matches!(self, Sign::Phone(phone) if phone.line() == Line::Fixed)
    }

    /// Whether it is an identity, not only a place where a name stands.
    pub fn is_identity(&self) -> bool {
        !matches!(self, Sign::Chat(_) | Sign::ChatSince(..) | Sign::Bare)
    }
}

/// A sign, and the name beside it, which tells several holders apart.
///
/// Somebody is marked by an identity alone and by the same identity with their
/// name. Who bears it under that name is meant, where anybody does, and nobody
/// who bears it under another one; where nobody does, whoever bears it is: names
/// change. What a household may share never marks anybody without their name, if
/// they have one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// What they hold.
    pub sign: Sign,
    /// Under which name, as names are compared; `~` in front of one that people
    /// gave themselves; empty where it must be without any. None where any will do.
    pub name: Option<Foreign>,
}
