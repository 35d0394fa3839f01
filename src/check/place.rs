//! Where servers are: names, base URLs, and which of them may be spoken to.
//!
//! `http://` is for this computer only. What the user typed may lie in a
//! private network; what a *server* names may not, unless the user allows it,
//! or what they typed lies there as well: otherwise a server could make
//! transhume knock on the doors of the home network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::model::Foreign;
use crate::model::identity::{Mxid, is_server_name};

/// No server's address is longer (bytes).
const LONGEST: usize = 2048;

/// A server's base URL: no credentials, no query. A slash at its end makes no
/// other one of it.
#[derive(Clone, Debug)]
pub struct Base(Url);

impl PartialEq for Base {
    fn eq(&self, other: &Base) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Base {}

/// Why a text is no [`Base`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBase {
    /// It is no `https://` or `http://` URL of a server.
    NotUrl,
    /// It is `http://` to another computer.
    Insecure,
}

impl Base {
    /// Reads a base URL.
    ///
    /// # Errors
    /// [`NotBase`] tells why it cannot be used.
    pub fn parse(text: &str) -> Result<Base, NotBase> {
        if text.len() > LONGEST {
            return Err(NotBase::NotUrl);
        }
        let url = Url::parse(text.trim()).map_err(|_| NotBase::NotUrl)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !plain || url.host().is_none() {
            return Err(NotBase::NotUrl);
        }
        match url.scheme() {
            "https" => Ok(Base(url)),
            "http" if is_this_computer(&url) => Ok(Base(url)),
            "http" => Err(NotBase::Insecure),
            _ => Err(NotBase::NotUrl),
        }
    }

    /// The base of a server name, by `https`.
    ///
    /// # Errors
    /// [`NotBase::NotUrl`] for what is no server name.
    pub fn of_name(name: &str) -> Result<Base, NotBase> {
        if is_server_name(name) { Base::parse(&format!("https://{name}")) } else { Err(NotBase::NotUrl) }
    }

    /// The URL without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The URL.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Host and, where it is not the usual one, port: how the server is called
    /// when people are told about it.
    pub fn label(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The label as text from outside.
    pub fn shown(&self) -> Foreign {
        Foreign::new(self.label())
    }
}

/// How the user named their homeserver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Homeserver {
    /// By its name, as in `@ada:example.org`.
    Name(String),
    /// By the URL at which clients find it.
    At(Base),
}

impl Homeserver {
    /// Reads a server name, a Matrix ID or a URL.
    ///
    /// # Errors
    /// [`NotBase`] for what is none of them.
    pub fn parse(text: &str) -> Result<Homeserver, NotBase> {
        let text = text.trim();
        if let Some(mxid) = Mxid::parse(text) {
            return Ok(Homeserver::Name(mxid.server().to_owned()));
        }
        if text.contains("://") {
            return Base::parse(text).map(Homeserver::At);
        }
        Base::of_name(text).map(|_| Homeserver::Name(text.to_ascii_lowercase()))
    }

    /// How it is called when people are told about it before it was asked where
    /// it is.
    pub fn shown(&self) -> Foreign {
        match self {
            Homeserver::Name(name) => Foreign::from(name.as_str()),
            Homeserver::At(base) => base.shown(),
        }
    }
}

/// An address as it may be shown: without the password that it can hold, which
/// can hold `@` and `/` itself, and stand there without a scheme.
pub fn masked(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_cut = authority.rsplit_once(':').is_some_and(|(_, port)| !is_port(port) && !port.ends_with(']'));
    let within = if authority.contains('@') || !is_cut { authority } else { rest };
    let Some(at) = within.rfind('@') else { return text.to_owned() };
    let (before, host) = (&rest[..at], &rest[at + 1..]);
    match scheme {
        // A Matrix ID, or an e-mail address.
        "" if !before.contains(':') => text.to_owned(),
        "" => format!("…@{host}"),
        scheme => format!("{scheme}://…@{host}"),
    }
}

/// Whether a URL's host is this computer by its very name.
pub fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether a URL's host is, by its very name, in a network that is not the
/// internet.
pub fn is_private_host(url: &Url) -> bool {
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    literal.is_some_and(is_private) || is_this_computer(url)
}

/// Whether an address is not one of the internet (IANA's special-purpose
/// registries): this computer, private, link-local, shared, reserved.
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_unspecified()
        || ip.is_broadcast()
        || ip.is_multicast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    if let Some(v4) = ip.to_ipv4_mapped().or_else(|| nat64(ip)) {
        return is_private_v4(v4);
    }
    if let [0x2002, high, low, ..] = ip.segments() {
        // 6to4 (RFC 3056) leads to the IPv4 address that it holds.
        return is_private_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    }
    // All of the internet is in 2000::/3 (RFC 4291), but for what is set aside there:
    // for the IETF's own uses, Teredo among them (RFC 2928), and for examples (RFC 3849
    // and 9637).
    let [first, second, ..] = ip.segments();
    let is_set_aside = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x3fff => second < 0x1000,
        _ => false,
    };
    (first & 0xe000) != 0x2000 || is_set_aside
}

/// The IPv4 address in `64:ff9b::/96` (RFC 6052).
fn nat64(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = ip.segments() else { return None };
    Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for good in ["https://id.example.org", "http://127.0.0.1:8090/", "http://[::1]:1", "http://localhost"]
        {
            assert!(Base::parse(good).is_ok(), "{good}");
        }
        assert_eq!(Base::parse("http://id.example.org"), Err(NotBase::Insecure));
        assert_eq!(Base::parse("http://192.168.1.2"), Err(NotBase::Insecure));
        assert_eq!(Base::parse("https://e.org/hs//"), Base::parse("https://e.org/hs"));
        assert_eq!(Base::parse("https://e.org/hs/").unwrap().as_str(), "https://e.org/hs");
        assert_eq!(Base::parse("https://e.org/").unwrap().as_str(), "https://e.org");
        for bad in ["id.example.org", "ftp://example.org", "https://a:b@example.org", "https://e.org/?q", ""]
        {
            assert_eq!(Base::parse(bad), Err(NotBase::NotUrl), "{bad}");
        }
        let long = format!("https://e.org/{}", "p".repeat(LONGEST));
        assert_eq!(Base::parse(&long), Err(NotBase::NotUrl));
        assert_eq!(Base::parse("https://id.example.org:443/").unwrap().label(), "id.example.org");
        assert_eq!(Base::parse("http://127.0.0.1:8090/").unwrap().label(), "127.0.0.1:8090");
    }

    #[test]
    fn e22_passwords_in_urls_are_not_shown() {
        assert_eq!(masked("https://ada:secret@example.org/x"), "https://…@example.org/x");
        assert_eq!(masked("https://example.org"), "https://example.org");
        assert_eq!(masked("@ada:example.org"), "@ada:example.org");
        for hidden in [
            "https://ada:se@cret@example.org/x",
            "https://ada:se/cret@example.org/x",
            "https://ada:se?cr#et@example.org/x",
            "https://ada@example.org:se@cret@example.org/x",
        ] {
            assert_eq!(masked(hidden), "https://…@example.org/x", "{hidden}");
        }
        assert_eq!(masked("ada:secret@example.org"), "…@example.org");
        assert_eq!(masked("@ada:secret@example.org"), "…@example.org");
        for shown in [
            "https://[::1]:8448/@ada",
            "https://[::1]/@ada",
            "https://example.org:8448/@ada",
            "ada@example.org",
        ] {
            assert_eq!(masked(shown), shown);
        }
    }

    #[test]
    fn homeservers_are_named_in_three_ways() {
        let name = |name: &str| Ok(Homeserver::Name(name.to_owned()));
        assert_eq!(Homeserver::parse("Example.org"), name("example.org"));
        assert_eq!(Homeserver::parse("@ada:example.org"), name("example.org"));
        assert_eq!(Homeserver::parse("localhost:8448"), name("localhost:8448"));
        assert!(matches!(Homeserver::parse("https://matrix.example.org"), Ok(Homeserver::At(_))));
        assert_eq!(Homeserver::parse("a b"), Err(NotBase::NotUrl));
    }

    #[test]
    fn e01_private_addresses_are_known() {
        for private in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.9.9",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:c0a8:1::1",
            "fec0::1",
            "::10.0.0.1",
            "64:ff9b:1::a00:1",
            "::ffff:0:10.0.0.1",
            "2001:0:5db8:d70e::1",
            "2001:db8::1",
            "3fff:1::1",
            "100::1",
            "5f00::1",
            "ff0e::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "93.184.215.14",
            "2606:2800:21f::1",
            "100.128.0.1",
            "64:ff9b::5db8:d70e",
            "2002:5db8:d70e::1",
            "2a01:4f8::1",
            "2001:41d0::1",
            "3ffe::1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }
}
