//! Reads the wordings out of `languages/*.toml` and lays them out for quick
//! look-ups. Somebody who speaks a language can add to its file without any
//! Rust; a wrong key or place is a failing test that names the file.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use super::fold::{beginning, fold};
use super::people;
use super::placeholder::Placeholder;
use super::template::Template;

/// All languages. Where a wording is common to several, the earlier wins.
const FILES: [(&str, &str); 29] = [
    ("en", include_str!("../languages/en.toml")),
    ("fr", include_str!("../languages/fr.toml")),
    ("de", include_str!("../languages/de.toml")),
    ("es", include_str!("../languages/es.toml")),
    ("pt", include_str!("../languages/pt.toml")),
    ("it", include_str!("../languages/it.toml")),
    ("nl", include_str!("../languages/nl.toml")),
    ("ru", include_str!("../languages/ru.toml")),
    ("pl", include_str!("../languages/pl.toml")),
    ("tr", include_str!("../languages/tr.toml")),
    ("id", include_str!("../languages/id.toml")),
    ("sv", include_str!("../languages/sv.toml")),
    ("da", include_str!("../languages/da.toml")),
    ("fi", include_str!("../languages/fi.toml")),
    ("cs", include_str!("../languages/cs.toml")),
    ("ro", include_str!("../languages/ro.toml")),
    ("hu", include_str!("../languages/hu.toml")),
    ("uk", include_str!("../languages/uk.toml")),
    ("el", include_str!("../languages/el.toml")),
    ("ar", include_str!("../languages/ar.toml")),
    ("he", include_str!("../languages/he.toml")),
    ("fa", include_str!("../languages/fa.toml")),
    ("ja", include_str!("../languages/ja.toml")),
    ("ko", include_str!("../languages/ko.toml")),
    ("zh", include_str!("../languages/zh.toml")),
    ("th", include_str!("../languages/th.toml")),
    ("vi", include_str!("../languages/vi.toml")),
    ("hi", include_str!("../languages/hi.toml")),
    ("ca", include_str!("../languages/ca.toml")),
];

/// The wordings, read once.
pub(in super::super) static WORDINGS: LazyLock<Wordings> = LazyLock::new(Wordings::load);

/// A language file as it is written. `languages/en.toml` explains the keys.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub titles: Vec<String>,
    pub you: Vec<String>,
    pub and: Vec<String>,
    pub others: Vec<String>,
    pub created: Vec<String>,
    pub added: Vec<String>,
    pub added_me: Vec<String>,
    pub left: Vec<String>,
    pub removed: Vec<String>,
    pub joined: Vec<String>,
    pub subject: Vec<String>,
    pub number_change: Vec<String>,
    pub security_code: Vec<String>,
    pub encrypted: Vec<String>,
    pub encrypted_group: Vec<String>,
    pub timer_on: Vec<String>,
    pub timer_off: Vec<String>,
    pub privacy_on: Vec<String>,
    pub privacy_off: Vec<String>,
    pub business: Vec<String>,
    pub other_notices: Vec<String>,
    pub calls: Vec<String>,
    pub omitted: Vec<String>,
    pub omitted_contact: Vec<String>,
    pub omitted_android: Vec<String>,
    pub attached_android: Vec<String>,
    pub attached_ios: Vec<String>,
    pub deleted: Vec<String>,
    pub edited: Vec<String>,
    pub location: Vec<String>,
    pub poll: Vec<String>,
    pub months: Vec<Vec<String>>,
    pub weekdays: Vec<String>,
}

/// What a template's notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Created,
    Added,
    AddedMe,
    Left,
    Removed,
    Joined,
    Subject,
    NumberChange,
    SecurityCode,
    Encrypted,
    EncryptedGroup,
    TimerOn,
    TimerOff,
    PrivacyOn,
    PrivacyOff,
    Business,
    Call,
    Other,
}

impl File {
    /// The wordings of notices with their topics, and whether more text may
    /// follow them.
    pub fn notices(&self) -> [(Topic, bool, &[String]); 18] {
        [
            (Topic::Created, false, &self.created),
            (Topic::Added, false, &self.added),
            (Topic::AddedMe, false, &self.added_me),
            (Topic::Left, false, &self.left),
            (Topic::Removed, false, &self.removed),
            (Topic::Joined, false, &self.joined),
            (Topic::Subject, false, &self.subject),
            (Topic::NumberChange, true, &self.number_change),
            (Topic::SecurityCode, true, &self.security_code),
            (Topic::Encrypted, true, &self.encrypted),
            (Topic::EncryptedGroup, true, &self.encrypted_group),
            (Topic::TimerOn, true, &self.timer_on),
            (Topic::TimerOff, true, &self.timer_off),
            (Topic::PrivacyOn, true, &self.privacy_on),
            (Topic::PrivacyOff, true, &self.privacy_off),
            (Topic::Business, true, &self.business),
            (Topic::Call, true, &self.calls),
            (Topic::Other, true, &self.other_notices),
        ]
    }
}

/// A language, ready for use.
pub(super) struct Language {
    pub code: &'static str,
    pub and: Vec<String>,
    pub templates: Vec<(Topic, Template)>,
    you: Vec<String>,
    others: Vec<(String, String)>,
}

impl Language {
    /// Whether `name` is the word by which notices name the exporter.
    pub fn is_me(&self, name: &str) -> bool {
        self.you.iter().any(|you| you == name)
    }

    /// The number in `5 others`.
    pub fn count_others(&self, text: &str) -> Option<u32> {
        self.others.iter().find_map(|(before, after)| people::count(text.trim(), before, after))
    }
}

/// A language, unless a wording is common to several.
pub(super) type Spoken = Option<&'static str>;

/// Folded wordings and whose they are.
pub(super) type Table<V = ()> = HashMap<String, (V, Spoken)>;

/// All wordings of all languages.
pub(in super::super) struct Wordings {
    pub(super) languages: Vec<Language>,
    /// Bodies that stand for something else, whole.
    pub(super) bodies: Table<Placeholder>,
    /// Bodies with a name in them that say that a message was deleted.
    pub(super) deleted: Vec<(Template, &'static str)>,
    /// What follows the name of an attached file: `file attached`.
    pub(super) attached_android: Table,
    /// What stands before it: `attached`.
    pub(super) attached_ios: Table,
    /// Tags behind a message that was changed, without brackets.
    pub(super) edited: Table,
    /// What stands before the link of a place.
    pub(super) location: Table,
    /// What polls begin with, as it is written.
    pub(super) poll: Vec<(String, &'static str)>,
    /// Calls, and whether the wording alone is not enough.
    pub(super) calls: Table<bool>,
    /// Beginnings of the end-to-end notice.
    pub(super) encrypted: Vec<(String, &'static str)>,
    /// Names of chat files, cut at the chat's name.
    pub(in super::super) titles: Vec<(String, String)>,
    /// Names of months with their numbers, by their first character in lower
    /// case.
    pub(in super::super) months: HashMap<char, Vec<(String, u16)>>,
    /// Names of the days of the week, by their first character in lower case.
    pub(in super::super) weekdays: HashMap<char, Vec<String>>,
    /// The letters of all these names in lower case.
    pub(in super::super) date_letters: HashSet<String>,
    /// How many letters the longest of them has.
    longest_date_word: usize,
    /// The longest of `bodies`, in bytes.
    pub(super) longest_body: usize,
    /// What bodies, calls and polls begin with.
    beginnings: HashSet<[char; 3]>,
}

impl Wordings {
    /// The language with this code.
    pub(super) fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }

    /// Reads the files. They are part of the program, so that an error in one
    /// is an error of whoever built it and shows in every test.
    #[expect(clippy::panic, reason = "the files are part of the program: a fault shows in every test")]
    fn load() -> Self {
        let mut all = Wordings::empty();
        for (code, text) in FILES {
            let file: File =
                toml::from_str(text).unwrap_or_else(|error| panic!("languages/{code}.toml: {error}"));
            all.add(code, &file).unwrap_or_else(|error| panic!("languages/{code}.toml: {error}"));
        }
        all.longest_body = all.bodies.keys().map(String::len).max().unwrap_or_default();
        let whole = all.bodies.keys().chain(all.calls.keys()).map(String::as_str);
        let heads = all.deleted.iter().map(|(template, _)| template.head());
        let polls = all.poll.iter().map(|(word, _)| word.as_str());
        all.beginnings = whole.chain(heads).chain(polls).filter_map(beginning).collect();
        all
    }

    /// Whether a word can stand at the beginning of a stamp.
    pub(in super::super) fn may_begin_date(&self, word: &str) -> bool {
        let mut head = String::new();
        let mut letters = word.chars().flat_map(char::to_lowercase).take(self.longest_date_word);
        let begins = letters.any(|letter| {
            head.push(letter);
            self.date_letters.contains(&head)
        });
        begins || matches!(word, "R" | "H" | "S")
    }

    /// Whether a text can be one of the bodies, calls or polls, going by how
    /// it begins.
    pub(super) fn may_be_ours(&self, text: &str) -> bool {
        beginning(text).is_none_or(|beginning| self.beginnings.contains(&beginning))
    }

    fn empty() -> Self {
        Wordings {
            languages: Vec::new(),
            bodies: Table::default(),
            deleted: Vec::new(),
            attached_android: Table::default(),
            attached_ios: Table::default(),
            edited: Table::default(),
            location: Table::default(),
            poll: Vec::new(),
            calls: Table::default(),
            encrypted: Vec::new(),
            titles: Vec::new(),
            months: HashMap::default(),
            weekdays: HashMap::default(),
            date_letters: HashSet::default(),
            longest_date_word: 0,
            longest_body: 0,
            beginnings: HashSet::default(),
        }
    }

    fn add(&mut self, code: &'static str, file: &File) -> Result<(), String> {
        let mut templates = Vec::new();
        for (topic, open, sources) in file.notices() {
            // Calls without a name are looked up whole.
            for source in sources.iter().filter(|s| topic != Topic::Call || s.contains('{')) {
                templates.push((topic, Template::parse(source, open)?));
            }
        }
        let mut others = Vec::new();
        for source in &file.others {
            let (before, after) = source.split_once("{#}").ok_or("“others” needs {#}")?;
            others.push((fold(before), fold(after)));
        }
        for source in &file.titles {
            let (before, after) = source.split_once("{}").ok_or("“titles” needs {}")?;
            self.titles.push((before.to_owned(), after.to_owned()));
        }
        let (with_name, deleted): (Vec<_>, Vec<_>) = file.deleted.iter().partition(|s| s.contains('{'));
        for source in with_name {
            self.deleted.push((Template::parse(source, false)?, code));
        }
        let (places, live): (Vec<_>, Vec<_>) = file.location.iter().partition(|s| s.ends_with(':'));
        let bodies = [
            (Placeholder::Media, file.omitted.iter().collect::<Vec<_>>()),
            (Placeholder::Contact, file.omitted_contact.iter().collect()),
            (Placeholder::Media, file.omitted_android.iter().collect()),
            (Placeholder::Deleted, deleted),
            (Placeholder::Location, live),
        ];
        for (placeholder, sources) in bodies {
            for source in sources {
                insert(&mut self.bodies, fold(source), placeholder, code);
            }
        }
        for place in places {
            insert(&mut self.location, fold(place), (), code);
        }
        for source in file.calls.iter().filter(|source| !source.contains('{')) {
            let (words, continued) = source.strip_suffix(',').map_or((source.as_str(), false), |w| (w, true));
            insert(&mut self.calls, fold(words), continued, code);
        }
        for source in &file.attached_android {
            insert(&mut self.attached_android, fold(source.trim_matches(['(', ')'])), (), code);
        }
        for source in &file.attached_ios {
            insert(&mut self.attached_ios, fold(source), (), code);
        }
        for source in &file.edited {
            insert(&mut self.edited, fold(source.trim_matches(['<', '>'])), (), code);
        }
        if !file.months.is_empty() && file.months.len() != 12 {
            return Err("“months” are not twelve".to_owned());
        }
        for (number, names) in (1..).zip(&file.months) {
            for name in names {
                let known = self.months.entry(first_small(name)).or_default();
                if !known.contains(&(name.clone(), number)) {
                    known.push((name.clone(), number));
                }
            }
        }
        for name in &file.weekdays {
            self.weekdays.entry(first_small(name)).or_default().push(name.clone());
        }
        for name in file.months.iter().flatten().chain(&file.weekdays) {
            let letters: String =
                name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
            self.longest_date_word = self.longest_date_word.max(letters.chars().count());
            self.date_letters.insert(letters);
        }
        self.poll.extend(file.poll.iter().map(|source| (source.clone(), code)));
        let encrypted = file.encrypted.iter().chain(&file.encrypted_group);
        self.encrypted.extend(encrypted.map(|source| (fold(source), code)));
        self.languages.push(Language {
            code,
            and: file.and.clone(),
            templates,
            you: file.you.clone(),
            others,
        });
        Ok(())
    }
}

/// The first character of a name, in lower case.
fn first_small(name: &str) -> char {
    name.chars().next().and_then(|c| c.to_lowercase().next()).unwrap_or_default()
}

fn insert<V>(table: &mut Table<V>, key: String, value: V, code: &'static str) {
    let entry = table.entry(key).or_insert((value, Some(code)));
    if entry.1 != Some(code) {
        entry.1 = None;
    }
}

/// Each language file as it is written, for tests that go through them.
#[cfg(test)]
pub(super) fn files() -> Vec<(&'static str, File)> {
    let read = |(code, text)| (code, toml::from_str(text).unwrap_or_default());
    FILES.into_iter().map(read).collect()
}

/// The first bytes of every wording for a call, with a small and with a
/// capital letter; and a bit for each, to say no quickly.
static CALL_BEGINNINGS: LazyLock<(Vec<u64>, HashSet<[u8; 6]>)> = LazyLock::new(|| {
    let mut beginnings = HashSet::default();
    for call in WORDINGS.calls.keys() {
        // The table is folded to lower case.
        let mut letters = call.chars();
        let capital: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        for form in [call, &capital] {
            beginnings.extend(form.as_bytes().first_chunk());
        }
    }
    let mut bits = vec![0; 1 << 8];
    for beginning in &beginnings {
        let (word, bit) = place(beginning);
        bits[word] |= bit;
    }
    (bits, beginnings)
});

/// Whether a body begins with the bytes of a wording for a call.
pub(super) fn may_begin_call(body: &[u8]) -> bool {
    let Some(beginning) = body.first_chunk() else { return false };
    let (bits, beginnings) = &*CALL_BEGINNINGS;
    let (word, bit) = place(beginning);
    bits[word] & bit != 0 && beginnings.contains(beginning)
}

/// The place of the bit for a beginning.
fn place(beginning: &[u8; 6]) -> (usize, u64) {
    let [first @ .., fifth, sixth] = *beginning;
    let folded = u32::from_le_bytes(first) ^ u32::from_le_bytes([fifth, sixth, 0, 0]).rotate_left(7);
    // Multiplicative hashing; 14 bits are left.
    let hash = folded.wrapping_mul(0x9e37_79b1) >> 18;
    ((hash >> 6) as usize, 1 << (hash & 63))
}
