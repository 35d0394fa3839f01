//! What vCards and CSV rows have in common: how a field becomes part of a card.
//!
//! Chat addresses stand in address books in a dozen writings: as links, as
//! URIs, or bare beside the name of a service. They are all read here.

use crate::model::finding::{Card, WrittenNumber};
use crate::model::foreign::Foreign;
use crate::model::identity::{Address, Email, Jid, Mxid, SignalUsername};
use crate::model::phone::{Phone, several};
use crate::model::suspicion::mixed_scripts;
use crate::model::{Code, Problem};
use crate::read::addresses::percent_decoded;

/// How many numbers, e-mail addresses or chat addresses a card can have: nobody
/// has more, and looking for doubles among them must stay cheap.
const MOST: usize = 512;

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
        let label = label.to_ascii_lowercase();
        if label.contains("google talk") {
            return Some(Service::Closed);
        }
        label.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word {
            "matrix" | "element" => Some(Service::Matrix),
            "xmpp" | "jabber" => Some(Service::Xmpp),
            "signal" => Some(Service::Signal),
            "whatsapp" => Some(Service::Whatsapp),
            "gtalk" | "googletalk" | "hangouts" | "facebook" => Some(Service::Closed),
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
        Some(service) => add_bare(card, service, text.strip_prefix("x-apple:").unwrap_or(text)),
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
            let meant = matches!(service, Service::Matrix | Service::Xmpp) && text.contains('@');
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
        Address::Jid(jid) => is_closed(jid),
        _ => false,
    };
    if !reaches_nobody && card.addresses.len() < MOST && !card.addresses.contains(&address) {
        card.addresses.push(address);
    }
}

/// Tells of what should be an address and is none.
pub fn tell_unread(card: &Card, problems: &mut Vec<Problem>) {
    for text in &card.unread {
        let alike = mixed_scripts(text.raw());
        let code = if alike { Code::MixedScripts } else { Code::AddressUnusable };
        problems.push(Problem::new(code).at(card.line).quoting(text.raw()));
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

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c))
}

/// Adds a number as it is written, or each of those that stand in one field;
/// one that is there already only gains what is new.
pub fn add_phone(card: &mut Card, text: &str, waid: Option<Phone>, signal: bool) {
    let text = text.trim();
    if let Some(numbers) = several(text).filter(|_| waid.is_none()) {
        for number in numbers {
            add_phone(card, number, None, signal);
        }
        return;
    }
    if text.is_empty() || card.phones.len() >= MOST {
        return;
    }
    // The same digits are the same number, however they are set apart.
    let digit = |b: &u8| b.is_ascii_digit() || *b == b'+';
    let key: Vec<u8> = text.bytes().filter(digit).collect();
    let same = card.phones.iter_mut().find(|p| {
        let raw = p.text.raw();
        let alike = || raw.bytes().filter(digit).eq(key.iter().copied());
        raw == text || (key.len() >= 7 && alike())
    });
    match same {
        Some(number) => {
            number.signal |= signal;
            if number.waid.is_none() {
                number.waid = waid;
            }
        }
        None => card.phones.push(WrittenNumber { text: Foreign::new(text), waid, signal }),
    }
}

/// Adds an e-mail address as mail programs write it, bare or with a name before
/// it in brackets, or each of those that stand in one field.
pub fn add_email(card: &mut Card, text: &str) {
    let mut quoted = false;
    let pieces = text.split(|c| {
        quoted ^= c == '"';
        matches!(c, ',' | ';' | '\n') && !quoted
    });
    let mut found = false;
    let mut others = Vec::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let bracketed = || piece.rsplit_once('<')?.1.split_once('>').map(|(address, _)| address);
        let Some(email) = Email::parse(piece).or_else(|| Email::parse(bracketed()?)) else {
            others.push(piece);
            continue;
        };
        found = true;
        if card.emails.len() < MOST && !card.emails.contains(&email) {
            card.emails.push(email);
        }
    }
    // WhatsApp's own ids only look like addresses, and the half of a name with
    // a comma in it is none.
    let ids = ["@s.whatsapp.net", "@c.us", "@g.us", "@hosted.lid", "@lid"];
    let meant = |piece: &&str| (piece.contains('@') || !found) && !ids.iter().any(|id| piece.ends_with(id));
    for piece in others.into_iter().filter(meant) {
        if card.unread.len() < MOST {
            card.unread.push(Foreign::new(piece));
        }
    }
}

/// Whether a name is no name, but one of the card's own numbers or addresses.
pub fn is_identity_of(card: &Card, name: &Foreign) -> bool {
    let text = name.raw().trim();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    card.emails.iter().any(|email| email.as_str().eq_ignore_ascii_case(text))
        || card.addresses.iter().any(|address| address.as_str() == text)
        || is_number(text) && card.phones.iter().any(|phone| digits(phone.text.raw()) == digits(text))
}

/// Whether anybody can be told by this card.
pub fn has_identity(card: &Card) -> bool {
    !(card.phones.is_empty() && card.emails.is_empty() && card.addresses.is_empty())
}

/// A name, unless nothing visible is in it.
pub fn name(text: &str) -> Option<Foreign> {
    let name = Foreign::new(text.trim());
    (!name.is_blank()).then_some(name)
}

/// The name of somebody by its parts, as Google and Android show it: the
/// suffix after a comma, and Chinese and Korean names without spaces and the
/// family first.
pub fn full_name(prefix: &str, first: &str, middle: &str, last: &str, suffix: &str) -> Option<Foreign> {
    let [prefix, first, middle, last, suffix] = [prefix, first, middle, last, suffix].map(str::trim);
    let eastern =
        |text: &str| text.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'));
    let whole = if !last.is_empty() && !first.is_empty() && [last, first, middle].into_iter().all(eastern) {
        format!("{prefix}{last}{first}{middle}")
    } else {
        let parts = [prefix, first, middle, last];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    match (whole.is_empty(), suffix.is_empty()) {
        (false, false) => name(&format!("{whole}, {suffix}")),
        (false, true) => name(&whole),
        (true, _) => name(suffix),
    }
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

    #[test]
    fn c01_several_numbers_stay_apart_and_one_written_twice_is_one() {
        let mut card = Card::default();
        add_phone(&mut card, "+33 6 39 98 00 01", None, false);
        add_phone(&mut card, "+33639980001", Phone::from_digits("33639980001"), true);
        add_phone(&mut card, "+33 6 39 98 00 02", None, false);
        add_phone(&mut card, "*100#", None, false);
        add_phone(&mut card, " ", None, false);
        let texts: Vec<&str> = card.phones.iter().map(|p| p.text.raw()).collect();
        assert_eq!(texts, ["+33 6 39 98 00 01", "+33 6 39 98 00 02", "*100#"]);
        assert!(card.phones[0].signal && card.phones[0].waid.is_some());
    }

    #[test]
    fn c01_numbers_in_one_field_are_each_a_number() {
        let mut card = Card::default();
        for text in ["+447700900106;+447700900107", "06 39 98 01 04 / 06 39 98 01 05", "+447700900108;ext=5"]
        {
            add_phone(&mut card, text, None, false);
        }
        let texts: Vec<&str> = card.phones.iter().map(|p| p.text.raw()).collect();
        let expected = ["+447700900106", "+447700900107", "06 39 98 01 04", "06 39 98 01 05"];
        assert_eq!((&texts[..4], texts[4]), (&expected[..], "+447700900108;ext=5"));
    }

    #[test]
    fn e_mail_addresses_as_mail_programs_write_them() {
        for (text, addresses, unread) in [
            ("ada@example.org", &["ada@example.org"][..], &[][..]),
            ("\"Q X\" <q@example.org>", &["q@example.org"], &[]),
            ("Ada <mailto:ada@example.org>", &["ada@example.org"], &[]),
            ("\"Quill, Ada\" <q@example.org>", &["q@example.org"], &[]),
            ("Quill, Ada <q@example.org>", &["q@example.org"], &[]),
            ("two@example.org, three@example.org", &["two@example.org", "three@example.org"], &[]),
            ("two@example.org; bad@", &["two@example.org"], &["bad@"]),
            ("nonsense", &[], &["nonsense"]),
            ("447700900101@s.whatsapp.net", &[], &[]),
            (" ", &[], &[]),
        ] {
            let mut card = Card::default();
            add_email(&mut card, text);
            let found: Vec<&str> = card.emails.iter().map(Email::as_str).collect();
            let told: Vec<&str> = card.unread.iter().map(Foreign::raw).collect();
            assert_eq!((&found[..], &told[..]), (addresses, unread), "{text}");
        }
    }

    #[test]
    fn names_are_put_together_as_phones_show_them() {
        let whole = |parts: [&str; 5]| {
            let [prefix, first, middle, last, suffix] = parts;
            full_name(prefix, first, middle, last, suffix).map(|n| n.raw().to_owned()).unwrap_or_default()
        };
        assert_eq!(whole(["Dr", "Ada", "", "Lovelace", "PhD"]), "Dr Ada Lovelace, PhD");
        assert_eq!(whole(["", "Ada ❤️", "", "", ""]), "Ada ❤️");
        assert_eq!(whole(["", "小明", "", "王", ""]), "王小明");
        assert_eq!(whole(["", " ", "\u{200e}", "", ""]), "");
    }
}
