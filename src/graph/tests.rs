//! Databases, chats as text and address books in one graph.

mod groups;
mod me;
mod shared;
mod texts;

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
