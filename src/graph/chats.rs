//! Which exports count: of two exports of one chat, the one with the later
//! last message. They are never added up: texts carry no ids, so a message
//! that stands in both cannot be told from two.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::{Chat, ChatKind};
use crate::model::{Code, Finding, Month, Problem};

use super::Source;
use super::name::shown_key;

/// A chat that counts.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Its place among the sources.
    pub source: usize,
    /// What was found in it.
    pub chat: &'a Chat,
}

/// The chats that count, and a note for each that does not.
pub struct Chosen<'a> {
    /// Those that count, by title.
    pub kept: Vec<Kept<'a>>,
    /// Notes on the others.
    pub replaced: Vec<Problem>,
}

/// Chooses among the chats of all sources.
pub fn choose(sources: &[Source]) -> Chosen<'_> {
    let mut all: Vec<Kept<'_>> = chats(sources).map(|(source, chat)| Kept { source, chat }).collect();
    // Where both end with the same message, the longer one is the better;
    // where even that is equal, the path decides, so that order cannot.
    all.sort_by_cached_key(|k| {
        let path = sources[k.source].path.clone();
        std::cmp::Reverse((k.chat.last(), k.chat.counts.messages, path))
    });
    // Those that were set aside are looked at as well: of three exports, the first
    // may have nothing in common with the last but through the second.
    let mut seen: Vec<(Kept<'_>, Content)> = Vec::new();
    let (mut kept, mut replaced) = (Vec::new(), Vec::new());
    for entry in all {
        let content = Content::of(entry.chat);
        let same = seen.iter().any(|(other, of_other)| {
            let titles = content.title.is_some() && content.title == of_other.title;
            if titles { is_same(entry.chat, other.chat) } else { content.is_that_of(of_other) }
        });
        if same {
            let path = sources[entry.source].path.raw();
            replaced.push(Problem::new(Code::ChatReplaced).in_file(path));
        } else {
            kept.push(entry);
        }
        seen.push((entry, content));
    }
    // By title and path, whatever order the files came in.
    kept.sort_by_cached_key(|k| {
        (k.chat.title.as_ref().map(crate::model::Foreign::key), sources[k.source].path.clone())
    });
    replaced.sort_by(|a, b| a.path.cmp(&b.path));
    Chosen { kept, replaced }
}

/// So many messages must agree, for two chats of different titles to be one …
const AGREEING: u64 = 40;
/// … and where not even their beginnings are the same, in so many months.
const MONTHS: usize = 4;

/// What a chat is known by when it has another title: a contact was renamed, a
/// group got another name.
struct Content {
    title: Option<String>,
    kind: ChatKind,
    /// What each author wrote in each month.
    authors: BTreeMap<String, BTreeMap<Month, u32>>,
    first: Option<String>,
    months: BTreeMap<Month, u64>,
}

impl Content {
    fn of(chat: &Chat) -> Self {
        // To the minute: Android does not write seconds.
        let minute = |at: crate::model::Moment| at.to_string().chars().take(16).collect::<String>();
        Self {
            title: chat.title.as_ref().map(crate::model::Foreign::key),
            kind: chat.kind,
            authors: chat
                .people
                .iter()
                .map(|p| (shown_key(&p.name, p.push_name), p.months.clone()))
                .collect(),
            first: chat.people.iter().filter_map(|p| p.first).min().map(minute),
            months: by_month(chat),
        }
    }

    /// Whether it is the content of a chat with another title: with most authors
    /// in common, and month by month with as many messages.
    fn is_that_of(&self, other: &Content) -> bool {
        let kinds =
            self.kind == other.kind || self.kind == ChatKind::Unknown || other.kind == ChatKind::Unknown;
        let theirs = |name: &String| other.authors.get(name);
        let common: Vec<_> =
            self.authors.iter().filter_map(|(name, own)| Some((own, theirs(name)?))).collect();
        // One name of two is the renamed one; of many, most are the same.
        let fewest = self.authors.len().min(other.authors.len());
        if !kinds || common.is_empty() || common.len() * 2 < fewest {
            return false;
        }
        let agree = |a: u64, b: u64| a.abs_diff(b) <= 1.max(a.max(b) / 20);
        let begins_alike = self.first.is_some() && self.first == other.first;
        let (whole, mut agreeing, mut months) =
            (whole_months(&self.months, &other.months, begins_alike), 0, 0);
        for month in whole {
            let count = |months: &BTreeMap<Month, u64>| months.get(&month).copied().unwrap_or(0);
            let (a, b) = (count(&self.months), count(&other.months));
            let of = |months: &BTreeMap<Month, u32>| months.get(&month).copied().map_or(0, u64::from);
            if !agree(a, b) || !common.iter().all(|(one, other)| agree(of(one), of(other))) {
                return false;
            }
            agreeing += a.min(b);
            months += usize::from(a > 0);
        }
        // The user is in every chat: who alone is common to two proves nothing.
        agreeing >= AGREEING && (begins_alike || common.len() > 1 && months >= MONTHS)
    }
}

/// The months that two chats both cover from beginning to end; the first one as
/// well if they begin with the same message.
fn whole_months(
    one: &BTreeMap<Month, u64>,
    other: &BTreeMap<Month, u64>,
    begin_alike: bool,
) -> BTreeSet<Month> {
    let inside = |months: &BTreeMap<Month, u64>, month: &Month| {
        let begun = months.keys().next().is_some_and(|first| first < month || begin_alike && first == month);
        begun && months.keys().next_back() > Some(month)
    };
    one.keys().chain(other.keys()).filter(|m| inside(one, m) && inside(other, m)).copied().collect()
}

/// Whether two chats of one title are the same one: of the same kind, with an
/// author in common, and with about as many messages in each month that both
/// of them cover from beginning to end. Two people can bear one name: chats
/// between two that share no time at all, and do not begin alike, are two.
fn is_same(one: &Chat, other: &Chat) -> bool {
    let kinds = one.kind == other.kind || one.kind == ChatKind::Unknown || other.kind == ChatKind::Unknown;
    let names = |chat: &Chat| -> BTreeSet<String> {
        chat.people.iter().map(|p| shown_key(&p.name, p.push_name)).collect()
    };
    let strangers =
        !one.people.is_empty() && !other.people.is_empty() && names(one).is_disjoint(&names(other));
    let ends = |chat: &Chat| {
        let first = chat.people.iter().filter_map(|p| p.first).min()?;
        Some((first, chat.last()?))
    };
    let apart = ends(one).zip(ends(other)).is_some_and(|(a, b)| a.1 < b.0 || b.1 < a.0);
    let between_two = one.kind != ChatKind::Group && other.kind != ChatKind::Group;
    if !kinds || strangers || apart && between_two {
        return false;
    }
    keep_pace(&by_month(one), &by_month(other))
}

/// Whether two tellings of a chat hold about as many messages in each month
/// that both of them cover from beginning to end.
pub fn keep_pace(one: &BTreeMap<Month, u64>, other: &BTreeMap<Month, u64>) -> bool {
    whole_months(one, other, false).iter().all(|month| {
        let count = |months: &BTreeMap<Month, u64>| months.get(month).copied().unwrap_or(0);
        let (a, b) = (count(one), count(other));
        // Deleted and edited messages make small differences.
        a.abs_diff(b) <= 3.max(a.max(b) / 4)
    })
}

/// How many messages of a chat lie in each month.
pub fn by_month(chat: &Chat) -> BTreeMap<Month, u64> {
    let mut months = BTreeMap::new();
    for (month, count) in chat.people.iter().flat_map(|p| &p.months) {
        *months.entry(*month).or_insert(0) += u64::from(*count);
    }
    months
}

fn chats(sources: &[Source]) -> impl Iterator<Item = (usize, &Chat)> {
    sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
        Finding::Chat(chat) => Some((index, &**chat)),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
