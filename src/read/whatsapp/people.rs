//! Who wrote in a chat, and how much: names looked up once a message, so the
//! lookup is by the raw bytes and the name is only looked at when it is new.

use std::collections::HashMap;

use crate::model::finding::Writer;
use crate::model::foreign::is_mark;
use crate::model::{Foreign, Month, NameKey, Phone};
use foldhash::fast::RandomState;

use super::stamp::Stamp;
use super::wording::looks_like_number;

/// A name as WhatsApp shows it, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Without invisible marks, outer spaces and the push name's `~`.
    pub name: Foreign,
    /// Whether it is a name that the person gave themself.
    pub push_name: bool,
    /// The number, where the name is one.
    pub phone: Option<Phone>,
}

impl Shown {
    /// Takes a shown name apart.
    pub fn read(raw: &str) -> Self {
        let visible: String = raw.chars().filter(|c| !is_mark(*c)).map(without_nul).collect();
        let visible = visible.trim();
        if let Some(push) = visible.strip_prefix('~') {
            return Self { name: Foreign::new(push.trim_start()), push_name: true, phone: None };
        }
        let phone = looks_like_number(visible).then(|| Phone::parse(visible, None).ok()).flatten();
        Self { name: Foreign::new(visible), push_name: false, phone }
    }
}

/// A character, or what stands for a broken one.
fn without_nul(c: char) -> char {
    if c == '\0' { char::REPLACEMENT_CHARACTER } else { c }
}

impl Shown {
    /// The key under which the name is compared with others of its chat.
    pub fn key(&self) -> NameKey {
        self.name.shown_key(self.push_name)
    }
}

/// What stands before a second colon is looked for in so many bytes.
const LONGEST_AGAIN: usize = 60;
/// The times of so many messages of each writer tell a chat from others.
const OPENING: usize = 8;

/// One writer in the making.
#[derive(Debug)]
pub struct Entry {
    /// The name, taken apart.
    pub shown: Shown,
    /// Messages so far.
    pub messages: u64,
    /// How many of them are media.
    pub media: u64,
    /// The line of the first one.
    pub line: u64,
    /// Lines under this name that WhatsApp itself said.
    pub notices: u64,
    /// How many of these are in words that are known, and of a group.
    pub recognised: u64,
    /// How many of their messages could be notices, as long as all could.
    pub worded: u64,
    /// Whether a notice said that they left, and nothing came since.
    pub gone: bool,
    /// Whether a NUL stands in the name, as it was written first.
    pub broken: bool,
    /// How many of the messages are doubtful: they stand out of order.
    pub out_of_order: u64,
    /// In how many places such messages stand.
    pub doubtful_places: u64,
    /// By how many seconds they are off at the most.
    pub late: i64,
    /// The first and the last message, counted among those of all.
    pub span: [u64; 2],
    /// Whether all of it may have been pasted by somebody else.
    pub suspect: bool,
    first: Option<Stamp>,
    last: Option<Stamp>,
    months: Vec<(Month, u32)>,
    /// The times of the first messages.
    opening: Vec<Stamp>,
    /// What stands before a second colon in each of their messages so far:
    /// where it never varies, it belongs to the name.
    again: Again,
    /// What a sample of their messages tells.
    pub sample: super::body::Sample,
}

#[derive(Debug, PartialEq, Eq)]
enum Again {
    Unseen,
    Always(Box<[u8]>),
    No,
}

/// What one message changed, so that it can be taken back.
#[derive(Clone, Copy, Debug)]
pub struct Undo {
    writer: usize,
    first: Option<Stamp>,
    last: Option<Stamp>,
    month: Option<Month>,
    opened: bool,
}

/// All writers of a chat.
#[derive(Debug, Default)]
pub struct Registry {
    /// Every writing of a name that was met, and whose it is.
    by_bytes: HashMap<Box<[u8]>, usize, RandomState>,
    by_key: HashMap<NameKey, usize, RandomState>,
    entries: Vec<Entry>,
    /// Whether any name has a colon in it, which makes splitting harder.
    any_colon: bool,
}

impl Registry {
    /// The writer of that name, if the bytes were met before.
    pub fn find(&self, raw: &[u8]) -> Option<usize> {
        self.by_bytes.get(raw).copied()
    }

    /// The writer of that name; a new one if need be. The same name with and
    /// without invisible marks is one writer.
    pub fn find_or_add(&mut self, raw: &[u8]) -> usize {
        if let Some(index) = self.find(raw) {
            return index;
        }
        let shown = Shown::read(&String::from_utf8_lossy(raw));
        let index = *self.by_key.entry(shown.key()).or_insert_with(|| {
            self.entries.push(Entry {
                shown,
                messages: 0,
                media: 0,
                line: 0,
                notices: 0,
                recognised: 0,
                worded: 0,
                gone: false,
                broken: raw.contains(&0),
                out_of_order: 0,
                doubtful_places: 0,
                late: 0,
                span: [0; 2],
                suspect: false,
                first: None,
                last: None,
                months: Vec::new(),
                opening: Vec::new(),
                again: Again::Unseen,
                sample: super::body::Sample::default(),
            });
            self.entries.len() - 1
        });
        self.by_bytes.insert(raw.into(), index);
        self.any_colon |= memchr::memmem::find(raw, b": ").is_some();
        index
    }

    /// Whether any name has a colon in it.
    pub fn has_colons(&self) -> bool {
        self.any_colon
    }

    /// Whether somebody of that name, by its [key](Shown::key), wrote.
    pub fn knows(&self, key: &NameKey) -> bool {
        self.named(key).is_some_and(|index| self.entries[index].messages > 0)
    }

    /// The writer of that name, by its [key](Shown::key).
    pub fn named(&self, key: &NameKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// A writer.
    pub fn get_mut(&mut self, index: usize) -> &mut Entry {
        &mut self.entries[index]
    }

    /// A writer.
    pub fn get(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    /// All writers, those without a message too.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How to take back a message that is about to be counted.
    pub fn before(&self, index: usize, stamp: Option<Stamp>) -> Undo {
        let entry = &self.entries[index];
        Undo {
            writer: index,
            first: entry.first,
            last: entry.last,
            month: stamp.map(|stamp| stamp.month),
            opened: stamp.is_some() && entry.opening.len() < OPENING,
        }
    }

    /// Counts one message.
    pub fn count(&mut self, index: usize, stamp: Option<Stamp>, body: &[u8]) {
        let entry = &mut self.entries[index];
        entry.messages += 1;
        if let Some(stamp) = stamp {
            if entry.first.is_none_or(|first| stamp.seconds < first.seconds) {
                entry.first = Some(stamp);
            }
            if entry.last.is_none_or(|last| stamp.seconds > last.seconds) {
                entry.last = Some(stamp);
            }
            let month = stamp.month;
            if entry.opening.len() < OPENING {
                entry.opening.push(stamp);
            }
            match entry.months.iter_mut().rev().find(|(known, _)| *known == month) {
                Some((_, count)) => *count += 1,
                None => entry.months.push((month, 1)),
            }
        }
        if entry.again != Again::No {
            entry.again.see(body);
        }
    }

    /// Takes everything back that somebody is said to have written.
    pub fn forget(&mut self, index: usize) {
        self.entries[index].messages = 0;
    }

    /// Takes a message back.
    pub fn take_back(&mut self, undo: &Undo, media: bool) {
        let entry = &mut self.entries[undo.writer];
        entry.messages -= 1;
        entry.media -= u64::from(media);
        (entry.first, entry.last) = (undo.first, undo.last);
        if undo.opened {
            entry.opening.pop();
        }
        if let Some(month) = undo.month
            && let Some((_, count)) = entry.months.iter_mut().find(|(known, _)| *known == month)
        {
            *count -= 1;
        }
    }

    /// The writers with at least one message, in order of appearance.
    pub fn into_writers(self) -> Vec<Writer> {
        let mut written: Vec<Entry> = self.entries.into_iter().filter(|entry| entry.messages > 0).collect();
        written.sort_by_key(|entry| entry.line);
        written
            .into_iter()
            .map(|entry| {
                let name = entry.full_name();
                let (language, formal) = entry.sample.verdict();
                let mut months = std::collections::BTreeMap::new();
                for (month, count) in entry.months {
                    if count > 0 {
                        *months.entry(month).or_insert(0) += count;
                    }
                }
                Writer {
                    name,
                    push_name: entry.shown.push_name,
                    phone: entry.shown.phone,
                    messages: entry.messages,
                    first: entry.first.map(Stamp::moment),
                    last: entry.last.map(Stamp::moment),
                    months,
                    language,
                    formal,
                    suspect: entry.suspect,
                    opening: entry.opening.into_iter().map(Stamp::moment).collect(),
                }
            })
            .collect()
    }
}

impl Entry {
    /// The name, with what stands before a second colon in every message: a
    /// saved name can be `Dr: Who`. One message alone proves nothing.
    pub fn full_name(&self) -> Foreign {
        match &self.again {
            Again::Always(more) if self.messages > 1 && !self.shown.push_name => {
                Foreign::new(format!("{}: {}", self.shown.name.raw(), String::from_utf8_lossy(more)))
            }
            _ => self.shown.name.clone(),
        }
    }
}

impl Again {
    fn see(&mut self, body: &[u8]) {
        let head = &body[..body.len().min(LONGEST_AGAIN)];
        let found = memchr::memmem::find(head, b": ").map(|at| &head[..at]);
        *self = match (std::mem::replace(self, Again::No), found) {
            (Again::Unseen, Some(found)) if !found.is_empty() => Again::Always(found.into()),
            (Again::Always(before), Some(found)) if *before == *found => Again::Always(before),
            _ => Again::No,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let number = Shown::read("\u{202a}+33\u{a0}6\u{a0}39\u{a0}98\u{a0}01\u{a0}23\u{202c}");
        assert_eq!(number.phone.unwrap().as_str(), "+33639980123");
        for push in ["~ Kévin", "~\u{a0}Kévin", "~\u{202f}Kévin", "~Kévin"] {
            let shown = Shown::read(push);
            assert_eq!((shown.name.raw(), shown.push_name), ("Kévin", true), "{push:?}");
        }
        assert!(!Shown::read("Maman ❤️").push_name);
    }

    #[test]
    fn marks_do_not_make_another_person() {
        let mut registry = Registry::default();
        let plain = registry.find_or_add("Ada Quill".as_bytes());
        assert_eq!(registry.find_or_add("\u{200e}Ada\u{a0}Quill".as_bytes()), plain);
        assert_ne!(registry.find_or_add("~ Ada Quill".as_bytes()), plain);
    }
}
