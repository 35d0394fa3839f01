//! How the user is found on a channel, which every invite has to say.
//!
//! What stands in the settings (`[reach]`) comes first. On Signal, the number
//! that people have already will do, unless the user switched off being found
//! by it: then only the link that Signal made for their username helps, for
//! it cannot be worked out from the name.

use crate::model::finding::SignalAccount;
use crate::model::identity::{Jid, Mxid, SignalUsername};
use crate::model::{Channel, Phone};

/// The user's own addresses, as they stand in the settings.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// On Signal: a number, a username, or a `signal.me` link.
    pub signal: Option<String>,
    /// On Matrix.
    pub matrix: Option<Mxid>,
    /// On XMPP.
    pub xmpp: Option<Jid>,
}

/// How the user is found on a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Signal: by the number that the contact has already.
    Number,
    /// Signal: by a link, `https://signal.me/#eu/…` or `https://signal.me/#p/+…`.
    Link(String),
    /// By an address: an MXID, a JID or a Signal username.
    Address(String),
}

/// It is not known how the user is found on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The channel.
    pub channel: Channel,
    /// Whether the settings hold something for it that is no address.
    pub unreadable: bool,
}

/// The forms that a link to oneself has on Signal.
const SIGNAL_LINKS: [&str; 4] =
    ["https://signal.me/", "http://signal.me/", "sgnl://signal.me/", "signal.me/"];

/// Says how the user is found on a channel. `own` is what the user's own
/// Signal export tells of their account.
///
/// # Errors
/// [`Missing`] if nothing says so.
pub fn found_on(channel: Channel, reach: &Reach, own: Option<&SignalAccount>) -> Result<Found, Missing> {
    let missing = Missing { channel, unreadable: false };
    match channel {
        Channel::Matrix => {
            reach.matrix.as_ref().map(|id| Found::Address(id.as_str().to_owned())).ok_or(missing)
        }
        Channel::Xmpp => {
            reach.xmpp.as_ref().map(|jid| Found::Address(jid.as_str().to_owned())).ok_or(missing)
        }
        Channel::Signal => {
            match (reach.signal.as_deref().map(str::trim).filter(|text| !text.is_empty()), own) {
                (Some(text), _) => stated(text).ok_or(Missing { channel, unreadable: true }),
                (None, Some(own)) if own.hidden_by_number => {
                    own.link.as_deref().and_then(signal_link).map(Found::Link).ok_or(missing)
                }
                (None, _) => Ok(Found::Number),
            }
        }
    }
}

/// Reads what the settings say of Signal.
fn stated(text: &str) -> Option<Found> {
    if let Some(link) = signal_link(text) {
        return Some(Found::Link(link));
    }
    if let Some(name) = SignalUsername::parse(text.strip_prefix('@').unwrap_or(text)) {
        return Some(Found::Address(name.as_str().to_owned()));
    }
    let phone = Phone::parse(text, None).ok()?;
    Some(Found::Link(by_number(&phone)))
}

/// A link to oneself on Signal in its canonical form, if it is one.
fn signal_link(text: &str) -> Option<String> {
    let rest = SIGNAL_LINKS.iter().find_map(|start| text.trim().strip_prefix(start))?;
    if let Some(number) = rest.strip_prefix("#p/") {
        return Phone::parse(number, None).ok().map(|phone| by_number(&phone));
    }
    let code = rest.strip_prefix("#eu/")?;
    let good = (40..=128).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
    good.then(|| format!("https://signal.me/#eu/{code}"))
}

fn by_number(phone: &Phone) -> String {
    format!("https://signal.me/#p/{}", phone.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::sample::{MATRIX, USERNAME_LINK, account, reach};

    fn signal(text: &str) -> Result<Found, Missing> {
        found_on(Channel::Signal, &Reach { signal: Some(text.to_owned()), ..Reach::default() }, None)
    }

    #[test]
    fn the_number_will_do_unless_it_is_hidden() {
        let nothing = Reach::default();
        let signal = |own: Option<&SignalAccount>| found_on(Channel::Signal, &nothing, own);
        assert_eq!(signal(None), Ok(Found::Number));
        assert_eq!(signal(Some(&account(false, Some(USERNAME_LINK)))), Ok(Found::Number));
        assert_eq!(
            signal(Some(&account(true, Some(USERNAME_LINK)))),
            Ok(Found::Link(USERNAME_LINK.to_owned()))
        );
        let missing = Missing { channel: Channel::Signal, unreadable: false };
        assert_eq!(signal(Some(&account(true, None))), Err(missing));
        assert_eq!(signal(Some(&account(true, Some("https://evil.example/#eu/x")))), Err(missing));
    }

    #[test]
    fn the_settings_come_first() {
        let own = account(true, Some(USERNAME_LINK));
        let set = Reach { signal: Some("Carol.42".into()), ..Reach::default() };
        assert_eq!(found_on(Channel::Signal, &set, Some(&own)), Ok(Found::Address("carol.42".into())));
        assert_eq!(signal("+44 7700 900123"), Ok(Found::Link("https://signal.me/#p/+447700900123".into())));
        assert_eq!(signal("sgnl://signal.me/#p/+447700900123"), signal("+447700900123"));
        assert_eq!(signal(USERNAME_LINK), Ok(Found::Link(USERNAME_LINK.into())));
        assert_eq!(signal("  "), Ok(Found::Number));
        for bad in ["carol", "06 39 98 01 23", "https://signal.me/#eu/x y", "javascript:alert(1)"] {
            assert_eq!(signal(bad), Err(Missing { channel: Channel::Signal, unreadable: true }), "{bad}");
        }
    }

    #[test]
    fn matrix_and_xmpp_need_an_address() {
        for channel in [Channel::Matrix, Channel::Xmpp] {
            assert_eq!(
                found_on(channel, &Reach::default(), None),
                Err(Missing { channel, unreadable: false })
            );
        }
        assert_eq!(found_on(Channel::Matrix, &reach(), None), Ok(Found::Address(MATRIX.into())));
        assert_eq!(found_on(Channel::Xmpp, &reach(), None), Ok(Found::Address("me@example.org".into())));
    }
}
