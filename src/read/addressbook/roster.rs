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
mod tests;
