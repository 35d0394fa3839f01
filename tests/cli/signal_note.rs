//! `invite --note-to-self`: one message with the next ones in it, to the user alone.

use serde_json::{Value, json};

use crate::signal_check::people;
use crate::signal_fake::{OWN, SignalFake};
use crate::support::{Outcome, Place};

fn three() -> Place {
    let place = people(&[
        ("Ada Lovett", "+33639980101"),
        ("Bo {{x}} & Söhne", "+33639980102"),
        ("Cy \u{202e}Gale", "+33199000103"),
    ]);
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@nina:example.org\"\n");
    place
}

fn note(place: &Place, at: &str, more: &[&str]) -> Outcome {
    let usual = ["invite", "--note-to-self", "--json", "--to", "matrix", "--signal-cli", at];
    place.run(usual.iter().chain(more))
}

/// What was sent, request by request.
fn sent(fake: &SignalFake) -> Vec<Value> {
    let state = fake.state();
    state.requests.iter().filter(|(method, _)| method == "send").map(|(_, params)| params.clone()).collect()
}

#[test]
fn one_message_goes_to_the_user_alone() {
    let fake = SignalFake::new();
    for at in [fake.unix(), fake.tcp(), fake.http(), fake.program("").display().to_string()] {
        let place = three();
        fake.state().requests.clear();
        let outcome = note(&place, &at, &["--yes=3"]).ends_with(0);
        let noted = outcome.object();
        assert_eq!((&noted["schema"], &noted["account"]), (&json!("transhume.note/1"), &json!(OWN)));
        assert_eq!(noted["contacts"].as_array().unwrap().len(), 3);
        // Nothing but that, and to nobody else.
        let all = sent(&fake);
        let [params] = all.as_slice() else { panic!("{all:?}") };
        let fields: Vec<&String> = params.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["account", "message", "noteToSelf"]);
        assert_eq!((&params["account"], &params["noteToSelf"]), (&json!(OWN), &json!(true)));
        let message = params["message"].as_str().unwrap();
        for part in [
            "Ada Lovett\n",
            "sms:+33639980101?body=Hi%20Ada",
            "Bo {{x}} & Söhne\n",
            "sms:+33639980102?body=Hi",
            "⟨U+202E⟩Gale",
            "tell them when you meet",
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert!(!message.contains('\u{202e}'), "{message}");
        let methods: Vec<String> = fake.state().requests.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(methods, ["version", "listAccounts", "send"]);
        // It is told before, and kept that it left; drafts stay drafts.
        let told = &outcome.stderr;
        assert!(told.contains("Nobody else is written to") && told.contains("Ada Lovett"), "{told}");
        let report = place.run(["report", "--json"]).ends_with(0).object();
        assert!(report.to_string().contains("chat.signal.org"), "{report}");
        assert!(place.run(["invite", "list", "--json"]).ends_with(0).stdout.is_empty());
    }
}

#[test]
fn f12_nothing_leaves_without_the_right_count() {
    let (place, fake) = (three(), SignalFake::new());
    assert_eq!(note(&place, &fake.unix(), &[]).ends_with(6).json()[0]["code"], "error-send-count");
    note(&place, &fake.unix(), &["--yes=2"]).ends_with(6);
    let looked = ["invite", "--note-to-self", "--dry-run", "--to", "matrix", "--signal-cli", &fake.unix()];
    let looked = place.run(looked).ends_with(0).stdout;
    assert!(looked.contains("Ada Lovett") && looked.contains("sms:+33639980101"), "{looked}");
    for bad in [&["--send", "--note-to-self"][..], &["--yes=3"], &["--dry-run"]] {
        place.run([&["invite"], bad].concat()).ends_with(2);
    }
    let wire = fake.state().wire.clone();
    assert!(wire.is_empty(), "nobody was even reached: {wire}");
}

#[test]
fn what_does_not_go_out_is_told() {
    let (place, fake) = (three(), SignalFake::new());
    let failed = |at: &str, code: &str| {
        let outcome = note(&place, at, &["--yes=3"]).ends_with(5);
        assert_eq!(outcome.json().last().unwrap()["code"], code, "{}", outcome.all());
        outcome.all()
    };
    let at = fake.unix();
    fake.state().delivers = "NETWORK_FAILURE".to_owned();
    assert!(failed(&at, "error-signal-refused").contains("NETWORK_FAILURE"));
    fake.state().delivers = "SUCCESS".to_owned();
    fake.state().refusal = Some((-1, "Failed to send message".to_owned()));
    assert!(failed(&at, "error-signal-refused").contains("Failed to send message"));
    fake.state().refusal = Some((-5, "Rate limit reached".to_owned()));
    failed(&at, "error-signal-rate-limited");
    fake.state().refusal = None;
    fake.state().single = true;
    let noted = note(&place, &at, &["--yes=3"]).ends_with(0).object();
    assert_eq!(noted["account"], json!(null), "it does not tell which one it was started for");
    fake.state().rest = true;
    failed(&fake.http(), "error-signal-not-offered");
}

#[test]
fn f11_whom_the_user_never_asks_is_not_in_the_list() {
    let (place, fake) = (three(), SignalFake::new());
    place.run(["invite", "mark", "Ada Lovett", "never"]).ends_with(0);
    place.run(["contacts", "exclude", "Bo {{x}} & Söhne"]).ends_with(0);
    note(&place, &fake.unix(), &["--yes=1"]).ends_with(0);
    let wire = fake.state().wire.clone();
    assert!(!wire.contains("Ada") && !wire.contains("Bo ") && wire.contains("Gale"), "{wire}");
}
