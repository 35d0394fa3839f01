//! The contact list of an XMPP account, as servers and clients export it:
//! XEP-0227, or the roster itself (RFC 6121, 2.1).
//!
//! Such an export can hold a password, messages and whatever else the account
//! keeps: nothing but the entries of the list is looked at, and whom the user
//! blocked (XEP-0191). The document may be
//! anybody's, so a document type is refused, no entity is ever expanded, and
//! depth and size are bounded. What comes before a fault is kept.

use std::collections::BTreeSet;
use std::io;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{fields, networks};
use crate::model::finding::{Book, Card, Subscription};
use crate::model::identity::{Address, Jid};
use crate::model::{Code, Foreign, Kind, Phone, Problem};
use crate::read::{Reopen, Tally, decode};

/// What a roster is in (RFC 6121, 2.1).
const ROSTER: &str = "jabber:iq:roster";
/// What the list of those is in whom the user blocked (XEP-0191).
const BLOCKING: &str = "urn:xmpp:blocking";
/// So many entries that are nobody are told one by one.
const TOLD: u64 = 100;
/// What the export of a server is in, and was before it had a name (XEP-0227).
const EXPORT: [&str; 2] = ["urn:xmpp:pie:0", "http://www.xmpp.org/extensions/xep-0227.html#ns"];
/// No element stands deeper.
const DEEPEST: usize = 64;
/// No element has more attributes.
const ATTRIBUTES: usize = 64;
/// No document has more prefixes for the list at one place.
const PREFIXES: usize = 64;
/// No more is read of a file (bytes): a list of ten thousand is a fiftieth of it.
const LARGEST: usize = 64 * 1024 * 1024;
/// The server on which accounts are called after phone numbers.
const BY_NUMBER: &str = "quicksy.im";

/// Whether a file begins like such an export.
pub fn is_roster(head: &[u8]) -> bool {
    let text = decode::encoding_of(head).decode_with_bom_removal(head).0;
    let is_xml = text.trim_start().starts_with('<');
    let named = |name: &str| text.contains(&format!("'{name}'")) || text.contains(&format!("\"{name}\""));
    is_xml && (EXPORT.into_iter().any(named) || named(ROSTER))
}

/// Reads the list. `read` in the tally counts its entries.
///
/// # Errors
/// Whatever the system says; nothing that stands in the file.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(Book, Tally)> {
    read_capped(source, problems, LARGEST)
}

fn read_capped(source: &dyn Reopen, problems: &mut Vec<Problem>, cap: usize) -> io::Result<(Book, Tally)> {
    let mut open = source.open()?;
    let bytes = decode::read_up_to(&mut open, cap)?;
    // Whoever is to know the file again has to see all of it.
    let rest = io::copy(&mut open, &mut io::sink())?;
    let text = decode::encoding_of(&bytes).decode_with_bom_removal(&bytes).0;
    let mut list = List::default();
    if !list.read(&text) || rest > 0 {
        list.problems.push(Problem::new(Code::RosterDamaged).at(list.line));
    }
    Ok(list.finish(problems))
}

/// The elements that mean something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Host(String),
    User(Option<Jid>),
    Roster,
    Blocklist,
    Other,
}

/// The namespaces that mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    Roster,
    Blocking,
}

/// What has been read so far.
#[derive(Default)]
struct List {
    path: Vec<Element>,
    /// The prefixes that stand for a namespace, the newest last: at which depth
    /// one was given, and for which that means something.
    prefixes: Vec<(usize, String, Option<Space>)>,
    /// Up to which byte lines were counted, and how many ended there.
    counted: usize,
    line: u64,
    /// Whose lists were met; nobody's name where the export does not say.
    owners: BTreeSet<Option<Jid>>,
    cards: Vec<Card>,
    /// Whom the user blocked, as written, with the line.
    blocked: Vec<(u64, String)>,
    /// How many entries were told one by one that are nobody, and of the others the
    /// first line and how many.
    gateways: (u64, u64, u64),
    tally: Tally,
    problems: Vec<Problem>,
}

impl List {
    /// Reads the whole text; whether it is sound to its end.
    fn read(&mut self, text: &str) -> bool {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut at = 0;
        loop {
            let event = reader.read_event();
            self.count_lines(text, at);
            at = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
            match event {
                Ok(Event::Start(start)) if self.path.len() < DEEPEST => {
                    let element = self.open(&start);
                    self.path.push(element);
                }
                Ok(Event::End(_)) => {
                    self.path.pop();
                    let depth = self.path.len();
                    self.prefixes.retain(|(given, ..)| *given < depth);
                }
                Ok(Event::Eof) => return self.path.is_empty(),
                Ok(Event::Start(_) | Event::DocType(_)) | Err(_) => return false,
                Ok(_) => {}
            }
        }
    }

    /// Notes in which line that byte is.
    fn count_lines(&mut self, text: &str, at: usize) {
        let new = text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line = self.line.max(1) + memchr::memchr_iter(b'\n', new).count() as u64;
        self.counted = self.counted.max(at);
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Element {
        let name = start.local_name().into_inner().to_owned();
        self.declare(start);
        match (name.as_str(), self.path.last()) {
            ("host", _) => Element::Host(value(start, "jid").unwrap_or_default()),
            ("user", Some(Element::Host(host))) => {
                let user = value(start, "name").unwrap_or_default();
                Element::User(Jid::parse(&format!("{user}@{host}")))
            }
            ("query", _) if self.space(start) == Some(Space::Roster) => Element::Roster,
            ("item", Some(Element::Roster)) if self.space(start) == Some(Space::Roster) => {
                self.item(start);
                Element::Other
            }
            ("blocklist", _) if self.space(start) == Some(Space::Blocking) => Element::Blocklist,
            ("item", Some(Element::Blocklist)) if self.space(start) == Some(Space::Blocking) => {
                self.owners.insert(self.owner());
                self.blocked.extend(value(start, "jid").map(|jid| (self.line, jid)));
                Element::Other
            }
            _ => Element::Other,
        }
    }

    /// Notes the prefixes that an element declares. Of those for other namespaces
    /// only what hides one for the list counts.
    fn declare(&mut self, start: &BytesStart<'_>) {
        let mut all = start.attributes();
        for attribute in all.with_checks(false).take(ATTRIBUTES).flatten() {
            let Some(prefix) = attribute.key.into_inner().strip_prefix("xmlns") else { continue };
            let prefix = match prefix.strip_prefix(':') {
                Some(prefix) => prefix,
                None if prefix.is_empty() => prefix,
                None => continue,
            };
            let space = match attribute.normalized_value(XmlVersion::Implicit1_0).as_deref() {
                Ok(ROSTER) => Some(Space::Roster),
                Ok(BLOCKING) => Some(Space::Blocking),
                _ => None,
            };
            let hides = self.prefixes.iter().any(|(_, known, _)| known == prefix);
            if (space.is_some() || hides) && self.prefixes.len() < PREFIXES {
                self.prefixes.push((self.path.len(), prefix.to_owned(), space));
            }
        }
    }

    /// In which namespace an element is, if it means something.
    fn space(&self, start: &BytesStart<'_>) -> Option<Space> {
        let name = start.name().into_inner().to_owned();
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let newest = self.prefixes.iter().rev().find(|(_, known, _)| known == prefix);
        newest.and_then(|(.., space)| *space)
    }

    /// Whose list it is, where the export says so.
    fn owner(&self) -> Option<Jid> {
        let owner = self.path.iter().rev().find_map(|element| match element {
            Element::User(jid) => Some(jid.clone()),
            _ => None,
        });
        owner.flatten()
    }

    fn item(&mut self, start: &BytesStart<'_>) {
        let owner = self.owner();
        self.owners.insert(owner.clone());
        self.tally.read += 1;
        let written = value(start, "jid").unwrap_or_default();
        let Some(jid) = Jid::parse(&written) else {
            self.tally.rejected += 1;
            // A name alone stands for a server or a gateway, and is nobody.
            if written.contains('@') {
                let problem = Problem::new(Code::AddressUnusable).at(self.line).quoting(written);
                self.problems.push(problem);
            } else {
                self.gateway(&written);
            }
            return;
        };
        let subscription = match value(start, "subscription").as_deref() {
            Some("both") => Subscription::Both,
            Some("from") => Subscription::From,
            Some("to") => Subscription::To,
            _ => Subscription::None,
        };
        if jid.is_gateway() || owner.as_ref() == Some(&jid) {
            self.tally.rejected += 1;
            return self.gateway(&written);
        }
        let name = value(start, "name").map(Foreign::new).filter(|name| !name.is_blank());
        let mut card = Card { line: self.line, name, subscription: Some(subscription), ..Card::default() };
        if let Some(phone) = number_of(&jid) {
            let text = phone.as_str().to_owned();
            fields::add_phone(&mut card, &text, Some(phone), false);
        }
        networks::add_address(&mut card, Address::Jid(jid));
        card.shrink();
        self.cards.push(card);
        self.tally.kept += 1;
    }

    fn gateway(&mut self, written: &str) {
        let (told, first, rest) = &mut self.gateways;
        if *told < TOLD {
            *told += 1;
            self.problems.push(Problem::new(Code::RosterGateways).at(self.line).quoting(written));
            return;
        }
        if *rest == 0 {
            *first = self.line;
        }
        *rest += 1;
    }

    /// Marks whom the user blocked; who of these is not in the list is taken up. A
    /// domain stands for everybody there.
    fn block(&mut self) {
        let of = |card: &Card| {
            card.addresses.iter().find_map(|a| match a {
                Address::Jid(jid) => Some(jid.clone()),
                _ => None,
            })
        };
        for (line, written) in std::mem::take(&mut self.blocked) {
            if !written.contains('@') {
                let domain = written.split('/').next().unwrap_or_default().to_lowercase();
                let there = |jid: &Jid| jid.as_str().rsplit('@').next() == Some(domain.as_str());
                for card in self.cards.iter_mut().filter(|card| of(card).as_ref().is_some_and(there)) {
                    card.unwanted = true;
                }
                continue;
            }
            let jid = Jid::parse(&written);
            let unusable = jid.is_none();
            if let Some(card) = self.cards.iter_mut().find(|card| jid.is_some() && of(card) == jid) {
                card.unwanted = true;
                continue;
            }
            self.tally.read += 1;
            let jid = jid.filter(|jid| !jid.is_gateway() && !self.owners.contains(&Some(jid.clone())));
            let Some(jid) = jid else {
                self.tally.rejected += 1;
                let code = if unusable { Code::AddressUnusable } else { Code::RosterGateways };
                self.problems.push(Problem::new(code).at(line).quoting(written));
                continue;
            };
            let subscription = Some(Subscription::None);
            let mut card = Card { line, subscription, unwanted: true, ..Card::default() };
            networks::add_address(&mut card, Address::Jid(jid));
            card.shrink();
            self.cards.push(card);
            self.tally.kept += 1;
        }
    }

    fn finish(mut self, problems: &mut Vec<Problem>) -> (Book, Tally) {
        self.block();
        // Whoever runs a server has the lists of others: none of them is an address book.
        if self.owners.len() > 1 {
            let owners = self.owners.len() as u64;
            self.problems.push(Problem::new(Code::RosterSeveral).counted(owners));
            self.cards.clear();
            self.tally = Tally { kept: 0, rejected: self.tally.read, ..self.tally };
        }
        let (_, first, rest) = self.gateways;
        if rest > 0 {
            self.problems.push(Problem::new(Code::RosterGateways).at(first).counted(rest));
        }
        problems.append(&mut self.problems);
        (Book { kind: Kind::XmppRoster, cards: self.cards }, self.tally)
    }
}

/// The value of an attribute; references to anything but characters and the
/// five names of XML's own make it none.
fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    let all = all.with_checks(false).take(ATTRIBUTES).flatten();
    let found = all.into_iter().find(|attribute| attribute.key.into_inner() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// The number after which an account is called.
fn number_of(jid: &Jid) -> Option<Phone> {
    let (local, domain) = jid.as_str().split_once('@')?;
    let digits = local.strip_prefix('+').filter(|_| domain == BY_NUMBER)?;
    Phone::from_digits(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = (Vec<Card>, Tally, Vec<(Code, Option<u64>)>);

    fn read_text(text: &str) -> Outcome {
        assert!(is_roster(text.as_bytes()), "{text}");
        read_bytes(text.as_bytes())
    }

    fn read_bytes(bytes: &[u8]) -> Outcome {
        let mut problems = Vec::new();
        let (book, tally) = read_capped(&bytes.to_vec(), &mut problems, 4096).unwrap();
        assert_eq!(tally.read, tally.kept + tally.rejected);
        assert_eq!(tally.kept, book.cards.len() as u64);
        (book.cards, tally, problems.iter().map(|p| (p.code, p.line)).collect())
    }

    fn roster(items: &str) -> String {
        format!("<query xmlns='jabber:iq:roster' ver='7'>{items}</query>")
    }

    fn account(name: &str, items: &str) -> String {
        format!(
            "<user name='{name}' password='SECRET'>\n<offline-messages><message><body>SECRET</body></message></offline-messages>\n{}</user>",
            roster(items)
        )
    }

    fn export(users: &str) -> String {
        format!(
            "<?xml version='1.0' encoding='UTF-8'?>\n<server-data xmlns='urn:xmpp:pie:0'>\n<host jid='example.org'>\n{users}</host></server-data>\n"
        )
    }

    const BO: &str = "<item jid='Bo@Example.net/phone' name='Bo &amp; Co' subscription='both'><group>Friends</group></item>";

    fn shown(cards: &[Card]) -> Vec<(u64, &str, &str, Option<Subscription>)> {
        let one = |card: &'_ Card| (card.line, card.subscription);
        cards
            .iter()
            .map(|card| {
                let (line, subscription) = one(card);
                let name = card.name.as_ref().map_or("", Foreign::raw);
                (line, name, card.addresses.first().map_or("", Address::as_str), subscription)
            })
            .collect()
    }

    #[test]
    fn entries_with_their_subscriptions() {
        use Subscription::{Both, From, None, To};
        let items = format!(
            "{BO}\n<item jid='cy@example.net' subscription='from'/>\n<item jid='dee@example.net' subscription=\"to\" name='Dee'/>\n<item jid='eve@example.net' subscription='none' ask='subscribe'/><item jid='fay@example.net'/>"
        );
        let (cards, tally, problems) = read_text(&export(&account("ada", &items)));
        assert_eq!((tally.read, problems), (5, vec![]));
        assert_eq!(
            shown(&cards),
            [
                (6, "Bo & Co", "bo@example.net", Some(Both)),
                (7, "", "cy@example.net", Some(From)),
                (8, "Dee", "dee@example.net", Some(To)),
                (9, "", "eve@example.net", Some(None)),
                (9, "", "fay@example.net", Some(None)),
            ]
        );
        let kept = serde_json::to_string(&cards).unwrap();
        assert!(!kept.contains("SECRET"), "{kept}");
    }

    #[test]
    fn a_list_alone_and_the_older_namespace_will_do() {
        assert_eq!(shown(&read_text(&roster(BO)).0)[0].2, "bo@example.net");
        let iq = format!("<iq type='result' to='ada@example.org/x'>{}</iq>", roster(BO));
        assert_eq!(read_text(&iq).0.len(), 1);
        let old = export(&account("ada", BO)).replace("urn:xmpp:pie:0", EXPORT[1]);
        assert_eq!(read_text(&old).0.len(), 1);
        let (utf16, ..) = (roster(BO).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), ());
        let marked = [&[0xff, 0xfe][..], &utf16].concat();
        assert!(is_roster(&marked));
        assert_eq!(read_bytes(&marked).0.len(), 1);
    }

    #[test]
    fn a_list_is_known_by_its_namespace_whatever_the_prefix() {
        let prefixed =
            "<r:item jid='bo@example.net' name='Bo'/><x:item xmlns:x='urn:other' jid='no@example.net'/>";
        for around in [
            format!("<r:query xmlns:r='jabber:iq:roster'>{prefixed}</r:query>"),
            format!("<iq xmlns:r='jabber:iq:roster'><r:query>{prefixed}</r:query></iq>"),
            export(&format!(
                "<user name='ada'><r:query xmlns:r=\"jabber:iq:roster\">{prefixed}</r:query></user>"
            )),
        ] {
            let (cards, tally, _) = read_text(&around);
            assert_eq!((cards.len(), tally.read), (1, 1), "{around}");
        }
        let hidden =
            format!("<a xmlns:r='jabber:iq:roster'><r:query xmlns:r='urn:other'>{prefixed}</r:query></a>");
        assert_eq!(read_text(&hidden).1.read, 0);
        let over = format!("<a><b xmlns='jabber:iq:roster'/><query>{BO}</query></a>");
        assert_eq!(read_text(&over).1.read, 0, "a prefix ends with its element");
    }

    #[test]
    fn what_is_nobody() {
        let items = "<item jid='whatsapp.example.org' subscription='both'/><item jid='+447700900123@whatsapp.example.org' subscription='both'/><item jid='ada@example.org' subscription='both'/><item jid='nick%irc.example.net@biboumi.example.org'/><item jid='a b@@x' name='x'/><item subscription='both'/>";
        let (cards, tally, problems) = read_text(&export(&account("ada", items)));
        assert_eq!((cards.len(), tally.rejected), (0, 6));
        let listed = (Code::RosterGateways, Some(6));
        let unusable = (Code::AddressUnusable, Some(6));
        assert_eq!(problems, [listed, listed, listed, listed, unusable, listed]);
        let many = "<item jid='gate.example.org'/>\n".repeat(130);
        let (_, tally, problems) = read_text(&roster(&many));
        assert_eq!((tally.rejected, problems.len()), (130, 101));
    }

    #[test]
    fn those_whom_the_user_blocked_are_marked() {
        let blocked = "<blocklist xmlns='urn:xmpp:blocking'><item jid='Bo@example.net/phone'/><item jid='spam.example'/><item jid='eve@example.net'/></blocklist>";
        let items = format!("{BO}<item jid='x@spam.example'/><item jid='cy@example.net'/>");
        let user = account("ada", &items).replace("</user>", &format!("{blocked}</user>"));
        let (cards, tally, problems) = read_text(&export(&user));
        let told: Vec<_> = cards.iter().map(|card| (card.addresses[0].as_str(), card.unwanted)).collect();
        let expected = [
            ("bo@example.net", true),
            ("x@spam.example", true),
            ("cy@example.net", false),
            ("eve@example.net", true),
        ];
        assert_eq!((told.as_slice(), tally.read, problems), (&expected[..], 4, vec![]));
        // In front of the list as well; in another namespace it is none.
        let first = account("ada", &items).replacen("<offline", &format!("{blocked}<offline"), 1);
        assert_eq!(read_text(&export(&first)).0.iter().filter(|card| card.unwanted).count(), 3);
        let other = user.replace("urn:xmpp:blocking", "urn:other");
        assert!(read_text(&export(&other)).0.iter().all(|card| !card.unwanted));
    }

    #[test]
    fn an_account_that_is_called_after_a_number_tells_the_number() {
        let (cards, ..) = read_text(&roster("<item jid='+447700900123@quicksy.im' subscription='both'/>"));
        assert_eq!(cards[0].phones[0].waid.as_ref().unwrap().as_str(), "+447700900123");
        let (cards, ..) = read_text(&roster("<item jid='+447700900123@example.org' subscription='both'/>"));
        assert!(cards[0].phones.is_empty());
    }

    #[test]
    fn the_lists_of_several_accounts_are_nobodys_address_book() {
        let users = format!("{}{}", account("ada", BO), account("cy", BO));
        let (cards, tally, problems) = read_text(&export(&users));
        assert_eq!((cards.len(), tally.rejected, problems), (0, 2, vec![(Code::RosterSeveral, None)]));
        let one = format!("{}<user name='empty'/>", account("ada", BO));
        assert_eq!(read_text(&export(&one)).0.len(), 1, "an account without a list is no other list");
    }

    #[test]
    fn hostile_documents_are_refused_and_what_came_before_is_kept() {
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n";
        let (cards, _, problems) = read_text(&format!("{laughs}{}", roster(BO)));
        assert_eq!((cards.len(), problems), (0, vec![(Code::RosterDamaged, Some(1))]));
        let entity = roster("<item jid='bo@example.net' name='&xxe;'/>");
        assert_eq!(read_text(&entity).0[0].name, None, "no entity is ever looked up");
        let deep = format!("{}{}", roster(BO), "<a>".repeat(100));
        let (cards, _, problems) = read_text(&deep);
        assert_eq!((cards.len(), problems), (1, vec![(Code::RosterDamaged, Some(1))]));
        let long = format!("{}\n<x>{}</x>", roster(BO), "x".repeat(9000));
        let (cards, _, problems) = read_text(&long);
        assert_eq!((cards.len(), problems[0].0), (1, Code::RosterDamaged));
        let crowded: String = (0..300).map(|n| format!(" a{n}='x'")).collect();
        let crowded = roster(&format!("<item{crowded} jid='bo@example.net'/>"));
        assert_eq!(read_text(&crowded).1.rejected, 1);
    }

    #[test]
    fn a_list_cut_anywhere_never_panics_and_says_so() {
        let whole = export(&account("ada", BO));
        let end = whole.trim_end().len();
        for cut in 0..end {
            let (_, _, problems) = read_bytes(&whole.as_bytes()[..cut]);
            assert!(
                cut == 0 || problems.iter().any(|(code, _)| *code == Code::RosterDamaged) || cut < 40,
                "{cut}"
            );
        }
        for place in 0..whole.len() {
            for byte in [0, b'<', b'>', b'\'', b'&', 0xff] {
                let mut bytes = whole.clone().into_bytes();
                bytes[place] = byte;
                read_bytes(&bytes);
                is_roster(&bytes);
            }
        }
    }

    #[test]
    fn only_a_list_is_taken_for_one() {
        for other in [
            "",
            "<html><body>jabber:iq:roster</body></html>",
            "jabber:iq:roster",
            "{\"x\":\"jabber:iq:roster\"}",
            "<x xmlns='jabber:iq:private'/>",
        ] {
            assert!(!is_roster(other.as_bytes()), "{other}");
        }
    }
}
