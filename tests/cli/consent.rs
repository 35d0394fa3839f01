//! Consent given, half given, refused and thought better of, by a person on a
//! terminal.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::fake::{Fake, HASH_DETAILS, LOOKUP, SEARCH, TERMS, people};
use crate::signal_check::circle;
use crate::signal_fake::SignalFake;
use crate::support::{Outcome, Place};

/// Asks a fake about everybody, on a terminal on which `typed` is typed.
fn asked(place: &Place, fake: &Fake, typed: &str) -> Option<Outcome> {
    asked_with(place, fake, typed, "")
}

/// The same with more arguments.
fn asked_with(place: &Place, fake: &Fake, typed: &str, more: &str) -> Option<Outcome> {
    place.file("token", "homeserver-token");
    let call = "check matrix --token-file token --homeserver $URL --identity-server $URL";
    on_a_terminal(place, &format!("{call} {more}"), &fake.url(), typed)
}

/// Calls the program on a terminal on which `typed` is typed; `$URL` in the call is
/// where to ask.
fn on_a_terminal(place: &Place, call: &str, url: &str, typed: &str) -> Option<Outcome> {
    let mut script = Command::new("script");
    let call = format!("exec \"$TRANSHUME\" {call}");
    let mut script = place.wrap({
        script.args(["-qec", &call, "/dev/null"]);
        script
    });
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("URL", url);
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no script");
        return None;
    };
    // As people do: when the question stands there.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    Some(Outcome::of(&child.wait_with_output().unwrap()))
}

/// How many identities were looked up.
fn looked_up(fake: &Fake) -> usize {
    let bodies = fake.requests().into_iter().filter(|request| request.url.path() == LOOKUP);
    bodies.map(|r| r.body_json::<Value>().unwrap()["addresses"].as_array().unwrap().len()).sum()
}

/// Three people with an address, two of them with a number as well.
fn some() -> Place {
    let place = people(1);
    let card = |n: u8, phone: &str| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:More {n}\r\nEMAIL:m{n}@example.org\r\n{phone}END:VCARD\r\n")
    };
    let both = card(1, "TEL:+33639981001\r\n") + card(2, "TEL:+33639981002\r\n").as_str();
    place.file("in/more.vcf", both);
    place.run(["import", "in"]).ends_with(0);
    place
}

#[test]
fn what_is_typed_is_what_leaves() {
    let cases = [
        ("y\n", 5, 0),
        ("YES\n", 5, 0),
        ("one moment\n", 0, 6),
        ("exit\n", 0, 6),
        ("perhaps not\n", 0, 6),
        ("oui\n", 0, 6),
        ("e\n", 3, 0),
        ("phone\n", 2, 0),
        ("n\n", 0, 6),
        ("\n", 0, 6),
        ("what?\n", 0, 6),
        ("\u{4}", 0, 6),
        ("\u{3}", 0, 130),
    ];
    let case = |typed: &str, leaves: usize, code: i32| {
        let (place, fake) = (some(), Fake::new());
        let Some(outcome) = asked(&place, &fake, typed) else { return };
        let outcome = outcome.ends_with(code);
        assert_eq!(looked_up(&fake), leaves, "{typed:?}: {}", outcome.stdout);
        assert!(outcome.stdout.contains("3 e-mail addresses and 2 phone numbers"), "{}", outcome.stdout);
        if code != 0 {
            assert_eq!(fake.requests().len(), 0, "{typed:?}");
        }
    };
    // People take their time; all at once they take it together.
    std::thread::scope(|scope| {
        for (typed, leaves, code) in cases {
            scope.spawn(move || case(typed, leaves, code));
        }
    });
}

#[test]
fn signal_is_asked_what_a_person_agreed_to() {
    let case = |typed: &str, asked: usize, code: i32| {
        let (place, fake) = (circle(), SignalFake::new());
        let call = "check signal --signal-cli $URL";
        let Some(outcome) = on_a_terminal(&place, call, &fake.unix(), typed) else { return };
        let outcome = outcome.ends_with(code);
        assert_eq!(fake.asked().iter().map(Vec::len).sum::<usize>(), asked, "{typed:?}: {}", outcome.stdout);
        assert!(outcome.stdout.contains("5 phone numbers, as they are"), "{}", outcome.stdout);
        // What signal-cli knows by itself leaves for nobody.
        assert_eq!(fake.count("listContacts"), 1, "{typed:?}");
        let wire = fake.state().wire.clone();
        assert_eq!(wire.contains("+33639980107"), asked > 0, "{typed:?}: {wire}");
    };
    std::thread::scope(|scope| {
        for (typed, asked, code) in [
            ("y\n", 5, 0),
            ("YES\n", 5, 0),
            ("oui\n", 0, 6),
            ("perhaps not\n", 0, 6),
            ("n\n", 0, 6),
            ("\n", 0, 6),
            ("\u{4}", 0, 6),
            ("\u{3}", 0, 130),
        ] {
            scope.spawn(move || case(typed, asked, code));
        }
    });
}

#[test]
fn about_names_there_is_a_question_of_its_own() {
    let case = |typed: &str, hashed: usize, names: usize| {
        let (place, fake) = (some(), Fake::new());
        let Some(outcome) = asked_with(&place, &fake, typed, "--directory") else { return };
        let outcome = outcome.ends_with(0);
        assert_eq!((looked_up(&fake), fake.count(SEARCH)), (hashed, names), "{typed:?}: {}", outcome.stdout);
        assert!(outcome.stdout.contains("3 names, as you saved them, in plain"), "{}", outcome.stdout);
    };
    std::thread::scope(|scope| {
        for (typed, hashed, names) in [("y\ny\n", 5, 3), ("y\nn\n", 5, 0), ("y\n\n", 5, 0), ("e\n", 3, 0)] {
            scope.spawn(move || case(typed, hashed, names));
        }
    });
}

#[test]
fn terms_are_accepted_by_a_person_who_was_shown_them() {
    for (typed, accepted) in [("y\ny\n", 1), ("y\nn\n", 0)] {
        let (place, fake) = (people(1), Fake::new());
        let unsigned = serde_json::json!({ "errcode": "M_TERMS_NOT_SIGNED" });
        let unsigned = wiremock::ResponseTemplate::new(403).set_body_json(unsigned);
        fake.answers_times(1, HASH_DETAILS, unsigned);
        let Some(outcome) = asked(&place, &fake, typed) else { return };
        let outcome = outcome.ends_with(if accepted == 1 { 0 } else { 6 });
        assert!(outcome.stdout.contains("The Rules: https://id.example.org/rules"), "{}", outcome.stdout);
        let posted = fake.requests().iter().filter(|r| r.url.path() == TERMS && r.method == "POST").count();
        assert_eq!((posted, looked_up(&fake)), (accepted, accepted));
    }
}
