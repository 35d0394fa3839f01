//! Which telling of a chat counts, where an export as text and databases tell
//! of the same one: as between two texts, the one with the later last message.
//!
//! Whether it is the same is known only after people were joined: a text knows
//! names, a database numbers and ids.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::database::{self, Database};
use crate::model::finding::{Chat, ChatKind};
use crate::model::identity::WhatsappLid;
use crate::model::phone::SameNumber;
use crate::model::{Code, Finding, Foreign, Moment, Month, NameKey, Phone, Problem};

use super::Source;
use super::chats::Kept;
use super::join::Joined;
use super::same::{Likeness, Wrote, by_month, keep_pace};
use super::trace::{TraceKind, Traces};

/// A chat of the databases, under whatever name and in whatever file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// With one person, under one of their accounts: its number, where it is known.
    With(usize, Option<SameNumber>),
    /// In the group of that id.
    Group(String),
}

/// A chat of the databases as the best of them tells it.
#[derive(Debug)]
pub struct Telling<'a> {
    /// In which source.
    pub source: usize,
    /// Its rows: one person's history can stand in two, under number and id.
    pub chats: Vec<&'a database::Chat>,
    /// The group's title, where any file has one.
    pub title: Option<Foreign>,
    /// The members, from another file if this one has none: with their source.
    pub members: Option<(usize, &'a database::Chat)>,
    /// Whether a text counts in its place. Its members are still known.
    pub set_aside: bool,
}

/// What counts.
#[derive(Debug, Default)]
pub struct Rivals<'a> {
    /// The chats of all databases.
    pub talks: BTreeMap<Talk, Telling<'a>>,
    /// Texts that are set aside for a database.
    pub texts_set_aside: BTreeSet<usize>,
    /// Which group of the databases a text tells of, though it counts itself.
    pub group_of_text: BTreeMap<usize, Talk>,
    /// Names that people gave themselves, in texts that count in a group's place:
    /// the one of that group who has the same name there, by number or id.
    pub doubles: BTreeMap<(usize, NameKey), usize>,
    /// A note on each that is set aside.
    pub replaced: Vec<Problem>,
}

impl Telling<'_> {
    fn last(&self) -> Option<Moment> {
        self.chats.iter().filter_map(|chat| chat.last()).max()
    }

    fn first(&self) -> Option<Moment> {
        self.chats.iter().flat_map(|chat| chat.volumes()).filter_map(|volume| volume.first).min()
    }

    fn messages(&self) -> u64 {
        self.chats.iter().map(|chat| chat.messages()).sum()
    }

    /// Messages by month.
    pub fn months(&self) -> BTreeMap<Month, u64> {
        let mut months = BTreeMap::new();
        for (month, count) in self.chats.iter().flat_map(|c| c.volumes()).flat_map(|v| &v.months) {
            *months.entry(*month).or_insert(0) += u64::from(*count);
        }
        months
    }
}

/// Settles which telling of each chat counts.
pub fn settle<'a>(
    sources: &'a [Source],
    texts: &[Kept<'_>],
    traces: &Traces<'_>,
    joined: &Joined,
) -> Rivals<'a> {
    let mut rivals = Rivals::default();
    among_databases(sources, traces, joined, &mut rivals);
    let groups = groups(&rivals, traces, joined);
    let own = own(traces, joined);
    let mut newest: Vec<(usize, Talk)> = Vec::new();
    for (index, kept) in texts.iter().enumerate() {
        let talk = match traces.partner.get(&index) {
            Some(trace) => chat_with(kept.chat, *trace, &rivals, traces, joined),
            None => group_of(index, kept, traces, joined, &groups, &own),
        };
        let Some((talk, telling)) = talk.and_then(|t| rivals.talks.get_mut(&t).map(|telling| (t, telling)))
        else {
            continue;
        };
        let newer = match (kept.chat.last(), telling.last()) {
            (Some(text), Some(database)) => text.is_surely_after(database),
            (text, None) => text.is_some(),
            (None, Some(_)) => false,
        };
        let path = |source: usize| sources[source].path.raw();
        if newer {
            if !telling.set_aside && telling.messages() > 0 {
                let title = kept.chat.title.as_ref().map_or("", |t| t.raw());
                let problem = Problem::new(Code::ChatReplaced).in_file(path(telling.source));
                rivals.replaced.push(if title.is_empty() { problem } else { problem.quoting(title) });
            }
            telling.set_aside = true;
            newest.push((index, talk.clone()));
            rivals.group_of_text.insert(index, talk);
        } else {
            rivals.replaced.push(Problem::new(Code::ChatReplaced).in_file(path(kept.source)));
            rivals.texts_set_aside.insert(index);
        }
    }
    for (index, talk) in newest {
        let found =
            rivals.talks.get(&talk).map(|telling| doubles(index, texts[index].chat, telling, traces, joined));
        rivals.doubles.extend(found.unwrap_or_default());
    }
    rivals
}

/// The chat of the databases that a text with one person tells of. Somebody
/// with two numbers has two of them: a text then tells of the one that has as
/// much in the same months, and of none with which it shares no time.
fn chat_with(
    text: &Chat,
    partner: usize,
    rivals: &Rivals<'_>,
    traces: &Traces<'_>,
    joined: &Joined,
) -> Option<Talk> {
    let person = joined.person[partner];
    let of_person = Talk::With(person, None)..;
    let theirs = rivals
        .talks
        .range(of_person)
        .take_while(|(talk, _)| matches!(talk, Talk::With(p, _) if *p == person));
    let mut theirs: Vec<(&Talk, &Telling<'_>)> = theirs.collect();
    let own = traces.all.iter().zip(&joined.person).filter(|(_, who)| **who == person);
    let numbers: BTreeSet<SameNumber> =
        own.flat_map(|(trace, _)| trace.phones.iter().map(Phone::same)).collect();
    if theirs.is_empty() || numbers.len() < 2 {
        return theirs.first().map(|(talk, _)| (*talk).clone());
    }
    // A text that shows the number says itself which chat it is.
    let shown: BTreeSet<SameNumber> = traces.all[partner].phones.iter().map(Phone::same).collect();
    if !shown.is_empty() {
        theirs.retain(|(talk, _)| matches!(talk, Talk::With(_, Some(number)) if shown.contains(number)));
    }
    let months = by_month(text);
    let first = text.people.iter().filter_map(|writer| writer.first).min();
    let before = |end: Option<Moment>, begin: Option<Moment>| {
        end.zip(begin).is_some_and(|(end, begin)| begin.is_surely_after(end))
    };
    theirs.retain(|(_, telling)| {
        let apart = before(text.last(), telling.first()) || before(telling.last(), first);
        !apart && keep_pace(&months, &telling.months())
    });
    let difference = |telling: &Telling<'_>| {
        let there = telling.months();
        let all: BTreeSet<&Month> = months.keys().chain(there.keys()).collect();
        let of = |months: &BTreeMap<Month, u64>, month: &Month| months.get(month).copied().unwrap_or(0);
        all.into_iter().map(|month| of(&months, month).abs_diff(of(&there, month))).sum::<u64>()
    };
    theirs.into_iter().min_by_key(|(_, telling)| difference(telling)).map(|(talk, _)| talk.clone())
}

/// Who in a text that counts in a group's place is known there already: whoever
/// shows the name that one person alone in that group gave themself. Such a name
/// joins nobody, but in one group it makes nobody twice either.
fn doubles(
    index: usize,
    text: &Chat,
    telling: &Telling<'_>,
    traces: &Traces<'_>,
    joined: &Joined,
) -> BTreeMap<(usize, NameKey), usize> {
    let who = |source, place| person_in(source, place, traces, joined);
    let wrote =
        telling.chats.iter().flat_map(|chat| chat.theirs.keys()).map(|place| (telling.source, *place));
    let listed =
        telling.members.iter().flat_map(|(source, chat)| chat.members.iter().map(|m| (*source, m.person)));
    let there: BTreeSet<usize> =
        wrote.chain(listed).filter_map(|(source, place)| who(source, place)).collect();
    let mut names: BTreeMap<NameKey, BTreeSet<usize>> = BTreeMap::new();
    for (trace, person) in traces.all.iter().zip(&joined.person).filter(|(_, person)| there.contains(person))
    {
        if let (TraceKind::Database { .. }, Some(name)) = (trace.kind, &trace.other_name) {
            names.entry(name.shown_key(true)).or_default().insert(*person);
        }
    }
    let wrote = text.people.iter().filter(|p| p.push_name && p.phone.is_none()).map(|p| &p.name);
    let listed = text.members.iter().filter(|m| m.push_name && m.phone.is_none()).map(|m| &m.name);
    let bearer = |name: &Foreign| {
        let key = name.shown_key(true);
        let mut bearers = names.get(&key)?.iter();
        let only = bearers.next().copied().filter(|_| bearers.next().is_none())?;
        Some(((index, key), only))
    };
    wrote.chain(listed).filter_map(bearer).collect()
}

/// The person behind a place among a database's people.
pub fn person_in(source: usize, place: usize, traces: &Traces<'_>, joined: &Joined) -> Option<usize> {
    let first = traces.in_database.get(&source)?;
    joined.person.get(first + place).copied()
}

fn databases(sources: &[Source]) -> impl Iterator<Item = (usize, &Database)> {
    sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
        Finding::Database(database) => Some((index, &**database)),
        _ => None,
    })
}

/// Of several databases that tell of a chat, the one with the later last
/// message counts; where that is equal, the one that has more.
fn among_databases<'a>(sources: &'a [Source], traces: &Traces<'_>, joined: &Joined, rivals: &mut Rivals<'a>) {
    let mut tellings: Tellings<'a> = BTreeMap::new();
    let mut names: BTreeMap<&str, &Foreign> = BTreeMap::new();
    let numbers = numbers(sources);
    for (source, database) in databases(sources) {
        for (group, name) in &database.group_names {
            let known = names.entry(group).or_insert(name);
            *known = name.max(known);
        }
        for chat in &database.chats {
            let with = chat.partner.and_then(|place| {
                let account = number_of(&database.people[place], &numbers);
                Some(Talk::With(person_in(source, place, traces, joined)?, account))
            });
            let Some(talk) = with.or_else(|| chat.group.clone().map(Talk::Group)) else { continue };
            let telling = tellings.entry(talk).or_default().entry(source).or_insert_with(|| Telling {
                source,
                chats: Vec::new(),
                title: None,
                members: None,
                set_aside: false,
            });
            telling.chats.push(chat);
            telling.title = telling.title.take().or_else(|| chat.title.clone());
            if !chat.members.is_empty() {
                telling.members = Some((source, chat));
            }
        }
    }
    let mut lost: BTreeMap<usize, u64> = BTreeMap::new();
    for (talk, by_source) in numbered(tellings) {
        let mut ranked: Vec<Telling<'a>> = by_source.into_values().collect();
        ranked.sort_by_key(|t| std::cmp::Reverse((t.last(), t.messages(), &sources[t.source].path)));
        let mut others = ranked.into_iter();
        let Some(mut best) = others.next() else { continue };
        for other in others {
            best.title = best.title.take().or(other.title);
            best.members = best.members.or(other.members);
            if other.chats.iter().any(|chat| chat.messages() > 0) {
                *lost.entry(other.source).or_insert(0) += 1;
            }
        }
        if let Talk::Group(group) = &talk {
            best.title = best.title.take().or_else(|| names.get(group.as_str()).map(|n| (*n).clone()));
        }
        rivals.talks.insert(talk, best);
    }
    for (source, count) in lost {
        let path = sources[source].path.raw();
        rivals.replaced.push(Problem::new(Code::ChatReplaced).counted(count).in_file(path));
    }
}

/// Chats of several databases, each with its tellings by source.
type Tellings<'a> = BTreeMap<Talk, BTreeMap<usize, Telling<'a>>>;

/// The number of each linked id, where any database knows it.
fn numbers(sources: &[Source]) -> BTreeMap<&WhatsappLid, &Phone> {
    let people = databases(sources).flat_map(|(_, database)| &database.people);
    let known = people.filter_map(|person| Some((person.lid.as_ref()?, person.phone.as_ref()?)));
    let linked = databases(sources).flat_map(|(_, database)| &database.linked);
    known.chain(linked).collect()
}

/// The number of somebody's account.
fn number_of(person: &database::Person, numbers: &BTreeMap<&WhatsappLid, &Phone>) -> Option<SameNumber> {
    let known = || person.lid.as_ref().and_then(|lid| numbers.get(lid)).copied();
    person.phone.as_ref().or_else(known).map(Phone::same)
}

/// A chat under an id whose number nobody knows is that with the person's one
/// number, where there is exactly one.
fn numbered(mut tellings: Tellings<'_>) -> Tellings<'_> {
    let unknown: Vec<Talk> =
        tellings.keys().filter(|talk| matches!(talk, Talk::With(_, None))).cloned().collect();
    for talk in unknown {
        let Talk::With(person, _) = talk else { continue };
        let mut others = tellings.keys().filter(|t| matches!(t, Talk::With(p, Some(_)) if *p == person));
        let Some(only) = others.next().cloned().filter(|_| others.next().is_none()) else { continue };
        for (source, telling) in tellings.remove(&talk).unwrap_or_default() {
            match tellings.entry(only.clone()).or_default().entry(source) {
                Entry::Vacant(place) => drop(place.insert(telling)),
                Entry::Occupied(mut known) => known.get_mut().chats.extend(telling.chats),
            }
        }
    }
    tellings
}

/// The user, in whatever places.
fn own(traces: &Traces<'_>, joined: &Joined) -> BTreeSet<usize> {
    let own = traces.all.iter().zip(&joined.person).filter(|(trace, _)| trace.is_me);
    own.map(|(_, person)| *person).collect()
}

/// What the groups of the databases are known by, with everybody who wrote in
/// them or is in them.
fn groups(rivals: &Rivals<'_>, traces: &Traces<'_>, joined: &Joined) -> Vec<(Talk, Likeness<usize>)> {
    let with_names = traces.all.iter().zip(&joined.person).filter(|(t, _)| t.saved_name.is_some());
    let with_names: BTreeSet<usize> = with_names.map(|(_, person)| *person).collect();
    let own = own(traces, joined);
    let likeness = |(talk, telling): (&Talk, &Telling<'_>)| {
        let Talk::Group(_) = talk else { return None };
        let who = |source, place| person_in(source, place, traces, joined);
        let mut people: BTreeMap<usize, Wrote> = BTreeMap::new();
        for (place, volume) in telling.chats.iter().flat_map(|chat| &chat.theirs) {
            if let Some(person) = who(telling.source, *place) {
                people.entry(person).or_default().add(&volume.months);
            }
        }
        if let Some((source, chat)) = telling.members {
            for person in chat.members.iter().filter_map(|member| who(source, member.person)) {
                people.entry(person).or_default();
            }
        }
        // A database does not always tell who the user is.
        people.retain(|person, _| !own.contains(person));
        // Without the names that another database holds, nobody can be compared.
        let nameless = !people.keys().any(|person| with_names.contains(person));
        let title = telling.title.as_ref();
        Some((talk.clone(), Likeness::of_group(title, people, telling.months(), nameless)))
    };
    rivals.talks.iter().filter_map(likeness).collect()
}

/// The group of the databases that a text tells of: by its title if there is
/// one of that title, and with the most people in common.
fn group_of(
    index: usize,
    kept: &Kept<'_>,
    traces: &Traces<'_>,
    joined: &Joined,
    groups: &[(Talk, Likeness<usize>)],
    own: &BTreeSet<usize>,
) -> Option<Talk> {
    let chat = kept.chat;
    if chat.kind == ChatKind::Direct {
        return None;
    }
    let person = |name: &Foreign, push: bool| {
        traces.in_chat.get(&(index, name.shown_key(push))).map(|trace| joined.person[*trace])
    };
    let mut people: BTreeMap<usize, Wrote> = BTreeMap::new();
    for writer in &chat.people {
        if let Some(person) = person(&writer.name, writer.push_name) {
            people.entry(person).or_default().add(&writer.months);
        }
    }
    for member in &chat.members {
        if let Some(person) = person(&member.name, member.push_name) {
            people.entry(person).or_default();
        }
    }
    people.retain(|person, _| !own.contains(person));
    let text = Likeness::of(chat, people);
    let same = groups.iter().filter(|(_, group)| text.is_same_as(group));
    let rank = |group: &Likeness<usize>| (text.bears_the_title_of(group), text.in_common(group));
    same.max_by_key(|(talk, group)| (rank(group), talk)).map(|(talk, _)| talk.clone())
}
