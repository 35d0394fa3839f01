//! Who the user is, and who only looks like it.

use super::*;

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
