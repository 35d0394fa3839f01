//! `check signal` and `migrate --signal`: whom signal-cli knows, and whom it is
//! asked about.

use serde_json::{Value, json};

use crate::signal_fake::SignalFake;
use crate::support::{Outcome, Place, codes};

/// The account id of somebody whom the directory finds.
const ACI: &str = "cccccccc-0000-4000-8000-000000000001";

/// A workspace that knows these people by number, each with a name.
pub fn people(all: &[(&str, &str)]) -> Place {
    let place = Place::new();
    book(&place, all);
    place.run(["import", "in"]).ends_with(0);
    place
}

fn book(place: &Place, all: &[(&str, &str)]) {
    let card = |(name, number): &(&str, &str)| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{number}\r\nEND:VCARD\r\n")
    };
    place.file("in/book.vcf", all.iter().map(card).collect::<String>());
}

/// Everybody of the fixtures, and two of whom signal-cli knows nothing.
pub fn circle() -> Place {
    people(&[
        ("Ada Lovett", "+33639980101"),
        ("Bo Gone", "+33639980102"),
        ("Carol", "+33639980103"),
        ("Dan", "+33639980104"),
        ("Eve Blocked", "+33639980105"),
        ("Fay Found", "+33639980106"),
        ("Gus Hidden", "+33639980107"),
    ])
}

/// Asks this fake about everybody in the place's workspace.
pub fn check(place: &Place, at: &str, more: &[&str]) -> Outcome {
    let usual = ["check", "signal", "--json", "--yes", "--signal-cli", at];
    place.run(usual.iter().chain(more))
}

/// What is known of somebody on Signal.
#[track_caller]
pub fn verdict(place: &Place, name: &str) -> Value {
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let contact = contacts.iter().find(|c| c["names"].as_array().is_some_and(|n| n.contains(&name.into())));
    contact.unwrap_or_else(|| panic!("{name}"))["verdicts"]["signal"].clone()
}

#[track_caller]
fn is(place: &Place, name: &str, state: &str, grade: Option<&str>) {
    let verdict = verdict(place, name);
    let known = (verdict["state"].as_str(), verdict["grade"].as_str());
    assert_eq!(known, (Some(state), grade), "{name}: {verdict}");
}

#[test]
fn what_signal_cli_knows_costs_nothing_and_the_rest_is_asked_once() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.knows("+33639980106", ACI);
    fake.knows("+33639980104", "PNI:dddddddd-0000-4000-8000-000000000004");
    let outcome = check(&place, &fake.unix(), &[]).ends_with(0);
    // Ada is listed with an account, Eve is blocked; of Carol only the account is
    // listed, which nothing ties to her number.
    let open = ["+33639980102", "+33639980103", "+33639980104", "+33639980106", "+33639980107"];
    assert_eq!(fake.asked(), [open.map(str::to_owned)]);
    let methods: Vec<String> = fake.state().requests.iter().map(|(method, _)| method.clone()).collect();
    assert_eq!(methods, ["version", "listAccounts", "listContacts", "listGroups", "getUserStatus"]);
    for (name, state, grade) in [
        ("Ada Lovett", "reachable", Some("A")),
        ("Bo Gone", "unregistered", None),
        ("Dan", "reachable", Some("A")),
        ("Eve Blocked", "excluded", None),
        ("Fay Found", "reachable", Some("A")),
        ("Gus Hidden", "not-found", None),
    ] {
        is(&place, name, state, grade);
    }
    let view = outcome.object();
    assert_eq!(
        (&view["channel"], &view["asked"], &view["ask_again"]),
        (&"signal".into(), &5.into(), &Value::Null)
    );
    let disclosed = serde_json::json!([{ "host": "cdsi.signal.org", "hashed": 0, "plain": 5 }]);
    assert_eq!(view["disclosed"], disclosed);
    assert!(outcome.stderr.contains("5 phone numbers, as they are, of 5 people"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("Nothing about 1 person, whom you excluded"), "{}", outcome.stderr);
    // One run, and the report tells what left.
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 2);
    assert_eq!(place.run(["report", "--json"]).ends_with(0).object()["disclosed"], disclosed);
    // The id of a number alone is nobody's account.
    let all = place.run(["contacts", "--json"]).ends_with(0).stdout;
    assert!(!all.contains("dddddddd") && !all.contains(ACI), "{all}");
}

#[test]
fn every_piece_of_evidence_is_shown_with_date_source_and_grade() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.knows("+33639980106", ACI);
    check(&place, &fake.unix(), &[]).ends_with(0);
    for (name, said) in [
        ("Ada Lovett", "2021-01-31 · A, proven · in the contact list of your signal-cli"),
        ("Fay Found", "2021-01-31 · A, proven · Signal’s own directory, asked through your signal-cli"),
        (
            "Gus Hidden",
            "Not found by phone number on 2021-01-31. They may have no Signal account, or have switched off",
        ),
        (
            "Bo Gone",
            "Signal reported this number as no longer registered (in the contact list of your signal-cli), by 2021-01-31",
        ),
    ] {
        let why = place.run(["why", name]).ends_with(0).stdout;
        assert!(why.split_whitespace().collect::<Vec<_>>().join(" ").contains(said), "{name}: {why}");
    }
    let why = place.run(["why", "Gus Hidden", "--lang", "fr"]).ends_with(0).stdout;
    assert!(why.contains("Qui peut me trouver"), "{why}");
    let why = place.run(["why", "Fay Found", "--json"]).ends_with(0).object();
    let evidence =
        why["evidence"].as_array().unwrap().iter().find(|e| e["origin"] == "signal-lookup").unwrap();
    assert_eq!(
        (&evidence["path"], &evidence["asked_by"]),
        (&"cdsi.signal.org".into(), &"+33639980106".into())
    );
}

#[test]
fn every_transport_says_the_same() {
    let mut verdicts = Vec::new();
    for transport in ["unix", "socket", "tcp", "http", "rpc", "program"] {
        let (place, fake) = (circle(), SignalFake::new());
        fake.knows("+33639980106", ACI);
        // What else is said between the answers changes nothing.
        fake.state().noisy = true;
        let at = match transport {
            "unix" => fake.unix(),
            "socket" => fake.socket().display().to_string(),
            "tcp" => fake.tcp(),
            "http" => fake.http(),
            "rpc" => format!("{}/api/v1/rpc", fake.http()),
            _ => fake
                .program("echo 'WARN  Main - something'; echo 'INFO something else' >&2")
                .display()
                .to_string(),
        };
        check(&place, &at, &[]).ends_with(0);
        assert_eq!(fake.count("getUserStatus"), 1, "{transport}");
        let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
        let all = contacts.iter().map(|c| (c["name"].to_string(), c["verdicts"]["signal"].to_string()));
        let mut all: Vec<_> = all.collect();
        all.sort();
        verdicts.push(all);
    }
    assert!(verdicts.iter().all(|other| *other == verdicts[0]), "{verdicts:#?}");
    assert!(verdicts[0].iter().any(|(name, state)| name.contains("Fay") && state.contains("reachable")));
}

#[test]
fn the_rest_api_is_told_apart_by_asking_and_tells_less() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().rest = true;
    fake.knows("+33639980106", ACI);
    let view = check(&place, &fake.http(), &[]).ends_with(0).object();
    assert_eq!(view["asked"], 5);
    is(&place, "Ada Lovett", "reachable", Some("A"));
    // Said to be registered, without any id.
    is(&place, "Fay Found", "reachable", Some("B"));
    is(&place, "Gus Hidden", "not-found", None);
    let methods: Vec<String> = fake.state().requests.iter().map(|(method, _)| method.clone()).collect();
    assert_eq!(methods, ["contacts +33639980100", "groups +33639980100", "search +33639980100"]);
}

#[test]
fn excluded_people_never_leave() {
    let (place, fake) = (circle(), SignalFake::new());
    place.run(["contacts", "exclude", "Gus Hidden"]).ends_with(0);
    check(&place, &fake.unix(), &[]).ends_with(0);
    let wire = fake.state().wire.clone();
    assert!(wire.contains("639980106"), "{wire}");
    // Gus by the user's word, Eve since Signal has her as blocked.
    assert!(!wire.contains("639980107") && !wire.contains("639980105"), "{wire}");
    assert!(!wire.contains("Ada") && !wire.contains("Fay"), "no name leaves: {wire}");
}

#[test]
fn without_consent_the_list_is_learnt_and_nothing_leaves() {
    let (place, fake) = (circle(), SignalFake::new());
    let call = ["check", "signal", "--json", "--signal-cli", &fake.unix()];
    let refused = place.run(call).ends_with(6);
    assert_eq!(refused.json()[1]["code"], "error-consent");
    assert!(refused.stderr.contains("Who can find me by my number"), "{}", refused.stderr);
    assert_eq!(fake.count("getUserStatus"), 0);
    is(&place, "Ada Lovett", "reachable", Some("A"));
    is(&place, "Fay Found", "unknown", None);
}

#[test]
fn a_dry_run_reaches_nobody() {
    let (place, fake) = (circle(), SignalFake::new());
    let outcome = check(&place, &fake.unix(), &["--dry-run"]).ends_with(0);
    let view = outcome.object();
    assert_eq!((&view["dry_run"], &view["disclosed"][0]["plain"]), (&true.into(), &7.into()));
    assert!(outcome.stderr.contains("+33639980107") && outcome.stderr.contains("Nothing was sent"));
    assert_eq!(fake.state().wire, "");
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 1);
}

#[test]
fn whoever_is_found_is_not_asked_about_again_and_the_dates_stay() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.knows("+33639980106", ACI);
    check(&place, &fake.unix(), &[]).ends_with(0);
    let later = |call: &[&str]| {
        let output =
            place.command().env("TRANSHUME_NOW", "2021-03-01T00:00:00Z").args(call).output().unwrap();
        Outcome::of(&output)
    };
    // E15: the directory does not find her any more.
    fake.state().registered.clear();
    later(&["check", "signal", "--yes", "--signal-cli", &fake.unix()]).ends_with(0);
    let second = fake.asked()[1].clone();
    assert!(!second.contains(&"+33639980106".to_owned()) && second.contains(&"+33639980107".to_owned()));
    assert_eq!(verdict(&place, "Fay Found")["since"], "2021-01-31T18:00:00Z");
    // Of the list there is only the newest state, which knows since when.
    let why = later(&["why", "Ada Lovett", "--json"]).ends_with(0).object();
    let listed = why["evidence"].as_array().unwrap().iter().filter(|e| e["origin"] == "signal-cli");
    let days: Vec<&str> = listed.filter_map(|e| e["at"].as_str()).collect();
    assert_eq!(days, ["2021-03-01T00:00:00Z", "2021-01-31T18:00:00Z"]);
}

#[test]
fn e15_a_positive_is_never_overwritten_by_a_miss() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.knows("+33639980106", ACI);
    check(&place, &fake.unix(), &[]).ends_with(0);
    fake.state().registered.clear();
    let years_later = "2024-03-01T00:00:00Z";
    let call = ["check", "signal", "--yes", "--signal-cli", &fake.unix()];
    let output = place.command().env("TRANSHUME_NOW", years_later).args(call).output().unwrap();
    Outcome::of(&output).ends_with(0);
    // It is old by now, so she was asked about, and not found.
    assert!(fake.asked()[1].contains(&"+33639980106".to_owned()));
    let why = place.command().env("TRANSHUME_NOW", years_later).args(["why", "Fay Found", "--json"]).output();
    let why = Outcome::of(&why.unwrap()).object();
    let verdict = why["verdicts"].as_array().unwrap().iter().find(|v| v["channel"] == "signal").unwrap();
    assert_eq!(verdict["state"], "likely", "{why}");
    assert!(why["evidence"].as_array().unwrap().iter().any(|e| e["holding"] == "not-found"));
}

#[test]
fn migrate_asks_as_well_and_it_is_one_run() {
    let (place, fake) = (Place::new(), SignalFake::new());
    book(&place, &[("Ada Lovett", "+33639980101"), ("Fay Found", "+33639980106")]);
    fake.knows("+33639980106", ACI);
    fake.knows_only_ada();
    let call = ["migrate", "in", "--json", "--signal", "--yes", "--signal-cli", &fake.unix()];
    let report = place.run(call).ends_with(0).object();
    assert_eq!(report["reachable"]["signal"], 2, "{report}");
    assert_eq!(report["disclosed"][0]["plain"], 1);
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 1);
    // Without consent the rest is written.
    let place = Place::new();
    book(&place, &[("Ada Lovett", "+33639980101"), ("Fay Found", "+33639980106")]);
    let call = ["migrate", "in", "--json", "--signal", "--signal-cli", &fake.unix()];
    let outcome = place.run(call).ends_with(6);
    assert_eq!(outcome.json()[0]["reachable"]["signal"], 1);
    assert!(place.path().join("ws/out/report.html").exists());
}

#[test]
fn accounts_are_chosen_or_listed() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().accounts.push("+33639980199".to_owned());
    let several = check(&place, &fake.unix(), &[]).ends_with(2);
    assert_eq!(several.json()[1]["code"], "error-signal-several-accounts");
    assert!(several.stderr.contains("+33639980100, +33639980199"), "{}", several.stderr);
    let unknown = check(&place, &fake.unix(), &["--signal-account", "+33639980198"]).ends_with(2);
    assert_eq!(unknown.json()[1]["code"], "error-signal-unknown-account");
    let none = check(&place, &fake.unix(), &["--signal-account", "0639980100"]).ends_with(2);
    assert_eq!(none.object()["code"], "error-signal-account");
    check(&place, &fake.unix(), &["--signal-account", "+33 6 39 98 01 00"]).ends_with(0);
    // From settings that last.
    let settings = format!("signal_cli = {:?}\nsignal_account = \"+33639980100\"\n", fake.unix());
    place.file("ws/transhume.toml", settings);
    place.run(["check", "signal", "--yes"]).ends_with(0);
    fake.state().accounts.clear();
    let linked = place.run(["check", "signal", "--yes"]).ends_with(2);
    assert!(linked.stderr.contains("transhume login signal"), "{}", linked.stderr);
}

#[test]
fn a_signal_cli_that_was_started_for_one_account_does_as_well() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().single = true;
    fake.knows("+33639980106", ACI);
    check(&place, &fake.unix(), &[]).ends_with(0);
    is(&place, "Fay Found", "reachable", Some("A"));
    let contacts = place.run(["contacts", "--json"]).ends_with(0).stdout;
    assert!(!contacts.contains("+33639980100"), "the user is nobody's contact");
}

#[test]
fn a_username_is_asked_about_by_itself() {
    let place = Place::new();
    let chat = "12/01/2021, 10:00 - Messages and calls are end-to-end encrypted.\n\
        12/01/2021, 10:01 - Ada: Signal: ada.77\n12/01/2021, 10:02 - Me: ok\n";
    place.file("in/WhatsApp Chat with Ada.txt", chat);
    place.run(["--me", "Me", "--count", "all", "import", "in"]).ends_with(0);
    let fake = SignalFake::new();
    fake.state().usernames.insert("ada.77".to_owned(), ACI.to_owned());
    check(&place, &fake.unix(), &["--count", "all"]).ends_with(0);
    let asked = fake.asked();
    assert!(asked.contains(&vec!["ada.77".to_owned()]), "{asked:?}");
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let signal = |contact: &Value| contact["verdicts"]["signal"].clone();
    let found = contacts.iter().map(signal).find(|verdict| verdict["identity"] == "ada.77");
    assert_eq!(found.unwrap()["grade"], "A", "{contacts:?}");
}

#[test]
fn nobody_is_left_to_ask_about() {
    let (place, fake) = (people(&[("Ada Lovett", "+33639980101")]), SignalFake::new());
    fake.knows_only_ada();
    let outcome = check(&place, &fake.unix(), &[]).ends_with(0);
    assert!(outcome.stderr.contains("Nobody is left to ask Signal about"), "{}", outcome.stderr);
    assert_eq!((fake.count("getUserStatus"), &outcome.object()["disclosed"]), (0, &serde_json::json!([])));
}

#[test]
fn what_is_odd_in_the_answers_is_told() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().left_out.push("+33639980107".to_owned());
    let outcome = check(&place, &fake.unix(), &[]).ends_with(3);
    assert_eq!(codes(&outcome.object()), ["signal-unanswered"]);
    is(&place, "Gus Hidden", "unknown", None);
    // Only who was left out is asked about again.
    fake.state().left_out.clear();
    check(&place, &fake.unix(), &[]).ends_with(0);
    assert_eq!(fake.asked()[1], ["+33639980107"]);
    is(&place, "Gus Hidden", "not-found", None);
}

#[test]
fn groups_that_signal_cli_lists_show_who_has_moved() {
    let (place, fake) = (circle(), SignalFake::new());
    let line = |minute: u8, who: &str| format!("12/01/2021, 10:{minute:02} - {who}: hello\n");
    let chat: String = ["Ada Lovett", "Carol", "Eve Blocked", "Gus Hidden", "Me"]
        .iter()
        .zip(1..)
        .map(|(who, n)| line(n, who))
        .collect();
    place.file("in/WhatsApp Chat with Thursday choir.txt", chat);
    place.run(["--me", "Me", "import", "in"]).ends_with(0);
    fake.state().contacts[3]["number"] = "+33639980103".into();
    let eve = json!({ "number": "+33639980105", "uuid": "aaaaaaaa-0000-4000-8000-000000000005" });
    fake.state().groups[0]["members"].as_array_mut().unwrap().push(eve);
    check(&place, &fake.unix(), &[]).ends_with(0);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    let choir = report["groups"].as_array().unwrap().iter().find(|g| g["title"] == "Thursday choir").unwrap();
    let there = &choir["elsewhere"][0];
    assert_eq!(
        (&there["channel"], &there["title"], &there["shared"]),
        (&"signal".into(), &"Thursday choir".into(), &3.into()),
        "{choir}"
    );
    let why = place.run(["why", "Gus Hidden"]).ends_with(0).stdout;
    assert!(why.contains("signal-cli +33639980100"), "{why}");
}
