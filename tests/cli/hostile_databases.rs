//! Databases that want to harm whoever opens them, or that were harmed.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::databases::{MSGSTORE, WA, made};
use crate::hostile::{import, inspect, problem, refused};
use crate::support::{Place, codes};

#[test]
fn b01_a_linked_id_never_becomes_a_number() {
    let place = Place::new();
    // It would make a fine number of the region.
    let more = "UPDATE jid SET user = '447700900199', raw_string = '447700900199@lid' WHERE _id = 5;";
    let store = made(&place, "msgstore.db", &[MSGSTORE, more]);
    let object = inspect(&place, &store, 0);
    import(&place, &[&store], 0);
    let contacts = crate::hostile::contacts(&place);
    let hidden = contacts.iter().find(|c| c["phones"] == json!([])).expect("somebody without a number");
    assert_eq!(hidden["identities"], json!([{"kind": "whatsapp-lid", "value": "447700900199@lid"}]));
    for text in [object.to_string(), serde_json::to_string(&contacts).unwrap()] {
        assert!(!text.contains("+447700900199"), "{text}");
    }
}

#[test]
fn b02_feeds_channels_and_whatsapp_itself_are_nobody() {
    let place = Place::new();
    let store = made(&place, "msgstore.db", &[MSGSTORE]);
    import(&place, &[&store], 0);
    let contacts = serde_json::to_string(&crate::hostile::contacts(&place)).unwrap();
    for nobody in ["status", "newsletter", "120363144038483540", "g.us", "\"+0\""] {
        assert!(!contacts.contains(nobody), "{nobody}");
    }
}

#[test]
fn b04_a_schema_that_runs_things_is_refused() {
    for (name, more) in [
        (
            "message",
            "ALTER TABLE message RENAME TO m; CREATE VIEW message AS SELECT *, load_extension('/tmp/x') FROM m;",
        ),
        ("chat", "ALTER TABLE chat RENAME TO c; CREATE VIEW chat AS SELECT * FROM c;"),
        ("jid_map", "DROP TABLE jid_map; CREATE VIRTUAL TABLE jid_map USING fts5(lid_row_id, jid_row_id);"),
    ] {
        let place = Place::new();
        let store = made(&place, "msgstore.db", &[MSGSTORE, more]);
        let object = inspect(&place, &store, 4);
        assert_eq!(
            (object["kind"].as_str(), codes(&object)),
            (Some("whatsapp-android-db"), vec!["database-unsafe"])
        );
        assert!(problem(&object, "database-unsafe")["what"].as_str().unwrap().contains(name));
        refused(&place, &store);
    }
    // A trigger has nothing to wait for where nothing is written.
    let place = Place::new();
    let more = "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM jid; END;";
    let store = made(&place, "msgstore.db", &[MSGSTORE, more]);
    assert_eq!(inspect(&place, &store, 0)["counts"]["messages"], 12);
}

#[test]
fn b05_a_damaged_database_is_named_and_not_touched() {
    let place = Place::new();
    let rows = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000) SELECT 1, 0, 'x' || i, 1704549840000, 0 FROM n;";
    let store = made(&place, "msgstore.db", &[MSGSTORE, rows]);
    let good = fs::read(&store).unwrap();
    assert_eq!(inspect(&place, &store, 0)["counts"]["messages"], 3012);
    let pages = good.len() / 4096;
    let mut torn = good.clone();
    torn[(pages - 5) * 4096..(pages - 4) * 4096].fill(0xa5);
    let mut headless = good.clone();
    headless[16..24].fill(0xff);
    for (bytes, says) in [
        (torn, "page"),
        (good[..good.len() / 2].to_vec(), "malformed"),
        (good[..1000].to_vec(), ""),
        (headless, ""),
    ] {
        fs::write(&store, &bytes).unwrap();
        let time = fs::metadata(&store).unwrap().modified().unwrap();
        let object = inspect(&place, &store, 4);
        let what = problem(&object, "database-damaged")["what"].as_str().unwrap().to_owned();
        assert!(what.contains(says), "{what}");
        refused(&place, &store);
        assert_eq!(fs::metadata(&store).unwrap().modified().unwrap(), time);
        assert!(
            !place.path().join("msgstore.db-wal").exists()
                && !place.path().join("msgstore.db-journal").exists()
        );
    }
}

#[test]
fn b05_a_log_of_something_else_is_said_and_not_used() {
    let place = Place::new();
    let store = made(&place, "msgstore.db", &[MSGSTORE]);
    place.file("msgstore.db-wal", [7; 5000]);
    let object = inspect(&place, &store, 0);
    assert_eq!(codes(&object), ["database-log-strange", "numbers-unknown"]);
    assert_eq!(object["counts"]["messages"], 12);
}

#[test]
fn b07_rows_of_wrong_types_are_rejected_and_add_up() {
    let place = Place::new();
    let more = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type) VALUES (1, 0, 'a', 'yesterday', 0), ('x', 0, 'b', 1, 0);";
    let store = made(&place, "msgstore.db", &[MSGSTORE, more]);
    let more = "INSERT INTO wa_contacts (jid, is_whatsapp_user, display_name) VALUES (x'01', 1, 'Blob'), ('', 1, 'Nobody'), ('447700900109@s.whatsapp.net', 1, x'4142');";
    let wa = made(&place, "wa.db", &[WA, more]);
    let objects = import(&place, &[&store, &wa], 3);
    let rejected: Vec<u64> = objects.iter().filter_map(|o| o["rejected"].as_u64()).collect();
    assert_eq!(rejected, [2, 3]);
    assert!(objects.iter().take(2).all(|o| codes(o).contains(&"database-row")));
    let report = place.run(["report", "--json"]).object();
    let inputs = |name: &str| report["inputs"][name].as_u64().unwrap();
    assert_eq!(inputs("read"), inputs("kept") + inputs("merged") + inputs("rejected"));
    assert_eq!(inputs("rejected"), 5);

    place.run(["report", "--csv"]).ends_with(0);
    let rejects = fs::read_to_string(place.path().join("ws/out/rejects.csv")).unwrap();
    let rows = |file: &str, table: &str| -> Vec<u64> {
        let row = |row: csv::StringRecord| {
            let here = row[2].ends_with(file) && &row[1] == "database-row" && row[4].contains(table);
            here.then(|| row[3].parse().unwrap())
        };
        csv::Reader::from_reader(rejects.as_bytes()).into_records().filter_map(|r| row(r.unwrap())).collect()
    };
    let last = |path: &std::path::Path, table: &str| -> u64 {
        let sql = format!("SELECT max(rowid) FROM {table}");
        rusqlite::Connection::open(path).unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let message = last(&store, "message");
    assert_eq!(rows("msgstore.db", "message"), [message - 1, message]);
    let contact = last(&wa, "wa_contacts");
    assert_eq!(rows("wa.db", "wa_contacts"), [contact - 2, contact - 1, contact]);
}

#[test]
fn b08_views_without_end_and_trees_without_end_are_given_up() {
    let place = Place::new();
    let endless = "ALTER TABLE message RENAME TO m; CREATE VIEW message AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS chat_row_id, 0 AS from_me, 0 AS timestamp FROM n;";
    let store = made(&place, "view.db", &[MSGSTORE, endless]);
    let started = Instant::now();
    assert_eq!(codes(&inspect(&place, &store, 4)), ["database-unsafe"]);

    // A table of some thousand bytes whose tree has a thousand million leaves:
    // each inner page points to the next one again and again.
    let store = made(&place, "tree.db", &["PRAGMA page_size = 512;", MSGSTORE]);
    let root: usize = rusqlite::Connection::open(&store)
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'message'", [], |row| row.get(0))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let page = |number: usize| (number - 1) * 512..number * 512;
    let first = bytes.len() / 512 + 1;
    let inner = |child: usize| {
        let child = u32::try_from(child).unwrap().to_be_bytes();
        let (mut page, mut end) = (vec![0; 512], 512);
        let cells = 60_u16;
        for cell in 0..usize::from(cells) {
            end -= 5;
            page[end..end + 4].copy_from_slice(&child);
            page[end + 4] = 1;
            page[12 + 2 * cell..14 + 2 * cell].copy_from_slice(&u16::try_from(end).unwrap().to_be_bytes());
        }
        page[0] = 5;
        page[3..5].copy_from_slice(&cells.to_be_bytes());
        page[5..7].copy_from_slice(&u16::try_from(end).unwrap().to_be_bytes());
        page[8..12].copy_from_slice(&child);
        page
    };
    let leaf = bytes[page(root)].to_vec();
    for number in 0..4 {
        bytes.extend(inner(first + number + 1));
    }
    // What stood at the root becomes the one leaf, if it is one.
    let leaf = if leaf[0] == 13 {
        leaf
    } else {
        bytes[page(usize::from(u16::from_be_bytes([leaf[10], leaf[11]])))].to_vec()
    };
    bytes.extend(leaf);
    bytes[page(root)].copy_from_slice(&inner(first));
    let pages = u32::try_from(bytes.len() / 512).unwrap();
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    fs::write(&store, bytes).unwrap();
    assert_eq!(codes(&inspect(&place, &store, 4)), ["database-endless"]);
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
}
