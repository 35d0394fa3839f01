//! Whatever stands in Signal Desktop's settings, tables and pages, reading it
//! ends, adds up, and keeps nothing of the messages.

use std::io::Read;

use rusqlite::Connection;
use transhume::model::finding::SignalExport;
use transhume::read::signal::desktop::{self, Config, DatabaseKey, LockedPages, Sealed};
use transhume::read::wal;

const TABLES: &str = "
    CREATE TABLE conversations (id, type, json, e164, serviceId, name, profileName, active_at, groupId);
    CREATE TABLE items (id, json);";
const LAST_MESSAGE: &str = "
    UPDATE conversations SET json = json_set(json, '$.lastMessage', 'xylophone')
    WHERE json_valid(json) AND json_type(json) = 'object';";
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Tries one input: the first byte chooses what the rest is.
pub fn run(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    match which {
        b's' => settings(rest),
        b't' => tables(rest),
        _ => pages(rest),
    }
}

fn settings(data: &[u8]) {
    let Some(config) = Config::parse(data) else { return };
    match config.sealed {
        Some(Sealed::Openly(blob)) => drop(blob.open()),
        Some(Sealed::Kept(vault, blob)) => drop(blob.open_with(vault, "password")),
        _ => {}
    }
}

/// A line is a row; its cells are divided by tabs. One that begins with `items` is
/// a setting.
fn tables(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(connection) = Connection::open_in_memory() else { return };
    connection.execute_batch(TABLES).expect("the tables");
    for line in text.lines() {
        let mut cells: Vec<&str> = line.split('\t').collect();
        let sql = match cells.first() {
            Some(&"items") => {
                cells.remove(0);
                cells.resize(2, "");
                "INSERT INTO items VALUES (?, ?)"
            }
            _ => {
                cells.resize(9, "");
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            }
        };
        connection.execute(sql, rusqlite::params_from_iter(cells)).expect("any text goes in");
    }
    // Every conversation remembers its last message; nothing else may be called so.
    let has_word = text.contains("xylophone");
    connection.execute(LAST_MESSAGE, []).expect("a message goes in");
    let mut problems = Vec::new();
    let (export, tally) = desktop::read(&connection, &mut problems).expect("the tables are Signal's");
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, export.people.len() as u64);
    let kept = serde_json::to_string(&export).expect("a finding is kept");
    assert_eq!(serde_json::from_str::<SignalExport>(&kept).expect("and read again"), export);
    assert!(has_word || !kept.contains("xylophone"), "a message was kept");
}

/// The first half is a database, the other its log.
fn pages(data: &[u8]) {
    let key = DatabaseKey::parse(KEY).expect("a key");
    let mut pages = LockedPages::new(&key, &[7; 16]);
    let (database, log) = data.split_at(data.len() / 2);
    let committed = wal::read(log).unwrap_or_default();
    let (size, mut whole) = (database.len() as u64, Vec::new());
    let over = committed.over(log, database, size, &mut pages);
    let read = over.take(1 << 20).read_to_end(&mut whole).expect("memory can be read");
    assert_eq!(read as u64, committed.size_over(size).min(1 << 20));
    let (first, count) = pages.damaged();
    assert!(first.len() as u64 <= count && first.len() <= 10);
}
