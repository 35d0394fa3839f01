//! The address book as vCard 4.0 (RFC 6350), cleaned: everybody once, numbers
//! in one writing, and the addresses at which people were found, as IMPP where
//! the network has URIs and as Signal's own links else.
//!
//! Excluded people are in it, for it is the user's own book; whoever never
//! stood in one is not. Of addresses only those are written that are
//! believed now: what is likely at best is no fact for an address book.
//! Numbers stand as plain text, not as `tel:` URIs, which many programs do
//! not read. Every card is read again by a strict parser before it is handed
//! out.

use std::collections::BTreeSet;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
    VCardVersion,
};
use vcard_parser::parse_vcards;

use crate::check::Checked;
use crate::graph::book::OwnBook;
use crate::model::identity::Address;
use crate::model::verdict::fold;
use crate::model::{Channel, Code, Contact, ContactId, Evidence, Foreign, Moment, Problem, State};
use crate::words::escape::{address_uri, vcard_text};

/// How the file's name ends. A file of cards can carry no mark of its own:
/// every line belongs to a card, and goes on with it to other programs.
pub const FILE_NAME: &str = "contacts.transhume.vcf";

/// The cards, and what was wrong with those that are not among them.
#[derive(Debug, Default)]
pub struct Cards {
    /// The whole file.
    pub text: String,
    /// How many cards are in it.
    pub count: usize,
    /// One for each card that could not be written.
    pub problems: Vec<Problem>,
}

/// Writes the user's address book: those whom they saved or who stand in one
/// of their books, then companies and services. `people` are the graph's, in
/// its order; addresses count as of `now`.
pub fn cards(people: &[Checked], book: &OwnBook, now: Moment) -> Cards {
    let mut cards = Cards::default();
    let none = BTreeSet::new();
    for (place, person) in people.iter().enumerate() {
        if person.contact.saved || book.listed.contains(&place) {
            let written = book.written.get(&place).unwrap_or(&none);
            let properties = entries(&person.contact, written, &addresses(person, now));
            cards.add(&person.contact, properties);
        }
    }
    for (nobody, written) in &book.others {
        let stated: Vec<&Address> = nobody.addresses.iter().collect();
        let mut properties = entries(nobody, written, &stated);
        // A company's name has no parts.
        properties.retain(|entry| entry.name != VCardProperty::N);
        properties.insert(0, entry(VCardProperty::Kind, "org".to_owned()));
        properties.extend(nobody.name.iter().map(|name| entry(VCardProperty::Org, vcard_text(name))));
        cards.add(nobody, properties);
    }
    cards
}

impl Cards {
    /// Adds a card, if it is one. The strict parser takes some names for more
    /// parts than there are; then the whole name has to do.
    fn add(&mut self, contact: &Contact, entries: Vec<VCardEntry>) {
        let whole = entries.iter().filter(|entry| entry.name != VCardProperty::N).cloned().collect();
        let mut tried = [entries, whole].into_iter();
        if let Some(card) = tried.find_map(written) {
            self.text.push_str(&card);
            self.count += 1;
        } else {
            let problem = Problem::new(Code::CardUnwritten).in_file(FILE_NAME);
            self.problems.push(problem.quoting(shown(contact).unwrap_or_default()));
        }
    }
}

/// The text of a card, if a strict parser reads it.
fn written(entries: Vec<VCardEntry>) -> Option<String> {
    let count = entries.len();
    let mut card = String::new();
    VCard { entries }.write_to(&mut card, VCardVersion::V4_0).ok()?;
    is_strict(&card, count).then_some(card)
}

/// Whether a strict parser finds exactly one card in a text, with exactly so
/// many properties.
fn is_strict(card: &str, properties: usize) -> bool {
    match parse_vcards(card).as_deref() {
        Ok([card]) => card.get_properties().len() == properties,
        _ => false,
    }
}

/// The addresses that are believed now, the one to use first.
fn addresses(person: &Checked, now: Moment) -> Vec<&Address> {
    let mut all = Vec::new();
    for channel in Channel::ALL {
        let about = || person.evidence.iter().filter(move |e| e.channel == channel);
        let named: BTreeSet<&Address> = about().filter_map(Evidence::own_address).collect();
        let mut believed: Vec<&Address> = named
            .into_iter()
            .filter(|&address| {
                // What is said without an address is said of each.
                let said: Vec<&Evidence> =
                    about().filter(|e| e.address.as_ref().is_none_or(|a| a == address)).collect();
                let verdict = fold(&said, now);
                verdict.state == State::Reachable && verdict.address.as_ref() == Some(address)
            })
            .collect();
        let first = person.verdicts.get(channel).address.as_ref();
        believed.sort_by_key(|address| Some(*address) != first);
        all.extend(believed);
    }
    all
}

/// A property with a text for its value.
fn entry(property: VCardProperty, value: String) -> VCardEntry {
    VCardEntry::new(property).with_value(VCardValue::Text(value))
}

/// The properties of a card.
fn entries(contact: &Contact, written: &BTreeSet<Foreign>, addresses: &[&Address]) -> Vec<VCardEntry> {
    let mut entries = Vec::new();
    entries.extend(uid(&contact.id).map(|uid| entry(VCardProperty::Uid, uid)));
    entries.push(entry(VCardProperty::Fn, shown(contact).unwrap_or_default()));
    if let Some(name) = &contact.name {
        // Which part is which nobody told: programs that insist on parts get
        // the whole as one.
        let parts = ["", &vcard_text(name), "", "", ""].map(|part| VCardValue::Text(part.to_owned()));
        entries.push(VCardEntry::new(VCardProperty::N).with_values(parts.into()));
    }
    let phones = contact.phones.iter().map(|phone| phone.as_str().to_owned());
    let phones = phones.chain(written.iter().map(vcard_text));
    entries.extend(phones.map(|phone| entry(VCardProperty::Tel, phone)));
    entries.extend(contact.emails.iter().map(|email| entry(VCardProperty::Email, email.as_str().to_owned())));
    for (at, address) in addresses.iter().enumerate() {
        let channel = address.channel();
        let alike = |other: &&Address| other.channel() == channel && channel != Channel::Signal;
        let preferred = !addresses[..at].iter().any(alike) && addresses[at + 1..].iter().any(alike);
        entries.extend(chat(address, preferred));
    }
    entries
}

/// An address of a network; none for ids by which no person can call another.
fn chat(address: &Address, preferred: bool) -> Option<VCardEntry> {
    match address {
        Address::Mxid(_) | Address::Jid(_) => {
            let entry = entry(VCardProperty::Impp, address_uri(address)?);
            let first = VCardParameter::new(VCardParameterName::Pref, VCardParameterValue::Integer(1));
            Some(entry.with_param_opt(preferred.then_some(first)))
        }
        Address::Phone(_) | Address::SignalLink(_) => Some(entry(VCardProperty::Url, address_uri(address)?)),
        Address::SignalUsername(name) => {
            Some(entry(VCardProperty::Other("X-SIGNAL".to_owned()), name.as_str().to_owned()))
        }
        Address::SignalAci(_) | Address::SignalPni(_) => None,
    }
}

/// What stands in the place of the name, which every card must have.
fn shown(contact: &Contact) -> Option<String> {
    let phone = || contact.phones.first().map(|phone| phone.as_str().to_owned());
    let email = || contact.emails.first().map(|email| email.as_str().to_owned());
    let address = || contact.addresses.first().map(|address| address.as_str().to_owned());
    contact.name.as_ref().map(vcard_text).or_else(phone).or_else(email).or_else(address)
}

/// The contact's id as a UUID (RFC 9562, version 8): the same each time, so
/// that programs update a card instead of adding another.
fn uid(id: &ContactId) -> Option<String> {
    let id = id.as_str();
    let whole = id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
    whole.then(|| {
        let (a, b, c, d) = (&id[..8], &id[8..12], &id[12..15], &id[15..]);
        format!("urn:uuid:{a}-{b}-8{c}-8{d}00-7472616e7368")
    })
}

#[cfg(test)]
mod tests;
