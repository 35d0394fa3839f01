//! Forgetting people: what sources say of them is taken out of what was found,
//! so that nothing of it is kept.
//!
//! A chat between the user and somebody is all about them, its file's name
//! included: it goes as a whole, and so do the cards that came with it. Of
//! groups, books and databases what is about others stays.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::database::Database;
use crate::model::finding::{Book, Card, Chat, ChatKind, NumberChange, SignalExport};
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::mark::Sign;
use crate::model::phone::SameNumber;
use crate::model::{Finding, Foreign, NameKey, Phone};

use super::Look;
use super::trace::{Trace, TraceKind};

/// What is left of a source.
#[derive(Debug)]
pub struct Left {
    /// Its place among the sources.
    pub source: usize,
    /// What is left of what was found in it; none if nothing is.
    pub finding: Option<Finding>,
    /// How many of its entries are gone.
    pub entries: u64,
}

/// The people who are forgotten, by all that can tell of them.
#[derive(Debug, Default)]
pub struct Gone {
    /// Their traces.
    traces: HashSet<usize>,
    names: HashSet<NameKey>,
    phones: HashSet<SameNumber>,
    emails: HashSet<Email>,
    addresses: HashSet<Address>,
    lids: HashSet<WhatsappLid>,
    /// How they are shown in chats: by the key of the chat's title.
    shown: HashSet<(NameKey, NameKey)>,
    /// The titles of the chats between them and the user.
    own_chats: HashSet<NameKey>,
}

impl Gone {
    /// The people with these numbers. `addresses` are those of theirs that no
    /// entry holds, but evidence does.
    pub fn of(look: &Look<'_>, people: &BTreeSet<usize>, addresses: impl Iterator<Item = Address>) -> Gone {
        let mut gone = Gone { addresses: addresses.collect(), ..Gone::default() };
        for (index, trace) in look.traces.all.iter().enumerate() {
            if people.contains(&look.joined.person[index]) {
                gone.traces.insert(index);
                gone.know(trace);
            }
        }
        for ((chat, key), trace) in &look.traces.in_chat {
            if gone.traces.contains(trace) {
                gone.shown.insert((title(look.chats[*chat].chat), key.clone()));
            }
        }
        for (chat, trace) in &look.traces.partner {
            if gone.traces.contains(trace) {
                gone.own_chats.insert(title(look.chats[*chat].chat));
            }
        }
        gone
    }

    fn know(&mut self, trace: &Trace<'_>) {
        self.names.extend(trace.saved_name.iter().chain(&trace.other_name).map(Foreign::key));
        for sign in trace.identities() {
            match sign {
                Sign::Phone(phone) => drop(self.phones.insert(phone.same())),
                Sign::Email(email) => drop(self.emails.insert(email)),
                Sign::Account(address) => drop(self.addresses.insert(address)),
                Sign::Lid(lid) => drop(self.lids.insert(lid)),
                Sign::Chat(_) | Sign::ChatSince(..) | Sign::Bare => {}
            }
        }
    }

    /// Whether any of a person's traces is among them.
    pub fn has(&self, trace: usize) -> bool {
        self.traces.contains(&trace)
    }

    /// Whether a text is one of their names or identities.
    pub fn is_named(&self, text: &Foreign) -> bool {
        let (key, raw) = (text.key(), text.raw());
        let name = key.trim_start_matches(['~', ' ']);
        (!name.is_empty() && self.names.contains(name))
            || Phone::parse(raw, None).is_ok_and(|phone| self.phones.contains(&phone.same()))
            || Email::parse(raw).is_some_and(|email| self.emails.contains(&email))
            || self.addresses.iter().any(|address| address.as_str() == raw)
            || self.lids.iter().any(|lid| lid.as_str() == raw)
    }

    /// Their e-mail addresses and numbers, as networks are asked about them.
    pub fn is_asked(&self, canonical: &str) -> bool {
        Email::parse(canonical).is_some_and(|email| self.emails.contains(&email))
            || Phone::from_digits(canonical.trim_start_matches('+'))
                .is_some_and(|phone| self.phones.contains(&phone.same()))
    }

    fn phone(&self, phone: &Phone) -> bool {
        self.phones.contains(&phone.same())
    }

    fn changed(&self, change: &NumberChange) -> bool {
        change.from.iter().chain(&change.to).any(|phone| self.phone(phone))
            || change.name.as_ref().is_some_and(|name| self.names.contains(&name.key()))
    }
}

/// Takes people out of all sources; gives those of which less is left.
pub fn forget(look: &Look<'_>, gone: &Gone) -> Vec<Left> {
    let traces: Vec<&Trace<'_>> = gone.traces.iter().map(|index| &look.traces.all[*index]).collect();
    let whole = whole(look, gone);
    let mut left = Vec::new();
    for (source, given) in look.sources.iter().enumerate() {
        let own = || traces.iter().filter(|trace| trace.source == source);
        let entries = own().filter(|trace| !trace.kind.is_no_entry()).count() as u64;
        let finding = if whole.contains(&source) {
            None
        } else {
            let finding = match &given.finding {
                Finding::Chat(chat) => {
                    let counts = look.chats.iter().any(|kept| kept.source == source);
                    Finding::Chat(Arc::new(in_chat(chat, gone, counts, &whole_files(look, &whole))))
                }
                Finding::Book(book) => match in_book(book, &given.path, own().copied()) {
                    book if book.cards.is_empty() => {
                        left.push(Left { source, finding: None, entries });
                        continue;
                    }
                    book => Finding::Book(Arc::new(book)),
                },
                Finding::Signal(export) => Finding::Signal(Arc::new(in_signal(export, gone, own().copied()))),
                Finding::Database(database) => {
                    Finding::Database(Arc::new(in_database(database, gone, own().copied())))
                }
                Finding::Account(report) => {
                    let mut report = report.clone();
                    let numbers = own().filter_map(|trace| match trace.kind {
                        TraceKind::Account { number } => Some(number),
                        _ => None,
                    });
                    let numbers: Vec<_> = numbers.collect();
                    report.contacts.retain(|number| !numbers.contains(&number));
                    Finding::Account(report)
                }
            };
            if finding == given.finding {
                continue;
            }
            Some(finding)
        };
        left.push(Left { source, finding, entries });
    }
    left
}

fn title(chat: &Chat) -> NameKey {
    chat.title.as_ref().map(Foreign::key).unwrap_or_default()
}

/// The sources that are all about somebody who is gone: the chats between them
/// and the user, the older exports of these as well, and what came with them.
fn whole(look: &Look<'_>, gone: &Gone) -> HashSet<usize> {
    let counted: HashSet<usize> = look.chats.iter().map(|kept| kept.source).collect();
    let mut whole: HashSet<usize> = HashSet::new();
    for (chat, trace) in &look.traces.partner {
        if gone.has(*trace) {
            whole.insert(look.chats[*chat].source);
        }
    }
    let chats = || {
        look.sources.iter().enumerate().filter_map(|(source, given)| match &given.finding {
            Finding::Chat(chat) => Some((source, chat)),
            _ => None,
        })
    };
    for (source, chat) in chats().filter(|(source, _)| !counted.contains(source)) {
        if chat.kind != ChatKind::Group && gone.own_chats.contains(&title(chat)) {
            whole.insert(source);
        }
    }
    let mut cards = HashSet::new();
    for (source, chat) in chats().filter(|(source, _)| whole.contains(source)) {
        let (folder, _) = split(look.sources[source].path.raw());
        cards.extend(chat.cards.iter().map(|card| format!("{folder}{}", card.file.raw())));
    }
    let sent = look.sources.iter().enumerate().filter(|(_, given)| cards.contains(given.path.raw()));
    whole.extend(sent.map(|(source, _)| source));
    whole
}

/// The paths of those sources.
fn whole_files(look: &Look<'_>, whole: &HashSet<usize>) -> HashSet<String> {
    whole.iter().map(|source| split(look.sources[*source].path.raw()).1.to_owned()).collect()
}

/// A path's folder, its slash included, and the name behind it.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind(['/', '\\']).map_or(0, |at| at + 1))
}

/// `counts` unless a newer export of the chat stands in its place: then nobody
/// tells who is who in it, and all who bear one of the names go.
fn in_chat(chat: &Chat, gone: &Gone, counts: bool, files: &HashSet<String>) -> Chat {
    let mut chat = chat.clone();
    let title = title(&chat);
    let shown = |name: &Foreign, push: bool| {
        gone.shown.contains(&(title.clone(), name.shown_key(push)))
            || !counts && gone.names.contains(&name.key())
    };
    let said = |name: &Foreign, push: Option<bool>| match push {
        Some(push) => shown(name, push),
        None => shown(name, true) || shown(name, false),
    };
    let number = |phone: Option<&Phone>| phone.is_some_and(|phone| gone.phone(phone));
    chat.people.retain(|p| !shown(&p.name, p.push_name) && !number(p.phone.as_ref()));
    chat.members.retain(|m| !shown(&m.name, m.push_name) && !number(m.phone.as_ref()));
    chat.number_changes.retain(|change| !gone.changed(change));
    chat.mentions.retain(|phone| !gone.phone(phone));
    chat.emails.retain(|e| !said(&e.said_by, e.push_name) && !gone.emails.contains(&e.email));
    chat.addresses.retain(|written| {
        let about = written.about.as_ref().is_some_and(|about| gone.names.contains(&about.key()));
        let theirs = match &written.address {
            Address::Phone(phone) => gone.phone(phone),
            address => gone.addresses.contains(address),
        };
        !said(&written.said_by, written.push_name) && !about && !theirs
    });
    chat.hints.retain(|hint| {
        let about = hint.about.as_ref().is_some_and(|about| gone.names.contains(&about.key()));
        !shown(&hint.said_by, hint.push_name) && !about
    });
    chat.cards.retain(|card| !files.contains(card.file.raw()) && !about_them(&card.file, gone));
    for card in &mut chat.cards {
        // Somebody else sent it, whoever that was: it stays no card of the user's.
        if said(&card.sent_by, None) {
            card.sent_by = Foreign::default();
        }
    }
    chat
}

/// Whether a card's file is called after somebody who is gone.
fn about_them(file: &Foreign, gone: &Gone) -> bool {
    let name = file.raw().strip_suffix(".vcf").unwrap_or(file.raw());
    gone.names.contains(&Foreign::new(name).key())
}

fn in_book<'a>(book: &Book, path: &Foreign, own: impl Iterator<Item = &'a Trace<'a>>) -> Book {
    let (mut cards, mut cut): (HashSet<*const Card>, Vec<&Trace<'_>>) = (HashSet::new(), Vec::new());
    for trace in own {
        match trace.kind {
            TraceKind::Card { card, .. } => drop(cards.insert(std::ptr::from_ref(card))),
            TraceKind::Cut { .. } => cut.push(trace),
            _ => {}
        }
    }
    let mut left = Book { kind: book.kind, cards: Vec::new() };
    for card in &book.cards {
        if cards.contains(&std::ptr::from_ref(card)) {
            continue;
        }
        let mut card = card.clone();
        let place = card.locator(path);
        for trace in cut.iter().filter(|trace| trace.locator == place) {
            card.phones
                .retain(|number| number.place(None).map_or(true, |phone| !trace.phones.contains(&phone)));
            card.emails.retain(|email| !trace.emails.contains(email));
            card.addresses.retain(|address| !trace.holds(address));
        }
        left.cards.push(card);
    }
    left
}

fn in_signal<'a>(
    export: &SignalExport,
    gone: &Gone,
    own: impl Iterator<Item = &'a Trace<'a>>,
) -> SignalExport {
    let people: HashSet<u64> = own
        .filter_map(|trace| match trace.kind {
            TraceKind::Signal { person, .. } => Some(person.line),
            _ => None,
        })
        .collect();
    let mut export = export.clone();
    export.people.retain(|person| !people.contains(&person.line));
    for person in &mut export.people {
        person.merged.retain(|merged| !gone.phone(&merged.phone));
    }
    for group in &mut export.groups {
        let all = group.members.len();
        group.members.retain(|member| !gone.addresses.contains(&Address::SignalAci(member.clone())));
        group.others += (all - group.members.len()) as u64;
    }
    export
}

fn in_database<'a>(database: &Database, gone: &Gone, own: impl Iterator<Item = &'a Trace<'a>>) -> Database {
    let people: HashSet<*const crate::model::database::Person> = own
        .filter_map(|trace| match trace.kind {
            TraceKind::Database { person, .. } => Some(std::ptr::from_ref(person)),
            _ => None,
        })
        .collect();
    let is_gone = |place: &usize| {
        database.people.get(*place).is_some_and(|person| people.contains(&std::ptr::from_ref(person)))
    };
    let mut left = database.clone();
    // The places of the others must not change: chats name people by them.
    for place in (0..left.people.len()).filter(|place| is_gone(place)) {
        left.people[place] = crate::model::database::Person::default();
    }
    left.chats.retain(|chat| !chat.partner.is_some_and(|partner| is_gone(&partner)));
    for chat in &mut left.chats {
        let theirs = std::mem::take(&mut chat.theirs);
        for (place, volume) in theirs {
            if is_gone(&place) {
                chat.unknown += volume.messages;
            } else {
                chat.theirs.insert(place, volume);
            }
        }
        chat.members.retain(|member| !is_gone(&member.person));
        chat.group = chat.group.take().map(|id| without_maker(id, gone));
    }
    let names = std::mem::take(&mut left.group_names);
    left.group_names = names.into_iter().map(|(id, name)| (without_maker(id, gone), name)).collect();
    left.linked.retain(|lid, phone| !gone.lids.contains(lid) && !gone.phone(phone));
    left.number_changes.retain(|change| !gone.changed(change));
    left
}

/// The older ids of groups begin with the number of who made them.
fn without_maker(id: String, gone: &Gone) -> String {
    match id.split_once('-') {
        Some((maker, rest)) if Phone::from_digits(maker).is_some_and(|phone| gone.phone(&phone)) => {
            format!("x-{rest}")
        }
        _ => id,
    }
}
