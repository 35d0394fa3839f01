//! How servers are named: a host, with a port or without, as it stands behind the
//! colon of a Matrix ID and in `m.server`; and what a person types for one.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Url;

use crate::model::identity::{Mxid, is_server_name};

/// A host: an address, or a name in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// An IP address by itself.
    Ip(IpAddr),
    /// A name that has to be looked up.
    Name(String),
}

impl fmt::Display for Host {
    /// As it stands in a URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Ip(IpAddr::V4(ip)) => write!(f, "{ip}"),
            Host::Ip(IpAddr::V6(ip)) => write!(f, "[{ip}]"),
            Host::Name(name) => f.write_str(name),
        }
    }
}

/// A host with a port or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The host.
    pub host: Host,
    /// The port, where one stands there.
    pub port: Option<u16>,
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.host),
            None => write!(f, "{}", self.host),
        }
    }
}

/// Why a text names no server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAuthority {
    /// A URL where only host and port belong.
    Scheme,
    /// Something with a slash behind the host.
    Path,
    /// A port that there is none of.
    Port,
    /// An IPv6 address without brackets.
    Brackets,
    /// No host at all: spaces, nothing, or what no name can hold.
    Host,
}

impl Authority {
    /// Reads a host with a port or without.
    ///
    /// # Errors
    /// [`NotAuthority`] tells what is wrong with it.
    pub fn parse(text: &str) -> Result<Authority, NotAuthority> {
        if text.contains("://") {
            return Err(NotAuthority::Scheme);
        }
        if text.contains(['/', '?', '#']) {
            return Err(NotAuthority::Path);
        }
        if text.parse::<Ipv6Addr>().is_ok() {
            return Err(NotAuthority::Brackets);
        }
        if !is_server_name(text) {
            let before = text.rsplit_once(':').map(|(host, _)| host).filter(|host| is_server_name(host));
            return Err(if before.is_some() { NotAuthority::Port } else { NotAuthority::Host });
        }
        let ends = text.rfind(']').map_or(0, |at| at + 1);
        let (host, port) = match text[ends..].rfind(':') {
            Some(at) => (&text[..ends + at], text[ends + at + 1..].parse().ok()),
            None => (text, None),
        };
        let v6 = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let host = match (v6.map(str::parse::<Ipv6Addr>), host.parse::<Ipv4Addr>()) {
            (Some(Ok(ip)), _) => Host::Ip(ip.into()),
            (_, Ok(ip)) => Host::Ip(ip.into()),
            _ => Host::Name(host.to_ascii_lowercase()),
        };
        Ok(Authority { host, port })
    }
}

/// What a person typed to name a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The name, by somebody's Matrix ID: there is no doubt about it.
    Certain(Authority),
    /// A host, which may be the name or only the machine that serves it.
    Host(Authority),
}

impl Target {
    /// Reads a Matrix ID, a domain, a host or a URL.
    pub fn parse(text: &str) -> Option<Target> {
        let text = text.trim();
        if text.starts_with('@') {
            return Authority::parse(Mxid::parse(text)?.server()).ok().map(Target::Certain);
        }
        if text.contains("://") {
            let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
            let port = url.port().filter(|port| *port != 8448).map_or(String::new(), |p| format!(":{p}"));
            return Authority::parse(&format!("{}{port}", url.host_str()?)).ok().map(Target::Host);
        }
        if text.is_ascii() {
            return Authority::parse(text).ok().map(Target::Host);
        }
        Authority::parse(&idna::domain_to_ascii(text).ok()?).ok().map(Target::Host)
    }

    /// The server's name, if it is meant by what was typed.
    pub fn name(&self) -> &Authority {
        match self {
            Target::Certain(name) | Target::Host(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e21_the_grammar_of_servers_is_held() {
        for (text, host, port) in [
            ("matrix.example.org", "matrix.example.org", None),
            ("Matrix.Example.org:443", "matrix.example.org", Some(443)),
            ("203.0.113.7:22", "203.0.113.7", Some(22)),
            ("[2001:db8::7]", "[2001:db8::7]", None),
            ("[2001:db8::7]:8448", "[2001:db8::7]", Some(8448)),
        ] {
            let read = Authority::parse(text).unwrap();
            assert_eq!((read.host.to_string().as_str(), read.port), (host, port), "{text}");
        }
        for (text, why) in [
            ("https://matrix.example.org", NotAuthority::Scheme),
            ("matrix.example.org/", NotAuthority::Path),
            ("matrix.example.org:443/path", NotAuthority::Path),
            ("evil.example:99999", NotAuthority::Port),
            ("evil.example:", NotAuthority::Port),
            ("evil.example:0", NotAuthority::Port),
            ("2001:db8::7", NotAuthority::Brackets),
            ("a b", NotAuthority::Host),
            ("", NotAuthority::Host),
            ("ada@example.org", NotAuthority::Host),
            ("example.org\u{1b}[31m", NotAuthority::Host),
        ] {
            assert_eq!(Authority::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_matrix_id_a_host_and_a_url_are_understood() {
        let read = |text: &str| Target::parse(text).map(|target| target.name().to_string());
        for text in
            ["@ada:example.org", "example.org", "https://example.org/", "https://example.org:8448/_matrix"]
        {
            assert_eq!(read(text).as_deref(), Some("example.org"), "{text}");
        }
        assert_eq!(read("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(read("https://u:p@example.org").as_deref(), Some("example.org"));
        for text in ["", "a b", "ftp://example.org", "@ada", "/etc/passwd"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
