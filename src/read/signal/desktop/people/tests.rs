//! Tables as Signal Desktop makes them, and as nobody should.

use rusqlite::Connection;

use super::*;

const TABLES: &str = "
    CREATE TABLE conversations (id STRING PRIMARY KEY ASC, json TEXT, active_at INTEGER, type STRING,
        members TEXT, name TEXT, profileName TEXT, profileFamilyName TEXT, profileFullName TEXT, e164 TEXT,
        serviceId TEXT, groupId TEXT);
    CREATE TABLE items (id TEXT PRIMARY KEY ASC, json TEXT);
    CREATE TABLE messages (id TEXT, body TEXT);";

fn database(rows: &[(&str, &str, Option<&str>, &str)]) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLES).unwrap();
    for (at, (kind, e164, service, json)) in rows.iter().enumerate() {
        db.execute(
            "INSERT INTO conversations (id, type, e164, serviceId, json, active_at) VALUES (?1, ?2, ?3, ?4, ?5, 1760000000000)",
            (at.to_string(), kind, Some(e164).filter(|e| !e.is_empty()), service, json),
        )
        .unwrap();
    }
    db
}

fn setting(db: &Connection, id: &str, value: &str) {
    let json = format!(r#"{{"id":"{id}","value":{value}}}"#);
    db.execute("INSERT INTO items VALUES (?1, ?2)", (id, json)).unwrap();
}

fn found(db: &Connection) -> (SignalExport, Tally, Vec<Code>) {
    let mut problems = Vec::new();
    let (export, tally) = read(db, &mut problems).unwrap();
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, export.people.len() as u64);
    (export, tally, problems.iter().map(|problem| problem.code).collect())
}

const ACI: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const OTHER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const PNI: &str = "PNI:bbbbbbbb-0000-4000-8000-000000000004";

#[test]
fn what_signal_says_of_an_account_is_kept() {
    use SignalStanding::{Registered, Silent, Unregistered};
    let db = database(&[
        (
            "private",
            "+447700900101",
            Some(ACI),
            r#"{"username":"ada.01","systemGivenName":"Ada","systemFamilyName":"Quill","profileName":"Addie"}"#,
        ),
        (
            "private",
            "+447700900102",
            Some(OTHER),
            r#"{"name":"Bo Reed","discoveredUnregisteredAt":1750000000000}"#,
        ),
        ("private", "+33639980004", Some(PNI), r#"{"nicknameGivenName":"Dan"}"#),
        ("private", "+33639980005", None, r#"{"name":"Eve"}"#),
        (
            "private",
            "",
            Some("aaaaaaaa-0000-4000-8000-000000000006"),
            r#"{"pni":"PNI:bbbbbbbb-0000-4000-8000-000000000006","messageCount":0,"profileName":"Fi","profileFamilyName":"G."}"#,
        ),
        ("private", "", Some(SIGNAL), r#"{"name":"Signal"}"#),
        ("group", "", None, r#"{"name":"Hill Walkers"}"#),
    ]);
    let (export, tally, codes) = found(&db);
    assert_eq!((tally.read, codes), (5, vec![]));
    let gone = Unregistered(Moment::parse("2025-06-15T15:06:40Z"));
    let standings: Vec<_> = export.people.iter().map(|p| p.standing).collect();
    assert_eq!(standings, [Registered, gone, Registered, Silent, Registered]);
    let [ada, bo, dan, eve, fi] = &export.people[..] else { panic!("five") };
    let saved = |person: &SignalPerson| person.saved_name.as_ref().map(|name| name.raw().to_owned());
    assert_eq!(
        [ada, bo, dan, eve, fi].map(saved),
        [Some("Ada Quill"), Some("Bo Reed"), Some("Dan"), Some("Eve"), None]
            .map(|name| name.map(str::to_owned))
    );
    assert_eq!(ada.push_name.as_ref().unwrap().raw(), "Addie");
    assert_eq!(
        (ada.aci.as_ref().unwrap().as_str(), ada.phone.as_ref().unwrap().as_str()),
        (ACI, "+447700900101")
    );
    assert_eq!(ada.username.as_ref().unwrap().as_str(), "ada.01");
    assert_eq!((&dan.aci, dan.pni.as_ref().unwrap().as_str()), (&None, &PNI[4..]));
    assert_eq!((fi.pni.is_some(), fi.push_name.as_ref().unwrap().raw()), (true, "Fi G."));
    assert_eq!(
        (ada.last_said, fi.last_said),
        (Moment::parse("2025-10-09T08:53:20Z"), None),
        "nothing was said to Fi"
    );
    assert!(export.people.iter().all(|person| !person.unwanted && person.joined.is_none()));
}

#[test]
fn older_tables_name_the_id_otherwise_and_numbers_may_be_numbers() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE conversations (id, json, type, e164 STRING, uuid)").unwrap();
    db.execute("INSERT INTO conversations VALUES ('a', '{}', 'private', '+447700900101', ?1)", [ACI])
        .unwrap();
    let (export, _, codes) = found(&db);
    assert_eq!(export.people[0].phone.as_ref().unwrap().as_str(), "+447700900101");
    assert_eq!((export.people[0].aci.as_ref().unwrap().as_str(), codes), (ACI, vec![]));
}

#[test]
fn the_user_is_nobody_else_and_tells_how_to_be_found() {
    for (id, value) in [("uuid_id", format!("\"{ACI}.2\"")), ("number_id", "\"+447700900101.2\"".to_owned())]
    {
        let db = database(&[
            ("private", "+447700900101", Some(ACI), r#"{"username":"lea_m.42"}"#),
            ("private", "+447700900102", Some(OTHER), "{}"),
        ]);
        setting(&db, id, &value);
        setting(&db, "phoneNumberDiscoverability", "\"NotDiscoverable\"");
        setting(
            &db,
            "usernameLink",
            &format!(r#"{{"entropy":"{}8=","serverId":"/////////////////////w=="}}"#, "A".repeat(42)),
        );
        setting(&db, "masterKey", "\"secret\"");
        let (export, tally, _) = found(&db);
        assert_eq!((tally.read, export.people[0].aci.as_ref().unwrap().as_str()), (1, OTHER), "{id}");
        assert_eq!(export.account.username.as_ref().unwrap().as_str(), "lea_m.42");
        assert!(export.account.hidden_by_number);
        assert_eq!(
            export.account.link.unwrap(),
            format!("https://signal.me/#eu/{}{}", "A".repeat(42), "_".repeat(22))
        );
        assert_eq!(export.own.is_some(), id == "number_id");
    }
}

#[test]
fn blocked_and_removed_people_are_unwanted() {
    let third = "aaaaaaaa-0000-4000-8000-000000000003";
    let rows = [
        ("private", "+447700900101", Some(ACI), "{}"),
        ("private", "+447700900102", None, "{}"),
        ("private", "", Some(third), r#"{"removalStage":"justNotification"}"#),
        ("private", "+447700900104", Some(OTHER), "{}"),
    ];
    let old = [format!("[\"{ACI}\"]"), "[\"+447700900102\"]".to_owned()];
    let new =
        [format!(r#"[{{"serviceId":"{ACI}","blockedAt":1}}]"#), r#"[{"e164":"+447700900102"}]"#.to_owned()];
    for [ids, numbers] in [old, new] {
        let db = database(&rows);
        setting(&db, "blocked-uuids", &ids);
        setting(&db, "blocked", &numbers);
        let unwanted: Vec<bool> = found(&db).0.people.iter().map(|person| person.unwanted).collect();
        assert_eq!(unwanted, [true, true, true, false]);
    }
}

#[test]
fn a_row_that_cannot_be_understood_costs_only_itself() {
    let db = database(&[
        ("private", "", Some(ACI), "not json"),
        ("private", "", Some("no id"), "{}"),
        ("private", "", None, "{}"),
        ("channel", "", Some(ACI), "{}"),
        ("private", "3646", Some(OTHER), r#"{"username":7}"#),
        ("private", "+447700900101", Some(ACI), r#"{"lastMessage":"xylophone","draft":"xylophone"}"#),
    ]);
    db.execute_batch("INSERT INTO conversations (id) VALUES ('x'); INSERT INTO conversations (id, type, json) VALUES ('y', 'private', x'ff');").unwrap();
    let mut problems = Vec::new();
    let (export, tally) = read(&db, &mut problems).unwrap();
    assert_eq!(tally, Tally { read: 8, kept: 2, rejected: 6 });
    let expected = [
        Problem::new(Code::DatabaseRows).counted(6).quoting("conversations"),
        Problem::new(Code::NumberUnusable).quoting("3646"),
    ];
    assert_eq!(problems, expected);
    assert!(!serde_json::to_string(&export).unwrap().contains("xylophone"));
}

#[test]
fn what_is_no_table_of_signals_is_refused() {
    let refused = |sql: &str| {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(sql).unwrap();
        read(&db, &mut Vec::new()).unwrap_err()
    };
    assert!(matches!(refused("CREATE TABLE other (a)"), Fault::Missing(what) if what == "conversations"));
    assert!(
        matches!(refused("CREATE TABLE conversations (id, type)"), Fault::Missing(what) if what == "conversations.json")
    );
    for fake in [
        "CREATE VIEW conversations AS SELECT 1 AS id, 2 AS type, 3 AS json",
        "CREATE TABLE conversations (id, type, json); CREATE VIEW items AS SELECT 1 AS id, 2 AS json",
    ] {
        assert!(matches!(refused(fake), Fault::Fake(_)), "{fake}");
    }
}

#[test]
fn groups_are_taken_with_those_of_their_members_who_are_known() {
    let members = |ids: &[&str]| {
        let all: Vec<String> = ids.iter().map(|id| format!(r#"{{"aci":"{id}"}}"#)).collect();
        format!(r#"{{"name":"Hill Walkers","membersV2":[{}]}}"#, all.join(","))
    };
    let stranger = "aaaaaaaa-0000-4000-8000-000000000009";
    let (whole, other) = (members(&[ACI, OTHER, ACI, stranger]), members(&[OTHER]));
    let left = other.replace("{\"name\"", "{\"left\":true,\"name\"");
    let db = database(&[
        ("group", "", None, &whole),
        ("private", "+447700900101", Some(ACI), "{}"),
        ("private", "+447700900102", Some(OTHER), "{}"),
        ("group", "", None, &left),
        ("group", "", None, r#"{"name":"Nobody"}"#),
        ("group", "", None, &other),
        ("group", "", None, "not json"),
    ]);
    db.execute("UPDATE conversations SET groupId = 'Z3JvdXA=' WHERE id = 5", []).unwrap();
    let found = |db: &Connection| {
        let mut problems = Vec::new();
        let (export, tally) = read(db, &mut problems).unwrap();
        assert_eq!((tally.read, tally.rejected), (2, 0), "groups are no people");
        assert_eq!(problems, [Problem::new(Code::DatabaseRows).counted(1).quoting("conversations")]);
        export.groups
    };
    let groups = found(&db);
    let [walkers, second] = &groups[..] else { panic!("{groups:?}") };
    assert_eq!(walkers.title.as_ref().unwrap().raw(), "Hill Walkers");
    let ids =
        |group: &SignalGroup| group.members.iter().map(|aci| aci.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!((ids(walkers), walkers.others), (vec![ACI.to_owned(), OTHER.to_owned()], 1));
    assert_eq!((ids(second), second.others), (vec![OTHER.to_owned()], 0));
    assert_eq!(walkers.last_said, Moment::parse("2025-10-09T08:53:20Z"));
    setting(&db, "blocked-groups", r#"[{"groupId":"Z3JvdXA="}]"#);
    assert_eq!(found(&db).len(), 1, "a group that is blocked is not wanted");
}
