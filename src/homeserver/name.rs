//! Which names a server of one's own can have: the domain that stands behind the
//! colon of everybody's Matrix ID, for ever.

use std::net::IpAddr;

/// The host that clients and other servers speak to, before the domain.
const HOST: &str = "matrix";
/// A Matrix ID has 255 bytes at most, and somebody has to fit in front of the name.
const LONGEST: usize = 230;

/// A domain in lower-case ASCII, with no port and no dot at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainName {
    ascii: String,
    /// As people read it, where that is another thing.
    unicode: Option<String>,
}

/// Why a text can be no name for a server of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotName {
    /// It has a scheme, or a path. What stands between them may do.
    Url(String),
    /// It is a Matrix ID, or an e-mail address. What stands behind may do.
    Account(String),
    /// It has a port. What stands before may do.
    Port(String),
    /// It is an address of a network.
    Address,
    /// It ends with a dot. What stands before may do.
    TrailingDot(String),
    /// It is one word, for which nobody gives out certificates.
    OneWord,
    /// It is too long.
    TooLong,
    /// It is no domain.
    Nonsense,
}

impl DomainName {
    /// Reads a name as somebody types it.
    ///
    /// # Errors
    /// See [`NotName`].
    pub fn parse(text: &str) -> Result<DomainName, NotName> {
        let text = text.trim();
        if let Some((_, rest)) = text.split_once("://") {
            return Err(NotName::Url(rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned()));
        }
        if text.parse::<IpAddr>().is_ok() || text.starts_with('[') {
            return Err(NotName::Address);
        }
        if let Some((host, _)) = text.split_once(['/', '?', '#']) {
            return Err(NotName::Url(host.to_owned()));
        }
        if let Some((before, behind)) = text.rsplit_once('@') {
            let server =
                if before.is_empty() { behind.split_once(':').map_or(behind, |(_, s)| s) } else { behind };
            return Err(NotName::Account(server.to_owned()));
        }
        if let Some((host, port)) = text.rsplit_once(':') {
            let is_port = !host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if !is_port {
                NotName::Nonsense
            } else if host.parse::<IpAddr>().is_ok() {
                NotName::Address
            } else {
                NotName::Port(host.to_owned())
            });
        }
        if let Some(before) = text.strip_suffix(['.', '。']) {
            return Err(NotName::TrailingDot(before.to_owned()));
        }
        let ascii = idna::domain_to_ascii_strict(text).map_err(|_| NotName::Nonsense)?;
        if ascii.len() > LONGEST {
            return Err(NotName::TooLong);
        }
        let labels: Vec<&str> = ascii.split('.').collect();
        if !labels.iter().all(|label| is_label(label)) {
            return Err(NotName::Nonsense);
        }
        let last = labels.last().copied().unwrap_or_default();
        if labels.len() < 2 && !last.is_empty() {
            return Err(NotName::OneWord);
        }
        // Whatever ends in a number is read as an address (WHATWG URL, "ends in a number").
        if last.bytes().all(|byte| byte.is_ascii_digit()) || is_hexadecimal(last) {
            return Err(NotName::Address);
        }
        let unicode = (!text.is_ascii() || labels.iter().any(|label| label.starts_with("xn--")))
            .then(|| idna::domain_to_unicode(&ascii).0);
        Ok(DomainName { ascii, unicode })
    }

    /// The name as it stands in Matrix IDs.
    pub fn as_str(&self) -> &str {
        &self.ascii
    }

    /// The name as people read it, where it has letters beyond ASCII.
    pub fn unicode(&self) -> Option<&str> {
        self.unicode.as_deref()
    }

    /// The host that clients and other servers speak to.
    pub fn host(&self) -> String {
        host_of(&self.ascii)
    }

    /// The name without a first word that is only that of a machine, where it has one:
    /// whoever gives that one may have meant the domain.
    pub fn domain_meant(&self) -> Option<&str> {
        let (first, rest) = self.ascii.split_once('.')?;
        (matches!(first, "matrix" | "synapse" | "www") && rest.contains('.')).then_some(rest)
    }
}

/// The host that clients and other servers speak to for a server name.
pub fn host_of(server_name: &str) -> String {
    format!("{HOST}.{server_name}")
}

/// A label of a host's name (RFC 1123).
fn is_label(label: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_hexadecimal(label: &str) -> bool {
    label.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> NotName {
        DomainName::parse(text).expect_err(text)
    }

    #[test]
    fn domains_are_taken_as_they_are_meant() {
        for (text, name) in [
            ("example.org", "example.org"),
            (" Example.ORG ", "example.org"),
            ("chat.example.org", "chat.example.org"),
            ("3com.example", "3com.example"),
        ] {
            let parsed = DomainName::parse(text).unwrap();
            assert_eq!((parsed.as_str(), parsed.unicode()), (name, None));
            assert_eq!(parsed.host(), format!("matrix.{name}"));
        }
    }

    #[test]
    fn letters_beyond_ascii_become_what_the_network_speaks() {
        for text in ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example"] {
            let parsed = DomainName::parse(text).unwrap();
            assert_eq!(
                (parsed.as_str(), parsed.unicode()),
                ("xn--bcher-kva.example", Some("bücher.example"))
            );
        }
    }

    #[test]
    fn f24_what_is_no_domain_is_told_apart() {
        let bare = || "example.org".to_owned();
        for url in ["https://example.org", "https://example.org/x", "example.org/", "http://example.org?q"] {
            assert_eq!(refused(url), NotName::Url(bare()), "{url}");
        }
        assert_eq!(refused("@ada:example.org"), NotName::Account(bare()));
        assert_eq!(refused("ada@example.org"), NotName::Account(bare()));
        assert_eq!(refused("example.org:8448"), NotName::Port(bare()));
        assert_eq!(refused("example.org."), NotName::TrailingDot(bare()));
        for address in [
            "192.0.2.1",
            "192.0.2.1:443",
            "[2001:db8::1]",
            "[2001:db8::1]:443",
            "2001:db8::1",
            "example.1",
            "a.0x7f",
        ] {
            assert_eq!(refused(address), NotName::Address, "{address}");
        }
        for word in ["localhost", "com"] {
            assert_eq!(refused(word), NotName::OneWord);
        }
        assert_eq!(refused(&format!("{}org", "abcdefgh.".repeat(26))), NotName::TooLong);
    }

    #[test]
    fn d16_names_that_could_be_paths_or_options_are_refused() {
        let long = format!("{}.org", "a".repeat(64));
        for text in [
            "",
            ".",
            "..",
            "../x.org",
            "a..org",
            ".org",
            "-x.org",
            "x-.org",
            "a b.org",
            "a_b.org",
            "*.example.org",
            "a\0.org",
            "a\n.org",
            "exa\u{202e}mple.org",
            "{{x}}.org",
            "\"x\".org",
            "$HOME.org",
            "a:b:c",
            &*long,
        ] {
            assert!(DomainName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn whoever_names_a_machine_may_mean_its_domain() {
        let meant = |text: &str| DomainName::parse(text).unwrap().domain_meant().map(str::to_owned);
        assert_eq!(meant("matrix.example.org").as_deref(), Some("example.org"));
        assert_eq!(meant("www.example.org").as_deref(), Some("example.org"));
        assert_eq!(meant("chat.example.org"), None);
        assert_eq!(meant("matrix.org"), None);
    }
}
