//! A table of questions that is opened, answered and saved in a real
//! spreadsheet. Slow: `TRANSHUME_SLOW=1`, which `tests/run` sets.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::review::doubtful;
use crate::support::Place;

/// How LibreOffice saves CSV: delimiter, quote, character set, first line, all
/// text quoted, cells as shown.
const SAVED: [(&str, &str); 4] = [
    ("as it proposes", "44,34,76,1,,0,false,true,false"),
    ("with semicolons, all text quoted", "59,34,76,1,,0,true,true,false"),
    ("with semicolons, in Windows-1252", "59,34,1,1,,0,false,true,false"),
    ("with tabs, in UTF-16", "9,34,65535,1,,0,false,true,false"),
];

/// Answers a table in LibreOffice; false where there is none.
fn answered(place: &Place, saved: &str, answers: &[&str]) -> bool {
    if std::env::var("TRANSHUME_SLOW").as_deref() != Ok("1") {
        println!("skipped: slow, and TRANSHUME_SLOW=1 is not set (tests/run sets it)");
        return false;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spreadsheet/answer.py");
    // The bridge comes with the system's own Python.
    let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        let bridge = Command::new(python).args(["-c", "import uno"]).output();
        bridge.is_ok_and(|output| output.status.success())
    });
    let Some(python) = python else {
        println!("skipped: there is no bridge to LibreOffice (Debian package python3-uno)");
        return false;
    };
    let mut command = place.wrap(Command::new(python));
    command.arg(script).args(["review.csv", "answered.csv", saved]).args(answers);
    let output = command.output().unwrap();
    if output.status.code() == Some(77) {
        println!("skipped: there is no LibreOffice (Debian package libreoffice-calc)");
        return false;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn c18_a_table_answered_in_libreoffice_is_applied() {
    for (how, saved) in SAVED {
        let place = doubtful();
        place.run(["review", "export", "review.csv"]).ends_with(0);
        // A number is typed without its plus, as a spreadsheet would leave it.
        let answers = ["Julie=2", "33199000010=different", "family@=same", "7946=442079460123"];
        if !answered(&place, saved, &answers) {
            return;
        }
        let before = fs::read(place.path().join("review.csv")).unwrap();
        assert_ne!(fs::read(place.path().join("answered.csv")).unwrap(), before, "{how}: it was saved anew");
        let outcome = place.run(["review", "apply", "--json", "answered.csv"]).ends_with(0);
        assert_eq!(outcome.object()["applied"], 4, "{how}: {}", outcome.stderr);
        assert_eq!(place.run(["review", "--json"]).ends_with(0).json().len(), 0, "{how}");
        let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
        assert!(
            contacts.iter().any(|c| c["phones"] == json!(["+442079460123"]) && c["name"] == "Sam"),
            "{how}"
        );
    }
}

#[test]
fn c17_what_libreoffice_made_of_a_number_is_named() {
    let place = doubtful();
    place.run(["review", "export", "review.csv"]).ends_with(0);
    if !answered(&place, SAVED[0].1, &["7946=4.42E+11", "Julie=2"]) {
        return;
    }
    let outcome = place.run(["review", "apply", "answered.csv"]).ends_with(4);
    assert!(outcome.stderr.contains("This is no answer to the question"), "{}", outcome.stderr);
    assert_eq!(place.run(["review", "--json"]).ends_with(0).json().len(), 4, "nothing was applied");
}
