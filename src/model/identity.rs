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
    /// A Signal account id, a UUID.
    SignalAci
);
address!(
    /// A Signal phone-number id, a UUID.
    SignalPni
);
address!(
    /// A Signal username, `name.NN`.
    SignalUsername
);
address!(
    /// The id under which WhatsApp links somebody who may hide their number,
    /// `digits@lid`. It is not derived from the number and is never one.
    WhatsappLid
);

address!(
    /// A link into Signal that stands for somebody (`https://signal.me/#eu/…`) or
    /// for a group (`https://signal.group/#…`). Opaque: it names nobody.
    SignalLink
);

impl SignalLink {
    /// Reads a link in any of its writings.
    pub fn parse(text: &str) -> Option<SignalLink> {
        let (kind, shortest) = if let Some((_, code)) = text.split_once("signal.me/#eu/") {
            (("https://signal.me/#eu/", code), 40)
        } else {
            let (_, code) = text.split_once("signal.group/#")?;
            (("https://signal.group/#", code), 20)
        };
        let (prefix, code) = kind;
        let good = (shortest..=200).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
        good.then(|| SignalLink(format_smolstr!("{prefix}{code}")))
    }

    /// Whether it leads to a group, which is nobody's own address.
    pub fn is_group(&self) -> bool {
        self.0.starts_with("https://signal.group/")
    }
}

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

impl SignalAci {
    /// Makes the id from its 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<SignalAci> {
        uuid(bytes).map(SignalAci)
    }

    /// Reads an id as it is written: a UUID.
    pub fn parse(text: &str) -> Option<SignalAci> {
        SignalAci::from_bytes(&uuid_bytes(text)?)
    }
}

impl SignalPni {
    /// Makes the id from its 16 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<SignalPni> {
        uuid(bytes).map(SignalPni)
    }

    /// Reads an id as it is written: a UUID, with or without `PNI:` before it.
    pub fn parse(text: &str) -> Option<SignalPni> {
        SignalPni::from_bytes(&uuid_bytes(text.strip_prefix("PNI:").unwrap_or(text))?)
    }
}

impl SignalUsername {
    /// Reads `name.NN`: 3 to 32 letters, digits or underscores that do not
    /// begin with a digit, a dot, two or more digits.
    pub fn parse(text: &str) -> Option<SignalUsername> {
        let (name, number) = text.trim().rsplit_once('.')?;
        let good = (3..=32).contains(&name.len())
            && (2..=9).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        good.then(|| SignalUsername(format_smolstr!("{}.{number}", name.to_ascii_lowercase())))
    }
}

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

/// The 16 bytes of a UUID in its usual writing.
fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    let dashes = text.char_indices().filter(|(_, c)| *c == '-').map(|(at, _)| at);
    if text.len() != 36 || !dashes.eq([8, 13, 18, 23]) {
        return None;
    }
    let digits: Vec<u32> =
        text.chars().filter(|c| *c != '-').map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(pair[0] * 16 + pair[1]).ok()?;
    }
    Some(bytes)
}

fn uuid(bytes: &[u8]) -> Option<SmolStr> {
    if bytes.len() != 16 || bytes.iter().all(|b| *b == 0) {
        return None;
    }
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Some(text.into())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatsapps_ids_are_no_email_addresses() {
        for id in [
            "447700900123@s.whatsapp.net",
            "foo@s.whatsapp.net",
            "447700900123@c.us",
            "447700900123-1416595200@g.us",
        ] {
            assert_eq!(Email::parse(id), None, "{id}");
        }
        assert!(Email::parse("ada@c.us").is_some() && Email::parse("ada@whatsapp.net").is_some());
    }

    #[test]
    fn mxids_follow_the_grammar() {
        for good in
            ["@ada:example.org", "@ada:example.org:8448", "@Ada.L=2f+1/x_-:[2001:db8::1]:443", "@a:localhost"]
        {
            assert!(Mxid::parse(good).is_some(), "{good}");
        }
        for bad in [
            "ada:example.org",
            "@ada",
            "@:example.org",
            "@a b:example.org",
            "@a:b\u{1b}]0;",
            "@x:evil\"onclick",
            "@a:exa_mple.org",
            "@a:",
            "@yаnn:example.org",
            "@a:b:99999",
            "@<b>:example.org",
        ] {
            assert_eq!(Mxid::parse(bad), None, "{bad}");
        }
        assert_eq!(Mxid::parse(&format!("@{}:example.org", "a".repeat(250))), None);
        assert_eq!(Mxid::parse("@Ada:Example.ORG").unwrap().as_str(), "@Ada:example.org");
    }

    #[test]
    fn ghosts_are_not_people() {
        assert!(Mxid::parse("@whatsapp_33639980123:example.org").unwrap().is_bridge_ghost());
        assert!(Mxid::parse("@_oftc_ada:example.org").unwrap().is_bridge_ghost());
        assert!(Mxid::parse("@_xmpp_ada=40example.com:example.org").unwrap().is_bridge_ghost());
        assert!(Mxid::parse("@ada:libera.chat").unwrap().is_bridge_ghost());
        assert!(!Mxid::parse("@signalfan:example.org").unwrap().is_bridge_ghost());
    }

    #[test]
    fn b01_a_lid_is_no_number_and_a_number_no_lid() {
        let lid = WhatsappLid::parse("235085806727321:12@lid").unwrap();
        assert_eq!(lid.as_str(), "235085806727321@lid");
        assert!(Phone::parse(lid.as_str(), None).is_err());
        for bad in ["235085806727321", "@lid", "447700900123@s.whatsapp.net", "44 7700@lid", "a1@lid"] {
            assert_eq!(WhatsappLid::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn c20_e_mail_addresses_are_compared_in_folded_case() {
        let read = |text| Email::parse(text).unwrap().as_str().to_owned();
        assert_eq!(read("Strauß@Example.com"), "strauss@example.com");
        assert_eq!(read("STRAUSS@EXAMPLE.COM"), "strauss@example.com");
        assert_eq!(read("ada@MÜNCHEN.example"), "ada@münchen.example");
        assert_eq!(read("ada@xn--mnchen-3ya.example"), "ada@münchen.example");
        // A tag is a part of the address, and so is every letter.
        assert_eq!(read("Ada+Club@example.org"), "ada+club@example.org");
        assert_ne!(read("ıris@example.org"), read("iris@example.org"));
        assert_ne!(read("İris@example.org"), read("iris@example.org"));
        assert_eq!(read("ΣΟΦΙΑΣ@example.org"), read("σοφιασ@example.org"));
    }

    #[test]
    fn other_addresses() {
        assert_eq!(Email::parse("mailto:Ada@Example.org").unwrap().as_str(), "ada@example.org");
        assert_eq!(Email::parse("MAILTO:Ada@Example.org").unwrap().as_str(), "ada@example.org");
        assert_eq!(Email::parse("ada@localhost"), None);
        assert_eq!(Email::parse("a b@example.org"), None);
        assert_eq!(Jid::parse("Ada@Example.org/phone").unwrap().as_str(), "ada@example.org");
        assert_eq!(Jid::parse("example.org"), None);
        let jid = |text: &str| Jid::parse(text).map(|jid| jid.as_str().to_owned());
        // RFC 7622, 3.5: what is good, and what is not.
        for (text, same) in [
            ("juliet@example.com", "juliet@example.com"),
            ("juliet@example.com/foo bar", "juliet@example.com"),
            ("foo\\20bar@example.com", "foo\\20bar@example.com"),
            ("fußball@example.com", "fußball@example.com"),
            ("Σ@example.com", "σ@example.com"),
            ("π@example.com", "π@example.com"),
            ("ＡＤＡ@example.com", "ada@example.com"),
            ("e\u{301}ric@example.com", "éric@example.com"),
            ("ada@xn--mnchen-3ya.example", "ada@münchen.example"),
            ("ada@MÜNCHEN.example.", "ada@münchen.example"),
        ] {
            assert_eq!(jid(text).as_deref(), Some(same), "{text}");
        }
        for bad in [
            "\"juliet\"@example.com",
            "foo bar@example.com",
            "@example.com",
            "henri♚@example.com",
            "a@b@c",
            "a@",
            "a@b c",
        ] {
            assert_eq!(jid(bad), None, "{bad}");
        }
        assert_eq!(jid(&format!("{}@example.com", "a".repeat(1024))), None);
        assert!(jid(&format!("{}@example.com", "a".repeat(1023))).is_some());
        for (text, gateway) in [
            ("+447700900123@whatsapp.example.org", true),
            ("ada@slidge-signal.example.org", true),
            ("nick%irc.example.net@example.org", true),
            ("ada\\40example.net@msn.example.org", true),
            ("ada@example.org", false),
            ("ada@matrix.org", false),
            ("ada@signal.example", false),
        ] {
            assert_eq!(Jid::parse(text).unwrap().is_gateway(), gateway, "{text}");
        }
        assert_eq!(SignalUsername::parse("Carol.42").unwrap().as_str(), "carol.42");
        assert_eq!(SignalUsername::parse("file.txt"), None);
        let code = "Ab-_".repeat(16);
        let link = SignalLink::parse(&format!("sgnl://signal.me/#eu/{code}")).unwrap();
        assert_eq!((link.as_str(), link.is_group()), (&*format!("https://signal.me/#eu/{code}"), false));
        assert!(SignalLink::parse(&format!("https://signal.group/#Cj{code}")).unwrap().is_group());
        assert_eq!(SignalLink::parse("https://signal.me/#eu/short"), None);
        assert_eq!(SignalLink::parse(&format!("https://signal.me/#eu/{code}\u{202e}")), None);
        assert_eq!(SignalUsername::parse("1st.42"), None);
        assert_eq!(
            SignalAci::from_bytes(&[0xaa; 16]).unwrap().as_str(),
            "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"
        );
        assert_eq!(SignalAci::from_bytes(&[0; 16]), None);
        let text = "01234567-89ab-4cde-8f01-23456789abcd";
        assert_eq!(SignalAci::parse(&text.to_uppercase()).unwrap().as_str(), text);
        assert_eq!(SignalPni::parse(&format!("PNI:{text}")).unwrap().as_str(), text);
        for bad in ["", "0123456789ab4cde8f0123456789abcd", &text.replace('-', "é"), "PNI:", &text[1..]] {
            assert_eq!(SignalAci::parse(bad), None, "{bad}");
        }
    }
}
