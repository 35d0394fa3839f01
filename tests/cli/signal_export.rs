//! Signal's own export as people have it: in its folders, in a zip, as a bare
//! file; and what of it is kept.

use std::io::{Cursor, Write};

use rusqlite::Connection;
use serde_json::Value;

use crate::support::{Place, codes};

/// What must be nowhere but in the export itself, and each in another field.
const SECRETS: [&str; 5] = [
    "c2VjcmV0LWJhY2t1cC1rZXk=",
    "c2VjcmV0LXByb2ZpbGUta2V5",
    "c2VjcmV0LW1hc3Rlci1rZXk=",
    "SECRET-BODY",
    "SECRET-NOTE",
];

const LINK: &str = "https://signal.me/#eu/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4P";

/// An export of a small life. `hidden` if the user cannot be found by number.
pub fn export(hidden: bool) -> String {
    let account = |byte: u8| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [byte; 16]);
    let contact = |id: u8, rest: &str| {
        format!(
            r#"{{"recipient":{{"id":"{id}","contact":{{"profileKey":"{}","note":"{}",{rest}}}}}}}"#,
            SECRETS[1], SECRETS[4]
        )
    };
    let said = |chat: u8, author: u8, at: u64| {
        format!(
            r#"{{"chatItem":{{"chatId":"{chat}","authorId":"{author}","dateSent":"{at}","incoming":{{"read":true}},"standardMessage":{{"text":{{"body":"{}"}}}}}}}}"#,
            SECRETS[3]
        )
    };
    [
        format!(r#"{{"version":"1","backupTimeMs":"1611511200000","mediaRootBackupKey":"{}"}}"#, SECRETS[0]),
        format!(
            r#"{{"account":{{"profileKey":"{}","username":"mia_m.42","usernameLink":{{"entropy":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","serverId":"AAECAwQFBgcICQoLDA0ODw=="}},"accountSettings":{{"notDiscoverableByPhoneNumber":{hidden}}}}}}}"#,
            SECRETS[1]
        ),
        r#"{"recipient":{"id":"1","self":{}}}"#.to_owned(),
        contact(2, &format!(r#""aci":"{}","e164":"33639980101","registered":{{}},"systemGivenName":"Ada","systemFamilyName":"Quill""#, account(1))),
        contact(3, &format!(r#""aci":"{}","e164":"33639980102","notRegistered":{{"unregisteredTimestamp":"1610000000000"}},"systemGivenName":"Bo""#, account(2))),
        contact(4, &format!(r#""aci":"{}","username":"cyril.42","systemGivenName":"Cy""#, account(3))),
        contact(5, r#""e164":"33639980105","systemGivenName":"Dee""#),
        contact(6, &format!(r#""aci":"{}","e164":"33639980106","blocked":true,"systemGivenName":"Evil""#, account(4))),
        contact(7, &format!(r#""pni":"{}","e164":"33639980107","visibility":"HIDDEN","systemGivenName":"Fay""#, account(5))),
        format!(
            r#"{{"recipient":{{"id":"8","group":{{"masterKey":"{}","snapshot":{{"title":{{"title":"Club"}},"members":[{{"userId":"{}"}},{{"userId":"{}"}},{{"userId":"{}"}}]}}}}}}}}"#,
            SECRETS[2], account(1), account(3), account(9)
        ),
        r#"{"chat":{"id":"1","recipientId":"2"}}"#.to_owned(),
        r#"{"chat":{"id":"2","recipientId":"4"}}"#.to_owned(),
        said(1, 2, 1_611_000_000_000),
        r#"{"chatItem":{"chatId":"1","authorId":"2","dateSent":"1590000000000","directionless":{},"updateMessage":{"simpleUpdate":{"type":"JOINED_SIGNAL"}}}}"#.to_owned(),
        r#"{"chatItem":{"chatId":"2","authorId":"4","dateSent":"1590000000000","directionless":{},"updateMessage":{"threadMerge":{"previousE164":"33639980110"}}}}"#.to_owned(),
        r#"{"stickerPack":{"packId":"AA==","packKey":"c2VjcmV0LXBhY2s="}}"#.to_owned(),
    ]
    .join("\n")
        + "\n"
}

fn people(place: &Place) -> Vec<Value> {
    let mut people = place.run(["contacts", "--json"]).ends_with(0).json();
    people.sort_by_key(|p| p["name"].to_string());
    people
}

fn named<'a>(people: &'a [Value], name: &str) -> &'a Value {
    people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}: {people:?}"))
}

/// The same export as a folder in folders, in a zip of these, and bare.
fn places() -> Vec<(Place, &'static str)> {
    let text = export(false);
    let inner = "signal-export-2021-01-24/signal-backup-2021-01-24";
    let metadata = "{\"version\":1}";
    let folder = Place::new();
    folder.file(&format!("in/{inner}/main.jsonl"), &text);
    folder.file(&format!("in/{inner}/metadata.json"), metadata);
    folder.file(&format!("in/{inner}/files/ab/abcd.jpg"), [0xff, 0xd8, 0xff]);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [("main.jsonl", text.as_str()), ("metadata.json", metadata)] {
        zip.start_file(format!("{inner}/{name}"), options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    let zipped = Place::new();
    zipped.file("export.zip", zip.finish().unwrap().into_inner());
    let bare = Place::new();
    bare.file("some name", &text);
    vec![(folder, "in"), (zipped, "export.zip"), (bare, "some name")]
}

#[test]
fn the_export_is_read_in_whatever_wrapping() {
    for (place, input) in places() {
        let imported = place.run(["import", "--json", input]).ends_with(0).json();
        assert_eq!(imported.len(), 1, "{input}: {imported:?}");
        assert_eq!(
            (&imported[0]["kind"], &imported[0]["read"]),
            (&"signal-export".into(), &6.into()),
            "{input}"
        );
        assert!(codes(&imported[0]).contains(&"signal-secrets"), "the user is told to delete it");
        let people = people(&place);
        let state = |name: &str| named(&people, name)["verdicts"]["signal"]["state"].clone();
        assert_eq!(people.len(), 6, "{input}");
        assert_eq!(state("Ada Quill"), "reachable");
        assert_eq!(state("Bo"), "unregistered");
        assert_eq!(named(&people, "Bo")["verdicts"]["signal"]["since"], "2021-01-07T06:13:20Z");
        assert_eq!(state("Cy"), "reachable");
        assert_eq!(named(&people, "Cy")["phones"], serde_json::json!(["+33639980110"]), "tied by a merge");
        assert_eq!(state("Dee"), "unknown");
        for unwanted in ["Evil", "Fay"] {
            assert_eq!(
                (state(unwanted), &named(&people, unwanted)["excluded"]),
                ("excluded".into(), &true.into())
            );
        }
        let said = place.run(["import", input]).ends_with(0).stderr;
        assert!(said.contains("Delete the export"), "{said}");
    }
}

#[test]
fn an_export_that_packs_very_well_is_no_bomb() {
    let body = "a".repeat(2000);
    let message = format!(
        r#"{{"chatItem":{{"chatId":"1","authorId":"2","dateSent":"1611000000000","incoming":{{"read":true}},"standardMessage":{{"text":{{"body":"{body}"}}}}}}}}"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("signal-export/main.jsonl", options).unwrap();
    zip.write_all(export(false).as_bytes()).unwrap();
    let block = format!("{message}\n").repeat(300);
    for _ in 0..40 {
        zip.write_all(block.as_bytes()).unwrap();
    }
    // What may be held whole is refused as ever.
    zip.start_file("WhatsApp Chat with Ada.txt", options).unwrap();
    for _ in 0..40 {
        zip.write_all(" ".repeat(500_000).as_bytes()).unwrap();
    }
    let packed = zip.finish().unwrap().into_inner();
    assert!(packed.len() < 120_000, "{}", packed.len());
    let place = Place::new();
    place.file("export.zip", packed);
    let outcome = place.run(["import", "--json", "export.zip"]).ends_with(3);
    let imported = outcome.json();
    assert_eq!((imported.len(), &imported[0]["read"]), (1, &6.into()), "{}", outcome.all());
    assert!(outcome.stderr.contains("WhatsApp Chat with Ada.txt"), "{}", outcome.stderr);
}

#[test]
fn no_key_and_no_message_gets_into_the_workspace() {
    for (place, input) in places() {
        let all = [place.run(["inspect", "--json", input]), place.run(["migrate", "--json", input])]
            .map(|o| o.all());
        // The pages of the database as they are, and its rows.
        let database = Connection::open(place.path().join("ws/transhume.db")).unwrap();
        let finding: String = database.query_row("SELECT finding FROM source", [], |row| row.get(0)).unwrap();
        assert!(finding.contains("Ada"), "it is plain text that is looked through");
        drop(database);
        let files = place.snapshot();
        assert!(files.len() > 3, "outputs as well");
        for secret in SECRETS.iter().chain(&["c2VjcmV0", "SECRET"]) {
            let holds = |bytes: &[u8]| memchr::memmem::find(bytes, secret.as_bytes()).is_some();
            for (path, bytes) in &files {
                assert!(!holds(bytes), "{secret} in {}", path.display());
            }
            assert!(all.iter().all(|text| !holds(text.as_bytes())), "{secret} was printed");
        }
    }
}

#[test]
fn the_groups_are_shown_by_inspect() {
    let place = Place::new();
    let seen = place.inspect(&place.file("main.jsonl", export(false)));
    let group = &seen["groups"][0];
    assert_eq!((&group["title"], &group["members_complete"]), (&"Club".into(), &true.into()));
    let names: Vec<&str> =
        group["members"].as_array().unwrap().iter().filter_map(|m| m["name"].as_str()).collect();
    assert_eq!(names, ["Ada Quill", "Cy"]);
}

#[test]
fn the_own_link_goes_into_the_settings_and_what_the_user_wrote_stays() {
    let place = Place::new();
    place.file("ws/transhume.toml", "region = \"FR\"\n");
    place.file("main.jsonl", export(false));
    let outcome = place.run(["import", "--json", "main.jsonl"]).ends_with(0);
    let settings = std::fs::read_to_string(place.path().join("ws/transhume.toml")).unwrap();
    assert_eq!(settings, format!("region = \"FR\"\n\n[reach]\nsignal = \"{LINK}\" # from Signal\n"));
    assert!(!outcome.stderr.contains("number"), "{}", outcome.stderr);
    let place = Place::new();
    place.file("ws/transhume.toml", "[reach]\nsignal = \"mine.07\"\n");
    place.file("main.jsonl", export(false));
    place.run(["import", "main.jsonl"]).ends_with(0);
    let settings = std::fs::read_to_string(place.path().join("ws/transhume.toml")).unwrap();
    assert_eq!(settings, "[reach]\nsignal = \"mine.07\"\n");
}

#[test]
fn who_cannot_be_found_by_number_is_told_so() {
    let place = Place::new();
    place.file("main.jsonl", export(true));
    let told = place.run(["import", "main.jsonl"]).ends_with(0).stderr;
    assert!(
        told.contains("nobody finds you by your number") && told.contains("link of your username"),
        "{told}"
    );
    let place = Place::new();
    place.file("main.jsonl", export(true).replace("\"usernameLink\"", "\"x\""));
    let told = place.run(["--lang", "fr", "import", "main.jsonl"]).ends_with(0).stderr;
    assert!(told.contains("n’a pas de lien"), "{told}");
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert!(codes(&report).contains(&"signal-unfindable"));
}

#[test]
fn why_prints_every_piece_of_evidence_newest_first() {
    let place = Place::new();
    place.file("main.jsonl", export(false));
    place.file(
        "WhatsApp Chat with Ada Quill.txt",
        "20/01/2021, 21:00 - Me: hi\n26/01/2021, 21:01 - Ada Quill: I moved to Signal: https://signal.me/#p/+33639980101\n",
    );
    place.file("book.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Quill\r\nTEL:+33639980101\r\nX-SIGNAL:+33639980101\r\nEND:VCARD\r\n");
    place
        .run(["import", "--me", "Me", "main.jsonl", "WhatsApp Chat with Ada Quill.txt", "book.vcf"])
        .ends_with(0);
    let why = place.run(["why", "--json", "Ada Quill"]).ends_with(0).object();
    let told: Vec<(Option<&str>, &str, &str, Option<u64>)> = why["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            (
                e["at"].as_str(),
                e["grade"].as_str().unwrap(),
                e["origin"].as_str().unwrap(),
                e["line"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("2021-01-26T21:01:00"), "B", "chat-self", Some(2)),
            (Some("2021-01-24T18:00:00Z"), "A", "signal-export", Some(4)),
            (Some("2021-01-18T20:00:00Z"), "A", "signal-talked", Some(4)),
            (Some("2020-05-20T18:40:00Z"), "A", "signal-joined", Some(4)),
            (None, "B", "address-book", Some(1)),
        ]
    );
    let text = place.run(["why", "Ada Quill"]).ends_with(0).stdout;
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(
        at("2021-01-26 · B") < at("2021-01-24 · A") && at("2021-01-24 · A") < at("2020-05-20 · A"),
        "{text}"
    );
    for part in
        ["WhatsApp Chat with Ada Quill.txt:2", "main.jsonl:4", "book.vcf:1", "seen in your Signal export"]
    {
        at(part);
    }
    let gone = place.run(["why", "Bo"]).ends_with(0).stdout;
    assert!(gone.contains("Signal reported this number as no longer registered on 2021-01-07."), "{gone}");
}

#[test]
fn a_truncated_export_is_read_as_far_as_it_goes() {
    let place = Place::new();
    let text = export(false);
    let end = text.find("\"Cy\"").unwrap();
    place.file("main.jsonl", &text[..end]);
    let outcome = place.run(["import", "--json", "main.jsonl"]).ends_with(3);
    let imported = outcome.object();
    assert!(codes(&imported).contains(&"signal-truncated"), "{imported}");
    assert_eq!((&imported["read"], &imported["rejected"]), (&3.into(), &1.into()));
    assert_eq!(people(&place).len(), 2);
}
