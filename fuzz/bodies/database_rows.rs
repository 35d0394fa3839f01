//! Whatever stands in the cells of WhatsApp's tables, reading them ends, adds
//! up, and makes no number of a linked id.

use rusqlite::Connection;
use rusqlite::types::Value;
use transhume::model::database::Database;
use transhume::read::Tally;
use transhume::read::whatsapp::db;

const TABLES: [&str; 5] = [
    "CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string);
     CREATE TABLE jid_map (lid_row_id, jid_row_id);
     CREATE TABLE chat (_id, jid_row_id, subject);
     CREATE TABLE message (chat_row_id, from_me, timestamp, message_type, sender_jid_row_id);
     CREATE TABLE group_participant_user (group_jid_row_id, user_jid_row_id, rank, pending);",
    "CREATE TABLE messages (key_remote_jid, key_from_me, timestamp, status, media_wa_type, remote_resource);
     CREATE TABLE chat_list (key_remote_jid, subject);
     CREATE TABLE group_participants (gjid, jid, admin, pending);",
    "CREATE TABLE wa_contacts (jid, display_name, given_name, family_name, wa_name, number, is_whatsapp_user);
     CREATE TABLE wa_vnames (jid, verified_name);",
    "CREATE TABLE ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME);
     CREATE TABLE ZWAMESSAGE (ZCHATSESSION, ZISFROMME, ZMESSAGEDATE, ZMESSAGETYPE, ZGROUPMEMBER);
     CREATE TABLE ZWAGROUPMEMBER (Z_PK, ZCHATSESSION, ZMEMBERJID, ZCONTACTNAME, ZISADMIN, ZISACTIVE);
     CREATE TABLE ZWAGROUPINFO (ZCHATSESSION, ZCREATORJID);
     CREATE TABLE ZWAPROFILEPUSHNAME (ZJID, ZPUSHNAME);",
    "CREATE TABLE ZWAADDRESSBOOKCONTACT (ZWHATSAPPID, ZLID, ZPHONENUMBER, ZFULLNAME, ZGIVENNAME, ZLASTNAME, ZBUSINESSNAME);",
];

/// Ids that make rows point to each other more often than chance would.
const IDS: [&str; 8] = [
    "447700900101@s.whatsapp.net",
    "447700900102:3@s.whatsapp.net",
    "111111111111101@lid",
    "447700900199@lid",
    "120363026294026347@g.us",
    "status@broadcast",
    "",
    "no id",
];

/// Tries one input: the first byte chooses the tables, the rest fills them.
pub fn run(data: &[u8]) {
    let Some((which, mut rest)) = data.split_first() else { return };
    let sql = TABLES[usize::from(*which) % TABLES.len()];
    let Ok(connection) = Connection::open_in_memory() else { return };
    connection.execute_batch(sql).expect("the tables");
    let tables: Vec<(&str, usize)> = sql
        .split("CREATE TABLE ")
        .filter_map(|table| Some((table.split(' ').next()?, table.split(',').count())))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    while let Some((table, tail)) = rest.split_first() {
        rest = tail;
        let (name, columns) = tables[usize::from(*table) % tables.len()];
        let cells: Vec<Value> = (0..columns).map(|_| cell(&mut rest)).collect();
        let marks = vec!["?"; columns].join(", ");
        // A key that is there already, or is none, is no row.
        let _ = connection
            .execute(&format!("INSERT INTO {name} VALUES ({marks})"), rusqlite::params_from_iter(cells));
    }
    let mut problems = Vec::new();
    let read = db::read(&connection, &mut problems).expect("the tables are those of a known version");
    let (database, tally) = read.expect("the tables are WhatsApp's");
    holds(&database, tally);
}

fn cell(rest: &mut &[u8]) -> Value {
    let mut byte = || {
        let (first, tail) = rest.split_first().unwrap_or((&0, &[]));
        *rest = tail;
        *first
    };
    match byte() % 8 {
        0 => Value::Null,
        1 | 2 => Value::Integer(i64::from(byte() % 8)),
        3 => Value::Integer(i64::from_be_bytes([
            byte(),
            byte(),
            byte(),
            byte(),
            byte(),
            byte(),
            byte(),
            byte(),
        ])),
        4 => {
            Value::Real(f64::from_bits(u64::from_be_bytes([byte(), byte(), byte(), byte(), 0, 0, 0, byte()])))
        }
        5 => Value::Blob(vec![byte(), byte()]),
        _ => Value::Text(IDS[usize::from(byte()) % IDS.len()].to_owned()),
    }
}

fn holds(database: &Database, tally: Tally) {
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, database.people.len() as u64);
    let inside = |place: &usize| *place < database.people.len();
    for person in &database.people {
        // No row gives this linked id a number, and its digits are none.
        let number = person.phone.as_ref().map(transhume::model::Phone::as_str);
        assert_ne!(number, Some("+447700900199"));
        let has_identity = person.phone.is_some() || person.lid.is_some() || person.number.is_some();
        assert!(has_identity, "nobody is without any identity");
    }
    for chat in &database.chats {
        assert_ne!(chat.partner.is_some(), chat.group.is_some());
        assert!(chat.partner.iter().all(inside) && chat.theirs.keys().all(inside));
        assert!(chat.members.iter().all(|member| inside(&member.person)));
        for volume in chat.volumes() {
            assert!(volume.first <= volume.last);
            assert!(volume.months.values().map(|n| u64::from(*n)).sum::<u64>() <= volume.messages);
        }
    }
    let text = serde_json::to_string(database).expect("a finding is kept");
    assert_eq!(&serde_json::from_str::<Database>(&text).expect("and read again"), database);
}
