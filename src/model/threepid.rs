//! Third-party identifiers: the e-mail addresses and phone numbers by which a
//! Matrix identity server knows people (Matrix specification, appendix "3PID
//! Types").

use std::fmt;

use serde::{Deserialize, Serialize};

use super::identity::Email;
use super::phone::Phone;

/// The kind of a [`ThreePid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
}

impl Medium {
    /// Both, in the order in which they are always shown.
    pub const ALL: [Medium; 2] = [Medium::Email, Medium::Phone];

    /// The name in Matrix's protocols.
    pub fn id(self) -> &'static str {
        match self {
            Medium::Email => "email",
            Medium::Phone => "msisdn",
        }
    }
}

/// An e-mail address or a phone number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThreePid {
    /// An e-mail address.
    Email(Email),
    /// A phone number.
    Phone(Phone),
}

impl ThreePid {
    /// Takes up what was written down as medium and canonical address.
    pub fn restore(medium: &str, address: &str) -> Option<ThreePid> {
        match medium {
            "email" => Email::parse(address).map(ThreePid::Email),
            "msisdn" => Phone::from_digits(address).map(ThreePid::Phone),
            _ => None,
        }
    }

    /// What kind it is.
    pub fn medium(&self) -> Medium {
        match self {
            ThreePid::Email(_) => Medium::Email,
            ThreePid::Phone(_) => Medium::Phone,
        }
    }

    /// The address as identity servers write it: e-mail in lower case, a
    /// number's digits without `+`.
    pub fn canonical(&self) -> &str {
        match self {
            ThreePid::Email(email) => email.as_str(),
            ThreePid::Phone(phone) => phone.as_str().trim_start_matches('+'),
        }
    }

    /// The address as people write it.
    pub fn as_str(&self) -> &str {
        match self {
            ThreePid::Email(email) => email.as_str(),
            ThreePid::Phone(phone) => phone.as_str(),
        }
    }
}

impl fmt::Debug for ThreePid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ThreePid({})", self.medium().id())
    }
}
