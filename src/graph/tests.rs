//! Databases, chats as text and address books in one graph.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::*;
use crate::model::contact::Why;
use crate::model::finding::MemberState;
use crate::model::{Code, Contact, NameKey};
use crate::read::whatsapp::{chat, db};

const MSGSTORE: &str = include_str!("../../fixtures/whatsapp/msgstore.sql");
const WA: &str = include_str!("../../fixtures/whatsapp/wa.sql");
const CHAT_STORAGE: &str = include_str!("../../fixtures/whatsapp/ChatStorage.sql");
const CONTACTS: &str = include_str!("../../fixtures/whatsapp/ContactsV2.sql");
const LINKS: &str = include_str!("../../fixtures/whatsapp/LID.sql");

fn database(path: &str, sql: &str, more: &str) -> Source {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.execute_batch(more).unwrap();
    let (database, _) = db::read(&connection, &mut Vec::new()).unwrap().unwrap();
    Source { path: Foreign::from(path), finding: Finding::Database(database.into()) }
}

fn text(name: &str, lines: &[&str]) -> Source {
    let bytes = lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes();
    let options = chat::Options { today: jiff::civil::date(2024, 6, 1), siblings: None, date_order: None };
    let (chat, _) = chat::read(&bytes, name, &options, &mut Vec::new()).unwrap().unwrap();
    Source { path: Foreign::from(name), finding: Finding::Chat(chat.into()) }
}

fn book(cards: &str) -> Source {
    let bytes = cards.as_bytes().to_vec();
    let (book, _) = crate::read::addressbook::vcard::read(&bytes, &mut Vec::new()).unwrap();
    Source { path: Foreign::from("contacts.vcf"), finding: Finding::Book(book.into()) }
}

fn card(name: &str, phone: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{phone}\r\nEND:VCARD\r\n")
}

fn graph(sources: &[Source]) -> Graph {
    let mut count = 0_u64;
    let mut fresh = || {
        count += 1;
        ContactId::from_random(count.to_be_bytes())
    };
    derive(sources, &Decisions::default(), &mut Ledger::default(), &mut fresh)
}

fn named<'a>(graph: &'a Graph, name: &str) -> &'a Contact {
    let all: Vec<&Contact> =
        graph.contacts.iter().filter(|c| c.names.iter().any(|n| n.key() == name)).collect();
    assert_eq!(all.len(), 1, "{name}");
    all[0]
}

fn phones(contact: &Contact) -> Vec<&str> {
    contact.phones.iter().map(crate::model::Phone::as_str).collect()
}

fn codes(graph: &Graph) -> Vec<Code> {
    graph.problems.iter().map(|p| p.code).collect()
}

fn members(graph: &Graph, title: &str) -> BTreeSet<NameKey> {
    let group = graph.groups.iter().find(|g| g.title.key() == title).unwrap_or_else(|| panic!("{title}"));
    let there = group.members.iter().filter(|(_, state)| **state == MemberState::In);
    there
        .map(|(at, _)| {
            let contact = &graph.contacts[*at];
            contact.name.as_ref().map_or_else(|| phones(contact).join(" ").into(), Foreign::key)
        })
        .collect()
}

/// What must not depend on the order of files.
fn essence(graph: &Graph) -> BTreeSet<String> {
    let contact = |c: &Contact| {
        let names: Vec<NameKey> = c.names.iter().map(Foreign::key).collect();
        let groups: BTreeSet<NameKey> = c.groups.iter().map(|g| graph.groups[*g].title.key()).collect();
        format!(
            "{names:?} {:?} {:?} {groups:?} {} {:?} {:?} {:?}",
            phones(c),
            c.lids.iter().map(crate::model::identity::WhatsappLid::as_str).collect::<Vec<_>>(),
            c.messages,
            c.direct,
            c.scope,
            c.last_message
        )
    };
    graph.contacts.iter().map(contact).collect()
}

#[test]
fn messages_and_contacts_of_android_combine_in_any_order() {
    let (store, wa) = (database("msgstore.db", MSGSTORE, ""), database("wa.db", WA, ""));
    let graph = graph(&[store.clone(), wa.clone()]);
    assert_eq!(essence(&graph), essence(&super::tests::graph(&[wa, store])));
    let ada = named(&graph, "Ada Quill");
    assert_eq!(phones(ada), ["+447700900101"]);
    assert_eq!(ada.lids.len(), 1);
    assert_eq!((ada.direct.mine, ada.direct.theirs, ada.messages), (1, 3, 6));
    assert_eq!(ada.scope, crate::model::Scope::Circle);
    assert_eq!(ada.last_message.unwrap().to_string(), "2024-02-08T13:46:41Z");
    // A notice ties Bo's two numbers.
    assert_eq!(phones(named(&graph, "Bo Marsh")), ["+447700900102", "+447700900112"]);
    assert_eq!(
        members(&graph, "Hill Walkers"),
        ["Ada Quill", "Bo Marsh", "Cy from the hills"].map(NameKey::from).into()
    );
    let walkers = graph.groups.iter().find(|g| g.title.key() == "Hill Walkers").unwrap();
    assert!(walkers.members_complete);
    assert_eq!((walkers.admins.len(), walkers.messages), (2, 5));
    // Saved and without an account, unsaved, hidden, and a firm.
    assert_eq!(named(&graph, "Eve Stone").scope, crate::model::Scope::AddressBookOnly);
    assert_eq!(named(&graph, "Di").scope, crate::model::Scope::GroupOnly);
    let cy = named(&graph, "Cy");
    assert!(cy.phones.is_empty() && cy.lids.len() == 1);
    assert!(cy.reasons.iter().any(|r| r.why == Why::NumberUnknown), "why says that the number is unknown");
    assert!(!graph.contacts.iter().any(|c| c.names.iter().any(|n| n.key().starts_with("Parcels"))));
    assert_eq!(graph.contacts.len(), 5);
    assert!(graph.has_whatsapp);
}

#[test]
fn an_iphones_three_databases_combine_in_any_order() {
    let sources = [
        database("ChatStorage.sqlite", CHAT_STORAGE, ""),
        database("ContactsV2.sqlite", CONTACTS, ""),
        database("LID.sqlite", LINKS, ""),
    ];
    let expected = graph(&sources);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shuffled = order.map(|at| sources[at].clone());
        assert_eq!(essence(&graph(&shuffled)), essence(&expected));
    }
    let ada = named(&expected, "Ada Quill");
    assert_eq!((ada.direct.mine, ada.direct.theirs), (1, 2), "both halves of the history");
    assert!(!expected.contacts.iter().any(|c| phones(c) == ["+447700900100"]), "the user is no contact");
    assert_eq!(members(&expected, "Book Club"), ["Cy from the hills"].map(NameKey::from).into());

    // Without ContactsV2 the map alone makes one of the two.
    let without = graph(&[sources[0].clone(), sources[2].clone()]);
    let ada = without.contacts.iter().find(|c| phones(c) == ["+447700900101"]).unwrap();
    assert_eq!(ada.direct.theirs, 2);
    assert!(ada.reasons.iter().any(|r| r.why == Why::LidMap));
    // A row of the map is nobody by itself.
    assert!(graph(&[sources[2].clone()]).contacts.is_empty());
}

#[test]
fn a_push_name_joins_nothing_and_a_number_joins_the_address_book() {
    let cards = book(&format!(
        "{}{}",
        card("Cy from the hills", "+44 7700 900120"),
        card("Adelaide", "+447700900101")
    ));
    let graph = graph(&[database("msgstore.db", MSGSTORE, ""), cards]);
    let hidden = graph.contacts.iter().find(|c| c.phones.is_empty()).expect("Cy of the database");
    assert_eq!(hidden.lids.len(), 1);
    assert!(named(&graph, "Adelaide").direct.both_wrote());
}

#[test]
fn a_saved_name_without_a_number_joins_the_one_contact_of_that_name() {
    let more = "UPDATE ZWACHATSESSION SET ZPARTNERNAME = 'Cyprian Vale' WHERE Z_PK = 4;";
    let graph = graph(&[
        database("ChatStorage.sqlite", CHAT_STORAGE, more),
        book(&card("Cyprian Vale", "+447700900120")),
    ]);
    let cy = named(&graph, "Cyprian Vale");
    assert_eq!((phones(cy), cy.lids.len()), (vec!["+447700900120"], 1));
}

const ADA_TEXT: [&str; 4] = [
    "06/01/2024, 14:03 - Zoe Park: hello",
    "06/01/2024, 14:04 - Ada Quill: hello yourself",
    "08/02/2024, 13:46 - Ada Quill: a secret word",
    "08/02/2024, 13:46 - Ada Quill: This message was deleted",
];

#[test]
fn a_text_and_a_database_of_one_chat_are_never_added_up() {
    let store = database("msgstore.db", MSGSTORE, "");
    let wa = database("wa.db", WA, "");
    // The same messages: the database has ids and members, so it counts.
    let same = text("WhatsApp Chat with Ada Quill.txt", &ADA_TEXT);
    let both = graph(&[store.clone(), wa.clone(), same]);
    let ada = named(&both, "Ada Quill");
    assert_eq!((ada.direct.mine, ada.direct.theirs), (1, 3));
    let replaced: Vec<_> = both.problems.iter().filter(|p| p.code == Code::ChatReplaced).collect();
    assert_eq!(replaced.len(), 1);
    assert_eq!(replaced[0].path, Some(Foreign::from("WhatsApp Chat with Ada Quill.txt")));

    // A text with a later last message counts in the database's place.
    let mut lines = ADA_TEXT.to_vec();
    lines.push("10/02/2024, 10:00 - Zoe Park: good night");
    let newer = text("WhatsApp Chat with Ada Quill.txt", &lines);
    for sources in [[store.clone(), wa.clone(), newer.clone()], [newer, wa, store]] {
        let both = graph(&sources);
        let ada = named(&both, "Ada Quill");
        assert_eq!((ada.direct.mine, ada.direct.theirs), (2, 3));
        let replaced: Vec<_> = both.problems.iter().filter(|p| p.code == Code::ChatReplaced).collect();
        assert_eq!(replaced.len(), 1);
        assert_eq!(replaced[0].path, Some(Foreign::from("msgstore.db")));
    }
}

/// A database of Android in which each of these chats has so many messages of
/// both sides, from a day of 2024 on, a minute after the other.
fn chats_with(chats: &[(&str, u64, &str)]) -> Source {
    let mut sql = "CREATE TABLE jid (_id, raw_string); CREATE TABLE chat (_id, jid_row_id, subject);
        CREATE TABLE message (chat_row_id, from_me, timestamp, message_type, sender_jid_row_id);"
        .to_owned();
    for (place, (number, count, day)) in chats.iter().enumerate() {
        let key = place + 1;
        let begin = format!("2024-{day}T10:00:00Z").parse::<jiff::Timestamp>().unwrap().as_millisecond();
        sql.push_str(&format!(
            "INSERT INTO jid VALUES ({key}, '{number}@s.whatsapp.net'); INSERT INTO chat VALUES ({key}, {key}, NULL);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
            INSERT INTO message SELECT {key}, i % 2, {begin} + i * 60000, 0, 0 FROM n;"
        ));
    }
    database("msgstore.db", &sql, "")
}

#[test]
fn of_somebody_with_two_chats_a_text_replaces_the_one_that_it_tells_of() {
    let lines = |count: u64, day: &str, more: &str| {
        let (month, day) = day.split_once('-').unwrap();
        let line = |i: u64| {
            let who = if i.is_multiple_of(2) { "Eve Two" } else { "Zed" };
            format!("{day}/{month}/2024, 10:{i:02} - {who}: hi")
        };
        let mut lines: Vec<String> = (0..count).map(line).collect();
        lines.extend(Some(more.to_owned()).filter(|more| !more.is_empty()));
        text("WhatsApp Chat with Eve Two.txt", &lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let two = book(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eve Two\r\nTEL:+447700900121\r\nTEL:+447700900122\r\nEND:VCARD\r\n",
    );
    let both = chats_with(&[("447700900121", 50, "01-01"), ("447700900122", 8, "03-13")]);
    let count = |sources: &[Source]| named(&graph(sources), "Eve Two").messages;
    assert_eq!(count(&[both.clone(), two.clone()]), 58);
    for order in [false, true] {
        let newer = lines(8, "03-13", "25/03/2024, 10:00 - Eve Two: hi");
        let mut sources = vec![both.clone(), two.clone(), newer];
        if order {
            sources.reverse();
        }
        assert_eq!(count(&sources), 59);
    }
    assert_eq!(count(&[both.clone(), two.clone(), lines(8, "03-13", "")]), 58);
    assert_eq!(count(&[both, two.clone(), lines(50, "01-01", "02/01/2024, 10:00 - Eve Two: hi")]), 59);
    // The chat under the old number stands in a text alone.
    let new = chats_with(&[("447700900122", 8, "03-13")]);
    assert_eq!(count(&[new, two, lines(50, "01-01", "")]), 58);
    // Whoever has one number has one chat.
    let one = chats_with(&[("447700900121", 8, "03-13")]);
    assert_eq!(count(&[one, book(&card("Eve Two", "+447700900121")), lines(8, "03-13", "")]), 8);
}

#[test]
fn a_direct_chat_as_text_and_in_a_database_without_names_is_one() {
    let lines = |hour: u64, count: u64, name: &str| {
        let line = |i: u64| {
            let who = if i.is_multiple_of(2) { name } else { "Zed" };
            format!("13/03/2024, {hour}:{i:02} - {who}: hi")
        };
        let lines: Vec<String> = (0..count).map(line).collect();
        text(&format!("WhatsApp Chat with {name}.txt"), &lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let one = chats_with(&[("447700900101", 8, "03-13")]);
    // On a clock of another zone as well, with a quarter of an hour or not.
    for hour in [10, 11, 20] {
        let sources = [one.clone(), lines(hour, 8, "Ada")];
        let graph = graph(&sources);
        let ada = named(&graph, "Ada");
        assert_eq!(
            (graph.contacts.len(), ada.messages, phones(ada)),
            (1, 8, vec!["+447700900101"]),
            "{hour}"
        );
        assert!(ada.reasons.iter().any(|r| r.why == Why::SameChat));
        assert!(codes(&graph).contains(&Code::NamesElsewhere));
    }
    let apart = |sources: &[Source], count: usize| assert_eq!(graph(sources).contacts.len(), count);
    // Another number of messages; two friends who could both be meant; a greeting
    // and its answer, which many chats are; somebody whom a book gives another number.
    apart(&[one.clone(), lines(10, 12, "Ada")], 2);
    let two = chats_with(&[("447700900101", 8, "03-13"), ("447700900102", 8, "03-13")]);
    apart(&[two.clone(), lines(10, 8, "Ada")], 3);
    apart(&[chats_with(&[("447700900101", 2, "03-13")]), lines(10, 2, "Ada")], 2);
    apart(&[one.clone(), lines(10, 8, "Ada"), book(&card("Ada", "+447700900109"))], 2);
    // A long chat goes on in the text.
    let long = |days: u64| {
        let line = |i: u64| {
            let who = if i.is_multiple_of(2) { "Ada" } else { "Zed" };
            format!("{:02}/{:02}/2024, 10:{:02} - {who}: hi", i % 25 + 1, i / 25 + 1, i % 60)
        };
        let lines: Vec<String> = (0..days).map(line).collect();
        text("WhatsApp Chat with Ada.txt", &lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut sql = "CREATE TABLE jid (_id, raw_string); CREATE TABLE chat (_id, jid_row_id, subject);
        CREATE TABLE message (chat_row_id, from_me, timestamp, message_type, sender_jid_row_id);
        INSERT INTO jid VALUES (1, '447700900101@s.whatsapp.net'); INSERT INTO chat VALUES (1, 1, NULL);"
        .to_owned();
    for i in 0..90 {
        let at = format!("2024-{:02}-{:02}T09:{:02}:30Z", i / 25 + 1, i % 25 + 1, i % 60);
        let at = at.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        sql.push_str(&format!("INSERT INTO message VALUES (1, {}, {at}, 0, 0);", i % 2));
    }
    let told = graph(&[database("msgstore.db", &sql, ""), long(120)]);
    assert_eq!((told.contacts.len(), named(&told, "Ada").messages), (1, 120));
}

#[test]
fn a_newer_text_of_a_group_doubles_nobody_whom_the_database_knows_by_an_id() {
    let lid = |n: usize| format!("1234567890123{n}@lid");
    let mut sql = "CREATE TABLE jid (_id, raw_string); CREATE TABLE chat (_id, jid_row_id, subject);
        CREATE TABLE message (chat_row_id, from_me, timestamp, message_type, sender_jid_row_id);
        CREATE TABLE group_participant_user (group_jid_row_id, user_jid_row_id);
        CREATE TABLE lid_display_name (lid_row_id, display_name, username);
        INSERT INTO jid VALUES (9, '1@g.us'); INSERT INTO chat VALUES (9, 9, 'Big');"
        .to_owned();
    for n in 0..4 {
        sql.push_str(&format!(
            "INSERT INTO jid VALUES ({n}, '{}'); INSERT INTO group_participant_user VALUES (9, {n});",
            lid(n)
        ));
        let begin = format!("2024-05-1{n}T10:00:00Z").parse::<jiff::Timestamp>().unwrap().as_millisecond();
        sql.push_str(&format!(
            "INSERT INTO message VALUES (9, 0, {begin}, 0, {n}), (9, 0, {begin} + 60000, 0, {n});"
        ));
        sql.push_str(&format!("INSERT INTO lid_display_name VALUES ({n}, 'Push{n}', NULL);"));
    }
    let store = database("msgstore.db", &sql, "");
    let lines: Vec<String> =
        (0..8).map(|i| format!("1{}/05/2024, 10:0{} - ~\u{a0}Push{}: hi", i / 2, i % 2, i / 2)).collect();
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.insert(0, "09/05/2024, 10:00 - ~\u{a0}Push0 created group “Big”");
    lines.push("25/05/2024, 10:00 - Zed: hi");
    lines.push("25/05/2024, 10:01 - ~\u{a0}Push1: hi");
    let me = Decisions { me: vec![Foreign::from("Zed")], ..Decisions::default() };
    let of = |sources: &[Source]| {
        let mut count = 0_u64;
        let mut fresh = || {
            count += 1;
            ContactId::from_random(count.to_be_bytes())
        };
        derive(sources, &me, &mut Ledger::default(), &mut fresh)
    };
    let newer = text("WhatsApp Chat with Big.txt", &lines);
    let told = of(&[store.clone(), newer]);
    assert_eq!((told.contacts.len(), told.groups.len(), told.groups[0].members.len()), (4, 1, 4));
    assert_eq!((named(&told, "Push0").messages, named(&told, "Push1").messages), (2, 3));
    // Who came later is somebody new.
    lines.push("25/05/2024, 10:02 - ~\u{a0}Late: hi");
    let later = of(&[store, text("WhatsApp Chat with Big.txt", &lines)]);
    assert_eq!((later.contacts.len(), named(&later, "Late").messages), (5, 1));
}

#[test]
fn a_group_as_text_and_in_a_database_is_one_group() {
    let store = database("msgstore.db", MSGSTORE, "");
    let wa = database("wa.db", WA, "");
    let lines = [
        "23/01/2024, 08:00 - Ada Quill created group \"Hill Walkers\"",
        "23/01/2024, 08:53 - Ada Quill: walk on Sunday?",
        "23/01/2024, 08:56 - Bo Marsh: yes",
        "23/01/2024, 08:58 - Zoe Park: me too",
    ];
    let old = text("WhatsApp Chat with Hill Walkers.txt", &lines);
    let both = graph(&[store.clone(), wa.clone(), old]);
    let walkers: Vec<_> = both.groups.iter().filter(|g| g.title.key() == "Hill Walkers").collect();
    assert_eq!(walkers.len(), 1);
    assert!(walkers[0].members_complete);
    assert_eq!(walkers[0].messages, 5);
    assert!(codes(&both).contains(&Code::ChatReplaced));

    // With a newer text the members are still known, but may have changed since.
    let mut more = lines.to_vec();
    more.push("01/03/2024, 10:00 - Fay Reed: hello all");
    let newer = text("WhatsApp Chat with Hill Walkers.txt", &more);
    let both = graph(&[store.clone(), wa.clone(), newer]);
    let walkers: Vec<_> = both.groups.iter().filter(|g| g.title.key() == "Hill Walkers").collect();
    assert_eq!((walkers.len(), walkers[0].messages, walkers[0].members_complete), (1, 4, false));
    assert!(
        members(&both, "Hill Walkers")
            .is_superset(&["Cy from the hills", "Fay Reed"].map(NameKey::from).into())
    );

    // Another group of the same title is another group.
    let others = [
        "23/01/2024, 08:00 - Gus Hale created group \"Hill Walkers\"",
        "23/01/2024, 08:53 - Gus Hale: who is in?",
        "23/01/2024, 08:56 - Ivy Lane: me",
    ];
    let both = graph(&[store, wa, text("WhatsApp Chat with Hill Walkers.txt", &others)]);
    assert_eq!(both.groups.iter().filter(|g| g.title.key() == "Hill Walkers").count(), 2);
}

#[test]
fn of_two_databases_the_one_with_the_later_last_message_counts() {
    let later = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 1, 'z', 1710000000000, 0);
        DELETE FROM message WHERE chat_row_id = 4;";
    let (old, new) =
        (database("old/msgstore.db", MSGSTORE, ""), database("new/msgstore.db", MSGSTORE, later));
    let both = graph(&[old.clone(), new.clone()]);
    assert_eq!(essence(&both), essence(&graph(&[new, old])));
    let ada = both.contacts.iter().find(|c| phones(c) == ["+447700900101"]).unwrap();
    assert_eq!((ada.direct.mine, ada.direct.theirs), (2, 3));
    let walkers = both.groups.iter().find(|g| g.title.key() == "Hill Walkers").unwrap();
    assert_eq!(walkers.messages, 5, "chat by chat: the group goes on in the older file");
    assert!(codes(&both).contains(&Code::ChatReplaced));
}

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

#[test]
fn a_friend_whom_two_groups_share_is_not_the_user() {
    let group = |title: &str, people: [&str; 3]| {
        let lines: Vec<String> =
            (0..6).map(|n| format!("0{}/01/2024, 10:0{n} - {}: hi", n + 1, people[n % 3])).collect();
        text(
            &format!("WhatsApp Chat with {title}.txt"),
            &lines.iter().map(String::as_str).collect::<Vec<_>>(),
        )
    };
    // The user wrote in neither under this name; two groups prove nothing.
    let two = [group("Walks", ["Ada", "Bo", "Cy"]), group("Choir", ["Ada", "Di", "Eve"])];
    named(&graph(&two), "Ada");
    let [walks, choir] = two;
    let three = [walks, choir, group("Books", ["Ada", "Flo", "Gil"])];
    assert!(graph(&three).contacts.iter().all(|c| c.names.iter().all(|n| n.key() != "Ada")));
}

#[test]
fn a_renamed_group_as_text_and_in_a_database_is_one_group() {
    let (store, wa) = (database("msgstore.db", MSGSTORE, ""), database("wa.db", WA, ""));
    // The database has the old name; the text, which is newer, tells of both.
    let lines = [
        "23/01/2024, 08:53 - Ada Quill: walk on Sunday?",
        "23/01/2024, 08:56 - Bo Marsh: yes",
        "23/02/2024, 08:58 - Bo Marsh changed the subject from \"Hill Walkers\" to \"Ramblers\"",
        "01/03/2024, 10:00 - Fay Reed: hello all",
    ];
    let text = |lines: &[&str]| super::tests::text("WhatsApp Chat with Ramblers.txt", lines);
    let both = graph(&[store.clone(), wa.clone(), text(&lines)]);
    let walkers: Vec<_> =
        both.groups.iter().filter(|g| ["Hill Walkers", "Ramblers"].contains(&g.title.raw())).collect();
    assert_eq!(walkers.len(), 1);
    assert_eq!(walkers[0].messages, 3);
    assert_eq!(walkers[0].title.raw(), "Ramblers", "the newer name");
    assert!(codes(&both).contains(&Code::ChatReplaced));

    // A notice alone makes no one group of strangers.
    let lines = lines.map(|line| line.replace("Ada Quill", "Gus").replace("Bo Marsh", "Ivy"));
    let both = graph(&[store, wa, text(&lines.each_ref().map(String::as_str))]);
    assert!(both.groups.iter().any(|g| g.title.raw() == "Hill Walkers"));
    assert!(both.groups.iter().any(|g| g.title.raw() == "Ramblers"));
}

#[test]
fn a_push_name_in_a_text_that_a_database_replaces_is_no_contact() {
    let (store, wa) = (database("msgstore.db", MSGSTORE, ""), database("wa.db", WA, ""));
    let lines = [
        "23/01/2024, 08:53 - Ada Quill: walk on Sunday?",
        "23/01/2024, 08:56 - ~ Hilly: yes",
        "23/01/2024, 08:58 - ~ Talker: my matrix is @talker:example.org",
    ];
    let both = graph(&[store.clone(), wa.clone(), text("WhatsApp Chat with Hill Walkers.txt", &lines)]);
    let there =
        |graph: &Graph, name: &str| graph.contacts.iter().any(|c| c.names.iter().any(|n| n.raw() == name));
    assert!(codes(&both).contains(&Code::ChatReplaced));
    assert!(!there(&both, "Hilly"), "the database has the same person by number");
    assert!(there(&both, "Talker"), "the address would be lost");
    assert_eq!(both.nobodys.iter().flatten().filter(|(source, _)| *source == 2).count(), 1, "it adds up");
    // A text that counts itself shows whoever wrote.
    let mut more = lines.to_vec();
    more.push("01/03/2024, 10:00 - Ada Quill: well");
    let both = graph(&[store, wa, text("WhatsApp Chat with Hill Walkers.txt", &more)]);
    assert!(there(&both, "Hilly"));
}

#[test]
fn an_iphones_one_group_that_shows_the_user_asks_who_that_is() {
    let one = "DELETE FROM ZWAGROUPMEMBER WHERE ZCHATSESSION <> (SELECT Z_PK FROM ZWACHATSESSION WHERE ZPARTNERNAME = 'Hill Walkers');";
    let source = [database("ChatStorage.sqlite", CHAT_STORAGE, one)];
    let shown = graph(&source);
    assert!(shown.contacts.iter().any(|c| phones(c) == ["+447700900100"]));
    assert!(codes(&shown).contains(&Code::MeUnknown));
    let mut count = 0_u64;
    let mut fresh = || {
        count += 1;
        ContactId::from_random(count.to_be_bytes())
    };
    let me = Decisions { me: vec![Foreign::from("+44 7700 900100")], ..Decisions::default() };
    let told = derive(&source, &me, &mut Ledger::default(), &mut fresh);
    assert!(!told.contacts.iter().any(|c| phones(c) == ["+447700900100"]));
    assert!(!codes(&told).contains(&Code::MeUnknown));
    // Two groups tell by themselves.
    assert!(!codes(&graph(&[database("ChatStorage.sqlite", CHAT_STORAGE, "")])).contains(&Code::MeUnknown));
}

/// Two groups of an iPhone in which nobody but the user wrote. What stands in
/// `rows` are their members, by group.
fn two_groups(rows: &[(u8, &str)], more: &str) -> Source {
    let rows: Vec<String> =
        rows.iter().enumerate().map(|(key, (group, id))| format!("({key}, {group}, '{id}', NULL)")).collect();
    let sql = format!(
        "CREATE TABLE ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME);
        CREATE TABLE ZWAMESSAGE (ZCHATSESSION, ZISFROMME, ZMESSAGEDATE, ZMESSAGETYPE, ZGROUPMEMBER);
        CREATE TABLE ZWAGROUPMEMBER (Z_PK, ZCHATSESSION, ZMEMBERJID, ZCONTACTNAME);
        INSERT INTO ZWACHATSESSION VALUES (1, '1@g.us', 'Walks'), (2, '2@g.us', 'Choir');
        INSERT INTO ZWAMESSAGE VALUES (1, 1, 700000000, 0, NULL), (2, 1, 700000000, 0, NULL);
        INSERT INTO ZWAGROUPMEMBER VALUES {};{more}",
        rows.join(", ")
    );
    database("ChatStorage.sqlite", &sql, "")
}

#[test]
fn a_silent_friend_in_all_groups_of_an_iphone_is_not_the_user() {
    const ME: &str = "447700900100@s.whatsapp.net";
    const GRAN: &str = "447700900109@s.whatsapp.net";
    const ADA: &str = "447700900101@s.whatsapp.net";
    let shows = |graph: &Graph, phone: &str| graph.contacts.iter().any(|c| phones(c) == [phone]);
    let gran = book(&card("Gran", "+44 7700 900109"));
    // A chat with oneself; the user under number and linked id; not listed at all.
    let with_self = "INSERT INTO ZWACHATSESSION VALUES (3, '447700900100@s.whatsapp.net', 'Zed (You)');
        INSERT INTO ZWAMESSAGE VALUES (3, 1, 700000000, 0, NULL);";
    let both = [(1, ME), (1, ADA), (1, GRAN), (2, ME), (2, GRAN)];
    let mixed = [(1, ME), (1, ADA), (1, GRAN), (2, "77788899900011@lid"), (2, GRAN)];
    let unlisted = [(1, ADA), (1, GRAN), (2, "77788899900012@lid"), (2, GRAN)];
    for (rows, more) in [(&both[..], with_self), (&mixed, ""), (&unlisted, "")] {
        let sources = [two_groups(rows, more), gran.clone()];
        assert!(shows(&graph(&sources), "+447700900109"), "{rows:?}");
        assert!(codes(&graph(&sources)).contains(&Code::MeUnknown), "{rows:?}");
        let me = Decisions { me: vec![Foreign::from("+44 7700 900100")], ..Decisions::default() };
        let mut fresh = || ContactId::from_random(0_u64.to_be_bytes());
        let told = derive(&sources, &me, &mut Ledger::default(), &mut fresh);
        assert!(shows(&told, "+447700900109") && !shows(&told, "+447700900100"), "{rows:?}");
    }
    // Nobody else can be the one whom both groups show: that is the user.
    let plain = [(1, ME), (1, ADA), (2, ME), (2, GRAN)];
    assert!(!shows(&graph(&[two_groups(&plain, ""), gran]), "+447700900100"));
}

#[test]
fn who_is_hidden_is_said_of_all_databases_together() {
    let hidden = |sources: &[Source]| {
        let found: Vec<_> =
            graph(sources).problems.into_iter().filter(|p| p.code == Code::NumbersUnknown).collect();
        assert!(found.len() < 2);
        found.first().map(|p| (p.count.unwrap(), p.quote.is_some()))
    };
    let (chats, links) =
        (database("ChatStorage.sqlite", CHAT_STORAGE, ""), database("LID.sqlite", LINKS, ""));
    // The map is there, and nobody is sent for it.
    assert_eq!(hidden(std::slice::from_ref(&chats)), Some((1, false)));
    assert_eq!(hidden(&[chats.clone(), links]), Some((1, true)));
    let all =
        "INSERT INTO ZWAZACCOUNT (ZIDENTIFIER, ZPHONENUMBER) VALUES ('235085806727321@lid', '447700900121');";
    assert_eq!(hidden(&[chats, database("LID.sqlite", LINKS, all)]), None);
}

#[test]
fn who_has_nothing_but_a_username_is_shown_by_it_and_joined_with_nobody() {
    let more = "DROP TABLE lid_display_name; CREATE TABLE lid_display_name (lid_row_id INTEGER, display_name TEXT, username TEXT);
        INSERT INTO lid_display_name SELECT _id, NULL, 'cy.hills' FROM jid WHERE raw_string = '235085806727321@lid';";
    let cards = book(&card("@cy.hills", "+447700900120"));
    let graph = graph(&[database("msgstore.db", MSGSTORE, more), cards]);
    let shown: Vec<_> =
        graph.contacts.iter().filter(|c| c.names.iter().any(|n| n.raw() == "@cy.hills")).collect();
    assert_eq!(shown.len(), 2);
    assert!(shown.iter().any(|c| c.phones.is_empty() && !c.saved));
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
