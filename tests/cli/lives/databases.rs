//! WhatsApp's databases of a synthetic life: the same people once more, by
//! numbers and by linked ids, some of whom a map folds to their numbers, some
//! of whom nothing does.
//!
//! Everybody has one linked id, made of the mark of this appearance.

use std::fmt::Write as _;

use super::dice::Dice;
use super::generate::{Life, Person, on_networks};

/// The tables of Android's two databases, and of an iPhone's three.
const TABLES: [(&str, &str); 5] = [
    (
        "msgstore.db",
        "CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string TEXT, user TEXT, server TEXT);
         CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER);
         CREATE TABLE lid_display_name (lid_row_id INTEGER, display_name TEXT, username TEXT);
         CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
         CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, timestamp INTEGER,
             message_type INTEGER, sender_jid_row_id INTEGER);
         CREATE TABLE group_participant_user (group_jid_row_id INTEGER, user_jid_row_id INTEGER, rank INTEGER);
         CREATE TABLE message_system_number_change (old_jid_row_id INTEGER, new_jid_row_id INTEGER);
         INSERT INTO jid VALUES (1, '120363026294026347@g.us', NULL, NULL);
         INSERT INTO chat VALUES (1, 1, 'Verein');",
    ),
    (
        "wa.db",
        "CREATE TABLE wa_contacts (jid TEXT, is_whatsapp_user INTEGER, number TEXT, display_name TEXT, wa_name TEXT);",
    ),
    (
        "ChatStorage.sqlite",
        "CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID TEXT, ZPARTNERNAME TEXT);
         CREATE TABLE ZWAMESSAGE (ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZMESSAGEDATE REAL, ZMESSAGETYPE INTEGER, ZGROUPMEMBER INTEGER);
         CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZMEMBERJID TEXT, ZCONTACTNAME TEXT);
         INSERT INTO ZWACHATSESSION VALUES (1, '120363026294026347@g.us', 'Verein');",
    ),
    (
        "ContactsV2.sqlite",
        "CREATE TABLE ZWAADDRESSBOOKCONTACT (ZWHATSAPPID TEXT, ZLID TEXT, ZPHONENUMBER TEXT, ZFULLNAME TEXT);",
    ),
    ("LID.sqlite", "CREATE TABLE ZWAZACCOUNT (ZIDENTIFIER TEXT, ZPHONENUMBER TEXT);"),
];

/// The linked id that bears a mark.
pub fn lid(mark: usize) -> String {
    format!("{}@lid", 100_000_000_000_000 + mark)
}

/// The mark in a linked id.
pub fn mark(lid: &str) -> Option<usize> {
    lid.strip_suffix("@lid")?.parse::<usize>().ok()?.checked_sub(100_000_000_000_000)
}

/// How somebody stands in the databases.
struct Appearance<'a> {
    lid: String,
    /// The number, as WhatsApp writes it; none if nothing tells it.
    phone: Option<&'a str>,
    /// The name in the phone.
    saved: Option<&'a str>,
    /// The name that they gave themself.
    push: &'a str,
    /// In a chat between two, or as a member of the group.
    direct: bool,
    /// Met under the linked id, under the number, or both.
    split: bool,
    /// A number that they had before.
    before: Option<&'a str>,
}

/// Makes the databases of a life, as their SQL by file name: an Android
/// phone's, or an iPhone's.
pub fn databases(
    life: &mut Life,
    people: &[Person],
    android: bool,
    dice: &mut Dice,
) -> Vec<(&'static str, String)> {
    let mut sql: Vec<(&str, String)> = TABLES.iter().map(|(name, sql)| (*name, (*sql).to_owned())).collect();
    for (index, person) in people.iter().enumerate() {
        if dice.one_in(3) {
            continue;
        }
        let known = !dice.one_in(5);
        let number = on_networks(&person.numbers[0]);
        let saved = person.phone_name.as_deref().filter(|_| known || dice.one_in(2));
        let other = person.numbers.get(1).map(on_networks);
        let before = other.filter(|_| known && android && dice.one_in(3)).map(String::as_str);
        let mut ids: Vec<String> = [number.clone()].into_iter().filter(|_| known).collect();
        ids.extend(before.map(str::to_owned));
        let (direct, split) = (dice.one_in(2), dice.one_in(2));
        // Whose name stands in an iPhone's member lists, they do not tell.
        let told = saved.filter(|_| android || direct || known && !split);
        let mark = life.add(index, &ids, told, known);
        let first = person.full.split(' ').next().unwrap_or_default();
        let appearance = Appearance {
            lid: lid(mark),
            phone: Some(number.as_str()).filter(|_| known),
            saved,
            push: first,
            direct,
            split,
            before,
        };
        let [store, wa, chats, contacts, map] = sql.as_mut_slice() else { continue };
        match android {
            true => on_android(&appearance, 10 * (index + 1), &mut store.1, &mut wa.1),
            false => on_iphone(&appearance, 10 * (index + 1), [&mut chats.1, &mut contacts.1, &mut map.1]),
        }
    }
    sql.retain(|(name, _)| ["msgstore.db", "wa.db"].contains(name) == android);
    sql
}

/// As a text in SQL.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn on_android(who: &Appearance<'_>, row: usize, store: &mut String, wa: &mut String) {
    let (lid_row, phone_row, old_row) = (row, row + 1, row + 2);
    let _ = write!(store, "INSERT INTO jid VALUES ({lid_row}, '{}', NULL, NULL);", who.lid);
    let _ = write!(store, "INSERT INTO lid_display_name VALUES ({lid_row}, {}, NULL);", quoted(who.push));
    if let Some(phone) = who.phone {
        let _ = write!(store, "INSERT INTO jid VALUES ({phone_row}, '{phone}@s.whatsapp.net', NULL, NULL);");
        let _ = write!(store, "INSERT INTO jid_map VALUES ({lid_row}, {phone_row});");
    }
    if let Some(before) = who.before {
        let _ = write!(store, "INSERT INTO jid VALUES ({old_row}, '{before}@s.whatsapp.net', NULL, NULL);");
        let _ = write!(store, "INSERT INTO message_system_number_change VALUES ({old_row}, {phone_row});");
    }
    // Under the number there is a chat only where it is known.
    let rows = [(lid_row, true), (phone_row, who.phone.is_some() && who.split)];
    for (id, _) in rows.into_iter().filter(|(_, there)| *there) {
        if who.direct {
            let _ = write!(store, "INSERT INTO chat VALUES ({id}, {id}, NULL);");
            for from_me in 0..2 {
                let _ = write!(
                    store,
                    "INSERT INTO message (chat_row_id, from_me, timestamp, message_type) VALUES ({id}, {from_me}, 1609459200000, 0);"
                );
            }
        } else {
            let _ = write!(store, "INSERT INTO group_participant_user VALUES (1, {id}, 0);");
        }
    }
    let jid = who.phone.map_or_else(|| who.lid.clone(), |phone| format!("{phone}@s.whatsapp.net"));
    if let Some(saved) = who.saved {
        let _ = write!(
            wa,
            "INSERT INTO wa_contacts VALUES ('{jid}', 1, NULL, {}, {});",
            quoted(saved),
            quoted(who.push)
        );
    }
}

fn on_iphone(who: &Appearance<'_>, row: usize, [chats, contacts, map]: [&mut String; 3]) {
    let by_number = who.phone.map(|phone| format!("{phone}@s.whatsapp.net"));
    // Who is met under the number alone has the linked id among the contacts.
    let listed = who.saved.is_some() && who.phone.is_some() && !who.split;
    let ids = match (&by_number, listed) {
        (Some(number), true) => vec![number],
        (Some(number), false) if who.split => vec![&who.lid, number],
        _ => vec![&who.lid],
    };
    for (place, id) in ids.into_iter().enumerate() {
        let key = row + place;
        let shown = who.saved.map_or_else(|| quoted(&format!("~{}", who.push)), quoted);
        if who.direct {
            let _ = write!(chats, "INSERT INTO ZWACHATSESSION VALUES ({key}, '{id}', {shown});");
            for from_me in 0..2 {
                let _ =
                    write!(chats, "INSERT INTO ZWAMESSAGE VALUES ({key}, {from_me}, 631152000.0, 0, NULL);");
            }
        } else {
            let _ = write!(chats, "INSERT INTO ZWAGROUPMEMBER VALUES ({key}, 1, '{id}', {shown});");
        }
    }
    if let Some(phone) = who.phone {
        let link = format!("INSERT INTO ZWAZACCOUNT VALUES ('{}', '{phone}');", who.lid);
        match who.saved.filter(|_| listed) {
            Some(saved) => {
                let _ = write!(
                    contacts,
                    "INSERT INTO ZWAADDRESSBOOKCONTACT VALUES ('{phone}', '{}', '+{phone}', {});",
                    who.lid,
                    quoted(saved)
                );
            }
            None => map.push_str(&link),
        }
    }
}
