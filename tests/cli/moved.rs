//! A WhatsApp group whose members are together on Signal already.

use serde_json::{Value, json};

use crate::support::Place;

/// People 1 to 9 in a WhatsApp group, and the first `there` of them in one of Signal's.
fn told(there: u8) -> Place {
    let place = Place::new();
    let mut chat =
        String::from("01/01/2021, 10:00 - Me created group \"Famille\"\n01/01/2021, 10:00 - Me: hi\n");
    let account = |n: u8| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [n; 16]);
    let mut export = vec![r#"{"version":"1","backupTimeMs":"1611511200000"}"#.to_owned()];
    for n in 1..=9 {
        chat.push_str(&format!("01/01/2021, 10:{n:02} - Person {n}: hi\n"));
        let id = 10 + n;
        let known = match n <= there {
            true => format!(r#""aci":"{}","#, account(n)),
            false => String::new(),
        };
        export.push(format!(
            r#"{{"recipient":{{"id":"{id}","contact":{{{known}"e164":"3363998010{n}","systemGivenName":"Person {n}"}}}}}}"#
        ));
    }
    let members: Vec<String> =
        (1..=there).chain([99]).map(|n| format!(r#"{{"userId":"{}"}}"#, account(n))).collect();
    export.push(format!(
        r#"{{"recipient":{{"id":"50","group":{{"snapshot":{{"title":{{"title":"La <b>famille</b>"}},"members":[{}]}}}}}}}}"#,
        members.join(",")
    ));
    place.file("WhatsApp Chat with Famille.txt", chat);
    place.file("main.jsonl", export.join("\n") + "\n");
    place.run(["import", "--me", "Me", "WhatsApp Chat with Famille.txt", "main.jsonl"]).ends_with(0);
    place
}

fn states(place: &Place) -> Vec<(String, String)> {
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    let mut all: Vec<_> =
        people.iter().map(|p| (text(&p["name"]), text(&p["verdicts"]["signal"]["state"]))).collect();
    all.sort();
    all
}

#[test]
fn the_overlap_is_stated_and_hints_at_the_rest() {
    let place = told(6);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    let there = json!([{"channel": "signal", "title": "La <b>famille</b>", "shared": 6, "members": 9, "moved": true}]);
    assert_eq!(report["groups"][0]["elsewhere"], there);
    let plan = place.run(["plan", "--json"]).ends_with(0).json();
    let group = plan.iter().find(|o| o["schema"] == "transhume.group-plan/1").expect("a group's plan");
    assert_eq!(group["elsewhere"], there);
    let states = states(&place);
    let of = |state: &str| states.iter().filter(|(_, s)| s == state).count();
    assert_eq!((of("reachable"), of("likely")), (6, 3), "{states:?}");
    let why = place.run(["why", "--json", "Person 9"]).ends_with(0).object();
    let hint =
        why["evidence"].as_array().unwrap().iter().find(|e| e["origin"] == "group-moved").expect("a hint");
    assert_eq!(json!([hint["grade"], hint["path"], hint["line"]]), json!(["C", "main.jsonl", 11]));
    let told = place.run(["report"]).ends_with(0).stdout.replace("\n  ", " ");
    let sentence = "Famille has probably moved: 6 of 9 members are in the Signal group “La <b>famille</b>”.";
    assert!(told.contains(sentence), "{told}");
    let told = place.run(["--lang", "fr", "report"]).ends_with(0).stdout.replace("\n  ", " ");
    assert!(told.contains("6 membres sur 9 sont dans le groupe Signal"), "{told}");
    place.run(["report", "--html"]).ends_with(0);
    let page = std::fs::read_to_string(place.path().join("ws/out/report.html")).unwrap();
    assert!(page.contains("6 of 9 members") && !page.contains("<b>famille</b>"), "escaped");
}

#[test]
fn less_than_half_is_told_and_hints_at_nothing() {
    let place = told(4);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["groups"][0]["elsewhere"][0]["moved"], false);
    let states = states(&place);
    assert!(states.iter().all(|(_, state)| state != "likely"), "{states:?}");
    let told = place.run(["report"]).ends_with(0).stdout.replace("\n  ", " ");
    assert!(told.contains("Famille: 4 of 9 members are in the Signal group"), "{told}");
}
