//! Numbers that several people hold, in WhatsApp’s own tables and beside them.

use super::*;
use crate::graph::question::Answer;

#[test]
fn whatsapps_account_of_a_fixed_line_is_one_person_in_chat_and_database() {
    // The same number in a chat, where nobody saved it, and saved in the phone.
    let wa = "INSERT INTO wa_contacts (jid, is_whatsapp_user, number, display_name)
              VALUES ('442079460123@s.whatsapp.net', 1, '+44 20 7946 0123', 'The Bakery');";
    let chat = text(
        "WhatsApp Chat with Street.txt",
        &["24/01/2021, 21:40 - +44 20 7946 0123: open at nine", "24/01/2021, 21:41 - Cy: thanks"],
    );
    let graph = graph(&[database("wa.db", WA, wa), chat]);
    assert_eq!(phones(named(&graph, "The Bakery")), ["+442079460123"]);
    assert_eq!(graph.contacts.iter().filter(|c| phones(c) == ["+442079460123"]).count(), 1);
}

#[test]
fn c12_the_one_account_of_a_shared_number_goes_with_the_name_that_whatsapp_shows() {
    let both = card("Ada Quill", "+44 7700 900101") + &*card("Dad", "+44 7700 900101");
    let msgstore = || database("msgstore.db", MSGSTORE, "");
    let together = graph(&[msgstore(), database("wa.db", WA, ""), book(&both)]);
    let holders: Vec<&Contact> =
        together.contacts.iter().filter(|c| phones(c).contains(&"+447700900101")).collect();
    assert_eq!(holders.len(), 2, "one account, and no third person");
    let messages = |name: &str| named(&together, name).direct.theirs;
    assert_eq!((messages("Ada Quill"), messages("Dad")), (3, 0));
    assert!(together.review.iter().any(|review| review.open == Open::SharedIdentity));
    // Without a name, or with several, it is nobody's of the two; but one person.
    let other = "UPDATE wa_contacts SET display_name = 'Grandma' WHERE number = '07700 900101'";
    for wa in [None, Some(database("wa.db", WA, other))] {
        let apart = graph(&[msgstore(), book(&both)].into_iter().chain(wa).collect::<Vec<_>>());
        let of = |c: &&Contact| phones(c).contains(&"+447700900101");
        assert_eq!(apart.contacts.iter().filter(of).count(), 3);
        assert_eq!(named(&apart, "Ada Quill").direct.theirs, 0);
    }
}

/// Names and messages of everybody who holds a number, in order.
fn at(graph: &Graph, number: &str) -> Vec<(String, u64)> {
    let holders = graph.contacts.iter().filter(|c| phones(c).contains(&number));
    let one = |c: &Contact| (c.names.first().map(|n| n.raw().to_owned()).unwrap_or_default(), c.messages);
    let mut all: Vec<(String, u64)> = holders.map(one).collect();
    all.sort();
    all
}

#[test]
fn c12_whatsapps_account_of_a_number_on_two_cards_is_the_one_who_bears_its_name() {
    let sources = [
        database("msgstore.db", MSGSTORE, ""),
        database("wa.db", WA, ""),
        book(&format!("{}{}", card("Ada Quill", "+447700900101"), card("Mr Quill", "+447700900101"))),
    ];
    let graph = graph(&sources);
    let [(ada, hers), (mr, his)] = &at(&graph, "+447700900101")[..] else {
        panic!("{:?}", at(&graph, "+447700900101"))
    };
    assert_eq!((ada.as_str(), mr.as_str(), *his), ("Ada Quill", "Mr Quill", 0));
    assert!(*hers > 0, "the chat is hers");
    assert_eq!(graph.review.len(), 1);
}

#[test]
fn c12_two_saved_names_at_one_number_are_two_people_in_whatsapps_own_book_too() {
    let android = "INSERT INTO wa_contacts (jid, is_whatsapp_user, display_name) VALUES
        ('33639980107@s.whatsapp.net', 1, 'Maman'), ('33639980107@s.whatsapp.net', 1, 'Papa');";
    let ios = "INSERT INTO ZWAADDRESSBOOKCONTACT (Z_PK, ZWHATSAPPID, ZFULLNAME) VALUES
        (7, '33639980107@s.whatsapp.net', 'Maman'), (8, '33639980107', 'Papa'), (9, '33639980107', 'Papa');";
    for source in [database("wa.db", WA, android), database("ContactsV2.sqlite", CONTACTS, ios)] {
        let Finding::Database(found) = &source.finding else { unreachable!() };
        let number = crate::model::Phone::from_digits("33639980107");
        let entries = found.people.iter().filter(|p| p.phone == number).count();
        assert!(entries >= 2, "none of them is dropped");
        let graph =
            graph(&[source, text("WhatsApp Chat with Papa.txt", &["06/01/2024, 14:03 - Papa: hello"])]);
        assert_eq!(at(&graph, "+33639980107"), [("Maman".to_owned(), 0), ("Papa".to_owned(), 1)]);
        assert_eq!(graph.review.len(), 1, "whether they are two is asked");
        let entries_kept = graph.contacts.iter().flat_map(|c| &c.entries).map(|(_, count)| *count);
        assert!(entries_kept.sum::<u64>() >= entries as u64);
    }
}

#[test]
fn c12_a_saved_number_that_is_somebody_elses_joins_no_two_rows_of_whatsapps_own_book() {
    let rows = "INSERT INTO wa_contacts (jid, is_whatsapp_user, number, display_name) VALUES
        ('33639980107@s.whatsapp.net', 1, '+33639980108', 'Cleo'),
        ('33639980108@s.whatsapp.net', 1, '+33639980108', 'Dora');";
    let graph = graph(&[database("wa.db", WA, rows)]);
    assert_ne!(named(&graph, "Cleo").id, named(&graph, "Dora").id);
    assert_eq!(graph.review.len(), 1);
}

#[test]
fn a20_a_number_that_is_used_on_after_it_was_changed_is_somebody_elses_now() {
    // Bo changes numbers in February; both are written under in March.
    let one = "UPDATE message SET timestamp = 1709000000000 WHERE _id = 4;
        INSERT INTO chat (_id, jid_row_id) VALUES (30, 14);
        INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES
        (30, 0, 'n1', 1710000000000, 0), (30, 1, 'n2', 1710000001000, 0);";
    let both = format!(
        "{one} INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type)
         VALUES (3, 0, 'n3', 1710000000000, 0);"
    );
    let holders = |more: &str| {
        let graph = graph(&[database("msgstore.db", MSGSTORE, more)]);
        let both = at(&graph, "+447700900102").len() + at(&graph, "+447700900112").len();
        let people = graph
            .contacts
            .iter()
            .filter(|c| c.phones.iter().any(|p| ["+447700900102", "+447700900112"].contains(&p.as_str())));
        (both, people.count(), graph.review.len())
    };
    assert_eq!(holders(one), (2, 1, 0), "one person of two numbers");
    assert_eq!(holders(&both), (2, 2, 1), "two people, and a question");
}

#[test]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a look lives only so long")]
fn c12_the_chat_with_a_number_of_two_names_goes_to_the_one_whom_the_user_names() {
    let wa = "INSERT INTO wa_contacts (jid, is_whatsapp_user, display_name) VALUES
        ('33639980107@s.whatsapp.net', 1, 'Maman'), ('33639980107@s.whatsapp.net', 1, 'Papa');";
    let sources = [database("wa.db", WA, wa), chats_with(&[("33639980107", 8, "03-13")])];
    let told = |rulings: &[Ruling]| {
        let mut count = 0_u64;
        let mut fresh = || {
            count += 1;
            ContactId::from_random(count.to_be_bytes())
        };
        let decisions = Decisions { rulings: rulings.to_vec(), ..Decisions::default() };
        derive_with(&sources, &decisions, &mut Ledger::default(), &mut fresh, |look| look.questions())
    };
    let held = |all: &[(&str, u64)]| -> Vec<(String, u64)> {
        all.iter().map(|(name, messages)| ((*name).to_owned(), *messages)).collect()
    };
    let (graph, questions) = told(&[]);
    assert_eq!(at(&graph, "+33639980107"), held(&[("", 8), ("Maman", 0), ("Papa", 0)]));
    let nameless = graph.contacts.iter().find(|c| c.messages == 8).unwrap();
    assert!(nameless.reasons.iter().any(|r| r.why == Why::SharedWithinBook), "why says what keeps it apart");
    let [question] = &questions[..] else { panic!("{}", questions.len()) };
    let names: Vec<&str> =
        question.sides.iter().map(|side| side.name.as_ref().map_or("", |n| n.raw())).collect();
    assert_eq!(names, ["", "Maman", "Papa"], "the one who is to be placed comes first");
    for (answer, expected, open) in [
        (Answer::Choice(1), &[("Maman", 8), ("Papa", 0)][..], 1),
        (Answer::Choice(2), &[("Maman", 0), ("Papa", 8)], 1),
        (Answer::Yes, &[("Maman", 8)], 0),
        (Answer::No, &[("", 8), ("Maman", 0), ("Papa", 0)], 0),
    ] {
        let (graph, questions) = told(&question.rulings(&answer).unwrap());
        assert_eq!((at(&graph, "+33639980107"), questions.len()), (held(expected), open), "{answer:?}");
    }
}
