//! Numbers on Signal that went from one person to the next, and people who were
//! there all along.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::signal_check::check;
use crate::signal_fake::SignalFake;
use crate::support::{Place, codes};

const NUMBER: &str = "+33639980101";

/// An export of that day (milliseconds) with these people: account, number, name,
/// and more fields.
fn export(at: u64, people: &[(u8, &str, &str, &str)], more: &[&str]) -> String {
    let mut lines = vec![
        format!(r#"{{"version":"1","backupTimeMs":"{at}"}}"#),
        r#"{"recipient":{"id":"1","self":{}}}"#.to_owned(),
    ];
    for (place, (account, number, name, rest)) in people.iter().enumerate() {
        let aci = STANDARD.encode([*account; 16]);
        let number = number.trim_start_matches('+');
        lines.push(format!(
            r#"{{"recipient":{{"id":"{}","contact":{{"aci":"{aci}","e164":"{number}","systemGivenName":"{name}"{rest}}}}}}}"#,
            place + 2
        ));
    }
    lines.extend(more.iter().map(|line| (*line).to_owned()));
    lines.join("\n") + "\n"
}

const DECEMBER: u64 = 1_608_400_000_000;
const JANUARY: u64 = 1_611_511_200_000;

fn people(place: &Place) -> Vec<Value> {
    place.run(["contacts", "--json"]).ends_with(0).json()
}

fn named<'a>(people: &'a [Value], name: &str) -> &'a Value {
    people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}: {people:?}"))
}

#[test]
fn c12_a_number_that_went_to_a_stranger_takes_neither_id_nor_exclusion_along() {
    let place = Place::new();
    place.file("old.jsonl", export(DECEMBER, &[(1, NUMBER, "Ada", "")], &[]));
    place.run(["import", "old.jsonl"]).ends_with(0);
    place.run(["contacts", "exclude", "Ada"]).ends_with(0);
    let id = named(&people(&place), "Ada")["id"].clone();
    place.file("new.jsonl", export(JANUARY, &[(9, NUMBER, "Stranger", "")], &[]));
    place.run(["import", "new.jsonl"]).ends_with(0);
    let all = people(&place);
    let (ada, stranger) = (named(&all, "Ada"), named(&all, "Stranger"));
    assert_eq!((&ada["id"], &ada["excluded"]), (&id, &true.into()));
    assert_eq!(stranger["excluded"], false);
    assert_ne!(stranger["id"], id);
    assert_eq!((&ada["phones"], &stranger["phones"]), (&json!([]), &json!([NUMBER])));
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["needs_review"], 1, "whether they are one is asked");
    let asked = place.run(["review", "--json"]).all();
    assert!(asked.contains("several-accounts"), "{asked}");
    // Whoever registers anew has another account under the same name.
    let place = Place::new();
    place.file("old.jsonl", export(DECEMBER, &[(1, NUMBER, "Ada", "")], &[]));
    place.run(["import", "old.jsonl"]).ends_with(0);
    place.run(["contacts", "exclude", "Ada"]).ends_with(0);
    let id = named(&people(&place), "Ada")["id"].clone();
    place.file("new.jsonl", export(JANUARY, &[(9, NUMBER, "Ada", "")], &[]));
    place.run(["import", "new.jsonl"]).ends_with(0);
    let all = people(&place);
    assert_eq!((all.len(), &all[0]["id"], &all[0]["excluded"]), (1, &id, &true.into()));
}

#[test]
fn c12_nor_where_the_newer_list_takes_the_place_of_the_older() {
    let listed = |account: &str, name: &str| json!([{ "number": NUMBER, "uuid": account, "name": name }]);
    let aci = |digit: &str| format!("{}-0000-4000-8000-000000000001", digit.repeat(8));
    let (place, fake) = (Place::new(), SignalFake::new());
    place.file("b.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy\r\nTEL:+33639980109\r\nEND:VCARD\r\n");
    place.run(["import", "b.vcf"]).ends_with(0);
    fake.state().groups = json!([]);
    fake.state().contacts = listed(&aci("a"), "Ada");
    check(&place, &fake.unix(), &[]).ends_with(0);
    place.run(["contacts", "exclude", "Ada"]).ends_with(0);
    let id = named(&people(&place), "Ada")["id"].clone();
    fake.state().contacts = listed(&aci("b"), "Stranger");
    check(&place, &fake.unix(), &[]).ends_with(0);
    let all = people(&place);
    let stranger = named(&all, "Stranger");
    assert_eq!(stranger["excluded"], false);
    assert_ne!(stranger["id"], id);
    assert_eq!(stranger["verdicts"]["signal"]["state"], "reachable");
    // The first one comes back, under another number: it is she.
    fake.state().contacts = json!([{ "number": "+33639980102", "uuid": aci("a"), "name": "Ada" }]);
    check(&place, &fake.unix(), &[]).ends_with(0);
    let all = people(&place);
    assert_eq!((&named(&all, "Ada")["id"], &named(&all, "Ada")["excluded"]), (&id, &true.into()));
}

#[test]
fn who_joined_long_ago_and_still_writes_was_there_before_and_is_not_gained() {
    let joined = r#"{"chatItem":{"chatId":"1","authorId":"2","dateSent":"1514764800000","directionless":{},"updateMessage":{"simpleUpdate":{"type":"JOINED_SIGNAL"}}}}"#;
    let said = |chat: u8, at: u64| {
        format!(
            r#"{{"chatItem":{{"chatId":"{chat}","authorId":"9","dateSent":"{at}","incoming":{{}},"standardMessage":{{"text":{{"body":"x"}}}}}}}}"#
        )
    };
    let more = [
        r#"{"chat":{"id":"1","recipientId":"2"}}"#.to_owned(),
        r#"{"chat":{"id":"2","recipientId":"3"}}"#.to_owned(),
        joined.to_owned(),
        said(1, 1_611_400_000_000),
        // Of Bo no joining was noticed: the two have talked there since 2018.
        said(2, 1_530_000_000_000),
        said(2, 1_611_400_000_000),
    ];
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let place = Place::new();
    let all = [(1, NUMBER, "Ada", ""), (2, "+33639980102", "Bo", ""), (3, "+33639980103", "New", "")];
    place.file("main.jsonl", export(JANUARY, &all, &more));
    place.run(["import", "main.jsonl"]).ends_with(0);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    let gained: Vec<&str> =
        report["changes"]["gained"].as_array().unwrap().iter().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(gained, ["New"], "{report}");
    assert_eq!(
        (&report["previous"]["reachable"]["signal"], &report["reachable"]["signal"]),
        (&2.into(), &3.into())
    );
    assert_eq!(report["history"][0], json!({ "month": "2018-01", "reachable": 1 }));
    let why = place.run(["why", "Bo"]).ends_with(0).stdout;
    assert!(why.contains("2018-06-26 · A, proven · you have talked there since"), "{why}");
    assert!(why.contains("You last talked there on 2021-01-23."), "{why}");
    let why = place.run(["why", "Bo", "--json"]).ends_with(0).object();
    assert_eq!(why["verdicts"][1]["last_used"], "2021-01-23T11:06:40Z");
}

#[test]
fn an_account_that_is_gone_without_a_date_is_gone_by_the_day_of_the_export() {
    let place = Place::new();
    let gone = r#","notRegistered":{}"#;
    place.file("main.jsonl", export(JANUARY, &[(1, NUMBER, "Ada", gone)], &[]));
    place.run(["import", "main.jsonl"]).ends_with(0);
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = flat(place.run(["why", "Ada"]).ends_with(0).stdout);
    assert!(
        why.contains("no longer registered (seen in your Signal export), by 2021-01-24 at the latest"),
        "{why}"
    );
    assert!(
        why.contains("- by 2021-01-24 · A, proven") && !why.contains("registered on 2021-01-24"),
        "{why}"
    );
    let french = flat(place.run(["--lang", "fr", "why", "Ada"]).ends_with(0).stdout);
    assert!(french.contains("au plus tard le 2021-01-24, sans dire depuis quand"), "{french}");
    let why = place.run(["why", "Ada", "--json"]).ends_with(0).object();
    assert_eq!(why["evidence"][0]["at_latest"], true);
}

#[test]
fn an_export_from_the_future_names_the_clock() {
    let place = Place::new();
    let february = 1_612_300_000_000;
    let path = place.file("main.jsonl", export(february, &[(1, NUMBER, "Ada", "")], &[]));
    assert!(codes(&place.inspect(&path)).contains(&"signal-ahead"));
    let told = place.run(["import", "main.jsonl"]).ends_with(0).stderr;
    assert!(
        told.contains("The clock of this computer says 2021-01-31") && told.contains("main.jsonl"),
        "{told}"
    );
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert!(codes(&report).contains(&"signal-ahead"), "{report}");
    // A clock that is some hours ahead is nothing to tell.
    let place = Place::new();
    place.file("main.jsonl", export(1_612_130_000_000, &[(1, NUMBER, "Ada", "")], &[]));
    let told = place.run(["import", "main.jsonl"]).ends_with(0).stderr;
    assert!(!told.contains("clock"), "{told}");
    assert_eq!(people(&place)[0]["verdicts"]["signal"]["state"], "reachable");
}
