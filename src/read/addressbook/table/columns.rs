//! What the columns of a table mean, told by their headers.
//!
//! Headers are compared without case, accents and punctuation, and without
//! the number that tells repeated columns apart: `Téléphone 2 (bureau)` is
//! `telephone bureau`. What is not in the table of names means nothing, and a
//! file in which too little means anything is no table of contacts.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use csv::ByteRecord;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ignored::Ignored;
use super::row::Row;
use crate::read::addressbook::networks::Service;
use crate::read::addressbook::vcard_text::decode;

/// Nobody's address book has more columns: the rest means nothing.
const MOST: usize = 4096;

/// Who made a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// An address book's program, unmistakably.
    Program,
    /// Anybody: the member list of a club looks the same.
    Anybody,
}

/// A part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamePart {
    /// The whole name as it is shown.
    Whole,
    /// Before the name.
    Prefix,
    /// Given name.
    First,
    /// Further given names.
    Middle,
    /// Family name.
    Last,
    /// Behind the name.
    Suffix,
    /// Nickname.
    Nick,
    /// Under which it is sorted.
    FileAs,
    /// The company's name.
    Company,
}

/// What can be there several times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// E-mail addresses.
    Email,
    /// Phone numbers.
    Phone,
    /// Addresses in chat networks.
    Chat,
    /// Web sites.
    Site,
    /// Whatever the user named themself.
    Custom,
}

/// What a column means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Name(NamePart),
    /// A value, with the number that ties it to its label.
    Value(Field, u32),
    /// The label of a value.
    Label(Field, u32),
    /// The service of a chat address, which outdoes its label.
    Service(Field, u32),
    Note,
    Nothing,
}

/// The columns of a file.
pub struct Columns {
    /// Each header as written, and its meaning.
    columns: Vec<(String, Meaning)>,
    maker: Maker,
}

impl Columns {
    /// Reads the first line of a table.
    pub fn of(header: &ByteRecord) -> Columns {
        let mut columns = Vec::with_capacity(header.len());
        let mut folded = BTreeSet::new();
        for (at, cell) in header.iter().enumerate() {
            if at >= MOST || cell.len() > 200 {
                columns.push((String::new(), Meaning::Nothing));
                continue;
            }
            let written = decode(cell, None, &mut 0).trim().to_owned();
            let (name, number) = fold(&written);
            // Columns of one field that bear no number are told apart by place.
            let slot = |own: u32| if own == 0 { 1_000 + u32::try_from(at).unwrap_or(0) } else { own };
            let meaning = meaning(&name, &written, number, slot);
            folded.insert(match number {
                0 => name,
                number => format!("{name} {number}"),
            });
            columns.push((written, meaning));
        }
        let maker = maker(&folded, columns.iter().filter(|(_, m)| *m != Meaning::Nothing).count());
        Columns { columns, maker }
    }

    /// Those that have a header and mean nothing.
    pub fn ignored(&self) -> Ignored {
        let nothing =
            self.columns.iter().enumerate().filter(|(_, (_, meaning))| *meaning == Meaning::Nothing);
        Ignored::of(
            nothing
                .filter(|(_, (written, _))| !written.is_empty())
                .map(|(at, (written, _))| (at, written.as_str(), fold(written).0)),
        )
    }

    /// Who made it.
    pub fn maker(&self) -> Maker {
        self.maker
    }

    /// How many columns mean something.
    pub fn known(&self) -> usize {
        self.columns.iter().filter(|(_, meaning)| *meaning != Meaning::Nothing).count()
    }

    /// Whether this is a table of contacts: it tells names and how to reach
    /// them, or is some program's own.
    pub fn are_contacts(&self) -> bool {
        let names = self.columns.iter().any(|(_, meaning)| matches!(meaning, Meaning::Name(_)));
        let reach = self.columns.iter().any(|(_, meaning)| {
            matches!(meaning, Meaning::Value(Field::Email | Field::Phone | Field::Chat, _))
        });
        (names && reach) || (self.maker == Maker::Program && self.known() > 0)
    }

    /// The cells of a row by their columns, or `None` if they do not fit.
    /// Counts in `foreign` the cells that are in no declared encoding.
    pub fn row<'a>(&'a self, record: &ByteRecord, foreign: &mut u64) -> Option<Row<'a>> {
        if record.len() != self.columns.len() {
            return None;
        }
        let mut row = Row::default();
        for ((column, meaning), cell) in self.columns.iter().zip(record) {
            if cell.trim_ascii().is_empty() {
                continue;
            }
            let text = decode(cell, None, foreign).trim().to_owned();
            match meaning {
                Meaning::Name(part) => row.name(*part, text),
                Meaning::Value(field, slot) => row.value(*field, *slot, column, text),
                Meaning::Label(field, slot) => row.label(*field, *slot, false, text),
                Meaning::Service(field, slot) => row.label(*field, *slot, true, text),
                Meaning::Note => row.note(text),
                Meaning::Nothing => {}
            }
        }
        Some(row)
    }
}

/// A header without case, accents and punctuation, and its number, 0 if it
/// has none.
fn fold(header: &str) -> (String, u32) {
    let plain: String = header.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let mut number = 0;
    let mut words: Vec<String> = Vec::new();
    for word in plain.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        // `Email1`, `Phone 2`, `Phone2 Value`.
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if name.len() < word.len() {
            number = word[name.len()..].parse().unwrap_or(0);
        }
        if !name.is_empty() {
            words.push(name.to_owned());
        }
    }
    (words.join(" "), number)
}

/// What a header means.
fn meaning(name: &str, written: &str, number: u32, slot: impl Fn(u32) -> u32) -> Meaning {
    if name == "custom" && number > 0 {
        return Meaning::Note;
    }
    // Google's own columns: `Phone 1 - Value` and what belongs to it.
    if number > 0
        && let Some((field, part)) = GOOGLE
            .iter()
            .find_map(|(start, field)| Some((*field, name.strip_prefix(start)?.strip_prefix(' ')?)))
    {
        match part {
            "value" => return Meaning::Value(field, number),
            "label" | "type" => return Meaning::Label(field, number),
            "service" => return Meaning::Service(field, number),
            _ => {}
        }
    }
    // Outlook's, Thunderbird's and people's: each column is a kind of its own.
    let part = match HEADERS.get(name) {
        Some(Meant::Whole) => NamePart::Whole,
        Some(Meant::Prefix) => NamePart::Prefix,
        Some(Meant::First) => NamePart::First,
        Some(Meant::Middle) => NamePart::Middle,
        Some(Meant::Last) => NamePart::Last,
        Some(Meant::Suffix) => NamePart::Suffix,
        Some(Meant::Nick) => NamePart::Nick,
        Some(Meant::FileAs) => NamePart::FileAs,
        Some(Meant::Company) => NamePart::Company,
        Some(Meant::Note) => return Meaning::Note,
        Some(Meant::Phone) => return Meaning::Value(Field::Phone, slot(0)),
        Some(Meant::Email) => return Meaning::Value(Field::Email, slot(0)),
        Some(Meant::Site) => return Meaning::Value(Field::Site, slot(0)),
        None => return by_service(name, written, slot(0)),
    };
    // `Organization 2 - Name` is another company, not another part.
    if number <= 1 { Meaning::Name(part) } else { Meaning::Nothing }
}

/// A column that a person named after a network.
fn by_service(name: &str, written: &str, slot: u32) -> Meaning {
    match Service::of(written) {
        Some(Service::Closed) | None => Meaning::Nothing,
        Some(_) if name.split(' ').count() <= 3 => Meaning::Value(Field::Chat, slot),
        Some(_) => Meaning::Nothing,
    }
}

/// Whether only a program makes such columns.
fn maker(folded: &BTreeSet<String>, known: usize) -> Maker {
    let has = |name: &str| folded.contains(name);
    let count = |names: &[&str]| names.iter().filter(|name| has(name)).count();
    let google = GOOGLE.iter().any(|(field, _)| {
        ["type", "label", "value", "service"].iter().any(|part| has(&format!("{field} {part} 1")))
    }) || has("organization name 1")
        || has("address formatted 1")
        || (has("yomi name") && has("group membership"))
        || (has("phonetic first name") && has("file as") && has("labels"));
    let outlook = count(OUTLOOK) >= 3;
    let thunderbird = count(&["primary email", "secondary email", "screen name"]) == 3;
    // Nobody types so many columns: an export in a language whose own
    // columns are not known.
    let wide = folded.len() >= 40 && known >= 6;
    if google || outlook || thunderbird || wide { Maker::Program } else { Maker::Anybody }
}

/// Columns that Outlook has beside those that anybody might choose.
const OUTLOOK: &[&str] = &[
    "e mail address 2",
    "e mail address 3",
    "e mail display name",
    "e mail type",
    "business phone 2",
    "home phone 2",
    "other phone",
    "primary phone",
    "callback",
    "assistant s phone",
    "company main phone",
    "given yomi",
    "surname yomi",
    "radio phone",
    "telex",
];

/// What Google calls its repeated fields.
const GOOGLE: &[(&str, Field)] = &[
    ("e mail", Field::Email),
    ("phone", Field::Phone),
    ("im", Field::Chat),
    ("website", Field::Site),
    ("custom field", Field::Custom),
];

/// What columns are called, by the name of what they hold.
static HEADERS: LazyLock<HashMap<String, Meant>> = LazyLock::new(|| {
    let lists: HashMap<Meant, Vec<String>> = toml::from_str(include_str!("headers.toml")).unwrap_or_default();
    lists.into_iter().flat_map(|(meant, names)| names.into_iter().map(move |name| (name, meant))).collect()
});

/// What a column of one's own holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Meant {
    Whole,
    Prefix,
    First,
    Middle,
    Last,
    Suffix,
    Nick,
    FileAs,
    Company,
    Note,
    Phone,
    Email,
    Site,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_is_in_its_folded_form_and_means_one_thing() {
        let lists: HashMap<Meant, Vec<String>> = toml::from_str(include_str!("headers.toml")).unwrap();
        assert_eq!(lists.len(), 13);
        let names: Vec<&String> = lists.values().flatten().collect();
        for name in &names {
            assert_eq!(fold(name), ((*name).clone(), 0));
        }
        assert_eq!(names.len(), HEADERS.len(), "a header means two things");
    }
}
