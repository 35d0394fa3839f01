//! Address books as LDIF (RFC 2849), as Thunderbird and directories write them.
//!
//! Entries are separated by blank lines, a line that begins with a space goes
//! on with the one above, and what is not ASCII stands in base64 behind two
//! colons. Only what tells names and addresses is kept of an entry, so that
//! photos cost nothing.

use std::io;

use base64::Engine as _;

use super::fields::{self, Service};
use super::notes;
use super::vcard_text::{BASE64, decode as text_of};
use crate::model::Kind;
use crate::model::finding::{Book, Card};
use crate::model::foreign::Foreign;
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
    let mut lines = Lines::new(decode::open(source)?.text, None);
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
                fields::add_chat(&mut card, None, value);
            }
            Attribute::Chat(service) => {
                fields::add_chat(&mut card, Some(*service), value);
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
mod tests {
    use super::*;

    fn book(text: &[u8]) -> (Vec<Card>, Tally, Vec<(&'static str, Option<u64>)>) {
        let mut problems = Vec::new();
        let (book, tally) = read(&text.to_vec(), &mut problems).unwrap();
        assert_eq!(tally.read, tally.kept + tally.rejected);
        (book.cards, tally, problems.iter().map(|p| (p.code.id(), p.line)).collect())
    }

    #[test]
    fn recognised_by_its_first_entry() {
        for good in [
            "dn: cn=Ada,mail=ada@example.org\n",
            "version: 1\n\n# book\ndn:: Y249QWRh\n",
            "\u{feff}DN: cn=Ada\r\n",
        ] {
            assert!(is_ldif(good.as_bytes()), "{good}");
        }
        for bad in ["", "dnx: cn=Ada", "Dear Ada: hello", "version: 2\ndn: cn=a", "dn: hello", "# only\n"] {
            assert!(!is_ldif(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn as_thunderbird_writes_it() {
        let text = "dn: cn=Ada Quill,mail=ada@example.org\nobjectclass: top\nobjectclass: person\n\
            objectclass: mozillaAbPersonAlpha\ngivenName: Ada\nsn: Quill\ncn: Ada Quill\n\
            mail: Ada@Example.org\nmozillaSecondEmail: quill@example.org\nmobile: +33 6 39 98\n  00 01\n\
            homePhone: 01 99 00 12 34\nfacsimileTelephoneNumber: 01 99 00 12 35\n_JabberId: ada@example.net\n\
            _AimScreenName: ada\ndescription: Matrix: @ada:example.org\njpegPhoto:: QUJD\n QUJD\n\n\
            dn:: Y249w4lsb2RpZQ==\ncn;lang-fr:: w4lsb2RpZQ==\nmobile: +447700900123\n\n\
            dn: cn=Choir\nobjectclass: groupOfNames\ncn: Choir\nmember: cn=Ada Quill\n\n\
            dn: o=Engines\no: Engines\ntelephoneNumber: +44 20 7946 0123\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}version: 1\n\n{text}")] {
            let (cards, tally, problems) = book(text.as_bytes());
            assert_eq!((tally, problems), (Tally { read: 4, kept: 4, rejected: 0 }, vec![]));
            let [ada, elodie, engines] = cards.as_slice() else { panic!("{cards:?}") };
            assert_eq!(ada.name.as_ref().map(Foreign::raw), Some("Ada Quill"));
            let emails: Vec<&str> = ada.emails.iter().map(crate::model::identity::Email::as_str).collect();
            assert_eq!(emails, ["ada@example.org", "quill@example.org"]);
            let phones: Vec<&str> = ada.phones.iter().map(|p| p.text.raw()).collect();
            assert_eq!(phones, ["+33 6 39 98 00 01", "01 99 00 12 34"]);
            let chats: Vec<&str> =
                ada.addresses.iter().map(crate::model::identity::Address::as_str).collect();
            assert_eq!(chats, ["ada@example.net", "@ada:example.org"]);
            assert_eq!(elodie.name.as_ref().map(Foreign::raw), Some("Élodie"));
            assert_eq!((engines.company, ada.company), (true, false));
        }
    }

    #[test]
    fn names_in_order_of_preference() {
        let name = |body: &str| {
            let (cards, _, problems) = book(format!("dn: cn=x\nmail: a@example.org\n{body}\n").as_bytes());
            assert_eq!(problems, []);
            cards[0].name.as_ref().map(|n| n.raw().to_owned())
        };
        assert_eq!(name("displayName: D\ncn: C").as_deref(), Some("D"));
        assert_eq!(name("cn: C\ngivenName: G\nsn: S").as_deref(), Some("C"));
        assert_eq!(name("givenName: G\nsn: S").as_deref(), Some("G S"));
        assert_eq!(name("mozillaNickname: N").as_deref(), Some("N"));
        assert_eq!(name(""), None);
    }

    #[test]
    fn bad_entries_are_told_and_the_rest_is_kept() {
        let long = "x".repeat(VALUE_CAP);
        let text = format!(
            "dn: cn=A\ncn: A\nno property\nmobile:: !!\n\ndn: cn=B\n\ndn: cn=C\ncn: C\nmail: {long}\nmobile: +33639980001\n\ndn: cn=D\ncn: D\n{}\ncn: E",
            " \n".repeat(3)
        );
        let (cards, tally, problems) = book(text.as_bytes());
        assert_eq!(cards.iter().map(|c| c.line).collect::<Vec<_>>(), [1, 8, 13, 19]);
        assert_eq!(cards[1].phones.len(), 1);
        assert_eq!(tally, Tally { read: 5, kept: 4, rejected: 1 });
        assert_eq!(
            problems,
            [("card-garbage", Some(3)), ("card-empty", Some(6)), ("card-too-long", Some(8))]
        );
    }

    #[test]
    fn latin_1_and_utf_16() {
        let text = "dn: cn=x\ncn: Zoë\nmobile: +33639980001\n";
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        for bytes in [text.as_bytes(), &wide, &latin] {
            assert_eq!(book(bytes).0[0].name.as_ref().map(Foreign::raw), Some("Zoë"));
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::sample::select(&b"dn: cn\n\r\nmobile:;<= \xc3\xa9QUJD"[..]), 0..200)) {
            book(&bytes);
        }
    }
}
