//! Traces: every appearance of somebody in a source, before anything is
//! joined. A card is a trace, a name in a chat is one, a line in Signal's
//! contact list is one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::database::{self, Database};
use crate::model::finding::{AccountReport, Book, Card, Chat, ChatKind, SignalExport, SignalPerson};
use crate::model::identity::{Address, Email, WhatsappLid};
use crate::model::phone::{Line, NotPhone, RegionCode};
use crate::model::suspicion::hidden_marks;
use crate::model::{Code, Finding, Foreign, Kind, Locator, Phone, Problem};

use super::Source;
use super::chats::Kept;
use super::me::Me;
use super::name::shown_key;

/// So many places explain a reason; a switchboard stands on thousands of cards.
pub const MOST_PLACES: usize = 12;

/// One appearance of somebody.
#[derive(Clone, Debug)]
pub struct Trace<'a> {
    /// In which source.
    pub source: usize,
    /// Where exactly.
    pub locator: Locator,
    /// What kind of appearance.
    pub kind: TraceKind<'a>,
    /// The name that the user's own address book gives: in a card, in Signal's
    /// system name, or shown in a chat without `~`.
    pub saved_name: Option<Foreign>,
    /// A name that the person gave themself, or that somebody else gave.
    pub other_name: Option<Foreign>,
    /// Numbers.
    pub phones: BTreeSet<Phone>,
    /// Numbers that cannot be placed, and why.
    pub unplaced: Vec<(Foreign, NotPhone)>,
    /// E-mail addresses.
    pub emails: BTreeSet<Email>,
    /// Accounts: two traces with one of them in common are one person.
    pub accounts: BTreeSet<Address>,
    /// WhatsApp's own ids for them, which join as accounts do.
    pub lids: BTreeSet<WhatsappLid>,
    /// Whether it is the user.
    pub is_me: bool,
    /// Whether it is nobody: a company, a short code, a service number.
    pub is_nobody: bool,
}

/// The kinds of traces.
#[derive(Clone, Copy, Debug)]
pub enum TraceKind<'a> {
    /// A card of an address book; `own` if the book is the user's, not a card
    /// that somebody else sent.
    Card {
        /// The card.
        card: &'a Card,
        /// Whether it is the user's own.
        own: bool,
    },
    /// Somebody in a chat.
    Chat {
        /// The chat's place among the chats that count.
        chat: usize,
    },
    /// Somebody in Signal's contact list.
    Signal {
        /// The line.
        person: &'a SignalPerson,
        /// The export.
        export: &'a SignalExport,
    },
    /// Somebody in one of WhatsApp's databases.
    Database {
        /// The person.
        person: &'a database::Person,
    },
    /// A number in the report about the user's WhatsApp account.
    Account,
    /// A notice that ties two numbers, or a name and a number.
    NumberChange,
    /// A row that ties WhatsApp's own id to a number. It makes nobody.
    LidMap,
}

/// Gathers the traces of all sources, and finds them again.
#[derive(Debug, Default)]
pub struct Traces<'a> {
    /// All of them.
    pub all: Vec<Trace<'a>>,
    /// Those of a chat by shown name.
    pub in_chat: BTreeMap<(usize, String), usize>,
    /// The partner of each direct chat.
    pub partner: BTreeMap<usize, usize>,
    /// Where the traces of a database's people begin, by source.
    pub in_database: BTreeMap<usize, usize>,
    /// How many numbers without a country code were placed.
    pub placed: u64,
    /// Where the first of them stand.
    pub placed_at: BTreeSet<Locator>,
    /// Each of them, as written, with its trace.
    pub placed_as: Vec<(usize, Foreign)>,
}

/// Gathers the traces of all sources.
pub fn gather<'a>(
    sources: &'a [Source],
    chats: &[Kept<'a>],
    me: &Me,
    region: Option<RegionCode>,
) -> Traces<'a> {
    let mut traces = Traces::default();
    for (index, source) in sources.iter().enumerate() {
        match &source.finding {
            Finding::Book(book) => {
                let own = sent_by_other(source, sources, chats, me).is_none();
                traces.book(index, source, book, own, me, region);
            }
            Finding::Signal(export) => traces.signal(index, source, export, me),
            Finding::Database(database) => traces.database(index, source, database, me, region),
            Finding::Account(report) => traces.account(index, source, report, me, region),
            Finding::Chat(_) => {}
        }
    }
    traces.links(sources);
    for (chat_index, kept) in chats.iter().enumerate() {
        traces.chat(chat_index, kept, &sources[kept.source], me);
    }
    traces
}

impl<'a> Traces<'a> {
    fn book(
        &mut self,
        index: usize,
        source: &Source,
        book: &'a Book,
        own: bool,
        me: &Me,
        region: Option<RegionCode>,
    ) {
        for card in &book.cards {
            let (mut phones, mut unplaced) = (BTreeSet::new(), Vec::new());
            for number in &card.phones {
                let placed = match (number.place(None), region, book.kind) {
                    (Err(NotPhone::NeedsRegion), Some(_), Kind::ContactsCsv) => {
                        Phone::parse_from_table(number.text.raw(), region)
                    }
                    (Err(NotPhone::NeedsRegion), Some(_), _) => number.place(region),
                    (placed, ..) => {
                        phones.extend(placed.as_ref().ok().cloned());
                        if placed == Err(NotPhone::NeedsRegion) {
                            unplaced.push((number.text.clone(), NotPhone::NeedsRegion));
                        }
                        continue;
                    }
                };
                match placed {
                    Ok(phone) => {
                        self.placed += 1;
                        self.placed_as.push((self.all.len(), number.text.clone()));
                        if self.placed_at.len() < MOST_PLACES {
                            self.placed_at
                                .insert(Locator { path: source.path.clone(), line: Some(card.line) });
                        }
                        phones.insert(phone);
                    }
                    Err(NotPhone::Unusable) => {}
                    Err(why) => unplaced.push((number.text.clone(), why)),
                }
            }
            // A number behind the name of Signal is a number like any other.
            phones.extend(card.addresses.iter().filter_map(|address| match address {
                Address::Phone(phone) => Some(phone.clone()),
                _ => None,
            }));
            let is_nobody = card.company || is_service(card, &phones, &unplaced);
            let named_me = card.name.as_ref().is_some_and(|n| me.given_names.contains(&n.key()));
            let is_me = named_me || phones.iter().any(|p| me.has(p));
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: Some(card.line) },
                kind: TraceKind::Card { card, own },
                saved_name: card.name.clone().filter(|_| own),
                other_name: card.name.clone().filter(|_| !own),
                phones,
                unplaced,
                emails: card.emails.iter().cloned().collect(),
                accounts: card
                    .addresses
                    .iter()
                    .filter(|a| !matches!(a, Address::Phone(_)))
                    .cloned()
                    .collect(),
                lids: BTreeSet::new(),
                is_me,
                is_nobody,
            });
        }
    }

    fn account(
        &mut self,
        index: usize,
        source: &Source,
        report: &AccountReport,
        me: &Me,
        region: Option<RegionCode>,
    ) {
        // Numbers without a country code are of the account's own country.
        let region = region.or_else(|| me.account.as_ref().and_then(Phone::region));
        for number in &report.contacts {
            let digits = || Phone::from_digits(number.text.raw());
            let phone = number.place(region).ok().or_else(digits);
            let unplaced =
                if phone.is_none() { vec![(number.text.clone(), NotPhone::NeedsRegion)] } else { Vec::new() };
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Account,
                saved_name: None,
                other_name: None,
                is_me: phone.as_ref().is_some_and(|phone| me.has(phone)),
                is_nobody: phone.as_ref().is_some_and(|phone| phone.line() == Line::Service),
                phones: phone.into_iter().collect(),
                unplaced,
                emails: BTreeSet::new(),
                accounts: BTreeSet::new(),
                lids: BTreeSet::new(),
            });
        }
    }

    fn signal(&mut self, index: usize, source: &Source, export: &'a SignalExport, me: &Me) {
        for person in &export.people {
            let accounts = [
                person.aci.clone().map(Address::SignalAci),
                person.pni.clone().map(Address::SignalPni),
                person.username.clone().map(Address::SignalUsername),
            ];
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: Some(person.line) },
                kind: TraceKind::Signal { person, export },
                saved_name: person.saved_name.clone(),
                other_name: person.push_name.clone(),
                phones: person.phone.iter().cloned().collect(),
                unplaced: Vec::new(),
                emails: BTreeSet::new(),
                accounts: accounts.into_iter().flatten().collect(),
                lids: BTreeSet::new(),
                is_me: person.phone.as_ref().is_some_and(|p| me.has(p)),
                is_nobody: false,
            });
        }
    }

    fn database(
        &mut self,
        index: usize,
        source: &Source,
        database: &'a Database,
        me: &Me,
        region: Option<RegionCode>,
    ) {
        self.in_database.insert(index, self.all.len());
        // A username stands for a name as WhatsApp shows it.
        let at = |name: &Foreign| Some(Foreign::new(format!("@{}", name.raw())));
        for (place, person) in database.people.iter().enumerate() {
            let mut phones: BTreeSet<Phone> = person.phone.iter().cloned().collect();
            let mut unplaced = Vec::new();
            if let Some(number) = &person.number {
                // Beside WhatsApp's own number, another one is believed only if it
                // needs no country to be guessed.
                match Phone::parse(number.raw(), region.filter(|_| person.phone.is_none())) {
                    Ok(phone) => drop(phones.insert(phone)),
                    Err(NotPhone::NeedsRegion) if phones.is_empty() => {
                        unplaced.push((number.clone(), NotPhone::NeedsRegion));
                    }
                    Err(_) => {}
                }
            }
            let named_me = person.saved_name.as_ref().is_some_and(|n| me.given_names.contains(&n.key()));
            let is_me = named_me
                || database.me == Some(place)
                || phones.iter().any(|p| me.has(p))
                || person.lid.as_ref().is_some_and(|lid| me.lids.contains(lid));
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Database { person },
                saved_name: person.saved_name.clone(),
                other_name: person.push_name.clone().or_else(|| at(person.username.as_ref()?)),
                phones,
                unplaced,
                emails: BTreeSet::new(),
                accounts: BTreeSet::new(),
                lids: person.lid.iter().cloned().collect(),
                is_me,
                is_nobody: false,
            });
        }
        for change in &database.number_changes {
            let phones: BTreeSet<Phone> = change.from.iter().chain(&change.to).cloned().collect();
            let is_me = phones.iter().any(|p| me.has(p));
            self.tie(index, source, TraceKind::NumberChange, phones, BTreeSet::new(), is_me);
        }
    }

    /// The rows that give a number to somebody of whom any source knows the
    /// linked id alone.
    fn links(&mut self, sources: &'a [Source]) {
        let databases = || {
            sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
                Finding::Database(database) => Some((index, source, &**database)),
                _ => None,
            })
        };
        let people = databases().flat_map(|(_, _, database)| &database.people);
        let hidden: BTreeSet<&WhatsappLid> =
            people.filter(|p| p.phone.is_none()).filter_map(|p| p.lid.as_ref()).collect();
        for (index, source, database) in databases() {
            for (lid, phone) in database.linked.iter().filter(|(lid, _)| hidden.contains(lid)) {
                let (phones, lids) = ([phone.clone()].into(), [lid.clone()].into());
                self.tie(index, source, TraceKind::LidMap, phones, lids, false);
            }
        }
    }

    /// A trace that ties identities, and is nobody by itself.
    fn tie(
        &mut self,
        index: usize,
        source: &Source,
        kind: TraceKind<'a>,
        phones: BTreeSet<Phone>,
        lids: BTreeSet<WhatsappLid>,
        is_me: bool,
    ) {
        self.all.push(Trace {
            source: index,
            locator: Locator { path: source.path.clone(), line: None },
            kind,
            saved_name: None,
            other_name: None,
            phones,
            unplaced: Vec::new(),
            emails: BTreeSet::new(),
            accounts: BTreeSet::new(),
            lids,
            is_me,
            is_nobody: matches!(kind, TraceKind::LidMap),
        });
    }

    fn chat(&mut self, chat_index: usize, kept: &Kept<'a>, source: &Source, me: &Me) {
        let chat = kept.chat;
        for writer in &chat.people {
            let trace = self.shown(
                chat_index,
                kept.source,
                source,
                &writer.name,
                writer.push_name,
                writer.phone.as_ref().filter(|_| !writer.suspect),
                me,
            );
            // Whoever pasted the lines chose the name: it is not the user's own.
            if writer.suspect && !self.all[trace].is_me {
                self.all[trace].other_name = self.all[trace].saved_name.take();
            }
        }
        // What people say of themselves is theirs, as on a card.
        for written in chat.emails.iter().filter(|written| written.self_stated) {
            let writer = chat.writer(&written.said_by, written.push_name).filter(|p| !p.suspect);
            let key = writer.map(|w| (chat_index, shown_key(&w.name, w.push_name)));
            if let Some(trace) = key.and_then(|key| self.in_chat.get(&key)) {
                self.all[*trace].emails.insert(written.email.clone());
            }
        }
        for member in &chat.members {
            self.shown(
                chat_index,
                kept.source,
                source,
                &member.name,
                member.push_name,
                member.phone.as_ref(),
                me,
            );
        }
        if let Some(partner) = partner_of(chat, me) {
            let index = match partner {
                Partner::Writer(name, push) => {
                    self.in_chat.get(&(chat_index, shown_key(name, push))).copied()
                }
                Partner::Title(title) => {
                    let phone = Phone::parse(title.raw(), None).ok();
                    Some(self.shown(chat_index, kept.source, source, title, false, phone.as_ref(), me))
                }
            };
            if let Some(index) = index {
                self.partner.insert(chat_index, index);
            }
        }
        for change in &chat.number_changes {
            let phones: BTreeSet<Phone> = change.from.iter().chain(&change.to).cloned().collect();
            let name = change.name.clone().filter(|n| self.in_chat.contains_key(&(chat_index, n.key())));
            if phones.len() + usize::from(name.is_some()) < 2 {
                continue;
            }
            let is_me = phones.iter().any(|p| me.has(p));
            self.all.push(Trace {
                source: kept.source,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::NumberChange,
                saved_name: name,
                other_name: None,
                phones,
                unplaced: Vec::new(),
                emails: BTreeSet::new(),
                accounts: BTreeSet::new(),
                lids: BTreeSet::new(),
                is_me,
                is_nobody: false,
            });
        }
    }

    /// The trace of a shown name in a chat; a new one if need be.
    #[expect(clippy::too_many_arguments, reason = "the parts of one shown name")]
    fn shown(
        &mut self,
        chat: usize,
        source_index: usize,
        source: &Source,
        name: &Foreign,
        push_name: bool,
        phone: Option<&Phone>,
        me: &Me,
    ) -> usize {
        let next = self.all.len();
        let index = *self.in_chat.entry((chat, shown_key(name, push_name))).or_insert(next);
        if index == next {
            let saved = !push_name && phone.is_none();
            self.all.push(Trace {
                source: source_index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Chat { chat },
                saved_name: saved.then(|| name.clone()),
                other_name: push_name.then(|| name.clone()),
                phones: phone.into_iter().cloned().collect(),
                unplaced: Vec::new(),
                emails: BTreeSet::new(),
                accounts: BTreeSet::new(),
                lids: BTreeSet::new(),
                is_me: me.is(name, push_name, phone),
                is_nobody: false,
            });
        }
        index
    }
}

/// What is doubtful about single traces: names that hide their direction,
/// numbers that nobody can place.
pub fn doubts(traces: &Traces<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut told: BTreeSet<&Foreign> = BTreeSet::new();
    // A database has no lines, so what is in it is told in one.
    let mut in_tables: BTreeMap<&Foreign, u64> = BTreeMap::new();
    for trace in &traces.all {
        let place = |problem: Problem| {
            let problem = problem.in_file(trace.locator.path.raw());
            trace.locator.line.map_or(problem.clone(), |line| problem.at(line))
        };
        for name in trace.saved_name.iter().chain(&trace.other_name) {
            if hidden_marks(name.raw()) && told.insert(name) {
                problems.push(place(Problem::new(Code::HiddenMarks).quoting(name.raw())));
            }
        }
        // Of a table only how many there are is told.
        let in_table = matches!(trace.kind, TraceKind::Database { .. });
        for (why, code) in
            [(NotPhone::NeedsRegion, Code::NumberNeedsRegion), (NotPhone::Damaged, Code::NumberShortened)]
        {
            let count = trace.unplaced.iter().filter(|(_, w)| *w == why).count() as u64;
            if count > 0 && in_table && code == Code::NumberNeedsRegion {
                *in_tables.entry(&trace.locator.path).or_insert(0) += count;
            } else if count > 0 {
                problems.push(place(Problem::new(code).counted(count)));
            }
        }
    }
    for (path, count) in in_tables {
        problems.push(Problem::new(Code::NumberNeedsRegion).counted(count).in_file(path.raw()));
    }
    problems
}

/// Whether a card holds nothing but numbers that are nobody's own.
fn is_service(card: &Card, phones: &BTreeSet<Phone>, unplaced: &[(Foreign, NotPhone)]) -> bool {
    !card.phones.is_empty()
        && unplaced.is_empty()
        && card.emails.is_empty()
        && card.addresses.is_empty()
        && phones.iter().all(|phone| phone.line() == Line::Service)
}

enum Partner<'a> {
    Writer(&'a Foreign, bool),
    Title(&'a Foreign),
}

/// The other side of a chat between two. Where the file alone does not tell
/// that it is one, knowing the user does.
fn partner_of<'a>(chat: &'a Chat, me: &Me) -> Option<Partner<'a>> {
    if chat.kind == ChatKind::Group {
        return None;
    }
    let others: Vec<_> =
        chat.people.iter().filter(|p| !me.is(&p.name, p.push_name, p.phone.as_ref())).collect();
    match others.as_slice() {
        [other] if chat.kind == ChatKind::Direct || chat.people.len() == 2 => {
            Some(Partner::Writer(&other.name, other.push_name))
        }
        // Only the user wrote: the chat is named after the other one.
        [] if !chat.people.is_empty() => chat.title.as_ref().map(Partner::Title),
        _ => chat.title.as_ref().filter(|_| chat.kind == ChatKind::Direct).map(Partner::Title),
    }
}

/// Whether a book is a card that somebody other than the user sent in a chat,
/// and who: such a card tells a number, but not the user's own name for it.
fn sent_by_other(source: &Source, sources: &[Source], chats: &[Kept<'_>], me: &Me) -> Option<Foreign> {
    let path = source.path.raw();
    let cut = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let (folder, file) = path.split_at(cut);
    let beside = chats.iter().filter(|k| {
        let other = sources[k.source].path.raw();
        let cut = other.rfind(['/', '\\']).map_or(0, |at| at + 1);
        &other[..cut] == folder
    });
    beside
        .flat_map(|k| &k.chat.cards)
        .find(|card| card.file.raw() == file)
        .filter(|card| !me.is(&card.sent_by, false, None))
        .map(|card| card.sent_by.clone())
}
