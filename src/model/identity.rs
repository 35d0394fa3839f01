//! Addresses in the networks: a type for each, read in one place.
//!
//! The types hold what their grammar allows and nothing else; whether anybody
//! lives at an address is a matter of evidence.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, StrExt as _, format_smolstr};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::channel::Channel;
use super::foreign::is_mark;
use super::phone::Phone;

/// Declares an address type: a checked string whose `Debug` gives nothing away.
macro_rules! address {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);

        impl $name {
            /// The address in its canonical writing.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.0.len())
            }
        }
    };
}

mod signal;
#[cfg(test)]
mod tests;

pub use signal::{SignalAci, SignalLink, SignalPni, SignalUsername};

address!(
    /// An e-mail address in folded case, the domain in letters instead of
    /// Punycode (Matrix compares 3PIDs that way: specification, appendix "3PID
    /// Types").
    Email
);
address!(
    /// A Matrix user ID, `@localpart:server` (Matrix specification, appendix
    /// "User Identifiers"; historical localparts are allowed).
    Mxid
);
address!(
    /// An XMPP address without a resource, `local@domain` (RFC 7622).
    Jid
);
address!(
    /// The id under which WhatsApp links somebody who may hide their number,
    /// `digits@lid`. It is not derived from the number and is never one.
    WhatsappLid
);

impl Email {
    /// Reads an address like `ada@example.org`.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim();
        let text = match text.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &text[7..],
            _ => text,
        };
        let (local, domain) = text.rsplit_once('@')?;
        let good = !local.is_empty()
            && text.len() <= 254
            && is_domain(domain)
            && domain.contains('.')
            && local.chars().all(|c| is_plain(c) && !"<>,;:\"()[]\\@".contains(c));
        if is_whatsapps_own(local, domain) {
            return None;
        }
        if !good {
            return None;
        }
        // Nearly all are of letters that have but one other case.
        let coded = || domain.as_bytes().windows(4).any(|part| part.eq_ignore_ascii_case(b"xn--"));
        if text.is_ascii() && !coded() {
            return Some(Email(text.to_ascii_lowercase_smolstr()));
        }
        // A domain that is not well coded stays as it is written.
        let domain = match idna::domain_to_unicode(domain) {
            (letters, Ok(())) => letters,
            _ => domain.to_owned(),
        };
        let fold = |text: &str| unicase::UniCase::unicode(text).to_folded_case();
        Some(Email(format_smolstr!("{}@{}", fold(local), fold(&domain))))
    }
}

/// Whether it is one of WhatsApp's own ids, which look like e-mail addresses.
fn is_whatsapps_own(local: &str, domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let number = || local.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b':'));
    domain == "s.whatsapp.net" || matches!(domain.as_str(), "c.us" | "g.us" | "hosted.lid") && number()
}

impl Mxid {
    /// Reads `@localpart:server`; at most 255 bytes in all.
    pub fn parse(text: &str) -> Option<Mxid> {
        let body = text.trim().strip_prefix('@')?;
        let (local, server) = body.split_once(':')?;
        let good = !local.is_empty()
            && body.len() < 255
            && local.bytes().all(|b| matches!(b, 0x21..=0x39 | 0x3b..=0x7e))
            && !local.contains(['"', '<', '>', '\\', '@'])
            && is_server_name(server);
        good.then(|| Mxid(format_smolstr!("@{local}:{}", server.to_ascii_lowercase())))
    }

    /// The part before the colon, without `@`.
    pub fn localpart(&self) -> &str {
        self.0[1..].split(':').next().unwrap_or_default()
    }

    /// Whether the localpart is of the older, wider grammar, which new accounts
    /// may not use any more (Matrix specification, "Historical User IDs").
    pub fn is_historical(&self) -> bool {
        let today = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'=' | b'-' | b'/' | b'+');
        !self.localpart().bytes().all(today)
    }

    /// The part behind the first colon: the server's name.
    pub fn server(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, server)| server)
    }

    /// Whether this is the shadow that a bridge made for somebody on another
    /// network: such an id shows that nobody has a Matrix account.
    pub fn is_bridge_ghost(&self) -> bool {
        const PREFIXES: [&str; 18] = [
            "_xmpp_",
            "_oftc_",
            "_irc_",
            "_discord_",
            "_slack_",
            "whatsapp_",
            "signal_",
            "telegram_",
            "facebook_",
            "instagram_",
            "discord_",
            "imessage_",
            "_bifrost_",
            "_telegram_",
            "gmessages_",
            "googlechat_",
            "slack_",
            "linkedin_",
        ];
        // The bridge to Libera gave everybody an id on a server of its own.
        const SERVERS: [&str; 1] = ["libera.chat"];
        let local = self.localpart();
        let server = self.0.rsplit(':').next().unwrap_or_default();
        PREFIXES.iter().any(|prefix| local.starts_with(prefix)) || SERVERS.contains(&server)
    }
}

impl Jid {
    /// Reads `local@domain`, dropping a resource, in the form in which two are
    /// compared (RFC 7622): letters of double width as their plain ones, in
    /// small letters, and a domain in letters, not in code.
    pub fn parse(text: &str) -> Option<Jid> {
        let text = text.trim().split('/').next()?;
        let (local, domain) = text.split_once('@')?;
        let narrow = local.chars().flat_map(|c| match c {
            // The doubles of letters that Asian character sets have (RFC 8265, 3.3.1).
            '\u{ff01}'..='\u{ffef}' => c.nfkd().collect::<Vec<char>>(),
            _ => vec![c],
        });
        let local: String = narrow.flat_map(char::to_lowercase).nfc().collect();
        let is_local = |c: char| {
            let letter = c.is_ascii_graphic() || c.is_alphanumeric() || is_combining_mark(c);
            letter && is_plain(c) && !"\"&'/:<>@".contains(c)
        };
        let domain = domain.trim_end_matches('.');
        let good = !local.is_empty() && local.len() <= LONGEST_PART && local.chars().all(is_local);
        let domain = match idna::domain_to_unicode(domain) {
            _ if !good || !is_domain(domain) => return None,
            (letters, Ok(())) if is_domain(&letters) => letters,
            _ => domain.to_lowercase(),
        };
        Some(Jid(format_smolstr!("{local}@{domain}")))
    }

    /// Whether it stands for somebody of another network, or for a room there:
    /// such an address shows that nobody has an XMPP account.
    pub fn is_gateway(&self) -> bool {
        const NETWORKS: [&str; 23] = [
            "aim",
            "biboumi",
            "bifrost",
            "discord",
            "facebook",
            "gg",
            "icq",
            "instagram",
            "irc",
            "matrix",
            "mattermost",
            "messenger",
            "msn",
            "signal",
            "skype",
            "slack",
            "sms",
            "steam",
            "telegram",
            "vk",
            "whatsapp",
            "yahoo",
            "slidge",
        ];
        let Some((local, domain)) = self.0.split_once('@') else { return false };
        let first = domain.split('.').next().unwrap_or_default();
        let network = first.split(['-', '_']).any(|word| NETWORKS.contains(&word));
        // `nick%irc.example.org@gateway`, and an address within an address (XEP-0106).
        local.contains('%') || local.contains("\\40") || network && domain.matches('.').count() > 1
    }
}

/// No part of an XMPP address is longer (bytes, RFC 7622, 3.1).
const LONGEST_PART: usize = 1023;

impl WhatsappLid {
    /// Reads `digits@lid`; what names a single device of theirs (`.agent`,
    /// `:device`) is dropped.
    pub fn parse(text: &str) -> Option<WhatsappLid> {
        let user = text.trim().strip_suffix("@lid")?;
        let user = user.split([':', '.']).next()?;
        let good = (1..=20).contains(&user.len()) && user.bytes().all(|b| b.is_ascii_digit());
        good.then(|| WhatsappLid(format_smolstr!("{user}@lid")))
    }
}

/// An address by which a contact can be reached on a channel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Address {
    /// A Matrix user.
    Mxid(Mxid),
    /// A Signal account by number.
    Phone(Phone),
    /// A Signal account by its id.
    SignalAci(SignalAci),
    /// A Signal account by its phone-number id.
    SignalPni(SignalPni),
    /// A Signal account by username.
    SignalUsername(SignalUsername),
    /// A link into Signal, to somebody or to a group.
    SignalLink(SignalLink),
    /// An XMPP user.
    Jid(Jid),
}

impl Address {
    /// The network in which this address stands.
    pub fn channel(&self) -> Channel {
        match self {
            Address::Mxid(_) => Channel::Matrix,
            Address::Jid(_) => Channel::Xmpp,
            _ => Channel::Signal,
        }
    }

    /// The address in its canonical writing.
    pub fn as_str(&self) -> &str {
        match self {
            Address::Mxid(id) => id.as_str(),
            Address::Phone(phone) => phone.as_str(),
            Address::SignalAci(id) => id.as_str(),
            Address::SignalPni(id) => id.as_str(),
            Address::SignalUsername(name) => name.as_str(),
            Address::SignalLink(link) => link.as_str(),
            Address::Jid(jid) => jid.as_str(),
        }
    }

    /// The name of its kind in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Address::Mxid(_) => "mxid",
            Address::Phone(_) => "phone",
            Address::SignalAci(_) => "signal-aci",
            Address::SignalPni(_) => "signal-pni",
            Address::SignalUsername(_) => "signal-username",
            Address::SignalLink(_) => "signal-link",
            Address::Jid(_) => "jid",
        }
    }
}

/// Whether a character is seen and takes its place: no space, no control, no
/// mark that turns or hides text.
fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !is_mark(c)
}

/// A host name: labels of letters (of any script), digits and hyphens.
fn is_domain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// A Matrix server name: a host or an IPv6 literal, with or without a port
/// (Matrix specification, appendix "Server Name").
pub fn is_server_name(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((ip, rest)) => return ip.parse::<std::net::Ipv6Addr>().is_ok() && is_port(rest),
            None => return false,
        },
        None => match text.find(':') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        },
    };
    host.is_ascii() && is_domain(host) && is_port(port)
}

/// Nothing, or a colon and a port.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some(port) => port.len() <= 5 && port.parse::<u16>().is_ok_and(|p| p > 0),
        None => text.is_empty(),
    }
}
