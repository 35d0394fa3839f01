//! Chat addresses in address books. They stand there in a dozen writings: as
//! links, as URIs, or bare beside the name of a network.

use super::fields::{MOST, add_phone, is_number};
use crate::model::finding::Card;
use crate::model::foreign::Foreign;
use crate::model::identity::{Address, Jid, Mxid, SignalUsername};
use crate::model::phone::Phone;
use crate::read::addresses::percent_decoded;

/// A network that a label or a parameter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Matrix, or its best known program.
    Matrix,
    /// XMPP, once called Jabber.
    Xmpp,
    /// Signal.
    Signal,
    /// WhatsApp.
    Whatsapp,
    /// Networks that once let XMPP in: their addresses still look like it.
    Closed,
}

impl Service {
    /// The service that a label names, like `X-Jabber` or `Matrix ID`.
    pub fn of(label: &str) -> Option<Service> {
        if label.len() > 64 {
            return None;
        }
        let is = |text: &str, words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
        let talk = b"google talk";
        if label.as_bytes().windows(talk.len()).any(|part| part.eq_ignore_ascii_case(talk)) {
            return Some(Service::Closed);
        }
        label.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word {
            _ if is(word, &["matrix", "element"]) => Some(Service::Matrix),
            _ if is(word, &["xmpp", "jabber"]) => Some(Service::Xmpp),
            _ if is(word, &["signal"]) => Some(Service::Signal),
            _ if is(word, &["whatsapp"]) => Some(Service::Whatsapp),
            _ if is(word, &["gtalk", "googletalk", "hangouts", "facebook"]) => Some(Service::Closed),
            _ => None,
        })
    }
}

/// Reads a chat address into the card: a link or URI that tells its network
/// itself, or any text that `service` tells the network of. Returns whether
/// it was one; a text that was understood but names nobody counts too.
pub fn add_chat(card: &mut Card, service: Option<Service>, text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 2048 || service == Some(Service::Closed) {
        return false;
    }
    if let Some((service, value)) = link(text) {
        return add_bare(card, service, &percent_decoded(value));
    }
    match service {
        // Apple makes a URI of whatever stands in a field for another network.
        Some(service) => match text.strip_prefix("x-apple:") {
            Some(value) => add_bare(card, service, &percent_decoded(value)),
            None => add_bare(card, service, text),
        },
        None => false,
    }
}

/// The service of a link, and the part of it that names somebody.
fn link(text: &str) -> Option<(Service, &str)> {
    const LINKS: &[(&str, Service)] = &[
        ("matrix.to/#/", Service::Matrix),
        ("app.element.io/#/user/", Service::Matrix),
        ("signal.me/#p/", Service::Signal),
        ("xmpp.link/#", Service::Xmpp),
        ("conversations.im/i/", Service::Xmpp),
        ("wa.me/", Service::Whatsapp),
        ("api.whatsapp.com/send?phone=", Service::Whatsapp),
    ];
    const SCHEMES: &[(&str, Service)] = &[
        ("matrix:", Service::Matrix),
        ("xmpp:", Service::Xmpp),
        ("jabber:", Service::Xmpp),
        ("signal:", Service::Signal),
        ("whatsapp:", Service::Whatsapp),
    ];
    let web = ["https://", "http://", "sgnl://"].into_iter().find_map(|scheme| after(text, scheme));
    let host = web.unwrap_or(text);
    let host = after(host, "www.").unwrap_or(host);
    let found = LINKS.iter().find_map(|(start, service)| Some((*service, after(host, start)?)));
    let found =
        found.or_else(|| SCHEMES.iter().find_map(|(start, service)| Some((*service, after(text, start)?))));
    let (service, value) = match found {
        Some(found) => found,
        // A Matrix ID looks like nothing else.
        None if text.starts_with('@') && text.contains(':') => (Service::Matrix, text),
        None => return None,
    };
    let value = value.trim_start_matches("//");
    let end = value.find(['?', '&']).unwrap_or(value.len());
    Some((service, &value[..end]))
}

/// Reads what names somebody on a service.
fn add_bare(card: &mut Card, service: Service, text: &str) -> bool {
    let text = text.trim();
    let address = match service {
        Service::Matrix => mxid(text).map(Address::Mxid),
        Service::Xmpp => Jid::parse(text).map(Address::Jid),
        Service::Signal => match Phone::parse(text, None) {
            Ok(phone) => Some(Address::Phone(phone)),
            Err(_) => SignalUsername::parse(text).map(Address::SignalUsername),
        },
        Service::Whatsapp => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let written =
                text.trim_start_matches('+').chars().all(|c| c.is_ascii_digit() || " -.()".contains(c));
            return match Phone::from_digits(&digits) {
                Some(phone) if written && !text.starts_with("00") => {
                    let text = phone.as_str().to_owned();
                    add_phone(card, &text, Some(phone), false);
                    true
                }
                _ => false,
            };
        }
        Service::Closed => None,
    };
    match address {
        Some(address) => {
            add_address(card, address);
            true
        }
        // A national number: its region may become known later.
        None if service == Service::Signal && is_number(text) => {
            add_phone(card, text, None, true);
            true
        }
        None => {
            let meant = match service {
                // Rooms are nobody's address.
                Service::Matrix => {
                    let is_room = text.starts_with(['#', '!']) || text.contains('/');
                    text.contains('@') || after(text, "u/").is_some() || text.contains(':') && !is_room
                }
                Service::Xmpp => text.contains('@'),
                _ => false,
            };
            if meant && card.unread.len() < MOST {
                card.unread.push(Foreign::new(text));
            }
            false
        }
    }
}

/// Adds an address by which somebody can be reached.
pub fn add_address(card: &mut Card, address: Address) {
    // Shadows that a bridge made, and accounts of the time when Google and
    // Facebook spoke XMPP, reach nobody.
    let reaches_nobody = match &address {
        Address::Mxid(mxid) => mxid.is_bridge_ghost(),
        Address::Jid(jid) => is_closed(jid) || jid.is_gateway(),
        _ => false,
    };
    if reaches_nobody {
        return;
    }
    if card.addresses.len() >= MOST {
        card.left_out += 1;
    } else if !card.addresses.contains(&address) {
        card.addresses.push(address);
    }
}

/// `@ada:example.org`, without its sigil too, and `u/ada:example.org`.
fn mxid(whole: &str) -> Option<Mxid> {
    let text = after(whole, "u/").unwrap_or(whole);
    let is_one = text.starts_with('@') || text.len() < whole.len();
    if text.starts_with(['#', '!']) || text.contains('/') && !is_one {
        return None;
    }
    match text.strip_prefix('@') {
        Some(_) => Mxid::parse(text),
        None => Mxid::parse(&format!("@{text}")),
    }
}

fn is_closed(jid: &Jid) -> bool {
    let domain = jid.as_str().rsplit('@').next().unwrap_or_default();
    ["gmail.com", "googlemail.com", "chat.facebook.com"].contains(&domain)
}

/// What stands behind `start`, which may be in either case.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(service: &str, text: &str) -> Vec<String> {
        let mut card = Card::default();
        add_chat(&mut card, Service::of(service), text);
        let numbers = card.phones.iter().map(|p| format!("tel {} {}", p.text.raw(), p.signal));
        card.addresses.iter().map(|a| a.as_str().to_owned()).chain(numbers).collect()
    }

    #[test]
    fn matrix_in_all_its_writings() {
        for (service, text) in [
            ("", "matrix:@ada:example.org"),
            ("", "matrix:u/ada:example.org"),
            ("", "matrix:u/ada:example.org?action=chat"),
            ("", "https://matrix.to/#/@ada:example.org"),
            ("", "https://matrix.to/#/%40ada%3Aexample.org?via=example.org"),
            ("", "HTTPS://Matrix.To/#/@ada:example.org"),
            ("", "@ada:example.org"),
            ("", "matrix:u/%61da:example.org"),
            ("Matrix", "ada:example.org"),
            ("x-matrix", "@ada:example.org"),
            ("Matrix ID", "matrix:@ada:example.org"),
        ] {
            assert_eq!(chat(service, text), ["@ada:example.org"], "{service} {text}");
        }
    }

    #[test]
    fn a_slash_is_a_part_of_a_matrix_id_where_nothing_else_can_be_meant() {
        assert_eq!(chat("", "matrix:u/a%2Fb:example.org"), ["@a/b:example.org"]);
        assert_eq!(chat("", "https://matrix.to/#/@a%2Fb:example.org"), ["@a/b:example.org"]);
        assert_eq!(chat("Matrix", "roomid/a:example.org"), Vec::<String>::new());
        assert_eq!(chat("", "https://matrix.to/#/@ada:example.org/$event"), Vec::<String>::new());
    }

    #[test]
    fn xmpp_and_signal_in_all_their_writings() {
        for (service, text) in [
            ("", "xmpp:ada@example.org"),
            ("", "xmpp:ada@example.org?roster"),
            ("", "xmpp://ada%40example.org"),
            ("Jabber", "Ada@Example.org/phone"),
            ("Jabber", "x-apple:ada%40example.org"),
            ("xmpp", "xmpp:ada@example.org"),
            ("", "https://conversations.im/i/ada@example.org?omemo-sid-1=0"),
        ] {
            assert_eq!(chat(service, text), ["ada@example.org"], "{service} {text}");
        }
        for text in [
            "signal:+447700900123",
            "https://signal.me/#p/+447700900123",
            "sgnl://signal.me/#p/+447700900123",
        ] {
            assert_eq!(chat("", text), ["+447700900123"], "{text}");
        }
        assert_eq!(chat("Signal", "+44 7700 900123"), ["+447700900123"]);
        assert_eq!(chat("Signal", "Ada.42"), ["ada.42"]);
        assert_eq!(chat("Signal", "06 39 98 00 01"), ["tel 06 39 98 00 01 true"]);
        assert_eq!(chat("", "https://wa.me/447700900123?text=hi"), ["tel +447700900123 false"]);
    }

    #[test]
    fn what_was_meant_to_be_a_matrix_id_and_is_none_is_told() {
        let told = |text: &str| {
            let mut card = Card::default();
            add_chat(&mut card, Service::of("Matrix"), text);
            assert!(card.addresses.is_empty(), "{text}");
            card.unread.iter().map(|text| text.raw().to_owned()).collect::<Vec<_>>()
        };
        for (text, quoted) in [
            ("@ada", "@ada"),
            ("matrix:u/ada", "u/ada"),
            ("https://matrix.to/#/@a b:example.org", "@a b:example.org"),
            ("ada smith:example.org", "ada smith:example.org"),
        ] {
            assert_eq!(told(text), [quoted]);
        }
        // Rooms are nobody's, nor are the shadows of bridges; and a name is no address.
        for text in ["#room:example.org", "matrix:r/room:example.org", "@signal_1:example.org", "Ada"] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_is_nobodys_address() {
        for (service, text) in [
            ("", "ada@example.org"),
            ("", "https://example.org/@ada"),
            ("", "https://matrix.to/#/#room:example.org"),
            ("", "matrix:r/room:example.org"),
            ("", "matrix:@whatsapp_33639980001:example.org"),
            ("", "https://signal.me/#eu/abcdef"),
            ("", "https://wa.me/message/ABC123"),
            ("", "tg:ada"),
            ("Facebook", "xmpp:ada@chat.facebook.com"),
            ("GoogleTalk", "xmpp:ada@example.org"),
            ("", "xmpp:ada@gmail.com"),
            ("Matrix", "Ada"),
            ("Skype", "ada"),
            ("Signal", "yes"),
        ] {
            assert_eq!(chat(service, text), Vec::<String>::new(), "{service} {text}");
        }
    }
}
