//! Address books and cards as vCard 2.1, 3.0 and 4.0, in every dialect.
//!
//! Cards come one by one from the splitter, so that a bad one spoils nothing
//! but itself. What a card holds beside names, numbers and addresses is never
//! looked at.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use calcard::{Entry, Parser};

use super::fields;
use super::networks::{self, Service};
use super::notes;
use super::vcard_split::{Cards, RawCard};
use super::vcard_text;
use crate::model::Kind;
use crate::model::finding::{Book, Card};
use crate::model::foreign::Foreign;
use crate::model::phone::Phone;
use crate::model::problem::{Code, Problem};
use crate::read::{Reopen, Tally, decode};

/// No heading has more lines.
const HEADING: usize = 8;

/// Whether the beginning of a file is that of a vCard file: nothing stands
/// before the first BEGIN but, at most, what is left of a card before it.
pub fn is_vcard(head: &[u8]) -> bool {
    let head = &head[..head.len().min(8 * 1024)];
    let text = decode::encoding_of(head).decode_with_bom_removal(head).0;
    let lines = text.split(['\n', '\r']).map(|line| line.trim_start_matches('\u{feff}'));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let Some((name, value)) = line.split_once(':') else { return false };
        let is = |text: &str, word: &str| text.trim().eq_ignore_ascii_case(word);
        if is(value, "VCARD") && is(name, "BEGIN") {
            return true;
        }
        let name = name.split(';').next().unwrap_or_default();
        let property = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        if !property || is(name, "BEGIN") {
            return false;
        }
    }
    false
}

/// Whether a file that is nothing else begins its first card after a few lines
/// that some program or somebody put before it.
pub fn is_vcard_with_a_heading(head: &[u8]) -> bool {
    let head = &head[..head.len().min(8 * 1024)];
    let text = decode::encoding_of(head).decode_with_bom_removal(head).0;
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let begins = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("BEGIN").then(|| value.trim().eq_ignore_ascii_case("VCARD"))
    };
    lines.take(HEADING + 1).find_map(begins).unwrap_or(false)
}

/// Reads a vCard file: its people and companies, in order.
///
/// # Errors
/// Whatever reading says.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(Book, Tally)> {
    let mut book = Book { kind: Kind::Vcard, cards: Vec::new() };
    let mut tally = Tally::default();
    let mut foreign = None;
    let mut cards = Cards::open(source)?;
    let transcoded = cards.transcoded();
    while let Some(raw) = cards.next()? {
        let mut count = 0;
        let text = vcard_text::prepare(raw.text, transcoded, &mut count);
        if count > 0 {
            foreign.get_or_insert(raw.line);
        }
        let entry = read_card(&text, raw.line);
        tally.read += 1;
        if !judge(&raw, entry.as_ref(), problems) {
            tally.rejected += 1;
            continue;
        }
        tally.kept += 1;
        if let Some(Content::Card(mut card)) = entry {
            fields::tell_unread(&card, problems);
            card.shrink();
            book.cards.push(card);
        }
    }
    if let Some((line, count)) = cards.outside() {
        problems.push(Problem::new(Code::CardOutside).at(line).counted(count));
    }
    book.cards.shrink_to_fit();
    if let Some(line) = foreign {
        problems.push(Problem::new(Code::OtherEncoding).at(line).quoting("windows-1252"));
    }
    Ok((book, tally))
}

/// Says what is wrong with a card, and whether it is kept.
fn judge(raw: &RawCard<'_>, content: Option<&Content>, problems: &mut Vec<Problem>) -> bool {
    let name = match content {
        Some(Content::Card(card)) => card.name.clone(),
        _ => None,
    };
    let mut tell = |mut problem: Problem| {
        problem.quote.clone_from(&name);
        problems.push(problem);
    };
    if !raw.complete {
        tell(Problem::new(Code::CardUnfinished).at(raw.line));
        return false;
    }
    if let Some((line, count)) = raw.garbage {
        tell(Problem::new(Code::CardGarbage).at(line).counted(count));
    }
    if let Some(line) = raw.too_long {
        tell(Problem::new(Code::CardTooLong).at(line));
    }
    if let Some((line, count)) = raw.inner {
        tell(Problem::new(Code::CardInner).at(line).counted(count));
    }
    if content.is_none() {
        tell(Problem::new(Code::CardEmpty).at(raw.line));
    }
    content.is_some()
}

/// What a card turned out to be.
enum Content {
    /// Somebody.
    Card(Card),
    /// A list of others.
    Group,
}

/// Reads one prepared card; `None` if nobody is in it.
fn read_card(text: &str, line: u64) -> Option<Content> {
    let Entry::VCard(vcard) = Parser::new(text).entry() else { return None };
    let mut names = Names::default();
    let mut card = Card { line, ..Card::default() };
    let mut notes = Vec::new();
    let labels = labels(&vcard);
    for entry in &vcard.entries {
        let label = entry.group.as_ref().and_then(|group| labels.get(&group.to_ascii_lowercase()));
        let value = value(entry);
        match (&entry.name, upper(&entry.name).as_ref()) {
            (VCardProperty::Fn, _) => first(&mut names.shown, fields::name(&value)),
            (VCardProperty::N, _) => first(&mut names.parts, whole_name(entry)),
            (VCardProperty::Nickname, _) => first(&mut names.nick, first_value(entry)),
            (VCardProperty::Org, _) => first(&mut names.company, first_value(entry)),
            (VCardProperty::Tel, _) => telephone(&mut card, entry, &value, label),
            (VCardProperty::Email, _) => {
                let service = label.and_then(|label| Service::of(label));
                if !networks::add_chat(&mut card, service, &value) {
                    fields::add_email(&mut card, &value);
                }
            }
            (VCardProperty::Kind, _) | (_, "X-ADDRESSBOOKSERVER-KIND") => {
                match value.trim().to_ascii_lowercase().as_str() {
                    "group" => return Some(Content::Group),
                    "org" => card.company = true,
                    _ => {}
                }
            }
            (VCardProperty::Impp | VCardProperty::Socialprofile, _) | (_, "X-SOCIALPROFILE") => {
                let service = service(entry, label);
                if !networks::add_chat(&mut card, service, &value)
                    && let Some(user) = parameter(entry, "USERNAME").or_else(|| parameter(entry, "X-USER"))
                {
                    networks::add_chat(&mut card, service, user);
                }
            }
            (VCardProperty::Url, _) => {
                networks::add_chat(&mut card, label.and_then(|label| Service::of(label)), &value);
            }
            (VCardProperty::Note, _) => notes.push(value),
            // Only WhatsApp's own cards of businesses bear it.
            (_, "X-WA-BIZ-NAME") => card.company |= !value.trim().is_empty(),
            (_, "X-ABSHOWAS") => card.company |= value.trim().eq_ignore_ascii_case("COMPANY"),
            (_, "X-JABBER" | "X-XMPP" | "X-MATRIX" | "X-MATRIX-ID" | "X-SIGNAL" | "X-WHATSAPP") => {
                networks::add_chat(&mut card, Service::of(&upper(&entry.name)), &value);
            }
            _ => {}
        }
    }
    names.settle(&mut card);
    // Of whom a note speaks can be told only beside the name.
    for note in &notes {
        notes::add(&mut card, note);
    }
    (card.name.is_some() || fields::has_identity(&card)).then_some(Content::Card(card))
}

/// The names that a card gives, each by its first.
#[derive(Default)]
struct Names {
    shown: Option<Foreign>,
    parts: Option<Foreign>,
    nick: Option<Foreign>,
    company: Option<Foreign>,
}

impl Names {
    /// Gives the card the best of them.
    fn settle(mut self, card: &mut Card) {
        // Where there is no name, programs write a number or an address instead.
        for name in [&mut self.shown, &mut self.parts] {
            name.take_if(|name| fields::is_identity_of(card, name));
        }
        // Phones repeat the company's name where there is no person's.
        let repeated = self.parts.is_none() && self.shown.is_some() && self.shown == self.company;
        let person = self.shown.or(self.parts).or(self.nick);
        card.company |= repeated || (person.is_none() && self.company.is_some());
        card.name = person.or(self.company);
    }
}

/// Reads a number with what stands beside it.
fn telephone(card: &mut Card, entry: &VCardEntry, value: &str, label: Option<&String>) {
    let service = service(entry, label);
    if value.trim_start().starts_with('@') && networks::add_chat(card, service, value) {
        return;
    }
    let waid = parameter(entry, "WAID").and_then(|digits| Phone::from_digits(digits.trim_start_matches('+')));
    fields::add_phone(card, value, waid, service == Some(Service::Signal));
}

/// The labels of a card by the group that they stand in.
fn labels(vcard: &VCard) -> HashMap<String, String> {
    let labels = vcard.entries.iter().filter(|entry| upper(&entry.name) == "X-ABLABEL");
    let labels = labels
        .filter_map(|entry| Some((entry.group.as_ref()?.to_ascii_lowercase(), value(entry).into_owned())));
    labels.collect()
}

/// The service that a property's parameters or its label name.
fn service(entry: &VCardEntry, label: Option<&String>) -> Option<Service> {
    let named = entry.params.iter().find_map(|parameter| match &parameter.name {
        VCardParameterName::ServiceType | VCardParameterName::Type | VCardParameterName::Label => {
            parameter.value.as_text().and_then(Service::of)
        }
        VCardParameterName::Other(name) if name.eq_ignore_ascii_case("X-SERVICE-TYPE") => {
            parameter.value.as_text().and_then(Service::of)
        }
        // Android writes its labels as parameters without a value.
        VCardParameterName::Other(name) if parameter.value.as_text().is_none() => Service::of(name),
        _ => None,
    });
    named.or_else(|| Service::of(label?))
}

/// The text of the parameter of that name.
fn parameter<'a>(entry: &'a VCardEntry, name: &str) -> Option<&'a str> {
    let found = entry.params.iter().find(|parameter| match &parameter.name {
        VCardParameterName::Other(other) => other.eq_ignore_ascii_case(name),
        VCardParameterName::Username => name == "USERNAME",
        _ => false,
    });
    found?.value.as_text()
}

/// The name of a property that the parser does not know, in upper case.
fn upper(name: &VCardProperty) -> Cow<'_, str> {
    match name {
        VCardProperty::Other(name) if name.bytes().any(|b| b.is_ascii_lowercase()) => {
            name.to_ascii_uppercase().into()
        }
        VCardProperty::Other(name) => name.as_str().into(),
        _ => "".into(),
    }
}

/// A value as one text.
fn value(entry: &VCardEntry) -> Cow<'_, str> {
    match entry.values.as_slice() {
        [one] => piece(one),
        parts => parts.iter().map(piece).collect::<Vec<_>>().join(";").into(),
    }
}

/// One part of a value. The parser takes it apart at commas, which in the
/// elder cards are only commas.
fn piece(value: &VCardValue) -> Cow<'_, str> {
    match value {
        VCardValue::Component(parts) => parts.join(",").into(),
        value => value.as_text().unwrap_or_default().into(),
    }
}

/// The first part that is visible.
fn first_value(entry: &VCardEntry) -> Option<Foreign> {
    entry.values.iter().find_map(|value| fields::name(&piece(value)))
}

/// The name in N: family, given, additional, prefixes, suffixes.
fn whole_name(entry: &VCardEntry) -> Option<Foreign> {
    let part = |at: usize| entry.values.get(at).map(piece).unwrap_or_default();
    fields::full_name(&part(3), &part(1), &part(2), &part(0), &part(4))
}

/// Keeps the first name that there is.
fn first(slot: &mut Option<Foreign>, name: Option<Foreign>) {
    if slot.is_none() {
        *slot = name;
    }
}

#[cfg(test)]
mod dialect_tests;
#[cfg(test)]
mod tests;
