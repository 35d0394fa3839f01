//! JSON that wants to harm whoever reads it, in the one JSON that others
//! write for us: Signal's export.

use crate::hostile::{import, inspect, lines};
use crate::support::{Place, codes};

const INFO: &str = r#"{"version":"1","backupTimeMs":"1608487200000","mediaRootBackupKey":"AA=="}"#;

fn contact(id: u32, number: &str, rest: &str) -> String {
    format!(r#"{{"recipient":{{"id":"{id}","contact":{{"e164":"{number}","registered":{{}}{rest}}}}}}}"#)
}

#[test]
fn b14_deep_huge_doubled_and_broken_values_cost_their_line_alone() {
    let place = Place::new();
    let deep = format!(r#"{{"chatItem":{}{}}}"#, r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    let arrays = format!(r#"{{"account":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let number = format!(r#"{{"chatItem":{{"chatId":{},"authorId":"1"}}}}"#, "9".repeat(5_000_000));
    let good = contact(1, "447700900101", r#","systemGivenName":"Ada"#) + r#""}}}"#;
    let good = good.replace(r#""}}}"}}}"#, r#""}}}"#);
    let hostile = [
        deep.as_str(),
        &arrays,
        &number,
        r#"{"chatItem":{"chatId":1e999,"authorId":"1"}}"#,
        r#"{"recipient":{"id":"7","contact":{"e164":"447700900107","profileGivenName":"\ud800"}}}"#,
        r#"{"recipient":{"id":"8","id":"9","contact":{"e164":"447700900108"}}}"#,
    ];
    for (at, line) in hostile.iter().enumerate() {
        let path = place.file("main.jsonl", lines(&[INFO, line, &contact(1, "447700900101", ""), &good]));
        let before = std::time::Instant::now();
        let outcome = place.run(["inspect", "--json", "main.jsonl"]);
        assert!(matches!(outcome.code, Some(0 | 3)), "{at}: {:?} {}", outcome.code, outcome.stderr);
        assert!(!outcome.stderr.contains("panicked") && !outcome.stderr.contains("overflow"), "{at}");
        assert!(before.elapsed() < std::time::Duration::from_secs(20), "{at}");
        let object = outcome.json().remove(0);
        let numbers: Vec<_> =
            object["people"].as_array().unwrap().iter().map(|p| p["phones"][0].clone()).collect();
        assert!(numbers.contains(&serde_json::json!("+447700900101")), "{at}: the other lines are read");
        let _ = path;
        for problem in object["problems"].as_array().unwrap().iter().filter(|p| p["code"] == "signal-line") {
            assert!(matches!(problem["line"].as_u64(), Some(2 | 4)), "{at}: {problem}");
        }
        if at < 2 {
            assert!(codes(&object).contains(&"signal-line"), "{at}: depth has a limit");
        }
    }
}

#[test]
fn b15_an_export_of_another_version_says_which_line_is_not_understood() {
    let place = Place::new();
    let path = place.file(
        "main.jsonl",
        lines(&[
            INFO,
            r#"{"recipient":{"id":"1","contact":{"number":"447700900101"}}}"#,
            r#"{"recipient":{"id":"2","contact":"447700900102"}}"#,
            r#"{"recipient":{"id":"3","contact":{"e164":"447700900103","somethingNew":{"a":[1]}}}}"#,
            r#"{"somethingNew":{"a":1}}"#,
        ]),
    );
    let object = inspect(&place, &path, 3);
    let said: Vec<u64> = object["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["code"] == "signal-line")
        .filter_map(|p| p["line"].as_u64())
        .collect();
    assert_eq!(said, [2, 3], "{object}");
    assert_eq!(object["counts"]["rejected"], 2);
    import(&place, &[&path], 3);
}
