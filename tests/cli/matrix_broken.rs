//! What is broken at a homeserver, and loses nothing but itself: one room, one
//! profile, the word of who the identity server is.

use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::fake::{DIRECTS, Fake, HASH_DETAILS, LOOKUP, OPENID, REGISTER, ROOMS, SEARCH, WELL_KNOWN};
use crate::login_faults::WHOAMI;
use crate::matrix_homeserver::{asked_profiles, card, is, knows, mxid, profile_path, state};
use crate::support::{Outcome, Place, codes};

/// What no request should be answered with.
fn nonsense() -> Vec<ResponseTemplate> {
    vec![
        ResponseTemplate::new(200).set_body_string("<html>Hello</html>"),
        ResponseTemplate::new(200).set_body_json(json!(null)),
        ResponseTemplate::new(204),
        ResponseTemplate::new(404).set_body_string("<html>Not here</html>"),
        ResponseTemplate::new(500)
            .set_body_json(json!({ "errcode": "M_UNKNOWN", "error": "Internal server error" })),
        ResponseTemplate::new(302).insert_header("location", "https://elsewhere.example.org/"),
    ]
}

/// Ada, Bo and Cy, each with a Matrix ID on a server of theirs.
fn friends() -> Place {
    let card = |name: &str| card(name, &mxid(&format!("@{name}:{name}.example.org").to_lowercase()));
    knows(&["Ada", "Bo", "Cy"].map(card))
}

/// Has the user be in three rooms with one of them each, and in a direct chat with Cy.
fn three_rooms(fake: &Fake) {
    rooms(fake, &["!1", "!2", "!3"]);
}

/// Has the user be in rooms, of which the first of the three is with Ada, the last with Cy.
fn rooms(fake: &Fake, rooms: &[&str]) {
    fake.answers(ROOMS, ResponseTemplate::new(200).set_body_json(json!({ "joined_rooms": rooms })));
    for (room, name) in [("!1", "ada"), ("!3", "cy")] {
        let joined = json!({ format!("@{name}:{name}.example.org"): { "display_name": name } });
        fake.answers(
            &format!("/_matrix/client/v3/rooms/{room}/joined_members"),
            ResponseTemplate::new(200).set_body_json(json!({ "joined": joined })),
        );
    }
    fake.directs(&["@cy:cy.example.org"]);
}

/// Has the homeserver say once who the user is, and be broken then.
fn goes_away(fake: &Fake) {
    let me = ResponseTemplate::new(200).set_body_json(json!({ "user_id": "@me:localhost:1" }));
    fake.answers_times(1, WHOAMI, me);
    fake.answers(WHOAMI, ResponseTemplate::new(500));
}

/// Where the homeserver showed somebody.
fn is_seen(place: &Place, name: &str) -> &'static str {
    let why = place.run(["why", name]).ends_with(0).stdout;
    match (why.contains("in your own direct chats"), why.contains("in a room that you are in")) {
        (true, _) => "direct",
        (false, true) => "room",
        (false, false) => "",
    }
}

#[test]
fn one_broken_room_loses_no_other() {
    for answer in nonsense() {
        let (place, fake) = (friends(), Fake::new());
        three_rooms(&fake);
        fake.answers("/_matrix/client/v3/rooms/!2/joined_members", answer);
        let view = fake.check(&place, &["--skip", "profiles"]).ends_with(0).object();
        assert_eq!(codes(&view), ["rooms-unread"], "{view}");
        assert_eq!(["Ada", "Bo", "Cy"].map(|name| is_seen(&place, name)), ["room", "", "direct"]);
    }
    // Where the homeserver is away in the midst of it, what was learnt is kept.
    let (place, fake) = (friends(), Fake::new());
    three_rooms(&fake);
    let busy = json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 3_600_000 });
    fake.answers(
        "/_matrix/client/v3/rooms/!2/joined_members",
        ResponseTemplate::new(429).set_body_json(busy),
    );
    fake.check(&place, &["--skip", "profiles"]).ends_with(5);
    assert_eq!(["Ada", "Bo", "Cy"].map(|name| is_seen(&place, name)), ["room", "", ""]);
    assert_eq!(fake.count("/_matrix/client/v3/rooms/!3/joined_members"), 0);
}

#[test]
fn one_broken_profile_keeps_nobody_behind_it_waiting() {
    for answer in nonsense() {
        let (place, fake) = (friends(), Fake::new());
        fake.answers(&profile_path("@ada:ada.example.org"), answer);
        fake.profile("@bo:bo.example.org");
        fake.profile("@cy:cy.example.org");
        let view = fake.check(&place, &[]).ends_with(0).object();
        assert_eq!(codes(&view), ["profiles-unanswered"], "{view}");
        assert_eq!(asked_profiles(&fake).len(), 3);
        assert_eq!((state(&place, "Bo"), state(&place, "Cy")), (is("reachable", "B"), is("reachable", "B")));
    }
}

#[test]
fn who_is_on_the_own_server_is_asked_about_whatever_became_of_another() {
    let card = |name: &str| card(name, &mxid(&format!("@{name}:localhost:1").to_lowercase()));
    let (place, fake) = (knows(&["Ada", "Bo", "Cy"].map(card)), Fake::new());
    fake.answers(&profile_path("@ada:localhost:1"), ResponseTemplate::new(500));
    fake.profile("@bo:localhost:1");
    fake.profile("@cy:localhost:1");
    fake.check(&place, &[]).ends_with(0);
    assert_eq!((state(&place, "Bo"), state(&place, "Cy")), (is("reachable", "B"), is("reachable", "B")));
}

#[test]
fn nobody_is_kept_waiting_by_however_many_who_are_broken_unless_the_homeserver_is() {
    let card = |name: &str| card(name, &mxid(&format!("@{name}:localhost:1").to_lowercase()));
    let names = ["Ada", "Bo", "Cy", "Di", "Eve"];
    for (is_well, exit, asked) in [(true, 0, 5), (false, 5, 3)] {
        let (place, fake) = (knows(&names.map(card)), Fake::new());
        for name in ["ada", "bo", "cy", "di"] {
            fake.answers(&profile_path(&format!("@{name}:localhost:1")), ResponseTemplate::new(500));
        }
        fake.profile("@eve:localhost:1");
        if !is_well {
            goes_away(&fake);
        }
        fake.check(&place, &[]).ends_with(exit);
        assert_eq!(asked_profiles(&fake).len(), asked);
    }
    // Nor by rooms.
    for (is_well, exit, seen) in [(true, 0, "room"), (false, 5, "")] {
        let (place, fake) = (friends(), Fake::new());
        rooms(&fake, &["!a", "!b", "!c", "!d", "!1"]);
        if !is_well {
            goes_away(&fake);
        }
        fake.check(&place, &["--skip", "profiles"]).ends_with(exit);
        assert_eq!(is_seen(&place, "Ada"), seen);
    }
}

#[test]
fn where_the_identity_server_is_unknown_everything_else_is_asked() {
    let says = |body| ResponseTemplate::new(200).set_body_json(body);
    for answer in [
        says(json!({ "m.identity_server": { "base_url": "" } })),
        says(json!({ "m.identity_server": { "base_url": "id.example.org" } })),
        says(json!({ "m.identity_server": { "base_url": "http://id.example.org" } })),
        says(json!({ "m.identity_server": { "base_url": 17 } })),
        says(json!({ "m.identity_server": 7 })),
        says(json!({ "m.identity_server": "https://id.example.org" })),
        ResponseTemplate::new(302).insert_header("location", "http://www.example.org/"),
        ResponseTemplate::new(500),
        ResponseTemplate::new(503).set_body_string("<html>Back soon</html>"),
    ] {
        let (place, fake) = (friends(), Fake::new());
        three_rooms(&fake);
        fake.answers(WELL_KNOWN, answer);
        let file = place.file("token", "token");
        let call = ["check", "matrix", "--json", "--yes", "--homeserver", &fake.url(), "--token-file"];
        let outcome = place.run(call.iter().copied().chain([file.to_str().unwrap()])).ends_with(5);
        let codes = ["error-server-url", "error-redirect", "error-server"];
        assert!(codes.contains(&outcome.json()[1]["code"].as_str().unwrap()), "{}", outcome.stdout);
        assert_eq!(["Ada", "Bo", "Cy"].map(|name| is_seen(&place, name)), ["room", "", "direct"]);
        assert_eq!(asked_profiles(&fake).len(), 1, "of the one whom no room showed");
    }
}

#[test]
fn a_long_pause_is_kept_and_whatever_else_can_be_asked_is() {
    let (place, fake) = (friends(), Fake::new());
    let wait = json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 3_600_000 });
    fake.answers(&profile_path("@ada:ada.example.org"), ResponseTemplate::new(429).set_body_json(wait));
    for _ in 0..2 {
        let outcome = fake.check(&place, &[]).ends_with(5);
        let all = outcome.json();
        assert!(all[0]["ask_again"].is_string(), "{}", outcome.stdout);
        assert_eq!(all[1]["code"], "error-rate-limited-until", "{}", outcome.stdout);
    }
    assert_eq!((asked_profiles(&fake).len(), fake.count(ROOMS)), (1, 2), "rooms are no profiles");
}

#[test]
fn of_direct_chats_and_rooms_one_that_is_broken_loses_nothing_of_the_other() {
    for answer in nonsense() {
        let (place, fake) = (friends(), Fake::new());
        fake.answers(DIRECTS, answer.clone());
        rooms(&fake, &["!1"]);
        fake.check(&place, &["--skip", "profiles"]).ends_with(5);
        assert_eq!(is_seen(&place, "Ada"), "room");
        let (place, fake) = (friends(), Fake::new());
        fake.answers(ROOMS, answer);
        fake.directs(&["@cy:cy.example.org"]);
        let state = "/_matrix/client/v3/rooms/!direct/state/m.room.member/@cy:cy.example.org";
        fake.answers(state, ResponseTemplate::new(200).set_body_json(json!({ "membership": "join" })));
        fake.check(&place, &["--skip", "profiles"]).ends_with(5);
        assert_eq!(is_seen(&place, "Cy"), "direct");
    }
}

#[test]
fn a_name_that_is_broken_keeps_no_other_from_being_searched_for() {
    let card = |name: &str| card(name, &format!("EMAIL:{name}@example.org\r\n"));
    let (place, fake) = (knows(&["Ada", "Bo", "Cy", "Di", "Eve"].map(card)), Fake::new());
    fake.answers(SEARCH, |request: &Request| {
        let is_eve = String::from_utf8_lossy(&request.body).contains("Eve");
        let results = json!({ "limited": false,
            "results": [{ "user_id": "@eve:example.org", "display_name": "Eve" }] });
        if is_eve { ResponseTemplate::new(200).set_body_json(results) } else { ResponseTemplate::new(500) }
    });
    let view = fake.check(&place, &["--directory"]).ends_with(0).object();
    assert_eq!(codes(&view), ["names-unanswered"], "{view}");
    assert_eq!(fake.count(SEARCH), 5);
    let why = place.run(["why", "Eve"]).ends_with(0).stdout;
    assert!(why.contains("@eve:example.org"), "{why}");
}

#[test]
fn a_pause_is_kept_also_before_it_is_known_who_asks_and_between_two_rooms() {
    let months = json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 5_000_000_000_u64 });
    let name = "/_matrix/client/v3/rooms/!r/state/m.room.name/";
    for at in [WHOAMI, WELL_KNOWN, name] {
        let (place, fake) = (friends(), Fake::new());
        fake.room(&[("@ada:ada.example.org", "Ada"), ("@bo:bo.example.org", "Bo")]);
        fake.answers(at, ResponseTemplate::new(429).set_body_json(months.clone()));
        place.file("token", "token");
        let url = fake.url();
        let call = ["check", "matrix", "--json", "--yes", "--homeserver", &url, "--token-file", "token"];
        let counts = ["2021-02-01T09:00:00Z", "2021-03-30T09:00:00Z", "2021-04-30T09:00:00Z"].map(|now| {
            let outcome =
                Outcome::of(&place.command().env("TRANSHUME_NOW", now).args(call).output().unwrap());
            assert!(outcome.ends_with(5).json()[0]["ask_again"].is_string(), "{at}");
            fake.count(at)
        });
        assert_eq!(counts, [1, 1, 2], "{at}");
        if at != WHOAMI {
            assert_eq!(is_seen(&place, "Ada"), "room", "{at}");
        }
    }
}

#[test]
fn whoever_wants_to_be_left_alone_is_with_whatever_it_was_asked() {
    let months = json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 5_000_000_000_u64 });
    let (now, later, after) = ("2021-02-01T09:00:00Z", "2021-03-30T09:00:00Z", "2021-04-30T09:00:00Z");
    for (at, with) in [
        (WHOAMI, &[][..]),
        (DIRECTS, &[]),
        (ROOMS, &[]),
        (OPENID, &[]),
        (REGISTER, &[]),
        (HASH_DETAILS, &[]),
        (LOOKUP, &[]),
        (SEARCH, &["--directory"]),
    ] {
        let card = |name: &str| card(name, &format!("EMAIL:{name}@example.org\r\n"));
        let (place, fake) = (knows(&["Ada", "Bo"].map(card)), Fake::new());
        fake.answers(at, ResponseTemplate::new(429).set_body_json(months.clone()));
        let mut counts = Vec::new();
        for now in [now, later, after] {
            let outcome = fake.check_at(now, &place, with);
            if at == SEARCH {
                let view = outcome.ends_with(0).object();
                assert!(view["ask_again"].is_string(), "{view}");
                assert!(codes(&view).contains(&"names-left"), "{view}");
            } else {
                assert!(outcome.ends_with(5).json()[0]["ask_again"].is_string(), "{at}");
            }
            counts.push(fake.count(at));
        }
        assert_eq!(counts, [1, 1, 2], "{at}");
    }
}
