//! Whose session it is, where it may go, and when it is over.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::fake::Fake;
use crate::login::{check, error, knows_somebody, session, signed_in};
use crate::login_faults::{LOGIN, LOGOUT, REFRESH, WHOAMI, homeserver, json_body, lets_in, signed_in_at};
use crate::support::{Outcome, Place};
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

#[test]
fn another_account_than_the_one_that_is_meant_is_not_signed_in() {
    let fake = homeserver(lets_in());
    fake.answers(LOGOUT, json_body(200, json!({})));
    let place = Place::new();
    place.file("secret", "a-secret");
    let call = |user: &str, way: &str| {
        place.run(["login", "matrix", user, "--json", "--homeserver", &fake.url(), way, "secret"])
    };
    let outcome = call("@ada:example.org", "--password-file").ends_with(6);
    assert_eq!(error(&outcome), "error-other-account");
    assert!(outcome.stderr.contains("@ada:example.org ≠ @me:localhost:1"), "{}", outcome.stderr);
    assert!(!signed_in(&place));
    let last = fake.requests().pop().unwrap();
    assert_eq!(
        (last.url.path(), &last.headers["authorization"]),
        (LOGOUT, &"Bearer fake-access".parse().unwrap())
    );
    // A token that the user has is not ended for that.
    assert_eq!(error(&call("@ada:example.org", "--token-file").ends_with(6)), "error-other-account");
    assert_eq!(fake.count(LOGOUT), 1);
    call("@Me:localhost:1", "--password-file").ends_with(0);
}

#[test]
fn a_command_that_tells_anothers_token_neither_asks_nor_ends_anything_in_their_name() {
    let fake = homeserver(lets_in());
    fake.answers(LOGOUT, json_body(200, json!({})));
    let place = knows_somebody("@friend:example.org");
    fake.answers(WHOAMI, |request: &Request| {
        let user = if request.headers["authorization"] == "Bearer mine" {
            "@me:localhost:1"
        } else {
            "@other:localhost:1"
        };
        json_body(200, json!({ "user_id": user, "device_id": "DEVICE" }))
    });
    place.file("ws/transhume.toml", "token_command = \"echo mine\"\n");
    place.run(["login", "matrix", "--homeserver", &fake.url()]).ends_with(0);
    place.file("ws/transhume.toml", "token_command = \"echo theirs\"\n");
    for outcome in [check(&place, &[]), place.run(["logout", "--json"])] {
        assert_eq!(error(&outcome.ends_with(6)), "error-other-account");
        assert!(signed_in(&place));
    }
    assert!(
        fake.requests().iter().all(|r| r
            .headers
            .get("authorization")
            .is_none_or(|value| value != "Bearer theirs")
            || r.url.path() == WHOAMI)
    );
    place.file("ws/transhume.toml", "token_command = \"echo mine\"\n");
    assert_eq!(place.run(["logout", "--json"]).ends_with(0).object()["revoked"], true);
}

#[test]
fn a_login_that_is_stopped_on_the_way_leaves_no_session() {
    // Whoever was started to outlive the terminal does not mind that it is closed.
    for (signal, before, code) in [("-INT", "", 130), ("-HUP", "", 130), ("-HUP", "trap '' HUP; ", 0)] {
        let fake = homeserver(lets_in().set_delay(Duration::from_secs(2)));
        fake.answers(LOGOUT, json_body(200, json!({})));
        let place = Place::new();
        place.file("password", "a-password");
        let login = "exec \"$TRANSHUME\" login matrix --json --user me --password-file password --homeserver";
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{before}{login} {}", fake.url())]);
        let mut shell = place.wrap(shell);
        shell.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume"));
        let child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while !fake.requests().iter().any(|r| r.url.path() == LOGIN && r.method.as_str() == "POST") {
            assert!(begun.elapsed() < Duration::from_secs(9));
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let outcome = Outcome::of(&child.wait_with_output().unwrap()).ends_with(code);
        if code == 0 {
            assert!(signed_in(&place), "{}", outcome.all());
            continue;
        }
        assert_eq!(error(&outcome), "error-interrupted", "{signal}");
        let last = fake.requests().pop().unwrap();
        assert_eq!(last.url.path(), LOGOUT, "{signal}: {}", outcome.all());
        assert_eq!(last.headers["authorization"], "Bearer fake-access");
        assert!(!signed_in(&place) && !outcome.stderr.contains("could not be ended"), "{}", outcome.all());
    }
}

#[test]
fn no_password_leaves_once_somebody_stops() {
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.1"] })));
    fake.answers(LOGIN, |request: &Request| {
        match request.method.as_str() {
            "GET" => json_body(200, json!({ "flows": [{ "type": "m.login.password" }] })),
            _ => lets_in(),
        }
        .set_delay(Duration::from_secs(1))
    });
    let place = Place::new();
    place.file("password", "a-password");
    let mut command = place.command();
    command.args([
        "login",
        "matrix",
        "--json",
        "--user",
        "me",
        "--password-file",
        "password",
        "--homeserver",
    ]);
    let outcome = stopped_at(command.arg(fake.url()), &fake, LOGIN, 1).ends_with(130);
    assert_eq!((error(&outcome).as_str(), fake.count(LOGIN)), ("error-interrupted", 1));
}

/// Calls, and stops the call once so many requests have come for a path.
fn stopped_at(command: &mut Command, fake: &Fake, path: &str, count: usize) -> Outcome {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while fake.count(path) < count {
        assert!(begun.elapsed() < Duration::from_secs(9));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    Outcome::of(&child.wait_with_output().unwrap())
}

#[test]
fn whoever_stops_is_told_so_although_no_answer_came() {
    let late = || lets_in().set_delay(Duration::from_secs(30));
    let fake = homeserver(late());
    fake.answers(WHOAMI, late());
    let place = knows_somebody("@friend:example.org");
    let secret = place.file("secret", "a-secret");
    let call = |more: &[&str]| {
        let mut command = place.command();
        command.args(more).args(["--json", "--timeout", "2", "--homeserver", &fake.url()]);
        command
    };
    let secret = secret.to_str().unwrap();
    let mut check = call(&["check", "matrix", "--yes", "--skip", "identity-server", "--token-file", secret]);
    let outcome = stopped_at(&mut check, &fake, WHOAMI, 1).ends_with(130);
    assert_eq!(error(&outcome), "error-interrupted-asking");
    // What was asked of a login may be there all the same.
    let mut login = call(&["login", "matrix", "--user", "me", "--password-file", secret]);
    let outcome = stopped_at(&mut login, &fake, LOGIN, 2).ends_with(130);
    assert_eq!(error(&outcome), "error-interrupted");
    assert!(outcome.stderr.contains("A session may have been opened at"), "{}", outcome.stderr);
}

#[test]
fn a_slash_at_the_end_of_an_address_makes_no_other_homeserver() {
    let fake = homeserver(lets_in());
    let place = knows_somebody("@friend:example.org");
    let whoami = format!("/hs{WHOAMI}");
    fake.answers("/hs/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.1"] })));
    fake.answers(&whoami, json_body(200, json!({ "user_id": "@me:localhost:1" })));
    place.file("token", "a-token");
    let url = format!("{}/hs/", fake.url());
    place.run(["login", "matrix", "--token-file", "token", "--homeserver", &url]).ends_with(0);
    check(&place, &["--homeserver", &url]);
    assert_eq!(fake.count(&whoami), 2);
    let other = format!("{}/other/", fake.url());
    let outcome = check(&place, &["--homeserver", &other]).ends_with(2);
    assert_eq!(error(&outcome), "error-session-elsewhere");
    assert!(outcome.stderr.contains("/hs ≠ ") && outcome.stderr.contains("/other"), "{}", outcome.stderr);
}
