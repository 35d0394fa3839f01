//! What was understood in a file (`transhume.inspect/1`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::database::{self, Database, Role};
use crate::model::finding::{AccountReport, Book, Chat, ChatCounts, ChatKind, Dates, SignalExport};
use crate::model::kind::Platform;
use crate::model::phone::RegionCode;
use crate::model::{Channel, Finding, Foreign, Kind, Moment, Phone, Problem};
use crate::read::{Reading, Tally};
use crate::words::Words;

use super::contact::Identity;
use super::view::ProblemView;
use entries::{card_view, groups, known_people, signal_view};

mod entries;

/// What was understood in one item.
#[derive(Debug, Serialize)]
pub struct InspectView {
    schema: &'static str,
    path: Foreign,
    kind: Kind,
    platform: Option<Platform>,
    language: Option<String>,
    dates: Option<Dates>,
    chat: Option<ChatView>,
    counts: Option<Counts>,
    people: Option<People>,
    members: Option<Vec<MemberView>>,
    members_complete: Option<bool>,
    number_changes: Option<Vec<NumberChangeView>>,
    addresses: Option<Vec<AddressView>>,
    groups: Option<Vec<GroupView>>,
    own_number: Option<Phone>,
    problems: Vec<ProblemView>,
}

#[derive(Debug, Serialize)]
struct ChatView {
    title: Option<Foreign>,
    kind: ChatKind,
}

/// How much of what; each kind of file counts its own things.
#[derive(Debug)]
enum Counts {
    Chat(ChatCounts),
    Book(BookCounts),
    Database(DatabaseCounts),
}

#[derive(Debug, Serialize)]
struct BookCounts {
    cards: u64,
    rejected: u64,
    phones: usize,
    emails: usize,
    addresses: usize,
}

#[derive(Debug, Serialize)]
struct DatabaseCounts {
    #[serde(flatten)]
    book: BookCounts,
    chats: usize,
    messages: u64,
    linked: usize,
}

#[derive(Debug)]
enum People {
    Writers(Vec<WriterView>),
    Cards(Vec<CardView>),
    Known(Vec<KnownView>),
}

impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Counts::Chat(counts) => counts.serialize(serializer),
            Counts::Book(counts) => counts.serialize(serializer),
            Counts::Database(counts) => counts.serialize(serializer),
        }
    }
}

impl Serialize for People {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            People::Writers(people) => people.serialize(serializer),
            People::Cards(people) => people.serialize(serializer),
            People::Known(people) => people.serialize(serializer),
        }
    }
}

#[derive(Debug, Serialize)]
struct WriterView {
    name: Foreign,
    push_name: bool,
    phone: Option<Phone>,
    messages: u64,
    first: Option<Moment>,
    last: Option<Moment>,
}

#[derive(Debug, Serialize)]
struct CardView {
    name: Option<Foreign>,
    phones: Vec<Phone>,
    unusable_phones: Vec<Foreign>,
    emails: Vec<String>,
    addresses: Vec<CardAddress>,
}

/// Somebody in a database.
#[derive(Debug, Serialize)]
struct KnownView {
    name: Option<Foreign>,
    push_name: bool,
    phones: Vec<Phone>,
    unusable_phones: Vec<Foreign>,
    emails: Vec<String>,
    addresses: Vec<CardAddress>,
    /// What WhatsApp itself calls them; where this stands without a number, the
    /// number is unknown.
    identities: Vec<Identity>,
    me: bool,
    messages: u64,
    direct: Option<DirectView>,
    first: Option<Moment>,
    last: Option<Moment>,
}

/// The messages of the direct chat with somebody.
#[derive(Debug, Default, Serialize)]
struct DirectView {
    mine: u64,
    theirs: u64,
}

#[derive(Debug, Serialize)]
struct GroupView {
    title: Option<Foreign>,
    members: Vec<GroupMemberView>,
    members_complete: bool,
    /// Unknown where a file tells no more of a group than its name.
    messages: Option<u64>,
}

#[derive(Debug, Serialize)]
struct GroupMemberView {
    name: Option<Foreign>,
    phone: Option<Phone>,
    /// Not every source tells.
    role: Option<Role>,
    state: crate::model::finding::MemberState,
}

#[derive(Debug, Serialize)]
struct CardAddress {
    channel: Channel,
    identity: String,
}

#[derive(Debug, Serialize)]
struct MemberView {
    name: Foreign,
    phone: Option<Phone>,
    state: crate::model::finding::MemberState,
}

#[derive(Debug, Serialize)]
struct NumberChangeView {
    name: Option<Foreign>,
    from: Option<Phone>,
    to: Option<Phone>,
}

#[derive(Debug, Serialize)]
struct AddressView {
    /// A channel's id, or `email`, which is none.
    channel: &'static str,
    /// None where somebody only said to be there.
    identity: Option<String>,
    said_by: Foreign,
    self_stated: bool,
    /// Whether they said that they had left.
    left: bool,
    line: u64,
}

impl InspectView {
    /// A file that is none of ours, or that could not be read.
    pub fn strange(path: &Foreign, problems: &[Problem], words: &Words) -> Self {
        Self {
            schema: "transhume.inspect/1",
            path: path.clone(),
            kind: Kind::Unknown,
            platform: None,
            language: None,
            dates: None,
            chat: None,
            counts: None,
            people: None,
            members: None,
            members_complete: None,
            number_changes: None,
            addresses: None,
            groups: None,
            own_number: None,
            problems: problems.iter().map(|p| ProblemView::new(words, p)).collect(),
        }
    }

    /// An item that was read; numbers without a country code are placed in
    /// `region`.
    pub fn new(
        path: &Foreign,
        kind: Kind,
        reading: &Reading,
        region: Option<RegionCode>,
        words: &Words,
    ) -> Self {
        let base = Self { kind, ..Self::strange(path, &reading.problems, words) };
        match &reading.finding {
            Some(Finding::Chat(chat)) => base.with_chat(chat),
            Some(Finding::Database(database)) => base.with_database(database, reading.tally, region),
            Some(Finding::Account(report)) => base.with_account(report, reading.tally, region),
            Some(Finding::Book(book)) => base.with_book(book, reading.tally, region),
            Some(Finding::Signal(export)) => base.with_signal(export, reading.tally),
            None => base,
        }
    }

    fn with_chat(self, chat: &Chat) -> Self {
        let writers = chat.people.iter().map(|p| WriterView {
            name: p.name.clone(),
            push_name: p.push_name,
            phone: p.phone.clone(),
            messages: p.messages,
            first: p.first,
            last: p.last,
        });
        let members = chat.members.iter().map(|m| MemberView {
            name: m.name.clone(),
            phone: m.phone.clone(),
            state: m.state,
        });
        let changes = chat.number_changes.iter().map(|c| NumberChangeView {
            name: c.name.clone(),
            from: c.from.clone(),
            to: c.to.clone(),
        });
        let addresses = chat.addresses.iter().map(|a| AddressView {
            channel: a.address.channel().id(),
            identity: Some(a.address.as_str().to_owned()),
            said_by: a.said_by.clone(),
            self_stated: a.self_stated,
            left: false,
            line: a.line,
        });
        let emails = chat.emails.iter().map(|e| AddressView {
            channel: "email",
            identity: Some(e.email.as_str().to_owned()),
            said_by: e.said_by.clone(),
            self_stated: e.self_stated,
            left: false,
            line: e.line,
        });
        let hints = chat.hints.iter().map(|hint| AddressView {
            channel: hint.channel.id(),
            identity: None,
            said_by: hint.said_by.clone(),
            self_stated: hint.self_stated,
            left: hint.left,
            line: hint.line,
        });
        let mut addresses: Vec<AddressView> = addresses.chain(emails).chain(hints).collect();
        addresses.sort_by_key(|address| address.line);
        Self {
            platform: Some(chat.platform),
            language: chat.language.clone(),
            dates: Some(chat.dates),
            chat: Some(ChatView { title: chat.title.clone(), kind: chat.kind }),
            counts: Some(Counts::Chat(chat.counts)),
            people: Some(People::Writers(writers.collect())),
            members: Some(members.collect()),
            // A text shows only those who wrote or stand in notices.
            members_complete: Some(false),
            number_changes: Some(changes.collect()),
            addresses: Some(addresses),
            ..self
        }
    }

    fn with_database(self, database: &Database, tally: Tally, region: Option<RegionCode>) -> Self {
        let people = known_people(database, region);
        let book = BookCounts {
            cards: tally.read,
            rejected: tally.rejected,
            phones: people.iter().map(|p| p.phones.len() + p.unusable_phones.len()).sum(),
            emails: 0,
            addresses: people.iter().map(|p| p.identities.len()).sum(),
        };
        let counts = DatabaseCounts {
            book,
            chats: database.chats.len(),
            messages: database.chats.iter().map(database::Chat::messages).sum(),
            linked: database.linked.len(),
        };
        let changes = database.number_changes.iter().map(|c| NumberChangeView {
            name: c.name.clone(),
            from: c.from.clone(),
            to: c.to.clone(),
        });
        Self {
            platform: Some(database.platform),
            counts: Some(Counts::Database(counts)),
            people: Some(People::Known(people)),
            number_changes: Some(changes.collect()),
            groups: Some(groups(database)),
            ..self
        }
    }

    fn with_book(self, book: &Book, tally: Tally, region: Option<RegionCode>) -> Self {
        let people: Vec<CardView> = book.cards.iter().map(|card| card_view(book, card, region)).collect();
        self.with_cards(people, tally)
    }

    fn with_account(self, report: &AccountReport, tally: Tally, region: Option<RegionCode>) -> Self {
        let own = report.own.as_ref().and_then(|own| Phone::parse(own.raw(), region).ok());
        let region = region.or_else(|| own.as_ref().and_then(Phone::region));
        let people = report.contacts.iter().map(|number| {
            let phone = number.place(region).ok();
            CardView {
                name: None,
                unusable_phones: if phone.is_none() { vec![number.text.clone()] } else { Vec::new() },
                phones: phone.into_iter().collect(),
                emails: Vec::new(),
                addresses: Vec::new(),
            }
        });
        let groups = report.groups.iter().map(|title| GroupView {
            title: Some(title.clone()),
            members: Vec::new(),
            members_complete: false,
            messages: None,
        });
        Self { groups: Some(groups.collect()), own_number: own, ..self.with_cards(people.collect(), tally) }
    }

    fn with_signal(self, export: &SignalExport, tally: Tally) -> Self {
        let people: BTreeMap<_, _> =
            export.people.iter().filter_map(|person| Some((person.aci.as_ref()?, person))).collect();
        let groups = export.groups.iter().map(|group| {
            let known = group.members.iter().filter_map(|member| people.get(member));
            let members = known.map(|person| GroupMemberView {
                name: person.saved_name.clone().or_else(|| person.push_name.clone()),
                phone: person.phone.clone(),
                role: None,
                state: crate::model::finding::MemberState::In,
            });
            GroupView {
                title: group.title.clone(),
                members: members.collect(),
                // Besides the user, whom Signal leaves out as well.
                members_complete: group.others <= 1,
                messages: None,
            }
        });
        let groups = Some(groups.collect());
        Self { groups, ..self.with_cards(export.people.iter().map(signal_view).collect(), tally) }
    }

    fn with_cards(self, people: Vec<CardView>, tally: Tally) -> Self {
        let counts = BookCounts {
            cards: tally.read,
            rejected: tally.rejected,
            phones: people.iter().map(|p| p.phones.len() + p.unusable_phones.len()).sum(),
            emails: people.iter().map(|p| p.emails.len()).sum(),
            addresses: people.iter().map(|p| p.addresses.len()).sum(),
        };
        Self { counts: Some(Counts::Book(counts)), people: Some(People::Cards(people)), ..self }
    }
}
