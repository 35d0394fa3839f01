//! Which exports count: of two exports of one chat, the one with the later
//! last message. They are never added up: texts carry no ids, so a message
//! that stands in both cannot be told from two.

use std::collections::BTreeMap;

use crate::model::finding::Chat;
use crate::model::{Code, Finding, Problem};

use super::Source;

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
        same.sort_by_key(|k| (k.chat.last(), k.chat.counts.messages, sources[k.source].path.clone()));
        kept.extend(same.pop());
        replaced.extend(
            same.iter().map(|k| Problem::new(Code::ChatReplaced).in_file(sources[k.source].path.raw())),
        );
    }
    kept.sort_by_key(|k| k.source);
    Chosen { kept, replaced }
}

fn chats(sources: &[Source]) -> impl Iterator<Item = (usize, &Chat)> {
    sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
        Finding::Chat(chat) => Some((index, &**chat)),
        _ => None,
    })
}
