//! Faults on the way to servers: names that lead nowhere, well-known files that
//! lie, proxies that are announced, connections that break, batches that are too
//! large.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::{DIRECTS, Fake, LOOKUP, REGISTER, ROOMS, WELL_KNOWN, people};
use crate::support::{Outcome, Place, codes};
use crate::wire::{Wire, tls};

/// The code of the error that a call ended with.
fn error(outcome: &Outcome) -> String {
    let last = outcome.json().pop().unwrap_or_default();
    last["code"].as_str().unwrap_or_default().to_owned()
}

/// Asks a homeserver, by whatever name, about everybody.
fn check(place: &Place, homeserver: &str, more: &[&str]) -> Outcome {
    place.file("token", "canary-token");
    let call = ["check", "matrix", "--json", "--yes", "--timeout", "5", "--token-file", "token"];
    place.run(call.iter().chain(&["--homeserver", homeserver]).chain(more))
}

#[test]
fn e19_a_name_that_leads_nowhere_is_named() {
    let place = people(1);
    for name in ["nowhere.invalid", "https://nowhere.invalid", "@ada:nowhere.invalid"] {
        let outcome = check(&place, name, &["--identity-server", "https://id.invalid"]).ends_with(5);
        assert_eq!(error(&outcome), "error-no-such-name", "{name}: {}", outcome.stdout);
        assert!(outcome.stderr.contains("where nowhere.invalid is"), "{}", outcome.stderr);
        assert_eq!(outcome.json()[0]["disclosed"], json!([]), "nothing left");
    }
    // The other server is there, and what it tells is kept.
    let fake = Fake::new();
    let outcome = check(&place, &fake.url(), &["--identity-server", "https://id.invalid"]).ends_with(5);
    assert!(outcome.stderr.contains("id.invalid"), "{}", outcome.stderr);
    assert_eq!(fake.count(ROOMS), 1);
}

#[test]
fn e21_a_well_known_file_with_a_place_that_is_none_is_refused() {
    let place = people(1);
    for bad in [
        "a b",
        "https://evil:99999",
        "https://2001:db8::1",
        "ftp://example.org",
        "//example.org",
        "matrix.example.org",
        "127.0.0.1:22",
    ] {
        let fake = Fake::new();
        let told =
            json!({ "m.homeserver": { "base_url": fake.url() }, "m.identity_server": { "base_url": bad } });
        fake.answers(WELL_KNOWN, ResponseTemplate::new(200).set_body_json(told));
        let outcome = check(&place, &fake.url(), &[]).ends_with(5);
        assert_eq!(error(&outcome), "error-server-url", "{bad}: {}", outcome.stdout);
        // What needs no identity server is asked all the same.
        assert_eq!((fake.count(REGISTER), fake.count(ROOMS)), (0, 1), "{bad}");
    }
}

#[test]
fn e22_an_unprotected_place_and_one_with_a_password_are_refused_and_not_shown() {
    let place = people(1);
    for bad in ["http://id.example.org", "https://ada:secret-word@id.example.org"] {
        let fake = Fake::new();
        let told = json!({ "m.identity_server": { "base_url": bad } });
        fake.answers(WELL_KNOWN, ResponseTemplate::new(200).set_body_json(told));
        let outcome = check(&place, &fake.url(), &[]).ends_with(5);
        assert_eq!(error(&outcome), "error-server-url", "{bad}: {}", outcome.stdout);
        assert!(!outcome.all().contains("secret-word"), "{}", outcome.all());
        assert!(outcome.all().contains("id.example.org"), "{}", outcome.all());
    }
}

#[test]
fn e25_a_proxy_that_is_announced_is_not_used_and_said() {
    let (place, fake, proxy) = (people(1), Fake::new(), Fake::new());
    place.file("token", "homeserver-token");
    let call = |more: &[&str]| {
        let mut command = place.command();
        command.args(["check", "matrix", "--yes", "--token-file", "token", "--homeserver", &fake.url()]);
        command.args(["--identity-server", &fake.url()]).args(more);
        let secret = proxy.url().replace("http://", "http://ada:secret-word@");
        command.env("HTTPS_PROXY", &secret).env("http_proxy", proxy.url()).env("ALL_PROXY", &secret);
        // No certificates at all: those of the system are overridden.
        command.env("SSL_CERT_FILE", "/dev/null");
        Outcome::of(&command.output().unwrap()).ends_with(0)
    };
    let view = call(&["--json"]).object();
    assert_eq!(codes(&view), ["proxy-not-used", "proxy-not-used"], "the same one twice is one: {view}");
    let told = call(&["--verbose"]);
    let host = proxy.host();
    assert!(
        told.stderr.contains(&format!("http://…@{host} is announced, and was not used")),
        "{}",
        told.stderr
    );
    assert!(told.stderr.contains("Certificates are taken from SSL_CERT_FILE=/dev/null"), "{}", told.stderr);
    assert!(!told.all().contains("secret-word") && !view.to_string().contains("secret-word"));
    assert_eq!(proxy.requests().len(), 0);
    // The report of a migration says it too.
    let mut command = place.command();
    command.args(["migrate", "in", "--json", "--matrix", "--yes", "--token-file", "token"]);
    command
        .args(["--homeserver", &fake.url(), "--identity-server", &fake.url()])
        .env("HTTPS_PROXY", proxy.url());
    let report = Outcome::of(&command.output().unwrap()).ends_with(0).object();
    assert!(codes(&report).contains(&"proxy-not-used"), "{report}");
}

#[test]
fn e20_a_storm_of_resets_over_http_2_ends() {
    let place = people(1);
    let server = tls::resetting();
    let authority = place.file("authority.pem", &server.authority);
    let begun = Instant::now();
    let outcome = check(&place, &server.url, &["--ca-file", authority.to_str().unwrap()]).ends_with(5);
    assert!(["error-unreachable", "error-tls"].contains(&error(&outcome).as_str()), "{}", outcome.stdout);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn e23_a_clock_that_is_two_days_off_keeps_nobody_from_being_found() {
    for (date, until) in [
        ("Wed, 18 Jan 2023 10:00:00 GMT", "Wed, 18 Jan 2023 10:00:01 GMT"),
        ("Thu, 31 Dec 2099 10:00:00 GMT", "Thu, 31 Dec 2099 10:00:01 GMT"),
    ] {
        let (place, fake) = (people(1), Fake::new());
        fake.knows("p0@example.org", "@p0:example.org");
        // A pause until a time is one by the server's own clock.
        let pause = ResponseTemplate::new(429)
            .insert_header("date", date)
            .insert_header("retry-after", until)
            .set_body_json(json!({ "errcode": "M_LIMIT_EXCEEDED" }));
        fake.answers_times(1, LOOKUP, pause);
        let view = fake.check(&place, &[]).ends_with(0).object();
        assert_eq!((&view["asked"], &view["contacts"]["reachable"]), (&json!(1), &json!(1)), "{view}");
        assert_eq!(fake.count(LOOKUP), 2);
    }
}

#[test]
fn a_batch_that_is_too_large_is_halved_until_it_fits() {
    let too_large = |status: u16, body: &str| {
        let body = body.to_owned();
        move |request: &Request| {
            let asked = request.body_json::<Value>().unwrap()["addresses"].as_array().unwrap().len();
            match asked {
                ..=300 => ResponseTemplate::new(200).set_body_json(json!({ "mappings": {} })),
                _ => ResponseTemplate::new(status).set_body_raw(body.as_str(), "application/json"),
            }
        }
    };
    for (status, body) in [
        (413, "{\"errcode\":\"M_TOO_LARGE\"}"),
        // As Sydent says it, and as a proxy does.
        (400, "{\"errcode\":\"M_TOO_LARGE\",\"error\":\"More than the maximum amount\"}"),
        (413, "<html>413 Request Entity Too Large</html>"),
    ] {
        let (place, fake) = (people(1100), Fake::new());
        fake.answers(LOOKUP, too_large(status, body));
        let view = fake.check(&place, &[]).ends_with(0).object();
        assert_eq!((&view["asked"], &view["disclosed"][0]["hashed"]), (&1100.into(), &1100.into()), "{view}");
        // 1000, 500, and then what fits: 250 and 250 and 250 and 250 and 100.
        assert_eq!(fake.count(LOOKUP), 7, "{status} {body}");
    }
    // One alone that is too much is the end of it.
    let (place, fake) = (people(2), Fake::new());
    fake.answers(LOOKUP, ResponseTemplate::new(413));
    let outcome = fake.check(&place, &[]).ends_with(5);
    assert_eq!((error(&outcome), fake.count(LOOKUP)), ("error-server".to_owned(), 2));
    assert_eq!(outcome.json()[0]["disclosed"][0]["hashed"], 2, "{}", outcome.stdout);
}

#[test]
fn a_500_is_not_tried_again_and_neither_is_a_connection_that_breaks() {
    for at in [ROOMS, DIRECTS, LOOKUP, REGISTER] {
        let (place, fake) = (people(1), Fake::new());
        let broken = json!({ "errcode": "M_UNKNOWN", "error": "Internal server error" });
        fake.answers(at, ResponseTemplate::new(500).set_body_json(broken));
        let outcome = fake.check(&place, &[]).ends_with(5);
        assert_eq!((error(&outcome), fake.count(at)), ("error-server".to_owned(), 1), "{at}");
        assert!(outcome.stderr.contains("500 M_UNKNOWN Internal server error"), "{}", outcome.stderr);
    }
    let hits = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = std::sync::Arc::clone(&hits);
    let breaks = Wire::new(move |stream| {
        seen.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        stream.head("200 OK", &[("content-type", "application/json"), ("content-length", "1000")]);
    });
    let (place, fake) = (people(1), Fake::new());
    let outcome = check(&place, &fake.url(), &["--identity-server", &breaks.url()]).ends_with(5);
    assert_eq!(error(&outcome), "error-unreachable", "{}", outcome.stdout);
    assert_eq!(hits.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[test]
fn a_refusal_is_told_from_a_token_that_is_none_and_a_page_from_an_answer() {
    let html = "<html><body>Not Found</body></html>";
    for (status, body, code) in [
        (401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"soft_logout\":false}", "error-token-refused"),
        (403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"no\"}", "error-server"),
        (404, html, "error-nonsense"),
        (502, "", "error-server"),
    ] {
        for at in [DIRECTS, ROOMS] {
            let (place, fake) = (people(1), Fake::new());
            fake.answers(at, ResponseTemplate::new(status).set_body_raw(body, "text/html"));
            let outcome = fake.check(&place, &[]).ends_with(5);
            assert_eq!(error(&outcome), code, "{status} {at}: {}", outcome.stdout);
        }
    }
}

#[test]
fn e13_a_homeserver_that_wants_a_pause_is_given_it() {
    for body in [
        json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 10 }),
        json!({ "errcode": "M_UNKNOWN", "error": "Limit exceeded for this sender" }),
    ] {
        let (place, fake) = (people(1), Fake::new());
        fake.answers_times(1, ROOMS, ResponseTemplate::new(429).set_body_json(body));
        let outcome = fake.check(&place, &[]).ends_with(0);
        assert_eq!(fake.count(ROOMS), 2);
        assert!(outcome.stderr.contains("asks for a pause"), "{}", outcome.stderr);
    }
}

#[test]
fn a_token_that_a_server_quotes_is_not_shown() {
    let (place, fake) = (people(1), Fake::new());
    let quoting = json!({ "errcode": "M_UNKNOWN", "error": "bad header Bearer homeserver-token" });
    fake.answers(ROOMS, ResponseTemplate::new(500).set_body_json(quoting));
    for more in [&[][..], &["-v"]] {
        let outcome = fake.check(&place, more);
        assert!(outcome.stderr.contains("bad header Bearer …"), "{}", outcome.stderr);
        assert!(!outcome.all().contains("homeserver-token"), "{}", outcome.all());
    }
}
