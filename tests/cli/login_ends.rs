//! How sessions end, and that none is left at a server in silence: what a login opened
//! and cannot keep, what cannot be read or written down, and servers that do not listen.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::ROOMS;
use crate::login::{check, error, knows_somebody, session, signed_in};
use crate::login_faults::{
    LOGOUT, REFRESH, WHOAMI, go_away, homeserver, json_body, lets_in, login, signed_in_at,
};
use crate::support::Place;

#[test]
fn who_cannot_be_told_is_not_signed_out_unless_the_user_wants_to_forget() {
    let fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    go_away(&place, &fake);
    let before = session(&place);
    let outcome = place.run(["logout", "--json"]).ends_with(5);
    assert_eq!(error(&outcome), "error-unreachable");
    assert!(outcome.stderr.contains("--forget"), "{}", outcome.stderr);
    assert_eq!(session(&place), before);
    assert_eq!(error(&check(&place, &[]).ends_with(5)), "error-unreachable");
    assert_eq!(session(&place), before, "a bad network ends no session");
    let outcome = place.run(["logout", "--json", "--forget"]).ends_with(3);
    assert_eq!(outcome.object()["revoked"], false);
    assert!(!signed_in(&place));
}

#[test]
fn e01_where_only_a_domain_told_of_may_not_come_to_lie_in_a_private_network() {
    let fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    fake.answers(LOGOUT, json_body(200, json!({})));
    let file = place.path().join("ws/matrix-session.json");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("\"named\": true"), "{kept}");
    fs::write(&file, kept.replace("\"named\": true", "\"named\": false")).unwrap();
    assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), "error-private-address");
    assert_eq!((fake.count(LOGOUT), signed_in(&place)), (0, true));
    place.run(["logout", "--json", "--allow-private"]).ends_with(0);
    assert_eq!((fake.count(LOGOUT), signed_in(&place)), (1, false));
}

#[test]
fn an_older_session_that_cannot_be_ended_is_told_of() {
    let gone = homeserver(lets_in());
    let place = signed_in_at(&gone);
    go_away(&place, &gone);
    let file = place.path().join("ws/matrix-session.json");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("fake-access", "older-access")).unwrap();
    let fake = homeserver(lets_in());
    let outcome = login(&place, &fake.url(), &[]).ends_with(0);
    assert_eq!(outcome.object()["replaced"]["revoked"], false);
    assert!(outcome.stderr.contains("could not be ended"), "{}", outcome.stderr);
    assert_eq!(session(&place)["homeserver"], fake.url());
}

#[test]
fn a_file_that_holds_no_session_is_not_guessed_at() {
    let fake = homeserver(lets_in());
    for content in ["", "{}", "[]", "\u{fffd}", "{\"schema\":\"transhume.matrix-session/2\"}"] {
        let place = knows_somebody("@friend:example.org");
        let file = place.file("ws/matrix-session.json", content);
        assert_eq!(error(&check(&place, &[]).ends_with(2)), "error-session-damaged", "{content}");
        assert_eq!(error(&place.run(["logout", "--json"]).ends_with(2)), "error-session-damaged");
        assert_eq!(fs::read_to_string(&file).unwrap(), content, "it stays as it is");
        let replaced = login(&place, &fake.url(), &[]).ends_with(0);
        assert!(replaced.stderr.contains("If it was good it still is"), "{}", replaced.stderr);
        fs::write(&file, content).unwrap();
        let forgotten = place.run(["logout", "--forget"]).ends_with(3);
        assert!(forgotten.stdout.contains("If it was good it still is"), "{}", forgotten.stdout);
        assert!(!signed_in(&place));
    }
}

#[test]
fn a_session_with_an_endless_name_can_be_ended() {
    let body = json!({ "user_id": "@me:localhost:1", "device_id": "D".repeat(70_000),
        "access_token": "fake-access", "refresh_token": "fake-refresh" });
    let fake = homeserver(json_body(200, body));
    let place = signed_in_at(&fake);
    fake.answers(LOGOUT, json_body(200, json!({})));
    assert_eq!(place.run(["logout", "--json"]).ends_with(0).object()["revoked"], true);
}

#[test]
fn a_login_that_cannot_be_kept_is_ended_at_once() {
    let long = "n".repeat(70_000);
    let good = json!({ "user_id": "@me:localhost:1", "device_id": "DEVICE", "access_token": "fake-access" });
    for (key, value, ended) in [
        ("user_id", format!("@{long}:localhost:1"), 1),
        ("refresh_token", long.clone(), 1),
        ("user_id", "@no-colon".to_owned(), 1),
        ("well_known", "nowhere".to_owned(), 1),
        ("device_id", String::new(), 1),
        ("access_token", long.clone(), 0),
    ] {
        let mut body = good.clone();
        body[key] = if value.is_empty() { Value::Null } else { value.into() };
        let (fake, place) = (homeserver(json_body(200, body)), Place::new());
        fake.answers(LOGOUT, json_body(200, json!({})));
        assert_eq!(error(&login(&place, &fake.url(), &[]).ends_with(5)), "error-nonsense", "{key}");
        let ends: Vec<Request> = fake.requests().into_iter().filter(|r| r.url.path() == LOGOUT).collect();
        assert!(ends.iter().all(|r| r.headers["authorization"] == "Bearer fake-access"), "{key}");
        assert_eq!((ends.len(), signed_in(&place)), (ended, false), "{key}");
    }
    // And where it could not be ended, that is said.
    let mut body = good.clone();
    body["user_id"] = "nobody".into();
    let page = |text: &str| ResponseTemplate::new(200).set_body_string(text);
    let cut = &good.to_string()[..40];
    for (login_answer, logout_answer, ends) in [
        (json_body(200, body.clone()), ResponseTemplate::new(500), 1),
        (json_body(200, body), page("<html>Welcome</html>"), 1),
        // Nor could it where there is no token that could end it.
        (page(cut), json_body(200, json!({})), 0),
    ] {
        let fake = homeserver(login_answer);
        fake.answers(LOGOUT, logout_answer);
        let outcome = login(&Place::new(), &fake.url(), &[]).ends_with(5);
        assert_eq!((error(&outcome).as_str(), fake.count(LOGOUT)), ("error-nonsense", ends));
        assert!(
            outcome.stderr.contains("is of no use, and it could not be ended again"),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn a_session_of_which_no_answer_told_is_told_of() {
    let long = || json_body(200, json!({ "access_token": "a".repeat(2_000_000) }));
    let refusal =
        |status| json_body(status, json!({ "errcode": "M_UNKNOWN", "error": "e".repeat(2_000_000) }));
    for (answer, code, told) in [
        (long(), "error-too-large", true),
        (lets_in().set_delay(Duration::from_secs(4)), "error-unreachable", true),
        (refusal(500), "error-too-large", true),
        (refusal(403), "error-too-large", false),
        // What stands before a server knows nothing of what it has done.
        (ResponseTemplate::new(504).set_body_string("<html>Gateway Time-out</html>"), "error-server", true),
        (json_body(500, json!({ "errcode": "M_UNKNOWN", "error": "no" })), "error-server", false),
    ] {
        let fake = homeserver(answer);
        let outcome = login(&Place::new(), &fake.url(), &[]).ends_with(5);
        assert_eq!((error(&outcome).as_str(), fake.count(LOGOUT)), (code, 0));
        let tells = outcome.stderr.contains("A session may have been opened");
        assert_eq!(tells, told, "{code}: {}", outcome.stderr);
    }
}

#[test]
fn new_tokens_that_cannot_be_read_are_given_up() {
    let expired = json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": true });
    let good = || json_body(200, json!({}));
    let unread = || json!({ "access_token": "renewed-canary", "refresh_token": "two words" });
    for (body, answer, code, ends) in [
        (unread(), good(), "error-session-ended", 1),
        (unread(), ResponseTemplate::new(500), "error-session-unread", 1),
        (json!({ "access_token": "two words" }), good(), "error-nonsense", 0),
        (json!({}), good(), "error-nonsense", 0),
    ] {
        let fake = homeserver(lets_in());
        let place = signed_in_at(&fake);
        fake.answers(WHOAMI, json_body(401, expired.clone()));
        fake.answers(REFRESH, json_body(200, body));
        fake.answers(LOGOUT, answer);
        let outcome = check(&place, &[]).ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        let goodbyes: Vec<Request> = fake.requests().into_iter().filter(|r| r.url.path() == LOGOUT).collect();
        assert!(goodbyes.iter().all(|r| r.headers["authorization"] == "Bearer renewed-canary"));
        assert_eq!(goodbyes.len(), ends, "{code}");
        assert_eq!(session(&place)["ended"], code == "error-session-ended");
        assert!(!outcome.all().contains("canary"));
    }
}

#[test]
fn no_token_of_a_session_is_quoted_before_it_has_been_sent() {
    let fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    let quotes = |status| json_body(status, json!({ "errcode": "M_UNKNOWN", "error": "oops fake-refresh" }));
    fake.answers(ROOMS, quotes(500));
    fake.answers(LOGOUT, quotes(500));
    for outcome in [check(&place, &[]).ends_with(5), place.run(["logout", "--json"]).ends_with(5)] {
        assert!(outcome.stdout.contains("oops …"), "{}", outcome.stdout);
        assert!(!outcome.all().contains("fake-refresh"), "{}", outcome.all());
    }
}

#[test]
fn a_page_before_the_homeserver_ends_no_session() {
    for page in ["<html>Welcome</html>", "", "null", "[]"] {
        let fake = homeserver(lets_in());
        let place = signed_in_at(&fake);
        fake.answers(LOGOUT, ResponseTemplate::new(200).set_body_string(page));
        assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), "error-nonsense", "{page}");
        assert!(signed_in(&place), "{page}");
    }
}

#[test]
fn what_was_renewed_and_cannot_be_kept_is_ended() {
    let new = "renewed-canary";
    for (answer, code) in [
        (json_body(200, json!({})), "error-session-not-kept"),
        (ResponseTemplate::new(500), "error-session-not-ended"),
        (ResponseTemplate::new(200).set_body_string("<html>Welcome</html>"), "error-session-not-ended"),
    ] {
        let fake = homeserver(lets_in());
        let place = signed_in_at(&fake);
        let expired = json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": true });
        fake.answers(WHOAMI, json_body(401, expired));
        // No session file can hold it.
        let long = format!("{new}{}", "\\".repeat(8000));
        fake.answers(REFRESH, json_body(200, json!({ "access_token": new, "refresh_token": long })));
        fake.answers(LOGOUT, answer);
        let file = place.path().join("ws/matrix-session.json");
        let kept = fs::read_to_string(&file).unwrap();
        fs::write(&file, kept.replace("\"DEVICE\"", &format!("\"{}\"", "D".repeat(50_000)))).unwrap();
        let outcome = check(&place, &[]);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        let ends: Vec<Request> = fake.requests().into_iter().filter(|r| r.url.path() == LOGOUT).collect();
        assert_eq!(ends.len(), 1);
        assert_eq!(ends[0].headers["authorization"], format!("Bearer {new}").as_str());
        assert!(!outcome.all().contains("canary"));
    }
}

#[test]
fn a_session_that_is_good_again_has_not_ended() {
    let fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    let file = place.path().join("ws/matrix-session.json");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("\"ended\": false"), "{kept}");
    fs::write(&file, kept.replace("\"ended\": false", "\"ended\": true")).unwrap();
    fake.answers(WHOAMI, json_body(200, json!({ "user_id": "@me:localhost:1", "device_id": "DEVICE" })));
    check(&place, &[]);
    assert_eq!(session(&place)["ended"], false);
}
