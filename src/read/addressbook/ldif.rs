//! Address books as LDIF (RFC 2849), as Thunderbird and directories write them.
//!
//! Entries are separated by blank lines, a line that begins with a space goes
//! on with the one above, and what is not ASCII stands in base64 behind two
//! colons. Only what tells names and addresses is kept of an entry, so that
//! photos cost nothing.

use std::io;

use base64::Engine as _;

use super::fields;
use super::networks::{self, Service};
use super::notes;
use super::vcard_text::{BASE64, decode as text_of};
use crate::model::Kind;
use crate::model::finding::{Book, Card};
use crate::model::problem::{Code, Problem};
use crate::read::lines::Lines;
use crate::read::{Reopen, Tally, decode};

/// A value longer than this is passed over, and so much of an entry is kept.
const VALUE_CAP: usize = 8 * 1024;
const ENTRY_CAP: usize = 256 * 1024;

/// Whether the beginning of a file is that of an LDIF file: `dn:` comes first,
/// but for a version, comments and blank lines.
pub fn is_ldif(head: &[u8]) -> bool {
    let head = &head[..head.len().min(8 * 1024)];
    let text = decode::encoding_of(head).decode_with_bom_removal(head).0;
    for line in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let Some((name, value)) = line.split_once(':') else { return false };
        if name.eq_ignore_ascii_case("dn") {
            return value.starts_with(':') || value.contains('=') || value.trim().is_empty();
        }
        if !(name.eq_ignore_ascii_case("version") && value.trim() == "1") {
            return false;
        }
    }
    false
}

/// Reads an LDIF file: its people and companies, in order.
///
/// # Errors
/// Whatever reading says.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(Book, Tally)> {
    let mut reader = Reader {
        book: Book { kind: Kind::Ldif, cards: Vec::new() },
        tally: Tally::default(),
        entry: Entry::default(),
        foreign: None,
        problems,
    };
    let mut lines = Lines::of_any_end(decode::open(source)?.text);
    let mut number = 0;
    while let Some(line) = lines.next()? {
        number += 1;
        let bytes = line.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line.bytes);
        if bytes.trim_ascii().is_empty() {
            reader.finish();
        } else if let [b' ', rest @ ..] = bytes {
            reader.entry.go_on(rest);
        } else {
            reader.entry.begin(number, bytes);
        }
    }
    reader.finish();
    if let Some(line) = reader.foreign {
        reader.problems.push(Problem::new(Code::OtherEncoding).at(line).quoting("windows-1252"));
    }
    Ok((reader.book, reader.tally))
}

/// The properties of the entry that is being read.
#[derive(Default)]
struct Entry {
    /// Where it begins; 0 before its first line.
    line: u64,
    lines: Vec<Vec<u8>>,
    size: usize,
    /// Whether what comes folded belongs to a line that is passed over.
    skipping: bool,
    /// The first line that is no property, and how many there are.
    garbage: Option<(u64, u64)>,
    too_long: Option<u64>,
}

impl Entry {
    fn begin(&mut self, number: u64, bytes: &[u8]) {
        let comment = bytes.first() == Some(&b'#');
        let name = bytes.split(|b| matches!(b, b':' | b';')).next().unwrap_or_default();
        let is_property = bytes.contains(&b':')
            && !name.is_empty()
            && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        // A version stands before the first entry, and belongs to none.
        let version = self.line == 0 && name.eq_ignore_ascii_case(b"version");
        self.skipping = comment || !is_property || version || Attribute::of(name).is_none();
        if comment || version {
            return;
        }
        if self.line == 0 {
            self.line = number;
        }
        if !is_property {
            let (_, count) = self.garbage.get_or_insert((number, 0));
            *count += 1;
        }
        if !self.skipping {
            self.lines.push(Vec::new());
            self.go_on(bytes);
        }
    }

    fn go_on(&mut self, bytes: &[u8]) {
        let Some(last) = self.lines.last_mut().filter(|_| !self.skipping) else { return };
        if last.len() + bytes.len() > VALUE_CAP || self.size + bytes.len() > ENTRY_CAP {
            self.too_long.get_or_insert(self.line);
            self.lines.pop();
            self.skipping = true;
            return;
        }
        self.size += bytes.len();
        last.extend_from_slice(bytes);
    }
}

/// What an attribute means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Class,
    Whole,
    Shown,
    First,
    Last,
    Nick,
    Company,
    Email,
    Phone,
    Site,
    Note,
    Chat(Service),
}

impl Attribute {
    /// By its name, in any case.
    fn of(name: &[u8]) -> Option<Attribute> {
        use Attribute::{Chat, Class, Company, Email, First, Last, Nick, Note, Phone, Shown, Site, Whole};
        let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
        Some(match name.as_str() {
            "objectclass" => Class,
            "cn" | "commonname" => Whole,
            "displayname" => Shown,
            "givenname" | "gn" => First,
            "sn" | "surname" => Last,
            "mozillanickname" | "nickname" | "xmozillanickname" => Nick,
            "o" | "organizationname" | "company" => Company,
            "mail"
            | "email"
            | "rfc822mailbox"
            | "mozillasecondemail"
            | "xmozillasecondemail"
            | "mailalternateaddress" => Email,
            "mobile"
            | "mobiletelephonenumber"
            | "cellphone"
            | "homephone"
            | "hometelephonenumber"
            | "telephonenumber"
            | "carphone" => Phone,
            "labeleduri" | "mozillahomeurl" | "mozillaworkurl" | "homeurl" | "workurl" => Site,
            "description" | "notes" | "comment" | "mozillacustom1" | "mozillacustom2" | "mozillacustom3"
            | "mozillacustom4" | "custom1" | "custom2" | "custom3" | "custom4" => Note,
            "_jabberid" | "jabberid" | "mozillajabberid" => Chat(Service::Xmpp),
            name => Chat(Service::of(name).filter(|service| *service != Service::Closed)?),
        })
    }
}

struct Reader<'a> {
    book: Book,
    tally: Tally,
    entry: Entry,
    foreign: Option<u64>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// Ends the entry that is being read, if there is one.
    fn finish(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if entry.line == 0 {
            return;
        }
        self.tally.read += 1;
        let mut garbage = entry.garbage;
        let mut count = 0;
        let content = content(&entry, &mut garbage, &mut count);
        if count > 0 {
            self.foreign.get_or_insert(entry.line);
        }
        let name = match &content {
            Some(Content::Card(card)) => card.name.clone(),
            _ => None,
        };
        let mut tell = |mut problem: Problem| {
            problem.quote.clone_from(&name);
            self.problems.push(problem);
        };
        if let Some((line, count)) = garbage {
            tell(Problem::new(Code::CardGarbage).at(line).counted(count));
        }
        if let Some(line) = entry.too_long {
            tell(Problem::new(Code::CardTooLong).at(line));
        }
        match content {
            Some(content) => {
                self.tally.kept += 1;
                if let Content::Card(card) = content {
                    fields::tell_unread(&card, self.problems);
                    self.book.cards.push(card);
                }
            }
            None => {
                self.tally.rejected += 1;
                tell(Problem::new(Code::CardEmpty).at(entry.line));
            }
        }
    }
}

/// What an entry turned out to be.
enum Content {
    /// Somebody.
    Card(Card),
    /// A list of others, or a branch of the tree.
    Branch,
}

/// Reads an entry; `None` if nobody is in it.
fn content(entry: &Entry, garbage: &mut Option<(u64, u64)>, foreign: &mut u64) -> Option<Content> {
    let mut card = Card { line: entry.line, ..Card::default() };
    let mut values: Vec<(Attribute, String)> = Vec::new();
    for line in &entry.lines {
        let Some((attribute, value)) = property(line, foreign) else {
            let (_, count) = garbage.get_or_insert((entry.line, 0));
            *count += 1;
            continue;
        };
        values.push((attribute, value));
    }
    let of = |wanted: Attribute| {
        let found = values.iter().find(|(attribute, value)| *attribute == wanted && !value.trim().is_empty());
        found.map_or("", |(_, value)| value)
    };
    let classes =
        || values.iter().filter(|(a, _)| *a == Attribute::Class).map(|(_, v)| v.to_ascii_lowercase());
    if classes().any(|class| BRANCHES.contains(&class.trim())) {
        return Some(Content::Branch);
    }
    let name = |attribute| fields::name(of(attribute));
    let parts = fields::full_name("", of(Attribute::First), "", of(Attribute::Last), "");
    let person = name(Attribute::Shown).or_else(|| name(Attribute::Whole)).or(parts);
    let person = person.or_else(|| name(Attribute::Nick));
    let company = name(Attribute::Company);
    card.company = person.is_none() && company.is_some();
    card.name = person.or(company);
    for (attribute, value) in &values {
        match attribute {
            Attribute::Email => fields::add_email(&mut card, value),
            Attribute::Phone => fields::add_phone(&mut card, value, None, false),
            Attribute::Site => {
                networks::add_chat(&mut card, None, value);
            }
            Attribute::Chat(service) => {
                networks::add_chat(&mut card, Some(*service), value);
            }
            Attribute::Note => notes::add(&mut card, value),
            _ => {}
        }
    }
    (card.name.is_some() || fields::has_identity(&card)).then_some(Content::Card(card))
}

/// Classes of entries that are not somebody.
const BRANCHES: [&str; 6] =
    ["groupofnames", "groupofuniquenames", "organizationalunit", "dcobject", "domain", "country"];

/// Takes a line apart and decodes its value: `name: text`, `name:: base64`.
fn property(line: &[u8], foreign: &mut u64) -> Option<(Attribute, String)> {
    let colon = memchr::memchr(b':', line)?;
    let attribute = Attribute::of(line[..colon].split(|b| *b == b';').next()?)?;
    match &line[colon + 1..] {
        [b':', coded @ ..] => {
            let compact: Vec<u8> = coded.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            let bytes = BASE64.decode(compact).ok()?;
            Some((attribute, text_of(&bytes, None, foreign).into_owned()))
        }
        // A link to where the value is: it is not followed.
        [b'<', ..] => Some((attribute, String::new())),
        plain => Some((attribute, text_of(plain, None, foreign).trim().to_owned())),
    }
}

#[cfg(test)]
mod tests;
