//! Which exports count: of two exports of one chat, the one with the later
//! last message. They are never added up: texts carry no ids, so a message
//! that stands in both cannot be told from two.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::{Chat, ChatKind};
use crate::model::{Code, Finding, Foreign, NameKey, Phone, Problem};

use super::Source;
use super::same::Likeness;

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
    let numbers = numbers_of_titles(sources);
    let mut seen: Vec<Likeness<NameKey>> = Vec::new();
    let (mut kept, mut replaced) = (Vec::new(), Vec::new());
    for entry in all {
        let title = entry.chat.title.as_ref().map(Foreign::key);
        let numbers = title.and_then(|title| numbers.get(&title)).cloned().unwrap_or_default();
        let likeness = Likeness::of_text(entry.chat, numbers);
        let same = seen.iter().any(|other| likeness.is_same_as(other));
        if same {
            let path = sources[entry.source].path.raw();
            replaced.push(Problem::new(Code::ChatReplaced).in_file(path));
        } else {
            kept.push(entry);
        }
        seen.push(likeness);
    }
    // By title and path, whatever order the files came in.
    kept.sort_by_cached_key(|k| (k.chat.title.as_ref().map(Foreign::key), sources[k.source].path.clone()));
    replaced.sort_by(|a, b| a.path.cmp(&b.path));
    Chosen { kept, replaced }
}

/// The numbers that address books give under the names after which chats
/// between two are called.
fn numbers_of_titles(sources: &[Source]) -> BTreeMap<NameKey, BTreeSet<Phone>> {
    let titles = chats(sources).filter(|(_, chat)| chat.kind != ChatKind::Group);
    let titles = titles.filter_map(|(_, chat)| Some((chat.title.as_ref()?.key(), BTreeSet::new())));
    let mut numbers: BTreeMap<NameKey, BTreeSet<Phone>> = titles.collect();
    for source in sources {
        let mut note = |name: &Foreign, phones: &mut dyn Iterator<Item = Phone>| {
            if let Some(known) = numbers.get_mut(&name.key()) {
                known.extend(phones);
            }
        };
        match &source.finding {
            Finding::Book(book) => {
                for card in &book.cards {
                    if let Some(name) = &card.name {
                        note(name, &mut card.phones.iter().filter_map(|number| number.place(None).ok()));
                    }
                }
            }
            Finding::Database(database) => {
                for person in &database.people {
                    if let Some(name) = &person.saved_name {
                        note(name, &mut person.phone.iter().cloned());
                    }
                }
            }
            Finding::Signal(export) => {
                for person in &export.people {
                    if let Some(name) = &person.saved_name {
                        note(name, &mut person.phone.iter().cloned());
                    }
                }
            }
            Finding::Chat(_) | Finding::Account(_) => {}
        }
    }
    numbers
}

fn chats(sources: &[Source]) -> impl Iterator<Item = (usize, &Chat)> {
    sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
        Finding::Chat(chat) => Some((index, &**chat)),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
