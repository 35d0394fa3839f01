//! One test for every way in which cards are cut out of a file.

use super::collector::{CARD_CAP, PROPERTY_CAP};
use super::*;

/// Line, text and whether it is whole, of every card.
fn cut(bytes: &[u8]) -> Vec<(u64, String, bool)> {
    let source = bytes.to_vec();
    let mut cards = Cards::open(&source).unwrap();
    let mut out = Vec::new();
    while let Some(card) = cards.next().unwrap() {
        out.push((card.line, String::from_utf8_lossy(card.text).into_owned(), card.complete));
    }
    out
}

/// Only the texts, of a file with one card.
fn one(body: &[u8]) -> String {
    let cards = cut(&[b"BEGIN:VCARD\n", body, b"\nEND:VCARD\n"].concat());
    assert_eq!(cards.len(), 1);
    assert!(cards[0].2);
    cards[0].1.clone()
}

/// What is told of the only card of a file.
fn told(body: &[u8]) -> (String, Option<(u64, u64)>, Option<u64>) {
    let source = [b"BEGIN:VCARD\n", body, b"\nEND:VCARD\n"].concat();
    let mut cards = Cards::open(&source).unwrap();
    let card = cards.next().unwrap().unwrap();
    (String::from_utf8_lossy(card.text).into_owned(), card.garbage, card.too_long)
}

#[test]
fn every_line_end_and_every_mark() {
    let text = "\nbegin:vcard\nVERSION:3.0\nFN:Zoë\n\nEND:VCARD \n\nBEGIN: VCARD\nFN:B\nend:vcard";
    let expected = [(2, "FN:Zoë\n".to_owned(), true), (8, "FN:B\n".to_owned(), true)];
    for end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let text = text.replace('\n', end);
        assert_eq!(cut(text.as_bytes()), expected, "{end:?}");
        assert_eq!(cut(format!("\u{feff}{text}").as_bytes()), expected, "{end:?}");
        for (mark, order) in
            [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
        {
            let wide: Vec<u8> = mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect();
            assert_eq!(cut(&wide), expected, "{end:?}");
        }
    }
    assert_eq!(cut("BEGIN:VCARD\nEND:VCARD\n\u{feff}BEGIN:VCARD\nEND:VCARD".as_bytes()).len(), 2);
    assert_eq!(cut(b""), []);
}

#[test]
fn c10_cards_with_other_line_ends_are_not_lost_beside_each_other() {
    let card = |name: &str, end: &str| format!("BEGIN:VCARD{end}FN:{name}{end}END:VCARD{end}");
    for ends in [["\r\n", "\r", "\r\n"], ["\r", "\r\n", "\r"], ["\n", "\r", "\r"], ["\r", "\r", "\n"]] {
        let text: String = ["A", "B", "C"].iter().zip(ends).map(|(name, end)| card(name, end)).collect();
        let expected: Vec<(u64, String, bool)> =
            [(1, "A"), (4, "B"), (7, "C")].map(|(line, name)| (line, format!("FN:{name}\n"), true)).into();
        assert_eq!(cut(text.as_bytes()), expected, "{ends:?}");
    }
    assert_eq!(one(b"FN:A\rTEL:1"), "FN:A\nTEL:1\n");
    // Neither the first block nor the longest tells of the others.
    let many = format!("{}{}", card("A", "\r").repeat(10_000), card("B", "\n").repeat(10_000));
    assert_eq!(cut(many.as_bytes()).iter().filter(|(.., whole)| *whole).count(), 20_000);
}

#[test]
fn c07_an_unfinished_card_spoils_only_itself() {
    let text = "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nBEGIN:VCARD\nFN:C\nEND:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:D";
    let lines: Vec<(u64, bool)> = cut(text.as_bytes()).into_iter().map(|c| (c.0, c.2)).collect();
    assert_eq!(lines, [(1, true), (4, false), (6, true), (10, false), (11, false)]);
}

#[test]
fn c07_a_card_in_an_agent_is_a_card_of_its_own() {
    let agent = "BEGIN:VCARD\nFN:Ag\n ent\nAGENT:\nBEGIN:VCARD\nFN:Deep\nEND:VCARD\nTEL:1\nEND:VCARD";
    let in_line = "AGENT:BEGIN:VCARD\\nFN:Ag\\n ent\\nEMAIL\\;X=1:b@example.org\\nTEL:1\\nEND:VCARD\\n";
    for (lines, line, text) in [
        (format!("AGENT:\n{agent}"), 4, "FN:Agent\nTEL:1\n"),
        (format!("AGENT:\n\n{agent}"), 5, "FN:Agent\nTEL:1\n"),
        (format!("item1.agent;X=1:{agent}"), 3, "FN:Agent\nTEL:1\n"),
        (in_line.to_owned(), 3, "FN:Agent\nEMAIL;X=1:b@example.org\nTEL:1\n"),
        (in_line.replace(":b@", ":\n b@"), 3, "FN:Agent\nEMAIL;X=1:b@example.org\nTEL:1\n"),
    ] {
        let file = format!("BEGIN:VCARD\nFN:A\n{lines}\nTEL:2\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD");
        let cards: Vec<(u64, String)> = cut(file.as_bytes()).into_iter().map(|c| (c.0, c.1)).collect();
        assert_eq!(cards.len(), 3, "{lines}");
        assert_eq!(cards[0], (1, "FN:A\nTEL:2\n".to_owned()), "{lines}");
        assert_eq!(cards[1], (line, text.to_owned()), "{lines}");
        assert!(cut(file.as_bytes()).iter().all(|(.., complete)| *complete), "{lines}");
    }
    // One that never ends takes the end of the card around it, and no other.
    let text = format!(
        "BEGIN:VCARD\nFN:A\nAGENT:\n{}\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD",
        "BEGIN:VCARD\nFN:B"
    );
    let cards: Vec<(u64, bool)> = cut(text.as_bytes()).into_iter().map(|c| (c.0, c.2)).collect();
    assert_eq!(cards, [(1, false), (4, true), (7, true)]);
    // Where the file ends in it, neither is whole.
    let cards = cut(b"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B");
    assert_eq!(cards, [(1, "FN:A\n".to_owned(), false), (4, "FN:B\n".to_owned(), false)]);
    let cards = cut(b"BEGIN:VCARD\nFN:A\nAGENT:BEGIN:VCARD\\nFN:B\nEND:VCARD");
    assert_eq!(cards, [(1, "FN:A\n".to_owned(), true), (3, "FN:B\n".to_owned(), false)]);
}

#[test]
fn c07_what_stands_in_no_card_is_told() {
    let text = "# mine\n\nBEGIN:VCARD\nFN:A\nEND:VCARD\nFN:Lost\nTEL:1\n\nBEGIN:VCARD\nFN:B\nEND:VCARD\nX\n"
        .as_bytes()
        .to_vec();
    let mut cards = Cards::open(&text).unwrap();
    while cards.next().unwrap().is_some() {}
    assert_eq!(cards.outside(), Some((1, 4)));
}

#[test]
fn c07_a_card_that_stands_deeper_is_told_and_a_link_is_none() {
    for (agents, told) in [
        ("AGENT:\nBEGIN:VCARD\nFN:B\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD", &[None, Some((6, 1))][..]),
        ("AGENT:\nBEGIN:VCARD\nAGENT:BEGIN:VCARD\\nFN:C\\nEND:VCARD\nEND:VCARD", &[None, Some((5, 1))]),
        (
            "AGENT:BEGIN:VCARD\\nAGENT:BEGIN:VCARD\\\\nFN:C\\\\nEND:VCARD\\nEND:VCARD\nAGENT:BEGIN:VCARD\nEND:VCARD",
            &[None, Some((3, 1)), None],
        ),
        (
            &*"AGENT:BEGIN:VCARD\\nFN:B\\nEND:VCARD\n".repeat(17),
            &[&[Some((19, 1))][..], &[None; 16]].concat(),
        ),
        ("AGENT;VALUE=uri:https://example.org/b.vcf", &[None]),
        ("AGENT:Bo, the agent", &[None]),
    ] {
        let source = format!("BEGIN:VCARD\nFN:A\n{agents}\nTEL:1\nEND:VCARD\n").into_bytes();
        let mut cards = Cards::open(&source).unwrap();
        let mut inner = Vec::new();
        while let Some(card) = cards.next().unwrap() {
            inner.push(card.inner);
        }
        assert_eq!(inner, told, "{agents}");
    }
}

#[test]
fn c08_folds_and_soft_breaks() {
    assert_eq!(
        one(b"FN:Zo\xc3\r\n \xabe\r\n\t L\r\n\r\nTEL;\n TYPE=cell:\n +33"),
        "FN:Zoëe L\nTEL;TYPE=cell:+33\n"
    );
    let soft = b"FN;ENCODING=QUOTED-PRINTABLE:=C3=\n=89lodie=20=\n Roux\nTEL:1=\nTEL:2";
    assert_eq!(one(soft), "FN;ENCODING=QUOTED-PRINTABLE:=C3=89lodie=20 Roux\nTEL:1=\nTEL:2\n");
    // A soft break before the end swallows nothing.
    assert_eq!(one(b"FN;QUOTED-PRINTABLE:A="), "FN;QUOTED-PRINTABLE:A\n");
}

#[test]
fn c08_media_are_passed_over() {
    let base64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3ODkwMTIzNDU2Nzg5\n";
    for (header, indent) in [
        ("PHOTO;ENCODING=b;TYPE=JPEG:", " "),
        ("item2.photo;BASE64;JPEG:", ""),
        ("X-ICON;ENCODING=BASE64:", ""),
        ("LOGO:data:image/png;base64,", ""),
    ] {
        let lines = format!("{indent}{base64}").repeat(5_000);
        let body = format!("FN:A\n{header}{lines}\nTEL:1");
        assert_eq!(told(body.as_bytes()), ("FN:A\nTEL:1\n".to_owned(), None, None), "{header}");
    }
    let line = format!("FN:A\nPHOTO:{}\nTEL:1", base64.trim_end().repeat(20_000));
    assert_eq!(told(line.as_bytes()), ("FN:A\nTEL:1\n".to_owned(), None, None));
}

#[test]
fn c09_a_hundred_thousand_folds_are_one_skipped_property() {
    for name in ["FN", "NOTE"] {
        let body = format!("N:A\n{name}:x{}\nTEL:1", "\n abcdefgh".repeat(100_000));
        assert_eq!(told(body.as_bytes()), ("N:A\nTEL:1\n".to_owned(), None, Some(3)), "{name}");
    }
    let many = "TEL:+33639980001\n".repeat(100_000);
    let (text, _, too_long) = told(many.as_bytes());
    assert!(text.len() < CARD_CAP + PROPERTY_CAP && too_long.is_some());
}

#[test]
fn garbage_is_counted_and_dropped() {
    let body = b"FN:A\nthis is no property\n nor this\n: nor this\nFN\nTEL;nothing\nX-NOTHING\nTEL:1";
    assert_eq!(told(body), ("FN:A\nTEL:1\n".to_owned(), Some((3, 5)), None));
    assert_eq!(told(b" folded into nothing:\nTEL:1").0, "TEL:1\n");
}
