//! Authorization servers that are not as they should be, or were others before.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::Fake;
use crate::login::{check, error, knows_somebody, session, signed_in};
use crate::login_faults::LOGIN;
use crate::support::Place;

pub const METADATA: &str = "/_matrix/client/v1/auth_metadata";
pub const TOKEN: &str = "/oauth/token";
pub const REVOKE: &str = "/oauth/revoke";
pub const REGISTER: &str = "/oauth/register";
pub const WHOAMI: &str = "/_matrix/client/v3/account/whoami";

/// A homeserver with an authorization server beside it.
pub fn delegating(issuer: &str) -> Fake {
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.1", "v1.15"] })));
    fake.answers(METADATA, json_body(200, metadata(&fake.url(), issuer)));
    fake
}

pub fn metadata(at: &str, issuer: &str) -> Value {
    let at = |path: &str| format!("{at}{path}");
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at(TOKEN),
        "registration_endpoint": at(REGISTER),
        "revocation_endpoint": at(REVOKE),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
    })
}

pub fn json_body(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// A place in which somebody is signed in there.
pub fn signed_in_at(homeserver: &str, issuer: &str) -> Place {
    let place = knows_somebody("@friend:example.org");
    let session = json!({
        "schema": "transhume.matrix-session/1",
        "homeserver": homeserver,
        "user": "@me:localhost:1",
        "device": "DEVICE",
        "token": "own",
        "access_token": "old-access",
        "refresh_token": "old-refresh",
        "oauth": { "client_id": "client-1", "issuer": issuer },
    });
    place.file("ws/matrix-session.json", session.to_string());
    place
}

/// Takes only the new token.
fn only_new(request: &Request) -> ResponseTemplate {
    if request.headers.get("authorization").is_some_and(|value| value == "Bearer new-access") {
        return json_body(200, json!({ "user_id": "@me:localhost:1", "device_id": "DEVICE" }));
    }
    json_body(401, json!({ "errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": true }))
}

pub const ISSUER: &str = "https://auth.example.org/";

#[test]
fn both_tokens_are_revoked() {
    let fake = delegating(ISSUER);
    let place = signed_in_at(&fake.url(), ISSUER);
    fake.answers(REVOKE, ResponseTemplate::new(200));
    place.run(["logout"]).ends_with(0);
    let bodies: Vec<String> = fake
        .requests()
        .iter()
        .filter(|r| r.url.path() == REVOKE)
        .map(|r| String::from_utf8_lossy(&r.body).into_owned())
        .collect();
    assert_eq!(bodies.len(), 2, "{bodies:?}");
    assert!(bodies[0].contains("token=old-refresh") && bodies[1].contains("token=old-access"), "{bodies:?}");
    assert!(bodies.iter().all(|body| body.contains("client_id=client-1")), "{bodies:?}");
    assert!(!signed_in(&place));
}

#[test]
fn a_server_that_cannot_revoke_leaves_the_session_kept() {
    let fake = delegating(ISSUER);
    let place = signed_in_at(&fake.url(), ISSUER);
    fake.answers(REVOKE, json_body(503, json!({ "error": "temporarily_unavailable" })));
    assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), "error-server");
    assert!(signed_in(&place));
    // Nor does the page of a network revoke anything.
    let captive = delegating(ISSUER);
    let inside = signed_in_at(&captive.url(), ISSUER);
    captive.answers(REVOKE, ResponseTemplate::new(200).set_body_string(" <html>Log in</html>"));
    assert_eq!(error(&inside.run(["logout", "--json"]).ends_with(5)), "error-nonsense");
    assert!(signed_in(&inside));
    let bodies: BTreeSet<Vec<u8>> =
        fake.requests().into_iter().filter(|r| r.url.path() == REVOKE).map(|r| r.body).collect();
    assert_eq!((fake.count(REVOKE), bodies.len()), (2, 2), "each token, and no silent second try");
    let view = place.run(["logout", "--json", "--forget"]).ends_with(3).object();
    assert_eq!(view["revoked"], false);
    assert!(!signed_in(&place));
}

#[test]
fn tokens_of_one_authorization_server_are_not_for_another() {
    let fake = delegating("https://other.example.org/");
    let place = signed_in_at(&fake.url(), ISSUER);
    fake.answers(WHOAMI, only_new);
    fake.answers(TOKEN, json_body(200, json!({ "access_token": "new-access", "token_type": "Bearer" })));
    assert_eq!(error(&check(&place, &[]).ends_with(5)), "error-session-ended");
    assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), "error-session-ended");
    assert_eq!((fake.count(TOKEN), fake.count(REVOKE)), (0, 0));
    assert!(fake.requests().iter().all(|r| !String::from_utf8_lossy(&r.body).contains("old-refresh")));
}

#[test]
fn only_a_refusal_means_that_the_session_is_over() {
    for (answer, code) in [
        (json_body(400, json!({ "error": "invalid_grant" })), "error-session-ended"),
        (json_body(401, json!({ "error": "invalid_client" })), "error-session-ended"),
        (json_body(503, json!({ "error": "temporarily_unavailable" })), "error-server"),
        (ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"), "error-server"),
        (ResponseTemplate::new(403).set_body_string("<html>Log in to this network</html>"), "error-server"),
        (
            json_body(200, json!({ "access_token": "n".repeat(9000), "token_type": "Bearer" })),
            "error-nonsense",
        ),
        (json_body(200, json!([])), "error-nonsense"),
        (
            ResponseTemplate::new(302).insert_header("location", "https://other.example.org/"),
            "error-redirect",
        ),
    ] {
        let fake = delegating(ISSUER);
        let place = signed_in_at(&fake.url(), ISSUER);
        fake.answers(WHOAMI, only_new);
        fake.answers(TOKEN, answer);
        let outcome = check(&place, &[]).ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        assert_eq!(fake.count(TOKEN), 1, "{code}: no silent second try");
        assert_eq!(session(&place)["refresh_token"], "old-refresh", "{code}");
    }
}

#[test]
fn new_tokens_that_cannot_be_read_are_revoked() {
    for (answer, code) in [
        (ResponseTemplate::new(200), "error-session-ended"),
        (json_body(503, json!({ "error": "temporarily_unavailable" })), "error-session-unread"),
    ] {
        let fake = delegating(ISSUER);
        let place = signed_in_at(&fake.url(), ISSUER);
        fake.answers(WHOAMI, only_new);
        let new =
            json!({ "access_token": "new-access", "refresh_token": "new-refresh", "token_type": "mac" });
        fake.answers(TOKEN, json_body(200, new));
        fake.answers(REVOKE, answer);
        let outcome = check(&place, &[]).ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        let revoked: Vec<String> = fake
            .requests()
            .iter()
            .filter(|r| r.url.path() == REVOKE)
            .map(|r| String::from_utf8_lossy(&r.body).into_owned())
            .collect();
        assert_eq!(revoked.len(), 2, "{revoked:?}");
        assert!(revoked[0].contains("token=new-refresh") && revoked[1].contains("token=new-access"));
        assert_eq!(session(&place)["ended"] == true, code == "error-session-ended");
    }
}

#[test]
fn only_the_homeserver_itself_says_that_it_has_no_authorization_server() {
    let html = |status| ResponseTemplate::new(status).set_body_string("<html>Log in to this network</html>");
    let unknown = || json_body(404, json!({ "errcode": "M_UNRECOGNIZED", "error": "" }));
    for (answer, code) in [
        (html(403), "error-server"),
        (html(404), "error-nonsense"),
        (html(200), "error-nonsense"),
        (unknown(), "error-session-ended"),
    ] {
        let fake = Fake::new();
        fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
        fake.answers(METADATA, answer);
        fake.answers(WHOAMI, only_new);
        let place = signed_in_at(&fake.url(), ISSUER);
        assert_eq!(error(&check(&place, &[]).ends_with(5)), code);
        assert_eq!(error(&place.run(["logout", "--json"]).ends_with(5)), code);
        assert!(signed_in(&place));
    }
    // Whoever signs in there can do so by what else is offered.
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
    fake.answers(METADATA, html(404));
    fake.answers(LOGIN, json_body(200, json!({ "flows": [{ "type": "m.login.password" }] })));
    let outcome = Place::new().run(["login", "matrix", "--json", "--no-input", "--homeserver", &fake.url()]);
    assert_eq!(error(&outcome.ends_with(2)), "error-login-no-password");
}

#[test]
fn a_password_is_not_for_whoever_lets_in_by_the_browser_alone() {
    let fake = delegating(ISSUER);
    let unknown = json_body(404, json!({ "errcode": "M_UNRECOGNIZED", "error": "" }));
    fake.answers(LOGIN, unknown);
    let place = Place::new();
    place.file("password", "a-password");
    let call = ["login", "matrix", "--json", "--user", "me", "--homeserver", &fake.url()];
    let outcome = place.run(call.iter().chain(&["--password-file", "password"])).ends_with(5);
    assert_eq!(error(&outcome), "error-login-not-offered", "{}", outcome.stdout);
}

#[test]
fn what_was_renewed_is_kept_before_it_is_used() {
    let fake = delegating(ISSUER);
    let place = signed_in_at(&fake.url(), ISSUER);
    let file = place.path().join("ws/matrix-session.json");
    // Once it is used, the new one stands in the file.
    fake.answers(WHOAMI, move |request: &Request| {
        let kept = std::fs::read_to_string(&file).unwrap();
        let answer = only_new(request);
        let used = request.headers.get("authorization").is_some_and(|value| value == "Bearer new-access");
        assert!(!used || kept.contains("new-access") && kept.contains("new-refresh"), "{kept}");
        answer
    });
    let tokens = json!({ "access_token": "new-access", "refresh_token": "new-refresh", "token_type": "Bearer", "expires_in": 300 });
    fake.answers(TOKEN, json_body(200, tokens));
    let outcome = check(&place, &["--skip", "profiles"]).ends_with(0);
    assert_eq!((fake.count(TOKEN), session(&place)["access_token"].as_str()), (1, Some("new-access")));
    for secret in ["old-access", "old-refresh", "new-access", "new-refresh"] {
        assert!(!outcome.all().contains(secret));
    }
}

#[test]
fn an_authorization_server_can_refuse_to_know_us_or_say_nonsense() {
    let login = |fake: &Fake| {
        let place = Place::new();
        let call = ["login", "matrix", "--json", "--no-browser", "--wait", "1", "--homeserver", &fake.url()];
        let outcome = place.run(call);
        assert!(!signed_in(&place));
        outcome
    };
    let refusing = delegating(ISSUER);
    refusing.answers(REGISTER, json_body(400, json!({ "error": "invalid_client_metadata" })));
    assert_eq!(error(&login(&refusing).ends_with(5)), "error-login-no-registration");
    let closed = delegating(ISSUER);
    let mut metadata_without = metadata(&closed.url(), ISSUER);
    metadata_without.as_object_mut().unwrap().remove("registration_endpoint");
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
    fake.answers(LOGIN, json_body(404, json!({ "errcode": "M_UNRECOGNIZED", "error": "" })));
    fake.answers(METADATA, json_body(200, metadata_without));
    assert_eq!(error(&login(&fake).ends_with(5)), "error-login-no-registration");
    for body in ["[]", "{}", "<html>", "{\"issuer\":7}"] {
        let fake = Fake::new();
        fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
        fake.answers(METADATA, ResponseTemplate::new(200).set_body_raw(body, "application/json"));
        assert_eq!(error(&login(&fake).ends_with(5)), "error-nonsense", "{body}");
    }
    let insecure = delegating(ISSUER);
    let mut elsewhere = metadata(&insecure.url(), ISSUER);
    elsewhere["token_endpoint"] = "http://auth.example.org/token".into();
    let fake = Fake::new();
    fake.answers("/_matrix/client/versions", json_body(200, json!({ "versions": ["v1.15"] })));
    fake.answers(METADATA, json_body(200, elsewhere));
    assert_eq!(error(&login(&fake).ends_with(5)), "error-server-url");
}
