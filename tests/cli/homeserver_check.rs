//! `homeserver check` from the outside: a server with which all is well, and then
//! with one thing broken at a time, of which exactly that one is named.

use crate::internet::{
    A, AAAA, APEX, CNAME, FAR, Flaw, OTHER, SERVER, SRV, Says, V6, World, keys, reply, srv, wire,
};
use crate::support::{Outcome, Place};

const JSON: &str = "content-type: application/json\r\naccess-control-allow-origin: *\r\n";
const DOMAIN: &str = "example.org";
const HOST: &str = "matrix.example.org";
const SERVER_FILE: &str = "/.well-known/matrix/server";
const CLIENT_FILE: &str = "/.well-known/matrix/client";
const VERSION: &str = "/_matrix/federation/v1/version";
const KEYS: &str = "/_matrix/key/v2/server";

/// What is not well: the check, how it stands, and its case.
pub fn faults(outcome: &Outcome) -> Vec<String> {
    let all = outcome.json();
    let bad = all.iter().filter(|finding| !matches!(finding["state"].as_str(), Some("ok" | "skipped")));
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    bad.map(|f| format!("{} {} {}", text(f, "id"), text(f, "state"), text(f, "code"))).collect()
}

/// Breaks something, and wants that to be named and nothing else.
#[track_caller]
fn names(wanted: &str, broken: impl FnOnce(&mut World)) -> Outcome {
    let mut world = World::new();
    broken(&mut world);
    let outcome = world.check(DOMAIN).ends_with(if wanted.contains("FAIL") { 3 } else { 0 });
    assert_eq!(faults(&outcome), [wanted], "{}", outcome.stdout);
    let named = outcome.json().into_iter().find(|f| wanted.starts_with(f["id"].as_str().unwrap())).unwrap();
    assert!(named["fix"].as_str().is_some_and(|fix| !fix.is_empty()), "{named}");
    outcome
}

fn ok(body: &str) -> Vec<u8> {
    reply("200 OK", JSON, body)
}

fn server_file(body: &'static str) -> impl FnOnce(&mut World) {
    move |world| world.page(DOMAIN, SERVER_FILE, ok(body))
}

fn client_file(body: &'static str) -> impl FnOnce(&mut World) {
    move |world| world.page(DOMAIN, CLIENT_FILE, ok(body))
}

#[test]
fn where_all_is_well_nothing_is_found() {
    let outcome = World::new().check(DOMAIN).ends_with(0);
    assert_eq!(faults(&outcome), [] as [&str; 0], "{}", outcome.stdout);
    let all = outcome.json();
    for id in (1..=22).chain(27..=29).map(|id| format!("H{id:02}")) {
        let finding = all.iter().find(|finding| finding["id"] == id.as_str());
        assert_eq!(finding.unwrap_or_else(|| panic!("{id}"))["state"], "ok", "{id}");
    }
    for finding in &all {
        assert_eq!(finding["schema"], "transhume.homeserver-check/1");
        assert!(finding["expected"].as_str().is_some_and(|text| !text.is_empty()), "{finding}");
    }
    // What others remember is said.
    let cached = all.iter().find(|finding| finding["id"] == "H06").unwrap();
    assert!(cached["seen"].as_str().unwrap().contains("2021-02-01 18:00 UTC"), "{cached}");
}

#[test]
fn a_matrix_id_a_url_and_the_machine_name_the_same_server() {
    for target in ["@ada:example.org", "https://example.org/", "EXAMPLE.org"] {
        let outcome = World::new().check(target).ends_with(0);
        assert_eq!(faults(&outcome), [] as [&str; 0], "{target}: {}", outcome.stdout);
    }
    let outcome = World::new().check(HOST).ends_with(0);
    assert_eq!(faults(&outcome), ["H01 warn h01-other"], "{}", outcome.stdout);
    // Some machines name themselves in a file of their own.
    let mut world = World::new();
    world.page(HOST, SERVER_FILE, ok("{\"m.server\":\"matrix.example.org:443\"}"));
    assert_eq!(faults(&world.check(HOST).ends_with(0)), ["H01 warn h01-other"]);
}

#[test]
fn text_says_the_same_in_both_languages() {
    for (language, expected, fix) in
        [("en", "expected:", "to do:"), ("fr", "attendu\u{202f}:", "à faire\u{202f}:")]
    {
        let mut world = World::new();
        world.page(DOMAIN, SERVER_FILE, ok(""));
        world.arguments = vec!["--lang".to_owned(), language.to_owned()];
        let outcome = world.check_in_words(DOMAIN).ends_with(3);
        for part in ["FAIL  H03", "ok    H01", expected, fix, "{\"m.server\":\"matrix.example.org:443\"}"] {
            assert!(outcome.stdout.contains(part), "{part}: {}", outcome.stdout);
        }
    }
}

#[test]
fn what_names_no_server_is_a_wrong_call() {
    for target in ["", "a b", "ftp://example.org", "@ada"] {
        Place::new().run(["homeserver", "check", target]).ends_with(2);
    }
}

#[test]
fn a_well_known_file_for_servers_that_is_broken_is_named() {
    names("H03 FAIL h03-empty", server_file(""));
    names("H03 FAIL h03-not-json", server_file("<html>Welcome</html>"));
    names("H03 FAIL h03-absent", |world| {
        world.page(DOMAIN, SERVER_FILE, reply("404 Not Found", "", "nothing"));
    });
    names("H03 FAIL h03-differs", |world| {
        world.answers(|ask| {
            let file = ask.ip == V6 && ask.path == SERVER_FILE;
            file.then(|| ok("{\"m.server\":\"old.example.org:443\"}"))
        });
    });
    names("H03 FAIL h03-too-large", |world| world.page(DOMAIN, SERVER_FILE, ok(&"x".repeat(400_000))));
    names("H04 FAIL h04-missing", server_file("{\"m.homeserver\":1}"));
    names("H04 FAIL h04-no-port-shut", server_file("{\"m.server\":\"matrix.example.org\"}"));
    names("H04 FAIL h04-nowhere", server_file("{\"m.server\":\"matrx.example.org:443\"}"));
    names("H04 warn h04-no-port", |world| {
        world.has_old_port = true;
        world.answers(|ask| (ask.path == SERVER_FILE).then(|| ok("{\"m.server\":\"matrix.example.org\"}")));
    });
    let caches = format!("{JSON}cache-control: public, max-age=604800\r\n");
    names("H06 warn h06-long", |world| {
        world.page(
            DOMAIN,
            SERVER_FILE,
            reply("200 OK", &caches, "{\"m.server\":\"matrix.example.org:443\"}"),
        );
    });
}

#[test]
fn e21_what_no_server_can_be_called_is_named_and_not_asked() {
    for (server, case) in [
        ("https://matrix.example.org", "h04-scheme"),
        ("matrix.example.org/path", "h04-path"),
        ("evil.example:99999", "h04-port"),
        ("2001:db8::7", "h04-brackets"),
        ("a b", "h04-host"),
    ] {
        let file = format!("{{\"m.server\":\"{server}\"}}");
        names(&format!("H04 FAIL {case}"), |world| world.page(DOMAIN, SERVER_FILE, ok(&file)));
    }
}

#[test]
fn e21_a_server_cannot_send_us_into_private_networks() {
    use std::net::TcpListener;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let at = listener.local_addr().unwrap();
    let mut world = World::new();
    world.allow_private = false;
    let file = format!("{{\"m.server\":\"{at}\"}}");
    world.page(DOMAIN, SERVER_FILE, ok(&file));
    let file = format!("{{\"m.homeserver\":{{\"base_url\":\"https://{at}\"}}}}");
    world.page(DOMAIN, CLIENT_FILE, ok(&file));
    let outcome = world.check(DOMAIN).ends_with(3);
    assert_eq!(faults(&outcome), ["H04 FAIL h04-private", "H08 FAIL h08-private"], "{}", outcome.stdout);
    assert!(listener.accept().is_err(), "somebody knocked");
}

#[test]
fn redirects_that_lead_astray_are_named_and_not_followed() {
    let to = |place: &str| reply("302 Found", &format!("location: {place}\r\n"), "");
    names("H05 FAIL h05-endless", |world| {
        world.page(DOMAIN, SERVER_FILE, to("https://example.org/.well-known/matrix/server"));
    });
    names("H05 FAIL h05-insecure", |world| {
        world.page(DOMAIN, SERVER_FILE, to("http://example.org/.well-known/matrix/server"));
    });
    names("H05 FAIL h05-nowhere", |world| {
        world.page(DOMAIN, SERVER_FILE, to("https://nowhere.example.org/"));
    });
    // One that ends is fine.
    let mut world = World::new();
    world.at("www.example.org", &[OTHER]);
    world.page(DOMAIN, SERVER_FILE, to("https://www.example.org/file"));
    world.page("www.example.org", "/file", ok("{\"m.server\":\"matrix.example.org:443\"}"));
    assert_eq!(faults(&world.check(DOMAIN).ends_with(0)), [] as [&str; 0]);
}

#[test]
fn e21_neither_redirects_nor_srv_records_lead_into_private_networks() {
    use std::net::TcpListener;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut world = World::new();
    world.allow_private = false;
    world.at("inside.example.org", &[APEX]);
    let to = format!("location: https://inside.example.org:{port}/\r\n");
    world.page(DOMAIN, SERVER_FILE, reply("302 Found", &to, ""));
    world.says("_matrix-fed._tcp.example.org", SRV, srv("inside.example.org", port));
    let outcome = world.check(DOMAIN).ends_with(3);
    let found = faults(&outcome);
    assert!(found.contains(&"H05 FAIL h05-private".to_owned()), "{found:?}");
    assert!(listener.accept().is_err(), "somebody knocked");
}

#[test]
fn a_well_known_file_for_clients_that_is_broken_is_named() {
    names("H07 FAIL h07-empty", client_file(""));
    names("H07 FAIL h07-not-json", client_file("{"));
    names("H07 FAIL h07-missing", client_file("{\"m.homeserver\":\"https://matrix.example.org\"}"));
    names("H07 FAIL h07-not-url", client_file("{\"m.homeserver\":{\"base_url\":\"matrix.example.org\"}}"));
    names("H07 FAIL h07-absent", |world| world.page(DOMAIN, CLIENT_FILE, reply("404 Not Found", "", "")));
    let file = "{\"m.homeserver\":{\"base_url\":\"https://matrix.example.org\"}}";
    names("H07 FAIL h07-cors", |world| world.page(DOMAIN, CLIENT_FILE, reply("200 OK", "", file)));
    names("H07 FAIL h07-cors", |world| {
        let mine = "access-control-allow-origin: https://example.org\r\n";
        world.page(DOMAIN, CLIENT_FILE, reply("200 OK", mine, file));
    });
}

#[test]
fn e22_a_base_url_by_http_or_with_a_password_is_refused_and_not_shown() {
    names(
        "H07 FAIL h07-insecure",
        client_file("{\"m.homeserver\":{\"base_url\":\"http://matrix.example.org\"}}"),
    );
    let outcome = names(
        "H07 FAIL h07-credentials",
        client_file("{\"m.homeserver\":{\"base_url\":\"https://u:secretpw@matrix.example.org\"}}"),
    );
    assert!(!outcome.all().contains("secretpw"), "{}", outcome.all());
}

#[test]
fn f24_an_identity_server_that_is_nobodys_is_named() {
    let file = |url: &str| {
        let file = format!(
            "{{\"m.homeserver\":{{\"base_url\":\"https://matrix.example.org\"}},\
             \"m.identity_server\":{{\"base_url\":\"{url}\"}}}}"
        );
        ok(&file)
    };
    names("H09 warn h09-sample", |world| {
        world.page(DOMAIN, CLIENT_FILE, file("https://identity.example.com"));
    });
    names("H09 warn h09-dead", |world| world.page(DOMAIN, CLIENT_FILE, file("https://id.example.org")));
    let mut world = World::new();
    world.at("id.example.org", &[OTHER]);
    world.page(DOMAIN, CLIENT_FILE, file("https://id.example.org"));
    world.page("id.example.org", "/_matrix/identity/versions", ok("{\"versions\":[\"v1.1\"]}"));
    assert_eq!(faults(&world.check(DOMAIN).ends_with(0)), [] as [&str; 0]);
}

#[test]
fn e18_a_certificate_that_others_refuse_is_named_at_the_right_place() {
    for (flaw, case) in [
        (Flaw::Expired, "tls-expired"),
        (Flaw::OtherName, "tls-wrong-name"),
        (Flaw::SelfSigned, "tls-issuer"),
    ] {
        names(&format!("H11 FAIL {case}"), |world| world.flaw(SERVER, HOST, flaw));
        names(&format!("H12 FAIL {case}"), |world| world.flaw(APEX, DOMAIN, flaw));
    }
    names("H11 FAIL tls-old", |world| world.flaw(SERVER, HOST, Flaw::OldTls));
    names("H11 FAIL tls-none", |world| world.flaw(SERVER, HOST, Flaw::NoTls));
    // By its address, a server has to prove its address.
    let file = "{\"m.server\":\"127.0.0.2:443\"}";
    let mut world = World::new();
    world.page(DOMAIN, SERVER_FILE, ok(file));
    assert_eq!(faults(&world.check(DOMAIN).ends_with(0)), [] as [&str; 0]);
    names("H11 FAIL tls-wrong-name", |world| {
        world.page(DOMAIN, SERVER_FILE, ok(file));
        world.flaw(SERVER, "127.0.0.2", Flaw::OtherName);
    });
    let outcome = names("H11 FAIL tls-wrong-name", |world| world.flaw(V6, HOST, Flaw::OtherName));
    assert!(outcome.stdout.contains("elsewhere.example.net"), "{}", outcome.stdout);
    names("H11 warn tls-soon", |world| {
        world.now = "2095-12-24T18:00:00Z";
        world.date = "Sat, 24 Dec 2095 18:00:00 GMT";
        world.flaw(SERVER, HOST, Flaw::EndsSoon);
    });
}

#[test]
fn e19_what_name_servers_say_is_told_apart() {
    let nothing = |case: &str, broken: fn(&mut World)| {
        let mut world = World::new();
        broken(&mut world);
        let outcome = world.check(DOMAIN).ends_with(5);
        assert_eq!(faults(&outcome), [format!("H02 FAIL {case}")], "{}", outcome.stdout);
    };
    nothing("h02-no-such-name", |world| world.forgets(DOMAIN));
    nothing("h02-none", |world| world.at(DOMAIN, &[]));
    nothing("h02-failure", |world| {
        world.says(DOMAIN, A, Says::Code(2));
        world.says(DOMAIN, AAAA, Says::Code(2));
    });
    nothing("h02-silent", |world| {
        world.patience = "1";
        world.says(DOMAIN, A, Says::Silence);
        world.says(DOMAIN, AAAA, Says::Silence);
    });
    nothing("h02-alias", |world| {
        for (name, alias) in [(DOMAIN, "b.example.org"), ("b.example.org", DOMAIN)] {
            world.forgets(name);
            world.says(name, CNAME, Says::Records(vec![(CNAME, wire(alias))]));
        }
    });
    names("H02 warn h02-half", |world| world.at(DOMAIN, &[APEX]));
    names("H02 warn h02-half", |world| world.at(DOMAIN, &[V6]));
    names("H02 warn h02-half-told", |world| world.says(DOMAIN, AAAA, Says::Code(2)));
}

#[test]
fn e19_srv_records_that_mislead_are_named() {
    let fed = "_matrix-fed._tcp.example.org";
    let no_file = |world: &mut World| {
        world.page(DOMAIN, SERVER_FILE, reply("404 Not Found", "", ""));
        // By SRV records, the server is asked by the domain's name.
        world.answers(|ask| {
            let body = match (ask.host.as_str(), ask.path.as_str()) {
                (DOMAIN, VERSION) => "{\"server\":{\"name\":\"Synapse\",\"version\":\"1.163.2\"}}".to_owned(),
                (DOMAIN, KEYS) => keys(DOMAIN, FAR, false).to_string(),
                (DOMAIN, path) if path.starts_with("/_matrix/") => {
                    return Some(reply("404 Not Found", JSON, "{\"errcode\":\"M_UNRECOGNIZED\"}"));
                }
                _ => return None,
            };
            Some(ok(&body))
        });
    };
    names("H10 warn h10-both", |world| world.says(fed, SRV, srv(HOST, 443)));
    names("H10 warn h10-old", |world| {
        no_file(world);
        world.says("_matrix._tcp.example.org", SRV, srv(HOST, 443));
    });
    names("H10 FAIL h10-root", |world| {
        no_file(world);
        world.says(fed, SRV, srv("", 443));
    });
    names("H10 FAIL h10-nowhere", |world| {
        no_file(world);
        world.says(fed, SRV, srv("nowhere.example.org", 443));
    });
    names("H10 warn h10-fault", |world| world.says(fed, SRV, Says::Code(2)));
    let mut world = World::new();
    no_file(&mut world);
    world.says(fed, SRV, srv(HOST, 443));
    assert_eq!(faults(&world.check(DOMAIN).ends_with(0)), [] as [&str; 0]);
}

#[test]
fn a_family_that_leads_nowhere_is_named_for_the_domain_and_for_the_server() {
    names("H03 FAIL h03-shut", |world| {
        world.at(DOMAIN, &[APEX, "::2".parse().unwrap()]);
    });
    names("H21 FAIL h21-dead", |world| {
        world.at(HOST, &[SERVER, "::2".parse().unwrap()]);
    });
    names("H13 FAIL h13-shut", |world| {
        world.at(HOST, &[OTHER, V6]);
        world.is_dead(OTHER);
    });
    // Two faults are two faults.
    let mut world = World::new();
    world.at(DOMAIN, &[APEX, "::2".parse().unwrap()]);
    world.at(HOST, &[OTHER]);
    world.is_dead(OTHER);
    let found = faults(&world.check(DOMAIN).ends_with(3));
    assert_eq!(found, ["H03 FAIL h03-shut", "H13 FAIL h13-shut"]);
}

#[test]
fn what_other_servers_get_is_looked_at() {
    let html = || reply("404 Not Found", "content-type: text/html\r\n", "<html>404</html>");
    names("H13 FAIL h13-not-matrix", |world| world.page(HOST, VERSION, html()));
    names("H14 FAIL h14-none", |world| world.page(HOST, KEYS, html()));
    names("H14 FAIL h14-other", |world| {
        world.page(HOST, KEYS, ok(&keys("other.example.net", FAR, false).to_string()));
    });
    names("H14 FAIL h14-signature", |world| {
        world.page(HOST, KEYS, ok(&keys(DOMAIN, FAR, true).to_string()));
    });
    names("H17 FAIL h17-other", |world| world.page(HOST, "/_matrix/federation/v1/transhume", html()));
}

#[test]
fn e23_a_clock_that_is_off_and_keys_that_ended_are_warnings() {
    for date in ["Fri, 29 Jan 2021 18:00:00 GMT", "Tue, 02 Feb 2021 18:00:00 GMT"] {
        names("H22 warn h22-off", |world| world.date = date);
    }
    names("H14 warn h14-expired", |world| {
        world.page(HOST, KEYS, ok(&keys(DOMAIN, 1_600_000_000_000, false).to_string()));
    });
}

#[test]
fn what_clients_get_is_looked_at() {
    names("H08 FAIL h08-cors", |world| {
        let file = "{\"versions\":[\"v1.1\"]}";
        world.page(HOST, "/_matrix/client/versions", reply("200 OK", "", file));
    });
    names("H08 FAIL h08-not-matrix", |world| {
        world.page(HOST, "/_matrix/client/versions", reply("502 Bad Gateway", "", ""));
    });
    let elsewhere = "{\"m.homeserver\":{\"base_url\":\"https://app.example.org\"}}";
    names("H08 FAIL h08-shut", |world| {
        world.at("app.example.org", &[OTHER]);
        world.is_dead(OTHER);
        world.page(DOMAIN, CLIENT_FILE, ok(elsewhere));
    });
    names("H08 FAIL tls-expired", |world| {
        world.at("app.example.org", &[OTHER]);
        world.flaw(OTHER, "app.example.org", Flaw::Expired);
        world.page("app.example.org", "/_matrix/client/versions", ok("{\"versions\":[\"v1.1\"]}"));
        world.page("app.example.org", "/_matrix/client/v3/directory", ok("{\"errcode\":\"M_NOT_FOUND\"}"));
        world.page(DOMAIN, CLIENT_FILE, ok(elsewhere));
    });
    names(
        "H08 FAIL h08-nowhere",
        client_file("{\"m.homeserver\":{\"base_url\":\"https://matrx.example.org\"}}"),
    );
    let rooms = "/_matrix/client/v3/directory/room/";
    names("H16 FAIL h16-decoded", |world| {
        world.page(HOST, rooms, reply("404 Not Found", JSON, "{\"errcode\":\"M_UNRECOGNIZED\"}"));
    });
    names("H16 FAIL h16-refused", |world| {
        world.page(HOST, rooms, reply("400 Bad Request", "content-type: text/html\r\n", "<html></html>"));
    });
    names("H18 warn h18-open", |world| {
        world.page(HOST, "/_synapse/admin", ok("{\"server_version\":\"1.163.2\"}"));
    });
    names("H18 warn h18-open", |world| {
        world.page(
            HOST,
            "/_synapse/admin",
            reply("401 Unauthorized", JSON, "{\"errcode\":\"M_MISSING_TOKEN\"}"),
        );
    });
    names("H19 warn h19-open", |world| {
        let flows = "{\"session\":\"x\",\"flows\":[{\"stages\":[\"m.login.dummy\"]}]}";
        world.page(HOST, "/_matrix/client/v3/register", reply("401 Unauthorized", JSON, flows));
    });
    names("H20 warn h20-proxy", |world| {
        world.page(
            HOST,
            "/_matrix/media/v3/upload",
            reply("413 Payload Too Large", "connection: close\r\n", ""),
        );
    });
    names("H20 warn h20-server", |world| {
        world.page(HOST, "/_matrix/media/v3/config", ok("{\"m.upload.size\":10485760}"));
    });
    names("H28 warn h28-old", |world| {
        world.page(HOST, VERSION, ok("{\"server\":{\"name\":\"Synapse\",\"version\":\"1.98.0\"}}"));
    });
}

#[test]
fn e20_answers_that_are_no_http_of_today_are_bounded() {
    let many = (0..10_000).map(|n| format!("x-{n}: y\r\n")).collect::<String>();
    let large = format!("x: {}\r\n", "y".repeat(1024 * 1024));
    for headers in [many, large] {
        let answer = reply("200 OK", &headers, "{}");
        names("H03 FAIL h03-broken", |world| world.page(DOMAIN, SERVER_FILE, answer));
    }
    // Frames of HTTP/2 that nobody asked for: settings, and resets without end.
    let mut storm = vec![0, 0, 0, 4, 0, 0, 0, 0, 0];
    for id in (1..40_000_u32).step_by(2) {
        storm.extend([[0, 0, 4, 3, 0].as_slice(), &id.to_be_bytes(), &[0, 0, 0, 8]].concat());
    }
    names("H03 FAIL h03-broken", |world| world.page(DOMAIN, SERVER_FILE, storm));
    let mut world = World::new();
    let body = "{\"m.server\":\"matrix.example.org:443\"}";
    world.answers(move |ask| {
        let old = format!("HTTP/1.0 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        (ask.path == SERVER_FILE).then(|| old.into_bytes())
    });
    assert_eq!(faults(&world.check(DOMAIN).ends_with(0)), [] as [&str; 0]);
}

#[test]
fn d16_what_a_server_says_cannot_act_on_the_terminal_or_in_files() {
    let mut world = World::new();
    world.page(DOMAIN, SERVER_FILE, ok("{\"m.server\":\"../x\\u001b[31m\\u0000CON\\u202e\"}"));
    let hostile = keys("other\\u001b]0;x\\u0007", FAR, false).to_string();
    world.page(HOST, KEYS, ok(&hostile));
    let outcome = world.check_in_words(DOMAIN).ends_with(3);
    for bad in ['\u{1b}', '\0', '\u{202e}', '\u{7}'] {
        assert!(!outcome.all().contains(bad), "{:?}", outcome.all());
    }
    assert!(outcome.stdout.contains("FAIL  H04"), "{}", outcome.stdout);
}

#[test]
fn whoever_waits_can_stop() {
    let silence = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = silence.local_addr().unwrap().to_string();
    let place = Place::new();
    let mut command = place.command();
    command.args(["homeserver", "check", DOMAIN, "--timeout", "60", "--resolver", &at]);
    let child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    // It asks, so it is under way.
    silence.recv(&mut [0; 512]).unwrap();
    let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).unwrap();
    Outcome::of(&child.wait_with_output().unwrap()).ends_with(130);
}
