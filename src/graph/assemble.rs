//! From joined traces to contacts and groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::contact::{Said, Statement};
use crate::model::finding::{Chat, ChatKind, MemberState, SignalAccount, SignalList};
use crate::model::{Became, Contact, ContactId, Few, Finding, Foreign, Group, Invited, Month};

use super::anchors::own_anchors;
use super::chats::Kept;
use super::index::{Index, subject};
use super::join::Joined;
use super::ledger::Ledger;
use super::me::Me;
use super::person::Person;
use super::review::Review;
use super::rivals::{Rivals, Talk};
use super::rules::{Told, ToldInvited};
use super::trace::{TraceKind, Traces};
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
    /// What the user said of people.
    pub told: &'a Told,
}

/// Brings to people what became of their invitations: to whoever it was told of
/// and still bears a mark of it, else to all who do, else to whom the id leads.
fn bring_invited(told: &Told, place: &[Option<usize>], ledger: &Ledger, contacts: &mut [Contact]) {
    if told.invited.is_empty() {
        return;
    }
    // Contacts stand in the order of their ids.
    let by_id = |id: &ContactId| contacts.binary_search_by(|c| c.id.cmp(ledger.current(id))).ok();
    let mut brought: Vec<(usize, Invited)> = Vec::new();
    for ToldInvited { people, id, told } in &told.invited {
        let bearers: BTreeSet<usize> = people.iter().filter_map(|person| place[*person]).collect();
        let own = by_id(id).filter(|own| bearers.is_empty() || bearers.contains(own));
        // Of those whom it may mean, rather one too many is left in peace.
        let refused = matches!(told.became, Became::Declined | Became::Never);
        match own {
            Some(own) if !refused || bearers.is_empty() => brought.push((own, *told)),
            _ => brought.extend(bearers.into_iter().map(|at| (at, *told))),
        }
    }
    for (at, invited) in brought {
        contacts[at].invited.push(invited);
    }
    for contact in contacts.iter_mut() {
        if let Some(Invited { channel, became: Became::Joined, at, .. }) = contact.invited.last() {
            let (what, locator) = (Said::Came(*channel), told.place.clone());
            contact.statements.push(Statement { what, locator, at: Some(*at) });
        }
    }
}

/// Makes the graph of traces that are joined, and tells which person each
/// contact is.
pub fn assemble(
    parts: &Parts<'_>,
    decisions: &Decisions,
    ledger: &mut Ledger,
    fresh: &mut dyn FnMut() -> ContactId,
) -> (Graph, Vec<usize>) {
    let Parts { sources, chats, traces, joined, told, .. } = *parts;
    let mut people: Vec<Person<'_>> = (0..joined.count).map(|_| Person::default()).collect();
    for (trace, person) in traces.all.iter().zip(&joined.person) {
        people[*person].take(trace);
    }
    for (person, name) in &told.names {
        people[*person].show_as(name.clone());
    }
    for (person, address, theirs) in &told.accounts {
        match theirs {
            true => people[*person].say(Said::Marked(address.clone()), told.place.clone(), None),
            false => people[*person].deny(address.clone()),
        }
    }
    let mut groups = Vec::new();
    let places = databases::read(parts, &mut people, &mut groups);
    read_chats(parts, &places, &mut people, &mut groups);

    let is_contact = |person: &Person<'_>| person.is_contact() && !person.is_shadow(parts.rivals);
    let kept: Vec<usize> =
        (0..people.len()).filter(|i| !people[*i].is_me && is_contact(&people[*i])).collect();
    let anchors = own_anchors(&kept, &people, chats);
    let ids = ledger.assign(anchors, fresh);
    let is_database = |source: &Source| matches!(source.finding, Finding::Database(_));
    let has_whatsapp = !chats.is_empty()
        || sources.iter().any(is_database)
        || traces.all.iter().any(|t| matches!(t.kind, TraceKind::Account { .. }));

    let is_in = |list: &[ContactId], id: &ContactId| list.iter().any(|e| ledger.current(e) == id);
    // In the order in which they stay: a contact is too big to be moved about.
    let mut order: Vec<(ContactId, usize)> = ids.into_iter().zip(kept).collect();
    order.sort_unstable();
    let mut reasons = joined.reasons_of_each();
    let mut place: Vec<Option<usize>> = vec![None; people.len()];
    let mut persons = Vec::with_capacity(order.len());
    let mut contacts: Vec<Contact> = Vec::with_capacity(order.len());
    for (id, person) in order {
        place[person] = Some(contacts.len());
        persons.push(person);
        let mut contact = people[person].contact(id, std::mem::take(&mut reasons[person]), has_whatsapp);
        let unwanted = people[person].is_unwanted() && !is_in(&decisions.included, &contact.id);
        let told = told.excluded.contains(&person) || is_in(&decisions.excluded, &contact.id);
        contact.excluded = unwanted || told;
        contacts.push(contact);
    }
    bring_invited(told, &place, ledger, &mut contacts);

    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|group| Group {
            title: group.title,
            members: group
                .members
                .iter()
                .filter_map(|(person, state)| Some((place[*person]?, *state)))
                .collect(),
            members_complete: group.members_complete,
            admins: group.admins.iter().filter_map(|person| place[*person]).collect(),
            messages: group.messages,
            months: group.months,
            elsewhere: Vec::new(),
        })
        .collect();
    for (index, group) in groups.iter().enumerate() {
        for (contact, state) in &group.members {
            if *state == MemberState::In {
                contacts[*contact].groups.insert(index);
            }
        }
    }
    super::moved::find(sources, &mut groups, &mut contacts);
    let mut own_entries: BTreeMap<usize, u64> = BTreeMap::new();
    for (source, count) in people.iter().filter(|p| p.is_me).flat_map(|p| p.entries().to_vec()) {
        *own_entries.entry(source).or_insert(0) += count;
    }
    let nobody = people.iter().filter(|p| !p.is_me && !is_contact(p));
    let nobodys: Vec<Few<(usize, u64)>> =
        nobody.map(Person::entries).filter(|entries| !entries.is_empty()).collect();
    let review: Vec<Review> = joined.review.keys().cloned().collect();
    let book = super::book::OwnBook::find(&people, &place, has_whatsapp);
    let graph = Graph {
        contacts,
        groups,
        review,
        has_whatsapp,
        problems: Vec::new(),
        regions: super::region::Regions::default(),
        own_entries,
        nobodys,
        book,
        own_signal: own_signal(sources),
    };
    (graph, persons)
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
    /// The same by month.
    pub months: BTreeMap<Month, u64>,
}

impl RawGroup {
    /// Adds messages by month.
    fn wrote<'a>(&mut self, months: impl IntoIterator<Item = (&'a Month, &'a u32)>) {
        for (month, count) in months {
            *self.months.entry(*month).or_insert(0) += u64::from(*count);
        }
    }
}

/// Takes from the texts of chats who talked with whom, and the groups that no
/// database tells of; `places` are those of the groups of the databases.
fn read_chats(
    parts: &Parts<'_>,
    places: &BTreeMap<Talk, usize>,
    people: &mut [Person<'_>],
    groups: &mut Vec<RawGroup>,
) {
    let Parts { sources, chats, traces, joined, rivals, me, .. } = *parts;
    let person_of = |chat: usize, name: &Foreign, push: bool| {
        let key = (chat, name.shown_key(push));
        let double = rivals.doubles.get(&key).filter(|_| push).copied();
        double.or_else(|| traces.in_chat.get(&key).map(|t| joined.person[*t]))
    };
    // Without chats nobody is looked for.
    let index_of = if chats.is_empty() { Index::default() } else { Index::of(traces, joined) };
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
                if let Some(person) = index_of.phones.get(phone).copied().filter(|i| !people[*i].is_me) {
                    members.entry(person).or_insert(MemberState::In);
                }
            }
            let months = || chat.people.iter().flat_map(|writer| &writer.months);
            match place {
                Some(place) => {
                    groups[place].members.extend(members);
                    // The newer telling knows what the group is called now.
                    if let Some(title) = &chat.title {
                        groups[place].title = title.clone();
                    }
                    groups[place].messages += chat.counts.messages;
                    groups[place].wrote(months());
                }
                None => {
                    let mut group = RawGroup {
                        title: chat.title.clone().unwrap_or_else(|| Foreign::new("")),
                        members,
                        admins: BTreeSet::new(),
                        members_complete: false,
                        messages: chat.counts.messages,
                        months: BTreeMap::new(),
                    };
                    group.wrote(months());
                    groups.push(group);
                }
            }
        }
        for written in &chat.addresses {
            let Some(writer) = chat.writer(&written.said_by, written.push_name) else { continue };
            let Some(speaker) = person_of(index, &writer.name, writer.push_name) else { continue };
            let path = &sources[*source].path;
            match subject(written, speaker, &index_of) {
                Some((person, own)) => people[person].hear(written, own, path),
                None => people[speaker].spoke_of_another(written, path),
            }
        }
        for hint in &chat.hints {
            let Some(writer) = chat.writer(&hint.said_by, Some(hint.push_name)) else { continue };
            let speaker = person_of(index, &writer.name, writer.push_name);
            let person = match &hint.about {
                None => speaker.filter(|_| hint.self_stated),
                Some(about) => index_of.named(about),
            };
            if let Some(person) = person {
                people[person].hear_of(hint, &sources[*source].path);
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

/// How the user can be found on Signal, by the newest list that tells: that of
/// signal-cli does not.
fn own_signal(sources: &[Source]) -> Option<SignalAccount> {
    let exports = sources.iter().filter_map(|s| match &s.finding {
        Finding::Signal(export) if export.list != SignalList::Cli => Some(&**export),
        _ => None,
    });
    exports.max_by_key(|e| e.at).map(|e| e.account.clone())
}
