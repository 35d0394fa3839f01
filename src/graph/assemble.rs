//! From joined traces to contacts and groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::contact::{Direct, Said, Statement};
use crate::model::database::Volume;
use crate::model::finding::{Chat, ChatKind, MemberState, SignalAccount, SignalStanding, Writer, Written};
use crate::model::identity::Address;
use crate::model::{Channel, Contact, ContactId, Finding, Foreign, Group, Locator, Moment, Scope};

use super::chats::Kept;
use super::join::Joined;
use super::ledger::Ledger;
use super::me::Me;
use super::name::shown_key;
use super::review::Review;
use super::rivals::{Rivals, Talk};
use super::trace::{Trace, TraceKind, Traces};
use super::{Decisions, Graph, Source, databases};

/// What a graph is made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The sources.
    pub sources: &'a [Source],
    /// The texts of chats that count among texts.
    pub chats: &'a [Kept<'a>],
    /// Every appearance of somebody.
    pub traces: &'a Traces<'a>,
    /// Which of them are one person.
    pub joined: &'a Joined,
    /// Which telling of a chat counts, of texts and databases.
    pub rivals: &'a Rivals<'a>,
    /// The user.
    pub me: &'a Me,
}

/// One person in the making.
#[derive(Default)]
pub struct Person<'a> {
    traces: Vec<&'a Trace<'a>>,
    anchors: BTreeSet<String>,
    is_me: bool,
    /// Whether any trace is somebody's: a company's card alone is nobody.
    is_somebody: bool,
    /// Whether WhatsApp has checked them as a business.
    is_business: bool,
    in_whatsapp: bool,
    messages: u64,
    months: BTreeMap<crate::model::Month, u64>,
    last_message: Option<Moment>,
    direct: Direct,
    /// In which groups, by their place.
    pub groups: BTreeMap<usize, MemberState>,
    statements: Vec<Statement>,
    languages: BTreeMap<String, u64>,
    formal: Option<bool>,
}

/// Makes the graph of traces that are joined.
pub fn assemble(
    parts: &Parts<'_>,
    decisions: &Decisions,
    ledger: &mut Ledger,
    fresh: &mut dyn FnMut() -> ContactId,
) -> Graph {
    let Parts { sources, chats, traces, joined, .. } = *parts;
    let mut people: Vec<Person<'_>> = (0..joined.count).map(|_| Person::default()).collect();
    for (trace, person) in traces.all.iter().zip(&joined.person) {
        people[*person].take(trace, chats);
    }
    let mut groups = Vec::new();
    let places = databases::read(parts, &mut people, &mut groups);
    read_chats(parts, &places, &mut people, &mut groups);

    let kept: Vec<usize> =
        (0..people.len()).filter(|i| !people[*i].is_me && people[*i].is_contact()).collect();
    let anchors = own_anchors(&kept.iter().map(|i| &people[*i]).collect::<Vec<_>>());
    let ids = ledger.assign(&anchors, fresh);
    let is_database = |source: &Source| matches!(source.finding, Finding::Database(_));
    let has_whatsapp = !chats.is_empty()
        || sources.iter().any(is_database)
        || traces.all.iter().any(|t| matches!(t.kind, TraceKind::Account));

    let is_in = |list: &[ContactId], id: &ContactId| list.iter().any(|e| ledger.current(e) == id);
    let mut contacts: Vec<(usize, Contact)> = kept
        .iter()
        .zip(ids)
        .map(|(index, id)| {
            let reasons = joined.reasons.get(index).into_iter().flatten().cloned().collect();
            let mut contact = people[*index].contact(id, reasons, has_whatsapp);
            let unwanted = people[*index].is_unwanted() && !is_in(&decisions.included, &contact.id);
            contact.excluded = unwanted || is_in(&decisions.excluded, &contact.id);
            (*index, contact)
        })
        .collect();
    contacts.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    let place: BTreeMap<usize, usize> =
        contacts.iter().enumerate().map(|(at, (person, _))| (*person, at)).collect();
    let mut contacts: Vec<Contact> = contacts.into_iter().map(|(_, contact)| contact).collect();

    let groups: Vec<Group> = groups
        .into_iter()
        .map(|group| Group {
            title: group.title,
            members: group
                .members
                .iter()
                .filter_map(|(person, state)| Some((*place.get(person)?, *state)))
                .collect(),
            members_complete: group.members_complete,
            admins: group.admins.iter().filter_map(|person| place.get(person).copied()).collect(),
            messages: group.messages,
        })
        .collect();
    for (index, group) in groups.iter().enumerate() {
        for (contact, state) in &group.members {
            if *state == MemberState::In {
                contacts[*contact].groups.insert(index);
            }
        }
    }
    let mut own_entries: BTreeMap<usize, u64> = BTreeMap::new();
    for (source, count) in people.iter().filter(|p| p.is_me).flat_map(Person::entries) {
        *own_entries.entry(source).or_insert(0) += count;
    }
    let nobody = people.iter().filter(|p| !p.is_me && !p.is_contact());
    let nobodys: Vec<BTreeMap<usize, u64>> =
        nobody.map(Person::entries).filter(|entries| !entries.is_empty()).collect();
    let review: Vec<Review> = joined.review.iter().cloned().collect();
    Graph {
        contacts,
        groups,
        review,
        has_whatsapp,
        problems: Vec::new(),
        own_entries,
        nobodys,
        own_signal: own_signal(sources),
    }
}

/// By what each person is known again. Where several share an anchor (a number
/// that two cards hold), each has it together with their name, and if even
/// that is the same, with the place where they stand.
fn own_anchors(people: &[&Person<'_>]) -> Vec<BTreeSet<String>> {
    let mut claims: BTreeMap<&str, usize> = BTreeMap::new();
    for anchor in people.iter().flat_map(|p| &p.anchors) {
        *claims.entry(anchor).or_insert(0) += 1;
    }
    let named = |person: &Person<'_>, anchor: &str| {
        let name = person.names().first().map(Foreign::key).unwrap_or_default();
        format!("{anchor}\u{0}{name}")
    };
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for person in people {
        for anchor in person.anchors.iter().filter(|a| claims[a.as_str()] > 1) {
            *by_name.entry(named(person, anchor)).or_insert(0) += 1;
        }
    }
    let own = |person: &&Person<'_>| {
        let sharpen = |anchor: &String| {
            if claims[anchor.as_str()] == 1 {
                return anchor.clone();
            }
            let with_name = named(person, anchor);
            if by_name[&with_name] == 1 {
                return with_name;
            }
            let place = person.traces.iter().map(|t| &t.locator).min();
            let place = place.map(|l| format!("{}:{}", l.path.raw(), l.line.unwrap_or_default()));
            format!("{with_name}\u{0}{}", place.unwrap_or_default())
        };
        person.anchors.iter().map(sharpen).collect()
    };
    people.iter().map(own).collect()
}

/// A group whose members are still people, not contacts.
pub struct RawGroup {
    /// Its title.
    pub title: Foreign,
    /// Who is or was in it.
    pub members: BTreeMap<usize, MemberState>,
    /// Who may change it.
    pub admins: BTreeSet<usize>,
    /// Whether these are all members.
    pub members_complete: bool,
    /// Messages in it.
    pub messages: u64,
}

/// Takes from the texts of chats who talked with whom, and the groups that no
/// database tells of; `places` are those of the groups of the databases.
fn read_chats(
    parts: &Parts<'_>,
    places: &BTreeMap<Talk, usize>,
    people: &mut [Person<'_>],
    groups: &mut Vec<RawGroup>,
) {
    let Parts { sources, chats, traces, joined, rivals, me } = *parts;
    let person_of = |chat: usize, name: &Foreign, push: bool| {
        traces.in_chat.get(&(chat, shown_key(name, push))).map(|t| joined.person[*t])
    };
    for (index, Kept { source, chat }) in chats.iter().enumerate() {
        let partner = traces.partner.get(&index).map(|trace| joined.person[*trace]);
        let spoken = spoken_in(chat);
        // A database counts in its place: only how people speak is taken.
        let counts = !rivals.texts_set_aside.contains(&index);
        for writer in &chat.people {
            let Some(person) = person_of(index, &writer.name, writer.push_name) else { continue };
            let mine = me.is(&writer.name, writer.push_name, writer.phone.as_ref());
            match partner {
                // In a direct chat both sides' messages are exchanged with the partner.
                Some(partner) => people[partner].exchange(writer, mine, counts),
                None => people[person].wrote(writer, counts),
            }
        }
        let place = rivals.group_of_text.get(&index).and_then(|talk| places.get(talk)).copied();
        if counts && (chat.kind == ChatKind::Group || place.is_some()) {
            let mut members: BTreeMap<usize, MemberState> = BTreeMap::new();
            for member in &chat.members {
                let Some(person) = person_of(index, &member.name, member.push_name) else { continue };
                // Whoever wrote too little to tell speaks as the others there do.
                people[person].speaks(spoken.as_deref(), 1);
                // One person under two names is in as long as one of them is.
                let state = members.entry(person).or_insert(member.state);
                if member.state == MemberState::In {
                    *state = MemberState::In;
                }
            }
            // Only members can be mentioned: whoever holds the number is one.
            for phone in &chat.mentions {
                let holder = (0..people.len()).find(|i| {
                    !people[*i].is_me && people[*i].traces.iter().any(|t| t.phones.contains(phone))
                });
                if let Some(person) = holder {
                    members.entry(person).or_insert(MemberState::In);
                }
            }
            let at = place.unwrap_or(groups.len());
            for (person, state) in &members {
                people[*person].groups.insert(at, *state);
            }
            match place {
                Some(place) => {
                    groups[place].members.extend(members);
                    groups[place].messages += chat.counts.messages;
                }
                None => groups.push(RawGroup {
                    title: chat.title.clone().unwrap_or_else(|| Foreign::new("")),
                    members,
                    admins: BTreeSet::new(),
                    members_complete: false,
                    messages: chat.counts.messages,
                }),
            }
        }
        for written in &chat.addresses {
            let writer = chat.people.iter().find(|p| p.name == written.said_by);
            let Some(speaker) = writer.and_then(|w| person_of(index, &w.name, w.push_name)) else { continue };
            if let Some(person) = subject(written, speaker, traces, joined, people) {
                people[person].hear(written, &sources[*source].path);
            }
        }
    }
}

/// The language in which most of a chat is written.
fn spoken_in(chat: &Chat) -> Option<String> {
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for writer in &chat.people {
        if let Some(language) = &writer.language {
            *weights.entry(language).or_insert(0) += writer.messages;
        }
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map(|(language, _)| language.to_owned())
}

/// Of whom a written address speaks: the writer, the one who holds that
/// address already, or the one person whom the user saved under that name.
fn subject(
    written: &Written,
    speaker: usize,
    traces: &Traces<'_>,
    joined: &Joined,
    people: &[Person<'_>],
) -> Option<usize> {
    if written.self_stated {
        return Some(speaker);
    }
    let holder = (0..people.len()).find(|i| people[*i].holds(&written.address));
    if holder.is_some() {
        return holder;
    }
    let Some(about) = &written.about else {
        // Whoever drops a bare link may well mean themself: a hint, no more.
        return Some(speaker);
    };
    let key = about.key();
    let named: BTreeSet<usize> = traces
        .all
        .iter()
        .zip(&joined.person)
        .filter(|(trace, _)| trace.saved_name.as_ref().is_some_and(|n| n.key() == key))
        .map(|(_, person)| *person)
        .collect();
    let mut named = named.into_iter();
    let only = named.next()?;
    named.next().is_none().then_some(only)
}

/// How the user can be found on Signal, by the newest export.
fn own_signal(sources: &[Source]) -> Option<SignalAccount> {
    let exports = sources.iter().filter_map(|s| match &s.finding {
        Finding::Signal(export) => Some(&**export),
        _ => None,
    });
    exports.max_by_key(|e| e.at).map(|e| e.account.clone())
}

impl<'a> Person<'a> {
    fn take(&mut self, trace: &'a Trace<'a>, chats: &[Kept<'_>]) {
        self.traces.push(trace);
        self.is_me |= trace.is_me;
        self.is_somebody |= !trace.is_nobody;
        self.anchors.extend(trace.phones.iter().map(|p| format!("phone {}", p.as_str())));
        self.anchors.extend(trace.emails.iter().map(|e| format!("email {}", e.as_str())));
        self.anchors.extend(trace.accounts.iter().map(|a| format!("{} {}", a.kind(), a.as_str())));
        self.anchors.extend(trace.lids.iter().map(|lid| format!("lid {}", lid.as_str())));
        match trace.kind {
            TraceKind::Card { card, own } => {
                let bare = trace.phones.is_empty() && trace.emails.is_empty() && trace.accounts.is_empty();
                if let Some(name) = trace.saved_name.as_ref().filter(|_| bare) {
                    self.anchors.insert(format!("card {}", name.key()));
                }
                for address in card.addresses.iter().filter(|_| own) {
                    self.say(Said::InBook(address.clone()), trace.locator.clone(), None);
                }
                let signal = card.phones.iter().filter(|n| own && n.signal);
                for phone in signal.filter_map(|n| n.place(None).ok()) {
                    self.say(Said::InBook(Address::Phone(phone)), trace.locator.clone(), None);
                }
            }
            TraceKind::Chat { chat } => {
                self.in_whatsapp = true;
                let title = chats[chat].chat.title.as_ref().map(Foreign::key).unwrap_or_default();
                let name = trace.saved_name.as_ref().map(Foreign::key);
                let name = name.or_else(|| trace.other_name.as_ref().map(|n| shown_key(n, true)));
                self.anchors.extend(name.map(|name| format!("chat {title}\u{0}{name}")));
            }
            TraceKind::Signal { person, export } => {
                let address = (person.phone.clone().map(Address::Phone))
                    .or_else(|| person.username.clone().map(Address::SignalUsername));
                let (said, at) = match person.standing {
                    SignalStanding::Registered => (Said::SignalListed(address.clone()), export.at),
                    SignalStanding::Unregistered(at) => (Said::SignalGone(address.clone()), at.or(export.at)),
                    SignalStanding::Silent => (Said::SignalSilent, export.at),
                };
                self.say(said, trace.locator.clone(), at);
                if let Some(joined) = person.joined {
                    self.say(Said::SignalJoined(address), trace.locator.clone(), Some(joined));
                }
            }
            TraceKind::Database { person } => {
                self.in_whatsapp |= person.on_whatsapp;
                self.is_business |= person.business;
            }
            TraceKind::Account => self.in_whatsapp = true,
            TraceKind::NumberChange | TraceKind::LidMap => {}
        }
    }

    /// Whether it is a person: no company's card, and no business that the
    /// user has not saved.
    fn is_contact(&self) -> bool {
        self.is_somebody && (!self.is_business || self.is_saved())
    }

    fn say(&mut self, what: Said, locator: Locator, at: Option<Moment>) {
        self.statements.push(Statement { what, locator, at });
    }

    fn hear(&mut self, written: &Written, path: &Foreign) {
        let what = if written.self_stated {
            Said::BySelf(written.address.clone())
        } else {
            Said::ByOther(written.address.clone())
        };
        self.say(what, Locator { path: path.clone(), line: Some(written.line) }, written.at);
    }

    fn holds(&self, address: &Address) -> bool {
        self.traces.iter().any(|t| {
            t.accounts.contains(address) || matches!(address, Address::Phone(p) if t.phones.contains(p))
        })
    }

    /// What the contact wrote in a group; `counts` unless a database tells it
    /// better.
    fn wrote(&mut self, writer: &Writer, counts: bool) {
        self.speaks(writer.language.as_deref(), 10 * writer.messages);
        if counts {
            self.add(writer.messages, writer.last, &writer.months);
        }
    }

    /// The same as a database tells it.
    pub fn wrote_in_group(&mut self, volume: &Volume) {
        self.add(volume.messages, volume.last, &volume.months);
    }

    fn add(&mut self, messages: u64, last: Option<Moment>, months: &BTreeMap<crate::model::Month, u32>) {
        self.messages += messages;
        self.last_message = self.last_message.max(last);
        for (month, count) in months {
            *self.months.entry(*month).or_insert(0) += u64::from(*count);
        }
    }

    /// A sign that somebody speaks a language, and how strong it is.
    fn speaks(&mut self, language: Option<&str>, weight: u64) {
        if let Some(language) = language {
            *self.languages.entry(language.to_owned()).or_insert(0) += weight;
        }
    }

    /// What either side wrote in the direct chat.
    fn exchange(&mut self, writer: &Writer, mine: bool, counts: bool) {
        self.wrote(writer, counts);
        if counts {
            self.directly(writer.messages, mine);
        }
        // Either side's *tu* settles it: nobody says *vous* to one who does.
        self.formal = match (self.formal, writer.formal) {
            (Some(a), Some(b)) => Some(a && b),
            (a, b) => a.or(b),
        };
    }

    /// The same as a database tells it.
    pub fn exchanged(&mut self, volume: &Volume, mine: bool) {
        self.wrote_in_group(volume);
        self.directly(volume.messages, mine);
    }

    fn directly(&mut self, messages: u64, mine: bool) {
        let side = if mine { &mut self.direct.mine } else { &mut self.direct.theirs };
        *side += messages;
    }

    /// Blocked or hidden by the user.
    fn is_unwanted(&self) -> bool {
        self.traces.iter().any(|t| matches!(t.kind, TraceKind::Signal { person, .. } if person.unwanted))
    }

    /// How many entries of each source this person is made of.
    fn entries(&self) -> BTreeMap<usize, u64> {
        let mut entries = BTreeMap::new();
        for trace in
            self.traces.iter().filter(|t| !matches!(t.kind, TraceKind::NumberChange | TraceKind::LidMap))
        {
            *entries.entry(trace.source).or_insert(0) += 1;
        }
        entries
    }

    /// Whether the user has a name for this person.
    fn is_saved(&self) -> bool {
        self.traces.iter().any(|t| t.saved_name.as_ref().is_some_and(|n| !n.is_blank()))
    }

    fn scope(&self, has_whatsapp: bool) -> Scope {
        if !has_whatsapp {
            return if self.is_saved() { Scope::Circle } else { Scope::AddressBookOnly };
        }
        if !self.in_whatsapp {
            Scope::AddressBookOnly
        } else if self.direct.both_wrote() || self.is_saved() {
            Scope::Circle
        } else {
            Scope::GroupOnly
        }
    }

    fn contact(
        &self,
        id: ContactId,
        reasons: Vec<crate::model::contact::Reason>,
        has_whatsapp: bool,
    ) -> Contact {
        let names = self.names();
        let mut used: BTreeMap<Channel, Moment> = BTreeMap::new();
        for trace in &self.traces {
            if let TraceKind::Signal { person, .. } = trace.kind
                && let Some(said) = person.last_said
            {
                let newest = used.entry(Channel::Signal).or_insert(said);
                *newest = (*newest).max(said);
            }
        }
        let mut statements = self.statements.clone();
        statements.sort_by(|a, b| (b.at, &a.locator).cmp(&(a.at, &b.locator)));
        Contact {
            id,
            name: names.first().cloned(),
            names,
            phones: self.traces.iter().flat_map(|t| t.phones.iter().cloned()).collect(),
            emails: self.traces.iter().flat_map(|t| t.emails.iter().cloned()).collect(),
            addresses: self.traces.iter().flat_map(|t| t.accounts.iter().cloned()).collect(),
            lids: self.traces.iter().flat_map(|t| t.lids.iter().cloned()).collect(),
            groups: BTreeSet::new(),
            messages: self.messages,
            months: self.months.clone(),
            last_message: self.last_message,
            direct: self.direct,
            scope: self.scope(has_whatsapp),
            saved: self.is_saved(),
            entries: self.entries(),
            statements,
            used,
            reasons,
            language: self.languages.iter().max_by_key(|(_, count)| **count).map(|(code, _)| code.clone()),
            formal: self.formal,
            excluded: false,
        }
    }

    /// All names: the user's own before others; among these the one that most
    /// sources give, then the longer, then by letter: never by order of files.
    fn names(&self) -> Vec<Foreign> {
        let mut counted: BTreeMap<String, (bool, usize, Foreign)> = BTreeMap::new();
        for trace in &self.traces {
            for (name, saved) in [(&trace.saved_name, true), (&trace.other_name, false)] {
                let Some(name) = name.as_ref().filter(|n| !n.is_blank()) else { continue };
                let entry = counted.entry(name.key()).or_insert((false, 0, name.clone()));
                entry.0 |= saved;
                entry.1 += 1;
                if *name < entry.2 {
                    entry.2 = name.clone();
                }
            }
        }
        let mut names: Vec<(bool, usize, Foreign)> = counted.into_values().collect();
        names.sort_by(|a, b| {
            (b.0, b.1, b.2.raw().chars().count())
                .cmp(&(a.0, a.1, a.2.raw().chars().count()))
                .then(a.2.cmp(&b.2))
        });
        names.into_iter().map(|(_, _, name)| name).collect()
    }
}
