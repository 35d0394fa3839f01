//! `status`: the big number, the next step, and who is signed in where, without
//! anybody being asked.

use serde_json::{Value, json};

use crate::fake::Fake;
use crate::login_faults::{homeserver, lets_in, signed_in_at};
use crate::support::{Outcome, Place};

fn demo() -> String {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo").to_string_lossy().into_owned()
}

fn status(place: &Place) -> Value {
    place.run(["status", "--json"]).ends_with(0).object()
}

fn flat(outcome: &Outcome) -> String {
    outcome.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn before_anything_was_learnt_it_says_where_to_begin() {
    let place = Place::new();
    let expected = json!({
        "schema": "transhume.status/1", "run": null, "contacts": 0, "counted": 0,
        "reachable": { "any": 0, "matrix": 0, "signal": 0, "xmpp": 0 }, "needs_review": 0,
        "next": { "step": "guide", "command": "transhume guide" }, "matrix": null, "signal": null,
    });
    assert_eq!(status(&place), expected);
    let told = flat(&place.run(["status"]).ends_with(0));
    for part in
        ["Nothing was learnt yet.", "Matrix: nobody is signed in.", "Signal: not linked.", "transhume guide"]
    {
        assert!(told.contains(part), "{told}");
    }
    assert!(place.snapshot().is_empty(), "nothing is written");
    let french = flat(&place.run(["--lang", "fr", "status"]).ends_with(0));
    assert!(
        french.contains("Rien n’a encore été appris.") && french.contains("personne n’est connecté"),
        "{french}"
    );
}

#[test]
fn the_big_number_is_that_of_the_report_and_the_next_step_has_its_command() {
    let place = Place::new();
    place.run(["import", &demo()]).ends_with(0);
    let (seen, report) = (status(&place), place.run(["report", "--json"]).ends_with(0).object());
    for field in ["run", "contacts", "reachable", "needs_review"] {
        assert_eq!(seen[field], report[field], "{field}");
    }
    assert_eq!(seen["next"], json!({ "step": "review", "command": "transhume review" }));
    let told = flat(&place.run(["status"]).ends_with(0));
    assert!(told.starts_with("18 of 40 reachable without WhatsApp"), "{told}");
    assert!(told.contains("On Matrix 4, on Signal 13, on XMPP 2."), "{told}");
    // Without a list of Signal's, that comes first.
    let place = Place::new();
    place.file("b.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTEL:+33639980101\r\nEND:VCARD\r\n");
    place.run(["import", "b.vcf"]).ends_with(0);
    assert_eq!(status(&place)["next"]["step"], "signal");
}

#[test]
fn who_is_signed_in_is_told_and_nobody_is_asked() {
    let fake: Fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    let before = fake.requests().len();
    let settings = place.path().join("ws/transhume.toml");
    let kept = std::fs::read_to_string(&settings).unwrap_or_default();
    let linked = "signal_account = \"+33639980100\"\nsignal_cli = \"unix:/nowhere/signal\"\n";
    std::fs::write(&settings, format!("{linked}{kept}")).unwrap();
    let seen = status(&place);
    assert!(seen["matrix"]["user"].as_str().unwrap().starts_with('@'), "{seen}");
    assert!(fake.url().contains(seen["matrix"]["homeserver"].as_str().unwrap()), "{seen}");
    assert_eq!(seen["signal"], json!({ "account": "+33639980100", "signal_cli": "/nowhere/signal" }));
    let told = flat(&place.run(["status"]).ends_with(0));
    assert!(
        told.contains("Matrix: signed in as @") && told.contains("Signal: linked as +33639980100, through"),
        "{told}"
    );
    assert!(!told.contains("fake-access"), "no secret: {told}");
    assert_eq!(fake.requests().len(), before, "offline");
    place.run(["logout", "--forget"]);
    assert_eq!(status(&place)["matrix"], Value::Null);
}
