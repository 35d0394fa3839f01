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
    /// Those that count, by source.
    pub kept: Vec<Kept<'a>>,
    /// Notes on the others.
    pub replaced: Vec<Problem>,
}

/// Chooses among the chats of all sources.
pub fn choose(sources: &[Source]) -> Chosen<'_> {
    let mut by_title: BTreeMap<String, Vec<Kept<'_>>> = BTreeMap::new();
    let mut kept = Vec::new();
    for (source, chat) in chats(sources) {
        let entry = Kept { source, chat };
        match &chat.title {
            Some(title) => by_title.entry(title.key()).or_default().push(entry),
            None => kept.push(entry),
        }
    }
    let mut replaced = Vec::new();
    for (_, mut same) in by_title {
        // Where both end with the same message, the longer one is the better;
        // where even that is equal, the path decides, so that order cannot.
        same.sort_by_key(|k| {
            let path = sources[k.source].path.clone();
            std::cmp::Reverse((k.chat.last(), k.chat.counts.messages, path))
        });
        let mut newest: Vec<Kept<'_>> = Vec::new();
        for entry in same {
            if newest.iter().any(|other| is_same(entry.chat, other.chat)) {
                let path = sources[entry.source].path.raw();
                replaced.push(Problem::new(Code::ChatReplaced).in_file(path));
            } else {
                newest.push(entry);
            }
        }
        kept.extend(newest);
    }
    kept.sort_by_key(|k| k.source);
    Chosen { kept, replaced }
}

/// Whether two chats of one title are the same one: of the same kind, with an
/// author in common, and with about as many messages in each month that both
/// of them cover from beginning to end. Two people can bear one name.
fn is_same(one: &Chat, other: &Chat) -> bool {
    let kinds = one.kind == other.kind || one.kind == ChatKind::Unknown || other.kind == ChatKind::Unknown;
    let names = |chat: &Chat| -> BTreeSet<String> {
        chat.people.iter().map(|p| shown_key(&p.name, p.push_name)).collect()
    };
    let strangers =
        !one.people.is_empty() && !other.people.is_empty() && names(one).is_disjoint(&names(other));
    if !kinds || strangers {
        return false;
    }
    keep_pace(&by_month(one), &by_month(other))
}

/// Whether two tellings of a chat hold about as many messages in each month
/// that both of them cover from beginning to end.
pub fn keep_pace(one: &BTreeMap<Month, u64>, other: &BTreeMap<Month, u64>) -> bool {
    let whole = |months: &BTreeMap<Month, u64>, month: &Month| {
        months.keys().next() < Some(month) && months.keys().next_back() > Some(month)
    };
    let common: BTreeSet<Month> =
        one.keys().chain(other.keys()).filter(|m| whole(one, m) && whole(other, m)).copied().collect();
    common.iter().all(|month| {
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
