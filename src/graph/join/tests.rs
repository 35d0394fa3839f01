//! Who is joined with whom, and who is not: one test for every rule, through
//! the readers, so that what is tried is what stands in files.

use std::collections::BTreeSet;

use crate::graph::question::Answer;
use crate::graph::region::By;
use crate::graph::{Decisions, Graph, Ledger, Open, Source, derive, derive_with};
use crate::model::contact::Why;
use crate::model::mark::{Mark, Sign};
use crate::model::phone::RegionCode;
use crate::model::{Code, Contact, ContactId, Email, Finding, Foreign, Kind, Moment, Phone, Ruling};
use crate::read;

/// A file that was read.
fn file(path: &str, kind: Kind, text: &str) -> Source {
    let today = Moment::parse("2021-01-31T18:00:00Z").unwrap().date();
    let options = read::whatsapp::chat::Options { today, siblings: None, date_order: None };
    let name = path.rsplit('/').next().unwrap_or(path);
    let reading = read::read(kind, &text.as_bytes().to_vec(), name, &options).unwrap();
    Source { path: Foreign::from(path), finding: reading.finding.unwrap() }
}

/// A book of cards, each of a name and properties.
fn book(path: &str, cards: &[(&str, &[&str])]) -> Source {
    let cards = cards.iter().map(|(name, properties)| {
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\n{}\nEND:VCARD\n", properties.join("\n"))
    });
    file(path, Kind::Vcard, &cards.collect::<String>())
}

/// A chat in which these wrote, with two messages each.
fn chat(path: &str, writers: &[&str]) -> Source {
    let line = |(minute, name): (usize, &&str)| format!("24/01/2021, 21:{minute:02} - {name}: hi\n");
    let text: String = writers.iter().chain(writers).enumerate().map(line).collect();
    file(path, Kind::WhatsappChat, &text)
}

fn direct(name: &str) -> Source {
    chat(&format!("chats/WhatsApp Chat with {name}.txt"), &["Me", name])
}

fn graph_of(sources: &[Source], decisions: &Decisions) -> Graph {
    let mut next = 0_u64;
    let mut fresh = || {
        next += 1;
        ContactId::from_random(next.to_be_bytes())
    };
    derive(sources, decisions, &mut Ledger::default(), &mut fresh)
}

fn graph(sources: &[Source]) -> Graph {
    graph_of(sources, &Decisions { me: vec![Foreign::from("Me")], ..Decisions::default() })
}

/// Names, numbers and messages of everybody, in order.
fn people(graph: &Graph) -> Vec<String> {
    let one = |c: &Contact| {
        let names: Vec<&str> = c.names.iter().map(Foreign::raw).collect();
        let phones: Vec<&str> = c.phones.iter().map(crate::model::Phone::as_str).collect();
        format!("{} {} {}", names.join("/"), phones.join("/"), c.messages)
    };
    let mut all: Vec<String> = graph.contacts.iter().map(one).collect();
    all.sort();
    all
}

/// The kinds of reasons that the contact of that name has.
fn reasons(graph: &Graph, name: &str) -> BTreeSet<Why> {
    let named = graph.contacts.iter().filter(|c| c.names.iter().any(|n| n.raw() == name));
    named.flat_map(|c| &c.reasons).map(|r| r.why).collect()
}

const ADA: &str = "TEL;TYPE=CELL:+33 6 39 98 01 01";
const BO: &str = "TEL;TYPE=CELL:+33 6 39 98 01 02";
const FIXED: &str = "TEL;TYPE=HOME:+33 1 99 00 12 34";
const MAIL: &str = "EMAIL:ada@example.org";

#[test]
fn across_books_differing_names_do_not_hinder() {
    for shared in [ADA, MAIL, "IMPP:matrix:u/ada:example.org"] {
        let graph =
            graph(&[book("a.vcf", &[("Ada", &[shared])]), book("b.vcf", &[("Mrs Quill", &[shared])])]);
        assert_eq!(graph.contacts.len(), 1, "{shared}");
        assert!(graph.review.is_empty());
        assert_eq!(reasons(&graph, "Ada").len(), 1);
    }
}

#[test]
fn c12_within_a_book_they_do() {
    for shared in [ADA, MAIL, "IMPP:matrix:u/ada:example.org"] {
        let graph = graph(&[
            book("a.vcf", &[("Ada", &[shared]), ("Bo", &[shared])]),
            book("b.vcf", &[("Ada", &[shared])]),
        ]);
        assert_eq!(graph.contacts.len(), 2, "{shared}");
        assert_eq!(graph.review[0].open, Open::SharedIdentity);
        assert!(reasons(&graph, "Bo").contains(&Why::SharedWithinBook));
        // The same name on two cards is one person, and that is a join with a reason.
        assert_eq!(reasons(&graph, "Ada").len(), 2);
    }
}

#[test]
fn c12_a_household_stays_several_people() {
    let together = [book("a.vcf", &[("Ada", &[FIXED, ADA]), ("Bo", &[FIXED, BO])])];
    let apart = [book("a.vcf", &[("Ada", &[FIXED])]), book("b.vcf", &[("Bo", &[FIXED])])];
    for sources in [&together[..], &apart[..]] {
        let graph = graph(sources);
        assert_eq!(graph.contacts.len(), 2);
        assert_eq!(graph.review.len(), 1);
    }
    assert!(reasons(&graph(&apart), "Ada").contains(&Why::SharedFixedLine));
    // Father and son may bear one name: only a person can tell.
    for others in [&[FIXED][..], &[FIXED, BO]] {
        let same = graph(&[book("a.vcf", &[("Ada", &[FIXED, ADA])]), book("b.vcf", &[("Ada", others)])]);
        assert_eq!((same.contacts.len(), same.review.len()), (2, 1));
    }
}

#[test]
fn c13_a_card_that_is_there_again_is_one_person() {
    let national = "TEL:06 39 98 01 01";
    for properties in [&[FIXED][..], &[], &[national]] {
        let gran = ("Gran", properties);
        let next = book("next.vcf", &[gran, ("New", &[BO])]);
        let sources = [book("a.vcf", &[gran]), next.clone(), next, direct("Gran")];
        let graph = graph(&sources);
        let names: Vec<&str> = graph.contacts.iter().filter_map(|c| Some(c.name.as_ref()?.raw())).collect();
        assert_eq!((names.len(), names.contains(&"Gran"), names.contains(&"New")), (2, true, true));
        assert!(reasons(&graph, "Gran").contains(&Why::SameCard));
        assert!(!reasons(&graph, "Gran").contains(&Why::SharedFixedLine));
        assert!(graph.contacts.iter().any(|c| c.messages == 4 && c.entries.len() == 4));
        let asked: Vec<Open> = graph.review.iter().map(|r| r.open).collect();
        assert_eq!(asked, vec![Open::NeedsRegion; usize::from(properties.contains(&national))]);
    }
    let twice = graph(&[book("a.vcf", &[("Gran", &[FIXED]), ("Gran", &[FIXED]), ("Bo", &[FIXED])])]);
    assert_eq!((twice.contacts.len(), twice.review.len()), (2, 1));
    // Equal in all but one thing is not equal.
    let other = graph(&[book("a.vcf", &[("Gran", &[FIXED]), ("Gran", &[FIXED, national])])]);
    assert_eq!((other.contacts.len(), other.review.len()), (2, 2));
}

#[test]
fn c12_a_fixed_line_alone_joins_nobody_and_whatsapp_shows_one_account() {
    let group =
        |title: &str| chat(&format!("WhatsApp Chat with {title}.txt"), &["Me", "Bo", "+33 1 99 00 12 34"]);
    let graph = graph(&[book("a.vcf", &[("Ada", &[FIXED])]), group("One"), group("Two")]);
    assert_eq!(people(&graph), [" +33199001234 4", "Ada +33199001234 0", "Bo  4"]);
    assert!(reasons(&graph, "Ada").contains(&Why::SharedFixedLine));
}

#[test]
fn c12_one_person_of_five_numbers_and_one_name_of_three_people() {
    let five = [ADA, BO, "TEL:+447700900123", "TEL:+12025550123", "TEL:+61491570156"];
    let others: [&[&str]; 2] = [&["TEL:+447700900124"], &["TEL:+447700900125"]];
    let one = graph(&[book("a.vcf", &[("Ada", &five)])]);
    assert_eq!((one.contacts.len(), one.contacts[0].phones.len()), (1, 5));
    let three =
        graph(&[book("a.vcf", &[("Ada", &five), ("Ada", others[0]), ("Ada", others[1])]), direct("Ada")]);
    assert_eq!(three.contacts.len(), 4, "nobody is given the chat");
    assert!(three.contacts.iter().filter(|c| c.messages > 0).all(|c| c.phones.is_empty()));
    assert_eq!(three.review[0].open, Open::AmbiguousName);
    assert!(three.contacts.iter().all(|c| c.reasons.iter().any(|r| r.why == Why::AmbiguousName)));
}

#[test]
fn a_saved_name_joins_the_one_who_bears_it_and_a_push_name_nobody() {
    let sources = [book("a.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]), direct("Ada")];
    let joined = graph(&sources);
    assert_eq!(people(&joined), ["Ada +33639980101 4", "Bo +33639980102 0"]);
    assert_eq!(reasons(&joined, "Ada"), BTreeSet::from([Why::UniqueName]));
    let pushed = graph(&[
        book("a.vcf", &[("Ada", &[ADA])]),
        chat("WhatsApp Chat with Club.txt", &["Me", "Bo", "~ Ada"]),
        chat("WhatsApp Chat with Choir.txt", &["Me", "Bo", "~ Ada"]),
    ]);
    assert_eq!(pushed.contacts.iter().filter(|c| c.names.iter().any(|n| n.raw() == "Ada")).count(), 3);
}

#[test]
fn names_are_compared_in_one_form_with_case_kept() {
    let composed = book("a.vcf", &[("Zoe\u{301}  Quill", &[ADA])]);
    assert_eq!(graph(&[composed, direct("Zoé Quill")]).contacts.len(), 1);
    assert_eq!(graph(&[book("a.vcf", &[("ada", &[ADA])]), direct("Ada")]).contacts.len(), 2);
}

#[test]
fn two_direct_chats_under_one_name_are_two_people() {
    let line = |day: u32, count: usize| -> String {
        (0..count)
            .map(|n| {
                format!("{:02}/{day:02}/2020, 21:{:02} - {}: hi\n", n % 28 + 1, n % 60, ["Ada", "Me"][n % 2])
            })
            .collect()
    };
    let first: String = (1..=6).map(|month| line(month, 20)).collect();
    let second: String = (1..=6).map(|month| line(month, 90)).collect();
    let path = |folder: &str| format!("{folder}/WhatsApp Chat with Ada.txt");
    let sources = [
        book("a.vcf", &[("Ada", &[ADA])]),
        file(&path("x"), Kind::WhatsappChat, &first),
        file(&path("y"), Kind::WhatsappChat, &second),
    ];
    let graph = graph(&sources);
    assert_eq!(graph.contacts.len(), 3, "{:?}", people(&graph));
    assert!(graph.contacts.iter().all(|c| c.phones.is_empty() != (c.messages == 0)));
    assert_eq!(graph.review[0].open, Open::AmbiguousName);
}

#[test]
fn a_card_of_two_people_joins_neither_with_the_other() {
    let apart = book("a.vcf", &[("Mum", &[ADA]), ("Dad", &[BO])]);
    let both = graph(&[apart.clone(), book("b.vcf", &[("Mum and Dad", &[ADA, BO])])]);
    assert_eq!(people(&both).len(), 3);
    assert!(reasons(&both, "Mum and Dad").contains(&Why::LinksTwo));
    assert!(!both.review.is_empty());
    // A card that bears the name of one of them is theirs.
    let hers = graph(&[apart.clone(), book("b.vcf", &[("Mum", &[ADA, BO])])]);
    assert_eq!(people(&hers), ["Dad +33639980102 0", "Mum +33639980101/+33639980102 0"]);
    // Over as many cards as may be.
    let chain = graph(&[
        apart,
        book("b.vcf", &[("M.", &[ADA, "EMAIL:m@example.org"])]),
        book("c.vcf", &[("X", &["EMAIL:m@example.org", "EMAIL:d@example.org"])]),
        book("d.vcf", &[("D.", &[BO, "EMAIL:d@example.org"])]),
    ]);
    let mum = chain.contacts.iter().find(|c| c.names.iter().any(|n| n.raw() == "Mum")).unwrap();
    assert!(mum.names.iter().all(|n| n.raw() != "Dad"), "{:?}", people(&chain));
}

/// A chat of several days in which a notice says that a number changed.
fn club(lines: &[&str]) -> Source {
    let line = |(day, line): (usize, &&str)| format!("{:02}/01/2021, 21:00 - {line}\n", day + 13);
    file(
        "WhatsApp Chat with Club.txt",
        Kind::WhatsappChat,
        &lines.iter().enumerate().map(line).collect::<String>(),
    )
}

const CHANGED: &str = "+33 6 39 98 01 01 changed to +33 6 39 98 01 02";

/// What the user says to the first question, in the end.
fn answered(sources: &[Source], answer: &Answer) -> Graph {
    let decisions = Decisions { me: vec![Foreign::from("Me")], ..Decisions::default() };
    let mut fresh = || ContactId::from_random([7; 8]);
    let (_, question) = derive_with(sources, &decisions, &mut Ledger::default(), &mut fresh, |look| {
        look.questions().swap_remove(0)
    });
    let rulings = question.rulings(answer).expect("both are known by something");
    let graph = graph_of(sources, &Decisions { rulings, ..decisions });
    assert!(graph.review.is_empty(), "{:?}", graph.review);
    assert!(graph.problems.iter().all(|p| p.code != Code::RulingsIdle));
    graph
}

#[test]
fn a_notice_of_a_new_number_joins_two_cards_of_one_name() {
    let sources =
        [book("a.vcf", &[("Ada", &[ADA]), ("Ada", &[BO])]), club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED])];
    let graph = graph(&sources);
    assert_eq!(people(&graph), ["Ada +33639980101/+33639980102 0", "Cy  1", "Dee  1"]);
    // The new number is a member of the group as well.
    assert_eq!(reasons(&graph, "Ada"), BTreeSet::from([Why::NumberChange, Why::SamePhone]));
}

#[test]
fn a20_a_notice_joins_no_two_people_of_one_book_and_is_asked_about() {
    let sources = [
        book("a.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]),
        club(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Cy: hi", "Dee: hi"]),
    ];
    let joined = graph(&sources);
    assert_eq!(people(&joined), ["Ada +33639980101 1", "Bo +33639980102 1", "Cy  1", "Dee  1"]);
    assert!(reasons(&joined, "Ada").contains(&Why::NumberChangeDoubted));
    let [review] = &joined.review[..] else { panic!("{:?}", joined.review) };
    assert_eq!((review.open, review.on.raw()), (Open::NumberChange, "+33639980101 → +33639980102"));
    assert_eq!(
        people(&answered(&sources, &Answer::Yes)),
        ["Ada/Bo +33639980101/+33639980102 2", "Cy  1", "Dee  1"]
    );
    assert_eq!(people(&answered(&sources, &Answer::No)).len(), 4);
}

#[test]
fn a20_a_notice_about_a_name_joins_it_with_no_other_of_the_same_book() {
    let sources = [
        book("a.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]),
        club(&["Me: hi", "Ada: hi", "Ada changed to +33 6 39 98 01 02", "Cy: hi", "Dee: hi"]),
    ];
    let Finding::Chat(chat) = &sources[1].finding else { unreachable!() };
    assert_eq!(chat.number_changes.len(), 1);
    let graph = graph(&sources);
    assert_eq!(people(&graph), ["Ada +33639980101 1", "Bo +33639980102 0", "Cy  1", "Dee  1"]);
    assert_eq!(graph.review[0].open, Open::NumberChange);
}

#[test]
fn a06_a_notice_joins_nobody_who_both_go_on_writing() {
    let books = [book("a.vcf", &[("Ada", &[ADA])]), book("b.vcf", &[("Bo", &[BO])])];
    let of = |lines: &[&str]| graph(&[books[0].clone(), books[1].clone(), club(lines)]);
    let forged = of(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Ada: still here", "Cy: hi", "Dee: hi"]);
    assert_eq!(people(&forged), ["Ada +33639980101 2", "Bo +33639980102 1", "Cy  1", "Dee  1"]);
    assert_eq!(forged.review[0].open, Open::NumberChange);
    // Whoever wrote no more since has the other number now.
    let moved = of(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Cy: hi", "Dee: hi"]);
    assert_eq!(people(&moved), ["Ada/Bo +33639980101/+33639980102 2", "Cy  1", "Dee  1"]);
    assert!(moved.review.is_empty());
}

#[test]
fn a06_a_notice_gives_nobody_the_number_of_another_who_writes() {
    let to = "Ada changed to +33 6 39 98 01 02";
    let of = |more: &[&str]| {
        let lines = ["Me: hi", "Ada: hi", to, "+33 6 39 98 01 02: hi"];
        graph(&[book("a.vcf", &[("Ada", &[ADA])]), club(&[&lines[..], more].concat())])
    };
    let moved = of(&["Cy: hi"]);
    assert_eq!(people(&moved), ["Ada +33639980101/+33639980102 2", "Cy  1"]);
    let forged = of(&["Cy: hi", "Ada: still here"]);
    assert_eq!(people(&forged), [" +33639980102 1", "Ada +33639980101 2", "Cy  1"]);
    assert_eq!(forged.review[0].open, Open::NumberChange);
}

#[test]
fn a06_a_notice_makes_nobody_the_user() {
    let sources = [book("a.vcf", &[("Bo", &[BO])]), club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED])];
    let me = ["Me", "+33639980101"].map(Foreign::from).to_vec();
    let graph = graph_of(&sources, &Decisions { me, ..Decisions::default() });
    assert_eq!(people(&graph), ["Bo +33639980102 0", "Cy  1", "Dee  1"]);
}

/// A Signal export of people with an account id's last digit, number and name.
fn signal(path: &str, at: u64, people: &[(u8, &str, &str)]) -> Source {
    let mut lines = vec![
        format!(r#"{{"version":"1","backupTimeMs":"{at}"}}"#),
        r#"{"account":{"givenName":"Me","accountSettings":{}}}"#.to_owned(),
        r#"{"recipient":{"id":"1","self":{}}}"#.to_owned(),
    ];
    for (place, (aci, number, name)) in people.iter().enumerate() {
        let aci = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [*aci; 16]);
        lines.push(format!(
            r#"{{"recipient":{{"id":"{}","contact":{{"registered":{{}},"aci":"{aci}","e164":"{number}","systemGivenName":"{name}"}}}}}}"#,
            place + 2
        ));
    }
    file(path, Kind::SignalExport, &lines.join("\n"))
}

#[test]
fn a20_a_notice_joins_no_two_accounts_of_one_signal_export() {
    let two = [(1, "+33639980101", "Ada"), (2, "+33639980102", "Bo")];
    let chat = club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED]);
    let joined = graph(&[signal("main.jsonl", 1_790_000_000_000, &two), chat.clone()]);
    assert_eq!(people(&joined), ["Ada +33639980101 0", "Bo +33639980102 0", "Cy  1", "Dee  1"]);
    assert_eq!(joined.review[0].open, Open::NumberChange);
    let one = graph(&[signal("main.jsonl", 1_790_000_000_000, &two[..1]), chat]);
    assert_eq!(people(&one), ["Ada +33639980101/+33639980102 0", "Cy  1", "Dee  1"]);
}

#[test]
fn a_card_that_somebody_sent_joins_by_number_and_gives_no_saved_name() {
    let text = "24/01/2021, 21:00 - Me: hi\n24/01/2021, 21:01 - Bo: card.vcf (file attached)\n";
    let sources = [
        book("a.vcf", &[("Ada", &[ADA])]),
        file("zip!/WhatsApp Chat with Bo.txt", Kind::WhatsappChat, text),
        book("zip!/card.vcf", &[("Wonder Woman", &[ADA, "EMAIL:w@example.org"])]),
    ];
    let graph = graph(&sources);
    let ada = graph.contacts.iter().find(|c| c.name.as_ref().is_some_and(|n| n.raw() == "Ada")).unwrap();
    assert_eq!((ada.names.len(), ada.emails.len(), graph.contacts.len()), (2, 1, 2));
    assert_eq!(reasons(&graph, "Ada"), BTreeSet::from([Why::SamePhone]));
}

#[test]
fn c04_two_writings_of_one_number_join_and_stay_as_written() {
    for (one, other) in [
        ("+5215512345678", "+525512345678"),
        ("+5491123456789", "+541123456789"),
        ("+5511987654321", "+551187654321"),
    ] {
        let card = |number: &str| format!("TEL:{number}");
        let (first, second) = (card(one), card(other));
        let graph = graph(&[book("a.vcf", &[("Ada", &[&first])]), book("b.vcf", &[("Ada Q.", &[&second])])]);
        assert_eq!(graph.contacts.len(), 1, "{one}");
        let phones: Vec<&str> = graph.contacts[0].phones.iter().map(crate::model::Phone::as_str).collect();
        assert_eq!(phones, BTreeSet::from([one, other]).into_iter().collect::<Vec<_>>());
        let written = graph.contacts[0].reasons[0].on.raw();
        assert!(written.contains(one) && written.contains(other), "{written}");
    }
    let fixed = ["TEL:+551132123456", "TEL:+5511932123456"];
    assert_eq!(
        graph(&[book("a.vcf", &[("A", &fixed[..1])]), book("b.vcf", &[("B", &fixed[1..])])]).contacts.len(),
        2
    );
}

#[test]
fn c14_ones_own_card_is_nobodys() {
    let own = book("a.vcf", &[("Somebody", &[ADA]), ("Bo", &[BO])]);
    for me in ["+33 6 39 98 01 01", "Somebody"] {
        let graph = graph_of(
            std::slice::from_ref(&own),
            &Decisions { me: vec![Foreign::from(me)], ..Decisions::default() },
        );
        assert_eq!(people(&graph), ["Bo +33639980102 0"], "{me}");
        assert_eq!(graph.own_entries.values().sum::<u64>(), 1);
    }
    let mexican = book("a.vcf", &[("Me too", &["TEL:+5215512345678"])]);
    let decisions = Decisions { me: vec![Foreign::from("+525512345678")], ..Decisions::default() };
    assert!(graph_of(&[mexican], &decisions).contacts.is_empty());
}

#[test]
fn c03_the_region_is_told_and_never_guessed() {
    let national = ("Ada", &["TEL:06 39 98 01 01"][..]);
    let french = [
        ("A", &["TEL:+33639980111"][..]),
        ("B", &["TEL:+33639980112"][..]),
        ("C", &["TEL:+33639980113"][..]),
    ];
    let british = ("D", &["TEL:+447700900123"][..]);
    let of = |cards: &[(&str, &[&str])], me: &[&str], region: Option<&str>| {
        let me = me.iter().map(|m| Foreign::from(*m)).collect();
        let decisions = Decisions { me, region: region.and_then(RegionCode::parse), ..Decisions::default() };
        let graph = graph_of(&[book("a.vcf", cards)], &decisions);
        let placed = graph
            .contacts
            .iter()
            .find(|c| c.names.iter().any(|n| n.raw() == "Ada"))
            .unwrap()
            .phones
            .first()
            .cloned();
        let told: Vec<&str> = graph.problems.iter().map(|p| p.code.id()).collect();
        (placed.map(|p| p.as_str().to_owned()), graph.regions.home.map(|(_, by)| by), told.join(" "))
    };
    assert_eq!(of(&[national], &[], None), (None, None, "number-needs-region".into()));
    let place = |number: &str| Some(number.to_owned());
    let most = [national, french[0], french[1], french[2], british];
    assert_eq!(
        of(&most, &[], None),
        (place("+33639980101"), Some(By::AddressBook), "region-of-address-book".into())
    );
    assert_eq!(of(&most[..3], &[], None).0, None, "two numbers are not most of an address book");
    let half = [national, french[0], french[1], french[2], british, british, british];
    assert_eq!(of(&half, &[], None).1, None, "half of them are not most");
    let own = ["+33639980199"];
    assert_eq!(
        of(&[national, british], &own, None),
        (place("+33639980101"), Some(By::OwnNumber), "region-of-own-number".into())
    );
    assert_eq!(of(&most, &own, Some("GB")).1, Some(By::Given));
    assert_eq!(of(&most, &[], Some("FR")), (place("+33639980101"), Some(By::Given), String::new()));
}

#[test]
fn c03_a_country_code_that_several_share_is_told_by_the_numbers() {
    for (numbers, id) in [
        (["+1 613 555 0101", "+1 613 555 0102", "+1 416 555 0103", "+1 202 555 0104"], "CA"),
        (["+1 202 555 0101", "+1 202 555 0102", "+1 613 555 0103", "+1 416 555 0104"], "US"),
    ] {
        let tel: Vec<String> =
            numbers.iter().chain(&["613 555 0199"]).map(|number| format!("TEL:{number}")).collect();
        let cards: Vec<(&str, [&str; 1])> =
            ["A", "B", "C", "D", "E"].into_iter().zip(tel.iter().map(|t| [t.as_str()])).collect();
        let cards: Vec<(&str, &[&str])> = cards.iter().map(|(name, tel)| (*name, &tel[..])).collect();
        let graph = graph(&[book("a.vcf", &cards)]);
        assert_eq!(graph.regions.home(), RegionCode::parse(id));
        assert!(people(&graph).contains(&"E +16135550199 0".to_owned()), "{:?}", people(&graph));
    }
}

#[test]
fn c03_c16_what_cannot_be_placed_is_open_with_candidates() {
    let table = "Name,Phone\nAda,639980101\nBo,+33639980102\nCy,06 39 98 01 03\nDi,(202) 555-0123\n";
    let decisions = Decisions { region: RegionCode::parse("FR"), ..Decisions::default() };
    let graph = graph_of(&[file("a.csv", Kind::ContactsCsv, table)], &decisions);
    assert_eq!(people(&graph), ["Ada  0", "Bo +33639980102 0", "Cy +33639980103 0", "Di  0"]);
    let open: Vec<(Open, &str)> = graph.review.iter().map(|r| (r.open, r.on.raw())).collect();
    assert_eq!(open, [(Open::NeedsRegion, "(202) 555-0123"), (Open::Damaged, "639980101")]);
    assert_eq!(reasons(&graph, "Ada"), BTreeSet::from([Why::Damaged]));
    let candidates: Vec<String> =
        graph.regions.candidates("639980101").iter().map(|p| p.as_str().to_owned()).collect();
    assert_eq!(candidates, ["+33639980101"]);
}

#[test]
fn c06_services_are_nobody() {
    let cards: [(&str, &[&str]); 5] = [
        ("Voicemail", &["TEL:888"]),
        ("Balance", &["TEL:*100#"]),
        ("Hotline", &["TEL:+33 800 123 456"]),
        ("Premium", &["TEL:+33 891 12 34 56"]),
        ("Ada", &[ADA, "TEL:888"]),
    ];
    let graph = graph(&[book("a.vcf", &cards)]);
    assert_eq!(people(&graph), ["Ada +33639980101 0"]);
    assert_eq!(graph.nobodys.len(), 4);
}

#[test]
fn d03_an_address_is_not_given_to_a_namesake() {
    let text = |second: &str| {
        format!(
            "24/01/2021, 21:00 - Me: hi\n24/01/2021, 21:01 - Oda: hi\n24/01/2021, 21:02 - {second}: my Matrix is @o:example.org\n24/01/2021, 21:03 - Bo: hi\n"
        )
    };
    let chat = |second: &str| file("WhatsApp Chat with Club.txt", Kind::WhatsappChat, &text(second));
    // Who is given it: whether they are saved.
    let said = |chat: Source| -> Vec<bool> {
        let graph = graph(&[chat]);
        graph.contacts.iter().filter(|c| !c.statements.is_empty()).map(|c| c.saved).collect()
    };
    assert_eq!(said(chat("Oda")), [true]);
    assert_eq!(said(chat("~ Oda")), [false], "somebody else calls herself Oda");
    // Findings of before do not say which of them it was, so neither is given it.
    let before = |second: &str| {
        let chat = chat(second);
        let mut json = serde_json::to_value(&chat.finding).unwrap();
        assert!(json["chat"]["addresses"][0].as_object_mut().unwrap().remove("push_name").is_some());
        Source { finding: serde_json::from_value(json).unwrap(), ..chat }
    };
    assert_eq!(said(before("Oda")), [true]);
    assert!(said(before("~ Oda")).is_empty());
}

/// Files in which everything occurs that joins or hinders.
fn mixture() -> Vec<Source> {
    vec![
        book("a.vcf", &[("Ada", &[ADA, FIXED]), ("Bo", &[BO, FIXED]), ("Bo", &["TEL:+447700900125"])]),
        book("b.vcf", &[("Ada Quill", &[ADA, MAIL]), ("Bo", &[BO]), ("Both", &[ADA, BO])]),
        file(
            "c.csv",
            Kind::ContactsCsv,
            "Name,Phone,Email\nCy,+447700900123,ada@example.org\nDi,+447700900124,\n",
        ),
        direct("Ada"),
        direct("Bo"),
        direct("Di"),
        chat("WhatsApp Chat with Club.txt", &["Me", "Ada", "~ Di", "+44 7700 900123", "+33 1 99 00 12 34"]),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_of_files_does_not_matter(order in proptest::sample::subsequence((0..7).collect::<Vec<usize>>(), 7).prop_shuffle()) {
        let files = mixture();
        let shuffled: Vec<Source> = order.iter().map(|i| files[*i].clone()).collect();
        let (one, other) = (graph(&files), graph(&shuffled));
        proptest::prop_assert_eq!(people(&one), people(&other));
        proptest::prop_assert_eq!(&one.review, &other.review);
        let said = |graph: &Graph| -> BTreeSet<String> {
            graph.contacts.iter().flat_map(|c| &c.reasons).map(|r| format!("{:?} {} {:?}", r.why, r.on.raw(), r.places.iter().map(|p| p.path.raw()).collect::<Vec<_>>())).collect()
        };
        proptest::prop_assert_eq!(said(&one), said(&other));
    }
}

/// Decisions of every kind about the people of the mixture.
fn decided() -> Decisions {
    let phone = |number: &str| Sign::Phone(Phone::parse(number, None).unwrap());
    let mark = |sign: Sign| Mark { sign, name: None };
    let named = |sign: Sign, name: &str| Mark { sign, name: Some(Foreign::from(name)) };
    let (ada, bo) = (phone("+33639980101"), phone("+33639980102"));
    let cy = mark(phone("+447700900123"));
    let club = Sign::Chat(Foreign::from("Club"));
    let email = Sign::Email(Email::parse("ada@example.org").unwrap());
    let rulings = vec![
        Ruling::Same { one: vec![named(club.clone(), "~Di")], other: vec![mark(phone("+447700900124"))] },
        Ruling::Same { one: vec![named(bo, "Bo")], other: vec![cy] },
        Ruling::Apart { one: vec![mark(email)], other: vec![mark(ada)] },
        Ruling::Apart { one: vec![named(club, "Ada")], other: vec![named(Sign::Chat("Ada".into()), "Ada")] },
        Ruling::Shared(phone("+33199001234")),
        Ruling::Same { one: vec![mark(phone("+12025550199"))], other: vec![mark(phone("+12025550198"))] },
    ];
    Decisions { rulings, ..Decisions::default() }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nor_does_it_for_what_the_user_decided(order in proptest::sample::subsequence((0..7).collect::<Vec<usize>>(), 7).prop_shuffle()) {
        let files = mixture();
        let shuffled: Vec<Source> = order.iter().map(|i| files[*i].clone()).collect();
        let (one, other) = (graph_of(&files, &decided()), graph_of(&shuffled, &decided()));
        proptest::prop_assert_eq!(people(&one), people(&other));
        proptest::prop_assert_eq!(&one.review, &other.review);
        // One of the rulings is about nobody who is there.
        let idle = |graph: &Graph| graph.problems.iter().find(|p| p.code == Code::RulingsIdle).and_then(|p| p.count);
        proptest::prop_assert_eq!((idle(&one), idle(&other)), (Some(1), Some(1)));
        proptest::prop_assert_ne!(people(&one), people(&graph(&files)));
    }
}

use proptest::strategy::Strategy as _;

#[test]
fn every_join_has_a_reason() {
    let graph = graph(&mixture());
    for contact in graph.contacts.iter().filter(|c| c.entries.iter().map(|(_, count)| count).sum::<u64>() > 1)
    {
        assert!(
            !contact.reasons.is_empty(),
            "{:?}",
            contact.names.iter().map(Foreign::raw).collect::<Vec<_>>()
        );
    }
}

#[test]
fn c12_a_number_that_another_account_has_now_makes_no_two_accounts_one() {
    let before = signal("old.jsonl", 1_700_000_000_000, &[(1, "+33639980101", "Ada")]);
    let both = [(1, "+33639980102", "Ada"), (9, "+33639980101", "Nouveau")];
    let after = signal("new.jsonl", 1_790_000_000_000, &both);
    let moved = graph(&[before.clone(), after.clone()]);
    assert_eq!(people(&moved), ["Ada +33639980102 0", "Nouveau +33639980101 0"]);
    assert!(moved.review.is_empty(), "one list has them both");
    assert!(reasons(&moved, "Ada").contains(&Why::SeveralAccounts));
    // The user's book says what it says; its card goes to the one of its name.
    let book = book("a.vcf", &[("Ada", &[ADA])]);
    let carded = graph(&[before.clone(), after, book.clone()]);
    assert_eq!(people(&carded), ["Ada +33639980101/+33639980102 0", "Nouveau +33639980101 0"]);
    // Where the newest list does not know the old account any more, only a
    // person can tell.
    let gone = [before.clone(), signal("new.jsonl", 1_790_000_000_000, &both[1..])];
    let doubtful = graph(&gone);
    assert_eq!(people(&doubtful), ["Ada  0", "Nouveau +33639980101 0"]);
    let [review] = &doubtful.review[..] else { panic!("{:?}", doubtful.review) };
    assert_eq!((review.open, review.why), (Open::SharedIdentity, Why::SeveralAccounts));
    assert_eq!(people(&answered(&gone, &Answer::Yes)), ["Nouveau/Ada +33639980101 0"]);
    assert_eq!(people(&answered(&gone, &Answer::No)).len(), 2);
    // Whoever registers anew is the same person under the same name.
    let anew = signal("new.jsonl", 1_790_000_000_000, &[(9, "+33639980101", "Ada")]);
    assert_eq!(people(&graph(&[before, anew, book])), ["Ada +33639980101 0"]);
}
