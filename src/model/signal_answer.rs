//! What Signal's directory answered about one number or username, as it is kept.
//! The evidence is worked out from these each time: who holds the number may
//! change with the next import.

use super::foreign::Foreign;
use super::identity::{Address, SignalUsername};
use super::moment::Moment;
use super::phone::Phone;

/// By what somebody is asked about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalAsked {
    /// A number.
    Phone(Phone),
    /// A username.
    Username(SignalUsername),
}

impl SignalAsked {
    /// Takes up what was written down.
    pub fn restore(medium: &str, address: &str) -> Option<SignalAsked> {
        match medium {
            "phone" => Phone::from_digits(address).map(SignalAsked::Phone),
            "username" => SignalUsername::parse(address).map(SignalAsked::Username),
            _ => None,
        }
    }

    /// The name of its kind, as it is kept.
    pub fn medium(&self) -> &'static str {
        match self {
            SignalAsked::Phone(_) => "phone",
            SignalAsked::Username(_) => "username",
        }
    }

    /// The address as it is kept: of a number the digits.
    pub fn canonical(&self) -> &str {
        match self {
            SignalAsked::Phone(phone) => phone.digits(),
            SignalAsked::Username(name) => name.as_str(),
        }
    }

    /// The address as people write it, and as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            SignalAsked::Phone(phone) => phone.as_str(),
            SignalAsked::Username(name) => name.as_str(),
        }
    }

    /// The same as an address at which somebody is reached.
    pub fn address(&self) -> Address {
        match self {
            SignalAsked::Phone(phone) => Address::Phone(phone.clone()),
            SignalAsked::Username(name) => Address::SignalUsername(name.clone()),
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalFound {
    /// An account, which the directory named by its id. Whether that is the id
    /// of the account or of the number is not told, so it is not kept.
    Account,
    /// Said to be registered, without any id.
    Registered,
    /// Nobody: no account, or one that is not to be found by number.
    Nobody,
}

impl SignalFound {
    /// How it is kept; nobody is nothing.
    pub fn id(self) -> Option<&'static str> {
        match self {
            SignalFound::Account => Some("account"),
            SignalFound::Registered => Some("registered"),
            SignalFound::Nobody => None,
        }
    }

    /// Takes up what was written down.
    pub fn restore(id: Option<&str>) -> Option<SignalFound> {
        match id {
            Some("account") => Some(SignalFound::Account),
            Some("registered") => Some(SignalFound::Registered),
            Some(_) => None,
            None => Some(SignalFound::Nobody),
        }
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignalAnswer {
    /// Who was asked.
    pub host: Foreign,
    /// When.
    pub at: Moment,
    /// About what.
    pub asked: SignalAsked,
    /// What was found.
    pub found: SignalFound,
}
