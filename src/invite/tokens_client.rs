//! Registration tokens at the user's own homeserver, by Synapse's interface for
//! administrators: each lets one person make one account.
//!
//! A token is chosen here and not by the server. So asking for it twice makes it
//! once, whatever became of the answer to the first request.
//!
//! <https://element-hq.github.io/synapse/latest/usage/administration/admin_api/registration_tokens.html>

use http::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use crate::check::homeserver_client::Account;
use crate::check::ruma_client::good;
use crate::check::trouble::Trouble;

/// Where Synapse has its tokens.
const TOKENS: &str = "/_synapse/admin/v1/registration_tokens";

/// What a token is written with: it is read from one telephone and typed into
/// another, so no two of these look alike.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// So many letters of five bits each: with the few guesses that a server lets
/// anybody have, for ever.
pub const LENGTH: usize = 12;

/// A token of random bytes.
pub fn spell(random: [u8; LENGTH]) -> String {
    random.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).copied().map(char::from).collect()
}

/// Makes a token that is good for one account, or finds it made already.
///
/// # Errors
/// No connection or no answer, in which case it may be there all the same; the
/// account is not the administrator's; the interface is not to be reached there.
pub async fn make(account: &Account<'_>, token: &str, expires: Timestamp) -> Result<(), Trouble> {
    let wanted = json!({ "token": token, "uses_allowed": 1, "expiry_time": expires.as_millisecond() });
    let reply = account.administer(&format!("{TOKENS}/new"), Some(&wanted)).await?;
    // So it says of one that is there, and of much else.
    if reply.http.status() == StatusCode::BAD_REQUEST {
        let there = account.administer(&format!("{TOKENS}/{token}"), None).await?;
        if there.http.status().is_success() {
            return Ok(());
        }
    }
    good(reply).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_easy_to_read_and_every_letter_as_likely() {
        assert_eq!(spell([0, 31, 32, 255, 1, 2, 3, 4, 5, 6, 7, 8]), "a9a9bcdefghi");
        assert!(LETTERS.iter().all(|letter| !b"lo01".contains(letter)));
        let letters: std::collections::BTreeSet<u8> = LETTERS.iter().copied().collect();
        assert_eq!(letters.len(), 32);
    }
}
