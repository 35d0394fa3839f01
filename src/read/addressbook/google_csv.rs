//! Contacts as Google exports them in CSV, in its old and its new form.
//!
//! The form is told by columns that only Google has. Columns repeat up to what
//! the fullest contact needs, and several values may share a cell, separated
//! by ` ::: `. Matrix and XMPP addresses stand among the custom fields and the
//! web sites, since Google dropped its columns for them.

use std::collections::BTreeMap;
use std::io;

use csv::ByteRecord;

use super::csv_records::{Broken, Records};
use super::fields::{self, Service};
use super::vcard_text::decode;
use crate::model::Kind;
use crate::model::finding::{Book, Card};
use crate::model::phone::Phone;
use crate::model::problem::{Code, Problem};
use crate::read::{Reopen, Tally, decode as encodings};

/// What stands between the values of one cell.
const SEPARATOR: &str = " ::: ";
/// What stands between the cells, as Google writes it and as spreadsheets do.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Whether the beginning of a file has columns that only Google writes.
pub fn is_google_csv(head: &[u8]) -> bool {
    delimiter(head).is_some()
}

/// The delimiter with which the first line has Google's columns.
fn delimiter(head: &[u8]) -> Option<u8> {
    let text = encodings::encoding_of(head).decode_with_bom_removal(head).0;
    // Nearly all files are told by what their first lines lack.
    let numbered = memchr::memmem::find(text.as_bytes(), b" 1 - ").is_some();
    if !numbered && !NAMES.iter().any(|name| has_ignoring_case(text.as_bytes(), name)) {
        return None;
    }
    DELIMITERS.into_iter().find(|delimiter| {
        let mut record = ByteRecord::new();
        let mut records = Records::new(Box::new(text.as_bytes()), *delimiter);
        let read = records.next(&mut record);
        matches!(read, Ok(Some(_))) && is_google_header(&record)
    })
}

/// Where no columns are numbered, one of them has one of these names.
const NAMES: [&[u8]; 2] = [b"yomi name", b"phonetic first name"];

/// Whether a piece of lower-case ASCII stands in a text, in either case.
fn has_ignoring_case(text: &[u8], piece: &[u8]) -> bool {
    let Some(first) = piece.first() else { return true };
    let at_first = memchr::memchr2_iter(*first, first.to_ascii_uppercase(), text);
    at_first.filter_map(|at| text.get(at..at + piece.len())).any(|here| here.eq_ignore_ascii_case(piece))
}

fn is_google_header(record: &ByteRecord) -> bool {
    let has = |name: &str| record.iter().any(|cell| cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let all = |names: &[&str]| names.iter().all(|name| has(name));
    ["E-mail", "Phone", "IM", "Address", "Organization", "Website", "Custom Field"].iter().any(|field| {
        ["Type", "Label", "Value", "Service", "Name"].iter().any(|part| has(&format!("{field} 1 - {part}")))
    }) || all(&["Yomi Name", "Group Membership"])
        || all(&["Phonetic First Name", "File As", "Labels"])
}

/// Reads Google's contacts: one card a row, in order.
///
/// # Errors
/// Whatever reading says.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(Book, Tally)> {
    let mut book = Book { kind: Kind::ContactsCsv, cards: Vec::new() };
    let mut tally = Tally::default();
    let head = encodings::read_up_to(&mut source.open()?, 64 * 1024)?;
    let encoding = encodings::encoding_of(&head);
    // Text in no encoding of Unicode is decoded cell by cell.
    let unicode = encoding != encoding_rs::WINDOWS_1252;
    let text = if unicode { encodings::open(source)?.text } else { source.open()? };
    let mut records = Records::new(text, delimiter(&head).unwrap_or(b','));
    let mut record = ByteRecord::new();
    let mut foreign = None;
    if records.next(&mut record)?.is_some() {
        let columns = Columns::of(&record);
        while let Some(line) = records.next(&mut record)? {
            tally.read += 1;
            let mut count = 0;
            let row = columns.row(&record, &mut count);
            if count > 0 {
                foreign.get_or_insert(line);
            }
            match row.map(|row| row.card(line)) {
                Some(Some(card)) => {
                    tally.kept += 1;
                    fields::tell_unread(&card, problems);
                    book.cards.push(card);
                }
                bad => {
                    tally.rejected += 1;
                    let code = if bad.is_some() { Code::RowEmpty } else { Code::RowRagged };
                    problems.push(Problem::new(code).at(line));
                }
            }
        }
    }
    if let Some(broken) = records.broken() {
        tally.read += 1;
        tally.rejected += 1;
        problems.push(match broken {
            Broken::Unclosed(line) => Problem::new(Code::QuoteUnclosed).at(line),
            Broken::TooLong(line) => Problem::new(Code::LineTooLong).at(line),
        });
    }
    if let Some(line) = foreign {
        problems.push(Problem::new(Code::OtherEncoding).at(line).quoting("windows-1252"));
    }
    Ok((book, tally))
}

/// What the columns of a file mean.
struct Columns {
    /// The names of the columns, in lower case.
    names: Vec<String>,
}

/// A cell that belongs to a numbered field, `Phone 2 - Value`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Email,
    Phone,
    Chat,
    Site,
    Custom,
}

impl Columns {
    fn of(header: &ByteRecord) -> Columns {
        let names = header.iter().map(|cell| decode(cell, None, &mut 0).trim().to_ascii_lowercase());
        Columns { names: names.collect() }
    }

    /// The cells of a row by their columns, or `None` if they do not fit.
    fn row<'a>(&'a self, record: &ByteRecord, foreign: &mut u64) -> Option<Row<'a>> {
        if record.len() != self.names.len() {
            return None;
        }
        let mut row = Row::default();
        for (name, cell) in self.names.iter().zip(record) {
            if cell.trim_ascii().is_empty() {
                continue;
            }
            let text = decode(cell, None, foreign).trim().to_owned();
            match numbered(name) {
                Some((field, number, part)) => {
                    let entry = row.numbered.entry((field, number)).or_default();
                    match part {
                        "value" => entry.value = text,
                        "service" => entry.label = text,
                        // An IM column has its service beside its type.
                        "type" | "label" if entry.label.is_empty() => entry.label = text,
                        _ => {}
                    }
                }
                // A column that is there twice counts by its first cell.
                None => drop(row.plain.entry(name).or_insert(text)),
            }
        }
        Some(row)
    }
}

/// Takes a name like `phone 2 - value` apart.
fn numbered(name: &str) -> Option<(Field, u32, &str)> {
    let (field, part) = name.split_once(" - ")?;
    let (field, number) = field.rsplit_once(' ')?;
    let field = match field {
        "e-mail" => Field::Email,
        "phone" => Field::Phone,
        "im" => Field::Chat,
        "website" => Field::Site,
        "custom field" => Field::Custom,
        _ => return None,
    };
    Some((field, number.parse().ok()?, part))
}

/// The cells of one row that are not empty.
#[derive(Default)]
struct Row<'a> {
    plain: BTreeMap<&'a str, String>,
    numbered: BTreeMap<(Field, u32), Entry>,
}

/// A field with its label or service.
#[derive(Default)]
struct Entry {
    label: String,
    value: String,
}

impl Entry {
    /// Each value with its own label, where there is one for each.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let labels: Vec<&str> = self.label.split(SEPARATOR).collect();
        let values = self.value.split(SEPARATOR).map(str::trim);
        values.enumerate().filter(|(_, value)| !value.is_empty()).map(move |(at, value)| {
            let own = if labels.len() > 1 { labels.get(at) } else { labels.first() };
            (own.copied().unwrap_or_default(), value)
        })
    }
}

impl Row<'_> {
    /// The first of these columns in which something stands.
    fn cell(&self, names: &[&str]) -> &str {
        names.iter().find_map(|name| self.plain.get::<str>(name)).map_or("", String::as_str)
    }

    /// The person or company in this row, if there is one.
    fn card(&self, line: u64) -> Option<Card> {
        let mut card = Card { line, ..Card::default() };
        for ((field, _), entry) in &self.numbered {
            for (label, value) in entry.pairs() {
                add(&mut card, *field, label, value);
            }
        }
        let first = self.cell(&["first name", "given name"]);
        let last = self.cell(&["last name", "family name"]);
        let middle = self.cell(&["middle name", "additional name"]);
        let parts =
            fields::full_name(self.cell(&["name prefix"]), first, middle, last, self.cell(&["name suffix"]));
        let company = fields::name(self.cell(&["organization name", "organization 1 - name"]));
        let shown = fields::name(self.cell(&["name"]));
        // Google repeats the company's name where there is no person's.
        let repeated = parts.is_none() && shown.is_some() && shown == company;
        let nick =
            || fields::name(self.cell(&["nickname"])).or_else(|| fields::name(self.cell(&["file as"])));
        let person = shown.or(parts).or_else(nick);
        card.company = repeated || (company.is_some() && (person.is_none() || person == company));
        card.name = person.or(company);
        (card.name.is_some() || fields::has_identity(&card)).then_some(card)
    }
}

/// Adds one value of a numbered field to the card.
fn add(card: &mut Card, field: Field, label: &str, value: &str) {
    let service = Service::of(label);
    match field {
        Field::Email => {
            if !fields::add_chat(card, service, value) {
                fields::add_email(card, value);
            }
        }
        Field::Phone => {
            if !(value.starts_with('@') && fields::add_chat(card, service, value)) {
                fields::add_phone(card, value, None::<Phone>, service == Some(Service::Signal));
            }
        }
        Field::Chat | Field::Site | Field::Custom => {
            fields::add_chat(card, service, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::foreign::Foreign;

    const NEW: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value";
    const OLD: &str = "Name,Given Name,Additional Name,Family Name,Yomi Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name";

    /// Codes and lines of problems.
    type Told = Vec<(&'static str, Option<u64>)>;

    fn book(text: &[u8]) -> (Vec<Card>, Tally, Told) {
        let mut problems = Vec::new();
        let (book, tally) = read(&text.to_vec(), &mut problems).unwrap();
        assert_eq!(tally.read, tally.kept + tally.rejected);
        (book.cards, tally, problems.iter().map(|p| (p.code.id(), p.line)).collect())
    }

    /// A row of `header` in which only these columns are filled.
    fn row(header: &str, cells: &[(&str, &str)]) -> String {
        let cell = |name| cells.iter().find(|(column, _)| *column == name).map_or("", |(_, text)| *text);
        header
            .split(',')
            .map(|name| format!("\"{}\"", cell(name).replace('"', "\"\"")))
            .collect::<Vec<_>>()
            .join(",")
    }

    fn one(header: &str, cells: &[(&str, &str)]) -> Card {
        let (mut cards, _, problems) = book(format!("{header}\n{}\n", row(header, cells)).as_bytes());
        assert_eq!((cards.len(), problems.len()), (1, 0), "{problems:?}");
        cards.remove(0)
    }

    fn shown(header: &str, cells: &[(&str, &str)]) -> (String, bool) {
        let card = one(header, cells);
        (card.name.map(|n| n.raw().to_owned()).unwrap_or_default(), card.company)
    }

    fn chats(header: &str, cells: &[(&str, &str)]) -> Vec<String> {
        one(header, cells).addresses.iter().map(|a| a.as_str().to_owned()).collect()
    }

    #[test]
    fn recognised_by_columns_that_only_google_has() {
        for good in [NEW, OLD, "Name,Yomi Name,Group Membership", "\u{feff}Name,\"E-mail 1 - Value\"\r\nA,b"]
        {
            assert!(is_google_csv(good.as_bytes()), "{good}");
            assert!(is_google_csv(good.replace(',', ";").as_bytes()), "{good}");
        }
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(OLD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(is_google_csv(&wide));
        for bad in [
            "",
            "Name,Phone\nA,E-mail 1 - Value",
            "First Name,Last Name,Mobile Phone,E-mail Address",
            "Phone 1 - Value is a text\n",
        ] {
            assert!(!is_google_csv(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn names_in_order_of_preference() {
        assert_eq!(shown(OLD, &[("Name", "Ada L."), ("Given Name", "Ada")]), ("Ada L.".into(), false));
        assert_eq!(
            shown(OLD, &[("Given Name", "Ada"), ("Family Name", "Lovelace")]),
            ("Ada Lovelace".into(), false)
        );
        let all = [
            ("Name Prefix", "Dr"),
            ("First Name", "Ada"),
            ("Middle Name", "B."),
            ("Last Name", "Roux"),
            ("Name Suffix", "PhD"),
        ];
        assert_eq!(shown(NEW, &all), ("Dr Ada B. Roux, PhD".into(), false));
        assert_eq!(shown(NEW, &[("Nickname", "Countess"), ("File As", "X")]), ("Countess".into(), false));
        assert_eq!(shown(NEW, &[("File As", "X"), ("Organization Name", "Engines")]), ("X".into(), false));
        assert_eq!(shown(NEW, &[("Organization Name", "Engines")]), ("Engines".into(), true));
        assert_eq!(
            shown(OLD, &[("Name", "Engines"), ("Organization 1 - Name", "Engines")]),
            ("Engines".into(), true)
        );
    }

    #[test]
    fn c01_several_values_in_one_cell_and_in_several_columns() {
        let card = one(
            OLD,
            &[
                ("Name", "A"),
                ("Phone 1 - Type", "* Mobile ::: Signal"),
                ("Phone 1 - Value", "+33 6 39 98 00 01 ::: +33 6 39 98 00 02"),
                ("Phone 2 - Value", "06 39 98 00 03"),
                ("E-mail 1 - Value", "Ada@example.org ::: b@example.org"),
            ],
        );
        let numbers: Vec<_> = card.phones.iter().map(|p| (p.text.raw(), p.signal)).collect();
        assert_eq!(
            numbers,
            [("+33 6 39 98 00 01", false), ("+33 6 39 98 00 02", true), ("06 39 98 00 03", false)]
        );
        assert_eq!(
            card.emails.iter().map(crate::model::identity::Email::as_str).collect::<Vec<_>>(),
            ["ada@example.org", "b@example.org"]
        );
    }

    #[test]
    fn chat_addresses_wherever_they_stand() {
        let custom = |label, value| {
            chats(
                NEW,
                &[("First Name", "A"), ("Custom Field 1 - Label", label), ("Custom Field 1 - Value", value)],
            )
        };
        assert_eq!(custom("Matrix", "@ada:example.org"), ["@ada:example.org"]);
        assert_eq!(custom("XMPP", "ada@example.org"), ["ada@example.org"]);
        assert_eq!(custom("Signal", "+44 7700 900123"), ["+447700900123"]);
        assert_eq!(
            custom("Matrix ::: Jabber", "@ada:example.org ::: ada@example.org"),
            ["@ada:example.org", "ada@example.org"]
        );
        assert_eq!(custom("Matrix", "@whatsapp_1:example.org"), Vec::<String>::new());
        assert_eq!(custom("Shoe size", "42"), Vec::<String>::new());
        let site = |value| {
            chats(NEW, &[("Website 1 - Label", "Profile"), ("Website 1 - Value", value), ("File As", "A")])
        };
        assert_eq!(site("https://matrix.to/#/@ada:example.org"), ["@ada:example.org"]);
        assert_eq!(site("https://signal.me/#p/+447700900123"), ["+447700900123"]);
        let im = |service, value| {
            chats(
                OLD,
                &[
                    ("Name", "A"),
                    ("IM 1 - Type", "Home"),
                    ("IM 1 - Service", service),
                    ("IM 1 - Value", value),
                ],
            )
        };
        assert_eq!(im("Jabber", "ada@example.org"), ["ada@example.org"]);
        assert_eq!(im("Matrix", "@ada:example.org"), ["@ada:example.org"]);
        assert_eq!(im("Google Talk", "ada@example.org"), Vec::<String>::new());
    }

    #[test]
    fn every_encoding() {
        let text = format!("{NEW}\r\n{}\r\n", row(NEW, &[("First Name", "Zoë")]));
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        for bytes in [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), wide, latin.to_vec()]
        {
            let (cards, _, problems) = book(&bytes);
            assert_eq!(cards[0].name.as_ref().map(Foreign::raw), Some("Zoë"));
            assert_eq!(problems.len(), usize::from(bytes == latin.as_ref()));
        }
    }

    #[test]
    fn bad_rows_are_told_and_passed_over() {
        let good = row(NEW, &[("First Name", "A")]);
        let text = format!(
            "{NEW}\n{good}\n\n\nB,too,short\n{}\n\n{good},more\n{good}\n",
            row(NEW, &[("Labels", "* myContacts")])
        );
        let (cards, tally, problems) = book(text.as_bytes());
        assert_eq!(cards.iter().map(|c| c.line).collect::<Vec<_>>(), [2, 9]);
        assert_eq!(tally, Tally { read: 5, kept: 2, rejected: 3 });
        assert_eq!(problems, [("row-ragged", Some(5)), ("row-empty", Some(6)), ("row-ragged", Some(8))]);
    }

    #[test]
    fn a_quote_never_closed_keeps_what_stood_before() {
        let good = row(NEW, &[("First Name", "A")]);
        let (cards, tally, problems) =
            book(format!("{NEW}\n{good}\n{good}\nB,\"open,,\n{}\n", "C,,\n".repeat(50)).as_bytes());
        assert_eq!(cards.len(), 2);
        assert_eq!(tally, Tally { read: 3, kept: 2, rejected: 1 });
        assert_eq!(problems, [("quote-unclosed", Some(4))]);
    }
}
