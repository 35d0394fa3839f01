//! Signal Desktop's database, made by SQLCipher itself (`sqlcipher3` of `PyPI`, in
//! `target/venv`; `tests/run` installs it): what is in it, and what may be wrong
//! with it.

use std::fs::{self, File, FileTimes};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::hostile::{contact, within};
use crate::support::{Outcome, Place, codes};

pub const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const ADA: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const BO: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const CY: &str = "aaaaaaaa-0000-4000-8000-000000000003";

const TABLES: &str = "
    CREATE TABLE conversations (id STRING PRIMARY KEY ASC, json TEXT, active_at INTEGER, type STRING,
        members TEXT, name TEXT, profileName TEXT, profileFamilyName TEXT, profileFullName TEXT, e164 TEXT,
        serviceId TEXT, groupId TEXT, profileLastFetchedAt INTEGER);
    CREATE TABLE items (id TEXT PRIMARY KEY ASC, json TEXT);
    CREATE TABLE messages (rowid INTEGER PRIMARY KEY, id TEXT, body TEXT);
    INSERT INTO messages (id, body) VALUES ('m', 'xylophone');";

/// Somebody's row.
pub fn person(e164: &str, service: &str, name: &str, json: &str) -> String {
    let text = |text: &str| if text.is_empty() { "NULL".to_owned() } else { format!("'{text}'") };
    format!(
        "INSERT INTO conversations (id, type, active_at, e164, serviceId, name, json) VALUES \
         (hex(randomblob(16)), 'private', 1610000000000, {}, {}, {}, '{json}');",
        text(e164),
        text(service),
        text(name)
    )
}

/// Ada and Bo.
pub fn two_people() -> String {
    let ada =
        person("+447700900101", ADA, "Ada Quill", r#"{"username":"ada_q.01","lastMessage":"xylophone"}"#);
    let bo = person(
        "+447700900102",
        BO,
        "Bo Reed",
        r#"{"discoveredUnregisteredAt":1605000000000,"firstUnregisteredAt":1604000000000}"#,
    );
    format!("{TABLES}{ada}{bo}")
}

/// Makes a folder of Signal Desktop's. False where SQLCipher is not installed.
pub fn make(folder: &Path, config: &Value, sql: &str, late: &[String]) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("target/venv/bin/python");
    let probe = Command::new(&python).args(["-c", "import sqlcipher3"]).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("TRANSHUME_TESTS_MUST_RUN").is_none(), "sqlcipher3 is missing");
        eprintln!("skipped: sqlcipher3 is not in target/venv (tests/run installs it)");
        return false;
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let wanted = json!({"folder": folder.join("sql"), "key": KEY, "sql": sql, "late": late});
    let script = root.join("tests/cli/signal_desktop.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(wanted.to_string().as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "the database is made");
    // Written before the clock of the tests.
    for name in ["db.sqlite", "db.sqlite-wal"] {
        if let Ok(file) = File::options().write(true).open(folder.join("sql").join(name)) {
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_612_000_000)).unwrap();
        }
    }
    true
}

/// A folder with the key in its settings.
fn plain(place: &Place, sql: &str, late: &[String]) -> Option<PathBuf> {
    let folder = place.path().join("Signal");
    make(&folder, &json!({"key": KEY}), sql, late).then_some(folder)
}

pub fn import(place: &Place, folder: &Path) -> Outcome {
    place.run(["import".as_ref(), "--json".as_ref(), "--signal-desktop".as_ref(), folder.as_os_str()])
}

/// The problem of a folder of which nothing could be read.
#[track_caller]
fn refused(outcome: Outcome, code: &str) -> String {
    let outcome = outcome.ends_with(4);
    let words = problem_text(&outcome.stderr);
    assert!(outcome.json().iter().any(|o| o["schema"] == "transhume.error/1"), "{}", outcome.stdout);
    assert!(words.contains(code), "{code}: {words}");
    words
}

fn problem_text(stderr: &str) -> String {
    stderr.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every file of a folder, with its bytes and times.
fn state(folder: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime, SystemTime)> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("sql")] {
        for entry in fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            let meta = entry.metadata().unwrap();
            let times = (meta.accessed().unwrap(), meta.modified().unwrap());
            files.push((entry.path(), times));
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|(path, (read, written))| (path.clone(), fs::read(path).unwrap(), read, written))
        .collect()
}

/// Sets the times of a file back, so that a look at it would show.
fn long_ago(path: &Path) {
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let times = FileTimes::new().set_accessed(then).set_modified(then);
    File::options().write(true).open(path).unwrap().set_times(times).unwrap();
}

#[test]
fn people_are_taken_and_what_is_opened_is_said_first() {
    let place = Place::new();
    let Some(folder) = plain(&place, &two_people(), &[]) else { return };
    let outcome = import(&place, &folder).ends_with(0);
    let object = outcome.object();
    assert_eq!((object["kind"].as_str(), object["unit"].as_str()), (Some("signal-desktop"), Some("people")));
    assert_eq!((&object["read"], &object["kept"], &object["rejected"]), (&json!(2), &json!(2), &json!(0)));
    assert_eq!(object["problems"], json!([]));
    for path in ["Signal/config.json", "Signal/sql/db.sqlite", "Signal/sql/db.sqlite-wal"] {
        assert!(outcome.stderr.contains(path), "{}", outcome.stderr);
    }
    assert!(outcome.stderr.contains("Messages are not looked at"), "{}", outcome.stderr);

    let ada = contact(&place, "Ada Quill");
    assert_eq!(ada["phones"], json!(["+447700900101"]));
    assert_eq!(
        ada["identities"],
        json!([{"kind": "signal-aci", "value": ADA}, {"kind": "signal-username", "value": "ada_q.01"}])
    );
    assert_eq!(ada["verdicts"]["signal"]["state"], "reachable");
    assert_eq!(ada["verdicts"]["signal"]["grade"], "A");
    assert_eq!(contact(&place, "Bo Reed")["verdicts"]["signal"]["state"], "unregistered");
    let why = place.run(["why", "Ada Quill"]).ends_with(0).stdout;
    assert!(why.contains("seen in your Signal Desktop"), "{why}");
    let why = place.run(["--lang", "fr", "why", "Ada Quill"]).ends_with(0).stdout;
    assert!(why.contains("vu dans votre Signal Desktop"), "{why}");

    // Neither the key nor a word of a message is anywhere.
    for (path, bytes) in place.snapshot() {
        for secret in [&b"xylophone"[..], KEY.as_bytes()] {
            assert!(memchr::memmem::find(&bytes, secret).is_none(), "{}", path.display());
        }
    }
}

#[test]
fn nothing_in_the_folder_changes_not_even_the_times() {
    let place = Place::new();
    let late = [person("+447700900103", CY, "Cy Late", "{}")];
    let Some(folder) = plain(&place, &two_people(), &late) else { return };
    for name in ["config.json", "sql/db.sqlite", "sql/db.sqlite-wal"] {
        long_ago(&folder.join(name));
    }
    let listed = |files: &[(PathBuf, Vec<u8>, SystemTime, SystemTime)]| files.len();
    let times = |folder: &Path| -> Vec<(PathBuf, SystemTime, SystemTime)> {
        let paths = ["config.json", "sql/db.sqlite", "sql/db.sqlite-wal"].map(|name| folder.join(name));
        let look = |path: PathBuf| {
            let meta = fs::metadata(&path).unwrap();
            (path, meta.accessed().unwrap(), meta.modified().unwrap())
        };
        paths.into_iter().map(look).collect()
    };
    let before = times(&folder);
    let object = import(&place, &folder).ends_with(0).object();
    assert_eq!(object["read"], 3);
    // On Linux a file of one's own can be read without a trace.
    if cfg!(target_os = "linux") {
        assert_eq!(times(&folder), before);
    }
    let after = state(&folder);
    assert_eq!(listed(&after), 3, "no side files: {after:?}");
    import(&place, &folder).ends_with(0);
    let bytes = |files: Vec<(PathBuf, Vec<u8>, SystemTime, SystemTime)>| {
        files.into_iter().map(|(path, bytes, _, written)| (path, bytes, written)).collect::<Vec<_>>()
    };
    assert_eq!(bytes(state(&folder)), bytes(after));
}

#[test]
fn what_stands_only_in_the_log_is_read() {
    let place = Place::new();
    let late = [
        person("+447700900103", CY, "Cy Late", "{}"),
        format!("UPDATE conversations SET json = '{{}}' WHERE serviceId = '{BO}'"),
    ];
    let Some(folder) = plain(&place, &two_people(), &late) else { return };
    assert!(fs::metadata(folder.join("sql/db.sqlite-wal")).unwrap().len() > 4096);
    assert_eq!(import(&place, &folder).ends_with(0).object()["read"], 3);
    assert_eq!(contact(&place, "Cy Late")["verdicts"]["signal"]["state"], "reachable");
    assert_eq!(contact(&place, "Bo Reed")["verdicts"]["signal"]["state"], "reachable", "registered again");
}

#[test]
fn a_half_written_log_is_used_up_to_its_last_commit() {
    let place = Place::new();
    let late = [person("+447700900103", CY, "Cy Late", "{}"), person("+447700900104", "", "Di Later", "{}")];
    let Some(folder) = plain(&place, &two_people(), &late) else { return };
    let log = folder.join("sql/db.sqlite-wal");
    let bytes = fs::read(&log).unwrap();
    fs::write(&log, &bytes[..bytes.len() - 1000]).unwrap();
    let object = import(&place, &folder).ends_with(0).object();
    assert_eq!((object["read"].as_u64(), codes(&object)), (Some(3), vec!["database-log-cut"]));
    assert_eq!(contact(&place, "Cy Late")["phones"], json!(["+447700900103"]));
    // A log that is none is left alone.
    fs::write(&log, "half a log").unwrap();
    let object = import(&place, &folder).ends_with(0).object();
    assert_eq!((object["read"].as_u64(), codes(&object)), (Some(2), vec!["database-log-strange"]));
}

#[test]
fn a_wrong_key_is_said_to_be_wrong() {
    let place = Place::new();
    let Some(folder) = plain(&place, &two_people(), &[]) else { return };
    fs::write(folder.join("config.json"), json!({"key": KEY.replace('0', "1")}).to_string()).unwrap();
    let words = refused(import(&place, &folder), "does not open this database");
    assert!(words.contains("have to come from the same folder"), "{words}");
}

#[test]
fn a_damaged_page_is_named_and_the_rest_is_read() {
    let place = Place::new();
    let many: String = (100..160)
        .map(|n| {
            let filler = "x".repeat(700);
            person(
                &format!("+447700900{n}"),
                "",
                &format!("Person {n}"),
                &format!(r#"{{"filler":"{filler}"}}"#),
            )
        })
        .collect();
    let Some(folder) = plain(&place, &format!("{TABLES}{many}"), &[]) else { return };
    let database = folder.join("sql/db.sqlite");
    let good = fs::read(&database).unwrap();
    let pages = good.len() / 4096;
    let mut read = Vec::new();
    for number in [pages / 2, pages - 3] {
        let mut torn = good.clone();
        torn[(number - 1) * 4096 + 2000] ^= 1;
        fs::write(&database, torn).unwrap();
        let place = Place::new();
        let object = import(&place, &folder).ends_with(3).object();
        assert!(codes(&object).contains(&"signal-desktop-pages"), "{object}");
        let what = object["problems"][0]["what"].as_str().unwrap();
        assert!(what.contains(&format!("(number {number})")), "{what}");
        read.push(object["read"].as_u64().unwrap());
        if codes(&object).contains(&"signal-desktop-table") {
            // Both before and behind the gap.
            contact(&place, "Person 100");
            contact(&place, "Person 159");
        }
    }
    assert!(
        read.iter().all(|count| (40..=60).contains(count)) && read.iter().any(|count| *count < 60),
        "{read:?}"
    );

    // Without its first page there is nothing; the key is not blamed for it.
    let mut torn = good.clone();
    torn[2000] ^= 1;
    fs::write(&database, &torn).unwrap();
    refused(import(&place, &folder), "A page of the database is damaged and was left out (number 1)");
    // Cut short, what is gone is gone.
    fs::write(&database, &good[..good.len() / 2]).unwrap();
    refused(import(&place, &folder), "Signal Desktop’s database is damaged");
    fs::write(&database, "").unwrap();
    refused(import(&place, &folder), "is empty");
}

#[test]
fn a_folder_without_its_files_says_which_is_missing() {
    let place = Place::new();
    let Some(folder) = plain(&place, &two_people(), &[]) else { return };
    let config = folder.join("config.json");
    for (text, says) in [
        ("{\"key\":", "cannot be understood"),
        ("[]", "cannot be understood"),
        ("{\"window\":{}}", "there is no key in them"),
    ] {
        fs::write(&config, text).unwrap();
        let words = refused(import(&place, &folder), says);
        assert!(words.contains("--signal-key-file"), "{words}");
    }
    fs::remove_file(&config).unwrap();
    refused(import(&place, &folder), "config.json is missing");
    fs::remove_file(folder.join("sql/db.sqlite")).unwrap();
    refused(import(&place, &folder), "sql/db.sqlite is missing");
    refused(import(&place, &place.path().join("nowhere")), "sql/db.sqlite is missing");
    // What else was given is taken all the same.
    let card = place
        .file("a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Quill\r\nTEL:+447700900101\r\nEND:VCARD\r\n");
    let arguments = ["import", "--json", "a.vcf", "--signal-desktop", "nowhere"];
    let outcome = place.run(arguments).ends_with(3);
    assert_eq!(outcome.object()["path"], card.file_name().unwrap().to_str().unwrap());
    assert!(outcome.stderr.contains("sql/db.sqlite"), "{}", outcome.stderr);
}

#[test]
fn the_usual_places_are_known_and_one_is_chosen_only_where_there_is_one() {
    let place = Place::new();
    let config = json!({"key": KEY});
    let bare = || place.run(["import", "--json", "--signal-desktop"]);
    let none = bare().ends_with(4);
    for usual in [
        ".config/Signal",
        ".var/app/org.signal.Signal/config/Signal",
        "snap/signal-desktop/current/.config/Signal",
    ] {
        assert!(none.stderr.contains(usual), "{}", none.stderr);
        let folder = place.path().join("home").join(usual);
        if !make(&folder, &config, &two_people(), &[]) {
            return;
        }
        let object = bare().ends_with(0).object();
        assert!(object["path"].as_str().unwrap().contains(usual), "{object}");
        fs::remove_dir_all(folder).unwrap();
    }
    for usual in [".config/Signal", "snap/signal-desktop/current/.config/Signal"] {
        make(&place.path().join("home").join(usual), &config, &two_people(), &[]);
    }
    let several = bare().ends_with(2);
    assert!(
        several.stderr.contains("home/.config/Signal, ") && several.stderr.contains("home/snap"),
        "{}",
        several.stderr
    );
    // Whoever gives its key needs no settings.
    assert!(
        place
            .run(["import", "--signal-key-file", "key", "a.vcf"])
            .ends_with(2)
            .stderr
            .contains("--signal-desktop")
    );
}

#[test]
fn who_is_blocked_is_excluded_and_the_user_is_no_contact() {
    let place = Place::new();
    let own = person("+447700900199", "aaaaaaaa-0000-4000-8000-000000000099", "Lea", "{}");
    let items = format!(
        "INSERT INTO items VALUES ('uuid_id', '{{\"id\":\"uuid_id\",\"value\":\"aaaaaaaa-0000-4000-8000-000000000099.2\"}}'),
         ('number_id', '{{\"value\":\"+447700900199.2\"}}'), ('blocked-uuids', '{{\"value\":[{{\"serviceId\":\"{ADA}\"}}]}}');"
    );
    let Some(folder) = plain(&place, &format!("{}{own}{items}", two_people()), &[]) else { return };
    assert_eq!(import(&place, &folder).ends_with(0).object()["read"], 2);
    let names = place.run(["contacts", "--json"]).ends_with(0).json();
    let names: Vec<&str> = names.iter().filter_map(|contact| contact["name"].as_str()).collect();
    assert!(!names.contains(&"Lea"), "{names:?}");
    assert_eq!(contact(&place, "Ada Quill")["verdicts"]["signal"]["state"], "excluded");
}

#[test]
fn a_later_state_takes_the_place_of_the_earlier_one() {
    let place = Place::new();
    let Some(folder) = plain(&place, &two_people(), &[]) else { return };
    import(&place, &folder).ends_with(0);
    let again = import(&place, &folder).ends_with(0).object();
    assert_eq!((&again["contacts_new"], &again["contacts_changed"]), (&json!(0), &json!(0)));
    let ada = person("+447700900101", ADA, "Ada Quill", r#"{"discoveredUnregisteredAt":1611000000000}"#);
    plain(&place, &format!("{TABLES}{ada}"), &[]);
    import(&place, &folder).ends_with(0);
    assert_eq!(contact(&place, "Ada Quill")["verdicts"]["signal"]["state"], "unregistered");
    let names = place.run(["contacts"]).ends_with(0).stdout;
    assert!(!names.contains("Bo Reed"), "{names}");
}

#[test]
fn a_large_database_is_held_once() {
    let place = Place::new();
    let filler = "INSERT INTO messages (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000) SELECT hex(randomblob(2000)) FROM n;";
    let Some(folder) = plain(&place, &format!("{}{filler}", two_people()), &[]) else { return };
    let size = fs::metadata(folder.join("sql/db.sqlite")).unwrap().len();
    assert!(size > 38 * 1024 * 1024, "{size}");
    // Room for it, and for what the allocator rounds up, but not for it twice.
    let kib = size / 1024 + 36 * 1024;
    let outcome = within(&place, kib, &["import", "--json", "--signal-desktop"], &folder);
    assert_eq!(outcome.ends_with(0).object()["read"], 2);
}

#[test]
fn a_database_that_changes_all_the_while_is_not_read() {
    let place = Place::new();
    // Large enough to be written to while it is read, however slow the others are.
    let filler = "INSERT INTO messages (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000) SELECT hex(randomblob(2000)) FROM n;";
    let Some(folder) = plain(&place, &format!("{}{filler}", two_people()), &[]) else { return };
    let (done, database) = (AtomicBool::new(false), folder.join("sql/db.sqlite"));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let file = File::options().write(true).open(&database).unwrap();
            for second in 1_600_000_000.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second)).unwrap();
            }
        });
        let outcome = import(&place, &folder);
        done.store(true, Ordering::Relaxed);
        refused(outcome, "was writing to its database all the while");
    });
    import(&place, &folder).ends_with(0);
}
