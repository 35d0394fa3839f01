//! Signing in at an authorization server that does as the test wants: what it is
//! told, what becomes of a login that is stopped or refused on the way, and of
//! answers that never end. The test is the browser.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use serde_json::{Value, json};
use sha2::Digest as _;
use wiremock::{Request, ResponseTemplate};

use crate::fake::Fake;
use crate::login::{check, error, session, signed_in};
use crate::login_browser::Waiting;
use crate::login_faults::{self, LOGIN, LOGOUT, REFRESH, homeserver, lets_in as lets_in_by_password};
use crate::login_oauth::{
    ISSUER, METADATA, REGISTER, REVOKE, TOKEN, WHOAMI, delegating, json_body, metadata, signed_in_at,
};
use crate::processes::Held;
use crate::support::{Outcome, Place};
use crate::wire::Wire;

/// An authorization server that lets everybody in.
fn welcoming() -> Fake {
    let fake = delegating(ISSUER);
    lets_in(&fake);
    fake
}

fn lets_in(fake: &Fake) {
    fake.answers(REGISTER, json_body(201, json!({ "client_id": "client-1" })));
    fake.answers(TOKEN, json_body(200, tokens()));
    fake.answers(REVOKE, ResponseTemplate::new(200));
}

fn tokens() -> Value {
    json!({ "access_token": "new-access", "refresh_token": "new-refresh", "token_type": "Bearer", "expires_in": 300 })
}

fn login(place: &Place, homeserver: &str) -> Command {
    let mut command = place.command();
    command.args(["login", "matrix", "--json", "--no-browser", "--timeout", "5", "--homeserver", homeserver]);
    command
}

/// What the browser was sent with.
fn sent_with(waiting: &Waiting) -> BTreeMap<String, String> {
    Url::parse(&waiting.url).unwrap().query_pairs().into_owned().collect()
}

/// Where the browser is expected.
fn door(waiting: &Waiting) -> String {
    let back = Url::parse(&sent_with(waiting)["redirect_uri"]).unwrap();
    assert_eq!((back.scheme(), back.host_str(), back.path()), ("http", Some("127.0.0.1"), "/"));
    format!("127.0.0.1:{}", back.port().unwrap())
}

/// Comes back with that. Gives what the browser is shown.
fn comes_back(waiting: &Waiting, with: &str) -> String {
    let mut stream = TcpStream::connect(door(waiting)).unwrap();
    let state = &sent_with(waiting)["state"];
    write!(stream, "GET /?{with}&state={state} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// What was posted to a path, as forms.
fn forms(fake: &Fake, path: &str) -> Vec<BTreeMap<String, String>> {
    let form = |r: &Request| {
        let body = String::from_utf8(r.body.clone()).unwrap();
        let pairs = Url::parse(&format!("http://x/?{body}")).unwrap();
        pairs.query_pairs().into_owned().collect()
    };
    fake.requests().iter().filter(|r| r.url.path() == path).map(form).collect()
}

/// Waits until a path was asked for.
#[track_caller]
fn until_asked(fake: &Fake, path: &str) {
    let begun = Instant::now();
    while fake.count(path) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(9), "{path}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Fails unless nothing is left of a login: no session, no file of any, no door.
#[track_caller]
fn nothing_is_left(place: &Place, door: Option<&str>) {
    assert!(!signed_in(place));
    for (path, content) in place.snapshot() {
        let content = String::from_utf8_lossy(&content).into_owned();
        assert!(!content.contains("new-access") && !content.contains("client-1"), "{}", path.display());
    }
    if let Some(door) = door {
        assert!(TcpStream::connect(door).is_err(), "the door at {door} is still open");
    }
}

#[test]
fn an_authorization_server_is_told_what_matrix_demands_and_no_more() {
    let (fake, place) = (welcoming(), Place::new());
    let waiting = Waiting::start(login(&place, &fake.url()));
    let sent = sent_with(&waiting);
    assert!(comes_back(&waiting, "code=a-code").contains("go back to the terminal"));
    let view = waiting.end().ends_with(0).object();
    assert_eq!((&view["way"], &view["user"]), (&"oauth".into(), &"@me:localhost:1".into()));

    let asked = |path: &str| fake.requests().into_iter().find(|r| r.url.path() == path).unwrap();
    let about: Value = serde_json::from_slice(&asked(REGISTER).body).unwrap();
    // As the Matrix Authentication Service wants it: https, a name, no port.
    let home = Url::parse(about["client_uri"].as_str().unwrap()).unwrap();
    assert_eq!((home.scheme(), home.port(), home.query()), ("https", None, None));
    assert!(home.domain().is_some_and(|name| name.contains('.') && !name.ends_with(".example")), "{home}");
    assert_eq!(about["redirect_uris"], json!(["http://127.0.0.1/"]));
    assert_eq!((&about["application_type"], &about["client_name"]), (&"native".into(), &"transhume".into()));
    assert_eq!(about["token_endpoint_auth_method"], "none", "{about}");
    assert!(about["grant_types"].as_array().unwrap().contains(&"refresh_token".into()), "{about}");
    assert!(about.get("logo_uri").is_none() && about.get("policy_uri").is_none(), "{about}");

    assert_eq!((sent["response_type"].as_str(), sent["client_id"].as_str()), ("code", "client-1"));
    let scopes: Vec<&str> = sent["scope"].split(' ').collect();
    assert_eq!(scopes[0], "urn:matrix:org.matrix.msc2967.client:api:*");
    let device = scopes[1].strip_prefix("urn:matrix:org.matrix.msc2967.client:device:").unwrap();
    assert!(device.len() >= 10 && scopes.len() == 2, "{scopes:?}");
    assert_eq!(session(&place)["device"], device);
    let form = &forms(&fake, TOKEN)[0];
    assert_eq!((form["grant_type"].as_str(), form["code"].as_str()), ("authorization_code", "a-code"));
    assert_eq!((&form["client_id"], &form["redirect_uri"]), (&sent["client_id"], &sent["redirect_uri"]));
    // Only who began the login can finish it (RFC 7636).
    let challenge = URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(&form["code_verifier"]));
    assert_eq!((&challenge, sent["code_challenge_method"].as_str()), (&sent["code_challenge"], "S256"));
}

#[test]
fn whoever_stops_in_the_midst_of_oauth_leaves_nothing() {
    // While the program introduces itself.
    let (fake, place) = (delegating(ISSUER), Place::new());
    let slowly = |status, body| json_body(status, body).set_delay(Duration::from_secs(2));
    fake.answers(REGISTER, slowly(201, json!({ "client_id": "client-1" })));
    let child = login(&place, &fake.url()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = Held(child.unwrap());
    until_asked(&fake, REGISTER);
    let pid = child.0.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(error(&ended(child).ends_with(130)), "error-interrupted");
    nothing_is_left(&place, None);

    // While the browser is waited for.
    let (fake, place) = (welcoming(), Place::new());
    let waiting = Waiting::start(login(&place, &fake.url()));
    let at = door(&waiting);
    assert!(TcpStream::connect(&at).is_ok());
    waiting.interrupt();
    assert_eq!(error(&waiting.end().ends_with(130)), "error-interrupted");
    nothing_is_left(&place, Some(&at));
    assert_eq!((fake.count(TOKEN), fake.count(REVOKE)), (0, 0));

    // While tokens are had, and while it is asked whose they are: they are there
    // by then, and are ended again.
    for (slow, answer) in [(TOKEN, tokens()), (WHOAMI, json!({ "user_id": "@me:localhost:1" }))] {
        // What is answered first counts.
        let (fake, place) = (delegating(ISSUER), Place::new());
        fake.answers(slow, slowly(200, answer));
        lets_in(&fake);
        let waiting = Waiting::start(login(&place, &fake.url()));
        let at = door(&waiting);
        comes_back(&waiting, "code=a-code");
        until_asked(&fake, slow);
        waiting.interrupt();
        let outcome = waiting.end().ends_with(130);
        assert_eq!(error(&outcome), "error-interrupted", "{slow}");
        nothing_is_left(&place, Some(&at));
        let revoked: Vec<String> =
            forms(&fake, REVOKE).into_iter().map(|mut f| f.remove("token").unwrap()).collect();
        assert_eq!(revoked, ["new-refresh", "new-access"], "{slow}");
        assert!(!outcome.stderr.contains("could not be ended"), "{slow}: {}", outcome.stderr);
    }
}

fn ended(mut child: Held) -> Outcome {
    let (mut stdout, mut stderr) = (String::new(), String::new());
    child.0.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    child.0.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    Outcome { code: child.0.wait().unwrap().code(), stdout, stderr }
}

#[test]
fn whoever_is_refused_in_the_browser_leaves_nothing() {
    for (brings, exit, code) in [
        ("error=access_denied", 6, "error-login-denied"),
        ("error=server_error&error_description=busy%1b%5b0m", 5, "error-server"),
        ("code=a-code&iss=https%3A%2F%2Fother.example.org%2F", 5, "error-nonsense"),
        ("nothing=at-all", 5, "error-nonsense"),
    ] {
        let (fake, place) = (welcoming(), Place::new());
        let waiting = Waiting::start(login(&place, &fake.url()));
        let at = door(&waiting);
        let page = comes_back(&waiting, brings);
        let outcome = waiting.end().ends_with(exit);
        assert_eq!(error(&outcome), code, "{brings}");
        assert_eq!(page.contains("You are not signed in"), brings.starts_with("error"), "{brings}: {page}");
        assert!(!outcome.all().contains('\u{1b}'), "{}", outcome.all());
        nothing_is_left(&place, Some(&at));
        assert_eq!(fake.count(TOKEN), 0, "{brings}: nothing was asked for");
    }
    // And where the server takes its word back.
    let (fake, place) = (delegating(ISSUER), Place::new());
    fake.answers(REGISTER, json_body(201, json!({ "client_id": "client-1" })));
    fake.answers(TOKEN, |request: &Request| {
        let said = format!("no: {}", String::from_utf8_lossy(&request.body));
        json_body(400, json!({ "error": "invalid_request", "error_description": said }))
    });
    let waiting = Waiting::start(login(&place, &fake.url()));
    comes_back(&waiting, "code=canary-code");
    let outcome = waiting.end().ends_with(5);
    assert_eq!(error(&outcome), "error-server");
    assert!(outcome.stderr.contains("no: ") && !outcome.all().contains("canary"), "{}", outcome.all());
    nothing_is_left(&place, None);
}

#[test]
fn an_answer_that_does_not_say_whose_it_is_is_taken_from_nobody_who_promised_to() {
    let promising = |mut more: Value| {
        let fake = Fake::new();
        fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
        let mut metadata = metadata(&fake.url(), ISSUER);
        metadata.as_object_mut().unwrap().append(more.as_object_mut().unwrap());
        fake.answers(METADATA, json_body(200, metadata));
        lets_in(&fake);
        fake
    };
    let iss = "iss=https%3A%2F%2Fauth.example.org%2F";
    for (brings, exit) in [
        (format!("code=a-code&{iss}"), 0),
        ("code=a-code".to_owned(), 5),
        (format!("code=a-code&{iss}&iss=https%3A%2F%2Fother.example.org%2F"), 5),
        (format!("code=a-code&code=b-code&{iss}"), 5),
    ] {
        let fake = promising(json!({ "authorization_response_iss_parameter_supported": true }));
        fake.answers(WHOAMI, json_body(200, json!({ "user_id": "@me:localhost:1" })));
        let place = Place::new();
        let waiting = Waiting::start(login(&place, &fake.url()));
        comes_back(&waiting, &brings);
        waiting.end().ends_with(exit);
        assert_eq!(fake.count(TOKEN), usize::from(exit == 0), "{brings}");
    }
    // Nor does anything go where a server put a password of its own.
    let fake = promising(json!({ "token_endpoint": "https://u:canary@auth.example.org/token" }));
    let outcome = Outcome::of(&login(&Place::new(), &fake.url()).args(["--wait", "1"]).output().unwrap());
    assert_eq!(error(&outcome.ends_with(5)), "error-server-url");
}

#[test]
fn a_session_that_is_nobodys_is_ended_at_once() {
    let long = "m".repeat(70_000);
    for who in [
        json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "" })),
        json_body(200, json!({ "user_id": format!("@{long}:localhost:1") })),
        json_body(200, json!([])),
    ] {
        let (fake, place) = (welcoming(), Place::new());
        fake.answers(WHOAMI, who);
        let waiting = Waiting::start(login(&place, &fake.url()));
        comes_back(&waiting, "code=a-code");
        waiting.end().ends_with(5);
        nothing_is_left(&place, None);
        assert_eq!(forms(&fake, REVOKE).len(), 2);
    }
}

#[test]
fn nothing_that_is_longer_than_it_can_be_is_kept() {
    let long = "n".repeat(70_000);
    let fresh = || {
        let fake = delegating(ISSUER);
        fake.answers(REVOKE, ResponseTemplate::new(200));
        fake
    };
    let fails = |fake: &Fake, is_known: bool| {
        let place = Place::new();
        let outcome = if is_known {
            let waiting = Waiting::start(login(&place, &fake.url()));
            comes_back(&waiting, "code=a-code");
            waiting.end()
        } else {
            Outcome::of(&login(&place, &fake.url()).args(["--wait", "1"]).output().unwrap())
        };
        assert_eq!(error(&outcome.ends_with(5)), "error-nonsense");
        nothing_is_left(&place, None);
    };
    for client in [long.as_str(), "", "two\nlines"] {
        let fake = fresh();
        fake.answers(REGISTER, json_body(201, json!({ "client_id": client })));
        fails(&fake, false);
    }
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
    fake.answers(METADATA, json_body(200, metadata(&fake.url(), &format!("{ISSUER}{long}"))));
    fake.answers(REGISTER, json_body(201, json!({ "client_id": "client-1" })));
    fails(&fake, false);
    for kind in ["access_token", "refresh_token"] {
        let fake = fresh();
        fake.answers(REGISTER, json_body(201, json!({ "client_id": "client-1" })));
        let mut tokens = tokens();
        tokens[kind] = long.as_str().into();
        fake.answers(TOKEN, json_body(200, tokens));
        fails(&fake, true);
        let revoked: Vec<String> = forms(&fake, REVOKE).into_iter().map(|f| f["token"].clone()).collect();
        let good = if kind == "refresh_token" { "new-access" } else { "new-refresh" };
        assert_eq!(revoked, [good], "what can be ended is");
    }
    // Also where they are of a kind that is of no use.
    let fake = fresh();
    fake.answers(REGISTER, json_body(201, json!({ "client_id": "client-1" })));
    let mut tokens = tokens();
    tokens["token_type"] = "mac".into();
    fake.answers(TOKEN, json_body(200, tokens));
    fails(&fake, true);
    assert_eq!(forms(&fake, REVOKE).len(), 2);
    // A session's name is only shown: it is left out.
    let (fake, place) = (welcoming(), Place::new());
    fake.answers(WHOAMI, json_body(200, json!({ "user_id": "@me:localhost:1", "device_id": long })));
    let waiting = Waiting::start(login(&place, &fake.url()));
    comes_back(&waiting, "code=a-code");
    waiting.end().ends_with(0);
    assert_eq!(session(&place)["device"], Value::Null);
    place.run(["logout"]).ends_with(0);
}

#[test]
fn e02_no_answer_of_an_authorization_server_is_read_without_end() {
    for (endless, signs_in) in
        [(METADATA, true), (REGISTER, true), (TOKEN, true), (TOKEN, false), (REVOKE, false)]
    {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let wire = Wire::at(move |stream, url| {
            let asked = |path: &str| {
                stream.is_asked(&format!("GET {path}")) || stream.is_asked(&format!("POST {path}"))
            };
            if asked(endless) {
                let json = ("content-type", "application/json");
                stream.head("200 OK", &[json, ("transfer-encoding", "chunked")]);
                while stream.chunk(&vec![b' '; 65536]) {
                    count.fetch_add(65536, Ordering::SeqCst);
                }
                return;
            }
            let body = match () {
                () if asked("/_matrix/client/versions") => json!({ "versions": ["v1.15"] }),
                () if asked(METADATA) => metadata(url, ISSUER),
                () if asked("/_matrix/client/v3/login") => json!({ "flows": [] }),
                () if asked(REGISTER) => json!({ "client_id": "client-1" }),
                () => json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "" }),
            };
            let status = if body.get("errcode").is_some() { "401 Unauthorized" } else { "200 OK" };
            let body = body.to_string();
            stream.head(status, &[("connection", "close"), ("content-length", &body.len().to_string())]);
            stream.send(body.as_bytes());
        });
        let outcome = if signs_in && endless == TOKEN {
            let place = Place::new();
            let waiting = Waiting::start(login(&place, &wire.url()));
            comes_back(&waiting, "code=a-code");
            waiting.end()
        } else if signs_in {
            Outcome::of(&login(&Place::new(), &wire.url()).output().unwrap())
        } else {
            let place = signed_in_at(&wire.url(), ISSUER);
            if endless == TOKEN { check(&place, &[]) } else { place.run(["logout", "--json"]) }
        };
        let told = outcome.stderr.contains("A session may have been opened");
        assert_eq!(told, signs_in && endless == TOKEN, "{endless}: {}", outcome.stderr);
        assert_eq!(error(&outcome.ends_with(5)), "error-too-large", "{endless}");
        let sent = sent.load(Ordering::SeqCst);
        assert!((1024 * 1024..64 * 1024 * 1024).contains(&sent), "{endless}: {sent}");
    }
}

#[test]
fn e01_no_password_no_code_and_no_token_follows_a_redirect() {
    let places = [LOGIN, LOGOUT, REFRESH, REGISTER, TOKEN, REVOKE, METADATA];
    for (status, at) in [301, 302, 307, 308].into_iter().flat_map(|status| places.map(|at| (status, at))) {
        let elsewhere = Fake::new();
        let to = format!("{}{at}", elsewhere.url());
        let moved = ResponseTemplate::new(status).insert_header("location", to.as_str());
        let expired = || json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "soft_logout": true }));
        let outcome = match at {
            LOGIN => login_faults::login(&Place::new(), &homeserver(moved).url(), &[]),
            LOGOUT | REFRESH => {
                let fake = homeserver(lets_in_by_password());
                let place = login_faults::signed_in_at(&fake);
                fake.answers(at, moved);
                fake.answers(LOGOUT, expired());
                place.run(["logout", "--json"])
            }
            REVOKE => {
                let fake = delegating(ISSUER);
                fake.answers(at, moved);
                signed_in_at(&fake.url(), ISSUER).run(["logout", "--json"])
            }
            TOKEN => {
                let fake = delegating(ISSUER);
                fake.answers(at, moved);
                fake.answers(WHOAMI, expired());
                check(&signed_in_at(&fake.url(), ISSUER), &[])
            }
            _ => {
                let fake = Fake::new();
                fake.answers(at, moved);
                fake.answers(METADATA, json_body(200, metadata(&fake.url(), ISSUER)));
                fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
                Outcome::of(&login(&Place::new(), &fake.url()).output().unwrap())
            }
        };
        assert_eq!(error(&outcome.ends_with(5)), "error-redirect", "{status} {at}");
        assert_eq!(elsewhere.requests().len(), 0, "{status} {at}");
    }
}
