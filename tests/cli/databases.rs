//! WhatsApp's databases as their owners have them: from Android, from an
//! iPhone, with a log beside them, in a zip, in the backup of a whole phone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::hostile::{contact, contacts, import, inspect, inspect_within, sound};
use crate::support::{Place, codes};
use crate::zip_bytes::{Entry, archive};

pub const MSGSTORE: &str = include_str!("../../fixtures/whatsapp/msgstore.sql");
pub const WA: &str = include_str!("../../fixtures/whatsapp/wa.sql");
const CHAT_STORAGE: &str = include_str!("../../fixtures/whatsapp/ChatStorage.sql");
const CONTACTS: &str = include_str!("../../fixtures/whatsapp/ContactsV2.sql");
const LINKS: &str = include_str!("../../fixtures/whatsapp/LID.sql");

/// Makes a database.
pub fn made(place: &Place, name: &str, sql: &[&str]) -> PathBuf {
    let path = place.file(name, "");
    let db = Connection::open(&path).expect("a database");
    for sql in sql {
        db.execute_batch(sql).expect("the tables");
    }
    path
}

/// A database with a log beside it in which alone `late` stands.
fn made_with_log(place: &Place, name: &str, sql: &str, late: &str) -> PathBuf {
    let source = made(place, "source.db", &[sql]);
    let db = Connection::open(&source).expect("a database");
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;").expect("a log");
    db.execute_batch(late).expect("the late rows");
    // Copied while the other program has it open, as from a running phone.
    let path = place.file(name, fs::read(&source).expect("the database"));
    place.file(&format!("{name}-wal"), fs::read(source.with_extension("db-wal")).expect("the log"));
    drop(db);
    fs::remove_file(source).expect("the source goes");
    path
}

/// Every file of a folder with its bytes and times.
fn state(folder: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let time = entry.metadata().and_then(|m| m.modified()).expect("a time");
            (entry.path(), fs::read(entry.path()).expect("the bytes"), time)
        })
        .collect();
    files.sort();
    files
}

fn person<'a>(object: &'a Value, name: &str) -> &'a Value {
    let people = object["people"].as_array().expect("people");
    people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name} in {people:?}"))
}

fn direct_messages(object: &Value, phone: &str) -> Value {
    let people = object["people"].as_array().expect("people");
    people.iter().find(|p| p["phones"] == json!([phone])).expect("the partner")["direct"].clone()
}

#[test]
fn an_android_database_is_inspected() {
    let place = Place::new();
    let object = inspect(&place, &made(&place, "a.bin", &[MSGSTORE]), 0);
    assert_eq!(
        (object["kind"].as_str(), object["platform"].as_str()),
        (Some("whatsapp-android-db"), Some("android"))
    );
    assert_eq!(object["counts"]["messages"], 12);
    assert_eq!(object["counts"]["cards"], 5);
    assert_eq!(direct_messages(&object, "+447700900101"), json!({"mine": 1, "theirs": 3}));
    let cy = person(&object, "Cy from the hills");
    assert_eq!((&cy["phones"], &cy["push_name"]), (&json!([]), &json!(true)));
    assert_eq!(cy["identities"], json!([{"kind": "whatsapp-lid", "value": "235085806727321@lid"}]));
    assert_eq!((&cy["first"], &cy["messages"]), (&json!("2024-01-23T09:00:00Z"), &json!(1)));
    let walkers = object["groups"].as_array().unwrap().iter().find(|g| g["title"] == "Hill Walkers").unwrap();
    assert_eq!(
        (walkers["members"].as_array().unwrap().len(), &walkers["members_complete"]),
        (3, &json!(true))
    );
    assert_eq!(
        walkers["members"][0],
        json!({"name": null, "phone": "+447700900101", "role": "creator", "state": "in"})
    );
    assert_eq!(
        object["number_changes"],
        json!([{"name": null, "from": "+447700900102", "to": "+447700900112"}])
    );
    assert_eq!(codes(&object), ["numbers-unknown"]);
    assert!(!place.run(["inspect", "-v", "a.bin"]).all().contains("xylophone"));
}

#[test]
fn the_databases_of_an_account_come_in_any_order_and_any_number_of_calls() {
    let place = Place::new();
    let (store, wa) = (made(&place, "msgstore.db", &[MSGSTORE]), made(&place, "wa.db", &[WA]));
    import(&place, &[&wa], 0);
    import(&place, &[&store], 0);
    let ada = contact(&place, "Ada Quill");
    assert_eq!((&ada["phones"], &ada["messages"]), (&json!(["+447700900101"]), &json!(6)));
    assert_eq!(ada["identities"], json!([{"kind": "whatsapp-lid", "value": "111111111111101@lid"}]));
    assert_eq!(ada["groups"], json!(["Hill Walkers"]));
    let report = sound(place.run(["report", "--json"])).ends_with(0).object();
    let walkers = report["groups"].as_array().unwrap().iter().find(|g| g["title"] == "Hill Walkers").unwrap();
    assert_eq!((&walkers["members"], &walkers["members_complete"]), (&json!(3), &json!(true)));

    // Again, and together: nothing changes.
    let before = contacts(&place);
    let objects = import(&place, &[&store, &wa], 0);
    assert!(objects.iter().all(|o| o["contacts_new"] == 0 && o["contacts_changed"] == 0), "{objects:?}");
    assert_eq!(contacts(&place), before);

    // A later state in the same place takes the earlier one's.
    Connection::open(&store)
        .unwrap()
        .execute_batch("INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 1, 'z', 1710000000000, 0);")
        .unwrap();
    let objects = import(&place, &[&store], 0);
    assert!(!objects.iter().any(|o| codes(o).contains(&"chat-replaced")));
    assert_eq!(contact(&place, "Ada Quill")["messages"], 7);

    // What is not known is said to be unknown.
    let why = sound(place.run(["why", "Cy from the hills"])).ends_with(0).stdout;
    assert!(why.contains("number is unknown") && why.contains("235085806727321@lid"), "{why}");
    let cy = contact(&place, "Cy from the hills");
    assert_eq!(cy["phones"], json!([]));
    // Ada's is known, so there is nothing to say.
    assert!(!place.run(["why", "Ada Quill"]).stdout.contains("unknown. WhatsApp"));
}

#[test]
fn b04_what_stands_only_in_the_log_is_read_and_nothing_is_touched() {
    let place = Place::new();
    let late = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'z', 1710000000000, 0), (1, 1, 'y', 1710000001000, 0);";
    let store = made_with_log(&place, "phone/msgstore.db", MSGSTORE, late);
    let folder = store.parent().unwrap();
    let before = state(folder);
    assert_eq!(before.len(), 2, "the database and its log");
    let object = inspect(&place, &store, 0);
    assert_eq!(direct_messages(&object, "+447700900101"), json!({"mine": 2, "theirs": 4}));
    assert_eq!(object["counts"]["messages"], 14);
    import(&place, &[&store], 0);
    sound(place.run(["migrate".as_ref(), folder.as_os_str()])).ends_with(0);
    assert!(state(folder) == before, "bytes, times or side files changed");

    // Without its log the same database knows less.
    fs::remove_file(folder.join("msgstore.db-wal")).unwrap();
    let object = inspect(&place, &store, 0);
    assert_eq!(object["counts"]["messages"], 12);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
}

#[test]
fn a_schema_that_stands_only_in_the_log_is_found() {
    let place = Place::new();
    let store = made_with_log(&place, "fresh/msgstore.db", "PRAGMA user_version = 1;", MSGSTORE);
    assert_eq!(inspect(&place, &store, 0)["counts"]["messages"], 12);
}

#[test]
fn in_a_folder_only_whatsapps_databases_are_taken() {
    let place = Place::new();
    made(&place, "phone/Databases/msgstore.db", &[MSGSTORE]);
    made(&place, "phone/Databases/wa.db", &[WA]);
    made(&place, "phone/places.sqlite", &["CREATE TABLE bookmarks (a);"]);
    place.file("phone/broken.db", b"SQLite format 3\0 and nothing more");
    let outcome = sound(place.run(["inspect", "--json", "phone"])).ends_with(0);
    let kinds: Vec<Value> = outcome.json().iter().map(|o| o["kind"].clone()).collect();
    assert_eq!(kinds, ["whatsapp-android-db", "whatsapp-android-db"]);
    let outcome = sound(place.run(["migrate", "phone"])).ends_with(0);
    assert!(outcome.stderr.contains("2 files in this folder were left alone"), "{}", outcome.stderr);
    // Named, one that is nobody's is a problem.
    let object = inspect(&place, &place.path().join("phone/places.sqlite"), 4);
    assert_eq!(codes(&object), ["not-recognised"]);
}

#[test]
fn in_a_zip_a_database_is_read_with_its_log() {
    let place = Place::new();
    let late = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'z', 1710000000000, 0);";
    let store = made_with_log(&place, "msgstore.db", MSGSTORE, late);
    let log = fs::read(place.path().join("msgstore.db-wal")).unwrap();
    let zip = archive(&[
        Entry::deflated("Databases/msgstore.db", &fs::read(&store).unwrap()),
        Entry::deflated("Databases/msgstore.db-wal", &log),
    ]);
    let path = place.file("phone.zip", zip);
    let object = inspect(&place, &path, 0);
    assert_eq!(object["kind"], "whatsapp-android-db");
    assert!(object["path"].as_str().unwrap().ends_with("phone.zip!/Databases/msgstore.db"));
    assert_eq!(object["counts"]["messages"], 13);
    import(&place, &[&path], 0);
}

/// The backup of a phone: files named by hashes, and the list of them.
fn phone_backup(place: &Place, name: &str) -> PathBuf {
    let folder = place.path().join(name);
    let mut rows = String::from(
        "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);",
    );
    let domain = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared";
    for (at, (file, sql)) in
        [("ChatStorage.sqlite", CHAT_STORAGE), ("ContactsV2.sqlite", CONTACTS), ("LID.sqlite", LINKS)]
            .iter()
            .enumerate()
    {
        let id = format!("{at}a{}", "0".repeat(38));
        made(place, &format!("{name}/{}/{id}", &id[..2]), &[sql]);
        rows.push_str(&format!("INSERT INTO Files VALUES ('{id}', '{domain}', '{file}', 1, NULL);"));
    }
    // An id that would lead out of the backup, and a file of another app.
    let outside = made(place, "outside.sqlite", &[CHAT_STORAGE]);
    rows.push_str(&format!(
        "INSERT INTO Files VALUES ('{}', '{domain}', 'ChatStorage.sqlite', 1, NULL);",
        outside.display()
    ));
    rows.push_str(
        "INSERT INTO Files VALUES ('ff00', 'AppDomain-org.example', 'ChatStorage.sqlite', 1, NULL);",
    );
    made(place, &format!("{name}/Manifest.db"), &[&rows]);
    place.file(&format!("{name}/Manifest.plist"), "<plist/>");
    folder
}

#[test]
fn an_iphones_backup_gives_its_three_databases() {
    let place = Place::new();
    let folder = phone_backup(&place, "Backup/00008030");
    let outcome = sound(place.run(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()])).ends_with(0);
    let paths: Vec<String> = outcome
        .json()
        .iter()
        .map(|o| o["path"].as_str().unwrap().rsplit("!/").next().unwrap().to_owned())
        .collect();
    assert_eq!(paths, ["ChatStorage.sqlite", "ContactsV2.sqlite", "LID.sqlite"]);
    assert!(outcome.json().iter().all(|o| o["kind"] == "whatsapp-ios-db"));

    // The folder of all backups will do as well.
    let outcome = sound(place.run(["migrate", "Backup"])).ends_with(0);
    let ada = contact(&place, "Ada Quill");
    assert_eq!((&ada["phones"], &ada["scope"]), (&json!(["+447700900101"]), &json!("circle")));
    // Of the backup of a whole phone nobody says that it may go.
    let deletable = outcome.stdout.split("does not need them any more").nth(1).unwrap_or_default();
    assert!(!deletable.contains("00008030"), "{deletable}");
}

#[test]
fn an_iphones_backup_that_is_locked_or_without_whatsapp_says_so() {
    let place = Place::new();
    place.file("locked/Manifest.plist", "<plist/>");
    place.file("locked/Manifest.db", [0x5a; 4096]);
    let outcome = place.run(["inspect", "--json", "locked"]).ends_with(4);
    assert_eq!(codes(&outcome.json()[0]), ["phone-backup-encrypted"]);

    let folder = phone_backup(&place, "other");
    Connection::open(folder.join("Manifest.db"))
        .unwrap()
        .execute_batch("DELETE FROM Files WHERE domain <> 'AppDomain-org.example';")
        .unwrap();
    let outcome = place.run(["inspect", "--json", "other"]).ends_with(4);
    assert_eq!(codes(&outcome.json()[0]), ["phone-backup-without-whatsapp"]);
}

#[test]
fn an_iphones_backup_that_lacks_a_file_says_which() {
    let place = Place::new();
    let folder = phone_backup(&place, "backup");
    let id = |at: u8| format!("{at}a{}", "0".repeat(38));
    fs::remove_file(folder.join("1a").join(id(1))).unwrap();
    // The log of another one is listed, and gone.
    let more = "INSERT INTO Files SELECT replace(fileID, '0a', '3a'), domain, relativePath || '-wal', 1, NULL FROM Files WHERE fileID LIKE '0a%';";
    Connection::open(folder.join("Manifest.db")).unwrap().execute_batch(more).unwrap();
    let outcome = sound(place.run(["inspect", "--json", "backup"])).ends_with(3);
    let missing: Vec<String> = outcome
        .json()
        .iter()
        .flat_map(|object| object["problems"].as_array().unwrap().clone())
        .filter(|problem| problem["code"] == "phone-backup-incomplete")
        .map(|problem| {
            assert!(problem["hint"].as_str().unwrap().contains("Copy the whole folder"));
            problem["path"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(missing, ["backup!/ChatStorage.sqlite-wal", "backup!/ContactsV2.sqlite"]);

    // With all of them gone it is not said that WhatsApp is not in it.
    for at in [0, 2] {
        fs::remove_file(folder.join(format!("{at}a")).join(id(at))).unwrap();
    }
    let outcome = place.run(["inspect", "--json", "backup"]).ends_with(4);
    assert!(!outcome.stdout.contains("phone-backup-without-whatsapp"), "{}", outcome.stdout);
    assert_eq!(outcome.stdout.matches("phone-backup-incomplete").count(), 4);
}

#[test]
fn a_log_that_was_cut_is_used_and_said_to_be_cut() {
    let place = Place::new();
    let late = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'l1', 1710000000000, 0);";
    let later = late.replace("l1", "l2");
    let path = made_with_log(&place, "msgstore.db", MSGSTORE, &format!("{late}{later}"));
    assert!(codes(&inspect(&place, &path, 0)).iter().all(|code| *code != "database-log-cut"));
    let log = path.with_extension("db-wal");
    let bytes = fs::read(&log).unwrap();
    fs::write(&log, &bytes[..bytes.len() - 1000]).unwrap();
    let object = inspect(&place, &path, 0);
    assert!(codes(&object).contains(&"database-log-cut"), "{object}");
    assert_eq!(object["counts"]["messages"], 13, "what was committed before is there");
}

#[test]
fn large_databases_are_held_one_at_a_time_and_once() {
    let place = Place::new();
    let blob = "CREATE TABLE filler (b); INSERT INTO filler WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 48) SELECT zeroblob(1048576) FROM n;";
    let late = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'l1', 1710000000000, 0);";
    for folder in ["a", "b", "c"] {
        let path =
            made_with_log(&place, &format!("in/{folder}/msgstore.db"), &format!("{MSGSTORE}{blob}"), late);
        assert!(fs::metadata(path).unwrap().len() > 48 * 1024 * 1024);
    }
    // Room for one of them, but not for two, nor for one twice.
    let outcome = sound(inspect_within(&place, 88 * 1024, &place.path().join("in"))).ends_with(0);
    let objects = outcome.json();
    assert_eq!(objects.len(), 3);
    assert!(objects.iter().all(|object| object["counts"]["messages"] == 13), "{}", outcome.stdout);
}

#[test]
fn b03_an_empty_list_of_names_says_so_and_the_address_book_has_them() {
    let place = Place::new();
    let store = made(&place, "msgstore.db", &[MSGSTORE]);
    let wa = made(&place, "wa.db", &[WA, "DELETE FROM wa_contacts; DELETE FROM wa_vnames;"]);
    let object = inspect(&place, &wa, 0);
    assert_eq!(codes(&object), ["names-absent"]);
    let book = place.file(
        "contacts.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Quill\r\nTEL:+447700900101\r\nEND:VCARD\r\n",
    );
    import(&place, &[&store, &wa, &book], 0);
    assert_eq!(contact(&place, "Ada Quill")["messages"], 6);
}

#[test]
fn a_chat_in_a_database_and_as_text_counts_once() {
    let place = Place::new();
    let (store, wa) = (made(&place, "msgstore.db", &[MSGSTORE]), made(&place, "wa.db", &[WA]));
    let text = place.file(
        "WhatsApp Chat with Ada Quill.txt",
        "06/01/2024, 14:03 - Zoe Park: hello\n06/01/2024, 14:04 - Ada Quill: hello yourself\n",
    );
    let outcome =
        sound(place.run(["migrate", "--json", "msgstore.db", "wa.db", text.to_str().unwrap()])).ends_with(0);
    let report = outcome.object();
    assert!(codes(&report).contains(&"chat-replaced"));
    assert_eq!(contact(&place, "Ada Quill")["messages"], 6);
    let _ = (store, wa);
}
