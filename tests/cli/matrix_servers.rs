//! The homeserver's own steps at real servers: at one with generous limits, at
//! one behind a domain that delegates, between two that federate, and within the
//! limits that servers come with.

use serde_json::{Value, json};

use crate::login::kept_token;
use crate::servers::{Account, Servers};
use crate::support::{Outcome, Place, codes};

/// A workspace that knows people by name, each with a line of a card.
fn knows(people: &[(&str, String)]) -> Place {
    let place = Place::new();
    let card = |(name, line): &(&str, String)| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{line}\r\nEND:VCARD\r\n")
    };
    place.file("in/book.vcf", people.iter().map(card).collect::<String>());
    place.run(["import", "in"]).ends_with(0);
    place
}

fn mxid(mxid: &str) -> String {
    format!("IMPP:matrix:u/{}", mxid.trim_start_matches('@'))
}

/// `check matrix` as somebody, at a homeserver.
fn check(place: &Place, homeserver: &str, account: &Account, more: &[&str]) -> Outcome {
    place.file("token", &account.token);
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms", "--token-file", "token"];
    place.run(call.iter().chain(&["--homeserver", homeserver]).chain(more))
}

fn verdict(place: &Place, name: &str) -> (String, String) {
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let contact = contacts.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}"));
    let verdict = &contact["verdicts"]["matrix"];
    let text = |key: &str| verdict[key].as_str().unwrap_or_default().to_owned();
    (text("state"), text("grade"))
}

/// Has two accounts of a homeserver be in one direct chat, and gives the room.
fn direct(servers: &Servers, homeserver: &str, one: &Account, other: &Account) -> String {
    let body = json!({ "preset": "trusted_private_chat", "is_direct": true, "invite": [other.mxid] });
    let made = servers.act(homeserver, one, "POST", "createRoom", &body);
    let room = made["room_id"].as_str().unwrap().to_owned();
    servers.act(homeserver, other, "POST", &format!("join/{room}"), &json!({}));
    let directs = json!({ other.mxid.clone(): [room.clone()] });
    servers.act(homeserver, one, "PUT", &format!("user/{}/account_data/m.direct", one.mxid), &directs);
    room
}

fn call_me(servers: &Servers, homeserver: &str, account: &Account, name: &str) {
    let path = format!("profile/{}/displayname", account.mxid);
    servers.act(homeserver, account, "PUT", &path, &json!({ "displayname": name }));
}

#[test]
fn a_real_homeserver_tells_of_chats_rooms_profiles_and_names() {
    let Some(servers) = Servers::get() else { return };
    let [me, friend, roommate, listed, written] = [(); 5].map(|()| servers.account());
    direct(&servers, "homeserver", &me, &friend);
    call_me(&servers, "homeserver", &roommate, "Roommate Real");
    direct(&servers, "homeserver", &roommate, &me);
    call_me(&servers, "homeserver", &listed, "Listed Real");
    let place = knows(&[
        ("Friend Real", mxid(&friend.mxid)),
        ("Roommate Real", "EMAIL:roommate@real.example.org".to_owned()),
        ("Listed Real", "EMAIL:listed@real.example.org".to_owned()),
        ("Written Real", mxid(&written.mxid)),
        ("Nobody Real", mxid(&servers.mxid("nobody-at-all"))),
    ]);
    let more = ["--identity-server", servers.known("identity"), "--directory"];
    let outcome = check(&place, servers.known("homeserver"), &me, &more).ends_with(0);
    let is = |state: &str, grade: &str| (state.to_owned(), grade.to_owned());
    assert_eq!(verdict(&place, "Friend Real"), is("reachable", "A"), "{}", outcome.all());
    assert_eq!(verdict(&place, "Roommate Real"), is("likely", "C"));
    assert_eq!(verdict(&place, "Listed Real").0, "not-found", "a guess, and asked elsewhere in vain");
    assert_eq!(verdict(&place, "Written Real"), is("reachable", "B"));
    assert_eq!(verdict(&place, "Nobody Real"), is("reachable", "B"), "the book says so");
    for (name, says) in [
        ("Listed Real", "user directory, by name alone"),
        ("Written Real", "asked for by that address"),
        ("Nobody Real", "asked, no answer"),
    ] {
        let why = place.run(["why", name]).ends_with(0).stdout;
        assert!(why.contains(says), "{name}: {why}");
    }
    // Two profiles and one name in plain; two addresses hashed.
    let view = outcome.object();
    let disclosed = view["disclosed"].as_array().unwrap();
    let at = |host: &str| disclosed.iter().find(|d| host.ends_with(d["host"].as_str().unwrap())).unwrap();
    assert_eq!(at(servers.known("homeserver"))["plain"], 3, "{view}");
    assert_eq!(at(servers.known("identity"))["hashed"], 2, "{view}");
}

#[test]
fn a_domain_that_delegates_is_found_in_all_its_names() {
    let Some(servers) = Servers::delegated() else { return };
    let (me, other) = (servers.account_of("users", "u00"), servers.account_of("users", "u01"));
    let place = knows(&[
        ("Ada Bound", "EMAIL:ada@delegated.example.org".to_owned()),
        ("Bo Written", mxid(&other.mxid)),
    ]);
    servers.bind("email", "ada@delegated.example.org", "u02");
    let authority = servers.known("authority");
    let trust = ["--ca-file", authority, "--allow-private"];
    for name in ["example.test", &me.mxid, "https://matrix.example.test"] {
        let outcome = check(&place, name, &me, &trust).ends_with(0);
        let view = outcome.object();
        assert_eq!((codes(&view), &view["asked"]), (vec![], &2.into()), "{name}: {view}");
        let hosts: Vec<&Value> = view["disclosed"].as_array().unwrap().iter().map(|d| &d["host"]).collect();
        assert_eq!(hosts, ["matrix.example.test", "id.example.test"], "{name}");
    }
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let ada = contacts.iter().find(|c| c["name"] == "Ada Bound").unwrap();
    assert_eq!(ada["verdicts"]["matrix"]["identity"], "@u02:example.test");
    assert_eq!(verdict(&place, "Bo Written"), ("reachable".to_owned(), "B".to_owned()));
}

/// Signs in by password at what is named.
fn login(place: &Place, named: &[&str], account: &Account, more: &[&str]) -> Outcome {
    place.file("password", &account.password);
    let call = ["login", "matrix", "--json", "--password-file", "password"];
    place.run(call.iter().chain(named).chain(more))
}

#[test]
fn a_domain_that_delegates_is_signed_in_at_by_its_name_and_by_matrix_id() {
    let Some(servers) = Servers::delegated() else { return };
    let (me, other) = (servers.account_of("users", "u05"), servers.account_of("users", "u01"));
    let place =
        knows(&[("Bo Written", mxid(&other.mxid)), ("Ada Bound", "EMAIL:a@delegated.example.org".into())]);
    servers.bind("email", "a@delegated.example.org", "u02");
    let trust = ["--ca-file", servers.known("authority"), "--allow-private"];
    let at_domain = ["--homeserver", "example.test", "--user", "u05"];
    for named in [&[me.mxid.as_str()][..], &["example.test", "--user", "u05"], &at_domain] {
        let view = login(&place, named, &me, &trust).ends_with(0).object();
        assert_eq!(
            (&view["user"], &view["way"]),
            (&me.mxid.as_str().into(), &"password".into()),
            "{named:?}"
        );
        assert_eq!(view["homeserver"], "https://matrix.example.test", "{named:?}");
        let token = kept_token(&place);
        assert!(servers.takes("homeserver", &token), "{named:?}");
        // Whoever is signed in names no server any more.
        let call = ["check", "matrix", "--json", "--yes", "--accept-terms"];
        let view = place.run(call.iter().chain(&trust)).ends_with(0).object();
        assert_eq!((codes(&view), &view["asked"]), (vec![], &2.into()), "{named:?}: {view}");
        let hosts: Vec<&Value> = view["disclosed"].as_array().unwrap().iter().map(|d| &d["host"]).collect();
        assert_eq!(hosts, ["matrix.example.test", "id.example.test"], "{named:?}");
        // Nor does it matter whether the same one is named, and how.
        for name in ["example.test", &me.mxid, "https://matrix.example.test"] {
            place.run(call.iter().chain(&["--homeserver", name]).chain(&trust)).ends_with(0);
        }
        assert_eq!(
            place.run(["logout", "--json"].iter().chain(&trust)).ends_with(0).object()["revoked"],
            true
        );
        assert!(!servers.takes("homeserver", &token), "{named:?}");
    }
    assert_eq!(verdict(&place, "Ada Bound"), ("reachable".to_owned(), "A".to_owned()));
    // A password that is wrong is told from a server that is.
    let wrong = Account { password: "wrong".to_owned(), ..me };
    let outcome = login(&place, &["example.test", "--user", "u05"], &wrong, &trust).ends_with(5);
    assert_eq!(outcome.object()["code"], "error-login-refused");
    let outcome = login(&place, &["matrix.example.test", "--user", "u05"], &wrong, &trust).ends_with(5);
    assert_eq!(outcome.object()["code"], "error-login-refused", "a homeserver is one by its own name too");
}

#[test]
fn the_limits_that_servers_come_with_are_said_behind_a_delegation_too() {
    let Some(servers) = Servers::delegated() else { return };
    if !servers.has_strict() {
        return;
    }
    let (me, other) = (servers.account_of("strict", "s00"), servers.account_of("strict", "s01"));
    let people = [("Bo Written", mxid(&other.mxid)), ("Ada Nowhere", mxid("@nobody:strict.test"))];
    let place = knows(&people);
    let trust = ["--ca-file", servers.known("authority"), "--allow-private"];
    for named in ["strict.test", &me.mxid] {
        let view =
            login(&place, &["--homeserver", named, "--user", &me.mxid], &me, &trust).ends_with(0).object();
        assert_eq!(view["homeserver"], "https://matrix.strict.test");
        let call = ["check", "matrix", "--json", "--yes", "--accept-terms", "--directory"];
        let view = place.run(call.iter().chain(&trust)).ends_with(0).object();
        assert_eq!(codes(&view), Vec::<&str>::new(), "{view}");
        assert_eq!(view["disclosed"][0]["host"], "matrix.strict.test", "{view}");
    }
    assert_eq!(verdict(&place, "Bo Written").0, "reachable");
    // So many logins are let pass at a time, and one more in five minutes.
    let refused = (0..6).map(|_| login(&place, &["strict.test", "--user", "s02"], &me, &trust));
    let limited =
        refused.map(|outcome| outcome.ends_with(5)).find(|o| o.object()["code"] != "error-login-refused");
    let outcome = limited.expect("a limit");
    assert_eq!(outcome.object()["code"], "error-rate-limited-until");
    let said = &outcome.stderr;
    assert!(said.contains("matrix.strict.test wants to be left alone for "), "{said}");
    assert!(said.contains(" minutes.") || said.contains(" seconds."), "{said}");
    // Nothing of that ends the session that is there.
    place.run(["logout"].iter().chain(&trust)).ends_with(0);
}

#[test]
fn e21_a_domain_cannot_send_us_into_private_networks() {
    let Some(servers) = Servers::delegated() else { return };
    let me = servers.account_of("users", "u03");
    let place = knows(&[("Ada", "EMAIL:ada@delegated.example.org".to_owned())]);
    // The domain was named; where it delegates to was not, and lies on loopback.
    let outcome = check(&place, "example.test", &me, &["--ca-file", servers.known("authority")]).ends_with(5);
    let objects = outcome.json();
    assert_eq!(objects[1]["code"], "error-private-address", "{}", outcome.stdout);
    assert!(objects[1]["what"].as_str().unwrap().contains("matrix.example.test"), "{}", outcome.stdout);
    assert_eq!(objects[0]["disclosed"], json!([]));
}

#[test]
fn e18_a_private_authority_is_trusted_only_when_it_is_named() {
    let Some(servers) = Servers::delegated() else { return };
    let me = servers.account_of("users", "u04");
    let place = knows(&[("Ada", "EMAIL:ada@delegated.example.org".to_owned())]);
    let outcome = check(&place, "example.test", &me, &["--allow-private"]).ends_with(5);
    assert_eq!(outcome.json()[1]["code"], "error-tls-unknown-issuer", "{}", outcome.stdout);
}

#[test]
fn homeservers_ask_each_other_for_profiles_and_share_rooms() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_other() {
        return;
    }
    let (here, there) = (servers.account_of("others", "o00"), servers.account());
    let invite = json!({ "preset": "private_chat", "invite": [here.mxid] });
    let made = servers.act("homeserver", &there, "POST", "createRoom", &invite);
    let room = made["room_id"].as_str().unwrap();
    let server = servers.known("server_name");
    servers.act("other", &here, "POST", &format!("join/{room}?server_name={server}"), &json!({}));
    let remote = servers.account();
    let place = knows(&[
        ("Room Far", mxid(&there.mxid)),
        ("Profile Far", mxid(&remote.mxid)),
        ("Nobody Far", mxid(&servers.mxid("nobody-far"))),
        ("Away Far", mxid("@away:nowhere.invalid")),
    ]);
    let outcome =
        check(&place, servers.known("other"), &here, &["--skip", "identity-server", "--timeout", "60"]);
    let outcome = outcome.ends_with(0);
    let why = |name: &str| place.run(["why", name]).ends_with(0).stdout;
    assert!(why("Room Far").contains("in a room that you are in"), "{}", outcome.all());
    assert!(why("Profile Far").contains("asked for by that address"), "{}", why("Profile Far"));
    assert!(why("Nobody Far").contains("asked, no answer"), "{}", why("Nobody Far"));
    assert_eq!(codes(&outcome.object()), ["profiles-unanswered"], "{}", outcome.stdout);
}

#[test]
fn the_limits_that_servers_come_with_end_a_search_and_cost_nothing_else() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_other() {
        return;
    }
    let me = servers.account_of("others", "o01");
    let names: Vec<String> = (0..230).map(|n| format!("Limit Number{n}")).collect();
    let people: Vec<(&str, String)> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (name.as_str(), format!("EMAIL:l{n}@limit.example.org")))
        .collect();
    let place = knows(&people);
    let search = |asked: usize, left: usize| {
        let more = ["--skip", "rooms,profiles,identity-server", "--directory"];
        let view = check(&place, servers.known("other"), &me, &more).ends_with(0).object();
        assert_eq!((&view["asked"], codes(&view)), (&asked.into(), vec!["names-left"]), "{view}");
        let what = view["problems"][0]["what"].as_str().unwrap();
        assert!(what.starts_with(&format!("{left} name")), "{what}");
    };
    search(200, 30);
    // One a minute: no more than one or two can have become free meanwhile.
    let more = ["--skip", "rooms,profiles,identity-server", "--directory"];
    let view = check(&place, servers.known("other"), &me, &more).ends_with(0).object();
    assert!(view["asked"].as_u64().unwrap() <= 2, "{view}");
    assert_eq!(codes(&view), ["names-left"]);
}
