//! Google's contacts, in the old form and the new.

use super::*;
use crate::model::finding::Card;
use crate::model::foreign::Foreign;

/// Whether it is surely an address book's own export.
fn is_google(head: &[u8]) -> bool {
    recognise(head) == Some(Maker::Program)
}

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
    for good in [NEW, OLD, "Name,Yomi Name,Group Membership", "\u{feff}Name,\"E-mail 1 - Value\"\r\nA,b"] {
        assert!(is_google(good.as_bytes()), "{good}");
        assert!(is_google(good.replace(',', ";").as_bytes()), "{good}");
    }
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(OLD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(is_google(&wide));
    for bad in [
        "",
        "Name,Phone\nA,E-mail 1 - Value",
        "First Name,Last Name,Mobile Phone,E-mail Address",
        "Phone 1 - Value is a text\n",
    ] {
        assert!(!is_google(bad.as_bytes()), "{bad}");
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
            &[("Name", "A"), ("IM 1 - Type", "Home"), ("IM 1 - Service", service), ("IM 1 - Value", value)],
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
    for bytes in [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), wide, latin.to_vec()] {
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
