//! What servers must not do, and do: wrong, endless, forged and late answers.
//! Each row of the list of hostile inputs is a test of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::{Fake, HASH_DETAILS, LOOKUP, OPENID, REGISTER, TERMS, WELL_KNOWN, people};
use crate::support::{Outcome, Place, codes};
use crate::wire::{Wire, tls};

/// The code of the error that a call ended with.
fn error(outcome: &Outcome) -> String {
    let last = outcome.json().pop().unwrap_or_default();
    last["code"].as_str().unwrap_or_default().to_owned()
}

fn json_body(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn redirect(status: u16, to: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).insert_header("location", to)
}

#[test]
fn e01_no_token_follows_a_redirect() {
    for status in [301, 302, 307, 308] {
        for at in [OPENID, REGISTER, HASH_DETAILS, LOOKUP, TERMS] {
            let (place, fake, elsewhere) = (people(1), Fake::new(), Fake::new());
            if at == TERMS {
                fake.answers(HASH_DETAILS, json_body(403, json!({ "errcode": "M_TERMS_NOT_SIGNED" })));
            }
            fake.answers(at, redirect(status, &format!("{}{at}", elsewhere.url())));
            let outcome = fake.check(&place, &["--accept-terms"]).ends_with(5);
            assert_eq!(error(&outcome), "error-redirect", "{status} {at}: {}", outcome.stdout);
            assert_eq!(elsewhere.requests().len(), 0, "{status} {at}");
        }
    }
}

#[test]
fn e01_a_well_known_file_may_move_but_not_in_circles_nor_to_where_it_is_unsafe() {
    let place = people(1);
    place.file("token", "homeserver-token");
    let check = |homeserver: &str| {
        let call =
            ["check", "matrix", "--json", "--yes", "--token-file", "token", "--homeserver", homeserver];
        place.run(call)
    };
    let (fake, moved) = (Fake::new(), Fake::new());
    fake.knows("p0@example.org", "@p0:example.org");
    moved.answers("/there", json_body(200, json!({ "m.identity_server": { "base_url": fake.url() } })));
    fake.answers(WELL_KNOWN, redirect(302, &format!("{}/there", moved.url())));
    let outcome = check(&fake.url()).ends_with(0);
    assert_eq!(outcome.object()["contacts"]["reachable"], 1);
    let seen = moved.requests();
    assert!(seen.iter().all(|request| !request.headers.contains_key("authorization")));

    let circle = Fake::new();
    for to in [
        circle.url() + WELL_KNOWN,
        "http://example.org/".into(),
        "file:///etc/passwd".into(),
        "http://169.254.169.254/latest".into(),
    ] {
        let fake = Fake::new();
        for server in [&fake, &circle] {
            server.answers(WELL_KNOWN, redirect(301, &to));
        }
        let outcome = check(&fake.url()).ends_with(5);
        let round = to.starts_with(&circle.url());
        let code = if round { "error-redirect-loop" } else { "error-redirect" };
        assert_eq!(error(&outcome), code, "{to}: {}", outcome.stdout);
        if round {
            assert_eq!(circle.count(WELL_KNOWN), 5, "then no more");
        }
    }
}

#[test]
fn e02_endless_and_slow_bodies_end_and_cost_nothing_else() {
    let place = people(1);
    let endless = Wire::new(|stream| {
        stream.head("200 OK", &[("content-type", "application/json"), ("transfer-encoding", "chunked")]);
        while stream.chunk(&vec![b'['; 65536]) {}
    });
    let slow = Wire::new(|stream| {
        stream.head("200 OK", &[("content-type", "application/json"), ("content-length", "100000")]);
        while stream.send(b" ") {
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let bomb = Wire::new(|stream| {
        // A compressed body is not asked for, and not unpacked.
        stream.head("200 OK", &[("content-encoding", "gzip"), ("content-length", "4")]);
        stream.send(&[0x1f, 0x8b, 8, 0]);
    });
    let long = Wire::new(|stream| {
        stream.head("200 OK", &[("content-length", "10737418240")]);
        while stream.send(&vec![b' '; 65536]) {}
    });
    let fake = Fake::new();
    place.file("token", "homeserver-token");
    for (wire, code) in [
        (&endless, "error-too-large"),
        (&slow, "error-unreachable"),
        (&bomb, "error-nonsense"),
        (&long, "error-too-large"),
    ] {
        let begun = Instant::now();
        let outcome = place
            .run(
                ["check", "matrix", "--json", "--yes", "--timeout", "1", "--token-file", "token"]
                    .iter()
                    .chain(&["--homeserver", &fake.url(), "--identity-server", &wire.url()]),
            )
            .ends_with(5);
        assert_eq!(error(&outcome), code, "{}", outcome.all());
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    // The rest of a migration is there all the same.
    let call = ["migrate", "in", "--json", "--matrix", "--yes", "--timeout", "1", "--token-file", "token"];
    let servers = ["--homeserver", &fake.url(), "--identity-server", &endless.url()];
    let outcome = place.run(call.iter().chain(&servers)).ends_with(5);
    let objects = outcome.json();
    assert_eq!(objects[0]["schema"], "transhume.report/1");
    assert_eq!(objects[1]["schema"], "transhume.error/1");
    assert!(place.path().join("ws/out/report.html").exists());
}

#[test]
fn e03_what_is_no_answer_is_said_to_be_none() {
    let html = "<!doctype html><html><body>It works!</body></html>";
    for (body, kind) in [
        (html, "text/html"),
        ("", "application/json"),
        ("null", "application/json"),
        ("[]", "application/json"),
        ("{\"algorithms\":[\"sha2", "application/json"),
        ("{}", "text/plain"),
        ("{\"mappings\":[]}", "application/json"),
        ("{\"mappings\":null}", "application/json"),
    ] {
        for at in [REGISTER, HASH_DETAILS, LOOKUP] {
            let (place, fake) = (people(1), Fake::new());
            fake.answers(at, ResponseTemplate::new(200).set_body_raw(body, kind));
            let outcome = fake.check(&place, &[]).ends_with(5);
            assert_eq!(error(&outcome), "error-nonsense", "{at} {body:?}: {}", outcome.stdout);
            assert!(outcome.stderr.contains(&fake.host()), "{}", outcome.stderr);
        }
    }
    // A page in the place of an error, as web servers make them.
    for status in [404, 405] {
        let (place, fake) = (people(1), Fake::new());
        fake.answers(REGISTER, ResponseTemplate::new(status).set_body_raw(html, "text/html"));
        assert_eq!(error(&fake.check(&place, &[]).ends_with(5)), "error-nonsense");
    }
    // A well-known file that says nothing names no identity server.
    for body in [html, "", "null", "[]", "{\"m.identity_server\":null}"] {
        let (place, fake) = (people(1), Fake::new());
        place.file("token", "homeserver-token");
        fake.answers(WELL_KNOWN, ResponseTemplate::new(200).set_body_raw(body, "text/html"));
        let call =
            ["check", "matrix", "--json", "--yes", "--token-file", "token", "--homeserver", &fake.url()];
        let view = place.run(call).ends_with(0).object();
        assert_eq!(codes(&view), ["no-identity-server"]);
        assert_eq!((&view["asked"], &view["disclosed"]), (&0.into(), &json!([])));
    }
}

#[test]
fn e04_answers_about_people_who_were_never_asked_about_are_dropped() {
    let (place, fake) = (people(3), Fake::new());
    fake.answers(LOOKUP, |request: &Request| {
        let body: Value = request.body_json().unwrap();
        let first = body["addresses"][0].as_str().unwrap().to_owned();
        let mut mappings = serde_json::Map::new();
        mappings.insert(first, "@one:example.org".into());
        mappings.insert("never-sent".to_owned(), "@stranger:example.org".into());
        json_body(200, json!({ "mappings": mappings }))
    });
    let outcome = fake.check(&place, &[]).ends_with(0);
    let view = outcome.object();
    assert_eq!((&view["contacts"]["reachable"], codes(&view)), (&1.into(), vec!["lookup-unasked"]));
    assert!(!place.run(["contacts", "--json"]).stdout.contains("@stranger"));
}

#[test]
fn e05_only_what_is_a_matrix_id_is_believed() {
    let bad = [
        "@a:b\u{1b}]0;pwn\u{7}",
        "@x:evil\"onclick=alert(1)",
        "@nocolon",
        "a:example.org",
        "@a\u{202e}b:example.org",
        &format!("@{}:example.org", "a".repeat(300)),
    ];
    let (place, fake) = (people(bad.len() + 2), Fake::new());
    for (n, mxid) in bad.iter().enumerate() {
        fake.knows(&format!("p{n}@example.org"), mxid);
    }
    fake.knows(&format!("p{}@example.org", bad.len()), "@good:example.org");
    // Of the old grammar: valid, and said to be so.
    fake.knows(&format!("p{}@example.org", bad.len() + 1), "@Old_One!:example.org");
    let outcome = fake.check(&place, &[]).ends_with(3);
    let view = outcome.object();
    assert_eq!(view["contacts"]["reachable"], 2, "{view}");
    let mut told = codes(&view);
    told.sort_unstable();
    assert_eq!(told, ["lookup-mxid", "mxid-historical"]);
    let page = place.run(["migrate", "in"]).ends_with(0);
    for text in [&outcome.stdout, &outcome.stderr, &page.stdout] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }

    let huge = format!("@{}:example.org", "a".repeat(900_000));
    let (place, fake) = (people(1), Fake::new());
    fake.knows("p0@example.org", &huge);
    assert_eq!(fake.check(&place, &[]).ends_with(3).object()["contacts"]["reachable"], 0);
}

#[test]
fn e06_an_account_that_is_everybodys_is_nobodys() {
    let (place, fake) = (people(30), Fake::new());
    for n in 0..3 {
        fake.knows(&format!("p{n}@example.org"), "@collector:example.net");
    }
    for n in 3..5 {
        fake.knows(&format!("p{n}@example.org"), "@couple:example.org");
    }
    let view = fake.check(&place, &[]).ends_with(3).object();
    assert_eq!(codes(&view), ["lookup-overshared"]);
    assert_eq!((&view["contacts"]["likely"], &view["contacts"]["reachable"]), (&3.into(), &2.into()));
    let why = place.run(["why", "p0@example.org"]).ends_with(0).stdout;
    assert!(why.contains("not proof"), "{why}");
}

#[test]
fn e06_a_server_that_knows_everybody_proves_nothing() {
    let (place, fake) = (people(20), Fake::new());
    for n in 0..20 {
        fake.knows(&format!("p{n}@example.org"), &format!("@p{n}:example.net"));
    }
    let view = fake.check(&place, &[]).ends_with(3).object();
    assert_eq!(codes(&view), ["lookup-knows-all"]);
    assert_eq!((&view["contacts"]["likely"], &view["contacts"]["reachable"]), (&20.into(), &0.into()));
    // Nineteen who are all there may be a family.
    let (place, fake) = (people(19), Fake::new());
    for n in 0..19 {
        fake.knows(&format!("p{n}@example.org"), &format!("@p{n}:example.net"));
    }
    assert_eq!(fake.check(&place, &[]).ends_with(0).object()["contacts"]["reachable"], 19);
}

#[test]
fn e06_an_account_that_several_servers_give_to_everybody_is_nobodys() {
    let (place, one, other) = (people(30), Fake::new(), Fake::new());
    for n in 0..2 {
        one.knows(&format!("p{n}@example.org"), "@collector:example.net");
        other.knows(&format!("p{}@example.org", n + 2), "@collector:example.net");
    }
    one.check(&place, &[]).ends_with(0);
    let view = other.check(&place, &[]).ends_with(3).object();
    assert_eq!((&view["contacts"]["likely"], &view["contacts"]["reachable"]), (&4.into(), &0.into()));
}

#[test]
fn e07_a_changed_pepper_is_learnt_once() {
    let invalid = || {
        json_body(400, json!({ "errcode": "M_INVALID_PEPPER", "algorithm": "sha256", "lookup_pepper": "x" }))
    };
    let (place, fake) = (people(2), Fake::new());
    fake.knows("p1@example.org", "@p1:example.org");
    fake.answers_times(1, LOOKUP, invalid());
    assert_eq!(fake.check(&place, &[]).ends_with(0).object()["contacts"]["reachable"], 1);
    assert_eq!((fake.count(HASH_DETAILS), fake.count(LOOKUP)), (2, 2));

    let (place, fake) = (people(2), Fake::new());
    fake.answers(LOOKUP, invalid());
    assert_eq!(error(&fake.check(&place, &[]).ends_with(5)), "error-server");
    assert_eq!((fake.count(HASH_DETAILS), fake.count(LOOKUP)), (2, 2));
}

#[test]
fn e08_a_pepper_that_protects_nobody_stops_everything() {
    for pepper in ["", "x", "abc", "a pepper", "pep\u{1b}per", &"p".repeat(500_000)] {
        let (place, fake) = (people(1), Fake::new());
        fake.answers(
            HASH_DETAILS,
            json_body(200, json!({ "algorithms": ["sha256"], "lookup_pepper": pepper })),
        );
        let outcome = fake.check(&place, &[]).ends_with(6);
        assert_eq!(error(&outcome), "error-weak-pepper");
        assert_eq!(fake.count(LOOKUP), 0);
        assert_eq!(outcome.json()[0]["disclosed"], json!([]));
    }
}

#[test]
fn e08_a_pepper_that_stays_for_weeks_is_said() {
    let (place, fake) = (people(1), Fake::new());
    assert_eq!(codes(&fake.check(&place, &[]).ends_with(0).object()), Vec::<&str>::new());
    let url = fake.url();
    let later = |now: &str| {
        let mut command = place.command();
        command.args(["check", "matrix", "--json", "--yes", "--token-file", "token", "--homeserver", &url]);
        command.args(["--identity-server", &url]).env("TRANSHUME_NOW", now);
        Outcome::of(&command.output().unwrap()).ends_with(0).object()
    };
    assert_eq!(codes(&later("2021-02-10T18:00:00Z")), Vec::<&str>::new());
    assert_eq!(codes(&later("2021-03-10T18:00:00Z")), ["pepper-unchanged"]);
}

#[test]
fn e09_nothing_ever_leaves_in_plain() {
    let (place, fake) = (people(1), Fake::new());
    fake.answers(HASH_DETAILS, json_body(200, json!({ "algorithms": ["none"], "lookup_pepper": "sesame" })));
    assert_eq!(error(&fake.check(&place, &[]).ends_with(6)), "error-plaintext-only");
    assert_eq!(fake.count(LOOKUP), 0);
    // There is no switch for it.
    fake.check(&place, &["--allow-plaintext-lookup"]).ends_with(2);
}

#[test]
fn e10_only_exactly_sha256_will_do() {
    for algorithms in [json!([]), json!(["SHA256"]), json!(["sha512", "argon2"]), json!(["sha256 "])] {
        let (place, fake) = (people(1), Fake::new());
        fake.answers(
            HASH_DETAILS,
            json_body(200, json!({ "algorithms": algorithms, "lookup_pepper": "sesame" })),
        );
        assert_eq!(error(&fake.check(&place, &[]).ends_with(5)), "error-no-algorithm");
        assert_eq!(fake.count(LOOKUP), 0);
    }
}

#[test]
fn e11_terms_are_never_accepted_unasked() {
    let unsigned = || json_body(403, json!({ "errcode": "M_TERMS_NOT_SIGNED" }));
    let named = json!({ "policies": { "terms": { "version": "1",
        "en": { "name": "Rules\u{1b}[2J", "url": "https://id.example.org/\u{202e}rules" } } } });
    let (place, fake) = (people(1), Fake::new());
    fake.answers(HASH_DETAILS, unsigned());
    fake.answers_times(1, TERMS, json_body(200, named));
    let outcome = fake.check(&place, &[]).ends_with(6);
    assert_eq!(error(&outcome), "error-terms");
    assert!(outcome.stderr.contains("Rules") && !outcome.stderr.contains(['\u{1b}', '\u{202e}']));
    let accepted = |fake: &Fake| {
        fake.requests().iter().filter(|r| r.url.path() == TERMS && r.method.as_str() == "POST").count()
    };
    assert_eq!((accepted(&fake), fake.count(LOOKUP)), (0, 0));

    let (place, fake) = (people(1), Fake::new());
    fake.answers_times(1, HASH_DETAILS, unsigned());
    fake.check(&place, &["--accept-terms"]).ends_with(0);
    assert_eq!((accepted(&fake), fake.count(LOOKUP)), (1, 1));

    // A server that is never content does not keep us for ever.
    let (place, fake) = (people(1), Fake::new());
    fake.answers(HASH_DETAILS, unsigned());
    assert_eq!(error(&fake.check(&place, &["--accept-terms"]).ends_with(6)), "error-terms");
    assert_eq!(accepted(&fake), 1, "nothing is signed twice");
    let (place, fake) = (people(1), Fake::new());
    fake.answers(HASH_DETAILS, unsigned());
    let count = AtomicUsize::new(0);
    fake.answers(TERMS, move |request: &Request| {
        let url = format!("https://id.example.org/{}", count.fetch_add(1, Ordering::SeqCst));
        let terms = json!({ "version": "1", "en": { "name": "Rules", "url": url } });
        json_body(
            200,
            if request.method == "GET" { json!({ "policies": { "t": terms } }) } else { json!({}) },
        )
    });
    assert_eq!(error(&fake.check(&place, &["--accept-terms"]).ends_with(6)), "error-terms");
    assert_eq!(accepted(&fake), 3);
}

#[test]
fn e11_terms_that_change_in_between_do_not_undo_what_was_learnt() {
    let (place, fake) = (people(1500), Fake::new());
    fake.answers_times(1, LOOKUP, json_body(200, json!({ "mappings": {} })));
    fake.answers(LOOKUP, json_body(403, json!({ "errcode": "M_TERMS_NOT_SIGNED" })));
    let outcome = fake.check(&place, &[]).ends_with(6);
    assert_eq!(outcome.json()[0]["asked"], 1000);
    for untrue in ["Nobody was", "Nothing was"] {
        assert!(!outcome.all().contains(untrue), "{}", outcome.all());
    }
}

#[test]
fn e12_a_token_that_expires_in_between_is_renewed_or_the_next_run_goes_on() {
    let expired = || json_body(401, json!({ "errcode": "M_UNAUTHORIZED", "error": "Unauthorized" }));
    let (place, fake) = (people(2500), Fake::new());
    fake.answers_times(1, LOOKUP, expired());
    assert_eq!(fake.check(&place, &[]).ends_with(0).object()["asked"], 2500);
    assert_eq!((fake.count(REGISTER), fake.count(LOOKUP)), (2, 4));

    let (place, fake) = (people(2500), Fake::new());
    fake.knows("p2400@example.org", "@late:example.org");
    fake.answers_times(1, LOOKUP, json_body(200, json!({ "mappings": {} })));
    fake.answers_times(2, LOOKUP, expired());
    let outcome = fake.check(&place, &[]).ends_with(5);
    assert_eq!(error(&outcome), "error-token-refused");
    assert_eq!(outcome.json()[0]["asked"], 1000);
    let before = fake.count(LOOKUP);
    let view = fake.check(&place, &[]).ends_with(0).object();
    assert_eq!((&view["asked"], fake.count(LOOKUP) - before), (&1500.into(), 2));
    assert_eq!(view["contacts"]["reachable"], 1);
}

#[test]
fn e13_rate_limits_are_waited_out_or_said() {
    let limited = |body: Value| json_body(429, body);
    let late = json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1 });
    for body in [
        late,
        json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": -1 }),
        json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 0 }),
        json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": "soon" }),
        json!({ "errcode": "M_UNKNOWN", "error": "Limit exceeded for this sender" }),
    ] {
        let (place, fake) = (people(1), Fake::new());
        fake.answers_times(1, LOOKUP, limited(body.clone()));
        let outcome = fake.check(&place, &[]).ends_with(0);
        assert_eq!(fake.count(LOOKUP), 2, "{body}");
        assert!(outcome.stderr.contains("asks for a pause"), "{}", outcome.stderr);
    }
    // Longer than anybody waits: said, with the time, and nothing is lost.
    let (place, fake) = (people(1500), Fake::new());
    fake.answers_times(1, LOOKUP, json_body(200, json!({ "mappings": {} })));
    let forever =
        limited(json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1_000_000_000_000_000_000_u64 }));
    fake.answers_times(1, LOOKUP, forever);
    let outcome = fake.check(&place, &[]).ends_with(5);
    assert_eq!(error(&outcome), "error-rate-limited-until");
    assert!(outcome.stderr.contains("left alone for longer than a year."), "{}", outcome.stderr);
    let hour = limited(json!({ "errcode": "M_LIMIT_EXCEEDED" })).insert_header("retry-after", "3600");
    fake.answers_times(1, LOOKUP, hour);
    let outcome = fake.check(&place, &[]).ends_with(5);
    assert!(outcome.stderr.contains("wants to be left alone for 1 hour."), "{}", outcome.stderr);
    // It is, until then.
    let asked = fake.count(LOOKUP);
    let outcome = fake.check_at("2021-01-31T18:30:00Z", &place, &[]).ends_with(5);
    assert!(outcome.stderr.contains("wants to be left alone for 30 minutes."), "{}", outcome.stderr);
    assert_eq!(fake.count(LOOKUP), asked);
    let later = fake.check_at("2021-01-31T19:00:01Z", &place, &[]).ends_with(0);
    assert_eq!((later.object()["asked"].clone(), fake.count(LOOKUP)), (500.into(), asked + 1));
    // A server that says it again and again is left alone in the end.
    let (place, fake) = (people(1), Fake::new());
    fake.answers(LOOKUP, limited(json!({ "retry_after_ms": 1 })));
    fake.check(&place, &[]).ends_with(5);
    assert_eq!(fake.count(LOOKUP), 5);
}

#[test]
fn e18_who_cannot_prove_who_they_are_is_told_nothing() {
    let place = people(1);
    place.file("token", "homeserver-token");
    let server = |server: tls::Server| {
        let authority = place.file("authority.pem", &server.authority);
        let call =
            ["check", "matrix", "--json", "--yes", "--token-file", "token", "--homeserver", &server.url];
        let outcome = place.run(call.iter().copied().chain(["--ca-file", authority.to_str().unwrap()]));
        let outcome = outcome.ends_with(5);
        assert!(!server.heard().contains("homeserver-token"));
        error(&outcome)
    };
    assert_eq!(server(tls::expired()), "error-tls-expired");
    assert_eq!(server(tls::of_another_name()), "error-tls-wrong-name");
    assert_eq!(server(tls::without_its_address()), "error-tls-wrong-name");
    assert_eq!(server(tls::self_signed()), "error-tls-unknown-issuer");
    assert_eq!(server(tls::old()), "error-tls-version");
    assert_eq!(server(tls::no_tls()), "error-tls");
}

#[test]
fn e20_strange_http_is_an_error_and_bounded() {
    let long = |stream: &mut crate::wire::Stream| {
        stream.head("200 OK", &[("x-long", &"a".repeat(1_000_000))]);
    };
    let many = |stream: &mut crate::wire::Stream| {
        let headers: Vec<(String, String)> =
            (0..10_000).map(|n| (format!("x-{n}"), "a".to_owned())).collect();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        stream.head("200 OK", &headers);
    };
    let garbage = |stream: &mut crate::wire::Stream| {
        stream.send(b"\x00\x01\x02 not http at all\r\n\r\n");
    };
    let gone = |_: &mut crate::wire::Stream| {};
    let place = people(1);
    place.file("token", "homeserver-token");
    let fake = Fake::new();
    let wires = [Wire::new(long), Wire::new(many), Wire::new(garbage), Wire::new(gone)];
    for wire in &wires {
        let call = ["check", "matrix", "--json", "--yes", "--timeout", "5", "--token-file", "token"];
        let servers = ["--homeserver", &fake.url(), "--identity-server", &wire.url()];
        let outcome = place.run(call.iter().chain(&servers)).ends_with(5);
        assert_eq!(error(&outcome), "error-unreachable", "{}", outcome.stdout);
    }
    // HTTP/1.0 is old, and fine.
    let old = Wire::new(|stream| {
        stream.send(b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{\"token\":\"t\"}");
    });
    let call = ["check", "matrix", "--json", "--yes", "--token-file", "token"];
    let servers = ["--homeserver", &fake.url(), "--identity-server", &old.url()];
    let outcome = place.run(call.iter().chain(&servers)).ends_with(5);
    assert_eq!(error(&outcome), "error-nonsense", "registered, and then no hash details: {}", outcome.stdout);
}

#[test]
fn without_consent_the_offline_part_is_there_and_nothing_leaves() {
    let (place, fake) = (people(1), Fake::new());
    place.file("token", "homeserver-token");
    let call = ["migrate", "in", "--json", "--matrix", "--token-file", "token", "--homeserver", &fake.url()];
    let servers = ["--identity-server", &fake.url()];
    let outcome = place.run(call.iter().chain(&servers)).ends_with(6);
    let objects = outcome.json();
    assert_eq!(objects[0]["disclosed"], json!([]));
    assert_eq!((&objects[1]["code"], &objects[1]["exit"]), (&"error-consent".into(), &6.into()));
    for file in ["report.html", "report.json", "contacts.csv"] {
        assert!(place.path().join("ws/out").join(file).exists(), "{file}");
    }
    assert!(outcome.stderr.contains("1 e-mail address and 0 phone numbers, hashed, of 1 person"));
    assert_eq!(fake.requests().len(), 0, "not even a hello");
}

#[test]
fn a_dry_run_tells_what_would_leave_and_speaks_to_nobody() {
    let (place, fake) = (people(3), Fake::new());
    let url = fake.url();
    let call = ["check", "matrix", "--dry-run", "--identity-server", &url];
    let outcome = place.run(call).ends_with(0);
    assert!(
        outcome.stdout.contains("3 e-mail addresses and 0 phone numbers, hashed, of 3 people"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains("Nothing was sent."));
    let view = place.run(call.iter().chain(&["--json"])).ends_with(0).object();
    assert_eq!(view["disclosed"], json!([{ "host": fake.host(), "hashed": 3, "plain": 0 }]));
    assert_eq!((&view["dry_run"], &view["asked"]), (&true.into(), &0.into()));
    // Not even to find out which identity server it would be.
    let call = ["check", "matrix", "--dry-run", "--json", "--homeserver", &url];
    let outcome = place.run(call).ends_with(0);
    assert!(outcome.stderr.contains("3 e-mail addresses"), "{}", outcome.stderr);
    assert_eq!(outcome.object()["disclosed"], json!([{ "host": null, "hashed": 3, "plain": 0 }]));
    assert_eq!(fake.requests().len(), 0);
    assert_eq!(place.run(["runs", "--json"]).json().len(), 1, "no run");
}

#[test]
fn no_proxy_is_told_anything() {
    let (place, fake, proxy) = (people(1), Fake::new(), Fake::new());
    place.file("token", "homeserver-token");
    let mut command = place.command();
    command.args(["check", "matrix", "--yes", "--token-file", "token", "--homeserver", &fake.url()]);
    command.args(["--identity-server", &fake.url()]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, proxy.url());
    }
    Outcome::of(&command.output().unwrap()).ends_with(0);
    assert_eq!((proxy.requests().len(), fake.count(LOOKUP)), (0, 1));
}

#[test]
fn what_was_answered_before_is_told_from_what_cannot_be_asked() {
    let (place, fake) = (people(1500), Fake::new());
    fake.answers_times(1, LOOKUP, json_body(200, json!({ "mappings": {} })));
    fake.answers_times(1, LOOKUP, json_body(500, json!({})));
    fake.check(&place, &[]).ends_with(5);
    let phones = fake.check(&place, &["--only", "phone"]).ends_with(0);
    assert!(phones.stderr.contains("nobody to ask about"), "{}", phones.stderr);
    assert_eq!(fake.check(&place, &[]).ends_with(0).object()["asked"], 500);
    assert_eq!(fake.check(&place, &[]).ends_with(0).object()["asked"], 1500, "and all anew");
}

#[test]
fn the_token_is_in_one_header_of_one_server_and_nowhere_else() {
    let (place, fake, identity) = (people(1), Fake::new(), Fake::new());
    place.file("token", "canary-token\n");
    let call =
        ["check", "matrix", "--verbose", "--yes", "--token-file", "token", "--homeserver", &fake.url()];
    let outcome = place.run(call.iter().chain(&["--identity-server", &identity.url()])).ends_with(0);
    assert!(!outcome.all().contains("canary-token"));
    for request in identity.requests() {
        let headers =
            format!("{:?} {} {}", request.headers, request.url, String::from_utf8_lossy(&request.body));
        assert!(!headers.contains("canary-token"), "{headers}");
        assert!(headers.contains("transhume/"), "it says who it is: {headers}");
    }
    let to_homeserver = fake.requests();
    assert!(to_homeserver.iter().any(|r| r.headers["authorization"] == "Bearer canary-token"));
    assert!(to_homeserver.iter().all(|r| !r.url.as_str().contains("canary-token")));
    for (path, content) in place.snapshot() {
        assert!(!String::from_utf8_lossy(&content).contains("canary-token"), "{}", path.display());
    }
    // No hash is kept either.
    let hash = crate::servers::hashed("p0@example.org email sesame");
    assert!(place.snapshot().iter().all(|(_, content)| !String::from_utf8_lossy(content).contains(&hash)));
}

#[test]
fn calls_that_say_too_little_or_too_much_are_refused_before_anything_is_done() {
    let place = people(1);
    let refused = |call: &[&str], code: &str| {
        let outcome = place.run(call.iter().chain(&["--json"])).ends_with(2);
        assert_eq!(error(&outcome), code, "{call:?}");
    };
    refused(&["check", "matrix"], "error-no-homeserver");
    refused(&["check", "matrix", "--homeserver", "example.org"], "error-no-token");
    refused(&["check", "matrix", "--homeserver", "a b"], "error-bad-url");
    refused(&["check", "matrix", "--homeserver", "http://example.org"], "error-insecure-url");
    let secret = ["check", "matrix", "--homeserver", "https://ada:secret@example.org"];
    refused(&secret, "error-bad-url");
    assert!(!place.run(secret).all().contains("secret"));
    refused(
        &["check", "matrix", "--homeserver", "example.org", "--token-file", "nowhere"],
        "error-cannot-read",
    );
    refused(&["migrate", "in", "--yes"], "error-usage");
    refused(&["migrate", "in", "--matrix"], "error-no-homeserver");
    let empty = Place::new();
    assert_eq!(
        error(
            &empty
                .run(["check", "matrix", "--homeserver", "example.org", "--dry-run", "--json"])
                .ends_with(4)
        ),
        "error-empty-workspace"
    );
}
