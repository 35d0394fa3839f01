//! Chats as text beside databases that tell of the same ones.

use super::*;

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
