//! How an identity is hashed for a lookup (Matrix identity service API v2,
//! "Client behaviour"; MSC2134), and what a server's pepper has to be like.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::model::threepid::{Medium, ThreePid};

/// The string that a server wants hashed into every identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pepper {
    text: String,
    /// What is hashed behind an address of each medium.
    behind_email: String,
    behind_phone: String,
}

impl Pepper {
    /// Takes a pepper as the server gave it.
    ///
    /// # Errors
    /// [`WeakPepper`] for one that is shorter than four characters or longer
    /// than 1,024 bytes, or that holds blanks or control characters: with such
    /// a pepper the hashes may have been worked out beforehand.
    pub fn new(text: impl Into<String>) -> Result<Pepper, WeakPepper> {
        let text = text.into();
        let odd = text.len() > 1024
            || text.chars().count() < 4
            || text.chars().any(|c| c.is_whitespace() || c.is_control());
        if odd {
            return Err(WeakPepper);
        }
        let behind = |medium: Medium| format!(" {} {text}", medium.id());
        let (behind_email, behind_phone) = (behind(Medium::Email), behind(Medium::Phone));
        Ok(Pepper { text, behind_email, behind_phone })
    }

    /// The pepper as it goes over the wire.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A pepper that protects nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeakPepper;

/// SHA-256 of `address medium pepper`, in URL-safe Base64 without padding.
pub fn lookup_hash(identity: &ThreePid, pepper: &Pepper) -> String {
    let behind = match identity.medium() {
        Medium::Email => &pepper.behind_email,
        Medium::Phone => &pepper.behind_phone,
    };
    let hasher = Sha256::new_with_prefix(identity.canonical()).chain_update(behind);
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Phone;
    use crate::model::identity::Email;

    /// The examples of the specification.
    #[test]
    fn hashes_are_those_of_the_specification() {
        let pepper = Pepper::new("matrixrocks").unwrap();
        let email = |text| ThreePid::Email(Email::parse(text).unwrap());
        let phone = ThreePid::Phone(Phone::from_digits("18005552067").unwrap());
        for (identity, hash) in [
            (email("alice@example.com"), "4kenr7N9drpCJ4AfalmlGQVsOn3o2RHjkADUpXJWZUc"),
            (email("BOB@example.com"), "LJwSazmv46n0hlMlsb_iYxI0_HXEqy_yj6Jm636cdT8"),
            (phone, "nlo35_T5fzSGZzJApqu8lgIudJvmOQtDaHtr-I4rU7I"),
        ] {
            assert_eq!(lookup_hash(&identity, &pepper), hash);
        }
    }

    #[test]
    fn e08_weak_peppers_are_told() {
        for weak in ["", "x", "abc", "ma trix", "abc\u{1b}d", &"p".repeat(1_000_000)] {
            assert!(Pepper::new(weak).is_err());
        }
        for good in ["x1svG", "matrixrocks", "日本語の胡椒"] {
            assert!(Pepper::new(good).is_ok());
        }
    }
}
