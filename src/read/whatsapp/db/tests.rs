//! The readers on invented accounts, and on what strangers could put in their
//! place.

use super::*;
use crate::model::database::{Chat, Person, Role};
use crate::model::finding::MemberState;
use crate::model::identity::WhatsappLid;
use crate::model::{Code, Foreign, Phone};

const MSGSTORE: &str = include_str!("../../../../fixtures/whatsapp/msgstore.sql");
const MSGSTORE_OLD: &str = include_str!("../../../../fixtures/whatsapp/msgstore-old.sql");
const WA: &str = include_str!("../../../../fixtures/whatsapp/wa.sql");
const CHAT_STORAGE: &str = include_str!("../../../../fixtures/whatsapp/ChatStorage.sql");
const CONTACTS: &str = include_str!("../../../../fixtures/whatsapp/ContactsV2.sql");
const LINKS: &str = include_str!("../../../../fixtures/whatsapp/LID.sql");

fn made(sql: &str, more: &str) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(sql).unwrap();
    db.execute_batch(more).unwrap();
    db
}

fn read_with(sql: &str, more: &str) -> (Database, Tally, Vec<Problem>) {
    let mut problems = Vec::new();
    let (database, tally) = read(&made(sql, more), &mut problems).unwrap().expect("a database of WhatsApp's");
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, database.people.len() as u64);
    (database, tally, problems)
}

fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|p| p.code).collect()
}

fn by_phone<'a>(database: &'a Database, digits: &str) -> (usize, &'a Person) {
    let phone = Phone::from_digits(digits);
    database.people.iter().enumerate().find(|(_, p)| p.phone == phone).unwrap_or_else(|| panic!("{digits}"))
}

fn by_lid<'a>(database: &'a Database, lid: &str) -> (usize, &'a Person) {
    let lid = WhatsappLid::parse(lid);
    database.people.iter().enumerate().find(|(_, p)| p.lid == lid).expect("a linked id")
}

fn direct(database: &Database, person: usize) -> &Chat {
    let mut chats = database.chats.iter().filter(|c| c.partner == Some(person));
    let chat = chats.next().expect("a direct chat");
    assert!(chats.next().is_none(), "one chat with one person");
    chat
}

fn group<'a>(database: &'a Database, title: &str) -> &'a Chat {
    database.chats.iter().find(|c| c.title.as_ref().is_some_and(|t| t.raw() == title)).expect("a group")
}

fn members(chat: &Chat) -> Vec<(usize, Role, MemberState)> {
    chat.members.iter().map(|m| (m.person, m.role, m.state)).collect()
}

#[test]
fn b01_android_folds_linked_ids_to_numbers_where_it_can() {
    let (database, tally, problems) = read_with(MSGSTORE, "");
    assert_eq!((database.kind, database.part), (crate::model::Kind::WhatsappAndroidDb, Part::Messages));
    let (ada, person) = by_phone(&database, "447700900101");
    assert_eq!(person.lid.as_ref().map(WhatsappLid::as_str), Some("111111111111101@lid"));
    let (cy, person) = by_lid(&database, "235085806727321@lid");
    assert_eq!(person.phone, None);
    assert_eq!(person.push_name, Some(Foreign::from("Cy from the hills")));
    assert_eq!(codes(&problems), [Code::NumbersUnknown]);
    assert_eq!((tally.kept, tally.rejected), (5, 0), "Ada, Bo, Cy, Di and the firm");

    // Both halves of Ada's history, without what WhatsApp itself said and calls.
    let chat = direct(&database, ada);
    assert_eq!((chat.mine.messages, chat.theirs[&ada].messages), (1, 3));
    assert_eq!(chat.mine.first.unwrap().to_string(), "2024-01-06T14:03:00Z");
    assert_eq!(chat.last().unwrap().to_string(), "2024-02-08T13:46:41Z");
    let months: Vec<(String, u32)> =
        chat.theirs[&ada].months.iter().map(|(month, n)| (month.to_string(), *n)).collect();
    assert_eq!(months, [("2024-01".to_owned(), 1), ("2024-02".to_owned(), 2)]);

    let (bo, _) = by_phone(&database, "447700900102");
    let walkers = group(&database, "Hill Walkers");
    assert_eq!(
        members(walkers),
        [
            (ada, Role::Creator, MemberState::In),
            (bo, Role::Admin, MemberState::In),
            (cy, Role::Member, MemberState::In)
        ],
        "Ada once, nobody who was only asked, and not the user"
    );
    assert!(walkers.members_complete);
    let wrote = |person| walkers.theirs.get(&person).map_or(0, |v| v.messages);
    assert_eq!((wrote(ada), wrote(bo), wrote(cy), walkers.mine.messages, walkers.unknown), (2, 1, 1, 1, 0));
    let (di, _) = by_phone(&database, "33639980104");
    assert_eq!(
        members(group(&database, "Book Club")),
        [
            (di, Role::Member, MemberState::In),
            (cy, Role::Member, MemberState::In),
            (bo, Role::Member, MemberState::Left)
        ]
    );
    // Bo's new number is only known through the map.
    let [change] = database.number_changes.as_slice() else { panic!("one change") };
    assert_eq!(change.from, Phone::from_digits("447700900102"));
    assert_eq!(change.to, Phone::from_digits("447700900112"));
    assert_eq!(change.at.unwrap().to_string(), "2024-01-06T14:04:10Z");
}

#[test]
fn b02_only_people_and_groups_are_kept() {
    let (database, _, _) = read_with(MSGSTORE, "");
    assert_eq!(database.chats.len(), 5, "three people, two groups; no status, channel or WhatsApp itself");
    let numbers: Vec<&str> =
        database.people.iter().filter_map(|p| Some(p.phone.as_ref()?.as_str())).collect();
    assert_eq!(numbers, ["+447700900101", "+447700900102", "+447700900105", "+33639980104"]);
}

#[test]
fn no_message_text_is_kept() {
    for sql in [MSGSTORE, CHAT_STORAGE] {
        let (database, _, problems) = read_with(sql, "");
        let kept = format!(
            "{}{}",
            serde_json::to_string(&database).unwrap(),
            serde_json::to_string(&problems).unwrap()
        );
        assert!(sql.contains("xylophone") && !kept.contains("xylophone"));
    }
}

#[test]
fn older_and_newer_versions_lack_and_add_columns() {
    // Before 2024 there was no map, before 2022 no list of who left.
    let more = "DROP TABLE jid_map; DROP TABLE group_past_participant_user; DROP TABLE lid_display_name;
        DROP TABLE message_system_number_change; ALTER TABLE message DROP COLUMN sender_jid_row_id;
        ALTER TABLE message ADD COLUMN something_new BLOB; ALTER TABLE chat DROP COLUMN subject;";
    let (database, tally, _) = read_with(MSGSTORE, more);
    assert_eq!(tally.rejected, 0);
    let walkers = database.chats.iter().find(|c| c.members.len() == 4).expect("a group");
    assert_eq!((walkers.unknown, walkers.mine.messages), (4, 1));
    // Without the map Ada is two.
    assert_ne!(by_phone(&database, "447700900101").0, by_lid(&database, "111111111111101@lid").0);
}

#[test]
fn b15_a_version_that_lacks_what_all_have_names_it() {
    let lacks = |more| {
        let fault = read(&made(MSGSTORE, more), &mut Vec::new()).unwrap_err();
        let Fault::Missing(what) = fault else { panic!("{fault}") };
        what
    };
    assert_eq!(lacks("ALTER TABLE message RENAME COLUMN chat_row_id TO chat_id;"), "message.chat_row_id");
    assert_eq!(lacks("ALTER TABLE chat RENAME COLUMN _id TO id;"), "chat._id");
}

#[test]
fn the_older_android_schema() {
    let (database, tally, _) = read_with(MSGSTORE_OLD, "");
    assert_eq!((tally.kept, tally.rejected), (2, 0));
    let (ada, _) = by_phone(&database, "447700900101");
    let (bo, _) = by_phone(&database, "447700900102");
    let chat = direct(&database, ada);
    assert_eq!((chat.mine.messages, chat.theirs[&ada].messages), (1, 1));
    let walkers = group(&database, "Hill Walkers");
    assert_eq!((walkers.mine.messages, walkers.theirs[&bo].messages), (1, 1));
    assert_eq!(
        members(walkers),
        [(ada, Role::Creator, MemberState::In), (bo, Role::Member, MemberState::In)]
    );
    assert!(walkers.members_complete);
}

#[test]
fn both_schemas_in_one_file_count_once() {
    let (both, _, _) = read_with(MSGSTORE, MSGSTORE_OLD);
    let (new, _, _) = read_with(MSGSTORE, "");
    assert_eq!(both, new);
    // Where the new tables are there and empty, the old ones count.
    let empty = "DELETE FROM message; DELETE FROM chat; DELETE FROM group_participant_user;
        DELETE FROM group_past_participant_user;";
    let (old, _, _) = read_with(MSGSTORE, &format!("{MSGSTORE_OLD}{empty}"));
    assert_eq!(direct(&old, by_phone(&old, "447700900101").0).messages(), 2);
}

#[test]
fn android_contacts_give_names_and_businesses() {
    let (database, tally, problems) = read_with(WA, "");
    assert_eq!((tally.kept, tally.rejected), (6, 0));
    let (_, ada) = by_phone(&database, "447700900101");
    assert_eq!(ada.saved_name, Some(Foreign::from("Ada Quill")));
    assert_eq!(ada.push_name, Some(Foreign::from("ada")));
    assert_eq!(ada.number, None, "as saved it says nothing more");
    let (_, bo) = by_phone(&database, "447700900102");
    assert_eq!(bo.saved_name, Some(Foreign::from("Bo Marsh")));
    let (_, di) = by_phone(&database, "33639980104");
    assert_eq!((di.saved_name.as_ref(), di.on_whatsapp), (None, true));
    assert!(!by_phone(&database, "447700900106").1.on_whatsapp);
    let (_, firm) = by_phone(&database, "447700900105");
    assert!(firm.business);
    assert_eq!(database.group_names["120363026294026347@g.us"], Foreign::from("Book Club"));
    assert_eq!(codes(&problems), [Code::NumbersUnknown]);
}

#[test]
fn b03_contacts_without_a_name_say_so() {
    for more in [
        "DELETE FROM wa_contacts; DELETE FROM wa_vnames;",
        "UPDATE wa_contacts SET display_name = NULL, given_name = NULL, family_name = NULL;",
    ] {
        let (_, _, problems) = read_with(WA, more);
        assert!(codes(&problems).contains(&Code::NamesAbsent), "{more}");
    }
    let (_, _, problems) = read_with(CONTACTS, "DELETE FROM ZWAADDRESSBOOKCONTACT;");
    assert_eq!(codes(&problems), [Code::NamesAbsent]);
}

#[test]
fn the_number_as_saved_counts_where_whatsapps_own_is_another_writing() {
    // Mexico: the id has a digit that the dialled number has not.
    let more = "INSERT INTO wa_contacts (jid, is_whatsapp_user, number, display_name) VALUES
        ('5215512345678@s.whatsapp.net', 1, '+52 55 1234 5678', 'Flor');
        INSERT INTO wa_contacts (jid, is_whatsapp_user, number, display_name) VALUES ('', 0, '020 7946 0123', 'Gus');";
    let (database, tally, _) = read_with(WA, more);
    assert_eq!(by_phone(&database, "5215512345678").1.number, Some(Foreign::from("+52 55 1234 5678")));
    assert_eq!(tally.rejected, 0);
    assert!(
        database.people.iter().any(|p| p.number == Some(Foreign::from("020 7946 0123")) && p.phone.is_none())
    );
}

#[test]
fn an_iphones_messages() {
    let (database, tally, _) = read_with(CHAT_STORAGE, "");
    assert_eq!((database.kind, tally.rejected), (crate::model::Kind::WhatsappIosDb, 0));
    let (ada, person) = by_phone(&database, "447700900101");
    assert_eq!(person.saved_name.as_ref().map(Foreign::key).as_deref(), Some("Ada Quill"));
    assert_eq!(person.push_name, Some(Foreign::from("Ada Quill")));
    let chat = direct(&database, ada);
    assert_eq!((chat.mine.messages, chat.theirs[&ada].messages), (1, 1), "no call");
    assert_eq!(chat.mine.first.unwrap().to_string(), "2024-01-06T14:03:00Z");
    // The linked id alone does not say that this is Ada: LID.sqlite does.
    let (linked, _) = by_lid(&database, "111111111111101@lid");
    assert_ne!(linked, ada);
    assert_eq!(direct(&database, linked).messages(), 1);
    // Neither a number nor a name that somebody gave themself is a saved name.
    assert_eq!(by_phone(&database, "33639980104").1.saved_name, None);
    assert_eq!(by_lid(&database, "235085806727321@lid").1.saved_name, None);

    let (me, _) = by_phone(&database, "447700900100");
    assert_eq!(database.me, Some(me), "the one silent member of all groups");
    let (bo, _) = by_phone(&database, "447700900102");
    let (di, _) = by_phone(&database, "33639980104");
    let walkers = group(&database, "Hill Walkers");
    assert_eq!(
        members(walkers),
        [
            (ada, Role::Creator, MemberState::In),
            (bo, Role::Member, MemberState::In),
            (me, Role::Member, MemberState::In),
            (di, Role::Member, MemberState::Left)
        ]
    );
    assert_eq!(
        (walkers.theirs[&ada].messages, walkers.theirs[&bo].messages, walkers.mine.messages),
        (1, 1, 1)
    );
}

#[test]
fn an_iphones_contacts_and_links() {
    let (database, tally, problems) = read_with(CONTACTS, "");
    assert_eq!((tally.kept, tally.rejected, problems.len()), (3, 0, 0));
    let (_, ada) = by_phone(&database, "447700900101");
    assert_eq!(ada.lid.as_ref().map(WhatsappLid::as_str), Some("111111111111101@lid"));
    assert_eq!(by_phone(&database, "447700900102").1.saved_name, Some(Foreign::from("Bo Marsh")));
    assert!(database.people.iter().any(|p| !p.on_whatsapp && p.number.is_some()));

    let (database, tally, _) = read_with(LINKS, "");
    assert_eq!((tally.read, database.people.len()), (0, 0), "a link makes nobody");
    let linked: Vec<_> = database.linked.iter().map(|(lid, phone)| (lid.as_str(), phone.as_str())).collect();
    assert_eq!(linked, [("111111111111101@lid", "+447700900101"), ("111111111111102@lid", "+447700900102")]);
}

#[test]
fn b04_a_view_or_virtual_table_under_a_tables_name_is_refused() {
    for (name, fake) in [
        ("jid_map", "DROP TABLE jid_map; CREATE VIEW jid_map AS SELECT 1 AS lid_row_id, 2 AS jid_row_id;"),
        ("message", "ALTER TABLE message RENAME TO m; CREATE VIEW message AS SELECT * FROM m;"),
        (
            "lid_display_name",
            "DROP TABLE lid_display_name; CREATE VIRTUAL TABLE lid_display_name USING fts5(display_name);",
        ),
    ] {
        let fault = read(&made(MSGSTORE, fake), &mut Vec::new()).unwrap_err();
        assert!(matches!(&fault, Fault::Fake(what) if what == name), "{fault}");
    }
    // A computed column is no column: it would run what a stranger wrote.
    let more = "ALTER TABLE message RENAME COLUMN message_type TO t;
        ALTER TABLE message ADD COLUMN message_type INTEGER GENERATED ALWAYS AS (7) VIRTUAL;";
    let (database, _, _) = read_with(MSGSTORE, more);
    assert!(database.chats.iter().any(|c| c.messages() > 0), "nothing is taken for a notice");
}

#[test]
fn b07_rows_of_wrong_types_are_rejected_and_counted() {
    let more = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES
            (1, 0, 'w1', 'yesterday', 0), ('one', 0, 'w2', 1, 0), (1, x'00ff', 'w3', 1, 0), (4711, 0, 'w4', 1, 0),
            (1, 0, 'w5', 1704549840000, 1.5), (1, 0, 'fine', NULL, 0);
        INSERT INTO jid (_id, user, server, raw_string) VALUES (90, 'x', 'y', x'ff'), (91, 'x', 'y', 'no id');
        INSERT INTO chat (_id, jid_row_id, subject) VALUES (90, 90, 'Ghosts');
        INSERT INTO group_participant_user (group_jid_row_id, user_jid_row_id, rank) VALUES (8, 'x', 0), (8, 4711, 0), (2, 4, 0);";
    let (database, tally, problems) = read_with(MSGSTORE, more);
    let number = |sql: &str| -> u64 {
        let sql = format!("SELECT rowid FROM {sql}");
        made(MSGSTORE, more).query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let text = number("message WHERE key_id = 'w1'");
    let rows: Vec<(u64, &str)> = problems
        .iter()
        .filter(|p| p.code == Code::DatabaseRow)
        .map(|p| (p.line.unwrap(), p.quote.as_ref().unwrap().raw()))
        .collect();
    let member = number("group_participant_user WHERE user_jid_row_id = 'x'");
    let expected = [
        (member, "group_participant_user"),
        (member + 1, "group_participant_user"),
        (member + 2, "group_participant_user"),
        (90, "jid"),
        (91, "jid"),
        (text, "message"),
        (text + 1, "message"),
        (text + 2, "message"),
        (text + 3, "message"),
        (text + 4, "message"),
    ];
    assert_eq!(rows, expected);
    assert_eq!(tally.rejected, 10, "the chat of an id that is none is not counted once more");
    let (ada, _) = by_phone(&database, "447700900101");
    assert_eq!(direct(&database, ada).theirs[&ada].messages, 4, "a message without a date is one");

    let more = "INSERT INTO wa_contacts (jid, is_whatsapp_user, display_name) VALUES
        (x'01', 1, 'Blob'), ('447700900107@s.whatsapp.net', 1, x'41'), ('447700900108@s.whatsapp.net', 'yes', 'Text'), ('', 1, 'Nobody');";
    let (database, tally, _) = read_with(WA, more);
    assert_eq!((tally.kept, tally.rejected), (6, 4), "nor can anybody be told without an id and a number");
    assert!(!database.people.iter().any(|p| p.saved_name == Some(Foreign::from("Nobody"))));

    let more = "INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID) VALUES (90, NULL), (91, 'what');
        INSERT INTO ZWAMESSAGE (ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE) VALUES (1, 0, 0, 'soon'), (NULL, 0, 0, 1), (1, 0, 0, 9e999);";
    let (_, tally, _) = read_with(CHAT_STORAGE, more);
    assert_eq!(tally.rejected, 5);
}

#[test]
fn b07_rows_are_named_unless_they_are_many_or_have_no_number() {
    let told = |more: &str| -> Vec<(Code, Option<u64>, Option<u64>)> {
        let (_, tally, problems) = read_with(WA, more);
        let rows: Vec<_> = problems.iter().filter(|p| p.quote == Some(Foreign::from("wa_vnames"))).collect();
        assert_eq!(tally.rejected, rows.iter().map(|p| p.count.unwrap_or(1)).sum::<u64>());
        rows.into_iter().map(|p| (p.code, p.line, p.count)).collect()
    };
    let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
        INSERT INTO wa_vnames (jid) SELECT x'ff' FROM n;";
    let many = told(&format!("DROP TABLE wa_vnames; CREATE TABLE wa_vnames (jid, verified_name); {rows}"));
    assert_eq!(many.len(), 1001);
    assert_eq!(many[999], (Code::DatabaseRow, Some(1000), None));
    assert_eq!(many[1000], (Code::DatabaseRows, None, Some(500)));

    let without = "DROP TABLE wa_vnames;
        CREATE TABLE wa_vnames (id PRIMARY KEY, jid, verified_name) WITHOUT ROWID;
        INSERT INTO wa_vnames VALUES (7, x'ff', ''), (8, x'ff', '');";
    assert_eq!(told(without), [(Code::DatabaseRows, None, Some(2))]);
}

#[test]
fn b07_an_id_that_is_none_is_rejected_once_however_much_refers_to_it() {
    let more = "INSERT INTO jid (_id, user, server, raw_string) VALUES (90, 'abc', 's.whatsapp.net', 'abc@s.whatsapp.net');
        INSERT INTO chat (_id, jid_row_id) VALUES (90, 90);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) SELECT 90, 0, 'bad' || i, 1704549840000, 0 FROM n;";
    let (_, tally, _) = read_with(MSGSTORE, more);
    assert_eq!((tally.read, tally.rejected), (6, 1));
    let more = "INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID) VALUES (90, 'abc@s.whatsapp.net');
        INSERT INTO ZWAMESSAGE (ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE) VALUES (90, 0, 0, 700000000), (90, 0, 0, 700000001);";
    assert_eq!(read_with(CHAT_STORAGE, more).1.rejected, 1);
}

#[test]
fn a17_a_date_of_before_whatsapp_is_none() {
    let more = "DELETE FROM message;
        INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'seconds', 1735725600, 0);";
    let (database, _, _) = read_with(MSGSTORE, more);
    let written: Vec<_> = database.chats.iter().flat_map(Chat::volumes).filter(|v| v.messages > 0).collect();
    assert_eq!((written.len(), written[0].messages, written[0].first), (1, 1, None));
    assert!(written[0].months.is_empty());
}

#[test]
fn what_is_not_whatsapps_is_nobodys() {
    for sql in [
        "",
        "CREATE TABLE message (a);",
        "CREATE TABLE contacts (name, number);",
        "CREATE TABLE ZWAMESSAGE (Z_PK);",
    ] {
        assert!(recognise(&made(sql, "")).unwrap().is_none(), "{sql}");
        assert!(read(&made(sql, ""), &mut Vec::new()).unwrap().is_none(), "{sql}");
    }
}

#[test]
fn usernames_are_read_on_both_systems() {
    let more =
        "DELETE FROM lid_display_name; INSERT INTO lid_display_name (lid_row_id, display_name, username)
        SELECT _id, NULL, '@cy.hills' FROM jid WHERE raw_string = '235085806727321@lid';";
    let table = "DROP TABLE lid_display_name; CREATE TABLE lid_display_name (lid_row_id INTEGER, display_name TEXT, username TEXT);";
    let (database, tally, _) = read_with(MSGSTORE, &format!("{table}{more}"));
    assert_eq!(by_lid(&database, "235085806727321@lid").1.username, Some(Foreign::from("cy.hills")));
    assert_eq!(tally.rejected, 0);
    let (database, ..) =
        read_with(CONTACTS, "UPDATE ZWAADDRESSBOOKCONTACT SET ZUSERNAME = ' ada.quill ' WHERE Z_PK = 1;");
    assert_eq!(by_phone(&database, "447700900101").1.username, Some(Foreign::from("ada.quill")));
    assert_eq!(by_phone(&database, "447700900102").1.username, None);
    // A finding of before has none.
    let mut json = serde_json::to_value(&database).unwrap();
    json["people"][0].as_object_mut().unwrap().remove("username");
    assert!(serde_json::from_value::<crate::model::database::Database>(json).is_ok());
}
