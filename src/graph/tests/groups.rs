//! Groups as text and in databases, and who is in them.

use super::*;

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
fn a_renamed_group_as_text_and_in_a_database_is_one_group() {
    let (store, wa) = (database("msgstore.db", MSGSTORE, ""), database("wa.db", WA, ""));
    // The database has the old name; the text, which is newer, tells of both.
    let lines = [
        "23/01/2024, 08:53 - Ada Quill: walk on Sunday?",
        "23/01/2024, 08:56 - Bo Marsh: yes",
        "23/02/2024, 08:58 - Bo Marsh changed the subject from \"Hill Walkers\" to \"Ramblers\"",
        "01/03/2024, 10:00 - Fay Reed: hello all",
    ];
    let text = |lines: &[&str]| super::text("WhatsApp Chat with Ramblers.txt", lines);
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
