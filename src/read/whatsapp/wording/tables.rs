//! The wordings of all languages, read out of their [files](super::file) and laid
//! out for quick look-ups.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::file::{FILES, File, Topic};
use super::fold::{beginning, fold};
use super::people;
use super::placeholder::Placeholder;
use super::template::{Index, Template};

/// The wordings, read once.
pub(in super::super) static WORDINGS: LazyLock<Wordings> = LazyLock::new(Wordings::load);

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
    /// All templates: of which language, and which of its own.
    pub(super) index: Index<(usize, usize)>,
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
        let languages = all.languages.iter().enumerate();
        all.index = Index::new(languages.flat_map(|(place, language)| {
            let templates = language.templates.iter().enumerate();
            templates.map(move |(own, (_, template))| (template, (place, own)))
        }));
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
            index: Index::default(),
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
