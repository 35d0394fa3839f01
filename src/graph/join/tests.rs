//! Who is joined with whom, and who is not: one test for every rule, through
//! the readers, so that what is tried is what stands in files.

mod answers;
mod notices;
mod numbers;
mod order;

use std::collections::BTreeSet;

use crate::graph::question::Answer;
use crate::graph::{Decisions, Graph, Ledger, Open, Source, derive, derive_with};
use crate::model::contact::Why;
use crate::model::{Code, Contact, ContactId, Finding, Foreign, Kind, Moment, Phone, Ruling};
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
