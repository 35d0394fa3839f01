//! `check matrix` and `migrate --matrix` against a real Synapse and a real
//! Sydent.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::relay::{Relay, Then};
use crate::servers::{Account, Servers, hashed};
use crate::support::{Outcome, Place, codes};

/// Looks up by these servers, as that account.
fn lookup(place: &Place, servers: &Servers, account: &Account, command: &[&str]) -> Outcome {
    lookup_at(place, servers.known("homeserver"), servers.known("identity"), account, command)
}

fn lookup_at(
    place: &Place,
    homeserver: &str,
    identity: &str,
    account: &Account,
    command: &[&str],
) -> Outcome {
    place.file("token", &account.token);
    let servers = ["--homeserver", homeserver, "--identity-server", identity, "--token-file", "token"];
    place.run(command.iter().chain(&servers))
}

/// A book of so many people, each with an e-mail address of that domain.
fn book(place: &Place, people: std::ops::Range<usize>, domain: &str) {
    let mut text = String::new();
    for n in people {
        write!(text, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\n").unwrap();
        write!(text, "EMAIL:Person{n}@{domain}\r\nEND:VCARD\r\n").unwrap();
    }
    place.file("in/book.vcf", text);
}

fn state<'a>(contacts: &'a [Value], name: &str) -> &'a Value {
    let contact = contacts.iter().find(|c| c["names"].as_array().is_some_and(|n| n.contains(&name.into())));
    &contact.unwrap_or_else(|| panic!("{name}"))["verdicts"]["matrix"]
}

#[test]
fn the_demo_finds_its_bound_people_and_tells_what_left() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    for (medium, address, localpart) in [
        ("email", "catherine.marchand@example.org", "maman"),
        ("email", "agnes.chevalier@example.org", "agnes"),
        ("msisdn", "33639980014", "bertrand"),
        ("msisdn", "447700900103", "priya"),
        // In the address book alone: not counted, so not asked about.
        ("email", "zoe.laurent@example.com", "zoe"),
    ] {
        servers.bind(medium, address, localpart);
    }
    let demo = demo.to_str().unwrap();
    let offline = Place::new().run(["migrate", demo, "--json"]).ends_with(0).object();
    let call = ["migrate", demo, "--json", "--matrix", "--yes", "--accept-terms"];
    let outcome = lookup(&place, &servers, &account, &call).ends_with(0);
    let report = outcome.object();
    let count = |report: &Value, channel: &str| report["reachable"][channel].as_u64().unwrap();
    assert_eq!(count(&report, "matrix"), count(&offline, "matrix") + 4);
    let [homeserver, host] =
        ["homeserver", "identity"].map(|server| servers.known(server).trim_start_matches("http://"));
    // 14 e-mail addresses and 41 numbers of the circle: counted by hand from the
    // truth, and the Matrix IDs of two people.
    let mut disclosed = report["disclosed"].as_array().unwrap().clone();
    disclosed.sort_by_key(|d| d["hashed"].as_u64());
    let left =
        |host: &str, hashed, plain| serde_json::json!({ "host": host, "hashed": hashed, "plain": plain });
    assert_eq!(disclosed, [left(homeserver, 0, 2), left(host, 55, 0)]);
    assert!(outcome.stderr.contains("14 e-mail addresses and 41 phone numbers"), "{}", outcome.stderr);

    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    for (name, localpart) in [
        ("Maman ❤️", "maman"),
        ("Agnès Chevalier", "agnes"),
        ("Bertrand Colin", "bertrand"),
        ("Priya Nair", "priya"),
    ] {
        let verdict = state(&contacts, name);
        assert_eq!((&verdict["state"], &verdict["grade"]), (&"reachable".into(), &"A".into()), "{name}");
        assert_eq!(verdict["identity"], servers.mxid(localpart));
    }
    assert_eq!(state(&contacts, "Zoé Laurent")["state"], "unknown");
    assert_eq!(state(&contacts, "Papa")["state"], "not-found");
    // One run, which holds what was found, and the report says so later as well.
    let runs = place.run(["runs", "--json"]).ends_with(0).json();
    assert_eq!(runs.len(), 1);
    let again = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!((&again["reachable"], &again["disclosed"]), (&report["reachable"], &report["disclosed"]));
    let why = place.run(["why", "Bertrand Colin"]).ends_with(0).stdout;
    assert!(why.contains("bertrand") && why.contains(host) && why.contains("A, proven"), "{why}");
    let page = std::fs::read_to_string(place.path().join("ws/out/report.html")).unwrap();
    assert!(page.contains(host), "the page says what left");
}

#[test]
fn two_hundred_among_five_thousand_are_found_and_nobody_else() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..5000, "many.example.org");
    place.run(["import", "in"]).ends_with(0);
    let bound: Vec<usize> = (0..200).map(|n| n * 25 + n % 7).collect();
    servers.bind_all(bound.iter().map(|n| {
        ("email".to_owned(), format!("person{n}@many.example.org"), servers.mxid(&format!("p{n}")))
    }));
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
    let view = lookup(&place, &servers, &account, &call).ends_with(0).object();
    assert_eq!((&view["asked"], &view["contacts"]["reachable"]), (&5000.into(), &200.into()), "{view}");
    assert_eq!(view["contacts"]["not-found"], 4800);
    for contact in place.run(["contacts", "--json"]).ends_with(0).json() {
        let n: usize = contact["name"].as_str().unwrap().trim_start_matches("Person ").parse().unwrap();
        let verdict = &contact["verdicts"]["matrix"];
        if bound.contains(&n) {
            assert_eq!(verdict["identity"], servers.mxid(&format!("p{n}")));
        } else {
            assert_eq!(verdict["state"], "not-found");
        }
    }
}

#[test]
fn terms_are_shown_and_only_a_person_or_the_flag_accepts_them() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..3, "terms.example.org");
    place.run(["import", "in"]).ends_with(0);
    let refused = lookup(&place, &servers, &account, &["check", "matrix", "--yes"]).ends_with(6);
    for shown in ["Terms of Service", "https://id.example.org/terms-en", "Privacy Policy"] {
        assert!(refused.stderr.contains(shown), "{}", refused.stderr);
    }
    let runs = place.run(["runs", "--json"]).ends_with(0).json().len();
    assert_eq!(runs, 1, "nobody was asked about");
    let french = ["check", "matrix", "--yes", "--accept-terms", "--lang", "fr"];
    let french = lookup(&place, &servers, &account, &french).ends_with(0);
    assert!(french.stderr.contains("https://id.example.org/terms-fr.html"), "{}", french.stderr);
    // Once accepted they are not asked for again.
    let again = lookup(&place, &servers, &account, &["check", "matrix", "--yes"]).ends_with(0);
    assert!(!again.stderr.contains("Terms of Service"), "{}", again.stderr);
}

#[test]
fn a_pepper_and_terms_that_change_in_between_are_survived() {
    let Some(servers) = Servers::alone() else { return };
    let all = servers.all();
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..2500, "pepper.example.org");
    place.run(["import", "in"]).ends_with(0);
    servers.bind("email", "person3@pepper.example.org", "three");
    servers.bind("email", "person2499@pepper.example.org", "last");
    let before = servers.pepper();
    let relay = Relay::with(servers.known("identity"), "POST /_matrix/identity/v2/lookup", move |passed| {
        match passed {
            1 => {
                all.change_pepper();
                return Then::Reconnect;
            }
            // The first try counts, the one with the new pepper too.
            3 => {
                let path = all.known("terms");
                let terms = std::fs::read_to_string(path).unwrap();
                let bumped = terms.replace("terms-en.html", "terms-en-2.html").replace("\"1\"", "\"2\"");
                std::fs::write(path, bumped).unwrap();
            }
            _ => {}
        }
        Then::Pass
    });
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
    let outcome = lookup_at(&place, servers.known("homeserver"), &relay.url(), &account, &call).ends_with(0);
    assert_eq!(outcome.object()["contacts"]["reachable"], 2, "{}", outcome.all());
    assert_eq!(outcome.stderr.matches("asks you to accept").count(), 2, "{}", outcome.stderr);
    assert_ne!(servers.pepper(), before);
    assert!(relay.seen().contains(&before) && relay.seen().contains(&servers.pepper()));
}

#[test]
fn excluded_people_never_leave() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..10, "excluded.example.org");
    place.run(["import", "in"]).ends_with(0);
    place.run(["contacts", "exclude", "Person 4"]).ends_with(0);
    let relay = Relay::to(servers.known("identity"));
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
    let outcome = lookup_at(&place, servers.known("homeserver"), &relay.url(), &account, &call).ends_with(0);
    assert_eq!(outcome.object()["asked"], 9);
    assert!(outcome.stderr.contains("1 person, whom you excluded"), "{}", outcome.stderr);
    let (seen, pepper) = (relay.seen(), servers.pepper());
    let hash = |n| hashed(&format!("person{n}@excluded.example.org email {pepper}"));
    for n in 0..10 {
        assert_eq!(seen.contains(&hash(n)), n != 4, "{n}");
    }
    assert!(!seen.contains(&account.token), "the homeserver's token goes to the homeserver alone");
    assert!(!seen.contains("Person") && !seen.contains("excluded.example.org"), "nothing in plain");
}

#[test]
fn only_one_kind_leaves_where_only_one_may() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Both\r\nEMAIL:both@kinds.example.org\r\nTEL:+33 6 39 98 77 01\r\nEND:VCARD\r\n";
    place.file("in/book.vcf", card);
    place.run(["import", "in"]).ends_with(0);
    let pepper = servers.pepper();
    let email = hashed(&format!("both@kinds.example.org email {pepper}"));
    let phone = hashed(&format!("33639987701 msisdn {pepper}"));
    for (kind, leaves, stays) in [("email", &email, &phone), ("phone", &phone, &email)] {
        let relay = Relay::to(servers.known("identity"));
        let call = ["check", "matrix", "--yes", "--accept-terms", "--only", kind];
        lookup_at(&place, servers.known("homeserver"), &relay.url(), &account, &call).ends_with(0);
        let seen = relay.seen();
        assert!(seen.contains(leaves) && !seen.contains(stays), "{kind}");
    }
}

#[test]
fn a_name_is_enough_where_the_homeserver_tells_the_rest() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..3, "names.example.org");
    servers.bind("email", "person1@names.example.org", "one");
    place.run(["import", "in"]).ends_with(0);
    place.file("token", &account.token);
    let check = |homeserver: &str, authority: &[&str]| {
        let call = ["check", "matrix", "--json", "--yes", "--accept-terms", "--token-file", "token"];
        place.run(call.iter().chain(&["--homeserver", homeserver]).chain(authority))
    };
    // The authority of these servers is nobody's whom the system trusts.
    let untrusted = check(servers.known("server_name"), &[]).ends_with(5);
    assert!(untrusted.stderr.contains("--ca-file"), "{}", untrusted.stderr);
    let authority = ["--ca-file", servers.known("authority")];
    for homeserver in [servers.known("server_name"), servers.known("homeserver_tls"), account.mxid.as_str()] {
        let view = check(homeserver, &authority).ends_with(0).object();
        assert_eq!((&view["asked"], &view["contacts"]["reachable"]), (&3.into(), &1.into()), "{homeserver}");
        let host = servers.known("identity_tls").trim_start_matches("https://");
        assert_eq!(view["disclosed"][0]["host"], host);
    }
    // The same from settings that last.
    let settings = format!(
        "homeserver = {:?}\nca_file = {:?}\n",
        servers.known("server_name"),
        servers.known("authority")
    );
    place.file("ws/transhume.toml", settings);
    let call = ["check", "matrix", "--json", "--yes", "--token-file", "token"];
    assert_eq!(place.run(call).ends_with(0).object()["asked"], 3);
}

#[test]
fn a_lookup_that_was_cut_off_goes_on_and_asks_nobody_twice() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..3500, "cut.example.org");
    servers.bind("email", "person7@cut.example.org", "seven");
    servers.bind("email", "person3333@cut.example.org", "late");
    place.run(["import", "in"]).ends_with(0);
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
    let homeserver = servers.known("homeserver");
    let broken = Arc::new(AtomicBool::new(true));
    let relay = Relay::with(servers.known("identity"), "POST /_matrix/identity/v2/lookup", {
        let broken = Arc::clone(&broken);
        move |passed| if passed == 3 && broken.load(Ordering::Relaxed) { Then::Cut } else { Then::Pass }
    });
    let outcome = lookup_at(&place, homeserver, &relay.url(), &account, &call).ends_with(5);
    let objects = outcome.json();
    assert_eq!((&objects[0]["asked"], &objects[1]["exit"]), (&2000.into(), &5.into()), "{}", outcome.stdout);

    broken.store(false, Ordering::Relaxed);
    let outcome = lookup_at(&place, homeserver, &relay.url(), &account, &call).ends_with(0);
    assert_eq!(outcome.object()["asked"], 1500, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("2,000 more were answered"), "{}", outcome.stderr);
    assert_eq!(outcome.object()["contacts"]["reachable"], 2);
}

#[test]
fn a_token_that_is_none_is_told_from_trouble_with_the_network() {
    let Some(servers) = Servers::get() else { return };
    let place = Place::new();
    book(&place, 0..3, "token.example.org");
    place.run(["import", "in"]).ends_with(0);
    let nobody = Account { mxid: String::new(), token: "syt_revoked".to_owned(), password: String::new() };
    let outcome = lookup(&place, &servers, &nobody, &["check", "matrix", "--yes", "--json"]).ends_with(5);
    assert_eq!(outcome.json()[1]["code"], "error-token-refused", "{}", outcome.stdout);
    assert!(!outcome.all().contains("syt_revoked"));
}

#[test]
fn nothing_is_said_of_a_server_that_answers_well() {
    let Some(servers) = Servers::get() else { return };
    let (place, account) = (Place::new(), servers.account());
    book(&place, 0..3, "well.example.org");
    place.run(["import", "in"]).ends_with(0);
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
    let view = lookup(&place, &servers, &account, &call).ends_with(0).object();
    assert_eq!(codes(&view), Vec::<&str>::new());
}
