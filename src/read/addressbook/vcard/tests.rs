//! One test for every rule and dialect of the vCard reader.

use super::*;

/// Codes and lines of problems.
type Told = Vec<(&'static str, Option<u64>)>;

fn book(text: &[u8]) -> (Vec<Card>, Tally, Told) {
    let mut problems = Vec::new();
    let (book, tally) = read(&text.to_vec(), &mut problems).unwrap();
    assert_eq!(tally.read, tally.kept + tally.rejected);
    (book.cards, tally, problems.iter().map(|p| (p.code.id(), p.line)).collect())
}

fn one(body: &str) -> Card {
    let (mut cards, tally, problems) = book(format!("BEGIN:VCARD\n{body}\nEND:VCARD\n").as_bytes());
    assert_eq!((tally.kept, problems.len(), cards.len()), (1, 0, 1), "{body}: {problems:?}");
    cards.remove(0)
}

fn shown(body: &str) -> (String, bool) {
    let card = one(body);
    (card.name.map(|n| n.raw().to_owned()).unwrap_or_default(), card.company)
}

fn phones(body: &str) -> Vec<(String, Option<String>, bool)> {
    let phones = one(body).phones.into_iter();
    phones.map(|p| (p.text.raw().to_owned(), p.waid.map(|w| w.as_str().to_owned()), p.signal)).collect()
}

fn chats(body: &str) -> Vec<String> {
    one(&format!("FN:A\n{body}")).addresses.iter().map(|a| format!("{} {}", a.kind(), a.as_str())).collect()
}

#[test]
fn recognised_by_its_beginning() {
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("BEGIN:VCARD\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(is_vcard(&wide));
    for good in [
        "BEGIN:VCARD\nVERSION:3.0",
        "\u{feff}\r\n\r\nbegin:vcard\r\n",
        "\rBEGIN: VCARD\rFN:A",
        "TEL;CELL:1\nEND:VCARD\nBEGIN:VCARD\n",
    ] {
        assert!(is_vcard(good.as_bytes()), "{good:?}");
    }
    for bad in [
        "",
        "BEGIN:VCALENDAR\n",
        "see BEGIN:VCARD\n",
        "Name,BEGIN:VCARD",
        "BEGIN:VCARDS",
        "31/12/2023, 21:41 - Ada: FN\nBEGIN:VCARD",
        "BEGIN:VCALENDAR\nBEGIN:VCARD",
    ] {
        assert!(!is_vcard(bad.as_bytes()), "{bad:?}");
    }
}

#[test]
fn lines_before_the_first_card_cost_no_card() {
    let card = "BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n";
    for heading in ["Exported by phone\r\n", "# my contacts\r\n\r\n", "one\r\ntwo: 2\r\n"] {
        let text = format!("{heading}{card}");
        assert!(!is_vcard(text.as_bytes()) && is_vcard_with_a_heading(text.as_bytes()), "{heading}");
        let looks = crate::read::recognise::recognise(text.as_bytes());
        assert_eq!(looks, crate::read::recognise::Looks::Like(Kind::Vcard), "{heading}");
        let (book, _) = read(&text.into_bytes(), &mut Vec::new()).unwrap();
        assert_eq!(book.cards.len(), 1, "{heading}");
    }
    for other in
        ["BEGIN:VCALENDAR\nBEGIN:VCARD\n", "see BEGIN:VCARD", "", &format!("{}{card}", "x\n".repeat(9))]
    {
        assert!(!is_vcard_with_a_heading(other.as_bytes()), "{other}");
    }
}

#[test]
fn names_in_order_of_preference() {
    let all = ["FN:Ada L.", "N:Lovelace;Ada;;;", "NICKNAME:Countess,Ada", "ORG:Engines;Analytical"];
    assert_eq!(shown(&all.join("\n")), ("Ada L.".into(), false));
    assert_eq!(shown(&all[1..].join("\n")), ("Ada Lovelace".into(), false));
    assert_eq!(shown(&all[2..].join("\n")), ("Countess".into(), false));
    assert_eq!(shown(all[3]), ("Engines".into(), true));
    assert_eq!(shown("FN:\nN:;;;;\nORG:Engines;"), ("Engines".into(), true));
    assert_eq!(shown("FN:Engines\nN:;;;;\nORG:Engines;\nX-ABShowAs:COMPANY"), ("Engines".into(), true));
    assert_eq!(shown("FN:Engines\nORG:Engines"), ("Engines".into(), true));
    assert_eq!(shown("FN:Engines Ltd\nX-WA-BIZ-NAME:Engines"), ("Engines Ltd".into(), true));
    assert_eq!(shown("KIND:org\nFN:Engines"), ("Engines".into(), true));
    assert_eq!(shown("N:Smith, Jr;John;Q.;Dr;PhD"), ("Dr John Q. Smith, Jr, PhD".into(), false));
    assert_eq!(shown("FN:Ada\\, \\;the\\\\ first\\nlady"), ("Ada, ;the\\ first\nlady".into(), false));
    assert_eq!(one("TEL:+33639980001").name, None);
}

#[test]
fn dialect_2_1() {
    let body = "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=51=75=69=6C=6C;=C3=89=\n=6C=6F=64=69=65;;;\nTEL;CELL;PREF:+447700900123\nTEL;X-Signal:+33639980001\nTEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=75):06 39 98 00 02\nEMAIL;HOME:Ada@Example.org\nPHOTO;ENCODING=BASE64;JPEG:QUJD\nQUJD\n";
    let card = one(body);
    assert_eq!(card.name.as_ref().map(Foreign::raw), Some("Élodie Quill"));
    assert_eq!(card.emails[0].as_str(), "ada@example.org");
    let numbers: Vec<_> = card.phones.iter().map(|p| (p.text.raw(), p.signal)).collect();
    assert_eq!(numbers, [("+447700900123", false), ("+33639980001", true), ("06 39 98 00 02", false)]);
}

#[test]
fn c01_grouped_numbers_belong_to_one_person() {
    let body = "FN:A\nitem1.TEL;type=pref:+33 6 39 98 00 01\nitem1.X-ABLabel:_$!<Mobile>!$_\nITEM2.TEL:+33 6 39 98 00 02\nitem2.X-ABLABEL:Signal\nTEL;type=CELL:+33 6 39 98 00 03";
    let numbers: Vec<_> = phones(body).into_iter().map(|p| (p.0, p.2)).collect();
    assert_eq!(
        numbers,
        [
            ("+33 6 39 98 00 01".into(), false),
            ("+33 6 39 98 00 02".into(), true),
            ("+33 6 39 98 00 03".into(), false)
        ]
    );
}

#[test]
fn c02_numbers_in_every_writing() {
    for (line, number) in [
        ("TEL:+33.6.39.98.00.01", "+33639980001"),
        ("TEL;VALUE=uri;TYPE=\"voice,cell\";PREF=1:tel:+33-6-39-98-00-01;ext=5", "+33639980001"),
        ("TEL;TYPE=cell;VALUE=integer:+33639980001", "+33639980001"),
        ("TEL:+33 (0)6 39 98 00 01", "+33639980001"),
        ("item1.TEL;waid=447700900123:07700 900123", "+447700900123"),
        ("item1.TEL;WAID=\"447700900123\";type=CELL:+44 7700 900999", "+447700900123"),
    ] {
        let card = one(&format!("FN:A\n{line}"));
        assert_eq!(card.phones.len(), 1, "{line}");
        assert_eq!(card.phones[0].place(None).unwrap().as_str(), number, "{line}");
    }
    assert_eq!(phones("TEL;waid=0:06 39 98 00 01"), [("06 39 98 00 01".into(), None, false)]);
}

#[test]
fn chat_addresses_wherever_they_stand() {
    for line in [
        "IMPP:matrix:@ada:example.org",
        "IMPP;PREF=1:matrix:u/ada:example.org",
        "IMPP;X-SERVICE-TYPE=matrix:@ada:example.org",
        "IMPP;SERVICE-TYPE=Matrix:matrix:u/ada:example.org",
        "X-MATRIX:@ada:example.org",
        "X-MATRIX-ID:@ada:example.org",
        "X-SOCIALPROFILE;TYPE=matrix:@ada:example.org",
        "X-SOCIALPROFILE;type=matrix;x-user=\"@ada:example.org\":https://example.org/ada",
        "SOCIALPROFILE;SERVICE-TYPE=Matrix:https://matrix.to/#/@ada:example.org",
        "URL;type=HOME:https://matrix.to/#/@ada:example.org",
        "item3.URL:https\\://matrix.to/#/%40ada%3Aexample.org",
        "GROUP3.IMPP;TYPE=x-matrix:ada:example.org",
        "item1.TEL:@ada:example.org\nitem1.X-ABLabel:Matrix",
        "EMAIL:@ada:example.org",
        "NOTE:Matrix: @ada:example.org",
        "NOTE:met in May\\, her Matrix\\nis @ada:example.org",
        "NOTE;ENCODING=QUOTED-PRINTABLE:Matrix=3A =40ada:exam=\nple.org",
    ] {
        assert_eq!(chats(line), ["mxid @ada:example.org"], "{line}");
    }
    for line in [
        "IMPP;PREF=1:xmpp:ada@example.org",
        "X-JABBER;HOME:ada@example.org",
        "IMPP;X-SERVICE-TYPE=Jabber;type=HOME:xmpp:ada@example.org",
        "IMPP;X-SERVICE-TYPE=xmpp:xmpp:ada@example.org",
        "X-SOCIALPROFILE;TYPE=xmpp:ada@example.org",
        "URL:xmpp:ada@example.org",
        "NOTE:XMPP: ada@example.org",
    ] {
        assert_eq!(chats(line), ["jid ada@example.org"], "{line}");
    }
    for line in [
        "IMPP;X-SERVICE-TYPE=signal:signal:+447700900123",
        "X-SIGNAL:+44 7700 900123",
        "URL:https://signal.me/#p/+447700900123",
    ] {
        assert_eq!(chats(line), ["phone +447700900123"], "{line}");
    }
    assert_eq!(chats("item1.IMPP:ada.42\nitem1.X-ABLabel:Signal"), ["signal-username ada.42"]);
    for line in [
        "IMPP:matrix:@signal_aa:example.org",
        "IMPP;X-SERVICE-TYPE=Skype:skype:ada",
        "X-SOCIALPROFILE;type=twitter;x-user=ada:http://example.org/ada",
        "URL:https://example.org",
        "IMPP:",
        "X-GTALK:ada@example.org",
        "X-SKYPE:ada",
        "IMPP:sip:ada@example.org",
        "IMPP:tg:ada",
        "NOTE:Paul is on Matrix: @paul:example.org",
    ] {
        assert_eq!(chats(line), Vec::<String>::new(), "{line}");
    }
    assert_eq!(phones("URL:https://wa.me/447700900123")[0].1.as_deref(), Some("+447700900123"));
}

#[test]
fn groups_are_kept_without_being_people_and_the_empty_are_rejected() {
    let text = "BEGIN:VCARD\nKIND:group\nFN:Choir\nMEMBER:urn:uuid:1\nEND:VCARD\nBEGIN:VCARD\nX-ADDRESSBOOKSERVER-KIND:group\nFN:Choir\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nNOTE:x\nTEL:\nEND:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD";
    let (cards, tally, problems) = book(text.as_bytes());
    assert_eq!((cards.len(), cards[0].line), (1, 15));
    assert_eq!(tally, Tally { read: 4, kept: 3, rejected: 1 });
    assert_eq!(problems, [("card-empty", Some(10))]);
}

#[test]
fn c07_problems_name_their_line_and_the_rest_is_kept() {
    let text = "END:VCARD\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\ngarbage\nEND:VCARD\nBEGIN:VCARD\nFN:C";
    let (cards, tally, problems) = book(text.as_bytes());
    assert_eq!(cards.len(), 1);
    assert_eq!(tally, Tally { read: 4, kept: 1, rejected: 3 });
    let unfinished = |line| ("card-unfinished", Some(line));
    assert_eq!(problems, [unfinished(1), unfinished(2), ("card-garbage", Some(6)), unfinished(8)]);
}

#[test]
fn c10_raw_bytes_of_another_encoding_are_told_once() {
    let (cards, _, problems) =
        book(b"BEGIN:VCARD\nVERSION:9.9\nFN:Zo\xeb\nEND:VCARD\nBEGIN:VCARD\nFN:\xc9lodie\nEND:VCARD\nBEGIN:VCARD\nFN:Zo\xc3\xab\nEND:VCARD");
    let names: Vec<_> = cards.iter().filter_map(|c| c.name.as_ref()).map(Foreign::raw).collect();
    assert_eq!(names, ["Zoë", "Élodie", "Zoë"]);
    assert_eq!(problems, [("other-encoding", Some(1))]);
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60), noise in proptest::collection::vec(proptest::num::u8::ANY, 0..40)) {
        let mut bytes = pieces.concat().into_bytes();
        let at = bytes.len() / 2;
        bytes.splice(at..at, noise);
        book(&bytes);
    }
}

const PIECES: &[&str] = &[
    "BEGIN:VCARD\n",
    "END:VCARD\n",
    "FN:",
    "N:",
    "TEL",
    "IMPP",
    "URL:",
    "EMAIL:",
    "ORG:",
    "item1.",
    "X-ABLabel:Signal",
    ";",
    ":",
    ",",
    "\\",
    "\"",
    "=",
    "=C3",
    "=\n",
    "\n",
    "\r",
    "\n ",
    "ENCODING=QUOTED-PRINTABLE",
    "ENCODING=b",
    "CHARSET=utf-16",
    "VALUE=date",
    "TYPE=",
    "PREF=99999999999999999999",
    "X-CUSTOM(",
    ")",
    "waid=",
    "matrix:u/",
    "matrix:",
    "@",
    "+33639980001",
    "data:;base64,",
    "AGENT:",
    "JSCOMPS=\"s,;1,2\"",
    "CREATED=1985",
    "\u{feff}",
    "é",
    "KIND:",
    "https://matrix.to/#/",
    "%",
    "%4",
];
