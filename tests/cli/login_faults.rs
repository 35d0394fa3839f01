//! Homeservers that are not there, not as they should be, or that say no; and
//! sessions that outlast them.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::Fake;
use crate::login::{check, error, knows_somebody, session, signed_in};
use crate::support::{Outcome, Place};
use crate::wire::{Wire, tls};

pub const VERSIONS: &str = "/_matrix/client/versions";
pub const LOGIN: &str = "/_matrix/client/v3/login";
pub const REFRESH: &str = "/_matrix/client/v3/refresh";
pub const LOGOUT: &str = "/_matrix/client/v3/logout";
pub const WHOAMI: &str = "/_matrix/client/v3/account/whoami";

pub fn json_body(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// A homeserver that lets everybody in, or answers a login as it is told to.
pub fn homeserver(login: ResponseTemplate) -> Fake {
    let fake = Fake::new();
    fake.answers(VERSIONS, json_body(200, json!({ "versions": ["v1.1", "v1.3"] })));
    fake.answers(LOGIN, move |request: &Request| match request.method.as_str() {
        "GET" => json_body(200, json!({ "flows": [{ "type": "m.login.password" }] })),
        _ => login.clone(),
    });
    fake
}

pub fn lets_in() -> ResponseTemplate {
    let body = json!({ "user_id": "@me:localhost:1", "device_id": "DEVICE",
        "access_token": "fake-access", "refresh_token": "fake-refresh" });
    json_body(200, body)
}

pub fn login(place: &Place, homeserver: &str, more: &[&str]) -> Outcome {
    place.file("password", "a-password");
    let call = ["login", "matrix", "--json", "--user", "me", "--homeserver", homeserver];
    place.run(call.iter().chain(&["--password-file", "password", "--timeout", "2"]).chain(more))
}

/// Has the server of a session be away.
pub fn go_away(place: &Place, fake: &Fake) {
    let file = place.path().join("ws/matrix-session.json");
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains(&fake.url()), "{kept}");
    fs::write(&file, kept.replace(&fake.url(), "http://127.0.0.1:1")).unwrap();
}

/// A place in which somebody is signed in at the fake.
pub fn signed_in_at(fake: &Fake) -> Place {
    let place = knows_somebody("@friend:example.org");
    login(&place, &fake.url(), &[]).ends_with(0);
    place
}

#[test]
fn servers_that_are_not_there_are_told_apart_from_those_that_are_no_homeservers() {
    let place = Place::new();
    for (named, code, exit) in [
        ("nowhere.invalid", "error-no-such-name", 5),
        ("http://127.0.0.1:1", "error-unreachable", 5),
        ("http://matrix.example.org", "error-insecure-url", 2),
        ("no server", "error-bad-url", 2),
    ] {
        assert_eq!(error(&login(&place, named, &[]).ends_with(exit)), code, "{named}");
    }
    for answer in [ResponseTemplate::new(404), ResponseTemplate::new(200).set_body_string("<html>")] {
        let fake = Fake::new();
        fake.answers(VERSIONS, answer);
        assert_eq!(error(&login(&place, &fake.url(), &[]).ends_with(5)), "error-nonsense");
        assert_eq!(fake.count(LOGIN), 0, "no password goes there");
    }
    assert_eq!(error(&place.run(["login", "matrix", "--json"]).ends_with(2)), "error-login-no-homeserver");
    assert!(!signed_in(&place));
}

#[test]
fn a_server_without_a_way_that_is_known_says_so() {
    for flows in
        [json!([]), json!([{ "type": "m.login.application_service" }, { "type": "org.example.stamp" }])]
    {
        let fake = Fake::new();
        fake.answers(VERSIONS, json_body(200, json!({ "versions": ["v1.1"] })));
        fake.answers(LOGIN, json_body(200, json!({ "flows": flows })));
        let place = Place::new();
        let call = ["login", "matrix", "--json", "--homeserver", &fake.url()];
        assert_eq!(error(&place.run(call).ends_with(5)), "error-login-no-way");
        for way in ["sso", "oauth", "password"] {
            let outcome = place.run(call.iter().chain(&["--with", way])).ends_with(5);
            assert_eq!(error(&outcome), "error-login-not-offered", "{way}");
        }
    }
    let (fake, place) = (homeserver(lets_in()), Place::new());
    let call = ["login", "matrix", "--json", "--homeserver", &fake.url()];
    assert_eq!(error(&place.run(call).ends_with(2)), "error-login-no-password");
    place.file("password", "");
    let call: Vec<&str> = call.into_iter().chain(["--password-file", "password"]).collect();
    assert_eq!(error(&place.run(&call).ends_with(2)), "error-login-no-user");
    let call: Vec<&str> = call.into_iter().chain(["--user", "me"]).collect();
    assert_eq!(error(&place.run(&call).ends_with(2)), "error-login-no-password");
}

#[test]
fn e02_what_never_ends_is_not_waited_for() {
    let place = Place::new();
    let endless = Wire::new(|stream| {
        stream.send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{");
        while stream.send(&vec![b' '; 65536]) {}
    });
    assert_eq!(error(&login(&place, &endless.url(), &[]).ends_with(5)), "error-too-large");
    let (slow, begun) = (homeserver(lets_in().set_delay(Duration::from_mins(1))), Instant::now());
    assert_eq!(error(&login(&place, &slow.url(), &[]).ends_with(5)), "error-unreachable");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert!(!signed_in(&place));
}

#[test]
fn nothing_is_tried_again_in_silence() {
    let limit = json!({ "errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 60000 });
    for (answer, code) in [
        (json_body(429, limit), "error-rate-limited-until"),
        (json_body(500, json!({ "errcode": "M_UNKNOWN", "error": "Internal server error" })), "error-server"),
        (ResponseTemplate::new(502).set_body_string("<html>"), "error-server"),
        (ResponseTemplate::new(307).insert_header("location", "https://example.org/"), "error-redirect"),
        (
            json_body(200, json!({ "user_id": "nobody", "device_id": "D", "access_token": "t" })),
            "error-nonsense",
        ),
        (json_body(403, json!({ "errcode": "M_FORBIDDEN", "error": "no" })), "error-login-refused"),
        (json_body(403, json!({ "errcode": "M_USER_DEACTIVATED", "error": "no" })), "error-account-closed"),
        (json_body(403, json!({ "errcode": "M_UNKNOWN", "error": "Password login is off" })), "error-server"),
    ] {
        let (fake, place) = (homeserver(answer), Place::new());
        let outcome = login(&place, &fake.url(), &[]).ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        let tries =
            fake.requests().iter().filter(|r| r.url.path() == LOGIN && r.method.as_str() == "POST").count();
        assert_eq!(tries, 1, "{code}");
        assert!(!signed_in(&place) && !outcome.all().contains("a-password"));
    }
}

#[test]
fn a_domain_that_sends_us_wrong_is_not_followed() {
    let secret = homeserver(lets_in());
    let base = |url: &str| {
        let body = json!({ "m.homeserver": { "base_url": url } }).to_string();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let moved = |to: &str| format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
    for (says, code) in [
        (base("http://matrix.example.org"), "error-server-url"),
        (base("https://u:canary@example.org"), "error-server-url"),
        (base("not a url"), "error-server-url"),
        (base("https://nowhere.invalid"), "error-no-such-name"),
        (moved("https://u:canary@nowhere.invalid/there"), "error-redirect"),
        (moved("http://example.org/.well-known/matrix/client"), "error-redirect"),
        // No well-known file, and no homeserver at the domain itself.
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned(), "error-nonsense"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>".to_owned(), "error-nonsense"),
    ] {
        let (place, domain) = (Place::new(), tls::saying(says.clone()));
        let authority = place.file("authority.pem", &domain.authority);
        let name = domain.url.trim_start_matches("https://");
        let outcome = login(&place, name, &["--ca-file", authority.to_str().unwrap()]).ends_with(5);
        assert_eq!(error(&outcome), code, "{says}: {}", outcome.all());
        assert!(!outcome.all().contains("canary") && !domain.heard().contains("a-password"));
    }
    // Where it points on this computer, and that is where it was named from, is fine.
    let (place, domain) = (Place::new(), tls::saying(base(&secret.url())));
    let authority = place.file("authority.pem", &domain.authority);
    let name = domain.url.trim_start_matches("https://");
    let outcome = login(&place, name, &["--ca-file", authority.to_str().unwrap()]).ends_with(0);
    assert_eq!(outcome.object()["homeserver"], secret.url());
    place.file("password", "a-password");
    let call = ["login", "matrix", "--user", "me", "--homeserver", name, "--password-file", "password"];
    let told = place.run(call.iter().chain(&["--ca-file", authority.to_str().unwrap()])).ends_with(0).stderr;
    assert!(told.contains(&format!("ca_file = \"{}\"", authority.display())), "{told}");
}

#[test]
fn a_token_is_renewed_once_and_only_a_refusal_ends_the_session() {
    let expired =
        || json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": true }));
    let renewed = || json_body(200, json!({ "access_token": "new-access", "refresh_token": "new-refresh" }));
    for (refresh, code, kept) in [
        (
            json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "no" })),
            "error-session-ended",
            "fake-access",
        ),
        (
            json_body(403, json!({ "errcode": "M_FORBIDDEN", "error": "no" })),
            "error-session-ended",
            "fake-access",
        ),
        (json_body(500, json!({ "errcode": "M_UNKNOWN", "error": "no" })), "error-server", "fake-access"),
        (ResponseTemplate::new(503), "error-server", "fake-access"),
        (json_body(200, json!({ "access_token": "two words" })), "error-nonsense", "fake-access"),
        // The new one is refused as well.
        (renewed(), "error-session-ended", "new-access"),
    ] {
        let fake = homeserver(lets_in());
        let place = signed_in_at(&fake);
        fake.answers(WHOAMI, expired());
        fake.answers(REFRESH, refresh);
        let outcome = check(&place, &[]).ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        assert_eq!(fake.count(REFRESH), 1, "{code}");
        assert_eq!(session(&place)["access_token"], kept, "{code}");
    }
    // Without anything to renew it by, it is over at once.
    let body = json!({ "user_id": "@me:localhost:1", "device_id": "DEVICE", "access_token": "fake-access" });
    let fake = homeserver(json_body(200, body));
    let place = signed_in_at(&fake);
    fake.answers(WHOAMI, expired());
    let state = || place.run(["status", "--json"]).ends_with(0).object()["matrix"]["ended"].clone();
    assert_eq!(state(), false);
    assert_eq!(error(&check(&place, &[]).ends_with(5)), "error-session-ended");
    assert_eq!(fake.count(REFRESH), 0);
    assert_eq!(state(), true);
    assert!(place.run(["status"]).ends_with(0).stdout.contains("has ended"));
    // At the end that is good enough.
    fake.answers(LOGOUT, expired());
    assert_eq!(place.run(["logout", "--json"]).ends_with(0).object()["revoked"], true);
}

#[test]
fn without_input_nothing_waits_for_a_person() {
    let flow = |kind: &str| json!({ "flows": [{ "type": kind }] });
    for (flows, more, code) in [
        (flow("m.login.sso"), &[][..], "error-login-needs-person"),
        (flow("m.login.sso"), &["--with", "sso"], "error-login-needs-person"),
        (
            json!({ "flows": [{ "type": "m.login.sso" }, { "type": "m.login.password" }] }),
            &[],
            "error-login-no-password",
        ),
    ] {
        let fake = Fake::new();
        fake.answers(VERSIONS, json_body(200, json!({ "versions": ["v1.1"] })));
        fake.answers(LOGIN, json_body(200, flows));
        let place = Place::new();
        let call = ["login", "matrix", "--json", "--no-input", "--no-browser", "--wait", "1", "--homeserver"];
        let url = fake.url();
        let outcome = place.run(call.iter().chain(&[url.as_str()]).chain(more)).ends_with(2);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
    }
}

#[test]
fn e02_no_answer_to_a_login_or_logout_is_read_without_end() {
    for endless in [
        "GET /_matrix/client/v1/auth_metadata",
        "GET /_matrix/client/v3/login",
        "POST /_matrix/client/v3/login",
        "POST /_matrix/client/v3/logout",
        "POST /_matrix/client/v3/refresh",
    ] {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let wire = Wire::new(move |stream| {
            if stream.is_asked(endless) {
                stream.head(
                    "200 OK",
                    &[("content-type", "application/json"), ("transfer-encoding", "chunked")],
                );
                while stream.chunk(&vec![b' '; 65536]) {
                    count.fetch_add(65536, Ordering::SeqCst);
                }
                return;
            }
            let body = match () {
                () if stream.is_asked("GET /_matrix/client/versions") => json!({ "versions": ["v1.15"] }),
                () if stream.is_asked("GET /_matrix/client/v3/login") => {
                    json!({ "flows": [{ "type": "m.login.password" }] })
                }
                () => json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "" }),
            };
            let status = if body.get("errcode").is_some() { "401 Unauthorized" } else { "200 OK" };
            let body = body.to_string();
            stream.head(status, &[("connection", "close"), ("content-length", &body.len().to_string())]);
            stream.send(body.as_bytes());
        });
        let place = Place::new();
        let outcome = if endless.ends_with("logout") || endless.ends_with("refresh") {
            let kept = json!({ "schema": "transhume.matrix-session/1", "homeserver": wire.url(), "token": "own",
                "user": "@me:localhost:1", "access_token": "fake-access", "refresh_token": "fake-refresh" });
            place.file("ws/matrix-session.json", kept.to_string());
            place.run(["logout", "--json"])
        } else if endless.ends_with("metadata") {
            place.run(["login", "matrix", "--json", "--no-browser", "--homeserver", &wire.url()])
        } else {
            login(&place, &wire.url(), &[])
        };
        assert_eq!(error(&outcome.ends_with(5)), "error-too-large", "{endless}");
        assert!(sent.load(Ordering::SeqCst) < 64 * 1024 * 1024, "{endless}: {sent:?}");
    }
}

#[test]
fn an_authority_in_the_settings_lies_where_they_do() {
    let place = Place::new();
    place.file("ws/transhume.toml", "ca_file = \"authority.pem\"\n");
    assert_eq!(error(&place.run(["logout", "--json"]).ends_with(2)), "error-cannot-read");
    place.file("ws/authority.pem", tls::no_tls().authority);
    place.run(["logout", "--json"]).ends_with(0);
}

#[test]
fn whoever_types_nothing_more_is_asked_where_their_account_is() {
    for (lang, asked, said) in [
        ("en", "or your homeserver’s name:", "It is not known where nowhere.invalid is."),
        ("fr", "ou le nom de votre serveur d’accueil", "On ne sait pas où se trouve nowhere.invalid."),
    ] {
        let place = Place::new();
        let mut script = Command::new("script");
        script.args(["-qec", "exec \"$TRANSHUME\" --lang $WORDS login matrix", "/dev/null"]);
        let mut script = place.wrap(script);
        script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("WORDS", lang);
        let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let Ok(mut child) = child else { return println!("skipped: there is no script") };
        child.stdin.take().unwrap().write_all(b"nowhere.invalid\n").unwrap();
        let outcome = Outcome::of(&child.wait_with_output().unwrap()).ends_with(5);
        assert!(outcome.stdout.contains(asked) && outcome.stdout.contains(said), "{}", outcome.all());
    }
}

#[test]
fn a_secret_that_is_too_long_or_none_is_said_before_anything_leaves() {
    let (place, fake) = (Place::new(), homeserver(lets_in()));
    let long = |length: usize| place.file(&format!("long-{length}"), "x".repeat(length));
    let (good, bad) = (long(8192), long(8193));
    let call = |option: &str, path: &std::path::Path| {
        let call = ["login", "matrix", "--json", "--user", "me", "--homeserver", &fake.url(), option];
        place.run(call.iter().copied().chain([path.to_str().unwrap()]))
    };
    for option in ["--password-file", "--token-file"] {
        let outcome = call(option, &bad).ends_with(2);
        assert_eq!(error(&outcome), "error-secret-too-long");
        assert!(outcome.stdout.contains("long-8193"), "{}", outcome.stdout);
    }
    // The environment holds no longer ones either.
    let from = |name: &str, length: usize, call: &[&str]| {
        let mut command = place.command();
        Outcome::of(&command.args(call).env(name, "x".repeat(length)).output().unwrap())
    };
    let url = fake.url();
    let login = ["login", "matrix", "--json", "--user", "me", "--homeserver", &url];
    let with_token = [&login[..], &["--with", "token"]].concat();
    let check = ["check", "matrix", "--json", "--yes", "--homeserver", &url];
    let fetch = ["import", "--json", "--yes", "--user", "me", "--fetch", &url];
    let calls = [
        ("TRANSHUME_MATRIX_PASSWORD", &login[..]),
        ("TRANSHUME_ACCESS_TOKEN", &with_token),
        ("TRANSHUME_ACCESS_TOKEN", &check),
        ("TRANSHUME_CARDDAV_PASSWORD", &fetch),
    ];
    for (name, call) in calls {
        let outcome = from(name, 8193, call).ends_with(2);
        assert_eq!(error(&outcome), "error-secret-too-long", "{name}");
        assert!(outcome.stdout.contains(name), "{}", outcome.stdout);
    }
    for content in ["", "two words"] {
        let outcome = call("--token-file", &place.file("token", content)).ends_with(2);
        assert_eq!(error(&outcome), "error-token-file", "{content}");
        assert!(!outcome.stderr.contains("your access token"), "nothing leaves: {}", outcome.stderr);
    }
    assert!(fake.requests().iter().all(|r| r.method.as_str() == "GET" && r.url.path() != WHOAMI));
    for (name, call) in calls {
        assert!(!from(name, 8192, call).stdout.contains("error-secret-too-long"), "{name}");
    }
    call("--password-file", &good).ends_with(0);
    let sent = fake.requests().into_iter().find(|r| r.method.as_str() == "POST").unwrap();
    assert_eq!(sent.body_json::<Value>().unwrap()["password"].as_str().unwrap().len(), 8192);
    for (command, said) in
        [("exit 0", "it printed nothing"), ("yes x | tr -d '\\n' | head -c 9000", "8192 bytes")]
    {
        let call = ["login", "matrix", "--json", "--user", "me", "--homeserver", &fake.url()];
        let outcome = place.run(call.iter().chain(&["--password-command", command])).ends_with(2);
        assert!(outcome.stdout.contains(said), "{}", outcome.stdout);
    }
}
