//! Links: components of an address, and whole addresses from outside.

use super::{Shown, acts_unseen, is_dropped, markup};
use crate::model::Foreign;
use crate::model::identity::Address;

/// The schemes that a page or a message may link to.
const SCHEMES: [&str; 7] = ["https", "matrix", "xmpp", "mailto", "tel", "sms", "sgnl"];

/// Percent-encodes everything but RFC 3986's unreserved characters. Also for
/// the body of an `sms:` link.
pub fn url_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    let mut rest = text;
    // What stays as it is goes over by the run.
    while let Some(at) = rest.bytes().position(|byte| !is_unreserved(byte)) {
        encoded.push_str(&rest[..at]);
        let c = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + c].bytes() {
            let digit = |half: u8| char::from(half + if half < 10 { b'0' } else { b'A' - 10 });
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
        rest = &rest[at + c..];
    }
    encoded.push_str(rest);
    encoded
}

/// Whether RFC 3986 lets a byte stand anywhere as it is.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// The same for subject and body of a `mailto:` link, where a line ends with
/// `%0D%0A` (RFC 6068).
pub fn mail_body(text: &str) -> String {
    url_component(&text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n"))
}

/// The URI of an address: `matrix:u/ada:example.org` (MSC2312, in the Matrix
/// specification's appendix "URIs"), `xmpp:ada@example.org` (RFC 5122), and the
/// links by which Signal's own programs open a chat. Signal's ids and usernames
/// have none.
pub fn address_uri(address: &Address) -> Option<String> {
    match address {
        Address::Mxid(mxid) => {
            let server = mxid.server().split_inclusive([':', '[', ']']).map(|part| {
                let end = part.len() - usize::from(part.ends_with([':', '[', ']']));
                format!("{}{}", url_component(&part[..end]), &part[end..])
            });
            Some(format!("matrix:u/{}:{}", url_component(mxid.localpart()), server.collect::<String>()))
        }
        Address::Jid(jid) => {
            let (local, domain) = jid.as_str().split_once('@')?;
            Some(format!("xmpp:{}@{}", url_component(local), url_component(domain)))
        }
        Address::Phone(phone) => Some(format!("https://signal.me/#p/{}", phone.as_str())),
        Address::SignalLink(link) if !link.is_group() => Some(link.as_str().to_owned()),
        Address::SignalLink(_)
        | Address::SignalAci(_)
        | Address::SignalPni(_)
        | Address::SignalUsername(_) => None,
    }
}

/// An address from outside for a quoted `href`, if its scheme is one of those
/// that may be linked to and nothing in it is hidden.
pub fn href(address: &Foreign) -> Option<Shown> {
    let address = address.raw();
    let (scheme, _) = address.split_once(':')?;
    let known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let hidden = |c: char| c.is_whitespace() || c.is_control() || acts_unseen(c) || is_dropped(c);
    // Nearly every address is ASCII that can be seen; the tables are for the others.
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic());
    (known && (plain || !address.contains(hidden))).then(|| Shown(markup(address)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::identity::{Jid, Mxid};

    #[test]
    fn d06_addresses_become_uris_that_hold_nothing_else() {
        let mxid = |text: &str| address_uri(&Address::Mxid(Mxid::parse(text).unwrap())).unwrap();
        assert_eq!(mxid("@ada:example.org"), "matrix:u/ada:example.org");
        assert_eq!(
            mxid("@a/b=2f+c?d#e%:example.org:8448"),
            "matrix:u/a%2Fb%3D2f%2Bc%3Fd%23e%25:example.org:8448"
        );
        assert_eq!(mxid("@ada:[2001:db8::1]:443"), "matrix:u/ada:[2001:db8::1]:443");
        let jid = |text: &str| address_uri(&Address::Jid(Jid::parse(text).unwrap())).unwrap();
        assert_eq!(jid("ada@example.org"), "xmpp:ada@example.org");
        assert_eq!(jid("a?b;c#d@bücher.example"), "xmpp:a%3Fb%3Bc%23d@b%C3%BCcher.example");
    }

    #[test]
    fn d06_only_harmless_schemes_are_linked() {
        let link = |text: &str| href(&Foreign::from(text)).map(|shown| shown.to_string());
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " https://example.org",
            "data:text/html,<script>",
            "vbscript:x",
            "http://example.org",
            "//example.org",
            "https",
            "https://example.org/\u{202e}gpj.exe",
            "https://example.org/a b",
            "https://example.org/\u{7f}",
            "java\nscript:https:",
        ] {
            assert_eq!(link(bad), None, "{bad:?}");
        }
        assert_eq!(link("matrix:u/ada:example.org").as_deref(), Some("matrix:u/ada:example.org"));
        assert_eq!(
            link("https://matrix.to/#/@a:b\"onmouseover='x'&y").as_deref(),
            Some("https://matrix.to/#/@a:b&quot;onmouseover=&#39;x&#39;&amp;y")
        );
    }

    #[test]
    fn d15_a_body_cannot_add_headers() {
        assert_eq!(url_component("a&b#c%0d%0aBcc: é~"), "a%26b%23c%250d%250aBcc%3A%20%C3%A9~");
        assert_eq!(url_component("\r\nBcc:x"), "%0D%0ABcc%3Ax");
        assert_eq!(mail_body("a\nb\r\nc\rd"), "a%0D%0Ab%0D%0Ac%0D%0Ad");
    }
}
