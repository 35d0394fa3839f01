//! Whose session it is, where it may go, and when it is over.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::login::{check, error, session, signed_in};
use crate::login_faults::{LOGOUT, REFRESH, WHOAMI, homeserver, json_body, lets_in, signed_in_at};
use crate::support::Outcome;
use crate::wire::tls;

#[test]
fn a_session_that_changes_meanwhile_is_not_sent_to_the_server_before() {
    let (before, after) = (homeserver(lets_in()), homeserver(lets_in()));
    let place = signed_in_at(&before);
    let file = place.path().join("ws/matrix-session.json");
    let other = fs::read_to_string(&file).unwrap().replace(&before.url(), &after.url());
    let other = other.replace("fake-access", "after-access");
    // The program waits at a pipe once it has found out who is signed in.
    let pipe = place.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = place.command();
    command.args(["check", "matrix", "--json", "--yes", "--skip", "identity-server", "--ca-file", "pipe"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    fs::write(&file, &other).unwrap();
    fs::write(&pipe, tls::no_tls().authority).unwrap();
    Outcome::of(&child.wait_with_output().unwrap()).ends_with(0);
    assert!(before.requests().iter().all(|r| !format!("{r:?}").contains("after-access")));
    assert_eq!((before.count(WHOAMI), after.count(WHOAMI)), (0, 1));
}

fn expired() -> ResponseTemplate {
    json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": true }))
}

fn page(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<html>Who are you?</html>", "text/html")
}

#[test]
fn only_the_homeservers_own_word_ends_a_session() {
    let locked = || json_body(401, json!({ "errcode": "M_USER_LOCKED", "error": "no", "soft_logout": true }));
    let unknown = || json_body(404, json!({ "errcode": "M_NOT_FOUND", "error": "no" }));
    for (answer, refresh, code) in [
        (page(401), page(401), "error-server"),
        (page(403), page(403), "error-server"),
        (page(401), unknown(), "error-server"),
        (expired(), page(400), "error-server"),
        (expired(), page(401), "error-server"),
        (expired(), page(403), "error-server"),
        (expired(), unknown(), "error-server"),
        (expired(), locked(), "error-account-closed"),
        (locked(), locked(), "error-account-closed"),
    ] {
        let fake = homeserver(lets_in());
        let place = signed_in_at(&fake);
        for at in [WHOAMI, LOGOUT] {
            fake.answers(at, answer.clone());
        }
        fake.answers(REFRESH, refresh);
        for outcome in [check(&place, &[]), place.run(["logout", "--json"])] {
            let outcome = outcome.ends_with(5);
            assert_eq!(error(&outcome), code, "{}", outcome.all());
            assert!(signed_in(&place), "{}", outcome.all());
        }
    }
}

#[test]
fn what_was_renewed_to_be_ended_is_kept_until_it_is() {
    let fake = homeserver(lets_in());
    let place = signed_in_at(&fake);
    let new = |request: &Request| request.headers["authorization"] == "Bearer new-access";
    let renewed = json!({ "access_token": "new-access", "refresh_token": "new-refresh" });
    fake.answers_times(1, REFRESH, json_body(200, renewed));
    fake.answers(REFRESH, expired());
    let away = move |request: &Request| if new(request) { page(502) } else { expired() };
    fake.answers_times(2, LOGOUT, away);
    assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), "error-server");
    let kept = session(&place);
    assert_eq!(
        (&kept["access_token"], &kept["refresh_token"]),
        (&"new-access".into(), &"new-refresh".into())
    );
    fake.answers(
        LOGOUT,
        move |request: &Request| if new(request) { json_body(200, json!({})) } else { expired() },
    );
    let outcome = place.run(["logout"]).ends_with(0);
    assert!(outcome.stdout.contains("is signed out"), "{}", outcome.all());
    assert!(!signed_in(&place));
}
