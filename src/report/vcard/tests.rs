//! Cards as they are written, and as they are read back.

use super::super::sample;
use super::*;
use crate::model::finding::Card;
use crate::model::identity::{Email, Jid, Mxid};
use crate::model::{Finding, Grade, Holding, Phone};
use crate::read::whatsapp::chat::Options;

const NOW: &str = "2021-01-31";

fn written(people: &[Checked]) -> Cards {
    cards(people, &OwnBook::default(), sample::at(NOW))
}

/// What transhume's own reader finds in the cards.
fn read(cards: &Cards) -> Vec<Card> {
    let options = Options { today: sample::at(NOW).date(), siblings: None, date_order: None };
    let bytes = cards.text.as_bytes().to_vec();
    let reading = crate::read::read(crate::model::Kind::Vcard, &bytes, "x.vcf", &options).unwrap();
    match reading.finding {
        Some(Finding::Book(book)) => book.cards.clone(),
        _ => Vec::new(),
    }
}

fn lines(cards: &Cards) -> Vec<String> {
    cards.text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// Somebody at these addresses, of which a book tells.
fn at_home(person: Checked, addresses: &[Address]) -> Checked {
    let template = sample::matrix("@x:example.org", true, None);
    let said = addresses.iter().map(|address| Evidence {
        channel: address.channel(),
        address: Some(address.clone()),
        ..template.clone()
    });
    Checked::new(person.contact, said.collect(), sample::at(NOW))
}

fn mxid(text: &str) -> Address {
    Address::Mxid(Mxid::parse(text).unwrap())
}

#[test]
fn a_card_holds_the_whole_contact() {
    let mut ada = sample::person(1, Some("Ada L."), &[]);
    ada.contact.phones.extend(Phone::from_digits("33639980199"));
    ada.contact.emails.extend(Email::parse("ada@example.org"));
    let jid = Address::Jid(Jid::parse("ada@example.net").unwrap());
    let ada = at_home(ada, &[mxid("@ada:example.org"), mxid("@lovelace:example.org"), jid]);
    let cards = written(&[ada]);
    let expected = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "UID:urn:uuid:00000000-0000-8000-8100-7472616e7368",
        "FN:Ada L.",
        "N:;Ada L.;;;",
        "TEL:+33639980101",
        "TEL:+33639980199",
        "EMAIL:ada@example.org",
        "IMPP;PREF=1:matrix:u/ada:example.org",
        "IMPP:matrix:u/lovelace:example.org",
        "IMPP:xmpp:ada@example.net",
        "END:VCARD",
    ];
    assert_eq!(lines(&cards), expected);
    assert_eq!((cards.count, cards.problems.len()), (1, 0));
    assert!(cards.text.lines().all(|line| line.len() <= 75), "{}", cards.text);
}

#[test]
fn only_what_is_believed_now_becomes_an_address() {
    let gone = Evidence { holding: Holding::Unregistered, ..sample::signal(1, "2021-01-25") };
    let heard = sample::matrix("@heard:example.org", false, Some("2021-01-01"));
    let old = sample::matrix("@old:example.org", true, Some("2018-01-01"));
    let own = sample::matrix("@own:example.org", true, Some("2020-12-01"));
    let ada = sample::person(1, Some("Ada"), &[sample::signal(1, "2021-01-24"), gone, heard, old, own]);
    let addresses: Vec<String> =
        lines(&written(&[ada])).into_iter().filter(|l| l.contains("://") || l.starts_with("IMPP")).collect();
    assert_eq!(addresses, ["IMPP:matrix:u/own:example.org"]);
    // Nothing but what is likely: no address at all.
    let heard = Evidence { grade: Grade::C, ..sample::matrix("@heard:example.org", false, None) };
    let text = written(&[sample::person(1, Some("Ada"), &[heard])]).text;
    assert!(!text.contains("heard"), "{text}");
}

#[test]
fn signal_is_a_link_that_opens_a_chat() {
    let cards = written(&[sample::person(1, Some("Ada"), &[sample::signal(1, "2021-01-24")])]);
    assert!(cards.text.contains("\r\nURL:https://signal.me/#p/+33639980101\r\n"), "{}", cards.text);
    assert_eq!(read(&cards)[0].addresses, [Address::Phone(sample::phone(1))]);
}

#[test]
fn the_excluded_are_in_the_book_and_strangers_are_not() {
    let never =
        sample::excluded(sample::person(1, Some("Never"), &[sample::matrix("@n:example.org", true, None)]));
    let mut stranger = sample::person(2, Some("Push name"), &[]);
    stranger.contact.saved = false;
    let mut listed = sample::person(3, None, &[]);
    listed.contact.saved = false;
    let book = OwnBook {
        listed: [2].into(),
        written: [(2, [Foreign::from("3639")].into())].into(),
        ..OwnBook::default()
    };
    let cards = cards(&[never, stranger, listed], &book, sample::at(NOW));
    let text = &cards.text;
    assert!(text.contains("FN:Never\r\n") && text.contains("IMPP:matrix:u/n:example.org"), "{text}");
    assert!(!text.contains("Push name") && !text.contains("+33639980102"), "{text}");
    // Who has no name is called by the number, and still has none.
    assert!(text.contains("FN:+33639980103\r\nTEL:+33639980103\r\nTEL:3639\r\n"), "{text}");
    assert_eq!(read(&cards)[1].name, None);
}

#[test]
fn companies_stay_companies() {
    let mut dentist = sample::person(1, Some("Dentist & Sons"), &[]).contact;
    dentist.id = ContactId::known("");
    let book = OwnBook { others: vec![(dentist, [Foreign::from("36 39")].into())], ..OwnBook::default() };
    let cards = cards(&[], &book, sample::at(NOW));
    assert!(
        cards.text.contains("KIND:org\r\nFN:Dentist & Sons\r\nTEL:")
            && cards.text.contains("ORG:")
            && !cards.text.contains("UID"),
        "{}",
        cards.text
    );
    let card = &read(&cards)[0];
    assert!(card.company);
    assert_eq!(card.phones.iter().map(|p| p.text.raw()).collect::<Vec<_>>(), ["+33639980101", "36 39"]);
}

#[test]
fn d11_hostile_names_make_no_properties_and_come_back() {
    let more = [
        "x\nTEL:+12025550199",
        "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:y",
        "x\rTEL:+12025550199",
        "a;b,c:d\\n\\",
        "\\",
        "a\u{85}TEL:+12025550199\u{2028}TEL:1\u{b}\u{c}",
        ";;;;",
        "item1.TEL:+12025550199",
        "=0D=0ATEL:+12025550199",
        "\u{feff}BEGIN:VCARD",
    ];
    for name in sample::HOSTILE.into_iter().chain(more) {
        let mut person = sample::person(1, Some(name), &[]);
        person.contact.emails = crate::model::Few::default();
        let cards = written(&[person]);
        assert_eq!((cards.count, cards.problems.len()), (1, 0), "{name:?}: {}", cards.text);
        assert_eq!(cards.text.matches("\r\n").count(), cards.text.matches('\n').count(), "{name:?}");
        assert!(!cards.text.contains(|c: char| c.is_control() && c != '\r' && c != '\n'), "{name:?}");
        let back = read(&cards);
        assert_eq!(back.len(), 1, "{name:?}: {}", cards.text);
        assert_eq!(back[0].phones.len(), 1, "{name:?}: {}", cards.text);
        assert_eq!(back[0].name, Some(Foreign::new(vcard_text(&Foreign::from(name)))), "{name:?}");
        // And as another parser sees it.
        let strict = parse_vcards(&cards.text).unwrap();
        assert_eq!(strict[0].get_properties_by_name("TEL").len(), 1, "{name:?}");
    }
}

#[test]
fn d18_a_name_of_ten_thousand_letters_is_folded_between_characters() {
    let long = "é🐑".repeat(5_000);
    let cards = written(&[sample::person(1, Some(&long), &[])]);
    assert!(cards.text.split("\r\n").all(|line| line.len() <= 75));
    assert_eq!(cards.count, 1);
    let strict = parse_vcards(&cards.text).unwrap();
    assert_eq!(strict[0].get_properties_by_name("TEL").len(), 1);
    assert_eq!(lines(&cards).iter().filter(|line| line.contains(&long)).count(), 2, "FN and N");
}

#[test]
fn what_a_strict_parser_refuses_is_a_problem_and_costs_no_other_card() {
    let mut cards = Cards::default();
    let contact = sample::person(1, Some("Ada"), &[]).contact;
    let bad = VCardEntry::new(VCardProperty::Other("BAD NAME".to_owned()));
    cards.add(&contact, vec![bad.with_value(VCardValue::Text("x".to_owned()))]);
    let good = sample::person(2, Some("Bo"), &[]).contact;
    cards.add(&good, entries(&good, &BTreeSet::new(), &[]));
    assert_eq!((cards.count, cards.text.contains("BAD")), (1, false));
    let [problem] = cards.problems.as_slice() else { panic!("{:?}", cards.problems) };
    assert_eq!((problem.code, problem.quote.as_ref().unwrap().raw()), (Code::CardUnwritten, "Ada"));
    // More properties than were meant are as bad as none.
    assert!(!is_strict("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nTEL:+12025550199\r\nEND:VCARD\r\n", 1));
    assert!(is_strict("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD\r\n", 1));
}
