//! Which telling of a chat counts, where an export as text and databases tell
//! of the same one: as between two texts, the one with the later last message.
//!
//! Whether it is the same is known only after people were joined: a text knows
//! names, a database numbers and ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::database::{self, Database};
use crate::model::finding::ChatKind;
use crate::model::{Code, Finding, Foreign, Moment, Month, Problem};

use super::Source;
use super::chats::{Kept, by_month, keep_pace};
use super::join::Joined;
use super::name::shown_key;
use super::trace::Traces;

/// A chat of the databases, under whatever name and in whatever file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Talk {
    /// With one person.
    With(usize),
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
    /// A note on each that is set aside.
    pub replaced: Vec<Problem>,
}

impl Telling<'_> {
    fn last(&self) -> Option<Moment> {
        self.chats.iter().filter_map(|chat| chat.last()).max()
    }

    fn messages(&self) -> u64 {
        self.chats.iter().map(|chat| chat.messages()).sum()
    }

    fn months(&self) -> BTreeMap<Month, u64> {
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
    let people = people_by_group(&rivals, traces, joined);
    for (index, kept) in texts.iter().enumerate() {
        let partner = traces.partner.get(&index).map(|trace| Talk::With(joined.person[*trace]));
        let talk = match partner {
            Some(talk) => Some(talk),
            None => group_of(index, kept, traces, joined, &rivals, &people),
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
            rivals.group_of_text.insert(index, talk);
        } else {
            rivals.replaced.push(Problem::new(Code::ChatReplaced).in_file(path(kept.source)));
            rivals.texts_set_aside.insert(index);
        }
    }
    rivals
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
    let mut tellings: BTreeMap<Talk, BTreeMap<usize, Telling<'a>>> = BTreeMap::new();
    let mut names: BTreeMap<&str, &Foreign> = BTreeMap::new();
    for (source, database) in databases(sources) {
        for (group, name) in &database.group_names {
            let known = names.entry(group).or_insert(name);
            *known = name.max(known);
        }
        for chat in &database.chats {
            let with =
                chat.partner.and_then(|place| person_in(source, place, traces, joined)).map(Talk::With);
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
    for (talk, by_source) in tellings {
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

/// The groups of the databases with their people, by title.
type Groups = BTreeMap<String, Vec<(Talk, BTreeSet<usize>)>>;

/// Everybody who wrote in a group of the databases, or is in it.
fn people_by_group(rivals: &Rivals<'_>, traces: &Traces<'_>, joined: &Joined) -> Groups {
    let mut by_title = Groups::new();
    for (talk, telling) in &rivals.talks {
        let (Talk::Group(_), Some(title)) = (talk, &telling.title) else { continue };
        let writers =
            telling.chats.iter().flat_map(|chat| chat.theirs.keys()).map(|place| (telling.source, *place));
        let members = telling
            .members
            .iter()
            .flat_map(|(source, chat)| chat.members.iter().map(|member| (*source, member.person)));
        let people = writers.chain(members).filter_map(|(s, place)| person_in(s, place, traces, joined));
        by_title.entry(title.key()).or_default().push((talk.clone(), people.collect()));
    }
    by_title
}

/// The group of the databases that a text tells of: one of its title, with
/// people in common, and with about as many messages each month.
fn group_of(
    index: usize,
    kept: &Kept<'_>,
    traces: &Traces<'_>,
    joined: &Joined,
    rivals: &Rivals<'_>,
    people: &Groups,
) -> Option<Talk> {
    let chat = kept.chat;
    if chat.kind == ChatKind::Direct {
        return None;
    }
    let shown = chat.people.iter().map(|p| (&p.name, p.push_name));
    let shown = shown.chain(chat.members.iter().map(|m| (&m.name, m.push_name)));
    let here: BTreeSet<usize> = shown
        .filter_map(|(name, push)| traces.in_chat.get(&(index, shown_key(name, push))))
        .map(|trace| joined.person[*trace])
        .collect();
    let months = by_month(chat);
    let groups = people.get(&chat.title.as_ref()?.key())?;
    let common = |there: &BTreeSet<usize>| there.intersection(&here).count();
    // Without the names that another database holds, nobody can be compared.
    let named = |there: &BTreeSet<usize>| {
        let of = traces.all.iter().zip(&joined.person).filter(|(t, _)| t.saved_name.is_some());
        of.map(|(_, person)| person).any(|person| there.contains(person))
    };
    let fits = |(talk, there): &&(Talk, BTreeSet<usize>)| {
        let strangers = common(there) == 0 && !here.is_empty() && named(there);
        !strangers && keep_pace(&months, &rivals.talks[talk].months())
    };
    groups.iter().filter(fits).max_by_key(|(talk, there)| (common(there), talk)).map(|(talk, _)| talk.clone())
}
