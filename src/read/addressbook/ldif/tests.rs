//! LDIF as programs write it, and as they should not.

use super::*;
use crate::model::foreign::Foreign;

/// Codes and lines of problems.
type Told = Vec<(&'static str, Option<u64>)>;

fn book(text: &[u8]) -> (Vec<Card>, Tally, Told) {
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
        let chats: Vec<&str> = ada.addresses.iter().map(crate::model::identity::Address::as_str).collect();
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
    assert_eq!(problems, [("card-garbage", Some(3)), ("card-empty", Some(6)), ("card-too-long", Some(8))]);
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
