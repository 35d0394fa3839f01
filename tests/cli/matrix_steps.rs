//! `check matrix` step by step: in which order it asks, what is seen of that on a
//! terminal, what is kept of those who were not found, and how it goes on after
//! it was ended in the midst of any step.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::fake::{DIRECTS, Fake, HASH_DETAILS, LOOKUP, ROOMS, SEARCH, people};
use crate::matrix_homeserver::{Running, asked_profiles, card, knows, mxid, searched};
use crate::support::{Outcome, Place};

/// Somebody for every step.
fn somebody() -> Place {
    knows(&[
        card("Ada Loup", &(mxid("@ada:example.org") + "EMAIL:ada@example.org\r\n")),
        card("Bo Tard", "EMAIL:bo@example.org\r\n"),
        card("Cy Gale", &mxid("@cy:example.org")),
    ])
}

#[test]
fn own_chats_come_first_then_profiles_then_the_identity_server_and_names_last() {
    let (place, fake) = (somebody(), Fake::new());
    fake.directs(&["@ada:example.org"]);
    fake.room(&[("@ada:example.org", "Ada")]);
    fake.profile("@cy:example.org");
    fake.check(&place, &["--directory"]).ends_with(0);
    let step = |path: &str| match path {
        DIRECTS => Some(1),
        ROOMS => Some(2),
        _ if path.ends_with("/joined_members") => Some(3),
        _ if path.contains("/profile/") => Some(4),
        HASH_DETAILS => Some(5),
        LOOKUP => Some(6),
        SEARCH => Some(7),
        _ => None,
    };
    let order: Vec<i32> = fake.requests().iter().filter_map(|r| step(r.url.path())).collect();
    assert_eq!(order, [1, 2, 3, 4, 5, 6, 7], "one request each");
    // Each knows what came before: whoever was found is not looked for again.
    assert_eq!(asked_profiles(&fake), ["@cy:example.org"]);
    assert_eq!(searched(&fake), ["Bo Tard"]);
}

#[test]
fn on_a_terminal_every_step_has_a_bar_with_its_host_and_total() {
    let (place, fake) = (somebody(), Fake::new());
    place.file("token", "homeserver-token");
    fake.room(&[("@stranger:example.org", "A Stranger")]);
    let english = [
        "Looking through your rooms at HOST",
        "Asking HOST for profiles",
        "Asking HOST about addresses and numbers",
        "Searching HOST for names",
    ];
    let french = [
        "Parcours de vos salons sur HOST",
        "Demande de profils à HOST",
        "Questions à HOST sur des adresses et des numéros",
        "Recherche de noms sur HOST",
    ];
    for (lang, whats) in [("en", english), ("fr", french)] {
        let call = "stty cols 120; exec \"$TRANSHUME\" --lang $WORDS check matrix --yes --directory \
                    --token-file token --homeserver $URL --identity-server $URL";
        let mut script = Command::new("script");
        script.args(["-qec", call, "/dev/null"]);
        let mut script = place.wrap(script);
        script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("URL", fake.url());
        script.env("TERM", "xterm").env("WORDS", lang);
        let Ok(output) = script.output() else { return eprintln!("skipped: there is no script") };
        let outcome = Outcome::of(&output).ends_with(0);
        // A bar is drawn anew on its own line.
        let bars: Vec<&str> = outcome.stdout.split(['\r', '\n']).filter(|l| l.contains('░')).collect();
        let drawn = |what: &str, total: &str| {
            let what = what.replace("HOST", &fake.host());
            bars.iter().any(|bar| bar.contains(&what) && bar.contains(total))
        };
        for (what, total) in whats.into_iter().zip([" 0/1 ", " 0/2 ", " 0/2 ", " 0/1 "]) {
            assert!(drawn(what, total), "{lang}: {what} {total}: {bars:?}");
        }
    }
}

/// How often something stands in the workspace, wherever and in whatever file.
fn traces(place: &Place, of: &str) -> usize {
    let database =
        |(path, _): &&(std::path::PathBuf, Vec<u8>)| path.to_string_lossy().contains("transhume.db");
    let count = |bytes: &[u8]| bytes.windows(of.len()).filter(|w| *w == of.as_bytes()).count();
    place.snapshot().iter().filter(database).map(|(_, bytes)| count(bytes)).sum()
}

#[test]
fn f10_the_database_itself_holds_nothing_about_a_search_in_vain() {
    let missed = ["bo@example.org", "@cy:example.org", "Bo Tard", "Cy Gale"];
    let before = missed.map(|of| traces(&somebody(), of));
    assert!(before.iter().all(|count| *count > 0), "they stand in the book: {before:?}");
    let found = |place: &Place, more: &[&str]| {
        let fake = Fake::new();
        fake.knows("ada@example.org", "@ada:example.org");
        fake.check(place, more).ends_with(0);
        traces(place, "@ada:example.org")
    };
    let place = somebody();
    let once = traces(&place, "@ada:example.org");
    assert!(found(&place, &["--directory", "--forget-misses"]) > once, "who was found is kept");
    assert_eq!(missed.map(|of| traces(&place, of)), before);
    // Nor does what an earlier run kept stay anywhere, in pages that are free or
    // in the log.
    let place = somebody();
    found(&place, &["--directory"]);
    let kept = missed.map(|of| traces(&place, of));
    assert!(kept.iter().zip(before).any(|(kept, before)| *kept > before), "{kept:?} {before:?}");
    found(&place, &["--directory", "--forget-misses"]);
    assert_eq!(missed.map(|of| traces(&place, of)), before);
}

#[test]
fn whoever_is_forgotten_is_not_said_to_be_unasked() {
    let fake = Fake::new();
    fake.knows("ada@example.org", "@ada:example.org");
    let place = somebody();
    place.file("token", "homeserver-token");
    let url = fake.url();
    let call = ["check", "matrix", "--yes", "--token-file", "token", "--homeserver", &url];
    let said = |more: &[&str]| {
        place.run(call.iter().chain(&["--identity-server", &url]).chain(more)).ends_with(0).stdout
    };
    let forgotten = said(&["--forget-misses"]);
    assert!(forgotten.contains("nothing is kept") && !forgotten.contains("not asked"), "{forgotten}");
    let kept = said(&[]);
    assert!(kept.contains("not found") && !kept.contains("nothing is kept"), "{kept}");
}

/// The hashes of each lookup that came.
fn lookups(fake: &Fake) -> Vec<BTreeSet<String>> {
    let lookups = fake.requests().into_iter().filter(|request| request.url.path() == LOOKUP);
    let hashes = |body: Value| serde_json::from_value(body["addresses"].clone()).unwrap();
    lookups.map(|request| hashes(request.body_json().unwrap())).collect()
}

#[test]
fn whoever_is_stopped_or_killed_between_batches_asks_nobody_twice() {
    for (signal, code) in [("INT", Some(130)), ("TERM", Some(130)), ("KILL", None)] {
        let (place, fake) = (people(3500), Fake::new());
        let slow = ResponseTemplate::new(200).set_body_json(json!({ "mappings": {} }));
        fake.answers_times(3, LOOKUP, slow.set_delay(Duration::from_millis(800)));
        let mut running = Running::check(&place, &fake, &[]);
        assert_eq!(running.signalled(signal, || fake.count(LOOKUP) == 2), code, "{signal}");
        let before = lookups(&fake);
        assert_eq!(before.len(), 2, "{signal}");
        let outcome = fake.check(&place, &[]).ends_with(0);
        let after: BTreeSet<String> = lookups(&fake)[2..].iter().flatten().cloned().collect();
        // The answer to the batch under way is waited for, unless it cannot be.
        let killed = signal == "KILL";
        assert!(after.is_disjoint(&before[0]) && after.is_superset(&before[1]) == killed, "{signal}");
        let answered = if killed { "1,000" } else { "2,000" };
        assert_eq!(after.len(), if killed { 2500 } else { 1500 }, "{signal}");
        let said = format!("{answered} more were answered before");
        assert!(outcome.stderr.contains(&said), "{}", outcome.stderr);
        if !killed {
            // What did not leave is not counted.
            let sent: usize = lookups(&fake).iter().map(BTreeSet::len).sum();
            let report = place.run(["report", "--json"]).ends_with(0).object();
            assert_eq!(report["disclosed"][0]["hashed"], sent, "{signal}");
        }
    }
}

#[test]
fn whoever_is_stopped_or_killed_between_names_asks_nobody_twice() {
    for (signal, code) in [("INT", Some(130)), ("KILL", None)] {
        let (place, fake) = (people(8), Fake::new());
        let nobody = ResponseTemplate::new(200).set_body_json(json!({ "limited": false, "results": [] }));
        fake.answers_times(6, SEARCH, nobody.set_delay(Duration::from_millis(200)));
        let more = ["--directory", "--skip", "identity-server"];
        let mut running = Running::check(&place, &fake, &more);
        assert_eq!(running.signalled(signal, || fake.count(SEARCH) >= 4), code, "{signal}");
        let before = searched(&fake);
        fake.check(&place, &more).ends_with(0);
        let after = searched(&fake)[before.len()..].to_vec();
        let answered = before.len() - usize::from(signal == "KILL");
        assert!(after.iter().all(|name| !before[..answered].contains(name)), "{before:?} {after:?}");
        assert_eq!(answered + after.len(), 8, "{signal}: {before:?} {after:?}");
    }
}

#[test]
fn whoever_is_stopped_while_rooms_are_looked_through_has_asked_about_nobody() {
    for slow in [DIRECTS, ROOMS] {
        let (place, fake) = (somebody(), Fake::new());
        let answer = ResponseTemplate::new(200).set_body_json(json!({ "joined_rooms": [] }));
        fake.answers_times(1, slow, answer.set_delay(Duration::from_secs(8)));
        let mut running = Running::check(&place, &fake, &["--directory"]);
        assert_eq!(running.signalled("INT", || fake.count(slow) == 1), Some(130), "{slow}");
        assert_eq!((asked_profiles(&fake).len(), fake.count(LOOKUP), fake.count(SEARCH)), (0, 0, 0));
        let outcome = fake.check(&place, &["--directory"]).ends_with(0);
        assert!(!outcome.stderr.contains("answered before"), "{slow}: {}", outcome.stderr);
        assert_eq!((asked_profiles(&fake).len(), fake.count(LOOKUP)), (2, 1), "{slow}");
    }
}
